"""The author or sender that a mail claims, as a person to be resolved."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kvminbox.models import Address, Message, SenderSource, Submission

_REASONS: Final[dict[SenderSource, str]] = {
    "header": "",
    "in-body": "the in-body From names the person that the list replaced in From",
    "x-original-from": "X-Original-From names the person that the list replaced in From",
    "x-original-sender": "X-Original-Sender names the person that the list replaced in From",
    "reply-to": "Reply-To names the person that the list replaced in From",
    "cc": "To or Cc names the person that the list replaced in From",
    "from-address": "the address that the list wrote into From contains the person's",
    "wrapped": "the list wrapped the person's mail into one of its own",
    "display-name": "the name that the list left in From is the person's address",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A person's address in a mail, and how it was found."""

    address: Address
    reason: str = ""
    """Why it is not the one in the From header; empty if it is."""

    is_lists: bool = False
    """Whether only the name is known, because nothing names the person's own address."""


def find_author(message: Message) -> Claim:
    """Find who wrote a submission's change, or any other mail."""
    if isinstance(message, Submission) and message.author_source == "in-body":
        return Claim(message.author, "the in-body From names the author")
    return find_sender(message)


def find_sender(message: Message) -> Claim:
    """Find who sent a mail; where a list rewrote From, the person behind it."""
    sender = message.sender
    if message.sender_source == "display-name" and not sender.email:
        words = "From is the list's own address, and nothing gives the person's"
        return Claim(sender, words, is_lists=True)
    return Claim(sender, _REASONS[message.sender_source])


def find_day(message: Message) -> date | None:
    """Find the day of a mail: the one its Date claims, else the one of its arrival."""
    moment = message.date or (message.entry.arrived if message.entry else None)
    return moment.date() if moment else None
