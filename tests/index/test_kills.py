"""Whatever kills an update, the next one gives what a clean build gives."""

import os
import random
import shutil
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import kvminbox.index.erase as erase_room
import kvminbox.index.update as update_room
from kvminbox import Inbox
from kvminbox.index import Index
from kvminbox.index.database import Database
from tests.index.histories import Add, Delete, Epoch, Purge, assert_same, build, dump

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "BEGIN", "COMMIT", "PRAGMA")
TEN = tuple(Add(number) for number in range(10))
AFTER = (*TEN[:6], Purge(6), *TEN[7:], Delete(3), Add(1, 1), *(Add(n) for n in range(10, 24)))


@contextmanager
def watched(note):
    """Report each statement that SQLite executes and that may write."""
    plain = Database._open

    def open_watched(self, file, mode):
        connection = plain(self, file, mode)
        connection.set_trace_callback(lambda text: text.startswith(WRITES) and note(text))
        return connection

    Database._open = open_watched
    try:
        yield
    finally:
        Database._open = plain


def start_child(task, note):
    """Run a task in a copy of this process; give its number."""
    child = os.fork()
    if child == 0:
        try:
            with watched(note):
                task()
        finally:
            os._exit(0)
    return child


def wait_for(child):
    """Return the exit code of a child, or the signal that ended it as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Scene:
    """An archive that was indexed, then purged and added to; and what a clean build gives."""

    def __init__(self, folder: Path, before) -> None:
        self.folder = folder
        epoch = Epoch(folder / "lemon.git")
        self.archive = epoch.archive.path
        self.start = folder / "start.sqlite"
        if before:
            epoch.write(before)
            build(self.start, ("lemon", Inbox.open(self.archive)))
        epoch.write(AFTER)
        self.clean = build(folder / "clean.sqlite", ("lemon", Inbox.open(self.archive)))
        self.writes = self.count_writes()

    @property
    def path(self) -> Path:
        """The index that is killed."""
        return self.folder / "index.sqlite"

    def _start_again(self) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        if self.start.exists():
            shutil.copy(self.start, self.path)

    def update(self) -> None:
        """Update the index."""
        with Index.open(self.path, create=True) as index:
            index.update(Inbox.open(self.archive), name="lemon")

    def count_writes(self) -> int:
        """Update, and give at how many statements one could die."""
        statements = []
        self._start_again()
        with watched(statements.append):
            self.update()
        return len(statements)

    def die_at(self, limit: int) -> int:
        """Update in a process that dies at a write; give its exit code."""
        self._start_again()
        left = iter(range(limit - 1))

        def note(statement):
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        return wait_for(start_child(self.update, note))

    def die_after(self, seconds: float) -> int:
        """Update in a process that is killed after a time; give its exit code."""
        self._start_again()
        child = start_child(self.update, lambda statement: None)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        return wait_for(child)

    def check(self) -> None:
        """Update to the end, and compare."""
        with Index.open(self.path, create=True) as index:
            assert index.check() == ()
            index.update(Inbox.open(self.archive), name="lemon")
            assert index.check() == ()
        assert_same(dump(self.path), self.clean)


@pytest.fixture(params=["first", "rewritten"])
def scene(request, tmp_path, monkeypatch):
    """Return an update to kill, in many batches: a first one, and one after a purge."""
    monkeypatch.setattr(update_room, "TASK_SIZE", 3)
    monkeypatch.setattr(update_room, "BATCH_TASKS", 2)
    monkeypatch.setattr(erase_room, "_MANY", 3)
    return Scene(tmp_path, TEN if request.param == "rewritten" else ())


def kill_at(scene, limits):
    for limit in limits:
        assert scene.die_at(limit) == -signal.SIGKILL, limit
        scene.check()


@pytest.mark.slow
def test_kills_at_some_writes(scene):
    """After a kill at a write the next update gives a clean build, nothing doubled or lost."""
    assert scene.writes > 40
    kill_at(scene, range(1, scene.writes, scene.writes // 10))


def test_a_kill_leaves_work(scene):
    """A process that dies late has written a part, so that what is tested is not the start."""
    scene.die_at(scene.writes - 5)
    with Index.open(scene.path) as index:
        assert len(index.search("word*")) > 10


@pytest.mark.index_long
def test_kills_at_each_write(scene):
    """The same at each write."""
    kill_at(scene, range(1, scene.writes + 1))


@pytest.mark.index_long
def test_kills_at_random_times(scene):
    """The same at any time, a thousand times in all."""
    chance = random.Random(4)
    started = time.monotonic()
    scene.count_writes()
    whole = time.monotonic() - started
    codes = []
    for _ in range(500):
        codes.append(scene.die_after(chance.uniform(0, 1.1) * whole))
        scene.check()
    assert codes.count(-signal.SIGKILL) > 150
