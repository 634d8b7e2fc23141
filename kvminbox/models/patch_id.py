"""git's patch-id: a name for a change that survives moving and re-indenting.

As `git patch-id --stable` computes it (git-patch-id(1)): each file's lines are
hashed without white space, line numbers and blob ids, and the hashes of the
files are added up, so that their order does not count.
"""

import hashlib
import re

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
        self.file = hashlib.sha1(usedforsecurity=False)
        self.old = self.new = _HEADER
        self.binary = self.started = False
        self.blobs = b""

    def end_file(self) -> None:
        digest = int.from_bytes(self.file.digest(), "little")
        self.total = (self.total + digest) % (1 << 160)
        self.file = hashlib.sha1(usedforsecurity=False)

    def add(self, line: str) -> None:
        self.old -= line[:1] in {"-", " "}
        self.new -= line[:1] in {"+", " "}
        self.file.update(line.encode("utf-8", "replace").translate(None, _SPACE))

    def read_header(self, line: str) -> bool:
        """Take a header line; false where it is not to be hashed."""
        if line.startswith(("GIT binary patch", "Binary files")):
            self.file.update(self.blobs)
            self.end_file()
            self.binary, self.old = True, 0
            return False
        if match := _INDEX.match(line):
            self.blobs = f"{match[1]}{match[2]}".encode()
            return False
        if line.startswith("--- "):
            self.old = self.new = 1
        return True

    def read(self, line: str) -> bool:
        """Take a line; false at one that ends the diff."""
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
        if self.old != _HEADER:
            self.add(line)
        elif not line[:1].isalpha() and not line.startswith("--- "):
            return False
        elif self.read_header(line):
            self.add_header(line)
        return True

    def add_header(self, line: str) -> None:
        if line.startswith("--- "):
            self.add(line)
        else:
            self.file.update(line.encode("utf-8", "replace").translate(None, _SPACE))


def compute_patch_id(diff: str) -> str | None:
    """Give what `git patch-id --stable` prints for a diff; None if it has no `diff` header."""
    summer = _Summer()
    for line in diff.removesuffix("\n").split("\n"):
        if line.startswith("\\ ") and len(line) > 11:
            continue  # `\ No newline at end of file`
        if not summer.started and not line.startswith("diff "):
            continue
        summer.started = True
        if not summer.read(line):
            break
    if not summer.started:
        return None
    summer.end_file()
    return summer.total.to_bytes(20, "little").hex()
