"""What is wrong with a file of a diff, in words, though its hunks are whole."""

import re
from typing import Final

from kvminbox.diffs.headers import NOWHERE, FileHeader, split_git_names

# what looks like more of a header below one without hunks, or below a binary file,
# perhaps below a line that does not belong there
_GOES_ON = re.compile(
    r"(?:(?!diff |Index: |-- ?\n)[^\n]+\n)?"
    r"(?:(?:\+\+\+|---) \S|@@ -|index [0-9a-f]+\.\.|GIT binary patch\n|Binary files [^\n]* differ"
    r"|(?:old|new|deleted file|new file) mode \d|(?:rename|copy) (?:from|to) "
    r"|(?:dis)?similarity index )"
)
# `diff --git a/drivers/irqchip/irq-gic-v3-its.c`, and its other name in the next line, where a
# mail client put it. git refuses that; the lines below have all there is to count
_WRAPPED = re.compile(r"(?!diff )\"?[^\s\"]+\"?\n(?:index [^\n]*\n)?--- \S")
_BLOBS = re.compile(r"([0-9a-f]+)\.\.([0-9a-f]+)")
_EMPTY_BLOBS: Final = (  # of SHA-1, and of SHA-256
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)


def find_trouble(text: str, end: int, header: FileHeader, *, hunks: int, binary: bool) -> str:
    """Return what is wrong with a file that ends at `end`, and whose hunks are whole; else "".

    Args:
        text: the text in which the file is.
        end: where its last line ends.
        header: what its header says.
        hunks: how many hunks it has.
        binary: whether it is a binary change.
    """
    if text.startswith("@@", end):
        return "a hunk header can't be read"
    if header.old is not None and header.new is None:
        return "there is no +++ line"
    if header.old is None and hunks:
        return "there are no --- and +++ lines"
    if not hunks and _GOES_ON.match(text, end):
        return "its header is interrupted by a line that does not belong there"
    if not hunks and not binary and _promises_hunks(header):
        return "there are no hunks"
    if _is_half_told(header):
        return "the lines of its header contradict each other"
    return ""


def _is_half_told(header: FileHeader) -> bool:
    """Whether it states half of a move, or a new or deleted file that has two sides."""
    extended = header.extended
    if len(extended) == 1 and "index" in extended:
        return False  # nearly always
    old, new = header.old or NOWHERE, header.new or NOWHERE
    return (
        ("rename from" in extended) != ("rename to" in extended)
        or ("copy from" in extended) != ("copy to" in extended)
        or ("new file mode" in extended and not old.startswith(NOWHERE))
        or ("deleted file mode" in extended and not new.startswith(NOWHERE))
    )


def _promises_hunks(header: FileHeader) -> bool:
    """Whether the header says that lines change, as `index 2e8dd..0000000` does.

    `git format-patch --irreversible-delete` omits the lines of a deleted file.
    """
    if header.new is not None:
        return True
    blobs = _BLOBS.match(header.extended.get("index", ""))
    return blobs is not None and not all(map(_is_empty_blob, blobs.groups()))


def _is_empty_blob(blob: str) -> bool:
    return not blob.strip("0") or any(empty.startswith(blob) for empty in _EMPTY_BLOBS)


def is_wrapped(text: str, end: int, header: FileHeader) -> bool:
    """Whether a mail client broke a `diff --git` line: its other half begins the next header."""
    if not header.names or not _WRAPPED.match(text, end):
        return False  # nearly always
    names = header.names.rstrip()
    return names != "" and split_git_names(names) is None
