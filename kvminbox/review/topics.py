"""Patches that are told by what they are about: `the btrfs patches`, which titles tell or not."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kvminbox.review.counted import FIRST
from kvminbox.review.grammar import compile_words
from kvminbox.review.wording import set_of

_TITLE_WORD: Final = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")  # no number
# `the DT patches`, `driver patches`: some of a series, and its titles don't tell which
_KIND: Final = compile_words(
    r"\b(?:drivers?|dtsi?|dt|(?:dt-)?bindings?|docs?|documentation|defconfig|headers?|tools?"
    r"|test) (?:patch(?:es)?|changes?|bits|parts?|ones|updates)\b|\b(?:patches|ones|changes"
    r"|fixes|bits|parts) (?:to|for|of|in|touching"
    r"|against) (?:the )?(?:[\w./-]+ ){1,2}(?:drivers?|boards?|platforms?|arch(?:itecture|e)?s?"
    r"|subsystems?|devices?|socs?)\b|^(?:the )?(?:dts|dtsi|dt)$|^(?:(?:the"
    r"|your) )?(?:[\w./-]+ ){0,2}(?:bindings?|drivers?)$"
)
_DTS: Final = compile_words("(?:the )?(?P<words>dts|dtsi|dt)(?: patch)?$")
# `the x86 ones`: some, whether titles tell which or not
_ONES: Final = compile_words(
    r"^(?:(?:all|only|just) )*the (?!(?:other|first|last|following|above|new|old|remaining"
    r"|reviewed|good|simple|trivial|obvious|small) )(?:[\w./-]+ ){1,2}ones$"
)
# `Riscv patch has been merged`, of a series of several
_ONE_TITLED: Final = compile_words(
    r"^(?:(?:only|just) )?(?:(?:the|your) )?(?P<words>(?:[\w./-]+ ){1,2})(?:patch|fix)$"
)
# `the btrfs patches`, `all the DT bindings patches`: those that bear the words in their titles
_TITLED: Final = compile_words(
    r"^(?:(?:all|only|just) )*(?:the|your|these|those) (?P<words>(?:[\w./-]+ ){1,3})(?:patches"
    r"|bits|parts|changes|ones|fixes|updates)\b"
)
# `amdgpu patches`
_OF_TOPIC: Final = compile_words("(?P<topic>[a-z0-9_]+(?:[/-][a-z0-9_]+)*) patches")
# words of no title, or of any
_NO_TITLE: Final = set_of(
    "first last second third two three four five six seven eight nine ten other remaining rest"
    " following above below whole entire all both new latest updated fixed rebased driver drivers"
    " tools test tests header headers and or to of trivial simple small obvious"
)
# what stands before `patch` and tells no topic
_ANY_PATCH: Final = _NO_TITLE | set_of(
    "the a an this that these those my your our his her good nice great original same current"
    " rebased fixed corrected modified edited adjusted reworded revised proposed attached said"
    " only single actual whole subject v2 v3 v4 v5 v6 v7 v8 v9 each one own any named"
)
# `(except for the arm64: dts: patch)`
_EXCEPT_TITLED: Final = compile_words(
    r"\b(?:minus|sans|apart from|except(?:ing)?(?: for)?|excluding|other than|besides|leaving"
    r"|(?:all|everything) (?:of (?:them"
    r"|these) )?but) the (?P<words>(?:[\w./:-]+ ){1,3})(?:patch(?:es)?|bits|ones?|fixes"
    r"|changes)\b"
)


_LONG_WORD: Final = re.compile(r"[a-z0-9_]{3,}")
_TOPIC_JOINT: Final = re.compile(r",\s(?:and\s)?|\s(?:and|&)\s")
_BRACKETS: Final = re.compile(r"\s\([^()]*\)")
_A_TOPIC: Final = r"(?:the\s)?(?!(?:I|we)\b)[a-z0-9_]+(?:[/-][a-z0-9_]+)*"
# `except msm (which Rob takes) and i915/nouveau`: topics, as titles begin with them
_EXCEPT_TOPICS: Final = compile_words(
    r"\b(?:except(?:ing)?(?: for)?|excluding|apart from|with the exception of|minus|sans) "
    f"(?P<list>{_A_TOPIC}(?:(?:, (?:and )?| (?:and|&) ){_A_TOPIC}){{0,9}})"
    r"(?= ?(?:[,.;:!)]|$)| (?:I|we|which|that|as|because|since|to|into|for|is|are)\b)"
)


def is_of_kind(named: str) -> bool:
    """Whether it is a kind of patches, which may have no such word in their titles."""
    return _KIND.search(named) is not None or _ONES.match(named) is not None


def is_one_titled(named: str) -> bool:
    """Whether it is one patch by its topic: `Riscv patch`, and not `the whole patch`."""
    match = _ONE_TITLED.match(named)
    if match is None:
        return False
    words = _TITLE_WORD.findall(match["words"].lower())
    return bool(words) and _ANY_PATCH.isdisjoint(words)


def find_title_words(named: str) -> frozenset[str]:
    """Return the words by which titles tell some of the patches: `btrfs`, `dts`."""
    match = _TITLED.match(named)
    if match is None and not _KIND.search(named):
        match = _ONE_TITLED.match(named)
    match = match or _DTS.match(named)
    said = match["words"] if match else ""
    return frozenset(_TITLE_WORD.findall(said.lower())) - (
        _NO_TITLE if match is not None and match.re is _TITLED else _ANY_PATCH
    )


def title_words_of(text: str) -> frozenset[str]:
    """Return the words of a text by which a title may be told.

    >>> sorted(title_words_of("the drm/i915 first"))
    ['drm', 'i915']
    """
    return frozenset(_TITLE_WORD.findall(text.lower())) - _ANY_PATCH


def find_all_titled(named: str, titles: Mapping[int, str]) -> set[int]:
    """Return the patches whose titles have each of these words.

    >>> find_all_titled("the lamp driver", {1: "leds: driver for a lamp", 2: "leds: dim lamps"})
    {1}
    """
    words = set(_TITLE_WORD.findall(named.lower())) - {"the"}
    return {
        number
        for number, title in titles.items()
        if words and words <= set(_TITLE_WORD.findall(title.lower()))
    }


def find_topic(named: str) -> str:
    """Return what some patches are about, if titles have it: `amdgpu` of `amdgpu patches`."""
    match = _OF_TOPIC.fullmatch(named)
    word = match["topic"].lower() if match else ""
    return "" if word in _ANY_PATCH else word


def find_of_topic(topic: str, titles: Mapping[int, str]) -> set[int] | None:
    """Return the patches that `amdgpu patches` means; none where it can't be known.

    That is where one title has the word, since several are meant, or where others have a word
    like it: `amd`. None if no title of the whole series has it.
    """
    found = _find_of_topic(topic, titles)
    if not found:
        return None if all(titles.values()) else set()
    others = (titles[number].lower() for number in titles.keys() - found)
    is_like = any(
        topic.startswith(word) or word.startswith(topic)
        for title in others
        for word in _LONG_WORD.findall(title)
    )
    return set() if is_like or len(found) == 1 < len(titles) else found


def find_excepted_words(sentence: str) -> frozenset[str] | None:
    """Return the words that tell which patches are left out; None if none is."""
    match = _EXCEPT_TITLED.search(sentence)
    if match is None or FIRST.match(f"{match['words']}one"):
        return None
    return frozenset(_TITLE_WORD.findall(match["words"].lower())) - _NO_TITLE


def find_titled(words: frozenset[str], titles: Mapping[int, str]) -> set[int]:
    """Return the patches whose titles have all of the words that any title has."""
    said = {number: set(_TITLE_WORD.findall(title.lower())) for number, title in titles.items()}
    if words == frozenset({"dt"}) and any("dts" in of_one for of_one in said.values()):
        words = frozenset({"dts"})  # `DT patch applied`, of bindings and a dts patch
    known = {word for word in words if any(word in of_one for of_one in said.values())}
    return {number for number, of_one in said.items() if known and known <= of_one}


def find_excepted_topics(sentence: str) -> tuple[str, ...]:
    """Return the topics that are left out, as titles may have them.

    >>> find_excepted_topics("I merged all except msm (that's Rob's) and i915/nouveau.")
    ('msm', 'i915/nouveau')
    """
    match = _EXCEPT_TOPICS.search(_BRACKETS.sub("", sentence))
    if match is None:
        return ()
    words = [word.removeprefix("the ") for word in _TOPIC_JOINT.split(match["list"].lower())]
    return () if not _ANY_PATCH.isdisjoint(words) else tuple(words)


def find_of_topics(topics: Iterable[str], titles: Mapping[int, str]) -> set[int] | None:
    """Return the patches whose titles have one of these topics; None if a topic is in no title."""
    found: set[int] = set()
    for topic in topics:
        numbers = [_find_of_topic(one, titles) for one in _list_names(topic, titles)]
        if not all(numbers):
            return None
        found = found.union(*numbers)
    return found


def _list_names(topic: str, titles: Mapping[int, str]) -> list[str]:
    """Return the names that a topic is made of: `i915/nouveau` may be one path, or two drivers."""
    return [topic] if _find_of_topic(topic, titles) else topic.split("/")


def _find_of_topic(topic: str, titles: Mapping[int, str]) -> set[int]:
    word = re.compile(rf"(?<![a-z0-9_]){re.escape(topic)}(?![a-z0-9_])")
    return {number for number, title in titles.items() if word.search(title.lower())}
