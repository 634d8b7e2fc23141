"""Who really sent a mail whose From a list or a relay has rewritten.

A list whose mails would fail DMARC puts itself into From, `Jane Doe via kvm
<kvm@lists.example>`, and what it took out into Reply-To, X-Original-From, X-Original-Sender
or Cc. People set Reply-To, too, and lists announce things in their own name: so each place
is believed only as far as it fits what is left in From.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from kvminbox.mail import Mail, ignore, is_list_address, parse_address
from kvminbox.models import Address, SenderSource

# `Jane Doe via kvm`, `'Jane Doe' via kvm` from Google Groups, `Jane Doe via` from a nameless list
_VIA: Final = re.compile(r"(.*\S)\s+(?:via|über|ueber)(?:\s.*)?", re.IGNORECASE | re.DOTALL)
# the same by Mailman in other languages; such short words tell nothing but at a list's address
_VIA_LIST: Final = re.compile(
    r"(.*\S)\s+(?:via|über|ueber|par|por|per|a través de|através d[eao]|tramite|attraverso|door"
    r"|gennem|genom|przez|prostřednictvím|přes|через|чрез|通过|通過|经由|經由)(?:\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
# `jane=doe.example@groups.example`, which groups.io writes; `jane@doe.example.invalid`
_ENCODED: Final = re.compile(r"([^@=\s]+)=((?:[\w-]+\.)+[a-z]{2,})@.+", re.IGNORECASE)
_INVALID: Final = re.compile(r"([^@\s]+@(?:[\w-]+\.)+[\w-]+)\.invalid", re.IGNORECASE)
_BARE: Final = re.compile(r"[^\s@<>'\"]+@(?:[\w-]+\.)+[\w-]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_BRACKETED: Final = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")

MAX_NAME: Final = 200
"""Characters of a name in which `via` is looked for, and by which people are compared."""

MAX_PEOPLE: Final = 200
"""Mailboxes of one header among which the sender is looked for."""


class Sender(NamedTuple):
    """Who sent a mail, and where that was found."""

    address: Address
    source: SenderSource


def find_sender(mail: Mail, read_in_body: Callable[[], str | None]) -> Sender:
    """Find who sent a mail: the mailbox in From, or the one that a list took out of it.

    Where From was rewritten and nothing names the person's address, only the name is
    known: the address has an empty `email`.

    Args:
        mail: the mail.
        read_in_body: returns the value of its in-body From, which counts only if it has the
            name that is left in From; nearly no mail needs it.
    """
    written, original = mail.sender, mail.original_from
    if original is not None and _is_person(original, mail):
        return Sender(_named(original, hide_list(written.name)), "x-original-from")
    name, email = written.name[:MAX_NAME], written.email.lower()
    # nearly no From needs a second look, so this has to be quick
    if (
        (("ia" in name or "IA" in name or "ber" in name) and _VIA.fullmatch(name))
        or (mail.list_id is not None and mail.list_id == email.replace("@", "."))
        or email.endswith(".invalid")
    ):
        return _undo(mail, read_in_body)
    return Sender(written, "header")


def hide_list(name: str) -> str:
    """Return the person's name in a From that a list wrote: without `via kvm` and quotes."""
    match = _VIA_LIST.fullmatch(name[:MAX_NAME])
    # `jane--- via kvm`: Mailman cuts the address of a person without a name
    return match[1].strip(" '\"").removesuffix("---") if match else name.strip(" '\"")


def _undo(mail: Mail, read_in_body: Callable[[], str | None]) -> Sender:
    """Look for the person in each place, the surest first."""
    written, name = mail.sender, hide_list(mail.sender.name)
    if match := _INVALID.fullmatch(written.email):
        return Sender(_made(name, match[1]), "from-address")
    is_own = is_list_address(written, mail.list_id)
    is_via = name != written.name.strip(" '\"")
    if is_via and (match := _ENCODED.fullmatch(written.email)):
        return Sender(_made(name, f"{match[1]}@{match[2]}"), "from-address")
    people = [person for person in mail.reply_to[:MAX_PEOPLE] if _is_person(person, mail)]
    if found := _find_namesake(name, people):
        return Sender(_named(found, name), "reply-to")
    is_lists = is_via and (is_own or _is_near(written, mail))
    if is_lists or _spells(written, people):
        if len({one.email.lower() for one in people}) == 1 and _may_be(name, people[0]):
            return Sender(_named(people[0], name), "reply-to")
        if mail.original_sender is not None and _is_person(mail.original_sender, mail):
            return Sender(_named(mail.original_sender, name), "x-original-sender")
    receivers = (*mail.cc[:MAX_PEOPLE], *mail.to[:MAX_PEOPLE])
    if found := _find_namesake(name, (one for one in receivers if _is_person(one, mail))):
        return Sender(_named(found, name), "cc")
    in_body = read_in_body()
    if in_body and (found := _find_namesake(name, [parse_address(in_body, ignore)])):
        return Sender(found, "in-body")
    if not is_lists:
        return Sender(written, "header")  # a list that speaks for itself, or a name with `via`
    if _BARE.fullmatch(name):
        return Sender(_made("", name), "display-name")
    return Sender(Address(name=name, written=name), "display-name")


def _is_person(person: Address, mail: Mail) -> bool:
    """Whether a mailbox has an address that is neither the list's nor the one in From."""
    email = person.email
    is_from = email.lower() == mail.sender.email.lower()
    return "@" in email and not is_from and not is_list_address(person, mail.list_id)


def _is_near(written: Address, mail: Mail) -> bool:
    """Whether From's domain is the list's, or the mail went to the very address in From."""
    if mail.list_id and written.domain and mail.list_id.endswith(written.domain):
        return True
    email = written.email.lower()
    receivers = (*mail.to[:MAX_PEOPLE], *mail.cc[:MAX_PEOPLE])
    return any(one.email.lower() == email for one in receivers)


def _spells(written: Address, people: list[Address]) -> bool:
    """Whether From's address spells a person's: `devnull+jane.doe.example@relay.example`."""
    spelled = written.local_part.partition("+")[2].lower()
    return bool(people) and spelled == people[0].email.lower().replace("@", ".")


def _find_namesake(name: str, people: Iterable[Address]) -> Address | None:
    """Find the person whose name, or address, is left in From."""
    for person in people if name else ():
        if "@" in person.email and (
            _is_same_name(name, person.name) or person.email.lower() == name.lower()
        ):
            return person
    return None


def _is_same_name(one: str, other: str) -> bool:
    if one.casefold() == other.strip(" '\"").casefold():
        return True
    return bool(words := _names(one)) and words == _names(other)


def _may_be(name: str, person: Address) -> bool:
    """Whether the one person in Reply-To may be the one whose name is left in From.

    A bare address says nothing against it, and `Doe, J.` or a name in another script is
    the same one spelled otherwise; a wholly different name is another person's.
    """
    if not person.name or not name:
        return True
    left, right = _names(name), _names(person.name)
    if left & right or not left or not right:
        return True
    if _is_latin(name) != _is_latin(person.name):
        return True
    local = person.local_part.casefold()
    return any(len(word) > 2 and word in local for word in left)


@lru_cache(maxsize=1024)
def _names(name: str) -> frozenset[str]:
    """Return a name's words: `Doe, Jané (Lamps Inc)` and `jane doe` have the same."""
    plain = unicodedata.normalize("NFKD", _BRACKETED.sub(" ", name[:MAX_NAME]))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return frozenset(_WORD.findall(bare.casefold()))


def _is_latin(name: str) -> bool:
    letters = "".join(_names(name))
    return sum(letter.isascii() for letter in letters) * 2 >= len(letters)


def _named(person: Address, name: str) -> Address:
    """Return a person with the name that is left in From, where there is no other."""
    is_name = "@" not in name and name.lower() != person.local_part.lower()
    return _made(name, person.email) if is_name and not person.name else person


def _made(name: str, email: str) -> Address:
    quoted = f'"{name}"' if "," in name else name
    return Address(name=name, email=email, written=f"{quoted} <{email}>" if name else email)
