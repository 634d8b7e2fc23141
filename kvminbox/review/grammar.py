r"""Patterns of sentences, as one reads them: `I've applied <what>`.

A blank stands for white space, `'` for either apostrophe, and `<what>` for words that name patches,
such as `the first two patches of this series`. These words, and those that a sentence may begin
with and still be plain (`OK, so`), are long patterns: each is compiled once and not as a part of
each pattern, which would take most of the time of a review.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kvminbox.patterns import compile_later
from kvminbox.review.wording import INTRO, PATCHES, PRONOUN

_MOST_INTROS: Final = 24
# characters behind words that name patches that may be a part of them, too
_FURTHER: Final = 24

WHAT: Final = compile_later(rf"{PATCHES}|{PRONOUN}", re.IGNORECASE)
"""Words that name patches, or stand for them: `these two patches`, `it`."""

_APOSTROPHE: Final = re.compile("'(?!’)")  # `'’` is both already
_INTRO: Final = compile_later(rf"{INTRO},?\s", re.IGNORECASE)
_WORD_END: Final = re.compile(r"\s|['’]|$|[^\w\s](?:\s|$)")
_THANKS: Final = re.compile(r"thanks?\s(?=\w)", re.IGNORECASE)


def compile_words(text: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    r"""Return a pattern in which a blank is any white space, and `'` either apostrophe.

    >>> compile_words("I've got it").match("I’ve\ngot it") is not None
    True
    """
    return compile_later(_APOSTROPHE.sub("['’]", text).replace(" ", r"\s"), flags)


@lru_cache(maxsize=256)
def list_starts(text: str, start: int = 0) -> tuple[int, ...]:
    """Return where a sentence may begin behind words such as `OK, so`, the farthest place first.

    >>> list_starts("OK, so I applied it"), list_starts("Thanks applied")
    ((7, 4, 0), (7, 0))
    """
    found = [start]
    while len(found) < _MOST_INTROS and (match := _INTRO.match(text, start)):
        # `Thanks Ada, applied`; but of `Thanks applied` the second word is no name
        if (thanks := _THANKS.match(text, start)) and thanks.end() < match.end():
            found.append(thanks.end())
        start = match.end()
        found.append(start)
    return tuple(reversed(found))


def match_behind_intros(
    pattern: re.Pattern[str], text: str, start: int = 0
) -> re.Match[str] | None:
    """Match a pattern at the beginning of a sentence, or behind words such as `OK, so`."""
    for place in list_starts(text, start):
        if match := pattern.match(text, place):
            return match
    return None


def fullmatch_behind_intros(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Match all of a sentence, or all of it behind words such as `OK, so`."""
    for place in list_starts(text):
        if match := pattern.fullmatch(text, place):
            return match
    return None


class Found(NamedTuple):
    """Where a phrase was found."""

    what: str
    """The words that name patches; empty for a phrase without any."""

    start: int
    end: int
    groups: dict[str, str]
    """What its other named groups are, without those that are not there."""

    def get(self, name: str) -> str:
        """Return what a named group is; empty where it is not there."""
        return self.groups.get(name, "")


class Phrase:
    """A pattern with a place for words that name patches, or without one.

    >>> Phrase("I('ve| have)? got <what> queued").match("I’ve got both patches queued").what
    'both patches'
    """

    def __init__(self, text: str) -> None:
        head, mark, tail = text.partition("<what>")
        self._head = compile_words(head)
        self._tail = compile_words(tail) if mark else None

    def match(self, text: str, start: int = 0) -> Found | None:
        """Match it at a place of a text."""
        head = self._head.match(text, start)
        return self._go_on(text, head) if head else None

    def match_behind_intros(self, text: str, start: int = 0) -> Found | None:
        """Match it at the beginning of a sentence, or behind words such as `OK, so`."""
        for place in list_starts(text, start):
            if found := self.match(text, place):
                return found
        return None

    def search(self, text: str) -> Found | None:
        """Find it anywhere in a text."""
        found = (self._go_on(text, head) for head in self._head.finditer(text))
        return next(filter(None, found), None)

    def _go_on(self, text: str, head: re.Match[str]) -> Found | None:
        """Return what was found, if the words behind its beginning are right, too."""
        groups = _list_groups(head)
        if self._tail is None:
            return Found("", head.start(), head.end(), groups)
        for end in list_ends(text, head.end()):
            if tail := self._tail.match(text, end):
                what = text[head.end() : end]
                return Found(what, head.start(), tail.end(), groups | _list_groups(tail))
        return None


def list_ends(text: str, start: int) -> Iterator[int]:
    """Yield where words that name patches may end: first the likely place, then the others.

    >>> [*list_ends("your v2 series to kvm/next", 0)]
    [14, 7]
    """
    match = WHAT.match(text, start)
    if match is None:
        return
    yield match.end()
    for end in range(min(len(text), match.end() + _FURTHER), start, -1):
        is_end = end != match.end() and _WORD_END.match(text, end)
        if is_end and WHAT.fullmatch(text, start, end):
            yield end


def _list_groups(match: re.Match[str]) -> dict[str, str]:
    return {name: said for name, said in match.groupdict().items() if said is not None}
