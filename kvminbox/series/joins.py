"""Members that belong together, found by the evidence between them, the surest first."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Final

from kvminbox.order import claim_order
from kvminbox.series.cluster import Cluster, same_sender, same_total
from kvminbox.series.members import Member

MAX_GAP: Final = 1_800
"""Seconds between mails of one sending that no thread joins."""

MAX_PAUSE: Final = 300
"""Seconds between mails that a person sends one by one, each by a command of its own."""

MAX_DELAY: Final = 7 * 86_400
"""Seconds after which a mail that no stated revision joins is another attempt: `[PATCH 6/5]`."""

MAX_TRIED: Final = 8
"""Series of one sender, revision and total that are close in time and tried for a match."""

Near = dict[tuple[Hashable, int], list[Member]]
"""The first mails of clusters, by a key and by the half hour in which they were sent."""


def cluster_members(members: Iterable[Member]) -> list[Cluster]:
    """Put members into clusters, by the surest evidence there is for each.

    All members are asked for one kind of evidence before any is asked for a weaker one,
    so that a guess never takes the place of a mail that answers. Members come in the
    order of their dates and ids, so the order of arrival does not matter.
    """
    # cover letters first: a mail of the same second may sort before its own cover letter
    return _Joiner(sorted(members, key=lambda member: not member.is_cover)).join_all()


class _Joiner:
    """Joins clusters by one kind of evidence after another.

    Each member is a cluster at first. Of a cluster only the first mail looks for
    another to join, and only a few times, so the work is linear.
    """

    def __init__(self, members: list[Member]) -> None:
        self.members = members
        self.cluster_of = {member: Cluster(member) for member in members}
        self._by_id: dict[tuple[str, str], list[Member]] = {}
        self._first_of_id: dict[str, Member] = {}
        for member in members:
            if member.message.message_id:
                self._claim(member.message.message_id, member)

    def join_all(self) -> list[Cluster]:
        """Join what belongs together; return the clusters."""
        self._join_to_covers(_is_child, "answers the cover letter")
        self._join_to_covers(_is_unlabelled_child, "answers the cover letter")
        self._join_to_patches()
        self._join_sendings()
        self._join_by_key(_stem_key, "has a Message-ID from the same sending")
        self._join_to_covers(
            _is_mislabelled_child, "answers the cover letter at once, with another revision"
        )
        self._join_to_covers(_is_miscounted_child, "answers the cover letter, with another total")
        self._join_by_key(
            _loose_stem_key, "has a Message-ID from the same sending, with another revision"
        )
        self._join_by_key(
            _stem_and_total,
            "has a Message-ID from the same sending, for another tree",
            only_whole=True,
        )
        self._join_by_key(_sibling_key, "answers the same mail")
        self._join_to_covers(_is_recounted_child, "answers the cover letter, with another total")
        self._join_by_key(
            _loose_sibling_key, "answers the same mail, for another tree", only_whole=True
        )
        self._join_by_time()
        self._join_by_time_loosely()
        self._join_past_total()
        self._join_sent_again()
        return list(dict.fromkeys(self.cluster_of.values()))

    def _claim(self, identity: str, member: Member) -> None:
        """Remember whose id it is: the first of each sender's sendings, and the first of all."""
        own = self._by_id.setdefault((identity, member.sender), [])
        if not own or (len(own) < MAX_TRIED and member.time - own[-1].time > MAX_GAP):
            own.append(member)
        first = self._first_of_id.setdefault(identity, member)
        if first is not member and claim_order(member.message) < claim_order(first.message):
            self._first_of_id[identity] = member

    def _find(self, member: Member) -> Iterator[Member]:
        """Yield the mails that a member refers to, the nearest first.

        Of several with one id it is its own sender's, and of those the nearest in time:
        anybody can post a mail with the id of somebody's cover letter.
        """
        for identity in member.parents:
            own = self._by_id.get((identity, member.sender), ())
            if len(own) > 1:
                yield min(own, key=lambda other: abs(other.time - member.time))
            elif found := own[0] if own else self._first_of_id.get(identity):
                yield found

    def _leads(self) -> Iterator[tuple[Member, Cluster]]:
        """Yield each patch that has not been joined to another mail yet, and its cluster."""
        for member in self.members:
            cluster = self.cluster_of[member]
            if cluster.first is member and not member.is_cover:
                yield member, cluster

    def _join(self, cluster: Cluster, other: Cluster, reason: str) -> None:
        """Join another cluster to one, whose first mail stays the first of both."""
        first = cluster.first
        small, large = (cluster, other) if cluster.size < other.size else (other, cluster)
        for member in small:
            self.cluster_of[member] = large
        large.first = first
        large.take(small, reason)

    def _join_to_covers(
        self, belongs: Callable[[Cluster, Member, Cluster], bool], reason: str
    ) -> None:
        for member, cluster in self._leads():
            for cover in self._find(member):
                if cover.is_cover and belongs(self.cluster_of[cover], cover, cluster):
                    self._join(self.cluster_of[cover], cluster, reason)
                    break

    def _join_to_patches(self) -> None:
        """Join each to the nearest patch of its sender, revision and total that it answers.

        If that patch's series already has the number, the search ends there: this
        is a second version without a label, or a resend, in the same thread.
        """
        for member, cluster in self._leads():
            for other in self._find(member):
                if other.is_cover or other.revision != member.revision:
                    continue
                if same_sender(other, member) and same_total(other, member):
                    found = self.cluster_of[other]
                    if found is not cluster and found.has_room_for(cluster):
                        self._join(found, cluster, "answers a patch of it")
                    break

    def _join_sendings(self) -> None:
        """Join what was sent with one cover letter, again and again until all had got through.

        Where a server refuses many mails at once, `[PATCH 00/11]` comes with patches 1 to 9, and
        days later the same letter, of the same id, with the rest. Patches that are sent a
        second time are another attempt.
        """
        latest: dict[Hashable, Cluster] = {}
        for member in self.members:
            if not member.is_cover or not member.message.message_id:
                continue
            cluster = self.cluster_of[member]
            key = (member.message.message_id, *member.key)
            found = latest.setdefault(key, cluster)
            if found is cluster:
                continue
            late = member.time - found.late > MAX_DELAY
            if late or not found.members or not cluster.members:
                latest[key] = cluster
            elif found.has_room_for(cluster):
                self._join(found, cluster, "answers the cover letter, which was sent again")
                latest[key] = self.cluster_of[member]
                latest[key].cover = found.first.message
            else:
                latest[key] = cluster

    def _join_by_key(
        self, key_of: Callable[[Member], Hashable], reason: str, *, only_whole: bool = False
    ) -> None:
        """Join each to the latest mail before it that has the same key."""
        latest: dict[Hashable, Member] = {}
        for member in self.members:
            key = key_of(member)
            if key is None:
                continue
            other = latest.get(key)
            latest[key] = member
            cluster = self.cluster_of[member]
            if other is None or cluster.first is not member or member.is_cover:
                continue
            found = self.cluster_of[other]
            late = member.time - found.late > MAX_DELAY
            if found is cluster or late or not same_sender(found.first, member):
                continue
            if found.has_room_for(cluster) and (not only_whole or found.is_whole_with(cluster)):
                self._join(found, cluster, reason)

    def _join_by_time(self) -> None:
        near: Near = {}
        for member in self.members:
            cluster = self.cluster_of[member]
            if cluster.first is not member:
                continue
            if not member.is_cover and (
                best := self._nearest(near, member.key, cluster, self._may_be_of)
            ):
                self._join(best, cluster, "same sender, revision and total within 30 minutes")
            else:
                near.setdefault((member.key, _period(member)), []).append(member)

    def _join_by_time_loosely(self) -> None:
        """Join by sender and total alone what makes a series whole, or has a cover letter.

        Some servers assign a new Message-ID to each mail, so that the patches answer an
        id that their cover letter had before, and may leave the revision to it.
        """
        near: Near = {}
        for member in self.members:
            cluster = self.cluster_of[member]
            if cluster.first is not member:
                continue
            key = (member.sender, member.total)
            best = None if member.is_cover else self._nearest(near, key, cluster, self._may_be_one)
            if best:
                self._join(best, cluster, "same sender and total within 30 minutes")
            else:
                near.setdefault((key, _period(member)), []).append(member)

    def _may_be_one(self, found: Cluster, cluster: Cluster) -> bool:
        """Whether two clusters of one sender and total are of one revision and make a whole.

        A cover letter without patches takes those of its trees. One of the two may state
        no revision, unless what the patches answer is here.
        """
        one, other = found.first, cluster.first
        if not found.has_room_for(cluster):
            return False
        is_bare = one.is_cover and not found.members and one.trees == other.trees
        if self._is_elsewhere(found, other):
            # `[PATCH v4 0/3 RESEND]` of its own, the patches below the letter of the last time
            return is_bare and one.revision == other.revision and cluster.is_whole
        if one.revision != other.revision:
            is_open = not (one.revision_stated and other.revision_stated)
            is_other = bool(one.stem and other.stem) and one.stem != other.stem
            is_apart = is_other and abs(one.time - other.time) > MAX_PAUSE
            if not is_open or is_apart or any(self._find(other)):
                return False
        return is_bare or found.is_whole_with(cluster)

    def _may_be_of(self, found: Cluster, cluster: Cluster) -> bool:
        """Whether one cluster has room for another, and is not in a different thread."""
        return found.has_room_for(cluster) and not self._is_elsewhere(found, cluster.first)

    def _nearest(
        self,
        near: Near,
        key: Hashable,
        cluster: Cluster,
        fits: Callable[[Cluster, Cluster], bool],
    ) -> Cluster | None:
        """Return the cluster with a key that is nearest in time."""
        member = cluster.first
        if not member.time:
            return None  # neither sent nor arrived at any known time
        best, best_gap = None, float(MAX_GAP)
        periods = (near.get((key, _period(member) + step), ()) for step in (-1, 0, 1))
        # only a few, so that a thousand mails with one number can't make it slow
        for other in (other for period in periods for other in period[-MAX_TRIED:]):
            found = self.cluster_of[other]
            gap = max(found.early - member.time, member.time - found.late, 0.0)
            if gap > best_gap or found.late - found.early > MAX_GAP:
                continue
            if fits(found, cluster):
                best, best_gap = found, gap
        return best

    def _join_past_total(self) -> None:
        """Join `[PATCH v4 6/5]`, sent alone a day after the five, to them."""
        latest: dict[object, Member] = {}
        for member in self.members:
            if member.is_cover:
                continue
            other, cluster = latest.get(member.key), self.cluster_of[member]
            latest[member.key] = member
            if member.total is None or member.number <= member.total or other is None:
                continue
            found = self.cluster_of[other]
            if cluster.first is not member or found is cluster:
                continue
            late = member.time - found.late > MAX_DELAY
            if not late and found.has_room_for(cluster) and not self._is_elsewhere(found, member):
                self._join(
                    found,
                    cluster,
                    "same sender, revision and total, and its number is past the total",
                )

    def _join_sent_again(self) -> None:
        """Join a `[PATCH RESEND 3/5]` that came alone, under the id of the first `[PATCH 3/5]`."""
        for member, cluster in self._leads():
            identity = member.message.message_id
            own = self._by_id.get((identity or "", member.sender), ())
            if cluster.size != 1 or not own:
                continue
            found = self.cluster_of[own[0]]
            if found is not cluster and _is_again(own[0], member):
                self._join(found, cluster, "was sent again under its id")

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
        return bool(first.parents) or any(self._find(member))


def _is_again(first: Member, member: Member) -> bool:
    """Whether two mails have one title, number and key."""
    titles = (first.message.subject.title, member.message.subject.title)
    is_same = titles[0].casefold() == titles[1].casefold()
    return is_same and (first.key, first.number) == (member.key, member.number)


def _is_child(cluster: Cluster, cover: Member, other: Cluster) -> bool:
    """Whether a patch is of a cover letter's sender, total and revision."""
    member = other.first
    if cover.revision != member.revision or not _is_fit(cover, member):
        return False
    # `[PATCH v1 12/43]` is another attempt at the `[PATCH 00/43]` of last month
    is_late = member.time - cover.time > MAX_DELAY
    if is_late and cover.revision_stated != member.revision_stated:
        return False
    return _has_place(cluster, cover, member)


def _is_unlabelled_child(cluster: Cluster, cover: Member, other: Cluster) -> bool:
    """Whether a patch without a revision is below a cover letter that has one, or the reverse.

    Under a cover letter that states none, a `v2` patch belongs only if it was sent at
    once and all patches are `v2`: else it is the next revision, sent as an answer.
    Or whether the cover letter `[PATCH v3 00/10]` of eleven patches was sent with `01/11`.
    """
    member = other.first
    patch = next(iter(cluster.members.values()), member)
    if not _has_place(cluster, cover, member):
        return False
    if cover.revision == member.revision:
        is_sent_along = cover.stem != "" and cover.stem == member.stem
        return is_sent_along and _answers(cover, member) and patch.total == member.total
    if not _is_fit(cover, member) or (cover.revision_stated and member.revision_stated):
        return False
    at_once = member.time - cover.time <= MAX_GAP and patch.revision == member.revision
    return cover.revision_stated or at_once


def _is_miscounted_child(cluster: Cluster, cover: Member, other: Cluster) -> bool:
    """Whether patches of another total were sent by the same command as a cover letter.

    They were counted again, so they make its series whole, or are whole without it.
    """
    member = other.first
    is_sent_along = cover.stem != "" and cover.stem == member.stem and _answers(cover, member)
    if not is_sent_along or not same_sender(cover, member) or member.total == 1:
        return False
    if not cluster.members:
        return other.is_whole
    is_same = cover.revision == member.revision
    return is_same and cluster.has_room_for(other) and cluster.is_whole_with(other)


def _is_recounted_child(cluster: Cluster, cover: Member, other: Cluster) -> bool:
    """Whether a whole series of another total was sent below a cover letter without patches.

    Where ids do not tell, minutes do: a patch was dropped, and the cover letter kept `0/3`.
    """
    member = other.first
    if cluster.members or not other.is_whole or member.total in {None, 1}:
        return False
    at_once = cover.time <= other.early and other.late - cover.time <= MAX_PAUSE
    is_same = cover.revision == member.revision and cover.trees == member.trees
    return at_once and is_same and same_sender(cover, member) and _answers(cover, member)


def _is_mislabelled_child(cluster: Cluster, cover: Member, other: Cluster) -> bool:
    """Whether patches that state another revision were sent along with a cover letter."""
    member = other.first
    at_once = abs(member.time - cover.time) <= MAX_GAP
    is_whole = member.revision[1] is None
    fits = is_whole and at_once and _answers(cover, member) and _is_fit(cover, member)
    return fits and cluster.has_room_for(other)


def _has_place(cluster: Cluster, cover: Member, member: Member) -> bool:
    """Whether a patch's number is free, or was sent twice at once.

    Sent later, or as an answer to the patch that has the number, it is a new attempt.
    """
    if cluster.has_room(member):
        return True
    is_numbered = member.message.subject.counter_stated
    at_once = member.time - cluster.late <= MAX_GAP and _answers(cover, member)
    return is_numbered and at_once and cluster.members[member.number].trees == member.trees


def _answers(cover: Member, member: Member) -> bool:
    return member.parents[0] == cover.message.message_id


def _is_fit(cover: Member, member: Member) -> bool:
    return same_total(cover, member) and same_sender(cover, member)


def _stem_key(member: Member) -> Hashable:
    return (member.stem, member.revision, member.total, member.trees) if member.stem else None


def _loose_stem_key(member: Member) -> Hashable:
    return (member.stem, member.total, member.trees) if member.stem else None


def _stem_and_total(member: Member) -> Hashable:
    return (member.stem, member.total) if member.stem else None


def _sibling_key(member: Member) -> Hashable:
    is_sibling = member.parents and not member.is_cover
    return (member.parents[0], member.key) if is_sibling else None


def _loose_sibling_key(member: Member) -> Hashable:
    is_sibling = member.parents and not member.is_cover
    return (member.parents[0], *member.key[:3]) if is_sibling else None


def _period(member: Member) -> int:
    return int(member.time // MAX_GAP)
