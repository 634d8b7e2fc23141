"""How long a series waits for its first answer."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from kvminbox.analysis import Snapshot
from kvminbox.models import Corpus, Progress, PullRequest, Wait
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.style import COLOURS, GREY, Record, finish, make_data, make_title

_HOUR: Final = 3600.0
_FIRST: Final = 0.25
_TICKS: Final = (0.25, 1, 6, 24, 72, 168, 720, 2160, 8640)
_TICK_TEXT: Final = (
    "datum.value < 1 ? datum.value * 60 + ' min' : "
    "datum.value < 24 ? datum.value + ' h' : datum.value / 24 + ' d'"
)


def first_reply(corpus: Corpus, *, progress: Progress | None = None) -> alt.LayerChart:
    """Draw the share of series that had their first answer within a given time.

    An answer is a mail by somebody else, who is neither the sender nor a known
    program. A series without one at the corpus's end may still get one: its wait is
    *censored*, and counts as waiting for as long as it was observed (the
    Kaplan-Meier estimate). It is neither left out nor counted as zero. Times are
    from Date headers, so from the senders' clocks. Pull requests and waits without
    a date are left out.

    An answer does not mean that the series was reviewed, and answers in private or
    on another list are not seen.

    Args:
        corpus: a window, an index, or any other corpus; all its mails are held.
        progress: is called with how far the reading is.
    """
    snapshot = Snapshot.of(corpus, progress=progress)
    waits = [
        review.first_reply
        for series, review in snapshot.reviews()
        if not isinstance(series.cover, PullRequest)
    ]
    known = [wait for wait in waits if wait.seconds is not None]
    curve = estimate_answered(known)
    notes = _notes(known, len(waits) - len(known), find_median(curve))
    title = make_title("Waiting for the first reply", notes)
    return finish(_draw(_records(curve)), title, height=240)


def estimate_answered(waits: Iterable[Wait]) -> list[tuple[float, float]]:
    """Return the Kaplan-Meier estimate of the share that has ended, by seconds waited.

    Each point is a time at which a wait ended, and the share from then on; the last
    point is the longest time observed. Open waits count as waiting up to their time.
    Waits without a time are left out.
    """
    times = [(wait.seconds, wait.open) for wait in waits if wait.seconds is not None]
    ended = Counter(seconds for seconds, is_open in times if not is_open)
    left = Counter(seconds for seconds, _ in times)
    waiting, still = len(times), 1.0
    curve = []
    for seconds in sorted(left):
        if ended[seconds]:
            still *= 1 - ended[seconds] / waiting
        if ended[seconds] or waiting == left[seconds]:
            curve.append((seconds, 1 - still))
        waiting -= left[seconds]
    return curve


def find_median(curve: Iterable[tuple[float, float]]) -> float | None:
    """Return the time by which half of the waits have ended; None if fewer have."""
    return next((seconds for seconds, share in curve if share >= 0.5), None)


def _notes(known: list[Wait], undated: int, median: float | None) -> list[str]:
    still = sum(wait.open for wait in known)
    return [
        f"{len(known):,} series; {still:,} without a reply count as open (Kaplan-Meier).",
        f"Half of them had one after {_format_time(median)}." if median is not None else "",
        f"{undated:,} without a date are not shown." if undated else "",
    ]


def _format_time(seconds: float) -> str:
    hours = seconds / _HOUR
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"


def _records(curve: list[tuple[float, float]]) -> list[Record]:
    """Return the curve in hours; the axis is logarithmic and starts at a quarter of an hour."""
    early = [share for seconds, share in curve if seconds <= _FIRST * _HOUR]
    later = [(seconds / _HOUR, share) for seconds, share in curve if seconds > _FIRST * _HOUR]
    points = [(_FIRST, early[-1] if early else 0.0), *later] if curve else []
    return [{"hours": round(hours, 4), "share": round(share, 6)} for hours, share in points]


def _draw(records: list[Record]) -> alt.LayerChart:
    last = max([float(record["hours"]) for record in records] or [24.0])
    ticks = [tick for tick in _TICKS if tick <= max(last, 1)]
    axis = alt.Axis(
        values=ticks, labelExpr=_TICK_TEXT, labelOverlap="greedy", labelSeparation=8,
        labelFlush=False,
    )  # fmt: skip
    scale = alt.Scale(type="log", domain=[_FIRST, max(last, 1)], nice=False)
    share = alt.Y(
        "share:Q", title="series with a reply", scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )  # fmt: skip
    line = (
        alt.Chart(make_data(records))
        .mark_line(interpolate="step-after", color=COLOURS[0], strokeWidth=2)
        .encode(x=alt.X("hours:Q", title="time since it was sent", scale=scale, axis=axis), y=share)
    )
    half = alt.Chart(make_data([{"share": 0.5}])).mark_rule(color=GREY, strokeDash=[4, 4])
    return alt.LayerChart(layer=[half.encode(y="share:Q"), line])
