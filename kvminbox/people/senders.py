"""Who speaks in a mail: the author or sender that it claims; a From that a list wrote, repaired.

Lists whose mails would fail DMARC put themselves into From,
`Jane Doe via kvm <kvm@lists.example>`, and leave the person somewhere else.
"""

from dataclasses import dataclass
from datetime import date

from kvminbox.models import Address, Message, Submission
from kvminbox.patches import find_namesake, hidden_name, is_rewritten


@dataclass(frozen=True, slots=True)
class Claim:
    """An address that a mail gives for a person, and how it was found."""

    address: Address
    reason: str = ""
    """Why it is not simply the From header's; empty where it is."""

    is_lists: bool = False
    """Whether the address is the list's, since nothing names the person's own."""


def find_author(message: Message) -> Claim:
    """Find who wrote a submission's change, or any other mail."""
    if isinstance(message, Submission) and message.author_source == "in-body":
        return Claim(message.author, "the in-body From names the author")
    return find_sender(message)


def find_sender(message: Message) -> Claim:
    """Find who sent a mail; behind a From that a list has rewritten, the person that it hides."""
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
    """Find the day of a mail: its Date's, as claimed; else when it arrived."""
    moment = message.date or (message.entry.arrived if message.entry else None)
    return moment.date() if moment else None
