"""A process that can open no more files is told so by an index, too, and can go on later."""

import gc
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kvminbox import Inbox, Index
from tests.index.histories import Add, Epoch, build

EXHAUSTED = """
import os, resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from kvminbox import Inbox
import kvminbox.index.update as update_room
from kvminbox.errors import SystemLimitError
from kvminbox.index import Index

folder = Path(sys.argv[1])
file = folder / "index.sqlite"
update_room.MANY = 0
index = Index.open(file)
inbox = Inbox.open(folder / "lemon.git")


def search_in_a_thread():
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: len(index.search("squeeze"))).result() > 0


asked = [
    lambda: Index.open(file).close(),
    lambda: Index.open(folder / "new.sqlite", create=True).close(),
    search_in_a_thread,
    lambda: index.update(inbox, jobs=2),
]


def list_refused():
    refused = []
    for ask in asked:
        try:
            ask()
        except SystemLimitError as error:
            assert "ulimit -n" in error.cure and "anew" not in str(error)
            refused.append(asked.index(ask))
    return refused


resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
free = int(sys.argv[2])
held = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
for _ in range(free):
    os.close(held.pop())
full = list_refused()
for handle in held:
    os.close(handle)
print(full, list_refused(), len(index.search("squeeze")), len(index.check()))
"""


def exhaust(folder, free):
    """Ask an index when only so many more files can be opened, and when many can."""
    command = [sys.executable, "-c", EXHAUSTED, folder, str(free)]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.slow
@pytest.mark.parametrize("free", [0, pytest.param(1, marks=pytest.mark.index_long), 2])
def test_no_more_file_handles(tmp_path, free):
    """Opening, another thread's connection and another process need files, and say so."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(10)))
    build(tmp_path / "index.sqlite", ("lemon", Inbox.open(epoch.archive.path)))
    epoch.write(tuple(Add(number) for number in range(20)))
    refused, end, rest = exhaust(tmp_path, free).partition("]")
    assert end + rest == "] [] 20 0\n"
    assert refused == "[0, 1, 2, 3" or free == 2  # one may open with two


def test_an_index_that_is_dropped_is_closed(sample_file):
    """No connection stays open of an index that nobody has any more, in a circle or not."""
    index = Index.open(sample_file)
    plain = index._database._connect().plain
    circle = [index]
    circle.append(circle)
    del circle, index
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        plain.execute("SELECT 1")
