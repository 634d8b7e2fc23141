"""Whom a MAINTAINERS file names for a patch, as get_maintainer reads it, and who was asked."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kvminbox.mail import ignore, parse_address
from kvminbox.models import Address, AskedRole, Expected, Submission
from kvminbox.subsystems import Maintainers, Section, SectionMatch, list_paths
from kvminbox.trailers import is_same_person

MAX_RECEIVERS: Final = 500
"""Addresses of a mail that are compared."""

MAX_REASONS: Final = 5
"""Lines of MAINTAINERS that are told of each."""

_ROLES: Final[tuple[tuple[str, AskedRole], ...]] = (
    ("M", "maintainer"), ("R", "reviewer"), ("L", "list"),
)  # fmt: skip


class _Reason(NamedTuple):
    section: Section
    words: str
    is_for_all: bool
    """Whether the line takes every file, as `F: *` below THE REST."""


def find_expected(patch: Submission, maintainers: Maintainers) -> tuple[Expected, ...]:
    """Return whom a MAINTAINERS file names for a patch, and whether each was asked.

    F:, N: and X: lines are asked for its paths, old ones too, and K: lines for its text.
    M: are maintainers, R: reviewers, L: lists, without those that take mails of subscribers
    only. Who stands for all files, as below `THE REST`, is left out, but for its lists. It is
    what `get_maintainer.pl --no-git --no-git-fallback` prints; docs/subsystems.md tells where
    it parts. A person at another address counts as asked where the names are the same.
    """
    named: dict[str, tuple[Address, AskedRole, list[str]]] = {}
    keys: dict[str, str] = {}  # who has two addresses in the file is named once, by the first
    reasons = list(_find_reasons(patch, maintainers))
    for letter, role in _ROLES:
        for reason in reasons:
            if reason.is_for_all and role != "list":
                continue
            for value in reason.section.values(letter):
                address = _read(value, role)
                if address is None:
                    continue
                email, name = address.email.lower(), address.name.lower()
                key = keys.get(email) or keys.get(name) or email
                keys.setdefault(email, key)
                if name:
                    keys.setdefault(name, key)
                named.setdefault(key, (address, role, []))[2].append(reason.words)
    receivers = _Receivers(patch)
    return tuple(
        Expected(
            address=address,
            role=role,
            asked_as=receivers.find(address, role),
            evidence=tuple(dict.fromkeys(words))[:MAX_REASONS],
        )
        for address, role, words in named.values()
    )


def _find_reasons(patch: Submission, maintainers: Maintainers) -> Iterator[_Reason]:
    """Yield the sections of a patch, the nearest to its files first."""
    matches: list[tuple[int, int, SectionMatch, str]] = []
    for path in list_paths(patch):
        for match in maintainers.find_sections(path):
            matches.append((-match.depth, len(matches), match, path))
    for _, _, match, path in sorted(matches, key=lambda one: one[:2]):
        words = f"{match.section.name}: {match.evidence} takes {path}"
        is_for_all = match.entry.letter == "F" and match.entry.value in {"*", "*/"}
        yield _Reason(match.section, words, is_for_all)
    for word in maintainers.find_words(patch):
        words = f"{word.section.name}: {word.evidence} takes the line {word.found!r}"
        yield _Reason(word.section, words, is_for_all=False)


def _read(value: str, role: AskedRole) -> Address | None:
    """Return the person or list of a line; None where it can't be asked."""
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
        given = (patch.sender, patch.author, *patch.to, *patch.cc)[:MAX_RECEIVERS]
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
