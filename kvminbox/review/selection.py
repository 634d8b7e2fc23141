"""Which patches of a series some words name: `patches 1-3`, `all but the last one`, `both`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kvminbox.review.scope import NUMBERS, parse_numbers
from kvminbox.review.wording import HAVE, ORDINALS, set_of

_TITLE_WORD: Final = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")  # no number
_WORDS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ORDINALS: Final = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
} | {f"{number}th": number for number in range(4, 9)}
_COUNT: Final = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})"
# `patches 1-4`, `1/5 and 2/5`, `#3`; but no number in `3 patches` or `4 of them`
_NUMBERED: Final = re.compile(
    r"(?<![\w./-])(?<!\ball )(?<!\bthese )(?<!\bthose )(?<!\bfirst )(?<!\blast )"
    r"(?<!\bother )(?<!\bremaining )"
    rf"(?P<word>patch(?:es)?(?: numbers?)?\s)?\s*(?P<list>{NUMBERS})(?![\w/]|[.-]\w)"
    r"(?(word)|(?!\s(?:\w+\s)?(?:patch|fix|cleanup|commit|of\b|more\b|others?\b)))",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    rf"\b(?P<end>first|beginning|last)\s(?:{_COUNT}\b|(?:\w+\s)?(?:patch|one|fix|cleanup|commit)"
    r"|(?=and\sthis\b))",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\s(?:\w+\s)?(?:patch|one|fix|commit)\b", re.IGNORECASE
)
# `the first and third patch`, `1st and 2nd`
_ORDINAL_LIST: Final = re.compile(rf"\b{ORDINALS}\b", re.IGNORECASE)
_COUNTED: Final = re.compile(
    rf"\b(?:these|those|all|the|both|other|remaining|above|of)\s{_COUNT}(?![\w/]|[.-]\w)"
    rf"|^\s*{_COUNT.replace('count', 'n')}\s(?:\w+\s)?(?:patches|fixes|cleanups)\b",
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
_EXCEPT: Final = re.compile(
    r"\b(?:but\s(?:I\s(?:have\s)?)?(?:dropped|skipped|left\sout|omitted)"
    r"|minus|sans|apart from|(?:except|expect)(?:ing)?(?: for)?|excluding|but(?: for)?|other than"
    r"|besides|without"
    rf"|(?:though|although)\sI{HAVE}?\s(?:dropped|skipped|left\sout|omitted)"
    r"|(?:(?<=after\s)|(?<=,\s))(?:dropping|skipping|omitting|leaving\sout)"
    # `Applied for next (leaving patch 9 for another tree)`
    r"|leaving(?:\sout)?(?=\s(?:just\s|only\s)?(?:the\slast\b|(?:the\s)?patch(?:es)?\s\[?#?\d|\[?\d{1,3}/\d))"
    r"|with the exception of)\s(?P<what>(?:not\s)?(?:the\s|this\s)?[^,.;()]{0,30})",
    re.IGNORECASE,
)
# `except the last`, `all but the second one`; no patch is meant by `but the second needs a test`
_LEFT_LAST: Final = re.compile(r"(?:the\s)?last(?=\s?(?:[.,;)]|$))", re.IGNORECASE)


# `the DT patches`, `driver patches`: some of a series, and its titles don't tell which
_KIND: Final = re.compile(
    r"\b(?:drivers?|dtsi?|dt|(?:dt-)?bindings?|docs?|documentation|defconfig|headers?|tools?|test)\s"
    r"(?:patch(?:es)?|changes?|bits|parts?|ones|updates)\b"
    r"|\b(?:patches|ones|changes|fixes|bits|parts)\s(?:to|for|of|in|touching|against)\s(?:the\s)?(?:[\w./-]+\s){1,2}"
    r"(?:drivers?|boards?|platforms?|arch(?:itecture|e)?s?|subsystems?|devices?|socs?)\b"
    r"|^(?:the\s)?(?:dts|dtsi|dt)$|^(?:(?:the|your)\s)?(?:[\w./-]+\s){0,2}(?:bindings?|drivers?)$",
    re.IGNORECASE,
)
_DTS: Final = re.compile(r"(?:the\s)?(?P<words>dts|dtsi|dt)(?:\spatch)?$", re.IGNORECASE)
# `the x86 ones`: some, whether titles tell which or not
_ONES: Final = re.compile(
    r"^(?:(?:all|only|just)\s)*the\s(?!(?:other|first|last|following|above|new|old|remaining|reviewed|good|simple|trivial|obvious|small)\s)"
    r"(?:[\w./-]+\s){1,2}ones$",
    re.IGNORECASE,
)
# `Riscv patch has been merged`, of a series of several
_ONE_TITLED: Final = re.compile(
    r"^(?:(?:the|your)\s)?(?P<words>(?:[\w./-]+\s){1,2})(?:patch|fix)$", re.IGNORECASE
)
# `two of them`, `most of these`
_SOME: Final = re.compile(
    rf"\b(?:{_COUNT}|some|most|few)\sof\s(?:them|these|those)\b"
    # `some patches from this series`
    rf"|^(?:{_COUNT.replace('count', 'n')}|some|several|most|a\sfew|a\scouple)\s"
    r"(?:of\s(?:the\s)?)?(?:\w+\s)?(?:patches|fixes|commits|bits)\s(?:of|from|in)\s",
    re.IGNORECASE,
)
# `the btrfs patches`, `all the DT bindings patches`: those that bear the words in their titles
_TITLED: Final = re.compile(
    r"^(?:(?:all|only|just)\s)*(?:the|your|these|those)\s(?P<words>(?:[\w./-]+\s){1,3})"
    r"(?:patches|bits|parts|changes|ones|fixes|updates)\b",
    re.IGNORECASE,
)
# words of no title, or of any
_NO_TITLE: Final = set_of(
    "first last second third two three four five six seven eight other remaining rest following"
    " above below whole entire all both new latest updated fixed rebased driver drivers tools test"
    " tests header headers and or to of trivial simple small obvious"
)
# `This single one from the series`
_THIS_ONE: Final = re.compile(
    r"(?:only\s|just\s)?this\s(?:single\s|very\s|last\s)?(?:one|patch|commit)\s(?:of|from|in)\b",
    re.IGNORECASE,
)
_THIS_AND_PREVIOUS: Final = re.compile(
    r"\bprevious\b.*\band\sthis\b|\bthis(?:\s\w+)?\sand\s(?:the\s)?previous\b", re.IGNORECASE
)
# what stands before `patch` and tells no topic
_ANY_PATCH: Final = _NO_TITLE | set_of(
    "the a an this that these those my your our his her good nice great original same current"
    " rebased fixed corrected modified edited adjusted reworded revised proposed attached said"
    " only single actual whole subject v2 v3 v4 v5 v6 v7 v8 v9 each one own any named"
)
# `(except for the arm64: dts: patch)`
_EXCEPT_TITLED: Final = re.compile(
    r"\b(?:minus|sans|apart from|except(?:ing)?(?: for)?|excluding|other than|besides|leaving"
    r"|(?:all|everything)\s(?:of\s(?:them|these)\s)?but)\sthe\s"
    r"(?P<words>(?:[\w./:-]+\s){1,3})(?:patch(?:es)?|bits|ones?|fixes|changes)\b",
    re.IGNORECASE,
)
# `except for [PATCH v2 3/5]`
_BRACKETED: Final = re.compile(r"(?:\bpatch\s)?\[(?:PATCH\s(?:v\d+\s)?)?(\d{1,4}/\d{1,4})\]")
# `except parts 4, 9, and 20.`; but `except 3 and 4, 2 was applied before` leaves out two
_LEFT_NUMBERS: Final = re.compile(
    rf"(?:the\s|this\s)?(?:(?:patch(?:es)?|parts?|numbers?)\s)?(?P<list>{NUMBERS})"
    r"(?=\s?(?:[.;:!)]|$)|,\s?(?!\d|and\s\d)(?:\D|$)|\s(?:for|to|into?|of|from|which|that|as|because|since)\b)",
    re.IGNORECASE,
)
_IS_ALL_BUT: Final = re.compile(r"\b(?:all|everything)\b[^.;]*$", re.IGNORECASE)
# `except for patch 5 which has been merged into kvm/fixes`
_ELSEWHERE: Final = re.compile(
    r"[\s,]*(?:which|that)\s(?:has|have|was|were|is|are|I|we)\s(?:\w+\s){0,2}?"
    r"(?:merged|applied|queued|taken|picked|pushed)\b"
)
_PART: Final = re.compile(r"\b(?:hunks?|parts?|half|portion|chunks?)\b", re.IGNORECASE)
# `and the rest for 6.12`, `along with the [2/2]`, `(this one and part 2)`, `patch #4 for current`
_MORE: Final = re.compile(
    r"(?:(?!\bleaving\b)[^.;\n]|\.(?=\w)){0,80}?(?:(?:,?\s(?:and|plus)|\salong\swith|\stogether\swith|\sas\swell\sas)\s(?:the\s)?(?P<what>"
    rf"(?:(?:patch(?:es)?|parts?)\s(?:\[|#)?{NUMBERS}|\[?\d{{1,4}}/\d{{1,4}}"
    rf"|(?:other|remaining)\s(?:(?:{'|'.join(_WORDS)}|\d)\s)?(?:patch(?:es)?|ones?))"
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

UNKNOWN: Final = -1
"""How many patches are meant where it depends on what was said before: `the rest`."""


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

    title_words: frozenset[str] = frozenset()
    """Words that tell some of the patches by their titles: `btrfs` for `the btrfs patches`."""

    with_answered: bool = False
    """Whether the answered patch is meant, too: `the first and this one`."""

    is_previous: bool = False
    """Whether the patch before the answered one is meant with it: `the previous and this one`."""

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
        if self.is_previous:
            return {answered - 1, answered} & {*known}
        if self.numbers or self.first or self.last:
            first = range(1, self.first + 1)
            this = {answered} if self.with_answered else set[int]()
            return ({*self.numbers, *first, *_last(known, self.last)} | this) & {*known}
        if self.called:
            return {number for number in known if _is_called(self.called, titles[number])}
        if titled := _find_titled(self.title_words, titles):
            return titled - {answered} if self.except_answered else titled
        if self.count == len(known) - 1 and self.except_answered and answered:
            return {*known} - {answered}  # `and the other three patches`
        if self.count > 0 and self.except_answered:
            return set()  # `the other five`, of which some are elsewhere
        if self.count and (self.is_whole or answered == 0) and self.count < len(known):
            return set()  # `Queued these three`, below the titles of three out of ten
        if answered == 0 and self.count > max(2 * len(known), 2):
            return set()  # `I picked these seven`, where no more than three are here
        excepted = _find_titled(self.excepted_words or frozenset(), titles)
        if self.excepted_words is not None and not excepted:
            return set()  # which one is left out is not known
        left = {*excepted, *self.excepted, *_last(known, self.excepted_last)}
        if self.except_answered:
            left.add(answered)
        is_all = self.is_whole or answered == 0 or bool(left)
        return ({*known} if is_all else {answered} & {*known}) - left


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
    is_previous = _THIS_AND_PREVIOUS.search(named) is not None
    with_this = is_previous or re.search(r"\band\sthis\b", named, re.IGNORECASE) is not None
    if with_this:  # `this (second) commit`
        named = re.sub(r"(?<=\band\sthis)\s.*", "", named, flags=re.IGNORECASE)
    if _ALL_BUT.match(named):
        named, sentence = "all", named  # what follows `but` is what is left out
    # `patches 2-19 (1)` has a footnote
    numbers = _find_numbers(re.sub(r"\s\(\d{1,2}\)", "", named)) or _find_numbers(named)
    first, last = _find_ends(_swap_ends(named))
    counted = None if numbers else _COUNTED.search(named)
    count = _read_number(counted["count"] or counted["n"]) if counted else 0
    if not count and _SOME.search(named):
        count = UNKNOWN
    is_part = not numbers and _PART.search(named) is not None
    if is_part or (not numbers and (_KIND.search(named) or _ONES.match(named))):
        count = UNKNOWN
    if not numbers and not first and _is_one_titled(named):
        count = UNKNOWN
    if not count and re.search(r"\bboth\b", named, re.IGNORECASE):
        count = 2
    is_rest = re.search(r"\b(?:rest|remaining|remainder)\b", named, re.IGNORECASE) is not None
    # `the ones with acks`
    is_some = re.search(r"\bones (?:with|that|which)\b", f"{named} {sentence}") is not None
    if is_rest or is_some or re.search(r"\bfollowing\b", named, re.IGNORECASE):
        count = UNKNOWN
    excepted, excepted_last, except_answered = _find_excepted(sentence)
    excepted_words = _find_excepted_words(sentence) if not excepted and not excepted_last else None
    if re.search(r"\bwith (?:some|a few|the following) exceptions?\b", sentence):
        count = UNKNOWN
    except_answered = except_answered or re.search(r"\bother", named, re.IGNORECASE) is not None
    if {*excepted} < {*numbers}:  # `patches 1-5, except 3`
        numbers = tuple(number for number in numbers if number not in excepted)
    return Selection(
        numbers=numbers,
        first=first,
        last=last,
        count=count,
        # which patch a part belongs to is no matter, as none was applied as it is
        is_whole=is_part
        or is_rest
        or (_WHOLE.search(named) is not None and _THIS_ONE.match(named) is None)
        or _ASIDE.search(sentence) is not None,
        excepted=tuple(number for number in excepted if number not in numbers),
        excepted_last=excepted_last,
        with_answered=with_this,
        is_previous=is_previous,
        except_answered=except_answered,
        excepted_words=excepted_words,
        title_words=_find_title_words(named)
        if not numbers and not first and not last
        else frozenset(),
        up_to_answered=re.search(r"\bup\sto\b", named, re.IGNORECASE) is not None,
        called=_find_called(named),
    )


def _is_one_titled(named: str) -> bool:
    """Whether it is one patch by its topic: `Riscv patch`, and not `the whole patch`."""
    match = _ONE_TITLED.match(named)
    if match is None:
        return False
    words = _TITLE_WORD.findall(match["words"].lower())
    return bool(words) and _ANY_PATCH.isdisjoint(words)


def _find_called(named: str) -> tuple[str, ...]:
    """Return what names patches by their titles: `timer04 and timer05`, `'KVM: a timer'`."""
    if match := _QUOTED_TITLE.fullmatch(named):
        return (match[1].casefold(),)
    return tuple(re.split(_AND, named.casefold())) if _CALLED.fullmatch(named) else ()


def _is_called(words: Iterable[str], title: str) -> bool:
    """Whether a title has one of some words, each as a whole."""
    title = " ".join(title.split()).casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title) for word in words)


def _find_titled(words: frozenset[str], titles: Mapping[int, str]) -> set[int]:
    """Return the patches whose titles have all of the words that any title has."""
    said = {number: set(_TITLE_WORD.findall(title.lower())) for number, title in titles.items()}
    if words == frozenset({"dt"}) and any("dts" in of_one for of_one in said.values()):
        words = frozenset({"dts"})  # `DT patch applied`, of bindings and a dts patch
    known = {word for word in words if any(word in of_one for of_one in said.values())}
    return {number for number, of_one in said.items() if known and known <= of_one}


def find_more(rest: str) -> str:
    """Return the words that name further patches after those that a verb has for its object.

    >>> find_more(" for 6.12 along with the [2/3], thanks!")
    '2/3'
    """
    match = _MORE.match(rest)
    if match is None:
        return ""
    return (match["what"] or match["listed"]).lstrip("[").replace("part ", "patch ")


def _find_excepted_words(sentence: str) -> frozenset[str] | None:
    """Return the words that tell which patches are left out; None if none is."""
    match = _EXCEPT_TITLED.search(sentence)
    if (
        match is None
        or _FIRST.match(f"{match['words']}one")
        or re.match(r"(?:first|last|other)\b", match["words"], re.IGNORECASE)
    ):
        return None
    return frozenset(_TITLE_WORD.findall(match["words"].lower())) - _NO_TITLE


def _find_title_words(named: str) -> frozenset[str]:
    """Return the words by which titles tell some of the patches: `btrfs`, `dts`."""
    match = _TITLED.match(named)
    if match is None and not _KIND.search(named):
        match = _ONE_TITLED.match(named)
    match = match or _DTS.match(named)
    said = match["words"] if match else ""
    return frozenset(_TITLE_WORD.findall(said.lower())) - (
        _NO_TITLE if match is not None and match.re is _TITLED else _ANY_PATCH
    )


def _find_numbers(named: str) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for match in _NUMBERED.finditer(named):
        found.update(dict.fromkeys(parse_numbers(match["list"])))
    if not found and (listed := _ORDINAL_LIST.search(named)):
        return tuple(
            _ORDINALS[word.lower()]
            for word in re.findall(r"\w*\w", listed[0])
            if word.lower() in _ORDINALS
        )
    ordinal = _ORDINAL.search(named)
    if not found and ordinal and ordinal[1].lower() != "first":
        return (_ORDINALS[ordinal[1].lower()],)
    return tuple(found)


def _swap_ends(named: str) -> str:
    """Return `first two patches` for `two first patches`."""
    return re.sub(
        rf"\b{_COUNT}\s(?P<end>first|last)\b", r"\g<end> \g<count>", named, flags=re.IGNORECASE
    )


def _find_ends(named: str) -> tuple[int, int]:
    first = last = 0
    for match in _FIRST.finditer(named):
        count = _read_number(match["count"] or "1")
        if match["end"].lower() != "last":
            first = count
        else:
            last = count
    return first, last


def _find_excepted(sentence: str) -> tuple[tuple[int, ...], int, bool]:
    sentence = _BRACKETED.sub(r"patch \1", sentence)
    for match in _EXCEPT.finditer(sentence):
        what = match["what"].removeprefix("not ")
        if _ELSEWHERE.search(sentence, match.start("what")):
            continue
        if listed := _LEFT_NUMBERS.match(sentence, match.start("what")):
            return parse_numbers(listed["list"]), 0, False
        if numbers := _NUMBERED.match(what.removeprefix("the ").removeprefix("this ")):
            return parse_numbers(numbers["list"]), 0, False
        is_but = match[0].lower().startswith("but ") and not _IS_ALL_BUT.search(
            sentence[: match.start()]
        )
        if (one := _ORDINAL.match(what.removeprefix("the "))) and not is_but:
            return (_ORDINALS[one[1].lower()],), 0, False
        if _LEFT_LAST.match(what):
            return (), 1, False
        if end := _FIRST.match(what.removeprefix("the ")):
            count = _read_number(end["count"] or "1")
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
        numbers = _NUMBERED.match(match["what"].removeprefix("the "))
        if there and numbers and there.start() <= match.start("what") + 40:
            return parse_numbers(numbers["list"]), said[there.end() :]
    return (), ""


def _last(numbers: list[int], count: int) -> list[int]:
    return numbers[len(numbers) - count :] if 0 < count <= len(numbers) else []


def _read_number(said: str) -> int:
    return _WORDS.get(said.lower()) or int(said)
