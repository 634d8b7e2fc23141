"""What of an index is mapped into memory, where a file that is cut short ends the process."""

import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.index import Index
from tests.index.histories import Add, Epoch, build

MAPS = Path("/proc/self/maps")

CUT = """
import os, sys
from kvminbox.errors import KvminboxError
from kvminbox.index import Index

index = Index.open(sys.argv[1])
print(len(list(index.messages())))
os.truncate(sys.argv[1] + sys.argv[2], 0)
for number in range(5):
    try:
        print(len(list(index.search(f"Word{number}").hits(20))), len(list(index.messages())))
    except KvminboxError as error:
        print(type(error).__name__)
index.close()
"""


@pytest.fixture
def file(tmp_path):
    """Return the path of an index of ten mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(10)))
    build(tmp_path / "index.sqlite", ("lemon", Inbox.open(epoch.archive.path)))
    return tmp_path / "index.sqlite"


@pytest.mark.skipif(not MAPS.exists(), reason="no /proc to look at")
def test_only_what_connections_share_is_mapped(file):
    """The file and its log are read; `-shm` is mapped, which SQLite does of any log."""
    with Index.open(file) as index:
        assert len(list(index.messages())) == 10
        mapped = {line.split()[-1] for line in MAPS.read_text().splitlines() if str(file) in line}
    assert mapped == {f"{file}-shm"}


@pytest.mark.skipif(not MAPS.exists(), reason="no /proc to look at")
def test_nothing_of_a_file_that_can_only_be_read_is_mapped(file, monkeypatch):
    """Of a file in a folder where we may not write nothing is mapped at all."""
    monkeypatch.setattr("kvminbox.index.database.os.access", lambda *_: False)
    with Index.open(file) as index:
        assert len(list(index.messages())) == 10
        assert str(file) not in MAPS.read_text()


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_a_file_that_is_cut_under_a_reader(file, suffix):
    """An index or its log that is cut short while it is open is an error, or harmless."""
    command = [sys.executable, "-c", CUT, file, suffix]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert run.returncode == 0, run.stderr
    found = run.stdout.split("\n")[1:-1]
    assert len(found) == 5
    if suffix == "":
        assert "IndexDamagedError" in found
