"""A sentence on one line, as those who know its shape match it."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kvminbox.review.claim import AFTER, MAX_VERBS, Claim, Subject
from kvminbox.review.marks import DOUBTS
from kvminbox.review.trees import find_place

# of these a claim has one that may begin within a sentence: those that ask `match_within`
_WITHIN: Final = ("queued", "staged", "merge", "committed", "push", "did", "replaced")
_CLAUSE: Final = re.compile(r"[,;:]\s|\b(?:and|but|so)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and the same on one line, with the places where its clauses begin."""

    sentence: str
    text: str
    starts: tuple[int, ...] = ()

    def match_within(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern at the beginning of any clause."""
        for start in self.starts:
            if match := pattern.match(self.text, start):
                return match
        return None

    def rest(self, match: re.Match[str]) -> str:
        """Return what follows a match."""
        return self.text[match.end() : match.end() + AFTER]

    def tell_match(self, subject: Subject, what: str, match: re.Match[str]) -> Claim:
        """Return a claim with the verb of a match, whose tree is in what follows it."""
        return self.tell(match["verb"].lower(), subject, what, self.rest(match))

    def tell(self, verb: str, subject: Subject, what: str, rest: str) -> Claim:
        """Return a claim whose tree is in the words behind it."""
        return tell(self.sentence, verb, subject, what, rest)


def tell(sentence: str, verb: str, subject: Subject, what: str, rest: str) -> Claim:
    """Return a claim of a sentence whose tree is in the words behind it."""
    place = find_place(rest)
    return Claim(
        sentence=" ".join(sentence.split()),
        verb=verb,
        subject=subject,
        named=what,
        tree=place.tree if place else "",
        has_tree=place is not None,
    )


def read_line(sentence: str, text: str) -> Line:
    """Return a sentence with its text on one line, and where its clauses begin."""
    lowered = text.lower()
    starts = _find_starts(text) if any(word in lowered for word in _WITHIN) else ()
    return Line(sentence, text, starts)


def _find_starts(line: str) -> tuple[int, ...]:
    """Return where the clauses of a sentence begin, up to the first that doubts."""
    ends = (clause.end() for clause in islice(_CLAUSE.finditer(line), MAX_VERBS))
    return (0, *(end for end in ends if not DOUBTS.search(line[:end])))
