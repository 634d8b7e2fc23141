"""Days, weeks, months, quarters and years of UTC, in which things are counted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from kvminbox.errors import UsageError

Period = Literal["day", "week", "month", "quarter", "year"]
"""A stretch of time in which things are counted. A week begins on Monday."""

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def check_period(by: str) -> None:
    """Check that this is the name of a period.

    Raises:
        UsageError: it is not; the error lists the valid names.
    """
    if by not in {"day", "week", *_MONTHS}:
        cure = "choose one of day, week, month, quarter, year"
        raise UsageError("no such period", where=repr(by), cure=cure)


def find_start(moment: datetime, by: Period) -> date:
    """Return the first day of the period that a moment is in, in UTC.

    >>> from datetime import datetime
    >>> find_start(datetime.fromisoformat("2025-06-09T01:00:00+02:00"), "week")
    datetime.date(2025, 6, 2)
    """
    day = moment.astimezone(UTC).date()
    if by == "day":
        return day
    if by == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[by]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def find_next(start: date, by: Period) -> date:
    """Return the first day of the next period.

    >>> find_next(date(2025, 10, 1), "quarter")
    datetime.date(2026, 1, 1)
    """
    if by in {"day", "week"}:
        return start + timedelta(days=7 if by == "week" else 1)
    months = start.month - 1 + _MONTHS[by]
    return date(start.year + months // 12, months % 12 + 1, 1)


def list_periods(first: date, last: date, by: Period) -> Iterator[tuple[date, date]]:
    """Yield each period from `first` to that of `last`: its first day, and the next one's."""
    start = first
    while start <= last:
        end = find_next(start, by)
        yield start, end
        start = end
