"""Sentences from person to person below a patch, which ask nothing, and what resembles them."""

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
        "Nevermind, I confused lamp_stop() with lamp_exit(), which you handle in patch 2.",
        ("Absolutely.  I can't share anything about lamps at this time but you can\nread whatever"
         " you want into my will to help to get this (and the lamps\nthat are built on it) done."),
        "Nice! Appreciate you including the results of the test.", "Absolutely.",
        "Excellent! This all sounds quite interesting.",
        "This looks promising to me, some comments below.",
        "Ah. Fair enough, ignore comment in previous patch.  I should have read on...",
        "Oh, scratch that.", "Ignore my last comment, I see it now.",
        "I missed that last time, sorry.", "My bad.", "Ah, I misread this part.",
        "I'll have a closer look at this shortly!", "Let me go and review the patches now.",
        "I will test it soon.", "I'll read the rest tomorrow.", "Happy to help!",
        "You're welcome.", "I hope to meet you anyway at the Lamp Forum!",
        "Sure, yeah. I can take it.", "I can take this through the lamps tree.",
        "I'm happy to pick these up.", "I've added in the timer folks.",
        "Adding Ben and the lamps list.", "yes I am changing my default address",
        "My address is now ewa@lists.example.", "[*] Here", "Yay!", "Ah! :D",
        "So much for my previous brilliant suggestion. :)", "Gentle ping to the lamp people.",
        "That's nice, I used to do that by hand :)", "I trust you on the actual values...",
        ("Ping to the lamp maintainers... can someone pick this up? It looks like\nall the feedback"
        " has been addressed."),
        "Yes, I think that should work too.", "Yes, this ought to work fine.",
        "Perfect timing - thanks for sending those out.", "MBR, Ewa",
        "Can one of the timer maintainers pick this series up?", "... zip ...",
        "Thank you for your patch. There is something to discuss/improve.",
        "FWIW, I've retested v7 and got no OOM (caused by the lamp), on two lamps.",
        "I gave this a quick try on our board and it worked well with both\naction=0/action=1",
        "I've been testing this for a few weeks on my lamps.",
        "Checked and that's indeed the address of the lamp.",
        "Looks good, the values match those of the manual.",
        "Indeed, lamp_first() always gives a lamp.", "Oof, nice catch.", "Huhuh... Nice catch.",
        "The code above looks good.", "Yes, looks fine from a lamp's perspective.",
        "I do agree that it makes this more readable.", "The comment is very good.",
        "Simplifies the code and makes it cleaner.",
        "That's some fine lamp wizardry right there! :)",
        "Good, returning an error here instead of zero is the right\napproach, so lamps see it.",
        ("Confirmed. I reviewed the 4 patches of this version of the series and\nI'm fine with"
        " them. I also tested the result successfully on my lamp."),
        ("Although I haven't had the time yet to do an in-depth review, from a\nquick look all"
        " patches in this series look good to me."),
        ("Awesome; thanks for working on this! I'm looking through the patches\nnow."
        " I'll send notes in\na bit..."),
    ],
)  # fmt: skip
def test_words_between_people_are_no_remarks(said):
    """Who takes back, promises, hands over, laughs or has a new address asks for nothing."""
    assert words(f"{LINE}\n{said}\n") == []


@pytest.mark.parametrize(
    "said",
    [
        "Nevermind the lock: it leaks.", "Never mind, but the lock is odd.",
        "Scratch that, please use a lock.", "Ignore this return value.",
        "Ignore the comment in the other file.", "Fair enough, ignore the comment on the lock.",
        "Ignore my comments on the other patch, this should have a lock.",
        "I missed that the lock is taken.", "And I missed that one earlier:",
        "I misread this as a timer.", "I'll have a look why it hangs.",
        "I will test it once the lock is gone.", "Let me look: this leaks.",
        "I'll look at it if you add a test.", "Happy to see a test here.",
        "Happy to help if you add a test.",
        "I can take this once the title is right.", "I can take a lock twice here.",
        "I've added a lock to the timer.", "Adding a lamp to the list.",
        "I am changing the address of the lamp.", "My address is wrong here.",
        "[*] Here it leaks.", "Ha, this leaks.", "Ah, but why?", "So much for my lock.",
        "Can someone explain this?", "Could you take this into account?",
        "Can one of the timer maintainers pick this lock?", "ping is broken here",
        "There is something to discuss in the timer.", "Retested, and got an OOM.",
        "I gave this a try and it hung.", "Checked and that's wrong.",
        "Looks good, the values match only half of the manual.", "The values differ.",
        "Indeed, lamp_first() leaks.", "Indeed, but why?", "The code above leaks.",
        "The comment is odd.", "Simplifies the code, but leaks.", "This is more code.",
        "Returning an error here is the right approach.", "Oops.",
        "Oh-oh.", "Whoa!", "Yes, that should work once it is locked.", "That should work too.",
        "I can't share this lock with the timer.", "Appreciate the work, but it leaks.",
        "I'd appreciate a test here.", "Absolutely not.", "This sounds wrong.",
        "This looks promising to me, some locks below.",
        "I can't share anything about lamps until this is locked.",
        "The timing is perfect for a race.", "Good, but returning zero is the right approach.",
    ],
)  # fmt: skip
def test_what_resembles_words_between_people_is_a_remark(said):
    """A doubt, a condition, a fault, a question, or what is said of the code."""
    assert words(f"{LINE}\n{said}\n") == [said]
