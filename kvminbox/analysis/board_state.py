"""The state of one series on a board: how far it has come, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from kvminbox.analysis.merging import is_of_merging
from kvminbox.analysis.outside import count_absent, count_missing
from kvminbox.analysis.own_tags import tell_sending
from kvminbox.analysis.settled import is_settled
from kvminbox.dates import write_day
from kvminbox.models import Address, Remark, Series, SeriesReview
from kvminbox.review.names import APPROVALS, split_name
from kvminbox.review.part import (
    find_covered,
    join_applied,
    tell_applied,
    tell_pulled,
    tell_withdrawn,
)
from kvminbox.review.refusals import list_nacks
from kvminbox.review.tags import is_somebody_else
from kvminbox.words import count_things, list_some, name_patches

BoardState = Literal[
    "waiting", "under_review", "needs_version", "ready", "claimed", "landed", "withdrawn"
]  # fmt: skip
"""How far a series has come; see `BoardSeries.state`."""

BOARD_STATES: Final[dict[BoardState, str]] = {
    "waiting": "waiting",
    "under_review": "under review",
    "needs_version": "needs a new version",
    "ready": "ready",
    "claimed": "said to be applied",
    "landed": "applied",
    "withdrawn": "withdrawn",
}
"""The states in their order, and their names. That of `landed` is true without a tree, too, where
only mails say so."""

NO_PLACE: Final = frozenset({"general", "unknown"})
"""Places of remarks that are on no line or word of a series."""

_NAMES: Final = 4
"""People whom a sentence names at most."""


def judge_series(
    series: Series, review: SeriesReview, remarks: Iterable[tuple[Remark, bool]]
) -> tuple[BoardState, tuple[str, ...]]:
    """Return the state of one series that no version followed, and the reasons.

    Args:
        series: the series.
        review: its review.
        remarks: the reviewers' remarks on it, and whether each was answered.
    """
    return Judged(series, review, remarks).judge()


class Judged:
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
        self.nacks = [tag.person for tag in list_nacks(review)]
        unsettled = [pair for pair in remarks if not is_settled(pair[0], review)]
        self.general_remarks = [remark for remark, _ in unsettled if remark.place in NO_PLACE]
        unsettled = [pair for pair in unsettled if pair[0].place not in NO_PLACE]
        self.open_remarks = [pair for pair in unsettled if not pair[0].by_program]
        self.program_remarks = [remark for remark, _ in unsettled if remark.by_program]

    def judge(self) -> tuple[BoardState, tuple[str, ...]]:
        """Return the state, and the reasons for it with what else is known."""
        in_tree, told = self._tell_of_tree(), (*self._tell_of_applied(), *self._tell_of_pulled())
        if self.numbers and self._covered() == self.numbers:
            is_sure = self._taken() == self.numbers
            return "landed" if is_sure else "claimed", (*in_tree, *told)
        late = (*self._tell_of_late(), *self._tell_of_programs())
        gone = self._tell_of_withdrawn()
        rest = (*gone, *in_tree, *told, *late, *self._tell_of_missing())
        if self.numbers and self.numbers <= self._withdrawn() | self._covered():
            return "withdrawn", rest
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
        doubts = tuple(self._tell_of_doubts())
        # what is left of a part is not what was approved
        is_doubtful = doubts or self.review.withdrawals
        return "under_review" if is_doubtful else "ready", (*approvals, *doubts, *rest)

    def _covered(self) -> frozenset[int]:
        """Return the patches that are in the tree or a pull request, or that were applied."""
        found = find_covered(self.series, self.review)
        landing = self.review.landed
        return found - set(landing.reverted) if landing is not None else found

    def _withdrawn(self) -> frozenset[int]:
        """Return the patches that their author has taken back."""
        return frozenset(number for one in self.review.withdrawals for number in one.patches)

    def _tell_of_withdrawn(self) -> Iterator[str]:
        for one in self.review.withdrawals:
            yield tell_withdrawn(one, self.numbers, self.series.total)

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
        if self.review.naks:
            yield f"NAK by {list_some(list(_name_naks(self.review)), _NAMES)}"

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

    def _tell_of_doubts(self) -> Iterator[str]:
        """Yield who remarked on no place after the last approval: `Please update the subject.`."""
        given = [tag.date for tag in self.review.tags if tag.name in APPROVALS and tag.date]
        last = max(given, default=None)
        late = [
            one for one in self.general_remarks
            if not one.by_program and one.date and (last is None or one.date > last)
            and not is_of_merging(one.text)
        ]  # fmt: skip
        when = "after the last approval" if last else "since it was sent with its tags"
        for name, count in Counter(one.sender.name_or_email for one in late).items():
            yield f"{count_things(count, 'general remark')} by {name} {when}"

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
        people = [one for one in (*given, *borne) if is_somebody_else(one, sender)]
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


def _name_naks(review: SeriesReview) -> Iterator[str]:
    """Yield who refused a series in words, each with the first mail that does."""
    mails: dict[str, str] = {}
    for one in review.refusals:
        if not one.is_tag and one.taken_back is None and one.message_id:
            mails.setdefault(one.by.key, f" in <{one.message_id}>")
    for person in review.naks:
        yield f"{person.name_or_email}{mails.get(person.key, '')}"


def _name_people(people: Iterable[Address]) -> str:
    names = {person.key: person.name_or_email for person in people}
    return list_some(list(dict.fromkeys(names.values())), _NAMES)
