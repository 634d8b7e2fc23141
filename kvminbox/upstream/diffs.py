"""The changes of commits as git shows them; the one place that asks libgit2 for a diff.

libgit2 compares the files. The headers are written here, since it lets the user's
configuration change them (`diff.noprefix`), and since its likeness of renamed files is
another one than git's.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Final

import pygit2
from pygit2.enums import DeltaStatus, DiffFlag, DiffOption, RepositoryOpenFlag

from kvminbox.archive import explain_refusal
from kvminbox.errors import CorruptObjectError
from kvminbox.patch_id import compute_patch_id
from kvminbox.upstream.lines import read_lines
from kvminbox.upstream.renames import Side, find_renames

MAX_FILES: Final = 3_000
"""Files of a commit whose diff is read; an import of a whole tree is no mail's change."""

MAX_DIFF: Final = 64 << 20
"""Bytes of the largest diff that is read, twice those of the largest mail."""

MAX_USES: Final = 25
"""Diffs after which libgit2 starts afresh: it keeps trees and commits, and maps packs."""

_QUOTED = re.compile(rb'[\x00-\x1f"\\\x7f-\xff]')
_ESCAPES: Final = {
    7: b"\\a", 8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r",
    34: b'\\"', 92: b"\\\\",
}  # fmt: skip
_REGULAR: Final = 0o10  # of a mode, as in 100644
_NOTHING: Final = "0" * 40


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a diff: names, modes and blobs before and after, and its hunks."""

    old: bytes
    new: bytes
    old_mode: int
    new_mode: int
    old_blob: str
    new_blob: str
    is_binary: bool
    hunks: bytes
    similarity: int | None = None
    """How alike the two sides of a rename are, in per cent; None if it is none."""

    def write(self) -> bytes:
        """Return it as git writes it."""
        old, new = _quote(b"a/", self.old), _quote(b"b/", self.new)
        lines = [b"diff --git %s %s" % (old, new)]
        if not self.old_mode:
            lines.append(b"new file mode %06o" % self.new_mode)
        elif not self.new_mode:
            lines.append(b"deleted file mode %06o" % self.old_mode)
        elif self.old_mode != self.new_mode:
            lines += [b"old mode %06o" % self.old_mode, b"new mode %06o" % self.new_mode]
        if self.similarity is not None:
            lines.append(b"similarity index %d%%" % self.similarity)
            lines += [
                b"rename from " + _quote(b"", self.old),
                b"rename to " + _quote(b"", self.new),
            ]
        if self.old_blob != self.new_blob:
            lines.append(f"index {self.old_blob}..{self.new_blob}".encode())
        old = old if self.old_mode else b"/dev/null"
        new = new if self.new_mode else b"/dev/null"
        if self.is_binary and self.old_blob != self.new_blob:
            lines.append(b"Binary files %s and %s differ" % (old, new))
        elif self.hunks:
            lines += [b"--- " + old, b"+++ " + new, self.hunks.removesuffix(b"\n")]
        return b"\n".join(lines) + b"\n"


@dataclass(frozen=True)
class CommitDiff:
    """What a commit changes against its first parent."""

    paths: frozenset[str]
    """The paths that it touches, before and after."""

    text: str
    """Its diff without renames; empty if it is too large."""

    renamed: str
    """Its diff with renames; empty if it has none."""

    is_known: bool = True
    """Whether its diff was read: not where it is too large, or not here."""

    @cached_property
    def patch_id(self) -> str | None:
        """The id of the diff without renames."""
        return compute_patch_id(self.text)

    @cached_property
    def renamed_patch_id(self) -> str | None:
        """The id of the diff with renames; None if it has none."""
        return compute_patch_id(self.renamed)


@dataclass(frozen=True, slots=True)
class DiffFacts:
    """What of a commit's diff is compared with mails; small enough to be kept."""

    paths: frozenset[str]
    """The paths that it touches, before and after."""

    patch_ids: tuple[bytes, ...]
    """The ids of the diff without renames, and with them where it has some."""

    lines: "tuple[array[int], ...]"
    """The changed lines, likewise; see `read_lines`."""

    is_known: bool = True
    """Whether its diff was read."""


def make_facts(diff: CommitDiff) -> DiffFacts:
    """Return what of a diff is compared with mails."""
    ids = filter(None, (diff.patch_id, diff.renamed_patch_id))
    texts = filter(None, (diff.text, diff.renamed))
    return DiffFacts(
        paths=diff.paths,
        patch_ids=tuple(bytes.fromhex(one) for one in dict.fromkeys(ids)),
        lines=tuple(read_lines(text) for text in texts) or (array("I"),),
        is_known=diff.is_known,
    )


class DiffReader:
    """Reads the diffs of one repository's commits. Threads may share it; they take turns."""

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir
        self._lock = RLock()
        self._repo = self._open()
        self._uses = 0

    def _open(self) -> pygit2.Repository:
        flags = (
            RepositoryOpenFlag.NO_SEARCH | RepositoryOpenFlag.BARE | RepositoryOpenFlag.NO_DOTGIT
        )
        try:
            return pygit2.Repository(str(self._git_dir), flags)
        except (pygit2.GitError, KeyError, ValueError, OSError) as error:
            raise explain_refusal(self._git_dir, error) from None

    def read_paths(self, commit: str, parent: str | None) -> frozenset[str]:
        """Return the paths that a commit touches against a parent, None for a root commit.

        Raises:
            CorruptObjectError: something that it needs can't be read.
        """
        with self._lock, _Explained(self._git_dir, commit):
            found = set()
            for delta in self._compare(commit, parent).deltas:
                found |= {_text(delta.old_file.raw_path), _text(delta.new_file.raw_path)}
            return frozenset(found)

    def read_diff(self, commit: str, parent: str | None) -> CommitDiff:
        """Return what a commit changes against a parent, None for a root commit.

        Raises:
            CorruptObjectError: something that it needs can't be read.
        """
        with self._lock, _Explained(self._git_dir, commit):
            diff = self._compare(commit, parent)
            deltas = list(diff.deltas)
            paths = frozenset(
                _text(name)
                for delta in deltas
                for name in (delta.old_file.raw_path, delta.new_file.raw_path)
            )
            if len(deltas) > MAX_FILES:
                return CommitDiff(paths, "", "", is_known=False)
            files = list(_read_files(diff))
            text = _join(files)
            states = {delta.status for delta in deltas}
            renamed: list[_File] = []
            if text and {DeltaStatus.ADDED, DeltaStatus.DELETED} <= states:
                renamed = self._find_renames(files)
            return CommitDiff(paths, text, _join(renamed))

    def _compare(self, commit: str, parent: str | None) -> pygit2.Diff:
        self._uses += 1
        if self._uses % MAX_USES == 0:
            self._repo.free()
            self._repo = self._open()
        tree = self._repo[commit].peel(pygit2.Tree)
        flags = DiffOption.INDENT_HEURISTIC
        if parent is None:
            return tree.diff_to_tree(flags=flags, swap=True)
        return self._repo[parent].peel(pygit2.Tree).diff_to_tree(tree, flags=flags)

    def _find_renames(self, files: list[_File]) -> list[_File]:
        """Return the files with each removed and added pair that is a rename as one."""
        removed = [file for file in files if not file.new_mode]
        added = [file for file in files if not file.old_mode]
        found = find_renames(
            [Side(file.old, file.old_blob, file.old_mode >> 12 == _REGULAR) for file in removed],
            [Side(file.new, file.new_blob, file.new_mode >> 12 == _REGULAR) for file in added],
            lambda blob: self._read_blob(blob).data,
        )
        if not found:
            return []
        pairs = {id(added[one.new]): (removed[one.old], one.similarity) for one in found}
        gone = {id(old) for old, _ in pairs.values()}
        # in the place of the added file, as in git: the id of a file without hunks depends on it
        return [
            self._join_pair(*pairs[id(file)], file) if id(file) in pairs else file
            for file in files
            if id(file) not in gone
        ]

    def _read_blob(self, oid: str) -> pygit2.Blob:
        return self._repo[oid].peel(pygit2.Blob)

    def _join_pair(self, old: _File, similarity: int, new: _File) -> _File:
        hunks = b""
        is_binary = old.is_binary or new.is_binary
        if old.old_blob != new.new_blob and not is_binary:
            before, after = self._read_blob(old.old_blob), self._read_blob(new.new_blob)
            patch = before.diff(after, DiffOption.INDENT_HEURISTIC)
            hunks = _cut_hunks(patch.data)
        return replace(
            old, new=new.new, new_mode=new.new_mode, new_blob=new.new_blob,
            is_binary=is_binary, hunks=hunks, similarity=similarity,
        )  # fmt: skip


class _Explained:
    """Turns what libgit2 raises about an object into an error of this library."""

    def __init__(self, git_dir: Path, commit: str) -> None:
        self._where = f"{git_dir}: {commit}"

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (pygit2.GitError, KeyError, ValueError, OSError)):
            what = f"its diff can't be read ({error})"
            cure = "run `git fsck` there, and fetch or clone it again in full"
            raise CorruptObjectError(what, where=self._where, cure=cure) from None


def _read_files(diff: pygit2.Diff) -> Iterator[_File]:
    for patch in diff:
        if patch is None:
            continue
        delta = patch.delta
        old, new = delta.old_file, delta.new_file
        is_binary = bool(delta.flags & DiffFlag.BINARY)
        is_new, is_gone = delta.status == DeltaStatus.ADDED, delta.status == DeltaStatus.DELETED
        yield _File(
            old=new.raw_path if is_new else old.raw_path,
            new=old.raw_path if is_gone else new.raw_path,
            old_mode=0 if is_new else int(old.mode),
            new_mode=0 if is_gone else int(new.mode),
            old_blob=_NOTHING if is_new else str(old.id),
            new_blob=_NOTHING if is_gone else str(new.id),
            is_binary=is_binary,
            hunks=b"" if is_binary else _cut_hunks(patch.data),
        )


def _cut_hunks(data: bytes) -> bytes:
    start = data.find(b"\n@@ ") + 1
    return data[start:] if start else b""


def _join(files: Iterable[_File]) -> str:
    """Return the files' diffs as one text; empty if it is too large."""
    found: list[bytes] = []
    left = MAX_DIFF
    for file in files:
        found.append(file.write())
        left -= len(found[-1])
        if left < 0:
            return ""
    return _text(b"".join(found))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _quote(prefix: bytes, path: bytes) -> bytes:
    """Return a path as git writes it in a header: quoted as in C where it has odd bytes."""
    name = prefix + path
    if not _QUOTED.search(name):
        return name
    return b'"%s"' % _QUOTED.sub(_escape, name)


def _escape(match: re.Match[bytes]) -> bytes:
    byte = match[0][0]
    return _ESCAPES.get(byte) or b"\\%03o" % byte
