"""The smallest difference between two lists of lines (Myers 1986), with bounded work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

MAX_EDITS: Final = 1_000
"""The most edits among lines that both sides have; with more, nothing counts as common."""

MAX_WORK: Final = 5_000_000
"""Steps of one comparison of two series, about two seconds' worth; the largest real one seen takes
a quarter. After that no more lines are taken as common, and no more patches match by likeness."""

CONTEXT: Final = 3
"""Context lines around a change, as in git."""

Edit = tuple[str, str]
"""A mark, one of ` `, `-` and `+`, and a line."""


@dataclass(slots=True)
class Work:
    """The work left for a comparison, which all its patches share."""

    left: int = MAX_WORK

    def take(self, steps: int) -> bool:
        """Use up some steps; return whether that many were left."""
        self.left -= steps
        return self.left >= 0


def diff_lines(old: Sequence[str], new: Sequence[str], work: Work | None = None) -> list[Edit]:
    """Return the edits that turn the old list into the new one, kept lines included, in order."""
    work = work or Work()
    if old == new:
        work.take(1)
        return [(" ", line) for line in old]
    # lines that only one side has can't be kept, and cost nothing when left out
    in_old, in_new = set(old), set(new)
    rows = [index for index, line in enumerate(old) if line in in_new]
    columns = [index for index, line in enumerate(new) if line in in_old]
    kept = _common([old[index] for index in rows], [new[index] for index in columns], work)
    edits: list[Edit] = []
    left = right = 0
    for at, to in kept:
        row, column = rows[at], columns[to]
        if row != left or column != right:
            edits += [("-", line) for line in old[left:row]]
            edits += [("+", line) for line in new[right:column]]
        edits.append((" ", old[row]))
        left, right = row + 1, column + 1
    edits += [("-", line) for line in old[left:]]
    edits += [("+", line) for line in new[right:]]
    return edits


def iter_hunks(edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each hunk of a diff with three context lines."""
    begin = end = -1
    for index, (mark, _) in enumerate(edits):
        if mark == " ":
            continue
        if begin < 0:
            begin = max(0, index - CONTEXT)
        elif index - CONTEXT > end:
            yield begin, end
            begin = index - CONTEXT
        end = index + CONTEXT + 1
    if begin >= 0:
        yield begin, min(end, len(edits))


def _common(old: list[str], new: list[str], work: Work) -> list[tuple[int, int]]:
    """Return the pairs of places of the longest common subsequence."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _middle(old[start : len(old) - tail], new[start : len(new) - tail], work)
    return [
        *((index, index) for index in range(start)),
        *((start + row, start + column) for row, column in middle),
        *((len(old) - index, len(new) - index) for index in range(tail, 0, -1)),
    ]


def _middle(old: list[str], new: list[str], work: Work) -> list[tuple[int, int]]:
    """Follow Myers' furthest-reaching paths until one reaches both ends.

    After so many edits there is one more diagonal than edits, every second one from the lowest:
    `reach[place]` is the row that the path on it has come to. The loop is written out, since
    it runs millions of times for one list.
    """
    rows, columns = len(old), len(new)
    goal = rows - columns
    reach = [0]
    trail: list[list[int]] = []
    for edits in range(min(rows + columns, MAX_EDITS) + 1):
        if not work.take(edits + 1):
            break
        trail.append(reach)
        starts = reach
        if edits:
            between = [low if high < low else high + 1 for high, low in pairwise(reach)]
            starts = [reach[0], *between, reach[-1] + 1]
        following: list[int] = []
        ahead = edits  # how far the column is ahead of the row
        for row in starts:
            column = row + ahead
            while row < rows and column < columns and old[row] == new[column]:
                row += 1  # the path goes on
                column += 1
            if row >= rows and row - column == goal:
                return _walk_back(trail, rows, columns)
            following.append(row)
            ahead -= 2
        reach = following
    return []


def _walk_back(trail: list[list[int]], row: int, column: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        reach, place = trail[edits], (row - column + edits) // 2
        is_down = place == 0 or (place < edits and reach[place - 1] < reach[place])
        start = reach[place] if is_down else reach[place - 1] + 1
        while row > start:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        if edits and is_down:
            column -= 1
        elif edits:
            row -= 1
    return pairs[::-1]
