"""Dates as people write them: ISO 8601, and git's approximate words."""

from typing import TYPE_CHECKING

from kvminbox.dates.given import (
    GivenTime,
    find_day,
    parse_month,
    parse_week,
    parse_year,
    read_span,
    read_time,
)
from kvminbox.dates.shown import name_window, to_utc, write_day, write_minute, write_time
from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.dates.approxidate import NoPresentError, parse_approxidate
else:
    __getattr__ = import_later(
        __name__, {"kvminbox.dates.approxidate": "NoPresentError parse_approxidate"}
    )

__all__ = [
    "GivenTime",
    "NoPresentError",
    "find_day",
    "name_window",
    "parse_approxidate",
    "parse_month",
    "parse_week",
    "parse_year",
    "read_span",
    "read_time",
    "to_utc",
    "write_day",
    "write_minute",
    "write_time",
]


def __dir__() -> list[str]:
    return __all__
