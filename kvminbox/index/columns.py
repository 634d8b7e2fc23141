"""A mail's text, divided into what is own, what is quoted, and the lines of diffs.

The parts are those of public-inbox's search prefixes (lei-q(1)). It goes through a
text line by line; here a diff is cut out by its counted hunks, which is three times
as fast, and does not take a removed `- ` line for a signature.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from kvminbox.cache import cache_short
from kvminbox.diffs import DiffBlocks, find_diff, read_name

MAX_KEPT: Final = 500
"""Characters of the longest path that is cached."""

_GIT: Final = "diff --git "
_INDEX: Final = re.compile(r"^index ([0-9a-f]+)\.\.([0-9a-f]+)", re.MULTILINE)
_NAMES: Final = re.compile(r"^(?:---|\+\+\+) ([^/\n][^\n]*)", re.MULTILINE)
_HUNK: Final = re.compile(r"@@ [^ ]+ [^ ]+ @@[ \t]*(.*)")


class DividedText(NamedTuple):
    """The parts of a mail's texts, each with its lines in their order."""

    own: str
    """Text that is neither quoted nor a diff's content."""

    quoted: str
    paths: str
    removed: str
    added: str
    functions: str
    """The functions in hunk headers."""

    context: str
    pre: str
    """Blob ids before the change."""

    post: str
    """And after it."""


class _Division:
    """The parts of a text, each a list of lines or of longer pieces."""

    def __init__(self) -> None:
        self.own: list[str] = []
        self.quoted: list[str] = []
        self.paths: dict[str, None] = {}
        self.removed: list[str] = []
        self.added: list[str] = []
        self.functions: list[str] = []
        self.context: list[str] = []
        self.pre: list[str] = []
        self.post: list[str] = []

    def add_text(self, text: str) -> None:
        """Add a text that has no diff."""
        if text.startswith(">") or "\n>" in text:
            for line in text.split("\n"):
                (self.quoted if line[:1] == ">" else self.own).append(line)
        elif text:
            self.own.append(text)

    def add_diff(self, blocks: DiffBlocks) -> None:
        """Add a text with a diff: whatever is before, between and after the files is text."""
        text, place = blocks.text, 0
        for block in blocks.files:
            self.add_text(text[place : block.start])
            self._add_header(text[block.start : block.header.end])
            if block.binary:  # its data, in base85, are no words
                self.own.append(text[block.header.end : block.end].partition("\n")[0])
            elif block.unsupported:
                self.own.append(text[block.header.end : block.end][:200])
            else:
                self._add_hunks(text[block.header.end : block.end].split("\n"))
            place = block.end
        self.add_text(text[place:])

    def _add_header(self, header: str) -> None:
        for before, after in _INDEX.findall(header):
            self.pre.append(before)
            self.post.append(after)
        if header.startswith(_GIT):
            for name in _split_names(header.partition("\n")[0].removeprefix(_GIT)):
                self._add_path(name)
        for name in _NAMES.findall(header):
            self._add_path(name)
        # what names no path of the tree is text: `rename from a`, `--- /dev/null`
        self.own += [line for line in header.split("\n") if not _is_told(line)]

    def _add_hunks(self, lines: list[str]) -> None:
        # the marks stay on the lines: they are part of no word; a line without one is a
        # client's, in a hunk that it damaged
        takers = {" ": self.context, "+": self.added, "-": self.removed, "@": self.functions}
        for line in lines:
            taker = takers.get(line[:1])
            if taker is not None:
                taker.append(line)
            elif line[:1] not in {"", "\\"}:
                self.own.append(line)

    def _add_path(self, name: str) -> None:
        path = _read_path(name)
        if path:
            self.paths[path] = None


def _split_names(names: str) -> tuple[str, ...]:
    """Divide `a/x b/x` at the last blank with a directory behind it, as public-inbox does.

    Its pattern for that takes quadratic time for a line of blanks without a slash.
    """
    if not 0 < names.find("/") < len(names) - 1:
        return ()
    least = names.find("/") + 2
    blank = names.rfind(" ", least, names.rfind("/", 0, len(names) - 1) + 1)
    while blank >= 0 and names[blank + 1] == "/":
        blank = names.rfind(" ", least, blank)
    return (names[:blank], names[blank + 1 :]) if blank >= 0 else ()


def _is_told(line: str) -> bool:
    """Whether everything that matters in a header line is kept as a path or a blob id."""
    return line.startswith("index ") or (line[:4] in {"--- ", "+++ "} and line[4:5] != "/")


# each is four times in a header, and in every revision
@cache_short(1 << 12, MAX_KEPT)
def _read_path(name: str) -> str:
    """Return a path without its `a/`; nothing for /dev/null."""
    path = read_name(name)
    return "" if path.startswith("/") else path.partition("/")[2] or path


def divide_text(texts: Iterable[str], blocks: DiffBlocks | None) -> DividedText:
    """Divide a mail's texts into what is own, what is quoted, and the lines of diffs.

    Args:
        texts: the body, then the attachments that are text.
        blocks: the diff that is known to be in one of them.
    """
    division = _Division()
    for text in texts:
        found = blocks if blocks is not None and blocks.text is text else find_diff(text)
        if found:
            division.add_diff(found)
        else:
            division.add_text(text)
    functions = [match[1] for line in division.functions if (match := _HUNK.match(line))]
    join = "\n".join
    return DividedText(
        own=join(division.own),
        quoted=join(division.quoted),
        paths=join(division.paths),
        removed=join(division.removed),
        added=join(division.added),
        functions=join(functions),
        context=join(division.context),
        pre=join(division.pre),
        post=join(division.post),
    )
