"""`.mailmap` files, as gitmailmap(5) defines and git reads them."""

import re
from functools import cached_property
from pathlib import Path
from typing import Final

from kvminbox.given import check_text
from kvminbox.models import Address, Model
from kvminbox.textfile import blame_line, quote, read_text
from kvminbox.words import count_things

# git's isspace() knows these four, and compares letters as ASCII does
_BLANKS: Final = " \t\n\r"
_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

# `Name <email>`, then perhaps `Old Name <email>`; the first email holds something
_LINE: Final = re.compile(r"([^<]*+)<([^>]++)>(?:([^<]*+)<([^>]*+)>)?")
EXPECTED: Final = "'Name <email>', '<email> <old@email>' or 'Name <email> Old Name <old@email>'"


class MailmapEntry(Model):
    """What a mailmap says about one address, or about one name with one address."""

    name: str | None = None
    """The name to write instead; None leaves it as it is."""

    email: str | None = None
    """The address to write instead; None leaves it as it is."""

    old_name: str | None = None
    """The name that must have been written; None for any name."""

    old_email: str
    """The address that must have been written, in any letter case."""

    line: int = 0
    """The line of the file, from 1; for merged entries, the last one's."""


class Mailmap(Model):
    """Names and addresses to be written instead of others.

    It says what the keeper of the file wants to see, not that two addresses
    belong to one person.
    """

    source: str = ".mailmap"
    """The name of the text in errors and evidence."""

    entries: tuple[MailmapEntry, ...] = ()
    """One for each line with a mapping, in order."""

    def _describe(self) -> str:
        return f"{self.source!r}, {count_things(len(self.entries), 'entry')}"

    @cached_property
    def _table(self) -> dict[tuple[str, str | None], MailmapEntry]:
        table: dict[tuple[str, str | None], MailmapEntry] = {}
        for entry in self.entries:
            key = _fold(entry.old_email), None if entry.old_name is None else _fold(entry.old_name)
            table[key] = entry if entry.old_name is not None else _renew(table.get(key), entry)
        return table

    def find(self, name: str, email: str) -> MailmapEntry | None:
        """Find the entry for a name and address; the pair goes before the address alone."""
        folded = _fold(email)
        by_name = self._table.get((folded, _fold(name)))
        return by_name or self._table.get((folded, None))

    def map(self, address: Address) -> Address:
        """Return the address as the mailmap wants it written; unchanged where it has no entry.

        >>> mailmap = parse_mailmap("Ada Pfeiffer <ada@silicon.example> <ada@old.example>")
        >>> mailmap.map(Address(name="ada", email="ADA@old.example")).email
        'ada@silicon.example'
        """
        entry = self.find(address.name, address.email)
        if entry is None:
            return address
        name = address.name if entry.name is None else entry.name
        email = address.email if entry.email is None else entry.email
        return Address(name=name, email=email, written=address.written)


def parse_mailmap(text: str, *, source: str = ".mailmap") -> Mailmap:
    """Parse the text of a mailmap.

    Lines are read as git reads them; of several lines for one address, the later
    wins. A line that git would silently skip is an error here.

    Args:
        text: the file's text.
        source: what to call it in errors.

    Raises:
        UsageError: a line is neither blank nor a comment, and has no `<email>`.
    """
    check_text(text, "the text of a file", "read_mailmap takes a path")
    lines = enumerate(text.split("\n"), 1)
    entries = (_parse_line(line, number, source) for number, line in lines)
    return Mailmap(source=source, entries=tuple(entry for entry in entries if entry))


def read_mailmap(path: str | Path) -> Mailmap:
    """Read a mailmap from a file.

    Raises:
        UsageError: the file can't be read, or one of its lines is malformed.
    """
    return parse_mailmap(read_text(path), source=str(path))


def _parse_line(line: str, number: int, source: str) -> MailmapEntry | None:
    if line.startswith("#"):
        return None
    match = _LINE.match(line)
    if match:
        return _read_entry(match, number)
    if line.strip().startswith("#") or not line.strip():
        return None
    raise blame_line(source, number, quote(line), EXPECTED)


def _read_entry(match: re.Match[str], number: int) -> MailmapEntry:
    first_name = match[1].strip(_BLANKS) or None
    if match[4] is None:
        return MailmapEntry(name=first_name, old_email=match[2], line=number)
    old_name = match[3].strip(_BLANKS) or None
    return MailmapEntry(
        name=first_name, email=match[2], old_name=old_name, old_email=match[4], line=number
    )


def _renew(before: MailmapEntry | None, entry: MailmapEntry) -> MailmapEntry:
    """Merge a later line for an address into an earlier one: what it does not say stays."""
    if before is None:
        return entry
    kept = {"name": entry.name or before.name, "email": entry.email or before.email}
    return entry.model_copy(update=kept)


def _fold(text: str) -> str:
    return text.translate(_LOWER)
