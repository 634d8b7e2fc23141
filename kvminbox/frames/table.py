"""A table over a corpus, which is read when the data is asked for."""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.batches import make_batches
from kvminbox.frames.frame import Frame, GroupFrame
from kvminbox.frames.parquet import write_batches
from kvminbox.frames.pieces import map_rows, slim_all
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.models import Corpus, Progress
from kvminbox.safe import safe_text
from kvminbox.upstream import Tree
from kvminbox.workers import check_jobs


class Table:
    """One table of a corpus: lazy, and read again whenever its data is asked for.

    It has the Arrow PyCapsule interface, so that Polars, pandas, DuckDB and others
    accept it directly. Each query on it reads the corpus again: for several queries
    keep `to_arrow()`, or write Parquet once.

    Texts are as in the mails, except for lone surrogates, which become U+FFFD: pass
    them through `safe_text` before you show them.
    """

    def __init__(self, frame: Frame[Any], source: Corpus | Tree) -> None:
        self._frame = frame
        self._source = source

    def __repr__(self) -> str:
        return safe_text(f"<Table {self.name} of {self._source!r}>")

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
            return map_rows(corpus, frame.name, jobs, progress)
        return make_batches(frame, frame.rows(corpus, progress))

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
