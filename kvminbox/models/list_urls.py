"""Where people say that the mails of their lists are shown, which this library can't know."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from kvminbox.errors import UsageError
from kvminbox.models.begun import keep_made
from kvminbox.models.lore import PLACE
from kvminbox.words import shorten

if TYPE_CHECKING:
    from kvminbox.models.message import Message

M = TypeVar("M", bound="Message")

ANY_LIST: Final = "*"
"""What stands for all lists that are not named, and for mails that name none."""

NO_URLS: Final[Mapping[str, str]] = {}
"""No list is named."""

_LIST: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*|\*")
# what `kvminbox.safe.safe_url` lets pass: no query, which an id could add to
_URL: Final = re.compile(r"https://[a-z0-9.-]+/(?:[A-Za-z0-9._~%+@/-]|\{id\})*")

_CURE: Final = 'give them by List-Id: {"lamps.example": "https://lists.example/lamps/{id}/"}'


def check_urls(urls: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the addresses of lists by their List-Ids in lower case.

    >>> check_urls({"Lamps.example": "https://lists.example/lamps/{id}/"})
    {'lamps.example': 'https://lists.example/lamps/{id}/'}

    Raises:
        UsageError: one is no List-Id, or no https address with one `{id}`.
    """
    if not urls:
        return NO_URLS
    given: object = urls
    if not isinstance(given, Mapping):
        raise UsageError("the addresses of lists are not a mapping", shorten(repr(given)), _CURE)
    for name, url in urls.items():
        given = name, url
        if not all(isinstance(one, str) for one in given):
            what = "a List-Id and its address must be strings"
            raise UsageError(what, shorten(repr(given)), _CURE)
        if not _LIST.fullmatch(name):
            cure = "write it as in the mails, without < and >, or * for all others"
            raise UsageError("not a List-Id", shorten(repr(name)), cure)
        if not _URL.fullmatch(url) or url.count(PLACE) != 1:
            cure = f"write https:// and {PLACE} once, as in https://lists.example/lamps/{PLACE}/"
            raise UsageError(
                f"not the address of a list's mails ({name})", shorten(repr(url)), cure
            )
    return {name.lower(): url for name, url in urls.items()}


def find_urls(source: object) -> Mapping[str, str]:
    """Return the addresses of lists that a source of mails was given, in its attribute `urls`."""
    found = getattr(source, "urls", NO_URLS)
    return found if isinstance(found, Mapping) else NO_URLS


def place_message(message: M, urls: Mapping[str, str]) -> M:
    """Return the same message, which knows its address if its list is one of those.

    Args:
        message: the message.
        urls: the addresses of lists, as `check_urls` returns them.
    """
    if urls:
        pattern = urls.get((message.list_id or "").lower()) or urls.get(ANY_LIST)
        if pattern:
            keep_made(message, "_url_pattern", lambda: pattern)
    return message
