"""Changes of an epoch and the mails they bring, added as rows; in a transaction of the caller."""

from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import Final

from kvminbox.archive import RawChange
from kvminbox.index.blocks import BlockReader
from kvminbox.index.database import Database
from kvminbox.index.grouped import drop_rows
from kvminbox.index.messages import IN_ORDER, WITH_INBOX, Batch, Messages
from kvminbox.index.reading import Reading, ReadMail, Unreadable
from kvminbox.index.rows import ENTRY, EntryRow, Place, insert_into, update_entry
from kvminbox.index.seal import check_entry, read_entry, seal_entry
from kvminbox.index.stored import name_change
from kvminbox.models import CHANGES

_INSERT_ENTRY: Final = insert_into("entry", EntryRow._fields)


class Adder:
    """Adds entries, and what their mails hold."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._messages = Messages(database, BlockReader(database))

    def add(
        self,
        epoch: int,
        seq: int,
        changes: Sequence[RawChange],
        parents: dict[str, bytes],
        reading: Reading,
    ) -> None:
        """Add changes of an epoch, from a place in it on, with the mails that were read."""
        blocks = self._add_blocks(reading)
        batch = self._messages.start_batch()
        mails = iter(reading.mails)
        entries = []
        for place, change in enumerate(changes, seq):
            is_mail = change.kind == "message"
            mail = next(mails) if is_mail else Unreadable(change.code, change.text)
            entry = _make_entry(Place(epoch, place), change, parents.get(change.commit))
            entries.append(seal_entry(self._place_mail(entry, mail, blocks, batch)))
        self._messages.write(batch)
        self._database.execute_many(_INSERT_ENTRY, entries)
        self._settle_sources(batch)

    def fill(self, epoch: int, seq: int, blob: bytes, reading: Reading) -> None:
        """Add the mail of an entry that could not be read before, if it is still so."""
        unread = "SELECT inbox FROM entry JOIN epoch ON epoch.id = epoch WHERE block IS NULL"
        inbox = self._database.value(
            f"{unread} AND epoch = ? AND seq = ? AND blob = ?", (epoch, seq, blob)
        )
        if inbox is None:
            return  # another process was quicker
        blocks = self._add_blocks(reading)
        batch = self._messages.start_batch()
        before = read_entry(self._database, epoch, seq)
        after = self._place_mail(before, reading.mails[0], blocks, batch)
        self._messages.write(batch)
        self._rewrite(before, after._replace(gone=0))
        self._settle_sources(batch)
        self.settle_deletions(inbox, [blob])
        drop_rows(self._database)  # they were made without this mail

    def _add_blocks(self, reading: Reading) -> list[int]:
        sql = "INSERT INTO block(size, data) VALUES (?, ?)"
        return [self._database.insert(sql, block) for block in reading.blocks]

    def _place_mail(
        self, entry: EntryRow, mail: ReadMail | Unreadable, blocks: list[int], batch: Batch
    ) -> EntryRow:
        """Return an entry with its mail's place and message, or with why it can't be read."""
        if isinstance(mail, Unreadable):
            return entry._replace(code=mail.code or None, trouble=mail.text or None)
        self._messages.add_facts(entry, mail.extract.facts, batch)
        return entry._replace(
            code=None,
            trouble=None,
            block=blocks[mail.block],
            start=mail.start,
            size=mail.size,
            message=self._messages.add(entry.place, mail.size, mail.extract, batch),
            list=self._messages.number_list(mail.extract.list_id),
        )

    def _settle_sources(self, batch: Batch) -> None:
        for message in dict.fromkeys(batch.again):
            self._messages.settle_source(message)

    def _rewrite(self, before: EntryRow, after: EntryRow) -> None:
        """Write what has changed of an entry, and seal it again."""
        sql, values = update_entry(before, seal_entry(after))
        self._database.execute(sql, values)

    def read_all_again(self) -> None:
        """Replace the rows of all mails with ones read again from the bytes that are here."""
        self._messages.clear()
        sql = f"SELECT entry.epoch, seq FROM {WITH_INBOX} WHERE block IS NOT NULL {IN_ORDER}"
        for place in list(self._database.query(sql)):
            entry = read_entry(self._database, *place)
            extract = self._messages.read_again(entry)
            batch = self._messages.start_batch()
            message = self._messages.add(entry.place, entry.size or 0, extract, batch)
            self._messages.add_facts(entry, extract.facts, batch)
            self._messages.write(batch)
            listed = self._messages.number_list(extract.list_id)
            self._rewrite(entry, entry._replace(message=message, list=listed))
        self._messages.count_all_copies()

    def settle_deletions(self, inbox: int, blobs: Iterable[bytes]) -> None:
        """Mark which of the mails with some blobs are gone: of each deletion the last one before.

        A deletion may be in a later epoch than its mail.
        """
        for blob in set(blobs):
            self._settle_blob(inbox, blob)

    def _settle_blob(self, inbox: int, blob: bytes) -> None:
        for entry, now in find_gone(self._database, inbox, blob):
            if now != entry.gone:
                self._rewrite(check_entry(self._database, entry), entry._replace(gone=now))
                sql = "UPDATE message SET shown = shown + ? WHERE id = ?"
                self._database.execute(sql, (entry.gone - now, entry.message))
                if entry.message is not None:
                    self._messages.settle_source(entry.message)


def find_gone(database: Database, inbox: int, blob: bytes) -> list[tuple[EntryRow, int]]:
    """Return the entries of an inbox that bring a mail; with each 1 if a deletion took it away."""
    sql = (
        f"SELECT {ENTRY} FROM entry JOIN epoch ON epoch.id = entry.epoch"
        " WHERE blob = ? AND inbox = ? ORDER BY number, seq"
    )
    mails: list[EntryRow] = []
    present: list[Place] = []
    gone: set[Place] = set()
    for entry in list(starmap(EntryRow, database.query(sql, (blob, inbox)))):
        kind = name_change(entry.change)
        if kind == "message":
            mails.append(entry)
            present.append(entry.place)
        elif kind == "deletion" and present:
            gone.add(present.pop())
    return [(entry, int(entry.place in gone)) for entry in mails]


def _make_entry(place: Place, change: RawChange, parents: bytes | None) -> EntryRow:
    """Return what an entry says of its commit; nothing of its mail, and no seal yet."""
    return EntryRow(
        epoch=place.epoch,
        seq=place.seq,
        oid=bytes.fromhex(change.commit),
        parents=parents,
        seconds=change.seconds,
        change=CHANGES.index(change.kind),
        further=int(change.further),
        blob=bytes.fromhex(change.blob) if change.blob else None,
        code=None, trouble=None, block=None, start=None, size=None, message=None, list=None,
        gone=0, seal=0,
    )  # fmt: skip
