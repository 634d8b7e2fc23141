"""When mails are read in another way, an index reads its mails again."""

import hashlib

import pytest

import kvminbox.index.index as index_room
import kvminbox.index.messages as messages_room
import kvminbox.index.update as update_room
from kvminbox import Inbox
from kvminbox.errors import IndexOutdatedError
from kvminbox.index import Index
from kvminbox.index.extract import extract_mail
from kvminbox.index.reader import READER
from tests.index.histories import Add, Delete, Epoch, assert_same, dump

HISTORY = (*(Add(number) for number in range(10)), Add(3, 1), Delete(4), Add(3, 2))

SAMPLE_DIGEST = (20, "11fdd2f870495103")


def read_otherwise(raw, arrived):
    """Read a mail as a later version might: other words, ids, lists and kinds."""
    plain = extract_mail(raw, arrived)
    return plain._replace(
        content=hashlib.sha256(plain.content).digest()[:16],
        received=plain.received + 1,
        kind="bot",
        list_id=None if plain.list_id == "list1.lemon.example" else "new.lemon.example",
        ids=tuple(f"new.{one}" for one in plain.ids),
        references=plain.references[:1],
        words=plain.words._replace(s="newword"),
    )


@pytest.fixture
def reread(monkeypatch):
    """Return a function that turns the library into a later version of itself."""

    def change():
        for room in (index_room, update_room):
            monkeypatch.setattr(room, "READER", READER + 1)
        monkeypatch.setattr("kvminbox.index.extract.extract_mail", read_otherwise)

    return change


def test_another_reader_reads_all_again(tmp_path, reread):
    """The next update makes all rows again from the stored bytes, as a clean build would."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(HISTORY)
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
    reread()
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        with pytest.raises(IndexOutdatedError, match="read mails differently"):
            index.search("lemon")
        assert index.update(inbox).epochs == ()
        assert len(index.search("s:newword")) == 9
        assert index.check() == ()
    with Index.open(tmp_path / "clean.sqlite", create=True) as index:
        index.update(inbox)
    assert_same(dump(tmp_path / "index.sqlite"), dump(tmp_path / "clean.sqlite"))


def test_what_another_reader_found_is_not_taken(tmp_path, monkeypatch):
    """Until an update, mails of an index of another version are read from their bytes."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(HISTORY)
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        monkeypatch.setattr("kvminbox.index.mails.READER", READER + 1)
        monkeypatch.setattr("kvminbox.index.mails.begin_message", None)
        assert [*index.messages()] == [*inbox.between(None).messages()]


def test_reading_again_breaks_off_without_harm(tmp_path, reread, monkeypatch):
    """Where reading again is broken off, the old rows are still there, all of them."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(HISTORY)
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
    before = dump(tmp_path / "index.sqlite")
    reread()
    plain = messages_room.Messages._number

    def break_off(self, identity):
        if identity.startswith("new.7"):
            raise KeyboardInterrupt
        return plain(self, identity)

    with (
        Index.open(tmp_path / "index.sqlite", create=True) as index,
        monkeypatch.context() as patch,
    ):
        patch.setattr(messages_room.Messages, "_number", break_off)
        with pytest.raises(KeyboardInterrupt):
            index.update(inbox)
    assert_same(dump(tmp_path / "index.sqlite"), before)


def test_the_number_tells_of_a_change(sample_inbox):
    """Whoever changes what the index keeps of a mail raises READER, and writes the new pair here.

    Old indexes would else keep rows that a new one would not have. The failure shows the
    digest; where it is meant, raise `kvminbox.index.reader.READER` by one, and set
    SAMPLE_DIGEST to the new number and digest.
    """
    window = Inbox.open(sample_inbox).between(None)
    digest = hashlib.sha256()
    for entry in window.entries():
        if entry.change == "message":
            raw = Inbox.open(sample_inbox).raw(entry)
            *columns, words = extract_mail(raw, 7)
            digest.update(repr((*columns, tuple(words))).encode())
    assert (READER, digest.hexdigest()[:16]) == SAMPLE_DIGEST
