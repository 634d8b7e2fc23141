"""Test results, questions to others and asides, which ask nothing of the author."""

import pytest

from kvminbox.remarks import parse_remarks
from kvminbox.remarks.done import is_done
from tests.remarks.remark_mails import answer, lamp_series, quote

LINE = quote("+	timer_stop(&lamp->timer);")


def words(text):
    """Return the texts of the remarks in an answer of Ewa's to Ada's patch."""
    return [remark.text for remark in parse_remarks(answer(text), lamp_series())]


@pytest.mark.parametrize(
    "said",
    [
        "With the above fixed, it builds and boots fine (on two lamps).",
        ("I can confirm this works fine on a street lamp. Tested with dusk. I don't\nhave older"
        " lamps to test, though."),
        "This one works for my blinking woes.",
        "Tested on a desk lamp, fixed the blinking!",
        "With this, lamptorture no longer gets timer complaints on desks, thank you!",
        "I threw some lamp builds at it and they all passed, so LGTM.",
        "The s390 change looks good. Passes a quick sanity test of\nswitching two lamps.",
        "Boot-tested a lamp with this change (1/4 and 2/4 only) two patches.",
        ("I've tested this tree on my lamp which uses the dusk timer.\nEverything worked as"
        " expected, so you may add:"),
        "applied patch (1.2-dirty) over lamps.git\nand tested boot on a desk lamp - boots.",
        ("Thanks for the rebase. I will take a closer look at it tomorrow but I just ran\nthe"
        " lamp-tests and they are all still passing for me with this series."),
        "I don't have compilers for these.",
        "I have tested these lamps with two timers. There were no regressions. Hence,",
        "Ack. This patch fixed the lamp's failure on my side.",
    ],
)  # fmt: skip
def test_results_of_tests_are_no_remarks(said):
    """That it works, on what, and that more can't be tested asks for nothing."""
    assert words(f"{LINE}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "This looks okay to me now... Ben, agree?", "Timer folks, ack as well?",
        "Timer folks, ack to get this patch through lamps-next or even perhaps some\nclock tree?",
        ("These look all good and I'm about to apply the series.\n\nBen, do you have any remaining"
        " concerns?  It'd be nice if you can\ngive your Reviewed-by."),
        "Hm, only Ben Ostrom replied to this patch:\n\nhttps://lists.example/lamps/1@x",
        "Probably not.", "Yeah, I see how this unnecessary check made you think so.",
        "That's a comment on the above comment to say I'm fine with it as is :)",
        "Well, you rarely find a lamp which can actually handle a single one :)",
        "Ah, clearly I should've read the next patch... n/m.",
        ("FYI,\n\nI'm not ignoring this patch. I just wont be able to look at it until the"
        "\nmerge window is over."),
        "In the meantime, I'll wait a bit to see if we can get some Acks/Reviews.\n:)",
        "Splitting the patch here as this one is kinda big for one mail.",
        "Oops, not sure why I put that here but thanks for fixing this.",
        "Thanks for resending, will take a look soon!", "Thanks, let me pick this to lamps tree.",
        "Thanks! This is pretty uncontroversial, so planning to merge this\nquickly.",
        ("From an initial skim read of the patches, this is looking pretty clean.\nI'll try to do a"
        " full review in the next day or two"),
        ("Looks like the issues I noticed in the previous version have been\ndealt with, so, for"
        " the series:"),
        "This isn't a full review, just something I spotted so far. Please see\ninline.",
        ("Looks good. Ben, can I get an ack to take this through lamps.git? (you'll\nlikely see me"
        " repeat this question on the other patches)."),
        "Ben, are you interested in taking this through the lamp tree for 5.9?",
        "A comment below in case something like this patch moves forward:",
        "Ok never mind the bit above about the timer since you're\nswitching it off here.",
        "Trivial bit of lamp stuff that surprised me the other day that\ndoesn't apply here.",
        ("This patch series can also be retrieved from\n\n  https://lamps.example/lamps.git\n\n"
        "I based it on v5.6 since it still applies to it. You can see what changed by a diff."),
        "- Ewa",
    ],
)  # fmt: skip
def test_questions_to_others_and_asides_are_no_remarks(said):
    """Whoever is asked for an ack, and what becomes of the mail, is not the author's work."""
    assert words(f"{LINE}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "v2 looks correct to me.",
        "Rationale makes sense to me..",
        "No objections here.",
        "Very nice cleanup series to the timer code!",
        "So much less magic here, I like.",
        "I do not see any impediments to this series to be pulled.",
        "This makes alot more sense than the prior versions!",
        "I don't know the timers especially well, but nothing caught my\neye in here",
        "lamp.c guarantees we have the lock here, so we're fine.",
        (
            "I've given this a general once over, seems like a good plan and since\nit's mostly"
            " mechanical."
        ),
        "Many thanks for doing this, I remember the hard time with the timers. :)",
        "for merging via whichever tree seems best.",
    ],
)
def test_more_praise_is_no_remark(said):
    """So is assent with a reason that has no doubt in it."""
    assert words(f"{LINE}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "With the above fixed, it still hangs.", "It builds, but boots slowly.",
        "This works only on one lamp.", "With this, the lamp no longer works.",
        "I ran the lamp tests and they all failed.", "I don't have a lock here.",
        "This one works for my lamp if the timer is off.",
        "Tested on a desk lamp, the blinking is not fixed.",
        "Ada, agree?", "Ben, why is there a lock?", "Ben, any objections if this is a lock?",
        "Ben, can you ack that this leaks?", "Timer folks, is this lock needed?",
        "It'd be nice if you can give your Reviewed-by.", "Only one lamp replied to this.",
        "I see how this lock is taken twice.", "Not really.", "Probably not needed.",
        "Well, you rarely need a lock here.", "I should have a lock here, too.",
        "I won't be able to take this without a test.", "Splitting this patch would help.",
        "Not sure why I put that here, please drop it.", "Will this look at the lock?",
        "Let me pick this apart: it leaks.", "Planning to merge this needs a test.",
        "This isn't a full review, just a NAK.", "v2 looked better to me.",
        "The rationale is odd.", "Nice series, but it leaks.", "I do not see any users of this.",
        "I do not see any lock here.", "Nothing stops two lamps here.",
        "We never lock it here, so we're fine.", "This is a lock, so should be fine?",
        "for merging this needs a changelog.", "So much less locking here, why?",
        "Ada, are you interested in taking this lock?", "Ben, are you interested in taking a lock?",
        "Ada, can I get an ack to take this?", "Never mind the lock, but drop the timer.",
        "This patch fixed the wrong lamp.", "There were no locks.", "A comment below is wrong.",
        "The reason that you give doesn't apply here.", "- timer", "Hence a lock.",
        "This series can be found in two lists, please send it to one.",
    ],
)  # fmt: skip
def test_what_resembles_them_is_a_remark(said):
    """A doubt, a fault, a condition, or a question to the author or on the code."""
    assert words(f"{LINE}\n{said}\n") == [said]


def test_a_scissors_line_alone_is_no_remark():
    """It stands above a suggested patch, whose reason is told above."""
    text = f"{LINE}\nUse a lock:\n\n{quote('+	return 0;')}\n--- >8 ---\n"
    assert words(text) == ["Use a lock:"]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Thanks, I've updated lamps.git to v5.", True),
        ("I updated my tree to this version.", True),
        ("I've got the patch locally, and will push it out later on today.", True),
        ("I've got the patch locally, and it hangs.", False),
        ("Update lamps.git to v5.", False),
        ("I've updated my lamp to v5 and it hangs.", False),
    ],
)
def test_a_tree_that_was_updated_is_done(text, done):
    """Who has the new version in a tree took it."""
    assert is_done(text) is done
