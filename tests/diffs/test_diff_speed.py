"""Hostile texts of up to 1 MB are read in linear time."""

import pytest

from kvminbox.diffs import compute_diffstat, find_declared_diffstat, find_diff
from kvminbox.patch_id import compute_patch_id

HEADER = "diff --git a/x b/x\nindex 0..1\n--- a/x\n+++ b/x\n"
UNITS = {
    "one long header": ("diff --git ", "a "),
    "one long quoted name": ('diff --git "', '\\"'),
    "blanks in a name": ("--- a", " ", "\n+++ b\n@@ -1 +1 @@\n-a\n+b\n"),
    "blanks in a git name": ("diff --git a/x b/x\n--- a", " ", "\n+++ b\n@@ -1 +1 @@\n-a\n+b\n"),
    "git headers": ("", "diff --git a/x b/x\n"),
    "extended headers": ("diff --git a/x b/x\n", "index 0..1\n"),
    "half headers": ("\n@@ -1\n", "--- x\n"),
    "whole headers without hunks": ("\n@@ -1\n", "--- x\n+++ y\n"),
    "index lines": ("\n@@ -1\n", "Index: x\n"),
    "rcs lines": ("\n@@ -1\n", "diff x\n"),
    "command lines": ("\n@@ -1\n", "diff -u\n"),
    "empty lines": ("\n@@ -1\n", "\n"),
    "files": ("", f"{HEADER}@@ -1 +1 @@\n-a\n+b\n"),
    "hunks": (HEADER, "@@ -1 +1 @@\n-a\n+b\n"),
    "hunks of no lines": (HEADER, "@@ -0,0 +0,0 @@\n"),
    "a hunk that is too short": (f"{HEADER}@@ -1 +1 @@\n", "+a\n"),
    "a hunk that is too long": (f"{HEADER}@@ -9999999 +9999999 @@\n", "+a\n"),
    "stripped context": (f"{HEADER}@@ -1,9999999 +1,9999999 @@\n", "\n"),
    "one long line": (f"{HEADER}@@ -0,0 +1 @@\n+", "Binary files a and a and "),
    "one long binary line": ("diff --git a/x b/x\nBinary files ", "a and a and "),
    "binary data": ("diff --git a/x b/x\nGIT binary patch\n", "literal 1\nzAAA\n\n"),
    "combined": ("", "diff --cc x\n"),
    "context": ("", "*** x\n--- y\n***************\n"),
    "asterisks": ("***************", "\n*** "),
    "summaries": ("", " 1 file changed\n"),
    "almost summaries": ("", " 1 file changed, \n"),
    "one line of summaries": ("", " changed"),
    "rows": ("", " a | 1 +\n", " 1 file changed\n"),
    "rows of blanks": ("", f" a{' ' * 990}b | 1\n", " 1 file changed\n"),
}


def build(unit, size):
    start, middle, end = (*UNITS[unit], "")[:3]
    return start + middle * (size // len(middle)) + end


def read_all(text):
    find_declared_diffstat(text, 0, len(text))
    compute_patch_id(text)
    found = find_diff(text)
    if found:
        compute_diffstat(found)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text_only(unit, assert_linear):
    """A diff is read in linear time, whatever repeats in it."""
    assert_linear(read_all, lambda size: build(unit, size))
