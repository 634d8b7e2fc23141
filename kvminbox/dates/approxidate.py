"""Dates as git's approxidate understands them: `2022-01-01`, `last.friday`, `2.weeks.ago`.

Git reads a date twice, and so does this. The stated reading takes the text for one full
point in time, and holds if year, month and time of day are all there. Otherwise the
approximate reading goes over the same text word by word, counts back from the present
where the text says so, and fills in from the present what the text leaves open. One thing
is never filled in: a text that names a day and no time of day means the whole day, where
git takes the day at the present's time.

Git's documentation says little about this: the rules are what `git rev-parse --since=TEXT`
answers, and the tests ask it again.
"""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from functools import partial
from typing import Final

MAX_LENGTH: Final = 200
"""The longest text that is read, in characters."""

_MONTHS: Final = ["january", "february", "march", "april", "may", "june", "july", "august",
                  "september", "october", "november", "december"]  # fmt: skip
_WEEKDAYS: Final = ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays",
                    "sundays"]  # fmt: skip
_COUNTS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
                  "eight": 8, "nine": 9, "ten": 10, "last": 1}  # fmt: skip
_UNITS: Final = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}
# Hours east of UTC. These are git's, not a clock's: AST is the Atlantic's, and EAST Guam's.
_ZONES: Final = {
    "idlw": -12, "nt": -11, "cat": -10, "hst": -10, "hdt": -9, "yst": -9, "ydt": -8, "pst": -8,
    "pdt": -7, "mst": -7, "mdt": -6, "cst": -6, "cdt": -5, "est": -5, "edt": -4, "ast": -3,
    "adt": -2, "wat": -1, "gmt": 0, "utc": 0, "wet": 0, "z": 0, "bst": 1, "cet": 1, "met": 1,
    "mewt": 1, "fwt": 1, "mest": 2, "mesz": 2, "cest": 2, "eet": 2, "fst": 2, "eest": 3,
    "wast": 7, "wadt": 8, "cct": 8, "jst": 9, "east": 10, "gst": 10, "eadt": 11, "nzt": 12,
    "nzst": 12, "nzdt": 13, "idle": 12,
}  # fmt: skip

_RUN = re.compile(r"[A-Za-z0-9]++")
_LETTERS = re.compile(r"[A-Za-z]++")
# `12:30:00`, `7.5.2021`, `5/7`, or one number; between three stands the same sign twice
_NUMBERS = re.compile(r"([0-9]++)(?:([:./-])([0-9]++)(?:\2([0-9]++))?+)?+")
_FRACTION = re.compile(r"\.[0-9]++")
_OFFSET = re.compile(r"([+-])([0-9]++)(?:(:)([0-9]*+))?+")
# `2022-01-01T12` and `20220101T1230`, which git 2.39 does not know
_ISO_TIME = re.compile(r"(?<=(?<![A-Za-z])T)(?:[0-9]{4}|[0-9]{2})\Z")
_RAW = re.compile(r"@([0-9]++) [+-][0-9]{4}(?:\n|\Z)")  # as in a commit: `@1640995200 +0100`

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_RAW: Final = 100_000_000
_LAST_RAW: Final = 2**64 - 2  # from the next on, git's number overflows
_LAST_SECOND: Final = calendar.timegm((MAXYEAR, 12, 31, 23, 59, 59))
_DAY: Final = 86400
_TEN_DAYS: Final = 10 * _DAY


class NoPresentError(ValueError):
    """A date counts from the present, and none was given."""


@dataclass(slots=True)
class _Moment:
    """What was read so far; None is what the text has not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None


@dataclass(slots=True)
class _Stated(_Moment):
    zone: int | None = None  # minutes east of UTC
    is_raw: bool = False  # a count of seconds, which no zone moves


@dataclass(slots=True, kw_only=True)
class _Approximate(_Moment):
    now: datetime | None
    weekday: int | None = None  # of the time counted back to; None: the present's
    count: int = 0  # a number whose meaning the next word may tell
    understood: bool = False


def parse_approxidate(text: str, now: datetime | None = None) -> tuple[int, int]:
    """Return the span [begin, end) that git reads in this text, in seconds since the epoch.

    A day without a time of day is the whole day, from midnight to midnight; any other
    text is one second. A text without a zone is in UTC, whatever the machine's zone is,
    so that it means the same everywhere; git takes the machine's. A time before 1970 is
    negative.

    Args:
        text: the date, as `git log --since` takes it.
        now: the present, with its zone; may be left out where the text does not need it.

    Raises:
        NoPresentError: the text counts from the present, and `now` is None.
        ValueError: nothing in the text is understood (git then takes the present), the
            text is too long, or the time is outside the years 1 to 9999.

    >>> now = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    >>> parse_approxidate("2022-01-01T12:30:00Z")
    (1641040200, 1641040201)
    >>> begin, end = parse_approxidate("2022-01-01")
    >>> end - begin
    86400
    >>> datetime.fromtimestamp(parse_approxidate("2.weeks.ago", now)[0], UTC).isoformat()
    '2023-10-31T22:13:20+00:00'
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"a date has at most {MAX_LENGTH} characters")
    try:
        present = None if now is None else now.astimezone(UTC)
        stated = _read_stated(text, present)
        return _read_approximate(text, present) if stated is None else (stated, stated + 1)
    except OverflowError:
        raise ValueError("the date lies outside the years 1 to 9999") from None


_JOINING: Final = frozenset(
    {"ago", "at", "on", "of", "the", "and", "since", "st", "nd", "rd", "th"}
)
_DIGITS = re.compile(r"[0-9]+")


_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})


def find_unknown_word(text: str) -> str | None:
    """Return the first word that has no meaning in a date; None if each has one.

    `parse_approxidate` passes over such words, as git does: `12 apples` is the 12th. Of a text
    that names no day, time or span it is the first word of all: `last` is the first of the month
    to git.

    >>> find_unknown_word("2 weeks ago"), find_unknown_word("12 Apples"), find_unknown_word("LAST")
    (None, 'apples', 'last')
    """
    words: list[str] = []
    for run in _RUN.findall(text.lower()):
        for word in filter(None, _DIGITS.split(run)):
            if not _is_known(word):
                return str(word)
            words.append(str(word))
    return words[0] if words and not _names_time(text, words) else None


def _names_time(text: str, words: list[str]) -> bool:
    """Whether known words and numbers name a day, a time or a span of it.

    Counts, zones and words that join others are nothing alone, and a number is none with them:
    `since 12`, which without the word is refused, too.
    """
    idle = _JOINING.union(_COUNTS, _ZONES)
    if any(word in _ORDINALS or word not in idle for word in words):
        return True
    numbers = [match[0] for match in _NUMBERS.finditer(text)]
    return any(len(number) > 7 or not number.isdigit() for number in numbers)


def _is_known(word: str) -> bool:
    return (
        word in _SPECIALS
        or word in _COUNTS
        or word in _JOINING
        or word in _ZONES
        or word == "t"  # 2022-01-01T12:30
        or _find_unit(word) is not None
        or any(_find_name(word, names, 3) for names in (_MONTHS, _WEEKDAYS))
        or any(_find_name(word, [name], least) for name, least in (("months", 5), ("years", 4)))
    )


def _need(now: datetime | None) -> datetime:
    """Return the present, which the text turns out to depend on."""
    if now is None:
        raise NoPresentError("it is relative to the current time")
    return now


# The stated reading


def _read_stated(text: str, now: datetime | None) -> int | None:
    if raw := _RAW.match(text):
        return _to_seconds(_from_seconds(int(raw[1])))
    line, stated, at = text.partition("\n")[0], _Stated(), 0
    while at < len(line):
        if letters := _LETTERS.match(line, at):
            _state_word(stated, _run_at(line, at))
            at = letters.end()
        elif numbers := _NUMBERS.match(line, at):
            at = _state_numbers(stated, line, numbers, now)
        elif offset := _OFFSET.match(line, at):
            at = _state_offset(stated, offset)
        else:
            at += 1
    seconds = _compute_stated(stated)
    if seconds is None or stated.is_raw:
        return seconds
    return seconds - 60 * (stated.zone or 0)


def _compute_stated(moment: _Moment) -> int | None:
    year, month = moment.year, moment.month
    if not year or not month or not 1970 <= year < 2100:
        return None
    if None in (moment.hour, moment.minute, moment.second):
        return None
    # git does not see that the day is missing, and takes the one two days before the first:
    # `January 2022 12:00` is 30 December 2021
    return _count_seconds(year, month, -1 if moment.day is None else moment.day, moment)


def _state_word(stated: _Stated, run: str) -> None:
    if month := _find_name(run, _MONTHS, 3):
        stated.month = _MONTHS.index(month) + 1
    elif zone := run if run in _ZONES else _find_name(run, _ZONES, 3):
        if stated.zone is None:
            stated.zone = 60 * _ZONES[zone]
    elif run == "pm":
        stated.hour = 11 if stated.hour is None else stated.hour % 12 + 12
    elif run == "am":
        stated.hour = None if stated.hour is None else stated.hour % 12


def _state_numbers(stated: _Stated, line: str, numbers: re.Match[str], now: datetime | None) -> int:
    digits, end = numbers[1], numbers.end(1)
    if _FIRST_RAW <= int(digits) <= _LAST_RAW and stated == _Stated(zone=stated.zone):
        _set_all(stated, _from_seconds(min(int(digits), _LAST_SECOND)))
        stated.is_raw = True
    elif together := _read_together(stated, line, numbers, now):
        return together
    elif len(digits) == 8:
        _set_year_first(stated, int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    elif len(digits) == 6:
        if _set_time(stated, int(digits[:2]), int(digits[2:4]), int(digits[4:])):
            return _skip_fraction(line, end)
    elif _has_date(stated) and stated.hour is None and _ISO_TIME.match(line, numbers.start(), end):
        _set_time(stated, int(digits[:2]), int(digits[2:] or 0), 0)
    elif len(digits) == 4:
        _state_four_digits(stated, int(digits))
    elif len(digits) <= 2:
        _state_small(stated, int(digits), len(digits))
    return end


def _state_four_digits(stated: _Stated, number: int) -> None:
    # a zone without its sign, or a year
    if number <= 1400 and stated.zone is None:
        stated.zone = number // 100 * 60 + number % 100
    elif 1900 < number < 2100:
        stated.year = number


def _state_small(stated: _Stated, number: int, width: int) -> None:
    # `01 Apr 05`: a day first, then a year, then a month
    if 0 < number < 32 and stated.day is None:
        stated.day = number
    elif width == 2 and stated.year is None and number >= 70:
        stated.year = 1900 + number
    elif width == 2 and stated.year is None and stated.day is not None and number < 10:
        stated.year = 2000 + number
    elif 0 < number < 13 and stated.month is None:
        stated.month = number


def _state_offset(stated: _Stated, offset: re.Match[str]) -> int:
    sign, digits, colon, rest = offset.groups()
    if len(digits) == 4:
        digits, minutes, end = digits[:2], digits[2:], offset.end(2)
    elif len(digits) == 2:
        minutes, end = (rest if colon else "00"), offset.end()
    else:
        return offset.end(2)
    if len(minutes) == 2 and int(digits) < 24 and int(minutes) < 60:
        east = int(digits) * 60 + int(minutes)
        stated.zone = -east if sign == "-" else east
    return end


# The approximate reading


def _read_approximate(text: str, now: datetime | None) -> tuple[int, int]:
    reading, at = _Approximate(now=now), 0
    while at < len(text):
        if letters := _LETTERS.match(text, at):
            _apply_word(reading, _run_at(text, at))
            at = letters.end()
        elif numbers := _NUMBERS.match(text, at):
            at = _apply_numbers(reading, text, numbers)
        else:
            at += 1
    _place_count(reading)
    if not reading.understood:
        raise ValueError("not understood as a date")
    if reading.day is not None and reading.hour is None:
        begin = _count_seconds(*_fill_date(reading), reading)
        return begin, begin + _DAY
    time = _go_back(reading, 0)
    return time, time + 1


def _apply_numbers(reading: _Approximate, text: str, numbers: re.Match[str]) -> int:
    _place_count(reading)
    if together := _read_together(reading, text, numbers, reading.now):
        reading.understood = True
        return together
    if len(numbers[1]) <= 2 or numbers[1][0] != "0":
        reading.count = int(numbers[1])
    return numbers.end(1)


def _place_count(reading: _Approximate) -> None:
    # A number that no word has used: `6` and `1992` in `Dec 6, 1992`
    number, reading.count = reading.count, 0
    if not number:
        return
    if reading.day is None and number < 32:
        reading.day = number
    elif reading.month is None and number < 13:
        reading.month = number
    elif reading.year is None and (year := _find_year(number, 70)):
        reading.year = year
    else:
        return
    reading.understood = True


def _apply_word(reading: _Approximate, run: str) -> None:
    if month := _find_name(run, _MONTHS, 3):
        reading.month = _MONTHS.index(month) + 1
    elif run in _SPECIALS:
        _SPECIALS[run](reading)
    elif not reading.count:
        reading.count = _COUNTS.get(run, 0)
        return
    elif not _count_back(reading, run):
        return
    reading.understood = True


def _count_back(reading: _Approximate, run: str) -> bool:
    # `2.weeks`, `last.friday`, `3.months`; the `ago` after them has no meaning
    count = reading.count
    if unit := _find_unit(run):
        _go_back(reading, count * _UNITS[unit])
    elif day := _find_name(run, _WEEKDAYS, 3):
        weekday = _need(reading.now).weekday() if reading.weekday is None else reading.weekday
        days = (weekday - _WEEKDAYS.index(day) - 1) % 7 + 1
        _go_back(reading, (days + 7 * (count - 1)) * _DAY)
    elif _find_name(run, ["months"], 5):
        _go_back_months(reading, count)
    elif _find_name(run, ["years"], 4):
        _go_back_months(reading, 12 * count)
    else:
        return False
    reading.count = 0
    return True


def _find_unit(run: str) -> str | None:
    return next((unit for unit in _UNITS if run in (unit, unit[:-1])), None)


def _go_back(reading: _Approximate, seconds: int) -> int:
    """Fill in what is not said from the present, go back, and return the seconds of that time."""
    _fill_time(reading)
    time = _from_seconds(_count_seconds(*_fill_date(reading), reading) - seconds)
    _set_all(reading, time)
    reading.weekday = time.weekday()
    return _to_seconds(time)


def _fill_date(reading: _Approximate) -> tuple[int, int, int]:
    """Return year, month and day; what is not said is the present's."""
    month = reading.month or _need(reading.now).month
    year = reading.year
    if year is None:  # a month alone is the last that has come
        now = _need(reading.now)
        year = now.year - (month > now.month)
    return year, month, _need(reading.now).day if reading.day is None else reading.day


def _fill_time(reading: _Approximate) -> None:
    """Take the time of day from the present, unless one is said."""
    if reading.hour is None:
        now = _need(reading.now)
        reading.hour, reading.minute, reading.second = now.hour, now.minute, now.second


def _go_back_months(reading: _Approximate, count: int) -> None:
    _go_back(reading, 0)
    years, month = divmod((reading.month or 1) - 1 - count, 12)
    reading.year, reading.month = (reading.year or 0) + years, month + 1


def _to_hour(hour: int, reading: _Approximate) -> None:
    # `noon` in the morning is yesterday's
    _place_count(reading)
    _fill_time(reading)
    if (reading.hour or 0) < hour:
        _go_back(reading, _DAY)
    reading.hour, reading.minute, reading.second = hour, 0, 0


def _to_half_of_day(start: int, reading: _Approximate) -> None:
    if reading.count:
        reading.hour, reading.minute, reading.second = reading.count, 0, 0
    _fill_time(reading)
    reading.count = 0
    reading.hour = (reading.hour or 0) % 12 + start


def _to_day(back: int, reading: _Approximate) -> None:
    reading.count = 0
    _go_back(reading, back * _DAY)


def _to_today(reading: _Approximate) -> None:
    # git passes over this word, and takes the present where nothing else is said
    reading.count = 0
    if reading.day is None:
        now = _need(reading.now)
        reading.year, reading.month, reading.day = now.year, now.month, now.day


def _to_epoch(reading: _Approximate) -> None:
    reading.count = 0
    _set_all(reading, _EPOCH)
    reading.weekday = _EPOCH.weekday()


_SPECIALS: Final[dict[str, Callable[[_Approximate], None]]] = {
    "now": partial(_to_day, 0),
    "today": _to_today,
    "yesterday": partial(_to_day, 1),
    "midnight": partial(_to_hour, 0),
    "noon": partial(_to_hour, 12),
    "tea": partial(_to_hour, 17),
    "am": partial(_to_half_of_day, 0),
    "pm": partial(_to_half_of_day, 12),
    "never": _to_epoch,
}


# What both readings know: words, times and dates of several numbers


def _run_at(text: str, at: int) -> str:
    """Return the letters and digits that are joined here: `jan5` is no month."""
    run = _RUN.match(text, at)
    return run[0].lower() if run else ""


def _find_name(run: str, names: Iterable[str], least: int) -> str | None:
    """Return the first name that begins with the run, if it has at least so many letters."""
    if len(run) < least:
        return None
    return next((name for name in names if name.startswith(run)), None)


def _read_together(
    moment: _Moment, text: str, numbers: re.Match[str], now: datetime | None
) -> int | None:
    """Return the end of a time or date of two or three numbers, None if they are none."""
    sign = numbers[2]
    if not sign:
        return None
    first, second = int(numbers[1]), int(numbers[3])
    third = int(numbers[4]) if numbers[4] else None
    if sign != ":":
        return numbers.end() if _set_date(moment, sign, (first, second, third), now) else None
    if not _set_time(moment, first, second, third or 0):
        return None
    # without a date the number after the point may be a day
    return _skip_fraction(text, numbers.end()) if _has_date(moment) else numbers.end()


def _has_date(moment: _Moment) -> bool:
    return None not in (moment.year, moment.month, moment.day)


def _skip_fraction(text: str, at: int) -> int:
    fraction = _FRACTION.match(text, at)
    return fraction.end() if fraction else at


def _set_time(moment: _Moment, hour: int, minute: int, second: int) -> bool:
    if hour > 24 or minute > 59 or second > 60:
        return False
    moment.hour, moment.minute, moment.second = hour, minute, second
    return True


def _set_date(
    moment: _Moment, sign: str, numbers: tuple[int, int, int | None], now: datetime | None
) -> bool:
    first, second, third = numbers
    if first > 70 and third is not None:
        if _set_year_first(moment, first, second, third):
            return True
        if _set_year_first(moment, first, third, second):
            return True
    days = [(first, second), (second, first)]  # the month first, as in the USA
    if sign == ".":
        days.reverse()
    return any(_set_year_last(moment, third, month, day, now) for month, day in days)


def _set_year_first(moment: _Moment, year: int, month: int, day: int) -> bool:
    if not _may_be_day(month, day):
        return False
    # where the year is none that git takes, month and day hold: `2100-01-05` is a 5 January
    moment.month, moment.day = month, day
    full = _find_year(year, 71)
    moment.year = full or moment.year
    return full is not None


def _set_year_last(
    moment: _Moment, year: int | None, month: int, day: int, now: datetime | None
) -> bool:
    """Set a date, but not one more than ten days ahead: it is more likely another order."""
    full = _need(now).year if year is None else _find_year(year, 71)
    if full is None or not _may_be_day(month, day):
        return False
    supposed = replace(moment, year=full, month=month, day=day)
    if isinstance(supposed, _Approximate):
        _fill_time(supposed)
    seconds = _compute_stated(supposed)
    if seconds is not None and seconds > _to_seconds(_need(now)) + _TEN_DAYS:
        return False
    moment.month, moment.day = month, day
    moment.year = moment.year if year is None else full
    return True


def _may_be_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _find_year(number: int, oldest: int) -> int | None:
    """Return the year of a number of four digits, or of two: from `oldest` to 99, or 00 to 37."""
    if 1970 <= number < 2100:
        return number
    if oldest <= number < 100:
        return 1900 + number
    return 2000 + number if number < 38 else None


def _count_seconds(year: int, month: int, day: int, time: _Moment) -> int:
    # a day or hour too many runs over into the next month or day
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError
    return calendar.timegm((year, month, day, time.hour or 0, time.minute or 0, time.second or 0))


def _set_all(moment: _Moment, time: datetime) -> None:
    moment.year, moment.month, moment.day = time.year, time.month, time.day
    moment.hour, moment.minute, moment.second = time.hour, time.minute, time.second


def _from_seconds(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def _to_seconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(seconds=1)
