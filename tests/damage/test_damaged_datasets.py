"""Datasets where a disk is full or a worker process dies: whole, or refused with what to do."""

import os
import resource
import signal
import threading
import time
from pathlib import Path

import pytest

from kvminbox import Inbox, frames
from kvminbox.errors import DatasetError, KvminboxError
from kvminbox.frames.frame import FRAMES
from tests.damage.scene import read_error
from tests.damage.test_no_room import fill, small_disk  # noqa: F401  # a fixture
from tests.damage.watched import run_watched
from tests.index.histories import Add, Epoch

pytestmark = pytest.mark.damage

MAILS = 120


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return the path of an archive with some mails."""
    epoch = Epoch(tmp_path_factory.mktemp("inbox") / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(MAILS)))
    return epoch.archive.path


def _make(path, folder, **options):
    try:
        frames.write_dataset(Inbox.open(path), folder, mails=30, **options)
        frames.group_dataset(folder, **options)
    except KvminboxError as error:
        return read_error(error)
    return "equal"


def _look(path, folder):
    """Compare all tables with the window's; return how many were refused."""
    window = Inbox.open(path).between(None)
    refused = 0
    for frame in FRAMES:
        try:
            table = frames.open_dataset(folder, frame.name).to_table()
        except DatasetError as error:
            assert error.cure
            refused += 1
        else:
            assert table.equals(getattr(frames, frame.name)(window).to_arrow()), frame.name
    return refused


def _check(path, folder, answer):
    """What failed does not look whole, and is resumed; then nothing unfinished is left."""
    assert answer in {"equal", "error"}, answer
    assert (_look(path, folder) > 0) == (answer == "error")
    assert _make(path, folder) == "equal"
    assert _look(path, folder) == 0
    assert not list(folder.rglob("*.part"))
    assert not (folder / "_work").exists()


@pytest.mark.parametrize("room", [0, 60, 400, 1_500, 4_000, 9_000, 16_000, 40_000])
def test_a_dataset_whose_n_th_byte_fails(path, tmp_path, room):
    """Whichever write fails, the dataset is refused until the next call has made it whole."""
    folder = tmp_path / "set"

    def write():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        return _make(path, folder)

    _check(path, folder, run_watched(write))


@pytest.mark.parametrize("left", [0, 40_000, 120_000, 250_000])
def test_a_dataset_on_a_full_disk(small_disk, path, left):  # noqa: F811
    """The same on a disk without room: what was complete stays, and room mends it."""
    folder = small_disk / "set"
    fill(small_disk, left)
    answer = run_watched(lambda: _make(path, folder))
    (small_disk / "filler").unlink()
    _check(path, folder, answer)


def _kill_one(has_begun):
    while not has_begun():
        time.sleep(0.01)
    own = os.getpid()
    children = Path(f"/proc/{own}/task/{own}/children").read_text("ascii").split()
    os.kill(int(children[0]), signal.SIGKILL)


@pytest.mark.parametrize("place", ["_shards", "_work"])
def test_a_worker_process_that_is_killed(path, tmp_path, place):
    """A dead process is an error, what was complete is kept, and the next call goes on."""
    folder = tmp_path / "set"

    def write():
        begun = folder / place
        watcher = threading.Thread(
            target=_kill_one, args=(lambda: begun.is_dir() and any(begun.iterdir()),)
        )
        watcher.start()
        found = _make(path, folder, jobs=2)
        watcher.join()
        return found

    _check(path, folder, run_watched(write))
