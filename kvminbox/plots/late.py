"""What a chart by arrival says of late mails."""

from kvminbox.analysis.by_date import are_told


def tell_late(late: int, mails: int) -> str:
    """Return what a reader has to know of late mails, and the way out; empty for a few.

    >>> tell_late(252, 810)
    '252 arrived more than two days after their Date; a window of sent_since counts by Date.'
    """
    if not are_told(late, mails):
        return ""
    told = f"{late:,} arrived more than two days after their Date"
    return f"{told}; a window of sent_since counts by Date."
