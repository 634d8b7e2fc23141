"""Cover letters without a number: the sender's own mail that patches answer."""

import re
from typing import Final

from kvminbox.models import CoverLetter, Message, Patch, PullRequest, SuggestedPatch
from kvminbox.order import parent_ids, sent_time
from kvminbox.series.cluster import Cluster
from kvminbox.series.members import Member
from kvminbox.words import fold_name

# `[PATCHSET 2/3]`, `[PATCH-SERIES v2]`
_SET: Final = re.compile(r"patch-?(?:set|series)\b", re.IGNORECASE)

NAKED_COVER_GAP: Final = 3_600
"""Seconds between a naked cover letter and its patches, at the most."""


def give_naked_covers(clusters: list[Cluster], by_id: dict[str, Message]) -> None:
    """Give series that have no cover letter the mail without a number that is one.

    A mail is the cover letter of one series, the first that answers it.
    """
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

    Or `[PATCHSET 2/3]`, the second of three sets, which may have a root of its own above it.
    A bug report that somebody answers with a patch does not count: its sender differs.
    """
    first = cluster.first
    cover = by_id.get(first.parents[0]) if first.parents else None
    if cover is None or not is_set(cover):
        cover = by_id.get(first.root or "")
    if cover is None or isinstance(cover, Patch | SuggestedPatch | CoverLetter):
        return None
    if cover.subject.is_reply or cover.kind == "bot":
        return None
    if parent_ids(cover) and not is_set(cover):
        return None
    if any(cover.message_id not in member.parents for member in cluster.members.values()):
        return None
    # the first patch's subject may be copied to it, `[PATCH 1/6]`
    is_other = cover.subject.counter_stated and cover.subject.total != first.total
    is_other = is_other and not is_set(cover)
    same = cover.sender.key == first.sender and not is_other
    gap = first.time - sent_time(cover)
    if not same or not 0 <= gap <= NAKED_COVER_GAP:
        return None
    return cover if cluster.size > 1 or _introduces(cover, first) else None


def is_set(message: Message) -> bool:
    """Whether a mail introduces one of several series: `[PATCHSET 2/3]`, without a diff.

    Its number counts the sets and no patches.
    """
    if isinstance(message, Patch | SuggestedPatch | CoverLetter | PullRequest):
        return False
    return message.subject.counter > 0 and any(
        token.kind == "patch" and _SET.match(token.text) for token in message.subject.tokens
    )


def _introduces(cover: Message, patch: Member) -> bool:
    """Whether a mail without a diff is the cover letter of the one patch that answers it.

    It may be a question or a report, which its sender then answers with a patch. It is a
    cover letter if it is marked as a patch, has the patch's title, which may be
    cut, or was sent by the same command.
    """
    if patch.parents[0] != cover.message_id or isinstance(cover, PullRequest):
        return False
    title = fold_name(cover.subject.title)
    alike = title != "" and fold_name(patch.message.subject.title).startswith(title)
    stem = Member(cover).stem
    return cover.subject.has_patch_mark or alike or (stem != "" and stem == patch.stem)
