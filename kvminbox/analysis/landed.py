"""What of a list's series landed in a tree, and what landed there without a mail."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Final

from kvminbox.analysis.choose import Choose, check_only
from kvminbox.analysis.list_name import name_list
from kvminbox.analysis.result import Figure, MessageRef, Result, count_median, make_refs
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.errors import ObjectError
from kvminbox.models import (
    Address,
    Corpus,
    LandedState,
    LeftOut,
    Model,
    Patch,
    Progress,
    Series,
    SeriesLanding,
    SeriesRef,
    Trailer,
    find_left_out,
)
from kvminbox.models.corpus import was_sent_in
from kvminbox.review.names import APPROVALS
from kvminbox.trailers import parse_trailers
from kvminbox.upstream import Code
from kvminbox.upstream.landings import LANDED

_DAY = 86_400.0

MAX_ASKED: Final = 1_000
"""Files of patches that are looked for in a tree in which nothing landed."""


class LandedSeries(Model):
    """A series of which patches are in the tree."""

    title: str
    """Its title."""

    revision: int
    """The revision that landed."""

    minor_revision: int | None = None
    """The minor number of a revision such as `v5.5`."""

    is_rfc: bool = False
    """Whether its subject marks it as an RFC: the cover letter's, else the first patch's."""

    sender: Address
    """Who sent it."""

    first_sent: datetime | None
    """When the first revision of its chain was sent, as far as the corpus has it."""

    committed: datetime | None
    """When the last of its patches was committed."""

    days: float | None
    """Days from the one to the other; None if a date is missing."""

    state: LandedState
    """Whether all of its patches landed, or some."""

    patches: int
    """Its patches that the corpus has."""

    lacking: tuple[int, ...]
    """The numbers of those that did not land."""

    edited: int
    """How many of the landed ones have another diff in the tree."""

    reverted: tuple[int, ...]
    """The numbers of those that were taken back."""

    commits: tuple[str, ...]
    """The commits, oldest first."""

    releases: tuple[str, ...]
    """The first tags with them."""

    tags: tuple[str, ...]
    """Approvals in the commits that the mails did not bear: `Reviewed-by: Ewa Lis <…>`."""

    messages: tuple[MessageRef, ...]
    """Its cover letter, if there is one, and its patches."""


class UnlandedSeries(Model):
    """A series that was asked for, and of which no patch is in the tree."""

    title: str
    """Its title."""

    revision: int
    """Its revision."""

    minor_revision: int | None = None
    """The minor number of a revision such as `v5.5`."""

    is_rfc: bool = False
    """Whether its subject marks it as an RFC: the cover letter's, else the first patch's."""

    sender: Address
    """Who sent it."""

    date: datetime | None
    """When its first mail was sent, as claimed."""

    patches: int
    """Its patches that the corpus holds."""

    next: SeriesRef | None
    """The version that follows it, which may have landed; None for the last."""

    messages: tuple[MessageRef, ...]
    """Its cover letter, if there is one, and its patches."""


class LandedReport(Result):
    """The result of `compute_landed`."""

    base: str = ""
    """Where the corpus begins, as the caller wrote it."""

    tip: str = ""
    """Where it ends, as the caller wrote it."""

    list_name: str = ""
    """The list's name, from the List-Id of most of the mails; empty if they have none."""

    left_out: LeftOut = LeftOut()
    """What the corpus left out."""

    is_by_date: bool = False
    """Whether the mails were chosen by Date, as those of a `SentWindow`."""

    tree: str = ""
    """The tree's name; empty if none was given."""

    gaps: tuple[str, ...] = ()
    """What is not known of the tree, in words."""

    rows: tuple[LandedSeries, ...] = ()
    """The series, the last committed first."""

    is_chosen: bool = False
    """Whether only some series were asked for."""

    not_landed: tuple[UnlandedSeries, ...] = ()
    """Where some series were asked for, those of which nothing is in the tree, the latest first."""


class UnmailedCommit(Model):
    """A commit for which no mail of the corpus was found."""

    commit: str
    """Its id."""

    title: str
    """Its title."""

    author: Address
    """Who wrote it."""

    committed: datetime | None
    """When it was committed."""

    release: str
    """The first tag with it."""


class UnmailedReport(Result):
    """The result of `compute_unmailed`."""

    tree: str = ""
    """The tree's name; empty if none was given."""

    total: int = 0
    """All commits of the span but merges."""

    rows: tuple[UnmailedCommit, ...] = ()
    """Those without a mail, the last committed first."""


def compute_landed(
    corpus: Corpus,
    *,
    tree: Code | None = None,
    only: Choose | None = None,
    progress: Progress | None = None,
) -> LandedReport:
    """List the series of a corpus that landed in a tree, wholly or partly.

    Args:
        corpus: a window that reaches back to the first versions, or any other corpus.
        tree: where to look; without one nothing is listed.
        only: whether a series is asked for; None for all. Where it is given, the series of which
            nothing landed are listed, too.
        progress: is called with how far the reading of mails is.
    """
    check_only(only)
    if tree is None:
        return LandedReport(title="Landed", base=corpus.base, tip=corpus.tip)
    snapshot = Snapshot.of(corpus, progress=progress)
    landings = snapshot.landings(tree)
    every = list(snapshot.series())
    dates = {one.ref: one.date for one in every}
    rows = []
    rest: list[UnlandedSeries] = []
    asked = [one for one in every if only is None or only(one)]
    for one in asked:
        landing = landings.of_series(one)
        if landing.state != "none":
            first = next((ref.date for ref in one.chain if ref in dates and ref.date), one.date)
            rows.append(_measure(one, landing, first, tree))
        elif only is not None:
            rest.append(_describe_rest(one))
    rows.sort(key=lambda row: (-_seconds(row.committed), row.title))
    rest.sort(key=lambda row: (-_seconds(row.date), row.title))
    days = [row.days for row in rows if row.days is not None]
    return LandedReport(
        title=f"Landed in {tree.name}",
        figures=(
            Figure(label="series", count=len(asked)),
            Figure(label="of which landed", count=len(rows)),
            Figure(label="only in part", count=sum(row.state == "partly" for row in rows)),
            Figure(label="commits", count=len({c for row in rows for c in row.commits})),
            Figure(label="edited patches", count=sum(row.edited for row in rows)),
            *count_median("days from the first version (median)", days),
        ),
        base=corpus.base,
        tip=corpus.tip,
        list_name=name_list(snapshot.messages(), snapshot.lists),
        left_out=find_left_out(corpus),
        is_by_date=was_sent_in(corpus),
        tree=tree.name,
        gaps=(*tree.gaps, *([] if rows else _doubt(every, tree))),
        rows=tuple(rows),
        is_chosen=only is not None,
        not_landed=tuple(rest),
    )


def compute_unmailed(
    corpus: Corpus, *, tree: Code | None = None, top: int | None = None
) -> UnmailedReport:
    """List the commits of a corpus's time for which it holds no mail.

    They may have been sent to another list, or to none. The time is that of the first to the
    last patch; merges are left out.

    Args:
        corpus: a window, or any other corpus.
        tree: where to look; without one nothing is listed.
        top: how many to list at most; all are counted.
    """
    snapshot = Snapshot.of(corpus)
    dates = [mail.date.timestamp() for mail in snapshot.messages()
             if isinstance(mail, Patch) and mail.date]  # fmt: skip
    if tree is None or not dates:
        return UnmailedReport(title="Commits without a mail")
    landed = {one.commit for one in snapshot.landings(tree).landings if one.relation != "linked"}
    total = 0
    rows = []
    for node in tree.nodes(int(min(dates))):
        if node.seconds > max(dates):
            continue
        text = tree.read_text(node.id)
        if len(text.parents) > 1:
            continue
        total += 1
        if node.id not in landed:
            rows.append(
                UnmailedCommit(
                    commit=node.id,
                    title=text.title,
                    author=text.author,
                    committed=text.committed,
                    release=node.release or "",
                )
            )
    return UnmailedReport(
        title=f"Commits in {tree.name} without a mail",
        figures=(
            Figure(label="commits", count=total),
            Figure(label="of which without a mail", count=len(rows)),
        ),
        tree=tree.name,
        total=total,
        rows=tuple(reversed(rows))[:top],
    )


def _doubt(every: Iterable[Series], tree: Code) -> Iterator[str]:
    """Yield that a tree is not the code of these series, where none of their files is in it."""
    paths = dict.fromkeys(
        path
        for series in every
        for patch in series.patches
        for change in patch.diffstat.files
        for path in (change.old_path, change.path)
        if path
    )
    with suppress(ObjectError):  # a partial clone may lack folders
        if paths and not any(one.has_any(islice(paths, MAX_ASKED)) for one in tree.each):
            yield (
                f"none of the files that these patches change is in {tree.name}: "
                "it may belong to another project"
            )


def _describe_rest(series: Series) -> UnlandedSeries:
    return UnlandedSeries(
        title=series.title,
        revision=series.revision,
        minor_revision=series.minor_revision,
        is_rfc=series.ref.is_rfc,
        sender=series.sender,
        date=series.date,
        patches=len(series.patches),
        next=series.next,
        messages=make_refs(series.messages),
    )


def _measure(
    series: Series, landing: SeriesLanding, first: datetime | None, tree: Code
) -> LandedSeries:
    landed = [one for one in landing.landings if one.relation in LANDED]
    own = {patch.message_id: patch for patch in (*series.duplicates, *series.patches)}
    days = (landing.last - first).total_seconds() / _DAY if landing.last and first else None
    tags: dict[str, None] = {}
    for one in landed:
        refs = (one.message, *one.also)
        patch = next((own[ref.message_id] for ref in refs if ref.message_id in own), None)
        text = tree.read_text(one.commit)
        tags.update(_new_tags(parse_trailers(text.message, text.author, "patch"), patch))
    return LandedSeries(
        title=series.title,
        revision=series.revision,
        minor_revision=series.minor_revision,
        is_rfc=series.ref.is_rfc,
        sender=series.sender,
        first_sent=first,
        committed=landing.last,
        days=days,
        state=landing.state,
        patches=len(series.patches),
        lacking=landing.lacking,
        edited=sum(one.relation == "edited" for one in landed),
        reverted=landing.reverted,
        commits=tuple(dict.fromkeys(one.commit for one in landed)),
        releases=landing.releases,
        tags=tuple(tags),
        messages=make_refs(series.messages),
    )


def _new_tags(trailers: Iterable[Trailer], patch: Patch | None) -> Iterator[tuple[str, None]]:
    """Yield the approvals of a commit that its mail did not bear."""
    before = {_tag_key(one) for one in (patch.trailers if patch else ())}
    for one in trailers:
        if one.address and one.name.capitalize() in APPROVALS and _tag_key(one) not in before:
            yield f"{one.name}: {one.address.mailbox}", None


def _tag_key(trailer: Trailer) -> tuple[str, str]:
    return trailer.name.lower(), trailer.address.key if trailer.address else trailer.value


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
