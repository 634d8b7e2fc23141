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
_END: Final = r"(?= ?(?:[.:;!)\]](?!\w)|$|(?:in|of) (?:the|this) (?:series|set)))"
_GOES_ON: Final = r"(?!,? ?(?:and )?#?\d)"
_RANGE: Final = re.compile(
    _LEAD + rf"(?:for )?(?:the )?patch(?:es)?(?: numbers?)? \[?({NUMBERS})\]?{_GOES_ON}"
    r"(?= *(?:[:,.;)(!]|$|in (?:the|this) (?:series|set)|of (?:the|this) (?:series|set)))",
    re.IGNORECASE | re.MULTILINE,
)
_EXCEPT: Final = re.compile(
    r"\b(?:except|excluding|excepting|apart from|other than|besides|but)(?: for)? "
    rf"(?:the )?patch(?:es)? \[?({NUMBERS})\]?",
    re.IGNORECASE,
)
# a number that is surely a patch's: `#6`, `3/7`, `patch 2`
_SURE: Final = rf"(?:patch(?:es)?(?: numbers?)? |(?=#\d|\d{{1,4}}/\d))\[?({NUMBERS})\]?"
# `this one and #3`, `patch 3 and this one`: the answered patch, and others
_THIS: Final = r"this(?: (?:one|patch|mail))?"
_AND: Final = r",? (?:and|&|plus|as well as)(?: also)? (?:for |to )?(?:the )?"
_THIS_AND: Final = (
    rf"{_THIS}{_AND}(?:{_SURE}|({NUMBERS}))|(?:{_SURE}|({NUMBERS})){_AND}{_THIS}(?! \w)"
)
_WITH_THIS: Final = re.compile(
    rf"{_LEAD}(?:(?:to|for) )?(?:the )?(?:{_THIS_AND}){_END}", re.IGNORECASE | re.MULTILINE
)
_WITH_THIS_BEHIND: Final = re.compile(
    rf"[^\w#]{{0,4}}(?:(?:only|just) )?(?:to|in|for|on) (?:the )?(?:{_THIS_AND})"
    r"(?= ?(?:[.,;:!)\]](?!\w)|$|only\b|(?:in|of) (?:the|this) (?:series|set)))",
    re.IGNORECASE,
)
# `for all but 2`, `for everything except #3`; not `all but 2 patches`, which are a number of them
_ALL_BUT: Final = re.compile(
    r"\b(?:all|everything|(?:the|this|your) (?:whole |entire )?(?:series|set|patch-?set))"
    r"(?:(?: of)?(?: the| these| your)? (?:patches|them|these))?"
    r",? (?:but|except|excluding|excepting|apart from|other than|minus|bar)(?: for)? "
    rf"(?:the )?(?:patch(?:es)? )?\[?({NUMBERS})\]?{_GOES_ON}{_END}",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(r"[^\w#]{0,4}(?:(?:only|just) )?(?:to|in|for|on) ", re.IGNORECASE)
# right behind a tag: ` in #6`, ` on 2 and 4`, ` for 87~142 patches`; not ` for 6.1`, ` on 2 boards`
_BEHIND: Final = re.compile(
    rf"[^\w#]{{0,4}}(?:(?:only|just) )?(?:to|in|for|on) (?:the )?(?:{_SURE}|({NUMBERS})"
    r"|(\d{1,4}\s?[-~–]\s?\d{1,4}) patches)"
    r"(?= ?(?:[.,;:!)\]](?!\w)|$|only\b|(?:in|of) (?:the|this) (?:series|set)))",
    re.IGNORECASE,
)
# `In #6 you can put`, `For patches 2 and 3 please add`, and the tag
_OPENS: Final = re.compile(
    rf"(?:(?:and|but|also|so),? )?(?:to|in|for|on) (?:the )?{_SURE},? "
    r"(?:you|please|pls|feel|here|my|add|put|have|take)\b(?! (?:should|must|need|have to|do)\b)",
    re.IGNORECASE,
)
# `For #2 and #3:`, `Patches 1 and 3 are`, and the tag
_HEADS: Final = re.compile(
    rf"(?:to|in|for|on) (?:the )?{_SURE} ?[:,]?|(?:the )?{_SURE} (?:is|are)(?: (?:all|both|also))?",
    re.IGNORECASE,
)
# `You can put this tag in #6:`, and the tag
_GIVES: Final = re.compile(
    r"\b(?:add|put|use|have|take|carry|include|append|keep|tags?)\b[^.!?]{0,80}? "
    rf"(?:to|in|for|on) (?:the )?{_SURE}(?: (?:in|of) (?:the|this) (?:series|set))? ?[:,]?$",
    re.IGNORECASE,
)
# `Patches 1-5 look good.`, where nothing else is said of patches
_PRAISED: Final = re.compile(
    rf"(?:^|(?<=[.!?;:,]\s))(?:the )?{_SURE},? (?:(?:all|both|also|now|still) )?"
    r"(?:lgtm|(?:looks?|seems?|is|are) (?:\w+ )?(?:good|fine|ok|okay|great|nice|sane|correct))\b",
    re.IGNORECASE | re.MULTILINE,
)
_PATCHES: Final = re.compile(
    r"\bpatch(?:es)?\s?#?\[?\d|(?<![\w/])#?\d{1,4}/\d{1,4}\b|(?<!\w)#\d|\b(?:rest|others?|series|set|all)\b",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    r"\b(?:comments?|remarks?|questions?|notes?|nits?|concerns?|fix\w*|bugs?|otherwise|but|except)\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?;]\s+|\n\s*\n")
_SPAN: Final = re.compile(
    r"(\d+)(?:/\d+)?(?:\s?(?:->?|–|~|\.\.|to|thru|through)\s?#?(\d+)(?:/\d+)?)?"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a phrase says; with `excepted`, all patches but those numbers."""

    kind: Literal["answered", "series", "range"] = "answered"
    numbers: tuple[int, ...] = ()
    excepted: bool = False
    with_answered: bool = False
    """Whether the answered patch is meant, too: `this one and #3`."""


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
    if match := _ALL_BUT.search(text):
        return Scope("range", parse_numbers(match[1]), excepted=True)
    if match := _WITH_THIS.search(text):
        return _with_answered(match)
    if match := _EXCEPT.search(text):
        return Scope("range", parse_numbers(match[1]), excepted=True)
    if match := _RANGE.search(text):
        return Scope("range", parse_numbers(match[1]))
    if _BOTH.search(text):
        return Scope("series", (1, 2))
    if _SERIES.search(text):
        return Scope("series")
    if not any(map(str.isdigit, text)):
        return ANSWERED
    return _read_last_sentence(text) or _read_praise(text) or ANSWERED


def parse_behind(text: str) -> Scope:
    """Parse which patches the words right behind a tag, in its line, say that it is for.

    >>> parse_behind(" in #6.").numbers, parse_behind(" on 2 and 4").numbers
    ((6,), (2, 4))
    >>> parse_behind(" for 6.1").kind, parse_behind(" on 2 boards").kind
    ('answered', 'answered')
    """
    text = text[:MAX_PHRASE]
    if match := _WITH_THIS_BEHIND.match(text):
        return _with_answered(match)
    if (match := _ALL_BUT.search(text)) and _LEADS.fullmatch(text[: match.start()]):
        return Scope("range", parse_numbers(match[1]), excepted=True)
    match = _BEHIND.match(text)
    named = match and next(filter(None, match.groups()))
    return Scope("range", parse_numbers(named)) if named else ANSWERED


def _with_answered(match: re.Match[str]) -> Scope:
    named = next(filter(None, match.groups()))
    return Scope("range", parse_numbers(named), with_answered=True)


def _read_last_sentence(text: str) -> Scope | None:
    """Return what the sentence that leads to a tag says: `You can put this in #6:`."""
    last = " ".join(_SENTENCE.split(text)[-1].split())
    if _REMARK.search(last):
        return None
    match = _HEADS.fullmatch(last) or _OPENS.match(last) or _GIVES.search(last)
    return Scope("range", parse_numbers(next(filter(None, match.groups())))) if match else None


def _read_praise(text: str) -> Scope | None:
    """Return the patches that look good; None where other ones are spoken of, too."""
    text = " ".join(text.split())
    match = _PRAISED.search(text)
    if match is None or len(_PATCHES.findall(text)) > 1:
        return None
    return Scope("range", parse_numbers(match[1]))


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
