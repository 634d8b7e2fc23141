"""Which lines of which files a patch changes: so that two can be told from two tries at one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from kvminbox.diffs.find import FileBlock, find_diff
from kvminbox.diffs.headers import NOWHERE, read_names
from kvminbox.models import Submission
from kvminbox.models.begun import find_kept

MAX_DIFF: Final = 1 << 16
"""Characters of a diff that is read; a larger one is hardly one of several small fixes."""

FAR: Final = 1_000
"""Lines between two changes that are hardly two tries at one, whatever else was changed."""

_HUNK = re.compile(r"@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@")
_BLOBS = re.compile(r"([0-9a-f]{7,64})\.\.([0-9a-f]{7,64})\b")

Span = tuple[int, int]
"""The first line of a piece, and the one behind its last; both the same if it is empty."""


class Place(NamedTuple):
    """What a patch changes in a file, in the lines of the file before and after it."""

    path: str
    before: str
    """The blob that the diff is made from."""

    after: str
    olds: tuple[Span, ...]
    news: tuple[Span, ...]


def places_of(patch: Submission) -> frozenset[Place]:
    """Return the places of a patch: what was kept of them where diffs are not, else its diff's."""
    kept: list[list[Any]] | None = find_kept(patch, "_places")  # by an index
    return find_places(patch.diff) if kept is None else open_places(kept)


def pack_places(patch: Submission) -> list[Place]:
    """Return what is kept of the places of a patch, to be written as JSON; those of lone ones."""
    return sorted(places_of(patch)) if patch.subject.total == 1 else []


def open_places(packed: Iterable[list[Any]]) -> frozenset[Place]:
    """Return the places that JSON has kept."""
    return frozenset(
        Place(path, before, after, tuple(map(tuple, olds)), tuple(map(tuple, news)))
        for path, before, after, olds, news in packed
    )


def find_places(diff: str) -> frozenset[Place]:
    """Return the places of a diff, one a file; none if a file lacks its blobs, or is damaged."""
    blocks = find_diff(diff) if len(diff) <= MAX_DIFF else None
    found = [_read_place(diff, block) for block in blocks.files] if blocks else []
    known = frozenset(place for place in found if place)
    return known if len(known) == len(found) else frozenset()


def are_apart(old: frozenset[Place], new: frozenset[Place]) -> bool:
    """Whether two patches change the same files, and no line that the other one changes.

    Line numbers compare only where both are made from one blob, or the newer one from what the
    older one leaves. Lines side by side are not apart.
    """
    known = _compare(old, new)
    return bool(known) and all(meet is False for meet in known)


def do_meet(old: frozenset[Place], new: frozenset[Place]) -> bool:
    """Whether two patches surely change the same lines of a file, or lines side by side."""
    return any(_compare(old, new))


def do_replace(old: frozenset[Place], new: frozenset[Place]) -> bool:
    """Whether two patches are made from the same files, and take some same lines out of each.

    Lines that both only add, such as two entries of a table, are none of these, nor is what a
    patch deletes with its file.
    """
    mine = {place.path: place for place in old}
    if not new or mine.keys() != {place.path for place in new}:
        return False
    return all(
        place.before == mine[place.path].before
        and place.after.strip("0")
        and mine[place.path].after.strip("0")
        and _share(mine[place.path].olds, place.olds)
        for place in new
    )


def is_on_top(old: frozenset[Place], new: frozenset[Place]) -> bool:
    """Whether a patch is made from a file that another one leaves."""
    left = {(place.path, place.after) for place in old}
    return any(place.before.strip("0") and (place.path, place.before) in left for place in new)


def are_far(old: frozenset[Place], new: frozenset[Place]) -> bool:
    """Whether two patches change the same files, all of them in lines that are far from each other.

    What else was changed in a file meanwhile hardly moves its lines by as many.
    """
    mine = {place.path: place for place in old}
    both = [(mine[place.path], place) for place in new if place.path in mine]
    return bool(both) and not any(
        _meet(tuple((begin - FAR, end + FAR) for begin, end in one.news), other.olds)
        for one, other in both
    )


def _compare(old: frozenset[Place], new: frozenset[Place]) -> list[bool | None]:
    """Return for each file of both whether their lines meet; None where that is unknown."""
    mine = {place.path: place for place in old}
    return [_meet_in(mine[place.path], place) for place in new if place.path in mine]


def _meet_in(old: Place, new: Place) -> bool | None:
    if new.before == old.before:
        mine = old.olds
    elif new.before == old.after:
        mine = old.news
    else:
        return None
    return _meet(mine, new.olds)


def _meet(mine: tuple[Span, ...], yours: tuple[Span, ...]) -> bool:
    """Whether one of some pieces meets one of others; both are in order."""
    one = other = 0
    while one < len(mine) and other < len(yours):
        if mine[one][1] < yours[other][0]:
            one += 1
        elif yours[other][1] < mine[one][0]:
            other += 1
        else:
            return True
    return False


def _share(mine: tuple[Span, ...], yours: tuple[Span, ...]) -> bool:
    """Whether one of some pieces has a line of one of others; both are in order."""
    one = other = 0
    while one < len(mine) and other < len(yours):
        if max(mine[one][0], yours[other][0]) < min(mine[one][1], yours[other][1]):
            return True
        if mine[one][1] <= yours[other][1]:
            one += 1
        else:
            other += 1
    return False


def _read_place(diff: str, block: FileBlock) -> Place | None:
    blobs = _BLOBS.match(block.header.extended.get("index", ""))
    if blobs is None or block.trouble or block.unsupported or not block.hunks:
        return None
    old, new = read_names(block.header)
    pieces = list(_iter_pieces(diff[block.header.end : block.end].split("\n")))
    return Place(
        path=old if new == NOWHERE else new,
        before=blobs[1],
        after=blobs[2],
        olds=tuple(sorted(old for old, _ in pieces)),
        news=tuple(sorted(new for _, new in pieces)),
    )


def _iter_pieces(rows: list[str]) -> Iterator[tuple[Span, Span]]:
    """Yield the lines that were changed together, as they were before and after."""
    old = new = 0
    start: tuple[int, int] | None = None
    for row in rows:
        mark = row[:1]
        if mark in {"+", "-"}:
            start = start or (old, new)
            old += mark == "-"
            new += mark == "+"
        elif mark != "\\":  # not `\ No newline at end of file`
            if start:
                yield (start[0], old), (start[1], new)
                start = None
            old, new = _go_on(row, old, new)
    if start:
        yield (start[0], old), (start[1], new)


def _go_on(row: str, old: int, new: int) -> tuple[int, int]:
    """Return the line numbers behind a row without a change."""
    if match := _HUNK.match(row):
        return int(match[1]), int(match[2])
    return old + 1, new + 1
