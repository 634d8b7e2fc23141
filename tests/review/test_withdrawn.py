"""What authors take back of what they sent, and what only sounds so."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.withdrawn import find_withdrawal
from tests.review.review_mails import ADA, EWA, make_series, read_mail

NAMED = (
    ("Please ignore this patch.", "patch"),
    ("Sorry, please disregard this series, I'll send v3.", "series"),
    ("All - please disregard this version of the series, it has a conflict.", "series"),
    ("I lost a definition, so please discard this patchset.", "series"),
    ("I don't know the lamp well enough, so please disregard the patch.", "patch"),
    ("Please withdraw these patches.", "series"),
    ("Please ignore this (short) series.", "series"),
    ("Palmer, you can drop this patch, it's in my other series.", "patch"),
    ("You can delete/abandon these patches.", "series"),
    ("I'll withdraw this patch then.", "patch"),
    ("I'll drop this patch in v3, thanks.", "patch"),
    ("I'm abandoning this series for: https://lists.example/a@x", "series"),
    ("I'd like to withdraw this series.", "series"),
    ("I would like to drop this patch because it hangs.", "patch"),
    ("This patch is no solution, I will abandon it.", "patch"),
    ("This patch is wrong, please discard.", "patch"),
    ("This series has been superseded by https://lists.example/b@x", "series"),
    ("Superseded by v3 (although named v2).", "patch"),
    ("This patch is no longer needed since 0123456789ab.", "patch"),
    ("The timer was rewritten, so this patch is not needed any more.", "patch"),
    ("Self-NAK, it leaks.", "patch"),
    ("Please ignore v2, I sent the wrong files.", "series"),
    ("These two patches are no longer needed.", "some"),
    ("So this is a self-NAK.", "patch"),
    ("I'll drop this patch from the next version.", "patch"),
    ("I'll drop this patch in the v3.", "patch"),
    ("Okay, let's drop this patch.", "patch"),
    ("It still races, so let's drop this patch from the series.", "patch"),
    ("Please ignore this version of the patch series, I'll send v3.", "series"),
    ("Please ignore this series of patches, they are for the old tree.", "series"),
    ("Please ignore this duplicated patch.", "patch"),
    ("This patch is superseded by", "patch"),
    ("This patch is not needed and should be dropped.", "patch"),
    ("I made a typo in the author's name, please ignore this patch and take v3.", "patch"),
    ("Self-NAK on this series, it leaks.", "series"),
    ("Self-NAK as it leaks.", "patch"),
)
BARE = (
    "Please ignore.",
    "Ignore this please.",
    "Scratch this, it does not boot.",
    "Sent by mistake, please drop this.",
    "Ignore this one, I've just sent v2...",
    "I sent the wrong file, please ignore this.",
    "This is not needed any more.",
    "It doesn't work; please disregard for now.",
    "Sorry, please ignore this change...",
    "The binary was added by accident, please ignore this one.",
)
ALONE = (
    "Please ignore.",
    "Forgot Ben's tag. Please ignore :-/",
    "Whoops, please ignore, I sent it again with the tag.",
    "Ignore please, my mailer crashed.",
    "Ben's patch does the same already, so please ignore this.",
    "Please disregard this. Will send a v3.",
    "Ignore this one, the right one is v3.",
)
NOT_ALONE = (
    "I'll drop it.",
    "Sorry, I'll drop this one.",
    "There are some more below, please ignore.",
    "I forgot to remove the tag. Please ignore, it'll be gone in v3.",
    "Please ignore this.",
    "It's a false positive, please ignore.",
    "Sorry, please ignore this hunk.",
    "Sorry, please ignore this part of the patch.",
    "Wrong indentation here, please ignore.",
    "The tag is wrong, please ignore.",
    "The v2 in the subject is wrong, please ignore.",
    "Sorry for the extra blank line, please ignore.",
    "Ignore this, it's a leftover debug print, will remove in v3.",
    "Sorry for the HTML, please ignore.",
    "I forgot to remove this statement. Please ignore it.",
)
NONE = (
    "Please ignore this warning.",
    "Please ignore the comment.",
    "Please disregard the second email.",
    "Please ignore my last responses.",
    "Please ignore v1.",
    "Please ignore the previous version.",
    "If it causes trouble, feel free to disregard this patch.",
    "Please ignore this patch if the lamp is off.",
    "Should I drop this patch?",
    "I could drop this patch.",
    "I won't drop this patch.",
    "Do not ignore this patch.",
    "We can ignore this error.",
    "This patch is not needed, but some may want it.",
    "This lock is not needed.",
    "I'll drop this line in v3.",
    "I dropped the lock.",
    "The old call is superseded by the new one.",
    "I forgot this one.",
    "I'll drop this kernel thread.",
    "This instruction set is not required.",
    "I'll drop the set.",
    "We drop this data set because it is unused.",
    "I'll drop this firmware version.",
    "v2 is no longer required.",
    "Please ignore my previous version.",
    "Please ignore my v1 patch.",
    "Please ignore my first version of this patch.",
    "Please drop my previous patch and take this.",
    "Please drop the series from next and use this one.",
    "Please ignore this mail, my mailer broke the quoting.",
    "Please ignore this e-mail and refer to the series below.",
    "This comment was wrong, please ignore it.",
    "This comment was wrong, please ignore this.",
    "The warning is bogus, please ignore.",
    "Please ignore this, the patch is fine after all.",
    "You can ignore this patch for the 5.4 stable tree.",
    "Please ignore this series, only patch 1 is needed.",
    "I'll drop the patch with the reset.",
    "I can drop this patch, what do you think.",
    "I'll drop this patch, what do you think.",
    "No self-NAK needed.",
    "I do not self-nak.",
    "I don't NAK my own patch.",
    "Alternatively, I drop this patch.",
    "Another option: drop this patch.",
    "There are two ways: 1. drop this patch and 2. rework it.",
    "3. Drop this series and take Ben's.",
    "1) Drop this patch and leave it all as it is.",
    "If we write it out (i.e. drop this patch), it works.",
    "In that case, drop this patch.",
    "Assuming that Ben's fix works, I'll drop this patch.",
    "I would opt for the simpler: drop this patch.",
    "I'll drop this patch, if that is ok.",
    "I'll drop this patch, or rather fold it into the next one.",
    "I'll drop this patch and squash it into patch 1.",
    "I'll drop this patch, let me know if you need it.",
    "So I'll drop this patch, right.",
    "You mean, drop this patch.",
    "As Ben wrote, ignore this patch.",
    "Maybe somebody tells me that it is wrong and I'll just drop this patch.",
    "I guess I'll drop this patch.",
    "I want to drop this patch.",
    "I can remove the message or leave it as it is and drop this patch from the series.",
    "You can ignore this patch; it is only for the curious.",
    "Please drop the patch in next, and apply this one.",
    "Please drop the patch, and apply this one.",
    "Please ignore this series for now, it depends on Ben's.",
    "Please discard the patch I sent earlier as v2.",
    "On x86, this patch is not needed.",
    "With your change, this patch is not needed.",
    "This patch is not needed as such, the bug is rare.",
    "This patch is not needed because of the first bug, but of the second.",
    "This patch is not needed, Ben says.",
    "This patch was abandoned, here I revive it.",
    "This series was abandoned by Ben, I continue it.",
    "This patch is superseded in part by Ben's.",
    "This patch was superseded by v2, which is this one.",
    "Superseded by v1, no.",
    "Self-NAK for v1.",
    "Self-NAK to my idea with the lock.",
    "Self-NAK for the commit message, will fix.",
    "Ben made me NAK my own patch once.",
    "Please ignore my (first) version.",
)
CODE = "> +#include <lamp.h>"
BELOW_QUOTES = (
    (CODE, "Right, I'll drop this one."),
    (CODE, "This is not needed, I'll remove it in v2."),
    (CODE, "This is dead code, I'll drop this."),
    (CODE, "Why? I see.\n\nPlease drop this."),
    ("> WARNING: line too long", "Please ignore this."),
)


@pytest.mark.parametrize(("said", "extent"), NAMED)
def test_words_that_name_the_patch_withdraw_it(said, extent):
    """Below any reply, and they tell whether one patch is meant or all."""
    taken = find_withdrawal(said.split("\n"), revision=2)
    assert taken is not None
    assert taken.extent == extent


@pytest.mark.parametrize("said", BARE)
def test_a_bare_this_is_the_patch_that_is_answered(said):
    """Where an answer to another reply says so, it may be about that reply."""
    assert find_withdrawal([said], revision=2, is_direct=True)
    assert find_withdrawal([said], revision=2) is None


@pytest.mark.parametrize("said", NONE)
def test_other_things_are_not_withdrawn(said):
    """Not a warning, a mail, another version, nor what somebody may or must not do."""
    assert find_withdrawal([said], revision=2, is_direct=True) is None


@pytest.mark.parametrize("said", ALONE)
def test_a_mail_that_says_no_more_means_the_patch(said):
    """Below the quoted patch, too, where it is all that the answer to it says."""
    quoted = f"> Make the timer better.\n> ---\n> +#include <lamp.h>\n\n{said}\n"
    assert withdrawn(quoted, ["s-2@x"]) == [("re@x", (2,))]
    assert withdrawn(quoted, ["s-2@x", "q@x"]) == []
    assert withdrawn(f"> Make\n\nI'll change it.\n\n{quoted}", ["s-2@x"]) == []


@pytest.mark.parametrize("said", NOT_ALONE)
def test_a_part_of_the_patch_may_be_meant_below_a_quote(said):
    """Who drops `this` may drop a line, and who gives no reason may mean a quoted warning."""
    assert withdrawn(f"> +#include <lamp.h>\n\n{said}\n", ["s-2@x"]) == []


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("I'll drop patch 2 in v3.", (2,)),
        ("Please disregard 2/3 - it is an old file.", (2,)),
        ("So let's drop patches 1 and 3 from this series.", (1, 3)),
        ("Please ignore #3 for now.", (3,)),
        ("Please drop patch 2/3 as it is wrong.", (2,)),
    ],
)
def test_patches_are_withdrawn_by_number(said, numbers):
    """Whichever mail of the thread says it."""
    assert withdrawn(f"{said}\n", ["s-0@x"]) == [("re@x", numbers)]
    assert withdrawn(f"> Why?\n\n{said}\n", ["s-2@x", "q@x"]) == [("re@x", numbers)]


@pytest.mark.parametrize(
    "said",
    [
        "Please ignore 2/5, it is of another series.",
        "I'll drop patch 7.",
        "I'll drop patch 2 if Ben's works.",
        "Please drop patch 2 from stable.",
        "I dropped 2 locks.",
        "I'll drop 1/2 of the frames.",
        "I dropped patch 2 in v1.",
        "Please ignore patch 2/3's subject.",
        "Let's not drop patch 2.",
    ],
)
def test_numbers_of_other_things_withdraw_nothing(said):
    """Nor those of another series, by how many patches it has."""
    assert withdrawn(f"{said}\n", ["s-0@x"]) == []


@pytest.mark.parametrize(("quote", "said"), BELOW_QUOTES)
def test_below_a_quote_a_bare_this_may_be_a_line_of_it(quote, said):
    """Code and a checker's warning are dropped and ignored, too; what names the patch is plain."""
    assert withdrawn(f"{quote}\n\n{said}\n", ["s-2@x"]) == []
    assert withdrawn(f"{quote}\n\n{said}\n", ["s-2@x", "q@x"]) == []
    assert withdrawn(f"{quote}\n\nI'll drop this patch.\n", ["s-2@x"]) == [("re@x", (2,))]


def withdrawn(text, parents=("s-0@x",), sender=ADA, total=3):
    """Return the numbers of the patches that an answer of the author's withdraws."""
    mails = [*make_series(total=total)]
    mails.append(read_mail("q@x", "Re: [PATCH 2/3] KVM: timer 2", "Why?", EWA, ["s-2@x"], 2))
    mails.append(read_mail("re@x", "Re: [PATCH] KVM: timers", text, sender, parents, 5))
    (review,) = review_all(group_series(mails), mails)
    return [(one.message_id, one.patches) for one in review.withdrawals]


def test_what_is_withdrawn_is_told_by_number():
    """In answer to a patch it is that one, to the cover letter or with `series` each."""
    assert withdrawn("Please ignore this.\n") == [("re@x", (1, 2, 3))]
    assert withdrawn("Please ignore this.\n", ["s-2@x"]) == [("re@x", (2,))]
    assert withdrawn("Please ignore this series.\n", ["s-2@x"]) == [("re@x", (1, 2, 3))]
    assert withdrawn("I'll drop this patch then.\n", ["s-2@x", "q@x"]) == [("re@x", (2,))]
    assert withdrawn("These two patches are no longer needed.\n") == [("re@x", ())]


def test_only_authors_withdraw():
    """What a reviewer wants to be ignored or dropped is his opinion; a quote is nobody's word."""
    assert withdrawn("Please ignore this series.\n", sender=EWA) == []
    assert withdrawn("> Please ignore this series.\n\nWhy?\n") == []


def test_an_authors_nak_of_his_own_patch_withdraws_it():
    """`NAK.` in answer to the own patch does, but not below a reviewer's words."""
    assert withdrawn("NAK. It leaks.\n", ["s-1@x"]) == [("re@x", (1,))]
    assert withdrawn("NAK. It leaks.\n", ["s-2@x", "q@x"]) == []
