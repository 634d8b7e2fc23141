"""Mails from `git format-patch`, whatever its options: the commit is read back whole."""

import re

import pytest

from kvminbox import CoverLetter, Patch
from kvminbox.patches import read_message
from tests.interop.differences import as_git_author
from tests.interop.git_reading import run_git, sum_with_git

ADA = "Ada Pfeiffer <ada@silicon.example>"
JÜRGEN = "Jürgen Schäfer-Öztürk <j@silicon.example>"
LONG = "Zähler: " + "zähle die Übergänge in jeder Richtung, und auch die dazwischen; " * 3
SIGNED = f"Signed-off-by: {ADA}"
LINES = "".join(f"int line{number};\n" for number in range(20))
HISTORY = {  # message, author, and the files that are written: text, bytes, mode; None deletes
    "count: begin": (ADA, {"a.c": LINES, "b.c": LINES, "logo.png": b"\0\1", "run.sh": "x\n"}),
    f"count: go on\n\nFrom here on: count.\n\n{SIGNED}": (ADA, {"a.c": f"int all;\n{LINES}"}),
    f"{LONG.strip()}\n\nWarum: darum.\n\n{SIGNED}": (JÜRGEN, {"a.c": f"int zähler;\n{LINES}"}),
    "count: move and change": (ADA, {"b.c": None, "moved/b.c": LINES + "int end;\n"}),
    "count: make it run": (ADA, {"run.sh": 0o755}),
    "count: another picture": (ADA, {"logo.png": b"\0\2" * 300, "a.c": LINES}),
    "count: odd names, an empty file, no line feed": (
        JÜRGEN, {"größe \"x\".c": "a\n", "a b/c d": "e\n", "empty": "", "last": "no end"},
    ),
    "count: take lines away\n\n- a list\n-- \nno signature": (
        ADA, {"last": "no end at all", "a.c": "-- \n" + LINES[30:], "run.sh": None},
    ),
    "[count] brackets [of] all sorts: [x]": (ADA, {"a.c": "++i;\n--i;\n" + LINES[40:]}),
}  # fmt: skip
OPTIONS = {
    "none": [],
    "attach": ["--attach"],
    "inline": ["--inline"],
    "no-signature": ["--signature="],
    "signature of a line": ["--signature=+ and so on"],
    "signature file": ["--signature-file=signature"],
    "no stat": ["-p"],
    "reroll 4.4": ["-v4.4"],
    "reroll 4rev2": ["-v4rev2"],
    "reroll path": ["-v4---..././../--1/.2//"],
    "notes": ["--notes=count"],
    "rfc": ["--rfc"],
    "prefix": ["--subject-prefix=PATCH kvm-unit-tests", "-v3"],
    "keep subject": ["-k", "-N"],
    "numbered": ["-n", "--start-number=5"],
    "from": ["--from=Somebody Else <else@silicon.example>"],
    "raw headers": ["--no-encode-email-headers"],
    "headers": ["--to=a@b.example", "--cc=Ö <c@d.example>", "--add-header=X-A: b"],
    "threaded": ["--thread=deep", "--in-reply-to=<1@silicon.example>"],
    "cover letter": ["--cover-letter", "--base=base"],
    "base": ["--base=base"],
    "range-diff": ["--cover-letter", "--range-diff=base..two"],
    "interdiff": ["--cover-letter", "--interdiff=two"],
    "no prefix": ["--no-prefix"],
    "other prefixes": ["--src-prefix=old/", "--dst-prefix=new/"],
    "zero commit": ["--zero-commit"],
    "full index": ["--full-index"],
    "one line": ["-U1"],
    "no line": ["-U0"],
    "whole functions": ["-W"],
    "no renames": ["--no-renames"],
    "copies": ["-C", "--find-copies-harder"],
    "no binary": ["--no-binary"],
    "patience": ["--patience"],
    "wide stat": ["--stat=200", "--summary"],
}
ASKED = {"--no-renames", "-C", "--find-copies-harder"}
"""The options that change which files a diff is told to have."""


def write(repository, name, content):
    path = repository / name
    path.parent.mkdir(exist_ok=True)
    if content is None:
        path.unlink()
    elif isinstance(content, int):
        path.chmod(content)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Return a repository with the history; `base` is its first commit, `two` its third."""
    repository = tmp_path_factory.mktemp("repository")
    run_git(repository, "init", "-q")
    for setting in ("user.name=C", "user.email=c@silicon.example", "core.quotePath=true"):
        run_git(repository, "config", *setting.split("="))
    for number, (message, (author, files)) in enumerate(HISTORY.items()):
        for name, content in files.items():
            write(repository, name, content)
        run_git(repository, "add", "-A")
        run_git(repository, "commit", "-q", f"--author={author}", "-m", message)
        run_git(repository, "tag", {0: "base", 2: "two"}.get(number, f"t{number}"))
    run_git(repository, "notes", "--ref=count", "add", "-m", "a note\n---\nof two", "HEAD")
    (repository / "signature").write_text("many\n-- \nlines\n+of a signature\n--- a/x\n+++ b/x\n")
    return repository


def format_patches(repository, folder, options):
    """Return the mails that git writes, without the mbox line, the cover letter apart."""
    chosen = ["-c", "core.quotePath=true", "format-patch", "-q", "-o", folder, *options]
    assert run_git(repository, *chosen, "base..") is not None
    mails = [path.read_bytes().partition(b"\n")[2] for path in sorted(folder.iterdir())]
    messages = [read_message(mail) for mail in mails]
    patches = [message for message in messages if isinstance(message, Patch)]
    return [message for message in messages if message not in patches], patches


def list_commits(repository):
    listed = run_git(
        repository, "log", "--reverse", "--format=%H%x00%an%x00%ae%x00%s%x00%b%x01", "base.."
    )
    return [commit.strip("\n").split("\0") for commit in listed.decode().split("\1")[:-1]]


def count_files(repository, commit, options):
    """Return path, insertions and deletions of each file, from git's own tree to tree diff."""
    chosen = ["-M", *(option for option in options if option in ASKED)]
    told = run_git(
        repository, "diff-tree", "-r", "--no-commit-id", "--numstat", "-z", *chosen, commit
    )
    rows = re.findall(r"(\d+|-)\t(\d+|-)\t(?:\0[^\0]*\0)?([^\0]*)\0", told.decode())
    numbers = {"-": 0}
    return sorted(
        (path, *(numbers.get(count) if count in numbers else int(count) for count in counts))
        for *counts, path in rows
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", OPTIONS)
def test_each_commit_comes_back_from_its_mail(name, repository, tmp_path):
    """Author, title, message and counts are those of the commit, and nothing is damaged."""
    _, patches = format_patches(repository, tmp_path, OPTIONS[name])
    commits = list_commits(repository)
    assert len(patches) == len(commits)
    for patch, (commit, author, email, title, message) in zip(patches, commits, strict=True):
        assert as_git_author(patch.author) == (author, email)
        assert patch.title == re.sub(r"^\[count\] ", "", title)
        assert patch.commit_message == message.rstrip()
        counted = sorted((f.path, f.insertions, f.deletions) for f in patch.diffstat.files)
        assert counted == count_files(repository, commit, OPTIONS[name])
        assert not patch.diffstat.damaged
        assert {defect.code for defect in patch.defects} <= {
            "message-id-missing",
            "header-raw-8bit",
        }


@pytest.mark.parametrize("name", ["none", "attach", "inline", "full index", "signature file"])
def test_the_patch_id_is_that_of_the_commit(name, repository, tmp_path):
    """However a patch is put into a mail, its patch-id is the commit's, as git computes it."""
    _, patches = format_patches(repository, tmp_path, OPTIONS[name])
    for patch, (commit, *_) in zip(patches, list_commits(repository), strict=True):
        shown = run_git(repository, "show", "-M", "--format=", "--binary", commit)
        assert patch.patch_id() == sum_with_git(tmp_path, shown)


@pytest.mark.parametrize(
    ("name", "revision", "minor"),
    [
        ("reroll 4.4", 4, 4),
        ("reroll 4rev2", 4, None),
        ("reroll path", 4, None),
        ("prefix", 3, None),
    ],
)
def test_reroll_counts_of_any_form(name, revision, minor, repository, tmp_path):
    """What `-v` was given is the revision as far as it is a number, and no part of the title."""
    _, patches = format_patches(repository, tmp_path, OPTIONS[name])
    for number, patch in enumerate(patches, 1):
        subject = patch.subject
        assert (subject.revision, subject.minor_revision, subject.revision_stated) == (
            revision,
            minor,
            True,
        )
        assert (subject.counter, subject.total) == (number, len(patches))


def test_a_note_is_kept_apart_from_the_message(repository, tmp_path):
    """Notes stand below `---`, also where they hold such a line themselves."""
    _, patches = format_patches(repository, tmp_path, OPTIONS["notes"])
    assert patches[-1].notes == "Notes (count):\n    a note\n    ---\n    of two"


@pytest.mark.parametrize("name", ["cover letter", "range-diff", "interdiff"])
def test_a_cover_letter_of_git(name, repository, tmp_path):
    """A cover letter is one, with its diffstat; an interdiff or range-diff in it is no patch."""
    (cover,), patches = format_patches(repository, tmp_path, OPTIONS[name])
    assert isinstance(cover, CoverLetter)
    assert (cover.subject.counter, cover.subject.total) == (0, len(patches))
    assert cover.declared_diffstat.files_changed > 5
    assert cover.diff == ""


def test_the_base_is_read_where_git_writes_it(repository, tmp_path):
    """`--base` stands below the last diff, or in the cover letter."""
    base = run_git(repository, "rev-parse", "base").decode().strip()
    _, patches = format_patches(repository, tmp_path / "one", OPTIONS["base"])
    assert [patch.base_commit for patch in patches if patch.base_commit] == [base]
    (cover,), _ = format_patches(repository, tmp_path / "two", OPTIONS["cover letter"])
    assert cover.base_commit == base
