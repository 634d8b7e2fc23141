"""The lines of a damaged hunk, and of the hunks behind it, that are there are counted."""

import pytest

from kvminbox.diffs import compute_diffstat, find_diff

HEADER = "diff --git a/x b/x\n--- a/x\n+++ b/x\n"
SHORT = "@@ -1,6 +1,7 @@\n a\n b\n+n\n c\n d\n e\n"  # one line of context too few
SOUND = "@@ -20,2 +21,4 @@\n q\n+r\n+s\n t\n"
LATER = "@@ -40,3 +43,3 @@\n v\n-w\n+W\n x\n"
FOOTER = f"{'_' * 47}\nlamps mailing list\nlamps@lists.example\n"


def count(diff, text="Text.\n\n"):
    """Return (path, insertions, deletions, damaged) of each file of a diff in a text."""
    stat, _ = compute_diffstat(find_diff(f"{text}{diff}"))
    return [(one.path, one.insertions, one.deletions, one.damaged) for one in stat.files]


@pytest.mark.parametrize(
    "between",
    [
        "",
        "words\n",
        "words\nof somebody\n\nin the way\n",
        "> quoted\n" * 9,
    ],
)
def test_the_hunks_behind_a_damaged_one_are_counted(between):
    """What stands between a damaged hunk and the next whole one is left out, and no more."""
    assert count(f"{HEADER}{SHORT}{between}{SOUND}{LATER}-- \n2.43\n") == [("x", 4, 1, True)]


def test_a_file_behind_a_damaged_one_is_its_own():
    """The next file is not damaged, and its hunks are not the damaged file's."""
    other = HEADER.replace("x", "y") + SOUND
    for diff in (f"{HEADER}{SHORT}words\n{other}", f"{HEADER}{SHORT}{LATER}{other}"):
        assert count(diff)[-1] == ("y", 2, 0, False)
    assert count(f"{HEADER}{SHORT}words\n{other}")[0] == ("x", 1, 0, True)


@pytest.mark.parametrize("end", ["-- \n2.43\n\n", "Index: z.c\n", "diff -u a b\n", "--\n"])
def test_a_hunk_behind_the_signature_is_none(end):
    """A hunk that is quoted below the patch's end belongs to no file."""
    assert count(f"{HEADER}{SHORT}{end}{LATER}")[0] == ("x", 1, 0, True)


@pytest.mark.parametrize(
    "hunk",
    [
        "@@ -1,3 +1,3 @@ int light(struct lamp\n*lamp, int how)\n a\n-b\n+c\n d\n",
        "@@ -1,3 +1,3 @@\n a long\nline\n-b\n+c\n d\n",
        "@@ -1,3 +1,3 @@\n\xa0a\n-\xa0b\n+\xa0c\n\xa0d\n",  # blanks that became U+00A0
        "@@ -1,3 +1,3 @@\n a very\nlong\nline\n-b\n+c\n d\n",
        "@@ -1,3 +1,3 @@\n a\n-b is long\nand broken\n+c\nas well\n d\n",
    ],
)
def test_lines_that_a_client_broke_are_counted(hunk):
    """The rest of a line that a mail client broke is no line; the hunk is damaged, but whole."""
    assert count(f"{HEADER}{hunk}{LATER}") == [("x", 2, 2, True)]
    assert "are broken" in find_diff(HEADER + hunk).files[0].trouble


@pytest.mark.parametrize(
    "hunk",
    [
        "@@ -1,3 +1,3 @@\n a\nwords\nof\nsomebody\n-b\n+c\n d\n",  # three lines are prose
        "@@ -1,3 +1,3 @@\n a\nwords\n-b\n+c\n-- \n2.43\n",  # lines are missing, too
        "@@ -1,3 +1,3 @@\n a\nwords\n-b\ndiff --git a/y b/y\n",
        "@@ -1,3 +1,3 @@\n a\nwords\n-b\n-c\n-d\n-e\n",  # more of one side
    ],
)
def test_lines_below_prose_are_not_guessed(hunk):
    """Where broken lines don't make the hunk whole, what is below its first break is left out."""
    assert count(f"{HEADER}{hunk}")[0] == ("x", 0, 0, True)


@pytest.mark.parametrize(
    "hunk",
    [
        "@@ -1,4 +1,4 @@\n-a\n+b\n }\n \n",
        "@@ -1,4 +1,4 @@\n-a\n+b\n }\n",
        "@@ -1,3 +1,4 @@\n a\n+b\n }\n",
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", FOOTER, f"\n{FOOTER}"])
def test_empty_context_cut_at_the_end_is_no_damage(hunk, end):
    """A hunk that lacks only context at its part's end, where blank lines are cut, is sound."""
    ((_, insertions, _, damaged),) = count(f"{HEADER}{hunk}".removesuffix("\n") + "\n" + end)
    assert (insertions, damaged) == (1, False)


@pytest.mark.parametrize(
    "hunk",
    [
        "@@ -1,4 +1,4 @@\n-a\n+b\n",  # the mail may have been cut anywhere
        "@@ -1,6 +1,6 @@\n-a\n+b\n }\n }\n",  # more than git's three lines of context
        "@@ -1,4 +1,3 @@\n a\n }\n",  # a removed line
        "@@ -1,4 +1,4 @@\n-a\n+b\n }\nwords\n",
        "@@ -1,4 +1,4 @@\n-a\n+b\n }\n-- \n2.43\n",
    ],
)
def test_other_lines_that_are_missing_are_damage(hunk):
    """A hunk that lacks what may not be context, or not at the end, is damaged."""
    assert count(f"{HEADER}{hunk}")[0][-1] is True


def test_a_cvs_header_begins_at_its_index_line():
    """The lines that CVS writes above a diff belong to its header."""
    head = "Index: x.c\n======\nRCS file: /cvs/src/x.c,v\nretrieving revision 1.1\n"
    plain = "diff -u -r1.1 x.c\n--- x.c\t1 Jan 2024 10:00:00 -0000\t1.1\n+++ x.c\t2 Jan 2024\n"
    blocks = find_diff(f"Why.\n\n{head}{plain}{SOUND}")
    assert blocks.diff.startswith("Index: x.c")
    assert count(f"{head}{plain}{SOUND}") == [("x.c", 2, 0, False)]
