"""Words that name a tag's patches by place or title: `the first two`, `the i915 patch`."""

import re
from collections.abc import Mapping
from typing import Final

from kvminbox.review.grammar import compile_words
from kvminbox.review.scope import MAX_PHRASE
from kvminbox.review.selection import parse_selection
from kvminbox.review.topics import find_titled, title_words_of
from kvminbox.review.wording import SMALL

_COUNT: Final = rf"(?:\d{{1,2}}|{SMALL})"
_ORDINAL: Final = "first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th"
_PLACE: Final = (
    rf"(?:(?:first|last)\s{_COUNT}(?:\s(?:patch(?:es)?|ones))?"
    rf"|(?:(?:{_ORDINAL}|last)(?:,\s|\sand\s(?:the\s)?)){{0,4}}(?:{_ORDINAL}|last)\s(?:patch(?:es)?|one)"
    r"|(?:all|everything)(?:\s(?:of\s)?(?:the|these|your)?\s?patches)?\s"
    rf"(?:but|except)(?:\sfor)?\s(?:the\s(?:{_ORDINAL}|last)(?:\s(?:patch|one))?|this\s(?:one|patch)))"
)
_TITLE: Final = r"(?:[\w.:/-]+\s){1,3}patch"
_END: Final = r"(?=\s?(?:[.:;!)\]](?!\w)|$|(?:in|of)\s(?:the|this)\s(?:series|set)))"
_BEHIND: Final = compile_words(
    rf"[^\w#]{{0,4}}(?:(?:only|just) )?(?:to|in|for|on) (?:the )?(?P<what>{_PLACE}){_END}"
    rf"|[^\w#]{{0,4}}(?:(?:only|just) )?(?:to|for) the (?P<title>{_TITLE})(?:{_END}|(?=,? (?:if"
    rf"|when|as|once|since|because|too|only)\b))"
)
# `For the first two patches:`, `For the i915 patch:`, and the tag
_HEAD: Final = compile_words(
    f"(?:(?:so|and|but|then|fwiw),? )?(?:to|for) (?:the )?(?P<what>{_PLACE}) ?[:.]?|(?:(?:so|and"
    f"|but|then|fwiw),? )?(?:to|for) the (?P<title>{_TITLE}) ?[:.]?"
)


def find_behind(text: str) -> str:
    """Return the words right behind a tag that name its patches by place or title.

    >>> find_behind(" for the first two patches."), find_behind(" to the i915 patch")
    ('first two patches', 'the i915 patch')
    >>> find_behind(" for the first time"), find_behind(" for the last two weeks")
    ('', '')
    """
    return _tell(_BEHIND.match(" ".join(text[:MAX_PHRASE].split())))


def find_head(text: str) -> str:
    """Return such words that stand above a tag, alone in the last line there or before the tag."""
    lines = text[-MAX_PHRASE:].strip().split("\n")
    return _tell(_HEAD.fullmatch(" ".join(lines[-1].strip(" \t,()-*").split())))


def _tell(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    if match["what"]:
        return match["what"]
    about = match["title"].rpartition(" ")[0]
    return f"the {match['title']}" if title_words_of(about) else ""


def choose_named(
    words: str, titles: Mapping[int, str], answered: int, total: int
) -> frozenset[int]:
    """Return the numbers of the patches that such words mean; empty where that is not known.

    Args:
        words: the words.
        titles: the titles of the series' patches, by their numbers.
        answered: the number of the patch that the mail answers; 0 for the cover letter.
        total: how many patches there are by their subjects.

    >>> titles = {1: "drm/i915: sow", 2: "drm/etnaviv: reap", 3: "drm: store"}
    >>> sorted(choose_named("first two patches", titles, 0, 3))
    [1, 2]
    >>> sorted(choose_named("the i915 patch", titles, 2, 3))
    [1]
    >>> sorted(choose_named("the drm patch", titles, 2, 3))
    []
    """
    if words.startswith("the "):
        return _choose_titled(words, titles)
    if "last" in words.lower() and max(titles, default=0) != total:
        return frozenset()  # which one is the last is not here
    selection = parse_selection(words)
    if selection.numbers or selection.first or selection.last or selection.is_whole:
        return frozenset(selection.choose(titles, max(answered, 0)))
    return frozenset()


def _choose_titled(words: str, titles: Mapping[int, str]) -> frozenset[int]:
    wanted = title_words_of(words.removeprefix("the ").rpartition(" ")[0])
    found = find_titled(wanted, titles)
    is_sure = len(found) == 1 and all(
        wanted <= title_words_of(title) for number, title in titles.items() if number in found
    )
    return frozenset(found) if is_sure else frozenset()
