"""Full disks, missing rights, damaged and foreign files: a named error, or a right answer."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import kvminbox.index.update as update_room
import kvminbox.workers as workers_room
from kvminbox import Inbox
from kvminbox.errors import (
    IndexDamagedError,
    IndexFileError,
    IndexOutdatedError,
    KvminboxError,
    NotAnIndexError,
    WorkerError,
)
from kvminbox.index import Index
from kvminbox.index.database import Database
from kvminbox.index.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.archive.git_archive import Archive
from tests.index.histories import Add, Epoch, assert_same, build, dump

TEN = tuple(Add(number) for number in range(10))
MANY = tuple(Add(number) for number in range(150))


@pytest.fixture
def epoch(tmp_path):
    """Return a repository with ten mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(TEN)
    return epoch


@pytest.fixture
def file(tmp_path, epoch):
    """Return the path of an index of it."""
    build(tmp_path / "index.sqlite", ("lemon", Inbox.open(epoch.archive.path)))
    return tmp_path / "index.sqlite"


def update(path, epoch):
    with Index.open(path, create=True) as index:
        return index.update(Inbox.open(epoch.archive.path), name="lemon")


# no room


def run_child(task, *limits):
    """Run a task in a copy of this process, with limits; give the error that it ended with."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            for limit in limits:
                limit()
            task()
            os.write(writing, b"no error")
        except KvminboxError as error:
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        except BaseException as error:  # noqa: BLE001  # told to the parent, which fails
            os.write(writing, f"unexpected {error!r}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        text = stream.read().decode()
    os.waitpid(child, 0)
    return text


@pytest.mark.parametrize(
    "room",
    [0, 20_000, *(pytest.param(one, marks=pytest.mark.index_long) for one in (4_000, 40_000))],
)
def test_no_room_is_an_error(tmp_path, epoch, file, room):
    """An update that finds no room says so, and what was there before is there afterwards."""
    before = dump(file)
    size = file.stat().st_size
    epoch.write(MANY)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))

    told = run_child(lambda: update(file, epoch), limit)
    assert told.startswith("IndexFileError")
    assert "disk" in told
    with Index.open(file) as index:
        assert index.check() == ()
        assert len(list(index.messages())) == 10
    assert_same(dump(file), before)
    assert update(file, epoch).added == len(MANY) - 10


@pytest.mark.parametrize("pages", [30, 40, 60])
def test_a_full_disk_is_an_error(epoch, file, monkeypatch, pages):
    """What SQLite calls full becomes an error of ours, and the next update makes it up."""
    epoch.write(MANY)
    plain = Database._set_up

    def set_up(self):
        plain(self)
        self.execute(f"PRAGMA max_page_count = {pages}")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_set_up", set_up)
        with pytest.raises(IndexFileError, match="no space left on the disk"):
            update(file, epoch)
    with Index.open(file) as index:
        assert len(list(index.messages())) == 10
        assert index.check() == ()
    assert update(file, epoch).added == len(MANY) - 10


# no permission


def as_nobody():
    """Drop the rights of root, where this is root."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def open_to_others(folder):
    """Let others into a folder of this test."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("name", ["file", "folder"])
def test_no_permission_is_an_error(tmp_path, epoch, file, name):
    """Where the file or its folder can't be written, it answers, and an update says why."""
    open_to_others(tmp_path)
    if os.geteuid() != 0:
        (file if name == "file" else tmp_path).chmod(0o444 if name == "file" else 0o555)

    def read_only():
        with Index.open(file) as index:
            assert len(list(index.messages())) == 10
            index._database.execute("DELETE FROM name")

    told = run_child(read_only, as_nobody)
    assert told.startswith("IndexFileError")
    assert "check the permissions" in told
    tmp_path.chmod(0o755)


def test_no_folder_and_no_rights_are_errors(tmp_path, epoch, file):
    """A folder that is not there, is a file, or may not be read, is named."""
    with pytest.raises(IndexFileError, match="directory does not exist"):
        Index.open(tmp_path / "no" / "index.sqlite")
    with pytest.raises(IndexFileError):
        Index.open(file / "index.sqlite")
    with pytest.raises(NotAnIndexError, match="not an index"):
        Index.open(tmp_path)
    with pytest.raises(IndexFileError):
        Index.open("a\0b")
    file.chmod(0)
    tmp_path.chmod(0o755)
    assert run_child(lambda: Index.open(file), as_nobody).startswith("IndexFileError")


def test_a_pipe_is_no_index(tmp_path):
    """A named pipe is refused, not waited for."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAnIndexError):
        Index.open(tmp_path / "pipe")


# other files

FOREIGN = {
    "text": b"No database at all.\n" * 100,
    "a letter": b"x",
    "a short text": b"x" * 511,
    "the magic alone": b"SQLite format 3\0",
    "the magic and noise": b"SQLite format 3\0" + bytes(range(256)) * 64,
    "zeros": bytes(8192),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_files_are_refused_and_unharmed(tmp_path, name):
    """A file that is no index is an error, and not a byte of it changes."""
    path = tmp_path / "index.sqlite"
    path.write_bytes(FOREIGN[name])
    with pytest.raises(IndexFileError):
        Index.open(path)
    assert path.read_bytes() == FOREIGN[name]
    assert [child.name for child in tmp_path.iterdir()] == ["index.sqlite"]


def test_an_empty_file_becomes_an_index(tmp_path, epoch):
    """A file without a byte, as a kill at the very start leaves it, is made an index."""
    path = tmp_path / "index.sqlite"
    path.touch()
    assert update(path, epoch).added == 10


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_another_programs_database_is_refused(tmp_path):
    """A SQLite file of another program is refused, whether or not it has tables."""
    for statement in ("CREATE TABLE bookmark (url TEXT)", "PRAGMA user_version = 3"):
        path = tmp_path / f"{len(statement)}.sqlite"
        change(path, statement)
        before = path.read_bytes()
        with pytest.raises(NotAnIndexError, match="another program"):
            Index.open(path)
        assert path.read_bytes() == before


STRANGE = [
    "CREATE TRIGGER t AFTER INSERT ON name BEGIN DELETE FROM entry; END",
    "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM entry; END",
    "CREATE VIEW v AS SELECT * FROM message",
    "CREATE TABLE more (x)",
    "CREATE INDEX more ON message(size)",
    "DROP TABLE meta",
    "DROP INDEX entry_oid",
    "ALTER TABLE meta ADD COLUMN x INT",
]


@pytest.mark.parametrize("statement", STRANGE)
def test_an_index_with_other_tables_is_refused(file, statement):
    """What somebody slipped into an index, or took out of it, is noticed before anything runs."""
    if "INSTEAD" in statement:
        change(file, "CREATE VIEW v AS SELECT 1 AS x")
    change(file, statement)
    with pytest.raises(IndexDamagedError, match="tables"):
        Index.open(file)


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION - 1, SCHEMA_VERSION + 1, 10_000, -1])
def test_another_schema_is_refused(file, version):
    """An index of another version says what to do, and is not touched."""
    change(file, f"PRAGMA user_version = {version}")
    before = file.read_bytes()
    with pytest.raises(IndexOutdatedError, match="schema") as caught:
        Index.open(file)
    assert ("newer kvminbox" in str(caught.value)) == (version > SCHEMA_VERSION)
    assert file.read_bytes() == before
    assert APPLICATION_ID.to_bytes(4, "big") == before[68:72]


def test_an_index_of_an_earlier_schema_tells_its_archives(tmp_path):
    """Who has to build it again is told which archives it was made of, by their names."""
    path = tmp_path / "x.sqlite"
    folder = tmp_path / "figs"
    lore = tmp_path / "limes" / "git"
    for number in (0, 1):
        for one in (folder, lore):
            Archive(one / f"{number}.git").add(number)
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(folder))
        index.update(Inbox.open(folder / "1.git"), name="last")
        index.update(Inbox.open(lore.parent))
    change(path, f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    with pytest.raises(IndexOutdatedError) as caught:
        Index.open(path)
    assert caught.value.cure.endswith(
        f"it was made as figs of {folder}, last of {folder}/1.git, limes of {lore.parent}"
    )


def test_a_view_in_an_index_of_an_earlier_schema_is_not_read(file):
    """What somebody slipped in under the name of a table might never end."""
    change(file, "DROP TABLE inbox")
    endless = (
        "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 'a' name"
    )
    change(file, f"CREATE VIEW inbox AS {endless} FROM n")
    change(file, f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    with pytest.raises(IndexOutdatedError) as caught:
        Index.open(file)
    assert caught.value.cure.endswith("it is only a cache")


# damage


def ask_all(path, epoch):
    """Ask an index all there is; give the answers, an error in place of one that is none.

    Only errors of ours are caught.
    """
    questions = {
        "mails": lambda index: [index.raw(mail) for mail in index.messages()],
        # copies have their texts, which the index gives only as long as it is open
        "messages": lambda index: [mail.model_copy() for mail in index.messages()],
        "search": lambda index: len(list(index.search("word*"))) >= 0,
        "thread": lambda index: index.thread_of("4@lemon.example") is None or True,
        "series": lambda index: index.series_of("3@lemon.example") is None or True,
        "inboxes": lambda index: len(index.inboxes) >= 0,
        "check": lambda index: len(index.check()) >= 0,
    }
    answers = {}
    try:
        with Index.open(path, create=True) as index:
            for name, ask in questions.items():
                try:
                    answers[name] = ask(index)
                except KvminboxError:
                    answers[name] = None
            try:
                index.update(Inbox.open(epoch.archive.path), name="lemon")
            except KvminboxError:
                answers["update"] = None
    except KvminboxError:
        return {}
    return answers


def assert_harmless(path, epoch, right, place):
    """Each answer that concerns mails is the right one, or an error."""
    answers = ask_all(path, epoch)
    for name in ("mails", "messages"):
        given = answers.get(name)
        assert given is None or given == right[name], place


def flip(path, data, chance):
    """Write a file with one to three bytes changed; give the places."""
    places = [chance.randrange(len(data)) for _ in range(chance.choice([1, 1, 3]))]
    hurt = bytearray(data)
    for place in places:
        hurt[place] ^= 1 << chance.randrange(8)
    path.write_bytes(hurt)
    return places


def check_flips(tmp_path, epoch, file, count, seed):
    right = ask_all(file, epoch)
    data = file.read_bytes()
    chance = random.Random(seed)
    for _ in range(count):
        for old in tmp_path.glob("hurt*"):
            old.unlink()
        places = flip(tmp_path / "hurt.sqlite", data, chance)
        assert_harmless(tmp_path / "hurt.sqlite", epoch, right, places)


@pytest.mark.slow
def test_changed_bytes_are_harmless(tmp_path, epoch, file):
    """With bytes changed anywhere an answer is right or an error of ours; no mail is made up."""
    check_flips(tmp_path, epoch, file, 40, seed=1)


@pytest.mark.index_long
@pytest.mark.parametrize("seed", range(2, 12))
def test_changed_bytes_are_harmless_at_many_places(tmp_path, epoch, file, seed):
    """The same at thousands of places."""
    check_flips(tmp_path, epoch, file, 300, seed=seed)


def test_cut_files_are_harmless(tmp_path, epoch, file):
    """Of a file that was cut short, or holds zeros from some place on, likewise."""
    right = ask_all(file, epoch)
    data = file.read_bytes()
    for size in range(1, len(data), len(data) // 25):
        for rest in (b"", bytes(len(data) - size)):
            for old in tmp_path.glob("hurt*"):
                old.unlink()
            (tmp_path / "hurt.sqlite").write_bytes(data[:size] + rest)
            assert_harmless(tmp_path / "hurt.sqlite", epoch, right, size)


DAMAGES = [
    "UPDATE block SET data = zeroblob(100)",
    "UPDATE block SET data = x'28b52ffd'",
    "UPDATE block SET size = size - 1",
    "UPDATE block SET size = 1 << 62",
    "UPDATE block SET size = -1",
    "DELETE FROM block",
    "UPDATE entry SET start = start + 1",
    "UPDATE entry SET size = size - 1 WHERE size",
    "UPDATE entry SET size = -5 WHERE size",
    "UPDATE entry SET start = 1 << 62 WHERE size",
    "UPDATE entry SET blob = zeroblob(20) WHERE seq = 3",
    "UPDATE entry SET blob = x'00' WHERE seq = 3",
    "UPDATE entry SET block = NULL WHERE seq = 3",
    "UPDATE entry SET oid = x'1234' WHERE seq = 3",
    "UPDATE entry SET change = 99 WHERE seq = 3",
    "UPDATE entry SET change = -99 WHERE seq = 3",
    "UPDATE entry SET seconds = 1 << 62",
    "UPDATE entry SET message = 4711",
    "UPDATE entry SET parents = x'11'",
    "UPDATE entry SET parents = oid WHERE seq = 5",
    "DELETE FROM entry WHERE seq = 5",
    "DELETE FROM entry",
    "DELETE FROM message WHERE id < 5",
    "UPDATE message SET epoch = 77",
    "UPDATE message SET received = 1 << 62",
    "UPDATE epoch SET tip = x'12'",
    "UPDATE epoch SET tip = zeroblob(20)",
    "UPDATE epoch SET number = -1",
    "UPDATE name SET target = x'12'",
    "DELETE FROM identifier",
    "DELETE FROM inbox",
    "DELETE FROM epoch",
    "UPDATE fulltext_data SET block = zeroblob(10)",
    "DELETE FROM fulltext_data",
    "DELETE FROM fulltext_docsize",
    "UPDATE meta SET value = 99",
]


@pytest.mark.slow
@pytest.mark.parametrize("statement", DAMAGES)
def test_wrong_rows_are_harmless(tmp_path, epoch, file, statement):
    """Rows that no update would write give an error of ours, or no wrong mail, and no hang."""
    right = ask_all(file, epoch)
    change(file, statement)
    epoch.write((*TEN[:5], *(Add(number) for number in range(20, 25))))
    assert_harmless(file, epoch, right, statement)


# processes that die


@pytest.mark.slow
def test_a_worker_that_dies(tmp_path, epoch, file, monkeypatch):
    """Where a process that reads is killed, that is said, and the old state stays in use."""
    epoch.write(MANY)
    monkeypatch.setattr(update_room, "MANY", 0)
    monkeypatch.setattr(update_room, "TASK_SIZE", 48)
    monkeypatch.setattr(update_room, "BATCH_TASKS", 1)
    plain = workers_room.Worker.call
    calls = []

    def call(self, packed, task, where):
        calls.append(task)
        if len(calls) == 3:
            self._process.kill()
            self._process.wait()
        return plain(self, packed, task, where)

    with Index.open(file) as index:
        with monkeypatch.context() as patch:
            patch.setattr(workers_room.Worker, "call", call)
            with pytest.raises(WorkerError, match=r"died \(by SIGKILL\)") as caught:
                index.update(Inbox.open(epoch.archive.path), name="lemon", jobs=2)
            assert caught.value.where == str(epoch.archive.path)
        assert len(list(index.messages())) in range(10, len(MANY))
        assert index.check() == ()
        index.update(Inbox.open(epoch.archive.path), name="lemon", jobs=2)
    clean = build(tmp_path / "clean.sqlite", ("lemon", Inbox.open(epoch.archive.path)))
    assert_same(dump(file), clean)


QUIET = """
import sys
from kvminbox import Inbox, Index
import kvminbox.index.update as room
room.MANY = 0
with Index.open(sys.argv[1], create=True) as index:
    index.update(Inbox.open(sys.argv[2]), jobs=2)
"""


@pytest.mark.slow
def test_processes_print_nothing(tmp_path, epoch):
    """Neither the caller's standard output nor its error stream gets a byte from workers."""
    command = [sys.executable, "-c", QUIET, tmp_path / "index.sqlite", epoch.archive.path]
    done = subprocess.run(command, capture_output=True, check=True, timeout=600)
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.slow
def test_a_broken_off_update_ends_its_processes(epoch, file, monkeypatch):
    """When the caller breaks an update off, no worker stays behind."""
    epoch.write(MANY)
    monkeypatch.setattr(update_room, "MANY", 0)
    workers = []
    plain = workers_room.Worker.__init__

    def start(self):
        plain(self)
        workers.append(self)

    def break_off(done, total):
        raise KeyboardInterrupt

    monkeypatch.setattr(workers_room.Worker, "__init__", start)
    with Index.open(file) as index:
        with pytest.raises(KeyboardInterrupt):
            index.update(Inbox.open(epoch.archive.path), name="lemon", jobs=2, progress=break_off)
        assert [worker._process.poll() is not None for worker in workers] == [True, True]
        assert len(list(index.messages())) == 10


def test_a_closed_index_is_an_error(file):
    """After its close an index answers with an error of ours."""
    index = Index.open(file)
    index.close()
    index.close()
    for ask in (index.messages, lambda: index.search("x"), lambda: index.get("x"), index.check):
        with pytest.raises(KvminboxError):
            list(ask() or ())


def test_a_moved_file_can_be_used(tmp_path, epoch, file):
    """An index may be copied elsewhere; it needs no archive to answer."""
    shutil.rmtree(epoch.archive.path)
    moved = Path(shutil.move(file, tmp_path / "moved.sqlite"))
    with Index.open(moved) as index:
        assert len(list(index.messages())) == 10
        assert len(index.search("word*")) == 10


# what is not there


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    """A mistyped path is an error, and leaves no file; with the word for it one is made."""
    path = tmp_path / "idnex.sqlite"
    with pytest.raises(IndexFileError, match=r"no such index file.*create=True"):
        Index.open(path)
    assert list(tmp_path.iterdir()) == []
    Index.open(path, create=True).close()
    assert len(path.read_bytes()) > 0
    Index.open(path).close()


def test_an_empty_file_becomes_an_index_only_on_demand(tmp_path):
    """An empty file is no index, and may become one."""
    path = tmp_path / "empty.sqlite"
    path.touch()
    with pytest.raises(NotAnIndexError, match="not an index"):
        Index.open(path)
    assert path.stat().st_size == 0
    with Index.open(path, create=True) as index:
        assert index.inboxes == ()


@pytest.mark.parametrize("replace", ["replaced", "deleted"])
def test_nothing_is_written_to_a_file_that_is_gone(tmp_path, epoch, file, replace):
    """An update of a file that was replaced or deleted while it was open is an error."""
    other = tmp_path / "other.sqlite"
    Index.open(other, create=True).close()
    before = other.read_bytes()
    epoch.write(MANY)
    with Index.open(file) as index:
        if replace == "replaced":
            other.replace(file)
        else:
            file.unlink()
        with pytest.raises(IndexFileError, match="moved, deleted or replaced"):
            index.update(Inbox.open(epoch.archive.path))
    assert not file.exists() or file.read_bytes() == before


def test_a_file_that_goes_during_an_update_is_an_error(epoch, file):
    """An update says so when the file that it wrote to is no longer at its path."""
    epoch.write(MANY)

    def delete(done, total):
        if done == total:
            file.unlink(missing_ok=True)

    with Index.open(file) as index, pytest.raises(IndexFileError, match="moved, deleted or"):
        index.update(Inbox.open(epoch.archive.path), progress=delete)
