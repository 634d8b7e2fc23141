"""An index brought up to date with an inbox: only what is new is read.

Rows and the commit up to which they reach are written in one transaction. New
mails come in batches, each of which is a state that the archive once had; where
history was rewritten, old rows go and new ones come in one single transaction.
Whatever kills the process leaves the state after some batch.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from itertools import islice, starmap
from typing import Final

from kvminbox.archive import ChangeList, RawChange, Source
from kvminbox.errors import IndexLockedError
from kvminbox.inbox import Inbox
from kvminbox.index.add import Adder
from kvminbox.index.database import Database, to_storable
from kvminbox.index.erase import Eraser
from kvminbox.index.names import find_inbox_name
from kvminbox.index.plan import Plan, check_archive, check_copies, find_place, plan_epoch
from kvminbox.index.reader import READER
from kvminbox.index.reading import TASK_SIZE, Readers, Reading, Task, read_task
from kvminbox.index.rows import ENTRY, EntryRow
from kvminbox.index.seal import check_seal, write_seal
from kvminbox.index.spans import write_spans
from kvminbox.index.stored import name_change
from kvminbox.models import EpochUpdate, IndexUpdate, Progress

BATCH_TASKS: Final = 120
"""Tasks, of 80 mails each, that are written in one transaction."""

MANY: Final = 1000
"""Changes from which on it pays to start processes."""

_MERGED: Final = 8
"""Pages of the full text that an update writes again for each new mail, at most."""

_LEAST: Final = 64
"""New mails that an update counts as if it had them."""

_PAGES: Final = 512
"""Pages of it, of 4 kB, that are written again in one transaction."""

_UNREAD: Final = (
    f"SELECT {ENTRY} FROM epoch"
    " JOIN entry ON epoch.id = entry.epoch WHERE inbox = ?"
    " AND block IS NULL AND change IN (0, 4) AND code LIKE 'object-%'"
)


class Updater:
    """Brings one inbox of an index up to date."""

    def __init__(
        self, database: Database, inbox: Inbox, *, jobs: int, progress: Progress | None
    ) -> None:
        self._database = database
        self._inbox = inbox
        self._readers = Readers(jobs)
        self._progress = progress
        self._adder = Adder(database)
        self._eraser = Eraser(database)
        self._found = self._done = self._total = self._newest = 0

    def find_name(self, archives: Mapping[str, Mapping[int, str]]) -> str:
        """Return what the index calls the archive; `archives` has the paths of those it knows."""
        return find_inbox_name(self._database, archives, self._inbox)

    def run(self, name: str, *, accept_loss: bool) -> IndexUpdate:
        """Find what has changed since the last time, and write it."""
        check_seal(self._database)
        self._check_reader()
        name = to_storable(name)
        sql = "SELECT 1 FROM epoch JOIN inbox ON inbox.id = inbox WHERE name = ? AND tip NOTNULL"
        if self._database.value(sql, (name,)) is None:
            check_archive(self._inbox.sources.values())  # before it gets a row
        inbox = self._register(name)
        try:
            epochs = self._write_new(inbox, name, accept_loss=accept_loss)
        finally:
            self._readers.stop()
        unread = self._retry(inbox)
        self._tidy(inbox)
        self._merge_words(sum(epoch.added for epoch in epochs))
        self._report(0)
        return IndexUpdate(
            epochs=tuple(epochs),
            unread=unread,
            erased=self._erase(),
        )

    def _write_new(self, inbox: int, name: str, *, accept_loss: bool) -> list[EpochUpdate]:
        plans = deque(self._make_plans(inbox, accept_loss=accept_loss))
        if any(plan.keep < 0 for plan in plans):
            check_copies(self._database, inbox, plans, self._inbox.sources)
        self._total = sum(len(plan.changes) for plan in plans)
        sql = "SELECT max(number) FROM epoch WHERE inbox = ?"
        self._newest = self._database.value(sql, (inbox,))  # the archive may lack it now
        is_large = self._total > MANY
        if is_large:
            self._readers.start()
        found = []
        with self._database.large_cache() if is_large else nullcontext():
            while plans:  # each is dropped when it is done: for a million commits they take 49 MB
                plan = plans.popleft()
                self._apply(inbox, plan)
                found.append(_make_update(name, plan))
        return found

    def _check_reader(self) -> None:
        """Read all mails again if they were read by other rules when they were indexed."""
        if self._database.value("SELECT value FROM meta WHERE key = 'reader'") == READER:
            return
        with self._database.transaction():
            self._adder.read_all_again()
            self._database.execute("INSERT OR REPLACE INTO meta VALUES ('reader', ?)", (READER,))
            write_seal(self._database)

    def _register(self, name: str) -> int:
        """Return the inbox's row; the inbox and its epochs get rows if they have none."""
        found = self._database.value("SELECT id FROM inbox WHERE name = ?", (name,))
        numbers = {
            row[0]
            for row in self._database.query("SELECT number FROM epoch WHERE inbox = ?", (found,))
        }
        if found and numbers.issuperset(self._inbox.sources):
            return int(found)
        with self._database.transaction():
            self._database.execute("INSERT OR IGNORE INTO inbox(name) VALUES (?)", (name,))
            (found,) = self._database.needed_row("SELECT id FROM inbox WHERE name = ?", (name,))
            for number, source in self._inbox.sources.items():
                self._database.execute(
                    "INSERT OR IGNORE INTO epoch(inbox, number, path, merged) VALUES (?, ?, ?, 0)",
                    (found, number, find_place(source)),
                )
            write_seal(self._database)
        return int(found)

    def _epoch_row(self, inbox: int, number: int) -> int:
        sql = "SELECT id FROM epoch WHERE inbox = ? AND number = ?"
        (found,) = self._database.needed_row(sql, (inbox, number))
        return int(found)

    def _make_plans(self, inbox: int, *, accept_loss: bool) -> Iterator[Plan]:
        for number, source in self._inbox.sources.items():
            epoch = self._epoch_row(inbox, number)
            # of one state: another writer may move the tip away and back meanwhile, and then
            # what was kept of the state between would be taken for what this one has
            with self._database.snapshot():
                plan = plan_epoch(
                    self._database, epoch, number, source,
                    accept_loss=accept_loss, found=self._count_found,
                )  # fmt: skip
            if plan:
                yield plan

    def _count_found(self) -> None:
        """Count a change, and start the processes as soon as it pays: they import much."""
        self._found += 1
        if self._found == MANY + 1:
            self._readers.start()

    def _apply(self, inbox: int, plan: Plan) -> None:
        """Write what is new in one epoch: in batches, or all at once where they make no sense."""
        pending: deque[list[RawChange]] = deque()
        tasks = _make_tasks(plan, pending)
        tip, done = plan.before, 0
        with closing(self._readers.read(plan.source, tasks)) as readings:
            while done < len(plan.changes) or tip != plan.source.tip:
                with self._database.transaction():
                    self._check_tip(plan.epoch, tip)
                    blobs = self._remove(plan) if plan.removes else set()
                    for reading in readings if plan.is_whole else islice(readings, BATCH_TASKS):
                        changes = pending.popleft()
                        blobs |= self._add(plan, plan.keep + 1 + done, changes, reading)
                        done += len(changes)
                    tip = self._move_tip(plan, done)
                    self._adder.settle_deletions(inbox, blobs)

    def _check_tip(self, epoch: int, tip: str | None) -> None:
        found = self._database.value("SELECT tip FROM epoch WHERE id = ?", (epoch,))
        if (found.hex() if found else None) != tip:
            raise IndexLockedError(
                "another process updated it at the same time", where=self._database.path,
                cure="run the update again",
            )  # fmt: skip

    def _remove(self, plan: Plan) -> set[bytes]:
        """Take out what the archive no longer has; return the blobs that may be there again."""
        sql = "SELECT DISTINCT blob FROM entry WHERE epoch = ? AND seq > ? AND blob IS NOT NULL"
        blobs = {row[0] for row in self._database.query(sql, (plan.epoch, plan.keep))}
        self._eraser.remove_after(plan.epoch, plan.keep)
        return blobs

    def _add(
        self, plan: Plan, seq: int, changes: Sequence[RawChange], reading: Reading
    ) -> set[bytes]:
        """Add some changes; return the blobs that a deletion may concern."""
        self._adder.add(plan.epoch, seq, changes, plan.parents, reading)
        self._report(len(changes))
        # only in the newest epoch can no deletion have come before its mail
        later = plan.removes or plan.number != self._newest
        return {
            bytes.fromhex(change.blob)
            for change in changes
            if change.kind == "deletion" or (later and change.kind == "message")
        }

    def _move_tip(self, plan: Plan, done: int) -> str | None:
        """Write how far the epoch is indexed now, and return that commit."""
        is_last = done == len(plan.changes)
        tip = plan.source.tip if is_last else plan.changes[done - 1].commit
        self._database.execute(
            "UPDATE epoch SET tip = ?, path = ? WHERE id = ?",
            (bytes.fromhex(tip) if tip else None, find_place(plan.source), plan.epoch),
        )
        write_spans(self._database, plan.epoch)
        if plan.is_whole:  # else no merge comes or goes
            self._database.execute(
                "UPDATE epoch SET merged = EXISTS (SELECT 1 FROM entry"
                " WHERE entry.epoch = epoch.id AND length(parents) > 20) WHERE id = ?",
                (plan.epoch,),
            )
        if is_last:
            self._set_names(plan.epoch, plan.source.list_names())
        write_seal(self._database)
        return tip

    def _retry(self, inbox: int) -> int:
        """Read the mails that could not be read before; return how many changes still can't be."""
        entries = list(starmap(EntryRow, self._database.query(_UNREAD, (inbox,))))
        sources = {self._epoch_row(inbox, n): one for n, one in self._inbox.sources.items()}
        for entry in entries:
            if entry.epoch in sources and name_change(entry.change) == "message":
                self._retry_entry(entry, sources[entry.epoch])
        return len(list(self._database.query(_UNREAD, (inbox,)))) if entries else 0

    def _retry_entry(self, entry: EntryRow, source: Source) -> None:
        blob = entry.blob or b""
        reading = read_task(source.read_blob, Task(source.path, ((blob.hex(), entry.seconds),)))
        if reading.blocks:
            with self._database.transaction():
                self._adder.fill(entry.epoch, entry.seq, blob, reading)

    def _tidy(self, inbox: int) -> None:
        """Bring names up to date, and join small blocks, where there is something to do."""
        for number, source in self._inbox.sources.items():
            epoch = self._epoch_row(inbox, number)
            names = source.list_names()
            sql = "SELECT name, target FROM name WHERE epoch = ?"
            if names != {name: one.hex() for name, one in self._database.query(sql, (epoch,))}:
                with self._database.transaction():
                    self._set_names(epoch, names)
                    write_seal(self._database)
        if self._eraser.has_small_blocks():
            with self._database.transaction():
                self._eraser.join_small_blocks()

    def _merge_words(self, added: int) -> None:
        """Make few pieces of the many that the full text was written in.

        Some pages are written for each new mail, so that an update of a few takes no longer
        with a million behind it; a build goes on until nothing is left to do.
        """
        for _ in range(0, _MERGED * (added + _LEAST), _PAGES):
            with self._database.transaction():
                if not self._database.merge_words(_PAGES):
                    return

    def _set_names(self, epoch: int, names: dict[str, str]) -> None:
        """Store the names of an epoch's commits, instead of those before."""
        self._database.execute("DELETE FROM name WHERE epoch = ?", (epoch,))
        self._database.execute_many(
            "INSERT INTO name VALUES (?, ?, ?)",
            [(epoch, name, bytes.fromhex(commit)) for name, commit in names.items()],
        )

    def _erase(self) -> bool:
        """Empty the log; false where something was taken out that is still in it."""
        sql = "SELECT value FROM meta WHERE key = 'erase'"
        if self._database.truncate_log():
            if self._database.value(sql):
                with self._database.transaction():
                    self._database.execute("DELETE FROM meta WHERE key = 'erase'")
                    write_seal(self._database)
            return True
        return not self._database.value(sql)

    def _report(self, count: int) -> None:
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)


def _make_tasks(plan: Plan, pending: deque[list[RawChange]]) -> Iterator[Task]:
    """Yield the tasks of a plan; the changes of each go into `pending`."""
    for changes in _cut(plan.changes):
        pending.append(changes)
        mails = ((each.blob, each.seconds) for each in changes if each.kind == "message")
        yield Task(plan.source.path, tuple(mails))


def _cut(changes: ChangeList) -> Iterator[list[RawChange]]:
    """Cut changes into pieces of as many mails as a task has; no cut is within a commit."""
    piece: list[RawChange] = []
    mails = 0
    for change in changes:
        if mails >= TASK_SIZE and not change.further:
            yield piece
            piece, mails = [], 0
        piece.append(change)
        mails += change.kind == "message"
    if piece:
        yield piece


def _make_update(name: str, plan: Plan) -> EpochUpdate:
    return EpochUpdate(
        inbox=name,
        epoch=plan.number,
        before=plan.before,
        after=plan.source.tip,
        added=len(plan.changes),
        removed=plan.removed,
    )
