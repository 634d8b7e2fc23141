"""Checksums of the rows that say what an epoch holds, and where it ends.

SQLite keeps none of its pages. A byte that a disk changes makes another row of a
row, with nothing wrong about it: a mail that is none, or came in another year. The
mails' bytes have the hashes of git; these are for what stands beside them.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple
from zlib import crc32

from kvminbox.errors import IndexDamagedError
from kvminbox.index.database import Database, Row

SEALED: Final = "entry.epoch, seq, oid, parents, seconds, change, further, blob, message, gone"
"""The columns of `entry` under its seal, in the order in which they are sealed."""

_NUMBERS: Final = struct.Struct("=qqqqqqq")
_NONE: Final = -(1 << 63)
_SMALL_TABLES: Final = (
    "SELECT id, name FROM inbox NOT INDEXED ORDER BY id",
    "SELECT id, inbox, number, path, tip FROM epoch NOT INDEXED ORDER BY id",
    "SELECT epoch, name, target FROM name ORDER BY epoch, name",
)


class EntryRow(NamedTuple):
    """An entry's columns under its seal, and the seal, as docs/index-file.md tells of them."""

    epoch: int
    seq: int
    oid: bytes
    parents: bytes | None
    seconds: int | None
    change: int
    further: int
    blob: bytes | None
    message: int | None
    gone: int
    seal: int


WIDTH: Final = len(EntryRow._fields)


def seal_entry(row: Row) -> int:
    """Give the checksum of an entry's sealed columns."""
    epoch, seq, oid, parents, seconds, change, further, blob, message, gone = row
    seconds = _NONE if seconds is None else seconds
    message = _NONE if message is None else message
    numbers = _NUMBERS.pack(epoch, seq, seconds, change, further, message, gone)
    texts = (oid, b"-" if parents is None else parents, b"-" if blob is None else blob)
    return crc32(numbers + b"%b,%b,%b" % texts)


def check_entry(database: Database, row: Row) -> EntryRow:
    """Give an entry from a row that begins with its sealed columns and its seal.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    found = EntryRow(*row[:WIDTH])
    try:
        is_sound = seal_entry(found[:-1]) == found.seal
    except (struct.error, TypeError):  # a damaged column may be of any type
        is_sound = False
    if not is_sound:
        raise database.damaged("an entry is damaged")
    return found


def check_epoch(database: Database, epoch: int) -> None:
    """Look at all entries of an epoch.

    Raises:
        IndexDamagedError: one of them is damaged or missing, or the newest is not the tip.
    """
    sql = f"SELECT {SEALED}, seal FROM entry WHERE epoch = ? ORDER BY seq"
    newest = None
    with database.snapshot():
        for place, row in enumerate(database.query(sql, (epoch,))):
            newest = check_entry(database, row)
            if newest.seq != place:
                raise database.damaged("an entry is missing")
        tip = database.value("SELECT tip FROM epoch WHERE id = ?", (epoch,))
        if tip != (newest and newest.oid):
            raise database.damaged("the newest commit is missing")


def check_epochs(database: Database) -> None:
    """Look at the entries of all epochs, as `check_epoch`."""
    for row in list(database.query("SELECT id FROM epoch NOT INDEXED")):
        check_epoch(database, row[0])


def find_broken_seals(database: Database) -> Iterator[str]:
    """Give in words what is not as it was written."""
    for check in (check_seal, check_epochs):
        try:
            check(database)
        except IndexDamagedError as error:
            yield error.what


def read_sealed(database: Database, epoch: int, seq: int) -> EntryRow:
    """Give the entry at a place."""
    sql = f"SELECT {SEALED}, seal FROM entry WHERE epoch = ? AND seq = ?"
    return check_entry(database, database.needed_row(sql, (epoch, seq)))


def check_place(database: Database, epoch: int, seq: int, commit: str) -> None:
    """See that a commit is where one of SQLite's own indexes has it.

    Raises:
        IndexDamagedError: another is.
    """
    if read_sealed(database, epoch, seq).oid != bytes.fromhex(commit):
        raise database.damaged("a commit is not where it should be")


def write_seal(database: Database) -> None:
    """Seal the inboxes, epochs and names as they are; within the transaction that wrote them."""
    sql = "INSERT OR REPLACE INTO meta VALUES ('seal', ?)"
    database.execute(sql, (_compute_seal(database),))


def check_seal(database: Database) -> None:
    """See that inboxes, epochs and names are what was written.

    Raises:
        IndexDamagedError: they are not.
    """
    with database.snapshot():
        seal = database.value("SELECT value FROM meta WHERE key = 'seal'")
        if seal != (_compute_seal(database) or None):
            raise database.damaged("what it says of its inboxes is damaged")


def _compute_seal(database: Database) -> int:
    """Give the checksum of the small tables; 0 where they are empty."""
    seal = 0
    for sql in _SMALL_TABLES:
        for row in database.query(sql):
            seal = crc32(repr(row).encode(), seal)
    return seal
