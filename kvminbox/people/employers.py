"""Who employs whom: gitdm's EmailMap and GroupMap files, and its virtual employers.

The format is gitdm's, since people have such files; it is described in
docs/people.md, with the two places where this reader decides otherwise.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from kvminbox.given import check_text
from kvminbox.models import Model
from kvminbox.textfile import blame_line, quote, read_text
from kvminbox.words import count_things

UNKNOWN: Final = "(Unknown)"
"""gitdm's employer of people without one; in a map it means that the employer is not known."""

EXPECTED: Final = "'domain employer' or 'user@domain employer', then perhaps '< yyyy-mm-dd'"

_LINE: Final = re.compile(r"(\S+)\s+([^<\s][^<]*)(?:<\s*(\d{1,4}-\d{1,2}-\d{1,2}))?")


class EmployerRule(Model):
    """One line of an employer map."""

    key: str
    """An address or a domain, in lower case; a domain includes its subdomains."""

    employer: str
    """The employer as the file names it."""

    until: date | None = None
    """The first day on which the line no longer holds; None if it has no end."""

    source: str = ""
    """The file that has it."""

    line: int = 0
    """The line of that file, from 1."""

    @property
    def place(self) -> str:
        """File and line: `domain-map:12`."""
        return f"{self.source}:{self.line}"


class EmployerShare(Model):
    """A part of a virtual employer."""

    employer: str
    """The real employer."""

    percent: int = 100
    """How much of the work counts as its, from 1 to 100."""


class VirtualEmployer(Model):
    """An employer that only stands for others, who share the work done in its name."""

    name: str
    """The name as used in an employer map."""

    shares: tuple[EmployerShare, ...] = ()
    """Who gets how much; together never more than 100 per cent."""


class EmployerMap(Model):
    """Employers by address and domain, with dates.

    It says what its keeper believes; an address at a domain does not prove that
    a person works there.
    """

    rules: tuple[EmployerRule, ...] = ()
    """All lines, in order; of two with the same key and end the first counts."""

    virtual: tuple[VirtualEmployer, ...] = ()
    """The employers that stand for others."""

    def _describe(self) -> str:
        return count_things(len(self.rules), "rule")

    def __add__(self, other: "EmployerMap") -> "EmployerMap":
        """Return one map of both; where they contradict each other, the left one wins."""
        return EmployerMap(rules=self.rules + other.rules, virtual=self.virtual + other.virtual)

    @cached_property
    def _table(self) -> dict[str, list[EmployerRule]]:
        """The rules of each key by their end, those without one last."""
        table: dict[str, list[EmployerRule]] = {}
        for rule in self.rules:
            table.setdefault(rule.key, []).append(rule)
        for rules in table.values():
            rules.sort(key=lambda rule: rule.until or date.max)
        return table

    def find_address(self, email: str, day: date | None) -> EmployerRule | None:
        """Find the rule for one whole address on a day."""
        return self._find(email.lower(), day)

    def find_domain(self, domain: str, day: date | None) -> EmployerRule | None:
        """Find the rule for a domain on a day: its own, else that of the nearest one above it."""
        return next(filter(None, (self._find(name, day) for name in _find_parents(domain))), None)

    def _find(self, key: str, day: date | None) -> EmployerRule | None:
        rules = self._table.get(key, [])
        if day is None:  # where all lines name the same employer, the day does not matter
            return rules[0] if len({rule.employer for rule in rules}) == 1 else None
        return next((rule for rule in rules if rule.until is None or day < rule.until), None)

    def split(self, employer: str) -> tuple[EmployerShare, ...]:
        """Return who shares the work of an employer: itself, unless it is a virtual one."""
        found = (virtual.shares for virtual in self.virtual if virtual.name == employer)
        return next(found, (EmployerShare(employer=employer),))


def _find_parents(domain: str) -> Iterator[str]:
    """Return a domain and its parents, down to two labels: gitdm never uses `com` alone."""
    labels = domain.lower().split(".")[-MAX_LABELS:]
    return (".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))


MAX_LABELS: Final = 32
"""Labels at a domain's end that are looked at; a mail may hold a domain of thousands."""


def parse_employers(text: str, *, source: str = "domain-map") -> EmployerMap:
    """Parse the text of an EmailMap.

    Args:
        text: lines `[user@]domain employer [< yyyy-mm-dd]`; `#` begins a comment.
        source: what to call it in errors and evidence.

    Raises:
        UsageError: a line is not of that form, or its date does not exist.

    >>> employers = parse_employers("silicon.example  Silicon Inc < 2023-01-01 # sold")
    >>> employers.rules[0].employer, employers.rules[0].until.year
    ('Silicon Inc', 2023)
    """
    check_text(text, "the text of a file", "read_employers takes a path")
    rules = (_parse_line(line, number, source) for number, line in read_lines(text))
    return EmployerMap(rules=tuple(rules))


def read_employers(path: str | Path) -> EmployerMap:
    """Read an EmailMap from a file.

    Raises:
        UsageError: the file can't be read, or one of its lines is malformed.
    """
    return parse_employers(read_text(path), source=str(path))


def parse_group_map(text: str, *, employer: str, source: str = "group-map") -> EmployerMap:
    """Parse the text of a GroupMap: one address or domain a line, all of one employer.

    Raises:
        UsageError: a line has more than one word.
    """
    check_text(text, "the text of a file", "read_group_map takes a path")
    rules = []
    for number, line in read_lines(text):
        if len(line.split()) != 1:
            raise blame_line(source, number, quote(line), "one address or domain")
        key = read_key(line)
        rules.append(EmployerRule(key=key, employer=employer, source=source, line=number))
    return EmployerMap(rules=tuple(rules))


def read_group_map(path: str | Path, *, employer: str) -> EmployerMap:
    """Read a GroupMap from a file.

    Raises:
        UsageError: the file can't be read, or one of its lines is malformed.
    """
    return parse_group_map(read_text(path), employer=employer, source=str(path))


def read_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, numbered from 1, without comments."""
    for number, line in enumerate(text.split("\n"), 1):
        if bare := line.partition("#")[0].strip():
            yield number, bare


def read_key(word: str) -> str:
    """Return an address or domain as it is looked up; CNCF's maps write `jane!doe.example`."""
    key = word.lower().removeprefix("@")
    return key if "@" in key else key.replace("!", "@", 1)


def _parse_line(line: str, number: int, source: str) -> EmployerRule:
    match = _LINE.fullmatch(line)
    if not match:
        raise blame_line(source, number, quote(line), EXPECTED)
    return EmployerRule(
        key=read_key(match[1]),
        employer=match[2].strip(),
        until=_parse_day(match[3], number, source),
        source=source,
        line=number,
    )


def _parse_day(written: str | None, number: int, source: str) -> date | None:
    if written is None:
        return None
    try:
        return date(*map(int, written.split("-")))
    except ValueError:
        raise blame_line(source, number, f"the day {written!r}", "a day as yyyy-mm-dd") from None
