"""Senders that are not the author: programs, and lists that put themselves into From."""

import re
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Address

# Senders that are programs: by address, as seen on kernel lists.
_BOTS: Final = re.compile(
    r"(?:tip-bot2?|tipbot|pr-tracker-bot|patchwork-bot(?:\+.*)?|git-patchwork-notify|lkp"
    r"|oe-kbuild|kbuild(?:-all)?|syzbot(?:\+.*)?|bot|bot\+bpf-ci|sashiko-bot|kernelci.*"
    r"|ci_notify|no-?reply|mailer-daemon|[\w.-]+-bot|robot)@.*|syzbot\+.*|.*@bot\..*",
    re.IGNORECASE | re.DOTALL,
)
# `Jane Doe via kvm`, `'Jane Doe' via kvm` from Google Groups, `Jane Doe via` from a nameless list
_VIA: Final = re.compile(r"(.*)\svia(?:\s.*)?", re.IGNORECASE)


def is_program(address: Address) -> bool:
    """Whether an address is that of a known program."""
    return _BOTS.fullmatch(address.email) is not None


def is_rewritten(sender: Address, list_id: str | None) -> bool:
    """Whether a list put itself into From: `Jane Doe via kvmarm <kvmarm@lists.example>`."""
    domain = sender.domain
    if not domain:
        return False
    if list_id == sender.email.lower().replace("@", "."):
        return True  # no person has a list's own address
    is_near = not list_id or list_id.endswith(domain)
    return is_near and _VIA.fullmatch(sender.name) is not None


def hidden_name(name: str) -> str:
    """Return the person's name in a From that a list wrote: without `via kvm` and quotes."""
    match = _VIA.fullmatch(name)
    return (match[1] if match else name).strip(" '\"")


def find_namesake(sender: Address, people: Iterable[Address]) -> Address | None:
    """Find the person whose name a list put into its From; None if nobody has that name."""
    name = hidden_name(sender.name).casefold()
    for person in people if name else ():
        if hidden_name(person.name).casefold() == name and person.email != sender.email:
            return person
    return None
