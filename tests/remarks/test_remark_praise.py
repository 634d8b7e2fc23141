"""Praise, agreement and hand-over in free words, which ask nothing, and what resembles them."""

import pytest

from kvminbox.remarks import parse_remarks
from tests.remarks.remark_mails import answer, lamp_series, quote

LINE = quote("+	timer_stop(&lamp->timer);")


def words(text):
    """Return the texts of the remarks in an answer of Ewa's to Ada's patch."""
    return [remark.text for remark in parse_remarks(answer(text), lamp_series())]


@pytest.mark.parametrize(
    "said",
    [
        "All your changes look good to me (along with the second lamp),\nso FWIW:\n",
        "I think this is a very useful addition, especially as lamps\nproliferate.\n",
        "Thanks, I think this is the right approach.\n",
        "This API looks good to me.\n", "That's fine with me.\n", "This is impressive.\n",
        "Looks like a great clean-up, thank you!\n", "Yes, I agree.\n", "Indeed.\n",
        "Ack -- thanks for marking the lamps!\n", "What a nice cleanup!\n",
        "I browsed the patches and it looks great to me, thanks for doing this\n",
        "Sounds like a good idea.\n", "Yeah, this is a lot cleaner\n", "Sounds exciting... ;-)\n",
        "This makes a lot of sense to me.\n", "I'm fine with the whole set.\n",
        "Thank you for taking care of all of this, Ada!\n", "Thanks Ada and Ben.\n",
        "Looks good to me. Sorry for the delay. It just got lost in my inbox.\n",
        "Patch looks fine to me. One observation inline.\n",
        "Indeed so!\n\nFixes: 0123456789ab (\"lamp: blink\")\n",
        "Looks like this one has already been fixed, thanks though!\n",
        "This is already applied in lamps-next.\n",
        "I think this can be lamps-next.\n", "This can go through the lamps tree.\n",
        "Ben, could you please pick these up?\n",
        "Ben, Carl: can you take this through the lamps tree, please?\n",
        "Ben, could you pick these patches up via the lamps tree?\nThey depend on the switch.\n",
        "For anyone looking for the original, it was never posted,\nbut is on my lamps/rework branch:\n\nhttps://git.example/lamps?h=rework\n",
        "Fully agreed.\n", "Sure, make sense.\n",
        "I believe it's excellent, thank you very much for the change and efforts!\n", "_\n",
        "I'm fine with this part.\n", "This part looks good to me.\n",
        "Thank you, looking forward to the next version.\n", "Looking forward to v3.\n",
        "Thanks! I've tested this on a lamp which is broken on\nv6.1 without this patch!\n",
        "Queued and pushed, thank you, Ada!\n\n\t\t\tThanx, Ewa\n",
    ],
)  # fmt: skip
def test_praise_agreement_and_hand_over_are_no_remarks(said):
    """In their own words, they ask nothing of the author, and tell of nothing that is wrong."""
    assert words(f"{LINE}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "All your changes look good to me, but please add a test.",
        "I think this is a very useful addition once the lock is gone.",
        "I think this is the right place to check the lamp.",
        "It is nice to have a comment here.", "It would be a good idea to say why.",
        "The old version looks good to me.", "The driver is fine, the lamp is not.",
        "That looks like a great reason to split this.", "This is a good start.",
        "Looks good and stops the wrong timer.", "Makes more sense to stop it.",
        "Agree with Ben that it leaks.", "Thanks for the lamp and fix the timer.",
        "Thanks for the lamp, it burns.", "Same here.",
        "I'm fine with this part if the lock is held.", "This part is wrong.",
        "Looking forward to your explanation.", "Looking forward to this being split.",
        "I've tested this on a lamp which is broken with this patch!",
        "Looks good as long as you keep the lock.", "Thanks for the lamp, but which?",
        "Fixes: 0123456789ab (\"lamp: blink\")", "This is already fixed in lamp_stop().",
        "I agree that it should go.", "This should go through lamps-next.",
        "Ada, could you please pick these up?", "Ben, could you take a look?",
        "Ben, can you take this into account?", "could you please pick these up?",
        "Ben, could you pick these up? The second one leaks.",
        "Ben, can you pick the first one up after the lock is fixed?",
        "For anyone looking for the lock, it is missing here.",
        "For anyone reading this, the name is odd.", "I looked at the lamps and found a leak.",
    ],
)  # fmt: skip
def test_what_resembles_praise_or_hand_over_is_a_remark(said):
    """A wish, a reason with a doubt, an objection, and what the author is asked."""
    assert words(f"{LINE}\n{said}\n") == [said]


STAT = " drivers/lamp.c | 2 ++\n 1 file changed, 2 insertions(+)\n"


@pytest.mark.parametrize("left", [STAT, "2.43.0\n"])
def test_what_is_left_of_a_suggested_patch_is_a_remark_only_alone(left):
    """A bare diffstat or git's version is none below words, and stands for its patch without."""
    assert words(f"{LINE}\nHow about this?\n\n{LINE}\n{left}") == ["How about this?"]
    assert words(f"{LINE}\n{left}") == [left.rstrip()]
