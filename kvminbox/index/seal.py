"""Checksums of the rows that say what an epoch holds, and where it ends.

SQLite keeps none of its pages. A byte that a disk changes makes another row of a
row, with nothing wrong about it: a mail that is none, or came in another year. The
mails' bytes have the hashes of git; these are for what stands beside them.
"""

import struct
from typing import Final
from zlib import crc32

from kvminbox.index.database import Database, Row

SEALED: Final = "epoch, seq, oid, parents, seconds, change, further, blob"
"""The columns of `entry` that never change, in the order in which they are sealed."""

_NUMBERS: Final = struct.Struct("=qqqqq")
_NO_SECONDS: Final = -(1 << 63)
_SMALL_TABLES: Final = (
    "SELECT id, name FROM inbox NOT INDEXED ORDER BY id",
    "SELECT id, inbox, number, path, tip FROM epoch NOT INDEXED ORDER BY id",
    "SELECT epoch, name, target FROM name ORDER BY epoch, name",
)


def seal_entry(row: Row) -> int:
    """Give the checksum of an entry's sealed columns."""
    epoch, seq, oid, parents, seconds, change, further, blob = row
    numbers = (epoch, seq, _NO_SECONDS if seconds is None else seconds, change, further)
    texts = (oid, b"-" if parents is None else parents, b"-" if blob is None else blob)
    return crc32(_NUMBERS.pack(*numbers) + b"%b,%b,%b" % texts)


def check_entry(database: Database, row: Row) -> Row:
    """Give the sealed columns of an entry, which its seal follows.

    Raises:
        IndexDamagedError: the seal is another's.
    """
    sealed, seal = row[:8], row[8]
    try:
        is_sound = seal_entry(sealed) == seal
    except (struct.error, TypeError):  # a damaged column may be of any type
        is_sound = False
    if not is_sound:
        raise database.damaged("an entry is damaged")
    return sealed


def read_sealed(database: Database, epoch: int, seq: int) -> Row:
    """Give the sealed columns of the entry at a place."""
    sql = f"SELECT {SEALED}, seal FROM entry WHERE epoch = ? AND seq = ?"
    return check_entry(database, database.needed_row(sql, (epoch, seq)))


def check_place(database: Database, epoch: int, seq: int, commit: str) -> None:
    """See that a commit is where one of SQLite's own indexes has it.

    Raises:
        IndexDamagedError: another is.
    """
    if read_sealed(database, epoch, seq)[2] != bytes.fromhex(commit):
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
