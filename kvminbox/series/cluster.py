"""A series in the making: its mails so far, and which others may be of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kvminbox.models import Message
from kvminbox.order import claim_order
from kvminbox.series.members import Member
from kvminbox.trailers import is_same_person

# How sure each kind of evidence is, judged from reading real series.
CONFIDENCE: Final = {
    "answers the cover letter": 1.0,
    "answers a patch of it": 0.95,
    "has a Message-ID from the same sending": 0.9,
    "was sent again under its id": 0.9,
    "answers the same mail": 0.85,
    "answers the cover letter, which was sent again": 0.8,
    "has a Message-ID from the same sending, for another tree": 0.8,
    "answers the cover letter, with another total": 0.8,
    "answers the cover letter at once, with another revision": 0.8,
    "has its place below the cover letter by its Message-ID": 0.8,
    "has its place below the cover letter by the order sent": 0.7,
    "has a Message-ID from the same sending, with another revision": 0.8,
    "answers the same mail, for another tree": 0.7,
    "same sender, revision and total within 30 minutes": 0.6,
    "same sender and total within 30 minutes": 0.5,
    "same sender, revision and total, and its number is past the total": 0.5,
}


@dataclass(eq=False)
class Cluster:
    """A series in the making: its first mail and those found to belong to it."""

    first: Member
    cover: Message | None = None
    members: dict[int, Member] = field(default_factory=dict)
    duplicates: list[Member] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    confidence: float = 1.0
    notes: list[str] = field(default_factory=list)
    early: float = float("inf")
    late: float = float("-inf")

    def __post_init__(self) -> None:
        self._add(self.first)

    def __iter__(self) -> Iterator[Member]:
        """Yield its mails."""
        if self.first.is_cover:
            yield self.first
        yield from self.members.values()
        yield from self.duplicates

    @property
    def size(self) -> int:
        """How many patches it has."""
        return len(self.members) + len(self.duplicates)

    def take(self, other: "Cluster", reason: str) -> None:
        """Add all mails of another cluster; of two with one number the more trusted one stays."""
        for member in other:
            self._add(member)
        for known, count in (*other.reasons.items(), (reason, 1)):
            self.reasons[known] = self.reasons.get(known, 0) + count
        self.confidence = min(self.confidence, other.confidence, CONFIDENCE[reason])

    def has_room(self, member: Member) -> bool:
        """Whether the member's number is free, or taken by a mail that must give way to it."""
        holder = self.members.get(member.number)
        return holder is None or (self._is_own(member) and not self._is_own(holder))

    def has_room_for(self, other: "Cluster") -> bool:
        """Whether there is room for all members of another cluster."""
        if len(other.members) == 1:
            return self.has_room(other.first)
        small, large = sorted((self.members, other.members), key=len)
        return large.keys().isdisjoint(small)

    @property
    def is_whole(self) -> bool:
        """Whether it has all patches that it says there are, and no others."""
        return len(self.members) == self.first.total == max(self.members)

    def is_whole_with(self, other: "Cluster") -> bool:
        """Whether the two have as many patches as they say, with no number past the total."""
        total = self.first.total
        if total is None or len(self.members) + len(other.members) != total:
            return False
        return max(*self.members, *other.members) == total

    def _add(self, member: Member) -> None:
        self.early, self.late = min(self.early, member.time), max(self.late, member.time)
        if member.is_cover:
            self.cover = self.cover or member.message  # one that is sent again has its id
            return
        holder = self.members.setdefault(member.number, member)
        if holder is not member:
            self.members[member.number], other = sorted((holder, member), key=self._trust)
            self.duplicates.append(other)

    def _trust(self, member: Member) -> tuple[bool, object]:
        """Return a sort key of mails of one number: the sender's own address, then arrival.

        Anybody can use a sender's name and date a patch before the real one.
        """
        return (not self._is_own(member), claim_order(member.message))

    def _is_own(self, member: Member) -> bool:
        return self.first.sender == member.sender


def same_sender(one: Member, other: Member) -> bool:
    """Whether two mails have one sender."""
    return one.sender == other.sender or bool(
        is_same_person(one.message.sender, other.message.sender)
    )


def same_total(one: Member, other: Member) -> bool:
    """Whether two mails count the same patches; `3/n` goes with any total."""
    return one.total is None or other.total is None or one.total == other.total
