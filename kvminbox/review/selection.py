"""Which patches of a series some words name: `patches 1-3`, `all but the last one`, `both`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kvminbox.review.counted import COUNT, find_ends, find_numbers, read_number
from kvminbox.review.left_out import find_excepted
from kvminbox.review.scope import NUMBERS
from kvminbox.review.topics import (
    find_excepted_topics,
    find_excepted_words,
    find_of_topic,
    find_of_topics,
    find_title_words,
    find_titled,
    find_topic,
    is_of_kind,
    is_one_titled,
)
from kvminbox.review.wording import SMALL

UNKNOWN: Final = -1
"""How many patches are meant where it depends on what was said before: `the rest`."""

_COUNTED: Final = re.compile(
    # `Top 6 patches` are the newest ones in a tree, and may be the first ones of a list
    rf"\b(?:these|those|all|the|both|other|remaining|above|of|top)\s{COUNT}(?![\w/]|[.-]\w)"
    rf"|^\s*{COUNT.replace('count', 'n')}\s(?:\w+\s)?(?:patches|fixes|cleanups)\b",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(
    r"\b(?:series|(?:pat?ch-?)?sets?|pile|lot|whole|entire|all|both|everything|them|these|those|they"
    r"|patches|fixes|cleanups|ones)\b",
    re.IGNORECASE,
)
# `added to for-next (all three) pending testing`
_ASIDE: Final = re.compile(r"\((?:all|both|whole series)(?:\s[\w\s]{1,20})?\)", re.IGNORECASE)
_ALL_BUT: Final = re.compile(
    r"(?:all|everything)\s(?:(?:of\s)?(?:these|them|those|the)\s)?(?:patches\s)?"
    r"(?:but|except|expect|other\sthan|apart\sfrom)\b",
    re.IGNORECASE,
)
# `two of them`, `most of these`
_SOME: Final = re.compile(
    rf"\b(?:{COUNT}|some|most|few)\sof\s(?:them|these|those)\b"
    # `some patches from this series`
    rf"|^(?:{COUNT.replace('count', 'n')}|some|several|most|a\sfew|a\scouple)\s"
    r"(?:of\s(?:the\s)?)?(?:\w+\s)?(?:patches|fixes|commits|bits)\s(?:of|from|in)\s",
    re.IGNORECASE,
)
# `This single one from the series`
_THIS_ONE: Final = re.compile(
    r"(?:only\s|just\s)?this\s(?:single\s|very\s|last\s)?(?:one|patch|commit)\s(?:of|from|in)\b",
    re.IGNORECASE,
)
# `this patch`; but `the patch` is also said of a whole series
_ONE: Final = re.compile(
    r"(?:just\s|only\s)?(?:this\s(?:(?:single|one|very|small|simple)\s)?"
    r"|the\s(?:stand-?alone|single|separate|individual)\s)(?:patch|commit)(?:\s\([^()]*\))?",
    re.IGNORECASE,
)
# `this and the next two patches`, `the previous one and this`
_NEIGHBOURS: Final = re.compile(
    rf"\b(?P<before>previous)\s(?:{COUNT.replace('count', 'm')}\b)?"
    r"(?P<more>\s?(?:patches|ones|commits)\b)?.*\band\sthis\b"
    rf"|\bthis(?:\s\w+)?\sand\s(?:the\s)?(?:{COUNT.replace('count', 'n')}\s)?"
    rf"(?P<near>previous|next|following)(?:\s{COUNT}\b)?(?P<several>\s(?:patches|ones|commits)\b)?",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"\b(?:hunks?|parts?|half|portion|chunks?)\b", re.IGNORECASE)
# `and the rest for 6.12`, `along with the [2/2]`, `(this one and part 2)`, `patch #4 for current`
_MORE: Final = re.compile(
    r"(?:(?!\bleaving\b)[^.;\n]|\.(?=\w)){0,80}?(?:(?:,?\s(?:and|plus)|\salong\swith|\stogether\swith|\sas\swell\sas)\s(?:the\s)?(?P<what>"
    rf"(?:(?:patch(?:es)?|parts?)\s(?:\[|#)?{NUMBERS}|\[?\d{{1,4}}/\d{{1,4}}"
    rf"|(?:other|remaining)\s(?:(?:{SMALL}|\d)\s)?(?:patch(?:es)?|ones?))"
    r"(?=\]?\)?(?:[.,;!]|$|\s(?:[-–—]|of|in|to|into|as|for|with|also|too|thanks))(?!\s(?:in|for)\s(?:the\snext|v\d|review)))"
    r"|(?:rest|last(?:\s(?:patch|one)))(?=\s(?:to|into|for)\s\S*[\d/-]))"
    rf"|,\s(?:and\s)?(?P<listed>patch(?:es)?\s#?{NUMBERS})(?=\s(?:for|to|into)\s))",
    re.IGNORECASE,
)
_AND: Final = r"(?:,\s|\s(?:and|&)\s)"
_NAME: Final = r"(?=[\w./-]*[a-z])(?=[\w./-]*[\d_/])(?!v?\d|patch)[a-z][\w./-]*\w"
# `timer04 and timer05`, which only titles have
_CALLED: Final = re.compile(rf"{_NAME}(?:{_AND}{_NAME})*", re.IGNORECASE)
_QUOTED_TITLE: Final = re.compile(r"[\"']([^\"']{5,160})[\"']")


@dataclass(frozen=True, slots=True)
class Selection:
    """Patches by their place in a series that is not known yet."""

    numbers: tuple[int, ...] = ()
    """The numbers that are named."""

    first: int = 0
    """How many at the beginning of the series are meant; 0 where it is not said so."""

    last: int = 0
    """How many at its end."""

    count: int = 0
    """How many patches are meant, whichever: 3 for `these three`; 0 where it is not said."""

    is_whole: bool = False
    """Whether the words mean more than the patch that is answered: the series, all, both."""

    excepted: tuple[int, ...] = ()
    """The numbers that are left out."""

    excepted_last: int = 0
    """How many at the end of the series are left out."""

    up_to_answered: bool = False
    """Whether the answered patch and those before it are meant: `all up to this one`."""

    excepted_words: frozenset[str] | None = None
    """Words of the titles of those that are left out: `except for the dts patch`."""

    excepted_topics: tuple[str, ...] = ()
    """What titles have of those that are left out, if they have: `except msm and i915`."""

    title_words: frozenset[str] = frozenset()
    """Words that tell some of the patches by their titles: `btrfs` for `the btrfs patches`."""

    topic: str = ""
    """What the titles have of several patches, if they have it: `amdgpu` of `amdgpu patches`."""

    with_answered: bool = False
    """Whether the answered patch is meant, too: `the first and this one`."""

    before: int = 0
    """How many patches before the answered one are meant with it: `the previous and this one`."""

    after: int = 0
    """How many patches behind the answered one are meant with it: `this and the next two`."""

    is_one: bool = False
    """Whether one patch is meant, which an answer to the cover letter leaves open: `this patch`."""

    except_answered: bool = False
    """Whether the answered patch is left out: `all but this one`."""

    called: tuple[str, ...] = ()
    """What titles have of the patches that are meant: `timer04`, or a whole title in quotes."""

    def may_mean(self, titles: Iterable[str]) -> bool:
        """Whether some of these titles may be of the patches that are meant."""
        return not self.called or any(_is_called(self.called, title) for title in titles)

    def choose(self, titles: Mapping[int, str], answered: int) -> set[int]:
        """Return the numbers that are meant, of the patches that are there.

        Empty where the words tell how many, but not which.

        Args:
            titles: the titles of the series' patches, by their numbers.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        known = sorted(titles)
        if self.up_to_answered:
            return {number for number in known if number <= answered}
        if self.before or self.after:
            near = range(answered - self.before, answered + self.after + 1)
            is_told = answered > 0 and UNKNOWN not in {self.before, self.after}
            return {*near} & {*known} if is_told else set()
        if self.numbers or self.first or self.last:
            first = range(1, self.first + 1)
            this = {answered} if self.with_answered else set[int]()
            return ({*self.numbers, *first, *_last(known, self.last)} | this) & {*known}
        if self.called:
            return {number for number in known if _is_called(self.called, titles[number])}
        if titled := find_titled(self.title_words, titles):
            return titled - {answered} if self.except_answered else titled
        if self.title_words and not all(titles.values()):
            return set()  # `the riscv patch`, which may be one of those that are not here
        if self.topic and (of_topic := find_of_topic(self.topic, titles)) is not None:
            return of_topic
        if self.is_one and answered == 0 and len(known) > 1:
            return set()
        if self.count == len(known) - 1 and self.except_answered and answered:
            return {*known} - {answered}  # `and the other three patches`
        if self.count > 0 and self.except_answered:
            return set()  # `the other five`, of which some are elsewhere
        if self.count and (self.is_whole or answered == 0) and self.count < len(known):
            return set()  # `Queued these three`, below the titles of three out of ten
        if answered == 0 and self.count > max(2 * len(known), 2):
            return set()  # `I picked these seven`, where no more than three are here
        excepted = find_titled(self.excepted_words or frozenset(), titles)
        if self.excepted_words is not None and not excepted:
            return set()  # which one is left out is not known
        is_all = self.is_whole or answered == 0
        of_topics = find_of_topics(self.excepted_topics, titles) if is_all else set[int]()
        is_known = all(titles.values())
        if of_topics is None and not (is_known and self._has_no_topic(titles)):
            return set()
        excepted |= of_topics or set()
        left = {*excepted, *self.excepted, *_last(known, self.excepted_last)}
        if self.except_answered:
            left.add(answered)
        return ({*known} if is_all or left else {answered} & {*known}) - left

    def _has_no_topic(self, titles: Mapping[int, str]) -> bool:
        """Whether no title has what is left out, so that it may be no patches."""
        return not any(find_of_topics((topic,), titles) for topic in self.excepted_topics)


def parse_selection(named: str, sentence: str = "") -> Selection:
    """Parse the words that name patches, and those that leave some out.

    Args:
        named: the subject or object of a verb: `patches 1-3`, `the whole series`.
        sentence: the sentence around it, in which exceptions are looked for.

    >>> parse_selection("the first two patches").first
    2
    >>> parse_selection("Series", "Series applied except patch 5.").excepted
    (5,)
    """
    before, after = _find_neighbours(named)
    with_this = before != 0 or re.search(r"\band\sthis\b", named, re.IGNORECASE) is not None
    if with_this:  # `this (second) commit`
        named = re.sub(r"(?<=\band\sthis)\s.*", "", named, flags=re.IGNORECASE)
    if _ALL_BUT.match(named):
        named, sentence = "all", named  # what follows `but` is what is left out
    # `patches 2-19 (1)` has a footnote
    numbers = find_numbers(re.sub(r"\s\(\d{1,2}\)", "", named)) or find_numbers(named)
    first, last = find_ends(named)
    is_part = not numbers and _PART.search(named) is not None
    is_rest = re.search(r"\b(?:rest|remaining|remainder)\b", named, re.IGNORECASE) is not None
    is_open = is_part or is_rest or _is_open(named, sentence, numbers, first)
    excepted, excepted_last, except_answered = find_excepted(sentence)
    excepted_words = find_excepted_words(sentence) if not excepted and not excepted_last else None
    except_answered = except_answered or re.search(r"\bother", named, re.IGNORECASE) is not None
    if {*excepted} < {*numbers}:  # `patches 1-5, except 3`
        numbers = tuple(number for number in numbers if number not in excepted)
    return Selection(
        numbers=numbers,
        first=first,
        last=last,
        count=UNKNOWN if is_open else _read_count(named, numbers),
        # which patch a part belongs to is no matter, as none was applied as it is
        is_whole=is_part
        or is_rest
        or (_WHOLE.search(named) is not None and _THIS_ONE.match(named) is None)
        or _ASIDE.search(sentence) is not None,
        excepted=tuple(number for number in excepted if number not in numbers),
        excepted_last=excepted_last,
        with_answered=with_this,
        before=before,
        after=after,
        is_one=_ONE.fullmatch(named) is not None,
        except_answered=except_answered,
        excepted_words=excepted_words,
        excepted_topics=find_excepted_topics(sentence)
        if not excepted and not excepted_last and excepted_words is None
        else (),
        title_words=find_title_words(named)
        if not numbers and not first and not last
        else frozenset(),
        topic=find_topic(named),
        up_to_answered=re.search(r"\bup\sto\b", named, re.IGNORECASE) is not None,
        called=_find_called(named),
    )


def _find_neighbours(named: str) -> tuple[int, int]:
    """Return how many patches before the answered one, and behind it, are named with it.

    `This and the following patches` does not tell how many.
    """
    match = _NEIGHBOURS.search(named)
    if match is None:
        return 0, 0
    told = match["count"] or match["n"] or match["m"]
    is_open = not told and (match["several"] or match["more"])
    count = UNKNOWN if is_open else read_number(told or "1")
    is_before = match["before"] or match["near"].lower() == "previous"
    return (count, 0) if is_before else (0, count)


def _is_open(named: str, sentence: str, numbers: tuple[int, ...], first: int) -> bool:
    """Whether the words do not tell which patches are meant, and others may: `the x86 ones`."""
    if not numbers and (is_of_kind(named) or (not first and is_one_titled(named))):
        return True
    # `the ones with acks`
    is_some = re.search(r"\bones (?:with|that|which)\b", f"{named} {sentence}") is not None
    return (
        is_some
        or re.search(r"\bfollowing\b", named, re.IGNORECASE) is not None
        or re.search(r"\bwith (?:some|a few|the following) exceptions?\b", sentence) is not None
    )


def _read_count(named: str, numbers: tuple[int, ...]) -> int:
    """Return how many patches are meant: 3 for `these three`; 0 where it is not said."""
    counted = None if numbers else _COUNTED.search(named)
    if counted:
        return read_number(counted["count"] or counted["n"])
    if _SOME.search(named):
        return UNKNOWN
    return 2 if re.search(r"\bboth\b", named, re.IGNORECASE) else 0


def _find_called(named: str) -> tuple[str, ...]:
    """Return what names patches by their titles: `timer04 and timer05`, `'KVM: a timer'`."""
    if match := _QUOTED_TITLE.fullmatch(named):
        return (match[1].casefold(),)
    return tuple(re.split(_AND, named.casefold())) if _CALLED.fullmatch(named) else ()


def _is_called(words: Iterable[str], title: str) -> bool:
    """Whether a title has one of some words, each as a whole."""
    title = " ".join(title.split()).casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title) for word in words)


def find_more(rest: str) -> str:
    """Return the words that name further patches after those that a verb has for its object.

    >>> find_more(" for 6.12 along with the [2/3], thanks!")
    '2/3'
    """
    match = _MORE.match(rest)
    if match is None:
        return ""
    return (match["what"] or match["listed"]).lstrip("[").replace("part ", "patch ")


def _last(numbers: list[int], count: int) -> list[int]:
    return numbers[len(numbers) - count :] if 0 < count <= len(numbers) else []
