"""The shortlog of a pull request: the commits to pull, by author, as `git shortlog` writes them."""

import re
from collections.abc import Iterable
from itertools import islice, takewhile
from typing import Final

from kvminbox.models import ShortlogEntry

MAX_ENTRIES: Final = 5_000
"""Commits of one mail that are read."""

# those of older gits list the commit that the changes are since in the same way, above this
_BEGIN: Final = re.compile(r"available\s+in\s+the\s+(?:git\s+)?repository\s+at\b", re.IGNORECASE)
# `Ada Pfeiffer (3):`
_AUTHOR: Final = re.compile(r"(?P<name>[^\s>][^\n]{0,200}?) \((?P<count>\d{1,5})\):")


def read_shortlog(text: str) -> tuple[ShortlogEntry, ...]:
    r"""Return the commits that a pull request lists.

    Below a name stand as many indented titles as the number beside it says, up to a blank line.
    The rest of a title that a mailer has wrapped is indented by less. Where there are more
    titles than that, it is no shortlog.

    >>> text = "Ada Pfeiffer (2):\n      KVM: one timer\n      KVM: two\n\n timer.c | 2 +-"
    >>> [(entry.author, entry.title) for entry in read_shortlog(text)]
    [('Ada Pfeiffer', 'KVM: one timer'), ('Ada Pfeiffer', 'KVM: two')]
    """
    begin = _BEGIN.search(text)
    lines = text[begin.end() if begin else 0 :].splitlines()
    found: list[ShortlogEntry] = []
    for place, line in enumerate(lines):
        match = _AUTHOR.fullmatch(line.rstrip())
        if match is None or len(found) >= MAX_ENTRIES:
            continue
        count = min(int(match["count"]), MAX_ENTRIES - len(found))
        titles = _read_titles(islice(lines, place + 1, None), count)
        found += [ShortlogEntry(author=match["name"], title=title) for title in titles]
    return tuple(found)


def _read_titles(lines: Iterable[str], count: int) -> list[str]:
    """Return the titles below a name; none where there are more than so many."""
    titles: list[str] = []
    indent = ""
    for line in takewhile(str.strip, lines):
        own = line[: len(line) - len(line.lstrip())]
        indent = indent or own
        if not indent or _AUTHOR.fullmatch(line.rstrip()):
            break
        if len(own) >= len(indent):
            titles.append(line.strip())
        else:
            titles[-1] = f"{titles[-1]} {line.strip()}"
        if len(titles) > count:
            return []
    return titles
