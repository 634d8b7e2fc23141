"""Which pull requests came."""

from datetime import datetime

from kvminbox.analysis.result import Figure, MessageRef, Result, make_ref
from kvminbox.models import Address, Corpus, Model, PullRequest
from kvminbox.order import each_once


class Pull(Model):
    """A pull request."""

    title: str
    """The subject without its prefix."""

    sender: Address
    """Who sent it."""

    date: datetime | None
    """When it was sent, as claimed."""

    repository: str
    """The URL to pull from, as written; empty where none was found. Never fetched."""

    ref: str
    """The branch or tag, as written; empty where none was found."""

    messages: tuple[MessageRef, ...]
    """The mail."""


class PullRequests(Result):
    """The result of `compute_pull_requests`."""

    rows: tuple[Pull, ...] = ()
    """The pull requests, newest first."""


def compute_pull_requests(corpus: Corpus) -> PullRequests:
    """List the mails that ask for a pull, whether or not anybody pulled."""
    found = [
        _make_pull(mail) for mail in each_once(corpus.messages()) if isinstance(mail, PullRequest)
    ]
    figures = (
        Figure(label="pull requests", count=len(found)),
        Figure(label="senders", count=len({one.sender.key for one in found})),
    )
    return PullRequests(title="Pull requests", rows=tuple(reversed(found)), figures=figures)


def _make_pull(mail: PullRequest) -> Pull:
    return Pull(
        title=mail.subject.title,
        sender=mail.sender,
        date=mail.date,
        repository=mail.repository or "",
        ref=mail.ref or "",
        messages=(make_ref(mail),),
    )
