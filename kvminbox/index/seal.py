"""Checksums of the rows that lead to answers.

SQLite has no checksums of its pages. A byte that a disk changes turns a row into
another one that looks right: a mail that is none, or one from another year. The mails'
bytes have the hashes of git; these checksums are for the rows beside them. A text in
`identifier` or `list` needs none: its table and SQLite's own index of it hold it twice.
"""

import struct
from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import Final, NamedTuple
from zlib import crc32

from kvminbox.index.database import Database, Row
from kvminbox.index.rows import (
    ENTRY,
    MESSAGE,
    EntryRow,
    FactRow,
    GroupedRow,
    GroupingRow,
    KeptRow,
    MessageRow,
    PersonRow,
    SpanRow,
)

_NUMBERS: Final = struct.Struct("=qqqqqqqqq?")
_MESSAGE: Final = struct.Struct("=qqqqqqqqq")
_NONE: Final = -(1 << 63)
_SMALL_TABLES: Final = (
    "SELECT id, name FROM inbox NOT INDEXED ORDER BY id",
    "SELECT id, inbox, number, path, tip, merged FROM epoch NOT INDEXED ORDER BY id",
    "SELECT epoch, name, target FROM name ORDER BY epoch, name",
    "SELECT key, value FROM meta WHERE key <> 'seal' ORDER BY key",
)


def compute_seal(entry: EntryRow) -> int:
    """Return the checksum of an entry: of all but where the mail's bytes are."""
    numbers = _NUMBERS.pack(
        entry.epoch,
        entry.seq,
        _NONE if entry.seconds is None else entry.seconds,
        entry.change,
        entry.further,
        _NONE if entry.size is None else entry.size,
        _NONE if entry.message is None else entry.message,
        _NONE if entry.list is None else entry.list,
        entry.gone,
        entry.block is None,
    )
    parents = b"-" if entry.parents is None else entry.parents
    blob = b"-" if entry.blob is None else entry.blob
    seal = crc32(numbers + b"%b,%b,%b" % (entry.oid, parents, blob))
    if entry.code is not None or entry.trouble is not None:
        seal = crc32(repr((entry.code, entry.trouble)).encode(), seal)
    return seal


def seal_entry(entry: EntryRow) -> EntryRow:
    """Return an entry with the seal that belongs to it."""
    return entry._replace(seal=compute_seal(entry))


def check_entry(database: Database, entry: EntryRow) -> EntryRow:
    """Return an entry whose seal is its own.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    try:
        is_sound = compute_seal(entry) == entry.seal
    except (struct.error, TypeError):  # a damaged column may be of any type
        is_sound = False
    if not is_sound:
        where = f"row with epoch = {entry.epoch!a}, seq = {entry.seq!a}"
        raise database.damaged(f"an entry is damaged (table `entry`, {where})")
    return entry


def check_epoch(database: Database, epoch: int, after: int | None = None) -> Iterator[EntryRow]:
    """Yield the entries of an epoch in order, each after a look at its seal.

    Those up to the place `after`, which there must be, are left out, but for that one.

    Raises:
        IndexDamagedError: one of them is damaged or missing, or the newest is not the tip.
    """
    sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq >= ? ORDER BY seq"
    newest, first = None, after or 0
    with database.snapshot():
        rows = starmap(EntryRow, database.query(sql, (epoch, first)))
        for place, entry in enumerate(rows, start=first):
            newest = check_entry(database, entry)
            if newest.seq != place:
                raise database.damaged("an entry is missing")
            yield entry
        tip = database.value("SELECT tip FROM epoch WHERE id = ?", (epoch,))
        if tip != (newest and newest.oid):
            raise database.damaged("the newest commit is missing")


def check_epochs(database: Database) -> Iterator[EntryRow]:
    """Yield the entries of all epochs, as `check_epoch`."""
    for (epoch,) in list(database.query("SELECT id FROM epoch NOT INDEXED")):
        yield from check_epoch(database, epoch)


def read_entry(database: Database, epoch: int, seq: int) -> EntryRow:
    """Return the entry at a place, after a look at its seal."""
    sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq = ?"
    return check_entry(database, EntryRow(*database.needed_row(sql, (epoch, seq))))


def check_place(database: Database, epoch: int, seq: int, commit: str) -> EntryRow:
    """Return the entry of a commit, which is where one of SQLite's own indexes has it.

    Raises:
        IndexDamagedError: another is.
    """
    entry = read_entry(database, epoch, seq)
    if entry.oid != bytes.fromhex(commit):
        raise database.damaged("a commit is not where it should be")
    return entry


class SealedMessage(NamedTuple):
    """The row of a message with the numbers of its Message-IDs, as the seal covers them."""

    row: MessageRow
    own_text: str
    references_text: str

    @property
    def own(self) -> list[int]:
        """The numbers of those that it has, the lowest first."""
        return _split(self.own_text)

    @property
    def references(self) -> list[int]:
        """The numbers of those that it refers to, the lowest first."""
        return _split(self.references_text)


def seal_message(row: MessageRow, own: Iterable[int], references: Iterable[int]) -> MessageRow:
    """Return the row of a message with the seal that belongs to it and to its Message-IDs."""
    return row._replace(seal=_compute_message_seal(row, _join(own), _join(references)))


def _join(numbers: Iterable[int]) -> str:
    return ",".join(map(str, sorted(set(numbers))))


def _compute_message_seal(row: MessageRow, own: str, references: str) -> int:
    """Return the checksum of a message: of all but how many of its copies are shown."""
    numbers = _MESSAGE.pack(
        row.id,
        row.epoch,
        row.seq,
        row.received,
        row.sent,
        row.size,
        _NONE if row.revision is None else row.revision,
        _NONE if row.counter is None else row.counter,
        _NONE if row.total is None else row.total,
    )
    texts = f"{own};{references};{row.kind};{row.change_id}".encode("utf-8", "backslashreplace")
    return crc32(b"%b%b%b,%b" % (numbers, texts, row.content, row.patch_id or b"-"))


# ordered for SQLite by its index of each table, whose rows hold the message and then the number
_SEALED: Final = (
    f"SELECT {MESSAGE},"
    " (SELECT group_concat(identifier) FROM message_identifier WHERE message = message.id),"
    " (SELECT group_concat(identifier) FROM reference WHERE message = message.id) FROM message"
)
SEALED_MESSAGE: Final = f"{_SEALED} WHERE message.id = ?"
"""What to select for `open_message`."""

SEALED_MESSAGES: Final = f"{_SEALED} WHERE message.id IN"
"""The same of several; what stands in the brackets is to follow."""


def open_message(database: Database, values: Row) -> SealedMessage:
    """Return what `SEALED_MESSAGE` selected, after a look at the seal.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    row = MessageRow._make(values[:-2])
    own, references = values[-2] or "", values[-1] or ""
    try:
        # `shown` is in no seal: deletions change it; but a damaged column may be of any type
        is_sound = _compute_message_seal(row, own, references) == row.seal and row.shown >= 0
    except (struct.error, TypeError):
        is_sound = False
    if not is_sound:
        raise database.damaged(f"the row of a message is damaged (table `message`, id {row.id!a})")
    return SealedMessage(row, own, references)


def _split(numbers: str) -> list[int]:
    return [int(number) for number in numbers.split(",")] if numbers else []


def seal_fact(fact: FactRow, blob: bytes | None) -> FactRow:
    """Return the facts of a mail with the seal that belongs to them and to the mail."""
    return fact._replace(seal=_compute_fact_seal(fact, blob))


def _compute_fact_seal(fact: FactRow, blob: bytes | None) -> int:
    place = b"%d,%d,%b," % (fact.epoch, fact.seq, blob or b"")
    return crc32(f"{fact.people}{fact.ids}{fact.value}".encode(), crc32(place))


def check_fact(database: Database, fact: FactRow, blob: bytes | None) -> FactRow:
    """Return the facts of a mail whose seal is their own.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    try:
        is_sound = _compute_fact_seal(fact, blob) == fact.seal
    except TypeError:
        is_sound = False
    if not is_sound:
        where = f"row with epoch = {fact.epoch!a}, seq = {fact.seq!a}"
        raise database.damaged(f"the facts of a mail are damaged (table `fact`, {where})")
    return fact


def seal_person(person: PersonRow) -> PersonRow:
    """Return a mailbox with the seal that belongs to it."""
    return person._replace(seal=crc32(repr(person[:-1]).encode()))


def check_person(database: Database, person: PersonRow) -> PersonRow:
    """Return a mailbox whose seal is its own.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    if seal_person(person) != person:
        raise database.damaged(f"a mailbox is damaged (table `person`, id {person.id!a})")
    return person


def seal_span(span: SpanRow) -> SpanRow:
    """Return a span of entries with the seal that belongs to it."""
    return span._replace(seal=crc32(repr(span[:-1]).encode()))


def check_span(database: Database, span: SpanRow) -> SpanRow:
    """Return a span of entries whose seal is its own.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    if seal_span(span) != span:
        where = f"epoch {span.epoch!a}, number {span.number!a}"
        raise database.damaged(f"a span of entries is damaged (table `span`, {where})")
    return span


def seal_kept(kept: KeptRow) -> KeptRow:
    """Return a kept result with the seal that belongs to it."""
    return kept._replace(seal=crc32(repr(kept[:-1]).encode()))


def is_kept_sound(kept: KeptRow) -> bool:
    """Whether a kept result has its own seal; one that has another's can be found again."""
    return seal_kept(kept) == kept


def seal_grouping(grouping: GroupingRow) -> GroupingRow:
    """Return what was grouped when, with the seal that belongs to it."""
    return grouping._replace(seal=crc32(repr(grouping[:-1]).encode()))


def seal_grouped(grouped: GroupedRow) -> GroupedRow:
    """Return the row of a view with the seal that belongs to it."""
    return grouped._replace(seal=crc32(repr(grouped[:-1]).encode()))


def write_seal(database: Database) -> None:
    """Seal the small tables as they are; within the transaction that wrote them."""
    sql = "INSERT OR REPLACE INTO meta VALUES ('seal', ?)"
    database.execute(sql, (_compute_table_seal(database),))


def check_seal(database: Database) -> None:
    """Check that inboxes, epochs, names and `meta` are what was written.

    Raises:
        IndexDamagedError: they are not.
    """
    with database.snapshot():
        seal = database.value("SELECT value FROM meta WHERE key = 'seal'")
        if seal != (_compute_table_seal(database) or None):
            raise database.damaged(
                "what it says of its inboxes is damaged (table `inbox`, `epoch`, `name` or `meta`)"
            )


def _compute_table_seal(database: Database) -> int:
    """Return the checksum of the small tables; 0 where they are empty."""
    seal = 0
    for sql in _SMALL_TABLES:
        for row in database.query(sql):
            seal = crc32(repr(row).encode(), seal)
    return seal
