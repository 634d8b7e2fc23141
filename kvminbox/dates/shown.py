"""A point in time as texts show it: in UTC, whatever zone its sender was in."""

from datetime import UTC, datetime


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
