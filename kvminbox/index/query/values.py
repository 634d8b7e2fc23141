"""The values of filters as their prefixes take them: ids, kinds, ranges of numbers and times."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple, get_args

from kvminbox.index.query.dates import NoPresentError, parse_range
from kvminbox.mail import read_given_id
from kvminbox.models import Kind

KINDS: Final[tuple[str, ...]] = get_args(Kind)
"""What `kind:` takes."""

_NUMBER: Final = re.compile(r"[0-9]{1,15}")


class Range(NamedTuple):
    """From `begin` on, up to before `end`; None is an end that is left open."""

    begin: int | None
    end: int | None


class UnfitError(ValueError):
    """A value is not of the form that its prefix takes.

    Attributes:
        reason: what is wrong with it, behind a colon; empty if the form says it all.
        cure: what to write instead; empty for the prefix and the form.
    """

    def __init__(self, *, reason: str = "", cure: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.cure = cure


def read_message_id(value: str) -> str:
    """Return a Message-ID, of which people have many forms."""
    found = read_given_id(value)
    if not found:
        raise UnfitError
    return found


def read_id(value: str) -> str:
    """Return a List-Id or change-id without its angle brackets."""
    value = value.strip()
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    if not value:
        raise UnfitError
    return value


def read_list_id(value: str) -> str:
    """Return a List-Id in lower case, as lists are compared."""
    return read_id(value).lower()


def hex_digits(least: int, most: int) -> Callable[[str], str]:
    """Return a reader of so many hex digits, which gives them in lower case."""

    def read(value: str) -> str:
        digits = value.lower()
        if not least <= len(digits) <= most or set(digits) - set("0123456789abcdef"):
            raise UnfitError
        return digits

    return read


def read_kind(value: str) -> str:
    """Return a kind of mail."""
    if value not in KINDS:
        raise UnfitError(cure=f"the kinds are {', '.join(KINDS)}")
    return value


def dates(name: str) -> Callable[[str, datetime | None], Range]:
    """Return a reader of the ranges of `d:`, `dt:` or `rt:`."""

    def read(value: str, now: datetime | None) -> Range:
        example = "a date such as 2022-01-31, a month 2022-01, or a range of two as A..B"
        try:
            return Range(*parse_range(name, value, now))
        except NoPresentError as error:
            cure = f"pass now=datetime.now(UTC), or write {example}"
            raise UnfitError(reason=str(error), cure=cure) from None
        except ValueError as error:
            raise UnfitError(reason=str(error), cure=f"write {example}") from None

    return read


def read_sizes(value: str, now: datetime | None) -> Range:
    """Return a range of bytes; one size alone is none."""
    if ".." not in value:
        raise UnfitError
    return read_numbers(value, now)


def read_numbers(value: str, now: datetime | None) -> Range:
    """Return a range of numbers; one alone is a range, too."""
    del now
    begin, dots, end = value.partition("..")
    end = end if dots else begin
    if not (begin or end) or not all(_NUMBER.fullmatch(one) for one in (begin, end) if one):
        raise UnfitError
    return Range(int(begin) if begin else None, int(end) + 1 if end else None)
