"""The processes of a build import what they need while the history is still walked."""

import pytest

import kvminbox.index.update as update_room
from kvminbox import Inbox
from kvminbox.archive import Repository
from kvminbox.index import Index
from kvminbox.index.reading import Readers
from tests.archive.git_archive import Archive


@pytest.fixture
def told(monkeypatch):
    """Return a list of what happens: each change that is found, and each start of processes."""
    happened = []
    walk, start = Repository.list_changes, Readers.start

    def list_changes(self, tip, base):
        for change in walk(self, tip, base):
            happened.append("change")
            yield change

    def begin(self):
        happened.append("start")
        start(self)

    monkeypatch.setattr(Repository, "list_changes", list_changes)
    monkeypatch.setattr(Readers, "start", begin)
    monkeypatch.setattr(update_room, "MANY", 5)
    return happened


def write(archive, numbers):
    """Write some mails."""
    for number in numbers:
        archive.add(number)


def test_processes_start_while_the_walk_goes_on(tmp_path, told):
    """They are started with the first change that makes it worth while, not when all are found."""
    archive = Archive(tmp_path / "lemon.git")
    write(archive, range(20))
    inbox = Inbox.open(archive.path)
    told.clear()
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        assert index.update(inbox, jobs=2).added == 20
        first = told.index("start")
        assert 5 < first < 10
        assert told.count("change") - first > 10
        assert [one.subject.title for one in index.messages()] == [
            one.subject.title for one in inbox.between(None).messages()
        ]


def test_a_few_changes_start_none(tmp_path, told):
    """A small archive, and an update of a few mails of a larger one, are read in one process."""
    archive = Archive(tmp_path / "lemon.git")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        write(archive, range(5))
        assert index.update(Inbox.open(archive.path), jobs=2).added == 5
        write(archive, range(5, 8))
        assert index.update(Inbox.open(archive.path), jobs=2).added == 3
    assert "start" not in told
