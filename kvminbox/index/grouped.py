"""What follows from all mails of an inbox together, as rows for those who ask in SQL.

The rows are written when somebody asks for it, not by an update, which would have to group all
mails again. With them stand the newest commits of the inbox's epochs, and the views have rows only
while these are the newest: after an update there are none until they are written again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from kvminbox.index.database import Database
from kvminbox.index.rows import GROUPED, GROUPING, GroupedRow, GroupingRow, insert_into
from kvminbox.index.seal import seal_grouped, seal_grouping
from kvminbox.index.views import TIPS

_INSERT: Final = insert_into("grouped", GroupedRow._fields)
_INSERT_GROUPING: Final = insert_into("grouping", GroupingRow._fields)


def write_rows(
    database: Database, inbox: int, views: Mapping[str, Iterable[Sequence[object]]]
) -> None:
    """Write the rows of an inbox's views in the place of those before; within a transaction.

    Args:
        database: the file.
        inbox: the inbox's row.
        views: the rows of each view, of plain values in the order of its columns.
    """
    for table in ("grouping", "grouped"):
        database.execute(f"DELETE FROM {table} WHERE inbox = ?", (inbox,))
    database.execute_many(_INSERT, chain.from_iterable(
        _make_rows(inbox, name, rows) for name, rows in views.items()
    ))  # fmt: skip
    count = database.value("SELECT count(*) FROM grouped WHERE inbox = ?", (inbox,))
    tips = database.value(f"SELECT {TIPS} FROM inbox NOT INDEXED WHERE id = ?", (inbox,))
    row = seal_grouping(GroupingRow(inbox, tips, count, seal=0))
    database.execute(_INSERT_GROUPING, row)


def _make_rows(inbox: int, view: str, rows: Iterable[Sequence[object]]) -> Iterator[GroupedRow]:
    for place, values in enumerate(rows):
        value = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
        yield seal_grouped(GroupedRow(inbox, view, place, value, seal=0))


def drop_rows(database: Database) -> None:
    """Delete the rows of all inboxes: they are made of the texts of mails."""
    database.execute("DELETE FROM grouping")
    database.execute("DELETE FROM grouped")


def find_damaged_rows(database: Database) -> Iterator[str]:
    """Yield in words whether a row was changed or lost since it was written."""
    counts: dict[int, int] = {}
    for values in database.query(f"SELECT {GROUPED} FROM grouped"):
        row = GroupedRow._make(values)
        if seal_grouped(row) != row:
            yield "a row of a view is damaged (table `grouped`)"
            return
        counts[row.inbox] = counts.get(row.inbox, 0) + 1
    rows = [GroupingRow._make(one) for one in database.query(f"SELECT {GROUPING} FROM grouping")]
    if any(seal_grouping(row) != row for row in rows):
        yield "what was grouped is damaged (table `grouping`)"
    elif {row.inbox: row.rows for row in rows if row.rows} != counts:
        yield "a row of a view is missing (table `grouped`)"
