"""Which patches words leave out: `except patch 5`, `but the last one`, `all but this one`."""

import re
from typing import Final

from kvminbox.review.counted import FIRST, NUMBERED, ORDINAL, ORDINALS, read_number
from kvminbox.review.grammar import compile_words
from kvminbox.review.scope import NUMBERS, parse_numbers
from kvminbox.review.wording import HAVE

_EXCEPT: Final = re.compile(
    r"\b(?:but\s(?:I\s(?:have\s)?)?(?:dropped|skipped|left\sout|omitted)"
    r"|minus|sans|less(?=\s(?:the\slast\b|patch(?:es)?\s#?\d|#\d|\d{1,3}/\d))"
    r"|apart from|(?:except|expect)(?:ing)?(?: for)?|excluding|but(?: for)?|other than"
    r"|besides|without"
    rf"|(?:though|although)\sI{HAVE}?\s(?:dropped|skipped|left\sout|omitted)"
    r"|(?:(?<=after\s)|(?<=,\s))(?:dropping|skipping|omitting|leaving\sout)"
    # `Applied for next (leaving patch 9 for another tree)`
    r"|leaving(?:\sout)?(?=\s(?:just\s|only\s)?(?:the\slast\b|(?:the\s)?patch(?:es)?\s\[?#?\d|\[?\d{1,3}/\d))"
    r"|with the exception of)\s(?P<what>(?:not\s)?(?:the\s|this\s)?[^,.;()]{0,30})",
    re.IGNORECASE,
)
# `except the last`, `all but the second one`; no patch is meant by `but the second needs a test`
_LEFT_LAST: Final = compile_words("(?:the )?last(?= ?(?:[.,;)]|$))")
# `except for [PATCH v2 3/5]`
_BRACKETED: Final = re.compile(r"(?:\bpatch\s)?\[(?:PATCH\s(?:v\d+\s)?)?(\d{1,4}/\d{1,4})\]")
# `except parts 4, 9, and 20.`; but `except 3 and 4, 2 was applied before` leaves out two
_LEFT_NUMBERS: Final = compile_words(
    f"(?:the |this )?(?:(?:patch(?:es)?|parts?|numbers?) )?(?P<list>{NUMBERS})"
    r"(?= ?(?:[.;:!)]|$)|, ?(?!\d|and \d)(?:\D|$)| (?:for|to|into?|of|from|which|that|as|because"
    r"|since)\b)"
)
_IS_ALL_BUT: Final = compile_words(r"\b(?:all|everything)\b[^.;]*$")
# `except for patch 5 which has been merged into kvm/fixes`
_ELSEWHERE: Final = re.compile(
    r"[\s,]*(?:which|that)\s(?:has|have|was|were|is|are|I|we)\s(?:\w+\s){0,2}?"
    r"(?:merged|applied|queued|taken|picked|pushed)\b"
)


# `(with v2 of 3/4)`, which is no patch of this version
_OTHER_VERSION: Final = compile_words(r"\(with v\d{1,2} of (?:patch )?#?(\d{1,3})(?:/\d{1,3})?\)")


# `Series applied. I dropped patch 2 because it breaks the build.`
_DROPPED: Final = compile_words(
    rf"\W*(?:(?:also|but|and|note that),? )?(?:I(?:{HAVE})? )?(?:(?:also|just|only) )?"
    "(?:dropped|skipped|left out|omitted|did(?:n't| not) (?:apply|take|queue))"
    rf" (?:the )?(?:patch(?:es)? (?P<list>{NUMBERS})|(?P<one>\d{{1,4}}/\d{{1,4}}))"
    r"(?= ?(?:[.,;:!()]|$)| (?:because|since|as|though|from|which|that|until|though|due"
    r"|on)\b)(?! ?[,(]? ?(?:as|since|because|which|that|it) (?:it )?(?:is|was|has|went"
    r"|'s)[^.;]{0,30}\b(?:already|applied|merged|queued|picked|upstream)\b)"
)


def find_dropped(sentence: str) -> tuple[int, ...]:
    """Return the numbers of the patches that a sentence of its own says were left out.

    >>> find_dropped("I dropped patch 2 because it breaks the build.")
    (2,)
    >>> find_dropped("I dropped patch 2 as it was applied already.")
    ()
    """
    match = _DROPPED.match(sentence)
    return parse_numbers(match["list"] or match["one"]) if match else ()


def find_excepted(sentence: str) -> tuple[tuple[int, ...], int, bool]:
    """Return the numbers that are left out, how many at the end, and whether `this one` is."""
    sentence = _BRACKETED.sub(r"patch \1", sentence)
    if other := _OTHER_VERSION.search(sentence):
        return (int(other[1]),), 0, False
    for match in _EXCEPT.finditer(sentence):
        what = match["what"].removeprefix("not ")
        if _ELSEWHERE.search(sentence, match.start("what")):
            continue
        if listed := _LEFT_NUMBERS.match(sentence, match.start("what")):
            return parse_numbers(listed["list"]), 0, False
        if numbers := NUMBERED.match(what.removeprefix("the ").removeprefix("this ")):
            return parse_numbers(numbers["list"]), 0, False
        is_but = match[0].lower().startswith("but ") and not _IS_ALL_BUT.search(
            sentence[: match.start()]
        )
        if (one := ORDINAL.match(what.removeprefix("the "))) and not is_but:
            return (ORDINALS[one[1].lower()],), 0, False
        if _LEFT_LAST.match(what):
            return (), 1, False
        if end := FIRST.match(what.removeprefix("the ")):
            count = read_number(end["count"] or "1")
            is_last = end["end"].lower() == "last"
            return ((), count, False) if is_last else (tuple(range(1, count + 1)), 0, False)
        if re.match(r"this (?:one|patch)\b", what, re.IGNORECASE):
            return (), 0, True
    return (), 0, False


def find_elsewhere(sentence: str) -> tuple[tuple[int, ...], str]:
    """Return the numbers that a sentence says are elsewhere, and the words behind that.

    >>> find_elsewhere("All merged into a/b except for patch 5 which has been merged into c/d.")
    ((5,), ' into c/d.')
    """
    said = _BRACKETED.sub(r"patch \1", sentence)
    for match in _EXCEPT.finditer(said):
        there = _ELSEWHERE.search(said, match.start("what"))
        numbers = NUMBERED.match(match["what"].removeprefix("the "))
        if there and numbers and there.start() <= match.start("what") + 40:
            return parse_numbers(numbers["list"]), said[there.end() :]
    return (), ""
