"""What the Dates in a window's mails and the ends of its lists tell: notes for a report's head."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from kvminbox.analysis.by_date import are_told, is_late
from kvminbox.analysis.list_name import name_each
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.dates import find_day, to_utc, write_day
from kvminbox.models import Corpus, Model
from kvminbox.order import each_once
from kvminbox.words import list_some

MARGIN: Final = timedelta(days=3)
"""By how much a Date may lie after the window: clocks are wrong."""

LEAST_AFTER: Final = 10
"""Mails with a Date after the window from which on a report says so."""

SHARE_AFTER: Final = 0.1
"""Their share of the window's mails from which on it does."""

BY_DATE: Final = "The mails were chosen by Date, whenever they arrived."
"""What a report says of a `SentWindow`."""

_NAMES: Final = 4
"""Lists without a mail that are named; of more, the others are counted."""

EARLY: Final = timedelta(days=7)
"""By how much a list must end before the last of them, for a report to say so."""


class ListEnd(Model):
    """A list whose mails end before those of the other lists."""

    name: str
    """Its name."""

    end: datetime
    """When its last mail arrived."""


class WindowDates(Model):
    """How the mails of a window, which are chosen by their arrival, lie in time."""

    messages: int = 0
    """The mails of the window; one that is there twice counts once."""

    late: int = 0
    """How many of them arrived more than two days after their Date, or more than six hours if
    that is before the window's first day. 0 for a window without a beginning, or by Date."""

    later: int = 0
    """How many others were sent in the window and arrived after it; 0 without an index."""

    after: int = 0
    """How many have a Date more than three days after its end."""

    is_by_date: bool = False
    """Whether the mails were chosen by Date, as those of a `SentWindow`."""

    ends: tuple[ListEnd, ...] = ()
    """The lists of the corpus whose mails end more than a week before the last of all; empty for
    one list."""

    silent: tuple[str, ...] = ()
    """The lists of the corpus without a mail in the window."""

    @property
    def is_filled_later(self) -> bool:
        """Whether enough mails are late, or arrived after the window, that a reader has to know.

        Answers may have arrived before what they answer then, and lie outside the window.
        """
        return are_told(max(self.late, self.later), self.messages)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a reader of the window's numbers has to know of it; empty for nothing."""
        return tuple(self._tell())

    def _tell(self) -> Iterator[str]:
        of_all = f"of {self.messages:,} messages"
        search = "`sent_since`, or --by date in a shell, chooses by Date"
        if self.is_by_date:
            yield BY_DATE
        if self.is_filled_later:
            told = []
            if are_told(self.late, self.messages):
                late = "were sent before this period, or days before they arrived"
                told.append(f"{self.late:,} {of_all} {late}")
            if are_told(self.later, self.messages):
                others = "others" if told else "other messages"
                told.append(
                    f"{self.later:,} {others} were sent in this period and arrived after it"
                )
            yield f"{', and '.join(told)}, as where an archive is filled later; {search}."
        if self.after >= max(LEAST_AFTER, SHARE_AFTER * self.messages):
            far = "have a Date more than three days after this period"
            yield f"{self.after:,} {of_all} {far}; {search}."
        if self.silent:
            have = "has" if len(self.silent) == 1 else "have"
            yield f"{list_some(self.silent, _NAMES)} {have} no mail in this period."
        for one in self.ends:
            yield f"The last mail of {one.name} in this period arrived on {write_day(one.end)}."


def find_window_dates(corpus: Corpus) -> WindowDates:
    """Count the mails that came late into a window, and find the lists that end early.

    A window of dates is what was asked for, in whole days; one of revisions ends with the last
    arrival. A list of mails has no beginning.
    """
    snapshot = Snapshot.of(corpus)
    mails = [*each_once(snapshot.messages())]
    arrivals = [one.entry.arrived for one in mails if one.entry and one.entry.arrived]
    if not arrivals:
        return WindowDates(
            messages=len(mails),
            later=snapshot.later,
            is_by_date=snapshot.is_by_date,
            silent=_name_silent(snapshot),
        )
    begin, has_begin = find_begin(snapshot)
    last_day = find_day(snapshot.tip)
    end = datetime.combine(last_day, time(tzinfo=UTC)) if last_day else max(arrivals)
    sent = [to_utc(one.date) for one in mails if one.date and one.entry and one.entry.arrived]
    ends = snapshot.row_lists.list_ends()
    last = max(ends.values(), default=None)
    return WindowDates(
        messages=len(mails),
        later=snapshot.later,
        late=sum(is_late(one, begin) for one in mails) if has_begin else 0,
        after=sum(one > end + MARGIN for one in sent),
        ends=tuple(
            ListEnd(name=name, end=one)
            for name, one in ends.items()
            if last is not None and last - one > EARLY
        ),
        silent=_name_silent(snapshot),
    )


def find_begin(corpus: Corpus) -> tuple[datetime | None, bool]:
    """Return the day with which a window of dates begins, and whether it has a beginning at all."""
    first = find_day(corpus.base)
    begin = datetime.combine(first, time(tzinfo=UTC)) if first else None
    # a list of mails has one name; the first mail of a range was sent before it arrived
    return begin, begin is not None or bool(corpus.base and corpus.base != corpus.tip)


def _name_silent(snapshot: Snapshot) -> tuple[str, ...]:
    names = name_each([*snapshot.lists, *snapshot.silent_lists])
    return tuple(names[one] for one in snapshot.silent_lists)
