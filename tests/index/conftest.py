"""The tests here write repositories as those of the archive do."""

from pathlib import Path

import pytest

import kvminbox.index.database as database_room
from kvminbox import Inbox
from kvminbox.frames import write_groups
from kvminbox.index import Index
from kvminbox.index.blocks import BlockReader
from kvminbox.sample import make_sample
from tests.index.histories import quick_folder  # which needs the path above


@pytest.fixture
def tmp_path():
    """Return a folder in memory, where there is one."""
    with quick_folder() as folder:
        yield Path(folder)


@pytest.fixture
def short_wait(monkeypatch):
    """Make a connection wait only a moment for another, not five seconds."""
    monkeypatch.setattr(database_room, "_WAIT", 0.2)


@pytest.fixture(scope="session")
def sample_inbox(tmp_path_factory):
    """Return the path of the sample inbox."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_file(sample_inbox, tmp_path_factory):
    """Return an index file of the sample inbox, which no test may write to."""
    path = tmp_path_factory.mktemp("sample-index") / "sample.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(sample_inbox))
        write_groups(index)
    return path


@pytest.fixture(scope="session")
def real_file(real_inbox_path, tmp_path_factory):
    """Return an index file of the real archive, which no test may write to."""
    path = tmp_path_factory.mktemp("real-index") / "real.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(real_inbox_path), jobs=2)
    return path


@pytest.fixture
def reads(monkeypatch):
    """Return a list that grows with each mail whose bytes are read."""
    found = []
    plain = BlockReader.read

    def read(self, block, start, size, blob):
        found.append(blob)
        return plain(self, block, start, size, blob)

    monkeypatch.setattr(BlockReader, "read", read)
    return found
