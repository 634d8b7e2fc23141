"""How much came when: mails by day, week or month."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Final, Literal

from kvminbox.dates.periods import Period, find_start, list_periods
from kvminbox.models import Message, Model

MAX_DAYS: Final = 92
"""Days up to which days are counted; above it weeks are, and above `MAX_WEEKS` months."""

MAX_WEEKS: Final = 105
"""Weeks up to which weeks are counted."""

MAX_MONTHS: Final = 480
"""Months above which nothing is counted: some clock was wrong by decades."""


class PeriodCount(Model):
    """How many came in one period."""

    begin: date
    """Its first day, in UTC."""

    count: int
    """How many."""


class Activity(Model):
    """How many mails came in each period of a window, those without any among them."""

    by: Literal["day", "week", "month"] = "day"
    """The period: weeks begin on Monday."""

    periods: tuple[PeriodCount, ...] = ()
    """The periods from the first mail to the last; none where the span is above 40 years."""

    first: date | None = None
    """The day of the first mail, in UTC; none if there is no period."""

    last: date | None = None
    """That of the last one."""

    @property
    def span(self) -> str:
        """When the first and last mails came, in words; empty if none did."""
        if self.first is None or self.last is None:
            return ""
        if self.first == self.last:
            return f"on {self.first}"
        return f"from {self.first} to {self.last}"


def name_period(begin: date, by: Literal["day", "week", "month"]) -> str:
    """Return a period's name: its first day; of a month without the day.

    >>> name_period(date(2025, 6, 2), "week"), name_period(date(2025, 6, 1), "month")
    ('2025-06-02', '2025-06')
    """
    return f"{begin:%Y-%m}" if by == "month" else f"{begin}"


def arrival_of(message: Message) -> datetime | None:
    """Return when a mail arrived; where that is not known, when it was sent, as claimed."""
    return (message.entry.arrived if message.entry else None) or message.date


def count_activity(moments: Iterable[datetime | None]) -> Activity:
    """Count moments by day, or where they span more than three months, by week or month."""
    days = Counter(find_start(moment, "day") for moment in moments if moment is not None)
    if not days:
        return Activity()
    first, last = min(days), max(days)
    span = (last - first).days + 1
    by = choose_period(days)
    if span > 31 * MAX_MONTHS:
        return Activity(by=by)
    counts: Counter[date] = Counter()
    for day, count in days.items():
        counts[start_of(day, by)] += count
    begins = [begin for begin, _ in list_periods(start_of(first, by), last, by)]
    periods = tuple(PeriodCount(begin=begin, count=counts[begin]) for begin in begins)
    return Activity(by=by, periods=periods, first=first, last=last)


def choose_period(days: Collection[date]) -> Literal["day", "week", "month"]:
    """Return the period in which what came on some days is counted.

    >>> choose_period([date(2025, 1, 1), date(2025, 12, 1)]), choose_period([])
    ('week', 'day')
    """
    span = (max(days) - min(days)).days + 1 if days else 0
    return "day" if span <= MAX_DAYS else "week" if span <= 7 * MAX_WEEKS else "month"


def start_of(day: date, by: Period) -> date:
    """Return the first day of the period that a day is in."""
    return find_start(datetime(day.year, day.month, day.day, tzinfo=UTC), by)
