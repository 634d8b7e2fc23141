"""Mails whose diff is hard to find or to count: one file in `mails/` for each."""

import pytest

from tests.diffs.own_mails import NAMES, read_own

M, A, D, R = "modified", "added", "deleted", "renamed"
COUNTS = {  # for each mail: path, status, insertions, deletions of each file
    "binary-files-differ-among-text": [
        ("a.txt", M, 1, 1),
        ("b.bin", M, 0, 0),
        ("c.txt", M, 1, 0),
    ],
    "binary-patch-then-text": [
        ("logo.bin", A, 0, 0),
        ("old.bin", M, 0, 0),
        ("readme", M, 1, 0),
    ],
    "binary-patch-without-prefixes": [
        ("art/logo.bin", A, 0, 0),
        ("art/old.bin", M, 0, 0),
        ("art/readme", M, 1, 0),
    ],
    "changed-lines-that-look-like-marks": [("x.c", M, 6, 5)],
    "charset-none-in-quoted-printable": [("x.py", M, 1, 1)],
    "combined-diff-of-a-merge": [("x.c", M, 0, 0), ("y.c", M, 1, 1)],
    "context-diff": [("src/x.c", M, 0, 0), ("src/y.c", M, 0, 0)],
    "control-characters-inside-lines": [("x.c", M, 2, 1)],
    "crlf-in-base64": [("x.c", M, 1, 1), ("new.c", R, 0, 0)],
    "cvs-diff-attached-to-flowed-text": [("src/clock.c", M, 1, 1)],
    "declared-diffstat-is-wrong": [("x.c", M, 1, 1)],
    "deleted-file-without-its-lines": [("gone.c", D, 0, 0)],
    "deleted-files": [("gone.c", D, 0, 2), ("empty", D, 0, 0)],
    "empty-file-names": [("", M, 1, 1)],
    "empty-new-file": [("empty.txt", A, 0, 0)],
    "file-names-with-blanks": [("has a blank.txt", M, 1, 1), ("a b/a b", A, 0, 0)],
    "flowed-and-stuffed": [("x.c", M, 1, 1)],
    "flowed-with-delsp": [("x.c", M, 1, 1)],
    "hunk-cut-off-at-the-end": [("x.c", M, 0, 1)],
    "hunk-longer-than-it-says": [("x.c", M, 1, 1)],
    "hunk-number-of-5000-digits": [("x.c", M, 0, 0)],
    "hunk-shorter-than-it-says": [("x.c", M, 1, 1), ("y.c", M, 1, 1)],
    "line-wrapped-by-the-client": [("x.c", M, 1, 1)],
    "mnemonic-prefixes": [("src/x.c", M, 1, 1), ("new.c", A, 1, 0)],
    "mode-change-only": [("run.sh", M, 0, 0)],
    "no-git-header-notes-below-dashes": [("src/x.c", M, 1, 1)],
    "no-newline-at-either-end": [("VERSION", M, 1, 1)],
    "no-plus-plus-plus-line": [("x.c", M, 1, 1)],
    "no-prefix": [("src/a.c", M, 1, 0)],
    "nul-in-the-encoded-subject": [("x.c", M, 1, 1)],
    "paths-that-leave-the-tree": [
        ("../../etc/passwd", M, 1, 1),
        ("/etc/shadow", M, 1, 1),
        ("esc\x1b]0;title\x07", A, 0, 0),
        (".git/hooks/post-checkout", A, 1, 0),
        ("C:/boot.ini", A, 0, 0),
        ("fine/..name/x.c", A, 0, 0),
    ],
    "prose-that-begins-with-diff": [("x.c", M, 1, 1)],
    "quoted-file-names": [
        ("smør brød.txt", M, 1, 1),
        ('tab\there "so" \\ on', M, 0, 0),
        ("latiné", A, 0, 0),
    ],
    "rename-then-blank-line": [("new", R, 0, 0)],
    "rename-with-a-change": [("new/a.c", R, 0, 0), ("new/b.c", R, 1, 1)],
    "signature-inside-a-hunk": [("mail.txt", M, 0, 1)],
    "stripped-blank-context": [("x.c", M, 1, 0), ("y.c", M, 1, 0)],
    "subversion-mercurial-and-bazaar": [
        ("trunk/x.c", M, 1, 1),
        ("y.c", M, 1, 0),
        ("z.c", M, 0, 1),
    ],
    "symlink-for-a-file": [("link", D, 0, 2), ("link", A, 1, 0)],
    "two-pure-renames": [("new/a.c", R, 0, 0), ("new/b.c", R, 0, 0)],
}
DEFECTS = {  # the defects of each; the others are sound
    "charset-none-in-quoted-printable": ["charset-unknown"],
    "combined-diff-of-a-merge": ["diff-unsupported"],
    "context-diff": ["diff-unsupported", "diff-unsupported"],
    "crlf-in-base64": ["text-crlf"],
    "declared-diffstat-is-wrong": ["diffstat-differs"],
    "deleted-file-without-its-lines": ["diff-damaged", "diffstat-differs"],
    "hunk-cut-off-at-the-end": ["diff-damaged"],
    "hunk-longer-than-it-says": ["diff-damaged"],
    "hunk-number-of-5000-digits": ["diff-damaged"],
    "hunk-shorter-than-it-says": ["diff-damaged"],
    "line-wrapped-by-the-client": ["diff-damaged"],
    "no-plus-plus-plus-line": ["diff-damaged"],
    "nul-in-the-encoded-subject": ["header-controls"],
    "paths-that-leave-the-tree": ["diff-path-suspicious"] * 5,
    "quoted-file-names": ["diff-path-suspicious"],
}
WITHOUT_DIFF = "no-diff-but-its-marks-in-prose"


def files_of(name):
    return {change.path: change for change in read_own(name).diffstat.files}


def test_every_hard_mail_has_an_expected_result():
    """Each mail in the folder has a test that counts it."""
    assert sorted([*COUNTS, WITHOUT_DIFF]) == NAMES


@pytest.mark.parametrize("name", COUNTS)
def test_hard_diff_gives_these_files_and_counts(name):
    """A hard diff is counted file by file, and the mail is a patch whatever its damage."""
    message = read_own(name)
    files = message.diffstat.files
    counted = [(file.path, file.status, file.insertions, file.deletions) for file in files]
    assert (message.kind, counted) == ("patch", COUNTS[name])


@pytest.mark.parametrize("name", COUNTS)
def test_hard_diff_has_just_these_defects(name):
    """A count that can't be trusted has a defect, and a sound one has none."""
    codes = [defect.code for defect in read_own(name).defects]
    assert codes == DEFECTS.get(name, [])


@pytest.mark.parametrize("name", COUNTS)
def test_a_file_is_marked_damaged_where_the_mail_has_such_a_defect(name):
    """The mark on a file and the defect on its mail go together."""
    doubts = {"diff-damaged", "diff-unsupported"} & set(DEFECTS.get(name, []))
    assert read_own(name).diffstat.damaged == bool(doubts)


def test_marks_in_prose_are_no_diff():
    """Lines that only look like a diff, quoted ones included, make no file."""
    message = read_own(WITHOUT_DIFF)
    assert (message.kind, message.defects) == ("discussion", ())
    assert not hasattr(message, "diff")


def test_renames_keep_both_paths_and_the_similarity():
    """A rename states where the file was, and how alike it is, with hunks or without."""
    files = files_of("rename-with-a-change")
    assert (files["new/a.c"].old_path, files["new/a.c"].similarity) == ("old/a.c", 100)
    assert (files["new/b.c"].old_path, files["new/b.c"].similarity) == ("old/b.c", 66)


def test_crlf_does_not_end_up_in_paths():
    """In a CRLF mail no path keeps its carriage return, and a plain change is no rename."""
    files = files_of("crlf-in-base64")
    assert files["new.c"].old_path == "old.c"
    assert files["x.c"].old_path is None


@pytest.mark.parametrize(
    ("name", "path", "old_mode", "new_mode"),
    [
        ("mode-change-only", "run.sh", "100644", "100755"),
        ("empty-new-file", "empty.txt", None, "100644"),
        ("deleted-files", "gone.c", "100644", None),
        ("symlink-for-a-file", "link", None, "120000"),
        ("no-prefix", "src/a.c", None, None),
    ],
)
def test_modes_are_kept_as_stated(name, path, old_mode, new_mode):
    """A file's modes are those that the header states, None where it states none."""
    change = files_of(name)[path]
    assert (change.old_mode, change.new_mode) == (old_mode, new_mode)


BINARY = {
    "binary-patch-then-text": {"logo.bin", "old.bin"},
    "binary-patch-without-prefixes": {"art/logo.bin", "art/old.bin"},
    "binary-files-differ-among-text": {"b.bin"},
}


@pytest.mark.parametrize("name", BINARY)
def test_binary_change_does_not_swallow_the_text_after_it(name):
    """Binary files are distinguished from the text files around them."""
    assert {path for path, change in files_of(name).items() if change.binary} == BINARY[name]


def test_no_newline_marks_belong_to_the_diff():
    r"""Both `\ No newline at end of file` lines are in the diff, and nowhere else."""
    message = read_own("no-newline-at-either-end")
    assert message.diff.count("\\ No newline at end of file\n") == 2
    assert "No newline" not in message.commit_message + message.notes


def test_words_that_begin_with_diff_stay_in_the_commit_message():
    """`difficult` and `Different` at a line's start do not end the commit message."""
    message = read_own("prose-that-begins-with-diff").commit_message
    assert "difficult to see" in message
    assert "Different: these lines\ndiff nothing" in message


def test_flowed_text_is_joined_before_its_diff_is_read():
    """A soft line break inside an added line is undone, with its blank kept or not as declared."""
    kept, taken = read_own("flowed-and-stuffed").diff, read_own("flowed-with-delsp").diff
    assert kept == taken
    assert "-int long_name_of_a_thing = another_long_name + a_third_name;\n" in kept


def test_attached_diff_is_not_joined_where_only_the_text_is_flowed():
    """A line of the attachment that ends in a blank keeps it, and its line feed."""
    assert "+{ return 1; } \n" in read_own("cvs-diff-attached-to-flowed-text").diff


def test_notes_below_the_dashes_are_kept_without_a_git_header():
    """A plain diff's mail has notes, diffstat and diff in their places."""
    message = read_own("no-git-header-notes-below-dashes")
    assert message.notes == "These are notes."
    assert message.declared_diffstat.insertions == 1
    assert message.diff.startswith("--- linux.orig/src/x.c\n")


def test_signature_and_list_footer_stay_out_of_the_diff():
    """The diff ends with its last counted line though `-- ` below it looks like a removal."""
    assert read_own("signature-inside-a-hunk").diff.endswith("\n-- \n Mara\n end\n")


def test_control_characters_do_not_end_lines():
    """Only a line feed ends a diff's line: not CR, form feed, NEL or U+2028."""
    diff = read_own("control-characters-inside-lines").diff
    assert "\n a\rb\n" in diff
    assert "-c\x0cd \x1b[31m\x85 \u2028 \x0b\n" in diff


def test_damage_of_one_file_leaves_the_next_sound():
    """After a damaged hunk the next file is found, and is not marked."""
    files = files_of("hunk-shorter-than-it-says")
    assert (files["x.c"].damaged, files["y.c"].damaged) == (True, False)


def test_damage_is_told_with_path_and_reason():
    """A defect of a diff names the file and says what is wrong with its hunk."""
    told = [defect.text for defect in read_own("hunk-longer-than-it-says").defects]
    assert told == ["x.c: hunk 1 is followed by lines that it does not count"]


def test_wrong_declared_diffstat_is_told_in_numbers():
    """If the mail's own diffstat does not match its diff, the defect names both."""
    told = [defect.text for defect in read_own("declared-diffstat-is-wrong").defects]
    assert told == ["declared 1 files, +2 -2; the diff has 1 files, +1 -1"]
