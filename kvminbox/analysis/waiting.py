"""What waits for review: series that nobody else has answered or tagged."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from kvminbox.analysis.choose import Choose, check_only, name_chosen
from kvminbox.analysis.list_name import name_list
from kvminbox.analysis.outside import count_missing
from kvminbox.analysis.own_tags import Approval, find_own_tags, tell_own_tags
from kvminbox.analysis.result import Figure, MessageRef, Result, find_age, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.analysis.window_dates import WindowDates, find_window_dates
from kvminbox.models import (
    Address,
    Corpus,
    LeftOut,
    Message,
    Model,
    Progress,
    PullRequest,
    Series,
    SeriesReview,
    find_left_out,
)
from kvminbox.models.corpus import list_texts
from kvminbox.review.names import OPINIONS
from kvminbox.review.part import find_covered, tell_part
from kvminbox.review.refusals import list_nacks
from kvminbox.review.tags import is_other
from kvminbox.upstream import Code
from kvminbox.versions.stable import is_stable_backport
from kvminbox.words import list_some

_NAMES: Final = 4
"""People whom a row names who gave one of the tags."""

_STATES: Final = {
    "waiting": "waiting",
    "superseded": "superseded by a newer version",
    "applied": "applied",
    "landed": "in the tree",
    "pulled": "in a pull request",
    "withdrawn": "withdrawn by their authors",
    "part": "applied in part",
    "answered": "answered",
    "reviewed": "sent with tags",
    "pull": "pull requests",
    "backport": "stable backports",
}
"""What can become of a series, and the label of its figure; each series has one state."""


class WaitingSeries(Model):
    """A series that waits, with its size and how long it has waited."""

    message_id: str | None
    """The Message-ID of its cover letter, else of its first patch."""

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

    lists: tuple[str, ...] = ()
    """The names of the lists that it went to, where the corpus has several; empty for one."""

    age: float | None
    """Seconds from then to the last arrival in these lists; None without a date."""

    patches: int
    """Its patches that the corpus has."""

    missing: int
    """Its patches that the corpus lacks; a new version of one patch of a series lacks none."""

    insertions: int
    """Lines that its patches add."""

    deletions: int
    """Lines that its patches remove."""

    untagged: int
    """Its patches without a Reviewed-by, Acked-by or Tested-by from anybody else."""

    so_far: tuple[str, ...] = ()
    """What others, its sender, or the readers have done though it waits, in words: `patches 3, 5
    of 7 were applied`, `already carries Reviewed-by from Ewa Lis`, `Acked-by from Ada Pfeiffer`,
    `NAK by Ben Okafor`; empty for nothing."""

    tagged: bool = False
    """Whether each of its patches came with a Reviewed-by, Acked-by or Tested-by of one of the
    readers, from an earlier version; never where no reader is named."""

    messages: tuple[MessageRef, ...]
    """Its cover letter, if there is one, and its patches."""


class Waiting(Result):
    """The result of `compute_waiting`.

    It tells what the mails of the corpus show: a review on another list, or after
    the corpus's end, is not in them.
    """

    base: str
    """Where the corpus begins, as the caller wrote it."""

    tip: str
    """Where it ends, as the caller wrote it."""

    list_name: str = ""
    """The list's name, from the List-Id of most of the mails; empty if they have none."""

    left_out: LeftOut = LeftOut()
    """What the corpus left out: mails that could not be read, epochs that are not here."""

    dates: WindowDates = WindowDates()
    """How many of its mails have a Date far outside it, and which lists end early."""

    readers: tuple[str, ...] = ()
    """The addresses whose answer is waited for; none for anybody's."""

    chosen: str = ""
    """Which series were asked for, in words; empty for all."""

    end: datetime | None
    """When its last mail arrived, up to which the ages count, unless its list ended before."""

    series: tuple[WaitingSeries, ...]
    """What waits, oldest first, those without a date first of all; but what is `tagged` last, which
    is least in need of the readers."""

    tagged: int = 0
    """How many of these are `tagged`."""

    total: int
    """All series that were asked for: the waiting ones and those that are left out."""

    superseded: int
    """Series left out, since a next revision is there."""

    applied: int
    """Others left out, since mails say that all of their patches were applied, by their sender
    too, or that they are in a release."""

    withdrawn: int = 0
    """Others left out, since their author withdrew them: `Please ignore this series`."""

    answered: int
    """Others left out, since somebody else answered or tagged them, or one of the readers sent,
    wrote, answered or tagged them."""

    landed: int = 0
    """Others left out, since all of their patches are in the tree that was looked at."""

    pulled: int = 0
    """Others left out, since all of their patches are in pull requests that were sent later, by
    title and author or by patch-id, or some there and the others in the tree."""

    applied_in_part: int = 0
    """Others left out, since somebody else took some of their patches, by mails or by the tree:
    what is left was looked at, too. With readers, those that one of them has answered."""

    tree: str = ""
    """The name of that tree; empty if none was."""

    gaps: tuple[str, ...] = ()
    """What is not known of that tree, in words."""

    pulls: int
    """Others left out, since a pull request is their cover letter: they ask for no review."""

    reviewed: int
    """Others left out, since each of their patches came with a tag of somebody else; none where
    readers are named."""

    backports: int = 0
    """Others left out, since they are backports for stable trees: who reviewed the patch did so
    before. Only where the subjects, or the upstream commit that they name, say so for sure."""


def compute_waiting(
    corpus: Corpus,
    *,
    readers: Iterable[str] = (),
    only: Choose | None = None,
    chosen: str = "",
    tree: Code | None = None,
    progress: Progress | None = None,
) -> Waiting:
    """Find the series without a reply or a tag by somebody else, in one pass over a corpus.

    "Somebody else" is neither the series' sender nor a known program. A series of which only
    a part was applied, or is in a pull request, still waits where nobody else, or none of the
    readers, has answered it; its row says so. Backports for stable trees do not wait. All mails
    of the corpus are held until they are grouped.

    Args:
        corpus: a window of an archive, or any other corpus; one that begins late
            does not know of earlier revisions.
        readers: addresses of one person, whose answer is waited for, whoever else answered. What
            came with that person's tags from an earlier version is listed last, and marked.
        only: whether a series is asked for; `kvminbox.analysis.choose` has questions. With
            `readers` alone, all are.
        chosen: the question in words, for the report; without it, the report only says that
            there was one.
        tree: where to look for what landed without a word on the list.
        progress: is called with how far the reading is.
    """
    check_only(only)
    snapshot = Snapshot.of(corpus, progress=progress)
    first_mails: dict[str, list[Message]] = {state: [] for state in _STATES}
    waiting = []
    who = frozenset(address.lower() for address in list_texts(readers, "addresses"))
    for one, review in snapshot.reviews(tree):
        if only is not None and not only(one):
            continue
        state = _find_state(one, review, who)
        first_mails[state].append(one.messages[0])
        if state == "waiting":
            waiting.append(_measure_series(one, review, snapshot.row_lists, who))
    waiting.sort(key=_order)
    counts = {state: len(mails) for state, mails in first_mails.items()}
    return Waiting(
        title="Waiting for review",
        figures=tuple(
            Figure(label=label, count=counts[state], messages=make_refs(first_mails[state]))
            for state, label in _STATES.items()
            if state != "landed" or tree is not None
        ),
        base=corpus.base,
        tip=corpus.tip,
        list_name=name_list(snapshot.messages(), snapshot.lists, snapshot.silent_lists),
        left_out=find_left_out(corpus),
        dates=find_window_dates(snapshot),
        readers=tuple(sorted(who)),
        chosen=name_chosen(only, chosen),
        end=snapshot.row_lists.last,
        series=tuple(waiting),
        tagged=sum(row.tagged for row in waiting),
        total=sum(counts.values()),
        superseded=counts["superseded"],
        applied=counts["applied"],
        landed=counts["landed"],
        pulled=counts["pulled"],
        applied_in_part=counts["part"],
        tree=tree.name if tree is not None else "",
        gaps=tree.gaps if tree is not None else (),
        withdrawn=counts["withdrawn"],
        answered=counts["answered"],
        pulls=counts["pull"],
        reviewed=counts["reviewed"],
        backports=counts["backport"],
    )


def _find_state(series: Series, review: SeriesReview, readers: frozenset[str]) -> str:
    state = _find_progress(series, review, readers)
    # one patch may be sent for five stable trees
    return "backport" if state == "waiting" and is_stable_backport(series) else state


def _find_progress(series: Series, review: SeriesReview, readers: frozenset[str]) -> str:
    if isinstance(series.cover, PullRequest):
        return "pull"
    if review.superseded:
        return "superseded"
    part = _tell_taken(series, review)
    if part == "":
        if review.applied or any(one.release for one in review.pulled):
            return "applied"
        is_landed = review.landed is not None and review.landed.state == "all"
        return "pulled" if review.pulled and not is_landed else "landed"
    withdrawn = {number for one in review.withdrawals for number in one.patches}
    if series.numbers and withdrawn.issuperset(series.numbers):
        return "withdrawn"
    answered = "answered" if part is None else "part"
    if readers:
        authors = (patch.author for patch in series.patches)
        people = (series.sender, series.author, *authors, *review.repliers, *review.reviewers)
        is_answered = any(person.email.lower() in readers for person in people)
        return answered if is_answered else "waiting"
    # a part that is in the tree was taken by somebody else, who said nothing
    if review.replies or review.reviewers or _is_in_tree(review):
        return answered
    # a cover letter whose patches are not here bears no tag, either
    return "waiting" if review.untagged or not series.patches else "reviewed"


def _tell_taken(series: Series, review: SeriesReview) -> str | None:
    """Return how much of a series was applied; empty for all of it, None for nothing."""
    if not review.applied and not review.pulled and not _is_in_tree(review):
        return None
    return tell_part(find_covered(series, review), series.numbers, series.total)


def _is_in_tree(review: SeriesReview) -> bool:
    return review.landed is not None and review.landed.state != "none"


def _tell_so_far(
    series: Series, review: SeriesReview, own: dict[Approval, frozenset[int]]
) -> tuple[str, ...]:
    part = _tell_taken(series, review)
    are_many = part is not None and part.startswith("patches")
    how = f"{'were' if are_many else 'was'} applied"
    if not review.applied and not _is_in_tree(review):
        how = f"{'are' if are_many else 'is'} in a pull request"
    taken = (f"{part} {how}",) if part else ()
    people: dict[str, dict[str, str]] = {}
    nacks = list_nacks(review)
    for tag in review.tags:
        if tag.name == "Nacked-by" and tag not in nacks:
            continue
        is_given = tag.carried_from is None and tag.self_attested is not False
        if is_given and tag.name in OPINIONS and is_other(tag.person, series.sender):
            people.setdefault(tag.name, {}).setdefault(tag.person.key, tag.person.name_or_email)
    naks = list(dict.fromkeys(one.name_or_email for one in review.naks))
    return (
        *taken,
        *tell_own_tags(series, own),
        *(f"{name} from {list_some([*who.values()], _NAMES)}" for name, who in people.items()),
        *([f"NAK by {list_some(naks, _NAMES)}"] if naks else []),
    )


def _order(row: WaitingSeries) -> tuple[bool, float, str]:
    moment = row.date.timestamp() if row.date else 0.0
    return row.tagged, moment, row.message_id or ""


def _measure_series(
    series: Series, review: SeriesReview, lists: RowLists, readers: frozenset[str]
) -> WaitingSeries:
    diffstat = series.diffstat
    own = find_own_tags(series, review, readers) if readers else {}
    tagged: frozenset[int] = frozenset().union(*own.values())
    return WaitingSeries(
        message_id=review.series.message_id,
        title=series.title,
        revision=series.revision,
        minor_revision=series.minor_revision,
        is_rfc=review.series.is_rfc,
        sender=series.sender,
        date=series.date,
        lists=lists.name(series.messages),
        age=find_age(series.date, lists.find_end(series.messages)),
        patches=len(series.patches),
        missing=count_missing(series),
        insertions=diffstat.insertions,
        deletions=diffstat.deletions,
        untagged=len(review.untagged),
        so_far=_tell_so_far(series, review, own),
        tagged=bool(series.numbers) and tagged == frozenset(series.numbers),
        messages=make_refs(series.messages),
    )
