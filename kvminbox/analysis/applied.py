"""What was merged or applied, as far as mails say so."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kvminbox.analysis.outside import OutsideSeries, find_outside, is_part
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
    """The series' title, which answers tell, too; else the title of the mail that says so."""

    revision: int | None
    """The series' revision; None if the corpus lacks it."""

    by: Address
    """Who said so first: a maintainer, or a program."""

    date: datetime | None
    """When, as claimed."""

    part: str = ""
    """How much of it, in words, where that is not all: `patches 3, 5 of 7`, or `part of it`
    where it is not said which; empty for all of it. Of a series that was sent before the corpus
    begins, or to another list, the numbers are those that the mails name."""

    patches: tuple[int, ...] = ()
    """The numbers of the patches that mails say were applied, or that the tree has; empty
    where no mail says which."""

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


@dataclass(frozen=True, slots=True)
class _Work:
    """The mails that say so of one series, and what is known of it."""

    mails: list[_Said]
    series: Series | None = None
    review: SeriesReview | None = None
    outside: OutsideSeries | None = None

    @property
    def title(self) -> str:
        """The title of the series: its cover letter's, wherever that is told."""
        told = self.outside.titles.get(0, "") if self.outside else ""
        if self.series is not None and (self.series.cover or not told):
            return self.series.title
        return told or self.mails[0].message.subject.title


def compute_applied(
    corpus: Corpus, *, tree: Code | None = None, only_missing: bool = False
) -> AppliedReport:
    """List what mails of the corpus say was merged or applied, one row for each series.

    Work that was sent before the corpus begins is listed, too, by the title that the
    answers' subjects tell. Programs are believed just as maintainers are.

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
    told = [
        said
        for message in each_once(snapshot.messages())
        if (said := _read(message, reviewed, members, snapshot.committers))
    ]
    landings = snapshot.landings(tree) if tree is not None else None
    rows = [_make_row(work, tree, landings) for work in _join(told, snapshot)]
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


def _join(told: list[_Said], snapshot: Snapshot) -> list[_Work]:
    """Return the mails by the work of which they tell, one for each series."""
    outside = find_outside(snapshot, [said.message for said in told if said.series is None])
    works: dict[Hashable, _Work] = {}
    for said in told:
        beyond = outside.get(id(said.message))
        series = said.series or (beyond.series if beyond else None)
        key: Hashable = said.message.subject.title
        if series is not None:
            key = repr(series.ref)
        elif beyond is not None:
            key = id(beyond)
        work = works.get(key) or _Work([])
        works[key] = replace(
            work,
            mails=[*work.mails, said],
            series=work.series or series,
            review=work.review or said.review,
            outside=work.outside or beyond,
        )
    return list(works.values())


def _make_row(work: _Work, tree: Code | None, landings: LandingIndex | None) -> AppliedWork:
    mails, series = work.mails, work.series
    first = mails[0]
    commits = [commit for said in mails for commit in said.words.commits]
    found: list[str] = []
    if series is not None and landings is not None:
        landed = landings.of_series(series).landings
        found = [one.commit for one in landed if one.relation in LANDED]
    if tree is not None:
        found += [oid for oid in map(tree.find_id, dict.fromkeys(commits)) if oid]
    part, patches = _tell_part(work)
    release = tree.release_of(found[0]) if tree is not None and found else None
    return AppliedWork(
        title=work.title,
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


def _tell_part(work: _Work) -> tuple[str, tuple[int, ...]]:
    """Return how much of a series was applied, in words, and the numbers."""
    series, review = work.series, work.review
    covered = find_covered(series, review) if series and review else frozenset[int]()
    if series is not None and not is_part(series):
        part = tell_part(covered, series.numbers, series.total)
        return part, tuple(sorted(covered))
    subject = work.mails[0].message.subject
    if series is None and not subject.counter_stated:
        return "", ()
    total = min(series.total if series else subject.total, MAX_TOTAL)
    titles = dict.fromkeys(range(1, total + 1), "")
    known = work.outside.titles if work.outside else {}
    if series is not None:
        known = known | dict(
            zip(series.numbers, (mail.subject.title for mail in series.patches), strict=True)
        )
    titles |= {number: title for number, title in known.items() if number in titles}
    meant = [_find_patches(said, titles) for said in work.mails]
    patches = covered.union(*meant)
    return tell_part(patches, titles), tuple(sorted(patches))


def _find_patches(said: _Said, titles: Mapping[int, str]) -> Collection[int]:
    """Return the numbers that a mail names, out of those of a series that is not all here."""
    words = said.words if isinstance(said.words, AppliedText) else find_applied(said.message)
    if words is None:
        return ()
    if words.listed and all(total == len(titles) for _, total, _ in words.listed):
        return {number for number, _, _ in words.listed} & titles.keys()
    return words.find_patches(titles, said.message.subject.counter)
