"""The mails that were sent in a span of time, for archives whose arrival says nothing."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from kvminbox.dates import GivenTime, name_window, to_utc, write_day
from kvminbox.errors import KvminboxError
from kvminbox.given import check_called
from kvminbox.inbox.corpus import MailCorpus
from kvminbox.inbox.keeping import Keeper, MailMark, find_keeper
from kvminbox.inbox.problems import SKIP, ReadCorpus
from kvminbox.lazy import refuse_name
from kvminbox.mail import is_list_address
from kvminbox.models import AnyMessage, LeftOut, OnProblem, Problem, Progress
from kvminbox.models.begun import with_field
from kvminbox.models.corpus import find_lists, find_silent_lists
from kvminbox.order import Order, message_order
from kvminbox.safe import safe_text
from kvminbox.words import count_things

R = TypeVar("R")

_CLOCKS: Final = timedelta(days=1)
"""By how much a Date may be later than the arrival: senders' clocks are wrong."""

_QUICK: Final = 20_000
"""Commits of a corpus that are read for a card; that takes some seconds."""

_ELSEWHERE: Final = dict.fromkeys(
    ("entries", "problems", "summary"),
    "it chooses no commits; ask a window that does, such as inbox.between(None); "
    "len(window) counts its mails",
) | {
    "arrived": "its mails arrived at any time: window.sent has its first and last Date, and "
    "inbox.since chooses by arrival",
    "map_batches": "use window.map, or window.messages()",
    "spread": "use window.messages()",
}
"""What a `Window` has and one by Date can't have, with what to use instead."""


class SentWindow(MailCorpus):
    """The mails of an archive with a Date in a span of time, oldest first by it.

    A mirror that was filled in batches got many mails long after they were sent, and some before
    what they answer. A window by arrival has such a batch without the answers that came before;
    one by Date has both. The time of arrival tells nothing there: `entry.arrived` of its mails
    is None, so that waits, ages and activity count by Date.

    Mails without a Date are in no such window, nor are those with one more than a day after
    their arrival. `messages()` reads all mails of an archive each time, but of an index only those
    of the window; a report reads them in one process for any `jobs`. The mails of the window are
    held in memory.

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
        self._keeper: Keeper | None = find_keeper(corpus)

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does.

        They are read at once, so that `list(window)` reads them only once.
        """
        return iter([*self.messages()])

    def __repr__(self) -> str:
        window = name_window(self.base, self.tip)
        return safe_text(f"<SentWindow {window}{self.left_out.note}>")

    @property
    def left_out(self) -> LeftOut:
        """What the corpus left out when it was read the last time, whenever that was sent."""
        return self._corpus.left_out

    def messages(
        self, *, on_problem: OnProblem | None = None, progress: Progress | None = None
    ) -> Iterator[AnyMessage]:
        """Yield the mails, oldest first.

        Args:
            on_problem: what becomes of a mail that can't be read, whenever it was sent, this
                time; None for its own policy.
            progress: called with how many changes are done, and of how many.

        Raises:
            kvminbox.KvminboxError: as `Window.messages`.
        """
        end = self._end.timestamp() if self._end else None
        read = self._corpus.read_sent(
            self._begin.timestamp(), end, on_problem=on_problem, progress=progress
        )
        found = filter(self._is_sent, read)
        mails = sorted(map(_forget_arrival, found), key=message_order)
        lists = (*find_lists(self._corpus), *find_silent_lists(self._corpus))
        self.lists = {one: None for one in lists if _has_mails(one, mails)}
        self.silent_lists = tuple(one for one in lists if one not in self.lists)
        self._note(mails)
        yield from mails

    def _is_sent(self, mail: AnyMessage) -> bool:
        return _is_sent(mail, self._begin, self._end)

    def _mark_mails(self) -> MailMark | None:
        """Return which mails it has, as that of a window does."""
        end = self._end.timestamp() if self._end else None
        return self._corpus._mark_sent(self._begin.timestamp(), end)  # noqa: SLF001  # of its kind

    _held: _Held | None = None

    def _note(self, mails: list[AnyMessage]) -> None:
        """Keep how many mails it has, and their span; mails of one list are in order."""
        self._held = _count_held(mails)

    def _find_held(self) -> _Held:
        if self._held is None:
            next(self.messages(), None)
        assert self._held is not None
        return self._held

    def __len__(self) -> int:
        """Return the number of its mails; the first call reads all mails."""
        return self._find_held().mails

    def count_mails(self) -> int:
        """Return the number of its mails, as its length is."""
        return len(self)

    @property
    def sent(self) -> tuple[datetime, datetime] | None:
        """The first and the last Date of its mails, in UTC; None if it has none.

        The first use reads all mails.
        """
        return self._find_held().sent

    @property
    def on_problem(self) -> OnProblem:
        """What becomes of a mail that can't be read, whenever it was sent; see `Window`."""
        return self._corpus.on_problem

    @on_problem.setter
    def on_problem(self, policy: OnProblem) -> None:
        self._corpus.on_problem = policy

    def map(
        self,
        function: Callable[[AnyMessage], R],
        *,
        jobs: int = 1,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[R]:
        """Yield what a function returns for each mail, oldest first by Date, as `Window.map`.

        All mails are read, by as many processes as there are jobs, before the first result.

        Args:
            function: is called with each mail, in any order.
            jobs: processes that read; 1 for this one.
            on_problem: what becomes of a mail that can't be read; None for its own policy.
            progress: called with how many changes are done, and of how many.

        Raises:
            kvminbox.KvminboxError: as `Window.map`.
        """
        check_called(function)
        work = partial(_call_if_sent, self._begin, self._end, function)
        found = self._corpus.map(work, jobs=jobs, on_problem=on_problem, progress=progress)
        results = [one for one in found if one is not None]
        return (result for _, result in sorted(results, key=lambda one: one[0]))

    if not TYPE_CHECKING:  # as in its base

        def __getattr__(self, name: str) -> object:
            if name in _ELSEWHERE:
                what = f"a window by Date has no {name}"
                raise AttributeError(f"{what}: {_ELSEWHERE[name]}")
            return refuse_name(self, name)

    def _repr_html_(self) -> str:
        """Return a card: how many mails, and of which days; a large archive is not read for it."""
        from kvminbox.cards.html import card, chip, facts, heading, inline  # only a notebook asks

        corpus = self._corpus
        is_quick = isinstance(corpus, Sized) and len(corpus) <= _QUICK
        title = heading(name_window(self.base, self.tip), [chip("window"), chip("by Date")])
        try:
            held, unread = self._look() if self._held is None and is_quick else (self._held, 0)
        except KvminboxError as error:  # its index is closed, or damaged
            return card(title, inline(error.located))
        count = "not counted yet: len(window) counts, and reads all mails of the archive"
        if held:
            count = count_things(held.mails, "mail") if held.mails else "no mail has a Date in it"
        days = " to ".join(dict.fromkeys(map(write_day, held.sent))) if held and held.sent else ""
        # what is in no way left out for those who read it: they get an error
        left_out = "" if unread else "; ".join(self.left_out.sentences)
        lost = f"{count_things(unread, 'mail')} of the archive; {SKIP}" if unread else ""
        return card(
            title,
            facts([
                ("holds", inline(count)),
                ("sent", inline(days) if days else ""),
                ("can't be read", inline(lost) if lost else ""),
                ("left out", inline(left_out) if left_out else ""),
            ]),
        )  # fmt: skip

    def _look(self) -> tuple[_Held, int]:
        """Return how many mails it has, for a card, and how many mails can't be read.

        A card raises for no mail. Whoever reads them next does, unless its policy leaves them out.
        """
        if self.on_problem != "raise":
            return self._find_held(), 0
        problems: list[Problem] = []
        end = self._end.timestamp() if self._end else None
        read = self._corpus.read_sent(self._begin.timestamp(), end, on_problem=problems.append)
        held = _count_held(filter(self._is_sent, read))
        if not problems:
            self._held = held
        return held, len(problems)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a window by Date had when it was read the last time."""

    mails: int
    sent: tuple[datetime, datetime] | None


def _count_held(mails: Iterable[AnyMessage]) -> _Held:
    times = [to_utc(mail.date) for mail in mails if mail.date]  # each has one, by which it is here
    return _Held(len(times), (min(times), max(times)) if times else None)


def _call_if_sent(
    begin: datetime, end: datetime | None, function: Callable[[AnyMessage], R], mail: AnyMessage
) -> tuple[Order, R] | None:
    """Return a mail's place and what the function returns; None if it was sent at another time."""
    if not _is_sent(mail, begin, end):
        return None
    known = _forget_arrival(mail)
    return message_order(known), function(known)


def _forget_arrival(mail: AnyMessage) -> AnyMessage:
    entry = mail.entry
    if entry is None:
        return mail
    return with_field(mail, "entry", entry.model_copy(update={"arrived": None}))


def _has_mails(list_id: str, mails: Iterable[AnyMessage]) -> bool:
    """Whether some mails went to a list; a mail of two lists may bear the List-Id of the other."""
    return any(
        mail.list_id == list_id
        or any(is_list_address(person, list_id) for person in (*mail.to, *mail.cc))
        for mail in mails
    )


def _is_sent(mail: AnyMessage, begin: datetime, end: datetime | None) -> bool:
    if mail.date is None:
        return False
    sent = to_utc(mail.date)
    arrived = mail.entry.arrived if mail.entry else None
    if sent < begin or (end is not None and sent >= end):
        return False
    return arrived is None or sent <= arrived + _CLOCKS
