"""What a reply says its tags are for: `For the series:`, `Patches 1-3, 5:`."""

import re
from dataclasses import dataclass
from typing import Final, Literal

MAX_NUMBER: Final = 9_999
"""The greatest patch number that is understood."""

MAX_NUMBERS: Final = 1_000
"""Numbers that are read of one phrase; further ones are ignored."""

MAX_PHRASE: Final = 4_000
"""Characters right above a tag in which a phrase is looked for."""

_LEAD: Final = (
    r"(?:^|(?<=[.,;:!?)(*-])|\b(?:so|add|my|fwiw|and|then|tag|tags|here|this|it|as well))"
    r"[^\S\n]*+\(?"
)
_SERIES: Final = re.compile(
    _LEAD
    + r"(?:for|to|on) (?:all (?:of )?)?(?:the|this|your)?+\s*+(?:whole|entire|full|complete)?+\s*+"
    r"(?:patch[ -]?)?(?:series|patchset|set|lot|pile)\b(?= *(?:[:,.;)(!#]|$|with\b|but\b|except\b))"
    r"|^\(?(?:(?:the )?(?:whole|entire|full) )?series\)?:?$"
    r"|" + _LEAD + r"for all(?: of)?(?: the| these| your)? patches(?= *(?:[:,.;)(!#]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_BOTH: Final = re.compile(
    _LEAD + r"for both(?: of)?(?: the| these| your)? patches(?= *(?:[:,.;)(!#]|$))",
    re.IGNORECASE | re.MULTILINE,
)
# `1-3`, `6~18`, `1 to 3`, `#2`, `3/7`
_ONE: Final = (
    r"#?\d{1,4}(?:/\d{1,4})?(?:\s?(?:->?|–|~|\.\.|to|thru|through)\s?#?\d{1,4}(?:/\d{1,4})?)?"
)
NUMBERS: Final = rf"{_ONE}(?:(?:\s?[,+]\s?(?:and )?|\s(?:and|&)\s){_ONE}){{0,40}}"
"""A regular expression for a list of patch numbers and ranges of them."""
_RANGE: Final = re.compile(
    _LEAD + rf"(?:for )?(?:the )?patch(?:es)?(?: numbers?)? \[?({NUMBERS})\]?"
    r"(?= *(?:[:,.;)(!]|$|in (?:the|this) (?:series|set)|of (?:the|this) (?:series|set)))",
    re.IGNORECASE | re.MULTILINE,
)
_EXCEPT: Final = re.compile(
    r"\b(?:except|excluding|excepting|apart from|other than|besides|but)(?: for)? "
    rf"(?:the )?patch(?:es)? \[?({NUMBERS})\]?",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(
    r"(\d+)(?:/\d+)?(?:\s?(?:->?|–|~|\.\.|to|thru|through)\s?#?(\d+)(?:/\d+)?)?"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a phrase says; with `excepted`, all patches but those numbers."""

    kind: Literal["answered", "series", "range"] = "answered"
    numbers: tuple[int, ...] = ()
    excepted: bool = False


ANSWERED: Final = Scope()
"""Nothing is said: the tags are for the mail that the reply answers."""


def parse_scope(text: str) -> Scope:
    """Parse which patches a paragraph says that the tags below it are for.

    Only phrases that end a heading or a sentence count: `For patches 1-3:` does,
    `see my comment on patch 3: it leaks` does not.

    >>> parse_scope("With that, patches 2~3, 5:").numbers
    (2, 3, 5)
    """
    text = text[-MAX_PHRASE:].strip()
    if match := _EXCEPT.search(text):
        return Scope("range", parse_numbers(match[1]), excepted=True)
    if match := _RANGE.search(text):
        return Scope("range", parse_numbers(match[1]))
    if _BOTH.search(text):
        return Scope("series", (1, 2))
    return Scope("series") if _SERIES.search(text) else ANSWERED


def parse_numbers(text: str) -> tuple[int, ...]:
    """Parse a list of numbers and ranges; return each number once, in order.

    >>> parse_numbers("1-3, 5 and 7/9")
    (1, 2, 3, 5, 7)
    """
    found: dict[int, None] = {}
    for match in _SPAN.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        if first <= last <= MAX_NUMBER:
            found.update(dict.fromkeys(range(first, last + 1)[:MAX_NUMBERS]))
        if len(found) >= MAX_NUMBERS:
            break
    return tuple(found)[:MAX_NUMBERS]
