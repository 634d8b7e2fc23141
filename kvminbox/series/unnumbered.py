"""Patches without a number, below a cover letter that counts them.

`[PATCH 0/3] Lamps`, and below it `[PATCH] Lamps: add the driver`, sent by the same
command: their subjects do not say which of the three they are.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kvminbox.series.cluster import Cluster
from kvminbox.series.joins import MAX_GAP
from kvminbox.series.members import Member

MAX_TOTAL: Final = 200
"""Patches of a series, at the most, of which those without a number are given one."""

BY_ID: Final = "has its place below the cover letter by its Message-ID"
BY_ORDER: Final = "has its place below the cover letter by the order sent"


def place_unnumbered(clusters: list[Cluster], lone: list[Cluster]) -> list[Cluster]:
    """Give each cover letter its patches without a number; return the patches that are left.

    They were sent along with it, by its sender, and state no other revision. A patch takes a
    number that is missing, which the Message-IDs of one `git send-email` tell
    (`…-1-jane@…` is the cover letter, `…-3-jane@…` the second patch); or there are as
    many as the cover letter says, none of them numbered, and they take their order. Else it may
    be anything: an afterthought, a part for another list, a fix that was asked for.
    """
    by_cover: dict[tuple[str | None, str], Cluster] = {}
    for cluster in clusters:
        cover = cluster.first
        if cover.is_cover and cover.total is not None and 1 < cover.total <= MAX_TOTAL:
            by_cover.setdefault((cover.message.message_id, cover.sender), cluster)
    below: dict[Member, list[Cluster]] = {}
    for one in lone if by_cover else ():
        member = one.first
        keys = [(identity, member.sender) for identity in member.parents]
        above = next((by_cover[key] for key in keys if key in by_cover), None)
        if above is not None and _is_sent_along(above.first, member):
            below.setdefault(above.first, []).append(one)
    placed: set[Member] = set()
    for cover, found in below.items():
        cluster = by_cover[cover.message.message_id, cover.sender]
        known = {mail.message.message_id for mail in (*cluster, *(one.first for one in found))}
        own = [one for one in found if one.first.parents[0] in known]
        placed |= _place(cluster, own)
    return [one for one in lone if one.first not in placed]


def _is_sent_along(cover: Member, member: Member) -> bool:
    is_same = not member.revision_stated or member.revision == cover.revision
    return is_same and 0 <= member.time - cover.time <= MAX_GAP


def _place(cluster: Cluster, lone: list[Cluster]) -> set[Member]:
    """Give patches the numbers that are missing, as far as they can be told; return which."""
    total = cluster.first.total or 0
    reason, numbers = BY_ID, dict(_count_by_id(cluster, [one.first for one in lone]))
    if not numbers and not cluster.members and len(lone) == total:
        members = [one.first for one in lone]
        if _is_in_order(cluster.first, members):
            reason, numbers = BY_ORDER, {mail: place for place, mail in enumerate(members, 1)}
    placed: set[Member] = set()
    for one in lone:
        member = one.first
        number = numbers.get(member, 0)
        if 1 <= number <= total and number not in cluster.members:
            # what its subject does not count is of any total
            member.number, member.total, member.is_inferred = number, None, True
            cluster.take(one, reason)
            placed.add(member)
    return placed


def _count_by_id(cluster: Cluster, members: list[Member]) -> Iterator[tuple[Member, int]]:
    """Yield the number that each has by its Message-ID, where the numbered mails agree with it.

    A file that lay about in the directory was sent, too, and moves all behind it.
    """
    steps: dict[str, set[int]] = {}
    for mail in cluster:
        if mail.stem and mail.count is not None:
            steps.setdefault(mail.stem, set()).add(mail.number - mail.count)
    for member in members:
        found = steps.get(member.stem, set()) if member.count is not None else set()
        if len(found) == 1:
            yield member, next(iter(found)) + (member.count or 0)


def _is_in_order(cover: Member, members: list[Member]) -> bool:
    """Whether the order in which patches were sent is surely that of their series."""
    times = [member.time for member in members]
    titles = {member.message.subject.title.casefold() for member in members}
    is_one_sending = all(member.stem == cover.stem for member in members)
    is_one_tree = cover.stem != "" or all(member.trees == cover.trees for member in members)
    is_apart = all(early < late for early, late in pairwise(times))
    return is_one_sending and is_one_tree and is_apart and len(titles) == len(members)
