"""What is told otherwise than by who applied patches: thanks for it, and what others have seen."""

import pytest

from kvminbox import group_series
from kvminbox.gist import make_gist
from kvminbox.review import review_all
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

AUTHOR = make_series()[0].sender.written


def review(text, sender=AUTHOR, above="Applied patches 1 and 2, thanks.\n", by=EWA, has_said=0):
    """Return what reviews tell of a mail that answers another one below a series of three.

    Args:
        text: its words.
        sender: who says so.
        above: what the mail says that it answers.
        by: who sent that one.
        has_said: of how many other series the sender says the usual words.
    """
    mails = make_series()
    for name in "abc"[:has_said]:
        mails += make_series(name, total=1)
        said = "Applied to kvm/next, thanks.\n"
        parent = [f"{name}-1@x"]
        mails.append(read_mail(f"{name}-r@x", "Re: [PATCH] KVM: timer 1", said, sender, parent, 4))
    mails.append(read_mail("up@x", "Re: [PATCH 0/3] KVM: timers", above, by, ["s-0@x"], 4))
    parents = ["s-0@x", "up@x"]
    mails.append(read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, sender, parents, 5))
    found = review_all(group_series(mails), mails)
    (one,) = (each for each in found if each.series.message_id == "s-0@x")
    return [each for each in one.applied if each.message_id == "re@x"]


THANKS = [
    "Thanks for applying them.",
    "Thanks for applying!",
    "Many thanks, Ewa, for picking these up!",
    "Thank you for merging my patches so quickly.",
    "Thanks a lot for taking this through kvm-next!",
    "thanks for queuing these up.",
]


@pytest.mark.parametrize("text", THANKS)
def test_an_author_thanks_who_applied(text):
    """Thanks tell of the patches of which the mail tells that they answer, in free words."""
    (one,) = review(f"{text}\n")
    assert (one.patches, one.form) == ((1, 2), "free")


def test_thanks_for_what_is_not_here_are_for_the_series():
    """Where the mail that they answer tells of no patches, thanks for `these` are for all."""
    (one,) = review("Thanks for picking these up!\n", above="All of it works on my board.\n")
    assert one.patches == (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks in advance for applying them.", "Thanks for taking the time.",
        "Thanks for taking this over.", "Thanks for picking up where I left.",
        "Thanks for taking a look.", "Thanks for merging them, if you can.",
        "Thanks for picking these up again and sending a new version.",
        "Thanks for applying your eyes to this.", "Would you apply them?  Thanks for that.",
        "Thanks for taking this to the next meeting.", "Thanks for not applying them.",
        "Thanks for taking this into account.", "Thanks for taking these into consideration.",
        "Thanks for taking this into the account.", "Thanks for picking this up! Fixed in v2.",
        "Thanks for picking it up, I missed that.", "Thanks for picking these up.  I'll fix them.",
    ],
)  # fmt: skip
def test_thanks_for_something_else(text):
    """Thanks for a look, for what is not done yet, or for going on with it tell of nothing."""
    assert not review(f"{text}\n")


def test_others_thank_the_author():
    """`Thanks for picking this up!` says a reviewer to the author, who goes on with old patches."""
    assert not review("Thanks for picking this up!\n", sender=BEN)


@pytest.mark.parametrize(
    "above",
    [
        "I'll apply it tomorrow.\n", "I will queue this for 6.18 then.\n",
        "I can take this through my tree.\n", "Let me pick them up next week.\n",
    ],
)  # fmt: skip
def test_thanks_may_be_early(above):
    """Thanks for what the mail above only plans tell of nothing."""
    assert not review("Thanks for picking these up!\n", above=above)


def test_an_author_does_not_thank_himself():
    """Below his own mail, it is not known whom an author thanks."""
    assert not review("Thanks for applying them.\n", above="Ping?\n", by=AUTHOR)


def test_more_that_is_said_counts_instead():
    """Where the author tells it, too, his words count, and his thanks tell nothing more."""
    (one,) = review("Thanks for applying them.\n\nThis series is in linux-next now.\n")
    assert "linux-next" in one.evidence


@pytest.mark.parametrize(
    "above", ["I'll take this through my tree next week.\n", "Works on my board.\n"]
)
def test_an_index_tells_of_thanks_as_the_archive_does(above):
    """Of a mail that only plans its words are kept, since thanks below it are early."""
    mails = make_series()
    mails.append(read_mail("up@x", "Re: [PATCH 0/3] KVM: timers", above, EWA, ["s-0@x"], 4))
    text = "Thanks for taking this.\n"
    parents = ["s-0@x", "up@x"]
    mails.append(read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, AUTHOR, parents, 5))
    kept = [mail.model_copy() for mail in mails]
    for mail in kept:
        vars(mail)["_gist"] = make_gist(mail)  # as an index does
    (told,), (of_kept,) = (review_all(group_series(each), each) for each in (mails, kept))
    assert told.applied == of_kept.applied
    assert bool(told.applied) is ("board" in above)


@pytest.mark.parametrize("text", ["Thanks for applying them.", "Thank you for applying my patch."])
def test_grouping_keeps_the_thanks(text):
    """An index keeps the words of a mail that does no more than thank."""
    mail = read_mail("re@x", "Re: [PATCH 1/3] KVM: timer 1", f"{text}\n", ADA, ["s-1@x"], 5)
    assert text in make_gist(mail).own


@pytest.mark.parametrize(
    "text",
    [
        "I did not apply patches 2-3 yet.", "I did not apply patches 1-3 in this series.",
        "I did not apply patches 2-5 in this series.", "I did not apply the patches.",
        "I have not taken patch 2 or anything else.", "Ewa did not apply patches 2-3.",
        "If I did not apply patches 2-3, tell me.", "Didn't you apply patches 2-3?",
        "I have not applied patch 1, so the rest does not apply either.",
        "I haven't applied patch 1 as it conflicts. Please rebase the whole series.",
        "I haven't queued patch 2. Nor the rest, waiting for acks.",
        "I did not apply patches 2-3, so the rest does not apply either.",
        "I did not apply patches 2-3.  Please rebase the series.",
        "I did not apply patches 2-3. The others have to wait, too.",
        "I did not apply patch 2 of this series.", "I have not applied patches 2-3.",
    ],
)  # fmt: skip
def test_what_is_left_out_implies_nothing(text):
    """All of them, a plan, other patches or a question imply nothing of the others."""
    assert not review(f"{text}\n", sender=BEN, above="Fine.\n", has_said=3)


def test_what_was_applied_is_told_beside_it():
    """Where the mail also says what was applied, that counts."""
    text = "Applied patch 1 to kvm/next.\n\nI did not apply patches 2-3 in this series.\n"
    (one,) = review(text, sender=BEN, above="Fine.\n", has_said=3)
    assert one.patches == (1,)


SEEN = {
    "I can see rob picked these patches already. FWIW:": 1,
    "I see that rob has already queued these in kvm-next.": 1,
    "Looks like rob already applied the series.": 1,
    "I think Rob already queued up this series in kvm-next,": 1,
    "I believe that Rob has already merged the series.": 1,
    "Rob picked these patches already.": 1,
    "I can see rob picked these patches.": 0,
    "I see somebody applied these patches already.": 0,
    "I see he picked these patches already.": 0,
    "I see that people applied these already.": 0,
    "I think Rob queued up this series in kvm-next.": 0,
    "I think Rob already has a fix for it.": 0,
    "I think Rob already applied another patch for it.": 0,
    "I thought Rob already queued up this series.": 0,
    "If Rob picked these patches already, skip them.": 0,
    "Has Rob picked these patches already?": 0,
    "Did you see rob picked these patches already?": 0,
}


@pytest.mark.parametrize(("text", "count"), SEEN.items())
def test_what_somebody_saw_of_another(text, count):
    """`I can see rob picked these already`, by his handle, is told as a fact, with `already`."""
    found = review(f"{text}\n", sender=BEN, above="Fine.\n")
    assert [one.form for one in found] == ["free"] * count
