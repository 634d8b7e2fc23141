"""How long a series waited, who reviewed it, and what is still open."""

from datetime import timedelta

import pytest

from kvminbox import group_series
from kvminbox.review import review_all, review_series
from kvminbox.versions import link_series
from tests.mails import read_made
from tests.review.review_mails import ADA, BEN, EWA, START, make_series, patch_text, read_mail

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
        "ada@silicon.example",
    ]


def test_who_sent_a_next_revision_that_is_not_here():
    """A next revision outside the mails that are read is named, but not who sent it."""
    mails = [*make_series(), *make_series("t", revision=2, hour=24)]
    first = next(one for chain in link_series(group_series(mails)) for one in chain.series)
    wait = review_series(first, mails[:4]).next_revision
    assert (wait.message_id, wait.by, wait.open) == ("t-0@x", None, False)
    by = review_series(first, mails).next_revision.by
    assert by
    assert by.email == "ada@silicon.example"


def test_another_sender_ends_the_wait_for_the_next_revision():
    """A series that somebody else goes on with names that one."""
    patch = patch_text()
    subject = "lamps: light them"
    mails = [
        read_mail("a@x", f"[PATCH] {subject}", patch, ADA),
        read_mail("b@x", f"[PATCH v2] {subject}", patch, BEN, hour=24),
    ]
    by = review_first(mails).next_revision.by
    assert by
    assert by.email == "ben.okafor@cloud.example"


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


SENT_ON = [
    read_mail("b-0@x", "[PATCH 0/2] KVM: stop the timer", "It builds on Ada's.\n", BEN, hour=30),
    read_mail(
        "b-1@x", "[PATCH 1/2] KVM: timer", f"From: {ADA}\n\n{patch_text(1)}", BEN, ["b-0@x"], 30
    ),
    read_mail("b-2@x", "[PATCH 2/2] KVM: stop the timer", patch_text(2), BEN, ["b-0@x"], 30),
]


@pytest.mark.parametrize(
    ("text", "hour", "superseded"),
    [
        ("Applied, thanks.\n", 20, False),
        ("Applied, thanks.\n", 40, True),
        ("I may apply this one.\n", 20, True),
    ],
    ids=["before", "after", "not applied"],
)
def test_applied_before_somebody_else_sent_it_on(text, hour, superseded):
    """What was applied before another's set had it, too, is not superseded by that."""
    lone = read_mail("lone@x", "[PATCH] KVM: timer", patch_text(1), ADA)
    answer = read_mail("re@x", "Re: [PATCH] KVM: timer", text, EWA, ["lone@x"], hour)
    review = review_first([lone, answer, *SENT_ON])
    assert (review.series.message_id, review.superseded) == ("lone@x", superseded)


def test_applied_before_its_sender_sent_the_next_version():
    """The sender's own next version supersedes it, whatever was applied of the first one."""
    lone = read_mail("lone@x", "[PATCH] KVM: timer", patch_text(1), ADA)
    text = "Applied, thanks.\n"
    answer = read_mail("re@x", "Re: [PATCH] KVM: timer", text, EWA, ["lone@x"], 20)
    again = read_mail("v2@x", "[PATCH v2] KVM: timer", patch_text(1, added="int v2;"), ADA, hour=30)
    assert review_first([lone, answer, again]).superseded is True


def write_fix(title, identity, hour, blob, added):
    """Return a patch to the same lines of a blob."""
    head = "diff --git a/virt/timer1.c b/virt/timer1.c\n"
    text = patch_text(1, added=added).replace(head, f"{head}index aaaaaaa..{blob} 100644\n")
    return read_mail(f"{identity}@x", f"[PATCH] KVM: {title}", text, ADA, hour=hour)


@pytest.mark.parametrize(
    ("again", "superseded"),
    [
        (write_fix("timer: Keep the address", "two", 400, "ccccccc", "int two;"), False),
        (read_mail("two@x", "[PATCH v2] KVM: Fix it", patch_text(1), ADA, hour=400), True),
    ],
    ids=["another try", "the next number"],
)
def test_applied_before_another_try_at_its_lines(again, superseded):
    """Of two patches to the same lines the first is superseded, unless it was applied by then."""
    first = write_fix("Fix it", "one", 0, "bbbbbbb", "int one;")
    answer = read_mail("re@x", "Re: [PATCH] KVM: Fix it", "Applied, thanks.\n", EWA, ["one@x"], 20)
    assert review_first([first, again]).superseded is True
    assert review_first([first, answer, again]).superseded is superseded


def test_pulled_before_somebody_else_sent_it_on():
    """So it is with what a pull request has that was sent before the other's set."""
    lone = read_mail("lone@x", "[PATCH] KVM: timer", patch_text(1), ADA)
    text = (
        "The following changes since commit 0123456789abcdef:\n\n  KVM: one (2025-03-01)\n\n"
        "are available in the git repository at:\n\n  https://kvm.example/kvm.git next\n\n"
        "for you to fetch changes up to 89abcdef01234567:\n\n  KVM: two (2025-03-02)\n\n"
        "Ada Pfeiffer (1):\n      KVM: timer\n"
    )
    pulls = [read_mail("pull@x", "[GIT PULL] KVM", text, EWA, hour=hour) for hour in (20, 40)]
    found = [review_first([lone, pull, *SENT_ON]) for pull in pulls]
    assert [one.superseded for one in found] == [False, True]
    assert [len(one.pulled) for one in found] == [1, 0]


def test_untagged_patches(reply):
    """Patches with no review tag of somebody else are listed; a tag in the patch counts."""
    picked = {3: "Acked-by: Jo Tan <jo@user.example>\n"}
    review = review_first([*make_series(trailers=picked), reply(TAG)])
    assert review.untagged == (2,)


@pytest.mark.parametrize(
    "program",
    [
        "syzbot+0123456789ab@syzkaller.example",
        "syzbot <bot+0123@syzkaller.example>",
        "kernel test robot <lkp@robot.example>",
        "Linux Kernel Functional Testing <lkft@linaro.example>",
        "Sashiko AI review <sashiko-bot@kernel.example>",
    ],
)
def test_a_program_s_tag_is_no_review(program):
    """A patch with no tag but a program's is untagged, by its own trailer or by its cover's."""
    tag = f"Tested-by: {program}\n"
    review = review_first(
        make_series(trailers={2: tag, 3: "Tested-by: Syd Bott <syd@bott.example>\n"})
    )
    assert review.untagged == (1, 2)
    cover = read_mail("c@x", "[PATCH 0/1] x", f"Why.\n\n{tag}", ADA)
    patch = read_mail("p@x", "[PATCH 1/1] x", patch_text(), ADA, ["c@x"], 0.1)
    assert review_first([cover, patch]).untagged == (1,)


def test_reports_are_no_review(reply):
    """`Reported-by` and `Suggested-by` leave a patch untagged."""
    picked = {1: "Reported-by: Jo Tan <jo@user.example>\n"}
    review = review_first([*make_series(trailers=picked), reply("Suggested-by: " + EWA)])
    assert (review.untagged, review.first_tag.open) == ((1, 2, 3), True)


def test_refusal_is_an_opinion_and_no_approval(reply):
    """A Nacked-by ends the wait for a tag, and the patch stays untagged."""
    review = review_first([*make_series(), reply(f"Nacked-by: {EWA}")])
    assert (review.first_tag.open, review.untagged) == (False, (1, 2, 3))


VIA = "{} via lamps <lamps@lists.example>"
BEHIND = ("List-Id: <lamps.lists.example>",)


def read_via(identity, subject, text, name, reply_to, parent=None, hour=0):
    """Read a mail of somebody whose From the list has rewritten."""
    return read_made(
        subject, text, *BEHIND, f"Reply-To: {reply_to}", sender=VIA.format(name), ids=[identity],
        sent=START + timedelta(hours=hour), in_reply_to=parent,
    )  # fmt: skip


def test_people_behind_a_list_are_told_apart():
    """Replies and tags through a list that rewrites From are their own senders'."""
    patch = read_via("p@x", "[PATCH] x", patch_text(), "Ada Pfeiffer", "ada@silicon.example")
    own = read_via("o@x", "Re: [PATCH] x", "Yes.\n", "Ada Pfeiffer", ADA, "p@x", 1)
    ben = read_via("b@x", "Re: [PATCH] x", "No.\n", "Ben Okafor", "ben@cloud.example", "p@x", 2)
    tag = "Reviewed-by: Ewa Lis <ewa@kvm.example>\n"
    ewa = read_via("e@x", "Re: [PATCH] x", tag, "Ewa Lis", "lamps@lists.example", "p@x", 3)
    mails = [patch, own, ben, ewa]
    (review,) = review_all(group_series(mails), mails)
    assert review.replies == 2
    assert review.first_reply.seconds == 2 * 3600
    assert [(one.person.name, one.self_attested) for one in review.tags] == [("Ewa Lis", True)]
    assert [one.name for one in review.reviewers] == ["Ewa Lis"]
    assert review.untagged == ()


def test_two_people_of_whom_only_the_names_are_known():
    """Where a list leaves only names, two names are two people."""
    patch = read_via("p@x", "[PATCH] x", patch_text(), "Ada Pfeiffer", "lamps@lists.example")
    own = read_via("o@x", "Re: [PATCH] x", "Yes.\n", "ada pfeiffer", "", "p@x", 1)
    ben = read_via("b@x", "Re: [PATCH] x", "No.\n", "Ben Okafor", "", "p@x", 2)
    mails = [patch, own, ben]
    (review,) = review_all(group_series(mails), mails)
    assert (review.replies, review.first_reply.seconds) == (1, 2 * 3600)


def test_reviews_by_programs_are_kept_apart():
    """A program that reviews is named, but gives no reply, no tag, and ends no wait."""
    patch = read_mail("p@x", "[PATCH] x", patch_text(), ADA)
    tag = "Reviewed-by: Sashiko <sashiko-bot@kernel.example>\n"
    senders = ["sashiko-bot@kernel.example", "kernel test robot <lkp@lab.example>",
               "Sashiko-Bot@kernel.example"]  # fmt: skip
    answers = [
        read_mail(f"{n}@x", "Re: [PATCH] x", tag, sender, ["p@x"], n + 1)
        for n, sender in enumerate(senders)
    ]
    mails = [patch, *answers]
    (review,) = review_all(group_series(mails), mails)
    assert (review.replies, review.reviewers, review.tags) == (0, (), ())
    assert review.first_reply.open
    assert [one.email.lower() for one in review.program_reviewers] == ["sashiko-bot@kernel.example"]
