"""Dates as people write them: ISO 8601, and git's approximate words."""

from kvminbox.dates.approxidate import NoPresentError, parse_approxidate
from kvminbox.dates.given import parse_month, parse_week, read_span, read_time
from kvminbox.dates.shown import name_window, to_utc, write_day, write_minute, write_time

__all__ = [
    "NoPresentError",
    "name_window",
    "parse_approxidate",
    "parse_month",
    "parse_week",
    "read_span",
    "read_time",
    "to_utc",
    "write_day",
    "write_minute",
    "write_time",
]
