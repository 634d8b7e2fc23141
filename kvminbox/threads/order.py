"""One order for messages that does not depend on how they arrived."""

from kvminbox.models import Message


def message_order(message: Message) -> tuple[float, str, str, str]:
    """Give a sort key: when it was sent, else when it arrived; then ids that never change.

    The claimed date comes first, since mails of one series arrive in any order.
    """
    moment = message.date or (message.entry.arrived if message.entry else None)
    return (
        moment.timestamp() if moment else 0.0,
        message.message_id or "",
        message.entry.blob if message.entry else "",
        message.entry.commit if message.entry else "",
    )
