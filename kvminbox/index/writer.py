"""Mails into rows, and rows out again; always inside a transaction of its caller."""

from collections.abc import Iterable, Sequence
from typing import Final

from kvminbox.archive import RawChange
from kvminbox.index.blocks import BLOCK_SIZE, BlockReader, pack_block
from kvminbox.index.database import Database, Row
from kvminbox.index.extract import Extract, extract_mail
from kvminbox.index.reading import Reading, ReadMail
from kvminbox.index.schema import WORD_COLUMNS
from kvminbox.index.seal import SEALED, read_sealed, seal_entry
from kvminbox.index.stored import name_change
from kvminbox.models import CHANGES

_KNOWN: Final = 100_000
"""Message-IDs whose numbers are kept in memory: threads refer to the same few again."""

_SMALL: Final = BLOCK_SIZE // 8
_MANY: Final = 32
"""So many small blocks, as small updates leave them, are made into larger ones."""

_WORDS: Final = ", ".join(WORD_COLUMNS)
_INSERT_WORDS: Final = (
    f"INSERT INTO fulltext(rowid, {_WORDS}) VALUES (?{', ?' * len(WORD_COLUMNS)})"
)
_DELETE_WORDS: Final = (
    f"INSERT INTO fulltext(fulltext, rowid, {_WORDS})"
    f" VALUES ('delete', ?{', ?' * len(WORD_COLUMNS)})"
)
_INSERT_ENTRY: Final = f"INSERT INTO entry VALUES (?{', ?' * 16})"
_INSERT_MESSAGE: Final = f"INSERT INTO message VALUES (?{', ?' * 13})"
_PLACES: Final = "gone, inbox.name, number, seq"
"""The order of a message's copies: those that are shown first; it does not hang on which inbox
or epoch came first."""

_INSERT_ID: Final = "INSERT OR IGNORE INTO message_identifier VALUES (?, ?)"
_INSERT_REFERENCE: Final = "INSERT OR IGNORE INTO reference VALUES (?, ?)"


class _Batch:
    """New messages, gathered so that each table gets them with one statement."""

    def __init__(self, last: int) -> None:
        self._last = last
        self.contents: dict[bytes, int] = {}
        self.messages: list[Row] = []
        self.words: list[Row] = []
        self.ids: list[Row] = []
        self.references: list[Row] = []
        self.again: list[int] = []
        """Messages that are here already, of which another copy came."""

    def add(
        self, place: Row, extract: Extract, ids: Iterable[int], references: Iterable[int]
    ) -> int:
        self._last += 1
        message = self.contents[extract.content] = self._last
        self.messages.append((
            message, extract.content, *place, extract.kind, extract.revision, extract.counter,
            extract.total, extract.patch_id, extract.change_id,
        ))  # fmt: skip
        self.words.append((message, *extract.words))
        self.ids += [(identity, message) for identity in ids]
        self.references += [(identity, message) for identity in references]
        return message


class Writer:
    """Writes the rows of an index."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blocks = BlockReader(database)
        self._numbers: dict[str, int] = {}

    def add(
        self,
        epoch: int,
        seq: int,
        changes: Sequence[RawChange],
        parents: dict[str, bytes],
        reading: Reading,
    ) -> None:
        """Add changes of an epoch, from a place in it on, with the mails that were read."""
        blocks = [self._add_block(*block) for block in reading.blocks]
        batch = _Batch(self._last_message())
        mails = iter(reading.mails)
        rows = []
        for place, change in enumerate(changes, seq):
            mail = next(mails) if change.kind == "message" else (change.code, change.text)
            row = _entry_row(epoch, place, change, parents)
            values = self._place_mail(epoch, place, mail, blocks, batch)
            rows.append((*row, *values, seal_entry((*row, values[5], values[7]))))
        self._flush(batch)
        self._database.execute_many(_INSERT_ENTRY, rows)
        for message in dict.fromkeys(batch.again):
            self._settle_source(message)

    def _flush(self, batch: "_Batch") -> None:
        self._database.execute_many(_INSERT_MESSAGE, batch.messages)
        self._database.execute_many(_INSERT_WORDS, batch.words)
        self._database.execute_many(_INSERT_ID, batch.ids)
        self._database.execute_many(_INSERT_REFERENCE, batch.references)
        sql = "UPDATE message SET shown = shown + 1 WHERE id = ?"
        self._database.execute_many(sql, [(message,) for message in batch.again])

    def fill(self, epoch: int, seq: int, blob: bytes, reading: Reading) -> None:
        """Add the mail of an entry that could not be read before, if it is still so."""
        unread = "SELECT inbox FROM entry JOIN epoch ON epoch.id = epoch WHERE block IS NULL"
        inbox = self._database.value(
            f"{unread} AND epoch = ? AND seq = ? AND blob = ?", (epoch, seq, blob)
        )
        if inbox is None:
            return  # another process was quicker
        mail = reading.mails[0]
        blocks = [self._add_block(*block) for block in reading.blocks]
        batch = _Batch(self._last_message())
        values = self._place_mail(epoch, seq, mail, blocks, batch)
        self._flush(batch)
        columns = "code = ?, trouble = ?, block = ?, start = ?, size = ?, message = ?, list = ?"
        self._change(epoch, seq, f"{columns}, gone = ?", values)
        for message in dict.fromkeys(batch.again):
            self._settle_source(message)
        self.settle_deletions(inbox, [blob])

    def _change(self, epoch: int, seq: int, columns: str, values: Row) -> None:
        """Set some columns of an entry, which was sound before, and seal it anew."""
        where, place = "WHERE epoch = ? AND seq = ?", (epoch, seq)
        read_sealed(self._database, epoch, seq)
        self._database.execute(f"UPDATE entry SET {columns} {where}", (*values, *place))
        row = self._database.needed_row(f"SELECT {SEALED} FROM entry {where}", place)
        self._database.execute(f"UPDATE entry SET seal = ? {where}", (seal_entry(row), *place))

    def _add_block(self, size: int, data: bytes) -> int:
        return self._database.insert("INSERT INTO block(size, data) VALUES (?, ?)", (size, data))

    def _place_mail(
        self,
        epoch: int,
        seq: int,
        mail: ReadMail | tuple[str, str],
        blocks: list[int],
        batch: "_Batch",
    ) -> Row:
        """Give the columns of an entry that tell of its mail."""
        if not isinstance(mail, ReadMail):
            return (mail[0] or None, mail[1] or None, None, None, None, None, None, 0)
        message = self._add_message(epoch, seq, mail.size, mail.extract, batch)
        listed = self._number_list(mail.extract.list_id)
        return (None, None, blocks[mail.block], mail.start, mail.size, message, listed, 0)

    def _add_message(
        self, epoch: int, seq: int, size: int, extract: Extract, batch: "_Batch"
    ) -> int:
        """Give the row of a message, a new one if there is none of this content."""
        found = batch.contents.get(extract.content) or self._database.value(
            "SELECT id FROM message WHERE content = ?", (extract.content,)
        )
        if found:
            batch.again.append(int(found))
            return int(found)
        return batch.add(
            (epoch, seq, 1, extract.received, extract.sent, size), extract,
            [self._number(identity) for identity in extract.ids],
            [self._number(identity) for identity in extract.references],
        )  # fmt: skip

    def _number(self, identity: str) -> int:
        number = self._numbers.get(identity)
        if number is None:
            number = self._find_or_add("identifier", identity)
            if len(self._numbers) >= _KNOWN:
                self._numbers.clear()
            self._numbers[identity] = number
        return number

    def _number_list(self, list_id: str | None) -> int | None:
        return self._find_or_add("list", list_id) if list_id else None

    def _find_or_add(self, table: str, text: str) -> int:
        found = self._database.value(f"SELECT id FROM {table} WHERE text = ?", (text,))
        return int(found) if found else self._database.insert(
            f"INSERT INTO {table}(text) VALUES (?)", (text,)
        )  # fmt: skip

    def remove_after(self, epoch: int, seq: int) -> int:
        """Take out what stands behind a place of an epoch; give how many changes that were.

        Of a mail that no other commit brings, nothing stays in the file.
        """
        self._keep_last()
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('erase', 1)")
        where = "epoch = ? AND seq > ?"
        rows = list(self._database.query(
            f"SELECT message, block FROM entry WHERE {where}", (epoch, seq)
        ))  # fmt: skip
        messages = sorted({row[0] for row in rows if row[0] is not None})
        staying = [self._release_message(message, epoch, seq) for message in messages]
        self._database.execute(f"DELETE FROM entry WHERE {where}", (epoch, seq))
        for message in filter(None, staying):
            self._count_copies(message)
        for block in sorted({row[1] for row in rows if row[1] is not None}):
            self._repack([block])
        self._forget_unused()
        return len(rows)

    def _release_message(self, message: int, epoch: int, seq: int) -> int | None:
        """Take a message out, unless a copy stays, from which it is then read; give its row."""
        stays = self._database.row(
            "SELECT entry.epoch, seq FROM entry JOIN epoch ON epoch.id = entry.epoch"
            " JOIN inbox ON inbox.id = inbox WHERE message = ?"
            f" AND NOT (entry.epoch = ? AND seq > ?) ORDER BY {_PLACES} LIMIT 1",
            (message, epoch, seq),
        )
        source = self._source_of(message)
        if stays is None:
            self._delete_message(message, *source)
            return None
        if source[0] == epoch and source[1] > seq:
            self._read_from(message, source, stays)
        return message

    def _settle_source(self, message: int) -> None:
        """Let a message have been read from its first copy, in whatever order they came.

        Copies differ in Received and size; the rows must not tell what came when.
        """
        source = self._source_of(message)
        first = self._database.needed_row(
            "SELECT entry.epoch, seq FROM entry JOIN epoch ON epoch.id = entry.epoch"
            f" JOIN inbox ON inbox.id = inbox WHERE message = ? ORDER BY {_PLACES} LIMIT 1",
            (message,),
        )
        if first != source:
            self._read_from(message, source, first)
            self._count_copies(message)

    def _source_of(self, message: int) -> Row:
        return self._database.needed_row("SELECT epoch, seq FROM message WHERE id = ?", (message,))

    def _read_from(self, message: int, source: Row, copy: Sequence[int]) -> None:
        """Make a message's row anew, from another of its copies."""
        self._delete_message(message, *source)
        epoch, seq = copy
        sql = "SELECT size FROM entry WHERE epoch = ? AND seq = ?"
        size = self._database.value(sql, (epoch, seq))
        batch = _Batch(message - 1)  # so that it gets its old number again
        self._add_message(epoch, seq, size, self._read_entry(epoch, seq), batch)
        self._flush(batch)

    def _count_copies(self, message: int) -> None:
        self._database.execute(
            "UPDATE message SET shown = (SELECT count(*) FROM entry"
            " WHERE entry.message = message.id AND gone = 0) WHERE id = ?",
            (message,),
        )

    def _delete_message(self, message: int, epoch: int, seq: int) -> None:
        words = self._read_entry(epoch, seq).words
        self._database.execute(_DELETE_WORDS, (message, *words))
        for table in ("message_identifier", "reference"):
            self._database.execute(f"DELETE FROM {table} WHERE message = ?", (message,))
        self._database.execute("DELETE FROM message WHERE id = ?", (message,))

    def _read_entry(self, epoch: int, seq: int) -> Extract:
        row = self._database.needed_row(
            "SELECT block, start, size, blob, seconds FROM entry WHERE epoch = ? AND seq = ?",
            (epoch, seq),
        )
        return extract_mail(self._blocks.read(*row[:4]), row[4])

    def _repack(self, blocks: Sequence[int]) -> None:
        """Put the mails of some blocks that are still wanted into the first of them."""
        marks = ", ".join("?" * len(blocks))
        rows = list(self._database.query(
            "SELECT epoch, seq, block, start, size, blob FROM entry"
            f" WHERE block IN ({marks}) ORDER BY block, start", blocks,
        ))  # fmt: skip
        mails = [self._blocks.read(*row[2:]) for row in rows]
        self._blocks.forget()
        if not rows:
            self._database.execute(f"DELETE FROM block WHERE id IN ({marks})", blocks)
            return
        start = 0
        for row, mail in zip(rows, mails, strict=True):
            self._database.execute(
                "UPDATE entry SET block = ?, start = ? WHERE epoch = ? AND seq = ?",
                (blocks[0], start, row[0], row[1]),
            )
            start += len(mail)
        self._database.execute(
            "UPDATE block SET size = ?, data = ? WHERE id = ?",
            (start, pack_block(mails), blocks[0]),
        )
        self._database.execute(f"DELETE FROM block WHERE id IN ({marks}) AND id <> ?",
                               (*blocks, blocks[0]))  # fmt: skip

    def has_small_blocks(self) -> bool:
        """Whether there are many small blocks, as small updates leave them."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM block WHERE size < ? LIMIT ?)"
        return int(self._database.value(sql, (_SMALL, _MANY))) >= _MANY

    def join_small_blocks(self) -> None:
        """Make one block of many small ones."""
        sql = "SELECT id FROM block WHERE size < ? ORDER BY id LIMIT ?"
        self._repack([row[0] for row in self._database.query(sql, (_SMALL, _MANY))])

    def set_names(self, epoch: int, names: dict[str, str]) -> None:
        """Keep the names of an epoch's commits, instead of those before."""
        self._database.execute("DELETE FROM name WHERE epoch = ?", (epoch,))
        self._database.execute_many(
            "INSERT INTO name VALUES (?, ?, ?)",
            [(epoch, name, bytes.fromhex(commit)) for name, commit in names.items()],
        )

    def read_all_again(self) -> None:
        """Make the rows of all mails anew, from the bytes that the index has of them."""
        self._keep_last()
        for table in ("reference", "message_identifier", "message", "identifier", "list"):
            self._database.execute(f"DELETE FROM {table}")
        self._database.execute("INSERT INTO fulltext(fulltext) VALUES ('delete-all')")
        self._numbers.clear()
        rows = list(self._database.query(
            "SELECT entry.epoch, seq, size FROM entry JOIN epoch ON epoch.id = entry.epoch"
            f" JOIN inbox ON inbox.id = inbox WHERE block IS NOT NULL ORDER BY {_PLACES}"
        ))  # fmt: skip
        for row in rows:
            self._read_again(*row)
        self._database.execute(
            "UPDATE message SET shown = (SELECT count(*) FROM entry"
            " WHERE entry.message = message.id AND gone = 0)"
        )

    def _read_again(self, epoch: int, seq: int, size: int) -> None:
        """Make the row of an entry's message anew, from the bytes that are here."""
        extract = self._read_entry(epoch, seq)
        batch = _Batch(self._last_message())
        message = self._add_message(epoch, seq, size, extract, batch)
        self._flush(batch)
        listed = self._number_list(extract.list_id)
        self._change(epoch, seq, "message = ?, list = ?", (message, listed))

    def _last_message(self) -> int:
        """Give the highest number that a message has or had: none comes again.

        A reader may still hold a number, of which it would get another mail.
        """
        found = self._database.value("SELECT max(id) FROM message") or 0
        kept = self._database.value("SELECT value FROM meta WHERE key = 'message'") or 0
        return max(int(found), int(kept))

    def _keep_last(self) -> None:
        last = self._last_message()
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('message', ?)", (last,))

    def _forget_unused(self) -> None:
        """Take out what no row refers to any more, and what the full text still has of it."""
        self._numbers.clear()
        self._database.execute(
            "DELETE FROM identifier WHERE"
            " id NOT IN (SELECT identifier FROM message_identifier)"
            " AND id NOT IN (SELECT identifier FROM reference)"
        )
        self._database.execute(
            "DELETE FROM list WHERE id NOT IN (SELECT list FROM entry WHERE list IS NOT NULL)"
        )
        # FTS5 deletes by adding a mark; only a merge of everything takes the words out
        self._database.execute("INSERT INTO fulltext(fulltext) VALUES ('optimize')")

    def settle_deletions(self, inbox: int, blobs: Iterable[bytes]) -> None:
        """Mark which of the mails with some blobs are gone: of each deletion the last one before.

        A deletion may stand in a later epoch than its mail.
        """
        for blob in set(blobs):
            self._settle_blob(inbox, blob)

    def _settle_blob(self, inbox: int, blob: bytes) -> None:
        rows = list(self._database.query(
            "SELECT entry.epoch, seq, change, message, gone FROM entry"
            " JOIN epoch ON epoch.id = entry.epoch"
            " WHERE blob = ? AND inbox = ? ORDER BY number, seq", (blob, inbox),
        ))  # fmt: skip
        present: list[Row] = []
        gone: set[tuple[int, int]] = set()
        for row in rows:
            if name_change(row[2]) == "message":
                present.append(row)
            elif name_change(row[2]) == "deletion" and present:
                gone.add(present.pop()[:2])
        for epoch, seq, change, message, before in rows:
            now = int((epoch, seq) in gone)
            if name_change(change) == "message" and now != before:
                self._change(epoch, seq, "gone = ?", (now,))
                self._database.execute(
                    "UPDATE message SET shown = shown + ? WHERE id = ?", (before - now, message)
                )
                if message is not None:
                    self._settle_source(message)


def _entry_row(epoch: int, seq: int, change: RawChange, parents: dict[str, bytes]) -> Row:
    """Give the columns of an entry that tell of its commit."""
    return (
        epoch,
        seq,
        bytes.fromhex(change.commit),
        parents.get(change.commit),
        change.seconds,
        CHANGES.index(change.kind),
        int(change.further),
        bytes.fromhex(change.blob) if change.blob else None,
    )
