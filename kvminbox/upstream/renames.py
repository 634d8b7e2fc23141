"""Which removed file became which added one, as git tells it (gitdiffcore(7), `-M`)."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

MAX_RENAMES: Final = 1_000
"""Removed and added files that are compared with each other, as in git."""

_CHUNK = re.compile(rb"[^\n]{0,63}\n|[^\n]{1,64}")
_MOST: Final = 60_000
"""git's score for equal files."""

_LEAST: Final = 30_000
_LEAST_BY_NAME: Final = 45_000
"""Files of one name in two directories are taken for one without looking at others from here on."""

_BEST_OF: Final = 4
"""How many removed files are kept for each added one."""


class Side(NamedTuple):
    """A file that a commit removes or adds."""

    path: bytes
    blob: str
    is_regular: bool


class Rename(NamedTuple):
    """A removed file, the added one that it became, and how alike they are, in per cent."""

    old: int
    new: int
    similarity: int


@dataclass(slots=True)
class _Content:
    """A file's bytes as they are compared: how often each line is in it, or piece of a line."""

    size: int
    chunks: Counter[bytes]


def find_renames(
    removed: Sequence[Side], added: Sequence[Side], read: Callable[[str], bytes]
) -> list[Rename]:
    """Return the renames among the files of a commit, by their places in the two lists.

    Args:
        removed: the files that the commit removes, in the order of their paths.
        added: the files that it adds, likewise.
        read: returns the content of a blob.
    """
    found = _find_exact(removed, added)
    olds = [place for place in range(len(removed)) if place not in {one.old for one in found}]
    news = [place for place in range(len(added)) if place not in {one.new for one in found}]
    if not olds or not news or len(olds) * len(news) > MAX_RENAMES**2:
        return found
    contents: dict[str, _Content] = {}

    def score(old: int, new: int) -> int:
        one, other = removed[old], added[new]
        if not (one.is_regular and other.is_regular):
            return 0
        for blob in (one.blob, other.blob):
            if blob not in contents:
                contents[blob] = _count(read(blob))
        return _score(contents[one.blob], contents[other.blob])

    for old, new in _pair_names(removed, added, olds, news):
        points = score(old, new)
        if points >= _LEAST_BY_NAME:
            found.append(Rename(old, new, _percent(points)))
            olds.remove(old)
            news.remove(new)
    scored = []
    for new in news:
        rows = [(score(old, new), _base(removed[old]) == _base(added[new]), old) for old in olds]
        rows.sort(key=lambda row: (-row[0], -row[1]))
        scored += [(*row, new) for row in rows[:_BEST_OF] if row[0] >= _LEAST]
    scored.sort(key=lambda row: (-row[0], -row[1]))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for points, _, old, new in scored:
        if old not in taken_old and new not in taken_new:
            found.append(Rename(old, new, _percent(points)))
            taken_old.add(old)
            taken_new.add(new)
    return found


def _find_exact(removed: Sequence[Side], added: Sequence[Side]) -> list[Rename]:
    """Pair files of equal content; of several, one with the same name is preferred."""
    by_blob: dict[str, list[int]] = {}
    for place, one in enumerate(removed):
        by_blob.setdefault(one.blob, []).append(place)
    found = []
    for new, other in enumerate(added):
        olds = by_blob.get(other.blob, [])
        olds = [old for old in olds if removed[old].is_regular == other.is_regular]
        if olds:
            old = next((old for old in olds if _base(removed[old]) == _base(other)), olds[0])
            by_blob[other.blob].remove(old)
            found.append(Rename(old, new, 100))
    return found


def _pair_names(
    removed: Sequence[Side], added: Sequence[Side], olds: Sequence[int], news: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the pairs with a name that no other removed, and no other added, file has."""
    counts = [Counter(_base(files[place]) for place in places)
              for files, places in ((removed, olds), (added, news))]  # fmt: skip
    by_name = {_base(removed[old]): old for old in olds}
    return [
        (by_name[_base(added[new])], new)
        for new in news
        if counts[0][_base(added[new])] == counts[1][_base(added[new])] == 1
    ]


def _base(file: Side) -> bytes:
    return file.path.rpartition(b"/")[2]


def _count(data: bytes) -> _Content:
    is_text = b"\0" not in data[:8000]
    plain = data.replace(b"\r\n", b"\n") if is_text else data
    return _Content(len(data), Counter(_CHUNK.findall(plain)))


def _score(old: _Content, new: _Content) -> int:
    largest, smallest = max(old.size, new.size), min(old.size, new.size)
    if not smallest or largest * (_MOST - _LEAST) < (largest - smallest) * _MOST:
        return 0
    copied = sum(len(chunk) * count for chunk, count in (old.chunks & new.chunks).items())
    return copied * _MOST // largest


def _percent(points: int) -> int:
    return points * 100 // _MOST


def measure_likeness(old: bytes, new: bytes) -> int:
    r"""Return how much of a renamed file stayed, in per cent, as git's `similarity index` says it.

    git counts the bytes of the lines, or of their pieces of 64 bytes, that are in both.
    Below 50 files are too unlike, and much smaller ones count as 0.

    >>> measure_likeness(b"one\ntwo\n", b"one\nsix\n")
    50
    """
    return _percent(_score(_count(old), _count(new)))
