"""In which form it is said that patches were applied."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from tests.review.review_mails import BEN, EWA, make_series, read_mail

AUTHOR = make_series()[0].sender.written


def find_form(text, sender=BEN, parent="s-0@x"):
    """Return the form of what a reply to a series of three patches says."""
    mails = make_series()
    number = parent.removeprefix("s-").removesuffix("@x")
    reply = read_mail(
        "re@x", f"Re: [PATCH {number}/3] KVM: timer {number}", text, sender, [parent], 5
    )
    mails = [*mails, reply]
    (one,) = review_all(group_series(mails), mails)
    (applied,) = one.applied
    return applied.form


@pytest.mark.parametrize(
    "text",
    [
        "Applied, thanks!", "applied", "Applied to for-next, thanks!", "Thanks, applied!",
        "Queued.", "merged to kvm/kvm-host-fixes.", "Thank you, Ada, merged!",
        "Series applied on kvm-next.",
        "Applied to https://git.lamp.example/linux.git for-next", "Applied, many thanks.",
        "Applied to git@lamp.example:kvm/linux.git (timers-6.18), thanks!",
        "Applied, thank you Ada.", "Queued up for 6.18, thanks", "Hi Ada, applied to kvm/next.",
        "Applied 1-2 to kvm/next, thanks.", "Thanks Ada, I've queued these for v6.18-rc3.",
        "Applied to kvm/next with Ewa's Reviewed-by, thanks Ada and Ewa!",
        "I've picked this up, thanks.", "Applied for fixes and by adding a stable tag, thanks!",
        "This v1 series applied for next, thanks!", "Thanks, this is on fixes.",
        "Patch 1 applied to the lamp tree.", "I have pushed it to my kvm-next branch now.",
    ],
)  # fmt: skip
def test_usual_words_are_a_formula(text):
    """What has a maintainer's usual words, a tree, numbers and names and nothing else is one."""
    assert find_form(text) == "formula"


@pytest.mark.parametrize(
    "text",
    [
        "Applied to for-next except patch 2.", "Since nobody objects, I queued this for 6.18.",
        "I moved the declaration and applied this to kvm/next.", "But I applied the series.",
        "Both of the series applied:\n\n  WARNING: suspicious usage",
        "I applied your series to kvm/next, though I had asked for another name.",
        "Applied to kvm/next; let's see what breaks.", "Ewa has merged this to lamp/next already.",
        "This patch is in the kvm-next branch.",
        "I applied this series to kvm/next after a rebase.",
        "The rest was merged, so I took this to kvm/next.", "Already merged by Ewa to lamp/next.",
    ],
)  # fmt: skip
def test_other_words_are_free(text):
    """A word more, and the sentence may say another thing than it seems."""
    assert find_form(text) == "free"


@pytest.mark.parametrize(
    "text",
    [
        "RB+ and pushed, thanks!", "Thanks, re-pushed to kvm-next.",
        "I can see rob picked these patches already.", "I think Ewa already queued this series.",
        "Applied kvm's patches to #kvm-next.",
    ],
)  # fmt: skip
def test_what_is_told_in_passing_is_free(text):
    """Kinds of words that are believed for what else speaks for them are no formula."""
    assert find_form(text) == "free"


def test_each_sentence_counts():
    """One that is free makes all of it free, since it may take a part back."""
    assert (
        find_form("Applied to kvm/next, thanks.\n\nI queued 3 because of the crash, too.") == "free"
    )
    assert find_form("Applied to kvm/next, thanks.\n\nThe crash is an old one.") == "formula"


def test_an_author_has_no_formula():
    """Who sent the series says `Applied` of a reviewer's wish, too, unless he is a committer."""
    assert find_form("Applied to kvm/next, thanks.", sender=AUTHOR, parent="s-1@x") == "free"
    assert find_form("Applied to kvm/next, thanks.") == "formula"


def test_the_patch_may_be_another_one():
    """In a reply to a reply, `the patch` may be one that they talk of, so a tree is not enough."""
    mails = make_series()
    talk = read_mail(
        "t@x", "Re: [PATCH 1/3] KVM: timer 1", "Ewa's patch is fine.\n", EWA, ["s-1@x"], 4
    )
    for words, forms in (("the patch", []), ("this patch", ["formula"]), ("it", ["formula"])):
        text = f"> Ewa's patch is fine.\n\nI've added {words} to the lamp-next tree.\n"
        parents = ["s-1@x", "t@x"]
        said = read_mail("re@x", "Re: [PATCH 1/3] KVM: timer 1", text, BEN, parents, 5)
        (one,) = review_all(group_series([*mails, talk, said]), [*mails, talk, said])
        assert [found.form for found in one.applied] == forms


def test_a_tester_has_no_formula():
    """`I applied this series` is a maintainer's, who says where to, or who thanks for it."""
    assert find_form("I applied this series.") == "free"
    assert find_form("I applied this series, thanks.") == "formula"
    assert find_form("I applied this series to kvm/next.") == "formula"


def test_lists_and_programs_have_forms_of_their_own():
    """Patches with their commits are a list; the mail of a program is a notice, also with one."""
    listed = "\n".join(f"[{n}/3] KVM: timer {n}\n      commit: {n}123456789ab" for n in (1, 2, 3))
    assert find_form(f"Applied, though late.\n\n{listed}\n") == "list"
    program = "patchwork-bot+lamp@lamp.example"
    assert (
        find_form(f"This series was applied to lamp.git (main):\n\n{listed}\n", program) == "notice"
    )


def test_a_list_is_in_the_tree_that_its_usual_words_name():
    """An aside above them may name another tree, on top of which it was tried."""
    aside = "This was applied on top of -next, but is now based on v6.6-rc3.\n\n---\n\n"
    usual = "Applied to the lamp.timers branch of the lamp/lamp.git tree.\n\n"
    listed = "[1/3] KVM: timer 1\n      commit: 0123456789ab\n"
    mails = make_series()
    subject = "Re: [PATCH 0/3] KVM: timer 0"
    said = read_mail("re@x", subject, aside + usual + listed, BEN, ["s-0@x"], 5)
    (one,) = review_all(group_series([*mails, said]), [*mails, said])
    assert [(found.tree, found.evidence) for found in one.applied] == [
        ("lamp.timers branch of lamp/lamp.git", usual.strip()),
    ]  # fmt: skip
