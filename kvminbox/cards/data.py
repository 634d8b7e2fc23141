"""Rows of data in a card: figures near the front, ids last, and the first column stays in sight."""

from collections.abc import Collection, Iterable, Sequence
from itertools import count
from typing import Final

from kvminbox.cards.html import CELL, inline
from kvminbox.safe import safe_html

FIRST_CHARS: Final = 42
"""Characters of a cell of the first column, which tells the rows apart."""

_CHARS: Final = 40
_LEAST_ROWS: Final = 3
"""Rows from which on a column that has one value is told in words."""

# the first column lies upon what is scrolled below it, so it needs the page's own colour
_PAGE: Final = (
    "var(--jp-layout-color0,var(--vscode-editor-background,"
    "var(--colab-primary-surface-color,Canvas)))"
)
_STAYS: Final = f";position:sticky;left:0;z-index:1;background:{_PAGE}"
_HEAD: Final = ";font-weight:600;font-size:.88em;vertical-align:bottom"


def find_alike(rows: Sequence[Sequence[str]], kept: Collection[int]) -> list[int]:
    """Return the places of the columns that have one value in all rows; none of a few rows."""
    if len(rows) < _LEAST_ROWS:
        return []
    values = list(map(set, zip(*rows, strict=True)))
    return [place for place, found in enumerate(values) if len(found) == 1 and place not in kept]


def tell_alike(columns: Sequence[str], row: Sequence[str], alike: Iterable[int]) -> tuple[str, str]:
    """Return as HTML which columns are empty, and what is in those that have one value."""
    told = [(columns[place], row[place]) for place in alike]
    empty = ", ".join(inline(name) for name, value in told if not value)
    same = [f"{name} {value}" for name, value in told if value]
    return empty, ", ".join(inline(_brief(one, _CHARS + len(one.split()[0]))) for one in same)


def data_grid(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Collection[int],
    whole: Collection[int],
) -> str:
    """Return rows of data, one line each, in as much width as they need, which scrolls.

    Args:
        columns: their names, which are broken at each `_`.
        rows: their cells as text, of which the beginning is shown.
        numeric: the places of columns of numbers, which are right-aligned.
        whole: the places of columns whose cells are shown whole, such as ids.
    """
    styles = [_style(place, numeric) for place in range(len(columns))]
    heads = "".join(
        f'<th style="{style}{_HEAD};white-space:normal">{_name(name)}</th>'
        for name, style in zip(columns, styles, strict=True)
    )
    lines = "".join(
        '<tr style="background:transparent">'
        + "".join(
            f'<td style="{style};white-space:nowrap"><bdi>'
            f"{safe_html(_brief(cell, _limit(place, whole)))}</bdi></td>"
            for place, style, cell in zip(count(), styles, row, strict=False)
        )
        + "</tr>"
        for row in rows
    )
    style = "border-collapse:collapse;margin:.4em 0;font-size:.93em;table-layout:auto"
    return (
        '<div role="group" aria-label="rows" tabindex="0" style="overflow-x:auto">'
        f'<table style="{style}"><tr style="background:transparent">{heads}</tr>{lines}</table>'
        "</div>"
    )


def _style(place: int, numeric: Collection[int]) -> str:
    style = CELL.replace("text-align:left", "text-align:right") if place in numeric else CELL
    return style if place else style + _STAYS


def _limit(place: int, whole: Collection[int]) -> int | None:
    if place in whole:
        return None
    return _CHARS if place else FIRST_CHARS


def _brief(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else f"{text[: limit - 1]}…"


def _name(column: str) -> str:
    """Return a column's name as HTML, which may be broken after each `_`."""
    return safe_html(column).replace("_", "_<wbr>")
