"""File names in diffs."""

import pytest

from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.diffs.headers import (
    is_suspicious,
    read_name,
    split_git_names,
    strip_prefixes,
    unquote_path,
)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("plain", "plain"),
        ('"a/sm\\303\\270r"', "a/smør"),
        ('"a\\tb\\nc\\a\\b\\v\\f\\r"', "a\tb\nc\a\b\v\f\r"),
        ('"say \\"hi\\" \\\\ bye"', 'say "hi" \\ bye'),
        ('"\\351"', "é"),
        ('"ø\\303\\270"', "øÃ¸"),
        ('"\\8"', "\\8"),
        ('"open', '"open'),
        ('"', '"'),
        ('""', ""),
        ("", ""),
    ],
)
def test_git_quoting_is_undone(written, path):
    """A quoted name is the name; octal bytes are UTF-8, or else one character each."""
    assert unquote_path(written) == path


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("a/x.c", "a/x.c"),
        ("a/x.c\r", "a/x.c"),
        ("has a blank\t", "has a blank"),
        ("src/os.c\t12 Jan 2009 08:10:11 -0000\t1.7", "src/os.c"),
        ("x.c 2009-01-12 10:00:00.000000000 +0100", "x.c"),
        ("x.c   2009-01-12T10:00:00", "x.c"),
        ("notes of 2009-01-12", "notes of 2009-01-12"),
        ('"a/\\"q\\" \\\\"\tdate', 'a/"q" \\'),
        ('"a/x\\\\"', "a/x\\"),
        ('"never closed', '"never closed'),
    ],
)
def test_date_behind_a_name_is_no_part_of_it(line, name):
    """The name in a `---` or `+++` line is read without its date and line end."""
    assert read_name(line) == name


@pytest.mark.parametrize(
    ("old", "new", "stripped"),
    [
        ("a/x.c", "b/x.c", ("x.c", "x.c")),
        ("i/x.c", "w/y.c", ("x.c", "y.c")),
        ("linux.orig/x.c", "linux/x.c", ("x.c", "x.c")),
        ("src/x.c", "src/x.c", ("src/x.c", "src/x.c")),
        ("src/x.c", "lib/y.c", ("src/x.c", "lib/y.c")),
        ("x.c", "x.c", ("x.c", "x.c")),
        ("/dev/null", "b/x.c", ("/dev/null", "x.c")),
        ("a/x.c", "/dev/null", ("x.c", "/dev/null")),
        ("/dev/null", "src/x.c", ("/dev/null", "src/x.c")),
        ("a/a/x.c", "b/a/x.c", ("a/x.c", "a/x.c")),
        ("a/x.c", "a/x.c", ("x.c", "x.c")),
        ("b/x.c", "b/x.c", ("b/x.c", "b/x.c")),
    ],
)
def test_prefixes_are_told_from_directories(old, new, stripped):
    """Only `a/` and `b/`, or their like, are removed; a diff without prefixes keeps its names."""
    assert strip_prefixes(old, new) == stripped


@pytest.mark.parametrize(
    ("names", "pair"),
    [
        ("a/x.c b/x.c", ("x.c", "x.c")),
        ("a/x y b/x y", ("x y", "x y")),
        ("a/a b/a b/a b/a", ("a b/a", "a b/a")),
        ('"a/\\303\\270 \\" " "b/\\303\\270 \\" "', ('ø " ', 'ø " ')),
        ('a/x "b/\\303\\270"', ("x", "ø")),
        ("x.c x.c", ("x.c", "x.c")),
        ("a/x y b/z", None),
        ("one", None),
        ("", None),
    ],
)
def test_two_names_on_one_line_are_divided_where_it_is_certain(names, pair):
    """A `diff --git` line with blanks is only split into names that match each other."""
    assert split_git_names(names) == pair


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/x.c", False),
        ("a..b/..c/d..", False),
        (".github/x", False),
        ("x.git/y", False),
        ("/etc/passwd", True),
        ("../x", True),
        ("a/../../x", True),
        ("a/..", True),
        ("C:/x", True),
        ("a\\b", True),
        ("a\x1b[2J", True),
        ("a\x9bb", True),
        ("a\nb", True),
        (".git/config", True),
        ("sub/.git/hooks/x", True),
    ],
)
def test_paths_that_no_tree_should_hold_are_suspicious(path, expected):
    """Absolute and climbing paths, `.git/`, drive letters and control characters are suspicious."""
    assert is_suspicious(path) == expected


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("--- a/src/x.c\n+++ b/src/x.c.new\n", "src/x.c"),
        ("--- x.c\t2024-01-01 10:00:00\n+++ x.c+\t2024-01-01 10:05:00\n", "x.c"),
        ("--- a/src/x.c.orig\n+++ b/src/x.c\n", "src/x.c"),
        ("--- a/src/x.c\n+++ b/src/y.c\n", "src/y.c"),
        ("--- /dev/null\n+++ b/src/x.c\n", "src/x.c"),
        ("diff --git a/src/x.c b/src/x.cc\n--- a/src/x.c\n+++ b/src/x.cc\n", "src/x.cc"),
    ],
)
def test_a_copy_beside_the_file_is_the_file(head, path):
    """Where a plain diff's new name is the old one with an end, the file has the old one."""
    stat, defects = compute_diffstat(find_diff(f"{head}@@ -1 +1 @@\n-x\n+y\n"))
    assert ([change.path for change in stat.files], defects) == ([path], ())
