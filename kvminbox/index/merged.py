"""All inboxes of an index as one: a mail that went to several lists comes once."""

from collections.abc import Iterator
from datetime import datetime

from kvminbox.inbox import MailCorpus
from kvminbox.index.database import Database
from kvminbox.index.lookup import Lookup
from kvminbox.index.seal import check_epochs
from kvminbox.models import Message, Progress


class Merged(MailCorpus):
    """The mails of several inboxes, by the time at which the first inbox got them."""

    def __init__(
        self,
        database: Database,
        lookup: Lookup,
        *,
        base: str,
        tip: str,
        begin: datetime | None = None,
        end: datetime | None = None,
    ) -> None:
        self.base = base
        self.tip = tip
        self._database = database
        self._lookup = lookup
        self._begin = int(begin.timestamp()) if begin else -(1 << 62)
        self._end = int(end.timestamp()) if end else 1 << 62

    def messages(self, *, progress: Progress | None = None) -> Iterator[Message]:
        """Yield the mails that are shown, oldest first.

        Raises:
            kvminbox.errors.IndexDamagedError: an entry is damaged or missing.
        """
        check_epochs(self._database)
        rows = list(self._database.query(
            "SELECT message, min(coalesce(seconds, 0)) AS arrived FROM entry"
            " WHERE message IS NOT NULL AND NOT gone"
            " AND coalesce(seconds, 0) >= ? AND coalesce(seconds, 0) < ?"
            " GROUP BY message ORDER BY arrived, message",
            (self._begin, self._end),
        ))  # fmt: skip
        for done, row in enumerate(rows):
            if progress:
                progress(done, len(rows))
            yield self._lookup.read(row[0])
        if progress:
            progress(len(rows), len(rows))
