"""Bars and columns as inline SVG, with the numbers as text beside them."""

from typing import Final

from kvminbox.display.document import Bars
from kvminbox.safe import safe_html

MAX_TOLD: Final = 31
"""Columns that the alternative text names one by one; of more it names the highest."""

_WIDTH: Final = 640
_HEIGHT: Final = 96
_BAR: Final = 80
_LEFT: Final = "float:left;margin:.35em .5em 0 0"


def draw_share(count: int, most: int) -> str:
    """Return a bar for a number of a table, which stands beside it: it says nothing more."""
    length = max(1, round(_BAR * count / most)) if count > 0 and most > 0 else 0
    return (
        f'<svg style="{_LEFT};fill:currentColor;fill-opacity:.45" width="{_BAR}" height="10"'
        f' viewBox="0 0 {_BAR} 10" aria-hidden="true">'
        f'<rect width="{length}" height="10"></rect></svg> '
    )


def draw_columns(bars: Bars, *, has_tooltips: bool = True) -> str:
    """Return periods of time as columns, with each number as a tooltip and in the label.

    A notebook that is not trusted loses the drawing and keeps the text in it, so there it has none.
    """
    most = max((count for _, count in bars.rows), default=0) or 1
    width = _WIDTH / max(len(bars.rows), 1)
    gap = 1 if width > 4 else 0
    columns = "".join(
        f'<rect x="{place * width:.1f}" y="{_HEIGHT - height:.1f}" width="{width - gap:.1f}"'
        f' height="{height:.1f}">{_tooltip(name, count) if has_tooltips else ""}</rect>'
        for place, (name, count) in enumerate(bars.rows)
        for height in [_HEIGHT * count / most]
    )
    told = (
        "; ".join(f"{name}: {count:,}" for name, count in bars.rows)
        if len(bars.rows) <= MAX_TOLD else bars.to_text()
    )  # fmt: skip
    return (
        f'<svg role="img" aria-label="{safe_html(told)}" width="100%" height="{_HEIGHT}"'
        f' viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none"'
        f' style="fill:currentColor;fill-opacity:.6">{columns}</svg>'
    )


def _tooltip(name: str, count: int) -> str:
    return f"<title>{safe_html(name)}: {count:,}</title>"
