"""One order for messages that does not depend on how they arrived."""

from collections.abc import Iterable

from kvminbox.models import Message

Order = tuple[float, str, str, str, str, str, str, str]


def message_order(message: Message) -> Order:
    """Give a sort key: when it was sent, else when it arrived; then ids that never change.

    The claimed date comes first, since mails of one series arrive in any order. The
    texts come last, for mails that claim one id and stand in no archive.
    """
    moment = message.date or (message.entry.arrived if message.entry else None)
    return (
        moment.timestamp() if moment else 0.0,
        message.message_id or "",
        message.entry.blob if message.entry else "",
        message.entry.commit if message.entry else "",
        message.sender.email,
        message.subject.raw,
        message.body,
        " ".join((*message.references, *message.in_reply_to)),
    )


def claim_order(message: Message) -> tuple[float, Order]:
    """Sort mails that claim one Message-ID: the first that arrived has it.

    Its Date decides only where no archive tells when it came: a stranger who
    wants the answers to somebody's patch can give his own mail its id and an
    earlier Date, but not an earlier arrival.
    """
    order = message_order(message)
    arrived = message.entry.arrived if message.entry else None
    return (arrived.timestamp() if arrived else order[0], order)


def index_by_id(messages: Iterable[Message]) -> dict[str, Message]:
    """Give for each Message-ID, further ones of a mail included, the mail that has it."""
    found: dict[str, Message] = {}
    for message in messages:
        for identity in (message.message_id, *message.other_message_ids):
            first = found.setdefault(identity, message) if identity else message
            if first is not message and claim_order(message) < claim_order(first):
                found[identity or ""] = message
    return found
