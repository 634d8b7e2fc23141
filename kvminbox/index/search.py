"""What a search found, read when it is asked for."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kvminbox.dates import write_day
from kvminbox.errors import KvminboxError, QueryError, UsageError
from kvminbox.inbox.parallel import Plan
from kvminbox.inbox.problems import ReadCorpus, Reading
from kvminbox.index.connection import STRIDE
from kvminbox.index.database import Database
from kvminbox.index.lookup import Lookup, explain_problem
from kvminbox.index.schema import WORD_COLUMNS
from kvminbox.models import AnyMessage, Entry, Hit, LeftOut, Message, OnProblem, Problem, Progress
from kvminbox.models.base import skip_validation
from kvminbox.safe import safe_text
from kvminbox.words import count_things, shorten

if TYPE_CHECKING:  # who only looks up a mail asks no query
    from kvminbox.index.query import Selection, Sql

_make_hit: Final = skip_validation(Hit)

SearchOrder: TypeAlias = Literal["newest", "oldest", "relevance"]
"""The orders of `Index.search`: by the topmost Received, or by bm25."""

# a word counts more in the subject, and less where somebody else's words are quoted
_WEIGHTS: Final = ", ".join({"s": "4.0", "q": "0.25"}.get(column, "1.0") for column in WORD_COLUMNS)
_ORDERS: Final[dict[SearchOrder, str]] = {
    "newest": "received DESC, message.id DESC",
    "oldest": "received, message.id",
    "relevance": f"bm25(fulltext, {_WEIGHTS}), received DESC, message.id DESC",
}

_GREATEST: Final = (1 << 63) - 1
"""The greatest number that SQLite takes."""

MAX_STEPS: Final = 100_000_000
"""Steps of SQLite that a search may take unless told otherwise, which is some seconds."""


SHOWN_HITS: Final = 10
"""Hits that a notebook shows."""

FOLDED_HITS: Final = 90
"""Further ones that open on a click."""


class Search(ReadCorpus):
    """The mails that a query selects: each once, however often it was cross-posted.

    Iterating yields `Hit`s in the order that was asked for, and reads each mail when its
    turn comes; `len` counts them without reading any. It is a Corpus, too, so that a
    report can be made of a search; there its mails come oldest first. Any number of threads
    may share it.

    No search finds mails that could not be read from their archive, whatever is in them;
    `left_out` counts those of the whole index. `on_problem` is "skip" unless another is given
    to `Index.search`.

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
        order: SearchOrder,
        steps: int,
        on_problem: OnProblem = "skip",
    ) -> None:
        super().__init__(on_problem)
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
        return safe_text(f"<Search {self.query[:100]!r}, {self.order} first{self.left_out.note}>")

    def _repr_html_(self) -> str:
        """Return a card: how many mails it finds, and the first of them."""
        from kvminbox.cards.html import chip, details, dim, facts, grid, heading, inline, wide_card

        kinds = [chip("search"), chip(f"{self.order} first")]
        try:
            count = len(self)
            mails = [hit.message for hit in self.hits(SHOWN_HITS + FOLDED_HITS)]
        except KvminboxError as error:
            return wide_card(heading(self.query, kinds), inline(error.what))
        rows = [
            [write_day(mail.date) if mail.date else "", mail.sender.name_or_email, mail.subject.raw]
            for mail in mails
        ]
        urls = [mail.url for mail in mails]
        columns = ("sent", "from", "subject")
        opened = SHOWN_HITS if len(rows) > SHOWN_HITS + 3 else len(rows)
        more = count_things(len(rows) - opened, "more mail")
        rest = grid(columns, rows[opened:], limit=110, urls=urls[opened:])
        left = count_things(count - len(rows), "more mail")
        told = f"… {left}; iterating over the search yields all of them, as hits"
        return wide_card(
            heading(self.query or "every mail", kinds),
            facts([("found", count_things(count, "mail"))]),
            grid(columns, rows[:opened], limit=110, urls=urls) if rows else "",
            details(more, rest) if len(rows) > opened else "",
            dim(inline(told)) if count > len(rows) else "",
        )

    def count_mails(self) -> int:
        """Return how many mails it finds, as its length is."""
        return len(self)

    def __len__(self) -> int:
        """Count the mails that it finds.

        Raises:
            QueryError: it takes too many steps; so do all that ask for what it finds.
        """
        self._tell_unread(None)
        sql = f"SELECT count(*) FROM message WHERE shown > 0 AND {self._selection.condition}"
        with self._limit():
            return int(self._database.value(sql, self._selection.parameters))

    @contextmanager
    def _limit(self) -> Iterator[None]:
        is_over = QueryError("it takes too many steps")
        try:
            with self._database.limit_steps(self.steps, is_over):
                yield
        except QueryError as error:
            if error is not is_over:
                raise
            raise self._explain_cost() from None

    def _explain_cost(self) -> QueryError:
        """Ask for each part by itself, in a quarter of the steps, and say which takes the most."""
        parts = self._selection.parts
        allowed = max(self.steps // (4 * len(parts)), 2 * STRIDE) if parts else 0
        costs = [self._count_steps(part, allowed) for _, part in parts]
        most = max(costs, default=0)
        told = f" for {count_things(len(parts), 'part')}, each of which is cheap by itself"
        if most:
            name, more = shorten(parts[costs.index(most)][0]), " or more" * (most >= allowed)
            told = f"; of its parts `{name}` takes the most by itself, {most:,}{more}"
        return QueryError(
            f"it takes more than {self.steps:,} steps of SQLite{told}", where="query",
            cure="use fewer parts joined by OR or XOR: each is tried on every mail;"
            " or allow more with steps (--steps in a shell)",
        )  # fmt: skip

    def _count_steps(self, part: Sql, allowed: int) -> int:
        sql = f"SELECT count(*) FROM message WHERE shown > 0 AND {part.text}"
        is_over = QueryError("it takes too many steps")
        with self._database.limit_steps(allowed, is_over) as taken:
            try:
                self._database.value(sql, part.parameters)
            except QueryError:
                return allowed
            return taken()

    @property
    def unread(self) -> int:
        """How many mails of the index could not be read, so that no search finds them."""
        return self._lookup.count_unread()

    @property
    def left_out(self) -> LeftOut:
        """What is left out: mails of the index that could not be read when it was made."""
        return LeftOut(mails=self.unread)

    @property
    def lists(self) -> Mapping[str, datetime | None]:
        """The List-Id of each inbox of the index, the commonest one of its mails, and its end."""
        return self._lookup.find_lists()

    def problems(self) -> Iterator[Problem]:
        """Yield why each of them could not be read."""
        yield from self._lookup.list_unread()

    def _tell_unread(self, on_problem: OnProblem | None) -> None:
        """Apply the policy to each mail that the query may select, since nobody could read it."""
        reading = self._begin(on_problem)
        if reading.policy == "skip":
            return
        for problem in self.problems():
            reading.leave_out(problem, explain_problem(problem))

    def __iter__(self) -> Iterator[Hit]:
        return self.hits()

    def hits(self, limit: int | None = None) -> Iterator[Hit]:
        """Yield what it finds, in its order, at most `limit` hits."""
        for row in self.rows(self.order, limit):
            yield _make_hit(message=self._lookup.begin(row), copies=self._lookup.copies(row))

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

    def messages(
        self, *, on_problem: OnProblem | None = None, progress: Progress | None = None
    ) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first.

        Args:
            on_problem: as in `Index.search`, for this time; None for the search's own.
            progress: called with how many mails are done, and of how many.

        Raises:
            kvminbox.errors.ObjectError: there is an unread mail, and the policy is "raise".
        """
        return super().messages(on_problem=on_problem, progress=progress)

    def _plan(self, reading: Reading) -> Plan:
        rows = list(self.rows("oldest", on_problem=reading.policy))
        return Plan(self._lookup, ((done, (row,)) for done, row in enumerate(rows)), len(rows))

    def rows(
        self,
        order: SearchOrder,
        limit: int | None = None,
        *,
        with_id: bool = False,
        on_problem: OnProblem | None = None,
    ) -> Iterator[int]:
        """Yield the rows of the messages that it finds, or only of those with a Message-ID.

        Raises:
            UsageError: the limit is below 0.
        """
        given: object = limit
        if limit is not None and (not isinstance(given, int) or limit < 0):
            cure = "pass 0 or more, or None for all"
            raise UsageError("not a number of mails", where=f"limit={limit!r:.60}", cure=cure)
        self._tell_unread(on_problem)
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
                (*chosen.parameters, -1 if limit is None else min(limit, _GREATEST)),
            ))  # fmt: skip
        return (row[0] for row in found)
