"""What a series is to the earlier one that it continues."""

from typing import Final

from kvminbox.models import VersionRelation
from kvminbox.versions.alike import (
    compare_topics,
    is_moved_into,
    is_within,
    same_patches,
    share_of_patches,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import follows

SPLIT_GAP: Final = 14 * 86_400.0
"""Seconds between the parts of a series that was split."""

Decided = tuple[VersionRelation, tuple[str, ...]]
"""A relation, and what is odd about it."""


def decide_relation(old: Facts, new: Facts, *, is_stated: bool = False) -> Decided:
    """Decide how a series follows an earlier one, and say what is odd about it.

    Args:
        old: the earlier series.
        new: the later one.
        is_stated: whether its sender names the older one, whatever its number is.
    """
    if old.whole is new:
        return "resend", ()
    if new.is_partial or _replaces_one(old, new) or is_rest(old, new):
        return "partial_reroll", ()
    if is_part(old, new):
        return "collected", ()
    if follows(old, new) or (is_stated and new.revision < old.revision):
        return "revision", ()
    if share_of_patches(old, new) == 1 or "cover_only" in {old.status, new.status}:
        return "resend", ()
    if new.is_resend:
        return "resend", ("it is marked as sent again, though not all patches are the same",)
    return ("revision" if is_stated else "branch"), ()


def is_part(old: Facts, new: Facts) -> bool:
    """Whether a lone patch, or a small series of another title, comes again within a larger one."""
    # of a series that is not all here the rest may be elsewhere, unless it is a few patches again
    size = old.patches if old.is_partial else old.total
    if not 2 * size <= new.patches:
        return False
    if not old.is_lone and compare_topics(old.title, new.title) >= 0.6:
        return False
    if is_within(old, new) or is_moved_into(old, new):
        return True
    return 0 < old.patches == len(same_patches(old, new))


def find_split(old: Facts, parts: list[Facts]) -> list[Facts]:
    """Return the series that one was split into, of those that follow it; none if it was not.

    Most of it follows in series of one number that share no patch, and were sent within days;
    what follows later does not tell.
    """
    first = min(part.sent for part in parts)
    near = [part for part in parts if part.sent - first <= SPLIT_GAP]
    return near if _is_split(old, near) else []


def _is_split(old: Facts, parts: list[Facts]) -> bool:
    titles = [title for part in parts for title in part.patch_titles]
    apart = len(titles) == len(set(titles)) and len({part.title for part in parts}) > 1
    return (
        2 * len(titles) > old.patches > 1 and len({part.revision for part in parts}) == 1 and apart
    )


def is_rest(old: Facts, new: Facts) -> bool:
    """Whether at most half of the older one's patches were sent again, and no others."""
    few = 2 * new.total <= old.patches
    other = compare_topics(old.title, new.title) < 0.6
    return few and other and is_within(new, old)


def _replaces_one(old: Facts, new: Facts) -> bool:
    """Whether a lone patch without a number answers the patch of a series that it replaces."""
    if new.patches + new.has_cover != 1 or old.patches < 2:
        return False
    return any(old.titles_by_id.get(identity) == new.ref.title for identity in new.parents)
