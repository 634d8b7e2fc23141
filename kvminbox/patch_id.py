"""git's patch-id: a name for a change that survives moving and re-indenting.

As `git patch-id --stable` computes it (git-patch-id(1)): each file's lines are
hashed without white space, line numbers and blob ids, and the hashes of the
files are added up, so that their order does not count. One thing is right here that git
gets wrong in a mail: an empty context line that lost its blank is a line of its hunk. git
does not count it, and goes on hashing what follows: the next file's header, the signature.
"""

import hashlib
import re

__all__ = [
    "compute_patch_id",
]

_SPACE = b" \t\n\r"
"""What git takes for white space: form feed and vertical tab count as letters."""

_HUNK = re.compile(r"@@ -\d+(?:,(\d{1,9}))? \+\d+(?:,(\d{1,9}))? ?@@")
_INDEX = re.compile(r"index ([0-9a-f]+)\.\.([0-9a-f]+)")
_HEADER = -1
"""The count of lines still to come while a file's header is read."""


class _Summer:
    """Reads a diff line by line, as git does, and adds up the hashes of its files."""

    def __init__(self) -> None:
        self.total = 0
        self.file: list[str] = []  # hashed at its end: line by line took twice as long
        self.old = self.new = _HEADER
        self.binary = False
        self.blobs = ""

    @property
    def in_hunk(self) -> bool:
        return not self.binary and self.old != _HEADER and (self.old != 0 or self.new != 0)

    def end_file(self) -> None:
        try:  # bytes that are no UTF-8, as a commit may have them
            data = "".join(self.file).encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            data = b"".join(map(_encode, self.file))
        digest = hashlib.sha1(data.translate(None, _SPACE), usedforsecurity=False).digest()
        self.total = (self.total + int.from_bytes(digest, "little")) % (1 << 160)
        self.file.clear()

    def add(self, lines: list[str], start: int) -> int:
        """Hash the lines of a hunk, as many as it has; return the place after them.

        Line by line this took three times as long, and nearly all lines are in hunks.
        """
        old, new, place = self.old, self.new, start
        while place < len(lines) and old != _HEADER and (old or new):
            mark = lines[place][:1]
            if mark == "+":
                new -= 1
            elif mark == "-":
                old -= 1
            elif mark in {" ", ""}:  # a mail client strips the blank of an empty context line
                old -= 1
                new -= 1
            place += 1
        self.old, self.new = old, new
        self.file.append("\n".join(lines[start:place]))
        return place

    def read_header(self, line: str) -> bool:
        """Take a header line; false where it is not to be hashed."""
        if line.startswith(("GIT binary patch", "Binary files")):
            self.file.append(self.blobs)
            self.end_file()
            self.binary, self.old = True, 0
            return False
        if line.startswith("index "):
            if match := _INDEX.match(line):
                self.blobs = f"{match[1]}{match[2]}"
            return False  # also where it names no blobs
        if line.startswith("--- "):
            self.old, self.new = 0, 1  # the line `+++` is still to come
        return True

    def read(self, line: str) -> bool:
        """Take a line that is in no hunk; false at one that ends the diff."""
        if self.binary:
            if line.startswith("diff "):
                self.binary, self.old = False, _HEADER
            return True
        if self.old == self.new == 0:
            if match := _HUNK.match(line):
                self.old, self.new = (int(count or 1) for count in match.groups())
                return True
            if not line.startswith("diff "):
                return False
            self.end_file()
            self.old = self.new = _HEADER
        if not line[:1].isalpha() and not line.startswith("--- "):
            return False
        if self.read_header(line):
            self.file.append(line)
        return True


def _encode(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def compute_patch_id(diff: str) -> str | None:
    """Return what `git patch-id --stable` prints for a diff; None if it has no `diff` header."""
    lines = diff.removesuffix("\n").split("\n")
    if "\n\\ " in diff:  # `\ No newline at end of file`
        lines = [line for line in lines if not line.startswith("\\ ") or len(line) <= 11]
    place = next((number for number, line in enumerate(lines) if line.startswith("diff ")), None)
    if place is None:
        return None
    summer = _Summer()
    while place < len(lines):
        if summer.in_hunk:
            place = summer.add(lines, place)
        elif summer.read(lines[place]):
            place += 1
        else:
            break
    summer.end_file()
    return summer.total.to_bytes(20, "little").hex()
