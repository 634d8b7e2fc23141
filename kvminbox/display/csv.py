"""Tables as CSV (RFC 4180) in which no spreadsheet finds a formula."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from kvminbox.display.document import Cell, Rounded, Table, check_table
from kvminbox.display.records import cell_text

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
# the last four are full-width forms, which some spreadsheets read alike
_FORMULA_MARKS: Final = frozenset("=+-@\t\r\n|%＝＋－＠")
# in half of Europe spreadsheets take semicolons, too, as cell separators
_NEXT_CELL: Final = re.compile(r"(;[\s\"]*)(?=[=+\-@|%＝＋－＠])")


def defuse(text: str) -> str:
    """Return a cell that a spreadsheet shows but does not run: with `'` before a formula's mark.

    A mark counts at the beginning, and after a semicolon. Numbers stay as they are.

    >>> defuse("=cmd|'/c calc'!A1"), defuse("-12"), defuse("x; =1+1")
    ("'=cmd|'/c calc'!A1", '-12', "x; '=1+1")
    """
    if _NUMBER.fullmatch(text):
        return text
    first = {text[:1], text.lstrip()[:1]} - {""}
    inert = _NEXT_CELL.sub(r"\1'", text)
    return f"'{inert}" if first & _FORMULA_MARKS else inert


def render_csv(table: Table) -> str:
    """Render a table as CSV with a header line and CRLF line ends.

    If each row is one thing that was sent, the Message-ID and the URL of its mail are
    two more columns. Numbers and times that other formats round are exact.
    """
    check_table(table)
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([defuse(cell) for cell in row] for row in _rows(table))
    return buffer.getvalue()


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    names = ("message-id", "url") if table.one_each else ()
    more = tuple(name for name in names if name not in table.columns)
    yield (*table.columns, *more)
    for number, row in enumerate(table.rows):
        links = table.links_of(number)
        known = {"message-id": links[0].message_id, "url": links[0].url} if links else {}
        yield (*map(_exact_text, row), *(cell_text(known.get(column, "")) for column in more))


def _exact_text(cell: Cell) -> str:
    return cell_text(cell.exact if isinstance(cell, Rounded) else cell)
