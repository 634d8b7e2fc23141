"""What each commit of a range does to the archive: add a mail, delete one, or neither.

What counts is the change at a mail's path against every parent, not what the tree
holds: an importer that tried an insert twice left a commit whose tree is its
parent's. A window may have a million commits, so a change is kept in 49 bytes
until it is asked for.
"""

import hashlib
import re
import struct
from collections.abc import Iterator
from typing import Final, Protocol

from kvminbox.archive.objects import EMPTY_BLOB, Commit, Tree
from kvminbox.archive.source import RawChange, Source
from kvminbox.archive.walk import walk_commits
from kvminbox.errors import ObjectError, OversizedObjectError
from kvminbox.models import CHANGES, Change

MAX_CHANGES: Final = 100_000
"""Changes of one commit; public-inbox makes one, and an import by hand some thousands."""

_FILE_MODES: Final = frozenset({b"100644", b"100664", b"100755"})
_TREE_MODES: Final = frozenset({b"40000", b"040000"})
_HEX_NAME = re.compile(rb"[0-9a-f]{2}")
_HEX_REST = re.compile(rb"[0-9a-f]{38}")
_ROW: Final = struct.Struct("=20s20sqB")
_NO_TIME: Final = -(1 << 62)
_NO_BLOB: Final = bytes(20)
_FURTHER: Final = 0x80
"""Marks the second and later changes of a commit, so that commits can be counted."""


class TreeSource(Source, Protocol):
    """A source whose commits have trees, as in git."""

    def read_tree(self, oid: str, /) -> Tree:
        """Return a tree's entries."""


class ChangeList:
    """The changes of a range in one repository, oldest first, packed.

    Attributes:
        commits: the number of commits that made the changes.
        deletions: the number of changes that are deletions.
        newest: the newest change of the range, whether it was kept or not.
        oldest: the oldest, likewise.
    """

    def __init__(self) -> None:
        self.commits = 0
        self.deletions = 0
        self.newest: RawChange | None = None
        self.oldest: RawChange | None = None
        self._rows = bytearray()
        self._troubles: dict[int, tuple[str, str]] = {}

    def append(self, change: RawChange) -> None:
        """Keep a change; they are added newest first."""
        if change.code:
            self._troubles[len(self)] = (change.code, change.text)
        self.commits += not change.further
        self.deletions += change.kind == "deletion"
        kind = CHANGES.index(change.kind) | (_FURTHER if change.further else 0)
        seconds = _NO_TIME if change.seconds is None else change.seconds
        self._rows += _ROW.pack(
            bytes.fromhex(change.commit), bytes.fromhex(change.blob), seconds, kind
        )

    def digest(self) -> str:
        """Return a digest of the changes that are kept: equal where the changes are."""
        troubles = repr(sorted(self._troubles.items())).encode("utf-8", "surrogatepass")
        return hashlib.sha256(self._rows + troubles).hexdigest()

    def has_commit(self, commit: str) -> bool:
        """Whether a commit made one of the changes."""
        wanted = bytes.fromhex(commit)
        place = self._rows.find(wanted)
        while place > 0 and place % _ROW.size:  # in a blob's id, or across two
            place = self._rows.find(wanted, place + 1)
        return place >= 0

    def __len__(self) -> int:
        return len(self._rows) // _ROW.size

    def __getitem__(self, index: int) -> RawChange:
        """Return the change at a position, the oldest at 0."""
        row = len(self) - 1 - index
        commit, blob, seconds, kind = _ROW.unpack_from(self._rows, row * _ROW.size)
        return RawChange(
            commit.hex(),
            "" if blob == _NO_BLOB else blob.hex(),
            None if seconds == _NO_TIME else seconds,
            CHANGES[kind & ~_FURTHER],
            bool(kind & _FURTHER),
            *self._troubles.get(row, ()),
        )

    def __iter__(self) -> Iterator[RawChange]:
        """Yield the changes, oldest first."""
        return map(self.__getitem__, range(len(self)))


def list_changes(source: TreeSource, tip: str, base: str | None) -> Iterator[RawChange]:
    """Yield what the commits of a range do, newest first.

    Raises:
        kvminbox.errors.KvminboxError: as `kvminbox.archive.walk.walk_commits`.
    """
    for commit in walk_commits(source, tip, base):
        try:
            found = list(_read_changes(source, commit))
        except ObjectError as error:
            found = [_change(commit, "", "problem", error.code, error.located)]
        for change in found[:0:-1]:  # newest first within a commit, too
            yield change._replace(further=True)
        yield found[0]


def _change(commit: Commit, blob: str, kind: Change, code: str = "", text: str = "") -> RawChange:
    return RawChange(commit.id, blob or "0" * 40, commit.seconds, kind, False, code, text)


def _tree_or_empty(source: TreeSource, oid: str) -> Tree:
    try:
        return source.read_tree(oid)
    except ObjectError:
        return {}  # the problem is the commit that has this tree, not its child


def _read_changes(source: TreeSource, commit: Commit) -> Iterator[RawChange]:
    tree = source.read_tree(commit.tree)
    parents = [source.read_parent(commit, parent) for parent in commit.parents]
    befores = [_tree_or_empty(source, parent.tree) for parent in parents]
    if b"m" not in tree and b"d" not in tree and any(map(_is_v1, (tree, *befores))):
        return _read_v1_changes(source, commit, tree, befores)
    return _read_v2_changes(commit, tree, befores)


def _read_v2_changes(commit: Commit, tree: Tree, parents: list[Tree]) -> Iterator[RawChange]:
    changed = [
        name
        for name in (b"m", b"d")
        if name in tree and all(parent.get(name) != tree[name] for parent in parents)
    ]
    for name in changed:
        mode, blob = tree[name]
        if name == b"d" and mode in _FILE_MODES:
            yield _change(commit, blob, "deletion")
        else:
            yield _arrival(commit, name, mode, blob)
    if not changed:
        yield _change(commit, "", "unchanged")


def _arrival(commit: Commit, path: bytes, mode: bytes, blob: str) -> RawChange:
    if mode in _FILE_MODES:
        return _change(commit, blob, "purged" if blob == EMPTY_BLOB else "message")
    text = f"{path.decode()} has mode {mode.decode()}, which is not that of a regular file"
    return _change(commit, blob, "problem", "entry-not-a-blob", text)


def _is_v1(tree: Tree) -> bool:
    """Whether a tree keeps each mail under a path of its own, `xx/<38 hex digits>`."""
    return any(
        mode in _TREE_MODES and _HEX_NAME.fullmatch(name) for name, (mode, _) in tree.items()
    )


def _read_v1_changes(
    source: TreeSource, commit: Commit, tree: Tree, parents: list[Tree]
) -> Iterator[RawChange]:
    count = 0
    for name in sorted(tree.keys() | set().union(*parents)):
        if not _HEX_NAME.fullmatch(name):
            continue
        if any(parent.get(name) == tree.get(name) for parent in parents):
            continue
        new = _read_subtree(source, tree.get(name))
        olds = [_read_subtree(source, parent.get(name)) for parent in parents]
        for path in sorted(new.keys() | set().union(*olds)):
            # public-inbox ignores a path whose mail is replaced
            if path in new and not any(path in old for old in olds):
                yield _arrival(commit, name + b"/" + path, *new[path])
            elif path not in new and all(path in old for old in olds):
                yield _change(commit, olds[0][path][1], "deletion")
            else:
                continue
            count += 1
            if count > MAX_CHANGES:  # one small tree may be at 256 paths
                what = f"the commit changes more than {MAX_CHANGES} mails"
                raise OversizedObjectError(what, where=f"commit {commit.id}")
    if not count:
        yield _change(commit, "", "unchanged")


def _read_subtree(source: TreeSource, entry: tuple[bytes, str] | None) -> Tree:
    if entry is None or entry[0] not in _TREE_MODES:
        return {}
    mails = source.read_tree(entry[1])
    return {name: mail for name, mail in mails.items() if _HEX_REST.fullmatch(name)}
