"""Messages into series, by the evidence that joins them, whatever order they arrived in."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, cast

from kvminbox.models import (
    AnyMessage,
    CoverLetter,
    Message,
    Patch,
    PullRequest,
    Series,
    SeriesStatus,
)
from kvminbox.models.corpus import check_several
from kvminbox.order import arrival_time, body_of, drop_copies, index_by_id, message_order
from kvminbox.patches.shortlog import read_shortlog
from kvminbox.series.cluster import Cluster
from kvminbox.series.covers import give_naked_covers
from kvminbox.series.joins import cluster_members
from kvminbox.series.members import Member, is_numbered
from kvminbox.series.revision import decide_revision
from kvminbox.series.unnumbered import place_unnumbered
from kvminbox.words import count_things

EDGE: Final = 86_400
"""Seconds from the corpus's first or last mail within which a series may be cut."""

MAX_SHORTLOG: Final = 20_000
"""Characters of a cover letter in which its shortlog is looked for."""

MAX_MISSING: Final = 1_000
"""Missing numbers that are listed: a single mail may claim to be one of 9,999."""

_NUMBERS: Final = tuple(range(10_000))
"""One object per number: thousands of series may lack a thousand numbers each."""


class _Corpus:
    """What is kept of messages that are read once; for replies, only ids and arrival times.

    Attributes:
        mails: all but the replies, in order.
        by_id: these mails by their Message-IDs.
        ids: the Message-IDs of all messages.
        reused: the Message-IDs that several of these mails have.
        first: when the first of all messages arrived, in seconds since 1970.
        last: when the last of them arrived.
    """

    def __init__(self, messages: Iterable[Message], edges: tuple[float, float] | None) -> None:
        self.ids: set[str] = set()
        self.first, self.last = float("inf"), float("-inf")
        self.mails = drop_copies(sorted(self._sift(messages), key=message_order))
        self.by_id = index_by_id(self.mails)
        bearers = Counter(mail.message_id for mail in self.mails if mail.message_id)
        self.reused = {identity for identity, count in bearers.items() if count > 1}
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
    total and time alone. A patch without a number is a series of one, though it may
    have a cover letter; or has a place below the `[PATCH 0/3]` with which it was sent, where that
    is sure: see `Series.inferred_numbers`. Each patch is in exactly one series, and the
    order of the messages does not matter.

    Replies with patches, and diffs without a patch mark, are in no series. A mail that
    was archived twice is one mail.

    Args:
        messages: all mails of a corpus, of any kind.
        edges: when the first and the last mail of the whole corpus arrived, in
            seconds since 1970; for messages that are only a part of it.

    Raises:
        kvminbox.errors.UsageError: a text or a single thing is given for the messages.
    """
    check_several(messages, "mails")
    corpus = _Corpus(messages, edges)
    members: list[Member] = []
    lone: list[Cluster] = []
    for mail in corpus.mails:
        if is_numbered(mail):
            members.append(Member(mail))
        elif isinstance(mail, Patch):
            member = Member(mail)
            if _has_cover_of_one(member, corpus.by_id):
                members.append(member)
            else:
                lone.append(Cluster(member))
    found = cluster_members(members)
    clusters = [cluster for cluster in found if not _is_mere_pull(cluster)]
    clusters += place_unnumbered(clusters, lone)
    give_naked_covers(clusters, corpus.by_id)
    series = [_make_series(cluster, corpus) for cluster in clusters]
    return sorted(series, key=lambda one: message_order(one.messages[0]))


def _has_cover_of_one(member: Member, by_id: dict[str, Message]) -> bool:
    """Whether a patch without a number answers a `[PATCH 0/1]`."""
    cover = by_id.get(member.parents[0]) if member.parents else None
    return isinstance(cover, CoverLetter) and cover.subject.total == 1


def _list_reused(mails: Iterable[Message], corpus: _Corpus) -> Iterator[str]:
    for mail in mails if corpus.reused else ():
        if mail.message_id in corpus.reused:
            yield f"another mail with different content has the id <{mail.message_id}>"


def _title(message: Message) -> str:
    return getattr(message, "title", "") or message.subject.title


def _find_title(cover: Message | None, members: list[Member]) -> str:
    """Return the title of the cover letter, else of the first patch that has one.

    Where no patch is here, the shortlog of a `[PATCH v2 0/3]` without a title has the first's.
    """
    mails = [*([cover] if cover else []), *(member.message for member in members)]
    title = next(filter(None, map(_title, mails)), "")
    if title or cover is None or members:
        return title
    return next((one.title for one in read_shortlog(body_of(cover)[:MAX_SHORTLOG])), "")


def _make_series(cluster: Cluster, corpus: _Corpus) -> Series:
    cover, evidence = cluster.cover, _reasons(cluster)
    members = [cluster.members[number] for number in sorted(cluster.members)]
    total = _total(cluster, members, evidence)
    numbers = _find_missing(cluster, total, evidence)
    revision = decide_revision(cover, members, evidence)
    first = cover or members[0].message
    is_inferred = any(member.is_inferred for member in members)
    inferred = tuple(member.number for member in members) if is_inferred else ()
    mails = [*([cover] if cover else []), *(member.message for member in members)]
    evidence += _list_reused(mails, corpus)
    return Series(
        cover=cast("AnyMessage | None", cover),
        patches=tuple(cast("Patch", member.message) for member in members),
        inferred_numbers=inferred,
        duplicates=tuple(cast("Patch", member.message) for member in cluster.duplicates),
        missing=numbers,
        total=total,
        title=_find_title(cover, members),
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
        more = count_things(len(cluster.duplicates), "more mail")
        have = "has" if len(cluster.duplicates) == 1 else "have"
        found.append(f"{more} {have} a number that is already taken")
    is_numbered = cluster.first.message.subject.counter_stated
    lone = (
        "a numbered mail without the others of its series"
        if is_numbered
        else "a patch without a number"
    )
    return [*(found or [lone]), *cluster.notes]


def _total(cluster: Cluster, members: list[Member], evidence: list[str]) -> int:
    stated = [member.total for member in members if member.total is not None]
    lead = cluster.first
    if lead.total is None:
        return stated[0] if stated else max((member.number for member in members), default=0)
    if stated and lead.total not in stated:
        evidence.append(
            f"its cover letter says {count_things(lead.total, 'patch')}, they say {stated[0]}"
        )
        # `1/6` to `6/6`, and `[PATCH] a tool for tests` as the seventh
        is_counted = any(member.is_inferred for member in members)
        return lead.total if is_counted else stated[0]
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

    It may answer a reply to that one. b4 has the same rule, but requires a label.
    """
    for member in members:
        known = (by_id.get(identity) for identity in member.parents)
        parent = next((mail for mail in known if mail is not None), None)
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


def _lacks_cover(cluster: Cluster, corpus: _Corpus) -> bool:
    """Whether its numbered patches answer a mail that is not here."""
    if not cluster.first.message.subject.counter_stated:
        return False
    parents = [member.parents[-1] for member in cluster.members.values() if member.parents]
    return cluster.cover is None and any(parent not in corpus.ids for parent in parents)


def _is_near_edge(cluster: Cluster, corpus: _Corpus) -> bool:
    messages = [member.message for member in cluster.members.values()]
    if cluster.cover:
        messages.append(cluster.cover)
    times = [time for time in map(arrival_time, messages) if time is not None]
    return any(time - corpus.first <= EDGE or corpus.last - time <= EDGE for time in times)
