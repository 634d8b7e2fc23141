"""Remarks that begin with praise, which ask for nothing if no word of them is a doubt."""

import pytest

from kvminbox.remarks.content import MAX_CONTENT, MAX_INFORMING, informs, is_content

CONTENT = (
    "Rest of the checks look good to me.",
    "Aside from the name bikeshedding, the logic looks solid. :)",
    "This is correct and the counterpart to lamp_first().",
    (
        "Excellent! This all sounds quite interesting to me at least so I've added two cents here"
        " but looking\nforward to discussing at the lamp day."
    ),
    "Ah, good, you deleted it this time.",
    "guard(lamp); makes sense to me, as that's what you are doing here, so I'm good with it.",
    (
        "This looks good to me now. I don't have time to fully review the timer patches, but their"
        " premise looks good."
    ),
    "Yes, that way it's ok.",
    "This part looks fine though, as lamp.c no longer blinks.",
    "Thanks for fixing this failure, this version looks good to me. I'd like to merge it.",
    "I acked all of them but am fine with either of you merging it, whatever is easier.",
    "I've already acked this, so go ahead.",
    "Looks like wonderful work, thanks. And it's good to gain a selftest for this code.",
)
WANTED = (
    "This seems reasonable to inline in the header.",
    "Looks good. Use a lock here.",
    "Looks good, but it leaks.",
    "This is correct only with a lock.",
    "I acked the series but a lock is missing.",
    "I acked it, please use a lock.",
    "I acked the series but am fine with it only behind a lock.",
    "Thanks for the patch please drop it",
    "Thanks for the patch. It hangs.",
    "It's better to use a lock.",
    "That's right behind the lock, which leaks.",
    "Good catch. Is the timer off?",
    "Makes sense. Then rename it:",
    "You deleted it this time.",
    "Good, you dropped it. The other one is gross.",
    "The lamp is on.",
    "Single line comment syntax.",
    "Yeah looping on this is gross.",
    "",
)


@pytest.mark.parametrize("said", CONTENT)
def test_praise_without_a_doubt_is_content(said):
    """Whatever else it tells: it is settled, as an approval is."""
    assert is_content(said)


@pytest.mark.parametrize("said", [*WANTED, "Looks good. " + "Fine lamp. " * MAX_CONTENT])
def test_a_doubt_behind_praise_is_none(said):
    """A wish, a fault, a question, or an order; and so may what is too long to tell."""
    assert not is_content(said)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("FYI, thank you for this commit. Some background: it was hard to reach a lamp.", True),
        ("FYI, thanks for the series, which may restore a lamp.", True),
        ("FYI, thank you for this commit. Please use a lock.", False),
        ("FYI, thank you for this commit. It leaks.", False),
        ("FYI, thank you for this commit. Would a lock do?", False),
        ("FYI, there is a lock for this.", False),
        ("Thank you for this commit. Some background: it was hard to reach a lamp.", False),
        ("FYI, thank you for this commit." + " A lamp." * MAX_INFORMING, False),
    ],
)
def test_thanks_with_background_informs(said, found):
    """`FYI, thank you for this` and what it is good for asks for nothing, unless a wish follows."""
    assert informs(said) is found
