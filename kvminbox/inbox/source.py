"""Where the mails of one epoch come from: a git repository, or an index."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

from kvminbox.archive import Commit, RawChange, Repository, list_changes, resolve_revision
from kvminbox.errors import ObjectError, RevisionError


class Source(Protocol):
    """One epoch, wherever it is kept."""

    @property
    def path(self) -> str:
        """Where it lies, for people to read."""

    @property
    def tip(self) -> str | None:
        """The commit that its branch is at; None without commits."""

    @property
    def is_shallow(self) -> bool:
        """Whether the beginning of its history was cut off."""

    @property
    def is_adrift(self) -> bool:
        """Whether it has objects, but no branch that leads to them, as where its refs are lost."""

    def resolve(self, revision: str) -> str | None:
        """Give the commit that a revision names; None if it names nothing here."""

    def list_changes(self, tip: str, base: str | None) -> Iterator[RawChange]:
        """Give what the commits of a range do, newest first."""

    def read_blob(self, oid: str) -> bytes:
        """Give a mail's bytes."""

    def read_commit(self, oid: str, /) -> Commit:
        """Give a commit with its parents."""

    def list_names(self) -> dict[str, str]:
        """Give the commits that HEAD, branches, tags and other refs name, by their full names."""


class GitSource:
    """An epoch read live from its git repository."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.path = str(repository.git_dir)
        self.tip = repository.find_branch_tip()
        self.is_shallow = bool(repository.shallow)
        self.is_adrift = self.tip is None and repository.has_objects
        self.read_blob = repository.read_blob
        self.read_commit = repository.read_commit

    def resolve(self, revision: str) -> str | None:
        """Give the commit that a revision names; None if it names nothing here."""
        return resolve_revision(self.repository, revision)

    def list_changes(self, tip: str, base: str | None) -> Iterator[RawChange]:
        """Give what the commits of a range do, newest first."""
        yield from list_changes(self.repository, tip, base)
        self.repository.release()  # of its many small objects none is read again

    def list_names(self) -> dict[str, str]:
        """Give the commits that HEAD, branches, tags and other refs name, by their full names."""
        found = {}
        for name in ("HEAD", *self.repository.list_references()):
            with suppress(RevisionError, ObjectError):  # a tag may name a blob, or what is lost
                commit = resolve_revision(self.repository, name)
                if commit:
                    found[name] = commit
        return found
