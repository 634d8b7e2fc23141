"""Mails by which maintainers take back what they said was applied."""

import pytest

from kvminbox import group_series
from kvminbox.gist import make_gist
from kvminbox.review import review_all
from kvminbox.review.taking_back import read_taken_back
from tests.growth import count_calls
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

TAKEN_BACK = {
    "Sorry, I've dropped this again.": "this",
    "I'll drop it again.": "it",
    "Ok, I'll drop it for now - tell me when it is ready.": "it",
    "Dropped now": "",
    "OK, dropped.": "",
    "Dropped from kvm-next, thanks.": "",
    "Reverted in my tree.": "",
    "I noticed, which means I'll have to drop the patch again, and wait.": "the patch",
    "I've reverted both patches in kvm-next.": "both patches",
    "They were queued. I dropped them until this is clear.": "them",
    "The build fails. Dropping the series.": "the series",
    "I'll have to drop this series. The reason:": "this series",
    "Yes, I dropped this from my queue.": "this",
    "I will drop both patches from kvm-for-next and wait for the binding.": "both patches",
    "Ah, Ben is right, so I dropped the patch.": "the patch",
    "I already dropped it.": "it",
    "I took it out of my queue again.": "it",
    "I've unqueued patch 3.": "patch 3",
    "Backed out 2/3.": "2/3",
    "Thanks for finding it! Let me drop the patch and wait for the next one.": "the patch",
    "As we still talk about it, I dropped the 2 host patches for now.": "the 2 host patches",
    "Np, I have dropped the patch from my tree now.": "the patch",
    "I'll drop these 2 from here.": "these 2",
    "That said, I am dropping the $subject patch for now from my next branch.": "the patch",
    "I applied it to kvm-next by accident and had to drop it from there.": "it",
    "That's not the one I meant to apply, dropped.": "",
    "The bad patch has been dropped from my timers tree.": "the patch",
    "I've dropped patches 2-3 from my tree for now.": "patches 2-3",
    "I've dropped this one in favour of Ben's.": "this one",
    "This has not been applied after all.": "This",
    "I have not applied these, sorry.": "these",
    "Thanks for the report.\n\nI am dropping this series.": "this series",
    "I'll revert the patch for now.": "the patch",
    "Sorry, that was not for me. So I've dropped this change again.": "this change",
    "... and dropped, because I missed that it is not bisectable.": "",
    "And dropped (also the other): it does not even build!": "",
    "And dropped. You did not test it.": "",
    "Dropped on request.": "",
    "Got it. Reverted.": "",
    "OK I dropped it from my queue!": "it",
    "Dropped from next, it breaks the build.": "",
    "Removed from my queue again, please resend.": "",
    "This one breaks the build, dropping.": "",
    "Unqueued, please resend.": "",
    "Patch 3 was dropped from -next.": "Patch 3",
    "The patch was dropped from my tree again, sorry.": "the patch",
    "These have been removed from my queue for now.": "These",
    "Dropped, it breaks the build.": "",
    "3/5 was dropped from my queue again.": "3/5",
    "This has been dropped from linux-next.": "This",
    "For the fear of breaking a program, I have dropped the patch.": "the patch",
}


@pytest.mark.parametrize(("text", "named"), TAKEN_BACK.items())
def test_what_takes_back_a_claim(text, named):
    """A maintainer drops, reverts or denies what was applied in few forms, and names it."""
    taken = read_taken_back(text.split("\n"))
    assert taken is not None
    assert (taken.named, taken.is_all) == (named, False)
    assert taken.evidence in " ".join(text.replace("$subject ", "").split())


ALL_TAKEN_BACK = [
    "My script broke down.\n\nTo be clear, none of these have been applied.",
    "None of the patches has actually been applied.",
    "Please ignore my previous mail, this is not applied.",
]


@pytest.mark.parametrize("text", ALL_TAKEN_BACK)
def test_what_takes_back_all(text):
    """`None of these` and `ignore my mail` are about all that was said."""
    taken = read_taken_back(text.split("\n"))
    assert taken is not None
    assert taken.is_all


@pytest.mark.parametrize(
    "text", ["Please ignore this.", "Ignore that, sorry.", "I replied to the wrong patch, sorry."]
)
def test_what_an_answer_to_ones_own_mail_takes_back(text):
    """`Ignore this` takes back the sender's mail that it answers, and nothing elsewhere."""
    assert read_taken_back([text], answers_own=True) is not None
    assert read_taken_back([text]) is None


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("> I queued both.\n\n... and removed.  The build fails:", True),
        ("… and now removed, since it breaks the build.", True),
        ("... and removed the tag.", False),
        ("I fixed the typo and removed.", False),
    ],
)
def test_what_goes_on_below_ones_own_words(text, is_taken):
    """`... and removed.`, below one's own `I queued both.`, takes all of it back."""
    lines = [line if line[:1] != ">" else ">" for line in text.split("\n")]
    assert (read_taken_back(lines, answers_own=True) is not None) == is_taken
    assert read_taken_back(lines) is None


NOT_TAKEN_BACK = [
    "You took this patch, so I will drop this one in our repo.",
    "I applied the patch and dropped your tag.",
    "I applied the patches and dropped them on his desk.",
    "I can drop this if you like.",
    "I can drop them from my queue.",
    "Should I drop this?",
    "I'll drop this then?",
    "I'll drop the check.",
    "I'll drop that line.",
    "I dropped the tag, thanks.",
    "Please drop this patch.",
    "If it fails, I'll drop it.",
    "I can not apply this one, it is not for my tree.",
    "It has not been merged yet.",
    "This has not been merged by Linus.",
    "This has not been applied to stable yet.",
    "Please ignore this comment.",
    "I've dropped it into the right place.",
    "I reverted this patch and the guest boots again.",
    "I would have dropped it.",
    "I'd drop it.",
    "I don't see why you dropped it.",
    "You can drop this patch.",
    "None of these apply.",
    "None of these would be merged by Ben.",
    "Ben dropped this patch from his tree.",
    "I removed it from the list of files.",
    "I took it from the manual.",
    "The counter is dropped again.",
    "I rather drop this than wait.",
    "Packets are dropped now and then.",
    "> I've dropped this again.",
    "Does the wrong patch have a tag?",
    "I dropped this change in the timer, it is not needed.",
    "Nit: a changelog should not be there, I dropped that.",
    "I think it's better I drop this patch.",
    "Can we drop the patch for now?",
    "I only dropped the DTS and kept the bindings.",
    "Drop the unit here.",
    "I can't revert this for now.",
    "The patch has been dropped from the mail.",
    "The request is late, dropped packets are not counted.",
    "Let me drop a note here.",
    "I had to drop it on the floor.",
    "Patch 3 was dropped in v3.",
    "Patch 3 dropped the lock.",
    "The lock was dropped from the driver.",
    "The old check was removed from timers.c.",
    "Was patch 3 dropped from -next?",
    "If patch 3 was dropped from -next, tell me.",
    "Removed from the driver.",
    "Your other patch was dropped from next.",
    "The old patch was dropped from the tree in favour of this one.",
    "The patch was dropped from the tree in favour of this one.",
    "This was reverted in the stable tree, so we need it again.",
    "This has been reverted in the stable tree.",
    "It has been reverted in next because of another patch.",
    "These were removed from the tree years ago.",
    "The patch was removed from my tree years ago.",
    "Dropped, that comment was wrong.",
    "Dropped, since that comment was wrong.",
    "Patch 1 was dropped from next by mistake, re-added now.",
    "Patch 1 was dropped from next, re-added now.",
    "Patch 1 dropped, but I re-added it.",
    "Patch 1 was dropped from next by my script. Re-added now.",
    "I dropped it, re-added now.",
    "I dropped it from next, it is in fixes now.",
    "I dropped this from my next branch since it went in as a fix.",
    "Dropped from my tree, since it is in mainline now.",
    "I took this from my tree into the fixes branch.",
    "I'll drop the previous patch.",
    "I've backed out the old one.",
    "I reverted this patch in my tree to test, it's fine.",
    "I reverted both in my test tree, and it still hangs.",
    "Otherwise I'll drop it.",
    "In that case, I'll drop it again.",
    "Let me know, then I'll drop it.",
    "Until there's a fix, I'll drop it.",
    "With no fix until rc5, I'll drop it.",
]


@pytest.mark.parametrize("text", NOT_TAKEN_BACK)
def test_what_takes_nothing_back(text):
    """Wishes, questions, conditions, other people's trees, lines and tags take nothing back."""
    assert read_taken_back([text]) is None


def review(*answers, total=3):
    """Review a series with answers: the text, who sent it, and the mail that it answers."""
    mails = make_series(total=total)
    for place, (text, sender, parent) in enumerate(answers):
        above = ["s-0@x"] if parent == "s-0@x" else ["s-0@x", parent]
        mails.append(read_mail(f"a{place}@x", "Re: KVM: timers", text, sender, above, place + 5))
    (found,) = review_all(group_series(mails), mails)
    return found


def test_what_was_taken_back_was_not_applied():
    """A maintainer's later word counts, and the review tells of it."""
    said = ("Applied, thanks!", EWA, "s-0@x")
    assert len(review(said).applied) == 1
    found = review(said, ("To be clear, none of these have been applied.", EWA, "a0@x"))
    assert found.applied == ()
    assert found.evidence[-1] == (
        "Ewa Lis took back on 2025-03-03 that it was applied: "
        "To be clear, none of these have been applied."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Your other patch was dropped from next.", "Dropped, that comment was wrong.",
        "The old patch was dropped from the tree in favour of this one.",
        "This was reverted in the stable tree, so we need it again.",
        "These were removed from the tree years ago.",
        "It has been reverted in next because of another patch.",
        "Patch 1 was dropped from next by mistake, re-added now.",
    ],
)  # fmt: skip
def test_news_of_other_patches_takes_nothing_back(text):
    """What a maintainer says below his own `Applied` of another patch, or tree, changes nothing."""
    said = ("Applied to kvm/next, thanks.", EWA, "s-0@x")
    (one,) = review(said, (text, EWA, "a0@x")).applied
    assert one.patches == (1, 2, 3)


def test_a_mail_is_to_be_ignored_by_the_answer_to_it():
    """`Please ignore this` takes back the mail that it answers, and no other one."""
    said = ("Applied, thanks!", EWA, "s-0@x")
    assert review(said, ("Please ignore this.", EWA, "a0@x")).applied == ()
    assert len(review(said, ("Please ignore this.", EWA, "s-2@x")).applied) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ignore that, I found the tag.",
        "Ignore the previous mail about the tag.",
        "I used the wrong patch title in the mail.",
        "The wrong version was in the subject, fixed up.",
        "I sent this by mistake twice.",
        "By mistake I wrote fixes, it's in next.",
        "That comment was meant for the other patch.",
        "The label was meant for the lamp.",
        "The symbol sends the wrong message to others.",
    ],
)
def test_a_slip_of_the_mail_takes_nothing_back(text):
    """A wrong subject, a tag that was found, and a mail sent twice change nothing."""
    said = ("Applied, thanks!", EWA, "s-0@x")
    assert len(review(said, (text, EWA, "a0@x")).applied) == 1


def test_only_the_answered_mail_is_taken_back():
    """`Ignore that` below one's own `It doesn't apply` takes no `Applied` of another mail back."""
    first, second = ("Applied, thanks!", EWA, "s-1@x"), ("Applied, thanks!", EWA, "s-2@x")
    found = review(first, second, ("Sorry, I replied to the wrong patch.", EWA, "a1@x"))
    assert [one.patches for one in found.applied] == [(1,)]
    fails = ("It doesn't apply. Please rebase.", EWA, "s-1@x")
    found = review(first, fails, ("Oops, I tried it twice. Ignore that.", EWA, "a1@x"))
    assert [one.patches for one in found.applied] == [(1,)]
    assert not any("took back" in one for one in found.evidence)


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("I've dropped this again.", True),
        ("Please ignore this.", True),
        ("It drops it.", False),
        ("It leaks. NAK.", True),
        ("I withdraw my NAK.", True),
        ("I'll abandon this patch.", True),
    ],
)
def test_the_gist_of_a_mail_keeps_what_takes_back(reply, text, is_kept):
    """An index keeps the lines of a mail that may take something back, and of no other."""
    assert make_gist(reply(text)).own == (text if is_kept else "")


def test_a_part_may_be_taken_back():
    """Who drops one patch of the series has applied the others."""
    said = ("Series applied to kvm/next.", EWA, "s-0@x")
    found = review(said, ("It fails to build. I've dropped this patch again.", EWA, "s-2@x"))
    assert [one.patches for one in found.applied] == [(1, 3)]
    assert "that patch 2 of 3 was applied" in found.evidence[-1]
    found = review(said, ("I've dropped patches 1-2 again.", EWA, "s-0@x"))
    assert [one.patches for one in found.applied] == [(3,)]
    found = review(said, ("I've dropped the series again.", EWA, "s-2@x"))
    assert found.applied == ()


def test_one_of_several_is_not_known():
    """`I dropped the patch`, said of a series, is the only one applied, or changes nothing."""
    said = ("Patches 2 and 3 applied.", EWA, "s-0@x")
    found = review(said, ("I had to drop the patch again.", EWA, "s-0@x"))
    assert [one.patches for one in found.applied] == [(2, 3)]
    said = ("Patch 2 applied.", EWA, "s-0@x")
    assert review(said, ("I had to drop the patch again.", EWA, "s-0@x")).applied == ()


def test_what_was_not_claimed_is_not_touched():
    """Another patch, another person, and a word before the claim take nothing back."""
    said = ("Applied, thanks!", EWA, "s-1@x")
    dropped = "I've dropped this patch again."
    found = review(said, (dropped, EWA, "s-2@x"))
    assert len(found.applied) == 1
    assert found.evidence == ()
    assert len(review(said, (dropped, BEN, "s-1@x")).applied) == 1
    assert len(review(said, (dropped, ADA, "s-1@x")).applied) == 1
    assert len(review((dropped, EWA, "s-1@x"), said).applied) == 1


def test_what_is_applied_again_is_applied():
    """Who drops a series and applies it again later has applied it once."""
    found = review(
        ("Applied, thanks!", EWA, "s-0@x"),
        ("Dropped again, the build fails.", EWA, "s-0@x"),
        ("I'll drop it for now.", EWA, "s-0@x"),
        ("The build works now. Re-applied, thanks.", EWA, "s-0@x"),
    )
    assert [one.message_id for one in found.applied] == ["a3@x"]


def test_a_part_that_is_not_known_is_gone_with_the_whole():
    """`I applied two of them` is taken back by dropping all, and by nothing less."""
    said = ("I applied two of them.", EWA, "s-0@x")
    assert review(said, ("I've dropped the series.", EWA, "s-0@x")).applied == ()
    assert len(review(said, ("I've dropped patch 1.", EWA, "s-0@x")).applied) == 1


def test_whom_a_program_names_may_take_it_back():
    """A maintainer takes back what a program said of his tree; nobody else does."""
    bot = "patchwork-bot <patchwork-bot+kvm@kvm.example>"
    text = (
        "Hello:\n\nThis series was applied to kvm/linux.git (next)\nby Ewa Lis <ewa@kvm.example>:\n"
    )
    said = (text, bot, "s-0@x")
    assert len(review(said).applied) == 1
    assert review(said, ("I've dropped the series.", EWA, "s-0@x")).applied == ()
    assert len(review(said, ("I've dropped the series.", BEN, "s-0@x")).applied) == 1


def test_what_somebody_else_told_of_it_goes_with_it():
    """`I see that Ewa has picked this up` is no longer true once Ewa has dropped it."""
    said = ("I see that Ewa has already picked this up.", BEN, "s-1@x")
    assert len(review(said).applied) == 1
    assert review(said, ("I've dropped it again.", EWA, "s-1@x")).applied == ()
    assert len(review(said, ("I've dropped it again.", ADA, "s-1@x")).applied) == 1
    said = ("Applied, thanks!", "Ewa Roe <ewa.roe@kvm.example>", "s-1@x")
    assert len(review(said, ("I've dropped it again.", EWA, "s-1@x")).applied) == 1


OTHER_VERSION = {
    "The script has a bad day.\n\nI just applied v2, not this set.": True,
    "Sorry, I've applied the newer version, not this one.": True,
    "I queued v2 instead, and not this.": True,
    "I applied v2, not this part of it, as you say.": False,
    "If I applied v2, not this set, it would not build.": False,
    "Did you say I applied v2, not this set?": False,
    "I applied it, not this time alone.": False,
}


@pytest.mark.parametrize(("text", "is_gone"), OTHER_VERSION.items())
def test_applied_another_version_takes_back_ones_own_mail(text, is_gone):
    """`I applied v2, not this set`, below what one said before, takes that back."""
    said = ("Applied, thanks!", EWA, "s-0@x")
    assert ("a0@x" not in applied_ids(review(said, (text, EWA, "a0@x")))) is is_gone
    assert "a0@x" in applied_ids(review(said, (text, EWA, "s-0@x")))


def applied_ids(found):
    """Return the mails that say that patches were applied."""
    return [one.message_id for one in found.applied]


def test_claims_that_are_taken_back_again_and_again_are_read_in_linear_time():
    """Hundreds of claims and of mails that take them back are each looked at once."""

    def count(number):
        turns = [("Applied, thanks!", EWA, "s-0@x"), ("I've dropped patch 1.", EWA, "s-0@x")]
        return count_calls(lambda: review(*(turns * number)))

    small, large = count(20), count(80)
    assert large < 5 * small


def test_a_hostile_mail_is_read_at_once():
    """Very long lines of words that might take something back cost no time."""
    for words in (
        "I've dropped ",
        "drop not ",
        "none of these has been ",
        "so I'll have to to to ",
    ):
        long = words * 20_000
        assert count_calls(lambda long=long: read_taken_back([long])) < 5_000
