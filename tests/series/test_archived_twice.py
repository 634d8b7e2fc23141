"""A mail that was archived twice is one mail; two mails of one id are two."""

from datetime import timedelta

import pytest

from kvminbox.order import drop_copies, each_once
from kvminbox.review import review_all
from kvminbox.series import group_series
from kvminbox.threads import group_threads
from tests.mails import MORNING, read_made

DIFF = "Words.\n---\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
RELAYED = "Received: from relay.example; Mon, 4 Mar 2024 09:00:05 +0000"


def post(identity, subject, *headers, body="Words.\n", parent=None, minute=0, **more):
    """Return a mail; `minute` is when it arrived."""
    return read_made(
        subject, body, *headers, ids=[f"{identity}@x"], in_reply_to=parent and f"{parent}@x",
        arrived=MORNING + timedelta(minutes=minute), name=f"{identity}{minute}", **more,
    )  # fmt: skip


def post_series(*more):
    return [
        post("c", "[PATCH 0/2] topic"),
        *more,
        post("1", "[PATCH 1/2] one", body=DIFF, parent="c", minute=3),
        post("2", "[PATCH 2/2] two", body=DIFF, parent="c", minute=4),
        post("r", "Re: [PATCH 0/2] topic", parent="c", sender="Old Oak <oak@x.example>", minute=9),
        post("z", "the end", minute=20),
    ]


FOOTER = f"""\
{"_" * 47}
Lamps mailing list
Lamps@x.example
https://x.example/mailman/listinfo/lamps
"""
COPIES = {
    "a cover letter": post("c", "[PATCH 0/2] topic", RELAYED, minute=1),
    "a patch": post("1", "[PATCH 1/2] one", RELAYED, body=DIFF, parent="c", minute=5),
    "a reply": post("r", "Re: [PATCH 0/2] topic", "X-Seen: yes", parent="c",
                    sender="Old Oak <oak@x.example>", minute=10),
    "blanks at its end": post("c", "[PATCH 0/2] topic", body="Words.\n\n", minute=1),
    "a list's footer": post("c", "[PATCH 0/2] topic", body=f"Words.\n{FOOTER}\n", minute=1),
    "another List-Id": post("c", "[PATCH 0/2] topic", "List-Id: <l.x.example>", minute=1),
}  # fmt: skip


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_changes_nothing(copy):
    """With a copy, series, threads and reviews are what they are without it."""
    alone, messages = post_series(), post_series(copy)
    for listed in (messages, messages[::-1]):
        series = group_series(listed)
        assert series == group_series(alone)
        assert group_threads(listed) == group_threads(alone)
        assert review_all(series, listed) == review_all(series, alone)
        assert [review.replies for review in review_all(series, listed)] == [1]


SENT_ON = ["Cc: oak@x.example, pine@x.example", "To: Lamps <lamps@x.example>"]


@pytest.mark.parametrize("subject", ["[Lamps] [PATCH 1/1] x", "[PATCH 1/1] [lamps]  x"])
def test_a_list_tags_the_subject_and_orders_receivers(subject):
    """The copy of a list that tags subjects, and sorts Cc, is the mail that another list has."""
    mail = post("a", "[PATCH 1/1] x", *SENT_ON, body=DIFF)
    headers = ["Cc: pine@x.example, oak@x.example", SENT_ON[1]]
    copy = post("a", subject, *headers, body=DIFF + FOOTER, minute=5)
    assert drop_copies([copy, mail]) == [mail] == list(each_once([mail, copy]))
    assert group_series([copy, mail]) == group_series([mail])
    other = post("a", "[Lamps] [PATCH 1/1] y", *headers, body=DIFF + FOOTER, minute=6)
    assert drop_copies([mail, copy, other]) == [mail, other]


def test_receivers_make_no_other_mail():
    """Mailman takes who wants no mail twice out of Cc, so that copies name other receivers."""
    mails = [post("a", "x", *more) for more in ((), ("To: oak@x.example",), ("Cc: oak@x.example",))]
    assert drop_copies(mails) == mails[:1]


DIFFERENT = {
    "other words": post("c", "[PATCH 0/2] topic", body="Other words.\n", minute=1),
    "a rule": post("c", "[PATCH 0/2] topic", body="Words.\n_____\nlamps list\n", minute=1),
    "words below a footer": post("c", "[PATCH 0/2] topic", body=f"Words.\n{FOOTER}No.\n", minute=1),
    "another subject": post("c", "[PATCH 0/2] other", minute=1),
    "a tag that is no list's": post("c", "[lamps] [PATCH 0/2] topic", minute=1),
    "another sender": post("c", "[PATCH 0/2] topic", sender="Eve <eve@x.example>", minute=1),
    "another Date": post("c", "[PATCH 0/2] topic", minute=1, sent=MORNING + timedelta(hours=1)),
    "an attachment": post(
        "c", "[PATCH 0/2] topic", "Content-Type: multipart/mixed; boundary=b", minute=1,
        body="--b\n\nWords.\n--b\nContent-Type: image/png\n\nx\n--b--\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("other", DIFFERENT.values(), ids=DIFFERENT)
def test_another_mail_of_the_id_stays(other):
    """Two mails that share an id but not their content stay two, and the evidence says so."""
    messages = post_series(other)
    assert drop_copies(messages) == messages == list(each_once(messages))
    thread, _ = group_threads(messages)
    assert len(thread.messages) == 5
    assert thread.evidence == ("several messages have the id <c@x>",)
    words = "another mail with different content has the id <c@x>"
    assert all(words in series.evidence for series in group_series(messages) if series.cover)


def test_the_first_to_arrive_is_kept():
    """Of several copies the first to arrive is kept, whatever the order."""
    one, two, three = (post("a", "x", minute=minute) for minute in (1, 2, 3))
    for listed in ([one, two, three], [three, two, one], [two, one, three]):
        assert drop_copies(listed) == [one]
    assert list(each_once([one, two, three])) == [one]


def test_copies_of_two_mails_of_one_id():
    """Of two mails of one id, each is kept once, in its place."""
    bodies = ["one", "two", "one", "two", "two"]
    mails = [post("a", "x", body=body, minute=n) for n, body in enumerate(bodies)]
    assert drop_copies(mails) == mails[:2] == list(each_once(mails))


def test_mails_without_an_id_are_no_copies():
    """Two mails without a Message-ID are two, even where they are equal."""
    mails = [read_made("x") for _ in range(2)]
    assert drop_copies(mails) == mails == list(each_once(mails))


def test_one_object_twice_is_one_mail():
    """A mail that a caller passes twice counts once."""
    mail = post("a", "x")
    assert drop_copies([mail, mail]) == [mail] == list(each_once([mail, mail]))


def test_the_content_of_a_mail():
    """A content key is equal for copies, and is kept by a copy with a shorter text."""
    one, two = post("a", "x"), post("a", "x", RELAYED, minute=2)
    assert one.content_key() == two.content_key() != post("a", "y").content_key()
    assert one == post("a", "x")


AGAIN = post("2", "[PATCH RESEND 2/5] two", body=f"{DIFF}More.\n", parent="c", minute=900)
LONE = post("2", "[PATCH 2/5] two", body=DIFF, parent="c", minute=4)


@pytest.mark.parametrize("others", [[], [post("c", "[PATCH 0/5] topic")]])
def test_one_patch_that_was_sent_again_under_its_id_is_one_patch(others):
    """A `RESEND` with the id of the first mail is a duplicate in that one's series."""
    for listed in ([*others, LONE, AGAIN], [AGAIN, LONE, *others]):
        (series,) = group_series(listed)
        assert (series.numbers, len(series.duplicates)) == ((2,), 1)
        assert series.missing == (1, 3, 4, 5)


@pytest.mark.parametrize(
    "other",
    [
        post("2", "[PATCH v2 2/5] two", body=f"{DIFF}More.\n", parent="d", minute=900),
        post("2", "[PATCH 2/5] three", body=f"{DIFF}More.\n", parent="d", minute=900),
        post("2", "[PATCH 3/5] two", body=f"{DIFF}More.\n", parent="d", minute=900),
        post("2", "[PATCH 2/5] two", body=f"{DIFF}More.\n", parent="d", minute=900,
             sender="Old Oak <oak@x.example>"),
    ],
)  # fmt: skip
def test_another_patch_under_one_id_is_another_series(other):
    """What has another version, title, number or sender is not that patch again."""
    assert len(group_series([LONE, other])) == 2
