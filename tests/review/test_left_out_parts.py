"""Mails that leave some patches out, by titles and by topics, or name them by a list."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.selection import parse_selection
from tests.review.review_mails import ADA, EWA, make_series, patch_text, read_mail

ONE, TWO, THREE = (f">   KVM: timer {number}\n" for number in (1, 2, 3))


def review(text, mails=(), sender=EWA, parent="s-0@x"):
    """Return what is told of a series of three patches, or that of some mails, by this answer."""
    mails = [*(mails or make_series())]
    mails.append(read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, sender, [parent], 5))
    found = review_all(group_series(mails), mails)
    return next(one for one in found if one.series.message_id == "s-0@x")


def patches(text, mails=()):
    """Return the patches of each row."""
    return [one.patches for one in review(text, mails).applied]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{ONE}\n[...]\n\n{THREE}\nPushed these to kvm/next.\n", (1, 3)),
        (f"{ONE}\n[snip]\n\n{THREE}\nApplied to kvm/next.\n", (1, 3)),
        (f"{ONE}\n  [ Fix a typo. - Ewa ]\n\nApplied the patches above to kvm/next.\n", (1,)),
        (f"{ONE}\n[ Fix it,\n  and more. - Ewa ]\n\n{TWO}\nApplied, thanks.\n", (1, 2)),
        (f"{ONE}\n[...]\n\nApplied, thanks.\n", (1, 2, 3)),
        (f"{ONE}\n[ Fix a typo. - Ewa ]\n\n> A word.\n\nApplied, thanks.\n", (1, 2, 3)),
        (f"{ONE}\nA nice one.\n\n{THREE}\nApplied, thanks.\n", (3,)),
        (f"{ONE}\n[2/3] KVM: timer 2\n\nApplied, thanks.\n", (2,)),
        (f"{ONE}\n[...]\n\n{THREE}\nSeries applied, thanks.\n", (1, 2, 3)),
    ],
)
def test_a_list_goes_on_below_what_was_cut_and_below_a_note(text, found):
    """Titles above a `[...]` and above `[ Fix a typo. - Ewa ]` are of one list with those below."""
    assert patches(text) == [found]


def make_twins():
    """Return a series of four patches, the last three of which have one title."""
    mails = [read_mail("s-0@x", "[PATCH 0/4] KVM: timers", "A series.\n", ADA)]
    for number in range(1, 5):
        subject = f"[PATCH {number}/4] KVM: timer {min(number, 2)}"
        mails.append(read_mail(f"s-{number}@x", subject, patch_text(number), ADA, ["s-0@x"]))
    return mails


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{TWO}{TWO}{TWO}\nPushed these to kvm/next.\n", (2, 3, 4)),
        (f"{ONE}\nPushed this to kvm/next.\n", (1,)),
    ],
)
def test_patches_of_one_title_are_meant_by_as_many_lines(text, found):
    """Of a title that three patches have, three lines tell of these."""
    assert patches(text, make_twins()) == [found]


def make_part(*numbers):
    """Return a cover letter and only these of its five patches."""
    mails = [read_mail("s-0@x", "[PATCH 0/5] KVM: timers", "A series.\n", ADA)]
    for number in numbers:
        subject = f"[PATCH {number}/5] KVM: timer {number}"
        mails.append(read_mail(f"s-{number}@x", subject, patch_text(number), ADA, ["s-0@x"]))
    return mails


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{ONE}{TWO}\nPushed the above patches to kvm/next.\n\n{THREE}\nNot yet.\n", ()),
        (f"{ONE}{TWO}{THREE}\nPushed these to kvm/next.\n", (3,)),
        ("Applied 2-3 to kvm/next.\n", (3,)),
        ("Applied 1-2 to kvm/next.\n", ()),
        ("Applied, thanks.\n", (3,)),
        ("Applied all five patches, thanks.\n", (3,)),
        ("Applied the first two patches, thanks.\n", ()),
        ("The riscv patch has now been merged.\n", ()),
    ],
)
def test_of_a_series_that_is_here_in_part_titles_tell_which(text, found):
    """What tells of other patches than those that are here tells of none of these."""
    assert patches(text, make_part(3)) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"{ONE}{TWO}\nI've applied this to kvm.git, excluding:\n\n{THREE}\nAs it waits.\n",
            (1, 2),
        ),
        (f"I've applied the series to kvm.git, except for:\n\n{TWO}", (1, 3)),
        ("I've applied the series to kvm.git, except:\n\n  KVM: timer 2\n\nHm.\n", (1, 3)),
        ("I've applied the series to kvm.git, except:\n\nthe one with the bug.\n", ()),
        ("I've applied the series to kvm.git:\n\nKVM: timer 2\n", (1, 2, 3)),
        ("I've applied this to kvm.git, excluding my own fix:\n\n  KVM: timer 2\n", (1, 2, 3)),
    ],
)
def test_titles_below_tell_what_is_left_out(text, found):
    """`applied, excluding:` leaves out the titles below it; without these it is not known which."""
    assert patches(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "I've applied those ones:\n\n0123456789ab KVM: timer\n1\n1123456789ab KVM: timer 3\n",
            (1, 3),
        ),
        ("I've applied those ones:\n\n0123456789ab KVM: lamp\n", ()),
        ("I've applied all:\n\n0123456789ab KVM: timer 1\n", (1, 2, 3)),
        ("I've applied those ones.\n\n0123456789ab KVM: timer 1\n", (1, 2, 3)),
        ("I've applied those ones:\n\nThe first is good.\n", (1, 2, 3)),
    ],
)
def test_commits_below_tell_which(text, found):
    """`I've applied those ones:` means those whose commits are listed below it."""
    assert patches(text) == [found]


TITLES = {1: "drm/msm/dp: a", 2: "drm/amd/display: b", 3: "drm/nouveau: c", 4: "drm/i915: d"}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Except for msm (Rob takes these in 5.14) and amd I picked them all up.", {3, 4}),
        ("I merged them all except i915/nouveau.", {1, 2}),
        ("I merged them all, excluding drm/msm.", {2, 3, 4}),
        ("I merged them all apart from the msm, i915 and nouveau.", {2}),
        ("I merged them all except vmwgfx and nouveau.", set()),
        ("I merged them all except drm.", set()),
        ("I merged them all, except for one comment change.", {1, 2, 3, 4}),
        ("I merged them all, apart from that.", {1, 2, 3, 4}),
        ("I merged them all except vmwgfx.", {1, 2, 3, 4}),
        ("I merged them all without nouveau hardware.", {1, 2, 3, 4}),
    ],
)
def test_topics_tell_what_is_left_out(sentence, found):
    """`except for msm and amd` leaves out what titles have; where one has none, it is unknown."""
    assert parse_selection("them all", sentence).choose(TITLES, 0) == found


def test_a_topic_of_patches_that_are_not_here_leaves_open_which():
    """Where not all titles are known, `except msm` may leave out one of the others."""
    left_out = parse_selection("them all", "I merged them all except msm.")
    assert left_out.choose({1: "drm/nouveau: a", 2: "drm/i915: b"}, 0) == {1, 2}
    assert left_out.choose({1: "drm/nouveau: a", 2: ""}, 0) == set()


@pytest.mark.parametrize(
    ("named", "titles", "found"),
    [
        ("amdgpu patches", {1: "drm/amd: a", 2: "drm/amdgpu: b", 3: "drm/amdgpu: c"}, set()),
        ("nouveau patches", {1: "drm/nouveau: a", 2: "drm/i915: b", 3: "drm/nouveau: c"}, {1, 3}),
        ("nouveau patches", {1: "drm/nouveau: a", 2: "drm/i915: b"}, set()),
        ("nouveau patches", {1: "drm/i915: a", 2: ""}, set()),
        ("lamp patches", {1: "drm/nouveau: a", 2: "drm/i915: b"}, {1, 2}),
        ("your patches", {1: "drm/nouveau: a", 2: "drm/i915: b"}, {1, 2}),
    ],
)
def test_a_topic_tells_which(named, titles, found):
    """`nouveau patches` are those with that word, unless only one has it, or others a like one."""
    assert parse_selection(named).choose(titles, 0) == found


CLAIMED = [
    "Applied, thanks for getting that done and reviewed.",
    "I got this reviewed and merged it, thanks.",
    "Queued up\nfor v6.14.",
    "Applied the series for the macro, thanks.",
    "I've moved this to kvm/next.",
    "I'm fine with this, applied to kvm/next.",
    "I built it without the patch first. Applied, thanks.",
    "I've added this in kvm/next.",
    "I have this in my for-next branch.",
    "All patches but the relevant ones applied.",
]


@pytest.mark.parametrize("text", CLAIMED)
def test_what_sounds_like_a_plan_or_a_trial_is_believed(text):
    """Words near those of `blocked on getting that merged` are claims all the same."""
    assert len(review(f"{text}\n").applied) == 1


NOT_CLAIMED = [
    "We are blocked on getting that\napproved & committed.",
    "Pending fences are signaled. Queued up\njobs of the device are discarded.",
    "I'm OK taking this through the kvm tree if other folks ack it, but I'm going to assume not.",
    "Meanwhile we have\nmoved to use a common tree for the drivers [3].",
    "I also applied the series adding the macro [1].",
    "I have this in my branch since I use it.",
    "The relevant patch has already been merged as outlined below.",
    "* Get these patches and the lamp patches committed",
    "I also added in timer-utils and xz, which some tests need.",
]


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_plans_and_other_work_are_no_claims(text):
    """A plan, an offer, a move, a tester's base and other patches tell of no deed."""
    assert not review(f"{text}\n").applied


@pytest.mark.parametrize(
    "text", ["Applied both of your patches to kvm/next.", "I merged your fix."]
)
def test_an_author_s_your_patches_are_a_reviewer_s(text):
    """What the author of a series says of `your patches` is about others than his."""
    assert not review(f"{text}\n", sender=ADA).applied
    assert review(f"{text}\n").applied


def test_one_patch_by_its_topic_may_not_be_here():
    """`The riscv patch`, said below another one, is that only where all titles are known."""
    titles = {1: "x86: a timer", 2: "arm: a timer"}
    assert parse_selection("The riscv patch").choose(titles, 2) == {2}
    assert parse_selection("The riscv patch").choose(titles | {3: ""}, 2) == set()
    assert parse_selection("The arm patch").choose(titles | {3: ""}, 1) == {2}


@pytest.mark.parametrize(
    ("subject", "text", "found"),
    [
        ("Re: (subset) [PATCH 0/3] KVM: timers", "Applied the patch to kvm/next, thanks!", ()),
        ("Re: (subset) [PATCH 0/3] KVM: timers", "Applied, thanks!", ()),
        ("Re: (subset) [PATCH 0/3] KVM: timers", "Applied 1-2, thanks!", (1, 2)),
        ("Re: [PATCH 0/3] KVM: timers", "Applied, thanks!", (1, 2, 3)),
        ("Re: [PATCH 0/3] KVM: timers (subset)", "Applied, thanks!", (1, 2, 3)),
    ],
)
def test_a_subset_is_not_all(subject, text, found):
    """Where b4 wrote `(subset)` above an answer, its `Applied` is not about all patches."""
    mails = make_series()
    mails.append(read_mail("re@x", subject, f"{text}\n", EWA, ["s-0@x"], 5))
    (review,) = review_all(group_series(mails), mails)
    assert [one.patches for one in review.applied] == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Series applied. I dropped patch 2 because it breaks the build.", (1, 3)),
        ("Applied, thanks!\n\nI skipped 3/3, which conflicts.", (1, 2)),
        ("I applied these with some changes:\n1. I dropped patch 2 as it leaks.\n2. More.", (1, 3)),
        ("I applied these with changes:\n1. A test in patch 1.\n2. I dropped patch 2.", (1, 3)),
        ("Series applied. I didn't take patch 1 and 2.", (3,)),
        ("Series applied. I dropped patch 2 as it was merged already.", (1, 2, 3)),
        ("Series applied. I dropped patch 2 lines.", (1, 2, 3)),
        ("Series applied. I dropped the comment in patch 2.", (1, 2, 3)),
        ("Series applied. I will drop patch 2 if it breaks.", (1, 2, 3)),
        ("Series applied. Ben dropped patch 2 because it breaks.", (1, 2, 3)),
        ("Applied patches 1-2. I dropped patch 2 from the stable queue.", (1, 2)),
    ],
)
def test_a_later_sentence_leaves_patches_out(text, found):
    """`I dropped patch 2` below `Series applied` takes that one out, and no other words do."""
    assert patches(f"{text}\n") == [found]


def test_what_leaves_patches_out_is_cited():
    """A reader sees the words by which the row is no whole series, and where a list goes on."""
    (applied,) = review("Applied with changes:\n1. I dropped patch 2.\n2. I fixed 3.\n").applied
    assert applied.evidence == "Applied with changes: 1. I dropped patch 2."
    (applied,) = review("Applied with changes:\n1. A test.\n2. I dropped patch 2.\n").applied
    assert applied.evidence == "Applied with changes: 1. A test. … I dropped patch 2."
