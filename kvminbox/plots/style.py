"""How all charts look: on a light page and on a dark one."""

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any, Final, TypeVar

from kvminbox.errors import UsageError
from kvminbox.plots.altair import altair as alt
from kvminbox.words import shorten

C = TypeVar("C", alt.Chart, alt.LayerChart)
T = TypeVar(
    "T", alt.Chart, alt.LayerChart, alt.FacetChart, alt.HConcatChart, alt.VConcatChart,
    alt.ConcatChart, alt.RepeatChart,
)  # fmt: skip

Record = Mapping[str, str | int | float]
"""A row of a chart's data."""

# each has a contrast of at least 3 to 1 with white and with #111, the two
# backgrounds of notebooks; a test checks it
COLOURS: Final = (
    "#0f7fc9", "#d9540b", "#1f9161", "#b05fd0", "#a37b00", "#e0457b", "#0f8f9c", "#7f72d9",
)  # fmt: skip
"""The colours that tell things apart, in order of use."""

GREY: Final = "#797979"
"""The colour of the rest, and of text: 4.3 to 1 with both pages, and no grey has more."""

FAINT: Final = "#88888844"
"""The colour of the grid."""

_WIDTH: Final = 480
"""Pixels of a chart saved as an image; on a page it is as wide as its container."""

MAX_TICKS: Final = 7
"""Weeks that are named below a chart; of more, each second or third is."""

_FONTS: Final = "Arial, Liberation Sans, Helvetica, sans-serif"
"""Fonts with equal widths; an image renderer has one of them, so that no label is cut."""

_SUBTITLE: Final = 44
"""Characters in a line below the title: what fits on a phone, since Vega does not wrap."""


def make_data(records: Iterable[Record]) -> alt.InlineData:
    """Return records as the data of a chart."""
    return alt.InlineData(values=[dict(record) for record in records])


def make_title(title: str, notes: Iterable[str]) -> alt.Title:
    """Return a title with notes below it; both must be this library's words or safe labels."""
    lines = [line for note in notes if note for line in textwrap.wrap(note, _SUBTITLE)]
    return alt.Title(title, subtitle=lines)


_TITLE: Final = {
    "anchor": "start", "color": GREY, "subtitleColor": GREY, "fontSize": 14, "subtitleFontSize": 12,
    "offset": 12,
}  # fmt: skip
_AXIS: Final = {
    "labelColor": GREY, "titleColor": GREY, "gridColor": FAINT, "domainColor": GREY,
    "tickColor": GREY, "labelFontSize": 12, "titleFontSize": 12, "labelLimit": 240,
}  # fmt: skip
_LABELS: Final = {
    "labelColor": GREY, "titleColor": GREY, "labelFontSize": 12, "titleFontSize": 12,
}  # fmt: skip
_ANY: Final[Mapping[str, Any]] = {
    "background": "transparent",
    "font": _FONTS,
    "title": _TITLE,
    "axis": _AXIS,
    "legend": _LABELS,
    "header": _LABELS,
    "view": {"stroke": FAINT},
    "mark": {"color": COLOURS[0]},
    "text": {"color": GREY},
    "rule": {"color": GREY},
    "range": {"category": list(COLOURS)},
}
"""What a chart of any kind needs to be read on both pages."""


def finish(chart: C, title: alt.Title, *, height: int) -> C:
    """Return a chart with a title, a size and the common style."""
    finished: C = (
        chart.properties(title=title, width="container", height=height, background="transparent")
        .configure(
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), font=_FONTS,
            padding=10, title=_TITLE, axis=_AXIS,
            legend=_LABELS | {"orient": "bottom", "columns": 2, "columnPadding": 24,
                              "labelLimit": 160},
        )
        .configure_view(stroke=None, continuousWidth=_WIDTH, discreteWidth=_WIDTH)
    )  # fmt: skip
    return finished


def restyle(chart: T) -> T:
    """Return a chart of your own in the style of these: it can be read on light and dark pages.

    It has no background, text and axes in grey, and their colours where it names none. What the
    chart itself configures or encodes stays; the one that was passed does not change.

    Raises:
        kvminbox.errors.UsageError: it is no chart.

    >>> import altair
    >>> from kvminbox import plots
    >>> chart = altair.Chart(altair.InlineData(values=[{"n": 1}])).mark_bar().encode(x="n:Q")
    >>> plots.restyle(chart).to_dict()["config"]["axis"]["labelColor"]
    '#797979'
    """
    given: object = chart
    if not isinstance(given, alt.TopLevelMixin):
        what = f"expected a chart of Altair's, not this {type(given).__name__}"
        raise UsageError(what, shorten(repr(given)), "give one, such as altair.Chart(…).mark_bar()")
    found: T = chart.copy(deep=False)
    own = found.config.to_dict() if isinstance(found.config, alt.Config) else found.config
    known = own if isinstance(own, Mapping) else {}
    found.config = alt.Config.from_dict(_merge(_ANY, known), validate=False)
    return found


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with others laid over them, group by group."""
    return {**base, **{
        name: _merge(base[name], value)
        if isinstance(value, Mapping) and isinstance(base.get(name), Mapping) else value
        for name, value in over.items()
    }}  # fmt: skip


def colour_scale(names: Iterable[str], rest: str = "") -> alt.Scale:
    """Return a scale with a colour for each name, in order; `rest` is grey."""
    domain = list(names)
    colours = [GREY if name == rest else COLOURS[place % len(COLOURS)]
               for place, name in enumerate(domain)]  # fmt: skip
    return alt.Scale(domain=domain, range=colours)


def draw_stacks(
    stacks: Iterable[tuple[date, date, Mapping[str, float]]], colours: alt.Scale, height: alt.Y
) -> alt.Chart:
    """Draw periods as stacked bars, in the order of the parts.

    The data has the lower and upper end of each part, since Vega-Lite does not stack
    bars that start and end at given times.
    """
    records: list[Record] = []
    for start, end, parts in stacks:
        ends = list(accumulate(parts.values(), initial=0))
        days = {"start": start.isoformat(), "end": end.isoformat()}
        for name, low, high in zip(parts, ends, ends[1:], strict=False):
            records.append({**days, "part": name, "low": _tidy(low), "high": _tidy(high)})
    axis = alt.Axis(labelOverlap=True, tickCount=6)
    begins = sorted({str(record["start"]) for record in records})
    if len(begins) > 1 and _is_week(begins[0], begins[1]):  # Vega's own weeks begin on Sundays
        chosen = begins[:: 1 + (len(begins) - 1) // MAX_TICKS]
        axis = alt.Axis(values=[_milliseconds(begin) for begin in chosen], format="%b %d")
    elif 0 < len(begins) <= MAX_TICKS and all(begin.endswith("-01") for begin in begins):
        # Vega would name weeks of a single month, and the year beside the last of them
        values = [_milliseconds(begin) for begin in begins]
        form = "%Y" if all(map(_is_year, records)) else "%b %Y"
        axis = alt.Axis(values=values, format=form, labelOverlap=True)
    time = alt.X("start:T", title="time (UTC)", axis=axis)
    chart: alt.Chart = (
        alt.Chart(make_data(records))
        .mark_rect()
        .encode(
            x=time.scale(type="utc"), x2="end:T", y=height, y2="high:Q",
            color=alt.Color("part:N", title=None, scale=colours),
        )
    )  # fmt: skip
    return chart


def _is_week(first: str, second: str) -> bool:
    return date.fromisoformat(second) - date.fromisoformat(first) == timedelta(days=7)


def _is_year(record: Record) -> bool:
    first, last = (date.fromisoformat(str(record[name])) for name in ("start", "end"))
    return last - first > timedelta(days=360)


def _milliseconds(day: str) -> int:
    """Return a day as Vega counts it."""
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp() * 1000)


def _tidy(number: float) -> float:
    return number if isinstance(number, int) else round(number, 6)
