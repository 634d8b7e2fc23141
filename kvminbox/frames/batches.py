"""Turn rows into record batches of a bounded size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.frame import Frame

MAX_ROWS: Final = 8_192
"""The most rows of a batch."""

MAX_TEXT: Final = 1 << 22
"""Characters after which a batch is closed, even if it has fewer rows."""


class BatchBuilder:
    """Collects rows until there are enough for a batch."""

    def __init__(self, frame: Frame[Any]) -> None:
        self.frame = frame
        self.schema: Any = frame.schema
        self._columns: list[list[object]] = [[] for _ in frame.columns]
        self._rows = self._text = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to take the batch."""
        return self._rows >= MAX_ROWS or self._text >= MAX_TEXT

    def add(self, row: object) -> None:
        """Add a row."""
        for values, column in zip(self._columns, self.frame.columns, strict=True):
            value = column.read(row)
            values.append(value)
            if isinstance(value, str):
                self._text += len(value)
        self._rows += 1

    def take(self) -> pa.RecordBatch:
        """Return the rows as a batch, and start the next one."""
        arrays = [
            make_array(values, field.type)
            for values, field in zip(self._columns, self.schema, strict=True)
        ]
        self._columns = [[] for _ in self.frame.columns]
        self._rows = self._text = 0
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def __len__(self) -> int:
        """Return how many rows are waiting."""
        return self._rows


def make_batches(frame: Frame[Any], rows: Iterable[object]) -> Iterator[pa.RecordBatch]:
    """Yield rows as batches; none if there are no rows."""
    builder = BatchBuilder(frame)
    for row in rows:
        builder.add(row)
        if builder.is_full:
            yield builder.take()
    if len(builder):
        yield builder.take()


def make_column(frame: Frame[Any], name: str, rows: Iterable[object]) -> pa.ChunkedArray:
    """Return one column of rows, of which the others are not made."""
    place = frame.schema.get_field_index(name)
    read, kind = frame.columns[place].read, frame.schema.field(place).type
    found = iter(rows)
    chunks = []
    while values := [read(row) for row in islice(found, MAX_ROWS)]:
        chunks.append(make_array(values, kind))
    return pa.chunked_array(chunks, kind)


def make_array(values: list[object], kind: Any) -> pa.Array:  # noqa: ANN401  # pyarrow is untyped
    """Return values as an array of a type."""
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # half of a surrogate pair, which UTF-8 can't encode
        return pa.array([replace_surrogates(value) for value in values], kind)


def replace_surrogates(value: object) -> object:
    """Return a text, or a list of texts, with U+FFFD for each half of a surrogate pair."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return [replace_surrogates(one) for one in value] if isinstance(value, list | tuple) else value
