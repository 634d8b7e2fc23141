"""Checksums of the rows that say what an epoch holds, and where it ends.

SQLite has no checksums of its pages. A byte that a disk changes turns a row into
another one that looks right: a mail that is none, or one from another year. The mails'
bytes have the hashes of git; these checksums are for the rows beside them.
"""

import struct
from collections.abc import Iterator
from itertools import starmap
from typing import Final
from zlib import crc32

from kvminbox.errors import IndexDamagedError
from kvminbox.index.database import Database
from kvminbox.index.rows import ENTRY, EntryRow

_NUMBERS: Final = struct.Struct("=qqqqqqq")
_NONE: Final = -(1 << 63)
_SMALL_TABLES: Final = (
    "SELECT id, name FROM inbox NOT INDEXED ORDER BY id",
    "SELECT id, inbox, number, path, tip FROM epoch NOT INDEXED ORDER BY id",
    "SELECT epoch, name, target FROM name ORDER BY epoch, name",
)


def compute_seal(entry: EntryRow) -> int:
    """Return the checksum of an entry: of which change it is, and of which message it is a copy."""
    numbers = _NUMBERS.pack(
        entry.epoch,
        entry.seq,
        _NONE if entry.seconds is None else entry.seconds,
        entry.change,
        entry.further,
        _NONE if entry.message is None else entry.message,
        entry.gone,
    )
    parents = b"-" if entry.parents is None else entry.parents
    blob = b"-" if entry.blob is None else entry.blob
    return crc32(numbers + b"%b,%b,%b" % (entry.oid, parents, blob))


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
        raise database.damaged("an entry is damaged")
    return entry


def check_epoch(database: Database, epoch: int) -> None:
    """Check all entries of an epoch.

    Raises:
        IndexDamagedError: one of them is damaged or missing, or the newest is not the tip.
    """
    sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? ORDER BY seq"
    newest = None
    with database.snapshot():
        for place, entry in enumerate(starmap(EntryRow, database.query(sql, (epoch,)))):
            newest = check_entry(database, entry)
            if newest.seq != place:
                raise database.damaged("an entry is missing")
        tip = database.value("SELECT tip FROM epoch WHERE id = ?", (epoch,))
        if tip != (newest and newest.oid):
            raise database.damaged("the newest commit is missing")


def check_epochs(database: Database) -> None:
    """Check the entries of all epochs, as `check_epoch`."""
    for (epoch,) in list(database.query("SELECT id FROM epoch NOT INDEXED")):
        check_epoch(database, epoch)


def find_broken_seals(database: Database) -> Iterator[str]:
    """Yield in words what is not as it was written."""
    for check in (check_seal, check_epochs):
        try:
            check(database)
        except IndexDamagedError as error:
            yield error.what


def read_entry(database: Database, epoch: int, seq: int) -> EntryRow:
    """Return the entry at a place, after a look at its seal."""
    sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq = ?"
    return check_entry(database, EntryRow(*database.needed_row(sql, (epoch, seq))))


def check_place(database: Database, epoch: int, seq: int, commit: str) -> None:
    """Check that a commit is where one of SQLite's own indexes has it.

    Raises:
        IndexDamagedError: another is.
    """
    if read_entry(database, epoch, seq).oid != bytes.fromhex(commit):
        raise database.damaged("a commit is not where it should be")


def write_seal(database: Database) -> None:
    """Seal the inboxes, epochs and names as they are; within the transaction that wrote them."""
    sql = "INSERT OR REPLACE INTO meta VALUES ('seal', ?)"
    database.execute(sql, (_compute_table_seal(database),))


def check_seal(database: Database) -> None:
    """Check that inboxes, epochs and names are what was written.

    Raises:
        IndexDamagedError: they are not.
    """
    with database.snapshot():
        seal = database.value("SELECT value FROM meta WHERE key = 'seal'")
        if seal != (_compute_table_seal(database) or None):
            raise database.damaged("what it says of its inboxes is damaged")


def _compute_table_seal(database: Database) -> int:
    """Return the checksum of the small tables; 0 where they are empty."""
    seal = 0
    for sql in _SMALL_TABLES:
        for row in database.query(sql):
            seal = crc32(repr(row).encode(), seal)
    return seal
