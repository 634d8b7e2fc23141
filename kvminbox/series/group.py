"""Messages into series, by the evidence that joins them, whatever order they arrived in."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from kvminbox.models import Message, Patch, PullRequest, Series, SeriesStatus, SuggestedPatch
from kvminbox.order import arrival_time, index_by_id, message_order, parent_ids
from kvminbox.series.cluster import Cluster
from kvminbox.series.joins import cluster_members
from kvminbox.series.members import Member, is_numbered

EDGE: Final = 86_400
"""Seconds from the corpus's first or last mail within which a series may be cut."""

MAX_MISSING: Final = 1_000
"""Missing numbers that are listed: a single mail may claim to be one of 9,999."""

_NUMBERS: Final = tuple(range(10_000))
"""One object per number: thousands of series may lack a thousand numbers each."""

NAKED_COVER_GAP: Final = 3_600
"""Seconds between a naked cover letter and its patches, at the most."""


class _Corpus:
    """What is kept of messages that are read once; for replies, only ids and arrival times.

    Attributes:
        mails: all but the replies, in order.
        by_id: these mails by their Message-IDs.
        ids: the Message-IDs of all messages.
        first: when the first of all messages arrived, in seconds since 1970.
        last: when the last of them arrived.
    """

    def __init__(self, messages: Iterable[Message], edges: tuple[float, float] | None) -> None:
        self.ids: set[str] = set()
        self.first, self.last = float("inf"), float("-inf")
        self.mails = sorted(self._sift(messages), key=message_order)
        self.by_id = index_by_id(self.mails)
        if edges:
            self.first, self.last = edges

    def _sift(self, messages: Iterable[Message]) -> Iterator[Message]:
        for message in messages:
            self.ids.update(filter(None, (message.message_id, *message.other_message_ids)))
            time = arrival_time(message)
            if time is not None:
                self.first, self.last = min(self.first, time), max(self.last, time)
            if not message.subject.is_reply:
                yield message


def group_series(
    messages: Iterable[Message], *, edges: tuple[float, float] | None = None
) -> list[Series]:
    """Group the patches and cover letters of some messages into series, oldest first.

    Pass all mails of a corpus, replies included: a series that lacks a mail is
    `cut` where it arrived within a day of the first or the last of all. The mails
    are read once, and replies are not held.

    Numbered patches are joined by the strongest evidence: an answer to a cover letter
    of the same sender and total; an answer to another patch of the series;
    Message-IDs of one sending; answers to one mail; and last by sender, revision,
    total and time alone. A patch without a number is a series of one. Each patch is
    in exactly one series, and the order of the messages does not matter.

    Replies with patches, and diffs without a patch mark, are in no series.

    Args:
        messages: all mails of a corpus, of any kind.
        edges: when the first and the last mail of the whole corpus arrived, in
            seconds since 1970; for messages that are only a part of it.
    """
    corpus = _Corpus(messages, edges)
    members = [Member(message) for message in corpus.mails if is_numbered(message)]
    clusters = [cluster for cluster in cluster_members(members) if not _is_mere_pull(cluster)]
    _give_naked_covers(clusters, corpus.by_id)
    found = [_make_series(cluster, corpus) for cluster in clusters]
    found += [
        _make_lone(mail)
        for mail in corpus.mails
        if isinstance(mail, Patch) and not mail.subject.counter_stated
    ]
    return sorted(found, key=lambda series: message_order(series.messages[0]))


def _make_lone(patch: Patch) -> Series:
    subject = patch.subject
    return Series(
        patches=(patch,),
        title=_title(patch),
        revision=subject.revision,
        minor_revision=subject.minor_revision,
        revision_stated=subject.revision_stated,
        sender=patch.sender,
        date=patch.date,
        evidence=("a patch without a number",),
    )


def _title(message: Message) -> str:
    return getattr(message, "title", "") or message.subject.title


def _make_series(cluster: Cluster, corpus: _Corpus) -> Series:
    cover, evidence = cluster.cover, _reasons(cluster)
    members = [cluster.members[number] for number in sorted(cluster.members)]
    total = _total(cluster, members, evidence)
    numbers = _find_missing(cluster, total, evidence)
    revision = _revision(cluster.first, members, evidence)
    first = cover or members[0].message
    return Series(
        cover=cover,
        patches=tuple(member.message for member in members),
        duplicates=tuple(member.message for member in cluster.duplicates),
        missing=numbers,
        total=total,
        title=_title(first),
        sender=first.sender,
        date=first.date,
        status=_status(cluster, members, total, corpus.by_id),
        cut=(bool(numbers) or _lacks_cover(cluster, corpus)) and _is_near_edge(cluster, corpus),
        confidence=cluster.confidence,
        evidence=tuple(evidence),
        **revision,
    )


def _reasons(cluster: Cluster) -> list[str]:
    counts = sorted(cluster.reasons.items())
    found = [f"{count} of its mails: {reason}" for reason, count in counts]
    if cluster.duplicates:
        found.append(f"{len(cluster.duplicates)} further mails bear a number that is taken")
    return [*(found or ["a numbered mail to which no other belongs"]), *cluster.notes]


def _revision(lead: Member, members: list[Member], evidence: list[str]) -> dict[str, Any]:
    stated = [member for member in (lead, *members) if member.revision_stated]
    revision, minor = (stated or [lead])[0].revision
    if stated and len(stated) <= len(members) and lead.is_cover:
        evidence.append(f"some of its mails do not state the revision {revision}")
    return {
        "revision": revision,
        "minor_revision": minor,
        "revision_stated": bool(stated),
    }


def _total(cluster: Cluster, members: list[Member], evidence: list[str]) -> int:
    stated = [member.total for member in members if member.total is not None]
    lead = cluster.first
    if lead.total is None:
        return stated[0] if stated else max((member.number for member in members), default=0)
    if stated and lead.total not in stated:
        evidence.append(f"its cover letter says {lead.total} patches, they say {stated[0]}")
        return stated[0]
    return lead.total


def _find_missing(cluster: Cluster, total: int, evidence: list[str]) -> tuple[int, ...]:
    count = total - sum(number <= total for number in cluster.members)
    if count > MAX_MISSING:
        evidence.append(f"{count} numbers are missing, of which {MAX_MISSING} are listed")
    free = (number for number in _NUMBERS[1 : total + 1] if number not in cluster.members)
    return tuple(islice(free, MAX_MISSING))


def _status(
    cluster: Cluster, members: list[Member], total: int, by_id: dict[str, Message]
) -> SeriesStatus:
    if not members:
        return "cover_only"
    if all(number in cluster.members for number in range(1, total + 1)):
        return "over_full" if members[-1].number > total else "complete"
    if members[0].revision[1] is not None or _replaces_patches(members, by_id):
        return "partial_reroll"
    return "incomplete"


def _replaces_patches(members: list[Member], by_id: dict[str, Message]) -> bool:
    """Whether each patch answers the one with its number in an earlier or unlabelled revision.

    b4 has the same rule, but requires a label.
    """
    for member in members:
        parent = by_id.get(member.parents[0]) if member.parents else None
        if not isinstance(parent, Patch):
            return False
        subject = parent.subject
        if (subject.counter, subject.total) != (member.number, member.message.subject.total):
            return False
        if subject.revision > member.revision[0]:
            return False
    return True


def _is_mere_pull(cluster: Cluster) -> bool:
    """Whether it is a `[GIT PULL 0/4]` without patches: the four are pull requests, too."""
    return isinstance(cluster.cover, PullRequest) and not cluster.members


def _give_naked_covers(clusters: list[Cluster], by_id: dict[str, Message]) -> None:
    taken: set[str | None] = set()
    for cluster in clusters:
        cover = None if cluster.cover else _find_naked_cover(cluster, by_id)
        if cover is None or cover.message_id in taken:
            continue
        taken.add(cover.message_id)
        cluster.cover = cover
        if isinstance(cover, PullRequest):
            cluster.notes.append("its patches answer the sender's pull request")
        else:
            cluster.notes.append("the sender's mail that its patches answer is its cover letter")
            cluster.confidence = min(cluster.confidence, 0.7)


def _find_naked_cover(cluster: Cluster, by_id: dict[str, Message]) -> Message | None:
    """Find a cover letter without a number: the root that the sender's own patches answer.

    A bug report that somebody answers with a patch does not count: its sender differs.
    """
    members = list(cluster.members.values())
    first = cluster.first
    identity = first.root
    if len(members) < 2 or identity is None:
        return None
    cover = by_id.get(identity)
    if cover is None or isinstance(cover, Patch | SuggestedPatch):
        return None
    if cover.subject.is_reply or parent_ids(cover):
        return None
    if any(identity not in member.parents for member in members):
        return None
    same = cover.sender.email.lower() == first.sender and not cover.subject.counter_stated
    gap = first.time - message_order(cover)[0]
    return cover if same and 0 <= gap <= NAKED_COVER_GAP else None


def _lacks_cover(cluster: Cluster, corpus: _Corpus) -> bool:
    """Whether its patches answer a mail that is not here."""
    parents = [member.parents[-1] for member in cluster.members.values() if member.parents]
    return cluster.cover is None and any(parent not in corpus.ids for parent in parents)


def _is_near_edge(cluster: Cluster, corpus: _Corpus) -> bool:
    messages = [member.message for member in cluster.members.values()]
    if cluster.cover:
        messages.append(cluster.cover)
    times = [time for time in map(arrival_time, messages) if time is not None]
    return any(time - corpus.first <= EDGE or corpus.last - time <= EDGE for time in times)
