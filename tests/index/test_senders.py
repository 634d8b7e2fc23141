"""Senders behind a list, programs, and mails archived twice: live and from the index."""

import pytest

from kvminbox import Inbox
from kvminbox.archive import MailWriter
from kvminbox.index import Index
from kvminbox.review import review_all
from tests.mails import write_mail

DIFF = "Words.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
LIST = "List-Id: <lamps.lists.example>"
RELAYED = b"Received: from relay.example; Mon, 4 Mar 2024 09:00:05 +0000\n"


def via(name, email, *mail, **more):
    """Return a mail whose From the list has rewritten."""
    sender = f"{name} via lamps <lamps@lists.example>"
    return write_mail(*mail, LIST, f"Reply-To: {email}", sender=sender, **more)


MAILS = [
    via("Ada Birch", "ada@wood.example", "[PATCH] lamp", DIFF, ids=["1@x"]),
    via("Ben Oak", "ben@tree.example", "Re: [PATCH] lamp", "Acked-by: Ben Oak <ben@tree.example>\n",
        ids=["2@x"], in_reply_to="1@x"),
    write_mail("Re: [PATCH] lamp", "Reported-by: kernel test robot <perf@lab.example>\n", LIST,
               sender="kernel test robot <perf@lab.example>", ids=["3@x"], in_reply_to="1@x"),
]  # fmt: skip
MAILS += [RELAYED + MAILS[0], RELAYED + MAILS[1]]


@pytest.fixture
def windows(tmp_path):
    """Return a window of an archive with these mails, and one of its index, with the index."""
    writer = MailWriter(tmp_path / "lamps.git")
    for place, raw in enumerate(MAILS):
        writer.add(raw, 60 * (place + 1))
    inbox = Inbox.open(tmp_path / "lamps.git")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        yield inbox.between(None), index.between(None), index


def test_a_search_finds_the_sender_and_the_list(windows):
    """`f:` finds a rewritten From by the person's address, by the name and by the list's."""
    *_, index = windows
    for query, count in {
        "f:ben@tree.example": 1, "f:oak": 1, "f:lamps@lists.example": 2, "f:perf@lab.example": 1,
        "author:ada@wood.example": 1, "author:lamps@lists.example": 0,
        "tag:acked": 1, "tag:reported": 0,
    }.items():  # fmt: skip
        assert len(index.search(query)) == count, query


def test_live_and_indexed_people_are_the_same(windows):
    """Senders, series and reviews are the same live and from the index."""
    answers = []
    for window in windows[:2]:
        mails = list(window.messages())
        series = list(window.series())
        answers.append((mails, series, list(window.threads()), review_all(series, mails)))
    assert answers[0] == answers[1]


def test_one_mail_archived_twice_counts_once(windows):
    """Of five mails two are copies: a thread has three, and the review one reply and one tag."""
    for window in windows[:2]:
        mails = list(window.messages())
        assert len(mails) == 5
        (thread,) = window.threads()
        assert len(thread.messages) == 3
        (series,) = window.series()
        (review,) = review_all([series], mails)
        assert (review.replies, len(review.tags), review.untagged) == (1, 1, ())
        assert [one.email for one in thread.participants] == [
            "ada@wood.example", "ben@tree.example", "perf@lab.example",
        ]  # fmt: skip
