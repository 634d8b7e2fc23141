"""What `git am` records of the hard patch mails: author, title and message are those we read."""

from pathlib import Path

import pytest

from kvminbox.patches import read_message
from tests.interop.differences import as_git_author
from tests.interop.git_reading import run_git

FOLDER = Path(__file__).parents[1] / "patches" / "mails"
REFUSED = {  # by git am, and why
    "bogus-in-body-date": "the in-body date is none",
    "bogus-in-body-from-and-date": "the author has no name",
    "crlf-in-quoted-printable": "the CR that was encoded is in the diff, too",
    "date-of-no-calendar": "the date is none",
    "empty-text": "there is no patch",
    "nul-in-plain-text": "no message may hold NUL",
    "patch-without-a-patch": "there is no patch",
    "path-cut-by-quoted-printable-in-capitals": "the path is in ISO8859-1",
    "two-carriage-returns-at-line-ends": "one CR of two stays in the diff",
    "two-content-types-the-first-fits": "the text is none of the second charset",
}
RECORDED_OTHERWISE = {  # by git am, and why; docs/differences-from-git.md tells the reasons
    "comment-that-is-not-closed": "git puts the end of an open comment into the name",
    "from-folded-between-comments": "git keeps comments in the name",
    "headers-doubled": "git takes the last",
    "nested-comments-in-from": "git keeps comments in the name",
    "raw-bytes-of-no-charset-in-headers": "git keeps a control character, U+0081",
    "subject-goes-on-without-indent": "git's header ends there",
    "tabs-and-vt-in-subject": "git keeps a vertical tab",
}
LAST = ("log", "-1", "--format=%an%x00%ae%x00%B")


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Return a repository with the files that the mails change, at the tag `base`."""
    directory = tmp_path_factory.mktemp("repository")
    run_git(directory, "init", "-q")
    for name in ("name", "email"):
        run_git(directory, "config", f"user.{name}", "x@lamp.example")
    (directory / "lamp.c").write_text("int lamp;\nint off;\nint end;\n")
    run_git(directory, "add", "lamp.c")
    run_git(directory, "commit", "-q", "-m", "base")
    run_git(directory, "tag", "base")
    return directory


def apply_with_git(repository, raw):
    """Apply a mail with git; return its commit's author, address and message, or None."""
    run_git(repository, "reset", "-q", "--hard", "base")
    if run_git(repository, "am", "-q", stdin=raw) is None:
        run_git(repository, "am", "--abort")
        return None
    recorded = run_git(repository, *LAST).decode("utf-8", "replace")
    return tuple(part.strip("\n") for part in recorded.split("\0"))


def as_commit(message):
    """Return what our reading would record."""
    text = f"{message.title}\n\n{message.commit_message}"
    return *as_git_author(message.author), text.strip()


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.eml")))
def test_git_am_records_what_is_read(name, repository):
    """Git's commit of a hard mail holds what we read in it, apart from what is listed."""
    raw = (FOLDER / f"{name}.eml").read_bytes()
    recorded = apply_with_git(repository, raw)
    assert (recorded is None) == (name in REFUSED)
    if recorded:
        same = recorded == as_commit(read_message(raw))
        assert same == (name not in RECORDED_OTHERWISE)
