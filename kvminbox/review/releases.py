"""Announcements of releases, as maintainers of tools send them: `[ANNOUNCE] lamp-utils v84`."""

import re
from typing import Final, NamedTuple

from kvminbox.models import Message, ShortlogEntry
from kvminbox.order import body_of
from kvminbox.patches.shortlog import read_shortlog
from kvminbox.patterns import compile_later

MAX_TEXT: Final = 100_000
"""Characters of an announcement that are read; a year's shortlog is shorter."""

# `[ANNOUNCE] lamp-utils v84`, `ANNOUNCE: lamp 2.1`
_ANNOUNCES: Final = re.compile(r"ann(?:ounc(?:e|ing|ement))?[:\s]*", re.IGNORECASE)
# `lamp-utils release 7.4 ready for download`, `lamp-utils-2.1.1 is released`
_NAMED: Final = compile_later(
    r"(?P<name>(?!v?\d)[\w.+-]{2,40}?(?:\s[\w.+-]{2,20}){0,2}?)(?:\s(?:release|version))?"
    r"[\s:-]+(?P<version>v?\d{1,4}(?:\.\d{1,4}){0,3}(?:[-_.]?(?:rc|rt|pre|beta)[-_.]?\d{1,3})?)"
    r"(?:,?\s(?:(?:is|has\sbeen|was|now)\s)*(?:released?|available|out|ready\sfor\sdownload))?\s?[.!]?",
    re.IGNORECASE,
)
_SAYS_SO: Final = re.compile(r"\breleased?\b", re.IGNORECASE)


class Release(NamedTuple):
    """What an announcement tells."""

    name: str
    """What was released: `lamp-utils v84`."""

    shortlog: tuple[ShortlogEntry, ...]
    """The changes that it lists, by author and title."""


def find_release_name(message: Message) -> str:
    """Return what a mail's subject says to be released; empty if it announces no release."""
    subject = message.subject
    if message.kind != "discussion" or subject.is_reply:
        return ""
    labels = [token.text for token in subject.tokens if token.kind == "label"]
    title = subject.title
    begin = _ANNOUNCES.match(title)
    if begin and begin[0].rstrip() != begin[0]:
        title = title[begin.end() :]
    elif not any(map(_ANNOUNCES.fullmatch, labels)) and not _SAYS_SO.search(title):
        return ""
    match = _NAMED.fullmatch(title)
    return f"{match['name']} {match['version']}" if match else ""


def read_release(message: Message) -> Release | None:
    """Return what a mail announces; None if it announces no release, or lists no changes."""
    name = find_release_name(message)
    shortlog = read_shortlog(body_of(message)[:MAX_TEXT]) if name else ()
    return Release(name, shortlog) if shortlog else None
