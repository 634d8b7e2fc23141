"""The earlier time that a report is compared with."""

import argparse
import re
from datetime import UTC, datetime
from typing import Final

from kvminbox.cli.windows import choose_range, choose_span, choose_window, list_times
from kvminbox.dates import read_span, read_time, write_time
from kvminbox.dates.given import find_period, find_year
from kvminbox.errors import UsageError
from kvminbox.inbox import Inbox
from kvminbox.index import Index
from kvminbox.models import Corpus

_CURE: Final = (
    "write a month (2025-07), a week (2025-W30), a year (2024), a date, two dates "
    "(2025-01-01..2025-02-01), or commits as BASE..TIP"
)
_DAYS: Final = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


def add_before_option(report: argparse.ArgumentParser) -> None:
    """Add the option that names the earlier time."""
    report.add_argument(
        "--before", nargs="?", const="", metavar="WHEN",
        help="an earlier time to compare numbers and ranks with: a month, a week, a year, two "
        "dates or commits as BASE..TIP, or a date that begins a time as long as the report's; "
        "without a value, the time just before, or as many whole months",
    )  # fmt: skip


def choose_before(inbox: Inbox | Index, options: argparse.Namespace) -> Corpus | None:
    """Return the earlier window that the options name, of the same lists; None for none.

    Raises:
        UsageError: it can't be understood, or the report is of no time, or not of a later one.
        RangeError: no mail arrived then.
    """
    given: str | None = options.before
    if given is None:
        return None
    days = _DAYS.fullmatch(given)
    if ".." in given and not days:
        return choose_range(inbox, options, given)
    begin, end = map(_read_day, days.groups()) if days else _find_time(given, options)
    time = {"since": _write(begin), "until": _write(end)}
    others = dict.fromkeys(("range", "week", "month", "year", "release"))
    return choose_window(inbox, argparse.Namespace(**{**vars(options), **others, **time}))


def _find_time(given: str, options: argparse.Namespace) -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    if period := find_period(given) or find_year(given):
        return period
    begin = _read_date(given, now) if given else None
    if all(one is None for one in list_times(options)):
        where = options.range or "all mails"
        what = "a report of commits or of all mails has no length, from which --before would follow"
        raise UsageError(what, where, "write --before 2025-07, or --before BASE..TIP")
    since, until = choose_span(options)
    first, last = read_span(since, until, now)
    start, stop = first.moment, last.moment if last else now
    months = _count_months(start, stop)
    if begin is None:
        return _shift(start, -months) if months else start - (stop - start), start
    if begin >= start:
        what = f"it is not before the report's time, which begins on {_write(start)}"
        raise UsageError(what, f"--before {given}", _CURE)
    if months and _is_month_start(begin):
        return begin, min(_shift(begin, months), start)
    return begin, min(begin + (stop - start), start)


def _count_months(start: datetime, stop: datetime) -> int:
    """Return how many whole months a time has; 0 where it does not begin and end with one."""
    if not (_is_month_start(start) and _is_month_start(stop)):
        return 0
    first, last = start.astimezone(UTC), stop.astimezone(UTC)
    return 12 * (last.year - first.year) + last.month - first.month


def _is_month_start(moment: datetime) -> bool:
    utc = moment.astimezone(UTC)
    return utc == utc.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _shift(moment: datetime, months: int) -> datetime:
    """Return the beginning of the month that is some months after another, or before it."""
    utc = moment.astimezone(UTC)
    years, month = divmod(utc.month - 1 + months, 12)
    return utc.replace(year=utc.year + years, month=month + 1)


def _read_day(text: str) -> datetime:
    return _read_date(text, datetime.now(UTC))


def _read_date(given: str, now: datetime) -> datetime:
    try:
        return read_time(given, now).moment
    except UsageError as error:
        raise UsageError(error.what, f"--before {given}", _CURE) from None


def _write(moment: datetime) -> str:
    """Return a time as a report names it, a day where it is the first second of one."""
    moment = moment.astimezone(UTC)
    is_day = not (moment.hour or moment.minute or moment.second)
    return f"{moment:%Y-%m-%d}" if is_day else write_time(moment)
