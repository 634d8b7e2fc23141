"""A disk that is full, a process that may open no further file, a file that can't be read."""

import os
import resource
import signal
import subprocess
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.cli.output import write_output
from kvminbox.errors import KvminboxError, NotAnInboxError, OutputError
from kvminbox.index import Index
from tests.archive.git_archive import Archive, mail
from tests.damage.scene import make_archive, read_error
from tests.damage.watched import Tally, run_watched
from tests.index.histories import Add, Epoch, assert_same, build, dump

FILES = Path("/proc/self/fd")
MANY = tuple(Add(number) for number in range(300))


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("only root can make a disk of its own")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder, left):
    """Fill a disk, but for some bytes."""
    free = os.statvfs(folder)
    (folder / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize - left))


@pytest.mark.slow
@pytest.mark.parametrize("left", [0])
def test_an_update_on_a_full_disk(small_disk, tmp_path, left):
    """An update without room is an error, what was there stays, and room mends it."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(MANY[:10])
    file, path = small_disk / "index.sqlite", epoch.archive.path
    before = build(file, ("lemon", Inbox.open(path)))
    epoch.write(MANY)
    fill(small_disk, left)
    assert run_watched(lambda: _update(file, path)) == "error"
    (small_disk / "filler").unlink()
    assert_same(dump(file), before)
    assert run_watched(lambda: _update(file, path)) == "equal"
    clean = build(tmp_path / "clean.sqlite", ("lemon", Inbox.open(path)))
    assert_same(dump(file), clean)
    assert {one.name for one in small_disk.iterdir()} <= {
        "index.sqlite", "index.sqlite-wal", "index.sqlite-shm"
    }  # fmt: skip


def _update(file, path):
    try:
        with Index.open(file, create=True) as index:
            index.update(Inbox.open(path), name="lemon")
            return "equal"
    except KvminboxError as error:
        return read_error(error)


@pytest.mark.parametrize("left", [0])
def test_a_report_on_a_full_disk(small_disk, left):
    """A report without room is an error; the old one stays, and nothing half-written."""
    path = small_disk / "report.txt"
    path.write_bytes(b"old\n")
    fill(small_disk, left)
    with pytest.raises(OutputError, match="No space left"):
        write_output([b"x" * 1000] * 500, str(path))
    assert path.read_bytes() == b"old\n"
    assert {file.name for file in small_disk.iterdir()} == {"report.txt", "filler"}


@pytest.mark.parametrize("room", [0, 1, 999, 4096, 70_000])
def test_a_report_whose_n_th_byte_fails(tmp_path, room):
    """The same wherever a write fails."""
    path = tmp_path / "report.txt"
    path.write_bytes(b"old\n")

    def write():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        try:
            write_output([b"x" * 1000] * 100, str(path))
        except OutputError as error:
            return read_error(error)
        return "no error"

    assert run_watched(write) == "error"
    assert path.read_bytes() == b"old\n"
    assert [file.name for file in tmp_path.iterdir()] == ["report.txt"]


def limit_files(left):
    """Allow the process to open only so many more files."""
    used = max(int(file.name) for file in FILES.iterdir())
    while os.dup(0) < used:
        pass  # of the numbers below, none is free now
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 1 + left,) * 2)


def check_files(file, tasks):
    """Do something while fewer and fewer files may be opened; it succeeds, or is our error."""
    tally = Tally()
    for task in tasks:
        for left in range(10):
            file.unlink(missing_ok=True)
            tally.note(left, run_watched(lambda: (limit_files(left), task())[1]))  # noqa: B023
    return tally


def _count(path):
    try:
        window = Inbox.open(path).between(None)
        window.on_problem = "skip"
        summary = window.summary()
        assert summary.commits == 17
        return "error" if summary.problems else "equal"
    except KvminboxError as error:
        return read_error(error)


def _report(path):
    try:
        write_output([b"text"], str(path))
    except OutputError as error:
        return read_error(error)
    return "equal"


@pytest.mark.slow
@pytest.mark.skipif(not FILES.is_dir(), reason="no /proc to count files with")
@pytest.mark.parametrize("packed", [False, True])
def test_too_many_open_files(tmp_path, packed):
    """Whichever file can't be opened for want of a number: the right answer, or an error."""
    path, file = tmp_path / "0.git", tmp_path / "index.sqlite"
    make_archive(path)
    if packed:
        subprocess.run(["git", f"--git-dir={path}", "repack", "-adq"], check=True)

    tasks = [lambda: _count(path), lambda: _update(file, path), lambda: _report(file)]
    tally = check_files(file, tasks)
    assert tally.bad == []
    assert tally.counts["equal"] > 5
    assert tally.counts["error"] > 5


@pytest.mark.parametrize("name", ["HEAD", "shallow", "objects/info/alternates"])
def test_a_file_that_cannot_be_read_is_not_taken_for_absent(tmp_path, name):
    """A read error of HEAD, of shallow or of the alternates is said, never guessed around."""
    archive = Archive(tmp_path / "0.git")
    archive.commit({"m": archive.blob(mail(1))})
    file = archive.path / name
    file.unlink(missing_ok=True)
    file.mkdir(parents=True)  # reading it is an error for root, too
    with pytest.raises(NotAnInboxError, match="can't be"):
        Inbox.open(archive.path)
