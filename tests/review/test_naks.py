"""A bare `NAK.` in an answer, and what is none."""

import pytest

from kvminbox import group_series
from kvminbox.review import review_all
from kvminbox.review.naks import says_nak
from tests.review.review_mails import ADA, BEN, EWA, make_series, read_mail

NAKS = (
    "NAK.",
    "NACK",
    "Nak. This breaks suspend.",
    "NAK - the style guide is no rule.",
    "Nack, the lamp and the timer are two things.",
    "Big NACK from me: this leaks.",
    "So, NAK on this patch.",
    "> +new\n\nNAK!\n\n> -old",
    "Hello Ada,\n\nNAK to this series.\n\nSorry.",
    "I NAKed.",
)
NO_NAKS = (
    "NAK?",
    "NAK if it breaks suspend.",
    "NAK, if I read it right.",
    "NAK, ACK and timeout are the states.",
    "NAK\nACK\nSTALL",
    "Nak bits are set by the lamp.",
    "The lamp says\nNAK.",
    "I would NAK this.",
    "> NAK.\n\nWhy?",
    "Naked lamps.",
    "NAK-by: nobody",
    "No NAK is needed.",
)


@pytest.mark.parametrize("said", NAKS)
def test_a_paragraph_that_begins_with_it_is_one(said):
    """However it is spelt, and whatever reason follows."""
    assert says_nak(line for line in said.split("\n") if not line.startswith("> "))


@pytest.mark.parametrize("said", NO_NAKS)
def test_a_question_a_condition_or_a_bit_is_none(said):
    """Nor is what hardware answers, a list of states, or what somebody would do."""
    assert not says_nak(line for line in said.split("\n") if not line.startswith("> "))


def naks(text="NAK.\n", sender=EWA, parents=("s-1@x",), later="", before="", by=None):
    """Return who refused a series of three patches, maybe with an answer before or a later one."""
    mails = [*make_series()]
    cover = "Re: [PATCH 0/3] KVM: timers"
    if before:
        mails.append(read_mail("b@x", cover, before, sender, ["s-0@x"], 4.5))
    mails.append(read_mail("mid@x", "Re: [PATCH 1/3] KVM: timer 1", "How about x?", BEN, ["s-1@x"]))
    mails.append(read_mail("re@x", "Re: [PATCH 1/3] KVM: timer 1", text, sender, parents, 5))
    if later:
        mails.append(read_mail("l@x", cover, later, by or sender, ["s-0@x"], 9))
    review = review_all(group_series(mails), mails)[0]
    return [one.name for one in review.naks]


def test_who_refuses_is_told():
    """Who answers a patch or the cover letter so is named, once."""
    assert naks() == ["Ewa Lis"]
    assert naks(parents=("s-0@x",), later="NACK.\n") == ["Ewa Lis"]


def test_others_refuse_nothing():
    """Not the sender, not below another reply, and a Nacked-by is told as a tag."""
    assert naks(sender=ADA) == []
    assert naks(parents=("s-1@x", "mid@x")) == []
    assert naks(sender="kernel test robot <lkp@intel.com>") == []
    assert naks(f"NAK.\n\nNacked-by: {EWA}\n") == []


def test_a_later_approval_takes_it_back():
    """Who gives a Reviewed-by or Acked-by later, refuses no more; a Tested-by changes nothing."""
    assert naks(later=f"Now it is fine.\n\nAcked-by: {EWA}\n") == []
    assert naks(later=f"Tested-by: {EWA}\n") == ["Ewa Lis"]
    assert naks(later=f"Acked-by: {BEN}\n") == ["Ewa Lis"]


def test_an_approval_of_before_or_that_others_pass_on_takes_nothing_back():
    """A tag counts if its giver sends it, and after the refusal."""
    assert naks(before=f"Acked-by: {EWA}\n") == ["Ewa Lis"]
    assert naks(later=f"Acked-by: {EWA}\n", by=BEN) == ["Ewa Lis"]
