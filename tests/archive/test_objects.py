"""Commits, trees and times are read from their bytes."""

from datetime import UTC, datetime

import pytest

from kvminbox.archive import Commit, read_time
from kvminbox.archive.objects import parse_commit, parse_tree

A, B, C = (letter * 40 for letter in "abc")
WHO = b"author A <a@example.com> 5 +0000\ncommitter B <b@example.com> %s\n\n%s"


@pytest.mark.parametrize(
    ("seconds", "moment"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (1_700_000_000, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        (-1, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (None, None),
        (10**15, None),
        (-(10**15), None),
    ],
)
def test_times_in_utc(seconds, moment):
    """A commit's seconds are a moment in UTC, where a calendar knows it."""
    assert read_time(seconds) == moment


@pytest.mark.parametrize(
    ("head", "at", "said", "commit"),
    [
        (f"tree {A}\n", b"7 +0000", b"x\n", Commit("id", A, (), 7)),
        (f"tree {A}\nparent {B}\n", b"7 -0700", b"", Commit("id", A, (B,), 7)),
        (f"tree {A}\nparent {B}\nparent {C}\n", b"-7 +1700", b"x", Commit("id", A, (B, C), -7)),
        (f"tree {A}\n", b"soon", b"x\n", Commit("id", A, (), None)),
        (f"tree {A}\n", b"soon", b"\ncommitter x 9 +0000\n\n", Commit("id", A, (), None)),
        (f"tree {A}\n", b"7 +0000", b"parent 9\n", Commit("id", A, (), 7)),
    ],
)
def test_commits(head, at, said, commit):
    """Tree, parents and the committer's seconds are read from the head, never from the message."""
    assert parse_commit("id", head.encode() + WHO % (at, said)) == commit


@pytest.mark.parametrize("data", [b"", b"hello\n", f"tree {A[:39]}\n".encode(), b"tree x\n"])
def test_what_names_no_tree(data):
    """What does not begin with a tree is no commit."""
    assert parse_commit("id", data) is None


def _entry(mode, name, oid):
    return mode + b" " + name + b"\0" + bytes.fromhex(oid)


@pytest.mark.parametrize(
    ("data", "tree"),
    [
        (b"", {}),
        (_entry(b"100644", b"m", A), {b"m": (b"100644", A)}),
        (_entry(b"100644", b"d", A), {b"d": (b"100644", A)}),
        (_entry(b"100755", b"m", A), {b"m": (b"100755", A)}),
        (
            _entry(b"40000", b"ab", A) + _entry(b"100644", b"m", "0a" * 20),
            {b"ab": (b"40000", A), b"m": (b"100644", "0a" * 20)},
        ),
    ],
)
def test_trees(data, tree):
    """Each entry of a tree has its mode and id, the shortest tree of an archive as any other."""
    assert parse_tree(data) == tree


@pytest.mark.parametrize("rest", [b"x", b"100644 m\0short", b"100644 m", b"9 m\0" + bytes(20)])
def test_malformed_trees(rest):
    """A tree with an entry that is none is not read in part, wherever the entry stands."""
    sound = _entry(b"100644", b"m", A)
    assert parse_tree(rest) is None
    assert parse_tree(sound + rest) is None
