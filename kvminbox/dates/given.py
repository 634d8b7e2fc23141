"""A date that a caller gives: an object, ISO 8601, or git's words."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple, NoReturn

from kvminbox.dates.possible import find_impossible, put_year_first
from kvminbox.dates.shown import is_date, to_utc, write_time
from kvminbox.errors import RangeError, UsageError
from kvminbox.given import check_text, refuse_type
from kvminbox.words import shorten

_CURE: Final = (
    "write 2025-08-01, 2025-08, 2025, 2025-08-01T12:00:00+02:00, `2 weeks ago` or `last monday`"
)
_WEEK: Final = re.compile(r"([0-9]{4})-?W([0-9]{2})")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_NUMBER: Final = re.compile(r"[0-9]{1,7}")
_TOO_LATE: Final = re.compile(r"[0-9]{5,}-")  # git takes the year 99999 for no year at all
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}")
_ONE: Final = re.compile(r"\ban?[ .](?=second|minute|hour|day|week|month|year)", re.IGNORECASE)
_DAY: Final = timedelta(days=1)


class GivenTime(NamedTuple):
    """A point in time, and how a report names it."""

    moment: datetime
    """It, with a zone."""

    written: str
    """As it was given, or in UTC where it was given in git's words: `1.6.2026` is `2026-06-01`."""


def read_time(given: str | date, now: datetime | None = None) -> GivenTime:
    """Read a date as a caller gives it; without a zone it is UTC.

    A text is ISO 8601 (`2025-08-01`, `2025-08-01T12:00:00+02:00`, a week `2025-W31`, a month
    `2025-07`, a year `2025`), or what `git log --since` takes, where each word must be known. A
    day means its first second, and so does a week, a month or a year.

    Args:
        given: a text, a date, or a datetime.
        now: the present, with its zone, from which `2 weeks ago` counts back.

    Raises:
        UsageError: it can't be understood, or it is relative to the current time and there is none.

    >>> read_time("2025-08-01 12:00").moment.isoformat()
    '2025-08-01T12:00:00+00:00'
    >>> read_time("2 weeks ago", datetime(2025, 8, 15, 12, tzinfo=UTC)).written
    '2025-08-01 12:00:00 UTC'
    >>> read_time("1.8.2025").written
    '2025-08-01'
    """
    if isinstance(given, datetime):
        return GivenTime(given if given.tzinfo else given.replace(tzinfo=UTC), str(given))
    if isinstance(given, date):
        return GivenTime(datetime(given.year, given.month, given.day, tzinfo=UTC), str(given))
    if not isinstance(given, str):
        raise refuse_type(given, "a date", "write it as a text: '2025-08-01', '2025-08' or '2025'")
    if span := find_period(given):
        return GivenTime(span[0], given)
    if year := find_year(given):  # a number would be taken for a revision
        return GivenTime(year[0], write_time(year[0]))
    moment = _read_iso(given.strip())
    if moment is None:  # not below `except`, whose error would be told, too
        return _read_words(given, now)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    # `20260601` would be taken for a revision
    return GivenTime(moment, given if is_date(given) else write_time(moment))


def _read_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def read_span(
    begin: str | date, end: str | date | None, now: datetime | None
) -> tuple[GivenTime, GivenTime | None]:
    """Read the two ends of a span of time, the second of which may be open.

    Raises:
        RangeError: it ends before it begins.
        UsageError: as `read_time`.
    """
    first = read_time(begin, now)
    last = None if end is None else read_time(end, now)
    if last and last.moment < first.moment:
        where = f"{first.written}..{last.written}"
        raise RangeError("the span ends before it begins", where, "give the earlier date first")
    return first, last


def find_day(text: str) -> date | None:
    """Return the day of a window's end, in UTC, as the window has it written; None for a revision.

    >>> find_day("2025-06-09 12:00:00 UTC"), find_day("HEAD")
    (datetime.date(2025, 6, 9), None)
    """
    if not is_date(text):
        return None
    try:
        return to_utc(read_time(text).moment).date()
    except (UsageError, OverflowError):
        return None


def _read_words(text: str, now: datetime | None) -> GivenTime:
    from kvminbox.dates.approxidate import NoPresentError, parse_approxidate  # of few commands

    words = _ONE.sub("1 ", text)  # `a week ago`, of which git knows only the week
    wrong = _find_wrong(words.strip())
    words = put_year_first(words)
    if wrong is not None:
        raise _refuse(text, wrong)
    try:
        seconds = parse_approxidate(words)[0]
    except NoPresentError:
        if now is None:
            cure = "pass now=datetime.now(UTC), or write a date such as 2025-08-01"
            raise UsageError("it is relative to the current time", shorten(text), cure) from None
        moment = _read_from(words, now)
    except ValueError:
        raise _refuse(text) from None
    else:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return GivenTime(moment, write_time(moment))


def _read_from(text: str, now: datetime) -> datetime:
    if now.tzinfo is None:
        cure = "pass one with a zone, such as datetime.now(UTC)"
        raise UsageError("the current time has no time zone", f"now={now}", cure)
    from kvminbox.dates.approxidate import parse_approxidate  # as above

    try:
        seconds = parse_approxidate(text, now)[0]
    except ValueError:
        raise _refuse(text) from None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _find_wrong(text: str) -> str | None:
    """Return why git would pass over a part of a text, or take it for another day."""
    if wrong := find_impossible(text):
        return wrong
    if _SHORT_YEAR.fullmatch(text):
        return "its year has two digits"
    if ".." in text or _NUMBER.fullmatch(text) or _TOO_LATE.match(text):
        return ""
    from kvminbox.dates.approxidate import find_unknown_word  # as above

    word = find_unknown_word(text)
    return None if word is None else ""


def _refuse(given: object, why: str = "") -> UsageError:
    what = f"not a valid date: {why}" if why else "not a valid date"
    cure = _CURE
    if _SHORT_YEAR.fullmatch(str(given).strip()):  # git would take it for a time of day
        cure = "write the year with four digits, such as 2025-08-01"
    return UsageError(what, where=shorten(str(given)) or "''", cure=cure)


def parse_week(text: str) -> tuple[datetime, datetime]:
    """Return the first second of an ISO week, and the first after it, in UTC.

    Raises:
        UsageError: the text is no week.

    >>> [moment.date().isoformat() for moment in parse_week("2025-W31")]
    ['2025-07-28', '2025-08-04']
    """
    check_text(text, "a week", "write it as '2025-W31'")
    return _find_week(text.strip()) or _refuse_span(text, "week", "2025-W31")


def parse_month(text: str) -> tuple[datetime, datetime]:
    """Return the first second of a month, and the first after it, in UTC.

    Raises:
        UsageError: the text is no month.

    >>> [moment.date().isoformat() for moment in parse_month("2025-12")]
    ['2025-12-01', '2026-01-01']
    """
    check_text(text, "a month", "write it as '2025-08'")
    return _find_month(text.strip()) or _refuse_span(text, "month", "2025-08")


def parse_year(text: str) -> tuple[datetime, datetime]:
    """Return the first second of a year, and the first after it, in UTC.

    Raises:
        UsageError: the text is no year.

    >>> [moment.date().isoformat() for moment in parse_year("2025")]
    ['2025-01-01', '2026-01-01']
    """
    return find_year(text) or _refuse_span(text, "year", "2025")


def _refuse_span(text: str, what: str, example: str) -> NoReturn:
    cure = f"write it as {example}"
    if _WEEK.fullmatch(text.strip()):  # as 2022-W53, which looks right
        cure += "; a year has 52 weeks, and some have 53"
    raise UsageError(f"not a valid {what}", shorten(text) or "''", cure)


def find_period(text: str) -> tuple[datetime, datetime] | None:
    """Return the ends of a week `2025-W31` or a month `2025-08`, as `parse_week`; else None."""
    return _find_week(text.strip()) or _find_month(text.strip())


def find_year(text: str) -> tuple[datetime, datetime] | None:
    """Return the ends of a year `2025`, as `parse_year`; else None."""
    if not _YEAR.fullmatch(text.strip()):
        return None
    begin = date(int(text), 1, 1)
    return _span(begin, begin.replace(year=begin.year + 1))


def _find_week(text: str) -> tuple[datetime, datetime] | None:
    match = _WEEK.fullmatch(text)
    try:
        begin = match and date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return _span(begin, begin + 7 * _DAY) if begin else None
    except (ValueError, OverflowError):
        return None


def _find_month(text: str) -> tuple[datetime, datetime] | None:
    match = _MONTH.fullmatch(text)
    try:
        begin = match and date(int(match[1]), int(match[2]), 1)
        return _span(begin, (begin + 31 * _DAY).replace(day=1)) if begin else None
    except (ValueError, OverflowError):
        return None


def _span(begin: date, end: date) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=UTC)
    return datetime.combine(begin, midnight), datetime.combine(end, midnight)
