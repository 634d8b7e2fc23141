"""Patterns of sentences with a place for words that name patches."""

import pytest

from kvminbox.review.grammar import (
    Phrase,
    compile_words,
    fullmatch_behind_intros,
    list_ends,
    list_starts,
    match_behind_intros,
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("I applied it", (0,)),
        ("OK, so I applied it", (7, 4, 0)),
        ("Thanks Ada, applied", (12, 7, 0)),
        ("I see that this is applied", (11, 0)),
        ("", (0,)),
    ],
)
def test_starts(text: str, places: tuple[int, ...]) -> None:
    """A sentence may begin behind each word such as `OK`, the farthest place first."""
    assert list_starts(text) == places


def test_starts_are_bounded() -> None:
    """Of a text of nothing else only some of such words are passed over."""
    assert len(list_starts("ok " * 1_000)) <= 50


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "the first two patches of this series to kvm/next",
            "the first two patches of this series",
        ),
        ("your v2 series", "your v2 series"),
        ("all patches except the 2 timer patches", "all patches except the 2"),
        ("it to kvm/next", "it"),
    ],
)
def test_ends(text: str, first: str) -> None:
    """Words that name patches end at the likely place first, and then anywhere else."""
    ends = [text[:end] for end in list_ends(text, 0)]
    assert ends[0] == first
    assert len(ends) == len(set(ends))


def test_a_number_is_not_cut() -> None:
    """`patches 1...5` are not `patches 1`."""
    ends = [*list_ends("patches 1...5", 0)]
    assert len("patches 1") not in ends


def test_longer_words_are_found_where_the_shorter_ones_do_not_fit() -> None:
    """What follows tells where the words end: `all patches except the 2 timer patches`."""
    found = Phrase("<what> for v5").match("all patches except the 2 timer patches for v5.12")
    assert found is not None
    assert found.what == "all patches except the 2 timer patches"


def test_apostrophes_and_blanks() -> None:
    """Both apostrophes and any white space match, also where a class has both already."""
    pattern = compile_words("I've [\\w'’]+ it")
    assert pattern.fullmatch("I’ve\nha'd it")
    assert pattern.fullmatch("I've _ it")


def test_intros_before_a_pattern() -> None:
    """A pattern matches behind such words, and where it begins with one of them itself."""
    now_in = compile_words("now in")
    assert match_behind_intros(now_in, "OK, now in kvm/next")
    assert match_behind_intros(now_in, "It is now in kvm/next") is None
    assert fullmatch_behind_intros(now_in, "Thanks, now in")
    assert fullmatch_behind_intros(now_in, "Thanks, now in kvm/next") is None


def test_groups_of_both_halves() -> None:
    """The named groups before and behind the words for patches are found, where they are there."""
    phrase = Phrase("(?P<who>I)?(?P<you>you)? got <what> (?P<verb>queued)")
    found = phrase.search("Hello. I got these patches queued")
    assert found is not None
    assert (found.what, found.get("who"), found.get("you")) == ("these patches", "I", "")
    assert found.get("verb") == "queued"
    assert phrase.match("I got lost") is None
    assert phrase.match_behind_intros("OK, I got it queued") is not None
