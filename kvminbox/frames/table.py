"""A table over a corpus, which is read when the data is asked for."""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kvminbox.dates import name_window
from kvminbox.errors import KvminboxError, MissingExtraError, UnknownNameError, UsageError
from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.batches import make_batches, make_column
from kvminbox.frames.card import show_error, show_rows
from kvminbox.frames.frame import Frame, GroupFrame, MailFrame
from kvminbox.frames.parquet import write_batches
from kvminbox.frames.pieces import map_rows, slim_all
from kvminbox.given import check_path
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.lazy import refuse_name
from kvminbox.models import Corpus, Model, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.safe import safe_text
from kvminbox.upstream import Tree
from kvminbox.words import choose_from, count_things, shorten
from kvminbox.workers import check_jobs

SHOWN_ROWS: Final = 10
"""Rows that a notebook shows."""

COUNTED: Final = 2_000
"""Further rows that are read to say how many there are, where each has to be read for it."""


class Table:
    """One table of a corpus: lazy, and read again whenever its data is asked for.

    That of `of_models` has the rows that it was given.

    Iterating yields its rows as dictionaries of plain values, `table["title"]` is one column, and
    `table.head()` the table of its first rows. It has the Arrow PyCapsule interface, so that
    Polars, pandas, DuckDB and others accept it directly.

    Each query on it reads the corpus again: for several queries keep `to_arrow()`, or write
    Parquet once.

    Texts are as in the mails, except for lone surrogates, which become U+FFFD: pass
    them through `safe_text` before you show them.
    """

    def __init__(
        self,
        frame: Frame[Any],
        source: Corpus | Tree | tuple[Model, ...],
        *,
        first: int | None = None,
    ) -> None:
        """Keep where the rows come from.

        Args:
            frame: what the table is.
            source: what it is of.
            first: only so many rows, from the first on; None for all.
        """
        if not isinstance(source, Tree | tuple):
            check_corpus(source)
        self._frame = frame
        self._source = source
        self._first = first

    def __repr__(self) -> str:
        source = self._source
        of = count_things(len(source), "row") if isinstance(source, tuple) else repr(source)
        begin = "" if self._first is None else f", the first {count_things(self._first, 'row')}"
        return safe_text(f"<Table {self.name} of {of}{begin}>")

    def _rows(self, progress: Progress | None = None, jobs: int = 1) -> Iterator[Any]:
        return islice(self._frame.rows(self._source, progress, jobs=jobs), self._first)

    def __len__(self) -> int:
        """Return how many rows it has; that reads the corpus."""
        return sum(1 for _ in self._rows())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the rows: of each column its name and its value, as Python has it.

        `list(table)` asks for its length first, and so reads the corpus twice;
        `table.to_arrow().to_pylist()` does not.

        >>> from kvminbox import Inbox, frames
        >>> from kvminbox.sample import make_sample
        >>> patches = frames.patches(Inbox.open(make_sample()).between(None))
        >>> sum(row["insertions"] for row in patches)
        25
        """
        for batch in self.batches():
            yield from batch.to_pylist()

    if not TYPE_CHECKING:  # else any name would pass for an attribute

        def __getattr__(self, name: str) -> object:
            if hasattr(type(self), name) or name.startswith("_"):
                return refuse_name(self, name)
            raise AttributeError(_tell_wrong_name(self, name))

    def __getitem__(self, column: str) -> pa.ChunkedArray:
        """Return a column, in memory; `to_pylist()` and `to_pandas()` of it give its values.

        Raises:
            kvminbox.errors.UnknownNameError: no such column.
            kvminbox.errors.UsageError: it is asked for a row, or for several columns.
        """
        if isinstance(column, list | tuple):
            what = f"a table gives one column at a time ({self.name})"
            cure = "take table.to_pandas()[[…]], table.to_arrow().select([…]), or one column"
            raise UsageError(what, where=shorten(repr(column)), cure=cure)
        if not isinstance(column, str):
            what = f"a table has no row by its number ({self.name})"
            cure = "iterate over it, or take table.head(10), table.to_pandas() or table.to_polars()"
            raise UsageError(what, where=shorten(repr(column)), cure=cure)
        if column not in self.columns:
            cure = choose_from(column, self.columns, 60)
            raise UnknownNameError(f"no such column of {self.name}", where=column, cure=cure)
        return make_column(self._frame, column, self._rows())

    def _ipython_key_completions_(self) -> list[str]:
        """Return what a notebook offers within brackets."""
        return list(self.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self._frame.columns)

    def head(self, rows: int = 10) -> "Table":
        """Return the table of its first rows; of a table of mails no more mails are read.

        Raises:
            kvminbox.errors.UsageError: it is no number of rows.
        """
        given: object = rows
        if not isinstance(given, int) or isinstance(given, bool) or rows < 0:
            raise UsageError("not a number of rows", where=f"rows={rows!r}", cure="pass 0 or more")
        least = rows if self._first is None else min(rows, self._first)
        return Table(self._frame, self._source, first=least)

    def __bool__(self) -> bool:
        """Whether it is there, which it is; nothing is read."""
        return True

    def _repr_html_(self) -> str:
        """Return a card with its first rows, figures near the front, and how many there are.

        Of a table of groups all mails are read for it, of another one that is not of mails in
        memory some two thousand rows.
        """
        try:
            return self._show()
        except KvminboxError as error:  # a mail can't be read: a card raises for none
            return show_error(self._frame, _describe(self._source), error)

    def _show(self) -> str:
        frame = self._frame
        found = self._rows()
        rows = list(islice(found, SHOWN_ROWS))
        is_all_read = isinstance(frame, GroupFrame) or not isinstance(
            self._source, ReadCorpus | Tree
        )
        total = len(rows) + sum(1 for _ in (found if is_all_read else islice(found, COUNTED)))
        most = SHOWN_ROWS + COUNTED
        size = f"more than {most:,}" if total >= most and not is_all_read else f"{total:,}"
        shown = f"{len(rows):,} of {size} rows" if total > len(rows) else count_things(total, "row")
        return show_rows(frame, rows, shown, _describe(self._source))

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
        if check_jobs(jobs) > 1 and isinstance(corpus, ReadCorpus) and self._first is None:
            if isinstance(frame, GroupFrame):
                slim = corpus.map_batches(slim_all, jobs=jobs, progress=progress)
                return make_batches(frame, frame.rows_of_slim(chain.from_iterable(slim)))
            if isinstance(frame, MailFrame):
                return map_rows(corpus, frame.name, jobs, progress)
        return make_batches(frame, self._rows(progress, jobs))

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
        """Return all rows as a `pandas.DataFrame`, as `pandas.DataFrame.from_arrow(table)` does.

        Its columns have pandas' own types: of numbers with some missing these are floats. For
        Arrow's, call `to_arrow().to_pandas(types_mapper=pandas.ArrowDtype)`.

        Raises:
            MissingExtraError: pandas is not installed.
            kvminbox.errors.ObjectError: a mail can't be read.
        """
        try:
            import_module("pandas")
        except ImportError:
            raise _missing("pandas") from None
        return self.to_arrow(jobs=jobs, progress=progress).to_pandas()

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
        check_path(path)
        write_batches(self._frame, self.batches(jobs=jobs, progress=progress), Path(path))

    def __arrow_c_schema__(self) -> object:
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        reader = pa.RecordBatchReader.from_batches(self.schema, self.batches())
        return reader.__arrow_c_stream__(requested_schema)


def _tell_wrong_name(table: Table, name: str) -> str:
    """Return the text of the error for an attribute that a table has not."""
    what = f"'Table' object has no attribute {name!r}"
    if name in table.columns:
        return f"{what}; it is a column: table[{name!r}]"
    near = get_close_matches(name, [one for one in dir(table) if one[0] != "_"], 1, 0.75)
    if near:
        return f"{what}; did you mean {near[0]}?"
    return f"{what}; table.to_pandas() and table.to_polars() give a data frame, which has more"


def _missing(name: str) -> MissingExtraError:
    what, cure = f"{name} is not installed", f"install it with `pip install {name}`"
    return MissingExtraError(what, f"to_{name}", cure)


def _describe(source: Corpus | Tree | tuple[Model, ...]) -> str:
    """Return in words where the rows come from."""
    if isinstance(source, tuple):
        return "a result"
    if isinstance(source, Tree):
        return source.name
    base, tip = getattr(source, "base", ""), getattr(source, "tip", "")
    return name_window(base or "", tip)
