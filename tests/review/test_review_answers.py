"""For which patches a tag is: b4's walk up the thread, and what the text says."""

import random

import pytest

from kvminbox import group_series, link_series
from kvminbox.review import review_all, review_series
from tests.review.review_mails import ADA, EWA, make_series, patch_text, read_mail

TAG = "Reviewed-by: Ewa Lis <ewa@kvm.example>"
COVER, FIRST, SECOND = ["s-0@x"], ["s-0@x", "s-1@x"], ["s-0@x", "s-2@x"]


def review_first(mails):
    """Review all series of some mails and give the first one's."""
    return review_all(group_series(mails), mails)[0]


def places(review):
    return [(tag.name, tag.scope, tag.patches) for tag in review.tags]


CASES = {
    "answers the cover letter": (COVER, TAG, ("series", (1, 2, 3))),
    "answers a patch": (SECOND, TAG, ("patch", (2,))),
    "for the series, answering a patch": (FIRST, f"For the series:\n{TAG}", ("series", (1, 2, 3))),
    "a range, answering the cover letter": (COVER, f"For patches 1-2:\n{TAG}", ("range", (1, 2))),
    "a range, answering a patch": (FIRST, f"Patches 2, 3:\n{TAG}", ("range", (2, 3))),
    "its own number": (SECOND, f"For patch 2:\n{TAG}", ("patch", (2,))),
    "all but one": (COVER, f"For the series except patch 2:\n{TAG}", ("range", (1, 3))),
    "numbers that no patch bears": (SECOND, f"For patches 7-9:\n{TAG}", ("patch", (2,))),
    "both, of three": (SECOND, f"For both patches:\n{TAG}", ("patch", (2,))),
}


@pytest.mark.parametrize(("parents", "text", "expected"), CASES.values(), ids=CASES)
def test_scope(reply, parents, text, expected):
    """A tag is for what its reply answers, unless the text above it names patches."""
    review = review_first([*make_series(), reply(text, parents=parents)])
    assert places(review) == [("Reviewed-by", *expected)]


def test_both_of_two(reply):
    """`For both patches` is the series where there are two."""
    mails = [*make_series(total=2), reply(f"For both patches:\n\n{TAG}", parents=SECOND)]
    assert places(review_first(mails)) == [("Reviewed-by", "series", (1, 2))]


def test_reply_to_a_reply(reply):
    """A tag deep in a discussion is for the patch that the discussion is about."""
    question = reply("Why?", identity="q@x", parents=SECOND)
    answer = reply("So.", identity="a@x", parents=[*SECOND, "q@x"], sender=ADA)
    tagged = reply(TAG, parents=[*SECOND, "q@x", "a@x"])
    assert places(review_first([*make_series(), question, answer, tagged])) == [
        ("Reviewed-by", "patch", (2,))
    ]


def test_a_set_below_the_mail_of_all_sets():
    """A tag below `[PATCHSET 2/2]`, which answers the mail of all sets, is for its patches."""
    mails = [
        read_mail("r@x", "[PATCHFLOOD] KVM: all", "Two sets.\n", ADA),
        read_mail("c@x", "[PATCHSET v2 2/2] KVM: timers", "The second.\n", ADA, ["r@x"]),
        *(
            read_mail(f"{n}@x", f"[PATCH {n}/2] KVM: timer", patch_text(n), ADA, ["r@x", "c@x"])
            for n in (1, 2)
        ),
        read_mail("t@x", "Re: [PATCHSET v2 2/2] KVM: timers", TAG, EWA, ["r@x", "c@x"], hour=1),
    ]
    (series,) = group_series(mails)
    assert (series.revision, places(review_first(mails))) == (
        2,
        [("Reviewed-by", "series", (1, 2))],
    )


def test_missing_mail_on_the_way(reply):
    """Where the answered mail is not here, the nearest reference that is decides."""
    tagged = reply(TAG, parents=["s-0@x", "s-3@x", "gone@x"])
    assert places(review_first([*make_series(), tagged])) == [("Reviewed-by", "patch", (3,))]


def test_missing_patch_is_not_the_whole_series(reply):
    """A tag for a patch that is not here is not taken for one for all patches."""
    mails = [mail for mail in make_series() if mail.message_id != "s-2@x"]
    tagged = reply(TAG, parents=SECOND, subject="Re: [PATCH 2/3] KVM: timer 2")
    assert places(review_first([*mails, tagged])) == [("Reviewed-by", "patch", (2,))]


def test_missing_patch_without_a_number(reply):
    """Where nobody can say which patch was answered, the tag is for none and is told of."""
    mails = [mail for mail in make_series() if mail.message_id != "s-2@x"]
    tagged = reply(TAG, parents=SECOND, subject="Re: a timer")
    review = review_first([*mails, tagged])
    assert review.tags == ()
    assert review.replies == 1
    assert any("a patch that can't be identified" in words for words in review.evidence)


def test_loops_end(reply):
    """Two replies that answer each other answer no series, and nothing hangs."""
    one = reply(TAG, identity="one@x", parents=["two@x"])
    two = reply(TAG, identity="two@x", parents=["one@x"])
    assert review_first([*make_series(), one, two]).replies == 0


def test_lone_patch(reply):
    """A tag for a patch without number is for patch 1, whatever the text says of a series."""
    patch = read_mail("l@x", "[PATCH] KVM: timer", patch_text(), ADA)
    review = review_first([patch, reply(f"For the series:\n{TAG}", parents=["l@x"])])
    assert places(review) == [("Reviewed-by", "patch", (1,))]


def test_naked_cover(reply):
    """A tag for a cover letter without a number is for the series."""
    naked = read_mail("s-0@x", "KVM: timers", "A series.", ADA)
    mails = [naked, *make_series()[1:], reply(TAG, parents=COVER)]
    assert places(review_first(mails)) == [("Reviewed-by", "series", (1, 2, 3))]


def test_next_version_in_the_thread(reply):
    """A tag for v2, sent in reply to v1, is not v1's."""
    second = [
        mail.model_copy(update={"in_reply_to": ("s-0@x",)}) if mail.message_id == "t-0@x" else mail
        for mail in make_series("t", revision=2, hour=24)
    ]
    mails = [*make_series(), *second, reply(TAG, parents=["s-0@x", "t-0@x"], hour=30)]
    first, next_ = review_all(group_series(mails), mails)
    assert (first.tags, len(next_.tags)) == ((), 1)


def test_unmarked_follow_up(reply):
    """A follow-up that repeats the patch's subject without `Re:` is a reply."""
    tagged = reply(TAG, parents=FIRST, subject="[PATCH 1/3] KVM: timer 1")
    assert places(review_first([*make_series(), tagged])) == [("Reviewed-by", "patch", (1,))]


def test_robots_give_no_tags(reply):
    """A robot's request to be named is no tag, and no reply by somebody."""
    text = "If you fix it, kindly add\nReported-by: robot <lkp@bot.example>"
    review = review_first([*make_series(), reply(text, sender="robot <lkp@bot.example>")])
    assert (review.tags, review.replies) == ((), 0)


def test_order_does_not_count(reply):
    """The same mails in any order give the same reviews."""
    mails = [*make_series(), *make_series("t", revision=2, hour=24)]
    for number in range(12):
        parents = [*COVER, f"s-{number % 4}@x"] + [f"r{number - 1}@x"] * (number % 3 > 0)
        mails.append(reply(TAG, identity=f"r{number}@x", parents=parents, hour=number))
    expected = review_all(group_series(mails), mails)
    for seed in range(5):
        random.Random(seed).shuffle(mails)
        assert review_all(group_series(mails), mails) == expected


def test_deep_thread_takes_linear_time(reply):
    """A discussion ten thousand mails deep is walked once, without recursion."""
    mails = make_series()
    base = reply("Hm.", parents=FIRST)
    for number in range(10_000):
        above = ("s-1@x",) if number == 0 else (f"d{number - 1}@x",)
        update = {"message_id": f"d{number}@x", "in_reply_to": above, "references": ()}
        mails.append(base.model_copy(update=update))
    mails.append(reply(TAG, identity="last@x", parents=["d9999@x"]))
    review = review_first(mails)
    assert (review.replies, places(review)) == (10_001, [("Reviewed-by", "patch", (1,))])


def test_many_mails_with_one_id(reply):
    """A thousand mails that claim one id are all kept as replies."""
    mails = make_series()
    base = reply("Hm.", parents=FIRST, sender=EWA)
    mails += [base.model_copy(update={"body": f"{n}"}) for n in range(1000)]
    assert review_first(mails).replies == 1000


def test_a_patch_in_reply_is_an_answer(reply):
    """What somebody else sends below a series, as a patch or a series of patches, answers it."""
    fix = read_mail("f@x", "[PATCH] fixup! KVM: timer 2", patch_text(9), EWA, SECOND, hour=2)
    review = review_first([*make_series(), fix])
    assert (review.replies, review.first_reply.message_id) == (1, "f@x")
    assert [person.name for person in review.repliers] == ["Ewa Lis"]
    assert review.evidence == ("Ewa Lis answered with a patch: fixup! KVM: timer 2",)
    assert not review.tags  # its own sign-off is none of the series'


BELOW = [*COVER, "q@x"]
ANSWERS = {
    "a series of its own": [
        read_mail("c@x", "[PATCH 0/2] KVM: another way", "Thus.\n", EWA, COVER, hour=2),
        read_mail("1@x", "[PATCH 1/2] KVM: a", patch_text(8), EWA, [*COVER, "c@x"], hour=2),
        read_mail("2@x", "[PATCH 2/2] KVM: b", patch_text(9), EWA, [*COVER, "c@x"], hour=2),
    ],
    "two patches without a cover letter": [
        read_mail("1@x", "[PATCH 1/2] KVM: a", patch_text(8), EWA, COVER, hour=2),
        read_mail("2@x", "[PATCH 2/2] KVM: b", patch_text(9), EWA, COVER, hour=2),
    ],
    "below the sender's own reply": [
        read_mail("q@x", "Re: [PATCH 0/3] KVM: timers", "Does it build?\n", ADA, COVER, hour=1),
        read_mail("f@x", "[PATCH] KVM: fix the build", patch_text(9), EWA, BELOW, hour=2),
    ],
    "without a mark": [
        read_mail(
            "f@x", "KVM: another way", "Or so?\n\n" + patch_text(9).split("---\n")[1], EWA, COVER
        ),
    ],
    "and again, as a next version": [
        read_mail("f@x", "[PATCH] KVM: fix it", patch_text(9), EWA, COVER, hour=2),
        read_mail("g@x", "[PATCH v2] KVM: fix it", patch_text(9), EWA, COVER, hour=3),
    ],
}


@pytest.mark.parametrize("mails", ANSWERS.values(), ids=ANSWERS)
def test_patches_in_reply_count_once(mails):
    """A series in reply is one answer, by its first mail, and so is a patch with its versions."""
    everything = [*make_series(), *mails]
    chained = [one for chain in link_series(group_series(everything)) for one in chain.series]
    review = next(
        one for one in review_all(chained, everything) if one.series.message_id == "s-0@x"
    )
    assert (review.replies, len(review.repliers)) == (1, 1)


ROBOT = "kernel test robot <lkp@bot.example>"
NO_ANSWERS = {
    "the sender's own fix": read_mail("f@x", "[PATCH] KVM: fix it", patch_text(9), ADA, COVER),
    "from the sender's other address": read_mail(
        "f@x", "[PATCH] KVM: fix", patch_text(9), "Ada Pfeiffer <ada@home.example>", COVER
    ),
    "a program's": read_mail("f@x", "[PATCH] KVM: fix it", patch_text(9), ROBOT, COVER),
    "a thread of its own": read_mail("f@x", "[PATCH] KVM: fix it", patch_text(9), EWA),
    "a pull request": read_mail("f@x", "[GIT PULL] KVM: for 6.2", "Please pull.\n", EWA, COVER),
}


@pytest.mark.parametrize("mail", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_patches_that_answer_nothing(mail):
    """A patch by the sender or a program, or one that stands elsewhere, answers no series."""
    everything = [*make_series(), mail]
    chained = [one for chain in link_series(group_series(everything)) for one in chain.series]
    review = next(
        one for one in review_all(chained, everything) if one.series.message_id == "s-0@x"
    )
    assert (review.replies, review.repliers, review.first_reply.open) == (0, (), True)


def test_the_next_version_by_somebody_else():
    """A next version is no reply, though somebody else sends it below the patch."""
    old = read_mail("s@x", "[PATCH] KVM: timer", patch_text(1), ADA)
    text = f"From: {ADA}\n\n{patch_text(1, added='int newest;')}"
    new = read_mail("n@x", "[PATCH v2] KVM: timer", text, EWA, ["s@x"], hour=30)
    listed = [one for chain in link_series(group_series([old, new])) for one in chain.series]
    review = review_all(listed, [old, new])[0]
    assert (review.superseded, review.replies) == (True, 0)
    assert review_series(listed[0], [old, new]).replies == 0
