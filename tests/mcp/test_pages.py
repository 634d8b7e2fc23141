"""Pages: each hit once, small pages, and cursors that belong to their question."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive.writer import MailWriter
from kvminbox.mcp import Desk
from kvminbox.mcp.pages import MAX_TEXT
from tests.mcp.conftest import call_tool


def _page_through(ask, name, key, **arguments):
    """Yield the pages of an answer."""
    cursor = None
    while True:
        found = ask(name, **arguments, **({"cursor": cursor} if cursor else {}))
        yield found[key]
        cursor = found["next_cursor"]
        if cursor is None:
            return


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "key", "arguments"),
    [
        ("search", "hits", {"query": "s:KVM", "order": "oldest"}),
        ("thread", "places", {"message_id": "timer-v2-0@silicon.example"}),
        ("waiting", "series", {}),
    ],
)
def test_pages_together_are_the_whole(ask, name, key, arguments):
    """Page by page everything comes once, in the order of one large page."""
    whole = ask(name, **arguments, limit=50)[key]
    assert len(whole) > 1
    for limit in (1, 2, 3):
        pages = list(_page_through(ask, name, key, **arguments, limit=limit))
        assert [one for page in pages for one in page] == whole
        assert all(0 < len(page) <= limit for page in pages)


@pytest.mark.parametrize("limit", [0, -1, 51, 10**30])
def test_the_size_of_a_page_has_bounds(refuse, limit):
    """A client can't ask for more than a page holds, nor for nothing."""
    found = refuse("search", query="s:KVM", limit=limit)
    assert (found["code"], found["cure"]) == ("UsageError", "give 1 to 50")


def test_a_cursor_of_another_question_is_refused(ask, refuse):
    """It names a place among other hits."""
    cursor = ask("search", query="s:KVM", limit=2)["next_cursor"]
    found = refuse("search", query="s:timer", limit=2, cursor=cursor)
    assert found["what"] == "not a cursor for this question"
    assert ask("search", query="s:KVM", limit=2, cursor=cursor)["hits"]


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "bnVsbA==", "WzFd", "e30=", "MQ==", "\ud800", "A" * 9999]
)
def test_a_cursor_that_is_none_is_refused(refuse, cursor):
    """Whatever a client makes up is a typed error, cut short."""
    found = refuse("search", query="s:KVM", cursor=cursor)
    assert found["what"] == "not a cursor for this question"
    assert len(found["where"]) < 100


def _forge(ask, place):
    """Return a cursor of the search below, with another place."""
    cursor = ask("search", query="s:KVM", limit=2)["next_cursor"]
    key, _ = json.loads(urlsafe_b64decode(cursor))
    return urlsafe_b64encode(json.dumps([key, place]).encode()).decode()


@pytest.mark.parametrize("place", [-1, 0, 1.5, "1", None, [], 10**30])
def test_a_cursor_of_no_place_is_refused(ask, refuse, place):
    """The place in a cursor is the number of what came before it."""
    found = refuse("search", query="s:KVM", limit=2, cursor=_forge(ask, place))
    assert found["what"] == "not a cursor for this question"


def test_deep_pages_are_refused_with_a_cure(ask, refuse):
    """A page of a search reads those before it, so the place has a bound."""
    assert not ask("search", query="s:KVM", limit=2, cursor=_forge(ask, 1_998))["hits"]
    found = refuse("search", query="s:KVM", limit=2, cursor=_forge(ask, 1_999))
    assert "narrow the query" in found["cure"]


@pytest.fixture(scope="module")
def long_mails(tmp_path_factory):
    """A desk with mails whose every part is long."""
    folder = tmp_path_factory.mktemp("long")
    writer = MailWriter(folder / "long.git")
    lines = "".join(f"line {number} of a long text\n" for number in range(20_000))
    people = ", ".join(f"{'N' * 300} {number} <p{number}@long.example>" for number in range(90))
    head = f"From: {'Ada ' * 200}<ada@long.example>\nTo: {people}\nCc: {people}\n"
    head += f"Subject: [PATCH] {'long ' * 500}\nDate: Tue, 10 Jun 2025 10:00:00 +0000\n"
    diff = "".join(
        f"--- a/{'d' * 200}/{number}.c\n+++ b/{'d' * 200}/{number}.c\n@@ -1 +1 @@\n-a\n+b\n"
        for number in range(300)
    )
    tags = "".join(f"Reviewed-by: P {number} <p{number}@long.example>\n" for number in range(300))
    body = f"{lines}\n{tags}---\n{diff}"
    writer.add(f"{head}Message-ID: <long@long.example>\n\n{body}".encode(), 1_749_549_600)
    for number in range(120):
        reply = f"From: R <r{number}@long.example>\nSubject: Re: [PATCH] {'long ' * 500}\n"
        reply += f"Message-ID: <re-{number}@long.example>\nIn-Reply-To: <long@long.example>\n"
        reply += f"Date: Tue, 10 Jun 2025 11:{number // 60:02}:{number % 60:02} +0000\n\n"
        reply += f"> line {number} of a long text\n\n{'why? ' * 1_000}\n"
        reply += f"Reviewed-by: R <r{number}@long.example>\n"
        writer.add(reply.encode(), 1_749_553_200 + number)
    index = Index.open(folder / "long.sqlite", create=True)
    index.update(Inbox.open(folder / "long.git"))
    return Desk(index, lambda: datetime(2025, 6, 12, tzinfo=UTC))


def test_a_long_text_comes_in_pieces_that_join(long_mails):
    """The pieces put together are the text, each ends at a line's end and is short."""
    text, cursor = "", None
    while True:
        more = {"cursor": cursor} if cursor else {}
        found = call_tool(long_mails, "message", message_id="long@long.example", **more)
        body = found.structured_content["body"]
        assert body["start"] == len(text)
        assert len(body["text"]) <= MAX_TEXT
        assert body["text"].endswith("\n")
        text, cursor = text + body["text"], body["next_cursor"]
        if cursor is None:
            break
        if len(text) > 40_000:  # each piece reads the mail again
            return
    assert text == long_mails.index.get("long@long.example").body


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("about", {}),
        ("search", {"query": "s:long", "limit": 50}),
        ("message", {}), ("thread", {"limit": 100}), ("series", {}),
        ("remarks", {"limit": 50}), ("landed", {}), ("waiting", {}),
    ],
)  # fmt: skip
def test_no_answer_is_large(long_mails, name, arguments):
    """Whatever mails hold, an answer has less than 90,000 letters."""
    if name not in {"about", "search", "waiting"}:
        arguments = {"message_id": "long@long.example", **arguments}
    found = call_tool(long_mails, name, **arguments)
    assert not found.is_error, found.content
    assert len(found.content[0].text) < 90_000
