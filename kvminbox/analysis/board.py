"""A board: the series of a list that no next version followed, each with its state and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Literal

from kvminbox.analysis.choose import Choose, check_only, name_chosen
from kvminbox.analysis.files import Classify, by_directory, check_classify, list_parts
from kvminbox.analysis.list_name import name_list
from kvminbox.analysis.outside import count_absent, count_missing
from kvminbox.analysis.own_tags import tell_sending
from kvminbox.analysis.result import Figure, MessageRef, Result, find_age, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.analysis.settled import is_settled
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.analysis.window_dates import WindowDates, find_window_dates
from kvminbox.dates import write_day
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
from kvminbox.review.names import APPROVALS, split_name
from kvminbox.review.part import find_covered, join_applied, tell_applied, tell_pulled
from kvminbox.review.tags import is_other
from kvminbox.subsystems import find_series_areas
from kvminbox.upstream import Code
from kvminbox.versions.facts import is_stable_backport
from kvminbox.words import choose_from, count_things, list_some, name_patches

BoardState = Literal["waiting", "under_review", "needs_version", "ready", "claimed", "landed"]
"""How far a series has come; see `BoardSeries.state`."""

BOARD_STATES: Final[dict[BoardState, str]] = {
    "waiting": "waiting",
    "under_review": "under review",
    "needs_version": "needs a new version",
    "ready": "ready",
    "claimed": "said to be applied",
    "landed": "applied",
}
"""The states in their order, and what each is called: that of `landed` is true without a tree, too,
where only a mail says so."""

_NO_PLACE: Final = frozenset({"general", "unknown"})
"""Places of remarks that are on no line or word of a series."""

_NAMES: Final = 4
"""People whom a sentence names at most."""


class BoardSeries(Model):
    """A series that no next version followed, and how far it has come."""

    state: BoardState
    """`landed`: all of its patches are in the tree that was looked at or in a pull request, or a
    mail says for sure that they were applied. `claimed`: a mail says so in words of its own, which
    is misread more often (see `Applied.form`). `needs_version`: somebody remarked on its lines or
    words and has not approved it in that mail or later, and nobody had taken that patch, or gave a
    Nacked-by. `ready`: each of its patches has a tag of somebody else. `under_review`: somebody
    else answered or tagged. `waiting`: nobody did. Somebody is never a program.
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
    """The other patches of its set, where some are sent again alone: without these, it is not
    ready."""

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
    """Others that are not on it, since other states were asked for."""

    def count(self, state: BoardState) -> int:
        """Return how many series are in a state."""
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
        states: which states are asked for; empty for all. What is in others is counted only.
        classify: returns the subsystems of a patch; None for parts of KVM, else directories.
        tree: where to look for what landed.
        progress: is called with how far the reading is.
    """
    check_only(only)
    check_classify(classify)
    asked_states = check_states(states)
    snapshot = Snapshot.of(corpus, progress=progress)
    remarks = _find_remarks(snapshot)
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
    index = AnswerIndex(snapshot.messages(), [one for one, _ in open_ones])
    rows = []
    for place, (one, review) in enumerate(open_ones):
        answers = [answer.message for answer in index.answers.get(place, ())]
        mails = [*one.messages, *answers, *index.patches.get(place, ())]
        facts = _Facts(one, review, remarks.get(one.ref, ()))
        rows.append(_make_row(facts, mails, snapshot.row_lists, classify))
    rows.sort(key=_order)
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


def _find_remarks(snapshot: Snapshot) -> dict[SeriesRef, list[tuple[Remark, bool]]]:
    """Return the reviewers' remarks on a place of each series, and whether each was answered."""
    found: dict[SeriesRef, list[tuple[Remark, bool]]] = {}
    for one in snapshot.follow_ups():
        if one.remark.place not in _NO_PLACE:
            found.setdefault(one.series, []).append((one.remark, one.answered))
    return found


def judge_series(
    series: Series, review: SeriesReview, remarks: Iterable[tuple[Remark, bool]]
) -> tuple[BoardState, tuple[str, ...]]:
    """Return the state of one series that no version followed, and the reasons.

    Args:
        series: the series.
        review: its review.
        remarks: the reviewers' remarks on it, and whether each was answered.
    """
    placed = [pair for pair in remarks if pair[0].place not in _NO_PLACE]
    return _Facts(series, review, placed).judge()


class _Facts:
    """What is known of one series, from which its state follows."""

    def __init__(
        self,
        series: Series,
        review: SeriesReview,
        remarks: Iterable[tuple[Remark, bool]],
    ) -> None:
        self.series = series
        self.review = review
        self.numbers = set(series.numbers)
        self.nacks = [
            tag.person for tag in review.tags
            if tag.name == "Nacked-by" and tag.self_attested is not False
        ]  # fmt: skip
        unsettled = [pair for pair in remarks if not is_settled(pair[0], review)]
        self.open_remarks = [pair for pair in unsettled if not pair[0].by_program]
        self.program_remarks = [remark for remark, _ in unsettled if remark.by_program]

    def judge(self) -> tuple[BoardState, tuple[str, ...]]:
        """Return the state, and the reasons for it with what else is known."""
        in_tree, told = self._tell_of_tree(), (*self._tell_of_applied(), *self._tell_of_pulled())
        if self.numbers and self._covered() == self.numbers:
            is_sure = self._taken() == self.numbers
            return "landed" if is_sure else "claimed", (*in_tree, *told)
        late = (*self._tell_of_late(), *self._tell_of_programs())
        rest = (*in_tree, *told, *late, *self._tell_of_missing())
        objections = (*self._tell_of_nacks(), *self._tell_of_remarks())
        if objections:
            return "needs_version", (*objections, *self._tell_of_untagged(), *rest)
        if not self.numbers or self.review.untagged or self.series.missing:
            is_answered = self.review.replies or self.review.reviewers
            state: BoardState = "under_review" if is_answered else "waiting"
            told = (*self._tell_of_replies(), *self._tell_of_untagged())
            is_approved = is_answered and self.numbers and not self.review.untagged
            return state, (*told, *(self._tell_of_approvals() if is_approved else ()), *rest)
        approvals = self._tell_of_approvals()
        if any(mail.subject.is_rfc for mail in self.series.messages):
            why = "it is an RFC, which asks for comments, not for merging"
            return "under_review", (why, *approvals, *rest)
        return "ready", (*approvals, *rest)

    def _covered(self) -> frozenset[int]:
        """Return the patches that are in the tree or a pull request, or that were applied."""
        found = find_covered(self.series, self.review)
        landing = self.review.landed
        return found - set(landing.reverted) if landing is not None else found

    def _taken(self) -> frozenset[int]:
        """Return the patches that somebody surely took, of which no new version is asked for."""
        sure = [one for one in self.review.applied if one.form != "free"]
        review = self.review.model_copy(update={"applied": tuple(sure)})
        landing = self.review.landed
        reverted = set(landing.reverted) if landing is not None else set()
        return find_covered(self.series, review) - reverted

    def _tell_of_tree(self) -> Iterator[str]:
        landing = self.review.landed
        if landing is None or landing.state == "none":
            return
        count = len(self.numbers) - len(landing.lacking)
        tree = next((one.tree for one in landing.landings), "") or "the tree"
        last = f", the last committed on {write_day(landing.last)}" if landing.last else ""
        releases = f", from {', '.join(landing.releases)} on" if landing.releases else ""
        yield f"{self._part(count)} in {tree}{last}{releases}"
        if landing.reverted:
            yield f"a later commit reverted {name_patches(landing.reverted)}"

    def _part(self, count: int) -> str:
        total = len(self.numbers)
        if count == total:
            return "its patch is" if total == 1 else f"all {total} patches are"
        return f"{count} of {total} patches {'is' if count == 1 else 'are'}"

    def _tell_of_applied(self) -> Iterator[str]:
        for one in join_applied(self.review.applied):
            yield tell_applied(one, self.numbers, self.series.total)

    def _tell_of_pulled(self) -> Iterator[str]:
        for one in self.review.pulled:
            yield tell_pulled(one, self.numbers, self.series.total)

    def _tell_of_nacks(self) -> Iterator[str]:
        if self.nacks:
            yield f"a Nacked-by from {_name_people(self.nacks)}"

    def _tell_of_late(self) -> Iterator[str]:
        taken = self._taken()
        if late := sum(remark.patch in taken for remark, _ in self.open_remarks):
            yield f"{count_things(late, 'remark')} on what had been taken by then"

    def _tell_of_remarks(self) -> Iterator[str]:
        by_person: dict[str, list[tuple[Remark, bool]]] = {}
        taken = self._taken()
        for pair in [one for one in self.open_remarks if one[0].patch not in taken]:
            by_person.setdefault(pair[0].sender.key, []).append(pair)
        for pairs in by_person.values():
            remarks = [remark for remark, _ in pairs]
            days = [remark.date for remark in remarks if remark.date]
            last = ", the last" if len(pairs) > 1 else ""
            when = f"{last} on {write_day(max(days))}" if days else ""
            answered = sum(is_answered for _, is_answered in pairs)
            name = remarks[0].sender.name_or_email
            words = f"{count_things(len(pairs), 'remark')} by {name}{when}"
            yield f"{words}, and no approval since; {_tell_of_answers(answered, len(pairs))}"

    def _tell_of_programs(self) -> Iterator[str]:
        """Yield what programs said, which makes no state: only people review."""
        programs = Counter(one.sender.name_or_email for one in self.program_remarks)
        for name, count in programs.most_common():
            yield f"{count_things(count, 'remark')} by {name}, a program"

    def _tell_of_replies(self) -> Iterator[str]:
        review = self.review
        if review.replies:
            replies = count_things(review.replies, "reply")
            yield f"{replies} by {_name_people(review.repliers)}"
        elif review.reviewers:
            yield f"tags from {_name_people(review.reviewers)}"
        elif borne := len(self.numbers) - len(self.review.untagged):
            verb = "was" if borne == 1 else "were"
            which = f"{borne} of {count_things(len(self.numbers), 'patch')}"
            if borne == len(self.numbers):  # of those that are here
                which = "its patch" if borne == 1 else "its patches"
            yield f"no reply; {which} {verb} sent with somebody else's tag"
        else:
            yield "no reply or tag from anybody else"

    def _tell_of_untagged(self) -> Iterator[str]:
        count, total = len(self.review.untagged), len(self.numbers)
        if 0 < count < total and (self.review.replies or self.review.reviewers):
            verb = "has" if count == 1 else "have"
            yield f"{count} of {total} patches {verb} no tag from anybody else"

    def _tell_of_missing(self) -> Iterator[str]:
        absent = count_absent(self.series)
        verb = "is" if absent == 1 else "are"
        # `[PATCH 31/30]` is one more than its subject says
        patches = count_things(len(self.numbers) + absent, "patch")
        if count_missing(self.series):
            edge = ", and may have come earlier or later" if self.series.cut else ""
            yield f"{absent} of its {patches} {verb} not here{edge}"
        elif absent:
            others = "other one" if absent == 1 else f"other {absent}"
            yield f"the {others} of its {patches} {verb} not part of this sending"

    def _tell_of_approvals(self) -> Iterator[str]:
        sender = self.series.sender
        tags = [tag for tag in self.review.tags if tag.name in APPROVALS]
        given = [tag.person for tag in tags if tag.carried_from is None]
        borne = [
            trailer.address
            for mail in self.series.messages
            for trailer in getattr(mail, "trailers", ())
            if trailer.address and not APPROVALS.isdisjoint(split_name(trailer.name))
        ]
        people = [one for one in (*given, *borne) if is_other(one, sender)]
        named = [_name_people(people)] if people else []
        known = {one.key for one in people}
        earlier: dict[int, list[Address]] = {}
        for tag in tags:
            if tag.carried_from is not None and tag.person.key not in known:
                earlier.setdefault(tag.carried_from, []).append(tag.person)
        for revision, others in earlier.items():
            named.append(f"{_name_people(others)} {tell_sending(self.series, revision)}")
        which = "its patch" if len(self.numbers) == 1 else "each patch"
        here = " here" if count_absent(self.series) else ""
        yield f"{which}{here} has a Reviewed-by, Acked-by or Tested-by ({'; '.join(named)})"


def _tell_of_answers(count: int, total: int) -> str:
    if not count:
        return "the author has not answered"
    return f"the author answered {'it' if total == 1 else f'{count} of {total}'}"


def _name_people(people: Iterable[Address]) -> str:
    names = {person.key: person.name_or_email for person in people}
    return list_some(list(dict.fromkeys(names.values())), _NAMES)


def _make_row(
    facts: _Facts, mails: list[Message], lists: RowLists, classify: Classify | None
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
