"""Whether a next version's changelog has heard a remark: it names its writer for the same thing.

`Renamed symbols in defconfig (Ada)` hears Ada's `The defconfigs have to rename these symbols, too`,
and `Address Ada's comments` hears all that Ada said on the version before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kvminbox.models import Address, Remark, Series
from kvminbox.patterns import compile_later
from kvminbox.review.wording import set_of
from kvminbox.versions.changelog import parse_cover, parse_notes

MAX_ITEM: Final = 600
"""Characters of a changelog's item that is read."""

MAX_TEXT: Final = 2_000
"""Characters of a remark whose words are looked for."""

MIN_SHARED: Final = 2
"""Plain words that an item shares with a remark, at the least, if they are most of it."""

_NAME: Final = "\0"
_VERSION: Final = re.compile(r"\bv\d", re.IGNORECASE)
_NAMES: Final = re.compile(r"[^\W\d_][\w-]{2,}")
# `lamp_start()`, `lampTimer`, `lamp.c`, `Kbuild`: what hardly two remarks have in common
_TELLING: Final = compile_later(
    r"(?<![\w-])(?:(?=\w{0,60}[^\W_]_\w)\w{2,60}|\w{1,60}\(\)|[A-Z]?[a-z]{2,60}[A-Z]\w{0,60}"
    r"|[\w-]{1,60}\.(?:[chS]|rs|py|dts|dtsi|yaml|rst|txt|sh)\b|(?:Kbuild|Kconfig|Makefile)\b)"
)
_WORD: Final = re.compile(r"(?<![\w{}])[^\W\d_]{4,}(?![\w{}])")
_TAG: Final = compile_later(
    r"\b(?:reviewed|acked|tested|reported|signed-off)-by|\br-?bs?\b|\btags?\b|\backs?\b",
    re.IGNORECASE,
)
_REVIEW: Final = (
    r"(?:review(?:s|[ ]comments?)?|comments?|feedback|suggestions?|remarks?|nits|input|advice)"
)
# `Addressed all comments from Ada and Ben`, `Incorporate Ada's review comments`; not
# `Use a lock per Ada's comments`, nor `Address Ada's comments:` above a list of them
_ALL_OF: Final = compile_later(
    r"\b(?:address|fix|incorporat|appl(?:y|ied)|integrat|implement|resolv|follow|handl|reflect)\w*"
    r"(?: (?:all|of|the|any|other|various|review|further|minor|more|latest|new|remaining))*"
    rf" (?:\0(?:['’]s?)? (?:\w+ )?{_REVIEW}"
    rf"|{_REVIEW}[^.;:\0]{{0,20}} (?:from|by|of) [^.;:\0]{{0,40}}\0"
    rf"|{_REVIEW} \([^()\0]{{0,40}}\0)(?![^.;]*:$)",
    re.IGNORECASE,
)
_SOME: Final = compile_later(
    r"\b(?:some|most|part|partly|partially|few|bunch|except|but|not|one of)\b", re.IGNORECASE
)
# `Rebase on Ada's patch`
_THEIRS: Final = compile_later(
    r"\0['’]s? (?:[\w-]+ ){0,3}(?:patch(?:es)?|patchset|series|commits?|tree|branch|work|fix)\b",
    re.IGNORECASE,
)
# words of any changelog, and of any remark
_COMMON: Final = set_of(
    "about above actually added adding adds after again against also another anything"
    " anyway because been before being below better between both bugs call called calls"
    " cannot case cases change changed changes code comment comments commit could does"
    " doing done drop dropped each either else even every extra first fixed fixes fixing"
    " followup from function functions give good have having here instead into issue"
    " issues just keep kernel know last later like line lines look looks made make makes"
    " many maybe message might mind missing more most move moved much must name names need"
    " needed needs never next nice nits note nothing only other otherwise over part patch"
    " patches perhaps please point pointed pointing probably problem really remove removed"
    " removes removing review right same see series should simple simply since some"
    " something split still such suggest suggested suggestion suggestions sure take test"
    " tests than thank thanks that their them then there these they thing things think"
    " this those though time update updated updates upon used using v2 version very want"
    " wants well were what when where whether which while will with without work works"
    " would wrong your yours"
)


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a changelog."""

    text: str
    lead: str
    """The item above it that ends in a colon: `Address Ada's comments:`."""

    telling: frozenset[str]
    words: frozenset[str]


def list_points(series: Series, number: int | None) -> tuple[Point, ...]:
    """Return the items of what a series says that it changed, and not older versions of it.

    Args:
        series: the series.
        number: the patch whose own changelog is read with the cover letter's; each one's without.
    """
    entries = parse_cover(series)
    for counter, patch in zip(series.numbers, series.patches, strict=True):
        if number and counter != number:
            continue
        entries += parse_notes(patch.notes, series.revision, counter)
        if _VERSION.search(patch.commit_message):
            # where it stays in the history: `v2: Use a lock (Ada)`
            found = parse_notes(patch.commit_message, series.revision, counter)
            entries += [one for one in found if one.revision is not None]
    points: dict[str, Point] = {}
    for entry in entries:
        if entry.revision in {None, series.revision}:
            lead = ""
            for item in entry.items:
                text = item[:MAX_ITEM]
                lead = text if text.endswith(":") else lead
                point = Point(text, lead, _telling(text), _words(text))
                points.setdefault(text, point)
    return tuple(points.values())


def find_hearings(remark: Remark, points: Iterable[Point]) -> tuple[str, ...]:
    """Return the points of the next version's changelog that have heard a remark.

    Args:
        remark: the remark.
        points: what that version, or its patch, says that it changed.
    """
    named = [one for one in points if _names(one, remark.sender)]
    if not named:
        return ()
    text = remark.text[:MAX_TEXT]
    names = frozenset(_stem(one.lower()) for one in _NAMES.findall(remark.sender.name))
    said = _Said(_telling(text), _telling(remark.path.rpartition("/")[2]), _words(text) - names)
    return tuple(
        one.text for one in named if _hears_all(_name(one.text, remark.sender)) or _is_of(one, said)
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a remark, and of its file's name."""

    telling: frozenset[str]
    path: frozenset[str]
    words: frozenset[str]


def _is_of(point: Point, said: _Said) -> bool:
    """Whether a point and a remark have so many words in common that they are of one thing."""
    if not point.telling.isdisjoint(said.telling):
        return True
    if _TAG.search(point.text):
        return False
    shared = len(point.words & said.words)
    if not point.telling.isdisjoint(said.path):
        return shared > 0
    most = 3 * shared if shared > MIN_SHARED else 2 * shared
    return shared >= MIN_SHARED and most > len(point.words)


def _names(point: Point, person: Address) -> bool:
    text = _name(f"{point.lead} {point.text}", person)
    return _NAME in text and not _THEIRS.search(text)


def _hears_all(said: str) -> bool:
    return _ALL_OF.search(said) is not None and _SOME.search(said) is None


def _name(text: str, person: Address) -> str:
    """Return a text with a mark in place of a person's names, written as names are."""
    names = [one for one in _NAMES.findall(person.name) if one in text and one[0].isupper()]
    for one in names:
        text = re.sub(rf"\b{re.escape(one)}\b", _NAME, text)
    return re.sub(rf"{_NAME}(?:[ ,]+{_NAME})+", _NAME, text)


def _telling(text: str) -> frozenset[str]:
    return frozenset(one.removesuffix("()").lower() for one in _TELLING.findall(text))


def _words(text: str) -> frozenset[str]:
    found = (one.lower() for one in _WORD.findall(_TELLING.sub(" ", text)))
    return frozenset(_stem(one) for one in found if one not in _COMMON)


def _stem(word: str) -> str:
    return word[:6] if len(word) > 5 else word.removesuffix("s")
