"""What became of rows of a patch's diff, or of words of a message, in the next version."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kvminbox.diffs.lines import DiffMap
from kvminbox.models import FollowUpOutcome
from kvminbox.versions.linediff import Work, diff_lines

NEAR: Final = 3
"""Rows on each side of a row that are next to it."""

TELLING: Final = 8
"""Characters without blanks of a row that can be recognised in another place."""

ALIKE: Final = 0.5
"""The part of a file's changed rows that must be in another file, or patch, to be the same."""

_HUNK: Final = "@@"

_BLOCK: Final = 8
"""Rows around a moved line among which others that moved make it one of a block."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a place, and why it is said."""

    outcome: FollowUpOutcome
    evidence: str
    quoted_changed: int = 0


class FileFate:
    """What became of a file's rows between two patches, line by line, blanks included."""

    def __init__(self, old: DiffMap, path: str, new: DiffMap, new_path: str, work: Work) -> None:
        self._old_rows = old.find_rows(path)
        self._new_rows = new.find_rows(new_path)
        before = [_text(old, row) for row in self._old_rows]
        after = [_text(new, row) for row in self._new_rows]
        self._edits = diff_lines(before, after, work)
        self._place: dict[int, int] = {}
        rows = iter(self._old_rows)
        for place, (mark, _) in enumerate(self._edits):
            if mark != "+":
                self._place[next(rows)] = place

    @cached_property
    def _moved(self) -> set[str]:
        """The rows that were taken from one place and put unchanged into another."""
        gone = Counter([line for mark, line in self._edits if mark == "-"])
        come = Counter([line for mark, line in self._edits if mark == "+"])
        return {
            line
            for line in gone.keys() & come.keys()
            if gone[line] == come[line] == 1 and line[:1] in {"+", "-"} and is_telling(line)
        }

    @cached_property
    def _contents(self) -> set[str]:
        """The changed rows of the new side, without their marks."""
        return {line[1:] for mark, line in self._edits if mark != "-" and line[:1] in {"+", "-"}}

    def is_kept(self, row: int) -> bool:
        """Whether a row of the old diff is in the new one, with the same mark."""
        place = self._place[row]
        mark, line = self._edits[place]
        if mark == " ":
            return True
        # a line that moved alone left its place; one of a block that moved is as it was. Lines
        # such as `{` between those of a block may stay, since they are in what is there now, too
        near = self._edits[max(0, place - _BLOCK) : place]
        near += self._edits[place + 1 : place + 1 + _BLOCK]
        return line in self._moved and any(
            mark == "-" and other in self._moved for mark, other in near
        )

    def is_changed(self, row: int) -> bool:
        """Whether a row is not there as it was; one of context only if it is changed by now."""
        if row not in self._place or self.is_kept(row):
            return False
        line = self._edits[self._place[row]][1]
        return line[:1] in {"+", "-"} or (is_telling(line) and line[1:] in self._contents)

    def has(self, row: int) -> bool:
        """Whether a row is one of the old file's."""
        return row in self._place

    def tell(self, row: int, first: int) -> Fate:
        """Tell what became of a row, and of those from `first` on that are quoted with it."""
        count = sum(self.is_changed(one) for one in range(first, row + 1))
        if self.is_changed(row):
            return Fate("changed", "the line was changed or removed", count)
        if self._is_near(self._place[row]):
            return Fate("near", "a line next to it was changed", count)
        if self.differs:
            return Fate("elsewhere", "another part of the file was changed", count)
        return Fate("unchanged", "the patch makes the same changes to the file", count)

    @cached_property
    def differs(self) -> bool:
        """Whether any added or removed row differs, the order included."""
        return any(map(_is_edit, self._edits))

    def tell_of_hunk(self, rows: Sequence[int]) -> Fate:
        """Tell what became of the rows of a hunk."""
        if any(self._place.get(row) is not None and self.is_changed(row) for row in rows):
            return Fate("near", "a line of the hunk was changed")
        if self.differs:
            return Fate("elsewhere", "another part of the file was changed")
        return Fate("unchanged", "the patch makes the same changes to the file")

    def _is_near(self, place: int) -> bool:
        for step in (-1, 1):
            at, left = place + step, NEAR
            while left and 0 <= at < len(self._edits) and self._edits[at][1] != _HUNK:
                if _is_edit(self._edits[at]):
                    return True
                at, left = at + step, left - 1
        return False


def _text(diff: DiffMap, row: int) -> str:
    line = diff.rows[row]
    return _HUNK if line.startswith("@@ -") else line or " "


def _is_edit(edit: tuple[str, str]) -> bool:
    """Whether an edit is of a row that the patch changes, not of context."""
    mark, line = edit
    return mark != " " and line[:1] in {"+", "-"}


def is_telling(line: str) -> bool:
    """Whether a row can be recognised elsewhere: it is no `}` and no `return 0;`."""
    return len("".join(line[1:].split())) >= TELLING


def changed_rows(diff: DiffMap, path: str) -> Counter[str]:
    """Return the added and removed rows of a file."""
    rows = [diff.rows[row] for row in diff.find_rows(path)]
    return Counter([row for row in rows if row[:1] in {"+", "-"} and is_telling(row)])


def share_of(rows: Counter[str], others: Counter[str]) -> float:
    """Return which part of some rows is among others."""
    total = rows.total()
    return sum((rows & others).values()) / total if total else 0.0


def tell_of_text(lines: Sequence[str], row: int, first: int, after: str) -> Fate:
    """Tell what became of a line of a text, and of those from `first` on, in a later text.

    Words count, not where a line is broken.
    """
    new = _fold(after)
    quoted = [_fold(line) for line in lines[first : row + 1]]
    count = sum(line not in new for line in quoted if line.strip())
    if _fold(lines[row]) not in new:
        return Fate("changed", "the words were changed or removed", count)
    start = _previous(lines, row)
    end = _following(lines, row)
    if _fold("\n".join(lines[start : end + 1])) not in new:
        return Fate("near", "the words next to them were changed", count)
    if _fold("\n".join(lines)) != new:
        return Fate("elsewhere", "another part of the text was changed", count)
    return Fate("unchanged", "the text is the same", count)


def _fold(text: str) -> str:
    # with a blank at both ends, so that `is` is not found in `this`
    return f" {' '.join(text.split())} "


def _previous(lines: Sequence[str], row: int) -> int:
    while row > 0:
        row -= 1
        if lines[row].strip():
            break
    return row


def _following(lines: Sequence[str], row: int) -> int:
    while row + 1 < len(lines):
        row += 1
        if lines[row].strip():
            break
    return row
