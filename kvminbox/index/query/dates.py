"""Ranges of dates in a search: `d:2022-01-01..`, `dt:..2.days.ago`, `rt:last.week..`.

What a range holds is what public-inbox's search (seen with 1.9) finds for it, but that a
day is a day at whatever hour is asked. There the two ends belong to the range, and are
compared as numbers: YYYYMMDD for `d:`, YYYYMMDDhhmmss for `dt:`, both of the Date header
in UTC, and seconds since the epoch for `rt:`.

Where public-inbox passes over what it can't read, or takes it for another day (`2022-02-30`
for 2 March, `2022-01` and `2022` for a day of now), this is an error; a month `2022-01` and
a week `2022-W05` are spans of days, as wherever else a date is asked for.
"""

import re
from calendar import monthrange, timegm
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Final

from kvminbox.dates.approxidate import NoPresentError, find_unknown_word, parse_approxidate
from kvminbox.dates.given import find_period
from kvminbox.dates.possible import find_impossible, put_year_first

__all__ = ["NoPresentError", "parse_approxidate", "parse_range"]

_DAY: Final = 86400
_MIDNIGHT: Final = 1_000_000  # hhmmss, behind YYYYMMDD
_BEHIND_ALL: Final = timegm((MAXYEAR, 12, 32, 0, 0, 0))
_DAY_NUMBER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME_NUMBER = re.compile(_DAY_NUMBER.pattern + r"([0-9]{2})([0-9]{2})([0-9]{2})")
_SMALL_NUMBER = re.compile(r"[0-9]{1,7}")
_A = re.compile(r"\ban?(?=[. ](?:second|minute|hour|day|week|month|year))", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]{5,18}")
# in seconds a day of 1970, or of the year 600,000, of which no mail is: nobody means it
_LIKE_A_DAY = re.compile(
    r"(?:199[0-9]|20[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{6})?"
)


def parse_range(name: str, text: str, now: datetime | None) -> tuple[int | None, int | None]:
    """Return the range [begin, end) of a `d:`, `dt:` or `rt:`, in seconds since the epoch, UTC.

    The text is `A..B`, `A..`, `..B`, or `A` alone; None is the end that is left open.
    The range begins with A's first second and ends after B's last, so that a day as B is
    inside. Begin may be after end: such a range holds nothing. A and B are
    `parse_approxidate`'s, and also

    - a month YYYY-MM and a week YYYY-Www, from the first second to the last;
    - for `d:` and `dt:`, YYYYMMDD, which is a day, and YYYYMMDDhhmmss;
    - for `rt:`, a number of five digits or more: seconds since the epoch, never a day; one that
      reads as a day, as `d:` takes it, is an error.

    A time alone reaches up to the second a day later, that second included. A day alone
    is that day; for `d:` it is **two days**, that one and the next, as in public-inbox.

    Raises:
        NoPresentError: an end counts from the present, and `now` is None.
        ValueError: the text is no such range, or an end of it is not understood, or there is no
            such day.

    >>> from datetime import UTC
    >>> begin, end = parse_range("d", "20220101..20220131", None)
    >>> (end - begin) // 86400
    31
    >>> parse_range("rt", "yesterday..", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    (1699913600, None)
    """
    if name not in ("d", "dt", "rt"):
        raise ValueError("a range of dates is d:, dt: or rt:")
    first, dots, last = text.partition("..")
    if dots:
        return (
            _parse_end(name, first, now)[0] if first else None,
            _parse_end(name, last, now)[1] if last else None,
        )
    if name == "d" and (number := _DAY_NUMBER.fullmatch(text)):
        text = "-".join(number.groups())  # which public-inbox leaves to git here: 20220231 too
    begin, end = _parse_end(name, text, now)
    if find_period(text):
        return begin, end
    if end - begin != _DAY:
        return begin, begin + _DAY + 1
    return begin, end + _DAY if name == "d" else end


def _parse_end(name: str, text: str, now: datetime | None) -> tuple[int, int]:
    """Return the first second of a day or time, and the first after it."""
    if name == "rt" and _SECONDS.fullmatch(text):
        if _LIKE_A_DAY.fullmatch(text):
            raise ValueError(f"`{text}` is a number of seconds to rt:, no day")
        return int(text), int(text) + 1
    if period := find_period(text):
        return timegm(period[0].timetuple()), timegm(period[1].timetuple())
    if wrong := find_impossible(text):
        raise ValueError(wrong)
    if name != "rt" and _TIME_NUMBER.fullmatch(text):
        return _count_up(int(text)), _count_up(int(text) + 1)
    if name != "rt" and _DAY_NUMBER.fullmatch(text):
        return _count_up(int(text) * _MIDNIGHT), _count_up((int(text) + 1) * _MIDNIGHT)
    if _SMALL_NUMBER.fullmatch(text):
        raise ValueError("a number alone is not a day")
    # `a.week.ago`, of which git knows only the week; and `1.6.2026`
    text = put_year_first(_A.sub("1", text))
    found = parse_approxidate(text, now)
    if word := find_unknown_word(text):
        raise ValueError(f"`{word}` has no meaning in a date")
    return found


def _count_up(number: int) -> int:
    """Return the first second whose YYYYMMDDhhmmss is this number or greater.

    The number need not be a time, as numbers are what is compared: `..20220231` is up to
    the end of February.
    """
    day_number, clock = divmod(number, _MIDNIGHT)
    months, day = divmod(day_number, 100)
    year, month = divmod(months, 100)
    if not MINYEAR <= year <= MAXYEAR:
        return timegm((MINYEAR, 1, 1, 0, 0, 0)) if year < MINYEAR else _BEHIND_ALL
    if month > 12:
        return timegm((year, 12, 32, 0, 0, 0))
    if month < 1 or day < 1:
        return timegm((year, max(month, 1), 1, 0, 0, 0))
    last = monthrange(year, month)[1]
    if day > last:
        return timegm((year, month, last + 1, 0, 0, 0))
    return timegm((year, month, day, 0, 0, 0)) + _count_up_clock(clock)


def _count_up_clock(number: int) -> int:
    """Return the same for hhmmss, in seconds since midnight."""
    hour, minute, second = number // 10_000, number // 100 % 100, number % 100
    if hour > 23:
        return _DAY
    if minute > 59:
        return (hour + 1) * 3600
    return hour * 3600 + minute * 60 + min(second, 60)
