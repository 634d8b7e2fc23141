"""Trailers that a reply gives: from its whole unquoted text, as b4 reads them.

Unlike b4: only names that end in `-by` name people (`Selftest: see a@b` does
not), combined names are split, a misspelt name is a suggestion and no tag, and
the text above may say which patches they are for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kvminbox.models import Address, Message, ReplyTrailer
from kvminbox.review.names import split_name, suggest_name
from kvminbox.review.own_text import own_lines
from kvminbox.review.scope import ANSWERED, Scope, parse_scope
from kvminbox.trailers import MAX_LINE, parse_trailers

MAX_TRAILERS: Final = 500
"""Trailers that are read from one reply."""

MAX_ABOVE: Final = 12
"""Lines above a tag that may say what it is for."""

_UTILITY: Final = frozenset(["fixes", "link", "buglink", "closes", "obsoleted-by"])
# `Reviewed-by:`, `Reviewed/Tested-by:`, `Acked-by & Tested-by:`, `Reviewed by:`
_WORD: Final = r"[A-Za-z][A-Za-z-]{0,40}"
_LINE: Final = re.compile(
    rf"[ \t]*+[*]{{0,2}}({_WORD}(?:(?:[ ]?[/&+,][ ]?|[ ]and[ ]){_WORD}){{0,3}}(?:[ ][Bb]y)?)"
    r"[ \t]?:[*]{0,2}[ \t]*(\S.*)"
)
# only from the start of a word: a line of one repeated letter has no other
_ADDRESS: Final = re.compile(r"(?<![^\s<>@])[^\s<>@]++@[^\s<>@]+\.[^\s<>@]+")
# the rest of `Reviewed-by: A Name Too Long`, wrapped by a mail client: `Forit <long@doe.example>`
_WRAPPED: Final = re.compile(r"[ \t]*(?:[^\s<>:@]+ ){0,4}<[^<>\s]+@[^<>\s]+>[ \t]*(?:[#\[(].*)?")
_NOTE: Final = re.compile(r"\s*[\[(]([^\])]*)[\])]\s*")
_AFTERWARDS: Final = re.compile(r"\s*(?:for|to) [^:]*$", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """A line that has the shape of a trailer, and where it is."""

    name: str
    value: str
    first: int
    last: int


def parse_reply_trailers(message: Message) -> tuple[ReplyTrailer, ...]:
    """Parse the trailers that a reply gives, in order; quoted ones do not count.

    A person's trailer must have an address; `Fixes`, `Link`, `Closes`, `BugLink`
    and `Obsoleted-by` need none. A reply's copies of headers (`From`, `Cc`,
    `Message-Id`) are not trailers. Misspelt ones are returned with a `suggestion`.

    This does not look at what the mail answers: any mail can be read.
    """
    return read_trailers(own_lines(message), message.sender)


def read_trailers(lines: list[str], sender: Address) -> tuple[ReplyTrailer, ...]:
    """Parse the trailers in the lines that a reply's sender wrote."""
    found = list(islice(_find_lines(lines), MAX_TRAILERS))
    scopes = _Scopes(lines, found)
    return tuple(
        trailer for line in found for trailer in _read_line(line, scopes.find(line), lines, sender)
    )


def _find_lines(lines: list[str]) -> Iterator[_Line]:
    number = 0
    while number < len(lines):
        line = _match_line(lines, number)
        if line:
            yield line
            number = line.last
        number += 1


def _match_line(lines: list[str], number: int) -> _Line | None:
    text = lines[number]
    match = _LINE.fullmatch(text) if ":" in text[:80] and len(text) < MAX_LINE else None
    if match is None:
        return None
    name, value, last = match[1], match[2].strip().strip("*"), number
    following = lines[number + 1] if number + 1 < len(lines) else ""
    is_person = re.search(r"[\s-]by$", name, re.IGNORECASE) is not None
    if (is_person and "@" not in value and _WRAPPED.fullmatch(following[:MAX_LINE])) or (
        _is_broken_fixes(name, value) and following.rstrip().endswith(")")
    ):
        value, last = f"{value} {following.strip()}", number + 1
    if name.lower() in _UTILITY or (is_person and _ADDRESS.search(value)):
        return _Line(name, value, number, last)
    return None


def _is_broken_fixes(name: str, value: str) -> bool:
    return name.lower() == "fixes" and '("' in value and not value.endswith(")")


def _read_line(
    line: _Line, scope: Scope, lines: list[str], sender: Address
) -> Iterator[ReplyTrailer]:
    value = _with_brackets(line.value) if "@" in line.value else line.value
    is_utility = line.name.lower() in _UTILITY
    # any tag of a person will do here: `Acked-by/Tested-by` is not one of git's
    name = line.name if is_utility else "Acked-by"
    parsed = parse_trailers(f"{name}: {value}", sender, "patch")
    if not parsed or (not is_utility and parsed[0].address is None):
        return
    read = parsed[0]
    note = _NOTE.fullmatch(lines[line.last + 1]) if line.last + 1 < len(lines) else None
    comment = read.comment or (note[1] if note else "")
    said = parse_scope(comment) if comment else ANSWERED
    scope = scope if said == ANSWERED else said
    suggestion = suggest_name(line.name)
    for name in (line.name,) if suggestion else split_name(line.name):
        yield ReplyTrailer(
            name=name,
            value=read.value,
            address=read.address,
            scope=scope.kind,
            numbers=scope.numbers,
            excepted=scope.excepted,
            self_attested=read.self_attested,
            comment="; ".join(filter(None, [read.comment, note[1].strip() if note else ""])),
            suggestion=suggestion,
        )


def _with_brackets(value: str) -> str:
    """Put brackets around the address of `Jane Doe jane@doe.example`."""
    if "<" in value:
        return value
    return re.sub(r"^([^@]*\s)(\S+@\S+)", r"\1<\2>", value, count=1)


class _Scopes:
    """What the text around the tags of a reply says they are for.

    A run of five hundred tags shares the paragraph above it, and a reply may have
    thousands of blank lines: each is read once.
    """

    def __init__(self, lines: list[str], found: list[_Line]) -> None:
        taken = {number for line in found for number in range(line.first, line.last + 1)}
        self._lines = lines
        self._written = [
            number for number, line in enumerate(lines if found else ())
            if number not in taken and line.strip()
        ]  # fmt: skip
        """The numbers of the lines that are neither blank nor a tag's, in order."""

        self._prose = {number for number in self._written if lines[number] != ">"}
        self._above: dict[int, Scope] = {}
        self._below: dict[int, Scope] = {}

    def find(self, line: _Line) -> Scope:
        """Return what the paragraph above a run of tags says, else a short one right below it."""
        place = bisect_left(self._written, line.first)
        above = self._written[place - 1] if place else -1
        if above not in self._above:
            self._above[above] = self._read_above(above)
        if self._above[above] != ANSWERED or place == len(self._written):
            return self._above[above]
        below = self._written[place]
        if below not in self._below:
            self._below[below] = self._read_below(below)
        return self._below[below]

    def _read_above(self, last: int) -> Scope:
        first = last + 1
        while first - 1 in self._prose and last - first + 1 < MAX_ABOVE:
            first -= 1
        return parse_scope("\n".join(self._lines[first : last + 1]))

    def _read_below(self, number: int) -> Scope:
        # `Reviewed-by: Jane Doe <jane@doe.example>`, a blank line, `for the whole series.`
        if number + 1 in self._prose or not _AFTERWARDS.fullmatch(self._lines[number]):
            return ANSWERED
        return parse_scope(self._lines[number])
