"""What a chart by arrival says of mails that came long after they were sent."""

from datetime import timedelta
from typing import Final

from kvminbox.dates import to_utc
from kvminbox.models import Message

_LATE: Final = timedelta(days=2)
_LEAST_MAILS: Final = 10
_LEAST_SHARE: Final = 0.03


def is_late(message: Message) -> bool:
    """Whether a mail arrived more than two days after its Date: few do but where one fills up."""
    arrived = message.entry.arrived if message.entry else None
    if arrived is None or message.date is None:
        return False
    return arrived - to_utc(message.date) > _LATE


def tell_late(late: int, mails: int) -> str:
    """Return what is to be known of late mails, with the way out; empty where they are few.

    >>> tell_late(252, 810)
    '252 arrived more than two days after their Date; a window of sent_since goes by Date.'
    """
    if late < max(_LEAST_MAILS, _LEAST_SHARE * mails):
        return ""
    told = f"{late:,} arrived more than two days after their Date"
    return f"{told}; a window of sent_since goes by Date."
