"""Commits and trees of bytes that git would not write: each is accounted for, within bounds."""

import random
import re
import subprocess

import pytest
from git_archive import Archive, git, mail

import kvminbox.archive.changes as changes_room
import kvminbox.archive.repository as repository_room
from kvminbox import Inbox
from kvminbox.errors import CorruptObjectError, KvminboxError, OversizedObjectError

MODES = [
    b"100644", b"100755", b"120000", b"160000", b"40000", b"040000", b"0", b"00100644", b"999999",
    b"77777777777", b"-1", b"", b" ",
]  # fmt: skip
NAMES = [
    b"m", b"d", b"M", b"m\n", b"m/", b"", b"..", b".git", b"\xff", b"ab", b"x" * 5000, b"0" * 38,
    b"ab/" + b"0" * 38,
]  # fmt: skip
TIMES = [b"1700000000", b"-5", b"9" * 23, b"", b"0", b"253402300800", b"x", b"1700000000.5"]
ZONES = [b"+0000", b"-0700", b"+9999999", b"", b"x"]


class Chance:
    """Makes objects of nonsense in an archive, the same ones for the same seed."""

    def __init__(self, archive, seed):
        self.archive, self.random = archive, random.Random(seed)
        self.blobs = [archive.blob(mail(number)) for number in range(3)] + [archive.blob(b"")]
        self.trees, self.commits = [], []

    def damage(self, data):
        """Cut, add or change a few bytes."""
        for _ in range(self.random.randint(0, 4)):
            place = self.random.randint(0, len(data))
            gone, put = self.random.choice([(20, 0), (0, 9), (1, 1)])
            put = self.random.randbytes(self.random.randint(0, put))
            data = data[:place] + put + data[place + self.random.randint(0, gone) :]
        return data

    def tree(self):
        """Write a tree of some odd entries."""
        pick = self.random.choice
        data = b""
        for _ in range(pick([0, 1, 1, 1, 2, 3, 8])):
            mode = pick(MODES) if self.random.random() < 0.4 else pick([b"100644", b"40000"])
            name = pick(NAMES) if self.random.random() < 0.5 else pick([b"m", b"d", b"ab"])
            data += mode + b" " + name + b"\0" + bytes.fromhex(pick(self.blobs + self.trees))
        data = self.damage(data) if self.random.random() < 0.3 else data
        self.trees.append(self.archive.put("tree", data))

    def commit(self):
        """Write a commit of an odd tree, time and parents."""
        pick = self.random.choice
        count = pick([1, 1, 1, 1, 1, 0, 2, 3]) if self.commits else 0
        parents = [pick(self.commits) for _ in range(count)]
        if self.random.random() < 0.05:
            parents.append(pick(self.blobs + self.trees))
        lines = [f"tree {pick(self.trees)}", *(f"parent {parent}" for parent in parents)]
        who = b"author A <a> 1 +0000\ncommitter A <a> " + pick(TIMES) + b" " + pick(ZONES)
        subject = pick([b"s\n", b"", b"\0", b"parent " + b"0" * 40 + b"\n"])
        data = "\n".join(lines).encode() + b"\n" + who + b"\n\n" + subject
        data = self.damage(data) if self.random.random() < 0.1 else data
        self.commits.append(self.archive.put("commit", data))


def _make(path, seed):
    chance = Chance(Archive(path), seed)
    for _ in range(9):
        chance.tree()
    for _ in range(chance.random.randint(1, 15)):
        chance.commit()
    chance.archive.move(chance.commits[-1])
    return chance


def _check(path):
    """Read all of an archive; give how many commits it has, None where it is refused."""
    try:
        window = Inbox.open(path).between(None)
        found = window.summary()
        parts = (found.messages, found.deletions, found.purged, found.unchanged, found.problems)
        assert sum(parts) == found.commits == len(window)
        window.on_problem = lambda problem: None
        assert len(list(window.messages())) >= found.messages - found.hidden
        assert len({entry.commit for entry in window.entries()}) == found.commits
    except KvminboxError as error:
        assert str(error).isprintable()
        assert error.where
        return None
    return found.commits


def _count_with_git(path):
    """Give git's count of commits, None where it says that something is wrong."""
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
        _make(path, seed)
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
    monkeypatch.setattr(repository_room, "MAX_TREE", 1_000)
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
