"""A patch or a cover letter as rows that a reply may quote, and what each row is.

Rows are compared by keys without any blanks: mail clients turn a tab into blanks, wrap
lines, and put `>` directly before a `+`. A row without any letter is no row: quotes lose
and gain empty lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from kvminbox.diffs.lines import DiffMap
from kvminbox.models import Message, Patch, Series, Submission
from kvminbox.patterns import compile_later

MAX_ROWS: Final = 200_000
"""Rows of a mail that are looked at."""

Zone = Literal["message", "trailer", "separator", "notes", "stat", "diff", "signature", "cover"]
"""What part of a mail a row belongs to."""

_TRAILER = re.compile(r"[A-Za-z][\w-]*: ?\S|\[[^\]]*\]$")
STAT_ROW: Final = compile_later(
    r" \S.* \| +(?:\d+ ?[+-]*|Bin.*)$| \d+ files? changed|  *(?:create|delete) mode "
)


def make_key(text: str) -> str:
    """Return a row's text without blanks, by which it is compared."""
    return "".join(text.split())


@dataclass(slots=True)
class Rows:
    """A mail's rows that have a key, in order."""

    keys: list[str] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """The number of each row in the mail's body; in the diff, for those of the diff."""


class QuotableText:
    """One mail of a series, prepared for finding what is quoted of it."""

    def __init__(self, message: Message, number: int) -> None:
        self.message = message
        self.number = number
        self.rows: Rows = _read_rows(message)
        self.keys: list[str] = self.rows.keys

    @cached_property
    def diff(self) -> DiffMap:
        """Its diff, row by row."""
        return DiffMap(self.message.diff if isinstance(self.message, Submission) else "")

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of each key, in order."""
        found: dict[str, list[int]] = {}
        for place, key in enumerate(self.keys):
            found.setdefault(key, []).append(place)
        return found

    @cached_property
    def joined(self) -> str:
        """All keys without anything between them, in which pieces of rows are found."""
        return "".join(self.keys)

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [], 0
        for key in self.keys:
            starts.append(position)
            position += len(key)
        return starts

    def start_of(self, place: int) -> int:
        """Return where a row begins in `joined`."""
        return self._starts[place] if place < len(self._starts) else len(self.joined)

    def place_at(self, position: int) -> int:
        """Return the row that holds a position of `joined`."""
        return bisect_right(self._starts, position) - 1

    def line_of(self, place: int) -> str:
        """Return the line of a row that is not of the diff."""
        return self.message.body.split("\n", self.rows.numbers[place] + 1)[self.rows.numbers[place]]

    def last_place(self, zone: Zone) -> int:
        """Return the last row of a part; -1 without one."""
        zones = self.rows.zones
        return next((place for place in range(len(zones) - 1, -1, -1) if zones[place] == zone), -1)


class SeriesText:
    """The mails of a series, each prepared when it is first asked for."""

    def __init__(self, series: Series) -> None:
        self.series = series
        cover = [(0, series.cover)] if series.cover else []
        numbered = [
            (series.number_of(patch), patch) for patch in (*series.patches, *series.duplicates)
        ]
        self._mails: list[tuple[int, Message]] = [*cover, *numbered]
        self._texts: dict[int, QuotableText] = {}
        self._by_id = {
            identity: place
            for place, (_, mail) in reversed(list(enumerate(self._mails)))
            for identity in (mail.message_id, *mail.other_message_ids)
            if identity
        }

    def find(self, reply: Message) -> QuotableText | None:
        """Return the mail that a reply answers: by ids, nearest first, else by its subject."""
        for identity in (*reply.in_reply_to, *reversed(reply.references)):
            if identity in self._by_id:
                return self.at(self._by_id[identity])
        subject = reply.subject
        if subject.counter_stated and subject.total == self.series.total:
            for place, (number, _) in enumerate(self._mails):
                if number == subject.counter:
                    return self.at(place)
        return self.at(0) if self._mails else None

    def is_member(self, identity: str) -> bool:
        """Whether an id is that of a patch or of the cover letter."""
        return identity in self._by_id

    def others(self, text: QuotableText) -> Iterable[QuotableText]:
        """Yield the other mails, the nearest ones first."""
        own = next(place for place, one in self._texts.items() if one is text)
        places = sorted(range(len(self._mails)), key=lambda place: abs(place - own))
        return (self.at(place) for place in places if place != own)

    def at(self, place: int) -> QuotableText:
        """Return the mail of a place."""
        if place not in self._texts:
            number, mail = self._mails[place]
            self._texts[place] = QuotableText(mail, number)
        return self._texts[place]


def _read_rows(message: Message) -> Rows:
    rows = Rows()
    diff = message.diff if isinstance(message, Patch) else ""
    body = message.body
    start = body.find(diff) if diff else -1
    above = body[:start] if start >= 0 else body
    _read_above(rows, above.split("\n", MAX_ROWS)[:MAX_ROWS], is_cover=not diff)
    if diff:
        lines = diff.removesuffix("\n").split("\n", MAX_ROWS)[:MAX_ROWS]
        keys = ["".join(line.split()) for line in lines]
        rows.keys += filter(None, keys)
        rows.numbers += [number for number, key in enumerate(keys) if key]
        rows.zones += ["diff"] * (len(rows.keys) - len(rows.zones))
    if start >= 0:
        tail = body[start + len(diff) :]
        first = body.count("\n", 0, start + len(diff))
        for number, line in enumerate(tail.split("\n", 100)[:100]):
            _add(rows, line, "signature", first + number)
    return rows


def _read_above(rows: Rows, lines: list[str], *, is_cover: bool) -> None:
    """Read what is above the diff: message, trailers, `---`, notes and diffstat."""
    separator = len(lines)
    if not is_cover and "---" in lines:
        separator = lines.index("---")
    trailers = _find_trailers(lines, separator)
    zone: Zone = "cover" if is_cover else "message"
    for number, line in enumerate(lines):
        if is_cover:
            is_end = line.rstrip() == "--" or zone == "signature"
            zone = "signature" if is_end else "stat" if STAT_ROW.match(line) else "cover"
        elif number >= separator:
            zone = "separator" if number == separator else "notes"
            if STAT_ROW.match(line):
                zone = "stat"
        else:
            zone = "trailer" if number >= trailers and line.strip() else "message"
        _add(rows, line, zone, number)


def _find_trailers(lines: list[str], end: int) -> int:
    """Return the number of the first trailer in the last paragraph above a line."""
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    first = end
    while first > 0 and _TRAILER.match(lines[first - 1]):
        first -= 1
    return first


def _add(rows: Rows, line: str, zone: Zone, number: int) -> None:
    if key := make_key(line):
        rows.keys.append(key)
        rows.zones.append(zone)
        rows.numbers.append(number)
