"""Write a repository with code, commit by commit; for samples and tests."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pygit2
from pygit2.enums import FileMode


class Stamp(NamedTuple):
    """Who made a commit, and when, in seconds since 1970 and minutes east of Greenwich."""

    name: str
    email: str
    seconds: int
    zone: int = 0


class TreeWriter:
    """Makes a bare repository and commits files to it.

    The same files, people and times give the same commit ids.
    """

    def __init__(self, git_dir: Path) -> None:
        self._repo = pygit2.init_repository(str(git_dir), bare=True, initial_head="master")
        self._files: dict[str, dict[str, bytes]] = {}

    def commit(
        self,
        changes: Mapping[str, bytes | None],
        message: str,
        author: Stamp,
        committer: Stamp,
        *,
        parents: Iterable[str] | None = None,
        branch: str = "master",
    ) -> str:
        """Commit changed files, None for one that is removed, and return the commit's id.

        Args:
            changes: the new contents by path.
            message: the whole message.
            author: the author of the change.
            committer: who committed it.
            parents: the commits before it, of which the first has the other files; None
                for the branch's tip.
            branch: the branch that it goes to.
        """
        ref = f"refs/heads/{branch}"
        if parents is None:
            references = self._repo.references
            parents = [str(references[ref].target)] if ref in references else []
        before = list(parents)
        files = dict(self._files[before[0]]) if before else {}
        for path, data in changes.items():
            if data is None:
                files.pop(path, None)
            else:
                files[path] = data
        who, by = (pygit2.Signature(*stamp, "utf-8") for stamp in (author, committer))
        tree = self._write(files)
        commit = str(self._repo.create_commit(None, who, by, message, tree, before))
        self._files[commit] = files
        self._repo.references.create(ref, commit, force=True)
        return commit

    def tag(self, name: str, commit: str) -> None:
        """Name a commit."""
        self._repo.references.create(f"refs/tags/{name}", commit)

    def _write(self, files: Mapping[str, bytes]) -> pygit2.Oid:
        index = pygit2.Index()
        for path, data in files.items():
            index.add(pygit2.IndexEntry(path, self._repo.create_blob(data), FileMode.BLOB))
        return index.write_tree(self._repo)
