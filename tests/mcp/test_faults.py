"""What goes wrong is a typed, short answer; what a stranger wrote acts on nobody."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis import kept_groups
from kvminbox.archive import MailWriter
from kvminbox.mcp import Desk
from tests.hostile.hostile_families import CORPUS
from tests.hostile.hostile_places import write_archive
from tests.hostile.live_text import find_live
from tests.mails import write_mail
from tests.mcp.conftest import NOW, call_tool

COVER = "timer-v2-0@silicon.example"
DIFF = "Why.\n\n---\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+new\n"


@pytest.mark.parametrize(
    ("name", "arguments", "code", "words"),
    [
        ("nothing", {}, "UsageError", "no such tool"),
        ("search", {}, "UsageError", "Field required"),
        ("search", {"query": 3}, "UsageError", "valid string"),
        ("search", {"query": "s:a", "more": 1}, "UsageError", "no such argument"),
        ("search", {"query": "s:a", "order": "best"}, "UsageError", "'newest'"),
        ("search", {"query": "(s:a"}, "QueryError", "not closed"),
        ("search", {"query": ""}, "QueryError", "empty"),
        ("message", {"message_id": "no@no.example"}, "RevisionError", "no mail in the index"),
        ("message", {"message_id": ""}, "RevisionError", "no mail in the index"),
        ("thread", {"message_id": "no@no.example"}, "RevisionError", "no mail in the index"),
        ("series", {"message_id": "no@no.example"}, "RevisionError", "no mail in the index"),
        ("series", {"message_id": "pull-1@kvm.example"}, "RevisionError", "no series"),
        (
            "changes",
            {"message_id": "lone-1@silicon.example"},
            "RevisionError",
            "with patches was found",
        ),
        ("changes", {"message_id": COVER, "patch": 9}, "RevisionError", "no such patch"),
        ("remarks", {"message_id": "no@no.example"}, "RevisionError", "no mail in the index"),
        ("landed", {"message_id": "no@no.example"}, "RevisionError", "no mail in the index"),
        ("waiting", {"since": "frobnicate"}, "UsageError", "not a valid date"),
        ("waiting", {"limit": 0}, "UsageError", "not a page size"),
    ],
)
def test_a_fault_is_typed_and_short(refuse, name, arguments, code, words):
    """It names its kind, what is wrong, where, and what to do."""
    found = refuse(name, **arguments)
    assert set(found) == {"code", "what", "where", "cure"}
    assert found["code"] == code
    assert words in found["what"]
    assert sum(map(len, found.values())) < 600


def test_a_closed_index_is_a_fault(tmp_path):
    """A file that goes away under the server ends no connection."""
    index = Index.open(tmp_path / "x.sqlite", create=True)
    index.close()
    found = call_tool(Desk(index, lambda: NOW), "search", query="s:a")
    assert found.structured_content["code"] == "IndexFileError"


def test_an_empty_index_answers(tmp_path):
    """Nothing is indexed, nothing is found, and nothing fails but what needs a mail."""
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        desk = Desk(index, lambda: NOW)
        about = call_tool(desk, "about").structured_content
        assert (about["inboxes"], about["newest"]) == ([], None)
        assert call_tool(desk, "search", query="s:a").structured_content["total"] == 0


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory):
    """An index of mails that hold a hostile text of each family in every place."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = [text for name, text in CORPUS.items() if name.endswith((":0", ":1"))]
    texts = texts or list(CORPUS.values())[::12]
    write_archive(folder / "evil.git", texts)
    index = Index.open(folder / "evil.sqlite", create=True)
    index.update(Inbox.open(folder / "evil.git"))
    return Desk(index, lambda: NOW)


@pytest.mark.slow
def test_no_text_of_a_stranger_is_live(hostile_desk):
    """No answer holds a character that acts or hides, wherever a mail had it."""
    texts = [
        call_tool(hostile_desk, "search", query="rt:19700101..", limit=50),
        call_tool(hostile_desk, "waiting", since="1990-01-01", limit=50),
        call_tool(hostile_desk, "about"),
    ]
    ids = [hit["message_id"] for hit in texts[0].structured_content["hits"]][::9]
    for name in ("message", "thread", "series", "remarks", "landed"):
        texts += [call_tool(hostile_desk, name, message_id=one) for one in ids if one]
    assert len(ids) > 3
    assert sum(not found.is_error for found in texts) > len(ids)
    for found in texts:
        for text in _strings(found.structured_content):
            assert not find_live(text), (text, found.structured_content)


def _strings(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def test_a_misspelt_argument_is_named(refuse):
    """Where a required argument was misspelt, the word that was given is told, and the nearest."""
    found = refuse("search", qeury="s:a")
    assert (found["what"], found["where"]) == ("no such argument", "qeury")
    assert "did you mean query?" in found["cure"]


def test_waiting_tells_why_there_is_nothing(tmp_path):
    """Where no series was sent since then, the evidence says so."""
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        desk = Desk(index, lambda: NOW)
        found = call_tool(desk, "waiting", author="ada@a.example").structured_content
    assert found["evidence"] == ["no series by ada@a.example was sent since 6 months ago"]


def test_waiting_goes_by_date_where_the_archive_was_filled_later(tmp_path):
    """Patches of years ago that came in a batch do not wait, and the evidence says why."""
    writer = MailWriter(tmp_path / "a.git")
    for number in range(12):
        sent = datetime(2020, 1, 1 + number, tzinfo=UTC)
        writer.add(write_mail(f"[PATCH] Old {number}", DIFF, sent=sent), int(NOW.timestamp()) - 60)
    recent = NOW - timedelta(days=2)
    writer.add(write_mail("[PATCH] New", DIFF, sent=recent), int(NOW.timestamp()) - 30)
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        found = call_tool(Desk(index, lambda: NOW), "waiting").structured_content
    assert [one["title"] for one in found["series"]] == ["New"]
    assert "The mails were chosen by Date, whenever they arrived." in found["evidence"]


@pytest.mark.parametrize("years", [0, 5], ids=["by arrival", "by Date"])
def test_waiting_writes_nothing(tmp_path, monkeypatch, years):
    """A question of an agent's leaves nothing in the file, by whichever time it counts."""
    monkeypatch.setattr(kept_groups, "LEAST", 1)
    writer = MailWriter(tmp_path / "a.git")
    for number in range(12):
        sent = NOW - timedelta(days=365 * years + 9, minutes=-number)
        raw = write_mail(f"[PATCH] Lemon {number}", DIFF, sent=sent)
        writer.add(raw, int((NOW - timedelta(days=9)).timestamp()) + number)
    with Index.open(tmp_path / "x.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        asked = {"since": (NOW - timedelta(days=4_000)).isoformat()} if years else {}
        found = call_tool(Desk(index, lambda: NOW), "waiting", **asked).structured_content
        with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
            kept = connection.execute("SELECT result FROM kept").fetchall()
    assert found["series"]
    assert ("by Date" in str(found["evidence"])) == bool(years)
    assert kept == []
