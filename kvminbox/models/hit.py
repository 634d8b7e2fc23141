"""What a search found in an index."""

from kvminbox.models.base import Model
from kvminbox.models.entry import Entry
from kvminbox.models.message import AnyMessage


class Copy(Model):
    """One of the places where a mail is stored: a cross-posted mail has several."""

    inbox: str
    """The inbox's name in the index."""

    entry: Entry
    """Where it is in that inbox."""

    list_id: str | None
    """This copy's List-Id."""

    shown: bool
    """False if a later commit deleted it."""


class Hit(Model):
    """A mail that a search found."""

    message: AnyMessage
    """The mail, from the first of its copies."""

    copies: tuple[Copy, ...]
    """Where it is stored, ordered by inbox and then by time."""

    def _describe(self) -> str:
        inboxes = ", ".join(dict.fromkeys(copy.inbox for copy in self.copies))
        return f"{self.message!r} in {inboxes}"
