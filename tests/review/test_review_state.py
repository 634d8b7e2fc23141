"""How long a series waited, who reviewed it, and what is still open."""

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.versions import link_series
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"
HOUR = 3600.0


def review_first(mails):
    series = [one for chain in link_series(group_series(mails)) for one in chain.series]
    return review_all(series, mails)[0]


def waited(wait):
    return wait.seconds / HOUR, wait.open


def test_first_reply_and_tag(reply):
    """The first reply by somebody else and the first tag are timed apart; replies are counted."""
    mails = [*make_series(), reply("Hm.", identity="1@x", hour=2), reply(TAG, hour=7)]
    review = review_first(mails)
    assert (waited(review.first_reply), waited(review.first_tag)) == ((2, False), (7, False))
    assert (review.replies, [person.email for person in review.reviewers]) == (
        2,
        ["ewa@kvm.example"],
    )


def test_who_ended_the_wait(reply):
    """A wait names the mail that ended it, and who sent it: the first by date, not by arrival."""
    mails = [
        *make_series(),
        reply(f"Acked-by: {BEN}", sender=BEN, identity="late@x", hour=7),
        reply("Hm.", identity="first@x", hour=2),
        *make_series("t", revision=2, hour=24),
    ]
    review = review_first(mails)
    waits = review.first_reply, review.first_tag, review.next_revision
    assert [wait.message_id for wait in waits] == ["first@x", "late@x", "t-0@x"]
    assert [wait.by and wait.by.email for wait in waits] == [
        "ewa@kvm.example",
        "ben.okafor@cloud.example",
        None,
    ]


def test_nobody_ended_an_open_wait():
    """An open wait names no mail and nobody."""
    review = review_first(make_series())
    waits = review.first_reply, review.first_tag, review.next_revision
    assert [(wait.message_id, wait.by) for wait in waits] == [(None, None)] * 3


def test_own_replies_do_not_end_the_wait(reply):
    """The sender's own replies, from another address too, are not by somebody else."""
    mails = [
        *make_series(),
        reply("Ping.", identity="1@x", sender=ADA, hour=2),
        reply("Ping.", identity="2@x", sender="Ada Pfeiffer <ada@home.example>", hour=3),
    ]
    review = review_first(mails)
    assert (review.replies, review.first_reply.open) == (0, True)


def test_open_waits_are_censored():
    """What has not come is open, with the time up to the last arrival, never zero."""
    later = read_mail("z@x", "Something else", "Hello.", EWA, hour=48)
    review = review_first([*make_series(), later])
    for wait in (review.first_reply, review.first_tag, review.next_revision):
        assert wait.open
        assert wait.seconds == 48 * HOUR + 300  # five minutes from sending to arrival
    assert review.superseded is False


def test_reply_dated_before_its_patch(reply):
    """A reply from a wrong clock came after no time, and is not open."""
    review = review_first([*make_series(hour=5), reply("Hm.", hour=1)])
    assert waited(review.first_reply) == (0, False)


def test_reply_without_date(reply):
    """A reply without a date ends the wait, but nobody can say after how long."""
    undated = reply("Hm.").model_copy(update={"date": None})
    review = review_first([*make_series(), undated])
    assert (review.first_reply.seconds, review.first_reply.open) == (None, False)
    assert (review.first_reply.message_id, review.first_reply.by.email) == (
        "re@x",
        "ewa@kvm.example",
    )


def test_superseded():
    """A series with a next revision is superseded, and the time to it is known."""
    review = review_first([*make_series(), *make_series("t", revision=2, hour=24)])
    assert (review.superseded, waited(review.next_revision)) == (True, (24, False))


def test_untagged_patches(reply):
    """Patches with no review tag of somebody else are listed; a tag in the patch counts."""
    picked = {3: "Acked-by: Jo Tan <jo@user.example>\n"}
    review = review_first([*make_series(trailers=picked), reply(TAG)])
    assert review.untagged == (2,)


def test_reports_are_no_review(reply):
    """`Reported-by` and `Suggested-by` leave a patch untagged."""
    picked = {1: "Reported-by: Jo Tan <jo@user.example>\n"}
    review = review_first([*make_series(trailers=picked), reply("Suggested-by: " + EWA)])
    assert (review.untagged, review.first_tag.open) == ((1, 2, 3), True)


def test_refusal_is_an_opinion_and_no_approval(reply):
    """A Nacked-by ends the wait for a tag, and the patch stays untagged."""
    review = review_first([*make_series(), reply(f"Nacked-by: {EWA}")])
    assert (review.first_tag.open, review.untagged) == (False, (1, 2, 3))
