"""Whether patches come again in a larger series, or in one of another sender."""

import re
from typing import Final

from kvminbox.versions.alike import (
    compare_titles,
    is_moved_into,
    is_recent,
    is_within,
    same_patches,
    share_of_files,
    share_of_titles,
)
from kvminbox.versions.facts import Facts
from kvminbox.versions.numbers import is_next, is_raised
from kvminbox.versions.titles import cut_area

# `Backport the lamp fixes`, `Fixes for 5.4.y`, `RFC: lamps`, though no bracket says so
_FOR_OTHERS: Final = re.compile(
    r"^rfc\b|\bback-?port|\bcherry[- ]pick|\b(?:stable|lts|vendor|upstream|downstream)\b"
    r"|\b\d+\.\d+(?:\.[xy]\b|[- ](?:stable|kernel)\b)|^\[?\d+\.\d+\b",
    re.IGNORECASE,
)

MIN_TAKEN: Final = 3
"""Words behind the subsystem of a title that is hardly that of two patches of one person."""

MIN_CUT: Final = 6
"""Words of a title that is taken for the beginning of a longer one."""


def is_mostly_here(old: Facts) -> bool:
    """Whether half of a series' patches are here; a list may have got but one of nineteen."""
    return 2 * old.patches >= old.total


def is_grown_from_rfc(old: Facts, new: Facts) -> bool:
    """Whether most patches of an RFC are among those of a larger series that is none."""
    if not (old.is_rfc and not new.is_rfc and is_next(old, new)):
        return False
    kept = len(old.patch_titles & new.patch_titles)
    most = 3 * kept >= 2 * len(old.patch_titles)
    return most and not old.files.isdisjoint(new.files) and is_recent(old, new)


def is_next_part(old: Facts, new: Facts) -> bool:
    """Whether it may be the next number of a part, in which a patch was retitled."""
    return is_next(old, new) and new.revision_stated and is_recent(old, new, days=120)


def is_collected(old: Facts, new: Facts) -> bool:
    """Whether patches come again in a larger series; not in what a maintainer asks to pull."""
    if not is_within(old, new) or old.files.isdisjoint(new.files):
        return False
    if is_raised(old, new) or not new.others:
        return True
    unchanged = len(same_patches(old, new)) == old.patches
    return len(new.others) == 1 and not unchanged


def is_moved_on(old: Facts, new: Facts) -> bool:
    """Whether patches come again under the next number in a larger series, retitled a little.

    All say the same behind their subsystems, and most of their files are among the others.
    """
    if not (is_next(old, new) and new.revision_stated and is_recent(old, new, days=120)):
        return False
    if (old.trees, old.releases) != (new.trees, new.releases):
        return False  # `[PATCH 5.15-]` is for an older kernel
    if is_within(old, new) or not is_moved_into(old, new):
        return False
    return 2 * len(old.files & new.files) >= len(old.files) > 0


def is_taken_in(old: Facts, new: Facts) -> bool:
    """Whether all patches of a series come again, with its sender's name, in another's larger set.

    They have the titles and the files that they had. All others of that set, at least as many,
    are its sender's own: who sends but what others wrote, or patches of several people, or asks
    to pull them, is a maintainer or makes a backport.
    """
    if not is_within(old, new) or not new.has_own or not old.files <= new.files:
        return False
    if 2 * old.patches > new.patches or new.others != {old.sender.email.lower()}:
        return False
    if new.is_to_be_pulled or old.is_stable or new.is_stable or _FOR_OTHERS.search(new.title):
        return False
    if not (new.trees <= old.trees and new.releases <= old.releases) or new.is_rfc > old.is_rfc:
        return False
    if old.is_lone and same_patches(old, new):
        return True
    if old.patches < old.total or new.is_rfc != old.is_rfc:
        return False
    return not old.is_lone or len(cut_area(old.title).split()) >= MIN_TAKEN


def is_taken_on(old: Facts, new: Facts) -> bool:
    """Whether a series may go on with another sender's, the versions of which it lists.

    A text may tell of those of other work, too, some of whose patches are for both.
    """
    if is_next(old, new) and not old.is_rfc:
        return True
    kept = len(old.patch_titles & new.patch_titles)
    return compare_titles(old.title, new.title) >= 0.5 or 2 * kept >= len(old.patch_titles) > 0


def is_handed_on(old: Facts, new: Facts) -> bool:
    """Whether another sender goes on with a series: title or titles, and files."""
    files, titles = share_of_files(old, new), share_of_titles(old, new)
    if old.is_lone and is_within(old, new):
        return bool(old.files) and old.files <= new.files
    many = min(len(old.patch_titles), len(new.patch_titles)) > 1
    return files >= 0.4 and (
        compare_titles(old.title, new.title) >= 0.85
        or _is_cut(old.title, new.title)
        or (many and titles >= 0.7)
    )


def _is_cut(title: str, whole: str) -> bool:
    """Whether a title of some words is the beginning of another: a gateway cut it at its fold."""
    return whole.startswith(f"{title} ") and len(title.split()) >= MIN_CUT
