"""What one epoch of an archive must offer, wherever it is kept."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from kvminbox.archive.objects import Commit
from kvminbox.models import Change


class RawChange(NamedTuple):
    """One change of one commit."""

    commit: str
    blob: str
    seconds: int | None
    kind: Change
    further: bool = False
    """Whether it is not the first change of its commit."""

    code: str = ""
    text: str = ""


class Source(Protocol):
    """One epoch: a git repository, or what an index keeps of one."""

    @property
    def path(self) -> str:
        """Where it is, for people to read."""

    @property
    def tip(self) -> str | None:
        """The commit that its branch points at; None without commits."""

    @property
    def shallow(self) -> frozenset[str]:
        """The commits whose parents were cut off."""

    @property
    def is_adrift(self) -> bool:
        """Whether it has objects, but no branch that leads to them, as when its refs are lost."""

    def list_changes(self, tip: str, base: str | None) -> Iterator[RawChange]:
        """Yield what the commits of a range do, newest first."""

    def read_blob(self, oid: str) -> bytes:
        """Return a mail's bytes."""

    def read_commit(self, oid: str, /) -> Commit:
        """Return a commit."""

    def read_parent(self, commit: Commit, parent: str) -> Commit:
        """Return a parent of a commit; an error where history is cut off there."""

    def read_object(self, oid: str) -> tuple[str, bytes]:
        """Return an object's type and content."""

    def list_names(self) -> dict[str, str]:
        """Return the commits that HEAD, branches, tags and other refs name, by full name."""

    def find_head(self) -> str | None:
        """Return the commit that git calls HEAD."""

    def find_reference(self, name: str) -> str | None:
        """Return what a branch, tag or other ref points at, by its short or full name."""

    def expand_id(self, prefix: str) -> str | None:
        """Return the full id that begins so; ValueError where several do."""

    def revparse(self, revision: str) -> str | None:
        """Find an object by the rest of git's revision syntax."""
