"""Several connections to one file: each sees one whole state, old or new."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

import kvminbox.index.erase as erase_room
import kvminbox.index.update as update_room
from kvminbox import Inbox
from kvminbox.errors import IndexFileError, IndexLockedError, KvminboxError
from kvminbox.index import Index
from tests.index.histories import Add, Epoch, Purge, write_mail

TEN = tuple(Add(number) for number in range(10))


@pytest.fixture
def epoch(tmp_path):
    """Return a repository with ten mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(TEN)
    return epoch


@pytest.fixture
def file(tmp_path, epoch):
    """Return the path of an index of it."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(epoch.archive.path))
    return tmp_path / "index.sqlite"


def raws(index):
    return [index.raw(message) for message in index.messages()]


def test_a_reader_that_kept_blocks_sees_new_mails(epoch, file, tmp_path, monkeypatch):
    """Blocks that a reader keeps unpacked are not taken for those that an update put in place."""
    monkeypatch.setattr(erase_room, "_MANY", 3)
    with Index.open(file) as reader, Index.open(file) as writer:
        history = TEN
        for number in range(10, 20):
            assert len(raws(reader)) == len(history)
            history = (*history[1:], Add(number)) if number % 3 == 0 else (*history, Add(number))
            epoch.write(history)
            writer.update(Inbox.open(epoch.archive.path))
            assert raws(reader) == [write_mail(step.number) for step in history]


def test_a_search_before_a_rewrite_reads_right_mails(epoch, file):
    """What a search found is read as it was, or is an error where it is gone by then."""
    with Index.open(file) as reader, Index.open(file) as writer:
        hits = iter(reader.search("ada*", order="oldest"))
        assert next(hits).message.message_id == "0@lemon.example"
        epoch.write((*TEN[:4], Purge(4), *TEN[5:]))
        writer.update(Inbox.open(epoch.archive.path))
        seen = []
        with suppress(KvminboxError):
            for hit in hits:
                seen.append(hit.message.message_id)  # noqa: PERF401  # some may come before an error
        expected = [f"{number}@lemon.example" for number in range(1, 10)]
        assert seen == [one for one in expected if one in seen]


def test_an_error_for_rows_that_are_gone(epoch, file):
    """A mail that was purged after it was found is a named error."""
    with Index.open(file) as reader, Index.open(file) as writer:
        window = reader.between(None)
        hits = iter(reader.search("ada4 OR ada5"))
        assert next(hits).message.message_id == "5@lemon.example"
        epoch.write((*TEN[:4], Purge(4), *TEN[5:]))
        writer.update(Inbox.open(epoch.archive.path))
        with pytest.raises(KvminboxError):
            list(hits)
        with pytest.raises(KvminboxError):
            list(window.messages())


@pytest.mark.parametrize("ask", [
    lambda index: index.get("5@lemon.example"),
    lambda index: next(iter(index.search("ada5"))).message,
    lambda index: index.raw(index._message),
    lambda index: next(iter(index.between(None).messages())).body,
])  # fmt: skip
def test_a_rewrite_between_row_and_block(epoch, file, monkeypatch, short_wait, ask):
    """A mail's place and its block are of one state, whenever a rewrite comes."""
    with Index.open(file) as reader, Index.open(file) as writer:
        reader._message = reader.get("5@lemon.example")
        expected = ask(reader)
        reader._blocks.forget()
        plain = reader._blocks.read

        def read_late(*values):
            monkeypatch.setattr(reader._blocks, "read", plain)
            epoch.write((Add(20), *TEN[3:]))
            writer.update(Inbox.open(epoch.archive.path))
            return plain(*values)

        monkeypatch.setattr(reader._blocks, "read", read_late)
        assert ask(reader) == expected


OPEN_AND_CLOSE = "import sys; from kvminbox import Index; Index.open(sys.argv[1]).close()"


def test_opening_a_file_twice_keeps_its_locks(epoch, file):
    """A second connection of a process does not give away the locks of the first.

    On POSIX, whoever closes any handle of a file loses all of the process's locks on it;
    then another process's end would remove the log under the hands of the first.
    """
    with Index.open(file) as first:
        first.update(Inbox.open(epoch.archive.path))
        with Index.open(file):
            log = file.with_name(f"{file.name}-wal")
            before = log.stat().st_ino
            subprocess.run([sys.executable, "-c", OPEN_AND_CLOSE, file], check=True)
            assert log.stat().st_ino == before


def test_a_second_writer_waits_then_says_so(epoch, file, short_wait):
    """While another process writes, an update is an error after a while, and reading goes on."""
    epoch.write((*TEN, Add(10)))
    with Index.open(file) as index, Index.open(file) as other:
        with other._database.transaction():
            with pytest.raises(IndexLockedError, match="another process"):
                index.update(Inbox.open(epoch.archive.path))
            assert index._database.value("PRAGMA busy_timeout") == 200
            assert len(list(index.messages())) == 10
        assert index.update(Inbox.open(epoch.archive.path)).added == 1


def test_a_writer_in_between_is_noticed(epoch, file, monkeypatch):
    """Two updates that planned the same do not both write it."""
    epoch.write((*TEN, Add(10)))
    inbox = Inbox.open(epoch.archive.path)
    with Index.open(file) as index, Index.open(file) as other:
        plain = update_room.Updater._apply

        def late(self, *values):
            monkeypatch.setattr(update_room.Updater, "_apply", plain)
            other.update(inbox)
            plain(self, *values)

        monkeypatch.setattr(update_room.Updater, "_apply", late)
        with pytest.raises(IndexLockedError, match="same time"):
            index.update(inbox)
        assert len(list(index.messages())) == 11
        assert index.check() == ()


UPDATE = """
import sys
from kvminbox import Inbox, Index
from kvminbox.errors import IndexLockedError
while True:
    try:
        with Index.open(sys.argv[1], create=True) as index:
            index.update(Inbox.open(sys.argv[2]))
        break
    except IndexLockedError:
        continue
"""


@pytest.mark.slow
def test_many_first_updates_at_once(epoch, tmp_path):
    """Processes that make one file at the same time make it once."""
    path = tmp_path / "new.sqlite"
    command = [sys.executable, "-c", UPDATE, path, epoch.archive.path]
    children = [subprocess.Popen(command) for _ in range(3)]
    assert [child.wait(600) for child in children] == [0, 0, 0]
    with Index.open(path) as index:
        assert raws(index) == [write_mail(step.number) for step in TEN]
        assert index.check() == ()


@pytest.mark.slow
def test_eight_readers_during_updates(epoch, file):
    """While an archive grows and is rewritten, no reader sees a state that never was."""
    states = [
        tuple(Add(number) for number in numbers)
        for numbers in (range(10), range(14), range(4, 9), range(3, 12), range(12))
    ]
    known = {tuple(write_mail(step.number) for step in state) for state in states}
    ids = {frozenset(f"{step.number}@lemon.example" for step in state) for state in states}
    ended, wrong, seen = threading.Event(), [], []

    def read():
        with Index.open(file) as index:
            while not ended.is_set():
                try:
                    if tuple(raws(index)) not in known:
                        wrong.append("messages")
                    if frozenset(index.search("ada*").message_ids()) not in ids:
                        wrong.append("search")
                    seen.append(1)
                except KvminboxError as error:
                    # what a reader was about to read may go: that is said, not guessed
                    gone = ("no longer in the index", "not in this index")
                    if not any(words in str(error) for words in gone):
                        wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        with Index.open(file) as index:
            for state in states * 2:
                epoch.write(state)
                index.update(Inbox.open(epoch.archive.path))
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert len(seen) > 8


@pytest.fixture
def read_only(monkeypatch, tmp_path):
    """Make the files of the test read-only for this user."""

    def access(path, mode):
        return mode != os.W_OK or not Path(path).is_relative_to(tmp_path)

    monkeypatch.setattr(os, "access", access)


def test_a_file_that_can_only_be_read(epoch, file, monkeypatch, read_only):
    """It answers, and an update is an error that says why."""
    with Index.open(file) as index:
        assert len(list(index.messages())) == 10
        assert len(index.search("ada*")) == 10
        assert index.check() == ()
        epoch.write((*TEN, Add(10)))
        with pytest.raises(IndexFileError, match="read-only"):
            index.update(Inbox.open(epoch.archive.path))


def test_a_read_only_reader_is_told_of_an_update(epoch, file, monkeypatch, read_only):
    """Who may not write can't take part in locking: a change of the file is an error to them."""
    with Index.open(file) as index:
        assert len(list(index.messages())) == 10
        monkeypatch.undo()
        epoch.write(tuple(Add(number) for number in range(20, 400)))
        with Index.open(file) as writer:
            writer.update(Inbox.open(epoch.archive.path), accept_loss=True)
        with pytest.raises(IndexLockedError, match="open it again"):
            list(index.messages())
        with pytest.raises(IndexLockedError, match="open it again"):
            len(index.search("ada*"))


def test_a_read_only_reader_beside_a_writer(epoch, file, monkeypatch, read_only):
    """Where a writer has the file open, a reader without rights sees what it has written."""
    monkeypatch.undo()
    with Index.open(file) as writer:
        epoch.write((*TEN, Add(10)))
        writer.update(Inbox.open(epoch.archive.path))
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
        with Index.open(file) as reader:
            assert len(list(reader.messages())) == 11
            monkeypatch.undo()
            epoch.write((*TEN, Add(10), Add(11)))
            writer.update(Inbox.open(epoch.archive.path))
            assert len(list(reader.messages())) == 12
