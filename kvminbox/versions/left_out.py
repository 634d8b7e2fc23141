"""Versions that were sent without their number, or with a lower one than the version before."""

from collections.abc import Iterable
from typing import Final

from kvminbox.versions.alike import is_recent, same_patches, same_sender, share_of_titles
from kvminbox.versions.facts import Facts
from kvminbox.versions.likely import is_generic
from kvminbox.versions.places import are_far

MOST_DAYS: Final = 60
"""Days within which a title that comes again without its number is the next version."""

HOUR: Final = 1 / 24
"""Days within which what comes again was a first try, or was sent along with another."""

MINUTE: Final = 1 / 1440
"""Days within which several mails are of one sending."""


def is_number_left_out(old: Facts, new: Facts) -> bool:
    """Whether a title comes again without a number, some weeks after it had one.

    `[PATCH v2] x`, then `[PATCH] x`. In one sending it is an older file, sent by mistake.
    """
    if new.revision_stated or new.is_resend or not _is_title_again(old, new):
        return False
    return not is_recent(old, new, days=MINUTE)


def is_number_repeated(old: Facts, new: Facts) -> bool:
    """Whether a title comes again under a lower number than it had some weeks before.

    All its patches come again, too: `[PATCH v3] x`, then `[PATCH v2] x`. A v1 may be a stray.
    """
    if not new.revision_stated or new.revision < 2:
        return False
    return old.patch_titles == new.patch_titles and _is_title_again(old, new)


def _is_title_again(old: Facts, new: Facts) -> bool:
    """Whether a title that had a higher number comes again, from its sender, for the same tree."""
    if not old.revision_stated or old.revision <= new.revision or old.title != new.title:
        return False
    if (old.trees, old.releases, old.is_stable) != (new.trees, new.releases, new.is_stable):
        return False
    if old.is_rfc != new.is_rfc or new.is_to_be_pulled or not is_recent(old, new, days=MOST_DAYS):
        return False
    if not same_sender(old, new) or is_generic(old, new):
        return False
    if are_far(old.places, new.places) and not same_patches(old, new):
        return False  # `docs: fix a typo`, again elsewhere
    return share_of_titles(old, new) >= 0.5 and not old.files.isdisjoint(new.files)


def pass_left_out(
    nearest: Facts, following: Iterable[tuple[Facts, Facts | None]], new: Facts, *, is_named: bool
) -> Facts:
    """Return what follows the nearest version without its number, if there is such; else that.

    `[PATCH v2] x`, `[PATCH] x`, `[PATCH v4] x`: the last one follows the second.

    Args:
        nearest: the nearest version by its number.
        following: the later series that are continued, too, each with what it follows.
        new: the series.
        is_named: whether the author names the nearest one.
    """
    at = nearest
    for old, previous in following:
        if previous is at and _is_passed(nearest, old, new):
            at = old
    if at is not nearest and new.revision <= nearest.revision + 1:
        # what comes again within a day only gets its number; the author's words count more
        return nearest if is_named or is_recent(at, new, days=1) else at
    return at


def _is_passed(nearest: Facts, old: Facts, new: Facts) -> bool:
    """Whether a series of a lower number was sent between two, not along with one of them."""
    if old.revision >= nearest.revision or nearest.revision > new.revision or old.is_rfc:
        return False
    if old.revision_stated and nearest.revision < new.revision:
        return False  # a stray v1 between v5 and v6
    if old.is_partial or not (old.title == new.title or old.status == "complete"):
        return False
    return not (is_recent(nearest, old, days=HOUR) or is_recent(old, new, days=HOUR))
