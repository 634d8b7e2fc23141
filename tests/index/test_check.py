"""`Index.check` proves that an index says what its mails say, and tells what does not."""

import sqlite3
from contextlib import closing

import pytest

from kvminbox import Inbox
from kvminbox.errors import IndexDamagedError, IndexFileError
from kvminbox.index import Index
from kvminbox.index.database import Database
from kvminbox.index.rows import ENTRY, MESSAGE, EntryRow, MessageRow
from kvminbox.index.seal import seal_entry, seal_message
from tests.index.histories import Add, Delete, Epoch, build
from tests.index.test_seals import change

MAILS = (*(Add(number) for number in range(6)), Delete(2), Add(3, 1))
BESIDE = (Add(1, 1), Add(8))


@pytest.fixture
def file(tmp_path):
    """Return the path of an index of two inboxes that share a mail."""
    inboxes = []
    for name, steps in (("lemon", MAILS), ("grape", BESIDE)):
        epoch = Epoch(tmp_path / f"{name}.git")
        epoch.write(steps)
        inboxes.append((name, Inbox.open(epoch.archive.path)))
    build(tmp_path / "index.sqlite", *inboxes)
    return tmp_path / "index.sqlite"


def check(file):
    with Index.open(file) as index:
        return index.check()


WRITE_WORDS = (
    "INSERT INTO fulltext(rowid, nq) VALUES (2, 'stranger')",
    "INSERT INTO fulltext(rowid, nq) VALUES (99, 'stranger')",
)
WRONG = {
    "a mail has one more word": (WRITE_WORDS[0], "fulltext"),
    "there are words of no mail": (WRITE_WORDS[1], "fulltext"),
    "no words are there": ("INSERT INTO fulltext(fulltext) VALUES ('delete-all')", "fulltext"),
    "the length of a text": (
        "UPDATE fulltext_docsize SET sz = CAST(x'00' || sz AS BLOB) WHERE id = 3",
        "fulltext",
    ),
    "the length of all texts": (
        "UPDATE fulltext_data SET block = CAST(block || x'01' AS BLOB) WHERE id = 1",
        "fulltext",
    ),
    "an option of the full text": (
        "UPDATE fulltext_config SET v = v + 1 WHERE k = 'automerge'",
        "fulltext_config",
    ),
    "a Message-ID": ("UPDATE identifier SET text = text || 'x' WHERE id = 2", "identifier"),
    "two Message-IDs": (
        "UPDATE message_identifier SET identifier = 1 WHERE message = 3",
        "message",
    ),
    "a Message-ID more": ("INSERT INTO message_identifier VALUES (1, 4711)", "message_identifier"),
    "a reference more": ("INSERT INTO reference VALUES (1, 4711)", "reference"),
    "a reference is lost": ("DELETE FROM reference WHERE message = 3", "message"),
    "a List-Id": ("UPDATE list SET text = 'orange.example' WHERE id = 1", "list"),
    "a mail is hidden": ("UPDATE message SET shown = 0 WHERE id = 5", "message"),
    "a mail has a copy more": ("UPDATE message SET shown = shown + 1 WHERE id = 5", "message"),
    "a message is lost": ("DELETE FROM message WHERE id = 5", "message"),
    "a block is lost": ("UPDATE block SET data = zeroblob(9)", "block"),
    "a block has more": ("UPDATE block SET size = size + 1", "block"),
    "a kind": ("UPDATE message SET kind = 'reply' WHERE id = 1", "message"),
    "when it was received": ("UPDATE message SET received = 5 WHERE id = 1", "message"),
    "the highest number": ("UPDATE meta SET value = value + 1 WHERE key = 'reader'", "differently"),
    "merges": ("UPDATE epoch SET merged = 1 WHERE id = 1", "inboxes"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("statement", "named"), WRONG.values(), ids=WRONG)
def test_whatever_is_wrong_is_told(file, statement, named):
    """Each table that says another thing than the mails is named, in one line of words."""
    change(file, statement)
    try:
        found = check(file)
    except IndexFileError as error:
        found = (str(error),)
    assert any(named in text for text in found), found
    assert all("\n" not in text for text in found)


def rewrite_message(file, **values):
    """Write another row of a message, with the seal that belongs to it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        row = MessageRow(
            *connection.execute(f"SELECT {MESSAGE} FROM message WHERE id = 4").fetchone()
        )
        ids = [
            [number for (number,) in connection.execute(
                f"SELECT identifier FROM {table} WHERE message = 4")]
            for table in ("message_identifier", "reference")
        ]  # fmt: skip
        row = seal_message(row._replace(**values), *ids)
        connection.execute(f"REPLACE INTO message VALUES ({', '.join('?' * len(row))})", row)


def rewrite_entry(file, **values):
    """Write another row of an entry, with the seal that belongs to it."""
    with closing(sqlite3.connect(file)) as connection, connection:
        sql = f"SELECT {ENTRY} FROM entry WHERE epoch = 1 AND seq = 4"
        row = seal_entry(EntryRow(*connection.execute(sql).fetchone())._replace(**values))
        connection.execute(f"REPLACE INTO entry VALUES ({', '.join('?' * len(row))})", row)


SEALED = {
    "received": ({"received": 77}, "is not what its row says"),
    "kind": ({"kind": "bot"}, "is not what its row says"),
    "patch_id": ({"patch_id": b"x" * 20}, "is not what its row says"),
    "content": ({"content": b"x" * 16}, "is not what its row says"),
    "change_id": ({"change_id": "lemon"}, "is not what its row says"),
    "source": ({"seq": 7}, "is not what its row says"),
}


@pytest.mark.parametrize(("values", "words"), SEALED.values(), ids=SEALED)
def test_a_row_is_compared_with_the_mail(file, values, words):
    """A row with a sound seal that says another thing than its mail is told, with the commit."""
    rewrite_message(file, **values)
    found = check(file)
    assert any(words in text for text in found), found
    assert any("commit " in text for text in found), found


ENTRIES = {
    "message": ({"message": 1}, "copy of another"),
    "list": ({"list": None}, "of another list"),
    "gone": ({"gone": 1}, "is not deleted"),
    "mail": ({"change": 3}, "an entry's mail, message and change do not match"),
}


@pytest.mark.parametrize(("values", "words"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_is_compared_with_the_mail(file, values, words):
    """An entry with a sound seal that says another thing than its mail is told."""
    rewrite_entry(file, **values)
    found = check(file)
    assert any(words in text for text in found), found


@pytest.mark.parametrize("statement", WRITE_WORDS)
def test_a_file_that_can_only_be_read_is_checked_as_well(file, statement, monkeypatch):
    """Without the right to write the same is found, and the file stays as it is."""
    change(file, statement)
    found, before = check(file), file.read_bytes()
    plain = Database._choose_mode

    def choose(self, *, create):
        return ("ro&immutable=1", False) if self._file == file.resolve() else plain(
            self, create=create)  # fmt: skip

    monkeypatch.setattr(Database, "_choose_mode", choose)
    assert found
    assert check(file) == found
    assert file.read_bytes() == before


def test_a_word_in_another_place_is_told(file):
    """A word that a mail has, but at another place, is told, since phrases would not find it."""
    with Index.open(file) as index:
        assert len(index.search('"word4 of the text"')) == 1
    with closing(sqlite3.connect(file)) as connection, connection:
        block, number = connection.execute(
            "SELECT block, id FROM fulltext_data ORDER BY length(block) DESC LIMIT 1"
        ).fetchone()
        place = block.index(b"word")
        hurt = bytearray(block)
        hurt[block.index(b"4", place) + 4] ^= 2
        connection.execute("UPDATE fulltext_data SET block = ? WHERE id = ?", (hurt, number))
    assert any("fulltext" in text or "damaged" in text for text in check(file))


def test_progress_is_told_of_each_mail(file):
    """The callback hears of each mail that is read again, copies included."""
    heard = []
    with Index.open(file) as index:
        assert index.check(progress=lambda *counts: heard.append(counts)) == ()
    assert heard == [(done, 9) for done in range(1, 10)]


def test_nothing_is_left_of_a_check(file):
    """A check leaves nothing behind in the file or the connection, and may be repeated."""
    before = file.read_bytes()
    with Index.open(file) as index:
        assert (index.check(), index.check()) == ((), ())
        sql = "SELECT name FROM temp.sqlite_schema"
        assert list(index._database.query(sql)) == []
    assert file.read_bytes() == before


def test_an_empty_index_is_sound(tmp_path):
    """An index of nothing is sound."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        assert index.check() == ()


def hide_from(file, tree, condition):
    """Take entries out of one of SQLite's own indexes of them, as a damaged page may."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        sql = "SELECT sql FROM sqlite_schema WHERE name = ?"
        (plain,) = connection.execute(sql, (tree,)).fetchone()
        statement = "UPDATE sqlite_schema SET sql = ? WHERE name = ?"
        connection.execute(statement, (f"{plain} AND NOT ({condition})", tree))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"REINDEX {tree}")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement, (plain, tree))


def test_a_mail_that_is_hidden_is_no_problem_of_the_archive(file):
    """A mail that SQLite's index of blobs does not lead to is an error, and not counted as lost."""
    with Index.open(file) as index:
        mail = next(index.inbox("lemon").between(None).messages())
    hide_from(file, "entry_blob", "seq = 0")
    with Index.open(file) as index:
        window = index.inbox("lemon").between(None)
        for ask in (
            window.summary,
            lambda: list(window.messages()),
            lambda: list(window.problems()),
        ):
            with pytest.raises(IndexDamagedError, match="not where it should be"):
                ask()
        with pytest.raises(IndexDamagedError, match="not where it should be"):
            index.raw(mail)
        assert any("entry_blob" in text for text in index.check())


USED = {
    "a filter": ("UPDATE message SET kind = 'bot' WHERE id = 4", "kind:bot"),
    "a time": ("UPDATE message SET received = received + 10 WHERE id = 4", "word3"),
    "a copy": ("UPDATE message SET epoch = 2, seq = 0 WHERE id = 4", "word3"),
    "a Message-ID": ("UPDATE message_identifier SET message = 4 WHERE message = 5", "word3"),
}


@pytest.mark.parametrize(("statement", "query"), USED.values(), ids=USED)
def test_a_damaged_row_leads_to_no_answer(file, statement, query):
    """A hit through a row that no writer wrote is an error, however sensible it looks."""
    change(file, statement)
    with Index.open(file) as index:
        search = index.search(query)
        for ask in (search.hits, search.messages, search.entries, search.message_ids):
            with pytest.raises(IndexDamagedError, match="damaged"):
                list(ask())


@pytest.mark.parametrize("name", ["find", "get", "copies", "thread_of", "series_of"])
def test_an_id_leads_to_no_other_mail(file, name):
    """A lookup by a Message-ID whose row leads to another mail is an error."""
    change(file, "UPDATE message_identifier SET message = 6 WHERE message = 5")
    with Index.open(file) as index, pytest.raises(IndexDamagedError):
        getattr(index, name)("4@lemon.example")


def test_a_mail_is_never_given_at_the_place_of_another_copy(file):
    """A mail that was archived twice has the place of its first copy, whatever SQLite's trees say.

    A series had the entry of the second one, where a byte of the index of copies was wrong.
    """
    with Index.open(file) as index:
        right = index.get("1@lemon.example")
    hide_from(file, "entry_message", "seq = 1")
    with Index.open(file) as index:
        assert index.get("1@lemon.example") == right
        with pytest.raises(IndexDamagedError, match="a copy of a mail is missing"):
            index.copies("1@lemon.example")
        assert index.check()
