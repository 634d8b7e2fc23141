"""What was applied, by the words that follow a verb, or stand before it."""

import re
from dataclasses import dataclass
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.grammar import compile_words, list_ends, match_behind_intros
from kvminbox.review.scope import NUMBERS
from kvminbox.review.trees import Place

# what may stand between a verb and its object: `I've queued up now the first two`
_BETWEEN: Final = compile_words(
    r"(?: (?:up|out))?"
    r"(?: (?:only|just|also|now|manually|already|locally|from(?= \d{1,3} ?- ?\d)))? "
    r"(?:(?:the|a) (?:\w+ ){1,2}(?:from|by) [A-Z]\w+ and )?"
)
_IN: Final = compile_words(" in(?= )")
_PART: Final = compile_words(
    rf"{wording.PART}|(?:the )?(?:dts|dtsi|dt)(?= ?[,.!]| (?:to|into|for) )|the result"
    "|(?:the )?original(?: one)?"
)
_ENDS: Final = compile_later(wording.FOLLOWS_OBJECT, re.IGNORECASE)
_TAKES_IN: Final = frozenset({"pulled", "merged", "squashed", "folded", "took", "taken", "added"})
_NO_OBJECT: Final = re.compile(wording.FOLLOWS_VERB, re.IGNORECASE)
_NUMBERED: Final = re.compile(
    rf"\bpatch(?:es)?\s#?{NUMBERS}(?:(?:,|\sand|,\sand)\spatch\s#?{NUMBERS})*\b"
    rf"|\b(?:first|last)\s(?:\d{{1,3}}|{wording.SMALL})(?:\s(?:\w+\s)?patches\b|(?=\s?[,.;]))"
    r"|\b\d{1,4}/\d{1,4}(?:\s?(?:-|,|and|&|to)\s?\d{1,4}/\d{1,4})+",
    re.IGNORECASE,
)
# `The timer patches look good, so I picked them`
# `Queued up`, and on the next line `jobs are discarded`
_GOES_ON: Final = re.compile(r"(?:\s(?:up|in|out))?(?=\n(?:[a-z]|[A-Z][\w-]+(?:['’]s|s['’])\s))")
_KINDS: Final = re.compile(
    r"\b[Tt]he\s(?!first|last|other|whole|remaining|rest|following|above|next|new|old)[\w-]+\spatches\b"
)
_COLON_NUMBERS: Final = re.compile(rf":\s\[?({NUMBERS})(?![\w/]|[.-]\w)")
# `Following patches are applied:`, and below it `[PATCH v6 5/7] arm64: a timer`
_LISTED: Final = re.compile(r"\n\[PATCH[^\]\n]{0,30}?\s(\d{1,3})/\d{1,3}\]")
# `applied to kvm/next patches 1-3`, `applied in kvm/next the two patches above`
_LATER: Final = compile_words(
    rf" (?P<what>{_NUMBERED.pattern}|(?:the|these|those) (?:\d"
    rf"|{wording.SMALL}) (?:\w+ )?patches)"
)
# `applied the timer changes in patch 2 and patch 4`
_IN_PATCHES: Final = compile_words(
    f" (?:in|of|from) (?P<what>patch(?:es)? #?{NUMBERS}(?:(?:,| and) patch #?{NUMBERS})*)"
)
# `merged the patches to non-timer drivers`
_OF_TOPIC: Final = compile_words(
    r" (?:to|for|of|in|touching|against) (?:the )?(?:[\w./-]+ ){1,2}(?:drivers?|boards?"
    r"|platforms?|arch(?:itecture|e)?s?|subsystems?|devices?|socs?)(?= ?(?:[.,;]|$)| (?:to|into"
    r"|in|for|now)\b)"
)
_BARE_END: Final = compile_words(
    "(?:only )?(?:the|these|those) (?:first|second|third|last|others?|remaining)"
)
_SEVERAL: Final = compile_words(r"\b(?:patches|ones|changes|fixes|bits|parts)$")
_SOME_CHANGES: Final = compile_words(r"the (?:[\w./-]+ ){1,2}(?:changes|bits|parts|fixes|patches)")
# `merged your branch and applied, 3,4,5,6 to kvm/next`
_COMMA_NUMBERS: Final = re.compile(rf",\s(?P<what>{NUMBERS})(?=\s(?:to|into|in|for)\b)")
# `Queued and 1-9 and 18, thanks`
_AND_NUMBERS: Final = re.compile(
    rf",?\s(?:and|[-–]{{1,2}})\s(?:patch(?:es)?\s)?(?=#?\d[\d/]*\s?(?:[-–~,&]|and\b|to\b))(?P<what>{NUMBERS})(?=\s?(?:[.!;,]|$)|\s(?:to|into|in|for)\b)"
)
_UP_TO_THIS: Final = compile_words(
    r"(?: now)?,? up (?:to|until) (?:and including )?this (?:patch|one|point)\b"
)
_UP_TO_HERE: Final = compile_words(r" (?:up to|until) (?:and including )?here\b")
# `These 2 patches look good to me. Applied.`
_PRAISED: Final = compile_words(
    r"(?P<what>(?:these|both|all) (?:of )?(?:the(?:se)? )?"
    rf"(?:(?:\d{{1,2}}|{wording.SMALL}) )?patches"
    "|(?:the|this) (?:whole |entire )?(?:series|patch-?set)) (?:all )?(?:looks?|seems?|is|are)"
    r" (?:\w+ ){0,2}(?:good|fine|ok|okay|great|nice|correct)\b"
    r"(?![^.]*\b(?:but|except|though|however|apart)\b)"
)
# `Thank you for this v3 series. I applied it.`
_THANKED_FOR: Final = compile_words(
    r"(?:(?:hi|hello) \w+[,.]? )?(?:many )?(?:thanks|thank you)(?: (?:again|a lot|very much"
    r"|so much))?(?: \w+)?,? for (?P<what>(?:this|your|the) (?:[\w./-]+ ){0,2}(?:series"
    r"|patch-?set))\W*"
)


@dataclass(frozen=True, slots=True)
class Object:
    """The words that a verb has for its object."""

    what: str
    """The words themselves: `the patches`."""

    rest: str
    """What follows them."""

    topic: str = ""
    """What kind of patches they are: ` to non-timer drivers`."""

    inside: str = ""
    """The patches that hold them: `patch 2` of `the timer changes in patch 2`."""


def read_object(verb: str, after: str) -> Object | None:
    """Read the object of a verb; None where it has none, or another one than patches.

    Args:
        verb: the verb.
        after: what follows it.
    """
    found = _find_object(after)
    if found is None and verb.lower() in _TAKES_IN and (inside := _IN.match(after)):
        found = _find_object(after, inside.end())
    if found is None:
        return None
    what, rest = after[slice(*found)], after[found[1] :]
    if rest[:1] == "\n" and _BARE_END.fullmatch(
        what
    ):  # `the second`, and below it `interpretation`
        return read_object(verb, after.replace("\n", " "))
    topic = _OF_TOPIC.match(rest) if _SEVERAL.search(what) else None
    rest = rest[topic.end() :] if topic else rest
    inside = _IN_PATCHES.match(rest) if _SOME_CHANGES.fullmatch(what) else None
    return Object(
        what,
        rest[inside.end() :] if inside else rest,
        topic[0] if topic else "",
        inside["what"] if inside else "",
    )


def _find_object(after: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the words for patches, or a part of one, begin and end behind a verb."""
    between = _BETWEEN.match(after, start)
    if between is None:
        return None
    for begin in (between.end(), start + 1):  # `merged up to this patch`
        part = _PART.match(after, begin)
        for end in (*list_ends(after, begin), *((part.end(),) if part else ())):
            if _ENDS.match(after, end):
                return begin, end
    return None


def ends_there(after: str) -> bool:
    """Whether no object follows a verb, on its line or, where that is full, on the next one."""
    goes_on = _GOES_ON.match(after)
    said = f"{after[: goes_on.end()]} {after[goes_on.end() + 1 :]}" if goes_on else after
    return _NO_OBJECT.match(said) is not None


def name_object(what: str, done: Object, before: str) -> str:
    """Return the words that name what was applied, by the object of a verb.

    Args:
        what: the words before the verb that name it, as in `these I've queued`; mostly none.
        done: the object.
        before: what stands before the verb, which `them` may be about.
    """
    if _UP_TO_THIS.match(done.rest) or _UP_TO_HERE.match(done.rest):
        return "all up to this one"
    if done.what.lower() == "them":
        what = ""  # `patch 1 and patch 2 I have applied them`
    named = name_listed(what or name_meant(done.what, before), done.rest)
    return done.inside or f"{named}{done.topic}"


def name_meant(what: str, before: str) -> str:
    """Return what `them` stands for: `The first two patches look good, so I applied them`."""
    said = re.sub(r"\([^()]*\)", "", before)  # `(see my comments on patch 4), I took them`
    named = [match[0] for match in _NUMBERED.finditer(said)] or _KINDS.findall(said)
    return (
        named[-1] if named and what.lower() in {"they", "them", "these", "those", "both"} else what
    )


def name_listed(what: str, rest: str) -> str:
    """Return what is named with the numbers after it: `the following patches: 1, 2`."""
    if not what.lower().endswith("patches"):
        return what
    match = _COLON_NUMBERS.match(rest)
    listed = [match[1]] if match else _LISTED.findall(rest) if "following" in what.lower() else []
    return f"{what} {', '.join(listed)}" if listed else what


def name_later(rest: str, place: Place | None) -> str:
    """Return what is named after the tree: `Applied to kvm/next patches 1-3`."""
    if before_tree := _COMMA_NUMBERS.match(rest) or _AND_NUMBERS.match(rest):
        return before_tree["what"]
    after = rest[place.end :] if place else rest
    if _UP_TO_HERE.match(after):
        return "all up to this one"
    match = _LATER.match(after) if place else None
    return match["what"] if match else ""


def find_praised(sentence: str) -> str:
    """Return what a sentence praises, which a bare `Applied.` behind it means."""
    match = match_behind_intros(_PRAISED, sentence)
    return match["what"] if match else ""


def find_thanked(sentence: str) -> str:
    """Return the series for which a sentence thanks, and which `I applied it.` behind it means.

    >>> find_thanked("Thank you for this v3 series.")
    'this v3 series'
    """
    match = _THANKED_FOR.fullmatch(sentence)
    return match["what"] if match else ""
