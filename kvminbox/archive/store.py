"""The objects of one git repository, read with care: what comes out is checked."""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Final, NamedTuple
from weakref import proxy

import pygit2
from pygit2.enums import RepositoryOpenFlag

from kvminbox.archive.layout import find_common_dir
from kvminbox.archive.loose import (
    LooseObjects,
    find_lost_alternates,
    find_object_dirs,
    read_loose,
)
from kvminbox.archive.objects import Commit, parse_commit, parse_tree
from kvminbox.archive.packs import PackError, Packs
from kvminbox.archive.refusals import (
    FSCK,
    FULL_CLONE,
    explain_refusal,
    explain_unreadable,
)
from kvminbox.errors import (
    CorruptObjectError,
    IncompleteHistoryError,
    MissingObjectError,
    ObjectError,
    OversizedObjectError,
)

MAX_MAIL: Final = 32 << 20
"""Bytes of the largest mail that is read; the largest seen has 1.5 MB."""

MAX_COMMIT: Final = 256 << 20
"""Bytes of the largest commit: it holds the Subject, and one too large would end the walk."""

MAX_TREE: Final = 1 << 20
"""Bytes of the largest tree that is read; a v1 inbox of four million mails has such."""

MAX_PARENTS: Final = 100
"""Parents of a commit; an inbox has one, and the widest merge of Linux 66."""

TRIES: Final = 10
"""How often an object is looked for, as long as packs come and go meanwhile."""

_ALTERNATES: Final = "correct its objects/info/alternates, or clone the archive without --reference"
_INDEX_PACK: Final = "run `git index-pack` on it, or clone the archive again"


class Handles(NamedTuple):
    """An open repository; all of it is replaced together."""

    repo: pygit2.Repository
    packs: Packs
    loose: LooseObjects
    stamp: list[str]
    """What was in its directories of objects, to tell later whether packs came or went."""


class ObjectStore:
    """A repository's commits, trees, blobs and tags, loose or packed, with its alternates.

    Any number of threads may share it. One lock guards what is open: it is closed and
    opened again where packs come and go, never while another thread reads.

    Attributes:
        git_dir: the directory with its HEAD.
        common_dir: the directory with its objects and refs: another one in a linked work tree.
        shallow: the commits whose parents were cut off.
    """

    def __init__(self, git_dir: Path) -> None:
        self.git_dir = git_dir
        try:
            self.common_dir = find_common_dir(git_dir)
        except OSError as error:
            raise explain_unreadable(git_dir, error) from None
        self._lock = RLock()
        self._handles: Handles | None = None
        self._open()
        self.shallow = self._read_shallow()
        owner: ObjectStore = proxy(self)  # so that no reference loop keeps it alive
        # the parents of two merges in a row, and trees of a megabyte
        self.read_commit = lru_cache(maxsize=256)(lambda oid: owner._read_commit(oid))
        self.read_tree = lru_cache(maxsize=16)(lambda oid: owner._read_tree(oid))

    def __del__(self) -> None:
        # pygit2's own object is part of a loop
        if getattr(self, "_handles", None):
            self.release()

    def _open(self) -> Handles:
        """Return what is open, after opening it if need be; the caller holds the lock."""
        if self._handles is None:
            self._handles = self._open_all()
        return self._handles

    def _open_all(self) -> Handles:
        flags = (
            RepositoryOpenFlag.NO_SEARCH | RepositoryOpenFlag.BARE | RepositoryOpenFlag.NO_DOTGIT
        )
        try:
            stores = find_object_dirs(self.common_dir)
            stamp = self._read_stamp()
            repo = pygit2.Repository(str(self.git_dir), flags)
            return Handles(repo, Packs(stores), LooseObjects(stores), stamp)
        except PermissionError as error:
            raise explain_unreadable(self.git_dir, error) from None
        except (pygit2.GitError, KeyError, ValueError, OSError) as error:
            raise explain_refusal(self.git_dir, error) from None

    def release(self) -> None:
        """Close all files, and forget what was read of them; the next read opens them again."""
        with self._lock:
            if self._handles is not None:
                self._handles.packs.close()
                self._handles.repo.free()
                self._handles = None

    def _read_stamp(self) -> list[str]:
        """Return what changes when objects are packed or fetched: loose directories and packs."""
        objects = find_object_dirs(self.common_dir)
        folders = objects + [path / "pack" for path in objects]
        # by name: a directory's time may not show two changes within one tick of the clock
        return [str(file) for path in folders if path.is_dir() for file in sorted(path.iterdir())]

    def _has_moved(self) -> bool:
        """Whether packs came or went since it was opened."""
        try:
            return self._open().stamp != self._read_stamp()
        except OSError:
            return True  # opening it again says what is wrong

    def _read_shallow(self) -> frozenset[str]:
        try:
            return frozenset((self.common_dir / "shallow").read_text("ascii", "replace").split())
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise explain_unreadable(self.common_dir / "shallow", error) from None

    def read_object(self, oid: str, limit: int = MAX_MAIL) -> tuple[str, bytes]:
        """Return an object's type and content.

        Raises:
            MissingObjectError: it is not there.
            CorruptObjectError: its bytes are damaged.
            OversizedObjectError: it is larger than `limit` bytes.
            kvminbox.errors.SystemLimitError: too many files are open.
        """
        with self._lock:
            for _ in range(TRIES):
                try:
                    path = (self._handles or self._open()).loose.find(oid)
                    if path is not None:
                        with suppress(FileNotFoundError):  # it has just been packed, or pruned
                            return read_loose(path, oid, limit)
                    return self._read_packed(oid, limit)
                except (KeyError, CorruptObjectError) as error:
                    if not self._has_moved():
                        if isinstance(error, CorruptObjectError):
                            raise
                        break
                self.release()  # a repack moved everything while it was open
        raise self._explain_missing(oid)

    def list_missing(self, oids: Iterable[str]) -> frozenset[str]:
        """Return which of some objects are not here; none is read, so others may be damaged."""
        with self._lock:
            known = self._open().repo.odb
            return frozenset(oid for oid in oids if oid not in known)

    def _read_packed(self, oid: str, limit: int) -> tuple[str, bytes]:
        try:
            return (self._handles or self._open()).packs.read(oid, limit)
        except OversizedObjectError as error:
            raise OversizedObjectError(error.what, where=f"{self.git_dir}: {oid}") from None
        except PackError as error:
            what = f"the object can't be read ({error})"
            raise CorruptObjectError(what, where=f"{self.git_dir}: {oid}", cure=FSCK) from None

    def _explain_missing(self, oid: str) -> ObjectError:
        bad_pack = self._explain_bad_pack(oid)
        if bad_pack is not None:
            return bad_pack
        where = f"{self.git_dir}: {oid}"
        packs = self.common_dir / "objects" / "pack"
        if any(packs.glob("*.promisor")):
            what = "the object is missing: the repository is a partial clone"
            return MissingObjectError(what, where=where, cure=FULL_CLONE)
        lost: list[Path] = []
        with suppress(OSError):  # they could be read when it was opened
            lost = find_lost_alternates(self.common_dir)
        if lost:
            what = f"the object is missing, and its alternate {lost[0]} is absent or too deep"
            return MissingObjectError(what, where=where, cure=_ALTERNATES)
        return MissingObjectError("the object is missing", where=where, cure=FSCK)

    def _explain_bad_pack(self, oid: str) -> ObjectError | None:
        """Return the error for an object that may be in a pack that can't be read, or None."""
        where = f"{self.git_dir}: {oid}"
        unindexed: ObjectError | None = None
        for pack in sorted((self.common_dir / "objects" / "pack").glob("*.pack")):
            if pack.name[0] == "." or _is_whole(pack) or not pack.exists():
                continue  # git writes a pack under another name, and may have removed one since
            if pack.with_suffix(".idx").exists():
                what = f"the object is missing, since {pack.name} is damaged or cut short"
                return CorruptObjectError(what, where=where, cure=FSCK)
            # git removes an index before its pack, so this is no proof of damage
            what = f"the object is missing, and {pack.name} has no index"
            unindexed = MissingObjectError(what, where=where, cure=_INDEX_PACK)
        return unindexed

    def _read_commit(self, oid: str) -> Commit:
        kind, data = self.read_object(oid, MAX_COMMIT)
        commit = parse_commit(oid, data) if kind == "commit" else None
        if commit is None:
            odd = "the commit names no tree, or an odd parent"
            what = odd if kind == "commit" else f"it is a {kind}"
            raise CorruptObjectError(what, where=f"{self.git_dir}: {oid}", cure=FSCK)
        if len(commit.parents) > MAX_PARENTS:
            what = f"the commit has {len(commit.parents)} parents, over the limit of {MAX_PARENTS}"
            raise OversizedObjectError(what, where=f"{self.git_dir}: {oid}")
        return commit

    def read_parent(self, commit: Commit, parent: str) -> Commit:
        """Read a parent of a commit.

        Raises:
            IncompleteHistoryError: the history is cut off there, as in a shallow clone.
        """
        if commit.id in self.shallow:
            raise IncompleteHistoryError(
                f"the clone is shallow: its history is cut at {commit.id}, inside the range",
                where=str(self.git_dir),
                cure="run `git fetch --unshallow` there, or choose a later base",
            )
        return self.read_commit(parent)

    def _read_tree(self, oid: str) -> dict[bytes, tuple[bytes, str]]:
        kind, data = self.read_object(oid, MAX_TREE)
        where = f"{self.git_dir}: {oid}"
        if kind != "tree":
            raise CorruptObjectError(f"it is a {kind}, not a tree", where=where, cure=FSCK)
        tree = parse_tree(data)
        if tree is None:
            raise CorruptObjectError("an entry of the tree is malformed", where=where, cure=FSCK)
        return tree

    def read_blob(self, oid: str) -> bytes:
        """Read a mail.

        Raises:
            kvminbox.errors.ObjectError: it can't be read.
        """
        kind, data = self.read_object(oid)
        if kind != "blob":
            where = f"{self.git_dir}: {oid}"
            raise CorruptObjectError(f"it is a {kind}, not a blob", where=where, cure=FSCK)
        return data


def _is_whole(pack: Path) -> bool:
    """Whether a pack ends with the checksum that its index knows."""
    try:
        with pack.open("rb") as file, pack.with_suffix(".idx").open("rb") as index:
            file.seek(-20, 2)
            index.seek(-40, 2)
            return file.read() == index.read(20)
    except OSError:
        return False
