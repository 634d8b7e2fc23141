"""A board: the series of a list that no next version followed, each with its state and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from kvminbox.analysis.board_state import BOARD_STATES, BoardState, Judged
from kvminbox.analysis.choose import Choose, check_only, name_chosen
from kvminbox.analysis.files import Classify, by_directory, check_classify, list_parts
from kvminbox.analysis.list_name import name_list
from kvminbox.analysis.outside import count_absent, count_missing
from kvminbox.analysis.result import Figure, MessageRef, Result, find_age, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.analysis.window_dates import WindowDates, find_window_dates
from kvminbox.errors import UsageError
from kvminbox.models import (
    Address,
    Corpus,
    LeftOut,
    Message,
    Model,
    Progress,
    PullRequest,
    Remark,
    Series,
    SeriesRef,
    SeriesReview,
    find_left_out,
)
from kvminbox.models.corpus import list_texts
from kvminbox.review.answers import AnswerIndex
from kvminbox.subsystems import find_series_areas
from kvminbox.upstream import Code
from kvminbox.versions.stable import is_stable_backport
from kvminbox.words import choose_from


class BoardSeries(Model):
    """A series that no next version followed, and how far it has come."""

    state: BoardState
    """`landed`: all of its patches are in the tree that was looked at, in a pull request or in an
    announced release, or a mail says for sure that they were applied. `claimed`: a mail says so in
    words of its own, which is misread more often (see `Applied.form`). `needs_version`: somebody
    remarked on its lines or words and has not approved it in that mail or later, and nobody had
    taken that patch, or refused patches with a Nacked-by or in words, such as `NAK.`, and has not
    taken that back, by `I withdraw my NAK` or a later Reviewed-by or Acked-by for all of them.
    `ready`: each of its patches has a tag of somebody else, none was withdrawn, and nobody has
    remarked anything since the last of these tags, but on its merging.
    `under_review`: somebody else answered or tagged.
    `waiting`: nobody did. `withdrawn`: its author took all of it back that was not applied, as by
    `Please ignore this series`, whoever answered. Somebody is never a program.
    A judgement; the first that is true is taken."""

    evidence: tuple[str, ...]
    """Why it is in that state, and what else is known, in words."""

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

    versions: int
    """How many versions of it the corpus has, itself included."""

    sender: Address
    """Who sent it."""

    date: datetime | None
    """When its first mail was sent, as claimed."""

    first_sent: datetime | None
    """When the oldest version in the corpus was sent."""

    last_mail: datetime | None
    """When the last mail of it or in answer to it was sent, as claimed."""

    lists: tuple[str, ...] = ()
    """The names of the lists that it went to, where the corpus has several; empty for one."""

    age: float | None
    """Seconds from `date` to the last arrival in these lists; None without a date."""

    quiet: float | None
    """Seconds from `last_mail` to the same; None without a date."""

    patches: int
    """Its patches that the corpus has."""

    missing: int
    """Its patches that the corpus lacks; a new version of one patch of a series lacks none."""

    not_resent: int = 0
    """How many other patches its set has, where only some were sent again: without these, it is
    not ready."""

    insertions: int
    """Lines that its patches add."""

    deletions: int
    """Lines that its patches remove."""

    untagged: int
    """Its patches without a Reviewed-by, Acked-by or Tested-by from anybody else."""

    remarks: int
    """Remarks on its lines or words by people who have not approved it since."""

    program_remarks: int = 0
    """Further ones by programs that review, which make no state."""

    reviewers: tuple[Address, ...]
    """The others who gave a Reviewed-by, Acked-by, Tested-by or Nacked-by in an answer."""

    repliers: tuple[Address, ...]
    """The others who answered, in the order of their first answers."""

    subsystems: tuple[str, ...]
    """What it touches: as the caller's `classify` says, else parts of KVM, else directories;
    the part with the most patches first."""

    messages: tuple[MessageRef, ...]
    """Its cover letter, if there is one, and its patches."""


class Board(Result):
    """The result of `compute_board`.

    It tells what the mails of the corpus show: an answer on another list, or a version sent
    after the corpus's end, is not in them.
    """

    base: str
    """Where the corpus begins, as the caller wrote it."""

    tip: str
    """Where it ends, as the caller wrote it."""

    left_out: LeftOut = LeftOut()
    """What the corpus left out: mails that could not be read, epochs that are not here."""

    dates: WindowDates = WindowDates()
    """How many of its mails have a Date far outside it, and which lists end early."""

    list_name: str = ""
    """The list's name, from the List-Id of most of the series; empty if they have none."""

    chosen: str = ""
    """Which series were asked for, in words; empty for all."""

    end: datetime | None
    """When its last mail arrived, up to which the ages count, unless its list ended before."""

    tree: str = ""
    """The name of the tree that was looked at; empty if none was."""

    gaps: tuple[str, ...] = ()
    """What is not known of that tree, in words."""

    series: tuple[BoardSeries, ...]
    """The series, by state in the order of `BOARD_STATES`; in each the oldest first."""

    superseded: int
    """Series that are not on it, since a next version is there."""

    pulls: int
    """Others that are not on it, since they ask to pull, not for a review."""

    backports: int = 0
    """Others that are not on it, since they surely are backports for stable trees, and nobody
    answered or tagged them: who reviewed the patch did so before."""

    other_states: int = 0
    """How many other series are not listed, since only some states were asked for."""

    def count(self, state: BoardState) -> int:
        """Return how many series are in a state.

        Raises:
            UsageError: there is no such state.
        """
        check_states([state])
        return sum(one.state == state for one in self.series)


def compute_board(
    corpus: Corpus,
    *,
    only: Choose | None = None,
    chosen: str = "",
    states: Iterable[BoardState] = (),
    classify: Classify | None = None,
    tree: Code | None = None,
    progress: Progress | None = None,
) -> Board:
    """Find how far each series of a corpus has come that no next version followed.

    All mails of the corpus are held until they are grouped.

    Args:
        corpus: a window of an archive, or any other corpus; one that begins late does not
            know of earlier versions.
        only: whether a series is asked for; `kvminbox.analysis.choose` has questions.
        chosen: the question in words, for the report; without it, the report only says that
            there was one.
        states: the states to list; empty for all. Series in other states are only counted.
        classify: returns the subsystems of a patch; None for parts of KVM, else directories.
        tree: where to look for what landed.
        progress: is called with how far the reading is.
    """
    check_only(only)
    check_classify(classify)
    asked_states = check_states(states)
    snapshot = Snapshot.of(corpus, progress=progress)
    asked = [pair for pair in snapshot.reviews(tree) if only is None or only(pair[0])]
    open_ones = [
        (one, review)
        for one, review in asked
        if not review.superseded and not isinstance(one.cover, PullRequest)
    ]
    backports = [one for one, review in open_ones if is_quiet_backport(one, review)]
    if backports:
        left_out = {id(one) for one in backports}
        open_ones = [pair for pair in open_ones if id(pair[0]) not in left_out]
    rows = sorted(_make_rows(snapshot, open_ones, classify), key=_order)
    listed = [row for row in rows if not asked_states or row.state in asked_states]
    pulls = sum(isinstance(one.cover, PullRequest) for one, _ in asked)
    counts = Counter(row.state for row in rows)
    superseded = len(asked) - len(rows) - pulls - len(backports)
    others = {
        "superseded": superseded, "pull requests": pulls, "stable backports": len(backports),
    }  # fmt: skip
    labels = [(BOARD_STATES[state], counts[state]) for state in BOARD_STATES]
    return Board(
        title="Board",
        figures=tuple(
            Figure(label=label, count=count) for label, count in (*labels, *others.items())
        ),
        base=corpus.base,
        tip=corpus.tip,
        left_out=find_left_out(corpus),
        dates=find_window_dates(snapshot),
        list_name=name_list(
            (one.messages[0] for one, _ in asked), snapshot.lists, snapshot.silent_lists
        ),
        chosen=name_chosen(only, chosen),
        end=snapshot.row_lists.last,
        tree=tree.name if tree is not None else "",
        gaps=tree.gaps if tree is not None else (),
        series=tuple(listed),
        other_states=len(rows) - len(listed),
        superseded=superseded,
        pulls=pulls,
        backports=len(backports),
    )


def check_states(states: Iterable[BoardState]) -> tuple[BoardState, ...]:
    """Return states, each of which there is.

    Raises:
        UsageError: there is no such state.
    """
    names = list_texts(states, "states")
    for one in names:
        if one not in BOARD_STATES:
            raise UsageError("no such state", one, choose_from(one, list(BOARD_STATES)))
    return tuple(state for state in BOARD_STATES if state in names)


def is_quiet_backport(series: Series, review: SeriesReview) -> bool:
    """Whether a series is for a stable tree, and has nothing that its readers have to see."""
    is_told_of = review.replies or review.reviewers or review.applied
    return not is_told_of and is_stable_backport(series)


def _make_rows(
    snapshot: Snapshot,
    open_ones: list[tuple[Series, SeriesReview]],
    classify: Classify | None,
) -> Iterator[BoardSeries]:
    listed = [one for one, _ in open_ones]
    remarks = _find_remarks(snapshot, listed)
    index = AnswerIndex(snapshot.messages(), listed)
    for place, (one, review) in enumerate(open_ones):
        answers = [answer.message for answer in index.answers.get(place, ())]
        mails = [*one.messages, *answers, *index.patches.get(place, ())]
        facts = Judged(one, review, remarks.get(one.ref, ()))
        yield _make_row(facts, mails, snapshot.row_lists, classify)


def _find_remarks(
    snapshot: Snapshot, series: list[Series]
) -> dict[SeriesRef, list[tuple[Remark, bool]]]:
    """Return the reviewers' remarks on some series, and whether each was answered."""
    found: dict[SeriesRef, list[tuple[Remark, bool]]] = {}
    for one in snapshot.follow_ups(series):
        found.setdefault(one.series, []).append((one.remark, one.answered))
    return found


def _make_row(
    facts: Judged, mails: list[Message], lists: RowLists, classify: Classify | None
) -> BoardSeries:
    series, review = facts.series, facts.review
    state, evidence = facts.judge()
    diffstat = series.diffstat
    end = lists.find_end(series.messages)
    last = max((mail.date for mail in mails if mail.date), default=None)
    return BoardSeries(
        state=state,
        evidence=evidence,
        message_id=review.series.message_id,
        title=series.title,
        revision=series.revision,
        minor_revision=series.minor_revision,
        is_rfc=review.series.is_rfc,
        versions=max(len(series.chain), 1),
        sender=series.sender,
        date=series.date,
        first_sent=next((ref.date for ref in series.chain if ref.date), series.date),
        last_mail=last,
        lists=lists.name(series.messages),
        age=find_age(series.date, end),
        quiet=find_age(last, end),
        patches=len(series.patches),
        missing=count_missing(series),
        not_resent=count_absent(series) - count_missing(series),
        insertions=diffstat.insertions,
        deletions=diffstat.deletions,
        untagged=len(review.untagged),
        remarks=len(facts.open_remarks),
        program_remarks=len(facts.program_remarks),
        reviewers=review.reviewers,
        repliers=review.repliers,
        subsystems=_find_parts(series, classify),
        messages=make_refs(series.messages),
    )


def _find_parts(series: Series, classify: Classify | None) -> tuple[str, ...]:
    if classify is None:
        areas = tuple(match.area for match in find_series_areas(series))
        if areas:
            return areas
        classify = by_directory(2)
    counts = Counter(
        part for one in series.patches for part in dict.fromkeys(list_parts(classify, one))
    )
    return tuple(part for part, _ in counts.most_common())


def _order(row: BoardSeries) -> tuple[int, float, str, str]:
    moment = row.date.timestamp() if row.date else 0.0
    return [*BOARD_STATES].index(row.state), moment, row.title, row.message_id or ""
