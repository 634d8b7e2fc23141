"""The values of filters: ids, kinds, and ranges of numbers and times."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, NoReturn, get_args

from kvminbox.index.query.dates import parse_range
from kvminbox.index.query.fields import FILTERS
from kvminbox.index.query.nodes import Between, Equal
from kvminbox.index.query.problems import query_error, shorten
from kvminbox.index.query.tokens import Token
from kvminbox.models import Kind

KINDS: Final[tuple[str, ...]] = get_args(Kind)
"""What `kind:` takes."""

_HEX: Final = re.compile(r"[0-9a-f]+")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_ID_LENGTHS: Final = {"dfpre": range(7, 41), "dfpost": range(7, 41), "dfblob": range(7, 41),
                      "patchid": range(40, 41)}  # fmt: skip


def parse_value(token: Token, now: datetime) -> Equal | Between:
    """Read the value of a filter.

    Args:
        token: of the kind `filter`.
        now: what dates such as `2.weeks.ago` count from.

    Raises:
        QueryError: the value is not of the form that its prefix takes.
    """
    return _PARSERS[token.text](token, now)


def _refuse(token: Token, cure: str = "") -> NoReturn:
    form = f"write {token.text}: and {FILTERS[token.text]}"
    what = f"`{token.text}:` can't take `{shorten(token.value)}`"
    raise query_error(token.place, what, cure or form)


def _parse_id(token: Token, now: datetime) -> Equal:
    del now
    value = token.value.strip()
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    if not value:
        _refuse(token)
    return Equal(token.text, value.lower() if token.text == "lid" else value)


def _parse_hex(token: Token, now: datetime) -> Equal:
    del now
    value = token.value.lower()
    if not _HEX.fullmatch(value) or len(value) not in _ID_LENGTHS[token.text]:
        _refuse(token)
    return Equal(token.text, value)


def _parse_kind(token: Token, now: datetime) -> Equal:
    del now
    if token.value not in KINDS:
        _refuse(token, f"the kinds are {', '.join(KINDS)}")
    return Equal("kind", token.value)


def _parse_date(token: Token, now: datetime) -> Between:
    try:
        begin, end = parse_range(token.text, token.value, now)
    except ValueError as error:
        what = f"`{token.text}:` can't take `{shorten(token.value)}`: {error}"
        cure = "write a date such as 2022-01-31, or a range of two as A..B"
        raise query_error(token.place, what, cure) from None
    return Between(token.text, begin, end)


def _parse_numbers(token: Token, now: datetime) -> Between:
    del now
    begin, dots, end = token.value.partition("..")
    if not dots:
        if token.text == "z":
            _refuse(token)
        end = begin
    for number in (begin, end):
        if number and not _NUMBER.fullmatch(number):
            _refuse(token)
    if not begin and not end:
        _refuse(token)
    return Between(token.text, int(begin) if begin else None, int(end) + 1 if end else None)


_PARSERS: Final[dict[str, Callable[[Token, datetime], Equal | Between]]] = {
    **dict.fromkeys(("mid", "lid", "changeid", "series"), _parse_id),
    **dict.fromkeys(_ID_LENGTHS, _parse_hex),
    **dict.fromkeys(("d", "dt", "rt"), _parse_date),
    **dict.fromkeys(("z", "revision"), _parse_numbers),
    "kind": _parse_kind,
}
