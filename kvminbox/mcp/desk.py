"""What the tools answer from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kvminbox.errors import RevisionError
from kvminbox.index import Index
from kvminbox.models import AnyMessage, Series
from kvminbox.upstream import Code

_FIND = "the tool `search` finds ids; an index is brought up to date by `kvminbox index FILE`"


@dataclass(frozen=True)
class Desk:
    """An index, a tree or none, and a clock: all that the tools may read.

    Attributes:
        index: the index.
        clock: returns the present, from which `2 weeks ago` counts back, with its zone.
        tree: where to look for what landed.
    """

    index: Index
    clock: Callable[[], datetime]
    tree: Code | None = None

    def find_newest(self) -> datetime | None:
        """Return when the newest mail of the index was received; None if it is empty."""
        hits = self.index.search("rt:19700101..", now=self.clock()).hits(1)
        newest = next(hits, None)
        if newest is None:
            return None
        entry = newest.message.entry
        return entry.arrived if entry else newest.message.date

    def find_mail(self, message_id: str) -> AnyMessage:
        """Return a mail.

        Raises:
            RevisionError: the index has none of this id.
        """
        mail = self.index.get(message_id)
        if mail is None:
            near = self.index.nearest_id(message_id)
            cure = f"did you mean {near}?" if near else _FIND
            raise RevisionError("no mail in the index has this Message-ID", message_id, cure)
        return mail

    def find_series(self, message_id: str) -> Series:
        """Return the series of a patch or cover letter, or the one that a reply is about.

        Raises:
            RevisionError: there is no such mail, or it belongs to no series.
        """
        mail = self.find_mail(message_id)
        series = self.index.series_about(message_id)
        if series is not None:
            return series
        what = f"the mail is a {mail.kind.replace('_', ' ')} and belongs to no series"
        raise RevisionError(what, message_id, "the tool `thread` shows what it answers")
