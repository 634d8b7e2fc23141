"""The views of an index for SQL have the rows of the tables of docs/tables.md."""

import json
import sqlite3
from contextlib import closing

import pytest

from kvminbox import Inbox, frames
from kvminbox.index import Index
from kvminbox.index.views import VIEWS
from tests.index.histories import V2, Add, Delete, Purge

TABLES = {"mails": frames.messages, "patches": frames.patches, "files": frames.files}
TEXTS = {"body", "commit_message", "notes"}
KEYS = {"files": ("epoch", "commit", "blob", "place")}


def _plain(value):
    """Return an Arrow value as the views write it."""
    if hasattr(value, "isoformat"):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return json.dumps(value) if isinstance(value, list) else value


def _view(file, name):
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {name}")]


def compare_view(file, name, rows):
    """Compare the rows of a view, in order, with those of a table."""
    found = _view(file, name)
    assert len(found) == len(rows)
    for seen, row in zip(found, rows, strict=True):
        assert seen.keys() - {"inbox"} == row.keys()
        made = {column: _plain(value) for column, value in row.items()}
        for column, value in row.items():
            if isinstance(value, list):
                assert json.loads(seen[column]) == value, column
            else:
                assert seen[column] == made[column], column


def _compare(file, corpus, name):
    rows = TABLES[name](corpus).to_arrow().to_pylist()
    key = KEYS.get(name, ("epoch", "commit", "blob"))
    found = {tuple(row[one] for one in key): row for row in _view(file, name)}
    assert len(found) == len(rows)
    for row in rows:
        seen = found[tuple(row[one] for one in key)]
        assert seen.keys() - {"inbox"} == row.keys() - TEXTS
        for column in row.keys() - TEXTS:
            value, made = seen[column], _plain(row[column])
            if isinstance(row[column], list):
                value, made = json.loads(value), row[column]
            assert value == made, column


@pytest.mark.parametrize("name", TABLES)
def test_a_view_is_the_table_of_its_name(sample_file, sample_inbox, name):
    """Each row and column of a view is that of the Arrow table, but for the texts of mails."""
    _compare(sample_file, Inbox.open(sample_inbox).between(None), name)


@pytest.mark.parametrize("name", TABLES)
def test_views_know_deletions(tmp_path, name):
    """A mail that was deleted, purged or taken back has no row, and a copy has its own."""
    archive = V2(tmp_path / "lemon")
    archive.epoch(0).write((*(Add(number) for number in range(8)), Delete(3), Add(0, 1)))
    archive.epoch(1).write((Add(9), Purge(4), Add(10), Delete(6)))
    inbox = archive.open()
    file = tmp_path / "index.sqlite"
    with Index.open(file, create=True) as index:
        index.update(inbox)
        _compare(file, inbox.between(None), name)
        archive.epoch(1).write((Add(9), Purge(4)))
        index.update(archive.open(), accept_loss=True)
        _compare(file, archive.open().between(None), name)


def test_trailers_are_those_of_mails_and_replies(sample_file, sample_inbox):
    """The view `trailers` has each trailer of a submission, and each tag that a reply gives."""
    rows = frames.trailers(Inbox.open(sample_inbox).between(None)).to_arrow().to_pylist()
    names = ("origin", "written", "person_email", "message_id", "self_attested", "comment")
    made = {tuple(row[name] for name in names) for row in rows if row["carried_from"] is None}
    seen = {
        tuple(row[name] for name in names) for row in _view(sample_file, "trailers")
    }  # 1 is True
    assert made <= seen
    assert {row[0] for row in seen} >= {"patch", "reply"}


def test_links_are_the_references(sample_file, sample_inbox):
    """The views `links` and `recipients` have a row for each id and each person that is named."""
    mails = list(Inbox.open(sample_inbox).between(None).messages())
    links = [
        (mail.message_id, field, place, identity)
        for mail in mails
        for field in ("in_reply_to", "references")
        for place, identity in enumerate(getattr(mail, field))
    ]
    names = ("message_id", "field", "place", "linked_id")
    seen = [tuple(row[name] for name in names) for row in _view(sample_file, "links")]
    assert sorted(seen) == sorted(links)
    people = [
        (mail.message_id, field, place, one.email)
        for mail in mails
        for field in ("to", "cc")
        for place, one in enumerate(getattr(mail, field))
    ]
    names = ("message_id", "field", "place", "person_email")
    seen = [tuple(row[name] for name in names) for row in _view(sample_file, "recipients")]
    assert sorted(seen) == sorted(people)


def test_a_view_can_be_read_by_whoever_may_only_read(sample_file):
    """Every view answers a connection that writes nothing, and has rows."""
    with closing(sqlite3.connect(f"file:{sample_file}?mode=ro", uri=True)) as database:
        for name in VIEWS:
            assert database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 0
