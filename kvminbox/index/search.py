"""What a search found, read when it is asked for."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

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


class Search(MailCorpus):
    """The mails that a query selects: each once, however often it was cross-posted.

    Iterating yields `Hit`s in the order that was asked for, and reads each mail when its
    turn comes; `len` counts them without reading any. It is a Corpus, too, so that a
    report can be made of a search; there its mails come oldest first. Any number of threads
    may share it.

    Attributes:
        query: the query as written.
        order: the order of its hits.
    """

    base = ""

    def __init__(
        self, database: Database, lookup: Lookup, query: str, selection: Selection, order: Order
    ) -> None:
        self.query = query
        self.order = order
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
        """Count the mails that it finds."""
        sql = f"SELECT count(*) FROM message WHERE shown > 0 AND {self._selection.condition}"
        return int(self._database.value(sql, self._selection.parameters))

    @property
    def unread(self) -> int:
        """How many mails of the index could not be read, so that no search finds them."""
        return self._lookup.count_unread()

    def __iter__(self) -> Iterator[Hit]:
        return self.hits()

    def hits(self, limit: int | None = None) -> Iterator[Hit]:
        """Yield what it finds, in its order, at most `limit` hits."""
        for row in islice(self.rows(self.order), limit):
            yield Hit(message=self._lookup.read(row), copies=self._lookup.copies(row))

    def message_ids(self, limit: int | None = None) -> Iterator[str]:
        """Yield the Message-IDs of what it finds, in its order, without reading the mails."""
        with self._database.snapshot():
            ids = map(self._lookup.read_id, self.rows(self.order))
            found = list(islice((one for one in ids if one), limit))
        return iter(found)

    def entries(self, limit: int | None = None) -> Iterator[Entry]:
        """Yield where each mail is, in the search's order, without reading the mails."""
        return map(self._lookup.read_entry, islice(self.rows(self.order), limit))

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

    def rows(self, order: Order) -> Iterator[int]:
        """Yield the rows of the messages that it finds."""
        chosen = self._selection
        if order == "relevance" and chosen.match is not None:
            sql = (
                "SELECT message.id FROM fulltext JOIN message ON message.id = fulltext.rowid"
                f" WHERE shown > 0 AND fulltext MATCH ? AND {chosen.rest}"
            )
        else:
            order = "newest" if order == "relevance" else order
            sql = f"SELECT message.id FROM message WHERE shown > 0 AND {chosen.condition}"
        # all at once: an open cursor would hold one state of the file while somebody looks
        found = list(self._database.query(
            f"{sql} ORDER BY {_ORDERS[order]}", chosen.parameters
        ))  # fmt: skip
        return (row[0] for row in found)
