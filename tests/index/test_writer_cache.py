"""The pages that SQLite keeps: more of them while many mails are written, and only then."""

import pytest

import kvminbox.index.update as update_room
from kvminbox import Inbox
from kvminbox.index import Index
from kvminbox.index.add import Adder
from tests.archive.git_archive import Archive
from tests.mails import write_mail


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("many", [0, 1000])
def test_more_pages_are_kept_while_many_mails_come(tmp_path, monkeypatch, many, fails):
    """A large update has twice the pages, and gives them back, even where it fails."""
    archive = Archive(tmp_path / "lemon.git")
    archive.commit({"m": archive.blob(write_mail("[PATCH] squeeze", ids=["1@lemon.example"]))})
    monkeypatch.setattr(update_room, "MANY", many)
    seen = []
    plain = Adder.add

    def add(self, *given):
        seen.append(self._database.value("PRAGMA cache_size"))
        if fails:
            raise KeyboardInterrupt
        plain(self, *given)

    monkeypatch.setattr(Adder, "add", add)
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        before = index._database.value("PRAGMA cache_size")
        try:
            index.update(Inbox.open(archive.path))
        except KeyboardInterrupt:
            assert fails
        assert index._database.value("PRAGMA cache_size") == before
    assert seen == [before if many else 2 * before]
