"""One order for messages that does not depend on how they arrived."""

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
