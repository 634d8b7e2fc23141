"""Mails that say that patches were applied, by maintainers and by their programs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kvminbox.models import Message
from kvminbox.review.own_text import own_lines
from kvminbox.review.scope import parse_numbers

MAX_PARAGRAPH: Final = 1_000
"""Characters of a paragraph that are read."""

_DONE_WORDS: Final = ("applied", "queued", "merged", "pulled", "picked up", "pushed out", "pushed")
_DONE: Final = f"(?:{'|'.join(_DONE_WORDS)})"
_LISTS: Final = "a list of patches with their commits"
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
# What speaks of a time or case in which it would be applied, or of testing with it
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
_COMMIT: Final = re.compile(
    r"(?:^[^\S\n]*+commit:?\s+|/c/|[?&;]id=|/commit/|^Commit-ID:\s+|\bas commit\s+)"
    r"([0-9a-f]{7,64})\b",
    re.MULTILINE | re.IGNORECASE,
)
_LISTED: Final = re.compile(r"^\s*-?\s*\[(\d{1,4})/(\d{1,4})\]\s+(\S.*)$")
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


@dataclass(frozen=True, slots=True)
class AppliedText:
    """What a mail says of applied patches, before it is known which series it answers."""

    evidence: str
    commits: tuple[str, ...]
    tree: str
    listed: tuple[tuple[int, int, str], ...]
    """`[n/m] title` lines with their commit, as number, total and title."""

    numbers: tuple[int, ...]
    """Numbers that its words name."""

    excepted: tuple[int, ...]
    """Numbers that its words leave out."""

    count: int
    """How many it speaks of: 3 for `these three`; 0 where it does not say."""

    def find_patches(self, titles: Mapping[int, str], answered: int) -> tuple[int, ...]:
        """Give the numbers that are meant, of patches with these titles.

        Args:
            titles: the patches' titles by their number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        if self.listed:
            return _match_listed(self.listed, titles)
        if named := tuple(number for number in self.numbers if number in titles):
            return named
        if self.count and answered == 0 and self.count != len(titles):
            return ()  # `Queued these three`, below the titles of some of ten
        meant = tuple(titles) if answered == 0 or self.excepted else (answered,)
        return tuple(number for number in meant if number in titles and number not in self.excepted)


def find_applied(message: Message) -> AppliedText | None:
    """Find out whether a mail says that patches were applied; None where it does not.

    Known are the words of maintainers ("Applied to kvmarm/next, thanks!",
    "Queued, thanks."), of `b4 ty`, and of patchwork-bot, pr-tracker-bot and
    tip-bot2. Questions, plans and conditions are none.
    """
    return read_applied(own_lines(message))


def read_applied(lines: list[str]) -> AppliedText | None:
    """Find out the same from a mail's own lines."""
    text = "\n".join(lines)
    listed = tuple(_find_listed(lines)) if "[" in text else ()
    if not listed and not _mentions(text):
        return None
    evidence = _find_words(lines) or (_LISTS if listed else None)
    if evidence is None:
        return None
    tree = _TREE.search(evidence)
    return AppliedText(
        evidence=evidence[:200],
        commits=tuple(dict.fromkeys(_COMMIT.findall(text))),
        tree=tree[1].rstrip(":") if tree else "",
        listed=listed,
        numbers=_find_numbers(evidence),
        excepted=parse_numbers(left_out[1]) if (left_out := _NOT.search(evidence)) else (),
        count=_read_number(counted[1]) if (counted := _COUNT.search(evidence)) else 0,
    )


def _mentions(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in _DONE_WORDS)


def _find_words(lines: list[str]) -> str | None:
    for paragraph in "\n".join(lines).replace("\n>", "\n\n").split("\n\n"):
        text = " ".join(paragraph[:MAX_PARAGRAPH].split())
        if not _mentions(text):
            continue
        if _PROGRAM.match(text) or text.lower().startswith("the following commit has been merged"):
            return text
        for sentence in _SENTENCE.split(text):
            if _says_applied(sentence):
                return sentence
    return None


def _first_claim(sentence: str) -> str:
    """Give a sentence up to what it adds: `I've applied this to next, and will send it`."""
    done = _DONE_WORD.search(sentence)
    rest = _FURTHER.search(sentence, done.end()) if done else None
    return sentence[: rest.start()] if rest else sentence


def _says_applied(sentence: str) -> bool:
    if not _mentions(sentence) or _UNSURE.search(_first_claim(sentence)):
        return False
    return _HEADLINE.match(sentence) is not None or _REPORT.search(sentence) is not None


def _find_numbers(text: str) -> tuple[int, ...]:
    if match := _PATCHES.search(text):
        return parse_numbers(match[1])
    if match := _FIRST.search(text):
        return tuple(range(1, _read_number(match[1] or "1") + 1))
    return ()


def _read_number(said: str) -> int:
    return _WORDS.get(said.lower()) or int(said)


def _find_listed(lines: list[str]) -> list[tuple[int, int, str]]:
    """Read b4 ty's and patchwork-bot's list: `[1/2] title`, and the commit in the next line."""
    found = []
    for line, following in pairwise([*lines, ""]):
        match = _LISTED.match(line) if "[" in line[:12] else None
        if match and _COMMIT.search(following):
            found.append((int(match[1]), int(match[2]), match[3].strip()))
    return found


def _match_listed(
    listed: tuple[tuple[int, int, str], ...], titles: Mapping[int, str]
) -> tuple[int, ...]:
    """Match the list's lines to patches by title, for b4 ty counts those that it applied."""
    by_title = {_fold(title): number for number, title in titles.items()}
    found: dict[int, None] = {}
    for number, total, title in listed:
        match = by_title.get(_fold(title))
        if match is None and total == len(titles) and number in titles:
            match = number
        if match is not None:
            found[match] = None
    return tuple(sorted(found))


def _fold(title: str) -> str:
    return " ".join(title.rpartition("] ")[2].split()).casefold()
