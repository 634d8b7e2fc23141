"""Which pull requests came."""

from datetime import datetime

from kvminbox.analysis.result import Figure, MessageRef, Result, make_ref
from kvminbox.models import Address, Corpus, Model, PullRequest
from kvminbox.models.corpus import check_corpus
from kvminbox.order import each_once
from kvminbox.upstream import Code
from kvminbox.upstream.several import check_tree


class Pull(Model):
    """A pull request."""

    title: str
    """The subject without its prefix."""

    sender: Address
    """Who sent it."""

    date: datetime | None
    """When it was sent, as claimed."""

    repository: str
    """The URL to pull from, as written; empty if none was found. Never fetched."""

    ref: str
    """The branch or tag, as written; empty if none was found."""

    merged: str = ""
    """The commit of the tree that was to be pulled; empty if it is not there, where the mail
    names none, or where no tree was looked at."""

    release: str = ""
    """The first tag with it."""

    messages: tuple[MessageRef, ...]
    """The mail."""


class PullRequests(Result):
    """The result of `compute_pull_requests`."""

    rows: tuple[Pull, ...] = ()
    """The pull requests, newest first."""

    tree: str = ""
    """The name of the tree that was looked at; empty if none was."""


def compute_pull_requests(corpus: Corpus, *, tree: Code | None = None) -> PullRequests:
    """List the mails that ask for a pull, whether or not anybody pulled.

    Args:
        corpus: a window, or any other corpus.
        tree: where to look for the commit that was to be pulled.
    """
    check_corpus(corpus)
    if tree is not None:
        check_tree(tree)
    found = [
        _make_pull(mail, tree)
        for mail in each_once(corpus.messages())
        if isinstance(mail, PullRequest)
    ]
    figures = (
        Figure(label="pull requests", count=len(found)),
        Figure(label="senders", count=len({one.sender.key for one in found})),
        *(
            [Figure(label="merged", count=sum(bool(one.merged) for one in found))]
            if tree is not None
            else []
        ),
    )
    return PullRequests(
        title="Pull requests",
        rows=tuple(reversed(found)),
        tree=tree.name if tree is not None else "",
        figures=figures,
    )


def _make_pull(mail: PullRequest, tree: Code | None) -> Pull:
    merged = tree.find_id(mail.pull_tip) if tree is not None and mail.pull_tip else None
    release = tree.release_of(merged) if tree is not None and merged else None
    return Pull(
        title=mail.subject.title,
        sender=mail.sender,
        date=mail.date,
        repository=mail.repository or "",
        ref=mail.ref or "",
        merged=merged or "",
        release=release or "",
        messages=(make_ref(mail),),
    )
