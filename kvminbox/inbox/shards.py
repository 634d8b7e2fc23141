"""Pieces of a window that can be sent to other processes and machines."""

import hashlib
from collections.abc import Iterator
from itertools import count, islice

from kvminbox.archive import ChangeList, RawChange, Source
from kvminbox.inbox.parallel import Plan
from kvminbox.inbox.problems import ReadCorpus, Reading
from kvminbox.inbox.window import SegmentReader, Window
from kvminbox.models import OnProblem
from kvminbox.safe import safe_text
from kvminbox.words import count_things


class Shard(ReadCorpus):
    """Some mails of a window that stand together in one epoch: a Corpus that can be pickled.

    It holds which mails it has, and where: they are read where it is asked, from the same
    path. A mail that its window deletes is in no shard, whichever shard the deletion
    would be in. Where the archive was rewritten meanwhile, what is gone is a mail that
    can't be read.

    Attributes:
        base: empty.
        tip: the last commit whose mail it has.
        name: the name of the inbox's directory.
        epoch: the number of the epoch.
        number: its place among the shards of that epoch, from 0.
    """

    base = ""

    def __init__(
        self, name: str, epoch: int, number: int, source: Source, changes: ChangeList,
        *, on_problem: OnProblem,
    ) -> None:  # fmt: skip
        super().__init__(on_problem)
        self.name = name
        self.epoch = epoch
        self.number = number
        self.tip: str = changes[len(changes) - 1].commit
        self._source = source
        self._changes = changes

    def __len__(self) -> int:
        """Return the number of its mails, those that can't be read included."""
        return len(self._changes)

    def __repr__(self) -> str:
        mails = count_things(len(self), "mail")
        words = f"{self.name} {self.epoch}:{self.number}, {mails}{self.left_out.note}"
        return safe_text(f"<Shard {words}>")

    @property
    def fingerprint(self) -> str:
        """A hash of which mails it has: equal for equal mails, in any process and on any day."""
        digest = hashlib.sha256()
        for change in self._changes:
            digest.update(f"{change.commit} {change.blob} {change.kind} {change.code}\n".encode())
        return digest.hexdigest()

    def _plan(self, reading: Reading) -> Plan:
        del reading
        reader = SegmentReader([(self.epoch, self._source)])
        steps = ((done, (0, change)) for done, change in enumerate(self._changes))
        return Plan(reader, steps, len(self))


def divide(window: Window, name: str, mails: int) -> Iterator[Shard]:
    """Yield the shards of a window, but those of which all mails are deleted or purged.

    A mail that is deleted leaves its place empty: else all later shards would change.
    """
    for epoch, source, brought in window._list_epochs():  # noqa: SLF001  # they are its pieces
        for number in count():
            places = list(islice(brought, mails))
            if not places:
                break
            shown = [change for change in places if change is not None]
            if shown:
                yield _make(window, name, epoch, number, source, shown)


def _make(
    window: Window, name: str, epoch: int, number: int, source: Source, shown: list[RawChange]
) -> Shard:
    changes = ChangeList()
    for change in reversed(shown):
        changes.append(change)
    return Shard(name, epoch, number, source, changes, on_problem=window.on_problem)
