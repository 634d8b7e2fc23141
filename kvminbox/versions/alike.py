"""How much two series have in common: people, titles, files, patches."""

from functools import lru_cache
from typing import Final

from kvminbox.trailers import is_same_person
from kvminbox.versions.facts import Facts, Shape
from kvminbox.versions.places import are_apart, are_far, do_meet, is_on_top
from kvminbox.versions.titles import cut_area

MAX_TITLE: Final = 1_000
"""Characters of a title whose words are compared."""

OTHER_NAME: Final = 0.4
"""What is left of the likeness of two titles that name two things: `mt8186`, `mt8188`."""

YEAR: Final = 366 * 86_400.0
"""Seconds within which titles and files alone may link two series."""


@lru_cache(maxsize=1024)
def _words(title: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in title).split())


@lru_cache(maxsize=1024)
def _names(title: str) -> frozenset[str]:
    """Return the words with digits, which are mostly names: `mt8186`, `sht4x`; not `v2`."""
    mixed = (word for word in _words(title) if not (word.isalpha() or word.isdigit()))
    return frozenset(word for word in mixed if not word[1:].isdigit() or word[0] != "v")


def compare_titles(one: str, other: str) -> float:
    """Return the share of words that two normalised titles have in common, from 0 to 1.

    It is less where each names something that the other does not: a driver for the
    mt8186 is no revision of one for the mt8188, though one word differs.
    """
    share = share_of_words(one, other)
    mine, yours = _names(one[:MAX_TITLE]), _names(other[:MAX_TITLE])
    return share * OTHER_NAME if mine - yours and yours - mine else share


def share_of_words(one: str, other: str) -> float:
    """Return the share of words that two normalised titles have in common, whatever they name."""
    left, right = _words(one[:MAX_TITLE]), _words(other[:MAX_TITLE])
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def extends_name(one: str, other: str) -> bool:
    """Whether the one name in which two titles differ begins with the other's: `i2cv2`, `i2c`."""
    mine, yours = _names(one[:MAX_TITLE]), _names(other[:MAX_TITLE])
    if len(mine - yours) != 1 or len(yours - mine) != 1:
        return False
    short, long = sorted((*(mine - yours), *(yours - mine)), key=len)
    return long.startswith(short)


def compare_topics(one: str, other: str) -> float:
    """Return how alike two titles are behind their subsystems: `vgic: fix it` and `fix it`."""
    return compare_titles(cut_area(one[:MAX_TITLE]), cut_area(other[:MAX_TITLE]))


def same_sender(one: Facts, other: Facts) -> bool:
    """Whether two series have one sender."""
    if not set(one.people).isdisjoint(other.people):
        return True
    return is_same_person(one.sender, other.sender) is True


def same_people(one: Facts, other: Facts) -> bool:
    """Whether two series have one sender, or one author."""
    if same_sender(one, other):
        return True
    return one.author_email == other.author_email != ""


def share_of_titles(one: Facts, other: Facts) -> float:
    """Return the share of the smaller one's patch titles that the other has too, from 0 to 1."""
    smaller = min(len(one.patch_titles), len(other.patch_titles))
    return len(one.patch_titles & other.patch_titles) / smaller if smaller else 0.0


def share_of_files(one: Facts, other: Facts) -> float:
    """Return the share of all their paths that both change, from 0 to 1."""
    either = len(one.files | other.files)
    return len(one.files & other.files) / either if either else 0.0


def share_of_patches(one: Facts, other: Facts) -> float:
    """Return the share of the larger one's patches with patch-ids of the other, from 0 to 1."""
    larger = max(one.patches, other.patches)
    return len(same_patches(one, other)) / larger if larger else 0.0


def same_patches(one: Facts, other: Facts) -> list[Shape]:
    """Return the shapes of the patches whose patch-ids both have."""
    shapes = one.shapes.keys() & other.shapes.keys()
    return [shape for shape in shapes if one.patch_id(shape) == other.patch_id(shape) is not None]


def is_neighbour(old: Facts, new: Facts) -> bool:
    """Whether two lone patches of one number, sent within a day, change other lines of a file.

    Those are two fixes, not two tries at one. Of two with one title that is sure only within
    an hour: a reviewer may have asked to mend it in another place.
    """
    if new.revision != old.revision or old.is_rfc != new.is_rfc:
        return False
    if not is_recent(old, new, days=1 / 24 if old.title == new.title else 1):
        return False
    return are_apart(old.places, new.places)


def is_addition(old: Facts, new: Facts) -> bool:
    """Whether a lone patch without a number is made on top of another, and does not replace it.

    With the same title and lines it may be a next version that was made from the first one.
    """
    if new.revision_stated or not (old.is_lone and new.is_lone):
        return False
    if old.files.isdisjoint(new.files) or not is_on_top(old.places, new.places):
        return False
    return old.title != new.title or are_apart(old.places, new.places)


def is_elsewhere(old: Facts, new: Facts) -> bool:
    """Whether a lone patch without a number does to a far place what another did, as robots do."""
    if old.revision_stated or new.revision_stated or old.files.isdisjoint(new.files):
        return False
    return are_far(old.places, new.places) and not same_patches(old, new)


def is_same_place(old: Facts, new: Facts) -> bool:
    """Whether two lone patches surely change the same lines, or are the same."""
    return do_meet(old.places, new.places) or bool(same_patches(old, new))


def likeness(one: Facts, other: Facts) -> float:
    """Return how alike the titles of two series, or of their patches, are, from 0 to 1."""
    if one.title == other.title:
        return 1.0
    return max(compare_titles(one.title, other.title), share_of_titles(one, other))


def share_work(old: Facts, new: Facts) -> bool:
    """Whether two series change one file, or have a patch of one title."""
    return not old.files.isdisjoint(new.files) or share_of_titles(old, new) > 0


def is_recent(old: Facts, new: Facts, days: float = YEAR / 86_400) -> bool:
    """Whether one was sent within some days after the other."""
    return new.sent - old.sent <= days * 86_400


def is_within(part: Facts, whole: Facts) -> bool:
    """Whether all patches of a series have titles of patches in a larger one."""
    return (
        len(part.patch_titles) < len(whole.patch_titles)
        and part.patch_titles <= whole.patch_titles
        and bool(part.patch_titles)
    )


def is_moved_into(part: Facts, whole: Facts) -> bool:
    """Whether all patches of a series are in a larger one, some of them for another subsystem.

    `dax: introduce its own operations` is there as `fsdax: introduce its own operations`.
    """
    if len(part.topics) < len(part.patch_titles) or part.patches >= whole.patches:
        return False
    return bool(part.topics) and part.topics <= whole.topics
