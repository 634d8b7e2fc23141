"""A git repository with the code that a list's patches are for, read and never changed."""

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from kvminbox.archive import Repository, find_git_dir, resolve_revision
from kvminbox.dates import read_time, write_day
from kvminbox.errors import (
    CorruptObjectError,
    NotAnInboxError,
    NotATreeError,
    ObjectError,
    RevisionError,
    UnsupportedRepositoryError,
)
from kvminbox.given import check_path
from kvminbox.models import Commit, Progress
from kvminbox.models.corpus import list_texts
from kvminbox.safe import safe_text
from kvminbox.upstream.commit_text import CommitText, make_commit, parse_commit_text
from kvminbox.upstream.diffs import CommitDiff, DiffFacts, DiffReader, make_facts
from kvminbox.upstream.history import History, Node
from kvminbox.upstream.store import Store

MAX_COMMIT: Final = 16 << 20
"""Bytes of the largest commit object that is read; one with hundreds of signatures has 60,000."""

_PARENTS = re.compile(rb"tree [0-9a-f]{40}\n((?:parent [0-9a-f]{40}\n)*)")
_COMMITTED = re.compile(rb"\ncommitter [^\n]* (-?\d{1,18}) [+-]\d+(?=\n)")
_TAGS: Final = "refs/tags/"
_CURE: Final = "give a clone of the code, bare or with its work tree"


class Tree:
    """The commits of a source tree that some of its refs lead to.

    It is read with libgit2 and this library's own readers: nothing is run, fetched or
    written. Grafts and `git replace` are not followed. Threads may share it.

    Attributes:
        path: its git directory, as text.
        name: a short name: the last part of its path.
        refs: the refs as the caller wrote them.
        since: where the history begins that is looked at; None for all of it.
    """

    def __init__(
        self,
        repository: Repository,
        refs: Sequence[str],
        since: datetime | None,
        store: Store | None = None,
    ) -> None:
        self.path: str = repository.path
        self.name: str = _name_of(repository.git_dir)
        self.refs: tuple[str, ...] = tuple(refs)
        self.since = since
        self._repository = repository
        self._store = store
        self._tips = tuple(_resolve(repository, ref) for ref in refs)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        refs: Sequence[str] = ("HEAD",),
        since: str | datetime | None = None,
        *,
        store: Store | None = None,
    ) -> "Tree":
        """Open a repository, bare or with a work tree.

        Args:
            path: the repository.
            refs: the branches, tags or commits whose history counts as the tree.
            since: look at nothing that was committed before: an aware datetime, or ISO 8601
                text. History is left at the first commit that is older, as by
                `git log --since`.
            store: where facts are kept from one run to the next; a `TreeIndex` gives one.

        Raises:
            NotATreeError: there is no git repository.
            kvminbox.errors.UnsupportedRepositoryError: it is one that libgit2 can't read:
                a SHA-256 repository.
            RevisionError: a ref names no commit in it.
            UsageError: the date can't be understood, or no ref is given.
        """
        check_path(path, "give the path of a clone")
        where = Path(path)
        moment = read_time(since).moment if since is not None else None
        if isinstance(refs, str):
            refs = (refs,)
        if not refs:
            raise RevisionError("no ref is given", where=str(where), cure="give one, such as HEAD")
        try:
            git_dir = find_git_dir(where)
            if git_dir is None:
                raise NotATreeError("no git repository there", where=str(where), cure=_CURE)
            return cls(Repository(git_dir), refs, moment, store)
        except UnsupportedRepositoryError:
            raise
        except NotAnInboxError as error:
            raise NotATreeError(error.what, where=error.where, cure=_CURE) from None

    def __repr__(self) -> str:
        refs = ", ".join(self.refs)
        since = f" since {write_day(self.since)}" if self.since else ""
        return safe_text(f"<Tree {self.name} {refs}{since}>")

    def __contains__(self, commit: str) -> bool:
        """Whether its history holds a commit, by full id."""
        return commit in self.history

    @property
    def each(self) -> tuple["Tree", ...]:
        """The tree itself, as one of several has it; see `Trees`."""
        return (self,)

    @property
    def store(self) -> Store | None:
        """Where its facts are kept; None for nowhere."""
        return self._store

    @property
    def tips(self) -> dict[str, str]:
        """The commit that each ref names."""
        return dict(zip(self.refs, self._tips, strict=True))

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is not known of its history, in words; empty if all of it is here."""
        found = []
        if self._repository.shallow:
            commits = ", ".join(sorted(oid[:12] for oid in self._repository.shallow)[:3])
            found.append(
                f"{self.name} is a shallow clone: nothing is known of commits before {commits}"
            )
        if self._is_partial:
            found.append(f"{self.name} is a partial clone: what is absent can't be compared")
        if self.since is not None:
            found.append(f"{self.name} was looked at from {write_day(self.since)} on")
        grafts = Path(self._repository.common_dir) / "info" / "grafts"
        with suppress(OSError):
            if grafts.stat().st_size:
                found.append(f"{self.name} has grafts, which are not followed")
        return tuple(found)

    @cached_property
    def history(self) -> History:
        """The shape of its history; the first use reads each commit.

        Raises:
            kvminbox.errors.ObjectError: a commit can't be read.
        """
        since = int(self.since.timestamp()) if self.since else None
        known = self._store.read_shapes() if self._store else {}
        history = History(self._tips, self._read_shape, since=since, known=known)
        history.label(
            (name, commit)
            for name, commit, seconds in self.list_tags()
            if since is None or seconds >= since
        )
        if self._store and (history.fresh or len(history) != len(known)):
            self._store.keep_shapes(history.shapes())
        return history

    def commits(
        self, *, patch_ids: bool = False, progress: Progress | None = None
    ) -> Iterator[Commit]:
        """Yield the commits, the oldest first, but none before its parents.

        Args:
            patch_ids: whether to compute their patch-ids, which takes a hundred times as long.
            progress: is called with how many commits are done.

        Raises:
            kvminbox.errors.ObjectError: one can't be read.
        """
        history = self.history
        for done, node in enumerate(history.nodes()):
            if progress:
                progress(done, len(history))
            text = self.read_text(node.id)
            patch_id = self.read_diff(text).patch_id if patch_ids and is_single(text) else None
            yield make_commit(text, patch_id=patch_id, release=node.release)
        if progress:
            progress(len(history), len(history))

    def find_commit(self, revision: str) -> Commit:
        """Return the commit that an id, a ref, or another of git's revisions names.

        Raises:
            RevisionError: it names none.
            kvminbox.errors.ObjectError: the commit can't be read.
        """
        oid = _resolve(self._repository, revision)
        text = self.read_text(oid)
        patch_id = self.read_diff(text).patch_id if is_single(text) else None
        return make_commit(text, patch_id=patch_id, release=self.history.release_of(oid))

    def find_id(self, revision: str) -> str | None:
        """Return the full id of a commit of its history that a revision names; None for none."""
        try:
            found = resolve_revision(self._repository, revision)
        except (RevisionError, ObjectError):
            return None
        return found if found is not None and found in self else None

    def nodes(self, begin: int | None = None) -> Iterator[Node]:
        """Yield its commits, the oldest first; see `History.nodes`."""
        return self.history.nodes(begin)

    def release_of(self, commit: str) -> str | None:
        """Return the first tag with a commit; None if none does."""
        return self.history.release_of(commit)

    def list_tags(self) -> list[tuple[str, str, int]]:
        """Return its tags' names with their commits and these' times, the oldest first.

        A tag of something else, or of a commit that is lost, is left out.
        """
        found = []
        for ref, commit in self._repository.list_tags().items():
            with suppress(ObjectError):
                seconds = self._read_shape(commit)[1] or 0
                found.append((seconds, _order_name(ref), ref.removeprefix(_TAGS), commit))
        return [(name, commit, seconds) for seconds, _, name, commit in sorted(found)]

    def find_before(self, moment: datetime) -> str | None:
        """Return the last commit of the first ref that is not newer than a moment.

        Only first parents are followed: what was merged later was not in the tree by then.
        None if all of them are newer, or none has a time.
        """
        seconds, commits = self._line
        place = bisect_left(seconds, -int(moment.timestamp()))
        return commits[place] if place < len(commits) else None

    @cached_property
    def _line(self) -> tuple[list[int], list[str]]:
        """The first parents from the first tip, and the least time so far of each, negated."""
        times: list[int] = []
        commits: list[str] = []
        seen: set[str] = set()
        current: str | None = self._tips[0]
        while current is not None and current not in seen:
            seen.add(current)
            parents, when = self._read_shape(current)
            if when is not None:
                times.append(max(-when, times[-1] if times else -when))
                commits.append(current)
            current = parents[0] if parents else None
        return times, commits

    def read_file(self, commit: str, path: str) -> tuple[str, bytes] | None:
        """Return the id and the bytes of a file in a commit; None if there is none.

        Raises:
            kvminbox.errors.ObjectError: an object can't be read.
        """
        oid = self._find_blob(commit, path)
        return (oid, self._repository.read_blob(oid)) if oid else None

    def has_any(self, paths: Iterable[str]) -> bool:
        """Whether one of its tips has one of some files.

        Raises:
            kvminbox.errors.ObjectError: an object can't be read.
        """
        wanted = list_texts(paths, "paths")
        return any(self._find_blob(tip, path) for path in wanted for tip in self._tips)

    def _find_blob(self, commit: str, path: str) -> str | None:
        """Return the id of a plain file in a commit; None if there is none."""
        found = self._repository.read_commit(commit).tree
        *folders, name = path.encode("utf-8", "surrogateescape").split(b"/")
        for folder in folders:
            mode, found = self._repository.read_tree(found).get(folder, (b"", ""))
            if mode not in {b"40000", b"040000"}:
                return None
        mode, oid = self._repository.read_tree(found).get(name, (b"", ""))
        return oid if mode in {b"100644", b"100755"} else None

    def read_text(self, commit: str) -> CommitText:
        """Return what a commit's bytes say; see `commits` for its errors."""
        _, data = self._repository.read_object(commit, MAX_COMMIT)
        return parse_commit_text(commit, _find_parents(data), data)

    def read_facts(self, commit: CommitText) -> DiffFacts:
        """Return what of a commit's change is compared with mails, from the store if it has it."""
        kept = self._store.find_diff(commit.id) if self._store else None
        if kept is None:
            kept = make_facts(self.read_diff(commit))
            if self._store:
                self._store.keep_diff(commit.id, kept)
        return kept

    def read_diff(self, commit: CommitText) -> CommitDiff:
        """Return what a commit changes against its first parent.

        In a partial clone it may be an unknown diff.
        """
        try:
            return self._diffs.read_diff(commit.id, self._find_base(commit))
        except CorruptObjectError:
            if not self._is_partial:
                raise
            return CommitDiff(self.read_paths(commit), "", "", is_known=False)

    def read_paths(self, commit: CommitText) -> frozenset[str]:
        """Return the paths that a commit touches, which takes a tenth of its diff's time."""
        try:
            return self._diffs.read_paths(commit.id, self._find_base(commit))
        except CorruptObjectError:
            if not self._is_partial:
                raise
            return frozenset()

    @cached_property
    def _is_partial(self) -> bool:
        packs = Path(self._repository.common_dir) / "objects" / "pack"
        return any(packs.glob("*.promisor"))

    @cached_property
    def _diffs(self) -> DiffReader:
        return DiffReader(self._repository.git_dir)

    def _find_base(self, commit: CommitText) -> str | None:
        # the parents of a shallow clone's last commits are not there: git shows them as roots
        if commit.id in self._repository.shallow or not commit.parents:
            return None
        return commit.parents[0]

    def _read_shape(self, commit: str) -> tuple[tuple[str, ...], int | None]:
        kind, data = self._repository.read_object(commit, MAX_COMMIT)
        if kind != "commit":
            raise RevisionError(f"it is a {kind}, not a commit", where=f"{self.path}: {commit}")
        match = _COMMITTED.search(data, 0, 1 << 16)
        parents = () if commit in self._repository.shallow else _find_parents(data)
        return parents, int(match[1]) if match else None


def is_single(commit: CommitText) -> bool:
    """Whether a commit has one parent, or none: a merge has no diff of its own."""
    return len(commit.parents) < 2


def _find_parents(data: bytes) -> tuple[str, ...]:
    match = _PARENTS.match(data)
    return tuple(line[7:] for line in match[1].decode().split("\n") if line) if match else ()


def _resolve(repository: Repository, ref: str) -> str:
    try:
        found = resolve_revision(repository, ref)
    except RevisionError as error:
        cure = error.cure.replace("of the archive", "of the tree")
        raise RevisionError(error.what, where=error.where, cure=cure) from None
    if found is None:
        what = "it has no commits yet" if ref == "HEAD" else f"it has no ref or commit {ref}"
        cure = "give an existing branch, tag or commit"
        raise RevisionError(what, where=repository.path, cure=cure)
    return found


def _order_name(ref: str) -> list[tuple[int, str]]:
    """Return a key by which `v6.9` comes before `v6.10`, for tags of one commit."""
    return [
        (int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d{1,9})", ref)
    ]


def _name_of(git_dir: Path) -> str:
    parts = [part for part in git_dir.resolve().parts if part not in {".git", "repo", "git"}]
    return parts[-1].removesuffix(".git") if parts else str(git_dir)
