"""Numbers that the index gives to Message-IDs: one text each, whatever a damaged page says."""

import sqlite3
from contextlib import closing

from kvminbox import Inbox
from kvminbox.errors import KvminboxError
from kvminbox.index import Index
from tests.index.histories import Add, Epoch


def test_a_damaged_page_gives_no_number_twice(tmp_path):
    """Where the last number of a page reads as the first, an update is right or refused."""
    epoch = Epoch(tmp_path / "0.git")
    epoch.write(tuple(map(Add, range(6))))
    file = tmp_path / "index.sqlite"
    with Index.open(file, create=True) as index:
        index.update(Inbox.open(epoch.archive.path))
    with closing(sqlite3.connect(file)) as plain:
        (size,) = plain.execute("PRAGMA page_size").fetchone()
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'identifier'"
        (root,) = plain.execute(sql).fetchone()
    data = bytearray(file.read_bytes())
    page = (root - 1) * size
    assert data[page] == 0x0D, "the table is more than one page"
    count = int.from_bytes(data[page + 3 : page + 5])
    last = page + 8 + 2 * (count - 1)
    data[last : last + 2] = data[page + 8 : page + 10]
    file.write_bytes(data)
    epoch.write(tuple(map(Add, range(12))))
    inbox = Inbox.open(epoch.archive.path)
    try:
        with Index.open(file) as index:
            index.update(inbox)
            found = [mail.message_id for mail in index.messages()]
    except KvminboxError:
        return
    assert found == [mail.message_id for mail in inbox.between(None).messages()]
