"""Commits and trees of bytes that git would not write: each is accounted for, within bounds."""

import re
import subprocess

import pytest

import kvminbox.archive.changes as changes_room
import kvminbox.archive.store as store_room
from kvminbox import Inbox
from kvminbox.archive import Repository
from kvminbox.errors import CorruptObjectError, KvminboxError, OversizedObjectError
from tests.archive.git_archive import Archive, git, mail
from tests.archive.odd_objects import write_odd_history


def _check(path):
    """Read all of an archive; give how many commits it has, None where it is refused."""
    try:
        window = Inbox.open(path).between(None)
        found = window.summary()
        parts = (found.messages, found.deletions, found.purged, found.unchanged, found.problems)
        assert sum(parts) == found.commits == len(window)
        window.on_problem = "skip"
        assert len(list(window.messages())) >= found.messages - found.hidden
        assert len({entry.commit for entry in window.entries()}) == found.commits
    except KvminboxError as error:
        assert str(error).isprintable()
        assert error.where
        return None
    return found.commits


def _count_with_git(path):
    """Return git's count of commits, None where it says that something is wrong."""
    try:
        return len(git(path, "rev-list", "HEAD").splitlines())
    except subprocess.CalledProcessError:
        return None


@pytest.mark.parametrize(
    "seeds", [range(60), pytest.param(range(60, 3_000), marks=pytest.mark.interop)],
    ids=["some", "thousands"],
)  # fmt: skip
def test_any_commits_and_trees_are_accounted_for(tmp_path, seeds):
    """Whatever stands in commits and trees, each is counted as git counts it, or refused."""
    read = 0
    for seed in seeds:
        path = tmp_path / f"{seed}.git"
        write_odd_history(path, seed)
        ours = _check(path)
        theirs = _count_with_git(path)
        if ours is not None and theirs is not None:
            assert ours == theirs, seed
            read += 1
    assert read > len(seeds) / 3


def _three(path):
    archive = Archive(path)
    for number in range(3):
        archive.add(number)
    return archive


def _titles(archive):
    window = Inbox.open(archive.path).between(None)
    return [message.subject.raw[12:] for message in window.messages()]


def _put_last(archive, change):
    """Write the last commit again, with other bytes."""
    data = git(archive.path, "cat-file", "commit", "HEAD")
    archive.move(archive.put("commit", change(data)))


def test_ids_in_capitals_are_ids(tmp_path):
    """A commit that names its tree and parent in capitals, as git reads them, has them."""
    archive = _three(tmp_path / "0.git")
    head = re.compile(rb"(?<=tree |rent )[0-9a-f]{40}")
    _put_last(archive, lambda data: head.sub(lambda match: match[0].upper(), data))
    assert _titles(archive) == ["0", "1", "2"]


@pytest.mark.parametrize("parent", [b"", b"x", b"0" * 39, b"0" * 41, b"z" * 40, b"0" * 64])
def test_a_parent_that_is_no_id_is_no_beginning(tmp_path, parent):
    """A commit whose parent can't be read is refused: without it history would look shorter."""
    archive = _three(tmp_path / "0.git")
    _put_last(archive, lambda data: re.sub(rb"(?<=parent )\w+", parent, data))
    assert _count_with_git(archive.path) is None
    with pytest.raises(CorruptObjectError, match="odd parent"):
        Inbox.open(archive.path).between(None)


def test_a_subject_larger_than_any_mail(tmp_path):
    """A commit whose message is over the limit of a mail brings its mail, loose and packed."""
    archive = _three(tmp_path / "0.git")
    _put_last(archive, lambda data: data + bytes(store_room.MAX_MAIL))
    archive.add(4)
    for _ in range(2):
        assert _titles(archive) == ["0", "1", "2", "4"]
        archive.pack()


def test_of_two_entries_of_one_name_the_first_counts(tmp_path):
    """A tree with two entries `m` has the mail that git gives for that path."""
    archive = _three(tmp_path / "0.git")
    entries = [b"100644 m\0" + bytes.fromhex(archive.blob(mail(number))) for number in (7, 8)]
    archive.commit(archive.put("tree", b"".join(entries)))
    assert git(archive.path, "cat-file", "blob", "HEAD:m") == mail(7)
    assert _titles(archive) == ["0", "1", "2", "7"]


def test_more_parents_than_any_merge_has(tmp_path):
    """A merge of a hundred lines is read; one of more is refused with its number."""
    archive = Archive(tmp_path / "0.git")
    roots = [archive.add(number, parents=[]) for number in range(101)]
    archive.add(200, parents=roots[:100])
    assert len(_titles(archive)) == 101
    archive.add(201, parents=roots)
    with pytest.raises(OversizedObjectError, match="101 parents, over the limit of 100"):
        Inbox.open(archive.path).between(None)


def test_wide_merges_are_read_a_few_times_each(tmp_path, monkeypatch):
    """A history in which each commit names the 100 before it is not read 100 times."""
    archive = Archive(tmp_path / "0.git")
    commits = []
    for number in range(250):
        commits.append(archive.add(number % 3, parents=commits[-100:]))
    reads, read = [], Repository._read_commit
    monkeypatch.setattr(
        Repository, "_read_commit", lambda self, oid: (reads.append(oid), read(self, oid))[1]
    )
    assert Inbox.open(archive.path).between(None).summary().messages == 3
    assert len(reads) < 5 * len(commits)


def test_a_tree_at_many_paths_is_a_problem(tmp_path, monkeypatch):
    """A v1 commit that brings more mails than anybody's is one problem, not millions of rows."""
    monkeypatch.setattr(changes_room, "MAX_CHANGES", 500)
    archive = Archive(tmp_path / "0.git")
    blob = archive.blob(mail(1))
    mails = archive.tree({f"{number:038x}": blob for number in range(100)})
    few = {f"{number:02x}": ("40000", mails) for number in range(5)}
    archive.commit(few)
    archive.commit({f"{number:02x}": ("40000", mails) for number in range(256)})
    window = Inbox.open(archive.path).between(None)
    (problem,) = window.problems()
    assert (problem.code, "more than 500 mails" in problem.text) == ("object-oversized", True)
    assert (window.summary().messages, window.summary().problems) == (1, 1)


def test_a_tree_over_the_limit_is_a_problem(tmp_path, monkeypatch):
    """A tree that is larger than any inbox's is told with its size, and the next commit is read."""
    monkeypatch.setattr(store_room, "MAX_TREE", 1_000)
    archive = _three(tmp_path / "0.git")
    archive.commit({f"{number:038x}": archive.blob(b"") for number in range(20)})
    archive.add(4)
    for _ in range(2):
        (problem,) = Inbox.open(archive.path).between(None).problems()
        assert (problem.code, "over the limit of 1000" in problem.text) == (
            "object-oversized",
            True,
        )
        archive.pack()
