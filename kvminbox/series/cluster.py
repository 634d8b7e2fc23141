"""Members that belong together, found by the evidence between them, the strongest first."""

from dataclasses import dataclass, field
from typing import Final

from kvminbox.models import Message
from kvminbox.series.members import Member
from kvminbox.trailers import is_same_person

MAX_GAP: Final = 1_800
"""Seconds between mails of one sending that nothing but time joins."""

# How sure each sort of evidence is, by what was seen when reading real series.
CONFIDENCE: Final = {
    "answers the cover letter": 1.0,
    "answers a patch of it": 0.95,
    "has a Message-ID of the same sending": 0.9,
    "answers the same mail": 0.85,
    "same sender, revision and total within 30 minutes": 0.6,
}


@dataclass
class Cluster:
    """A series in the making."""

    cover: Message | None = None
    members: dict[int, Member] = field(default_factory=dict)
    duplicates: list[Member] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    confidence: float = 1.0
    first: Member | None = None

    def add(self, member: Member, reason: str | None = None) -> None:
        """Take a member in; of two with one number the first stays, the other is a duplicate."""
        if self.first is None:
            self.first = member
        if member.is_cover:
            self.cover = member.message
        elif member.number in self.members:
            self.duplicates.append(member)
        else:
            self.members[member.number] = member
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1
            self.confidence = min(self.confidence, CONFIDENCE[reason])

    def has_room(self, member: Member) -> bool:
        """Whether the member's number is still free."""
        return member.number not in self.members

    def times(self) -> tuple[float, float]:
        """When its earliest and latest mails were sent."""
        times = [member.time for member in self.members.values()]
        if self.first:
            times.append(self.first.time)
        return min(times), max(times)


class Clusterer:
    """Puts members into clusters, one after another, in an order of their own.

    The order is by the members' dates and ids, so that it does not matter in which
    order they arrived.
    """

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_id: dict[str, tuple[Cluster, Member]] = {}
        self._by_stem: dict[tuple[str, object], Cluster] = {}
        self._by_parent: dict[tuple[str, object], Cluster] = {}
        self._by_key: dict[object, list[Cluster]] = {}

    def add(self, member: Member) -> None:
        """Find the cluster that a member belongs to, or begin one."""
        cluster, reason = self._find(member)
        if cluster is None:
            cluster = Cluster()
            self.clusters.append(cluster)
            self._by_key.setdefault(member.key, []).append(cluster)
        cluster.add(member, reason)
        self._register(cluster, member)

    def _register(self, cluster: Cluster, member: Member) -> None:
        if member.message.message_id:
            self._by_id.setdefault(member.message.message_id, (cluster, member))
        if member.stem:
            self._by_stem[member.stem, member.revision] = cluster
        if member.parents and not member.is_cover:
            self._by_parent[member.parents[0], member.key] = cluster

    def _find(self, member: Member) -> tuple[Cluster | None, str | None]:
        if member.is_cover:
            return None, None
        for find in (self._by_cover, self._by_patch):
            cluster, reason = find(member)
            if cluster or reason:
                return cluster, reason or None
        stem = self._by_stem.get((member.stem, member.revision)) if member.stem else None
        if stem and stem.has_room(member) and _fits(stem, member):
            return stem, "has a Message-ID of the same sending"
        sibling = self._by_parent.get((member.parents[0], member.key)) if member.parents else None
        if sibling and sibling.has_room(member):
            return sibling, "answers the same mail"
        return self._by_time(member)

    def _by_cover(self, member: Member) -> tuple[Cluster | None, str | None]:
        for identity in member.parents:
            cluster, other = self._by_id.get(identity, (None, None))
            if cluster and other and other.is_cover and _is_child(other, member):
                return cluster, "answers the cover letter"
        return None, None

    def _by_patch(self, member: Member) -> tuple[Cluster | None, str | None]:
        """Look for the nearest patch of the same sort that it answers.

        Where that one's series has its number already, the member opens a new
        series: a second version without a label, or a resend, in the same thread.
        """
        for identity in member.parents:
            cluster, other = self._by_id.get(identity, (None, None))
            if not (cluster and other) or other.sender != member.sender:
                continue
            if other.revision == member.revision and _same_total(other, member):
                if cluster.has_room(member):
                    return cluster, "answers a patch of it"
                return None, ""
        return None, None

    def _by_time(self, member: Member) -> tuple[Cluster | None, str | None]:
        best, best_gap = None, float(MAX_GAP)
        # only the latest few: a thousand mails with one number can't make it slow
        for cluster in self._by_key.get(member.key, ())[-8:]:
            if not cluster.has_room(member) or (cluster.first and _is_elsewhere(cluster, member)):
                continue
            early, late = cluster.times()
            gap = max(early - member.time, member.time - late, 0.0)
            if gap <= best_gap and late - early <= MAX_GAP:
                best, best_gap = cluster, gap
        reason = "same sender, revision and total within 30 minutes" if best else None
        return best, reason


def _is_child(cover: Member, member: Member) -> bool:
    """Whether a patch that answers a cover letter is of its series."""
    if not _same_total(cover, member):
        return False
    if cover.revision != member.revision and member.revision_stated:
        return False
    return cover.sender == member.sender or bool(
        is_same_person(cover.message.sender, member.message.sender)
    )


def _same_total(one: Member, other: Member) -> bool:
    return one.total is None or other.total is None or one.total == other.total


def _fits(cluster: Cluster, member: Member) -> bool:
    first = cluster.first
    return first is not None and first.sender == member.sender and _same_total(first, member)


def _is_elsewhere(cluster: Cluster, member: Member) -> bool:
    """Whether both stand in threads, and in different ones."""
    first = cluster.first
    if first is None or not member.parents:
        return False
    known = {first.message.message_id, *first.parents}
    return known.isdisjoint(member.parents) and bool(first.parents or member.parents)
