"""What the walk and the revisions need to know of a history, wherever it is kept."""

from typing import Protocol

from kvminbox.archive.objects import Commit


class History(Protocol):
    """Commits that can be read by id; a git repository, or what an index keeps of one."""

    @property
    def shallow(self) -> frozenset[str]:
        """The commits whose parents were cut off."""

    def read_commit(self, oid: str, /) -> Commit:
        """Give a commit."""

    def read_parent(self, commit: Commit, parent: str) -> Commit:
        """Give the parent of a commit."""


class NamedHistory(History, Protocol):
    """A history whose commits have names, too."""

    def find_head(self) -> str | None:
        """Give the commit that git calls HEAD."""

    def find_reference(self, name: str) -> str | None:
        """Give what a branch, tag or other ref points at."""

    def expand_id(self, prefix: str) -> str | None:
        """Give the full id that begins so; ValueError where several do."""

    def read_object(self, oid: str) -> tuple[str, bytes]:
        """Give an object's type and content."""

    def revparse(self, revision: str) -> str | None:
        """Find an object by the rest of git's syntax."""
