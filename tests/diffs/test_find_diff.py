"""Where a diff begins and ends in a text."""

from itertools import permutations

import pytest

from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.diffs import find as find_module

HEADER = "diff --git a/x.c b/x.c\nindex 0123456..6543210 100644\n--- a/x.c\n+++ b/x.c\n"
DIFF = f"{HEADER}@@ -1,2 +1,2 @@ int f(void)\n a\n-b\n+c\n"
PLAIN = "--- linux.orig/x.c\n+++ linux/x.c\n@@ -1 +1 @@\n-x\n+y\n"


def extent(text):
    found = find_diff(text)
    return found and found.diff


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "-- \n2.43.0\n",
        "--\n2.43.0\n",
        "--- \n2.43.0\n",
        "_______________\nlist mailing list\n",
        "\nbase-commit: 0123456789\n-- \n2.43.0\n",
        "\nKind regards,\nMara\n",
        "> and a quoted line\n",
    ],
)
@pytest.mark.parametrize("diff", [DIFF, PLAIN, DIFF + PLAIN, DIFF + DIFF])
def test_diff_ends_where_its_hunks_are_full(diff, tail):
    """Whatever follows a diff, it extends over the lines that its hunks promise."""
    assert extent(f"Say why.\n---\n x.c | 2 +-\n\n{diff}{tail}") == diff


@pytest.mark.parametrize("command", ["diff -urN a/x.c b/x.c", "diff -r 0123456 -r 6543210 x.c"])
def test_the_command_that_made_a_diff_belongs_to_it(command):
    """The `diff` line that GNU diff and Mercurial write above a file is the diff's first line."""
    for text in (f"{command}\n{PLAIN}", f"Index: x.c\n=====\n{command}\n{PLAIN}"):
        found = find_diff(f"Say why.\n{command}\n\n{text}{text}\n{command}\nend\n")
        assert (found.diff, len(found.files)) == (text + text, 2)


@pytest.mark.parametrize("diff", [DIFF, PLAIN, "Index: x.c\n=====\n" + PLAIN])
def test_diff_may_stand_at_the_very_start(diff):
    """A text that is only a diff is found as one."""
    assert extent(diff) == diff


def test_last_line_may_lack_its_line_feed():
    """A diff that ends with the text, without a line feed, is whole."""
    found = find_diff(DIFF.rstrip("\n"))
    assert [(file.insertions, file.deletions, file.trouble) for file in found.files] == [(1, 1, "")]


def test_search_begins_where_it_is_told():
    """Text before `start` is ignored; a diff that begins right there is found."""
    assert find_diff(f"{DIFF}\n{PLAIN}", len(DIFF) + 1).diff == PLAIN
    assert find_diff(DIFF, DIFF.index("@@")) is None


@pytest.mark.parametrize("mark", ["> ", ">", "| ", " "])
def test_quoted_diff_is_none(mark):
    """A diff behind a quotation mark or a blank is being discussed, not submitted."""
    assert find_diff("".join(f"{mark}{line}" for line in DIFF.splitlines(keepends=True))) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "diff --git",
        "diff --git a/x b/x\n",
        "diff --git a/x b/x\nand so on\n",
        "Index: x\n",
        "--- x\n+++ y\n",
        "--- x\n+++ y\n@@ is no header\n",
        "@@ -1 +1 @@\n-x\n+y\n",
        "Binary files a/x and b/x differ\n",
        "*** x\n--- y\n",
    ],
)
def test_half_a_header_is_no_diff(text):
    """Prose with one mark of a diff does not make a file."""
    assert find_diff(f"Some words.\n\n{text}") is None


def test_header_is_found_right_below_half_a_header():
    """A line that only looks like a header does not hide the one below it."""
    assert extent(f"Text.\n--- x\n{DIFF}") == DIFF


def test_binary_data_belong_to_the_diff():
    """The data of a final binary patch are part of the diff, up to their blank line."""
    data = "GIT binary patch\nliteral 6\nNcmeAS\n\nliteral 0\nHcmV?d00001\n\n"
    diff = f"{DIFF}diff --git a/x b/x\nindex 0123456..6543210 100644\n{data}"
    assert extent(f"{diff}-- \n2.43.0\n") == diff


def test_text_between_two_files_belongs_to_neither():
    """A reply may have words between the files of its diff; they are in it, uncounted."""
    found = find_diff(f"{DIFF}\nand in the other file:\n\n{PLAIN}")
    assert [(file.insertions, file.deletions) for file in found.files] == [(1, 1), (1, 1)]
    assert not any(file.trouble for file in found.files)


@pytest.mark.parametrize(
    ("hunk", "trouble"),
    [
        ("@@ -1,3 +1,3 @@\n a\n-b\n+c\nprose\n", "hunk 1 ends 1 old and 1 new lines early"),
        ("@@ -1,3 +1,3 @@\n a\n-b\n+c\n@@ -9 +9 @@\n-d\n+e\n", "hunk 1 ends 1 old"),
        ("@@ -1,2 +1,2 @@\n a\n\\-b\n+c\n-- \n2.43\n", "hunk 1 ends 1 old and 1 new lines"),
        ("@@ -1 +1,2 @@\n-b\n-c\n+d\n", "hunk 1 has more lines of one side"),
        ("@@ -1 +1 @@\n-b\n+c\n+d\n", "hunk 1 is followed by lines that it does not count"),
        ("@@ -1 +1 @@\n-b\n+c\n d\n", "hunk 1 is followed by lines that it does not count"),
        ("@@ -1 +1 @@\n-b\n+c\n-d\n", "hunk 1 is followed by lines that it does not count"),
        ("@@ -1 +1 @@\n-b\n+c\n@@ -x +1 @@\n", "a hunk header can't be read"),
        ("@@ -1,0000000001 +1 @@\n-b\n+c\n", "a hunk header can't be read"),
        ("@@@ -1,2 -1,2 +1,3 @@@\n  a\n++b\n", "a hunk header can't be read"),
        ("", "there are no hunks"),
    ],
)
def test_damaged_hunk_is_told_in_words(hunk, trouble):
    """A hunk that does not match its header marks its file, with the reason."""
    assert find_diff(f"Text.\n\n{HEADER}{hunk}").files[0].trouble.startswith(trouble)


@pytest.mark.parametrize(
    "rest",
    [
        "new file mode 100644\n+++ b/x\n--- /dev/null\n@@ -0,0 +1 @@\n+a\n",
        "rename from x\nwords\nrename to y\nsimilarity index 100%\n",
        "rename from x\nrename to y\nGIT binary patch\n\nwords\n",
        "new mode 100755\n@@ -1 +1 @@\n-a\n+b\n",
        "index 0123456..6543210\nrename from x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "rename from x\nindex 0123456..6543210\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "new file mode 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "deleted file mode 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "GIT binary patch\nindex 0123456..6543210\nliteral 6\nNcmeAS@N;Ki1ONuw0dN2S\n",
        "Binary files a/x and b/x differ\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "+++ b/x\nindex 0123456..6543210\n--- a/x\n@@ -1 +1 @@\n-a\n+b\n",
    ],
)
def test_header_that_is_broken_off(rest):
    """If a line cuts a header off in the middle, the loss is reported."""
    assert find_diff(f"Text.\n\ndiff --git a/x b/x\n{rest}").files[0].trouble


@pytest.mark.parametrize(
    "rest",
    [
        f"old mode 100644\nnew mode 100755\n{DIFF}",
        "old mode 100644\nnew mode 100755\n\n--- words\n",
        f"old mode 100644\nnew mode 100755\nIndex: x.c\n{PLAIN}",
        "rename from x\nrename to y\n-- \n2.43.0\n",
        "copy from x\ncopy to y\n\nindex words\n",
    ],
)
def test_header_without_lines_that_is_whole(rest):
    """Text that may follow a mode or a move is not more of its header."""
    assert not find_diff(f"Text.\n\ndiff --git a/x b/x\n{rest}").files[0].trouble


SOUND = "literal 6\nNcmeAS@N;Ki1ONuw0dN2S\n\nliteral 0\nHcmV?d00001\n\n"


@pytest.mark.parametrize(
    ("data", "is_damaged"),
    [
        (SOUND, False),
        (SOUND.replace("\n\n", "\n"), False),
        (f"{SOUND}-- \n2.43.0\n", False),
        ("", True),
        ("literal 6\n\nliteral 0\nHcmV?d00001\n\n", True),
        (SOUND.replace("2S", "2"), True),
        (SOUND.replace("Ncme", "Zcme"), True),
        (SOUND.replace("Ki1", "K,1"), True),
        (SOUND.replace("Ki1", "K 1"), True),
        (SOUND.replace("\n\nliteral 0", "\nNcmeAS@N;Ki1ONuw0dN 2S\n\nliteral 0"), True),
        (SOUND.replace("\n\nliteral 0", "\nliteral 0"), False),
    ],
)
def test_binary_data_say_how_long_they_are(data, is_damaged):
    """Each line of a binary patch states its length; if it is wrong, the file is damaged."""
    found = find_diff(f"Text.\n\ndiff --git a/x b/x\nindex 0..1\nGIT binary patch\n{data}{DIFF}")
    assert bool(found.files[0].trouble) == is_damaged
    assert [file.binary for file in found.files] == [True, False]


@pytest.mark.parametrize(
    ("extended", "is_damaged"),
    [
        ("deleted file mode 100644\nindex e69de29..0000000\n", False),
        ("deleted file mode 100644\nindex 473a0f4c3be8..000000000000\n", False),
        ("new file mode 100644\nindex 0000000..e69de29\n", False),
        ("deleted file mode 100644\nindex 2e8ddad..0000000\n", True),
        ("new file mode 100644\nindex 0000000..2e8ddad\n", True),
        ("index 2e8ddad..3f9eebe 100644\n", True),
        ("old mode 100644\nnew mode 100755\n", False),
        ("similarity index 100%\nrename from x\nrename to y\n", False),
    ],
)
def test_missing_hunks_are_damage_only_where_there_should_be_some(extended, is_damaged):
    """An empty file, a mode and a move need no hunks; two unlike blobs do."""
    found = find_diff(f"diff --git a/x b/x\n{extended}-- \n2.43.0\n")
    assert bool(found.files[0].trouble) == is_damaged


def test_files_over_the_limit_are_left_out_and_told(monkeypatch):
    """A diff of more files than the limit is cut there, with the defect diff-oversized."""
    monkeypatch.setattr(find_module, "MAX_FILES", 3)
    assert not find_diff(DIFF * 3).oversized
    found = find_diff(DIFF * 4)
    diffstat, defects = compute_diffstat(found)
    assert (len(diffstat.files), [defect.code for defect in defects]) == (3, ["diff-oversized"])


@pytest.mark.parametrize("filler", [0, 1, 4070, 4085, 4090, 4095, 4096, 4097, 9000])
def test_diff_is_found_wherever_it_lies(filler):
    """However much text precedes a diff, its first header is found."""
    assert extent(f"{'x' * filler}\n{DIFF}") == DIFF


@pytest.mark.parametrize("diff", [DIFF, PLAIN])
def test_a_header_tells_that_there_is_a_diff(diff, monkeypatch):
    """Whoever only asks whether a text has a diff, and where, has none of its lines read."""
    monkeypatch.setattr(find_module, "_read_hunks", None)
    assert find_diff(f"Say why.\n\n{diff}").start == 10
    with pytest.raises(TypeError):
        _ = find_diff(diff).files


def test_what_is_found_has_a_first_file_there():
    """A diff that is found at a header has a file there, whatever lines the header has."""
    lines = ["--- a/x\n", "+++ b/x\n", "index 0..1\n", "@@ -1 +1 @@\n-a\n+b\n", "b/x\n", ""]
    for first in ("diff --git a/x b/x\n", "diff --git a/x\n", "diff --git \n", "*** a\n", ""):
        for rest in permutations(lines, 4):
            found = find_diff(f"Say why.\n{first}{''.join(rest)}")
            assert found is None or found.files[0].start == found.start


@pytest.mark.parametrize("blank", ["", " "], ids=["cut", "flowed"])
@pytest.mark.parametrize("index", ["index 1234567..89abcde 100644\n", ""], ids=["blobs", "bare"])
def test_a_wrapped_git_line_makes_no_second_file(blank, index):
    """A `diff --git` line that a client broke between its names leaves one file, not two."""
    changes = "--- a/leaf.c\n+++ b/leaf.c\n@@ -1 +1 @@\n-green\n+red\n"
    found = find_diff(f"diff --git a/leaf.c{blank}\nb/leaf.c\n{index}{changes}")
    assert [(block.header.new, block.trouble) for block in found.files] == [("b/leaf.c", "")]
    # without lines below it, nothing else says anything about the file
    moved = find_diff(
        f"diff --git a/leaf.c{blank}\nb/twig.c\nrename from leaf.c\nrename to twig.c\n"
    )
    assert moved is not None
    assert [bool(block.trouble) for block in moved.files] == [True]
