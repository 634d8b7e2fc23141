"""What the Dates in a window's mails and the ends of its lists tell: notes for a report's head."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from kvminbox.analysis.list_name import name_each
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.dates import find_day, to_utc, write_day
from kvminbox.inbox import Window
from kvminbox.index.merged import Merged
from kvminbox.models import Corpus, Model
from kvminbox.order import each_once
from kvminbox.words import list_some

MARGIN: Final = timedelta(days=3)
"""By how much a Date may lie outside the window: mails are late, and clocks are wrong."""

LEAST_MAILS: Final = 10
"""Mails with a Date outside the window from which on a report says so."""

LEAST_SHARE: Final = 0.1
"""Their share of the window's mails from which on it does."""

_LOOK: Final = 500
"""Mails of a window whose Dates are looked at before it is read."""
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

    before: int = 0
    """How many of them have a Date more than three days before the window: where that is a large
    share, the archive was probably filled later. None of a window without a beginning."""

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
        """Whether so many mails were sent before the window that the archive was filled later.

        Answers may have arrived before what they answer then, and lie outside.
        """
        return self.before >= self._least

    @property
    def _least(self) -> float:
        return max(LEAST_MAILS, LEAST_SHARE * self.messages)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a reader of the window's numbers has to know of it; empty for nothing."""
        return tuple(self._tell())

    def _tell(self) -> Iterator[str]:
        of_all = f"of {self.messages:,} messages have a Date more than three days"
        search = "`sent_since`, or --by date in a shell, chooses by Date"
        if self.is_by_date:
            yield "The mails were chosen by Date, whenever they arrived."
        if self.is_filled_later:
            why = "the archive was probably filled later, and answers may lie before it"
            yield f"{self.before:,} {of_all} before this period: {why}; {search}."
        if self.after >= self._least:
            yield f"{self.after:,} {of_all} after this period; {search}."
        if self.silent:
            have = "has" if len(self.silent) == 1 else "have"
            yield f"{list_some(self.silent, _NAMES)} {have} no mail in this period."
        for one in self.ends:
            yield f"The last mail of {one.name} in this period arrived on {write_day(one.end)}."


def find_window_dates(corpus: Corpus) -> WindowDates:
    """Count the mails whose Date is far outside a window, and find the lists that end early.

    A window of dates is what was asked for, in whole days; one of revisions goes from the first
    arrival to the last. A list of mails has no beginning.
    """
    snapshot = Snapshot.of(corpus)
    mails = [*each_once(snapshot.messages())]
    arrivals = [one.entry.arrived for one in mails if one.entry and one.entry.arrived]
    if not arrivals:
        silent, is_by_date = _name_silent(snapshot), snapshot.is_by_date
        return WindowDates(messages=len(mails), silent=silent, is_by_date=is_by_date)
    begin, end = _find_ends(snapshot, arrivals)
    sent = [to_utc(one.date) for one in mails if one.date and one.entry and one.entry.arrived]
    ends = snapshot.row_lists.list_ends()
    last = max(ends.values(), default=None)
    return WindowDates(
        messages=len(mails),
        before=sum(one < begin for one in sent) if begin else 0,
        after=sum(one > end for one in sent),
        ends=tuple(
            ListEnd(name=name, end=one)
            for name, one in ends.items()
            if last is not None and last - one > EARLY
        ),
        silent=_name_silent(snapshot),
    )


def is_filled_later(window: Window | Merged) -> bool:
    """Whether a window of dates is of an archive that was filled later, as `WindowDates` says.

    Of a large window some hundred mails, which lie evenly in it, are looked at.
    """
    mails = list(window.spread(_LOOK))
    arrivals = [one.entry.arrived for one in mails if one.entry and one.entry.arrived]
    begin, _ = _find_ends(window, arrivals) if arrivals else (None, None)
    before = sum(to_utc(one.date) < begin for one in mails if one.date) if begin else 0
    return WindowDates(messages=len(mails), before=before).is_filled_later


def is_cut_short(
    window: Window | Merged, later: Window | Merged, begin: datetime, end: datetime
) -> bool:
    """Whether many mails with a Date in a window of dates arrived after it.

    So it is where a mirror stood still: what was sent meanwhile came when it went on. Of what is
    large, some hundred mails, which lie evenly in it, are looked at.

    Args:
        window: the window.
        later: what arrived after it.
        begin: where it begins.
        end: where it ends.
    """
    mails = list(later.spread(2 * _LOOK))
    found = sum(begin <= to_utc(one.date) < end - MARGIN for one in mails if one.date)
    estimate = found * len(later) / max(len(mails), 1)
    return estimate >= max(LEAST_MAILS, LEAST_SHARE * len(window))


def _name_silent(snapshot: Snapshot) -> tuple[str, ...]:
    names = name_each([*snapshot.lists, *snapshot.silent_lists])
    return tuple(names[one] for one in snapshot.silent_lists)


def _find_ends(corpus: Corpus, arrivals: list[datetime]) -> tuple[datetime | None, datetime]:
    """Return the times before and after which a Date is far outside; None for no beginning."""
    first, last = find_day(corpus.base), find_day(corpus.tip)
    begin = datetime.combine(first, time(tzinfo=UTC)) if first else min(arrivals)
    end = datetime.combine(last, time(tzinfo=UTC)) if last else max(arrivals)
    has_begin = bool(corpus.base) and (first is not None or corpus.base != corpus.tip)
    return begin - MARGIN if has_begin else None, end + MARGIN  # a list of mails has one name
