"""Whether a remark is only about merging the patches, or about the patches themselves."""

import pytest

from kvminbox.analysis.merging import is_of_merging

ABOUT_MERGING = [
    "Any news about this one?",
    "Gentle ping.",
    "ping?",
    "What's the status of this patch?",
    "Any chance to get this merged?",
    "I would like to see this merged.",
    "Who is going to take this?",
    "Who takes these?",
    "Has this been picked up?",
    "Is this queued for 6.9?",
    "Did this get lost?",
    "When will this land?",
    "Can this go in via the clock tree?",
    "Which tree is this for?",
    "Whose tree does this go through?",
    "Should I take this through my tree?",
    "Could you apply this, please?",
    "Can you please merge this?",
    "Please apply.",
    "Please consider applying this.",
    "Please take it through your tree.",
    "Feel free to merge it through your tree.",
    "I can take this with your ack.",
    "May I have an ack for the part of the clock?",
    "I'll queue this when the merge window closes.",
    "Hi Ada,\n\nI will apply the series tomorrow. Thanks!",
    "I think Ada had already applied it to her tree.\nhttps://lamp.example/lamps/1",
    "It should be merged soon.",
    "No objections to this going in.",
    "Cc'ing Rob, who knows this code.",
    "Adding Rob to Cc.",
    "You're right, never mind.",
    "Sorry, I misread that.",
    "Please ignore my last mail.",
    "Fair enough.",
]
ABOUT_THE_PATCHES = [
    "Did you test this on a big machine?",
    "I think the tree should be walked in reverse order.",
    "Why do you take the lock twice?",
    "What happens if the queue is full?",
    "Does this handle the case where the lock is already taken?",
    "Is the pull-up enabled by default?",
    "Is it fine to call this from an interrupt?",
    "This works fine for me, but the lamp stays dark.",
    "Who acks the interrupt now?",
    "This doesn't apply any more.",
    "I don't think we want to merge this.",
    "Please don't apply this yet, I want to look at it first.",
    "Let's wait with merging until the binding is accepted.",
    "I'm not going to apply this as it is.",
    "I won't take this.",
    "Before I apply this: who uses the function?",
    "I was about to apply this, but it conflicts with another patch.",
    "Why not merge the two functions?",
    "Would you mind splitting this before it is applied?",
    "Please merge these functions, it breaks otherwise.",
    "This should be merged with the other function.",
    "Please merge this one with patch 2.",
    "Fair enough, but then the lock is useless.",
    "That's fine. However, the error path is not covered.",
    "Where is the device tree change for this?",
    "The device tree needs a schema for it.",
    "Is this based on the right tree?",
    "I applied this and the lamp no longer lights.",
    "I have applied the patch, and it hangs at night.",
    "With this applied, the night takes two minutes.",
    "After applying this I see a warning.",
    "When I ping the other side, the first packet is lost.",
    "Pick a better name for the function.",
    "It would be good to have numbers before this gets merged.",
    "You queue the work, and who flushes it?",
    "I have doubts about pushing this into the core.",
    "I misread the data sheet, and the bit has to be inverted.",
    "Ack, but the second argument is not used.",
    "Isn't this merged twice now?",
    "I can take this. The commit message needs work.",
    "Could you rebase it? Then I can take it.",
    "What about the tests? Otherwise I can take this.",
    "",
]


@pytest.mark.parametrize("text", ABOUT_MERGING)
def test_who_takes_the_patches_and_when(text):
    """Pings, plans and questions who merges them, and words that take a remark back."""
    assert is_of_merging(text)


@pytest.mark.parametrize("text", ABOUT_THE_PATCHES)
def test_what_the_patches_do(text):
    """Words of merging in a question about the code, a wish, a refusal or a report do not count."""
    assert not is_of_merging(text)
