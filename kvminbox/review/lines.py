"""A sentence on one line, as those who know its shape match it."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from kvminbox.review.claim import AFTER, MAX_VERBS, Claim, Subject
from kvminbox.review.marks import DOUBTS
from kvminbox.review.trees import find_place

_CLAUSE: Final = re.compile(r"[,;:]\s|\b(?:and|but|so)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A sentence, and the same on one line."""

    sentence: str
    text: str

    @cached_property
    def lowered(self) -> str:
        """The line in lower case."""
        return self.text.lower()

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The places where its clauses begin, up to the first that doubts."""
        ends = (clause.end() for clause in islice(_CLAUSE.finditer(self.text), MAX_VERBS))
        return (0, *(end for end in ends if not DOUBTS.search(self.text[:end])))

    def rest(self, end: int) -> str:
        """Return what follows a place."""
        return self.text[end : end + AFTER]

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
