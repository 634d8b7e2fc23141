"""Of which list a row is, and until when its archive goes, where a corpus has several lists."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from kvminbox.analysis.list_name import name_each
from kvminbox.mail import is_list_address
from kvminbox.models import Address, Message
from kvminbox.review.review import find_end

_CLOCKS: Final = timedelta(days=1)
"""By how much a mail's date may be later than its arrival."""


class RowLists:
    """The lists of a corpus, and which of them mails went to.

    Attributes:
        last: when the last mail of the corpus arrived.
    """

    def __init__(
        self, messages: Iterable[Message], lists: Mapping[str, datetime | None] | None = None
    ) -> None:
        """Take in the mails, and the List-Ids with the last arrival of each inbox's mails.

        Args:
            messages: the mails of the corpus; without any, `last` is None.
            lists: as `find_list_ends` returns them. Of one list or none nothing is told.
        """
        self.last: datetime | None = find_end(messages)
        self._ends = dict(lists or {}) if lists and len(lists) > 1 else {}
        self._names = name_each(self._ends)
        self._is_address = lru_cache(maxsize=1 << 14)(self._find_by_address)

    def name(self, mails: Iterable[Message]) -> tuple[str, ...]:
        """Return the names of the lists that have mails of a row, in the order of the corpus.

        Empty where the corpus has one list. A list to which a mail was sent, and whose archive
        ended before, has it not.
        """
        return tuple(self._names[one] for one in self._find(mails))

    def find_end(self, mails: Iterable[Message]) -> datetime | None:
        """Return until when the lists of a row's mails are known; else the corpus's end."""
        known = [end for end in map(self._ends.get, self._find(mails)) if end]
        ends = [min(end, self.last) if self.last else end for end in known]
        return max(ends, default=self.last)

    def list_ends(self) -> dict[str, datetime]:
        """Return until when the mails of each list go, by its name; empty for one list."""
        last = self.last
        ends = {self._names[one]: end for one, end in self._ends.items() if end}
        return {name: min(end, last) if last else end for name, end in ends.items()}

    def _find(self, mails: Iterable[Message]) -> list[str]:
        if not self._ends:
            return []
        found: set[str] = set()
        for mail in mails:
            if mail.list_id in self._ends:
                found.add(mail.list_id)
            for person in (*mail.to, *mail.cc):
                found.update(one for one in self._is_address(person) if self._has(one, mail))
        return [one for one in self._ends if one in found]

    def _has(self, list_id: str, mail: Message) -> bool:
        end = self._ends[list_id]
        return end is None or mail.date is None or mail.date <= end + _CLOCKS

    def _find_by_address(self, person: Address) -> tuple[str, ...]:
        return tuple(one for one in self._ends if is_list_address(person, one))
