"""Memory stays flat, whatever the length of a history and the size of what is packed in it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.git_archive import Archive
from tests.damage.long_history import make_mails, make_repository, write_branch

STATUS = Path("/proc/self/status")
pytestmark = pytest.mark.skipif(not STATUS.exists(), reason="no /proc to measure with")

READ = """
import sys
from kvminbox import Inbox

def peak():
    return next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]

told = []
print(peak())
for path in sys.argv[1:]:
    window = Inbox.open(path).between(None)
    window.on_problem = told.append
    count = sum(1 for message in window.messages())
    print(len(window), count, len(told), peak())
"""
SMALL, HUGE = 36 << 20, 200 << 20
"""Bytes of mails of which the archive has hardly a hundredth."""


def read_all(*paths):
    """Read archives in a fresh process; give the megabytes at its start, and of each the counts.

    The last of the counts are the megabytes at the peak until then.
    """
    command = [sys.executable, "-c", READ, *map(str, paths)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    start, *lines = [list(map(int, line.split())) for line in run.stdout.splitlines()]
    return start[0] >> 10, [(*line[:-1], line[-1] >> 10) for line in lines]


def make_long(folder, commits):
    path = make_repository(folder / f"{commits}.git")
    write_branch(path, "master", make_mails(range(commits)))
    return path


def check_walk(folder, commits):
    _, [(length, count, _, megabytes)] = read_all(make_long(folder, commits))
    assert length == count == commits
    print(f"\na walk of {commits} commits, all mails read: {megabytes} MB")
    assert megabytes <= 150


@pytest.mark.damage
def test_a_walk_takes_little_memory(tmp_path):
    """A thousand commits are walked, and their mails read, in far less than 150 MB."""
    check_walk(tmp_path, 1_000)


@pytest.mark.damage
def test_a_walk_of_a_hundred_thousand_commits(tmp_path):
    """A hundred thousand commits take no more than 150 MB."""
    check_walk(tmp_path, 100_000)


def make_bomb(folder, name, data, *, packed):
    """Make an archive of ten mails, then one that is huge."""
    archive = Archive(folder / name)
    for number in range(10):
        archive.add(number)
    archive.commit({"m": archive.blob(data)})
    if packed:
        archive.pack()
    return archive.path


HEAD = b"From: A <a@lemon.example>\nSubject: big\nMIME-Version: 1.0\nContent-Type: text/plain\n"
ENCODING = b"Content-Transfer-Encoding: %s\n\n"
BOMBS = {
    "zeros": lambda size: bytes(size),
    "base64": lambda size: HEAD + ENCODING % b"base64" + (b"A" * 76 + b"\n") * (size // 77),
    "quoted": lambda size: HEAD + ENCODING % b"quoted-printable" + b"=41=\n" * (size // 5),
}


def check_bomb(folder, name, size, *, packed):
    plain = Archive(folder / "plain.git")
    for number in range(10):
        plain.add(number)
    bomb = make_bomb(folder, "bomb.git", BOMBS[name](size), packed=packed)
    _, [before, after] = read_all(plain.path, bomb)
    assert before[:3] == (10, 10, 0)
    assert after[:3] == (11, 10, 1)
    print(f"\na bomb of {size >> 20} MB ({name}): {after[3] - before[3]} MB more")
    assert after[3] - before[3] <= 10


@pytest.mark.damage
def test_a_bomb_costs_nothing(tmp_path):
    """A huge mail that is little in the archive is a problem, and is not unpacked."""
    check_bomb(tmp_path, "base64", SMALL, packed=False)


@pytest.mark.damage
@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_bomb_of_200_megabytes_costs_nothing(tmp_path, name, packed):
    """The same for 200 MB of any sort."""
    check_bomb(tmp_path, name, HUGE, packed=packed)
