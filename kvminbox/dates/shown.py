"""A point in time and a span as texts show them: in UTC, whatever zone a sender was in."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Final

# a revision has no space, and hardly begins with a year
_DATE: Final = re.compile(r"^[0-9]{4}[-/.]|\s")


def to_utc(moment: datetime) -> datetime:
    """Return it in UTC; one without a zone is taken for UTC.

    A mail may claim the first or the last day that there is, whose time in UTC is none: it is
    returned as it is.
    """
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except OverflowError:
        return moment


def write_day(moment: datetime) -> str:
    """Return its day in UTC.

    >>> write_day(datetime.fromisoformat("2025-08-01T01:00:00+02:00"))
    '2025-07-31'
    """
    return to_utc(moment).date().isoformat()  # `%Y` writes the year 1 as `1`


def write_minute(moment: datetime) -> str:
    """Return its day and minute in UTC, without the word."""
    return f"{write_day(moment)} {to_utc(moment):%H:%M}"


def write_time(moment: datetime) -> str:
    """Return its day in UTC, and where that is not the beginning of the day, its time.

    >>> write_time(datetime.fromisoformat("2025-08-01T01:00:00+02:00"))
    '2025-07-31 23:00:00 UTC'
    """
    clock = f"{to_utc(moment):%H:%M:%S}"
    return write_day(moment) + ("" if clock == "00:00:00" else f" {clock} UTC")


def is_date(text: str) -> bool:
    """Whether the end of a window, as it was written, is a date and no revision.

    >>> is_date("2025-06-09"), is_date("2025-W31"), is_date("HEAD~5")
    (True, True, False)
    """
    return _DATE.search(text) is not None


def name_window(base: str, tip: str) -> str:
    """Return a window in words: days with their last day, revisions as git writes them.

    >>> name_window("2025-06-09", "2025-06-16"), name_window("2025-06-09", "HEAD")
    ('2025-06-09 to 2025-06-15', 'since 2025-06-09')
    >>> name_window("", "HEAD"), name_window("HEAD~5", "HEAD"), name_window("", "v2")
    ('all mails', 'HEAD~5..HEAD', 'all mails up to v2')
    >>> name_window("lamps.mbox", "lamps.mbox")  # a list of mails has one name
    'lamps.mbox'
    """
    if base == tip and not is_date(base):
        return base or "all mails"
    if not base:
        return "all mails" if tip in {"", "HEAD"} else f"all mails up to {tip}"
    if not is_date(base):
        return f"{base}..{tip}"
    if tip in {"", "HEAD"}:
        return f"since {base}"
    with suppress(ValueError, OverflowError):  # a time of day is no whole day
        first, end = date.fromisoformat(base), date.fromisoformat(tip)
        last = end - timedelta(days=1)
        return f"{first} to {last}" if first < last else f"{first}"
    return f"{base} to {tip}"
