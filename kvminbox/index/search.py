"""What a search found, read when it is asked for."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final, Literal

from kvminbox.errors import QueryError
from kvminbox.inbox import MailCorpus
from kvminbox.index.database import Database
from kvminbox.index.lookup import Lookup
from kvminbox.index.query import Selection
from kvminbox.models import Entry, Hit, Message, Progress
from kvminbox.safe import safe_text

Order = Literal["newest", "oldest", "relevance"]

_ORDERS: Final[dict[Order, str]] = {
    "newest": "received DESC, message.id DESC",
    "oldest": "received, message.id",
    "relevance": "bm25(fulltext), received DESC, message.id DESC",
}


MAX_STEPS: Final = 100_000_000
"""Steps of SQLite that a search may take unless told otherwise, which is some seconds."""


class Search(MailCorpus):
    """The mails that a query selects: each once, however often it was cross-posted.

    Iterating yields `Hit`s in the order that was asked for, and reads each mail when its
    turn comes; `len` counts them without reading any. It is a Corpus, too, so that a
    report can be made of a search; there its mails come oldest first. Any number of threads
    may share it.

    Attributes:
        query: the query as written.
        order: the order of its hits.
        steps: the steps of SQLite's virtual machine that each way of asking may take.
    """

    base = ""

    def __init__(
        self,
        database: Database,
        lookup: Lookup,
        selection: Selection,
        *,
        query: str,
        order: Order,
        steps: int,
    ) -> None:
        self.query = query
        self.order = order
        self.steps = steps
        self._database = database
        self._lookup = lookup
        self._selection = selection

    @property
    def tip(self) -> str:
        """The query, which reports show where a window has its end."""
        return self.query

    def __repr__(self) -> str:
        return safe_text(f"<Search {self.query[:100]!r}, {self.order} first>")

    def __len__(self) -> int:
        """Count the mails that it finds.

        Raises:
            QueryError: it takes too many steps; so do all that ask for what it finds.
        """
        sql = f"SELECT count(*) FROM message WHERE shown > 0 AND {self._selection.condition}"
        with self._limit():
            return int(self._database.value(sql, self._selection.parameters))

    def _limit(self) -> AbstractContextManager[None]:
        return self._database.limit_steps(self.steps, QueryError(
            f"it takes more than {self.steps:,} steps of SQLite", where="query",
            cure="ask for fewer parts joined by OR or XOR, each of which is asked of every mail;"
            " or allow more with steps",
        ))  # fmt: skip

    @property
    def unread(self) -> int:
        """How many mails of the index could not be read, so that no search finds them."""
        return self._lookup.count_unread()

    def __iter__(self) -> Iterator[Hit]:
        return self.hits()

    def hits(self, limit: int | None = None) -> Iterator[Hit]:
        """Yield what it finds, in its order, at most `limit` hits."""
        for row in self.rows(self.order, limit):
            yield Hit(message=self._lookup.read(row), copies=self._lookup.copies(row))

    def message_ids(self, limit: int | None = None) -> Iterator[str]:
        """Yield the Message-IDs of what it finds, in its order, without reading the mails."""
        with self._database.snapshot():
            found = list(self._lookup.read_ids(self.rows(self.order, limit, with_id=True)))
        return iter(found)

    def entries(self, limit: int | None = None) -> Iterator[Entry]:
        """Yield where each mail is, in the search's order, without reading the mails."""
        return map(self._lookup.read_entry, self.rows(self.order, limit))

    def raw(self, mail: Message | Entry) -> bytes:
        """Return the bytes of a mail that was found, as they are in the archive.

        Raises:
            UsageError: the mail is not in the index.
        """
        return self._lookup.read_bytes(mail)

    def messages(self, *, progress: Progress | None = None) -> Iterator[Message]:
        """Yield the mails, oldest first."""
        rows = list(self.rows("oldest"))
        for done, row in enumerate(rows):
            if progress:
                progress(done, len(rows))
            yield self._lookup.read(row)
        if progress:
            progress(len(rows), len(rows))

    def rows(
        self, order: Order, limit: int | None = None, *, with_id: bool = False
    ) -> Iterator[int]:
        """Yield the rows of the messages that it finds, or only of those with a Message-ID."""
        chosen = self._selection
        if order == "relevance" and chosen.match is not None:
            sql = (
                "SELECT message.id FROM fulltext JOIN message ON message.id = fulltext.rowid"
                f" WHERE shown > 0 AND fulltext MATCH ? AND {chosen.rest}"
            )
        else:
            order = "newest" if order == "relevance" else order
            sql = f"SELECT message.id FROM message WHERE shown > 0 AND {chosen.condition}"
        if with_id:
            sql += " AND EXISTS (SELECT 1 FROM message_identifier WHERE message = message.id)"
        # all at once: an open cursor would hold one state of the file while somebody looks
        with self._limit():
            found = list(self._database.query(
                f"{sql} ORDER BY {_ORDERS[order]} LIMIT ?",
                (*chosen.parameters, -1 if limit is None else limit),
            ))  # fmt: skip
        return (row[0] for row in found)
