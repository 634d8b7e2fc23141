"""What no writer wrote is noticed: no count from a damaged file is wrong in silence."""

import sqlite3
from contextlib import closing

import pytest

from kvminbox import Inbox
from kvminbox.errors import IndexDamagedError
from kvminbox.index import Index
from kvminbox.index.database import Database
from tests.index.histories import Add, Delete, Epoch, build

MAILS = (*(Add(number) for number in range(6)), Delete(2))


@pytest.fixture
def epoch(tmp_path):
    """Return a repository with six mails, one of which it deletes."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(MAILS)
    return epoch


@pytest.fixture
def file(tmp_path, epoch):
    """Return the path of an index of it."""
    build(tmp_path / "index.sqlite", ("lemon", Inbox.open(epoch.archive.path)))
    return tmp_path / "index.sqlite"


def change(file, statement):
    """Change rows as a turned bit might, behind the library's back."""
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


QUIET = {
    "a deletion becomes a mail": "UPDATE entry SET change = 0 WHERE change = 1",
    "a mail becomes unchanged": "UPDATE entry SET change = 3, blob = NULL WHERE seq = 4",
    "a mail becomes a second change": "UPDATE entry SET further = 1 WHERE seq = 4",
    "a mail arrived at another time": "UPDATE entry SET seconds = seconds + 65536 WHERE seq = 4",
    "a mail is another one": "UPDATE entry SET blob = (SELECT blob FROM entry WHERE seq = 1)"
    " WHERE seq = 4",
    "a commit is another one": "UPDATE entry SET oid = zeroblob(20) WHERE seq = 4",
    "the first commit is lost": "DELETE FROM entry WHERE seq = 0",
    "a commit is lost": "DELETE FROM entry WHERE seq = 4",
    "the last commit is lost": "DELETE FROM entry WHERE seq = 6",
    "the last commit is said to be another": "UPDATE epoch SET tip ="
    " (SELECT oid FROM entry WHERE seq = 4)",
    "nothing is said to be there": "UPDATE epoch SET tip = NULL",
    "the epoch is lost": "DELETE FROM epoch",
    "the inbox is lost": "DELETE FROM inbox",
    "a branch is elsewhere": "UPDATE name SET target = (SELECT oid FROM entry WHERE seq = 4)",
    "the epoch is of another inbox": "UPDATE epoch SET inbox = 9",
    "the seal of the epochs is lost": "DELETE FROM meta WHERE key = 'seal'",
}


@pytest.mark.parametrize("statement", QUIET.values(), ids=QUIET)
def test_a_row_that_no_writer_wrote_is_an_error(file, statement):
    """A window over a row that was changed or lost is refused, however sensible it looks."""
    change(file, statement)
    with Index.open(file) as index, pytest.raises(IndexDamagedError, match=r"damaged|missing"):
        list(index.messages())


@pytest.mark.parametrize("statement", QUIET.values(), ids=QUIET)
def test_the_check_finds_it(file, statement):
    """`Index.check` says what is wrong, where SQLite itself finds the file sound."""
    change(file, statement)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with Index.open(file) as index:
        assert index.check()
        assert repr(index).startswith("<Index ")


@pytest.fixture
def two(tmp_path, epoch):
    """Return an index of two inboxes that share mails."""
    other = Epoch(tmp_path / "grape.git")
    other.write((Add(1), Add(8)))
    lists = [
        (name, Inbox.open(one.archive.path)) for name, one in (("lemon", epoch), ("grape", other))
    ]
    build(tmp_path / "two.sqlite", *lists)
    return tmp_path / "two.sqlite"


MERGED = {
    "a deleted mail comes back": "UPDATE entry SET gone = 0 WHERE gone = 1",
    "a mail is hidden": "UPDATE entry SET gone = 1 WHERE seq = 3",
    "two mails become copies": "UPDATE entry SET message = (SELECT message FROM entry"
    " WHERE seq = 4) WHERE seq = 3",
    "a mail belongs to none": "UPDATE entry SET message = NULL WHERE seq = 3",
}


@pytest.mark.parametrize(
    "statement", [*MERGED.values(), QUIET["a commit is lost"]], ids=[*MERGED, "lost"]
)
def test_several_inboxes_are_looked_at_likewise(two, statement):
    """Of several inboxes as one, no mail is hidden, shown or joined by a damaged row."""
    change(two, statement)
    with Index.open(two) as index, pytest.raises(IndexDamagedError):
        list(index.messages())


def test_an_update_does_not_seal_a_damaged_row(file, epoch):
    """A row that is found damaged when it is to change is refused, not sealed as it is."""
    change(file, "UPDATE entry SET seconds = 1 WHERE seq = 4")
    epoch.write((*MAILS, Delete(4)))
    with Index.open(file, create=True) as index, pytest.raises(IndexDamagedError, match="damaged"):
        index.update(Inbox.open(epoch.archive.path), name="lemon")


def test_a_base_that_is_damaged_is_no_base(file, epoch):
    """A range whose base is damaged is refused: it might begin at another commit."""
    commits = [entry.commit for entry in Inbox.open(epoch.archive.path).between(None).entries()]
    change(file, "UPDATE entry SET further = 1 WHERE seq = 2")
    with Index.open(file) as index:
        with pytest.raises(IndexDamagedError):
            index.between(commits[2])
        assert len(index.between(commits[3])) == 3


def test_a_search_gives_no_deleted_mail(file):
    """A deleted mail that a damaged row says is there is an error, not a hit."""
    change(file, "UPDATE message SET shown = 1 WHERE shown = 0")
    with Index.open(file) as index, pytest.raises(IndexDamagedError, match="deleted"):
        list(index.search("word*").messages())


def test_a_wrong_row_never_gives_another_mail(file, monkeypatch):
    """Where SQLite's tree of blob ids leads to another mail's row, that is an error."""
    plain = Database.row

    def row(self, sql, values=()):
        if "WHERE blob = ?" in sql:
            other = plain(self, "SELECT blob FROM entry WHERE blob <> ? LIMIT 1", values[:1])
            values = (other[0], *values[1:])
        return plain(self, sql, values)

    with Index.open(file) as index:
        window = index.between(None)
        monkeypatch.setattr(Database, "row", row)
        with pytest.raises(IndexDamagedError):
            [message.body for message in window.messages()]


def test_a_mailbox_is_never_taken_for_another(epoch, file, monkeypatch):
    """Where SQLite's index of mailboxes leads to another one, an update says so, and ends."""
    plain = Database.value

    def value(self, sql, values=()):
        found = plain(self, sql, values)
        if "FROM person WHERE email" in sql and found:
            return plain(self, "SELECT id FROM person WHERE id <> ? LIMIT 1", (found,))
        return found

    epoch.write((*MAILS, Add(7)))
    with Index.open(file) as index:
        right = [message.to for message in index.between(None).messages()]
        with monkeypatch.context() as patch:
            patch.setattr(Database, "value", value)
            with pytest.raises(IndexDamagedError, match="a mailbox leads to another one"):
                index.update(Inbox.open(epoch.archive.path), name="lemon")
        assert [message.to for message in index.between(None).messages()] == right


@pytest.mark.parametrize("lost", ["FROM epoch WHERE inbox = ?", "FROM inbox WHERE name = ?"])
def test_a_row_that_an_index_of_the_file_lacks_is_told(epoch, file, monkeypatch, lost):
    """Where SQLite does not find the row of the inbox or epoch, an update says so."""
    plain = Database.row

    def row(self, sql, values=()):
        return None if lost in sql else plain(self, sql, values)

    epoch.write((*MAILS, Add(7)))
    with Index.open(file) as index:
        monkeypatch.setattr(Database, "row", row)
        with pytest.raises(IndexDamagedError, match="a row is missing"):
            index.update(Inbox.open(epoch.archive.path), name="lemon")
