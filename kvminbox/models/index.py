"""What an update did to an index, and how far it got."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from kvminbox.models.base import Model


class EpochUpdate(Model):
    """What was done for one epoch that had new commits or had lost some.

    It accounts for commits. Use `Index.new_since` for what is new: after a rewritten history
    `before` is no longer a commit of the archive.
    """

    inbox: str
    """The inbox's name in the index."""

    epoch: int
    """The epoch's number."""

    before: str | None
    """The last commit that the index had before; None if it had none."""

    after: str | None
    """The last commit that it has now; None if it has none."""

    added: int
    """How many changes were added."""

    removed: int
    """How many changes were removed because the archive's history was rewritten."""


class IndexUpdate(Model):
    """What an update did."""

    epochs: tuple[EpochUpdate, ...] = ()
    """The epochs that had changed; none if the index was up to date."""

    unread: int = 0
    """Mails of the inbox that could not be read; the next update tries them again."""

    erased: bool = True
    """False if a reader still held pages with removed content: a later update erases them,
    once that reader is closed."""

    def _describe(self) -> str:
        removed = f", {self.removed:,} removed" if self.removed else ""
        unread = f", {self.unread:,} unread" if self.unread else ""
        later = "" if self.erased else ", removed content not erased yet"
        return f"{self.added:,} added{removed}{unread}{later}"

    @property
    def added(self) -> int:
        """How many changes were added, in all epochs."""
        return sum(epoch.added for epoch in self.epochs)

    @property
    def removed(self) -> int:
        """How many changes were removed, in all epochs."""
        return sum(epoch.removed for epoch in self.epochs)


_Hex = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{2})*$")]


class EpochMark(Model):
    """How far an index had got in one epoch."""

    inbox: str
    """The inbox's name in the index."""

    epoch: int
    """The epoch's number."""

    commit: _Hex
    """The last commit that the index had; empty where only the time is known, by `mark_at`."""

    blob: _Hex = ""
    """The last mail up to there, which is found again where the archive was rewritten; empty
    where there was none."""

    arrived: datetime | None = None
    """When that mail arrived, for where it is gone, too."""


class IndexMark(Model):
    """How far an index had got: a place to go on from, which a program keeps as JSON.

    It names the archives' commits and not the index's rows, so it is still valid for an index
    that was rebuilt.
    """

    format_version: Literal[1] = 1
    """The number of this shape; it changes when a field changes its meaning."""

    epochs: tuple[EpochMark, ...] = ()
    """The epochs of all inboxes; none of an empty index."""

    unread: tuple[_Hex, ...] = ()
    """The commits of mails that could not be read, which are new once they can be."""
