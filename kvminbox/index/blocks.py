"""Mails in compressed blocks; the only room that knows zstd.

Mails of one time quote each other: a block of 80 takes less than half the room of as many
single mails (206 MB of a real archive with zstd: 84 MB mail by mail at level 3; 38.8 MB in such
blocks at level 5, which takes 0.8 s longer than level 3 with 40.8 MB). Unpacking one takes a
millisecond.
"""

import hashlib
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import local
from typing import Final

from kvminbox.errors import IndexDamagedError
from kvminbox.index.database import Database

if sys.version_info >= (3, 14):
    from compression import zstd
else:  # the same module, by its own authors
    from backports import zstd

BLOCK_SIZE: Final = 1 << 19
"""Bytes of mails after which a block is closed."""

_LEVEL: Final = 5

FAST: Final = 3
"""A level that takes half the time for 5 % more bytes."""
_KEPT: Final = 24
"""Blocks that a reader keeps unpacked: a thread or a window mostly needs the same few, the versions
of a series and their answers those of some months. They are 20 MB, mostly."""


def pack_block(mails: Sequence[bytes], level: int = _LEVEL) -> bytes:
    """Compress some mails into a block."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.checksum_flag: 1,
    }
    return zstd.compress(b"".join(mails), options=options)


def unpack_block(data: bytes, size: int) -> bytes | None:
    """Return what was compressed; None if it is damaged."""
    unpacker = zstd.ZstdDecompressor()
    try:
        # a frame that unpacks to more is not read to its end, whatever its head says
        found = unpacker.decompress(data, max(size, 0))
    except (zstd.ZstdError, TypeError, ValueError, OverflowError):
        return None
    return found if len(found) == size and unpacker.eof else None


class BlockReader:
    """Reads mails out of the blocks of an index; each thread keeps blocks of its own.

    SQLite numbers the states of a file for each connection by itself, and each thread
    has its own connection.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._local = local()

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle it as its file."""
        return BlockReader, (self._database,)

    def _cache(self) -> Callable[[int, int], bytes]:
        if not hasattr(self._local, "read"):
            self._local.read = lru_cache(maxsize=_KEPT)(self._unpack)
        read: Callable[[int, int], bytes] = self._local.read
        return read

    def read(
        self, block: int | None, start: int | None, size: int | None, blob: bytes | None
    ) -> bytes:
        """Return the bytes of a mail; its place must have been looked up in the same snapshot.

        Raises:
            IndexDamagedError: the block is missing or damaged, or has another mail there.
        """
        # another process may have written the block again since it was kept
        version = self._database.value("PRAGMA data_version")
        if block is None or not isinstance(start, int) or size is None:
            raise self._damaged(block)  # `start` is in no seal, and may be of any type
        mail = self._cache()(block, version)[start : start + size]
        head = b"blob %d\0" % len(mail)
        if hashlib.sha1(head + mail, usedforsecurity=False).digest() != blob:
            raise self._damaged(block)
        return mail

    def forget(self) -> None:
        """Forget the blocks that this thread keeps; call it when it may have written some."""
        self._local.__dict__.clear()

    def _unpack(self, block: int, version: int) -> bytes:
        del version  # by which it is kept
        row = self._database.row("SELECT data, size FROM block WHERE id = ?", (block,))
        if row is None:
            raise self._damaged(block)
        mails = unpack_block(*row)
        if mails is None:
            raise self._damaged(block)
        return mails

    def _damaged(self, block: int | None) -> IndexDamagedError:
        return IndexDamagedError(
            f"block {block} of its mails is damaged (table `block`)", where=self._database.path,
            cure="delete the file and rebuild it: it is only a cache",
        )  # fmt: skip
