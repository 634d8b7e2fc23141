"""The Date header, with its own zone."""

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from kvminbox.mail.defects import Note

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
# RFC 5322's obsolete zones, and those that mailers still write, in hours.
_ZONES: Final = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "wet": 0, "west": 1, "bst": 1, "cet": 1,
    "met": 1, "cest": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11,
}  # fmt: skip

_TIME: Final = r"(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d+)?\s*(?:([AaPp])\.?[Mm]\b\.?\s*)?"
_DATE = re.compile(
    r"\s*(?:[A-Za-z]{3,9}\.?,?\s*)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{1,5}),?\s+"
    rf"{_TIME}(.*)",
    re.DOTALL,
)
# asctime, as old mailers write it: `Thu Aug  7 01:43:10 2025`
_ASCTIME = re.compile(
    r"\s*[A-Za-z]{3,9},?\s+([A-Za-z]{3})[a-z]*\s+(\d{1,2})\s+"
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s+(?:([A-Z]{3,4})\s+)?(\d{4})\s*(.*)",
    re.DOTALL,
)
# JavaScript's `Thu Aug 07 2025 01:43:10 GMT-0700 (PDT)`, and Outlook's
# `Thursday, August 7, 2025 1:43 AM`
_MONTH_FIRST = re.compile(
    r"\s*(?:[A-Za-z]{3,9}\.?,?\s+)?([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4}),?\s+"
    rf"{_TIME}(.*)",
    re.DOTALL,
)
_ISO = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)[T\s]\s*(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(.*)", re.DOTALL
)
# a zone before the offset, as in JavaScript's `GMT+0200` and in `CEST +02:00`, is its name
_NAMED = re.compile(
    r"(?:(?:GMT|UTC?)\s*(?=[+-]\d)|[A-Z]{3,5}\s*(?=[+-]\d{2}:?\d{2}))", re.IGNORECASE
)
_COMMENT = re.compile(r" ?\([^()]*\)")
# the true zones of old mails: `-0700`, `-700`, `+1`, and `--500`
_OFFSET = re.compile(r"[+-]*([+-])(\d{1,2}?):?(\d{2})?(?!\d)")
_UTC: Final = UTC


def parse_date(text: str, note: Note) -> datetime | None:
    """Read a Date header (RFC 5322, 3.3 and 4.3), keeping its zone.

    Without a zone, or with an impossible one, UTC is taken and a defect says so;
    `-0000` is UTC from a sender who does not state a zone (RFC 5322, 3.3).

    >>> parse_date("Thu, 7 Aug 2025 01:43:10 -0700", print).isoformat()
    '2025-08-07T01:43:10-07:00'
    """
    if "(" in text:
        text = _COMMENT.sub("", text)
    half = None
    if match := _DATE.match(text):
        day, month, year, hour, minute, second, half, zone = match.groups()
    elif match := _ASCTIME.match(text):
        month, day, hour, minute, second, named, year, zone = match.groups()
        zone = zone or named or ""
    elif match := _MONTH_FIRST.match(text):
        month, day, year, hour, minute, second, half, zone = match.groups()
    elif match := _ISO.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
    else:
        note("date-unreadable", f"the Date {text!r} can't be understood")
        return None
    try:
        return datetime(
            _full_year(year),
            int(month) if month.isdecimal() else _MONTHS[month.lower()],
            int(day),
            _full_hour(int(hour), half) if half else int(hour),
            int(minute),
            59 if second == "60" else int(second or 0),  # datetime knows no leap second
            tzinfo=_parse_zone(zone, note),
        )
    except (KeyError, ValueError, OverflowError):
        note("date-unreadable", f"the Date {text!r} is not a valid date")
        return None


def _full_hour(hour: int, half: str) -> int:
    """Return the hour of the day; git, too, adds none to `22:00 PM`."""
    return hour % 12 + (12 if half in "pP" else 0) if hour <= 12 else hour


def _full_year(text: str) -> int:
    # RFC 5322, 4.3: two digits below 50 are of this century, three digits count from 1900
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    if len(text) == 3:
        return year + 1900
    if not MINYEAR < year < MAXYEAR:
        raise ValueError  # turned to UTC it may leave the calendar
    return year


@lru_cache(maxsize=128)
def _make_zone(sign: str, hours: int, minutes: int) -> timezone:
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if sign == "-" else offset)


def _parse_zone(text: str, note: Note) -> timezone:
    named = _NAMED.match(text)
    match = _OFFSET.match(text, named.end() if named else 0)
    if match and int(match[2]) < 24 and int(match[3] or 0) < 60:
        if match[0] == "-0000":
            note("date-zone-odd", "the zone -0000 means unknown; UTC is assumed")
        return _make_zone(match[1], int(match[2]), int(match[3] or 0))
    word = re.match(r"[A-Za-z]+", text)
    if word and word[0].lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[word[0].lower()]))
    note("date-zone-odd", f"the zone {text.strip()[:40]!r} can't be understood; UTC is assumed")
    return _UTC
