"""A rule by which a sentence that has the words of a claim is none after all."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kvminbox.review.claim import Claim, Clause
from kvminbox.review.grammar import compile_words
from kvminbox.review.wording import set_of

_SUBJECTS: Final = set_of("sender nobody patches somebody")
_KINDS: Final[dict[str, Callable[[Claim], bool]]] = {
    "unnamed": lambda claim: not claim.named,
    "it": lambda claim: claim.is_pronoun,
    "vague": lambda claim: claim.is_vague,
    "treeless": lambda claim: not claim.has_tree,
    "in-tree": lambda claim: claim.has_tree,
}


@dataclass(frozen=True)
class Rule:
    """What a claim must have, all of it, to be none.

    Attributes:
        example: a sentence that would be a claim without the rule.
        kind: by whom it was done, some of `sender nobody patches somebody`, or anybody; whether the
            patches are `unnamed`, called `it`, or either (`vague`); `treeless` or `in-tree`.
        verb: one of some verbs.
        named: a pattern of `compile_words` for all the words that name the patches.
        before: one that is found in what stands before the verb.
        rest: one that begins what follows the verb and its object.
        after: one that begins what follows the tree, or else the verb and its object.
        said: one that is found in the sentence.
        unless: one that is not.
        also: what else holds.
    """

    example: str
    kind: str = ""
    verb: str = ""
    named: str = ""
    before: str = ""
    rest: str = ""
    after: str = ""
    said: str = ""
    unless: str = ""
    also: Callable[[Clause], object] | None = None

    def holds(self, clause: Clause) -> bool:
        """Whether a claim has all of it."""
        claim = clause.claim
        subjects, kinds, verbs = self._kinds
        if (
            claim.subject not in subjects
            or (verbs and claim.verb not in verbs)
            or not all(kind(claim) for kind in kinds)
        ):
            return False
        for name, pattern in self._patterns:
            if not _matches(name, pattern, clause):
                return False
        return self.also is None or bool(self.also(clause))

    @cached_property
    def _kinds(self) -> tuple[frozenset[str], tuple[Callable[[Claim], bool], ...], frozenset[str]]:
        words = set_of(self.kind)
        kinds = tuple(_KINDS[word] for word in sorted(words - _SUBJECTS))
        return words & _SUBJECTS or _SUBJECTS, kinds, set_of(self.verb)

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        names = ("rest", "named", "before", "after", "said", "unless")
        texts = ((name, str(getattr(self, name))) for name in names)
        return tuple((name, compile_words(text)) for name, text in texts if text)


def _matches(name: str, pattern: re.Pattern[str], clause: Clause) -> bool:
    if name == "rest":
        return pattern.match(clause.rest) is not None
    if name == "named":
        return pattern.fullmatch(" ".join(clause.claim.named.split())) is not None
    if name == "before":
        return pattern.search(clause.before) is not None
    if name == "after":
        return pattern.match(clause.after) is not None
    return (pattern.search(clause.claim.sentence) is not None) is (name == "said")


def any_holds(rules: Iterable[Rule], clause: Clause) -> bool:
    """Whether one of some rules holds for a claim."""
    return any(rule.holds(clause) for rule in rules)
