"""What git, or another writer than public-inbox, may leave in a repository changes no mail."""

import pytest

from kvminbox import Inbox
from kvminbox.errors import IncompleteHistoryError, MissingObjectError, NotAnInboxError
from tests.archive.git_archive import EMPTY_TREE, START, Archive, count_commits, git, mail


def _three(path):
    archive = Archive(path)
    for number in range(3):
        archive.add(number)
    return archive


def _titles(archive):
    window = Inbox.open(archive.path).between(None)
    return [message.subject.raw[12:] for message in window.messages()]


WHO = b"A Writer <writer@example.com> %d +0000" % START


COMMITS = {
    "a NUL in the subject": (b"author %s\ncommitter %s\n" % (WHO, WHO), b"a\0b\n"),
    "an unknown encoding": (b"author %s\ncommitter %s\nencoding bogus\n" % (WHO, WHO), b"\xff\n"),
    "a folded raw subject": (b"author %s\ncommitter %s\n" % (WHO, WHO), b"[PATCH]\n\tx"),
    "no subject": (b"author %s\ncommitter %s\n" % (WHO, WHO), b""),
    "a signature": (b"author %s\ncommitter %s\ngpgsig --BEGIN\n \n --END\n" % (WHO, WHO), b"x"),
    "an author without a name": (b"author  <> %d +0000\ncommitter %s\n" % (START, WHO), b"x\n"),
    "no author": (b"committer %s\n" % WHO, b"x\n"),
    "a time that overflows": (b"author A <a> %s +0000\ncommitter %s\n" % (b"9" * 40, WHO), b"x\n"),
    "no angle in the author": (b"author A 1 +0000\ncommitter %s\n" % WHO, b"x\n"),
    "parents named in the subject": (b"author %s\ncommitter %s\n" % (WHO, WHO), b"parent 0\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMITS)
def test_odd_commits_bring_their_mails(tmp_path, name):
    """Author, encoding and subject of a commit play no part in what is read of it."""
    archive = _three(tmp_path / "0.git")
    fields, subject = COMMITS[name]
    tree = archive.tree({"m": archive.blob(mail(3))})
    head = b"tree %s\nparent %s\n" % (tree.encode(), archive.last.encode())
    archive.move(archive.put("commit", head + fields + b"\n" + subject))
    archive.add(4)
    assert _titles(archive) == ["0", "1", "2", "3", "4"]
    entries = list(Inbox.open(archive.path).between(None).entries())
    assert entries[3].arrived.timestamp() == START


def test_grafts_hide_no_mail(tmp_path):
    """A graft that cuts history off, or adds to it, changes nothing: commits name their parents."""
    archive = _three(tmp_path / "0.git")
    aside = Archive(tmp_path / "aside.git")
    foreign = archive.put("commit", b"tree %s\n\n" % aside.tree({}).encode())
    (archive.path / "info").mkdir()
    for parents in ("", f" {foreign}"):
        (archive.path / "info" / "grafts").write_text(f"{archive.last}{parents}\n")
        inbox = Inbox.open(archive.path)
        assert len(inbox.between(None)) == 3 == count_commits(archive.path)
        assert len(inbox.between("HEAD~2")) == len(inbox.between("HEAD^^")) == 2


def test_replacements_hide_no_mail(tmp_path):
    """A commit, tree or mail that refs/replace stands another for is read as it was written."""
    archive = _three(tmp_path / "0.git")
    tip = archive.last
    names = git(archive.path, "rev-parse", "HEAD~1", "HEAD~1^{tree}", "HEAD~1:m").decode().split()
    archive.put("tree", b"")
    others = [archive.commit(EMPTY_TREE, parents=[]), EMPTY_TREE, archive.blob(b"Subject: no\n\n")]
    archive.move(tip)
    for name, other in zip(names, others, strict=True):
        archive.ref(f"replace/{name}", other)
    assert _titles(archive) == ["0", "1", "2"]
    archive.pack()
    assert _titles(archive) == ["0", "1", "2"]


def test_lost_blobs_are_told_from_promised_ones(tmp_path):
    """For a lost mail the cure is git fsck; for one that a partial clone left out, a full clone."""
    archive = _three(tmp_path / "0.git")
    archive.file_of(archive.blob(mail(1))).unlink()
    (problem,) = Inbox.open(archive.path).between(None).problems()
    assert (problem.code, "partial" in problem.text) == ("object-missing", False)
    with pytest.raises(MissingObjectError, match="git fsck"):
        Inbox.open(archive.path).raw(problem.entry)
    (archive.path / "objects" / "pack" / "pack-1.promisor").touch()
    (problem,) = Inbox.open(archive.path).between(None).problems()
    assert "partial clone" in problem.text
    with pytest.raises(MissingObjectError, match="without --filter"):
        Inbox.open(archive.path).raw(problem.entry)


def test_a_rewritten_branch_is_followed(tmp_path):
    """After a purge the branch's new history is read, whether or not the old objects are there."""
    archive = _three(tmp_path / "0.git")
    inbox = Inbox.open(archive.path)
    old = inbox.between(None)
    root, purged = git(archive.path, "rev-list", "--reverse", "HEAD").decode().split()[:2]
    archive.commit({"m": archive.blob(b"")}, parents=[root], who=b" <>")
    archive.add(2)
    for _ in range(2):
        summary = Inbox.open(archive.path).between(None).summary()
        assert (summary.messages, summary.purged, summary.commits) == (2, 1, 3)
        assert _titles(archive) == ["0", "2"]
        git(archive.path, "reflog", "expire", "--expire=now", "--all")
        git(archive.path, "gc", "-q", "--prune=now")
    assert purged not in git(archive.path, "rev-list", "HEAD").decode()
    # of the window from before, what is gone is named
    assert [problem.code for problem in old.problems()] == ["object-missing"]
    assert old.summary().commits == 3


def test_mails_that_vanish_while_they_are_read(tmp_path):
    """A mail whose object goes while the window is read is a problem; those behind it are read."""
    archive = _three(tmp_path / "0.git")
    window = Inbox.open(archive.path).between(None)
    told = []
    window.on_problem = told.append
    messages = window.messages()
    next(messages)
    archive.file_of(archive.blob(mail(1))).unlink()
    assert [message.subject.raw[12:] for message in messages] == ["2"]
    assert [problem.code for problem in told] == ["object-missing"]


def test_a_boundary_at_a_commit_that_is_elsewhere(tmp_path):
    """A boundary that names none of the commits cuts nothing off; one that does is no beginning."""
    archive = _three(tmp_path / "0.git")
    (archive.path / "shallow").write_text(f"{'0' * 40}\n")
    assert _titles(archive) == ["0", "1", "2"]
    (archive.path / "shallow").write_text(f"{'0' * 40}\n{archive.last}\n")
    with pytest.raises(IncompleteHistoryError):
        Inbox.open(archive.path).between(None)


@pytest.mark.parametrize("name", ["shallow", "info/grafts"])
def test_boundaries_of_nonsense_are_refused(tmp_path, name):
    """A list of boundaries that can't be read is never taken for none."""
    archive = _three(tmp_path / "0.git")
    file = archive.path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"\xff\0nonsense\n")
    with pytest.raises(NotAnInboxError, match="graft"):
        Inbox.open(archive.path)
