"""Some mails as rows of all tables that are made mail by mail, and slim for the others."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.batches import MAX_ROWS, BatchBuilder
from kvminbox.frames.frame import MAIL_FRAMES, MailFrame
from kvminbox.frames.slim import Slimmer
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.models import AnyMessage, Progress

_MAX_BYTES: Final = 8 << 20
"""Bytes after which batches are joined no more."""

_FRAMES: Final = {frame.name: frame for frame in MAIL_FRAMES}


class Piece(NamedTuple):
    """What the tables need of some mails."""

    batches: dict[str, pa.RecordBatch]
    """The rows of each table that is made mail by mail."""

    mails: list[AnyMessage]
    """The mails without what grouping does not need."""


def make_piece(messages: list[AnyMessage]) -> Piece:
    """Return what the tables need of some mails."""
    rows = {name: make_rows(name, messages) for name in _FRAMES}
    return Piece(rows, slim_all(messages))


def make_rows(name: str, messages: Iterable[AnyMessage]) -> pa.RecordBatch:
    """Return the rows that some mails have in a table."""
    frame: MailFrame[Any] = _FRAMES[name]
    builder = BatchBuilder(frame)
    for message in messages:
        for row in frame.list_rows(message):
            builder.add(row)
    return builder.take()


def make_table(corpus: ReadCorpus, name: str) -> pa.Table:
    """Return all rows that the mails of a corpus have in a table."""
    schema = _FRAMES[name].schema
    return pa.Table.from_batches(corpus.map_batches(partial(make_rows, name)), schema=schema)


def slim_all(messages: list[AnyMessage]) -> list[AnyMessage]:
    """Return some mails without what grouping does not need."""
    slimmer = Slimmer()
    return [slimmer.slim(message) for message in messages]


def map_rows(
    corpus: ReadCorpus, name: str, jobs: int, progress: Progress | None
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table, which processes make, in batches of a bounded size."""
    joiner = Joiner(_FRAMES[name].schema)
    for rows in corpus.map_batches(partial(make_rows, name), jobs=jobs, progress=progress):
        yield from joiner.add(rows)
    yield from joiner.take()


class Joiner:
    """Joins small batches into larger ones, so that a file has no row groups of a few mails."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def add(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Add a batch, and yield what is large enough."""
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= MAX_ROWS or self._bytes >= _MAX_BYTES:
            yield from self.take()

    def take(self) -> Iterator[pa.RecordBatch]:
        """Yield what is left."""
        waiting, self._waiting = self._waiting, []
        self._rows = self._bytes = 0
        table = pa.Table.from_batches(waiting, schema=self._schema)
        if table.num_rows:
            yield from table.combine_chunks().to_batches()
