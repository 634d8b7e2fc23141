"""Where a line of a diff is: in which file, in which hunk, and at which line of the file."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from kvminbox.diffs.find import find_diff
from kvminbox.diffs.headers import NOWHERE, read_names

LineKind = Literal["header", "hunk", "context", "added", "removed"]
"""What a line of a diff is: part of a file's header, `@@ … @@`, or a line of a hunk."""

_HUNK = re.compile(r"@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff, and where it is."""

    kind: LineKind
    path: str
    """The path after the change; before it, for a deleted file."""

    hunk: int = 0
    """The number of the hunk in its file, from 1; 0 in the header."""

    old: int | None = None
    """Its line in the file before the change; None for an added one."""

    new: int | None = None
    """Its line in the file after the change; None for a removed one."""


@dataclass(slots=True)
class _Hunk:
    row: int
    number: int
    old: int
    new: int


@dataclass(slots=True)
class _File:
    row: int
    end: int
    path: str
    old_path: str
    hunks: list[_Hunk]


class DiffMap:
    """The lines of a diff, whose places are worked out when they are asked for.

    Rows are counted from 0. A damaged hunk is counted as far as its lines have marks.

    Attributes:
        rows: its lines.
        paths: the paths of its files, in order.
    """

    def __init__(self, diff: str) -> None:
        self.rows: list[str] = diff.removesuffix("\n").split("\n") if diff else []
        self._files = _read_files(diff, self.rows)
        self.paths: list[str] = [file.path for file in self._files]
        self._starts = [file.row for file in self._files]
        self._counts: dict[int, tuple[list[int], list[int]]] = {}

    @property
    def renames(self) -> dict[str, str]:
        """The new path for each old one that differs."""
        return {one.old_path: one.path for one in self._files if one.old_path != one.path}

    def find_rows(self, path: str) -> list[int]:
        """Return the rows of a path's hunks, their `@@` lines included."""
        return [
            row
            for file in self._files
            if file.path == path
            for hunk, end in _spans(file)
            for row in range(hunk.row, end)
        ]

    def find_header(self, path: str) -> int | None:
        """Return the last row of a path's header; None for a path that it has not."""
        for file in self._files:
            if file.path == path:
                return file.hunks[0].row - 1 if file.hunks else file.row
        return None

    def locate(self, row: int) -> DiffLine | None:
        """Return where a row is; None if it is in no file."""
        place = bisect_right(self._starts, row) - 1
        if place < 0 or row >= self._files[place].end:
            return None
        file = self._files[place]
        for hunk, end in _spans_around(file, row):
            if row == hunk.row:
                return DiffLine("hunk", file.path, hunk.number)
            return self._locate_in_hunk(file, hunk, end, row)
        return DiffLine("header", file.path)

    def _locate_in_hunk(self, file: _File, hunk: _Hunk, end: int, row: int) -> DiffLine:
        if hunk.row not in self._counts:
            self._counts[hunk.row] = _count(self.rows, hunk, end)
        olds, news = self._counts[hunk.row]
        place = row - hunk.row - 1
        mark = self.rows[row][:1]
        old, new = olds[place], news[place]
        if mark == "+":
            return DiffLine("added", file.path, hunk.number, None, new)
        if mark == "-":
            return DiffLine("removed", file.path, hunk.number, old, None)
        return DiffLine("context", file.path, hunk.number, old, new)


def _count(rows: list[str], hunk: _Hunk, end: int) -> tuple[list[int], list[int]]:
    olds: list[int] = []
    news: list[int] = []
    old, new = hunk.old, hunk.new
    for row in range(hunk.row + 1, end):
        mark = rows[row][:1]
        olds.append(old)
        news.append(new)
        old += mark in {"-", " ", ""}
        new += mark in {"+", " ", ""}
    return olds, news


def _read_files(diff: str, rows: list[str]) -> list[_File]:
    blocks = find_diff(diff)
    if blocks is None:
        return []
    files: list[_File] = []
    row = position = 0
    for block in blocks.files:
        row += diff.count("\n", position, block.start)
        start = row
        row += diff.count("\n", block.start, block.header.end)
        first = row
        row += diff.count("\n", block.header.end, block.end)
        position = block.end
        old, new = read_names(block.header)
        path = old if new == NOWHERE else new
        file = _File(start, min(row, len(rows)), path, path if old == NOWHERE else old, [])
        for at in range(first, file.end):
            if rows[at].startswith("@@ -") and (match := _HUNK.match(rows[at])):
                number = len(file.hunks) + 1
                file.hunks.append(_Hunk(at, number, int(match[1]), int(match[2])))
        files.append(file)
    if files:
        files[-1].end = len(rows)
    return files


def _spans(file: _File) -> list[tuple[_Hunk, int]]:
    ends = [*(hunk.row for hunk in file.hunks[1:]), file.end]
    return list(zip(file.hunks, ends, strict=False))


def _spans_around(file: _File, row: int) -> list[tuple[_Hunk, int]]:
    """Return the hunk that holds a row, and its end; nothing for a row in the header."""
    place = bisect_right(file.hunks, row, key=lambda hunk: hunk.row) - 1
    if place < 0:
        return []
    is_last = place + 1 == len(file.hunks)
    return [(file.hunks[place], file.end if is_last else file.hunks[place + 1].row)]
