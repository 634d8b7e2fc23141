"""All inboxes of an index as one: a mail that went to several lists comes once."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from kvminbox.inbox import MailCorpus, Window
from kvminbox.index.database import Database
from kvminbox.index.lookup import Lookup
from kvminbox.index.seal import check_epochs
from kvminbox.index.stored import name_change, object_error
from kvminbox.models import Message, Problem, Progress, Summary

_LEAVE_OUT: Final = "leave out what can't be read with on_problem"


class Merged(MailCorpus):
    """The mails of several inboxes, by the time at which the first inbox got them.

    Attributes:
        base: where it begins, as the caller wrote it; empty for the very beginning.
        tip: where it ends, as the caller wrote it.
        on_problem: as `Window.on_problem`.
    """

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
    ) -> None:
        self.base = base
        self.tip = tip
        self.on_problem: Callable[[Problem], object] | None = None
        self._database = database
        self._lookup = lookup
        self._choose = choose
        self._begin = int(begin.timestamp()) if begin else -(1 << 62)
        self._end = int(end.timestamp()) if end else 1 << 62

    def __len__(self) -> int:
        """Return the number of commits in all inboxes."""
        return sum(map(len, self._choose()))

    def messages(self, *, progress: Progress | None = None) -> Iterator[Message]:
        """Yield the mails that are shown, oldest first.

        Raises:
            kvminbox.errors.ObjectError: a mail can't be read, and `on_problem` is None.
            kvminbox.errors.IndexDamagedError: an entry is damaged or missing.
        """
        steps = self._list_steps()
        for done, (_, message, *place) in enumerate(steps):
            if progress:
                progress(done, len(steps))
            if place:
                self._report(self._lookup.read_problem(*place))
            else:
                yield self._lookup.read(message)
        if progress:
            progress(len(steps), len(steps))

    def _list_steps(self) -> list[tuple[int, ...]]:
        """Return what is shown, by the time at which the first inbox got it.

        A step is a time and a message's row; of what can't be read it is a time, -1, and
        the place of the entry.
        """
        arrived: dict[int, int] = {}
        steps: list[tuple[int, ...]] = []
        with self._database.snapshot():
            for entry in check_epochs(self._database):
                seconds = entry.seconds or 0
                if entry.gone or not self._begin <= seconds < self._end:
                    continue
                if entry.message is not None:
                    arrived[entry.message] = min(seconds, arrived.get(entry.message, seconds))
                elif name_change(entry.change) in ("message", "problem"):
                    steps.append((seconds, -1, *entry.place))
        steps += ((seconds, message) for message, seconds in arrived.items())
        steps.sort()
        return steps

    def _report(self, problem: Problem) -> None:
        if self.on_problem is None:
            where = f"commit {problem.entry.commit}"
            raise object_error(problem.code, problem.text, where=where, cure=_LEAVE_OUT)
        self.on_problem(problem)

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
