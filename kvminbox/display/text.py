"""Documents as plain text: for a mail, a file, or a terminal without rich.

Columns are padded by the width of characters on a terminal, so that names in any
script line up. Nothing is wrapped and nothing is cut.
"""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from kvminbox.display.document import (
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    Table,
    Trend,
)
from kvminbox.display.plain import safe_url
from kvminbox.safe import safe_text


def cell_text(cell: Cell) -> str:
    """Return a cell as one line of safe text, with arrows in ASCII."""
    return cell.to_text() if isinstance(cell, Trend) else safe_text(cell).replace("\t", " ")


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            text = safe_text(block.text)
            yield text
            if block.level == 2:
                yield "-" * min(cell_len(text), 70)
        case Paragraph():
            yield safe_text(block.text)
        case Listing():
            yield from map(safe_text, block.lines)
        case Table():
            yield from _table_lines(block)
        case Note():
            yield from note_lines(block)
        case _:
            yield from safe_text(block.text, multiline=True).split("\n")


def note_lines(note: Note) -> Iterator[str]:
    """Yield the lines of a note, each with a bar before it, so that it stands apart."""
    indent = " " * (8 if note.is_answer else 4)
    yield f"{indent}{safe_text(note.head)}:"
    for line in safe_text(note.text, multiline=True).split("\n"):
        yield f"{indent}| {line}"
    if note.label:
        yield f"{indent}=> {safe_text(note.label)}"


def _table_lines(table: Table) -> Iterator[str]:
    rows = [tuple(map(cell_text, row)) for row in table.rows]
    is_right = [column in table.numeric for column in table.columns]
    widths = [max(map(cell_len, column)) for column in zip(table.columns, *rows, strict=True)]
    yield _join(table.columns, widths, is_right)
    for number, row in enumerate(rows):
        yield _join(row, widths, is_right)
        yield from _link_lines(table, number)


def _join(cells: Sequence[str], widths: Sequence[int], is_right: Sequence[bool]) -> str:
    return "  ".join(map(_pad, cells, widths, is_right)).rstrip()


def _pad(text: str, width: int, is_right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if is_right else text + space


def _link_lines(table: Table, row: int) -> Iterator[str]:
    """Yield where a row's message is; a text has no room for the messages behind a count."""
    for link in table.links_of(row)[:1] if table.one_each else ():
        address = safe_url(link.url) or (f"<{safe_text(link.message_id)}>" * bool(link.message_id))
        if address:
            yield f"    {address}"


def render_text(document: Document) -> str:
    """Render a document as plain text, ending with a line feed."""
    lines = [safe_text(document.title)]
    for block in document.blocks:
        lines += ["", *_block_lines(block)]
    return "\n".join(line.rstrip() for line in lines) + "\n"
