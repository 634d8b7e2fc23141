"""What an update did to an index, and what a search found in it."""

from kvminbox.models.base import Model
from kvminbox.models.entry import Entry
from kvminbox.models.message import AnyMessage


class EpochUpdate(Model):
    """What was done for one epoch, which had new commits or had lost some."""

    inbox: str
    """The inbox's name in the index."""

    epoch: int
    """The epoch's number."""

    before: str | None
    """The commit up to which the index had it; None for nothing."""

    after: str | None
    """The commit up to which it has it now."""

    added: int
    """Changes of commits that were added."""

    removed: int
    """Changes that were taken out, since the archive's history was rewritten."""


class IndexUpdate(Model):
    """What an update did."""

    epochs: tuple[EpochUpdate, ...] = ()
    """The epochs that had changed; none where the index was up to date."""

    unread: int = 0
    """Mails of the inbox that can't be read; the next update tries them again."""

    erased: bool = True
    """False where a reader still held pages with what was taken out: they go with a later update,
    once that reader is closed."""

    @property
    def added(self) -> int:
        """Changes of commits that were added, in all epochs."""
        return sum(epoch.added for epoch in self.epochs)

    @property
    def removed(self) -> int:
        """Changes that were taken out, in all epochs."""
        return sum(epoch.removed for epoch in self.epochs)


class Copy(Model):
    """One of the places where a mail lies: cross-posted mails have several."""

    inbox: str
    """The inbox's name in the index."""

    entry: Entry
    """Where in that inbox."""

    list_id: str | None
    """This copy's List-Id."""

    shown: bool
    """False where a later commit deleted it."""


class Hit(Model):
    """A mail that a search found."""

    message: AnyMessage
    """The mail, from the first of its copies."""

    copies: tuple[Copy, ...]
    """Where it lies; in the order of the inboxes and of time."""
