"""Views of what takes all mails together: the rows of the tables, or none, but never old ones."""

import sqlite3
from contextlib import closing

import pytest

from kvminbox import Inbox, frames
from kvminbox.cli.main import main
from kvminbox.errors import IndexLockedError, UsageError
from kvminbox.frames.index_rows import VIEWS, write_groups
from kvminbox.index import Index
from kvminbox.index.views import GROUP_COLUMNS
from tests.archive.git_archive import EMPTY_BLOB, Archive
from tests.index.histories import V2, Add, Delete, Purge
from tests.index.test_views import compare_view
from tests.mails import write_mail

TABLES = {
    "series": frames.series,
    "members": frames.members,
    "threads": frames.threads,
    "tags": frames.trailers,
    "decisions": frames.decisions,
}


def count_rows(path):
    """Return how many rows each of the views has."""
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES]


def compare(path, name, corpus):
    """Compare the rows of a view, in order, with those of the table."""
    compare_view(path, name, TABLES[name](corpus).to_arrow().to_pylist())


@pytest.fixture
def archive(tmp_path):
    """Return an archive of a series and an answer."""
    archive = Archive(tmp_path / "lemon.git")
    add(archive, "1", "[PATCH 1/2] lemon: squeeze")
    add(archive, "2", "[PATCH 2/2] lemon: peel", "1")
    add(archive, "3", "Re: [PATCH 1/2] lemon: squeeze", "1",
        "Reviewed-by: Rob Reader <rob@lemon.example>\n\nNAK to patch 2.\n")  # fmt: skip
    return archive


def add(
    archive, name, subject, parent=None, body="Words.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
):
    who = "Rob Reader <rob@lemon.example>" if "Re:" in subject else "Ida <ida@lemon.example>"
    parents = f"{parent}@lemon.example" if parent else None
    raw = write_mail(subject, body, sender=who, ids=[f"{name}@lemon.example"], in_reply_to=parents)
    archive.commit({"m": archive.blob(raw)})


@pytest.fixture
def file(archive, tmp_path):
    """Return an index of it, with its groups."""
    path = tmp_path / "x.sqlite"
    with Index.open(path, create=True) as index:
        index.update(Inbox.open(archive.path))
        write_groups(index)
    return path


@pytest.mark.parametrize("name", TABLES)
def test_a_view_is_the_table_of_its_name(sample_file, sample_inbox, name):
    """Each row and column of a view is that of the Arrow table, in its order."""
    compare(sample_file, name, Inbox.open(sample_inbox).between(None))


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_are_those_of_the_table(name):
    """The schema's list of columns is the tables' own."""
    assert GROUP_COLUMNS[name] == tuple(column.name for column in VIEWS[name].columns)


def test_an_update_leaves_no_old_rows(archive, file):
    """After a mail more there are no rows until they are written again, and then all of them."""
    assert all(count_rows(file))
    add(archive, "4", "[PATCH] apple: squeeze")
    with Index.open(file) as index:
        index.update(Inbox.open(archive.path))
        assert not any(count_rows(file))
        assert index.check() == ()
        write_groups(index, jobs=2)
    for name in TABLES:
        compare(file, name, Inbox.open(archive.path).between(None))
    with Index.open(file) as index:
        index.update(Inbox.open(archive.path))  # that brings nothing
        assert all(count_rows(file))
        assert index.check() == ()


def test_a_purge_takes_the_words_out_of_the_file(archive, file):
    """No word of a purged mail stays in the rows, even before they are written again."""
    assert b"Reviewed-by" in file.read_bytes()
    archive.last = None
    add(archive, "1", "[PATCH 1/2] lemon: squeeze")
    add(archive, "2", "[PATCH 2/2] lemon: peel", "1")
    archive.commit({"m": EMPTY_BLOB})
    with Index.open(file) as index:
        index.update(Inbox.open(archive.path))
    assert b"Reviewed-by" not in file.read_bytes()
    assert not any(count_rows(file))


def test_any_history(tmp_path):
    """Over deletions, purges, force-pushes and new epochs rows are those of a clean index."""
    histories = [
        ((Add(1), Add(2), Add(3)), ()),
        ((Add(1), Add(2), Add(3), Delete(2)), ()),
        ((Add(1), Add(2), Add(3), Delete(2)), (Add(4), Add(5))),
        ((Add(1), Purge(2), Add(3)), (Add(4), Add(5), Add(2))),
        ((Add(1),), (Add(4), Add(6), Add(2))),
    ]
    archive = V2(tmp_path / "lemon")
    file = tmp_path / "x.sqlite"
    for number, epochs in enumerate(histories):
        for place, steps in enumerate(epochs):
            if steps:
                archive.epoch(place).write(steps)
        with Index.open(file, create=True) as index:
            index.update(archive.open(), accept_loss=True)
            assert not any(count_rows(file)), number
            write_groups(index)
            for name in TABLES:
                compare(file, name, archive.open().between(None))


def test_each_inbox_has_its_own(archive, file, tmp_path):
    """An update of one inbox leaves the rows of the other, and each row names its inbox."""
    other = Archive(tmp_path / "apple.git")
    add(other, "9", "[PATCH] apple: squeeze")
    with Index.open(file) as index:
        index.update(Inbox.open(other.path))
        write_groups(index)
        add(other, "10", "[PATCH] apple: peel")
        index.update(Inbox.open(other.path))
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT DISTINCT inbox FROM series").fetchall()
    assert names == [("lemon",)]


def test_a_mail_that_could_not_be_read_comes_later(archive, tmp_path):
    """When a mail is filled in that the rows lack, they go."""
    raw = write_mail("[PATCH] lost: squeeze", ids=["lost@lemon.example"])
    blob = archive.blob(raw)
    archive.commit({"m": blob})
    lost = archive.path / "objects" / blob[:2] / blob[2:]
    lost.unlink()
    file = tmp_path / "y.sqlite"
    with Index.open(file, create=True, on_problem="skip") as index:
        index.update(Inbox.open(archive.path))
        write_groups(index)
        assert all(count_rows(file))
        archive.blob(raw)
        index.update(Inbox.open(archive.path))
        assert not any(count_rows(file))


def test_mails_that_come_meanwhile(archive, file):
    """What was grouped before an update is not written after it, and an unknown inbox is told."""
    with Index.open(file) as index:
        mark = index.between(None)._mark_mails()
        add(archive, "4", "[PATCH] apple: squeeze")
        index.update(Inbox.open(archive.path))
        with pytest.raises(IndexLockedError, match="group it again"):
            index._write_groups("lemon", mark, {})
        with pytest.raises(UsageError, match="no such inbox"):
            index._write_groups("apple", mark, {})


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE grouped SET value = '[]' WHERE place = 1", "a row of a view is damaged"),
        ("UPDATE grouped SET place = place + 7 WHERE place = 1", "a row of a view is damaged"),
        ("UPDATE grouped SET view = view || 'x'", "a row of a view is damaged"),
        ("DELETE FROM grouped WHERE place = 1", "a row of a view is missing"),
        ("DELETE FROM grouping", "a row of a view is missing"),
        ("DELETE FROM grouped", "a row of a view is missing"),
        ("UPDATE grouping SET tips = ''", "what was grouped is damaged"),
        ("UPDATE grouping SET rows = rows + 1", "what was grouped is damaged"),
    ],
)
def test_damage_is_found(file, change, finding):
    """A row that was changed or lost is a finding of the check."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(change)
    with Index.open(file) as index:
        assert [one.partition(" (")[0] for one in index.check()] == [finding]


def test_half_a_surrogate_pair(archive, tmp_path):
    """A title that no UTF-8 can hold is written as the tables write it."""
    add(archive, "5", "[PATCH] =?utf-7?q?lemon_+2D0-?=")
    file = tmp_path / "y.sqlite"
    with Index.open(file, create=True) as index:
        index.update(Inbox.open(archive.path))
        write_groups(index)
        assert index.check() == ()
    compare(file, "series", Inbox.open(archive.path).between(None))


def test_the_command_writes_them(archive, tmp_path):
    """`kvminbox index --groups` does so after the update."""
    file = tmp_path / "y.sqlite"
    main(["index", str(file), str(archive.path), "--jobs", "1"])
    assert not any(count_rows(file))
    main(["index", str(file), "--groups", "--jobs", "1"])
    assert all(count_rows(file))
