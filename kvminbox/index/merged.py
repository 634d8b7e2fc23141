"""All inboxes of an index as one: a mail that went to several lists comes once."""

from __future__ import annotations  # help shows types by their names

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from kvminbox.dates import write_minute
from kvminbox.errors import KvminboxError
from kvminbox.inbox import Window
from kvminbox.inbox.keeping import MailMark
from kvminbox.inbox.parallel import Failure, Plan
from kvminbox.inbox.problems import ReadCorpus, Reading
from kvminbox.index.by_date import count_late, is_known, list_sent
from kvminbox.index.database import Database
from kvminbox.index.keeper import Keeper
from kvminbox.index.lists import ListCounter
from kvminbox.index.lookup import Lookup
from kvminbox.index.marks import list_epochs, mark_arrived, mark_sent
from kvminbox.index.seal import check_epochs
from kvminbox.index.stored import AHEAD, name_change
from kvminbox.models import AnyMessage, Entry, OnProblem, Problem, Progress, Summary
from kvminbox.safe import safe_text
from kvminbox.words import count_things

_LACKING: Final = (
    "SELECT inbox FROM epoch NOT INDEXED WHERE tip NOT NULL GROUP BY inbox"
    " HAVING count(*) <= max(number) - min(number)"
)
_Order = tuple[int, int, int]
"""When an entry arrived, and its place: mails of one second come by the names of their inboxes."""


class _MergedReader:
    """Reads mails by the steps of a window, in which those of one epoch mostly follow in order."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def read_step(self, step: tuple[int, ...]) -> AnyMessage | Failure:
        """Return the mail of a message's row, or why the mail of an entry could not be read."""
        if len(step) == 1:
            return self._lookup.begin(step[0], ahead=AHEAD)
        return self._lookup.read_failure(step)


class Merged(ReadCorpus):
    """The mails of several inboxes, by the time at which the first inbox got them.

    A mail that went to several lists is in it if the first of its copies arrived in its time, and
    has the entry of that copy. So it is in one of several windows side by side only.

    Attributes:
        base: where it begins, as the caller wrote it; empty for the very beginning.
        tip: where it ends, as the caller wrote it.
        silent_lists: the List-Ids of the inboxes that got no mail in it, by the last reading.
    """

    silent_lists: tuple[str, ...] = ()

    def __init__(
        self,
        database: Database,
        lookup: Lookup,
        choose: Callable[[], list[Window]],
        *,
        base: str,
        tip: str,
        begin: datetime | None = None,
        end: datetime | None = None,
        on_problem: OnProblem = "raise",
    ) -> None:
        super().__init__(on_problem)
        self.base = base
        self.tip = tip
        self._keeper: Keeper | None = Keeper(database)
        self._database = database
        self._lookup = lookup
        self._choose = choose
        self._lists: Mapping[str, datetime | None] | None = None
        self._begin_at = int(begin.timestamp()) if begin else -(1 << 62)
        self._end_at = int(end.timestamp()) if end else 1 << 62

    def __len__(self) -> int:
        """Return the number of commits in all inboxes."""
        return sum(map(len, self._choose()))

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def __repr__(self) -> str:
        return safe_text(f"<Merged {self.base}..{self.tip}, several inboxes{self.left_out.note}>")

    def count_mails(self) -> int:
        """Return how many mails it has, one for all copies; see `Window.count_mails`."""
        steps = [step for _, step in self._find_steps(None)]
        mails = sum(len(step) == 1 for step in steps)  # the others are not here
        return mails - max(self._unread - (len(steps) - mails), 0)

    @property
    def lists(self) -> Mapping[str, datetime | None]:
        """The List-Id of each inbox that got mails in it, and when the last of these arrived.

        They are those of the last reading, or of now where it was not read yet. No mail is read.
        """
        if self._lists is None:
            self._list_steps()
        return self._lists or MappingProxyType({})

    @property
    def arrived(self) -> tuple[datetime, datetime] | None:
        """When the first and the last of its commits arrived, as `Window.arrived`."""
        times = [time for window in self._choose() for time in window.arrived or ()]
        return (min(times), max(times)) if times else None

    def entries(self) -> Iterator[Entry]:
        """Yield every change of every commit, inbox by inbox, as `Window.entries`."""
        for window in self._choose():
            yield from window.entries()

    def _repr_html_(self) -> str:
        """Return a card: where it begins and ends, and when its commits arrived."""
        from kvminbox.cards.html import card, chip, facts, heading, inline  # only a notebook asks

        title = heading(f"{self.base or 'the beginning'} to {self.tip}", [chip("window")])
        try:
            size = f"{count_things(len(self), 'commit')} of several inboxes"
            arrived = " to ".join(map(write_minute, self.arrived or ()))
        except KvminboxError as error:  # its index is closed, or damaged
            return card(title, inline(error.located))
        return card(title, facts([("holds", inline(size)), ("arrived", inline(arrived))]))

    def read_sent(
        self,
        begin: float,
        end: float | None,
        *,
        on_problem: OnProblem | None = None,
        progress: Progress | None = None,
    ) -> Iterator[AnyMessage]:
        """Yield at least the mails with a Date in a span of time, and no others."""
        if not is_known(begin, end):
            return self.messages(on_problem=on_problem, progress=progress)
        reading = self._begin(on_problem)
        sent = frozenset(list_sent(self._database, begin, end))
        steps = [one for one in self._list_steps() if len(one[1]) > 1 or one[1][0] in sent]
        return self._read_plan(self._plan_steps(steps), reading, progress)

    def count_late(self, late: int, edge: int) -> tuple[int, int] | None:
        """Return how many of its mails are late, as `Window.count_late`."""
        if self._begin_at == -(1 << 62):
            return None
        epochs = [row[0] for row in self._database.query("SELECT id FROM epoch NOT INDEXED")]
        end = None if self._end_at == 1 << 62 else self._end_at
        return count_late(self._database, epochs, (self._begin_at, end), late, edge)

    def _plan(self, reading: Reading) -> Plan:
        del reading
        return self._plan_steps(self._list_steps())

    def _plan_steps(self, steps: list[tuple[_Order, tuple[int, ...]]]) -> Plan:
        self.gaps: tuple[int, ...] = self._find_gaps()
        numbered = ((done, step) for done, (_, step) in enumerate(steps))
        return Plan(_MergedReader(self._lookup), numbered, len(steps))

    def _find_gaps(self) -> tuple[int, ...]:
        """Return the numbers of the epochs that the inboxes lack, or raise an error for one."""
        if self._database.value(_LACKING) is None:
            return ()  # with no look at each commit, which a window takes
        return tuple(sorted({number for window in self._choose() for number in window.gaps}))

    def _list_steps(self) -> list[tuple[_Order, tuple[int, ...]]]:
        """Return the steps of a reading, of which the lists are kept."""
        with self._database.snapshot():
            counter = ListCounter(self._database)
            steps = self._find_steps(counter)
            self._lists = counter.find(self._lookup.read_list)
            self.silent_lists = counter.find_silent(self._lookup.read_list)
        return steps

    def _find_steps(self, counter: ListCounter | None) -> list[tuple[_Order, tuple[int, ...]]]:
        """Return the mails whose first copy arrived in its time, the first to arrive first.

        A step is a message's row; of what can't be read it is the place of the entry.

        Args:
            counter: counts the mails of each list.
        """
        arrived: dict[int, _Order] = {}
        before: set[int] = set()
        steps: list[tuple[_Order, tuple[int, ...]]] = []
        with self._database.snapshot():
            ranks = {epoch: rank for rank, epoch in enumerate(list_epochs(self._database))}
            for entry in check_epochs(self._database):
                seconds = entry.seconds or 0
                in_time = self._begin_at <= seconds < self._end_at
                if counter is not None:
                    counter.add(entry, is_asked_for=in_time)
                if entry.gone or seconds >= self._end_at:
                    continue
                message = entry.message
                if not in_time:
                    if message is not None:
                        before.add(message)
                    continue
                order = (seconds, ranks[entry.epoch], entry.seq)
                if message is not None:
                    arrived[message] = min(order, arrived.get(message, order))
                elif name_change(entry.change) in ("message", "problem"):
                    steps.append((order, entry.place))
        found = ((order, (message,)) for message, order in arrived.items())
        steps += (step for step in found if step[1][0] not in before)
        steps.sort()
        return steps

    def _mark_mails(self) -> MailMark | None:
        """Return which mails it has, as that of a window does."""
        if self._find_gaps():
            return None
        epochs = list_epochs(self._database)
        span = self._begin_at, self._end_at
        return mark_arrived(self._database, epochs, span, self._list_blobs)

    def _mark_sent(self, begin: float, end: float | None) -> MailMark | None:
        """Return which mails with a Date in a span of time it has, as that of a window does."""
        if self._find_gaps():
            return None
        return mark_sent(self._database, list_epochs(self._database), begin, end)

    def _list_blobs(self) -> tuple[str, ...]:
        """Return all copies of its mails."""
        arrived: set[int | None] = set()
        before: set[int] = set()
        copies: list[tuple[int | None, bytes]] = []
        for entry in check_epochs(self._database):
            seconds = entry.seconds or 0
            if entry.blob and not entry.gone:
                copies.append((entry.message, entry.blob))
                if self._begin_at <= seconds < self._end_at:
                    arrived.add(entry.message)
                elif seconds < self._begin_at and entry.message is not None:
                    before.add(entry.message)
        arrived -= before
        return tuple(blob.hex() for message, blob in copies if message in arrived)

    def problems(self) -> Iterator[Problem]:
        """Yield the changes that can't be read, of one inbox after the other."""
        for window in self._choose():
            yield from window.problems()

    def summary(self) -> Summary:
        """Account for every commit of every inbox.

        A mail that went to several inboxes was brought by a commit of each.
        """
        total: Counter[str] = Counter()
        for window in self._choose():
            total.update(window.summary().model_dump())
        return Summary(**{name: total[name] for name in Summary.model_fields})
