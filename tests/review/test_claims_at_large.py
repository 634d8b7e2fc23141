"""Shapes of claims that stood on many lists, a few times on each, and what is near them."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.applied import Author, read_applied
from kvminbox.review.claim import People
from kvminbox.review.phrases import find_claims
from tests.review.review_mails import BEN, EWA, make_series, read_mail
from tests.review.test_near_claims import review
from tests.review.test_trust import DIRECT, TALK, find_forms

KNOWN = People(knows=lambda name: True)

DONE = {
    # how it was done
    "Applied internally, will be released with the next version.": ("", ""),
    "Anyhow, applied carefully by hand to get just this one.": ("", ""),
    "I've applied it unchanged.": ("it", ""),
    "Oh, I already applied this one blindly as a part of the series to my tree.": ("this one", ""),
    "I've applied your patch amended with my diff.": ("your patch", ""),
    # what was applied
    'I\'ve queued all the "arm64: dts:" patches for v6.5.': ("all the arm64 dts patches", ""),
    "I have picked up the above two.": ("the above two", ""),
    "I've put all three of these on fixes.": ("all three of these", "fixes"),
    "Applied v3 version.": ("v3 version", ""),
    "I've applied all the patches until here.": ("all up to this one", ""),
    "First 5 patches massaged and queued here: https://git.kvm.example/c/0123456789ab": (
        "First 5 patches",
        "",
    ),
    # where it went
    "I've put these (along with the timer fix) on for-next.": ("these", "for-next"),
    "Thanks, applied to arc for-curr.": ("", "arc for-curr"),
    "Now in kvm-next and timers-next, thanks!": ("", "kvm-next"),
    "It's sitting in my for-next branch as commit 0123456789ab.": ("It", "for-next"),
    "This series is in my kvm-next branch and will be in my pull request for v5.20.": (
        "This series",
        "kvm-next",
    ),
    "This series has now been in the timers-next tree for ten days.": (
        "This series",
        "timers-next",
    ),
    "As promised, pushed to linux-next.": ("", "linux-next"),
    "I already have this in my kvm-next branch.": ("this", "kvm-next"),
    "The patch has been merged into the mainline kernel and it works.": ("The patch", ""),
    # who did it, and when
    "Sorry for the delay I actually pulled this in a while ago.": ("this", ""),
    "I'd already applied these, so a fix on top is better.": ("these", ""),
    "I still applied it to kvm/fixes.": ("it", "kvm/fixes"),
    "No, I already have them queued up for -rc1.": ("them", ""),
    "I accepted both patches for the next merge window.": ("both patches", ""),
    "Greg has already accepted this series so I won't look.": ("this series", ""),
    "It looks like you already have queued the patch.": ("the patch", ""),
    "It was slipping through the cracks so I snagged it.": ("it", ""),
    "I'll pick this patch up now.": ("this patch", ""),
    "Picking this up now.": ("this", ""),
    "Taking this into the kvm-next tree, but it might take a while.": ("this", "kvm-next"),
    "I went on and applied this patch to kvm/next.": ("this patch", "kvm/next"),
    "Consider it applied to kvm-next.": ("it", "kvm-next"),
    "I just accepted the first two patches of this series and changed the subjects.": (
        "the first two patches of this series",
        "",
    ),
    "Merged all six of these multichannel fixes into kvm.git for-next.": (
        "all six of these multichannel fixes",
        "kvm.git for-next",
    ),
    "Seems I picked this up a while back.": ("this", ""),
    "Applied this v3 version right in time.": ("this v3 version", ""),
    "I reworded it before applying, and then applied this patch.": ("this patch", ""),
    # what follows
    "I've applied this for fixes, however it seems like it should go to stable.": ("this", ""),
    "I picked this patch up and made some changes to make it build.": ("this patch", ""),
    "I applied this and sent it over to the arm maintainers.": ("this", ""),
    "Applied with a little fuzz due to the earlier patches.": ("", ""),
    "Series applied, thanks for doing all of this work.": ("Series", ""),
    "With this change, series applied to the testing branch of kvm.git.": (
        "series",
        "testing branch of kvm.git",
    ),
    "applied all 3 for 5.7 [added a missing blank in patch 3]": ("all 3", ""),
    "I already applied it, and no, sorry, I can't rebase.": ("it", ""),
    "I applied these but the last one, as you were going to send it again, right?": ("these", ""),
}


@pytest.mark.parametrize(("text", "told"), DONE.items())
def test_a_shape_is_read(text, told):
    """A sentence tells what was applied and where, however it was done and whatever follows."""
    (claim,) = find_claims(text, KNOWN)
    assert (claim.named, claim.tree) == told


@pytest.mark.parametrize(
    "text",
    [
        'Applied the "sheaves for all" patchset and the list fix.',  # of a list of tests
        "The core is ready for review and merging into a kvm-next tree, I'd like to know.",
        "I'll pick this up now if nobody objects.", "I'll pick this up now, so we can go on?",
        "I would pick this patch up now.", "Do you consider it applied?",
        "I picked this up and gave it back to Rob.", "I've applied this and it seems to work.",
        "Picking this up now would be wrong.",
        "I applied the patch from the other thread.", "I accepted both of his arguments.",
        "Patches are accepted for the next merge window.", "It was snagged by a filter.",
        "The patch applied cleanly.", "Patches applied successfully.",
        "With this change, series applied to kvm-next boots.",
        "Is it still in my queue?", "I have this in my queue to review.",
        "I didn't notice that this is in v2.", "I already applied it, and I can't boot.",
        "I've obviously applied the second\ninterpretation.",
        "In v6 this is in my work queue.",
    ],
)  # fmt: skip
def test_what_is_near_such_a_shape_is_none(text):
    """A plan with a condition, a tester's words, and other things that are accepted, claim none."""
    assert not list(find_claims(text, KNOWN))


def test_who_cannot_commit_picks_nothing_up_now():
    """`I'll pick this up now` is a plan of a tester, and the deed of who is known to commit."""
    assert read_applied(["I'll pick this up now."]) is None
    assert read_applied(["I'll pick this up now."], commits=True)


def test_the_revision_may_be_a_number():
    """`version 2 of this series` is another one than v3, as `v2` is."""
    text = ["I have already merged version 2 of this series."]
    assert read_applied(text, revision=2)
    assert read_applied(text, revision=3) is None


OWN = {
    "Ok, this is queued in my for-next branch.": 1,
    "It looks good to me, so I'm picking it into my 'testing' branch now.": 1,
    "I already applied it to my tree.": 1,
    "I already applied it to my local tree.": 0,
    "I already applied it to my test tree.": 0,
    "I already applied it.": 0,
    "Never mind; I see this was already queued.": 1,
    "I see that this is already pulled by Ada, but I think the log should say why.": 1,
    "Looks like this has already landed in kvm-next.": 1,
    "I see it was already queued.": 0,
    "When I looked, this was already queued.": 0,
}


@pytest.mark.parametrize(("text", "count"), OWN.items())
def test_in_a_talk_an_own_tree_or_what_was_seen_is_enough(text, count):
    """Below another reply, `to my tree` and `I see that this is already queued` are believed."""
    assert len(find_forms(f"{text}\n", parents=TALK)) == count


def test_the_patch_is_this_one_where_there_is_no_other():
    """A committer's `I've applied the patch.` in a talk is about a series of one, and no other."""
    words = "I've applied the patch, with some tweaks.\n"
    assert find_forms(words, parents=TALK, has_said=3) == []  # one of three
    assert find_forms(words, parents=DIRECT, has_said=3) == ["free"]
    assert find_one(words) == ["free"]
    assert find_one(words.replace("the patch", "the timer patch")) == []
    assert find_one(words.replace("the patch", "the other fix")) == []


def find_one(text):
    """Return the forms of what a committer says in a talk below a series of one patch."""
    mails = make_series(total=1)
    mails.append(read_mail("t@x", "Re: [PATCH] KVM: timer 1", "And now?\n", EWA, ["s-1@x"], 4))
    for name in "abc":
        mails += make_series(name, total=1)
        said = "Applied to kvm/next, thanks.\n"
        mails.append(
            read_mail(f"{name}-r@x", "Re: [PATCH] KVM: timer 1", said, BEN, [f"{name}-1@x"], 4)
        )
    mails.append(read_mail("re@x", "Re: [PATCH] KVM: timer 1", text, BEN, ["s-1@x", "t@x"], 5))
    listed = group_series(mails)
    found = zip(listed, review_all(listed, mails), strict=True)
    (one,) = (review for series, review in found if series.messages[0].message_id == "s-0@x")
    return [told.form for told in one.applied]


def test_an_anonymous_merge_of_the_patch_is_doubtful():
    """In a talk, `The patch has been merged` of who is not known to commit may be his own one."""
    assert find_forms("The patch has been merged into kvm/next.\n", parents=TALK) in ([], ["free"])


def test_an_author_who_commits_applies_a_reviewers_fix():
    """`Good catch, I applied the fix.` of the series' own author is about the next version."""
    author = Author(answers_patch=False, commits=True)
    assert read_applied(["Good catch, I applied the fix."], author=author, commits=True) is None
    assert read_applied(["I applied the series."], author=author, commits=True)


SENT = {
    '> Could you backport the following fix?\n>\n>   0123456789ab ("KVM: dim")\n>\n> It helps.': 0,
    '> Fixes: 0123456789ab ("KVM: dim")': 1,
    '> I\'ve read 0123456789ab ("KVM: dim"), and this patch is fine.': 1,
    "> > I've reset kvm-next to remove these commits.\n>\n> But not pushed out, yet?": 0,
    "> Is this not pushed yet?": 1,
}


@pytest.mark.parametrize(("quoted", "count"), SENT.items())
def test_a_commit_that_is_asked_for_is_another_patch(quoted, count):
    """`Pushed now.` is about what is asked for right above it, and no patch of the series."""
    assert len(review(f"{quoted}\n\nPushed now, thanks!\n", sender=EWA)) == count
