"""Each write of an update fails in turn, or is the last that the process does."""

import os
import signal
from collections import Counter

import pytest

import kvminbox.index.erase as erase_room
import kvminbox.index.update as update_room
from kvminbox.errors import IndexFileError
from tests.damage.failing_disk import FULL, FailingDisk, find_system
from tests.damage.scene import read_error
from tests.damage.watched import run_watched
from tests.index.test_kills import TEN, Scene

FILES = {
    f"{name}{end}"
    for name in ("lemon.git", "start.sqlite", "clean.sqlite", "index.sqlite")
    for end in ("", "-wal", "-shm")
}

needs_system = pytest.mark.skipif(find_system() is None, reason="SQLite can't be reached from here")


@pytest.fixture(params=[(), TEN], ids=["first", "rewritten"])
def scene(request, tmp_path, monkeypatch):
    """Return an update in many batches: a first one, and one after a purge."""
    monkeypatch.setattr(update_room, "TASK_SIZE", 3)
    monkeypatch.setattr(update_room, "BATCH_TASKS", 2)
    monkeypatch.setattr(erase_room, "_MANY", 3)
    return Scene(tmp_path, request.param)


class Count:
    """Counts writes, and lets the n-th end in one way."""

    def __init__(self, limit, way):
        self.seen = 0
        self._limit, self._way = limit, way

    def note(self, code):
        """Return what a write ends with; None where it succeeds."""
        self.seen += 1
        return self._way(code) if self.seen == self._limit else None


WAYS = {
    "ENOSPC": lambda code: FULL,
    "EIO": lambda code: code,
    "kill": lambda code: os.kill(os.getpid(), signal.SIGKILL),
}


def count_writes(scene):
    """Return how many writes, fsyncs and truncations an update has."""
    scene._start_again()

    def task():
        count = Count(0, None)
        FailingDisk(count.note)
        scene.update()
        return count.seen

    return run_watched(task)


def fail_at(scene, limit, way):
    """Update on a disk that fails; see that this is an error of ours, and what comes of it."""
    scene._start_again()
    count = Count(limit, WAYS[way])

    def task():
        FailingDisk(count.note)
        try:
            scene.update()
        except IndexFileError as error:
            return read_error(error)
        return "no error"

    return run_watched(task)


def check_writes(scene, way, limits):
    found = []
    for limit in limits:
        found.append(fail_at(scene, limit, way))
        scene.check()
        names = {path.name for path in scene.folder.iterdir()}
        assert names <= FILES, limit
    # SQLite does without the log where it can't be made, or emptied
    expected = "death by signal 9" if way == "kill" else "error"
    assert found.count(expected) >= 0.7 * len(found)
    assert set(found) <= {expected, "no error"}
    return found


@pytest.mark.slow
@needs_system
@pytest.mark.parametrize("way", WAYS)
def test_some_writes_fail(scene, way):
    """A write that fails is an error of ours, and the next update gives a clean build."""
    writes = count_writes(scene)
    assert writes > 40
    check_writes(scene, way, range(2, writes, writes // 4))


@needs_system
@pytest.mark.damage
@pytest.mark.parametrize("way", WAYS)
def test_each_write_fails(scene, way):
    """The same for each write, fsync and truncation."""
    writes = count_writes(scene)
    found = check_writes(scene, way, range(1, writes + 1))
    print(f"\n{way} at each of {writes} writes: {Counter(found)}")
