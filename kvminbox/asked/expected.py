"""Whom a MAINTAINERS file names for a patch, as get_maintainer reads it, and who was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from kvminbox.mail import ignore, parse_address
from kvminbox.models import Address, AskedRole, Expected, Submission
from kvminbox.subsystems import Maintainers, Section, list_paths
from kvminbox.trailers import is_same_person

MAX_RECEIVERS: Final = 500
"""Addresses of a mail that are compared."""

MAX_REASONS: Final = 5
"""Lines of MAINTAINERS that are given for each."""

_ROLES: Final[dict[str, AskedRole]] = {"M": "maintainer", "R": "reviewer", "L": "list"}
_ORDER: Final[tuple[AskedRole, ...]] = ("maintainer", "reviewer", "list")


class _Reason(NamedTuple):
    section: Section
    words: str
    is_for_all: bool
    """Whether the line takes every file, as `F: *` below THE REST."""


@dataclass(slots=True)
class _Named:
    """Who is named, and by which lines."""

    address: Address
    role: AskedRole
    words: list[str]


def find_expected(patch: Submission, maintainers: Maintainers) -> tuple[Expected, ...]:
    """Return whom a MAINTAINERS file names for a patch, and whether each was asked.

    F:, N: and X: lines are asked for its paths, old ones too, and K: lines for its text.
    M: are maintainers, R: reviewers, L: lists, without those that take mails of subscribers
    only. Who stands for all files, as below `THE REST`, is left out, but for its lists. It is
    what `get_maintainer.pl --no-git --no-git-fallback` prints; docs/subsystems.md tells where
    it parts. A person at another address counts as asked where the names are the same.
    """
    named: dict[str, _Named] = {}
    keys: dict[str, str] = {}  # who has two addresses in the file is named once, by the first
    for reason in _find_reasons(patch, maintainers):
        for entry in reason.section.entries:
            role = _ROLES.get(entry.letter)
            if role is None or (reason.is_for_all and role != "list"):
                continue
            address = _read(entry.value, role)
            if address is None:
                continue
            email, name = address.email.lower(), address.name.lower()
            key = keys.get(email) or keys.get(name) or email
            keys.setdefault(email, key)
            if name:
                keys.setdefault(name, key)
            known = named.setdefault(key, _Named(address, role, []))
            known.role = min(known.role, role, key=_ORDER.index)
            known.words.append(reason.words)
    receivers = _Receivers(patch)
    return tuple(
        Expected(
            address=one.address,
            role=one.role,
            asked_as=receivers.find(one.address, one.role),
            evidence=tuple(dict.fromkeys(one.words))[:MAX_REASONS],
        )
        for one in sorted(named.values(), key=lambda one: _ORDER.index(one.role))
    )


def _find_reasons(patch: Submission, maintainers: Maintainers) -> Iterator[_Reason]:
    """Yield the sections of each file, the nearest to it first, then those of words."""
    for path in list_paths(patch):
        for match in maintainers.find_sections(path):
            words = f"{match.section.name}: {match.evidence} matches {path}"
            is_for_all = match.entry.letter == "F" and match.entry.value in {"*", "*/"}
            yield _Reason(match.section, words, is_for_all)
    for word in maintainers.find_words(patch):
        words = f"{word.section.name}: {word.evidence} matches the line {word.found!r}"
        yield _Reason(word.section, words, is_for_all=False)


def _read(value: str, role: AskedRole) -> Address | None:
    """Return the person or list of a line; None if it can't be asked."""
    if role != "list":
        address = parse_address(value, ignore)
        return address if "@" in address.email else None
    # `L: lamp@lists.example (subscribers-only)`, `L: lamp@lists.example (moderated for …)`
    email, _, note = value.partition(" ")
    if "@" not in email or "subscribers-only" in note:
        return None
    return Address(email=email, written=email)


class _Receivers:
    """The addresses of a mail."""

    def __init__(self, patch: Submission) -> None:
        given = (patch.sender, patch.author, *patch.recipients)[:MAX_RECEIVERS]
        self._all = given
        self._by_email = {one.email.lower(): one for one in reversed(given) if one.email}
        self._list_id = patch.list_id or ""

    def find(self, address: Address, role: AskedRole) -> Address | None:
        """Return the address by which somebody was asked."""
        known = self._by_email.get(address.email.lower())
        if known is not None:
            return known
        if role == "list":
            is_here = address.email.lower().replace("@", ".") == self._list_id.lower()
            return address if is_here else None
        return _find_same(address, self._all)


def _find_same(address: Address, given: Iterable[Address]) -> Address | None:
    return next((one for one in given if is_same_person(address, one)), None)
