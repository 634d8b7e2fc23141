"""Whom somebody may have meant who gave a part of a name, or misspelt it."""

import re
from collections import Counter
from difflib import get_close_matches
from typing import Final

from kvminbox.models import Address

LIKE: Final = 0.8
"""How like what was asked for a suggestion is, of 1."""

_MOST: Final = 3
"""People that are suggested."""

_HOSTS: Final = 5
"""Hosts that a misspelt one may mean."""

_SEPARATORS: Final = re.compile(r"[\s.,_+@\"()-]+")


class Seen:
    """Names and addresses, as they were written, and how often."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()
        self._own: dict[str, set[str]] = {}

    def add(self, *people: Address) -> None:
        """Add people of a series."""
        self._seen.update((person.name, person.email) for person in people)

    def learn_names(self, *senders: Address) -> None:
        """Take the names that people have in their own From: in a Cc others may have misnamed them.

        They are not added: who has sent something may have got nothing.
        """
        for one in senders:
            if one.name:
                self._own.setdefault(one.email.casefold(), set()).add(one.name)

    def has(self, asked: str) -> bool:
        """Whether somebody has this whole name or address."""
        return self.count(asked) > 0

    def count(self, asked: str) -> int:
        """Return how often somebody of this whole name or address was added."""
        folded = asked.casefold()
        seen = self._seen.items()
        return sum(times for one, times in seen if folded in {part.casefold() for part in one})

    def suggest(self, asked: str, *, addresses: bool = False) -> str:
        """Return who may be meant, `Ada Lovelace or Ada Pfeiffer`; empty where nobody is near.

        These are people who have the words in their name or address, who come most often, first;
        else the one whose name or address looks most alike. The name of an address is one that
        its owner writes in From, else the one that it has most often.

        Args:
            asked: what was asked for.
            addresses: name an address of each, as a name does not do.
        """
        words = _split(asked)
        found: dict[str, str] = {}
        emails: set[str] = set()
        for name, email in self._ranked() if words else ():
            if email.casefold() in emails:  # with another name, or without one
                continue
            is_named = words <= _split(name)
            if is_named or words <= _split(email.partition("@")[0]):
                shown = name if is_named and not addresses else email
                told = f"{email} ({name})" if name and addresses else shown
                found.setdefault(shown.casefold(), told)
                emails.add(email.casefold())
        listed = list(found.values()) or self._find_alike(asked, addresses=addresses)
        more = len(listed) - _MOST
        return " or ".join(listed[:_MOST]) + (f", or {more} more" if more > 0 else "")

    def _ranked(self) -> list[tuple[str, str]]:
        """Return the people, who come most often, first; of an address only its right names."""
        ranked = sorted(self._seen, key=lambda one: (-self._seen[one], not one[0], one))
        usual: dict[str, str] = {}
        for name, email in ranked:
            if name:
                usual.setdefault(email.casefold(), name)
        return [
            (name, email)
            for name, email in ranked
            if not name or name in self._own.get(folded := email.casefold(), {usual[folded]})
        ]

    def _find_alike(self, asked: str, *, addresses: bool) -> list[str]:
        """Return the one who looks most alike.

        Of an address that is asked for, host and what stands before it are compared each for
        itself: two people of one host have addresses that are nearly the same as a whole.
        """
        part, at, host = asked.casefold().partition("@")
        ranked = self._ranked()
        hosts = {_split_address(email)[1] for _, email in ranked}
        near_hosts = get_close_matches(host, sorted(hosts), _HOSTS, LIKE) if at else hosts
        known: dict[str, str] = {}
        for name, email in ranked:
            begin, end = _split_address(email)
            if end in near_hosts:
                known.setdefault(begin, email)
            if name and not (at or addresses):
                known.setdefault(name.casefold(), name)
        return [known[one] for one in get_close_matches(part, sorted(known), 1, LIKE)]


def _split_address(email: str) -> tuple[str, str]:
    begin, _, host = email.casefold().partition("@")
    return begin, host


def _split(text: str) -> set[str]:
    return {word for word in _SEPARATORS.split(text.casefold()) if word}
