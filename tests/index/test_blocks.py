"""Blocks of mails are read as they were written, or not at all."""

import sqlite3
from contextlib import closing

import pytest

from kvminbox import Inbox
from kvminbox.errors import IndexDamagedError
from kvminbox.index import Index
from kvminbox.index.blocks import pack_block
from tests.index.histories import Add, Epoch, read_blocks, write_mail


@pytest.fixture
def file(tmp_path):
    """Return the file of an index of three mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(3)))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(epoch.archive.path))
    return tmp_path / "index.sqlite"


def replace(file, change, size=0):
    """Write the block of a file again."""
    with closing(sqlite3.connect(file)) as connection, connection:
        ((number, mails),) = read_blocks(connection).items()
        data = change(mails, pack_block([mails]))
        connection.execute(
            "UPDATE block SET data = ?, size = size + ? WHERE id = ?", (data, size, number)
        )


SOUND = {
    "written again": lambda mails, packed: packed,
    "written mail by mail": lambda mails, packed: pack_block([mails[:100], mails[100:]]),
}


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_a_block_has_its_mails(file, change):
    """A block gives the bytes that were put into it."""
    replace(file, change)
    with Index.open(file) as index:
        assert index.raw(index.get("2@lemon.example")) == write_mail(2)


DAMAGED = {
    "more than its row says": lambda mails, packed: pack_block([mails, bytes(10_000_000)]),
    "less than its row says": lambda mails, packed: pack_block([mails[:-1]]),
    "cut within its checksum": lambda mails, packed: packed[:-1],
    "cut in the middle": lambda mails, packed: packed[:100],
    "empty": lambda mails, packed: b"",
    "another kind of file": lambda mails, packed: b"\x1f\x8b" + packed,
    "other bytes": lambda mails, packed: packed[:60] + bytes([packed[60] ^ 1]) + packed[61:],
}


@pytest.mark.parametrize("change", DAMAGED.values(), ids=DAMAGED)
def test_a_block_that_is_not_what_was_written_is_damage(file, change):
    """A block that is not whole, or not of the size that its row says, gives no mail."""
    replace(file, change)
    with Index.open(file) as index, pytest.raises(IndexDamagedError, match="block 1 of its mails"):
        assert not index.get("0@lemon.example").body


@pytest.mark.parametrize("size", [1, -1, -(10**6)])
def test_a_size_that_is_not_the_blocks_is_damage(file, size):
    """The size in the row bounds what is unpacked, and has to be right."""
    replace(file, lambda mails, packed: packed, size)
    with Index.open(file) as index, pytest.raises(IndexDamagedError, match="block 1 of its mails"):
        assert not index.get("0@lemon.example").body
