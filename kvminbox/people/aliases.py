"""gitdm's EmailAliases files: addresses that stand for others."""

import re
from functools import cached_property
from pathlib import Path
from typing import Final

from kvminbox.given import check_text
from kvminbox.models import Model
from kvminbox.people.employers import read_lines
from kvminbox.textfile import blame_line, quote, read_text
from kvminbox.words import count_things

EXPECTED: Final = "'alias@domain user@domain'; an alias with spaces is in double quotes"

_LINE: Final = re.compile(r'("[^"]+"|\S+)\s+([^\s@]++@\S*+)')


class Alias(Model):
    """One line of an alias file."""

    alias: str
    """The address as it may be written, in lower case."""

    email: str
    """The address that it stands for."""

    source: str = ""
    """The file that has it."""

    line: int = 0
    """The line of that file, from 1."""


class Aliases(Model):
    """Addresses that stand for others. One step only: what an alias gives is not looked up again.

    It says that the keeper counts both as one, not that one person has both.
    """

    entries: tuple[Alias, ...] = ()
    """All lines, in order; of two for one alias, the later wins."""

    def _describe(self) -> str:
        return count_things(len(self.entries), "entry")

    def __add__(self, other: "Aliases") -> "Aliases":
        """Return the lines of both; where they contradict each other, the right one wins."""
        return Aliases(entries=self.entries + other.entries)

    @cached_property
    def _table(self) -> dict[str, Alias]:
        return {entry.alias: entry for entry in self.entries}

    def find(self, email: str) -> Alias | None:
        """Find the line for an address, in any letter case."""
        return self._table.get(email.lower())


def parse_aliases(text: str, *, source: str = "aliases") -> Aliases:
    """Parse the text of an EmailAliases file.

    Args:
        text: lines `alias@domain user@domain`; `#` begins a comment.
        source: what to call it in errors and evidence.

    Raises:
        UsageError: a line is not of that form.

    >>> parse_aliases("ada@old.example ada@silicon.example").find("Ada@old.example").email
    'ada@silicon.example'
    """
    check_text(text, "the text of a file", "read_aliases takes a path")
    return Aliases(entries=tuple(_parse_line(*line, source) for line in read_lines(text)))


def read_aliases(path: str | Path) -> Aliases:
    """Read an EmailAliases file.

    Raises:
        UsageError: the file can't be read, or one of its lines is malformed.
    """
    return parse_aliases(read_text(path), source=str(path))


def _parse_line(number: int, line: str, source: str) -> Alias:
    match = _LINE.fullmatch(line)
    if not match:
        raise blame_line(source, number, quote(line), EXPECTED)
    alias = match[1].strip('"').lower()
    return Alias(alias=alias, email=match[2], source=source, line=number)
