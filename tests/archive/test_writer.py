"""The writer of samples makes archives that the reader reads."""

from datetime import UTC, datetime

import pygit2
from pygit2.enums import ConfigLevel

from kvminbox import Inbox
from kvminbox.archive import MailWriter
from tests.archive.git_archive import START, count_commits, git, mail


def _write(path):
    writer = MailWriter(path)
    ids = [writer.add(mail(number), START + 60 * number) for number in range(3)]
    ids.append(writer.delete(mail(1), START + 300))
    writer.tag("v1", ids[0])
    return ids


def test_what_is_written_is_read(tmp_path):
    """Mails come back with their times, a deletion hides its mail, and a tag is a revision."""
    ids = _write(tmp_path / "0.git")
    inbox = Inbox.open(tmp_path / "0.git")
    assert count_commits(tmp_path / "0.git") == 4
    assert [inbox.raw(entry) for entry in inbox.between(None, "HEAD~1").entries()] == [
        mail(number) for number in range(3)
    ]
    messages = list(inbox.between(None).messages())
    assert [message.entry.commit for message in messages] == [ids[0], ids[2]]
    assert messages[0].entry.arrived == datetime.fromtimestamp(START, UTC)
    assert len(inbox.between("v1")) == 3


def test_the_commits_are_git_s(tmp_path):
    """Each commit says in public-inbox's words what it does, in the file that is for that."""
    _write(tmp_path / "0.git")
    log = git(tmp_path / "0.git", "log", "--format=%s|%an|%ae|%cn|%ct|%ci", "--name-only", "-2")
    who = "sample inbox|sample@kvminbox.example|sample inbox"
    assert log.decode().split("\n") == [
        f"rm|{who}|{START + 300}|2023-11-14 22:18:20 +0000", "", "d",
        f"add|{who}|{START + 120}|2023-11-14 22:15:20 +0000", "", "m", "",
    ]  # fmt: skip
    assert git(tmp_path / "0.git", "symbolic-ref", "HEAD") == b"refs/heads/master\n"
    assert git(tmp_path / "0.git", "rev-parse", "--is-bare-repository") == b"true\n"
    assert git(tmp_path / "0.git", "fsck", "--strict") == b""


def test_the_same_mails_give_the_same_commits(tmp_path):
    """The ids depend on mails and times alone."""
    assert _write(tmp_path / "0.git") == _write(tmp_path / "1.git")


def test_the_branch_is_master_whatever_is_configured(tmp_path):
    """A `init.defaultBranch` of the user's own changes neither the branch nor HEAD."""
    (tmp_path / ".gitconfig").write_text("[init]\n\tdefaultBranch = trunk\n")
    home = pygit2.settings.search_path[ConfigLevel.GLOBAL]
    pygit2.settings.search_path[ConfigLevel.GLOBAL] = str(tmp_path)
    try:
        _write(tmp_path / "0.git")
    finally:
        pygit2.settings.search_path[ConfigLevel.GLOBAL] = home
    assert (tmp_path / "0.git" / "HEAD").read_text() == "ref: refs/heads/master\n"
