"""Documents as HTML for a notebook cell: one screen, and what is longer opens on a click."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kvminbox.display.document import (
    Bars,
    Block,
    DiffText,
    Document,
    Heading,
    Listing,
    Note,
    Table,
    Verbatim,
    check_document,
)
from kvminbox.display.html import NOTEBOOK_LOOK, render_block
from kvminbox.safe import safe_html
from kvminbox.words import count_things

SCREEN: Final = 36
"""Lines that are open; a screen has some forty."""

HALF: Final = SCREEN // 2
"""Lines by which the first part may be longer than what is left of the screen."""

SHOWN_ROWS: Final = 12
"""Rows of a table, or lines of a list or a text, that are open."""

FOLDED_ROWS: Final = 200
"""Further ones that open on a click; the rest is counted."""

CLOSED_PARTS: Final = 5
"""Sections that are named at least, and open on a click each; others are in one that does."""

FOLDED_PARTS: Final = 60
"""Parts below one heading that open on a click; the rest is counted."""

_SENTENCE: Final = 44
_WORDS: Final = 18
_BRIEF: Final = 13
"""Characters in a line of a column of sentences, of others, and of short ones, in two parts."""

_LINE: Final = 150
"""Characters in a line of a whole table, if all its columns want so much."""

_LETTER: Final = 0.55
"""The width of a letter, in ems."""

_DIM: Final = "opacity:.75"
_OPENER: Final = "cursor:pointer;display:list-item;margin:.2em 0"
_INSIDE: Final = "margin:.2em 0 .6em 1em"


def render_notebook(document: Document) -> str:
    """Render a document as an HTML fragment for a notebook cell, the beginning of it open.

    What does not fit on a screen opens on a click. Of what is very long the first part does,
    and the rest is counted: a report's other formats have it.
    """
    check_document(document)
    parts = [f"<h1>{safe_html(document.title)}</h1>"]
    closed: list[str] = []
    left, is_begun = SCREEN, False
    for heading, blocks in _divide(document.blocks, 2):
        first, *others = _divide(blocks, 6)
        size = sum(map(_count_lines, first[1])) + min(len(others), FOLDED_PARTS) + 2
        content = "\n".join(_render_part(blocks))
        if heading is None:
            parts.append(content)
        elif not closed and (left >= size or not content or (not is_begun and size <= left + HALF)):
            is_begun = True  # the first part is open, though it takes somewhat more than a screen
            parts += [render_block(heading, NOTEBOOK_LOOK), content]
        else:
            title = f"<b>{safe_html(heading.text)}</b>"
            closed.append(_fold(title, content) if content else f"<div>{title}</div>")
            continue
        left -= size
    named = max((left - 4) * 5 // 6, CLOSED_PARTS)  # a line that opens is higher than another
    if len(closed) <= named + 1:
        return "\n".join(filter(None, [*parts, *closed])) + "\n"
    more = count_things(len(closed) - named, "more part")
    rest = _fold(more, "\n".join(closed[named:]))
    return "\n".join(filter(None, [*parts, *closed[:named], rest])) + "\n"


def _divide(blocks: Sequence[Block], level: int) -> list[tuple[Heading | None, list[Block]]]:
    """Return what is above the first heading of a level, then each heading with what is below."""
    parts: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return parts


def _render_part(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield what is below a heading; what has a lower heading of its own opens on a click."""
    first, *others = _divide(blocks, 6)
    for block in first[1]:
        yield from _render(block)
    for heading, below in others[:FOLDED_PARTS]:
        content = "\n".join(html for block in below for html in _render(block))
        title = safe_html(heading.text if heading else "")
        yield _fold(title, content) if content else f"<div>{title}</div>"
    yield _more(len(others) - FOLDED_PARTS, "part")


def _render(block: Block) -> Iterator[str]:
    """Yield a block; of many rows the first dozen, and others that open on a click."""
    size = _count_rows(block)
    if size <= SHOWN_ROWS + 3:  # nobody opens three rows
        yield render_block(block, NOTEBOOK_LOOK)
        return
    look = NOTEBOOK_LOOK
    if isinstance(block, Table):  # its two parts have columns of the same width
        look = {**look, "columns": _size_columns(block)}
    yield render_block(_cut(block, 0, SHOWN_ROWS), look)
    thing = "more row" if isinstance(block, Table) else "more line"
    end = SHOWN_ROWS + FOLDED_ROWS
    yield _fold(
        count_things(min(size, end) - SHOWN_ROWS, thing),
        render_block(_cut(block, SHOWN_ROWS, end), look),
    )
    yield _more(size - end, thing.removeprefix("more "))


def _size_columns(table: Table) -> str:
    """Return elements with the width that each column would like to have."""
    rows = table.rows[: SHOWN_ROWS + FOLDED_ROWS]
    chars, wanted = [], []
    for place, name in enumerate(table.columns):
        longest = max(map(len, (name, *(str(row[place]) for row in rows))))
        is_wide = name in table.wide | table.small | table.quoted | {table.linked}
        most = _SENTENCE if is_wide else _BRIEF if name in table.short else _WORDS
        chars.append(min(longest, most))
        wanted.append(longest - chars[-1])
    left = max(_LINE - sum(chars), 0)
    share = min(left / sum(wanted), 1) if any(wanted) else 0.0
    widths = [(one + share * more) * _LETTER + 1 for one, more in zip(chars, wanted, strict=True)]
    return "".join(f'<col style="width:{width:.1f}em">' for width in widths) + "\n"


def _count_rows(block: Block) -> int:
    """Return how many rows a block has that may be cut."""
    match block:
        case Table():
            return len(block.rows)
        case Listing():
            return len(block.lines)
        case Verbatim() if not block.is_diff:
            return block.text.rstrip("\n").count("\n") + 1
        case _:
            return 0


def _cut(block: Block, begin: int, end: int) -> Block:
    match block:
        case Table():
            return replace(block, rows=block.rows[begin:end], links=block.links[begin:end])
        case Listing():
            return replace(block, lines=block.lines[begin:end])
        case Verbatim():
            return replace(block, text="\n".join(block.text.rstrip("\n").split("\n")[begin:end]))
        case _:
            return block


def _count_lines(block: Block) -> int:
    """Return how many lines a block has when it is shown, roughly."""
    match block:
        case Bars():
            return 5 if block.is_time else len(block.rows) + 1
        case DiffText() | Note():
            lines = block.text.split("\n")
            return sum(1 + len(line) // _LINE for line in lines) + 2
        case _:
            return min(_count_rows(block), SHOWN_ROWS) + 2


def _fold(title: str, content: str) -> str:
    """Return HTML that opens on a click."""
    opener = f'<summary style="{_OPENER}">{title}</summary>'
    return f'<details>{opener}<div style="{_INSIDE}">{content}</div></details>'


def _more(count: int, thing: str) -> str:
    return (
        f'<div style="{_DIM}">… {count_things(count, f"more {thing}")}</div>' if count > 0 else ""
    )
