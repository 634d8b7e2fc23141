"""One git repository of an archive: opened with care, read object by object."""

import re
import shlex
from functools import lru_cache
from pathlib import Path
from typing import Final
from weakref import proxy

import pygit2
from pygit2.enums import ObjectType, RepositoryOpenFlag

from kvminbox.archive.loose import (
    LooseObjects,
    find_lost_alternates,
    find_object_dirs,
    read_loose,
)
from kvminbox.archive.objects import Commit, parse_commit, parse_tree
from kvminbox.errors import (
    CorruptObjectError,
    IncompleteHistoryError,
    MissingObjectError,
    NotAnInboxError,
    ObjectError,
    OversizedObjectError,
    UnsupportedRepositoryError,
)

MAX_MAIL: Final = 32 << 20
"""Bytes of the largest mail that is read; the largest seen has 1.5 MB."""

MAX_COMMIT: Final = 256 << 20
"""Bytes of the largest commit: it holds the Subject, and one too large would end the walk."""

MAX_TREE: Final = 1 << 20
"""Bytes of the largest tree that is read; a v1 inbox of four million mails has such."""

MAX_PARENTS: Final = 100
"""Parents of a commit; an inbox has one, and the widest merge of Linux 66."""

# plain numbers, since making an enum's member of each took a tenth of the time
_FULL_ID = re.compile(r"[0-9a-f]{40}")
_TYPES: Final = {
    int(ObjectType.COMMIT): "commit",
    int(ObjectType.TREE): "tree",
    int(ObjectType.BLOB): "blob",
    int(ObjectType.TAG): "tag",
}
_TRIES: Final = 10
"""How often an object is looked for, as long as packs come and go meanwhile."""

_REOPEN: Final = 1 << 14
"""Reads after which a repository is opened anew: libgit2 keeps each small object read, 256 MB."""

# A pack is mapped piece by piece, for libgit2 maps all of it at once: a full epoch has 1 GB.
# These two are pygit2's for the whole process; they cost no time that could be measured.
pygit2.settings.mwindow_size = 4 << 20
pygit2.settings.mwindow_mapped_limit = 32 << 20

_FSCK: Final = "run `git fsck` there, and fetch or clone the archive again"
_ALTERNATES: Final = "correct its objects/info/alternates, or clone the archive without --reference"
_FULL_CLONE: Final = "clone it again in full, without --filter"


class Repository:
    """A git repository, read without hooks, configuration of others, or its work tree."""

    def __init__(self, git_dir: Path) -> None:
        self.git_dir = git_dir
        self._open()
        self.shallow = self._read_shallow()
        # once: a branch that moves must not make a range of an old tip and a new base
        self._head = self._head_target()
        self._heads = self._read_heads()
        owner: Repository = proxy(self)  # lest it be part of a loop, which Python finds late
        # the parents of two merges in a row, and trees of a megabyte
        self.read_commit = lru_cache(maxsize=256)(lambda oid: owner._read_commit(oid))
        self.read_tree = lru_cache(maxsize=16)(lambda oid: owner._read_tree(oid))

    def __del__(self) -> None:
        # pygit2's own object is part of a loop; and as long as a pack is open, libgit2 gives it
        # to the next who opens it: a pack that was damaged also to who opens the mended one
        if hasattr(self, "_repo"):
            self._repo.free()

    def _open(self) -> None:
        self._reads = 0
        flags = (
            RepositoryOpenFlag.NO_SEARCH | RepositoryOpenFlag.BARE | RepositoryOpenFlag.NO_DOTGIT
        )
        try:
            stores = find_object_dirs(self.git_dir)
            self._stamp = self._read_stamp()
            self._repo = pygit2.Repository(str(self.git_dir), flags)
            for store in stores[1:]:  # libgit2 reads some relative alternates from where we are
                self._repo.odb.add_disk_alternate(str(store))
            self._loose = LooseObjects(stores)
            self._packs = _open_packs(stores)
        except PermissionError as error:
            raise _unreadable(self.git_dir, error) from None
        except (pygit2.GitError, KeyError, ValueError, OSError) as error:
            raise _explain_refusal(self.git_dir, str(error)) from None

    def release(self) -> None:
        """Hand back the objects that libgit2 keeps and its maps of packs, and be ready to go on."""
        # both first: libgit2 gives a pack that is open to the next who opens it, with all its maps
        self._repo.free()
        self._packs = pygit2.Odb()
        self._open()

    def _read_stamp(self) -> list[str]:
        """Give what changes when objects are packed or fetched: folders of loose ones, packs."""
        objects = find_object_dirs(self.git_dir)
        folders = objects + [path / "pack" for path in objects]
        # by name: of what is done within a clock's tick the folder's time may not tell
        return [str(file) for path in folders if path.is_dir() for file in sorted(path.iterdir())]

    def _has_moved(self) -> bool:
        """Whether packs came or went since it was opened."""
        try:
            return self._stamp != self._read_stamp()
        except OSError:
            return True  # whoever opens it anew is told what is wrong

    def _read_shallow(self) -> frozenset[str]:
        try:
            return frozenset((self.git_dir / "shallow").read_text("ascii", "replace").split())
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise _unreadable(self.git_dir / "shallow", error) from None

    @property
    def has_objects(self) -> bool:
        """Whether it holds anything: a repository that waits for its first fetch does not."""
        packs = (self.git_dir / "objects" / "pack").glob("*.pack")
        return any(packs) or bool(self._loose.iter_ids())

    @property
    def is_partial(self) -> bool:
        """Whether it was cloned with a filter, so that objects may be missing by design."""
        return any((self.git_dir / "objects" / "pack").glob("*.promisor"))

    def read_object(self, oid: str, limit: int = MAX_MAIL) -> tuple[str, bytes]:
        """Give an object's type and content.

        Raises:
            MissingObjectError: it is not there.
            CorruptObjectError: its bytes are damaged.
            OversizedObjectError: it is larger than `limit` bytes.
        """
        for _ in range(_TRIES):
            try:
                return self._read_once(oid, limit)
            except (KeyError, CorruptObjectError) as error:
                if not self._has_moved():
                    if isinstance(error, CorruptObjectError):
                        raise
                    break
            self.release()  # a repack has moved everything while it was open
        raise self._explain_missing(oid)

    def _read_once(self, oid: str, limit: int) -> tuple[str, bytes]:
        path = self._loose.find(oid)
        return read_loose(path, oid, limit) if path else self._read_packed(oid, limit)

    def _read_packed(self, oid: str, limit: int) -> tuple[str, bytes]:
        self._reads += 1
        if self._reads > _REOPEN:
            self.release()
        try:
            # a delta chain of some kilobytes can unfold to gigabytes
            size = self._packs.read_header(oid)[1]
            if size > limit:
                raise OversizedObjectError(
                    f"the object has {size} bytes, over the limit of {limit}",
                    where=f"{self.git_dir}: {oid}",
                )
            kind, data = self._packs.read(oid)
        except KeyError:
            raise
        except (pygit2.GitError, ValueError, OSError) as error:
            raise CorruptObjectError(
                f"the object can't be read ({error})", where=f"{self.git_dir}: {oid}", cure=_FSCK
            ) from None
        return _TYPES[int(kind)], data

    def _explain_missing(self, oid: str) -> ObjectError:
        where = f"{self.git_dir}: {oid}"
        for pack in sorted((self.git_dir / "objects" / "pack").glob("*.pack")):
            # git writes a pack under another name, and may have removed one since
            if pack.name[0] != "." and not _is_whole(pack) and pack.exists():
                what = f"the object is not there, since {pack.name} is damaged or cut short"
                return CorruptObjectError(what, where=where, cure=_FSCK)
        if self.is_partial:
            what = "the object is not there: the repository is a partial clone"
            return MissingObjectError(what, where=where, cure=_FULL_CLONE)
        lost = self._lost_alternates()
        if lost:
            what = f"the object is not there, and its alternate {lost[0]} is absent or too deep"
            return MissingObjectError(what, where=where, cure=_ALTERNATES)
        return MissingObjectError("the object is not there", where=where, cure=_FSCK)

    def _lost_alternates(self) -> list[Path]:
        try:
            return find_lost_alternates(self.git_dir)
        except OSError:
            return []  # they could be read when it was opened

    def _read_commit(self, oid: str) -> Commit:
        kind, data = self.read_object(oid, MAX_COMMIT)
        commit = parse_commit(oid, data) if kind == "commit" else None
        if commit is None:
            odd = "the commit names no tree, or an odd parent"
            what = odd if kind == "commit" else f"it is a {kind}"
            raise CorruptObjectError(what, where=f"{self.git_dir}: {oid}", cure=_FSCK)
        if len(commit.parents) > MAX_PARENTS:
            what = f"the commit has {len(commit.parents)} parents, over the limit of {MAX_PARENTS}"
            raise OversizedObjectError(what, where=f"{self.git_dir}: {oid}")
        return commit

    def read_parent(self, commit: Commit, parent: str) -> Commit:
        """Read the parent of a commit.

        Raises:
            IncompleteHistoryError: the history is cut there, as in a shallow clone.
        """
        if commit.id in self.shallow:
            raise IncompleteHistoryError(
                f"the clone is shallow: its history is cut at {commit.id}, inside the range",
                where=str(self.git_dir),
                cure="run `git fetch --unshallow` there, or ask for a later base",
            )
        return self.read_commit(parent)

    def _read_tree(self, oid: str) -> dict[bytes, tuple[bytes, str]]:
        kind, data = self.read_object(oid, MAX_TREE)
        if kind != "tree":
            where = f"{self.git_dir}: {oid}"
            raise CorruptObjectError(f"it is a {kind}, no tree", where=where, cure=_FSCK)
        return parse_tree(data)

    def read_blob(self, oid: str) -> bytes:
        """Read a mail.

        Raises:
            kvminbox.errors.ObjectError: it can't be read.
        """
        kind, data = self.read_object(oid)
        if kind != "blob":
            where = f"{self.git_dir}: {oid}"
            raise CorruptObjectError(f"it is a {kind}, no blob", where=where, cure=_FSCK)
        return data

    def find_branch_tip(self) -> str | None:
        """Give the commit of the archive's branch; None in a repository without any.

        HEAD's branch, since `init.defaultBranch` names it; where HEAD dangles,
        `master` or `main`, or the only branch there is; without branches the commit
        that is checked out. Other refs are not walked: lore's `refs/meta/origins` is a
        history of its own.
        """
        heads, head = self._heads, self._head
        if head not in heads and head.startswith("refs/") and (self.git_dir / head).is_file():
            what = f"its branch {head} can't be read"  # as after a crash: an empty file
            raise NotAnInboxError(what, where=str(self.git_dir), cure=_FSCK)
        for name in (head, "refs/heads/master", "refs/heads/main"):
            if name in heads:
                return heads[name]
        if not heads:
            return head if _FULL_ID.fullmatch(head) else None
        if len(heads) > 1:
            raise NotAnInboxError(
                "HEAD names no branch that is here, and there are several", where=str(self.git_dir),
                cure="run `git symbolic-ref HEAD refs/heads/NAME` there",
            )  # fmt: skip
        return next(iter(heads.values()))

    def find_head(self) -> str | None:
        """Give the commit that git calls HEAD; where that is none, the branch's tip."""
        return self._head if _FULL_ID.fullmatch(self._head) else self.find_branch_tip()

    def list_references(self) -> list[str]:
        """Give the full names of all branches, tags and other refs."""
        try:
            return list(self._repo.references)
        except (KeyError, ValueError, OSError, pygit2.GitError) as error:
            raise _explain_refusal(self.git_dir, str(error)) from None

    def _read_heads(self) -> dict[str, str]:
        names = [name for name in self.list_references() if name.startswith("refs/heads/")]
        found = {name: self._read_reference(name)[1] for name in names}
        return {name: target for name, target in found.items() if target}

    def _head_target(self) -> str:
        try:
            text = (self.git_dir / "HEAD").read_text("utf-8", "replace").strip()
        except OSError as error:  # another branch would be a guess
            raise _unreadable(self.git_dir / "HEAD", error) from None
        return text.removeprefix("ref:").strip()

    def find_reference(self, name: str) -> str | None:
        """Give what a branch, tag or other ref points at, by its short or full name.

        A branch is where it was when the repository was opened.
        """
        full_name, target = self._read_reference(name)
        return self._heads.get(full_name, target)

    def _read_reference(self, name: str) -> tuple[str, str | None]:
        """Give the full name of a reference, and what it points at now."""
        try:
            reference = self._repo.lookup_reference_dwim(name)
            return reference.name, str(reference.resolve().target)
        except (KeyError, ValueError, OSError, pygit2.GitError):
            return name, None

    def expand_id(self, prefix: str) -> str | None:
        """Give the full id of the object whose id begins so; None where none does.

        Raises:
            ValueError: several do.
            CorruptObjectError: none does, but not all of them can be looked at.
        """
        try:
            oid = str(self._repo.expand_id(prefix))
        except KeyError:
            oid = ""
        except ValueError:
            return self._only_commit(prefix)
        except (OSError, pygit2.GitError) as error:
            what = f"its objects can't be read ({error})"
            raise CorruptObjectError(what, where=str(self.git_dir), cure=_FSCK) from None
        # forty digits are given back as they are, there or not
        if oid and (self._loose.find(oid) or oid in self._repo.odb):
            return oid
        reason = self._explain_missing(prefix)
        if isinstance(reason, CorruptObjectError):
            raise reason
        return None

    def _only_commit(self, prefix: str) -> str:
        """Give the commit whose id begins so; a mail's blob of that beginning doesn't count."""
        found = {oid for oid in map(str, self._repo.odb) if oid.startswith(prefix)}
        commits = [oid for oid in found if self.read_object(oid)[0] == "commit"]
        if len(commits) != 1:
            raise ValueError(prefix)
        return commits[0]

    def revparse(self, revision: str) -> str | None:
        """Let libgit2 find an object by git's full syntax (gitrevisions(7)); None if there is none.

        Raises:
            CorruptObjectError: a loose object is damaged, so that libgit2 might hang.
        """
        self._loose = LooseObjects(find_object_dirs(self.git_dir))  # with what came since
        for oid in self._loose.iter_ids():
            path = self._loose.find(oid)
            if path is not None:
                read_loose(path, oid, 1 << 31)
        try:
            return str(self._repo.revparse_single(revision).id)
        except (KeyError, ValueError, OSError, pygit2.GitError):
            return None


def _open_packs(folders: list[Path]) -> pygit2.Odb:
    """Open the packs alone: libgit2's reader of loose objects may spin for ever."""
    packs = pygit2.Odb()
    for folder in folders:
        packs.add_backend(pygit2.OdbBackendPack(str(folder)), 1)
    return packs


def _is_whole(pack: Path) -> bool:
    """Whether a pack ends with the checksum that its index knows."""
    try:
        with pack.open("rb") as file, pack.with_suffix(".idx").open("rb") as index:
            file.seek(-20, 2)
            index.seek(-40, 2)
            return file.read() == index.read(20)
    except OSError:
        return False


def _unreadable(path: Path, error: OSError) -> NotAnInboxError:
    return NotAnInboxError(
        f"it can't be read ({error.strerror or error})",
        where=str(path),
        cure="check its permissions, or run as a user who may read it",
    )


_REFUSALS: Final = (
    (r"object ?format|sha256", "it is a SHA-256 repository, which libgit2 can't read yet",
     "use a clone in SHA-1 format"),
    (r"partialclone", "it is a partial clone, which libgit2 refuses", _FULL_CLONE),
    (r"extension|refstorage|reftable", "it uses an extension that libgit2 doesn't know",
     "clone it again with `git clone --mirror` and git's default format"),
    (r"not owned|owner", "it belongs to another user, so git and libgit2 refuse it",
     "if you trust it, run `git config --global --add safe.directory PATH`"),
    (r"failed to stat .*config", "git's configuration in the home folder can't be read",
     "set HOME to a folder that this user may read"),  # as below `sudo -u` with root's HOME
    (r"ermission", "it can't be read", "check its permissions, or run as a user who may read it"),
)  # fmt: skip


def _explain_refusal(path: Path, said: str) -> NotAnInboxError:
    for pattern, what, cure in _REFUSALS:
        if re.search(pattern, said, re.IGNORECASE):
            cure = cure.replace("PATH", shlex.quote(str(path.resolve())))
            return UnsupportedRepositoryError(f"{what} ({said})", where=str(path), cure=cure)
    what = f"it can't be opened as a git repository ({said})"
    return NotAnInboxError(what, where=str(path), cure=_FSCK)
