"""What goes in comes out: any bytes through an archive and an index, any message through JSON."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import Inbox, Index, load_message, read_message
from kvminbox.archive import MailWriter

PIECES = st.sampled_from(
    [b"From: ", b"Ida Birch <ida@wood.example>", b"\nSubject: ", b"[PATCH v2 1/2] ", b"Re: ",
     b"[PATCH 0/1] ", b"\nMessage-ID: ", b"<1@wood.example>", b"\nIn-Reply-To: ", b"\nDate: ",
     b"Tue, 5 Sep 2023 10:00:00 +0200", b"\nList-Id: <a.example>", b"=?utf-8?q?=C3=A9?=",
     b"\nContent-Type: multipart/mixed; boundary=x", b"\n--x\n", b"\n--x--\n", b"\n\n", b"\n",
     b"\r\n", b"\0", b"\xff", b"\x1b[2J", b"\xe2\x80\xae", b"---\n",
     b"Reviewed-by: Ed Ash <ed@wood.example>\n",
     b"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", b"base-commit: 0123456\n"],
)  # fmt: skip
MAILS = st.one_of(st.binary(min_size=1, max_size=80), st.lists(PIECES, min_size=1).map(b"".join))


@settings(max_examples=300)
@given(MAILS)
def test_a_message_comes_back_from_json(raw):
    """Any mail's model, written as JSON and read again, is the same model of the same kind."""
    message = read_message(raw)
    again = load_message(message.model_dump_json())
    assert again == message
    assert type(again) is type(message)


@settings(max_examples=25)
@given(st.lists(MAILS, min_size=1, max_size=6))
def test_bytes_come_back_from_an_archive_and_an_index(mails):
    """Any bytes that are committed as mails are read again as they were, live and indexed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writer = MailWriter(folder / "0.git")
        for number, raw in enumerate(mails):
            writer.add(raw, 1_700_000_000 + number)
        inbox = Inbox.open(folder / "0.git")
        window = inbox.between(None)
        # the same bytes twice in a row change nothing at the path, as in git
        wanted = [raw for before, raw in zip([b"", *mails], mails, strict=False) if raw != before]
        assert [inbox.raw(message) for message in window.messages()] == wanted
        assert window.summary().unchanged == len(mails) - len(wanted)
        with Index.open(folder / "index.sqlite", create=True) as index:
            index.update(inbox)
            found = index.between(None)
            assert list(found.messages()) == list(window.messages())
            assert [index.raw(message) for message in found.messages()] == wanted
            assert found.summary() == window.summary()
