"""Whether a text names one day or time that there is: git takes 30 February for 2 March."""

import re
from calendar import monthrange
from itertools import permutations
from typing import Final

# not `calendar.month_name`, which speaks the language of the process
_MONTHS: Final = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
_SHORT: Final = [name[:3].lower() for name in _MONTHS]
_NAMES: Final = "|".join(f"{name}[a-z]*" for name in _SHORT)

# `2022-02-30`, `2022/2/30`, and as one number `20220230` or `20220230120000`
_YEAR_FIRST: Final = re.compile(r"(?<![0-9])([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_JOINED: Final = re.compile(
    r"(?<![0-9])([12][0-9]{3})([0-9]{2})([0-9]{2})"
    r"(?:t?([0-9]{2})([0-9]{2})([0-9]{2})|t([0-9]{2})([0-9]{2}))?(?![0-9])"
)
# `2022-13`, and `2022-01 12:00`, in which git finds other days
_NO_DAY: Final = re.compile(r"(?<![0-9t:])([0-9]{4})-([0-9]{1,2})(?![-0-9])")
# `jan 2022` alone, which to git is a day of January, the one of now
_MONTH_ALONE: Final = re.compile(
    rf"\W*(?:(?:{_NAMES})[\W]*[0-9]{{4}}|[0-9]{{4}}\W*(?:{_NAMES}))\W*"
)
# `30.2.2022`, `2/30/2022`
_YEAR_LAST: Final = re.compile(r"(?<![0-9])([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
# `1/2/2022`, `1/2`; the 12 and 07 of `T10:12-07` and of `T12-07` are none
_TWO_NUMBERS: Final = re.compile(
    r"(?<![0-9a-z:])(?<![0-9][-/.])([0-9]{1,2})([-/])([0-9]{1,2})(?:\2(?:[0-9]{4}|[0-9]{2}))?"
    r"(?![-/.:0-9])"
)
# `30 feb 2022`, `feb.30`: but not the 12 of `feb 12:30`, nor a year
_DAY_NAME: Final = re.compile(
    rf"(?<![0-9:.])([0-9]{{1,2}})(?:st|nd|rd|th)?[ .-]({_NAMES})(?:[ .-]([0-9]{{4}}))?(?![a-z0-9])"
)
_NAME_DAY: Final = re.compile(
    rf"(?<![a-z])({_NAMES})[ .]([0-9]{{1,2}})(?![0-9:])(?:st|nd|rd|th)?"
    r"(?:,?[ .]([0-9]{4}))?(?![0-9])"
)
# `25:00`, `T25`; a zone behind a sign is none
_CLOCK: Final = re.compile(r"(?<![0-9:+-])([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?(?![0-9])")
_HOUR: Final = re.compile(r"(?<=[0-9]t)([0-9]{1,2})(?![0-9:])")


def find_impossible(text: str) -> str | None:
    """Return in words which day or time of a text there is not, or which two days it may be.

    None if nothing is wrong.

    It looks at days and times written out, in the forms that git reads, and at nothing else.
    A month such as `2022-01` is no day: whoever takes one must look for it before.

    >>> find_impossible("2022-02-30")
    'February 2022 has 28 days'
    >>> find_impossible("2022-13-01"), find_impossible("2024-02-29")
    ('there is no month 13', None)
    >>> find_impossible("1/2/2022"), find_impossible("1.2.2022")
    ('it may be 1 February or 2 January', None)
    """
    text = text.lower()
    for match in _YEAR_FIRST.finditer(text):
        if wrong := _check_day(match[1], match[3], match[4]):
            return wrong
    for match in _NO_DAY.finditer(text):
        return _check_day(match[1], match[2], "1") or "the day is missing"
    if _MONTH_ALONE.fullmatch(text):
        return "the day is missing"
    for match in _JOINED.finditer(text):
        hour, minute, second = match.groups()[3:6]
        wrong = _check_day(*match.groups()[:3]) or _check_time(
            hour or match[7], minute or match[8], second
        )
        if wrong:
            return wrong
    for match in _YEAR_LAST.finditer(text):  # the month is one of the two
        found = [_check_day(match[4], *pair) for pair in permutations((match[1], match[3]))]
        if all(found):
            return found[int(int(match[1]) > 12)]
    for match in _TWO_NUMBERS.finditer(text):
        if wrong := _find_two_days(match):
            return wrong
    for match in _DAY_NAME.finditer(text):
        if wrong := _check_day(match[3], _number(match[2]), match[1]):
            return wrong
    for match in _NAME_DAY.finditer(text):
        if int(match[2]) <= 31 and (wrong := _check_day(match[3], _number(match[1]), match[2])):
            return wrong  # git takes a greater number for a year
    for match in _CLOCK.finditer(text):
        if wrong := _check_time(*match.groups()):
            return wrong
    return next(
        filter(None, (_check_time(*match.groups()) for match in _HOUR.finditer(text))), None
    )


def put_year_first(text: str) -> str:
    """Return a text with `1.6.2026` as `2026-06-01`: between points the day comes first.

    To git, while that day is to come, it is 6 January, and `6.13.2026` is a day of 2013. With
    other signs a day that may be two is refused before, by `find_impossible`.

    >>> put_year_first("1.6.2026 12:00"), put_year_first("6/13/2026"), put_year_first("1.jun.2026")
    ('2026-06-01 12:00', '2026-06-13', '1.jun.2026')
    """
    return _YEAR_LAST.sub(_put_year_first, text)


def _put_year_first(match: re.Match[str]) -> str:
    first, _, second, year = match.groups()
    for day, month in ((first, second), (second, first)):
        if not _check_day(year, month, day):
            return f"{year}-{int(month):02}-{int(day):02}"
    return match[0]


def _find_two_days(match: re.Match[str]) -> str | None:
    """Return which two days `1/2/2022` may be: git decides by the day of today.

    Between points, `1.2.2022`, the day comes first.
    """
    first, second = int(match[1]), int(match[3])
    if first == second or not 0 < min(first, second) <= max(first, second) <= 12:
        return None
    return f"it may be {first} {_MONTHS[second - 1]} or {second} {_MONTHS[first - 1]}"


def _number(name: str) -> int:
    return _SHORT.index(name[:3]) + 1


def _check_day(year: str | None, month: str | int, day: str) -> str | None:
    number = int(month)
    if not 1 <= number <= 12:
        return f"there is no month {number}"
    # without a year it may be a leap year
    days = monthrange(max(int(year or 2000), 1), number)[1]
    if int(day) < 1:
        return "days are counted from 1"
    if int(day) > days:
        name = _MONTHS[number - 1] + (f" {int(year)}" if year else "")
        return f"{name} has {days} days"
    return None


def _check_time(
    hour: str | None, minute: str | None = None, second: str | None = None
) -> str | None:
    if int(hour or 0) > 23:
        return f"there is no hour {int(hour or 0)}"
    if int(minute or 0) > 59:
        return f"there is no minute {int(minute or 0)}"
    if int(second or 0) > 60:  # a leap second is the 60th
        return f"there is no second {int(second or 0)}"
    return None
