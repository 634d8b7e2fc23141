"""How people and programs say that patches were applied: which, how many, and to which tree."""

import re
from typing import Final

from kvminbox.review.scope import parse_numbers

MAX_PARAGRAPH: Final = 1_000
"""Characters of a paragraph that are read."""

_DONE_WORDS: Final = ("applied", "queued", "merged", "pulled", "picked up", "pushed out", "pushed")
_DONE: Final = f"(?:{'|'.join(_DONE_WORDS)})"
_ADVERB: Final = r"(?:now|just|already|also|finally|then|manually|provisionally|squashed|hereby)"
_WHAT: Final = (
    r"(?:this|it|them|these|both|all|the (?:whole |entire )?(?:series|patch(?:es)?|lot|first|rest)"
    r"|patch(?:es)? #?\d|#?\d|series|first|the series)"
)
# `Applied to next, thanks!`, `Thanks, applied.`, `Queued 1-7, will be on kvm/next tomorrow.`
_HEADLINE: Final = re.compile(
    r"(?:(?:ok(?:ay)?|great|nice|good|perfect|thanks?(?: (?:you|a lot|very much|so much|everyone))?"
    rf"|cheers|both|all|{_ADVERB}|and|looks good|i've|i have|this is|these are|is|are"
    r"|has been|have been|(?:(?:the|this|whole|all|both) )*(?:series|patch(?:es)?|set|fix(?:es)?)"
    r"(?: [\d, and-]+)?)[,:;!-]* ){0,4}?" + _DONE + r"(?=[.,;!]|$| \(| ?-+ ?thank| thank"
    r"| (?:to|into|in|for|as|with|up|now|already|and|manually)\b"
    rf"| {_WHAT}\b)",
    re.IGNORECASE,
)
# `I squashed it and queued it for -rc1`, `I've applied this to kvm/next`
_REPORT: Final = re.compile(
    rf"\b(?:I(?:'ve| have)?|and) (?:{_ADVERB} ){{0,2}}{_DONE} {_WHAT}\b", re.IGNORECASE
)
_PROGRAM: Final = re.compile(
    r"(?:(?:this|the) (?:series|patch|following commit|pull request|pull).{0,200}?|^)"
    r"(?:was|were|has been|have been) (?:applied|merged|added)\b",
    re.IGNORECASE | re.DOTALL,
)
# words about a time or case in which it would be applied, or about testing with it
_UNSURE: Final = re.compile(
    r"\b(?:if|when|once|until|before|unless|not|never|can|could|would|should|shall|may|might|must"
    r"|will be|to be|get|gets|got|be|being|after|assuming|locally|wait|please|yet|why|whether"
    r"|you have|you've|our|cleanly|against)\b|n't\b|n\u2019t\b|\?"
    r"|\b(?:on top of|to the patch|on v?\d|out (?:a|an|this) )",
    re.IGNORECASE,
)
_DONE_WORD: Final = re.compile(_DONE, re.IGNORECASE)
_FURTHER: Final = re.compile(r",? (?:and|which) (?!applied|queued|merged|pushed|pulled)|;? \(|; ")
_SENTENCE: Final = re.compile(r"(?<=[.!])\s+|\n")
_TREE: Final = re.compile(
    r"\b(?:applied|queued|merged|pulled|pushed)(?: [\w,'-]+){0,3}? (?:to|into)\s(?:the |my )?"
    r"((?!(?:its|the|both|patch|branch|be|it|Linus|our)\b)[\w/:@+-]+(?:[.][\w/:@+-]+)*"
    r"(?: \([\w./+-]+\))?)",
    re.IGNORECASE,
)
_PATCHES: Final = re.compile(
    rf"\b{_DONE}(?: only)?(?: the)? (?:patch(?:es)? )?"
    r"(#?\d{1,3}(?:(?:\s?[-–~,+]\s?|\s(?:and|&|to) )#?\d{1,3})*)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:minus|apart from|except(?: for)?|excluding|but(?: for)?) (?:patch(?:es)? )?"
    r"(#?\d{1,3}(?:(?:\s?[-–~,+]\s?|\s(?:and|&|to) )#?\d{1,3})*)\b",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    rf"\b{_DONE}(?: only)?(?: the)? first (?:(\d|two|three|four|five|six) )?"
    r"(?:\w+ )?(?:patch|patches|cleanups?|fix|fixes)\b",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\bthese (\d|two|three|four|five|six)\b", re.IGNORECASE)
_WORDS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def find_claim(text: str) -> str | None:
    """Return the sentence of a text that says that patches were applied; None without one.

    A program's claim is its whole paragraph.
    """
    for paragraph in text.replace("\n>", "\n\n").split("\n\n"):
        said = " ".join(paragraph[:MAX_PARAGRAPH].split())
        if not may_claim(said):
            continue
        if _PROGRAM.match(said) or said.lower().startswith("the following commit has been merged"):
            return said
        for sentence in _SENTENCE.split(said):
            if _says_applied(sentence):
                return sentence
    return None


def may_claim(text: str) -> bool:
    """Whether a text has any of the words that a claim needs; spares most texts the rest."""
    lowered = text.lower()
    return any(word in lowered for word in _DONE_WORDS)


def _says_applied(sentence: str) -> bool:
    if not may_claim(sentence) or _UNSURE.search(_first_clause(sentence)):
        return False
    return _HEADLINE.match(sentence) is not None or _REPORT.search(sentence) is not None


def _first_clause(sentence: str) -> str:
    """Return a sentence without what it adds: `I've applied this to next, and will send it`."""
    done = _DONE_WORD.search(sentence)
    rest = _FURTHER.search(sentence, done.end()) if done else None
    return sentence[: rest.start()] if rest else sentence


def find_tree(claim: str) -> str:
    """Return the tree or branch that a claim names; empty where it names none."""
    tree = _TREE.search(claim)
    return tree[1].rstrip(":") if tree else ""


def find_numbers(claim: str) -> tuple[int, ...]:
    """Return the numbers of the patches that a claim names."""
    if match := _PATCHES.search(claim):
        return parse_numbers(match[1])
    if match := _FIRST.search(claim):
        return tuple(range(1, _read_number(match[1] or "1") + 1))
    return ()


def find_excepted(claim: str) -> tuple[int, ...]:
    """Return the numbers of the patches that a claim leaves out."""
    match = _NOT.search(claim)
    return parse_numbers(match[1]) if match else ()


def find_count(claim: str) -> int:
    """Return how many patches a claim is about: 3 for `these three`; 0 where it does not say."""
    match = _COUNT.search(claim)
    return _read_number(match[1]) if match else 0


def _read_number(said: str) -> int:
    return _WORDS.get(said.lower()) or int(said)
