"""Sentences that only lead to other remarks or praise a part, and those that want something."""

import pytest

from kvminbox.remarks import parse_remarks
from kvminbox.remarks.done import is_done
from tests.remarks.remark_mails import answer, lamp_series, quote

LINE = quote("+	timer_stop(&lamp->timer);")
NOTHING = (
    "Generally looks fine, some comments below.",
    "Looks good to me; two comments inline.",
    "Looks good, one minor comment",
    "Looks very good now, there are few very minor points see below.",
    "Good catch, a few comments below.",
    "Other than the minor things the rest looks good.",
    "Other than typos, this patchset looks good to me.",
    "Besides a few stylish things, it's fine.",
    "These and the rest of the changes look good.",
    "And these two are fine as well.",
    "Thanks for the patch, it's great to see this implemented! Please, see a small nitpick below.",
    "Nice to see KLAMP on more boards.",
    "Thanks for this, a full review will take some time, but I have some minor comments already.",
    "This probing function looks good.",
    "Otherwise this looks like a good refactoring.",
    "Good description, thanks!",
    "+1 for a nice description!",
    "Thanks, that's so much easier to read now.",
    "In general it looks great. It turned out clean and simple.",
    "Huh, thanks for spotting this!",
    "It looks to be ready from my side, I'll test it on two lamps to double check.",
)
SOMETHING = (
    "Generally looks fine, but the lock leaks.",
    "Looks good, one minor comment: use a lock.",
    "Other than the leak the rest looks good.",
    "Other than the missing lock, this looks good.",
    "These two are wrong as well.",
    "It'd be nice to see a lock here.",
    "Nice to have a lock here.",
    "Nice to see a lock if it blinks.",
    "The old function looks good.",
    "This probing function looks good?",
    "A full review will take some time, but the lock leaks.",
    "Good reason to split this.",
    "This looks like a good place for a lock.",
    "It turned out slow.",
    "Thanks for fixing this, please add a test.",
)


@pytest.mark.parametrize("said", NOTHING)
def test_what_only_leads_to_remarks_is_none(said):
    """What it leads to are remarks of their own."""
    assert parse_remarks(answer(f"{LINE}\n{said}\n"), lamp_series()) == ()


@pytest.mark.parametrize("said", SOMETHING)
def test_what_has_a_wish_or_bad_news_is_a_remark(said):
    """However friendly it begins, or like such a sentence it is."""
    (remark,) = parse_remarks(answer(f"{LINE}\n{said}\n"), lamp_series())
    assert remark.text == said


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("The call came with v2.4, thus I dared to update the commit message.", True),
        ("It's a no-op, hence I've modified the patch to remove the check.", True),
        ("I took the liberty to reword the title.", True),
        ("I dared to update the message, but the lock still leaks.", False),
        ("I dared to ask you for a test.", False),
        ("I've changed the patch to test it and it fails.", False),
        ("I've changed the patch to print the clock.", False),
        ("I have modified the patch and tested that on my board.", False),
        ("I dared to change the code and it broke.", False),
        ("I took the liberty of adding a Cc.", False),
        ("I'd have modified the patch to remove the check.", False),
    ],
)
def test_who_mended_the_patch_asks_for_nothing(said, done):
    """`I dared to update the message` does, unless it goes on."""
    assert is_done(said) is done
