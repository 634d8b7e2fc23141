"""From which domains the patches come, over time."""

from __future__ import annotations  # help shows types by their names

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from kvminbox.analysis import Who
from kvminbox.analysis.activity import arrival_of
from kvminbox.analysis.by_date import is_late
from kvminbox.analysis.ranking import check_top
from kvminbox.dates.periods import Period, check_period, find_start, list_periods
from kvminbox.models import Corpus, CoverLetter, Patch, Progress
from kvminbox.models.corpus import check_corpus
from kvminbox.order import each_once
from kvminbox.plots.altair import altair as alt
from kvminbox.plots.labels import make_labels
from kvminbox.plots.late import tell_late
from kvminbox.plots.style import (
    COLOURS,
    colour_scale,
    draw_stacks,
    finish,
    make_title,
)

OTHERS: Final = "all others"


def domain_share(
    corpus: Corpus,
    *,
    top: int = 8,
    by: Period = "quarter",
    who: Who | None = None,
    progress: Progress | None = None,
) -> alt.Chart:
    """Draw the share of the authors' mail domains in the patches and cover letters of each period.

    The top domains are those of the whole corpus, so one that is large in a single
    period may still be among the others. A domain is not an employer: people write
    from gmail.com and kernel.org. `who` returns the names to count instead, such as
    employers. Shares jump about in periods with few patches; `activity` shows how
    many there were, this chart does not. Times are those of arrival, in UTC.

    Args:
        corpus: a window, an index, or any other corpus.
        top: how many domains are shown, at most eight, the number of colours.
        by: day, week (from Monday), month, quarter or year.
        who: returns the name under which an author counts, as `kvminbox.people` can;
            authors without a name are among the others.
        progress: is called with how far the reading is.

    Raises:
        kvminbox.errors.UsageError: no such period.
    """
    check_corpus(corpus)
    check_top(top)
    check_period(by)
    counts: Counter[tuple[date, str]] = Counter()
    late = 0
    for message in each_once(corpus.messages(progress=progress)):
        moment = arrival_of(message)
        if isinstance(message, Patch | CoverLetter) and moment:
            late += is_late(message)
            author = message.author
            name = who(author, message.date) if who else author.domain
            counts[find_start(moment, by), name] += 1
    labels = _label_top(counts, min(top, len(COLOURS)))
    whose = "name, as given" if who else "mail domain"
    notes = [
        f"Share of the patches and cover letters of each {by}, by the author's {whose}.",
        f"{counts.total():,} in all; the first and the last {by} may be incomplete.",
        tell_late(late, counts.total()),
    ]
    scale = alt.Scale(domain=[0, 1])
    height = alt.Y("low:Q", title=f"share per {by}", scale=scale, axis=alt.Axis(format="%"))
    colours = colour_scale([*labels.values(), OTHERS], OTHERS)
    chart = draw_stacks(_stacks(counts, labels, by), colours, height)
    title = "Names over time" if who else "Domains over time"
    return finish(chart, make_title(title, notes), height=240)


def _label_top(counts: Counter[tuple[date, str]], top: int) -> Mapping[str, str]:
    """Return labels for the names with the most mails, none equal to that of the others."""
    totals: Counter[str] = Counter()
    for (_, name), count in counts.items():
        totals[name] += count
    names = sorted(filter(None, totals), key=lambda name: (-totals[name], name))[:top]
    return dict(zip(names, make_labels([OTHERS, *names])[1:], strict=True))


def _stacks(
    counts: Counter[tuple[date, str]], labels: Mapping[str, str], by: Period
) -> Iterator[tuple[date, date, dict[str, float]]]:
    """Yield each period with its shares; an empty period has none."""
    sums: Counter[tuple[date, str]] = Counter()
    for (day, name), count in counts.items():
        sums[day, labels.get(name, OTHERS)] += count
    names = [*labels.values(), OTHERS]
    days = [day for day, _ in sums]
    for start, end in list_periods(min(days), max(days), by) if days else ():
        total = sum(sums[start, name] for name in names)
        parts = {name: sums[start, name] / total for name in names if sums[start, name]}
        yield start, end, parts
