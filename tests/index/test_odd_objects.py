"""An index of commits and trees that git would not write says what the live archive says."""

import pytest

from kvminbox import Inbox
from kvminbox.errors import KvminboxError
from kvminbox.index import Index
from tests.archive.odd_objects import write_odd_history


def _open(path):
    """Choose all of an archive; give the error where it is refused."""
    try:
        return Inbox.open(path).between(None)
    except KvminboxError as error:
        return error


def _brings_mail(window):
    return any(entry.change != "unchanged" for entry in window.entries())


def _read(window):
    window.on_problem = "skip"
    return list(window.entries()), list(window.messages()), window.summary()


@pytest.mark.parametrize(
    "seeds",
    [range(12), pytest.param(range(12, 500), marks=pytest.mark.index_long)],
    ids=["some", "hundreds"],
)
def test_odd_histories_are_indexed_as_they_are_read(tmp_path, seeds):
    """Entries, mails and sums are the live ones, and what is refused live is refused here."""
    for seed in seeds:
        path = tmp_path / f"{seed}.git"
        write_odd_history(path, seed)
        live = _open(path)
        with Index.open(tmp_path / f"{seed}.sqlite", create=True) as index:
            if isinstance(live, KvminboxError) or not _brings_mail(live):
                with pytest.raises(KvminboxError):
                    index.update(Inbox.open(path))
                continue
            index.update(Inbox.open(path))
            assert _read(index.between(None)) == _read(live), seed
            assert index.check() == ()
