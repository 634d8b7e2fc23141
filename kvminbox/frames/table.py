"""A table over a corpus, which is read when the data is asked for."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from kvminbox.cards.html import chip, dim, facts, grid, heading, inline, wide_card
from kvminbox.dates import write_minute
from kvminbox.errors import MissingExtraError
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.batches import make_batches
from kvminbox.frames.frame import Frame, GroupFrame, MailFrame
from kvminbox.frames.parquet import write_batches
from kvminbox.frames.pieces import map_rows, slim_all
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.models import Corpus, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.safe import safe_text
from kvminbox.upstream import Tree
from kvminbox.words import count_things, list_some
from kvminbox.workers import check_jobs

_OBJECT_ID: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{28,52}\b")

SHOWN_ROWS: Final = 10
"""Rows that a notebook shows."""


class Table:
    """One table of a corpus: lazy, and read again whenever its data is asked for.

    It has the Arrow PyCapsule interface, so that Polars, pandas, DuckDB and others
    accept it directly. Each query on it reads the corpus again: for several queries
    keep `to_arrow()`, or write Parquet once.

    Texts are as in the mails, except for lone surrogates, which become U+FFFD: pass
    them through `safe_text` before you show them.
    """

    def __init__(self, frame: Frame[Any], source: Corpus | Tree) -> None:
        if not isinstance(source, Tree):
            check_corpus(source)
        self._frame = frame
        self._source = source

    def __repr__(self) -> str:
        return safe_text(f"<Table {self.name} of {self._source!r}>")

    def __len__(self) -> int:
        """Return how many rows it has; that reads the corpus."""
        return sum(1 for _ in self._frame.rows(self._source))

    def __bool__(self) -> bool:
        """Whether it is there, which it is; nothing is read."""
        return True

    def _repr_html_(self) -> str:
        """Return a card with its first rows; of a table of groups, all mails are read for it."""
        rows = list(islice(self._frame.rows(self._source), SHOWN_ROWS))
        columns = self._frame.columns
        values = [[column.read(row) for column in columns] for row in rows]
        numeric = {
            place
            for row in values
            for place, value in enumerate(row)
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        cells = [list(map(_write, row)) for row in values]
        names = [column.name for column in columns]
        shown = f"{count_things(len(names), 'column')}"
        if len(cells) == SHOWN_ROWS:
            shown += f", the first {len(cells)} rows"
        return wide_card(
            heading(self.name, [chip("table")]),
            dim(inline(self._frame.doc)),
            facts([("of", inline(repr(self._source)))]),
            grid(names, cells, numeric) if cells else inline("no rows"),
            facts([("shown", shown)]),
        )

    @property
    def name(self) -> str:
        """The table's name."""
        return self._frame.name

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema.

        Its metadata has the version of the shape as `kvminbox.format`; each field's has
        the meaning of the column as `description`.
        """
        return self._frame.schema

    def batches(
        self, *, jobs: int = 1, progress: Progress | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows as record batches of a bounded size.

        The rows are the same for any number of jobs, their division into batches is not.

        Args:
            jobs: processes that read the mails, and make the rows of those tables whose
                rows are of one mail; a corpus that is in memory already takes no notice.
            progress: called with how far the reading is.

        Raises:
            kvminbox.errors.ObjectError: a mail can't be read.
            kvminbox.errors.WorkerError: a process died.
        """
        frame, corpus = self._frame, self._source
        if check_jobs(jobs) > 1 and isinstance(corpus, ReadCorpus):
            if isinstance(frame, GroupFrame):
                slim = corpus.map_batches(slim_all, jobs=jobs, progress=progress)
                return make_batches(frame, frame.rows_of_slim(chain.from_iterable(slim)))
            if isinstance(frame, MailFrame):
                return map_rows(corpus, frame.name, jobs, progress)
        return make_batches(frame, frame.rows(corpus, progress, jobs=jobs))

    def to_arrow(self, *, jobs: int = 1, progress: Progress | None = None) -> pa.Table:
        """Return all rows as a `pyarrow.Table`, in memory.

        Args:
            jobs: as for `batches`.
            progress: likewise.

        Raises:
            kvminbox.errors.ObjectError: a mail can't be read.
            kvminbox.errors.WorkerError: a process died.
        """
        batches = self.batches(jobs=jobs, progress=progress)
        return pa.Table.from_batches(batches, schema=self.schema)

    def to_pandas(self, *, jobs: int = 1, progress: Progress | None = None) -> Any:  # noqa: ANN401  # pandas may be absent
        """Return all rows as a `pandas.DataFrame`, with Arrow's types.

        Raises:
            MissingExtraError: pandas is not installed.
            kvminbox.errors.ObjectError: a mail can't be read.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise _missing("pandas") from None
        found = self.to_arrow(jobs=jobs, progress=progress)
        return found.to_pandas(types_mapper=pandas.ArrowDtype)

    def to_polars(self, *, jobs: int = 1, progress: Progress | None = None) -> Any:  # noqa: ANN401  # Polars may be absent
        """Return all rows as a `polars.DataFrame`.

        Raises:
            MissingExtraError: Polars is not installed.
            kvminbox.errors.ObjectError: a mail can't be read.
        """
        try:
            polars = import_module("polars")
        except ImportError:
            raise _missing("polars") from None
        return polars.from_arrow(self.to_arrow(jobs=jobs, progress=progress))

    def to_parquet(
        self, path: str | os.PathLike[str], *, jobs: int = 1, progress: Progress | None = None
    ) -> None:
        """Write all rows to a Parquet file, batch by batch.

        The file is put in place only when it is complete; an existing one is replaced.

        Args:
            path: the file.
            jobs: as for `batches`.
            progress: likewise.

        Raises:
            OutputError: the file can't be written.
            kvminbox.errors.ObjectError: a mail can't be read.
            kvminbox.errors.WorkerError: a process died.
        """
        write_batches(self._frame, self.batches(jobs=jobs, progress=progress), Path(path))

    def __arrow_c_schema__(self) -> object:
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        reader = pa.RecordBatchReader.from_batches(self.schema, self.batches())
        return reader.__arrow_c_stream__(requested_schema)


def _missing(name: str) -> MissingExtraError:
    what, cure = f"{name} is not installed", f"install it with `pip install {name}`"
    return MissingExtraError(what, f"to_{name}", cure)


def _write(value: object) -> str:
    """Return a value of a row as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return write_minute(value)
    if isinstance(value, list | tuple):
        return list_some(value, 3)
    return _OBJECT_ID.sub(r"\1…", str(value))
