"""Targets below the mails: git's objects, and the file of an index."""

import tempfile
import zlib
from pathlib import Path

from kvminbox import Inbox, Index, KvminboxError
from kvminbox.archive.changes import list_changes
from kvminbox.archive.loose import read_loose
from kvminbox.archive.objects import Commit, parse_commit, parse_tree, read_time
from kvminbox.errors import CorruptObjectError, ObjectError
from kvminbox.sample import make_sample

CHILD, PARENTS = "1" * 40, ("2" * 40, "3" * 40)
SEPARATOR = b"\xff\xff\xff"
PATCH = 5
"""Bytes of one change of the index file: four for the place, one to write."""


class _Objects:
    """A history of one commit and its parents, whose trees are given as bytes."""

    shallow: frozenset[str] = frozenset()

    def __init__(self, trees: list[bytes]) -> None:
        self.trees = dict(zip((CHILD, *PARENTS), trees, strict=False))

    def read_commit(self, oid: str) -> Commit:
        parents = tuple(parent for parent in PARENTS if parent in self.trees)
        return Commit(oid, oid, parents if oid == CHILD else (), 0)

    def read_parent(self, commit: Commit, parent: str) -> Commit:
        del commit
        return self.read_commit(parent)

    def read_tree(self, oid: str) -> dict[bytes, tuple[bytes, str]]:
        if oid not in self.trees:
            raise CorruptObjectError("it is no tree", where=oid)
        tree = parse_tree(self.trees[oid])
        if tree is None:
            raise CorruptObjectError("it is malformed", where=oid)
        return tree


def git_objects(data: bytes) -> None:
    """Commits, trees and loose objects of any bytes, and what a commit of such trees does."""
    commit = parse_commit(CHILD, data)
    if commit is not None:
        read_time(commit.seconds)
        assert all(len(oid) == 40 for oid in (commit.tree, *commit.parents))
    trees = data.split(SEPARATOR)[:3]
    changes = list(list_changes(_Objects(trees), CHILD, None))  # type: ignore[arg-type]
    commits = {change.commit for change in changes}
    assert sum(not change.further for change in changes) == len(commits)
    assert CHILD in commits
    _read_as_loose(data)


def _read_as_loose(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        for content in (data, zlib.compress(data, 1)):
            Path(file.name).write_bytes(content)
            try:
                read_loose(Path(file.name), CHILD, 1 << 16)
            except ObjectError as error:
                assert "\n" not in str(error)
            else:
                raise AssertionError("nothing has this id")


class _Scene:
    """A sound index of the sample inbox, to be damaged again and again."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="kvminbox-fuzz-")
        self.path = Path(self.folder.name) / "spoilt.sqlite"
        with Index.open(Path(self.folder.name) / "sound.sqlite", create=True) as index:
            index.update(Inbox.open(make_sample(Path(self.folder.name))))
            self.mails = [index.raw(message) for message in index.messages()]
        self.sound = (Path(self.folder.name) / "sound.sqlite").read_bytes()


_scenes: list[_Scene] = []


def _scene() -> _Scene:
    if not _scenes:
        _scenes.append(_Scene())
    return _scenes[0]


def index_file(data: bytes) -> None:
    """An index file with any bytes changed: all mails as they were, or an error of ours."""
    scene = _scene()
    spoilt = bytearray(scene.sound)
    for start in range(0, len(data) - PATCH + 1, PATCH):
        place = int.from_bytes(data[start : start + 4], "big") % len(spoilt)
        spoilt[place] = data[start + 4]
    scene.path.write_bytes(spoilt[: len(spoilt) - data[-1] * 100] if len(data) % 7 == 6 else spoilt)
    for suffix in ("-wal", "-shm"):
        scene.path.with_name(scene.path.name + suffix).unlink(missing_ok=True)
    try:
        with Index.open(scene.path) as index:
            index.check()
            assert [index.raw(message) for message in index.messages()] == scene.mails
            for hit in index.search("s:timer OR b:kvm").hits(5):
                assert index.raw(hit.message) in scene.mails
    except KvminboxError as error:
        assert "\n" not in str(error)
