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
)


@pytest.mark.parametrize("said", DONE)
def test_who_took_or_mended_the_patch_asks_for_nothing(said):
    """Also where it tells what was changed, which its author may want to read."""
    assert is_done(said)


@pytest.mark.parametrize("said", [*WANTED, "Applied to next. " + "It is fine. " * MAX_DONE])
def test_bad_news_and_wishes_ask_for_something(said):
    """Whatever was taken with them; and so may what is too long to tell."""
    assert not is_done(said)
