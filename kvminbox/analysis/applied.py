"""What was merged or applied, as far as mails say so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kvminbox.analysis.people import is_reply
from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.models import Address, Applied, Corpus, Message, Model, Series, SeriesReview
from kvminbox.order import each_once
from kvminbox.review import Committers
from kvminbox.review.applied import AppliedText, find_applied
from kvminbox.review.part import find_covered, tell_part
from kvminbox.upstream import Code, LandingIndex
from kvminbox.upstream.landings import LANDED

MAX_TOTAL: Final = 1_000
"""Patches of a series that the corpus lacks among which the applied ones are looked for."""


class AppliedWork(Model):
    """A series, a patch or a pull request that mails say was applied."""

    title: str
    """The series' title; else the title of the mail that says so."""

    revision: int | None
    """The series' revision; None if the corpus lacks it."""

    by: Address
    """Who said so first: a maintainer, or a program."""

    date: datetime | None
    """When, as claimed."""

    part: str = ""
    """How much of it, in words, where that is not all: `patches 3, 5 of 7`, or `part of it`
    where it is not said which; empty for all that the corpus has of it."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that mails say were applied, or that the tree has; empty
    where the corpus lacks the series, or no mail says which."""

    tree: str
    """Where to, as written; often not said."""

    commits: tuple[str, ...]
    """The commits that the mails name, as written; often none."""

    evidence: str
    """The words by which the first mail was recognised."""

    found: tuple[str, ...] = ()
    """The commits of the tree that was looked at which are these, full ids; empty if there are
    none, or no tree was looked at."""

    release: str = ""
    """The first tag with the first of them."""

    messages: tuple[MessageRef, ...]
    """The mails that say so."""


class AppliedReport(Result):
    """The result of `compute_applied`: words, and what a tree says where one was looked at."""

    rows: tuple[AppliedWork, ...] = ()
    """What was applied, the latest first."""

    tree: str = ""
    """The name of the tree that was looked at; empty if none was."""

    only_missing: bool = False
    """Whether only what is not in the tree is listed."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A mail that says that patches were applied, and the series that it answers, if known."""

    message: Message
    words: Applied | AppliedText
    series: Series | None = None
    review: SeriesReview | None = None


def compute_applied(
    corpus: Corpus, *, tree: Code | None = None, only_missing: bool = False
) -> AppliedReport:
    """List what mails of the corpus say was merged or applied, one row for each series.

    Work that was sent before the corpus begins is listed, too, by the title of the
    mail that says so. Programs are believed just as maintainers are.

    Args:
        corpus: a window, or any other corpus.
        tree: where to look for the commits, by the series' patches, and by the ids that
            the mails name.
        only_missing: whether to list only what was not found in the tree; without a tree
            that is not known, and nothing is listed or counted.
    """
    title = "Said to be applied, but not in the tree" if only_missing else "Merged or applied"
    if only_missing and tree is None:
        return AppliedReport(title=title)
    snapshot = Snapshot.of(corpus)
    reviewed = {
        said.message_id: (said, series, review)
        for series, review in snapshot.reviews(tree)
        for said in review.applied
        if said.message_id
    }
    members = {mail.message_id for series in snapshot.series() for mail in series.messages}
    works: dict[str, list[_Said]] = {}
    for message in each_once(snapshot.messages()):
        if said := _read(message, reviewed, members, snapshot.committers):
            key = repr(said.series.ref) if said.series else message.subject.title
            works.setdefault(key, []).append(said)
    landings = snapshot.landings(tree) if tree is not None else None
    rows = [_make_work(mails, tree, landings) for mails in works.values()]
    if tree is not None and only_missing:
        rows = [row for row in rows if not row.found]
    rows.sort(key=lambda row: (-row.date.timestamp() if row.date else 0.0, row.title))
    figures: tuple[Figure, ...] = (
        Figure(label="series, patches and pull requests", count=len(rows)),
        Figure(label="of which only in part", count=sum(bool(row.part) for row in rows)),
        Figure(label="mails that say so", count=sum(len(row.messages) for row in rows)),
    )
    if tree is not None:
        found = Figure(label="in the tree", count=sum(bool(row.found) for row in rows))
        figures = (*figures, found)
    return AppliedReport(
        title=title,
        only_missing=only_missing,
        rows=tuple(rows),
        tree=tree.name if tree is not None else "",
        figures=figures,
    )


def _read(
    message: Message,
    reviewed: Mapping[str, tuple[Applied, Series, SeriesReview]],
    members: Collection[str | None],
    committers: Committers,
) -> _Said | None:
    """Return what a mail says; of the answers to a series only what its review counts."""
    if found := reviewed.get(message.message_id or ""):
        return _Said(message, *found)
    parents = (*message.in_reply_to, *message.references)
    if not (is_reply(message) or message.kind == "bot") or any(one in members for one in parents):
        return None
    words = find_applied(message, committers=committers)
    return _Said(message, words) if words else None


def _make_work(mails: list[_Said], tree: Code | None, landings: LandingIndex | None) -> AppliedWork:
    first, series = mails[0], mails[0].series
    commits = [commit for said in mails for commit in said.words.commits]
    found: list[str] = []
    if series is not None and landings is not None:
        landed = landings.of_series(series).landings
        found = [one.commit for one in landed if one.relation in LANDED]
    if tree is not None:
        found += [oid for oid in map(tree.find_id, dict.fromkeys(commits)) if oid]
    part, patches = _tell_part(first)
    release = tree.release_of(found[0]) if tree is not None and found else None
    return AppliedWork(
        title=series.title if series else first.message.subject.title,
        revision=series.revision if series else None,
        by=first.message.sender,
        date=first.message.date,
        part=part,
        patches=patches,
        tree=next((said.words.tree for said in mails if said.words.tree), ""),
        commits=tuple(dict.fromkeys(commits)),
        evidence=first.words.evidence,
        found=tuple(dict.fromkeys(found)),
        release=release or "",
        messages=make_refs(said.message for said in mails),
    )


def _tell_part(said: _Said) -> tuple[str, tuple[int, ...]]:
    """Return how much of its series was applied, in words, and the numbers."""
    if said.series is not None and said.review is not None:
        covered = find_covered(said.series, said.review)
        part = tell_part(covered, said.series.numbers, said.series.total)
        return part, tuple(sorted(covered))
    subject = said.message.subject
    if not subject.counter_stated or not isinstance(said.words, AppliedText) or said.words.listed:
        return "", ()  # a list numbers what was applied, not what was sent
    numbers = range(1, min(subject.total, MAX_TOTAL) + 1)
    meant = said.words.find_patches(dict.fromkeys(numbers, ""), subject.counter)
    return (tell_part(meant, numbers), meant) if meant else ("", ())
