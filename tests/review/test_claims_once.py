"""A mail's claims are read once for all who ask, and are the same as if each had read them."""

import itertools

import pytest

from kvminbox.review import claim_text
from kvminbox.review.applied import read_applied
from kvminbox.review.claim_text import ClaimText
from kvminbox.review.phrases import NOBODY, People

TEXTS = {
    "a sender's own words": "Applied to lemon/next, thanks!",
    "somebody who is named": "Rob merged it.",
    "somebody whole": "Rob Peel merged this series.",
    "two who are named": "Rob merged it.\n\nAda queued the rest.",
    "patches of somebody": "I applied Rob's patches to my tree.",
    "a list": "[1/2] lemon: squeeze it\n      commit: 0123456789abcdef0123",
    "nothing": "I will apply it when the tests pass.",
    "another matter": "The lemons are ripe.",
}
KNOWN = {
    "nobody": NOBODY,
    "Rob": People(knows={"Rob", "Rob Peel"}.__contains__),
    "Ada": People(knows={"Ada"}.__contains__),
    "Rob's own": People(owns={"Rob", "Rob Peel"}.__contains__),
}


class _ReadAnew(ClaimText):
    """Lines whose sentences are read with whoever is known in mind."""

    def find_claims(self, people):
        return claim_text._find_claims(self.paragraphs, people)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("order", [*itertools.permutations(KNOWN)], ids="-".join)
def test_who_asked_before_does_not_matter(text, order):
    """Whoever is known, the answer is that of lines that nobody has read before."""
    said = ClaimText(text.split("\n"))
    for name in order:
        found = read_applied(said, people=KNOWN[name])
        assert found == read_applied(_ReadAnew(text.split("\n")), people=KNOWN[name])


def test_somebody_who_is_known_is_believed_after_all():
    """`Rob merged it` says nothing, and then it does, once Rob is known."""
    said = ClaimText(["Rob merged it."])
    assert read_applied(said) is None
    assert read_applied(said, people=KNOWN["Ada"]) is None
    found = read_applied(said, people=KNOWN["Rob"])
    assert found is not None
    assert found.somebody == "Rob"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (TEXTS["a sender's own words"], 1),
        (TEXTS["somebody who is named"], 2),  # Rob is one of those who are known
        ("Bob merged it.", 1),
        (TEXTS["another matter"], 0),
    ],
)
def test_the_sentences_are_read_again_only_where_somebody_known_is_named(text, times, monkeypatch):
    """Three questions read a mail's sentences once; whom it names and is known makes it two."""
    read = []
    find = claim_text.find_claims
    monkeypatch.setattr(claim_text, "find_claims", lambda *a: read.append(a) or find(*a))
    said = ClaimText(text.split("\n"))
    for people in (NOBODY, NOBODY, KNOWN["Rob"]):
        read_applied(said, people=people)
    assert len(read) == times
