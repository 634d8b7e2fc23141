"""Whether the mails of a time are better chosen by Date than by arrival."""

from datetime import datetime, timedelta
from typing import Final, Protocol, runtime_checkable

from kvminbox.dates import to_utc
from kvminbox.inbox import Inbox, Window
from kvminbox.index import Index
from kvminbox.index.merged import Merged
from kvminbox.models import Message

LATE: Final = timedelta(days=2)
"""How long after its Date a mail must arrive to be late: a moderator or a wrong clock mostly takes
less."""

EDGE: Final = timedelta(hours=6)
"""The same where a window begins or ends between Date and arrival: in any archive, what is sent at
midnight arrives a minute later."""

LEAST_MAILS: Final = 3
"""The number of mails, late or arrived after the window, from which on it is by Date."""

LEAST_SHARE: Final = 0.03
"""Their share of the mails of the window, likewise."""

LEAST_TOLD: Final = 10
"""Late mails from which on a report by arrival, or a chart, tells of them. With a moderator, three
of 100 are late in many weeks, and the numbers stay the same."""

_LOOK: Final = 500
"""Mails of a window whose Dates are looked at without an index, which knows them."""

_AFTER: Final = timedelta(days=183)
"""For how long after the window mails that were sent in it are looked for then."""

_SECONDS: Final = int(LATE.total_seconds()), int(EDGE.total_seconds())


@runtime_checkable
class _DatedCorpus(Protocol):
    def count_late(self, late: int, edge: int) -> tuple[int, int] | None:
        """Return how many of its mails are late, and how many sent in its time arrived after it."""


def are_many(late: float, mails: int) -> bool:
    """Whether enough mails are late that a choice by Date is better."""
    return late >= max(LEAST_MAILS, LEAST_SHARE * mails)


def are_told(late: int, mails: int) -> bool:
    """Whether enough mails are late that a reader has to know."""
    return late >= LEAST_TOLD and are_many(late, mails)


def is_late(mail: Message, begin: datetime | None = None) -> bool:
    """Whether a mail arrived over two days after its Date; six hours if that is before `begin`."""
    arrived = mail.entry.arrived if mail.entry else None
    if mail.date is None or arrived is None:
        return False
    sent = to_utc(mail.date)
    return arrived - sent > (EDGE if begin is not None and sent < begin else LATE)


def count_later(corpus: object) -> int:
    """Return how many mails were sent in the time of a corpus, and arrived after it.

    Only the window of an index knows; for others, and for what is no time, it is 0.
    """
    found = corpus.count_late(*_SECONDS) if isinstance(corpus, _DatedCorpus) else None
    return found[1] if found else 0


def is_better_by_date(
    inbox: Inbox | Index, window: Window | Merged, begin: datetime, end: datetime | None
) -> bool:
    """Whether some mails of a time arrived long after they were sent, or after its end.

    It is so where a mirror was filled in batches. What arrived in some months then lacks answers
    that arrived before, and what was sent in others arrived after them. Beside a time by Date, one
    by arrival would have some of its mails again, or lack them. An index knows all Dates. Of an
    archive some hundred mails are looked at, spread evenly over the window and the half year
    after it.

    Args:
        inbox: the archive or index.
        window: what arrived in that time.
        begin: when it begins.
        end: when it ends; None for no end.
    """
    known = window.count_late(*_SECONDS)
    if known is not None:
        return are_many(max(known), len(window))
    if len(window):
        mails = list(window.spread(_LOOK))
        if are_many(sum(is_late(one, begin) for one in mails), len(mails)):
            return True
    if end is None:
        return False
    later = inbox.since(end, end + _AFTER, on_problem="skip")
    mails = list(later.spread(2 * _LOOK))
    sent = [one for one in mails if one.date and begin <= to_utc(one.date) < end]
    found = sum(is_late(one, end) for one in sent)
    return are_many(found * len(later) / max(len(mails), 1), len(window))
