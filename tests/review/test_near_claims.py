"""Claims that are about something else, as other words of the sentence or of the mail tell."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.applied import find_applied
from kvminbox.review.phrases import find_claims
from tests.review.review_mails import BEN, make_series, patch_text, read_mail


def review(text, parent="s-1@x", sender=None, again=False):
    """Return what a reply tells of a series of three patches; without a sender, its author's."""
    mails = make_series()
    sender = sender or mails[0].sender.written
    number = parent.removeprefix("s-").removesuffix("@x")
    subject = f"Re: [PATCH {number}/3] KVM: timer {number}"
    reply = read_mail("re@x", subject, text, sender, ["s-0@x", parent], 5)
    later = make_series("t", revision=2, hour=40) if again else []
    mails = [*mails, reply, *later]
    found = review_all(group_series(mails), mails)
    return next(one for one in found if one.series.message_id == "s-0@x").applied


AUTHORS = {
    "ack, applied": 0,
    "Agreed, applied.": 0,
    "Good idea, applied.": 0,
    "Sounds good to me, applied.": 0,
    "Will rename it for v2.\n\n> and this?\n\nApplied.": 0,
    "Ack, I'll drop that in v2.\n\n> and this?\n\nI've applied it.": 0,
    "Applied.": 1,
    "Applied, thanks.": 1,
    "Applied, it will be in v6.14.": 1,
    "I'll send the rest for v2.\n\nApplied to kvm/next, thanks.": 1,
}


@pytest.mark.parametrize(("text", "count"), AUTHORS.items())
def test_an_author_speaks_of_his_next_version(text, count):
    """`Ack, applied`, or a mail with `I'll do that for v2`, is an author's word on his next one."""
    assert len(review(f"{text}\n")) == count


def test_the_same_words_of_a_maintainer_are_believed():
    """`Ack, applied` by somebody who did not send the series says that it was applied."""
    assert len(review("Ack, applied.\n", sender=BEN)) == 1


def test_a_fix_that_an_author_shows_is_another_patch():
    """`I am adding this to my for-next branch`, above a diff of the author's, is about the diff."""
    text = "For the moment I am adding this to my for-next branch.\n"
    assert len(review(text, "s-0@x")) == 1
    assert not review(f"{text}\n{patch_text(9)}", "s-0@x", again=True)
    # `this` may also be the series whose conflict the diff resolves
    said = "I've added this to timers/for-next, and resolved the conflict as below.\n"
    assert len(review(f"{said}\n{patch_text(9)}", "s-0@x")) == 1


NEAR = {
    "I don't think we need this with the new timers. It's queued up for 6.14.": 0,
    "It's queued up for 6.14. Let's defer this one.": 0,
    "The timers were cleaned up. That should go into 6.14, it's queued up.": 0,
    "We don't need this. It's already merged.": 0,
    "That should go into 6.14, it's queued up.": 1,
    "The timers look good. It's queued up for 6.14.": 1,
    "You don't need to resend. It's queued up for 6.14.": 1,
    "I don't think we need a new version, it's queued up for 6.14.": 1,
    "This patch is in the mm-unstable branch.\n\nBut this series is a fix for 6.12.": 0,
    "This patch is in the mm-unstable branch.\n\nThe series is fine.": 1,
}


@pytest.mark.parametrize(("text", "count"), NEAR.items())
def test_what_is_near_tells_of_another_patch(text, count):
    """`It's queued` is of something else where the patch is declined, or `that` is named before."""
    assert len(review(f"{text}\n", sender=BEN)) == count


@pytest.mark.parametrize(
    ("subject", "count"),
    [("[PATCH v3] KVM: timer", 0), ("[PATCH v2] KVM: timer", 1), ("[PATCH] KVM: timer", 1)],
)
def test_another_version_is_named_where_no_series_is_at_hand(reply, subject, count):
    """`I have queued v2 of this patch`, in answer to v3, does not say that v3 was applied."""
    mail = reply("I have queued v2 of this patch, thank you!\n", subject=f"Re: {subject}")
    assert (find_applied(mail) is not None) == bool(count)


def test_a_fix_pushed_below_an_announcement_is_no_patch_of_it(reply):
    """`Fixed and pushed to …` below no patch is about a fix that nobody sent."""
    words = "Thanks for catching, fixed and pushed to kvm/timers-next.\n"
    assert find_applied(reply(words, subject="Re: A new way to count timers")) is None
    assert find_applied(reply(words)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Should Ewa be told\nto remove the prev. merged to -mm tree patch and use this v4?",
        "Tell her to drop the prev. queued to kvm/next version and use this.",
        "This is odd, cf. applied patches.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    """What follows `prev.` or `cf.` is the same sentence, and an infinitive claims nothing."""
    assert not list(find_claims(text))


EXCEPTED = {
    "Applied for next (leaving patch 3 for the arm tree), thanks!": (1, 2),
    "Series applied to kvm/next, leaving the last patch for Ben.": (1, 2),
    "Series applied to kvm/next, leaving 2/3 for Ben.": (1, 3),
    "Applied patch 1 for next, leaving patch 2 and patch 3 for Ben.": (1,),
    "Series applied to kvm/next, leaving the log as it is.": (1, 2, 3),
    "I queued the first two of these, thank you all!": (1, 2),
    "I queued the last two of them, thanks.": (2, 3),
}


@pytest.mark.parametrize(("text", "patches"), EXCEPTED.items())
def test_what_is_left_to_others_is_excepted(text, patches):
    """`Leaving patch 3 for …` leaves it out; `the first two of these` names two."""
    (applied,) = review(f"{text}\n", "s-0@x", BEN)
    assert applied.patches == patches


TREES = {
    "I staged it after linux-next to provide visibility into changes in the arm tree.": "",
    "I've applied the series except for #1, which already went through the mm tree.": "",
    "Applied for next (as it doesn't apply on fixes), thanks!": "",
    "I've applied the series, except for #1 which has comments, to kvm/next.": "kvm/next",
    "I've applied the series to kvm/next to avoid conflicts in the arm tree.": "kvm/next",
}


@pytest.mark.parametrize(("text", "tree"), TREES.items())
def test_a_tree_of_another_clause_is_not_named(text, tree):
    """The tree of a clause that tells what it is for, or of what is left out, is no tree of it."""
    (claim,) = find_claims(text)
    assert claim.tree == tree


def test_on_fixes_with_a_tag_is_believed_of_committers():
    """`This is on fixes (with a tag)` counts of who commits."""
    (claim,) = find_claims('This is on fixes (with a "Tested-by: Ada"), with a new log.')
    assert claim.tree == "fixes"
    assert claim.by_committer
