"""Remarks without words of their own, and the remark of the same mail that they refer to."""

import pytest

from kvminbox import link_series
from kvminbox.remarks import follow_up, parse_remarks
from kvminbox.series import group_series
from tests.remarks.remark_mails import ADA, answer, lamp_mails, lamp_series, quote

INIT = quote("+	timer_init(&lamp->timer, lamp_blink);")
STOP = quote("+	timer_stop(&lamp->timer);")
MORE = quote("+	return 0;")


def referred(text):
    """Return what the remarks of a reply refer to."""
    return [remark.refers_to for remark in parse_remarks(answer(text), lamp_series())]


@pytest.mark.parametrize(
    "words",
    [
        "ditto.", "Ditto", "(ditto)", "Same here.", "Same as above.", "same comment here",
        "Same thing here...", "Likewise.", "As above.", "and here.", "here also", "Here too.",
        "Same question as above", "same for this one", "Same",
    ],
)  # fmt: skip
def test_a_ditto_refers_to_the_nearest_words_above(words):
    """Whatever stands between, which has no own words either."""
    assert referred(f"{INIT}Why?\n\n{STOP}{words}\n\n{MORE}ditto\n") == ["", "Why?", "Why?"]


@pytest.mark.parametrize("words", ["As below.", "same as below", "Same comment as below."])
def test_as_below_refers_to_the_words_below(words):
    """The nearest ones, and nothing where there are none."""
    assert referred(f"{INIT}Why?\n\n{STOP}{words}\n\n{MORE}It leaks.\n") == ["", "It leaks.", ""]
    assert referred(f"{INIT}Why?\n\n{STOP}{words}\n") == ["", ""]


def test_a_mark_below_a_line_refers_to_the_words_of_the_mail():
    """To those below it, else to those above; and where there are none, it is no remark."""
    assert referred(f"{INIT}Why?\n\n{STOP}^^^\n\n{MORE}It leaks.\n") == ["", "It leaks.", ""]
    assert referred(f"{INIT}Why?\n\n{STOP}^^^\n") == ["", "Why?"]
    assert referred(f"{STOP}^^^\n") == []


@pytest.mark.parametrize(
    "words",
    [
        "Ditto for the lock.", "Same here, please lock it.", "Likewise. Why?",
        "Same comment as on 1/2", "As above, but later.", "Here it leaks.", "Sameness?",
        "as before it was",
    ],
)  # fmt: skip
def test_what_has_words_of_its_own_refers_to_nothing(words):
    """Its words are what it says, whatever they begin with."""
    assert referred(f"{INIT}Why?\n\n{STOP}{words}\n") == ["", ""]


def test_a_ditto_alone_refers_to_nothing():
    """What it refers to is in another mail."""
    assert referred(f"{STOP}ditto\n") == [""]


def test_who_answers_a_remark_answers_its_dittos():
    """Below the quote of the first one; not of another, and somebody else's words do not."""
    said = answer(f"{INIT}Why is it first?\n\n{MORE}Which one?\n\n{STOP}ditto.\n")
    own = answer("> Why is it first?\n\nIt must be.\n", sender=ADA, to=("s-1@x", "re@x"),
                 identity="own@x", hour=6)  # fmt: skip
    mails = lamp_mails()
    (chain,) = link_series(group_series(mails))
    found = follow_up(chain, [*mails, said, own])
    assert [one.answered for one in found] == [True, False, False]
    said = answer(f"{INIT}Why is it first?\n\n{STOP}ditto.\n\n{MORE}Which one?\n")
    found = follow_up(chain, [*mails, said, own])
    assert [one.answered for one in found] == [True, True, False]
