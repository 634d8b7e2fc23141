"""Rows taken out, and blocks packed again; in a transaction of the caller."""

from collections.abc import Sequence
from itertools import starmap
from typing import Final

from kvminbox.index.blocks import BLOCK_SIZE, BlockReader, pack_block
from kvminbox.index.database import Database
from kvminbox.index.grouped import drop_rows
from kvminbox.index.messages import IN_ORDER, WITH_INBOX, Messages
from kvminbox.index.rows import ENTRY, EntryRow
from kvminbox.index.spans import drop_spans

_SMALL: Final = BLOCK_SIZE // 8
_MANY: Final = 32
"""Small blocks, as small updates leave them, from which on they are joined."""


class Eraser:
    """Takes out what an archive no longer has, and leaves nothing of it in the file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blocks = BlockReader(database)
        self._messages = Messages(database, self._blocks)

    def remove_after(self, epoch: int, seq: int) -> None:
        """Take out the entries after a place of an epoch, and mails that no other one brings."""
        self._messages.keep_last()
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('erase', 1)")
        where, place = "epoch = ? AND seq > ?", (epoch, seq)
        sql = f"SELECT DISTINCT message, block FROM entry WHERE {where}"
        rows = list(self._database.query(sql, place))
        messages = sorted({message for message, _ in rows if message is not None})
        staying = [message for message in messages if self._release(message, epoch, seq)]
        self._database.execute(f"DELETE FROM entry WHERE {where}", place)
        self._database.execute(f"DELETE FROM fact WHERE {where}", place)
        drop_spans(self._database, epoch, seq)
        self._database.execute("DELETE FROM kept")  # each is made of some mails' texts
        drop_rows(self._database)
        for message in staying:
            self._messages.count_copies(message)
        for block in sorted({block for _, block in rows if block is not None}):
            self._repack([block])
        self._messages.forget_unused()

    def _release(self, message: int, epoch: int, seq: int) -> bool:
        """Take a message out unless a copy of it stays; return whether one does."""
        sql = (
            f"SELECT {ENTRY} FROM {WITH_INBOX} WHERE message = ?"
            f" AND NOT (entry.epoch = ? AND seq > ?) {IN_ORDER} LIMIT 1"
        )
        row = self._database.row(sql, (message, epoch, seq))
        source = self._messages.find_source(message)
        if row is None:
            self._messages.delete(message, source)
        elif source.epoch == epoch and source.seq > seq:
            self._messages.read_from(message, source, EntryRow(*row))
        return row is not None

    def has_small_blocks(self) -> bool:
        """Whether there are many small blocks, as small updates leave them."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM block WHERE size < ? LIMIT ?)"
        return int(self._database.value(sql, (_SMALL, _MANY))) >= _MANY

    def join_small_blocks(self) -> None:
        """Make one block of many small ones."""
        sql = "SELECT id FROM block WHERE size < ? ORDER BY id LIMIT ?"
        self._repack([block for (block,) in self._database.query(sql, (_SMALL, _MANY))])

    def _repack(self, blocks: Sequence[int]) -> None:
        """Pack the mails of some blocks that are still wanted into the first block."""
        marks = ", ".join("?" * len(blocks))
        sql = f"SELECT {ENTRY} FROM entry WHERE block IN ({marks}) ORDER BY block, start"
        entries = list(starmap(EntryRow, self._database.query(sql, blocks)))
        mails = [self._blocks.read(one.block, one.start, one.size, one.blob) for one in entries]
        self._blocks.forget()
        if not entries:
            self._database.execute(f"DELETE FROM block WHERE id IN ({marks})", blocks)
            return
        first, start = blocks[0], 0
        for entry, mail in zip(entries, mails, strict=True):
            self._database.execute(
                "UPDATE entry SET block = ?, start = ? WHERE epoch = ? AND seq = ?",
                (first, start, *entry.place),
            )
            start += len(mail)
        self._database.execute(
            "UPDATE block SET size = ?, data = ? WHERE id = ?", (start, pack_block(mails), first)
        )
        self._database.execute(
            f"DELETE FROM block WHERE id IN ({marks}) AND id <> ?", (*blocks, first)
        )
