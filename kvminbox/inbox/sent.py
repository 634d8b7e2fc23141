"""The mails that were sent in a span of time, for archives whose arrival says nothing."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from kvminbox.dates import GivenTime, name_window, to_utc
from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.mail import is_list_address
from kvminbox.models import AnyMessage, LeftOut, Progress
from kvminbox.models.corpus import find_lists, find_silent_lists
from kvminbox.order import message_order
from kvminbox.safe import safe_text

_CLOCKS: Final = timedelta(days=1)
"""By how much a Date may be later than the arrival: senders' clocks are wrong."""


class SentWindow(MailCorpus):
    """The mails of an archive with a Date in a span of time, oldest first by it.

    A mirror that was filled in batches got many mails long after they were sent, and some before
    what they answer. A window by arrival has such a batch without the answers that came before;
    one by Date has both. The time of arrival tells nothing there: `entry.arrived` of its mails
    is None, so that waits, ages and activity count by Date.

    Mails without a Date are in no such window, nor are those with one more than a day after
    their arrival. Whenever it is asked, all mails are read, in one process for any `jobs` of a
    report, and those that it has are held.

    `Inbox.sent_since` and `Index.sent_since` return one.

    Attributes:
        base: where it begins, as the caller wrote it.
        tip: where it ends, as the caller wrote it.
        is_by_date: true, for a report to say so.
        lists: the List-Ids of the inboxes with mails in it, by the last reading, where the
            archive has several; when their last mails arrived is not known.
        silent_lists: those of the other inboxes, likewise.
    """

    is_by_date: Final = True
    lists: Mapping[str, datetime | None] = MappingProxyType({})
    silent_lists: tuple[str, ...] = ()

    def __init__(self, corpus: ReadCorpus, begin: GivenTime, end: GivenTime | None) -> None:
        self.base = begin.written
        self.tip = end.written if end else "HEAD"
        self._corpus = corpus
        self._begin = begin.moment
        self._end = end.moment if end else None

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def __repr__(self) -> str:
        window = name_window(self.base, self.tip)
        return safe_text(f"<SentWindow {window}{self.left_out.note}>")

    def _repr_html_(self) -> str:
        """Return a card: where it begins and ends; no mail is read."""
        from kvminbox.cards.html import card, chip, facts, heading, inline  # only a notebook asks

        return card(
            heading(name_window(self.base, self.tip), [chip("window")]),
            facts([("holds", inline("the mails with a Date in it, whenever they arrived"))]),
        )

    @property
    def left_out(self) -> LeftOut:
        """What the corpus left out when it was read the last time, whenever that was sent."""
        return self._corpus.left_out

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first."""
        found = filter(self._is_sent, self._corpus.messages(progress=progress))
        mails = sorted(map(_forget_arrival, found), key=message_order)
        lists = (*find_lists(self._corpus), *find_silent_lists(self._corpus))
        self.lists = {one: None for one in lists if _has_mails(one, mails)}
        self.silent_lists = tuple(one for one in lists if one not in self.lists)
        yield from mails

    def _is_sent(self, mail: AnyMessage) -> bool:
        if mail.date is None:
            return False
        sent = to_utc(mail.date)
        arrived = mail.entry.arrived if mail.entry else None
        if sent < self._begin or (self._end is not None and sent >= self._end):
            return False
        return arrived is None or sent <= arrived + _CLOCKS


def _forget_arrival(mail: AnyMessage) -> AnyMessage:
    entry = mail.entry
    if entry is None:
        return mail
    return mail.with_field("entry", entry.model_copy(update={"arrived": None}))


def _has_mails(list_id: str, mails: Iterable[AnyMessage]) -> bool:
    """Whether some mails went to a list; a mail of two lists may bear the List-Id of the other."""
    return any(
        mail.list_id == list_id
        or any(is_list_address(person, list_id) for person in (*mail.to, *mail.cc))
        for mail in mails
    )
