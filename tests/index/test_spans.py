"""A month of a long history is found at once, and is what the archive says."""

import random
import sqlite3
from contextlib import closing

import pytest

import kvminbox.index.seal as seal_room
from kvminbox import Inbox
from kvminbox.errors import IndexDamagedError
from kvminbox.index import Index
from kvminbox.index.spans import SIZE
from tests.archive.git_archive import EMPTY_BLOB, Archive
from tests.index.histories import START

DAY = 86_400
MAILS = 2 * SIZE + 90


def fill(archive, mails, *, seed=1):
    """Write a history whose times grow by an hour, but jump back and forth; some have none."""
    dice = random.Random(seed)
    archive.last = None
    for number in range(mails):
        seconds = START + number * 3_600 + dice.choice([0, 0, 0, -9, 9]) * dice.randrange(DAY)
        kind = "d" if number % 97 == 96 else "m"
        blob = archive.blob(b"Subject: lemon %d\n\n" % (number % 97)) if number else EMPTY_BLOB
        archive.commit({kind: blob}, seconds=seconds)


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Return an archive of three spans, and an index of it that was made in three updates."""
    folder = tmp_path_factory.mktemp("long")
    archive, file = Archive(folder / "lemon.git"), folder / "index.sqlite"
    for mails in (SIZE - 1, SIZE + 1, MAILS):
        fill(archive, mails)
        with Index.open(file, create=True) as index:
            index.update(Inbox.open(archive.path))
    return archive, file


def list_spans(file):
    """Return the rows of a file's spans."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT number, entries FROM span ORDER BY 1").fetchall()


@pytest.mark.slow
def test_any_span_of_time_is_the_archives(long):
    """Each of thirty spans of time has the commits that it has in the archive."""
    archive, file = long
    dice = random.Random(2)
    inbox = Inbox.open(archive.path)
    sizes = set()
    with Index.open(file) as index:
        for _ in range(30):
            begin = START + dice.randrange(-2 * DAY, (MAILS + 40) * 3_600)
            length = dice.choice([0, 3_600, DAY, 5 * DAY, None])
            span = [f"@{begin}"] + ([] if length is None else [f"@{begin + length}"])
            live, stored = inbox.since(*span), index.since(*span)
            assert list(stored.entries()) == list(live.entries())
            assert len(stored) == len(live)
            assert [one.subject.raw for one in stored] == [one.subject.raw for one in live]
            sizes.add(len(live))
    assert len(sizes) > 15


def test_most_entries_are_passed_over(long, monkeypatch):
    """For a day only its own pieces of the history are looked at, and the first and last entry."""
    looked = []
    plain = seal_room.compute_seal
    monkeypatch.setattr(
        seal_room, "compute_seal", lambda entry: looked.append(entry) or plain(entry)
    )
    with Index.open(long[1]) as index:
        assert len(index.since(f"@{START + 20 * 3_600}", f"@{START + 22 * 3_600}"))
    assert len({entry.seq for entry in looked}) == SIZE + 1


def test_an_update_leaves_the_spans_of_a_clean_build(long):
    """They follow each other, and only the last one is not full."""
    assert list_spans(long[1]) == [(0, SIZE), (1, SIZE), (2, 90)]
    with Index.open(long[1]) as index:
        assert index.check() == ()


@pytest.mark.slow
def test_a_history_that_was_cut_and_grew_again(tmp_path):
    """After a rewrite at a span's edge and beside it the index answers as the archive does."""
    archive, file = Archive(tmp_path / "lemon.git"), tmp_path / "index.sqlite"
    for mails, seed in ((SIZE + 9, 1), (SIZE, 1), (SIZE - 1, 1), (SIZE + 40, 1), (SIZE + 3, 5)):
        fill(archive, mails, seed=seed)
        inbox = Inbox.open(archive.path)
        with Index.open(file, create=True) as index:
            index.update(inbox, accept_loss=True)
            assert sum(entries for _, entries in list_spans(file)) == mails
            for begin in (START, START + SIZE * 3_600, START + 9 * DAY):
                stored, live = index.since(f"@{begin}"), inbox.since(f"@{begin}")
                assert list(stored.entries()) == list(live.entries())
            assert index.check() == ()


@pytest.mark.parametrize("column", ["number", "entries", "earliest", "latest", "seal"])
def test_a_damaged_span_is_told(long, column):
    """Whatever of a span changes, the window that needs it is an error, and the check tells."""
    file = long[1]
    sound = file.read_bytes()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"UPDATE span SET {column} = {column} + 7 WHERE number = 1")
    try:
        with Index.open(file) as index:
            with pytest.raises(IndexDamagedError, match="span"):
                index.since(f"@{START}")
            assert "a span of entries is damaged (table `span`)" in index.check()
    finally:
        file.write_bytes(sound)


def test_a_missing_span_is_told(long):
    """A span that is not there hides no mail, the last one neither."""
    file = long[1]
    sound = file.read_bytes()
    for number in (0, 1, 2):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("DELETE FROM span WHERE number = ?", (number,))
        try:
            with Index.open(file) as index, pytest.raises(IndexDamagedError, match="span"):
                index.since("2000-01-01")
        finally:
            file.write_bytes(sound)
