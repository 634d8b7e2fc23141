"""How much was sent, and when."""

from collections import Counter
from datetime import date
from typing import Final

from kvminbox.analysis.activity import arrival_of, choose_period, start_of
from kvminbox.analysis.by_date import is_late
from kvminbox.analysis.people import is_reply
from kvminbox.dates.periods import Period, check_period, find_start, list_periods
from kvminbox.models import Corpus, CoverLetter, Message, Patch, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.order import each_once
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.late import tell_late
from kvminbox.plots.style import colour_scale, draw_stacks, finish, make_title

MAX_BARS: Final = 400
"""Bars of a chart above which it says that they are too thin."""

SORTS: Final = ("patches, cover letters", "replies", "everything else")


def activity(
    corpus: Corpus, *, by: Period | None = None, progress: Progress | None = None
) -> alt.Chart:
    """Draw how many mails arrived in each period: patches and cover letters, replies, all else.

    The time is when the archive received a mail, in UTC, since a Date header is only
    what a sender's clock said. A high bar means much mail, not much work: a series
    sent three times counts three times. A gap may be a gap in the archive, and a
    spike an import of many mails at once: the chart says so where many arrived more than
    two days after their Date. The window often cuts the first and the last period.

    Args:
        corpus: a window, an index, or any other corpus.
        by: day, week (from Monday), month, quarter or year. By default days where the mails
            span three months, weeks where they span two years, else months, as in reports.
        progress: is called with how far the reading is.

    Raises:
        kvminbox.errors.UsageError: no such period.
    """
    check_corpus(corpus)
    if by is not None:
        check_period(by)
    days: Counter[tuple[date, str]] = Counter()
    undated = claimed = late = 0
    for message in each_once(corpus.messages(progress=progress)):
        moment = arrival_of(message)
        if moment is None:
            undated += 1
            continue
        claimed += message.entry is None or message.entry.arrived is None
        late += is_late(message)
        days[find_start(moment, "day"), _find_sort(message)] += 1
    step = by or choose_period([day for day, _ in days])
    counts: Counter[tuple[date, str]] = Counter()
    for (day, sort), count in days.items():
        counts[start_of(day, step), sort] += count
    begins = [begin for begin, _ in counts]
    spans = list(list_periods(min(begins), max(begins), step)) if begins else []
    is_by_date = claimed == counts.total() > 0
    times = "Date" if is_by_date else "time of arrival"
    notes = [
        f"Mails by {times}, one bar per {step}; the first and the last may be incomplete.",
        f"{claimed:,} by Date, as their arrival is not known."
        if 0 < claimed < counts.total()
        else "",
        f"{undated:,} without a date are not shown." if undated else "",
        tell_late(late, counts.total()),
        f"{len(spans):,} bars are too thin to be told apart: leave by={by!r} out."
        if len(spans) > MAX_BARS
        else "",
    ]
    height = alt.Y("low:Q", title=f"mails per {step}", axis=alt.Axis(tickMinStep=1))
    stacks = ((start, end, {sort: counts[start, sort] for sort in SORTS}) for start, end in spans)
    chart = draw_stacks(stacks, colour_scale(SORTS, SORTS[2]), height)
    return finish(chart, make_title("Mails over time", notes), height=220)


def _find_sort(message: Message) -> str:
    if isinstance(message, Patch | CoverLetter):
        return SORTS[0]
    return SORTS[1] if is_reply(message) else SORTS[2]
