"""Where a diff is in a text, file by file and hunk by hunk, by counting lines.

Only the numbers in a hunk's header tell where it ends: the line `-- ` below a
patch is a signature, or the removal of a line `- `. So the hunks are counted
here, and what is found goes on to unidiff.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_FILES: Final = 20_000
"""Files that are read of one diff."""

_GIT_HEADER = re.compile(
    r"diff --git (?P<names>[^\n]*)\n?"
    r"(?P<extended>(?:(?:old mode|new mode|deleted file mode|new file mode|copy from|copy to"
    r"|rename from|rename to|rename old|rename new|similarity index|dissimilarity index|index) "
    r"[^\n]*(?:\n|\Z))*)"
    r"(?:--- (?P<old>[^\n]*)\n(?:\+\+\+ (?P<new>[^\n]*)(?:\n|\Z))?)?"
)
_PLAIN_HEADER = re.compile(
    r"(?:Index: [^\n]*\n)?(?:={3,}\n)?(?:(?:RCS file|retrieving revision|diff) [^\n]*\n){0,4}"
    r"--- (?P<old>[^\n]+)\n\+\+\+ (?P<new>[^\n]+)\n(?=@@ -)"
)
_COMBINED = re.compile(r"diff --(?:cc|combined) (?P<names>[^\n]*)(?:\n|\Z)")
_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@[^\n]*(?:\n|\Z)")
_HUNK_LINES = re.compile(r"(?:[ +\\-][^\n]*(?:\n|\Z))*")
_BINARY = re.compile(r"Binary files [^\n]* differ(?:\n|\Z)|GIT binary patch\n")
_BINARY_DATA = re.compile(r"(?:(?:literal|delta) \d+\n(?:[A-Za-z][^\n]*\n)*\n?)*")
_STARTS: Final = ("\ndiff --git ", "\nIndex: ", "\n--- ", "\ndiff --cc ", "\ndiff --combined ")


@dataclass(slots=True)
class FileBlock:
    """One file of a diff: where it is, its header's fields, and its counted lines."""

    start: int
    hunks_start: int
    end: int = 0
    old: str | None = None
    new: str | None = None
    names: str = ""
    extended: str = ""
    insertions: int = 0
    deletions: int = 0
    hunks: int = 0
    binary: bool = False
    trouble: str = ""
    unsupported: bool = False


@dataclass(slots=True)
class DiffBlocks:
    """The files of a diff in a text, from `start` to `end`."""

    text: str
    files: list[FileBlock] = field(default_factory=list)
    oversized: bool = False

    @property
    def start(self) -> int:
        """Where the first file's header begins."""
        return self.files[0].start

    @property
    def end(self) -> int:
        """Where the last file's last line ends."""
        return self.files[-1].end

    @property
    def diff(self) -> str:
        """The text of the diff."""
        return self.text[self.start : self.end]


def find_diff(text: str, start: int = 0) -> DiffBlocks | None:
    """Find the diff in a text, from a line's start on; None where there is none.

    Quoted diffs (`> diff --git`) are none, since every mark stands at a line's start.
    """
    if "\n@@ -" not in text and "diff --" not in text:
        return None  # most mails: two looks instead of five for each
    found = DiffBlocks(text)
    for block in _iter_files(text, start):
        if len(found.files) >= MAX_FILES:
            found.oversized = True
            break
        found.files.append(block)
    return found if found.files else None


def _iter_files(text: str, position: int) -> Iterator[FileBlock]:
    while (position := _next_start(text, position)) >= 0:
        block = _read_file(text, position)
        if block is None:
            position += 1
            continue
        yield block
        position = block.end


def _next_start(text: str, position: int) -> int:
    """Give the next line that may begin a file, `position` included; -1 where none is."""
    if text.startswith("diff --git ", position):
        return position
    # searched from the line feed before, so that a mark at `position` counts too
    before = max(position - 1, 0)
    if position == 0 and text.startswith(("Index: ", "--- ", "diff --")):
        return 0
    first = -1
    for mark in _STARTS:  # each is only looked for before the one that was found
        place = text.find(mark, before, first + len(mark) if first >= 0 else len(text))
        first = place if place >= 0 else first
    return first + 1 if first >= 0 else -1


def _read_file(text: str, start: int) -> FileBlock | None:
    if match := _COMBINED.match(text, start):
        return _read_combined(text, match)
    match = _GIT_HEADER.match(text, start) or _PLAIN_HEADER.match(text, start)
    if match is None:
        return None
    old, new = match["old"], match["new"]
    names, extended = match.group("names", "extended") if match.re is _GIT_HEADER else ("", "")
    block = FileBlock(start, match.end(), match.end(), old, new, names, extended)
    _read_content(text, block)
    is_empty = not block.hunks and not block.binary and not block.trouble
    if is_empty and not extended and block.new is None:
        return None  # prose that begins with `diff --git`
    return block


def _read_content(text: str, block: FileBlock) -> None:
    if match := _BINARY.match(text, block.end):
        block.binary = True
        block.end = match.end()
        if match[0].startswith("GIT"):
            block.end = _BINARY_DATA.match(text, block.end).end()  # type: ignore[union-attr]
        return
    while not block.trouble and (hunk := _HUNK.match(text, block.end)):
        _read_hunk(text, block, hunk)
    if text.startswith("@@", block.end) and not block.trouble:
        block.trouble = "a hunk header can't be read"
    elif block.old is not None and block.new is None:
        block.trouble = "there is no +++ line"
    elif not block.hunks and not block.trouble and _promises_hunks(block):
        block.trouble = "there are no hunks"


def _promises_hunks(block: FileBlock) -> bool:
    if block.new is not None:
        return True
    if "index " not in block.extended or "similarity index" in block.extended:
        return False
    return "file mode" not in block.extended and "..0000000" not in block.extended


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

    Mostly the run is too long, by the signature's `-- `; or a mail client has
    stripped the blank of an empty context line.
    """
    position = start
    while (old > 0 or new > 0) and position < len(text):
        mark = text[position]
        if mark not in " +-\\\n":
            break
        old -= mark in " -\n"
        new -= mark in " +\n"
        block.insertions += mark == "+"
        block.deletions += mark == "-"
        position = text.find("\n", position) + 1 or len(text)
    if text.startswith("\\ ", position):
        position = text.find("\n", position) + 1 or len(text)
    block.end = position
    if old or new:
        block.trouble = (
            f"hunk {block.hunks + 1} ends {old} old and {new} new lines too early"
            if old >= 0 and new >= 0
            else f"hunk {block.hunks + 1} has more lines of one side than its header says"
        )


def _read_combined(text: str, match: re.Match[str]) -> FileBlock:
    end = match.end()
    while end < len(text) and text[end] != "\n":
        if text.startswith(("diff ", "-- \n"), end):
            break
        end = text.find("\n", end) + 1 or len(text)
    name = match["names"]
    return FileBlock(
        match.start(),
        end,
        end,
        name,
        name,
        unsupported=True,
        trouble="a combined diff has no two sides",
    )
