"""Members that belong together, found by the evidence between them, the strongest first."""

from dataclasses import dataclass, field
from typing import Final

from kvminbox.models import Message
from kvminbox.order import claim_order
from kvminbox.series.members import Member
from kvminbox.trailers import is_same_person

MAX_GAP: Final = 1_800
"""Seconds between mails of one sending that only time joins."""

MAX_DELAY: Final = 7 * 86_400
"""Seconds after which `[PATCH 6/5]` is no longer taken as a late patch of the five."""

MAX_TRIED: Final = 8
"""Series of one sender, revision and total that are close in time and tried for a match."""

# How sure each kind of evidence is, judged from reading real series.
CONFIDENCE: Final = {
    "answers the cover letter": 1.0,
    "answers a patch of it": 0.95,
    "is answered by a patch of it": 0.95,
    "has a Message-ID of the same sending": 0.9,
    "answers the same mail": 0.85,
    "same sender, revision and total within 30 minutes": 0.6,
    "same sender, revision and total, and its number is past the total": 0.5,
}

Found = tuple["Cluster | None", str | None]
"""The cluster that a member belongs to, and the reason; both None where none is found."""


@dataclass
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

    def add(self, member: Member, reason: str | None = None) -> None:
        """Add a member; of two with the same number, the more trusted one stays."""
        self.early, self.late = min(self.early, member.time), max(self.late, member.time)
        if member.is_cover:
            self.cover = member.message
        else:
            holder = self.members.setdefault(member.number, member)
            if holder is not member:
                true, other = self._order(holder, member)
                self.members[member.number] = true
                self.duplicates.append(other)
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1
            self.confidence = min(self.confidence, CONFIDENCE[reason])

    def has_room(self, member: Member) -> bool:
        """Whether the member's number is free, or taken by a mail that must give way to it."""
        holder = self.members.get(member.number)
        return holder is None or (self._is_own(member) and not self._is_own(holder))

    def _order(self, *members: Member) -> list[Member]:
        """Order mails of one number: the sender's own address first, then by arrival.

        Anybody can use a sender's name and date a patch before the real one.
        """
        return sorted(members, key=lambda one: (not self._is_own(one), claim_order(one.message)))

    def _is_own(self, member: Member) -> bool:
        return self.first.sender == member.sender


class Clusterer:
    """Puts members into clusters, one after another.

    Members come in the order of their dates and ids, so the order of arrival does
    not matter.
    """

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_id: dict[tuple[str, str], tuple[Cluster, Member]] = {}
        self._first_of_id: dict[str, tuple[Cluster, Member]] = {}
        self._by_answer: dict[tuple[str, object], Cluster] = {}
        self._by_stem: dict[tuple[str, object], Cluster] = {}
        self._by_parent: dict[tuple[str, object], Cluster] = {}
        self._by_time: dict[tuple[object, int], list[Cluster]] = {}
        self._latest: dict[object, Cluster] = {}

    def add(self, member: Member) -> None:
        """Find the cluster that a member belongs to, or start one."""
        cluster, reason = (None, None) if member.is_cover else self._find(member)
        if cluster is None:
            cluster = Cluster(member)
            self.clusters.append(cluster)
            self._by_time.setdefault((member.key, _period(member)), []).append(cluster)
        cluster.add(member, reason)
        self._register(cluster, member)

    def _register(self, cluster: Cluster, member: Member) -> None:
        if member.message.message_id:
            self._claim(member.message.message_id, cluster, member)
        if member.stem:
            self._by_stem[member.stem, member.revision] = cluster
        if member.is_cover:
            return
        self._latest[member.key] = cluster
        for identity in member.parents:
            self._by_answer.setdefault((identity, member.key), cluster)
        if member.parents:
            self._by_parent[member.parents[0], member.key] = cluster

    def _claim(self, identity: str, cluster: Cluster, member: Member) -> None:
        """Remember whose id it is: the first mail of each sender, and the first of all."""
        self._by_id.setdefault((identity, member.sender), (cluster, member))
        _, first = self._first_of_id.setdefault(identity, (cluster, member))
        if first is not member and claim_order(member.message) < claim_order(first.message):
            self._first_of_id[identity] = cluster, member

    def _get(self, identity: str, member: Member) -> tuple[Cluster | None, Member | None]:
        """Return the mail with an id that a member refers to, preferring its own sender's.

        Anybody can post a mail with the id of somebody's cover letter.
        """
        found = self._by_id.get((identity, member.sender)) or self._first_of_id.get(identity)
        return found or (None, None)

    def _find(self, member: Member) -> Found:
        for find in (
            self._find_by_cover,
            self._find_by_patch,
            self._find_by_answer,
            self._find_by_stem,
            self._find_by_sibling,
            self._find_by_time,
            self._find_past_total,
        ):
            cluster, reason = find(member)
            if cluster:
                return cluster, reason
        return None, None

    def _find_by_cover(self, member: Member) -> Found:
        for identity in member.parents:
            cluster, other = self._get(identity, member)
            if cluster and other and other.is_cover and _is_child(cluster, other, member):
                return cluster, "answers the cover letter"
        return None, None

    def _find_by_patch(self, member: Member) -> Found:
        """Look for the nearest patch of the same kind that it answers.

        If that patch's series already has the number, the search ends there: this
        is a second version without a label, or a resend, in the same thread.
        """
        for identity in member.parents:
            cluster, other = self._get(identity, member)
            if not (cluster and other) or other.is_cover or not _same_sender(other, member):
                continue
            if other.revision == member.revision and _same_total(other, member):
                return (
                    (cluster, "answers a patch of it") if cluster.has_room(member) else (None, None)
                )
        return None, None

    def _find_by_answer(self, member: Member) -> Found:
        """Look for patches that answer this one but were dated before it by a wrong clock."""
        cluster = self._by_answer.get((member.message.message_id or "", member.key))
        if cluster and cluster.has_room(member):
            return cluster, "is answered by a patch of it"
        return None, None

    def _find_by_stem(self, member: Member) -> Found:
        cluster = self._by_stem.get((member.stem, member.revision))
        if cluster and cluster.has_room(member) and _fits(cluster, member):
            return cluster, "has a Message-ID of the same sending"
        return None, None

    def _find_by_sibling(self, member: Member) -> Found:
        cluster = self._by_parent.get((member.parents[0], member.key)) if member.parents else None
        if cluster and cluster.has_room(member):
            return cluster, "answers the same mail"
        return None, None

    def _find_by_time(self, member: Member) -> Found:
        best, best_gap = None, float(MAX_GAP)
        for cluster in self._find_near(member):
            if not cluster.has_room(member) or self._is_elsewhere(cluster, member):
                continue
            gap = max(cluster.early - member.time, member.time - cluster.late, 0.0)
            if gap <= best_gap and cluster.late - cluster.early <= MAX_GAP:
                best, best_gap = cluster, gap
        reason = "same sender, revision and total within 30 minutes" if best else None
        return best, reason

    def _find_near(self, member: Member) -> list[Cluster]:
        if not member.time:
            return []  # neither sent nor arrived at any known time
        period = _period(member)
        near = (self._by_time.get((member.key, period + step), ()) for step in (-1, 0, 1))
        # only a few, so that a thousand mails with one number can't make it slow
        return [cluster for clusters in near for cluster in clusters[-MAX_TRIED:]]

    def _find_past_total(self, member: Member) -> Found:
        """Treat `[PATCH v4 6/5]`, sent alone a day after the five, as an addition to them."""
        cluster = self._latest.get(member.key)
        if member.total is None or member.number <= member.total or cluster is None:
            return None, None
        late = member.time - cluster.late > MAX_DELAY
        if late or not cluster.has_room(member) or self._is_elsewhere(cluster, member):
            return None, None
        return cluster, "same sender, revision and total, and its number is past the total"

    def _is_elsewhere(self, cluster: Cluster, member: Member) -> bool:
        """Whether the two are in different threads.

        A parent that is missing says nothing if the cluster's first mail has none:
        some servers assign a new Message-ID to each mail, so that patches answer
        the id that their cover letter had before.
        """
        first = cluster.first
        if not member.parents:
            return False
        if not {first.message.message_id, *first.parents}.isdisjoint(member.parents):
            return False
        return bool(first.parents) or any(parent in self._first_of_id for parent in member.parents)


def _period(member: Member) -> int:
    return int(member.time // MAX_GAP)


def _is_child(cluster: Cluster, cover: Member, member: Member) -> bool:
    """Whether a patch that answers a cover letter is of its series.

    A number may be sent twice at once. Sent later, or as an answer to the patch
    that has the number, it is a new attempt.
    """
    if not (_fits(cluster, member) or _is_miscounted(cluster, cover, member)):
        return False
    if cluster.has_room(member):
        return True
    at_once = member.time - cluster.late <= MAX_GAP
    return at_once and member.parents[0] == cover.message.message_id


def _is_miscounted(cluster: Cluster, cover: Member, member: Member) -> bool:
    """Whether the cover letter `[PATCH v3 00/10]` of eleven patches was sent with `01/11`."""
    patch = next(iter(cluster.members.values()), member)
    return (
        cover.stem != ""
        and (cover.stem, cover.revision) == (member.stem, member.revision)
        and member.parents[0] == cover.message.message_id
        and patch.total == member.total
    )


def _fits(cluster: Cluster, member: Member) -> bool:
    first = cluster.first
    return (
        _same_total(first, member)
        and _same_sender(first, member)
        and _same_revision(cluster, first, member)
    )


def _same_revision(cluster: Cluster, first: Member, member: Member) -> bool:
    """Whether both are of one revision, which the cover letter or the patches may leave out.

    Under a cover letter that states none, a `v2` patch belongs only if it was sent at
    once and all patches are `v2`: else it is the next revision, sent as an answer.
    """
    if first.revision == member.revision:
        return True
    if not first.is_cover or (first.revision_stated and member.revision_stated):
        return False
    if first.revision_stated:
        return True
    patch = next(iter(cluster.members.values()), member)
    return patch.revision == member.revision and member.time - first.time <= MAX_GAP


def _same_sender(one: Member, other: Member) -> bool:
    return one.sender == other.sender or bool(
        is_same_person(one.message.sender, other.message.sender)
    )


def _same_total(one: Member, other: Member) -> bool:
    return one.total is None or other.total is None or one.total == other.total
