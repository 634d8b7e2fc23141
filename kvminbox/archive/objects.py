"""Commits and trees from their bytes, without trusting more of them than is needed.

libgit2 parses a commit's author, and one malformed author line ends its whole
walk; it also loses time zones beyond 14 hours, as in archives that store `-0700`
as `+1700`. Here a commit is its tree, its parents and the committer's seconds.
"""

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

EMPTY_BLOB: Final = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
"""What replaces a purged mail's blob."""

_COMMIT = re.compile(rb"tree ([0-9a-f]{40})\n((?:parent [0-9a-f]{40}\n)*)(?!parent)")
# git reads ids in capitals, too: skipping such a parent would make history shorter
_ANY_CASE = re.compile(_COMMIT.pattern.replace(b"a-f", b"a-fA-F"))
_SECONDS = re.compile(rb"\ncommitter [^\n]* (-?\d{1,18}) [+-]\d+(?=\n)")
_TREE_ENTRY = re.compile(rb"(\d{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)
_TREE_ENTRIES = re.compile(rb"(?:\d{5,6} [^\0]++\0.{20})*+", re.DOTALL)
_ONLY_MAIL: Final = b"100644 m\0"


Tree = dict[bytes, tuple[bytes, str]]
"""A tree's entries: name → (mode, object id)."""


class Commit(NamedTuple):
    """What is read of a commit."""

    id: str
    tree: str
    parents: tuple[str, ...]
    seconds: int | None
    """The committer's time since the epoch; None if the line is malformed."""


def read_time(seconds: int | None) -> datetime | None:
    """Return a commit's time in UTC; None if it has none, or one past any calendar."""
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None  # a commit of the year 71685


def parse_commit(commit_id: str, data: bytes) -> Commit | None:
    """Parse a commit object; None if it names no tree, or a parent that is no id."""
    match = _COMMIT.match(data) or _ANY_CASE.match(data)
    if match is None:
        return None
    head = data[: data.find(b"\n\n", match.end() - 1) + 1] or data
    seconds = _SECONDS.search(head, match.end() - 1)
    parents = match[2].decode().lower().split("\n")
    return Commit(
        commit_id,
        match[1].decode().lower(),
        tuple(line[7:] for line in parents if line),
        int(seconds[1]) if seconds else None,
    )


def parse_tree(data: bytes) -> Tree | None:
    """Parse a tree object; None if an entry is malformed, since what follows would be lost."""
    if len(data) == 29 and data.startswith(_ONLY_MAIL):  # nearly every commit of an archive
        return {b"m": (b"100644", data[9:].hex())}
    # before any entry is looked for: elsewhere each digit would cost a scan of all that follows
    if not _TREE_ENTRIES.fullmatch(data):
        return None
    entries = _TREE_ENTRY.findall(data)
    # of two entries of one name, which git refuses to write, the first is what it reads
    return {name: (mode, oid.hex()) for mode, name, oid in reversed(entries)}
