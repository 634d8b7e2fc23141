"""Which lists the inboxes of an index are the archives of."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime

from kvminbox.archive import read_time
from kvminbox.index.database import Database
from kvminbox.index.rows import EntryRow


class ListCounter:
    """Counts the List-Ids of each inbox, entry by entry.

    The list of an inbox is the commonest one of all its mails, not only of those that a window
    has: a mail that went to several lists may bear the List-Id of another one.
    """

    def __init__(self, database: Database) -> None:
        rows = database.query("SELECT id, inbox FROM epoch NOT INDEXED")
        self._inboxes: dict[int, int] = dict(rows)
        self._counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._ends: dict[int, int] = {}

    def add(self, entry: EntryRow, *, is_asked_for: bool = True) -> None:
        """Count an entry; only of an inbox with mails that are asked for the list is found."""
        if entry.message is None or entry.gone:
            return
        inbox = self._inboxes[entry.epoch]
        if entry.list is not None:
            self._counts[inbox][entry.list] += 1
        if is_asked_for:
            seconds = entry.seconds or 0
            self._ends[inbox] = max(seconds, self._ends.get(inbox, seconds))

    def find(self, read_list: Callable[[int], str | None]) -> dict[str, datetime | None]:
        """Return the List-Id of each inbox with such mails, in the order of the index.

        With it stands when the last of these mails arrived.

        Args:
            read_list: returns a List-Id by its number.
        """
        found: dict[str, int] = {}
        for inbox in sorted(self._ends):
            if name := self._find_name(inbox, read_list):
                found[name] = max(self._ends[inbox], found.get(name, self._ends[inbox]))
        return {name: read_time(seconds) for name, seconds in found.items()}

    def find_silent(self, read_list: Callable[[int], str | None]) -> tuple[str, ...]:
        """Return the List-Id of each inbox that has mails, but none that are asked for."""
        heard = self.find(read_list)
        inboxes = sorted(self._counts.keys() - self._ends.keys())
        names = [self._find_name(inbox, read_list) for inbox in inboxes]
        return tuple(dict.fromkeys(name for name in names if name and name not in heard))

    def _find_name(self, inbox: int, read_list: Callable[[int], str | None]) -> str:
        texts = {read_list(one) or "": count for one, count in self._counts[inbox].items()}
        return max(texts, key=lambda one: (texts[one], one.encode()), default="")
