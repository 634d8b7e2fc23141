"""Counting a diff twice, and what happens when the counts disagree."""

import pytest

from kvminbox.diffs import compare_diffstats, compute_diffstat, diffstat, find_diff
from kvminbox.models import DeclaredDiffstat

HEADER = "diff --git a/{0} b/{0}\n--- a/{0}\n+++ b/{0}\n"
X = HEADER.format("x.c") + "@@ -1,2 +1,3 @@\n a\n-b\n+c\n+d\n"
Y = HEADER.format("y.c") + "@@ -1 +0,0 @@\n-b\n"


def count(text):
    counted, defects = compute_diffstat(find_diff(text))
    return counted, [defect.code for defect in defects]


def test_sums_are_those_of_all_files():
    """Insertions and deletions of a diffstat are the sums over its files, in the diff's order."""
    counted, codes = count(X + Y)
    assert [change.path for change in counted.files] == ["x.c", "y.c"]
    assert (counted.insertions, counted.deletions, counted.damaged, codes) == (2, 2, False, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{X}-- \n2.43.0\n@@ -9 +9 @@\n-a\n+b\n", ["diff-damaged"]),
        (f"{X}\nwords\n@@ -9 +9 @@ int f(void)\n-a\n+b\n{Y}", ["diff-damaged"]),
        (f"{X}-- \n2.43.0\n@@ -9 +9 @@\n", []),
        (f"{X}\n> @@ -9 +9 @@\n> -a\n", []),
    ],
)
def test_hunk_that_belongs_to_no_file(text, expected):
    """A hunk that is cut off from its file is not counted, which is a defect."""
    assert count(text)[1] == expected


def test_last_line_without_line_feed_is_counted_by_both():
    """A diff that ends with the text, without a line feed, is counted whole and sound."""
    counted, codes = count((X + Y).rstrip("\n"))
    assert ((counted.insertions, counted.deletions), codes) == ((2, 2), [])


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("copy from x\ncopy to y\n", "copied"),
        ("rename from x\nrename to y\n", "renamed"),
        ("rename old x\nrename new y\n", "renamed"),
        ("new file mode 100644\n", "added"),
        ("deleted file mode 100644\n", "deleted"),
        ("index 0123456..6543210 100644\n", "modified"),
    ],
)
def test_status_is_what_the_header_says(header, status):
    """Git's extended header lines say what happens to a file, such as a copy."""
    counted, _ = count(f"diff --git a/x b/y\n{header}")
    assert counted.files[0].status == status


@pytest.mark.parametrize(
    ("names", "name", "path"),
    [
        ("a/x.c b/x.c", "b/x.c", "x.c"),
        ("old/x y new/x y", "new/x y\t", "x y"),
        ("src/x.c src/x.c", "src/x.c", "src/x.c"),
        ("b/x.c b/x.c", "b/x.c", "b/x.c"),
        ('"a/\\303\\270" "b/\\303\\270"', '"b/\\303\\270"', "ø"),
    ],
)
def test_prefix_of_a_file_that_is_on_one_side_only(names, name, path):
    """An added or deleted file has a prefix if git's own line shows one."""
    for sides in (f"--- /dev/null\n+++ {name}\n@@ -0,0 +1 @@\n+a\n",
                  f"--- {name}\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"):  # fmt: skip
        counted, codes = count(f"diff --git {names}\n{sides}")
        assert ([change.path for change in counted.files], codes) == ([path], [])


HUNK = "@@ -1 +1 @@\n-a\n+b\n"


@pytest.mark.parametrize(
    "header",
    [
        "diff --git a/x.c b/x.c\n--- a/y.c\n+++ b/x.c\n",
        "diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/y.c\n",
        "diff --git a/x.c b/x.c\n--- a/y.c\n+++ b/y.c\n",
        "diff --git a/x.c b/y.c\nrename from x.c\nrename to y.c\n--- a/x.c\n+++ b/z.c\n",
        'diff --git "a/\\303\\270" "b/\\303\\270"\n--- a/x.c\n+++ "b/\\303\\270"\n',
    ],
)
def test_names_that_disagree(header):
    """Header lines that name different files, which git never writes, are a defect."""
    counted, codes = count(header + HUNK)
    assert (counted.insertions, counted.deletions, counted.damaged) == (1, 1, True)
    assert codes == ["diff-damaged"]


@pytest.mark.parametrize(
    "header",
    [
        "diff --git a/x y b/x y\n--- a/x y\t\n+++ b/x y\t\n",
        "diff --git old/x.c new/x.c\n--- old/x.c\n+++ new/x.c\n",
        "diff --git x.c x.c\n--- x.c\n+++ x.c\n",
        "diff --git a/x.c b/y.c\nrename from x.c\nrename to y.c\n--- a/x.c\n+++ b/y.c\n",
        'diff --git "a/\\303\\270" "b/\\303\\270"\n--- "a/\\303\\270"\n+++ "b/\\303\\270"\n',
        "diff --git a/x y b/z\n--- a/x y\t\n+++ b/z\n",
    ],
)
def test_names_that_agree(header):
    """Quotes, blanks, other prefixes and renames are no disagreement."""
    assert count(header + HUNK)[1] == []


def test_paths_lose_a_carriage_return():
    """Text whose line ends were left as CRLF gives the same paths as with LF."""
    moved = "diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new\n"
    empty = "diff --git a/e b/e\nnew file mode 100644\nindex 0000000..e69de29\n"
    counted, _ = count((X + moved + empty).replace("\n", "\r\n"))
    paths = [(change.path, change.old_path) for change in counted.files]
    assert paths == [("x.c", None), ("new", "old"), ("e", None)]


def test_two_counters_that_disagree_mark_the_file(monkeypatch):
    """If unidiff counts differently, just that file is marked, with a defect."""
    honest = diffstat._count_with_unidiff

    def lie(text, blocks):
        counts = honest(text, blocks)
        return [(9, 9) if block.deletions == 1 == block.hunks - block.insertions else pair
                for block, pair in zip(blocks, counts, strict=True)]  # fmt: skip

    monkeypatch.setattr(diffstat, "_count_with_unidiff", lie)
    counted, codes = count(X + Y)
    assert [change.damaged for change in counted.files] == [False, True]
    assert codes == ["diff-damaged"]


def test_second_counter_that_raises_marks_the_file(monkeypatch):
    """An error from unidiff, of any class, is caught and makes the count doubtful."""

    def fail(*_, **__):
        raise UnboundLocalError

    monkeypatch.setattr(diffstat, "PatchSet", fail)
    counted, codes = count(X)
    assert ((counted.insertions, counted.deletions), counted.damaged) == ((2, 1), True)
    assert codes == ["diff-damaged"]


def test_large_diff_is_counted_once_and_told(monkeypatch):
    """A diff over the limit is still counted, but never passed to unidiff."""
    monkeypatch.setattr(diffstat, "MAX_DIFF", len(X))
    monkeypatch.setattr(diffstat, "_count_with_unidiff", None)
    counted, codes = count(X + Y)
    assert ((counted.insertions, counted.deletions), codes) == ((2, 2), ["diff-oversized"])


@pytest.mark.parametrize(("length", "expected"), [(65_535, []), (65_536, ["line-too-long"])])
def test_long_line_is_kept_from_the_other_library(length, expected):
    """A line over 64 kB is counted only once, with the defect line-too-long."""
    counted, codes = count(f"{HEADER.format('x.c')}@@ -0,0 +1,2 @@\n+a\n+{'x' * length}\n")
    assert (counted.insertions, codes) == (2, expected)


def test_many_lines_are_counted():
    """A hunk of 100,000 lines is counted to the last."""
    counted, codes = count(f"{HEADER.format('x.c')}@@ -0,0 +1,100000 @@\n" + "+\n" * 100_000)
    assert (counted.insertions, codes) == (100_000, [])


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ((2, 2, 2), ""),
        ((1, 2, 2), "declared 1 files, +2 -2; the diff has 2 files, +2 -2"),
        ((2, 3, 2), "declared 2 files, +3 -2; the diff has 2 files, +2 -2"),
        ((2, 2, 0), "declared 2 files, +2 -0; the diff has 2 files, +2 -2"),
    ],
)
def test_declared_and_counted_are_compared_by_their_three_sums(declared, words):
    """Files, insertions and deletions are compared; a difference is reported in numbers."""
    files, insertions, deletions = declared
    said = DeclaredDiffstat(files_changed=files, insertions=insertions, deletions=deletions)
    assert compare_diffstats(said, count(X + Y)[0]) == words
