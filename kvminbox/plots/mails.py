"""How much was sent, and when."""

from collections import Counter
from datetime import date
from typing import Final

from kvminbox.analysis.activity import arrival_of
from kvminbox.analysis.people import is_reply
from kvminbox.dates.periods import Period, check_period, find_start, list_periods
from kvminbox.models import Corpus, CoverLetter, Message, Patch, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.order import each_once
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.style import colour_scale, draw_stacks, finish, make_title

SORTS: Final = ("patches, cover letters", "replies", "everything else")


def activity(corpus: Corpus, *, by: Period = "week", progress: Progress | None = None) -> alt.Chart:
    """Draw how many mails arrived in each period: patches and cover letters, replies, all else.

    The time is when the archive received a mail, in UTC, since a Date header is only
    what a sender's clock said. A high bar means much mail, not much work: a series
    sent three times counts three times. A gap may be a gap in the archive, and a
    spike an import of many mails at once. The window often cuts the first and the
    last period.

    Args:
        corpus: a window, an index, or any other corpus.
        by: day, week (from Monday), month, quarter or year.
        progress: is called with how far the reading is.

    Raises:
        kvminbox.errors.UsageError: no such period.
    """
    check_corpus(corpus)
    check_period(by)
    counts: Counter[tuple[date, str]] = Counter()
    undated = claimed = 0
    for message in each_once(corpus.messages(progress=progress)):
        moment = arrival_of(message)
        if moment is None:
            undated += 1
            continue
        claimed += message.entry is None or message.entry.arrived is None
        counts[find_start(moment, by), _find_sort(message)] += 1
    is_by_date = claimed == counts.total() > 0
    times = "Date" if is_by_date else "time of arrival"
    notes = [
        f"Mails by {times}, one bar per {by}; the first and the last may be incomplete.",
        f"{claimed:,} by Date, as their arrival is not known."
        if 0 < claimed < counts.total()
        else "",
        f"{undated:,} without a date are not shown." if undated else "",
    ]
    height = alt.Y("low:Q", title=f"mails per {by}", axis=alt.Axis(tickMinStep=1))
    days = [day for day, _ in counts]
    stacks = (
        (start, end, {sort: counts[start, sort] for sort in SORTS})
        for start, end in (list_periods(min(days), max(days), by) if days else ())
    )
    chart = draw_stacks(stacks, colour_scale(SORTS, SORTS[2]), height)
    return finish(chart, make_title("Mails over time", notes), height=220)


def _find_sort(message: Message) -> str:
    if isinstance(message, Patch | CoverLetter):
        return SORTS[0]
    return SORTS[1] if is_reply(message) else SORTS[2]
