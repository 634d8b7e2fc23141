"""Ranges of dates in a search: `d:2022-01-01..`, `dt:..2.days.ago`, `rt:last.week..`.

What a range holds is what public-inbox's search (seen with 1.9) finds for it. There the two
ends belong to the range, and are compared as numbers: YYYYMMDD for `d:`, YYYYMMDDhhmmss
for `dt:`, both of the Date header in UTC, and seconds since the epoch for `rt:`.
"""

import re
from calendar import monthrange, timegm
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Final

from kvminbox.index.query.approxidate import parse_approxidate

__all__ = ["parse_approxidate", "parse_range"]

_DAY: Final = 86400
_MIDNIGHT: Final = 1_000_000  # hhmmss, behind YYYYMMDD
_BEHIND_ALL: Final = timegm((MAXYEAR, 12, 32, 0, 0, 0))
_DAY_NUMBER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME_NUMBER = re.compile(_DAY_NUMBER.pattern + r"([0-9]{2})([0-9]{2})([0-9]{2})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECONDS = re.compile(r"[0-9]{5,18}")


def parse_range(name: str, text: str, now: datetime) -> tuple[int | None, int | None]:
    """Give the range [begin, end) of a `d:`, `dt:` or `rt:`, in seconds since the epoch, UTC.

    The text is `A..B`, `A..`, `..B`, or `A` alone; None is the end that is left open.
    The second of `end` itself is outside, so that B's is inside. Begin may lie behind end:
    such a range holds nothing. A and B are `parse_approxidate`'s, and also

    - for `d:`, YYYYMMDD and YYYY-MM-DD: if both ends are such, whole days are meant, and
      the day of B is inside. Beside any other word, YYYYMMDD is that day's midnight and
      YYYY-MM-DD is the day at the present's time of day.
    - for `dt:`, YYYYMMDDhhmmss. This and YYYYMMDD mean the same under both names; to
      public-inbox, which leaves them to git, they are the present where it does not expect
      them.
    - for `rt:`, a number of five digits or more: seconds since the epoch, never a day.

    A alone reaches from A up to the second a day later, that second included; for `d:` and
    a whole day, that is **two days**, A and the next.

    Raises:
        ValueError: the text is no such range, or an end of it is not understood.

    >>> from datetime import UTC
    >>> now = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    >>> begin, end = parse_range("d", "20220101..20220131", now)
    >>> (end - begin) // 86400
    31
    >>> parse_range("rt", "yesterday..", now)
    (1699913600, None)
    """
    if name not in ("d", "dt", "rt"):
        raise ValueError("a range of dates is d:, dt: or rt:")
    first, dots, last = text.partition("..")
    if not dots:
        return _parse_alone(name, text, now)
    if name == "d" and all(_is_day(end) for end in (first, last) if end):
        ends = [_find_day(end, now) if end else (None, None) for end in (first, last)]
    else:
        ends = [_find_time(name, end, now) if end else (None, None) for end in (first, last)]
    return ends[0][0], ends[1][1]


def _parse_alone(name: str, text: str, now: datetime) -> tuple[int, int]:
    if name == "d" and _is_day(text):
        number = _DAY_NUMBER.fullmatch(text)
        begin, _ = _find_day("-".join(number.groups()) if number else text, now)
        return begin, begin + 2 * _DAY
    begin, _ = _find_time(name, text, now)
    return begin, begin + _DAY + 1


def _is_day(text: str) -> bool:
    return bool(_DAY_NUMBER.fullmatch(text) or _ISO_DAY.fullmatch(text))


def _find_day(text: str, now: datetime) -> tuple[int, int]:
    """Give the first second of a day, and the first behind it."""
    if _DAY_NUMBER.fullmatch(text):
        return _count_up(int(text) * _MIDNIGHT), _count_up((int(text) + 1) * _MIDNIGHT)
    time = parse_approxidate(text, now)
    begin = time - time % _DAY
    return begin, begin + _DAY


def _find_time(name: str, text: str, now: datetime) -> tuple[int, int]:
    """Give a second, and the first behind it."""
    if name == "rt" and _SECONDS.fullmatch(text):
        return int(text), int(text) + 1
    if name != "rt" and _TIME_NUMBER.fullmatch(text):
        return _count_up(int(text)), _count_up(int(text) + 1)
    if name != "rt" and _DAY_NUMBER.fullmatch(text):
        return _find_time(name, f"{text}000000", now)
    time = parse_approxidate(text, now)
    return time, time + 1


def _count_up(number: int) -> int:
    """Give the first second whose YYYYMMDDhhmmss is this number or greater.

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
    """Give the same for hhmmss, in seconds since midnight."""
    hour, minute, second = number // 10_000, number // 100 % 100, number % 100
    if hour > 23:
        return _DAY
    if minute > 59:
        return (hour + 1) * 3600
    return hour * 3600 + minute * 60 + min(second, 60)
