"""What a diff changes, as a set of short numbers: so that two can be compared quickly."""

from array import array
from collections.abc import Set as AbstractSet
from typing import Final
from zlib import crc32

_SPACE: Final = b" \t\n\r\f\v"
_LEAST: Final = 3
"""Bytes of a line with its mark that tell something: `+}` and `+` are in every patch."""


def read_lines(diff: str) -> "array[int]":
    r"""Return the hashes of a diff's added and removed lines, each once, without white space.

    >>> len(read_lines("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-one\n+two\n three\n"))
    2
    """
    found: set[int] = set()
    short: set[int] = set()
    in_hunk = False
    for line in diff.encode("utf-8", "surrogatepass").split(b"\n"):
        mark = line[:1]
        if mark in {b"+", b"-"}:
            if in_hunk:
                bare = line.translate(None, _SPACE)
                (found if len(bare) >= _LEAST else short).add(crc32(bare))
        elif mark == b"@":
            in_hunk = True
        elif mark == b"d" and line.startswith(b"diff "):
            in_hunk = False
    return array("I", sorted(found or short))


def measure_alike(one: AbstractSet[int], other: "array[int]") -> float:
    """Return the share of changed lines that two diffs have in common, from 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one.intersection(other)) / total if total else 0.0  # type: ignore[attr-defined]


def could_be_alike(one: int, other: int, least: float) -> bool:
    """Whether two diffs with so many lines can have that share in common."""
    return 2 * min(one, other) >= least * (one + other)
