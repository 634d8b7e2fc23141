"""A sentence on one line, as those who know its shape match it."""

import re
from dataclasses import dataclass

from kvminbox.review.claim import AFTER, Claim, Subject
from kvminbox.review.trees import find_place


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
