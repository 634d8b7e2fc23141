"""Claims that are about something else, as other words of the sentence or of the mail tell."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.applied import Author, find_applied, read_applied
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


JOINED = {
    "I had it split but the rework became difficult.  And this is test code so\nI merged it.": 0,
    "You split it, which is better. I merged it into kvm/next.": 1,
    "This is test code so I merged it.": 1,
}


@pytest.mark.parametrize(("text", "count"), JOINED.items())
def test_two_patches_that_became_one_were_not_taken(text, count):
    """`I merged it` is of one's own two patches where the sentence before speaks of a split."""
    assert len(list(find_claims(text))) == count


ITEMS = {
    "2. [v15] lamps: a timer\n   url: https://lore.kernel.org/lamps/t-0@y/T/#u\n   It has been"
    " picked by Ben in his lamps-hotfixes tree.": 0,
    "2. KVM: timer 1\n   url: https://lore.kernel.org/kvm/s-1@x/\n   It has been picked by Ben in"
    " his kvm-hotfixes tree.": 1,
    "It has been picked by Ben in his kvm-hotfixes tree.": 1,
}


@pytest.mark.parametrize(("text", "count"), ITEMS.items())
def test_an_item_of_a_list_is_about_the_mail_that_it_links_to(text, count):
    """`It has been picked` below the link of another series says nothing of this one."""
    above = "I sent this list to Ben:\n\n1. a note\n\n"
    found = review(f"{above}{text}\n", "s-0@x", "Ewa Lis <ewa@kvm.example>")
    assert len(found) == count


def test_an_item_with_a_link_is_of_no_series_that_is_not_known(reply):
    """Where the corpus lacks the series, an item may be about any; other words are about this."""
    words = "It has been picked by Ben in his kvm-hotfixes tree.\n"
    link = "2. [v15] lamps: a timer\n   url: https://lore.kernel.org/lamps/t-0@y/\n   "
    assert find_applied(reply(f"{link}{words}")) is None
    assert find_applied(reply(words)) is not None


TORN = {
    "Where does it apply? I tried 5.2 with and without\n\n   [PATCH 1/2] KVM: a fix\n\napplied.": 0,
    "Thanks for this.\n\n   [PATCH 1/2] KVM: a fix\n\napplied.": 1,
    "applied.": 1,
}


@pytest.mark.parametrize(("text", "count"), TORN.items())
def test_the_end_of_a_sentence_is_no_claim(text, count):
    """`applied.` below a title ends the question that stands above it."""
    assert len(review(f"{text}\n", sender=BEN)) == count


COPIES = {
    "As usual I pushed this to\n\n  Repo: https://git.kvm.example/kvm.git\n  Tag: timers-v12": 0,
    "I pushed this out to\n\n  https://git.kvm.example/kvm.git\n  Branch: kvm-next": 1,
    "I pushed this to kvm/next.\n\n  Tag: timers-v12": 1,
}


@pytest.mark.parametrize(("text", "count"), COPIES.items())
def test_a_tag_of_a_version_is_there_to_be_fetched(text, count):
    """What a tag names `v12` is a copy of that version, and went into no tree."""
    assert len(review(f"{text}\n", sender=BEN)) == count


FUZZ = {
    "I stacked these on top of v5.3-rc1 and this patch applied with a bit of fuzz.": 0,
    "This patch applied with some offsets.": 0,
    "This patch was applied with a bit of fuzz to kvm/next.": 1,
    "Also squashed next commit.": 0,
    "Squashed this in, thanks.": 1,
}


@pytest.mark.parametrize(("text", "count"), FUZZ.items())
def test_that_a_patch_applies_or_was_squashed_is_no_taking(text, count):
    """Whether a patch fits a tree is a trial; one's next commit is squashed for a new version."""
    assert len(list(find_claims(text))) == count


NUMBERED = {
    "Both 1/3 & 2/3 cleanup are now queued in kvm/next.": (1, 2),
    "1/3, 3/3 fixes are queued in kvm/next.": (1, 3),
    "Both 1/3 & 2/3 are now queued in kvm/next.": (1, 2),
}


@pytest.mark.parametrize(("text", "patches"), NUMBERED.items())
def test_numbers_with_their_kind_are_all_meant(text, patches):
    """`1/3 & 2/3 cleanup` names both, wherever the mail answers."""
    for parent in ("s-0@x", "s-1@x"):
        (applied,) = review(f"{text}\n", parent, BEN)
        assert applied.patches == patches


def test_an_author_pushes_this_commit(reply):
    """`I've pushed this commit` is a deed; `I've pushed the binding before` is a branch."""
    assert len(review("I've pushed this commit, as Ewa said yes.\n", "s-1@x")) == 1
    assert not review("I've pushed the binding before.\n", "s-1@x")


SENT = {
    "> Yeah; just sent a patch to fix it.\n\nThanks, now merged!": 0,
    "> Right.\n> I've just posted another patch for that.\n\nApplied to kvm/next, thanks.": 0,
    "> I have now sent a fix.\n\nIt's queued.": 0,
    "> I just sent a fix.\n\nThanks.  I've applied patch 2 of this series, too.": 1,
    "> I sent a patch for this a year ago.\n\nThanks, now merged!": 1,
    "> I just sent a fix.\n> It works without it, too.\n\nThanks, now merged!": 1,
    "> I just sent a fix.\n\nFine.\n\n> It works without it.\n\nThanks, now merged!": 1,
    "> I just sent a v2.\n\nThanks, now merged!": 1,
}


@pytest.mark.parametrize(("text", "count"), SENT.items())
def test_what_was_just_sent_is_another_patch(text, count):
    """`Thanks, merged!` right below `I just sent a patch` is about that patch."""
    assert len(review(f"{text}\n", "s-0@x", sender=BEN)) == count


BELOW = {
    "This is already in linux-next.\n\n0123456 genirq: Add a flag for lamps\n": 0,
    "It is already in linux-next.\n\n0123456789ab lamp: blink\n89abcdef0123 lamp: dim\n": 0,
    "This is already in linux-next.\n\n0123456 KVM: timer 1\n": 1,
    "This is already in linux-next.\n\n0123456 KVM: a timer as of Ada\n": 1,
    "This is already in linux-next.\n\nThe lamp blinks now.\n": 1,
    "This series is already in linux-next.\n\n0123456 genirq: Add a flag for lamps\n": 1,
}


@pytest.mark.parametrize(("text", "count"), BELOW.items())
def test_commits_of_others_below_tell_what_this_is(text, count):
    """`This is in linux-next`, above commits whose titles are of no patch here, is about those."""
    assert len(review(text, "s-1@x", sender=BEN)) == count


OF_TITLES = {
    "Lamp driver has been merged.": (2,),
    "The lamp driver has been merged by Ewa.": (2,),
    "Timer driver has been merged.": (),
    "The driver has been merged.": (),
    "The lamp driver will be merged.": (),
    "Once the lamp driver has been merged, I'll send more.": (),
    "Has the lamp driver been merged?": (),
}


@pytest.mark.parametrize(("text", "patches"), OF_TITLES.items())
def test_a_driver_is_named_by_a_title(text, patches):
    """`Lamp driver has been merged` is told where one title has both words, and others have not."""
    titles = {1: "dt-bindings: lamp", 2: "lamps: add a driver for a lamp", 3: "dts: lamps"}
    found = read_applied([text], titles=titles)
    assert (found.find_patches(titles, 0) if found else ()) == patches
    assert read_applied([text], titles={1: "lamp driver", 2: "lamp driver: dim"}) is None


TRIED = {
    "I applied them on top of kvm/next, but now I get a warning:": 0,
    "Applied on top of kvm/next, and with defconfig I see this:": 0,
    "I applied them on top of kvm/next, thanks. I get no warning now.": 1,
    "I committed this years ago.": 0,
    "I committed this, and it was part of the initial driver.": 0,
    "I committed this to kvm-next, it was part of the first driver.": 1,
    "I committed this, and it is part of my next pull request.": 1,
}


@pytest.mark.parametrize(("text", "count"), TRIED.items())
def test_what_was_tried_or_long_ago_is_no_claim(text, count):
    """`On top of kvm/next, and I get:` tells of a trial; `years ago` it was another patch."""
    assert len(list(find_claims(text))) == count


def test_patches_of_a_tree_are_some_of_a_series():
    """`Applied kvm's patches to kvm-next` tells of some, and `dave's patches` of other ones."""
    (applied,) = review("Applied kvm's patches to #kvm-next.\n", "s-0@x", BEN)
    assert (applied.patches, applied.tree) == ((), "#kvm-next")
    assert not review("Applied dave's patches to #kvm-next.\n", "s-0@x", BEN)


NEIGHBOURS = {
    "I applied this and the previous patch.": (2, 3),
    "Applied the previous two patches and this one.": (1, 2, 3),
    "I've applied this one and the two previous ones to kvm/next.": (1, 2, 3),
    "Merged this and the previous patches.": (),
    "Applied this patch and the following one.": (3, 4),
    "Applied this and the next version needs a test.": (3,),
    "Applied this and the next series.": (3,),
}


@pytest.mark.parametrize(("text", "patches"), NEIGHBOURS.items())
def test_patches_beside_the_answered_one_are_counted(text, patches):
    """`This and the next two` are those of the patch that is answered; below a cover, none."""
    titles = {number: f"KVM: timer {number}" for number in range(1, 5)}
    found = read_applied([text], titles=titles)
    assert found is not None
    assert found.find_patches(titles, 3) == patches
    if len(patches) != 1:
        assert found.find_patches(titles, 0) == ()


NO_DEEDS = {
    "I've taken it up with the list's owners again.": 0,
    "I took this up with Rob.": 0,
    "I've taken it up with Rob's ack.": 1,
    "I've taken this up with a small fix, thanks.": 1,
    "So I grabbed the whole series and pointed it at the timers test suite.": 0,
    "I applied this and pointed it at my selftests.": 0,
    "I've grabbed the whole series, thanks.": 1,
}


@pytest.mark.parametrize(("text", "count"), NO_DEEDS.items())
def test_what_is_taken_up_with_people_or_tried_is_no_claim(text, count):
    """`Taken up with` somebody tells of a talk, and `pointed it at a test suite` of a trial."""
    assert len(list(find_claims(text))) == count


BRACKETS = {
    "Applied (kvm/kvm.git#timers).": "kvm/kvm.git#timers",
    "Queued up (for-next/timers), thanks.": "for-next/timers",
    "Applied, thanks (to kvm-next).": "kvm-next",
    "Applied to kvm/next (see lamps/lamps.git).": "kvm/next",
    "Applied (with a fix).": "",
    "Applied (see arch/arm64/timers.c).": "",
    "Applied (2/3).": "",
}


@pytest.mark.parametrize(("text", "tree"), BRACKETS.items())
def test_a_tree_stands_in_brackets(text, tree):
    """`Applied (kvm/kvm.git#timers).` has the tree in brackets; a remark in them is none."""
    (claim,) = find_claims(text)
    assert claim.tree == tree


PILES = {
    "I've finally managed to add the acks and wrestle this pile into kvm-next, thanks.": 1,
    "Managed to get this into kvm/next.": 1,
    "I managed to apply this to my kernel.": 0,
    "I managed to apply this on top of kvm-next.": 0,
    "I could not manage to get this into kvm/next.": 0,
    "I managed to apply this series to kvm-next but it does not boot.": 0,
    "I see this set of timer patches has landed in kvm/next.": 1,
    "The first set of timer patches for KVM was merged to kvm/next.": 1,
    "A set of timer patches was merged to kvm/next.": 0,
    "Once the first set of timer patches has landed in kvm/next, I'll send more.": 0,
}


@pytest.mark.parametrize(("text", "count"), PILES.items())
def test_a_set_of_patches_that_got_there(text, count):
    """`I managed to wrestle this into kvm-next` tells it; what could only be applied does not."""
    assert len(list(find_claims(text))) == count


def test_managing_it_is_believed_of_who_commits():
    """A tester manages to merge a series into a branch, too, without acks or thanks."""
    text = ["I managed to merge this series into kvm-next."]
    assert read_applied(text) is None
    assert read_applied(text, commits=True)
    assert read_applied(["I managed to add the acks and get this series into kvm-next."])


def test_the_tree_of_another_series_is_not_told():
    """What is in Linus's tree is not in that of a later sentence, which is about another series."""
    text = "I know that this patch is already in Linus's tree."
    found = read_applied([f"{text} The series got merged via the timers tree."])
    assert found is not None
    assert found.tree == ""
    text = ["Patch 2 landed in Linus' tree. Patch 1 is in kvm/next."]
    parted = read_applied(text)
    assert parted is not None
    shares = parted.divide({1: "KVM: a", 2: "KVM: b"}, 0)
    assert [(one.patches, one.tree) for one in shares] == [((2,), ""), ((1,), "kvm/next")]
    later = read_applied(["I queued this. The series is in kvm/next now."])
    assert later is not None
    assert later.tree == "kvm/next"


def test_a_patch_that_is_left_out_was_named_before():
    """`Pushed to kvm/next without that patch.` tells of a part, and not of which."""
    titles = {1: "KVM: a", 2: "KVM: b"}
    for text in ("So pushed to kvm/next without that patch.", "Applied without the other one."):
        found = read_applied([text], titles=titles)
        assert found is not None
        assert found.find_patches(titles, 0) == ()
    found = read_applied(["Applied without that patch's last line, thanks."], titles=titles)
    assert found is not None
    assert found.find_patches(titles, 0) == (1, 2)


SEEN = {
    "It's in Rob's kvm-next branch.": 1,
    "This is now in Rob's timers/next tree.": 1,
    "The helper is in Rob's kvm-next branch.": 0,
    "It's in Rob's tree.": 0,
    "It will be in Rob's kvm-next branch.": 0,
    "I just noticed that this has been in linux-next for a year.": 1,
    "This has been in linux-next since June.": 1,
    "This driver has been broken in linux-next for a year.": 0,
    "Is it in Rob's kvm-next branch?": 0,
}


@pytest.mark.parametrize(("text", "count"), SEEN.items())
def test_an_author_tells_in_whose_branch_it_is(text, count):
    """An author who names another's branch, or how long linux-next has it, tells what he saw."""
    found = read_applied([text], author=Author(answers_patch=False))
    assert (found is not None) == bool(count)
