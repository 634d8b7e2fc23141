"""Mails that say that patches were applied, and those that only talk of it."""

import pytest

from kvminbox import group_series
from kvminbox.gist import make_gist
from kvminbox.review import Committers, parse_reply_trailers, review_all
from kvminbox.review.applied import find_applied
from kvminbox.review.own_text import own_lines
from kvminbox.review.phrases import find_claims
from kvminbox.review.selection import parse_selection
from tests.review.review_mails import EWA, make_series, patch_text, read_mail

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
PENDING = "https://git.lamp.example/lamp/commits/pending"


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
    "I applied these first two to kvm/timers, thanks, nice work!": (1, 2),
    "I applied the patches from Ada.": (1, 2, 3),
    "Ada's patches are in kvm-next now.": (1, 2, 3),
    "They are in my to-linus branch now.": (1, 2, 3),
    "Thanks, all three applied.": (1, 2, 3),
    "Thanks, all four applied.": (1, 2, 3),
    "I've landed the first patch in the kvm-timers series, but not the others.": (1,),
    'I merged patches up to "[v3,02/3] KVM: timer 2", thanks.': (1, 2),
    "Merged patches up to 2.": (1, 2),
    "I merged patches up to and including patch 1.": (1,),
    "I merged patches up to date with v6.1.": (1, 2, 3),
    "All patches here applied.": (1, 2, 3),
    "All the patches in this thread are applied, thanks.": (1, 2, 3),
    "Thanks, those 3 fixes were applied.": (1, 2, 3),
    "Thanks, those two fixes were applied.": (),
    "Queued and 1-2, thanks.  There is a small issue in patch 3.": (1, 2),
    "Queued, and 1/3 and 3/3 to kvm-next, too.": (1, 3),
    "Applied - 1-2.": (1, 2),
    "Queued, and patch 2 needs a test.": (1, 2, 3),
    "I've picked up some patches from this series, thanks.": (),
    "I merged two patches from this series for 6.12.": (),
    "Picked up a couple of patches of the series.": (),
    "Applied the ones with acks to kvm/next.": (),
    "I've only queued the first part of your series.": (),
    "Applied from patch 1 to 2 to the for-next branch.": (1, 2),
    "Applied 1-2 to kvm.git/fixes and the last one to kvm.git/next.": (1, 2, 3),
    "I picked these seven to the kvm tree, thanks.": (),
    "I queued the following into kvm-next:\nKVM: timer 1\nKVM: timer 3\n\nThanks!": (1, 3),
    "I've dropped 3/3 when applying the series because it is unclear.": (1, 2),
    "Series applied after dropping patch 1 and rebasing onto the current head.": (2, 3),
    "Series applied after fixing up the type in patch 2.": (1, 2, 3),
    "So, I applied both 1/3 and 2/3.": (1, 2),
    "The timer & guest parts have been applied.": (),
    "I just took them all into kvm-review.": (1, 2, 3),
    "Applied patches [1/3] -> [3/3] on kvm-next.": (1, 2, 3),
    "Applied [1/3] and [3/3] to kvm-next.": (1, 3),
    "I applied the arm bits (i.e. patches 2, 3).": (2, 3),
    "Merged Ben's branch and applied, 2,3 to kvm-next.": (2, 3),
    "Nope, I had already picked 3. so the reply went on that.": (3,),
    "DT patches [2]&[3] applied on kvm-next.": (),
    "DT patch applied on kvm-next.": (),
    "As the first 2 patches here are good (see my comments on patch 3), I took them.": (1, 2),
    "The above 2 patches applied as 6.18-rc material.": (),
    "I've applied two first patches for 6.19.": (1, 2),
    "Applied from 1-2 to kvm/fixes.": (1, 2),
    "I applied in kvm/next the two patches above, so start from patch 3.": (),
    "I applied in kvm/next patches 1-2, so start from patch 3.": (1, 2),
    "I merged your patches into kvm/next with some exceptions:": (),
    "All merged into kvm/next except for patch 3 which has been merged into kvm/fixes.": (1, 2, 3),
    "All merged into kvm/next except for patch 3 which needs a test.": (1, 2),
    "I applied these (except for the dts patch) to kvm/next.": (),
    "I applied these (except for the first patch) to kvm/next.": (2, 3),
    "The first two I applied to kvm/next.": (1, 2),
    "I undid the noise and removed a variable while applying the first two patches.": (1, 2),
    "Applied\n\n> KVM: timer 2\n\nNot applied, see review.": (),
    "It applies without the first two patches, as they were already merged.": (1, 2),
    "FYI - I applied the beginning two patches first.": (1, 2),
    "The timer patches look good to me, so I picked them.": (1, 2, 3),
    "Now that all the patches except #3 are reviewed, I'm taking the series to kvm-next.": (
        1,
        2,
        3,
    ),
    "Except for patch 2, series applied.": (1, 3),
    "The patches are good, so applied except for patch 2.": (1, 3),
    "Series applied.\n\nI also folded the following patch into another one.": (1, 2, 3),
    "I have applied the timer changes in patch1 and patch 3 for next.": (1, 3),
    "2 patch(es) applied to kvm-next branch of kvm.git, thanks.\n\n"
    "0123456789ab KVM: timer 1\n123456789abc KVM: timer 3\n": (1, 3),
    "2 patch(es) applied to kvm-next branch of kvm.git, thanks.": (),
    "Patches 1 and 2 look good, so these are applied.": (1, 2),
    "1/3 I've queued for 6.1.": (1,),
    "I merged to kvm/next until here.": (),
    "Patch 1 applied for next to my pmdomain tree, thanks!": (1,),
    "Patches 1 thru 2 applied.": (1, 2),
    "Patch #1 .. #2 applied.": (1, 2),
    "Applied the 1st and 3rd.": (1, 3),
    "The first and third patch are applied.": (1, 3),
    "First and second patches applied.": (1, 2),
    "The 1st, 2nd and 3rd patches are applied.": (1, 2, 3),
    "Everything except patch 2 was picked up.": (1, 3),
    "I've picked up the other 5 now.": (),
    "I applied two of them.": (),
    "Applied most of these.": (),
    "I applied parts now, but it is late.": (),
    "Jarkko has already queued 3/3.": (3,),
    "I applied the timer patches to kvm/next.": (1, 2, 3),
    "I did end up picking up patches 1-2 and rebased them.": (1, 2),
    "I applied path #1 for 6.17 and will send patch 2 to Linus.": (1,),
    "Following patches are applied on kvm-next:\n[PATCH v6 2/3] KVM: timer 2\n"
    "[PATCH v6 3/3] KVM: timer 3": (2, 3),
    "The following patches are applied to kvm-next.": (),
    "I've applied the following patches:\n\n01,  03": (1, 3),
    "The first patch of the series got merged independently, so please send the rest again.": (1,),
    "I've applied the following patches:\n01, 03": (1, 3),
    "First two applied, thx.": (1, 2),
    "First 2 patches: applied, thanks.": (1, 2),
    "I took patches now 1-2 but left the third.": (1, 2),
    "I merged patches 2-3 (1) into kvm/next (2).": (2, 3),
    "I applied on kvm-next patches 1,3 as they are ready:": (1, 3),
    "Applied patches 1-2 for next, patch #3 for current.": (1, 2, 3),
    "I've queued #1 for 6.11, and the rest for 6.12 now.": (1, 2, 3),
    "Applied patch 1, and the rest needs work.": (1,),
    "Applied 1/3, and 2/3 needs a test.": (1,),
    "Applied patch 1, patch 2 is next.": (1,),
    "Only the DT patches got applied.": (),
    "Driver patches applied, thanks!": (),
    "KVM and host timer patches applied, thanks!": (1, 2, 3),
    "Queued up to here.": (),
    "Whole patchset merged, thanks.": (1, 2, 3),
    "Patchset pushed.": (1, 2, 3),
    "Series applied except patch 3.": (1, 2),
    "Patches 1 -> 2 applied for next, thanks!": (1, 2),
    "Applied except 2/3.": (1, 3),
    "All but the last one applied, thanks.": (1, 2),
    "Patches 1-2 applied, patch 3 needs work.": (1, 2),
    "Patch 1 applied, thanks.": (1,),
    "Applied 1/3 and 2/3.": (1, 2),
    "Applied 1/3-2/3 to kvm/next.": (1, 2),
    "Applied 2/3 to 3/3 to kvm/next.": (2, 3),
    "1/3 and 3/3 have been applied already.": (1, 3),
    "Thanks, patches 2 and 3 of this series applied to my kvm-next branch.": (2, 3),
    "Applied patches 7-9.": (),
    "First two patches applied.": (1, 2),
    "I've taken the first 2, I had questions on the other.": (1, 2),
    "The first two patches look good, so I applied them to kvm/next.": (1, 2),
    "Applied the second patch only.": (2,),
    "Merged the last two patches.": (2, 3),
    "Applied all 3, thanks!": (1, 2, 3),
    "Merged the rest of the patchset.": (),
    "Merged the rest of the pachset.": (),
    "I merged this first patch.": (1,),
    "I merged all but patch 2.": (1, 3),
    "I have committed Ada's patches, but my key is too old to push them.": (1, 2, 3),
    "I took Ada's series into kvm-next.": (1, 2, 3),
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
    "OK, I've applied this set, minus #3 which was applied elsewhere.": (1, 2),
    "Applied, less patch 3.": (1, 2),
    "Series applied, less 2/3, thanks.": (1, 3),
    "Applied with less than 3 conflicts.": (1, 2, 3),
    "Series applied, sans 2.": (1, 3),
    "Series applied to my kvm-fixes branch (with v2 of 2/3).": (1, 3),
    "Series applied to my kvm-fixes branch (with the fix of 2/3).": (1, 2, 3),
    "I can take the first 2, so I did that, they are now queued up.": (1, 2),
    "I can take the first 2 fixes, which are small, and they are now queued up.": (1, 2, 3),
    "Ben has just merged this patch!": (),
    "Only this patch is applied.": (),
    "Ben has just merged this patch series!": (1, 2, 3),
    "Only the timer patch is applied.": (1, 2, 3),
    "Only the guest patch is applied.": (),
    "I've picked up the standalone patch (the timer).": (),
    "I read that part, too, and I've queued them.  I'll go on with the rest tomorrow.": (),
    "I've queued them.  I'll go on with the rest of my mail tomorrow.": (),
    "I read the first part, too, and I've queued it.  I'll read the rest tomorrow.": (1, 2, 3),
    "I've queued this set,\nminus #2.": (1, 3),
    "Applied all but the third patch.": (1, 2),
    "All but the second one are queued.": (1, 3),
    "I've queued all the patches except the last.": (1, 2),
    "Applied all except for patch [2/3].": (1, 3),
    "Applied the whole series except [PATCH v2 2/3].": (1, 3),
    "Series applied, but not patch 3.": (1, 2),
    "Applied the series, but skipped patch 3.": (1, 2),
    "Applied the series, skipping patch 3.": (1, 2),
    "I've applied the series, though I dropped patch 2.": (1, 3),
    "I applied all of these except the second one.": (1, 3),
    "Applied 1-3, except 2.": (1, 3),
    "The series is applied except for the 3rd patch.": (1, 2),
    "Applied all, sans patch 2.": (1, 3),
    "Everything other than patch 2 is in kvm-next now.": (1, 3),
    "Applied everything but the dts patch.": (),
    "Series applied, but the second one needs a follow-up.": (1, 2, 3),
    "Series applied, without the last hunk of a header.": (1, 2, 3),
    "The guest ones have been merged.": (),
    "The new ones have been merged.": (1, 2, 3),
    "I merged the patches to non-timer drivers, the others wait.": (),
    "I merged the patches to the kvm tree.": (1, 2, 3),
    "Applied dts, thanks!": (),
    "Guest patch has been merged already, the others wait.": (),
    "The whole patch has been merged.": (1, 2, 3),
    "I applied the patch.": (1, 2, 3),
    "Applied the patch to kvm-next.": (1, 2, 3),
    "This patch has been merged.": (),
    "Your patch is applied.": (1, 2, 3),
    "The rebased patch has been merged.": (1, 2, 3),
    "'KVM: timer 2' is queued up.": (2,),
    "I've pushed the changes up to this point, thanks.": (),
}


@pytest.mark.parametrize(("text", "patches"), SAID.items())
def test_words_of_maintainers(reply, text, patches):
    """The usual words are recognised, and the patches that they name."""
    mails = [*make_series(), reply(f"On Monday, Ada wrote:\n> x\n\n{text}\n", parents=["s-0@x"])]
    applied = review_first(mails).applied
    assert applied
    assert tuple(sorted(number for one in applied for number in one.patches)) == patches


TITLED = {
    "I applied the btrfs patches to my kvm-next tree.": (2, 3),
    "I applied the kvm patches to my kvm-next tree.": (1,),
    "I applied the mm/btrfs patches to my kvm-next tree.": (3,),
    "I applied the dt-bindings bits.": (4,),
    "I applied the small patches to my kvm-next tree.": (1, 2, 3, 4),
    "I applied the whole set.": (1, 2, 3, 4),
    "I applied these (except for the dt-bindings: x patch) to kvm-next.": (1, 2, 3),
    "I applied these (except for the cleanup patch) to kvm-next.": (),
    "All of these are now in linux-next except for the two btrfs fixes.": (1, 4),
    "I applied the driver patches.": (),
    "I have taken the timer bindings.": (),
    "The btrfs ones have been merged.": (2, 3),
    "The arm ones have been merged.": (),
    "The kvm patch has been merged.": (1,),
    "Btrfs patch applied, thanks.": (2, 3),
    "Applied dts, thanks!": (),
    "Everything but the btrfs bits is applied.": (1, 4),
}


@pytest.mark.parametrize(("text", "patches"), TITLED.items())
def test_patches_are_told_by_words_of_their_titles(text, patches):
    """`The btrfs patches` are those whose titles say btrfs; a word of no title tells nothing."""
    titles = {1: "kvm: a timer", 2: "btrfs: a timer", 3: "mm, btrfs: fix", 4: "dt-bindings: x"}
    (claim,) = find_claims(text)
    assert parse_selection(claim.named, text).choose(titles, 0) == {*patches}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I've picked up the last version of the MST patchset.", 0),
        ("I've picked up the last version of the KVM patchset.", 1),
        ("I've picked up the last version of the patchset.", 1),
        ("Picked up the MST bindings series, and applied this patch.", 1),
    ],
)
def test_a_set_that_is_named_after_something_else(reply, text, count):
    """`The MST patchset` is another one where no title of the series has the acronym."""
    assert len(review_first([*make_series(), reply(text)]).applied) == count


def test_other_patches_of_a_title_leave_out_the_answered_one():
    """`The other btrfs patches`, in answer to one of them, are all of them but this."""
    titles = {1: "kvm: a timer", 2: "btrfs: a timer", 3: "mm, btrfs: fix"}
    assert parse_selection("the other btrfs patches").choose(titles, 2) == {3}


def test_what_a_tester_says_too_is_believed_of_committers():
    """`I applied this. The guest boots.` is a test, unless its sender is known to commit."""
    mails = make_series()
    text = "I applied this. The guest that had failed boots now."
    said = read_mail("said@x", "Re: [PATCH 1/3] KVM: timer 1", text, EWA, ["s-0@x"], 5)
    assert review_first([*mails, said]).applied == ()
    known = []
    for name in "abc":
        known += make_series(name, total=1)
        known.append(read_mail(f"re{name}@x", "Re: x", "Applied.", EWA, [f"{name}-1@x"], 5))
    everything = [*mails, said, *known]
    reviews = review_all(group_series(everything), everything)
    (applied,) = next(one.applied for one in reviews if one.series.message_id == "s-0@x")
    assert applied.evidence.endswith(
        "– said by Ewa Lis, who said that 3 patches by others were applied"
    )


def test_a_list_footer_is_nobody_s_word(reply):
    """What a mailing list puts below a mail is no part of its last sentence."""
    footer = f"{'_' * 47}\nKVM mailing list\nhttps://lists.kvm.example/kvm"
    found = find_applied(reply(f"Applied to kvm-next\n{footer}"))
    assert found is not None
    assert found.evidence == "Applied to kvm-next"


def test_a_mail_below_no_series_is_believed_of_committers(reply):
    """`Ewa merged it` counts without a series, too, if the corpus shows that Ewa commits."""
    mail = reply("Ewa merged it.", sender="Rob Roy <rob@kvm.example>")
    assert find_applied(mail, committers=Committers()) is None
    committers = Committers()
    committers.add(read_mail("y", "x", "", EWA).sender, said=3, patches=3)
    found = find_applied(mail, committers=committers)
    assert found is not None
    assert found.evidence.endswith("– Ewa Lis, who said that 3 patches by others were applied")
    assert find_applied(reply("Ada merged it."), committers=committers) is None


@pytest.mark.parametrize(
    "text",
    [
        "I already applied v1.",
        "v1 has been applied.",
        "Merged your v3.",
        "Applied v1 instead of v2.",
    ],
)
def test_another_revision(reply, text):
    """What is said of another revision than the one that is answered is not said of this one."""
    mails = make_series(revision=2)
    assert review_first([*mails, reply(text, parents=["s-0@x"])]).applied == ()


@pytest.mark.parametrize(
    "text",
    [
        "I've applied v2, thanks.",
        "Applied for v6.1.",
        "v2 applied to kvm/next.",
        "Applied to kvm-next instead of v1.",
    ],
)
def test_this_revision(reply, text):
    """The revision that is answered is the one that was applied; a release is none."""
    mails = make_series(revision=2)
    assert len(review_first([*mails, reply(text, parents=["s-0@x"])]).applied) == 1


def test_all_but_the_answered_patch(reply):
    """`Apart from patch 2`, in answer to patch 2, is for the others."""
    text = "I queued this series, apart from patch 2."
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x", "s-2@x"])]).applied
    assert applied.patches == (1, 3)


def test_answer_to_a_patch(reply):
    """`Applied` in answer to one patch is for that patch."""
    (applied,) = review_first([*make_series(), reply("Applied, thanks!")]).applied
    assert applied.patches == (1,)


@pytest.mark.parametrize(
    ("subject", "patches"),
    [
        ("Re: [PATCH 0/3] KVM: timers", (1, 2, 3)),
        ("Re: [PATCH 1/3] KVM: timer 1", (1,)),
        ("Re: [PATCH 0/3] KVM: other timers", (1,)),
        ("Re: [PATCH 0/2] KVM: timers", (1,)),
    ],
)
def test_a_subject_of_the_cover_letter_means_all(reply, subject, patches):
    """`Pulled, thanks.` below patch 1 is for all where its sender wrote the cover's subject."""
    (applied,) = review_first([*make_series(), reply("Pulled, thanks.", subject=subject)]).applied
    assert applied.patches == patches


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I have queued the following patch for now; does it suit you?", 0),
        ("I've applied the patch below instead.", 0),
        ("I've queued the following for now.", 0),
        ("Applied the following patch to kvm/next:\n\nKVM: timer 1", 0),
        ("Queued the fix below on top.", 0),
        ("Applied, thanks. While at it, does the patch below help?", 1),
        ("Applied this patch to kvm/next, and the following on top.", 1),
        ("Applied this patch to kvm/next, with the fix below folded in.", 1),
    ],
)
def test_a_patch_that_a_reply_shows_is_another(reply, text, count):
    """`I've queued the following patch`, above a diff, says nothing of the patch replied to."""
    found = reply(f"{text}\n\n{patch_text(9)}")
    assert found.kind == "reply_with_patch"
    assert len(review_first([*make_series(), found]).applied) == count


def test_following_patches_without_a_diff_are_those_replied_to(reply):
    """`Applied the following patch to X` above a title is about the patch of that title."""
    text = "Applied the following patch to kvm/next:\n\nKVM: timer 1\n"
    (applied,) = review_first([*make_series(), reply(text)]).applied
    assert applied.patches == (1,)


WHOLE = {
    "This single one from the series got already applied to kvm-next.": (1,),
    "Only this patch of the series is applied.": (1,),
    "I've pushed the changes up to this point, thanks.": (1,),
    "Merged this and the previous patch.": (1,),
    "This and next patch merged to kvm/next, thanks.": (1, 2),
    "Queued this one and the following two.": (1, 2, 3),
    "Applied this and the two next patches.": (1, 2, 3),
    "Applied this and the following patches.": (),
    "Applied this, the next one needs work.": (1,),
    "Applied this and the next two weeks I am away.": (1,),
    "Thank you for this new series. I applied it.": (1, 2, 3),
    "Many thanks for the series! Applied it to kvm/next.": (1, 2, 3),
    "Thanks for the patch. I applied it.": (1,),
    "Thanks for the series, of which patch 2 is odd. I applied it.": (1,),
    "Merged a rebased version of this and previous patch.": (1,),
    "I've queued up this series now up until this patch - the rest needs work.": (1,),
    "Merged first and this (second) commit.": (1,),
    "Merged patch 3 and this one, thanks.": (1, 3),
    "Applied the first patch and this one.": (1,),
    "Patch 2 and this one needs work.  Patch 3 is applied.": (3,),
    "These 3 patches look good to me. Applied. Thanks": (1, 2, 3),
    "The whole series looks fine. Applied, thanks.": (1, 2, 3),
    "Both patches look good. Applied.": (),
    "This patch looks good. Applied, thanks.": (1,),
    "The series looks good, but patch 2 is odd. Applied, thanks.": (1,),
    "The series looks good. Patch 2 is applied.": (2,),
    "I queued this and patch 2 also in kvm-fixes.": (1, 2),
    "I've merged the rest (guest and kernel 4.9), but keep this one a little longer.": (),
    "This series, applied to kvm/next.": (1, 2, 3),
    "Series, applied to kvm/next.": (1, 2, 3),
    "2/3, applied to kvm/next.": (2,),
    "After the series, applied to kvm/next.": (1,),
    "Applied (this one and part 3) to the timers branch.": (1, 3),
    "Now queued for 6.12-rc along with the [3/3], thanks!": (1, 3),
    "I've applied this patch and patch 2/3 to kvm/next.": (1, 2),
    "Applied this, and the other two patches in the series.": (1, 2, 3),
    "Applied this, and patch 2 has a comment.": (1,),
    "Applied to kvm/next, and 2/3 should be sent again.": (1,),
    "Queued up to here.": (1,),
    "Series applied to kvm/next, thanks.": (1, 2, 3),
    "All applied to kvm/next.": (1, 2, 3),
    "I've applied the series, thanks.": (1, 2, 3),
    "Thanks, I've queued them for v6.19.": (1, 2, 3),
    "Tentatively added to for-next (all three) pending testing": (1, 2, 3),
    "I merged all patches up to this one as they are obviously correct.": (1,),
    "I merged this patchset except this patch.": (2, 3),
    "Applied to kvm/next, thanks.": (1,),
    "I've applied this one, thanks.": (1,),
    "Applied the patch, thanks.": (1,),
    "I applied 2/3 and 3/3 to kvm/next.": (2, 3),
    "Both patches applied.": (),
}


@pytest.mark.parametrize(("text", "patches"), WHOLE.items())
def test_below_the_first_patch(reply, text, patches):
    """`Series` below patch 1 is the series, `Applied` that patch, and `both` of three unknown."""
    (applied,) = review_first([*make_series(), reply(text)]).applied
    assert applied.patches == patches


FORMS = [
    "The patch is applied to kvm-next without changes.",
    "This patch has been successfully applied.",
    "Pushed the fixes to kvm/fixes.",
    "Applied, and took the opportunity to test it.",
    "I've pushed the patch here: https://git.silicon.example/a.git/commit/?h=for-next",
    "I've recently merged this into kvm-next.",
    "Queued for review and testing, thank you!",
    "Queued both for review and further testing.",
    "Applied for review and testing, thank you!",
    "Applied in place of v1, thank you!",
    "Applied in place of the old version.",
    "Adding it to kvm-next, thanks. It would be late otherwise.",
    "Applied to kvm-next, with tests etc. Thanks!",
    "I sent the pull request, and the patch has been merged into kvm-next.",
    "It's merged via the kvm tree now, thanks.",
    "I took it as a late fix for v6.1.",
    "Indeed.\nNow added, will show up in linux-next after rc7",
    "I planned to take this patch series through the kvm tree;\nit's in -next, so conflicts show.",
    "The fixes are merged.",
    "I already applied patch 1 and sent a pull request to Linus for it.",
    "For the record, both applied to v5.6-next/dts[32,64]",
    "Queuing this up now, with Neil's tag.",
    "Thanks, queuing this one for v5.3-rc with the change that Ben wants.",
    "Thanks - dropped the old one from the v5.4 queue, and queued this one in its place.",
    "Had to apply this by hand. Please base it on my queue.",
    "The rest of it is applied to v5.7-next/dts64\nThanks!",
    "All applied with export/import addition to patch 1.  Thanks.",
    "Ok, picked up directly.",
    "This conflicts with that one [1]. I've queued it, please rebase.",
    "Queuing for v5.3,\n\nEwa",
    "Queuing for v5.8,\nThanks Ada!",
    "OK.\nQueuing for v5.3-rc.",
    "Applying to kvm-next (for v5.5), with a fix of a typo in the log",
    "Indeed, Applied on top of this.",
    "Reworded the log (even if yours was more fun :)) and applied\nto kvm/next, thanks !",
    "Already merged tho.",
    "I must have lost this one, it's on for-next now.",
    "Thanks, here's what's been queued for v5.4-rc.",
    "Ben has already pulled the patches 1 & 2 into kvm-next.",
    "I had to jump a bit to apply this one on for-next.",
    "I fixed some small things and have it on my timers branch as 0123456789ab.",
    "Applied to libata for-6.6. Thanks !",
    "Committed to glibc master.",
    "As far as I know, it's been merged in next a week ago, so it should be in 6.15.",
    "Thanks, queued in timers-for-v6.2.",
    "Thanks, queued under arm/timers now.",
    "Never mind, applied anyway.",
    "Applied since this hasn't been picked up by the timers' maintainers.",
    "I have applied this, because it has not been merged yet.",
    "Added to the timers patch queue, thanks.",
    "Merged rebased, as we said.",
    "I've taken this new iteration through timers-next so that it is tested.",
    "I'm not happy that this patch is in linux-next without my review.",
    "I am therefore queuing it for fixes, thanks everyone!",
    "I gave both a run on x86, arm and s390 and applied them to kvm-next thereafter.",
    "Both patches accepted.",
    "Obviously correct and merged.",
    "Good idea, I added them before merge.",
    "The release is out, therefore merging the tests. Thanks!",
    "I grabbed a copy for kvm.git's kvm-unstable tree, and can drop it again.",
    "I put a copy of this into kvm.git, so that it goes into linux-next.",
    "Yeah, it's already there on Ben's tree.",
    "LGTM (already merged)",
    "'KVM: a timer' is queued up",
    "timer04 and timer05 merged",
    "That said, $subject series applied for next, thanks!",
    "Sure, patch megerd as you said, thanks!",
    "Thanks, I've applied that patch, but changed it to use the constants.",
    "I've pushed that to kvm-next.",
    "With your ack I have queued this for v5.14.",
    "I have patches 1-2 queued for v5.14.",
    "It still looks good to me so I've merge it into kvm/next - thanks!",
    "This patch, which landed in today's next-20220331 as commit 0123456789ab, breaks it.",
    "I folded it into the previous commit and pushed.",
    "I've applied this to 6.15.y and pushed it out.",
    "Fixed and pushed https://github.com/kvm/linux/commit/0123456789ab",
    "These are finally taken through the KVM tree.",
    "Sounds like Linus has taken the patch directly, and I'll send a follow-up.",
    "Sorry, my reply failed. This was pulled in for the 7.0 PR.",
    "This was pulled in.",
    "Ok, it's included and pushed up to master.",
    "Thanks!  In my tree for the next release.",
    "In my queue for next release.  Thanks.",
    "It's in my queue for 6.18.",
    "I see this landed in linux-next, but is not in Linus' tree for 6.11.",
    "LGTM, staged for 6.4-rc3 with a slightly changed comment.",
    "Since you took this patch through your tree, can you please take the next one, too?",
    "Looks like Rob already picked up this patch though, so send a follow up.",
    "Applied https://git.kvm.example/linux/commit/0123456789ab, thanks.",
    "Pushed: https://git.kvm.example/linux/commit/0123456789ab",
    "Pushed: https://git.kvm.example/linux.git kvm-next",
    "Applied the patch from Ben to kvm-next.",
    "Looks good (thanks, applied).",
    "I fixed the title and merged it, thanks.",
    "I reverted the old one and pushed this series.",
    "This is fine, thus queued.",
    "I pulled the latest tag and applied this to kvm-next.",
    "Probably. It has been already merged on 18th October.",
    "This was applied on Monday.",
    "Merged on the 3rd of March, thanks.",
    "My grep tells me this was pushed already, hehe",
    "Thanks, I updated kvm.git to this version.",
    "Thanks, I've updated kvm.git to this v1 series.",
    "Thanks, I updated kvm.git's kvm-new branch to this version.",
    "I've updated kvm-unstable to this version, thanks.",
    "Thanks, I (re-)added this series to kvm.git.",
    "Applied w minor edits. Thanks!",
    "Applied to pending for LAMP v86\nhttps://git.lamp.example/lamp/commits/pending/",
    "I've queued them for v80 here:\nhttps://git.lamp.example/lamp/tree/pending",
    "Picked up\nhttps://git.lamp.example/lamp.git/commit/?h=lamp-next",
    "Thanks, applied to new branch for 5.6-rc6.",
    "I pulled in the revert from Ada and your v2 patch into my kvm tree now.",
    "I just applied it and will send a pull request later today once it passed all my tests here.",
    "This is safe to merge => merged.",
    "v5.16 released => patchset merged.",
    "This is obviously fine, pushed, thanks.",
    "Merged with your reviewed-by tag and going to do that in a separate patch.",
    "So I applied it on top of the timer series from Ada, thanks.",
    "Thanks, this patch 1/2 merged first.",
    "Good idea, patch merged like this. Thanks!",
    "I modified the patch and pushed it like this:",
    "Removed the check before the call and merged with Ada's Reviewed-by: tag.",
    "I've replaced these with plain old brk(BAD ...) in the last two and pushed, thanks.",
    "Thanks for your review and pushed the patch set.",
    "also this merged, thanks for your review.",
    "Thanks, merged original.",
    "Thanks, I fixed the original comment while applying.",
    "Added to the kvm review-next branch, thanks.",
    "The patch [6] needs a rebase, but this one is already queued up in kvm/next.",
    "I'd wait (https://lists.kvm.example/1/), but patch 1 has been merged by Ben in 5.5",
    "Or did you want it later? I merged it into the kvm tree.",
    "Already merged into your tree, thanks.",
    "The following was taken into kvm/next: the timers.",
    "I've taken this as a fix for 6.12.",
    "Thanks, applies to kvm next branch",
    "Thanks, applies to the kvm-next branch for v5.11.",
    "Yes, picked up now. Thanks!",
    "I've simplified the changes and pushed the result, thanks.",
    "I made the below change and pushed:",
    "Removal merged as 0123456789ab, thank you!",
    "workaround merged, thanks!",
    "Thanks, new table merged with your ack.",
    "As these two only help a bit, I dare to merge them directly.",
    "obviously correct, I dared to merge. Thank you!",
    "I dared to add a copyright line and merge.",
    "Yes, I helped merge it. Thanks!",
    "In the meanwhile I merge the patch. Thanks!",
    "I boldly merge this patch because it helps.",
    "I've just pushed this patch, can you please check that at least the test works?",
    "Patch applied, but see my small fix-up in the next commit.",
    "Patch applied, but see timer(7).",
    "I reverted my patch, and applied your (better) patch.",
    "Thanks for your patch, merged into master (with Ada's ack).",
    "This series, now staged in kvm/next.",
    "Pushed with a small fix on top of it, thanks.",
    "Merged fixed version (2 commits).",
    "Marged slightly adjusted version (using tabs). Thanks!",
    "Patchsed merged, thanks!",
    "Good catch. Merged then, thanks for your patch, Ada.",
    "They should not depend on each other, so I dared to merge the patchset.",
    "I took the liberty of applying this to kvm-next.",
    "Merging both patches with this fix, thanks for your time!",
    "I've explained at the top why we pass the test with both results and pushed the patch.",
    "I've adjusted the text to say that it is not supported by the guest and merged the series.",
    "Good point. FWIW, I did apply your patch previously, it is always better to be safe.",
    "I did apply these for v6.1.",
    "I've pushed the series to https://github.com/ada/linux/tree/kvm-next",
    "You sent this at the right time, and it's queued.",
    "As posted at https://list.kvm.example/r/1@kvm.example, now applied.",
    "I dropped the one that Ben posted, and queued this patch, thanks.",
    "Thanks\n\nand applied to kvm-next.",
    "I have applied this change, thanks.",
    "I have applied this change to kvm-next.",
    "Applied, and pushed out my timers branch.",
    "I applied this one on top.",
    "Applied this one on top, thanks.",
    "Queued on top, thanks!",
    "It is in kvm-next already, thanks.",
    "As we (I have already queued the patches for v5.19) move it, this is the last one.",
    "I've only queued the first part of your series.",
    "This patch appears to be present in the kvm-tools tree as:\n0123456789ab KVM: x",
    "This was merged into v4.20-rc2.",
    "OK, I corrected the subject at applying.",
    "Hi, this patch has reached -next, but I have a question.",
    "This series has now reached mainline.",
    "Thanks! This was included in my pull request today and\nis now upstream in Linus' tree.",
    "This is in my pull request for v6.5.",
    "This patch is upstream now.",
    "Added to queue\nThanks\nEwa",
    "Applying to kvm-next tho, the other one is upstream.",
    "Thanks, this is on for-next.",
    "Sure, I have moved the patch to the fixes branch now.",
    "I decided to pick $subject patch as is and applied it on my fixes branch.",
    "I've queued up the updates now, thanks.",
    "I just saw, when going through the list, that Ben has already applied this.",
    "I dropped the last patch that Ben has taken, and merged the rest into the kvm/dt branch.",
    "Applying this into kvm-for-v6.4/dt based on what we said.",
    "I am queuing this tentatively in kvm-timers for v6.14, so that it is tested.",
    "I've pushed the two timer tests as well, thanks.",
    "I split it, one touches timer.h and one the guest, and pushed the patchset, thanks.",
    "I would like to have a clone here. However merged, thanks!",
    "Merged this assumming that the next one will be, too.",
    "Hi Ada, I rewrote the log, add my tag and merged. Thanks!",
    "I finally merged this patch adding why the workaround is there.",
    "Pushed along with the patch that adds the helper.",
    "Sorry, too much here :/ Got it queued.",
    "All looks good, I have this queued for the next release.",
    "Now in kvm.git#for-6.14/timers. Thanks,",
    "Now applied on top of kvm.git#for-6.15/timers.",
    "Applied with that tweak for patch 2 that you named.",
    "Patch 1 has been accepted into kvm-next.",
    "I've dropped 3/3 when applying the series because it is unclear.",
    "The series has already been merged into the kernel.",
    "Patch #1 [1] and #2 [2] have been merged into kvm-next.",
    "And I see that linus already merged it.",
    "The timer patch also has been merged.",
    "The timer & guest parts have been applied.",
    'I"ve pushed the series out.',
    "Pulled and pushed back out, thanks.",
    'Its applied: 0123456789ab ("KVM: x")',
    "Series applied after fixing up the type in patch 2.",
    "I don't see it there, so I'm going to pull it into the kvm/next tree right now.",
    "I did get a notification that Ben had added this series to his kvm-testing branch.",
    "I found this patch appears in linux-next tree as in [1].",
    "You can see the change has been merged into the kvm-next tree.",
    "So, I applied both 1/3 and 2/3.",
    "I understand that the patches were applied to kvm-next.",
    "Never mind, I checked that the patch was already applied.",
    "I just took them all into kvm-review.",
    "This v3 patch applied, I saw there is a v4 but can't tell why.",
    "I noticed now that this patch was merged to the kvm-next branch last week.",
    "Even though I know this patch is already taken in rc6, my tag is below.",
    "As this doesn't (I think) overlap with Ben's series I've applied this one to kvm-next.",
    "I've added it to the commit when I added it to my tree, no need to resend.",
    "Ada, Ben has picked up this patch today.",
    "Applied 6.20 material, thanks!",
    "Since you applied this one, I'm assuming no objections.",
    "It was reviewed, and has been applied.",
    "I forgot to write the comment, my bad :/ Ben fixed it up when he applied.",
    "Ewa changed the title when she applied it.",
    "Just ignore this patch please - it's already in my tree.",
    "Noticed that you just merged this series.",
    "I saw you queued these, thanks.",
    "Not sure it's too late since I see the patch has been merged by Ben.",
    "OK I picked as is.",
    "FYI - I applied the beginning two patches first.",
    "Thanks for all of the ACKs but just fyi that this was merged for v6.8-rc1.",
    "I had caught that and fixed it when applying :)",
    "I left the goto as it is while applying.",
    "Alright, I merged the core branch into the timer branch and applied your changes on-top.",
    "I know it's applied already and no need to add my tag.",
    "Pushed for 6.2.",
    "Pushed for the next merge window.",
    "Since this series is already merged, please send a fix.",
    "But since it's already applied, it's for the future.",
    "Please come with a fixup on top, since it was already applied.",
    "Given the patch has been applied, a fix on top is what is needed.",
    "It can be a follow-up since Ben has already picked this one up.",
    "I see Ben has already picked this up in kvm-new, if he refreshes.",
    "Late to change it, as it's already in kvm-next.",
    "As Ben reported, this patch is already in kvm/next.",
    "I see that the patch got merged so don't know if this helps.",
    "Patch applied so we get some rotation in linux-next for this.",
    "Seems this was applied even though there were comments.",
    "Happy to see this patch is accepted and merged.",
    "I'm afraid it has been merged in the kvm tree already.",
    "That's why I just applied it.",
    "I've applied your patch here with a note:\nhttps://git.kvm.example/linux/c/0123456789ab",
    "You already queued it, but Acked-by from me.",
    "The KVM patches already were picked into kvm/next.",
    "I see this is in kvm-next, do you want a fix or a new version?",
    'The build fails after this change landed in kvm-next as commit 0123456789ab ("KVM: x").',
    "It hangs on a kernel where this patch has been applied as 0123456789ab.",
    "Squashed with the offending commit, thanks!",
    "In the meantime I decided to queue this up for next, to get it tested.",
    "It is a fix. As such applied for the next cycle.",
    "Fixed up that whilst applying.",
    "Thank you! Folded as requested!",
    "I've added your tag while applying:\nhttps://git.kvm.example/linux/commit/0123456789ab",
    'Thanks for your patch, which is now commit 0123456789ab ("KVM: x") in kvm/kvm-next.',
    "Thanks for testing, the patch has been merged to 6.19.",
    "changed up -> down when applying",
    "Other maintainers want it tested, but not me, so I just applied this.",
    "I applied this.\n\nIt crashed for Ben, which is another problem.",
    "Patch applied w/mods!",
    "Sorry, yes. This patch is now a part of kvm-next, but not of linux-next yet.",
    "I moved the check and applied the patches.",
    "Seried applied to kvm-next",
    "This patch has been merged in a somewhat different form.",
    "Sorry, forgot to notify you earlier that I've picked this up into kvm-next.",
    "The other day I applied this to kvm-next.",
    "Since we are near the release I applied this.",
    "It's been applied for v6.1.",
    "This one is applied for the next merge window.",
    "Applied to kvm-next, thanks.\n\nTested-by: Ewa Lis <ewa@kvm.example>",
    "Sorry for the mix-up - this is the one I applied.",
    "FYI, the patcheset has been committed into kvm/linux.git, branch for-6.15.",
    "I can see above patches are applied to the kvm-next tree.",
    "Applied a rebased version to kvm-next, thanks!",
    "It seems that this patch has got merged into the last release, why do you send it?",
    "I found that this patch is already pulled into v5.19-rc2, and wonder why.",
    "Thanks Rob, I've picked the binding up.",
    "Ben: and also this is in my tree now.",
    "Lee has kindly merged all the core timer patches.",
    "This patch has been merged some time ago to v6.17-rc1 as commit 0123456789ab.",
    "It already went into Linus' tree with my pull request.",
    "Applying this one!",
    "Please drop it from v2 because I already merged it.",
    "I just noticed the patches were merged a few hours ago, so ignore this.",
    "I noticed this bit landed in https://git.kvm.example/linux.git",
    "I saw no complaint and picked it up.",
    "I picked a typo out of the log, applied to kvm/next.",
    "I have dropped the tag and changed the message a\nbit, before I applied this for next.",
    "I've dropped the tag before I applied this for next, thanks!",
    "I've applied the rebased patch to both (the backport didn't conflict).",
    "So Rob has queued the binding in the kvm tree[1], and\nI've applied the patch on that basis.",
    "I applied the patch, but I tried to reword the message to be more clear.",
    "I also reworded this text slightly when applying.",
    "The title should begin with KVM: I\nchanged it before applying.",
    "I switched the two lines to have them sorted while applying.",
    "A blank is missing, fixed when applying, thanks!",
    "DT patches [2][3] applied on kvm-next.",
    "Just this patch merged to kvm/next.",
    "FTR I'm applying this patch below the usual time to avoid a broken build.",
    "So applying it now.",
    "I only pushed the patch + the change that Rob asked for.",
    "The call of exit() changed to _exit() and merged.",
    "Fine. exit() changed to _exit() and merged.",
    "I've committed this series, but it seems my key is too old to push.",
    "I have gone\nahead and applied this in the hope that nobody has to send it again.",
    "Applied early to `kvm-next` -- thanks!",
    "Rob already merged both, so please send a follow-up.",
    "It looks like Rob already merged the patch series and squashed this one.",
    "Rob has queued it up.",
    "Commited, thanks.",
    "Both pacthes pused.",
    "I added a scan code as all do that in\nkeypad drivers, and applied the patch.",
    "All applied regardless of the missing commit.",
    "This patch landed recently in linux-next.",
    "I applied few patches and checked the rest.",
    "I have picked-up this patch. It will show up in next week's next.",
    "Patches applied, thanks.",
    "Both of your patches are applied.",
    "Thanks Ada, it's been in my kvm-next branch for a week.",
    "I added that patch to my kvm-next branch.",
    "Ewa's series applied, thanks.",
    "Anyhow, I'm picking up this patch then.",
    "I'm pulling this now.",
    "I have now acked the various patches and have queued them up.",
    "It is still queued up.",
    "Applied together with your other patch.",
    "This was applied two weeks ago:\nhttps://git.kvm.example/linux/commit/0123456789ab",
    "Applied and tested, thanks.",
    "And I directly merged it. Thanks!",
    "Patch set fully applied.",
    "Applied to : https://git.kvm.example/timers/commits/pending/",
    "Thanks and applied to pending at: https://git.kvm.example/timers/",
    "Applied https://git.kvm.example/timers/commits/pending/",
    "Thanks for the patch! Applying this separately without waiting for the rest.",
    "I already applied this, but I still want to check why you\nchange it? Is it the lock?",
    "Looks like Ewa already\npicked up this patch, so no need to send it again.",
    "There were several reports, so I have now cherry picked\nit also for v5.4:",
    "I just pushed those 3 patches to kvm-next.",
    "Since there were no objections applied for the 6.14 merge window.",
    "I queued this on top.",
    "The patch seems already applied to linux-next.",
    "Patchset applied here:\nhttps://git.kvm.example/linux.git",
    "Rebased and applied on top of kvm/next.",
    "Appled, thanks.",
    "Appplied to kvm/next.",
    "Qeued for 6.12, thanks.",
    "Both paches now queued in kvm/next, thanks.",
    "Otherwise applied.",
    "AFAICT this patch has been applied by Ewa on the 25th of August already.",
    "That being said, I see this series was already applied earlier this\nweek.",
    "It lay here for a month...applied now, sorry.",
    "Here's what I've applied:",
    "I'm queueing all patches up to and including this one.",
    "I am in the meantime applying this one, and wait for the rest.",
    "I ended up applying this now into the kvm-next branch.",
    "So applying as 5.6 material with a changed title.",
    "All small issues fixed up and applied.",
    'Changed the title to "KVM: arm64: a timer" and\napplied to kvm/next.',
    "Moved the call to kvm_timer_init() after kvm_init() and applied to kvm/next.",
    "Did the change and applied to https://git.kvm.example/linux.git.",
    "s/make/makes/ and applied to kvm/next.",
    "I've changed the title (no\nneed to say 'driver') and applied the patch, thanks.",
    "Applied on top of the previous timer material, thanks!",
    "I applied the patch in this shape.",
    "Series applied as it is obvious.",
    "I've merged this into the new kvm-timers\nbranch.",
    "Rob has already applied this patch to kvm/next.",
    "FYI Mary Ann already queued this series.",
    "Rob queued it in kvm/next.",
    "Applied, but please follow up with a test.",
    "I fixed the typo,\nand applied to kvm/next.",
    "LGTM, applied.",
    "Tested and pushed.",
    "Applied [1] to kvm/next, thanks.",
    "I've done that, fixed up the node names and applied.",
    "I have not heard a better suggestion, so applied.",
    "The patch didn't apply, but I fixed it up and applied it.",
    "Fixed this one as well and pushed.",
    "Thanks for your review, merged!",
    "Since we are near the release I pushed the patch with minor adjustments, thanks!",
    "I've taken the patch for now.",
    "Thanks, I've picked this up but changed the subject.",
    "I put this in my kvm-next branch.",
    "Added to kvm/next, thanks.",
    "I squashed it into the patch that introduced the problem.",
    "Folded, thanks.",
    "This patch landed in today's linux-next.",
    "I'm taking this in my kvm-next branch.",
    "It's now in my tree.",
    "This series is in the review-next branch now.",
    "Committed, thanks.",
    "I did merge it by hand; merged now.",
    "Applied: https://git.kvm.example/linux/log/?h=next",
    "Acked-by: Ewa Lis <ewa@kvm.example>\nApplied it to #kvm-next.",
    "Applied\nOn Wed, 2020-08-19 at 14:48 -0700, Ada Pfeiffer wrote:\n> x",
    "+1 merged (with an adjusted message).",
    "I replaced the bashism (otherwise it'd fail on dash) and merged.",
    "I've moved it, since otherwise we may not get the macros defined and pushed, thanks.",
    "Both commits pushed.",
    "I've applied it on top of kvm-next.",
    "I've applied this, but can you send a test for it?",
    "Thanks,I've queued that up now.",
    "Looks like this has already been applied.",
    "This is now merged into kvm/dev; if anyone notices anything odd, please tell.",
    "The following commit has been merged into the timers/core branch of tip:",
    "... and the patch is now in lamps/dev, thanks everyone!",
    "Both patches are now in lamps/stable-6.18.",
    "I'm going to merge this into lamps/dev, but I applied some tweaks, see below.",
    "Applied this, as it addresses a problem that nobody else saw, thanks.",
    "RB+ and pushed to autobuild! Thanks!",
    "Looks good to me - RB+ and pushed.",
    "R-b and pushed.",
    "I fixed the patch and re-pushed to the next branch.",
    "Repushed to kvm-next.",
    "Pushing the test changes to autobuild.",
    "This patch has already been merged into Linus tree.",
    "I just discovered that the timer patches have been merged into the kvm tree.",
    "I've queued the Kconfig part of patch 2.",
]


@pytest.mark.parametrize("text", FORMS)
def test_forms_of_a_plain_word(reply, text):
    """Other verbs, deeds before the word, and doubts in another clause make it no less plain."""
    assert find_applied(reply(text)) is not None


UNSAID = [
    "I just queued up the original patch in the kvm tree and will send it for 6.3.",
    "It is a popular board and the original patch-set was merged with no real thought.",
    "So I did fix the original while applying ;-)",
    "It's in the very-long review queue on my end, sorry.",
    "I've added it to my patch review queue.",
    "Put on my todo list.",
    "I'd wait (https://lists.kvm.example/1/ - patch 1 of the series has been merged by Ben in 5.5)",
    "Ben should send a request to merge [6] as a fix, as it is already queued up in kvm/next.",
    "Or - better yet, perhaps - merged it into the kvm tree with a good message.",
    "You could have made a branch. Merged it into your kvm tree with a message, perhaps.",
    "The following was taken with cache=loose, by an older kernel.",
    "I've taken this as a 'reviewed-by'",
    "This applies to the kvm-next branch, thanks for looking.",
    "Applies to the kvm-next branch.",
    "I picked now.",
    "The loop here I took it as a careful check of no effect.",
    "Merged in 2009! Should it be in stable kernels?",
    "I applied the patch on linux-next tag next-20220318, but it is the same.",
    "I only included patches for the host and the guest to opt-in for it.",
    "I see that fuse fixes are merged, so I will rebase.",
    "Queuing this one for v5.3-rc breaks the guest.",
    "Applying this for next-gen boards fails.",
    "This patch will conflict with this one [1]. It is already queued, please rebase.",
    "I had to apply this by hand, and the guest crashes.",
    "Picked up at random.",
    "Queuing for v5.3 is late.",
    "Are we queuing for v5.3?",
    "Applying on top of this fails.",
    "Applied on top of v5.2.",
    "Once I find this one, it's on for-next now.",
    "If these are fine, they're in kvm-next already.",
    "I would like to know this, it's in my notes now.",
    "Here's what's been queued up before the crash?",
    "I had to reboot to apply this setting.",
    "I read it and have it on my list.",
    "The tag has been added to the tree and pushed out.",
    "Acked-by tag has been added to the tree and pushed out.",
    "Anyway, series applied for docs review.",
    "FYI, I picked it up, and should post a new version of it.",
    "I've integrated all changes into a kvm fork of yours.",
    "Both styles are fine, and I just picked one.",
    "Have you seen this?\n\nhttps://kvm.example/1.html\nit has been merged to kvm tree.",
    "I'll ping you when everything is applied, tested and pushed on kvm-next.",
    "It doesn't build, although I have also applied patch 1. Is something missing?",
    'It was made by commit 0123456789ab ("KVM: sort\nthe timers"), merged as of v3.4, and is old.',
    "The patches in the host that allow it are not in mainline yet. They are in linux-next.",
    "None of these helped (I picked them into my tree and still saw the crash).",
    "With your branch on top of v4.2, and this patch applied, the guest boots.",
    "I merged only 12 patches of this set for testing on my board.",
    "I applied this for my tests.",
    "Applied to linux master and it hangs.",
    "Applied to the list master.",
    "It is better to have it correct and merged.",
    "The flag is correct and merged into the mask.",
    "Looks good and applied cleanly.",
    "I made a copy of this for the next meeting.",
    "I have a copy in my bag.",
    "https://kvm.example/1 merged",
    "I'd like to see timer04 merged.",
    "I only picked the first patch so that the timer patches would build so I could test them.",
    "It is wrong, so merging the tests would break it.",
    "The title 'KVM: a timer' is applied to what it does.",
    "Not all patches accepted.",
    "I ran it on x86, arm and s390 and applied them to linux-next.",
    "I know the x86, arm and s390 trees and applied it is to kvm-next.",
    "The request is queued under a lock.",
    "I've put the current patchset on top of the timers branch to see if this is the case.",
    "The patches (changed by hand) have been applied to the kernel (6.15-rc7).",
    "I took it is a training.",
    "Strictly taken it is a bug to return it.",
    "With the entry rework I have queued for v5.14, we are almost there.",
    "I've also pushed that to my kvm/timers-end branch: https://git.silicon.example/l.git",
    "This patch is trivial and easily applied by hand but please send it again.",
    "I have patches queued to send out in two weeks.",
    "Since Ben beat you by a few hours, I pulled his version of the patch.",
    "I've just applied this patch to 6.15.y and booted QEMU, seems OK.",
    "I did end up applying [2] based on that discussion, and had limited success.",
    "Fixed and pushed https://github.com/ada/linux/commits/timers.v2",
    "I folded it into the `if` statement.",
    "Changes to it can go through two trees, but they are typically taken through the KVM tree.",
    "They are usually merged by Ben.",
    "I had already applied this for TIMER_INFO_RAW but not for the others.",
    "Thanks for the fix, it's in my queue.",
    "It's in my review queue, next to others.",
    'It is in my "to apply" queue, to get to next week.',
    "They are in my to-be-applied list.",
    "This is in my to-apply queue now.",
    "Since you took the original patch through the NAND tree, can you please take this one too?",
    "This was pulled in by the driver.",
    "This landed in the wrong function, but it works.",
    "Staged for review.",
    "I have actually pulled these in, and tested them.",
    "I have pulled these in, and the guest fails.",
    "The kernel side patch was applied to nvme-5.9.",
    "Ah, I've just applied https://forge.example/kvm/pull/15 with the same fix.",
    "Ben's changes are merged in the master branch now.",
    "Iris' series was merged into kvm-next.",
    "It's currently in my tree here: https://git.silicon.example/linux.git",
    "dmesg of 0123456789ab (bad -- patch applied): https://files.example/1",
    "Pushed: https://git.silicon.example/linux.git x86/timers",
    "I applied the original patch from Ben.",
    "Applied the series by Ben, and the guest boots.",
    "This was already fixed and merged (by Ben).",
    "Reverted and pushed now.",
    "I dropped it and pushed.",
    "I pulled the latest tools and applied your patch set",
    "Checked out the newest tree, and applied this series.",
    "The request is not in flight yet, thus queued, and its time does not count.",
    "Ben's patch is already on the kvm-next tree, care to resend?",
    "Ben's series is in kvm-next now.",
    'created -> queued [label="sent"] dequeued -> queued [label="sent"]',
    "Please add the size, and put this patch before the change to 2-byte opcodes.",
    "It was merged on v5.1.",
    "I applied this on 5.10 and it hangs.",
    "It is applied on Debian kernels.",
    "Shall I replace my kvm/timers branch with this series?",
    "I replaced my old machine with this one, and it boots.",
    "I updated the timers.git to this version's base, and it hangs.",
    "I updated my machine to this version.",
    "Applied patch is missing an unlock.",
    "Queued for v3.",
    "Picked up https://lamp.example/talk",
    "I've updated kvm.git to fix it.",
    "I rebased it, and merged with linux-next to resolve the conflicts.",
    "I just applied it and it passed all my tests here.",
    "Branch not merged, thanks.",
    "It was never merged as 0123456789ab.",
    "Nothing merged, thanks.",
    "I hope to get the workaround merged, thanks!",
    "Before I merge this patch, please test it.",
    "When do I merge the patch?",
    "Shall I push the series?",
    "I helped to review and test it.",
    "I applied it on top of your timer series, and the guest hangs.",
    "Use a -> b here, merged names are odd.",
    "The lists are sorted, merged, and printed.",
    "I dared to apply for a new job.",
    "May I take the liberty to apply it?",
    "I will dare to merge the patchset.",
    "Patch applied, but see a crash.",
    "I've asked Rob why it hangs and pushed the patch.",
    "I've seen why Ada merged the series.",
    "I've added all fixes into my fork, feel free to use it.",
    "I've made a commit that changes all pages, and pushed.",
    "Ada's patch, merged into kvm/next, breaks it.",
    "Merging both patches would break the guest.",
    "Merging both patches with this fix is wrong.",
    "It is merged then in a loop.",
    "I just applied all the patches and did a diff (easier than to read all of them!)",
    "I have pushed the series to https://github.com/ada/linux/commits/timers_v3 [it is on 5.17].",
    "Those patches were applied to kvm/next.",
    "I did apply the patch to see whether it helps.",
    "I did apply this on top of v5.2.",
    "Did I apply your patch?",
    "If I did apply this patch, it would break.",
    "Posted here [1], and queued for the next batch of fixes.",
    "Ben has sent the Patch:\nhttps://list.kvm.example/r/20200411\n\nand it's in kvm/queue now",
    "Ben sent a fix last week, so it's queued.",
    "It was fixed by https://list.kvm.example/r/1@kvm.example, which I queued.",
    "I have applied this change.",
    "I applied this change to see what happens.",
    "I pushed out my timers branch again.",
    "Pushed a kvm-timers branch, too.",
    "I merged some patches from another series.",
    "It is in kvm-next already that the timers are wrong.",
    "It is on for-next that the guest hangs.",
    "Applied it on top.",
    "I have pushed updates to the branch here: https://kvm.example/pull/new/kvm-v7",
    "I've tentatively queued the following patch, please tell whether it looks OK.",
    "I decided to use the patch I wrote before.. and applied: https://kvm.example/commit/0123456789ab",
    'The base moved with 0123456789ab ("x86: y"). This was merged into v4.20-rc2.',
    "I used your set to try the script, and then applied them. It locked up on boot.",
    "Apply on top of kvm/next.",
    "Apply to kvm-next please.",
    "If this patch has reached -next, I can test it.",
    "This patch has reached its limit.",
    "I've applied the patches to git 6.13.0-09954-g590a41bebc8c and the\nsystem has been running.",
    "It will be in my pull request.",
    "If this is included in my pull request, it breaks.",
    "Is this included in my pull request?",
    "This driver is now upstream.",
    "This is now upstream, so the guest can use it.",
    "The test needs its type, so I applied the patch below in advance.",
    "So it is 3KB of code in every kernel (I just applied this patch) and a game for ever.",
    "I ran into this, too (and applied the patch): https://lore.example/x@y",
    "I put together a patchset in my staging tree.",
    "I have applied this patch to our tree for testing. Will report tomorrow.",
    "It bisects back to this commit. This is on kvm-next.",
    "Added to queue_work().",
    "He added to queue a second request.",
    "I'm going to merge this into kvm/next next week.",
    "I'm going to take a look at the tree right now.",
    "Its applied voltage is too high.",
    "The others are already in v3.",
    "I have this queued behind three others to look at.",
    "I have them queued up for processing this weekend.",
    "If I have this queued for the next release, it will conflict.",
    "Ben had added this file to his driver.",
    "I just took them all into account.",
    "This symbol appears in linux-next, too.",
    "I moved it early enough to where it is used.",
    "I have moved this into the device tree.",
    "I've replaced v3 with this version.",
    "Now in the next version.",
    "Now in case of an error we leave.",
    "The request was accepted into the queue.",
    "See the timer's driver for how. It's in the kvm-timers tree but it can move.",
    "I have these patches in my tree and they work fine here.",
    "I was going to reword the log and merged one is better.",
    "The timer parts are applied if the guest asks for it.",
    "You can drop this now that Ben's series has been queued via the kvm tree.",
    "This patch squashed with 07/17 could go in now.",
    'pushd "$TREE"',
    "Just landed yesterday from the conference.",
    "Fixed with [1], fix committed to kvm-next.",
    "With the timer\napplied so the test ran out of time.",
    "If it needs Ben's series I've applied this one.",
    "The series I applied to kvm/next is another one.",
    "Even though this is applied twice, it is fine.",
    "I guess I already pulled the series apart anyway.",
    "I have applied this patch,\n> x\nI have applied the proposed fix patch and tested.",
    "I pushed for just a better name.",
    "That used to be in the core, but has been pushed into kvm-timer since.",
    "The patch, applied as a follow-up to the series, survives my tests.",
    "I've already landed Ben's series in kvm-next, so base yours on that.",
    "Patches applied on top of the out-of-tree driver: 1.",
    "It is moderated, masked, queued and some code unmasks it.",
    "Once a given PR has been merged upstream, a patch can be sent.",
    "I'd like to see you merged this.",
    "I hope to see you applied this soon.",
    "I will see if Ben fixed it when he applied.",
    "If so, ignore it - it's in kvm-next.",
    "The timer's patch-set is https://lore.example/x@y and, merged to a kvm/timer branch.",
    "I picked an old value as is.",
    "Alright, picked up Dafna's patch-set.",
    "Got below patch for it. Also pushed to the timers branch.",
    "Pushed the below patch to kvm-next.",
    "But since it is already in kvm-next, your patches will conflict with it.",
    "I pushed for the bindings change for a very long time.",
    "In the first version, we added it to kvm-timer data structure.",
    "This was already taken by Ben, wasn't it?",
    "This has been merged, right?",
    "Now that this is merged, I have made a new snapshot.",
    "I would keep this and fix it when applying.",
    "It has been broken since it was merged.",
    "I see errors since this was merged.",
    "Please rebase as soon as this is merged.",
    "It works the same as it is applied here.",
    "Have you already applied this?",
    "If you already applied this, ignore me.",
    "You already applied this in v2.",
    "You already applied this change to the timer.",
    "I decided to take this as a basis for v2.",
    "I decided to take this approach.",
    "I decided not to apply this.",
    "Once this patch has landed in kvm/next as commit 0123456789ab, send the rest.",
    "It would be fine if this patch was applied as commit 0123456789ab.",
    "Nothing applied so far.",
    "This should be squashed with the first patch.",
    "I wonder whether the patch is accepted and merged.",
    "I did what Sean asked for and also pulled in more fixes.",
    "I have also pulled in 3 fixes for the selftests.",
    "Merged in several small fixes on the way.",
    "Oh, sorry, I took it as the design was confusing.",
    "We could make it 128 bytes, I just picked 64 at random.",
    "I've merged my series to the kvm-next branch.",
    "The host driver change was merged in v6.16.",
    "It's common that things got split up, merged, spun around.",
    "It is a highly accurate, fully integrated, modern timer.",
    "Taken at face value, it has no effect on the steady-state drive strength.",
    "I assume we are adding them on an as-needed basis.",
    "It works here with this option (C) , all three patches applied.",
    "Thanks for your patch, which is not in kvm-next yet.",
    "I've added the patches to kvm-next but they failed in the CI so they got removed again.",
    "I think it is better to have the patch in the same series and merged via the same tree.",
    "The VFS change is merged in v6.17.",
    "I have a similar patch for this and 2/3 queued up for v6.19.",
    "I applied this series on top of branch kvm/next on my board\n\n[   39.218533] kvm: no domain",
    "Applied your patches and tested.",
    "I applied this and obviously - as expected - the same errors.",
    "Picked this series on top of kvm-next and was able to start a guest.",
    "I applied your patch. The kernel crashes after that.",
    "We applied the patch to 6.12.",
    "Applied and tested the host part of the patch.",
    "This seems to be a collection of posted, reviewed and now also applied patches.",
    "This issue has already been addressed and the fix has been applied: https://x.example/1",
    "Yes - the kernel patches have been merged.",
    "I already pushed out said commit for -rc3.",
    "I pulled this but the test still doesn't pass:",
    "I picked up this patch via linux-next and it hangs.",
    "I applied this patchset in my local kernel tree and built a new kernel.",
    "I applied this patchset in my local tree.",
    "I've applied this in my local tree and will push a new version.",
    "I applied this to the driver with minor changes.",
    "I applied this to the kvm with a debug option.",
    "This patch is a part of my queue.",
    "I pulled this, applied to kvm/next and sanity tested that it boots:\n\nTested-by: Ewa <e@k.y>",
    "So I applied this series and tested loading my overlay.",
    'I\'m not the author of 0123456789ab ("KVM: x"), and it has been merged into kvm-next.',
    "It's a fair comment, and also it's been applied for the older boards.",
    "That is addressed by https://lists.kvm.example/1@x (and applied in next)",
    "This looks similar to the workaround we applied for that many years ago.",
    "The workaround we applied to the timer was another one.",
    "I've already picked it up in my patchset to avoid conflicts.",
    "The patch [1] has been applied to kvm/next, you may have to adapt it.",
    "The relevant series [1] is in the kvm-next tree at the moment.",
    "My cleanup series was applied two weeks ago.",
    "Split in four, and only one has been pulled to linux-next.",
    "Yes, I saw the kernel change has been merged.",
    "It looks like it was pushed through some mail product.",
    "I pulled linux-next today and pushed from it.",
    "I've pushed the changes to the branches I mentioned above.",
    "This series took at least 8 tries.",
    "Taken together, the two make it slow.",
    "This does not apply due to the patch I mentioned, now applied as commit 0123456789ab.",
    "The timer patches are still in linux-next, merged via tip by commit 0123456789ab.",
    "Already done by Ben's large series, currently staged in kvm.git.",
    "OK, I dropped the patch that as I applied it I had not seen this.",
    "I have already sent a pull request, and it is already queued for v7.2.",
    "I have applied this patch set on top of the Linux next tree and performed testing.",
    "I just pulled the series and now I see that you changed the authors.",
    "The corresponding patch to qemu is simple, and I've already pushed it to the qemu git repo.",
    "Good news on the dependencies: [1] and [2] are already merged to next.",
    "I applied the patches 1-3, changed the version, and uploaded it for you.",
    "Applying this one breaks the guest.",
    "It went in a loop in next to no time.",
    "Rob merged 4 branches.",
    "I noticed the patch applied cleanly.",
    "I ended up picking another way.",
    "To test, I applied them to our kvm-next branch and can confirm that it works.",
    "Fix Applied: the loop is left now.",
    "I applied that\npatch I pasted on top as an experiment on my end.",
    "I dropped the lock before I applied the mask to it.",
    "It was in my tree from yesterday, and I accidentally picked it up when sending.",
    "The first patch applied, the second didn't.",
    "Same shape as the fix of the timer, applied to irq_map.",
    "So put it in your tree and have it go through kvm-next.",
    "The referenced timer.c patch was applied to kvm-next.",
    "The former/referenced PR has been pulled.",
    "As an example for what I mean I picked this patch.",
    "I'll reword this text when applying.",
    "Please have it fixed when applying.",
    "This can be fixed when applying.",
    "I would have changed it before applying.",
    "I noticed a conflict when applying this.",
    "While applying this, I dropped my keyboard.",
    "I'm applying this now and see a crash.",
    "So applying it now breaks the guest.",
    "I applied this in the hope to see the crash.",
    "Rob already merged both of the branches.",
    "I've committed Rob's patches.",
    "It seems that I committed to too much.",
    "The guest paused.",
    "I applied these patches to my test tree.",
    "I've applied them on my kvm test tree.",
    "This fix applied on top of linux next and built with clang.",
    "This series was added to linux-next, but then it was removed.",
    "I applied the patch and the warning is no longer there.",
    "Good timing, I'm queuing fixes.",
    "We applied the patch on top of current kvm-next HEAD and it looks good.",
    "No changes -- Patch already applied.",
    "I have queued patches for this driver that will break this one.",
    "I merged patches that touch this.",
    "This driver has been merged for some time.",
    "I've pushed my current patch to a branch in case it helps.",
    "I applied my patch.",
    "Added to my kvm-next to-do list.",
    "It's been in my queue for a week.",
    "Both of the locks are taken.",
    "I applied that patch.",
    "That patch is applied.",
    "Rob's patch was merged, that's the code I see now.",
    "I applied the patch and reviewed it in my editor.",
    "The path is applied to each node.",
    "Applied this series and verified that no guest starts.",
    "I applied this patch and tested with an older guest.",
    "I applied this patch, and tested with an older guest.",
    "Applied this patch and the crash no longer occurs.",
    "I applied 2 commits for the side effects of this patch.",
    "A change to MAINTAINERS (kvm@....) queued up\n- it was not sent.",
    "I only added it to a feature branch that is gone.",
    "I'm taking this over.",
    "I'm taking this into account.",
    "I'm picking up where Rob left.",
    "Merged together with the other patch.",
    "The lock is still taken.",
    "The patch is hardly applied.",
    "This was previously applied to a guest.",
    "I've applied the following patches on top and see a crash.",
    "So folded into what you sent this is:",
    "I applied the following:",
    "I took part in the discussion.",
    "I took the first part as an example.",
    "I applied the first part to the mask.",
    "Applying this patch allows the guest to boot.",
    "Applying this, I get a crash.",
    "I have applied and later reverted this patch on the same branch.",
    "I applied this on top.",
    "I applied the patch, then I wanted to test it.",
    "Those patches are merged already.",
    "Since there were objections, it is not applied.",
    "Patches applied here, and the guest boots.",
    "It seems to be applied before the lock is taken.",
    "I cherry picked a fix from your tree.",
    "I took your patch for a spin on a guest.",
    "I took this for a quick spin here.",
    "It's in my tree for local testing: https://git.silicon.example/a.git",
    "I applied them for testing on top of my queue.",
    "I took your patch and mangled it:",
    "There was another version of this by Ben, so I merged it.",
    "The timer change is already in linux-next.",
    "This patch is in the queue of patchwork.",
    "The patches applied to 'for-next' branches were not changed.",
    "I pushed it to arm-linux, but it hasn't been picked up.",
    "v4 has been pushed to fix the bindings.",
    "Rob has applied the patch that broke it.",
    "Rob applied something like this.",
    "He has already applied this.",
    "Will Rob have applied this to kvm/next?",
    "When Rob has applied this to kvm/next, I can rebase.",
    "I'm having trouble applying this patch.",
    "I'm applying this and see a crash.",
    "Applying this when v2 is here.",
    "Please check the order before it is fixed and applied.",
    "The check should be moved and applied to kvm/next.",
    "This one would need a fix and applied to kvm/next it breaks.",
    "The guest appealed.",
    "A squad was queried.",
    "This is what I applied before the crash.",
    "I applied all your recommendations and sent a new version.",
    "I applied your suggestions, thanks.",
    "Thanks for the suggestions, applied.",
    "I merged them in the next version.",
    "I merged it with the previous patch.",
    "Applied to v2, thanks for correcting me!",
    "Picked up in v2.",
    "Fixed and pushed in the new patch ([PATCH v2 1/3] KVM: timer 1).",
    "I applied this patch, it works better, but there is still a regression.",
    "I applied this patch upon v5.2, and found the performance restored.",
    "I then applied this series, and built a kernel, which boots fine.",
    "With 3900X, and the series applied, I get:",
    "I applied the patch to my kernel.",
    "I applied the changes manually.",
    "Also I applied Mario's patch.",
    "For convenience, I pushed this series at\ngit://git.silicon.example/a.git",
    "I pushed them here: https://git.silicon.example/a.git",
    "I have pushed a new version.",
    "Note that I picked up this patch from Ben's mail.",
    "I took a look at this patch.",
    "I have taken it into account.",
    "Thanks, note taken.",
    "I pulled this, but then I looked at it and unpulled it again.",
    "As you said, the problem was in 5.4 and the commit was merged in 5.16.",
    "That was fixed by commit 0123456789ab (merged in v5.4).",
    "I'm eager to get patches 1 and 2 merged.",
    "I will apply this after 1 and 2 have been merged.",
    "This needs to be reviewed, tested and merged.",
    "I can repost the rest once\nTony's rework is merged into mainline.",
    "Only fixes are merged before the release.",
    "Rob applied it.",
    "I took this to be a wild pointer.",
    "It was merged after the port was removed.",
    "Applied your patch on top of linux-next 20200702 and tested it.",
    "The named commit was merged in v6.18-rc1.",
    "It seems that 2 commits were merged together, I'm sorry.",
    "Adding it to kvm/next would be wrong.",
    "It was added in llvm-13.",
    "It's in my queue.",
    "I put this into tests/kernel/security/ima.policy.",
    "Patch 2 made no sense, so not applied.",
    "Queued, only locally until I get a review.",
    "Note: no patches were applied.",
    "This patch series was applied (using b4) to base:\n Base: tags/next-20250822",
    "We took v2 instead of this.",
    "Applied the wrong patch.",
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
    "I applied the patches to our 6.1.36 stable branch. The host crashes now.",
    "By the way, this patch applied and builds on all of our boards.",
    "This patch was applied and works for me.",
    "I have pushed updates to the branch here: https://git.silicon.example/timers/pull/2",
    "It started at 21:18 and took 01:27 longer.",
    "The timers have no tree, it's merged via the kvm tree and its maintainers.",
    "They are picked up by maintainers into their trees.",
    "Adding it to kvm-next for more exposure would be great.",
    "I am adding\nkvm=on to kvm/timers, and a check.",
    "I've pushed out two new commits to: https://git.silicon.example/prompts",
    "This patch is on top of kvm-next, though it has a Fixes tag.",
    "It seems to be there (and merged into the kernel .data) for a while.",
    "https://git.silicon.example/c/1\nhas been committed.",
    "https://list.silicon.example/1@x/ – merged.",
    "If a treewide: patch is applied by a higher maintainer, then no.",
    "Export the flags, then selectively applying them via timer-ccflags-y.",
    "It needs the assembler of today (since the backport landed in ...",
    "The explicit copies, the checks, etc. all already landed.",
    "I have applied attached patch.",
    "I queued it up in my custom patch-series, thanks.",
    "just put your patch into my linux-5.7 patch-series before a build.",
    "This series applied to the kvm tree makes that guest boot.",
    "I've applied that to patches 1 and 2.",
    "SILICON PR was merged, and a new one is sent.",
    "I've added it to my randconfig build tree to see what breaks.",
    "Applied just your latest patch, but same failure.",
    "I pulled it into my RT tree for some testing and it looked good.",
    "I've merged your series with the timers tree and we are testing them.",
    "I just applied it to my tree and will give it a spin.",
    "I applied this patch.\nJust wanted to try the timer for the first time.",
    "Took your series with\n\n  b4 shazam 1@x\n\nbuilt it",
    "I put this on the timers branch and I could run my guest for a while.",
    "The diff is difficult to read so I applied it.",
    "I sent a patch [1] for it last week and I saw it has been merged into kvm-next.",
    "I posted a fix yesterday. It was merged into kvm-next.",
    "As long as nobody screams I'm going to push these to kvm-next now.",
    "This is on fixes, which crashes.",
    "It is on a board.",
    "It fits the same kind of interface as timer_read, recently merged.",
    "Applied, but based on 0123456789ab instead, since this series fails to apply on it.",
    "We've added them to lookup/delete commands and it was a pain.",
    "I've pushed for you an update.",
    "Pushed fixes for timers.sh to the same branch.",
    "The patches successfully applied, save for the last.",
    "The patch applied w/o modifications to 4.19.",
    "The timer.c test I recently added in kvm-next is an example.",
    "Typically the uapi patches are picked by Ben, but that series comes first.",
    "In the meantime, 457 and 458 are already taken by timer_read() and timer_set().",
    "Since you applied the patches and tested it, can I promote the tag?",
    "No need for a header, put it in the file in drivers/timers/ please.",
    "Sure, I've pushed the patches here: https://git.silicon.example/a.git/?h=timers",
    "I applied it on my repo for testing, and picked another one.",
    "I've applied the patch to my tree and I'm looking for a board to test the patch.",
    "I see your cleanup and merged with it.",
    "Note that I've also applied\nBen's timer patches, but it still hangs.",
    "But I applied the whole series.  I did not test the other case.",
    "I applied the additional patch\n\nto silicon.git.\n\nThe issue persists, see below.",
    "I have this patch in my local tree and debated sending it.",
    "Take a look at the simple timer test I pulled together.",
    "It seems like this is merged with other changes in patch 3.",
    "About the revert patch that I sent (so far, Ben has moved it into kvm-fixes branch).",
    "The file is big, and it is now in drivers/dev.",
    "This is in lamps/devices.",
    "Once the patch is now in lamps/dev, I'll test it.",
    "I'm going to merge this into lamps/dev, but I need an ack.",
    "I'm going to merge this into lamps/dev once I fixed the title.",
    "I applied this patch and it addresses my issue (a lamp is on again).",
    "I applied the series and it resolves the hang for me.",
]


@pytest.mark.parametrize("text", UNSAID)
def test_talk_is_no_report(reply, text):
    """Questions, plans, conditions, tests and descriptions of code are not taken for it."""
    assert find_applied(reply(text)) is None


def by_author(reply, text, parent="s-1@x", review="Please rename it."):
    mails = make_series()
    found = reply(text, sender=mails[0].sender.written, parents=["s-0@x", parent])
    answers = [reply(review, identity="review@x")] if parent == "review@x" else []
    return review_first([*mails, *answers, found]).applied


@pytest.mark.parametrize(
    "text",
    [
        "Applied.",
        "I've applied this.",
        "Got it. Applying changes now.",
        "I picked up his fix for 2/3.",
        "Folded in, thanks.",
        "I pushed it to my branch.",
        "I've folded this into the series and pushed the result out.",
        "I've pushed v2 to my kvm/exceptions branch.",
        "I've pushed this series to my kvm/exceptions branch, please fetch it.",
        "I've folded that in, and pushed out my kvm/exceptions branch again.",
        "Added it.",
        "I've added this to the version in my own tree.",
        "I tested your changes and merged.",
        "It is already merged.",
        "It's already in my tree.",
        "I pushed this series to https://git.silicon.example/a.git kvm-v3",
        "I have made the changes and pushed the updated patch.",
        "Have applied it to my current v2 branch.",
        "Pushed requested fixes to kvm/next.",
        "I've queued this for v2.",
        "This has been merged with patch 2.",
        "This has been applied.",
        "It was merged into my tree.",
        "I've integrated fixes for all of them.",
        "I've put this into my kvm-next branch for v2.",
        "It was merged for 6.19, so it can't change.",
        "It's in the cover letter. The commit is in linux-next.",
        "The patch was taken from my last series.",
        "I've put your patch into the kvm tree now.",
        "I also applied it to kvm-next with only one trivial conflict.",
        "I've forked it and applied it on top of kvm-next here.",
        "I was waiting for the fix, so I queued the series without it.",
        "Applied to my local git tree with attribution.",
        "patch applied: 2.78% [kernel] timer_read",
        "So, I pushed the timer binding before.",
        "The test passes (it returns the same, patches applied).",
        "I've just added it to next WIP v16.",
    ],
)
def test_authors_apply_what_reviewers_wish(reply, text):
    """What an author says to a reviewer is about the next version, unless a tree is named."""
    assert by_author(reply, text, "review@x") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Series applied to kvm/next.",
        "Applied to kvm-arm/next.",
        "I've pushed this series to my kvm-next branch.",
        "I pushed it to kvm/exceptions, thanks.",
        "Thanks for your review, patchset merged.",
        "Both patches are queued in kvm/next.",
        "FYI, this patchset is now in linux-next via the timers branch in my repo.",
        "I've now added the series to our kvm-next branch.",
        "I have added this to my review branch now.",
        "I pushed out this series in\nhttps://git.kvm.example/linux.git kvm/for-next",
        "This has been merged.",
        "Anyway, it's already in Linus's tree.",
        "Applied to pending https://git.kvm.example/timers/commit/0123456789ab",
        "Thanks, I've queued these up.",
        "Thanks for the comments, but just fyi that this was merged for v6.8-rc1.",
        "The patch was taken by another maintainer.",
        "Ewa, Ben has picked up this patch today.",
        "This was just merged into Ewa's kvm-next branch.",
        "I've taken this into kvm-fixes.",
        "I put these into my kvm-next (soon to be pulled) branch now.",
        f"Applied, thanks!\n\n[1/3] KVM: timer 1\n      commit: {HASH}\n",
        "FYI patch merged.",
        "Just FYI, patches merged.",
    ],
)
def test_authors_who_maintain_apply_their_own(reply, text):
    """An author who names a tree, the series, or the commits has applied it."""
    assert len(by_author(reply, text, "review@x")) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Applied, thanks for the review.", 1),
        ("Also applied.", 1),
        ("I just pushed it out, thanks.", 1),
        ("Thanks, I'll apply it.", 0),
        ("Thanks, I've folded this into v2.", 0),
        ("Thanks, added.", 0),
    ],
)
def test_authors_apply_what_reviewers_approve(reply, text, count):
    """Below a reviewer's tag, an author's plain word is no answer to a wish."""
    review = f"> x\n\nLooks good.\n\nAcked-by: {EWA}\n"
    assert len(by_author(reply, text, "review@x", review)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("updated kvm-for-next (also can see attached patch)", 1),
        ("I've updated the for-next/timers branch with that.", 1),
        ("Done (updated lamps.git for-next with attached)", 1),
        ("I updated the next branch.", 1),
        ("I've removed one, ie updated for-next with only the kvm patches, pending review.", 1),
        ("I've updated for-next, please rebase.", 0),
        ("I updated my for-next branch, but not with this one.", 0),
        ("I've updated for-next, without this series.", 0),
        ("I've updated for-next, so could you send it again?", 0),
        ("I've updated the branch.", 0),
        ("I've updated for-next to v6.18-rc1.", 0),
        ("Updated the documentation of kvm-next.", 0),
        ("You updated for-next with that.", 0),
        ("Thanks a lot for your suggestions, merged!", 1),
        ("Thanks for the comments, now all applied.", 1),
        ("Thanks for the hint. I'll merge it.", 0),
        ("I have actually pulled these in, and tested them.", 1),
        ("I applied this and tested it on my board.", 1),
        ("I applied this and my board crashes.", 0),
        ("This is on fixes.", 1),
        ("These are on for-next", 1),
        ("They're on for-next.", 1),
        ("It is on arm64.", 0),
        ("I just applied it to my tree and will give it a spin.", 1),
    ],
)
def test_doubtful_words_are_believed_of_committers(reply, text, count):
    """`Thanks for your hint, merged!` and `applied and tested` count for who is known to commit."""
    mails = make_series()
    said = read_mail("said@x", "Re: [PATCH 1/3] KVM: timer 1", text, EWA, ["s-0@x"], 5)
    assert review_first([*mails, said]).applied == ()
    known = []
    for name in "abc":
        known += make_series(name, total=1)
        known.append(read_mail(f"re{name}@x", "Re: x", "Applied.", EWA, [f"{name}-1@x"], 5))
    everything = [*mails, said, *known]
    reviews = review_all(group_series(everything), everything)
    assert [len(one.applied) for one in reviews if one.series.message_id == "s-0@x"] == [count]


def test_a_part_that_goes_into_another_version_takes_nothing_back(reply):
    """`Merged up to this patch, the rest will go in v3` is an application by its author."""
    text = "Applied to kvm-next up to this patch, the rest will go in v3."
    assert len(by_author(reply, text, "review@x")) == 1
    assert by_author(reply, "Applied to kvm-next, it will go in v3.", "review@x") == ()


def test_an_approval_may_be_written_in_any_case(reply):
    """`Acked-By:` of a reviewer is an approval as `Acked-by:` is."""
    review = f"Looks good.\n\nAcked-By: {EWA}\n"
    assert len(by_author(reply, "Applied.", "review@x", review)) == 1


def test_an_approval_without_an_address_is_kept_for_grouping(reply):
    """The gist of a reply keeps its lines if they approve, though they give no tag."""
    mail = reply("Fine.\n\nAcked-by: the two of us\n", sender=EWA)
    assert parse_reply_trailers(mail) == ()
    assert make_gist(mail).own == "\n".join(own_lines(mail))
    assert make_gist(reply("Fine.\n", sender=EWA)).own == ""


def test_a_quoted_tag_is_no_approval(reply):
    """A tag that a reviewer only quotes changes nothing for the author's answer."""
    review = f"> Acked-by: {EWA}\n\nPlease rename it.\n"
    assert by_author(reply, "Applied.", "review@x", review) == ()


TREES = {
    "I have moved the patch to the fixes branch now.": "fixes",
    "Now in kvm.git#for-6.14/timers. Thanks,": "kvm.git#for-6.14/timers",
    "I'm going to pull it into the kvm/next tree right now.": "kvm/next",
    'Thanks for your patch, which is now commit 0123456789ab ("on big-endian guests") in v6.1.': "",
    'Your patch is now commit 0123456789ab ("x: in a/b") in kvm/next.': "kvm/next",
    "This patch is now a part of kvm-next, but is not in linux-next.": "kvm-next",
    "Squashed into one, reworded, applied to kvm/timers.": "kvm/timers",
    "Applied to my local kvm-next branch.": "kvm-next",
    "I've reviewed & applied this series in my local tree, will push them\nout soon.": "local",
    "I've applied this to the kvm4 with minor adjustment; I dropped a blank line here:": "kvm4",
    "I've gone ahead and applied this to kvm#master for 5.19, so the rest can wait.": "kvm#master",
    "I have committed them into kvm/linux.git, branch timers/fixes.": "kvm/linux.git timers/fixes",
    "Applied to kvm/linux.git, branches are mirrored later.": "kvm/linux.git",
    'Applied to Ben\'s KVM tree at "timers/for-6.18" branch': "timers/for-6.18",
    "Applied to the KVM tree at 6.18-rc1.": "KVM",
    "Queued 1-7, will be on kvm/next tomorrow though.": "kvm/next",
    "It is still queued up but not yet sent to net-next": "",
    "Applied to https://git.kvm.example/linux.git kvm/next.": (
        "https://git.kvm.example/linux.git kvm/next"
    ),
    "Applied to https://git.kvm.example/linux.git,\nkvm-timers branch.": (
        "https://git.kvm.example/linux.git kvm-timers"
    ),
    "Applied to https://git.kvm.example/linux.git, the old branch was dropped.": (
        "https://git.kvm.example/linux.git"
    ),
    "Applied to kvm-utils.git master.": "kvm-utils.git master",
    "I've merged this into the new kvm-timers branch.": "kvm-timers",
    "Applied, dts changes should go through the arm tree.": "",
    "Applied to kvm/next, thanks!": "kvm/next",
    "Applied to arm64 (for-next/fixes), thanks!": "arm64 (for-next/fixes)",
    "Applied to the timers branch of kvm.git and pushed out.": "timers branch of kvm.git",
    "Applied to powerpc next, thanks.": "powerpc next",
    "Queued in arm64 review/timers for now": "arm64 review/timers",
    "I've queued this in my kvm-next[1] branch.": "kvm-next",
    "Applied to my tree.": "",
    "Applied to pinctrl, thanks.": "pinctrl",
    "Applied to: git://git.kvm.example/linux.git next-testing": (
        "git://git.kvm.example/linux.git next-testing"
    ),
    "Applied to\n\n   https://git.kvm.example/linux.git for-next\n\nThanks!": (
        "https://git.kvm.example/linux.git for-next"
    ),
    "Thanks, applied to https://git.kvm.example/linux.git (v6.11/dt)": (
        "https://git.kvm.example/linux.git (v6.11/dt)"
    ),
    "Applied patch 1 to branch kvm-5.20 in my tree.": "kvm-5.20",
    "This patch is queued in next-\nintegrity.": "next-integrity",
    "The series is in Ben's 'next' branch.": "next",
    "I've pushed this to my review and testing queue, thanks.": "review and testing",
    "Applied, no need to resend.": "",
    "Applied with a fix of the style via tools/lamp-style -f.": "",
    "Applied, after a run through scripts/lamp-style.sh.": "",
    "Applied via lamp-style --fix, thanks.": "",
    "Applied via tools/next, thanks.": "tools/next",
    "Applied with a fix via scripts/style to lamps/dev.": "lamps/dev",
    "The patch is now in lamps/dev-staging.": "lamps/dev-staging",
    "Queued for 5.6, thanks.": "",
    "Applied to linux-lamps.git v5.5/dt64:": "linux-lamps.git v5.5/dt64",
    "Applied to linux-lamps.git and/or pushed.": "linux-lamps.git",
    "Applied to linux-lamps.git 1/3, thanks.": "linux-lamps.git",
    "Patch applied for fixes.": "fixes",
    "Queued up for kvm-next, thanks.": "kvm-next",
    "Applied for the for-next branch.": "for-next",
    "Applied for next, thanks.": "",
    "Applied for fixes of the timers.": "",
    "The series has been merged into Linus tree.": "",
    "The series has been merged into the kvm and Linus tree.": "kvm and Linus",
    "The series has been merged into the kvm tree in 6.3.": "kvm",
    "The patch\n\n  KVM: x\n\nhas been applied to the spi tree at\n\n  https://g.example": "spi",
}


@pytest.mark.parametrize(("text", "tree"), TREES.items())
def test_trees(reply, text, tree):
    """The tree or branch is told as written, be it a name, an address, or in the next paragraph."""
    found = find_applied(reply(text))
    assert found is not None
    assert found.tree == tree


def test_a_tag_or_a_number_is_no_tree(reply):
    """What follows `my tree` on its next line, and a count behind `branch`, name no tree."""
    found = find_applied(
        reply("I have pulled this into my tree\nAcked-by: Ewa Lis <ewa@kvm.example>")
    )
    assert found is not None
    assert found.tree == ""
    found = find_applied(reply("I pushed this to the kvm-next branch\n2. and the rest later"))
    assert found is not None
    assert found.tree == "kvm-next"


@pytest.mark.parametrize(
    "text",
    [
        "Applied to the page tables.",
        "Applied to 6.13 vanilla.",
        "I added this in arch/arm64/kvm/hyp/timer.c.",
        "I added it to the device tree.",
        "I merged it into the request queue.",
    ],
)
def test_no_trees(reply, text):
    """Other places than trees are none, and what goes there is not applied."""
    assert find_applied(reply(text)) is None


COMMITS = {
    'Thanks for your patch, which is now commit 0123456789ab ("KVM: x") in kvm/next.': (
        "0123456789ab",
    ),
    "Applied to kvm/fixes\n0123456789ab": ("0123456789ab",),
    "Applied to kvm/fixes\n012345678901": (),
    "Applied as 0123456789ab.": ("0123456789ab",),
    "Merged (commit 0123456789ab), thanks.": ("0123456789ab",),
    "Applied, thanks! [0123456789ab]": (),
    "Merged: https://git.kvm.example/linux/commit/0123456789ab": ("0123456789ab",),
    "Applied, thanks!\n\nhttps://git.kvm.example/linux/c/0123456789ab\n": ("0123456789ab",),
    'Queued, with Fixes: 89abcdef0123 ("KVM: x")': (),
    "Applied, thanks.\n\nBut look.\n\nhttps://git.kvm.example/linux/c/0123456789ab broke it.": (),
}


@pytest.mark.parametrize(("text", "commits"), COMMITS.items())
def test_commits(reply, text, commits):
    """The commits are those of the sentence and next to it; others in the mail are not."""
    found = find_applied(reply(text))
    assert found is not None
    assert found.commits == commits


def test_a_list_names_its_own_patches_and_commits(reply):
    """Of a list, the patches with a commit count, whatever marks stand in their brackets."""
    text = (
        "This series was applied to kvm/linux.git (next)\nby Ewa Lis <ewa@kvm.example>:\n\n"
        "Here is the summary with links:\n"
        "  - [kvm,v2,1/3] KVM: timer 1\n    (no matching commit)\n"
        "  - [kvm,v2,3/3] KVM: timer 3\n    https://git.kvm.example/linux/c/0123456789ab\n\n"
        "See also https://git.kvm.example/linux/c/89abcdef0123\n"
    )
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x"])]).applied
    assert (applied.patches, applied.commits) == ((3,), ("0123456789ab",))
    assert applied.tree == "kvm/linux.git (next)"


def test_a_list_of_commits_and_titles(reply):
    """Lines of a commit and its title belong to `2 patch(es) applied`, and to nothing else."""
    lines = "0123456789ab KVM: timer 1\n123456789abc KVM: timer 3\n"
    mails = make_series()
    text = f"2 patch(es) applied to kvm-next branch of kvm.git, thanks.\n\n{lines}"
    (applied,) = review_first([*mails, reply(text, parents=["s-0@x"])]).applied
    assert (applied.patches, applied.commits) == ((1, 3), ("0123456789ab", "123456789abc"))
    (applied,) = review_first([*mails, reply(f"Applied.\n\n{lines}", parents=["s-0@x"])]).applied
    assert (applied.patches, applied.commits) == ((1, 2, 3), ())


def test_a_list_of_other_patches_names_none(reply):
    """A list whose patches are not in the series names none of it, though the numbers are."""
    text = f"Applied, thanks!\n\n[2/3] x86: another thing\n      commit: {HASH}\n"
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x"])]).applied
    assert applied.patches == ()


def test_a_list_without_commits(reply):
    """Where b4 found no commit at all, the list still tells which patches were applied."""
    text = "Applied, thanks!\n\n[2/3] KVM: timer 2\n      (no commit info)\n"
    (applied,) = review_first([*make_series(), reply(text, parents=["s-0@x"])]).applied
    assert applied.patches == (2,)


def test_below_another_subject_a_tree_is_needed(reply):
    """In a thread about no patch, `applied` is believed only where a tree is named."""
    assert find_applied(reply("I applied this one.", subject="Re: a crash")) is None
    assert find_applied(reply("Applied to kvm/next.", subject="Re: a crash")) is not None


def test_sender_may_apply_his_own(reply):
    """A maintainer who applies the own series has applied it."""
    mails = make_series()
    own = reply("Applied to next.", sender=mails[0].sender.written, parents=["s-0@x"])
    assert [applied.by.email for applied in review_first([*mails, own]).applied] == [
        "ada@silicon.example"
    ]


@pytest.mark.parametrize("words", ["and ", "so and ", "thanks, and ", "I've merge ", "=> and "])
def test_words_that_a_sentence_begins_with_have_one_reading(words):
    """Hundreds of words such as `and` are read at once: there are not two ways to read one."""
    assert not list(find_claims(f"{words * 300}"[:960] + "nothing is applied?"))


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


PULL = "Re: [GIT PULL] KVM updates for v7.1"


@pytest.mark.parametrize(
    "words",
    [
        "Thank you! Squashed 1-2 and applied 3-4.",
        "Applied patch 3, thanks.",
        "Patches 1 and 2 applied to kvm/next.",
        "Applied 1/4 and the rest to kvm/next.",
        "Queued the first two patches, thanks.",
    ],
)
def test_numbers_of_patches_are_about_no_pull_request(reply, words):
    """A pull request has no patches: what names them by number is about another series."""
    assert find_applied(reply(words, subject=PULL)) is None
    assert find_applied(reply(words)) is not None


@pytest.mark.parametrize(
    "words",
    [
        "Pulled, thanks.",
        "Pulled all 14 patches, thanks.",
        "Applied to kvm/next for 7.1, thanks.",
        "Pulled, thanks. Applied patch 3 of the other series.",
        "Pulled, and squashed 1-2.",
    ],
)
def test_other_words_are_about_the_pull_request(reply, words):
    """Counts, versions, and numbers beside `Pulled` leave a pull request what it was told."""
    assert find_applied(reply(words, subject=PULL)) is not None


PULLED = {
    "Pulled both.": (1, 2, 3),
    "Pulled both, thanks for the link.": (1, 2, 3),
    "Pulled these two, thanks.": (1, 2, 3),
    "Pulled.": (1, 2, 3),
    "Pulled 1-2.": (1, 2),
    "Pulled the first two patches.": (1, 2),
    "Pulled with some exceptions.": (),
}


@pytest.mark.parametrize(("words", "patches"), PULLED.items())
def test_both_of_a_pull_request_are_its_tags(reply, words, patches):
    """`Pulled both.` of a pull request with three patches is no part of it: it has two tags."""
    cover, *patch_mails = make_series()
    text = "are available in the Git repository at:\n\n  https://git.kvm.example/linux tags/kvm\n"
    pull = read_mail("s-0@x", "[GIT PULL] KVM: timers", text, cover.sender.written)
    found = reply(words, parents=["s-0@x"], subject="Re: [GIT PULL] KVM: timers")
    (applied,) = review_first([pull, *patch_mails, found]).applied
    assert applied.patches == patches


def test_numbered_pull_requests_keep_their_numbers(reply):
    """Where pull requests are numbered, the numbers are theirs."""
    numbered = "Re: [GIT PULL 0/5] KVM updates for v7.1"
    assert find_applied(reply("Pulled 1-5, thanks.", subject=numbered)) is not None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (f"Applied {PENDING}", PENDING),
        (f"Applied: {PENDING}.\n\nThanks!", PENDING),
        (
            "Picked up\nhttps://git.lamp.example/lamp.git/commit/?h=lamp-next&id=0123456",
            "lamp-next",
        ),
        ("Applied https://git.lamp.example/lamp/c/0123456789ab", ""),
        (f"Applied to lamp/next, as shown at {PENDING}", "lamp/next"),
        ("Thanks, I updated kvm.git's kvm-new branch to this version.", "kvm-new"),
    ],
)
def test_a_link_to_a_branch_names_the_tree(reply, text, tree):
    """Where `Applied` has no tree, a link right behind it may lead to one; a commit's does not."""
    (applied,) = review_first([*make_series(), reply(f"> x\n\n{text}\n")]).applied
    assert applied.tree == tree
