"""What is new in an index since a mark, whatever became of its archives meanwhile."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import starmap
from typing import Final, NamedTuple

from kvminbox.archive import read_time
from kvminbox.inbox.parallel import Plan
from kvminbox.inbox.problems import ReadCorpus, Reading
from kvminbox.index.database import Database, to_storable
from kvminbox.index.lookup import Lookup
from kvminbox.index.rows import ENTRY, EntryRow
from kvminbox.index.seal import check_entry, check_epoch, check_seal
from kvminbox.index.stored import name_change
from kvminbox.models import AnyMessage, EpochMark, Hit, IndexMark, OnProblem
from kvminbox.safe import safe_text
from kvminbox.words import count_things

# coalesce keeps SQLite from using its indexes: a damaged one must not hide the place
_COMMIT: Final = (
    "SELECT max(seq) FROM entry WHERE epoch = ? AND oid = ?",
    "SELECT max(seq) FROM entry WHERE epoch = ? AND coalesce(oid, 0) = ?",
)
_MAIL: Final = (
    "SELECT max(seq) FROM entry WHERE epoch = ? AND blob = ?",
    "SELECT max(seq) FROM entry WHERE epoch = ? AND coalesce(blob, 0) = ?",
)


class NewMails(ReadCorpus):
    """The mails that came into an index since a mark: a Corpus, the first to arrive first.

    A mail that went to several lists comes once, when the first of them has it, and with the entry
    of that copy. Which mails these are was found when they were asked for, and is what `mark`
    says, so that nothing is lost if the index is updated meanwhile; each is read when its turn
    comes.

    Attributes:
        mark: how far the index had got then: where the next time goes on.
        base: when the last mail before them arrived, or the date that was given.
        tip: `HEAD`.
    """

    tip = "HEAD"

    def __init__(
        self,
        lookup: Lookup,
        steps: Iterable[tuple[int, ...]],
        *,
        base: str,
        mark: IndexMark,
        on_problem: OnProblem = "raise",
    ) -> None:
        super().__init__(on_problem)
        self.base = base
        self.mark = mark
        self._lookup = lookup
        self._steps = tuple(steps)

    def __len__(self) -> int:
        """Return the number of mails, those that can't be read among them."""
        return len(self._steps)

    def __iter__(self) -> Iterator[AnyMessage]:
        """Yield the mails, as `messages()` does."""
        return iter(self.messages())

    def __repr__(self) -> str:
        note = self.left_out.note
        since = f"since {self.base}, " if self.base else ""
        return safe_text(f"<NewMails {since}{count_things(len(self), 'mail')}{note}>")

    def _repr_html_(self) -> str:
        """Return a card: how many mails came."""
        from kvminbox.cards.corpora import show_corpus  # only a notebook asks

        return show_corpus(self, "new mails")

    @property
    def lists(self) -> Mapping[str, datetime | None]:
        """The List-Id of each inbox of the index, the commonest one of its mails, and its end."""
        return self._lookup.find_lists()

    def _plan(self, reading: Reading) -> Plan:
        del reading
        return Plan(self._lookup, enumerate(self._steps), len(self._steps))

    def hits(self, last: int | None = None) -> Iterator[Hit]:
        """Yield the mails with their copies, as a search does, each read whole.

        Args:
            last: only so many, those that arrived last; None for all.
        """
        reading = self._begin(None)
        for step in self._steps if last is None else self._steps[max(len(self) - last, 0) :]:
            if len(step) == 1:
                yield Hit(message=self._lookup.read(step[0]), copies=self._lookup.copies(step[0]))
            else:
                reading.leave_out(*self._lookup.read_failure(step))
        self._end(reading)


class _Old(NamedTuple):
    """Which entries of an epoch are old: up to a place, or those that came before a time."""

    seq: int | None = None
    seconds: int | None = None
    is_added: bool = False
    """Whether the epoch was not in the index then, so that none of its mails was."""

    def has(self, entry: EntryRow) -> bool:
        """Whether an entry is old."""
        if self.seq is not None:
            return entry.seq <= self.seq
        return self.seconds is not None and (entry.seconds or 0) < self.seconds


def make_mark(database: Database) -> IndexMark:
    """Return how far an index has got."""
    with database.snapshot():
        return IndexMark(
            epochs=tuple(_mark_epoch(database, *row) for row in _list_epochs(database)),
            unread=tuple(_list_unread(database)),
        )


def make_mark_at(database: Database, epoch: int, commit: str) -> IndexMark:
    """Return how far an index had got when a commit was the last one of its inbox.

    Of the other inboxes nobody knows which mails the index had then: it goes by the time at which
    the commit arrived.
    """
    with database.snapshot():
        rows = _list_epochs(database)
        own, last, *_ = next(row for row in rows if row[2] == epoch)
        place = next(
            seq for sql in _COMMIT for seq in [database.value(sql, (epoch, bytes.fromhex(commit)))]
            if seq is not None
        )  # fmt: skip
        sql = (
            f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq <= ? AND seconds NOT NULL"
            " ORDER BY seq DESC LIMIT 1"
        )
        row = database.row(sql, (epoch, place))
        arrived = read_time(check_entry(database, EntryRow(*row)).seconds) if row else None
        marks: list[EpochMark] = []
        for inbox, number, one, tip in rows:
            if inbox != own:
                marks.append(EpochMark(inbox=inbox, epoch=number, commit="", arrived=arrived))
            elif number <= last:  # a later one is new as a whole
                at = (bytes.fromhex(commit), place) if one == epoch else (tip, None)
                marks.append(_mark_epoch(database, inbox, number, one, *at))
        return IndexMark(epochs=tuple(marks), unread=tuple(_list_unread(database)))


def _list_epochs(database: Database) -> list[tuple[str, int, int, bytes]]:
    """Return the epochs that have mails: inbox, number, row, and the last commit."""
    check_seal(database)
    sql = (
        "SELECT name, number, epoch.id, tip FROM inbox NOT INDEXED"
        " JOIN epoch NOT INDEXED ON inbox.id = inbox WHERE tip NOT NULL ORDER BY name, number"
    )
    return [(str(name), int(number), int(row), tip)
            for name, number, row, tip in database.query(sql)]  # fmt: skip


def _mark_epoch(
    database: Database, inbox: str, number: int, epoch: int, tip: bytes, seq: int | None = None
) -> EpochMark:
    """Return the mark of an epoch of which a commit is the last; `seq` is its place, None: all."""
    sql = (
        f"SELECT {ENTRY} FROM entry WHERE epoch = ?1 AND (?2 IS NULL OR seq <= ?2) AND change = 0"
        " AND blob NOT NULL ORDER BY seq DESC LIMIT 1"
    )
    row = database.row(sql, (epoch, seq))
    last = check_entry(database, EntryRow(*row)) if row else None
    return EpochMark(
        inbox=inbox,
        epoch=number,
        commit=tip.hex(),
        blob=(last.blob or b"").hex() if last else "",
        arrived=read_time(last.seconds) if last else None,
    )


def _list_unread(database: Database) -> Iterator[str]:
    sql = (
        f"SELECT {ENTRY} FROM entry WHERE block IS NULL AND change IN (0, 4)"
        " AND code LIKE 'object-%' AND NOT gone ORDER BY epoch, seq"
    )
    for entry in starmap(EntryRow, list(database.query(sql))):
        yield check_entry(database, entry).oid.hex()


def find_new(
    database: Database, mark: IndexMark | None, begin: int | None = None
) -> list[tuple[int, ...]]:
    """Return what is new since a mark, or since a time, by the time at which it arrived.

    A step is a message's row; of what can't be read it is the place of the entry.
    """
    with database.snapshot():
        old = _find_old(database, mark, begin)
        unread = {bytes.fromhex(commit) for commit in mark.unread} if mark else set[bytes]()
        found: dict[tuple[int, ...], int | None] = {}
        for entry in _list_new(database, old, unread):
            step = entry.place if entry.message is None else (entry.message,)
            if entry.message is None:
                found[step] = entry.seconds or 0
            elif step not in found:
                found[step] = _find_arrival(database, entry.message, old, unread)
        new = {step: seconds for step, seconds in found.items() if seconds is not None}
        return sorted(new, key=lambda step: (new[step], step))


def _find_old(database: Database, mark: IndexMark | None, begin: int | None) -> dict[int, _Old]:
    """Return what is old of each epoch, by its row."""
    check_seal(database)
    rows = list(database.query(
        "SELECT epoch.id, name, number FROM inbox NOT INDEXED"
        " JOIN epoch NOT INDEXED ON inbox.id = inbox WHERE tip NOT NULL"
    ))  # fmt: skip
    if mark is None:
        return dict.fromkeys((epoch for epoch, _, _ in rows), _Old(seconds=begin))
    marks = {(to_storable(one.inbox), one.epoch): one for one in mark.epochs}
    newest: dict[str, int] = {}
    for inbox, number in marks:
        newest[inbox] = max(number, newest.get(inbox, number))
    # of an inbox that was added since, what arrived since is new, and not its history
    arrived = [int(one.arrived.timestamp()) for one in mark.epochs if one.arrived]
    otherwise = _Old(seconds=max(arrived) + 1 if arrived else None, is_added=True)
    old: dict[int, _Old] = {}
    for epoch, inbox, number in rows:
        known = marks.get((inbox, number))
        if known:
            old[epoch] = _find_mark(database, epoch, known)
        else:
            old[epoch] = _Old() if number > newest.get(inbox, number) else otherwise
    return old


def _find_mark(database: Database, epoch: int, mark: EpochMark) -> _Old:
    """Return what was there when a mark was made, of an epoch that may be another one now."""
    for statements, value in ((_COMMIT, mark.commit), (_MAIL, mark.blob)):
        for sql in statements if value else ():
            seq = database.value(sql, (epoch, bytes.fromhex(value)))
            if seq is not None:
                return _Old(seq=int(seq))
    return _Old(seconds=int(mark.arrived.timestamp()) + 1 if mark.arrived else None)


def _list_new(database: Database, old: dict[int, _Old], unread: set[bytes]) -> Iterator[EntryRow]:
    """Yield the entries that bring a mail which is not old, or could not be read before."""
    for epoch, before in old.items():
        for entry in check_epoch(database, epoch, after=before.seq):
            brings = name_change(entry.change) in ("message", "problem") and not entry.gone
            if brings and not before.has(entry):
                yield entry
        for commit in unread if before.seq is not None else ():
            sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND oid = ? AND seq <= ?"
            for row in list(database.query(sql, (epoch, commit, before.seq))):
                entry = check_entry(database, EntryRow(*row))
                if entry.message is not None and not entry.gone:
                    yield entry


def _find_arrival(
    database: Database, message: int, old: dict[int, _Old], unread: set[bytes]
) -> int | None:
    """Return when a mail first arrived; None if it was there before, in whichever inbox."""
    sql = f"SELECT {ENTRY} FROM entry WHERE message = ?"
    copies = [check_entry(database, EntryRow(*row)) for row in database.query(sql, (message,))]
    if any(
        old[copy.epoch].has(copy) and not old[copy.epoch].is_added and copy.oid not in unread
        for copy in copies
    ):
        return None
    return min(copy.seconds or 0 for copy in copies if not copy.gone)
