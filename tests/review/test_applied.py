"""Mails that say that patches were applied, and those that only talk of it."""

import pytest

from kvminbox import group_series
from kvminbox.review import find_applied, review_all
from tests.review.review_mails import EWA, make_series

B4_TY = """On Mon, 3 Mar 2025 09:00:00 +0000, Ada Pfeiffer wrote:
> A series.

Applied to kvm/next, thanks!

[1/3] KVM: timer 1
      commit: 0123456789abcdef0123456789abcdef01234567
[2/3] KVM: timer 2
      (no commit info)
[3/3] KVM: timer 3
      https://git.kvm.example/linux/c/89abcdef0123

Cheers,

\tE.
-- \nA signature.
"""
PATCHWORK = """Hello:

This series was applied to kvm/linux.git (next)
by Ewa Lis <ewa@kvm.example>:

On Mon,  3 Mar 2025 you wrote:
> A series.

Here is the summary with links:
  - [1/3] KVM: timer 1
    https://git.kvm.example/linux/c/0123456789ab
  - [2/3] KVM: timer 2
    https://git.kvm.example/linux/c/123456789abc

You are awesome, thank you!
"""
TIP = """The following commit has been merged into the timers/core branch of tip:

Commit-ID:     0123456789abcdef0123456789abcdef01234567
Gitweb:        https://git.tip.example/tip/0123456789abcdef0123456789abcdef01234567
"""
TRACKER = """The pull request you sent on Mon, 3 Mar 2025:

> https://git.kvm.example/linux.git tags/for-linus

has been merged into torvalds/linux.git:
https://git.tree.example/torvalds/c/0123456789abcdef0123456789abcdef01234567
"""
HASH = "0123456789abcdef0123456789abcdef01234567"


def review_first(mails):
    return review_all(group_series(mails), mails)[0]


def test_b4_ty(reply):
    """A list of b4 ty gives the patches that have a commit, the commits and the tree."""
    (applied,) = review_first([*make_series(), reply(B4_TY, parents=["s-0@x"])]).applied
    assert (applied.patches, applied.commits) == ((1, 3), (HASH, "89abcdef0123"))
    assert (applied.tree, applied.by.email) == ("kvm/next", "ewa@kvm.example")


def test_list_alone(reply):
    """A list of patches with their commits says it without any of the usual words."""
    text = f"I take these.\n\n[1/3] KVM: timer 1\n      commit: {HASH}\n"
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x"])]).applied
    assert (applied.patches, applied.commits) == ((1,), (HASH,))


def test_list_is_matched_by_title(reply):
    """A list that counts only what was applied names patches by their titles."""
    text = f"Applied, thanks!\n\n[1/1] KVM: timer 3\n      commit: {HASH}\n"
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x"])]).applied
    assert applied.patches == (3,)


BOTS = {
    "patchwork-bot": (PATCHWORK, ("0123456789ab", "123456789abc")),
    "tip-bot": (TIP, (HASH,)),
    "pr-tracker-bot": (TRACKER, (HASH,)),
}


@pytest.mark.parametrize(("text", "commits"), BOTS.values(), ids=BOTS)
def test_programs(reply, text, commits):
    """The mails of known programs are recognised, with the commits they name."""
    found = find_applied(reply(text, sender="patchwork-bot+kvm@kvm.example"))
    assert found is not None
    assert found.commits == commits


SAID = {
    "Applied, thanks!": (1, 2, 3),
    "Thanks, applied.": (1, 2, 3),
    "Queued, thanks.": (1, 2, 3),
    "Applied to arm/queue": (1, 2, 3),
    "Series applied to kvm/next, thanks.": (1, 2, 3),
    "Both now queued up, thanks.": (),
    "I've applied this to -next.": (1, 2, 3),
    "Anyway, I've now queued the series for 5.6.": (1, 2, 3),
    "Looks nice. Now applied to fixes.": (1, 2, 3),
    "Queued 1-2, thanks.": (1, 2),
    "Queued patches 1 and 3.": (1, 3),
    "Queued 1+3, thanks.": (1, 3),
    "I've applied patch 2 to target.next; thanks.": (2,),
    "Applied the first patch only to for-next, thanks!": (1,),
    "Applied first two fixes to for-next, thanks!": (1, 2),
    "I queued this series for 5.7, apart from patch 2.": (1, 3),
    "I queued these two to arm/queue.": (),
    "I queued these three to arm/queue.": (1, 2, 3),
    "OK, I've applied this set, minus #3 which is elsewhere.": (1, 2),
}


@pytest.mark.parametrize(("text", "patches"), SAID.items())
def test_words_of_maintainers(reply, text, patches):
    """The usual words are recognised, and the patches that they name."""
    mails = [*make_series(), reply(f"On Monday, Ada wrote:\n> x\n\n{text}\n", parents=["s-0@x"])]
    (applied,) = review_first(mails).applied
    assert applied.patches == patches


def test_all_but_the_answered_patch(reply):
    """`Apart from patch 2`, in answer to patch 2, is for the others."""
    text = "I queued this series, apart from patch 2."
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x", "s-2@x"])]).applied
    assert applied.patches == (1, 3)


def test_answer_to_a_patch(reply):
    """`Applied` in answer to one patch is for that patch."""
    (applied,) = review_first([*make_series(), reply("Applied, thanks!")]).applied
    assert applied.patches == (1,)


UNSAID = [
    "> Applied, thanks!",
    "Has this been applied?",
    "Could this be applied to -next, please?",
    "Once this is applied, I will test it.",
    "With this series applied, the guest boots.",
    "The mask is applied before the shift.",
    "If it gets merged, I will rebase.",
    "This was not applied.",
    "I have applied your patches on top of v5.2 and see a crash.",
    "I applied the patch on v5.10-rc2, then the guest booted.",
    "You have merged the whole series, though it needed changes.",
    "I pulled up the old discussion.",
    "I will apply it when v2 comes.",
    "Applied patch mmio.c cleanly.",
    "Pushed an updated branch with the fix.",
    "Looks good.\n\n-- \nApplied, thanks!",
    "[1/3] KVM: timer 1\n[2/3] KVM: timer 2",
]


@pytest.mark.parametrize("text", UNSAID)
def test_talk_is_no_report(reply, text):
    """Questions, plans, conditions, tests and descriptions of code are not taken for it."""
    assert find_applied(reply(text)) is None


def test_sender_may_apply_his_own(reply):
    """A maintainer who applies the own series has applied it."""
    mails = make_series()
    own = reply("Applied to next.", sender=mails[0].sender.written, parents=["s-0@x"])
    assert [applied.by.email for applied in review_first([*mails, own]).applied] == [
        "ada@silicon.example"
    ]


def test_hostile_text_takes_no_time(reply):
    """Very long lines and lists are read in linear time."""
    text = "applied " * 50_000 + "\n" + "[1/2] x\n" * 20_000 + "thanks " * 50_000 + "\n" + EWA
    assert find_applied(reply(text)) is None


@pytest.mark.parametrize(
    "words",
    [
        "Queued (with small changes to the message), thanks.",
        "I've applied this to kvm-next with a clean-up, and\ncan send it tomorrow.",
        "I've applied this to target.next and will get it into\nrc3.",
        "Fix now queued, thanks.",
    ],
)
def test_what_is_added_makes_it_no_less_applied(reply, words):
    """What a maintainer adds behind `and` or in brackets takes nothing back."""
    assert find_applied(reply(words)) is not None


@pytest.mark.parametrize(
    "words", ["I've applied this locally and tested it.", "Queued once v2 is here (soon)."]
)
def test_what_comes_first_does(reply, words):
    """A place or a time before the addition still makes it no application."""
    assert find_applied(reply(words)) is None
