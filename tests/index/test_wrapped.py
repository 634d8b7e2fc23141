"""Mails that a list wrapped into its own: live and from the index."""

import pytest

from kvminbox import Inbox
from kvminbox.archive import MailWriter
from kvminbox.index import Index
from kvminbox.mail import write_mbox
from tests.mails import write_mail
from tests.patches.test_wrapped_by_a_list import MADE, enclose, sent

DIFF = "Spruce.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
MAILS = [
    enclose(sent(DIFF, subject="[PATCH] light the hall", **{"message-id": "<1@oak.example>"}),
            subject="[lamps] [PATCH] light the hall"),
    enclose(sent("Acked-by: Jane Oak <jane@oak.example>\n",
                 **{"message-id": "<2@oak.example>", "in-reply-to": "<1@oak.example>"}),
            **{"message-id": "<mailman.13.1.1.lamps@lists.example>"}),
]  # fmt: skip
REPLY = write_mail(
    "Re: [PATCH] light the hall", "Reviewed-by: Elm <elm@tree.example>\n",
    sender="Elm <elm@tree.example>", ids=["3@x"], in_reply_to=MADE,
)  # fmt: skip


@pytest.fixture
def corpora(tmp_path):
    """Return a window of an archive with these mails, and one of its index, with the index."""
    writer = MailWriter(tmp_path / "lamps.git")
    for place, raw in enumerate([*(text.encode() for text in MAILS), REPLY]):
        writer.add(raw, 60 * (place + 1))
    inbox = Inbox.open(tmp_path / "lamps.git")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        yield inbox.between(None), index.between(None), index


def test_live_and_indexed_are_the_same(corpora):
    """Mails, series and threads are the same live and from the index."""
    live, stored, _ = corpora
    assert list(live.messages()) == list(stored.messages())
    assert list(live.series()) == list(stored.series())
    assert list(live.threads()) == list(stored.threads())
    (series,) = stored.series()
    assert series.patches[0].sender_source == "wrapped"
    assert len(list(stored.threads())) == 1


def test_a_search_finds_the_inner_mail(corpora):
    """Words, people, files and ids of the inner mail are found, and the outer id; no notice is."""
    *_, index = corpora
    for query, count in {
        "spruce": 1, "f:jane@oak.example": 2, "f:lamps@lists.example": 2, "dfn:x": 1,
        "c:elm@tree.example": 2, "tag:acked": 1, "author:jane@oak.example": 1,
        "m:1@oak.example": 1, f"m:{MADE}": 1, "forbid": 0,
    }.items():  # fmt: skip
        assert len(index.search(query)) == count, query


def test_the_bytes_are_the_archives(corpora):
    """Whichever id names it, a wrapped mail's bytes are those that were archived."""
    *_, index = corpora
    for identity in (MADE, "1@oak.example"):
        assert index.raw(index.get(identity)) == MAILS[0].encode()
    mbox = b"".join(write_mbox([index.raw(index.get(MADE))]))
    assert MAILS[0].encode().strip() in mbox
