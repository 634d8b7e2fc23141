"""Documents as plain text: for a mail, a file, or a terminal without rich.

Columns are padded by the width of characters on a terminal, so that names in any
script line up. Lines are wrapped between words to 78 columns, what is verbatim excepted; a word
that is longer stays whole, and nothing is cut. A table that does not fit is written row by row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len

from kvminbox.display.document import (
    IDS,
    Bars,
    Block,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    Table,
    check_document,
)
from kvminbox.display.records import cell_text, drop_ids, link_lines, pad, record_lines
from kvminbox.display.wrapping import WIDTH, wrap_text
from kvminbox.safe import safe_text

_LEAST: Final = 16
_MOST: Final = 40
"""The longest word for which a terminal's column is kept wide enough."""


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            text = safe_text(block.text)
            yield from wrap_text(text)
            if block.level == 2:
                yield "-" * min(cell_len(text), 70)
        case Paragraph():
            yield from wrap_text(safe_text(block.text))
        case Bars():
            yield from wrap_text(safe_text(block.to_text()))
        case Listing():
            for line in map(safe_text, block.lines):
                first, *more = wrap_text(line, WIDTH - 2) or [""]
                yield from (first, *(f"  {part}" for part in more))
        case Table():
            yield from _table_lines(block)
        case Note():
            yield from note_lines(block)
        case _:
            yield from safe_text(block.text, multiline=True).rstrip("\n").split("\n")


def note_lines(note: Note) -> Iterator[str]:
    """Yield the lines of a note, each with a bar before it, so that it stands apart."""
    indent = " " * (8 if note.is_answer else 4)
    yield f"{indent}{safe_text(note.head)}:"
    for line in safe_text(note.text, multiline=True).split("\n"):
        yield f"{indent}| {line}"
    if note.label:
        yield f"{indent}=> {safe_text(note.label)}"


def _table_lines(table: Table) -> Iterator[str]:
    """Yield a table's lines; one that doesn't fit, or is longer that way, row by row."""
    table = drop_ids(table)
    if table.row_by_row:
        yield from record_lines(table)
        return
    rows = [tuple(map(cell_text, row)) for row in table.rows]
    wrapping = [name not in table.numeric | table.short for name in table.columns]
    widths = [max(map(cell_len, column)) for column in zip(table.columns, *rows, strict=True)]
    words = [max(map(_longest, column)) for column in zip(table.columns, *rows, strict=True)]
    least = [max(_LEAST, word) for word in words]
    if not table.one_each:  # a path sticks out of a ranking's last column, where it moves no other
        least[-1] = _LEAST
    _narrow(widths, wrapping, least)
    as_table = list(_grid_lines(table, rows, widths, wrapping))
    if not any(wrapping):
        yield from as_table
        return
    fits = sum(widths) + 2 * (len(widths) - 1) <= WIDTH
    if not fits and table.optional:
        yield from _table_lines(table.without(table.optional))
        return
    as_records = list(record_lines(table))
    yield from as_table if fits and len(as_table) - 1 <= len(as_records) else as_records


def _longest(text: str) -> int:
    return max(map(cell_len, text.split(" ")))


def _grid_lines(
    table: Table, rows: Sequence[tuple[str, ...]], widths: list[int], wrapping: Sequence[bool]
) -> Iterator[str]:
    is_right = [column in table.numeric for column in table.columns]
    yield _join(table.columns, widths, is_right)
    for number, row in enumerate(rows):
        cells = [
            (wrap_text(cell, width) or [""]) if wraps else [cell]
            for cell, width, wraps in zip(row, widths, wrapping, strict=True)
        ]
        for line in zip_longest(*cells, fillvalue=""):
            yield _join(line, widths, is_right)
        yield from link_lines(table, number)


def _find_floors(table: Table) -> list[int]:
    """Return how wide each column must be at the least, so that no word is broken.

    Of a ranking's last one a long word may be, such as a path: that moves no other column.
    """
    rows = [tuple(map(cell_text, row)) for row in table.rows]
    columns = [*zip(table.columns, *rows, strict=True)]
    fixed = table.numeric | table.short | IDS
    floors = []
    for place, (name, cells) in enumerate(zip(table.columns, columns, strict=True), 1):
        full = max(map(cell_len, cells))
        is_last = place == len(columns) and not table.one_each
        word = _LEAST if is_last else min(max(map(_longest, cells)), _MOST)
        floors.append(full if name in fixed else min(full, max(_LEAST, word)))
    return floors


def fit_columns(table: Table, width: int) -> list[int] | None:
    """Return how wide each column is where all lines fit a width.

    None where they can't, or where things that were sent take fewer lines row by row.
    """
    floors = _find_floors(table)
    if sum(floors) + 2 * (len(floors) - 1) > width:
        return None
    rows = [tuple(map(cell_text, row)) for row in table.rows]
    widths = [max(map(cell_len, column)) for column in zip(table.columns, *rows, strict=True)]
    wrapping = [name not in table.numeric | table.short | IDS for name in table.columns]
    _narrow(widths, wrapping, floors, width)
    if table.one_each:
        heights = (max(map(_height, row, widths)) for row in rows)
        unlinked = replace(drop_ids(table), links=())
        if sum(heights) > sum(1 for _ in record_lines(unlinked, width)):
            return None
    return widths


def _height(cell: str, width: int) -> int:
    return len(wrap_text(cell, width))


def _narrow(
    widths: list[int], may_wrap: Sequence[bool], floors: Sequence[int], width: int = WIDTH
) -> None:
    """Make the widest columns that may be wrapped narrower, until a line fits."""
    while (over := sum(widths) + 2 * (len(widths) - 1) - width) > 0:
        wide = [
            place for place, wraps in enumerate(may_wrap) if wraps and widths[place] > floors[place]
        ]
        if not wide:
            return
        widest = max(wide, key=lambda place: widths[place])
        others = [widths[place] for place in wide if place != widest]
        least = max(floors[widest], max(others, default=_LEAST) - 1, widths[widest] - over)
        widths[widest] = min(least, widths[widest] - 1)


def _join(cells: Sequence[str], widths: Sequence[int], is_right: Sequence[bool]) -> str:
    padded = (
        pad(cell, width, is_right=right)
        for cell, width, right in zip(cells, widths, is_right, strict=True)
    )
    return "  ".join(padded).rstrip()


def render_text(document: Document) -> str:
    """Render a document as plain text, ending with a line feed."""
    check_document(document)
    lines = wrap_text(safe_text(document.title))
    for block in document.blocks:
        lines += ["", *_block_lines(block)]
    return "\n".join(line.rstrip() for line in lines) + "\n"
