"""Rows of a table written one by one, to be scanned by eye.

    sent        series
    2025-06-09  lamps: blink, and glow afterwards
        by Ada Pfeiffer; 2 patches; +12 -1
        https://lists.lamp.example/lamps/1@lamp.example/

Only the first line of a row begins at the margin: with the date, or what else orders the rows, and
the title, which is what one looks for. What a cell is comes from the name of its column alone,
never from its length, so that each row of a table, in each week, has the same lines.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from kvminbox.display.document import IDS, Cell, Table, Trend
from kvminbox.display.wrapping import WIDTH, wrap_text
from kvminbox.safe import safe_text, safe_url
from kvminbox.words import find_singular

_INDENT: Final = " " * 4
_MORE: Final = " " * 6
"""Before the second and later lines of what is below a title."""

_LEAD: Final = 12
"""The columns that titles leave to what stands before them; where it is longer they move."""

_LEAST: Final = 20
"""The columns that a title has at the least beside that; else it begins on the next line."""

_APART: Final = "; "


def cell_text(cell: Cell) -> str:
    """Return a cell as one line of safe text, with arrows in ASCII."""
    return cell.to_text() if isinstance(cell, Trend) else safe_text(cell).replace("\t", " ")


def record_lines(table: Table, width: int = WIDTH) -> Iterator[str]:
    """Yield the lines of each row: its title, what else it holds, and where its mails are."""
    table = drop_ids(table)
    lead = table.lead or _find_lead(table)
    title = table.title or _find_title(table, lead)
    rows = [dict(zip(table.columns, map(cell_text, row), strict=True)) for row in table.rows]
    size = min(_LEAD, max(map(cell_len, [lead, *(row.get(lead, "") for row in rows)])))

    def begin(text: str) -> str:
        return f"{pad(text, size, is_right=False)}  " if lead else ""

    if lead and title and rows:
        yield f"{begin(lead)}{title}"
    for number, cells in enumerate(rows):
        before = begin(cells.get(lead, "") or "?")
        text = cells.get(title, "") or ("" if lead else "?")
        if cell_len(before) + _LEAST > width:  # a narrow terminal
            yield before.rstrip()
            before = _INDENT
        yield from _hang(text, before, " " * cell_len(before), width)
        yield from _lines_below(table, cells, {lead, title}, width)
        yield from link_lines(table, number)


def link_lines(table: Table, row: int) -> Iterator[str]:
    """Yield where the mails of a row are; a text has no room for the mails behind a count.

    Of one without an address it is the Message-ID, unless a column has it.
    """
    if not table.one_each:
        return
    links = table.links_of(row)
    for link in links[: table.most_links]:
        is_told = not link.message_id or bool(IDS & set(table.columns))
        address = safe_url(link.url) or ("" if is_told else f"<{safe_text(link.message_id)}>")
        if address:
            yield f"{_INDENT}{address}"
    more = len(links) - table.most_links
    if more > 0 and table.most_links > 1:
        yield f"{_INDENT}and {more:,} more"


def drop_ids(table: Table) -> Table:
    """Return a table without its Message-IDs where each row has an address below, which has it."""
    is_told = table.one_each and all(map(table.links_of, range(len(table.rows))))
    return table.without(IDS) if is_told and IDS & set(table.columns) else table


def pad(text: str, width: int, *, is_right: bool) -> str:
    """Return a text with blanks beside it, up to a width on a terminal."""
    space = " " * max(0, width - cell_len(text))
    return space + text if is_right else text + space


def _find_lead(table: Table) -> str:
    """Return the column that stands before the titles: the first short one, or a first number."""
    first = table.columns[0] if table.columns and table.columns[0] in table.numeric else ""
    return next((name for name in table.columns if name in table.short), first)


def _find_title(table: Table, lead: str) -> str:
    """Return the column by which one knows a row: the linked one, else the first of words."""
    brief = table.numeric | table.short | {lead, ""}
    wide = [name for name in table.columns if name in table.wide]
    return next((one for one in (table.linked, *wide, *table.columns) if one not in brief), "")


def _lines_below(table: Table, cells: dict[str, str], told: set[str], width: int) -> Iterator[str]:
    """Yield the short cells of a row on one line, and each text on a line of its own."""
    names = [name for name in table.columns if name not in told and cells[name]]
    apart = table.wide | table.small | table.quoted
    facts = [_tell_fact(table, name, cells[name]) for name in names if name not in apart]
    for number, line in enumerate(_join_facts(facts, width - len(_MORE))):
        yield from _hang(line, _MORE if number else _INDENT, _MORE, width)
    for name in names:
        if name in apart:
            is_quoted = name in table.quoted | table.small
            what = table.phrases.get(name, "" if is_quoted else f"{name}:")
            words = f'"{cells[name]}"' if is_quoted else cells[name]
            yield from _hang(f"{what} {words}".strip(), _INDENT, _MORE, width)


def _tell_fact(table: Table, name: str, cell: str) -> str:
    """Return a cell with what it is: `3 patches`, `by Ada`, `release v6.12`."""
    if name in table.phrases:
        return f"{table.phrases[name]} {cell}".strip()
    one = find_singular(name) if name in table.numeric else ""
    return f"{cell} {one if cell == '1' else name}" if one else f"{name} {cell}"


def _join_facts(facts: Sequence[str], width: int) -> list[str]:
    """Return facts in as few lines as fit a width; one that is no longer is not divided."""
    lines: list[str] = []
    for fact in facts:
        if lines and cell_len(f"{lines[-1]}{_APART}{fact};") <= width:
            lines[-1] += f"{_APART}{fact}"
        else:
            lines.append(fact)
    return [*(f"{line};" for line in lines[:-1]), *lines[-1:]]


def _hang(text: str, first: str, later: str, width: int) -> Iterator[str]:
    """Yield a text with something before its first line, and before each later one.

    Before a word that is too long for that, such as a path, there is less.
    """
    lines = wrap_text(text, max(1, width - cell_len(later))) or [""]
    for number, line in enumerate(lines):
        before = later if number else first
        fits = cell_len(before) + cell_len(line) <= width
        yield f"{before if fits or before.strip() else _INDENT}{line}".rstrip()
