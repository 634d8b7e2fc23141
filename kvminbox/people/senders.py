"""The author or sender that a mail claims, with a From that a list rewrote repaired.

Lists whose mails would fail DMARC put themselves into From,
`Jane Doe via kvm <kvm@lists.example>`, and put the person somewhere else.
"""

from dataclasses import dataclass
from datetime import date

from kvminbox.models import Address, Message, Submission
from kvminbox.patches import find_namesake, hidden_name, is_rewritten


@dataclass(frozen=True, slots=True)
class Claim:
    """A person's address in a mail, and how it was found."""

    address: Address
    reason: str = ""
    """Why it is not the one in the From header; empty where it is."""

    is_lists: bool = False
    """Whether the address is the list's, because nothing names the person's own."""


def find_author(message: Message) -> Claim:
    """Find who wrote a submission's change, or any other mail."""
    if isinstance(message, Submission) and message.author_source == "in-body":
        return Claim(message.author, "the in-body From names the author")
    return find_sender(message)


def find_sender(message: Message) -> Claim:
    """Find who sent a mail; where a list rewrote From, the person behind it."""
    if isinstance(message, Submission) and message.author_source == "x-original-from":
        return Claim(message.author, "X-Original-From names whom the list took out of From")
    if not is_rewritten(message.sender, message.list_id):
        return Claim(message.sender)
    if isinstance(message, Submission) and message.author_source == "reply-to":
        return Claim(message.author, "Reply-To or Cc names whom the list took out of From")
    if found := find_namesake(message.sender, (*message.cc, *message.to)):
        return Claim(found, "To or Cc names whom the list took out of From")
    nameless = message.sender.model_copy(update={"name": hidden_name(message.sender.name)})
    return Claim(nameless, "From is the list's own, and nothing names the person's address", True)


def find_day(message: Message) -> date | None:
    """Find the day of a mail: the one its Date claims, else the one of its arrival."""
    moment = message.date or (message.entry.arrived if message.entry else None)
    return moment.date() if moment else None
