"""When the entries of an epoch arrived, some hundred at a time, so that a month is found at once.

Times go back and forth in real archives, so no order of theirs tells where a month begins; but
most pieces of an epoch have none of it.
"""

from collections.abc import Iterator
from itertools import starmap
from typing import Final

from kvminbox.index.database import Database
from kvminbox.index.rows import SPAN, SpanRow, insert_into
from kvminbox.index.seal import check_span, seal_span

SIZE: Final = 256
"""Entries of a span; the last one of an epoch may have fewer."""

_INSERT: Final = insert_into("span", SpanRow._fields)
_COMPUTE: Final = (
    f"SELECT epoch, seq / {SIZE}, count(*), min(seconds), max(seconds), 0 FROM entry"
    f" WHERE epoch = ? AND seq >= ? GROUP BY seq / {SIZE} ORDER BY 2"
)


def compute_spans(database: Database, epoch: int, number: int = 0) -> Iterator[SpanRow]:
    """Yield the spans of an epoch from a number on, as its entries are."""
    rows = database.query(_COMPUTE, (epoch, number * SIZE))
    return map(seal_span, starmap(SpanRow, rows))


def drop_spans(database: Database, epoch: int, seq: int) -> None:
    """Delete the spans of an epoch that are not whole without the entries after a place."""
    sql = "DELETE FROM span WHERE epoch = ? AND number >= ?"
    database.execute(sql, (epoch, (seq + 1) // SIZE))


def write_spans(database: Database, epoch: int) -> None:
    """Write the spans of what was added to an epoch."""
    sql = f"SELECT count(*) FROM span WHERE epoch = ? AND entries = {SIZE}"
    whole = database.value(sql, (epoch,))
    drop_spans(database, epoch, whole * SIZE - 1)
    database.execute_many(_INSERT, list(compute_spans(database, epoch, whole)))


def find_runs(
    database: Database, epoch: int, places: tuple[int, int], begin: int, end: int | None
) -> list[tuple[int, int]]:
    """Return the first and last places of entries that may have arrived in a span of time.

    The newest come first.

    Args:
        database: the index.
        epoch: the row of the epoch.
        places: the first and the last place to look at.
        begin: seconds since 1970, included.
        end: likewise, excluded; None for no end.

    Raises:
        IndexDamagedError: a span is damaged or missing.
    """
    first, last = places
    sql = f"SELECT {SPAN} FROM span WHERE epoch = ? AND number BETWEEN ? AND ? ORDER BY number DESC"
    numbers = range(last // SIZE, first // SIZE - 1, -1)
    rows = list(starmap(SpanRow, database.query(sql, (epoch, numbers[-1], numbers[0]))))
    if len(rows) != len(numbers):
        raise database.damaged("a span of entries is missing (table `span`)")
    found: list[tuple[int, int]] = []
    for number, row in zip(numbers, rows, strict=True):
        span = check_span(database, row)
        low, high = number * SIZE, number * SIZE + span.entries - 1
        if span.number != number or high < min(last, low + SIZE - 1):
            raise database.damaged("a span of entries is missing (table `span`)")
        if span.earliest is None or span.latest is None:
            continue
        if span.latest < begin or (end is not None and span.earliest >= end):
            continue
        found.append((max(first, low), min(last, high)))
    return found
