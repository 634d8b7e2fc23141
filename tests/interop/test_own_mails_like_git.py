"""The project's own mails, hard ones and the sample's, read by the library and by git itself."""

from pathlib import Path

import pytest

from kvminbox import Address, Inbox, Submission
from kvminbox.diffs import compute_diffstat, find_diff
from kvminbox.patch_id import compute_patch_id
from kvminbox.patches import read_message
from kvminbox.sample import make_sample
from tests.interop.differences import as_git_author, find_differences, is_silent
from tests.interop.git_reading import count_with_git, read_with_git, run_git, sum_with_git

TESTS = Path(__file__).parents[1]
MAILS = {
    path.stem: path
    for folder in ("diffs", "patches")
    for path in sorted((TESTS / folder / "mails").glob("*.eml"))
}
PARTINGS = {  # where we differ from git, and why
    "binary-patch-without-prefixes": ["numstat"],  # git takes `art/` for a prefix
    # git refuses a charset that it does not know
    "charset-none-in-quoted-printable": ["author", "title", "message", "patch-id"],
    "combined-diff-of-a-merge": ["numstat"],  # git skips the file silently
    "crlf-in-base64": ["message"],  # git keeps CR at the ends of lines
    "cvs-diff-attached-to-flowed-text": ["numstat"],  # git takes `src/` for a prefix
    "hunk-number-of-5000-digits": ["numstat", "patch-id"],  # git lets the number overflow
    "no-prefix": ["numstat"],  # git takes `src/` for a prefix
    "nul-in-the-encoded-subject": ["author", "title"],  # git ends its output at the NUL
    "prose-that-begins-with-diff": ["patch-id"],  # git begins at the prose
    "quoted-file-names": ["numstat"],  # git writes a byte that is not UTF-8
    "subversion-mercurial-and-bazaar": ["numstat"],  # git takes `trunk/` for a prefix
    # git blanks an author without an address, and the end of an open comment
    "bogus-in-body-from-and-date": ["author"],
    "comment-that-is-not-closed": ["author"],
    # git keeps comments in the name
    "from-folded-between-comments": ["author"],
    "nested-comments-in-from": ["author"],
    # git keeps CR at the ends of lines; git am takes it away unless it was encoded
    "crlf-all-through": ["message"],
    "crlf-in-quoted-printable": ["message"],
    "crlf-in-the-text-only": ["message"],
    "two-carriage-returns-at-line-ends": ["message"],
    "headers-doubled": ["author", "title"],  # git takes the last
    "multipart-in-iso-8859-15": ["patch-id"],  # git leaves a diff in its charset
    "path-cut-by-quoted-printable-in-capitals": ["numstat", "patch-id"],  # likewise
    "nul-in-base64": ["patch-id"],  # git keeps NUL
    "nul-in-plain-text": ["message", "patch-id"],
    # git leaves bytes that are not of the charset, or of none
    "raw-bytes-of-no-charset-in-headers": ["author", "title"],
    "raw-latin-1-in-headers": ["author", "title"],
    "text-in-latin-1-undeclared": ["message"],
    "subject-goes-on-without-indent": ["title", "message"],  # git's header ends there
    "tabs-and-vt-in-subject": ["title"],  # git keeps a vertical tab
    # git takes the last of two types, and gives up where that does not fit
    "two-content-types-the-first-fits": ["author", "title", "message", "patch-id"],
}
SAMPLE_PARTINGS = {
    "cafe-1@uni.example": ["numstat", "patch-id"],  # git leaves a diff in ISO-8859-1
    "lone-1@silicon.example": ["title"],  # git passes an escape character on
}
DIFFS = {
    "one line of context": ("-U1", {"x.c": "a\nb\nc\nd\n"}, {"x.c": "a\nB\nc\nd\n"}),
    "no context": ("-U0", {"x.c": "a\nb\nc\n"}, {"x.c": "a\nB\nc\n"}),
    "two files": ("-U3", {"x.c": "a\n", "y.c": "b\n"}, {"x.c": "A\n", "y.c": "B\n"}),
    "no newline at the end": ("-U3", {"x.c": "a\nb"}, {"x.c": "a\nc"}),
    "form feed and carriage return": ("-U3", {"x.c": "a\n"}, {"x.c": "\fa\r b\v\n"}),
    "a new and a gone file": ("-U3", {"old.c": "a\nb\n"}, {"new.c": "c\n"}),
    "an empty file": ("-U3", {"x.c": "a\n"}, {"x.c": "a\n", "empty": ""}),
    "a rename": ("-M", {"old.c": "a\nb\nc\nd\n"}, {"new.c": "a\nb\nc\nD\n"}),
    "a copy": ("--find-copies-harder", {"x": "a\nb\n"}, {"x": "a\nb\n", "y": "a\nb\n"}),
    "a pure rename": ("-M", {"old.c": "a\nb\nc\n"}, {"new.c": "a\nb\nc\n"}),
    "binary files": ("-U3", {"x": "\0a", "y": "t\n"}, {"x": "\0b", "y": "T\n"}),
    "a binary patch": ("--binary", {"x": "\0a", "y": "t\n"}, {"x": "\0b", "y": "T\n"}),
    "marks": ("-U3", {"x": "-- \n--i;\n-\n"}, {"x": "+\n++i;\n\n\ndiff --git a/x b/x\n"}),
    "quoted names": ("-U3", {"ø \"q\"": "a\n"}, {"ø \"q\"": "b\n"}),
    "blanks in names": ("-U3", {"a b": "a\n"}, {"a b": "b\n", "c d/e f": "d\n"}),
    "no prefix": ("--no-prefix", {"x.c": "a\n"}, {"x.c": "b\n"}),
    "other algorithm": ("--patience", {"x.c": "a\nb\nc\n"}, {"x.c": "c\nb\na\n"}),
    "deletions without lines": ("-D", {"x.c": "a\nb\n", "y": "c\n"}, {"y": "d\n"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    directory = tmp_path_factory.mktemp("repository")
    run_git(directory, "init", "-q")
    return directory


def write_tree(repository, files):
    """Put files into a repository; return the tree that holds just them."""
    run_git(repository, "read-tree", "--empty")
    for name, text in files.items():
        path = repository / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    run_git(repository, "add", "--", *files)
    return run_git(repository, "write-tree").decode().strip()


def make_diff(repository, case):
    option, before, after = DIFFS[case]
    trees = write_tree(repository, before), write_tree(repository, after)
    return run_git(repository, "diff", option, *trees).decode()


@pytest.mark.parametrize("name", MAILS)
def test_hard_mail_reads_as_in_git_but_for_what_is_listed(name):
    """Our own hard mails are read as git reads them, apart from listed differences."""
    raw = MAILS[name].read_bytes()
    message = read_message(raw)
    if isinstance(message, Submission):
        assert find_differences(message, read_with_git(raw)) == PARTINGS.get(name, [])
    else:
        assert not read_with_git(raw).numstat


@pytest.mark.parametrize("case", DIFFS)
def test_diff_made_by_git_is_counted_and_summed_as_by_git(case, repository, tmp_path):
    """For a diff that git made, the counts of each file and the patch-id are git's."""
    diff = make_diff(repository, case)
    option, *_ = DIFFS[case]
    found = find_diff(f"Why.\n---\n{diff}-- \n2.43.0\n")
    counted, _ = compute_diffstat(found)
    files = [(change.path, change.insertions, change.deletions) for change in counted.files]
    assert found.diff == diff
    depth = ["-p0"] if option == "--no-prefix" else []
    assert files == list(count_with_git(tmp_path, diff.encode(), *depth))
    assert compute_patch_id(diff) == sum_with_git(tmp_path, diff.encode())


def test_sample_inbox_reads_as_in_git(tmp_path):
    """Every patch of the sample inbox is read as git reads it, but for two that are listed."""
    inbox = Inbox.open(make_sample(tmp_path))
    patches = list(inbox.between(None).patches())
    assert len(patches) >= 10
    for message in patches:
        fields = find_differences(message, read_with_git(inbox.raw(message)))
        assert fields == SAMPLE_PARTINGS.get(message.message_id, []), message.title


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane", "Jane"),
        ("", "j@doe.example"),
        ("Jane <x>", "j@doe.example"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "j@doe.example"),
        ("ø" * 31, "j@doe.example"),
    ],
)
def test_names_that_git_does_not_keep_are_put_as_git_puts_them(name, expected):
    """The comparison words a name exactly as git does."""
    shown = f'"{name}"' if set(name) & set("@<>") else name
    git = read_with_git(f"From: {shown} <j@doe.example>\nSubject: x\n\nx\n".encode())
    ours = as_git_author(Address(name=name, email="j@doe.example"))
    assert ours == (expected, "j@doe.example")
    assert ours == (git.name, git.email)


def test_counts_unlike_those_of_git_are_never_silent():
    """If git counts a hard mail differently, a defect says so, or only the paths differ."""
    for name, path in MAILS.items():
        raw = path.read_bytes()
        message, git = read_message(raw), read_with_git(raw)
        if isinstance(message, Submission) and git.numstat is not None and is_silent(message):
            ours = [(change.insertions, change.deletions) for change in message.diffstat.files]
            assert ours == [(added, removed) for _, added, removed in git.numstat], name
