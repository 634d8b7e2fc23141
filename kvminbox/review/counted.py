"""Patches that words tell by number or by their place: `1-3`, `the first two`, `the third one`."""

import re
from typing import Final

from kvminbox.review import wording
from kvminbox.review.grammar import compile_words
from kvminbox.review.scope import NUMBERS, parse_numbers
from kvminbox.review.wording import SMALL

SMALL_NUMBERS: Final = {word: number for number, word in enumerate(SMALL.split("|"), 2)}
_IN_ORDER: Final = "first 1st|second 2nd|third 3rd|fourth 4th|5th|6th|7th|8th"
ORDINALS: Final = {
    word: number for number, words in enumerate(_IN_ORDER.split("|"), 1) for word in words.split()
}
COUNT: Final = rf"(?P<count>\d{{1,3}}|{SMALL})"
# `patches 1-4`, `1/5 and 2/5`, `#3`; but no number in `3 patches` or `4 of them`
NUMBERED: Final = compile_words(
    r"(?<![\w./-])(?<!\ball )(?<!\bthese )(?<!\bthose )(?<!\bfirst )(?<!\blast )(?<!\bother"
    r" )(?<!\bremaining )"
    rf"(?P<word>patch(?:es)?(?: numbers?)? )? *(?P<list>{NUMBERS})(?![\w/]|[.-]\w)"
    r"(?(word)|(?! (?:\w+ )?(?:patch|fix|cleanup|commit|of\b|more\b|others?\b)))"
)
FIRST: Final = compile_words(
    rf"\b(?P<end>first|beginning|last) (?:{COUNT}\b|(?:\w+ )?(?:patch|one|fix|cleanup|commit)"
    r"|(?=and this\b))"
)
ORDINAL: Final = compile_words(rf"\b({'|'.join(ORDINALS)}) (?:\w+ )?(?:patch|one|fix|commit)\b")
# `the first and third patch`, `1st and 2nd`
_ORDINAL_LIST: Final = compile_words(rf"\b{wording.ORDINALS}\b")


def find_numbers(named: str) -> tuple[int, ...]:
    """Return the numbers of the patches that are named."""
    found: dict[int, None] = {}
    for match in NUMBERED.finditer(named):
        found.update(dict.fromkeys(parse_numbers(match["list"])))
    if not found and (listed := _ORDINAL_LIST.search(named)):
        return tuple(
            ORDINALS[word.lower()]
            for word in re.findall(r"\w*\w", listed[0])
            if word.lower() in ORDINALS
        )
    ordinal = ORDINAL.search(named)
    if not found and ordinal and ordinal[1].lower() != "first":
        return (ORDINALS[ordinal[1].lower()],)
    return tuple(found)


def find_ends(named: str) -> tuple[int, int]:
    """Return how many at the beginning and at the end are named: `the first two`."""
    named = _swap_ends(named)
    first = last = 0
    for match in FIRST.finditer(named):
        count = read_number(match["count"] or "1")
        if match["end"].lower() != "last":
            first = count
        else:
            last = count
    return first, last


def _swap_ends(named: str) -> str:
    """Return `first two patches` for `two first patches`."""
    return re.sub(
        rf"\b{COUNT}\s(?P<end>first|last)\b", r"\g<end> \g<count>", named, flags=re.IGNORECASE
    )


def read_number(said: str) -> int:
    """Return a number that is written as a word, or in digits."""
    return SMALL_NUMBERS.get(said.lower()) or int(said)
