"""One git repository of an archive, as a source of mails: its refs, and what its commits do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import pygit2

from kvminbox.archive.changes import list_changes
from kvminbox.archive.loose import LooseObjects, find_object_dirs, read_loose
from kvminbox.archive.packs import PackError, Packs
from kvminbox.archive.refusals import FSCK, check_limit, explain_refusal, explain_unreadable
from kvminbox.archive.revisions import resolve_revision
from kvminbox.archive.source import RawChange
from kvminbox.archive.store import TRIES, ObjectStore
from kvminbox.errors import CorruptObjectError, NotAnInboxError, ObjectError, RevisionError
from kvminbox.models.list_urls import NO_URLS

_FULL_ID = re.compile(r"[0-9a-f]{40}")


class Repository(ObjectStore):
    """A git repository, read without hooks, configuration of others, or its work tree.

    Any number of threads may share it.

    Attributes:
        path: its git directory, as text.
        urls: where lists show their mails, as `kvminbox.models.list_urls` has it.
    """

    def __init__(self, git_dir: Path, urls: Mapping[str, str] = NO_URLS) -> None:
        super().__init__(git_dir)
        self.path: str = str(git_dir)
        self.urls = urls
        # read once: a branch that moves must not make a range of an old tip and a new base
        self._head = self._read_head()
        self._heads = self._read_heads()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its path, and its branches as they were when it was opened."""
        refs = {"_head": self._head, "_heads": self._heads}
        return Repository, (self.git_dir.absolute(), self.urls), refs

    @cached_property
    def tip(self) -> str | None:
        """The commit that the archive's branch points at; None in a repository without any.

        It is git's HEAD: the branch that HEAD names, since `init.defaultBranch` may call
        it anything, or the commit that is checked out. Where HEAD dangles it is `master`
        or `main`, or the only branch. Other refs are not walked: lore's
        `refs/meta/origins` is a history of its own.
        """
        heads, head = self._heads, self._head
        if _FULL_ID.fullmatch(head):
            return head
        if head not in heads and head.startswith("refs/") and (self.common_dir / head).is_file():
            what = f"its branch {head} can't be read"  # as after a crash: an empty file
            raise NotAnInboxError(what, where=str(self.git_dir), cure=FSCK)
        for name in (head, "refs/heads/master", "refs/heads/main"):
            if name in heads:
                return heads[name]
        if not heads:
            return None
        if len(heads) > 1:
            raise NotAnInboxError(
                "HEAD names a branch that does not exist, and there are several others",
                where=str(self.git_dir),
                cure="run `git symbolic-ref HEAD refs/heads/NAME` there",
            )  # fmt: skip
        return next(iter(heads.values()))

    @property
    def is_adrift(self) -> bool:
        """Whether it has objects, but no branch: one that waits for its first fetch has none."""
        if self.tip is not None:
            return False
        packs = (self.common_dir / "objects" / "pack").glob("*.pack")
        with self._lock:
            return any(packs) or bool(self._open().loose.list_ids())

    def list_changes(self, tip: str, base: str | None) -> Iterator[RawChange]:
        """Yield what the commits of a range do, newest first; see `walk_commits` for its errors."""
        yield from list_changes(self, tip, base)
        self.release()  # none of its many small objects is read again

    def list_names(self) -> dict[str, str]:
        """Return the commits that HEAD, branches, tags and other refs name, by full name."""
        return self._resolve_all(("HEAD", *self._list_references()))

    def list_tags(self) -> dict[str, str]:
        """Return the commits that tags name, by full name."""
        names = self._list_references()
        return self._resolve_all(name for name in names if name.startswith("refs/tags/"))

    def _resolve_all(self, names: Iterable[str]) -> dict[str, str]:
        found = {}
        for name in names:
            if self.tip and (name == "HEAD" or self._heads.get(name) == self.tip):
                # it is walked from, and to read it again takes the whole of a pack's index
                found[name] = self.tip
                continue
            with suppress(RevisionError, ObjectError):  # a tag may name a blob, or what is lost
                commit = resolve_revision(self, name)
                if commit:
                    found[name] = commit
        return found

    def find_head(self) -> str | None:
        """Return the commit that git calls HEAD, which is the archive's tip."""
        return self.tip

    def _list_references(self) -> list[str]:
        try:
            with self._lock:
                return list(self._open().repo.references)
        except (KeyError, ValueError, OSError, pygit2.GitError) as error:
            raise explain_refusal(self.git_dir, error) from None

    def _read_heads(self) -> dict[str, str]:
        names = [name for name in self._list_references() if name.startswith("refs/heads/")]
        if self._head.startswith("refs/"):
            names.append(self._head)  # HEAD may name what is no branch
        found = {name: self._read_reference(name)[1] for name in names}
        return {name: target for name, target in found.items() if target}

    def _read_head(self) -> str:
        """Return the full name of the branch that HEAD names, or the id of a commit."""
        head = self.git_dir / "HEAD"
        try:
            if head.is_symlink():  # as old versions of git wrote it
                name = head.readlink().as_posix()
                if name.startswith("refs/"):
                    return name
            text = head.read_text("utf-8", "replace").strip()
        except OSError as error:  # another branch would be a guess
            raise explain_unreadable(head, error) from None
        name = text.removeprefix("ref:").strip()
        return name.lower() if _FULL_ID.fullmatch(name.lower()) else name

    def find_reference(self, name: str) -> str | None:
        """Return what a branch, tag or other ref points at, by its short or full name.

        A branch is where it was when the repository was opened.
        """
        full_name, target = self._read_reference(name)
        return self._heads.get(full_name, target)

    def _read_reference(self, name: str) -> tuple[str, str | None]:
        """Return the full name of a reference, and what it points at now."""
        try:
            with self._lock:
                reference = self._open().repo.lookup_reference_dwim(name)
                return reference.name, str(reference.resolve().target)
        except (KeyError, ValueError, OSError, pygit2.GitError) as error:
            check_limit(self.git_dir, error)
            return name, None

    def expand_id(self, prefix: str) -> str | None:
        """Return the full id of the object whose id begins so; None if none does.

        Raises:
            ValueError: several do.
            CorruptObjectError: none does, but some objects can't be read.
            MissingObjectError: none does, but a pack has no index.
        """
        with self._lock:
            found = self._find_ids(prefix)
            if len(found) > 1:  # blobs and trees that begin so don't count
                found = [oid for oid in found if self.read_object(oid)[0] == "commit"]
                if len(found) != 1:
                    raise ValueError(prefix)
        if found:
            return found[0]
        bad_pack = self._explain_bad_pack(prefix)
        if bad_pack is not None:
            raise bad_pack
        return None

    def _find_ids(self, prefix: str) -> list[str]:
        """Return the ids that begin so; packs may come and go meanwhile."""
        for _ in range(TRIES):
            here = self._open()
            try:
                found = here.packs.list_ids(prefix).union(here.loose.list_ids(prefix))
            except PackError as error:
                if not self._has_moved():
                    what = f"its objects can't be read ({error})"
                    raise CorruptObjectError(what, where=str(self.git_dir), cure=FSCK) from None
            except CorruptObjectError:
                if not self._has_moved():
                    raise
            else:
                if found or not self._has_moved():
                    return sorted(found)
            self.release()
        return []

    def revparse(self, revision: str) -> str | None:
        """Let libgit2 find an object by git's full syntax (gitrevisions(7)); None if it finds none.

        Raises:
            CorruptObjectError: a loose object or a pack's index is damaged, so that libgit2
                might hang or crash.
        """
        with self._lock:
            # with what came since it was opened
            try:
                loose = LooseObjects(find_object_dirs(self.common_dir))
            except OSError as error:
                raise explain_unreadable(self.git_dir, error) from None
            for oid in loose.list_ids():
                path = loose.find(oid)
                if path is not None:
                    with suppress(FileNotFoundError):
                        read_loose(path, oid, 1 << 31)
            try:
                Packs(find_object_dirs(self.common_dir)).check_indexes()
                repo = self._open().repo
                for objects in find_object_dirs(self.common_dir)[1:]:
                    # libgit2 reads some relative alternates from where we are
                    repo.odb.add_disk_alternate(str(objects))
                return str(repo.revparse_single(revision).id)
            except PackError as error:
                what = f"its objects can't be read ({error})"
                raise CorruptObjectError(what, where=str(self.git_dir), cure=FSCK) from None
            except (KeyError, ValueError, OSError, pygit2.GitError) as error:
                check_limit(self.git_dir, error)
                return None
            finally:
                self.release()  # libgit2 has mapped the packs
