"""The earlier time that a report is compared with."""

import argparse
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from kvminbox.cli.windows import choose_range, choose_span, choose_window
from kvminbox.dates import read_span, read_time, write_time
from kvminbox.dates.given import find_period
from kvminbox.errors import UsageError
from kvminbox.inbox import Inbox
from kvminbox.index import Index
from kvminbox.models import Corpus

_CURE: Final = "write a month (2025-07), a week (2025-W30), a date, or commits as BASE..TIP"
_DAYS: Final = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")


def add_before_option(report: argparse.ArgumentParser) -> None:
    """Add the option that names the earlier time."""
    report.add_argument(
        "--before", nargs="?", const="", metavar="WHEN",
        help="an earlier time to compare numbers and ranks with: a month, a week, a date from "
        "which on it is as long as the report's time, or commits as BASE..TIP; without a value, "
        "the time just before",
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
    others = dict.fromkeys(("range", "week", "month", "release"))
    return choose_window(inbox, argparse.Namespace(**{**vars(options), **others, **time}))


def _find_time(given: str, options: argparse.Namespace) -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    if period := find_period(given):
        return period
    begin = _read_date(given, now) if given else None
    named = (options.since, options.week, options.month, options.release)
    if all(one is None for one in named):
        where = options.range or "all mails"
        what = "a report of commits or of all mails has no length, from which --before would follow"
        raise UsageError(what, where, "write --before 2025-07, or --before BASE..TIP")
    since, until = choose_span(options)
    first, last = read_span(since, until, now)
    start, stop = first.moment, last.moment if last else now
    if begin is None:
        return _step_back(options, start, stop)
    if begin >= start:
        what = f"it is not before the report's time, which begins on {_write(start)}"
        raise UsageError(what, f"--before {given}", _CURE)
    return begin, min(begin + (stop - start), start)


def _step_back(
    options: argparse.Namespace, start: datetime, stop: datetime
) -> tuple[datetime, datetime]:
    """Return the time just before another: of a month the month before, else one as long."""
    if options.month:
        return (start - timedelta(days=1)).replace(day=1), start
    return start - (stop - start), start


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
