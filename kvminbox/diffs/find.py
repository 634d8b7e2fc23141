"""Find a diff in a text, file by file and hunk by hunk, by counting lines.

Only the numbers in a hunk's header say where it ends: the line `-- ` below a
patch is a signature, or the removal of a line `- `. So the hunks are counted
here, and what is found is passed to unidiff.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kvminbox.diffs.binary import read_binary_patch
from kvminbox.diffs.headers import FileHeader, read_header
from kvminbox.diffs.troubles import find_trouble, is_wrapped

MAX_FILES: Final = 20_000
"""Files that are read of one diff."""

_COMBINED = re.compile(r"diff --(?:cc|combined) (?P<name>[^\n]*)(?:\n|\Z)")
_CONTEXT = re.compile(
    r"(?:Index: [^\n]*\n)?(?:={3,}\n)?(?:(?:RCS file:|retrieving revision|diff) [^\n]*\n){0,4}"
    r"\*\*\* (?P<name>[^\n]+)\n--- [^\n]+\n\*{15}[^\n]*\n"
)
_UNSUPPORTED_END = re.compile(r"\n|diff |Index: |-- \n|\*\*\* (?!\d{1,9}(?:,\d{1,9})? \*{4})")
_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@[^\n]*(?:\n|\Z)")
# possessive: backtracking through a run would take two hundred bytes a line
_HUNK_LINES = re.compile(r"(?:(?:[ +-]|\\ )[^\n]*+(?:\n|\Z))*+")
# what looks like more lines of a hunk that has all its lines
_LEFT_OVER = re.compile(r"\+| \S|-[^-\s]")
# where the rest of a file with a damaged hunk ends: at the next file, or at the signature
_FILE_END = re.compile(r"\n(?=diff -|Index: |-- ?\n|--- [^\n]+\n\+\+\+ |\*\*\* [^\n]+\n--- )")
_BROKEN_END = re.compile(r"@@ -|diff -|Index: |-- ?\n")
# `-- ` in a hunk that does not end there: the signature, unless it goes on with a marked line
_SIGNATURE = re.compile(r"-- ?(?:\n(?![ +\\-])|\Z)")
_BROKEN_LINES: Final = 2
"""Lines in a row without a mark within a hunk, as a mail client makes them of one long line."""

_MISSED: Final = 3
"""Lines of context that git writes below a change."""

# nothing more, or the footer that Mailman adds
_PART_END = re.compile(r"\n*(?:\Z|_{40,}\n)")
_BINARY = re.compile(r"Binary files [^\n]* differ(?:\n|\Z)|GIT binary patch\n")
# `diff -` is git's line, or the command that others write above each file: `diff -urN old/x new/x`
_STARTS: Final = ("diff -", "Index: ", "--- ", "*** ")
_START = re.compile(r"\n(?:diff -|Index: |--- |\*\*\* )")


@dataclass(slots=True)
class FileBlock:
    """One file of a diff: where it is, its header, and its counted lines."""

    start: int
    end: int
    header: FileHeader
    insertions: int = 0
    deletions: int = 0
    hunks: int = 0
    binary: bool = False
    trouble: str = ""
    """What is wrong with it, in words."""

    unsupported: bool = False
    lacking: int = 0
    """Empty context lines that were cut at the end of its last hunk."""


class DiffBlocks:
    """The files of a diff in a text, which are read when they are asked for.

    Many readers only want to know whether there is a diff. Two threads may read the files at
    the same time, and get equal ones.

    Attributes:
        text: the text.
        start: where in it the diff begins.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self._read: tuple[list[FileBlock], bool] | None = None

    def _read_files(self) -> tuple[list[FileBlock], bool]:
        """Return the files, and whether there are more than `MAX_FILES`."""
        if self._read is None:
            found = list(islice(_iter_files(self.text, self.start), MAX_FILES + 1))
            self._read = found[:MAX_FILES], len(found) > MAX_FILES
        return self._read

    @property
    def files(self) -> list[FileBlock]:
        """The files, of which there is at least one."""
        return self._read_files()[0]

    @property
    def end(self) -> int:
        """Where the last file ends."""
        return self.files[-1].end

    @property
    def oversized(self) -> bool:
        """Whether there are more files than `MAX_FILES`."""
        return self._read_files()[1]

    @property
    def diff(self) -> str:
        """The text of the diff."""
        return self.text[self.start : self.end]


def find_diff(text: str, start: int = 0) -> DiffBlocks | None:
    """Find the diff in a text, from the start of a line on; None if there is none.

    Quoted diffs (`> diff --git`) don't count, since every mark is at a line's start.
    """
    position = _next_start(text, start)
    while position >= 0:
        if _begins_file(text, position):
            return DiffBlocks(text, position)
        position = _next_start(text, _next_line(text, position))
    return None


def _begins_file(text: str, start: int) -> bool:
    """Whether a file begins at a mark; nearly always its header tells, without its hunks."""
    header = read_header(text, start)
    is_plain = header is not None and not header.names and header.new is not None
    return bool(is_plain or (header and header.extended)) or _read_file(text, start) is not None


def _iter_files(text: str, position: int) -> Iterator[FileBlock]:
    while (position := _next_start(text, position)) >= 0:
        block = _read_file(text, position)
        if block is None:
            position = _next_line(text, position)
            continue
        yield block
        position = block.end


def _next_line(text: str, position: int) -> int:
    return text.find("\n", position) + 1 or len(text)


def _next_start(text: str, position: int) -> int:
    """Return the next line that may begin a file, `position` included; -1 if none does."""
    if position == 0 and text.startswith(_STARTS):
        return 0
    # searched from the line feed before, so that a mark at `position` counts too
    found = _START.search(text, max(position - 1, 0))
    return found.start() + 1 if found else -1


def _read_file(text: str, start: int) -> FileBlock | None:
    header = read_header(text, start)
    if header is None:
        return _read_unsupported(text, start)
    block = FileBlock(start, header.end, header)
    if match := _BINARY.match(text, block.end):
        block.binary = True
        block.end = match.end()
        if match[0].startswith("GIT"):
            block.end, is_sound = read_binary_patch(text, match.end())
            block.trouble = "" if is_sound else "its binary data are damaged"
    if not block.binary:
        _read_hunks(text, block)
    block.trouble = block.trouble or find_trouble(
        text, block.end, header, hunks=block.hunks, binary=block.binary
    )
    if header.extended:
        return block
    if not (block.trouble or block.hunks or block.binary or header.new is not None):
        return None  # prose that begins with `diff --git`
    return None if is_wrapped(text, block.end, header) else block


def _read_hunks(text: str, block: FileBlock) -> None:
    """Read the hunks of a file; after one that is damaged, those that are whole still count."""
    limit = -1
    while True:
        hunk = _HUNK.match(text, block.end)
        if hunk is None:
            if not block.trouble:
                return
            if limit < block.end:
                after = _FILE_END.search(text, max(block.end - 1, 0))
                limit = after.end() if after else len(text)
            place = text.find("\n@@ -", block.end - 1, limit)
            hunk = _HUNK.match(text, place + 1) if place >= 0 else None
            if hunk is None:
                return
        _read_hunk(text, block, hunk)


def _read_hunk(text: str, block: FileBlock, hunk: re.Match[str]) -> None:
    old, new = int(hunk[2] or 1), int(hunk[4] or 1)
    start = hunk.end()
    run = _HUNK_LINES.match(text, start)
    # one line feed before, so that each line can be counted by the one before it;
    # counting with str.count instead of line by line halved the time of this file
    end = run.end()  # type: ignore[union-attr]  # matches always
    added = text.count("\n+", start - 1, end)
    removed = text.count("\n-", start - 1, end)
    kept = text.count("\n ", start - 1, end)
    if removed + kept == old and added + kept == new:
        block.insertions += added
        block.deletions += removed
        block.end = end
    else:
        _read_hunk_by_line(text, block, start, old, new)
    block.hunks += 1


def _read_hunk_by_line(text: str, block: FileBlock, start: int, old: int, new: int) -> None:
    """Read a hunk whose run of lines is not what its header promises.

    Mostly the run is too long by the signature's `-- `, or a mail client has
    stripped the blank of an empty context line.
    """
    position = start
    while (old > 0 or new > 0) and position < len(text):
        mark = text[position]
        if mark not in " +-\\\n" or (mark == "\\" and not text.startswith("\\ ", position)):
            break
        if mark == "-" and (old, new) != (1, 0) and _SIGNATURE.match(text, position):
            break
        old -= mark in " -\n"
        new -= mark in " +\n"
        block.insertions += mark == "+"
        block.deletions += mark == "-"
        position = text.find("\n", position) + 1 or len(text)
    if text.startswith("\\ ", position):
        position = text.find("\n", position) + 1 or len(text)
    block.end = position
    trouble = ""
    if (old > 0 or new > 0) and _read_broken_lines(text, block, old, new):
        trouble = f"lines of hunk {block.hunks + 1} are broken"
    elif _lacks_context_only(text, start, position, old, new):
        block.lacking = old
    elif old or new:
        trouble = (
            f"hunk {block.hunks + 1} ends {old} old and {new} new lines early"
            if old >= 0 and new >= 0
            else f"hunk {block.hunks + 1} has more lines of one side than its header says"
        )
    elif _LEFT_OVER.match(text, position):
        trouble = f"hunk {block.hunks + 1} is followed by lines that it does not count"
    block.trouble = block.trouble or trouble


def _read_broken_lines(text: str, block: FileBlock, old: int, new: int) -> bool:
    """Read the rest of a hunk of which a mail client broke lines, if all its lines are there.

        @@ -426,3 +428,42 @@ void vm_install(struct kvm_vm
        *vm, int vector,
                assert(vector < VECTOR_NUM);

    What stands in a line without a mark is the end of the line before. A blank that marks
    context may have become U+00A0.
    """
    position, broken = block.end, 0
    insertions = deletions = 0
    while (old > 0 or new > 0) and position < len(text):
        mark = text[position]
        if _BROKEN_END.match(text, position):
            return False
        is_line = mark in " \xa0+-\n" or text.startswith("\\ ", position)
        broken = 0 if is_line else broken + 1
        if broken > _BROKEN_LINES:
            return False
        old -= mark in " \xa0-\n"
        new -= mark in " \xa0+\n"
        insertions += mark == "+"
        deletions += mark == "-"
        position = text.find("\n", position) + 1 or len(text)
    if old or new:
        return False
    block.insertions += insertions
    block.deletions += deletions
    block.end = position
    return True


def _lacks_context_only(text: str, start: int, end: int, old: int, new: int) -> bool:
    """Whether all that a hunk lacks are empty context lines, which were cut at a part's end."""
    if old != new or not 0 < old < _MISSED or not _PART_END.match(text, end):
        return False
    seen = 0
    while seen < _MISSED and start < end:
        end = text.rfind("\n", start, end - 1) + 1 or start
        if text[end] not in " \n":
            break
        seen += 1
    return 0 < seen <= _MISSED - old


def _read_unsupported(text: str, start: int) -> FileBlock | None:
    if match := _COMBINED.match(text, start):
        trouble = "a combined diff has more than two sides"
    elif match := _CONTEXT.match(text, start):
        trouble = "context diffs are not supported"
    else:
        return None
    end = match.end()
    while end < len(text) and not _UNSUPPORTED_END.match(text, end):
        end = text.find("\n", end) + 1 or len(text)
    header = FileHeader(end, match["name"], match["name"])
    return FileBlock(start, end, header, unsupported=True, trouble=trouble)
