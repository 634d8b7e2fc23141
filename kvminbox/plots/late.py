"""What a chart by arrival says of mails that came long after they were sent."""

from kvminbox.analysis.by_date import are_told


def tell_late(late: int, mails: int) -> str:
    """Return what is to be known of late mails, with the way out; empty where they are few.

    >>> tell_late(252, 810)
    '252 arrived more than two days after their Date; a window of sent_since goes by Date.'
    """
    if not are_told(late, mails):
        return ""
    told = f"{late:,} arrived more than two days after their Date"
    return f"{told}; a window of sent_since goes by Date."
