"""Who commits what others send, as far as the mails of a corpus tell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kvminbox.models import Address

ENOUGH: Final = 3
"""Mails that make somebody known as a committer: fewer may be a slip, or a tester's words."""

# patchwork-bot: `This patch was applied to kvm/linux.git (next)`, and below it `by Ewa Lis <…>:`
_BY: Final = re.compile(r"^by ([^\n<>]{1,100}?) <([^\s<>]{3,100})>:$", re.MULTILINE)
# tip-bot2: `Committer:     Ewa Lis <ewa@kvm.example>`
_COMMITTER: Final = re.compile(r"^Committer: +([^\n<>]{1,100}?) <([^\s<>]{3,100})>$", re.MULTILINE)
_FIRST_NAME: Final = re.compile(r"[A-Z][\w'’-]+")


@dataclass(slots=True)
class Commits:
    """What the mails tell of one person as a committer."""

    person: Address
    said: int = 0
    """Mails in which the person says of others' series that they were applied."""

    patches: int = 0
    """The patches that these are for, as far as they are known."""

    named: int = 0
    """A program's mails that name the person as the committer."""

    pulls: int = 0
    """The person's pull requests; only somebody who commits can send one."""

    @property
    def mails(self) -> int:
        """How many mails tell of it."""
        return self.said + self.named + self.pulls

    @property
    def is_enough(self) -> bool:
        """Whether this is more than a slip: one mail about others' patches, and some more."""
        return (self.said > 0 or self.named > 0) and self.mails >= ENOUGH

    @property
    def evidence(self) -> str:
        """What is known, in words.

        >>> Commits(Address(name="Ewa Lis"), said=3, patches=14, pulls=1).evidence
        'who said that 14 patches by others were applied, and sent 1 pull request'
        """
        told = [
            f"said that {_count(self.patches, 'patch', 'es')} by others were applied"
            if self.said
            else "",
            f"is named as committer in {_count(self.named, 'mail')} by bots" if self.named else "",
            f"sent {_count(self.pulls, 'pull request')}" if self.pulls else "",
        ]
        return "who " + ", and ".join(filter(None, told))


@dataclass
class Committers:
    """People by what the mails of a corpus tell of them; most of them commit nothing.

    Two addresses are one person where the names are the same. Nothing is proved: whoever
    says three times of others' patches that they were applied is believed.
    """

    found: dict[str, Commits] = field(default_factory=dict)
    """By the address, and by the name."""

    def add(
        self, person: Address, *, said: int = 0, patches: int = 0, named: int = 0, pulls: int = 0
    ) -> None:
        """Count what a mail tells of somebody."""
        for key in _keys(person):
            one = self.found.setdefault(key, Commits(person))
            one.said += said
            one.patches += patches
            one.named += named
            one.pulls += pulls

    def join(self, others: "Committers") -> None:
        """Add what the mails of another part of the corpus tell."""
        for key, other in others.found.items():
            one = self.found.setdefault(key, Commits(other.person))
            one.said += other.said
            one.patches += other.patches
            one.named += other.named
            one.pulls += other.pulls

    def find(self, person: Address) -> Commits | None:
        """Return what is known of somebody who commits; None for others."""
        found = (self.found.get(key) for key in _keys(person))
        known = [one for one in found if one is not None and one.is_enough]
        return max(known, key=lambda one: one.mails, default=None)

    def knows(self, name: str) -> bool:
        """Whether somebody who commits has this first name, or this whole name."""
        return name in self.names

    def explain(self, name: str) -> str:
        """Return what follows the words `Rob merged it` as evidence; empty for others."""
        doer = self.names.get(name)
        return f" – {doer.person.name}, {doer.evidence}" if doer else ""

    @cached_property
    def names(self) -> Mapping[str, Commits]:
        """Those who commit, by their first names and by their whole names.

        Of several with one name it is the one of whom most mails tell.
        """
        found: dict[str, Commits] = {}
        ranked = sorted(self.found.items(), key=lambda item: (-item[1].mails, item[0]))
        for _, one in ranked:
            if one.is_enough and (first := _FIRST_NAME.match(one.person.name)):
                for name in (first[0], one.person.name):
                    found.setdefault(name, one)
        return found


def find_named(lines: list[str]) -> Iterator[Address]:
    """Yield those whom the lines of a bot's mail name as committers."""
    text = "\n".join(lines)
    for match in (*_BY.finditer(text), *_COMMITTER.finditer(text)):
        yield Address(name=match[1], email=match[2], written=f"{match[1]} <{match[2]}>")


def _keys(person: Address) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (person.key, person.name.casefold()))))


def _count(number: int, word: str, plural: str = "s") -> str:
    return f"{number} {word}{plural if number != 1 else ''}"
