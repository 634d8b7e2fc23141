"""What a series is to the earlier one that it continues."""

from typing import Final

from kvminbox.models import VersionRelation
from kvminbox.versions.alike import compare_topics, is_within, same_patches, share_of_patches
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
    if new.is_partial or _replaces_one(old, new) or is_rest(old, new):
        return "partial_reroll", ()
    if is_part(old, new):
        return "collected", ()
    if follows(old, new) or (is_stated and new.revision < old.revision):
        return "revision", ()
    same = share_of_patches(old, new) == 1
    if new.is_resend and not same:
        return "resend", ("it is marked RESEND, though not all patches are the same",)
    if same or "cover_only" in {old.series.status, new.series.status}:
        return "resend", ()
    return ("revision" if is_stated else "branch"), ()


def is_part(old: Facts, new: Facts) -> bool:
    """Whether a lone patch, or a small series of another title, comes again within a larger one."""
    if not 2 * old.series.total <= len(new.series.patches):
        return False
    if not old.is_lone and compare_topics(old.title, new.title) >= 0.6:
        return False
    return is_within(old, new) or 0 < len(old.series.patches) == len(same_patches(old, new))


def is_split(old: Facts, parts: list[Facts]) -> bool:
    """Whether it was split: most of it follows in series of one number that share no patch."""
    titles = [title for part in parts for title in part.patch_titles]
    apart = len(titles) == len(set(titles)) and len({part.title for part in parts}) > 1
    times = [part.sent for part in parts]
    return (
        2 * len(titles) > len(old.series.patches) > 1
        and len({part.revision for part in parts}) == 1
        and apart
        and max(times) - min(times) <= SPLIT_GAP
    )


def is_rest(old: Facts, new: Facts) -> bool:
    """Whether at most half of the older one's patches were sent again, and no others."""
    few = 2 * new.series.total <= len(old.series.patches)
    other = compare_topics(old.title, new.title) < 0.6
    return few and other and is_within(new, old)


def _replaces_one(old: Facts, new: Facts) -> bool:
    """Whether a lone patch without a number answers the patch of a series that it replaces."""
    if len(new.series.messages) != 1 or len(old.series.patches) < 2:
        return False
    answered = {patch.message_id: patch for patch in old.series.patches}
    parents = [answered[identity] for identity in new.parents if identity in answered]
    return any(parent.title == new.series.title for parent in parents)
