"""The parts of a card. Each function takes text as the mail had it, unless it says HTML."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Final

from kvminbox.dates import write_day
from kvminbox.models import Address, Diffstat, FileChange
from kvminbox.safe import notebook_html, safe_html, safe_url
from kvminbox.words import count_things

MAX_CHARS: Final = 200
"""Characters of one line that are shown."""

OPEN_ROWS: Final = 18
"""Rows of a table that are open; others open on a click."""

MAX_ROWS: Final = 100
"""Rows of a table or list that are shown at all."""

ROW_CHARS: Final = 100
"""Characters of a text that fit in a row of a card."""

_CARD: Final = "max-width:56em;line-height:1.45;text-align:left;overflow-wrap:anywhere"
_PRE: Final = (
    "margin:.4em 0;padding:.4em .6em;border-left:3px solid #8886;background:#8881;color:inherit;"
    "font-size:12px;line-height:1.4;white-space:pre-wrap;overflow-wrap:anywhere;word-break:normal"
)
_CHIP: Final = "padding:0 .45em;border:1px solid #8889;border-radius:.7em;white-space:nowrap"
_TINTS: Final = {"good": "#2ea04333", "bad": "#f8514933", "odd": "#d2992244", "": "transparent"}
_LINE: Final = "display:block;min-height:1.4em;font-family:monospace"
CELL: Final = "padding:.15em .7em .15em 0;text-align:left;vertical-align:top;border:0"
_DIM: Final = "opacity:.75"
_BRIEF: Final = 64


def cut(text: str, limit: int = MAX_CHARS) -> str:
    """Return the text, or its beginning and how much was cut.

    >>> cut("a long story", 6)
    'a long… 6 more characters'
    """
    more = len(text) - limit
    return text if more <= 0 else f"{text[:limit]}… {count_things(more, 'more character')}"


def inline(text: str) -> str:
    """Return a line of text as HTML; its direction does not affect its neighbours."""
    return f"<bdi>{safe_html(cut(text))}</bdi>"


def person(address: Address) -> str:
    """Return a person's name, else the address, as HTML."""
    return inline(address.name_or_email or "nobody")


def code(text: str) -> str:
    """Return an id as HTML; it is broken where it is longer than a line, and at no `-` before."""
    style = "color:inherit;background:none;padding:0;display:inline-block;max-width:100%"
    style += ";word-break:break-all"
    return f'<code style="{style}">{safe_html(cut(text))}</code>'


def dim(content: str) -> str:
    """Return the HTML dimmed."""
    return f'<span style="{_DIM}">{content}</span>'


def chip(text: str, tint: str = "") -> str:
    """Return a word in a border; `tint` is good, bad, odd or empty."""
    return f'<span style="{_CHIP};background:{_TINTS[tint]}">{safe_html(cut(text, 40))}</span>'


def link(content: str, url: str | None) -> str:
    """Return the HTML as a link to an address that this library made; as it is without one."""
    address = safe_url(url or "")
    return f'<a href="{safe_html(address)}">{content}</a>' if address else content


def heading(text: str, chips: Iterable[str] = (), url: str | None = None) -> str:
    """Return a card's first line, which may lead to an address; chips are HTML."""
    words = link(inline(text) if text else "(no subject)", url)
    title = f'<b style="font-size:1.15em">{words}</b>'
    return f"<div>{' '.join([title, *chips])}</div>"


def label(text: str) -> str:
    """Return a label for what follows."""
    return f'<div style="{_DIM};margin-top:.5em">{safe_html(text)}</div>'


def more(count: int, what: str) -> str:
    """Return how many things were left out; empty if none. `what` is the noun in the singular."""
    return f'<div style="{_DIM}">… {count_things(count, f"more {what}")}</div>' if count > 0 else ""


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a line for each name with its HTML; names with no HTML are left out."""
    lines = (f"<div>{dim(safe_html(name))} {content}</div>" for name, content in pairs if content)
    return "".join(lines)


def fact_row(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names with their HTML, one beside the other; names with no HTML are left out."""
    style = "display:inline-block;margin-right:1.5em;max-width:100%"
    told = [
        f'<span style="{style}">{dim(safe_html(name))} {content}</span>'
        for name, content in pairs
        if content
    ]
    return f"<div>{' '.join(told)}</div>" if told else ""


def listing(lines: Sequence[str], what: str, limit: int = 12) -> str:
    """Return lines of text, one below the other."""
    shown = "".join(f"<div>{inline(line)}</div>" for line in lines[:limit])
    return shown + more(len(lines) - limit, what)


def fold(lines: Sequence[str], what: str, opened: int, limit: int = MAX_ROWS) -> str:
    """Return lines of HTML, the first of them open and others on a click; the rest is counted."""
    shown = [f"<div>{line}</div>" for line in lines[:limit]]
    if len(lines) <= opened + 1:  # nobody opens one line
        return "".join(shown)
    inner = "".join(shown[opened:]) + more(len(lines) - limit, what)
    return "".join(shown[:opened]) + details(
        count_things(len(lines) - opened, f"more {what}" if opened else what), inner
    )


def share_rows(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return how many rows each part of a card has open: its least, and what is left, in order.

    >>> share_rows([30, 2, 9], [10, 3, 3], 20)
    [15, 2, 3]
    """
    given = list(map(min, wanted, least))
    left = room - sum(given)
    for place, (rows, least_rows) in enumerate(zip(wanted, given, strict=True)):
        more_rows = max(min(rows - least_rows, left), 0)
        given[place] += more_rows
        left -= more_rows
    return given


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], what: str, opened: int = OPEN_ROWS
) -> str:
    """Return a table; its cells are HTML. A column whose name ends in `.` is not wrapped.

    Its first rows are open, others on a click; the rest is counted.
    """
    head = _head(columns)
    if len(rows) <= opened + 3:  # nobody opens three rows
        return _table(columns, head, rows)
    inner = _table(columns, head, rows[opened:MAX_ROWS]) + more(len(rows) - MAX_ROWS, what)
    return _table(columns, head, rows[:opened]) + details(
        count_things(len(rows) - opened, f"more {what}"), inner
    )


def _styles(columns: Sequence[str]) -> list[str]:
    # words in a text column may break, so it needs a width or it shrinks to one letter
    kinds = {True: ";white-space:nowrap", False: ";min-width:6em"}
    return [CELL + kinds[name.endswith(".")] for name in columns]


def _head(columns: Sequence[str]) -> str:
    return "".join(
        f'<th style="{style};font-weight:600">{safe_html(name.rstrip("."))}</th>'
        for name, style in zip(columns, _styles(columns), strict=True)
    )


def _table(columns: Sequence[str], head: str, rows: Sequence[Sequence[str]]) -> str:
    body = "".join(_row(row, _styles(columns)) for row in rows)
    style = "border-collapse:collapse;margin:.4em 0;font-size:inherit;table-layout:auto"
    return (
        f'<div style="overflow-x:auto"><table style="{style}">'
        f'<tr style="background:transparent">{head}</tr>{body}</table></div>'
    )


def _row(cells: Sequence[str], styles: Sequence[str]) -> str:
    pairs = zip(cells, styles, strict=True)
    inner = "".join(f'<td style="{style}">{cell}</td>' for cell, style in pairs)
    return f'<tr style="background:transparent">{inner}</tr>'


def grid(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Iterable[int] = (),
    limit: int = _BRIEF,
    urls: Sequence[str | None] = (),
) -> str:
    """Return rows of data, one line each, in as much width as they need, which scrolls.

    Args:
        columns: their names.
        rows: their cells as text, of which the beginning is shown.
        numeric: the places of columns of numbers, which are right-aligned.
        limit: characters of a cell that are shown.
        urls: for each row where its last cell leads; empty if none leads anywhere.
    """
    right = frozenset(numeric)
    styles = [
        CELL.replace("text-align:left", "text-align:right") if place in right else CELL
        for place in range(len(columns))
    ]
    heads = "".join(
        f'<th style="{style};white-space:nowrap;font-weight:600">{safe_html(name)}</th>'
        for name, style in zip(columns, styles, strict=True)
    )
    cells = [[f"<bdi>{safe_html(_brief(cell, limit))}</bdi>" for cell in row] for row in rows]
    for row, url in zip(cells, urls, strict=False):
        row[-1] = link(row[-1], url)
    lines = "".join(
        '<tr style="background:transparent">'
        + "".join(
            f'<td style="{style};white-space:nowrap">{cell}</td>'
            for cell, style in zip(row, styles, strict=True)
        )
        + "</tr>"
        for row in cells
    )
    style = "border-collapse:collapse;margin:.4em 0;font-size:inherit;table-layout:auto"
    return (
        f'<div style="overflow-x:auto"><table style="{style}">'
        f'<tr style="background:transparent">{heads}</tr>{lines}</table></div>'
    )


def _brief(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def block(text: str, limit: int, opened: int | None = None) -> str:
    """Return the first `limit` lines of a text, with quoted ones dimmed.

    Args:
        text: the text.
        limit: lines that are shown; the rest is counted.
        opened: rows that are open; what does not fit in them opens on a click. None for all.
    """
    lines = split_lines(text)
    return _pre(lines, [_DIM if line.startswith(">") else "" for line in lines[:limit]], opened)


def diff(text: str, limit: int, opened: int | None = None) -> str:
    """Return the first `limit` lines of a diff, likewise, with added and removed ones tinted."""
    lines = split_lines(text)
    return _pre(lines, list(_tints(lines[:limit])), opened)


def count_rows(text: str, limit: int) -> int:
    """Return the rows that the first lines of a text take, where a long line takes several."""
    return sum(map(_rows_of, split_lines(text)[:limit]))


def _rows_of(line: str) -> int:
    return 1 + (min(len(line), MAX_CHARS) - 1) // ROW_CHARS if line else 1


def _fit(lines: Sequence[str], rows: int) -> int:
    """Return how many lines fit in some rows; all, if hardly more are left."""
    if sum(map(_rows_of, lines)) <= rows + 2:
        return len(lines)
    ends = accumulate(map(_rows_of, lines))
    return sum(end <= rows for end in ends)


def _tints(lines: Sequence[str]) -> Iterator[str]:
    """Yield each line's style; `--- a/x` and `+++ b/x` before a hunk remove and add nothing."""
    styles = {"+": f"background:{_TINTS['good']}", "-": f"background:{_TINTS['bad']}"}
    is_header = False
    for line in lines:
        is_header = line.startswith("diff --git ") or (is_header and not line.startswith("@@"))
        yield _DIM if line.startswith("@@") or is_header else styles.get(line[:1], "")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text; none of a blank one."""
    return text.rstrip("\n").split("\n") if text.strip() else []


def _pre(lines: Sequence[str], styles: Sequence[str], opened: int | None) -> str:
    """Return the lines for which there are styles, and how many more there are."""
    if not lines:
        return ""
    shown = list(map(_line, lines, styles))
    rest = more(len(lines) - len(styles), "line")
    fitting = len(shown) if opened is None else _fit(lines[: len(shown)], opened)
    if fitting == len(shown):
        return f'<pre style="{_PRE}">{"".join(shown)}</pre>{rest}'
    inner = f'<pre style="{_PRE}">{"".join(shown[fitting:])}</pre>{rest}'
    top = f'<pre style="{_PRE}">{"".join(shown[:fitting])}</pre>' if fitting else ""
    word = "more line" if fitting else "line"
    return top + details(count_things(len(lines) - fitting, word), inner)


def _line(line: str, style: str) -> str:
    return f'<span style="{_LINE};{style}">{safe_html(cut(line))}</span>'


def details(summary: str, content: str) -> str:
    """Return HTML that opens on a click; empty if there is no content."""
    if not content:
        return ""
    opener = f'<summary style="cursor:pointer;{_DIM}">{safe_html(summary)}</summary>'
    return f'<details style="margin-top:.4em">{opener}{content}</details>'


def card(*parts: str) -> str:
    """Return pieces of HTML joined to one card."""
    return notebook_html(*parts, style=_CARD)


def wide_card(*parts: str) -> str:
    """Return pieces of HTML joined to a card as wide as the page, for a grid."""
    return notebook_html(*parts, style="line-height:1.45;text-align:left")


def evidence(reasons: Sequence[str]) -> str:
    """Return the reasons for a decision as HTML that opens on a click."""
    return details("why", listing(reasons, "reason"))


def moment_text(moment: datetime | None) -> str:
    """Return a moment in its own zone as text; empty if unknown."""
    return f"{moment:%Y-%m-%d %H:%M %z}".rstrip() if moment else ""


def day_text(moment: datetime | None) -> str:
    """Return a moment's day as text."""
    return write_day(moment) if moment else "no date"


def size_text(diffstat: Diffstat | FileChange) -> str:
    """Return the counts of added and removed lines as text."""
    return f"+{diffstat.insertions:,} −{diffstat.deletions:,}"
