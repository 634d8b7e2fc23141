"""Write an archive of one epoch, as public-inbox lays one out; for samples and tests."""

from pathlib import Path

import pygit2
from pygit2.enums import FileMode


class MailWriter:
    """Makes a bare repository and commits mails to it, one a commit, at given times.

    The same mails and times give the same commit ids.
    """

    def __init__(self, git_dir: Path) -> None:
        self._repo = pygit2.init_repository(str(git_dir), bare=True, initial_head="master")
        self._branch = "refs/heads/master"

    def add(self, raw: bytes, seconds: int) -> str:
        """Commit a mail and return the commit's id."""
        return self._commit("m", raw, seconds, "add")

    def delete(self, raw: bytes, seconds: int) -> str:
        """Commit the deletion of a mail that was added before, and return the commit's id."""
        return self._commit("d", raw, seconds, "rm")

    def tag(self, name: str, commit: str) -> None:
        """Name a commit."""
        self._repo.references.create(f"refs/tags/{name}", commit)

    def _commit(self, path: str, raw: bytes, seconds: int, message: str) -> str:
        tree = self._repo.TreeBuilder()
        tree.insert(path, self._repo.create_blob(raw), FileMode.BLOB)
        who = pygit2.Signature("sample inbox", "sample@kvminbox.example", seconds, 0)
        references = self._repo.references
        parents = [references[self._branch].target] if self._branch in references else []
        commit = self._repo.create_commit(self._branch, who, who, message, tree.write(), parents)
        return str(commit)
