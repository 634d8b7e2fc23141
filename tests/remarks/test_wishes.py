"""Words by which a text may ask for something."""

import pytest

from kvminbox.remarks.asides import takes_back
from kvminbox.remarks.praise import tells_of_copy
from kvminbox.remarks.wishes import may_ask

COPY = "This series can be fetched from: https://git.example/lamps.git timer"
TAKEN_BACK = "Never mind, I see it now."
NOT_HERE = "Trivial bit of trivia that doesn't apply here."


@pytest.mark.parametrize(
    "wish",
    [
        "Is that so?", "Please rebase it.", "It should wait.", "It could be shorter.",
        "I would use a lock.", "A lock must be held.", "It needs a test.", "Use a lock instead.",
        "The title is wrong.", "A test is missing.", "There is a typo.", "Two nits.",
        "It has a bug.", "It fails on arm.", "This breaks the timer.",
    ],
)  # fmt: skip
def test_a_wish_is_one_behind_whatever_else_is_said(wish):
    """A copy that is told, or what is taken back, asks for something with a wish behind it."""
    assert may_ask(wish)
    assert not tells_of_copy(f"{COPY}\n{wish}")
    assert takes_back(TAKEN_BACK)
    assert not takes_back(f"{TAKEN_BACK} {wish}")
    assert takes_back(NOT_HERE)
    assert not takes_back(f"{NOT_HERE} {wish}")


@pytest.mark.parametrize(
    "text", [COPY, NOT_HERE, TAKEN_BACK, "The bugle is fragile.", "I needled him."]
)
def test_other_words_ask_for_nothing(text):
    """No wish is found within a word, and none where nothing is asked for."""
    assert not may_ask(text)
