"""Remarks that tell what their writers did with the patch, and what resembles them."""

import pytest

from kvminbox.remarks.done import MAX_DONE, is_done

DONE = (
    "Applied to kvm/next with a comment of two lines, thanks.",
    "So I have applied this, since the old name confuses a lot of readers.",
    "I've fixed this up locally and applied the patch.",
    "KVM_CAP_ONE (sorry for the typo in my suggestion).  I'll fix it when applying.",
    'Changed to "surrounded" for the benefit of all.',
    "^ I dropped this comment as it refers to the previous version.",
    "Use the new name, which is easier to read.\n\nI fixed them up and applied patch 1.",
    "Pulled, thanks (to kvm/queue only for now).",
    "I'll queue this as a 6.19-rc2 hotfix.",
    "Thanks, I'll add this series to lamp.git's lamp-new branch.",
    "Thanks, I (re-)added this series to kvm.git.",
    "I've applied this to my new series.",
    "Hearing no objections, I have queued and pushed all four, thank you!",
    "Done. Thanks,",
    "I'll merge it once I'm back home.",
    "Thanks, I'll queue this for 6.19-rc2, but not for -stable. I added the lamp to the title.",
    "Sure, I'll queue it up now for 6.7, so that others can build on it.",
    "Oh, sorry about that, obviously no robot builds this :( I'll go queue this up now,",
    'Looks good. I added a "Fixes: 0123456789ab ("lamp: a race")" tag. I\'ll send this\nup in 6.7.',
    "s/now/now,/\n\n...all of the above fixed up locally.",
    "Ada hasn't spoken up yet, but I went ahead and queued up the patches for 6.6.",
    "This is not necessary, I'll delete the line, no need to resend just for that.",
)
WANTED = (
    "Applied 1-2 because 3 breaks the build.",
    "Applied to kvm/next, but patch 2 leaks.",
    "Applied. Please send a test.",
    "Applied. Will drop patch 3.",
    "I'll apply this once the title is right.",
    "I'll queue this if nobody objects.",
    "I'll add this to the list of what breaks.",
    "Should I fix it when applying?",
    "You could have fixed it when applying this.",
    "I changed this line to use a lock and it works.",
    "Changed to a lock here.",
    "Picked this up. An alternative might be a lock.",
    "Done in the wrong place.",
    "I've fixed this up when applying, but the second hunk leaks.",
    "I applied this to v6.1 and it hangs.",
    "I'll queue this for 6.19, but not the second patch.",
    "I'll queue this for 6.19, but not for lamps that leak, please mend them.",
    "I'll send this to my lamp and see what breaks.",
    "There is no need to resend this.",
    "I'll delete the line, no need to resend, but the title has a bug, please send a new one.",
    "All of the above leaks.",
)


@pytest.mark.parametrize("said", DONE)
def test_who_took_or_mended_the_patch_asks_for_nothing(said):
    """Also where it tells what was changed, which its author may want to read."""
    assert is_done(said)


@pytest.mark.parametrize("said", [*WANTED, "Applied to next. " + "It is fine. " * MAX_DONE])
def test_bad_news_and_wishes_ask_for_something(said):
    """Whatever was taken with them; and so may what is too long to tell."""
    assert not is_done(said)
