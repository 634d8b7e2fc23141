"""The patch-id: what it does not depend on. tests/interop checks that it is git's."""

import pytest

from kvminbox.patch_id import compute_patch_id

X = """diff --git a/x.c b/x.c
index 0123456..6543210 100644
--- a/x.c
+++ b/x.c
@@ -1,3 +1,3 @@ int f(void)
 a
-b
+c
 d
"""
Y = X.replace("x.c", "y.c")


@pytest.mark.parametrize(
    "same",
    [
        X.replace("@@ -1,3 +1,3 @@ int f(void)", "@@ -90,3 +80,3 @@ int g(void)"),
        X.replace("+c", "+\tc  "),
        X.replace("0123456..6543210", "1111111..2222222"),
        X.replace("0123456..6543210 100644", "0123456"),
        X.replace("0123456..6543210 100644", "..."),
        X.replace("\n", "\r\n"),
        X + "\\ No newline at end of file\n",
        X.removesuffix("\n"),
        f"words before it\n{X}",
        f"{X}-- \n2.43.0\n",
    ],
)
def test_place_blobs_and_white_space_do_not_count(same):
    """A change that moved, was re-indented, or came with other line ends keeps its id."""
    assert compute_patch_id(same) == compute_patch_id(X)


def test_empty_context_that_lost_its_blank_is_context():
    """A mail client that strips blanks changes no id, also where more files follow."""
    sound = X.replace(" d\n", " \n") + Y
    stripped = X.replace(" d\n", "\n") + Y
    assert compute_patch_id(f"{stripped}-- \n2.43.0\n") == compute_patch_id(sound)


@pytest.mark.parametrize(
    "other",
    [
        X.replace("+c", "+C"),
        X.replace(" d", " e"),
        X.replace("x.c", "z.c"),
        X.replace("+c", "+\fc"),
        X + Y,
    ],
)
def test_another_change_has_another_id(other):
    """Another line, context, file name or letter, which a form feed is, gives another id."""
    assert compute_patch_id(other) != compute_patch_id(X)


def test_order_of_files_does_not_count():
    """The id is a sum over the files."""
    assert compute_patch_id(X + Y) == compute_patch_id(Y + X)


@pytest.mark.parametrize("text", ["", "\n", "words", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"])
def test_no_id_without_a_diff_header(text):
    """As with git, a text without a `diff` line has no id."""
    assert compute_patch_id(text) is None


def test_number_of_5000_digits_is_no_hunk_header():
    """A header whose count no file can have ends the diff, and raises nothing."""
    assert compute_patch_id(X + f"@@ -1,{'9' * 5000} +1 @@\n") == compute_patch_id(X)
