"""What a mail says about applied patches, and which of a series' patches it means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kvminbox.models import AppliedForm
from kvminbox.review.claim import Claim
from kvminbox.review.commit_lists import Item, match_items
from kvminbox.review.formula import is_formula
from kvminbox.review.listed_titles import find_listed, fold_title
from kvminbox.review.named_parts import Part


@dataclass(frozen=True, slots=True)
class Share:
    """The patches that went to one tree."""

    patches: tuple[int, ...]
    tree: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AppliedText:
    """What a mail says about applied patches, before it is known which series it answers."""

    evidence: str
    commits: tuple[str, ...]
    tree: str
    listed: tuple[Item, ...]
    """`[n/m] title` lines with their commit, as number, total and title."""

    parts: tuple[Part, ...]
    """Which patches its sentences name, and the tree of each."""

    listed_above: tuple[tuple[str, ...], ...] = ()
    """The lines right above its paragraphs, which may be titles."""

    by_sender: bool = True
    """Whether it says that its sender did it, and nobody else, as far as words tell."""

    somebody: str = ""
    """Who else did it, where that is said: `Rob`."""

    subjects: frozenset[str] = frozenset()
    """Acronyms by which its sentences name patches: `MST` of `the MST bindings patchset`."""

    below: frozenset[str] = frozenset()
    """Own lines, folded, where patches are named as the following: their titles may be there."""

    claims: tuple[Claim, ...] = ()
    """What each of its sentences says."""

    def find_form(self, *, commits: bool) -> AppliedForm:
        """Return in which form a person says it.

        Args:
            commits: whether the sender is known to commit.
        """
        if self.listed:
            return "list"
        is_usual = self.claims and all(is_formula(one, commits=commits) for one in self.claims)
        return "formula" if is_usual else "free"

    @property
    def is_inferred(self) -> bool:
        """Whether no words tell it, but thanks for it, or what was not applied."""
        return bool(self.claims) and all(one.is_inferred for one in self.claims)

    @property
    def is_thanks(self) -> bool:
        """Whether it only thanks somebody for it."""
        return bool(self.claims) and all(one.is_thanks for one in self.claims)

    @property
    def is_loose(self) -> bool:
        """Whether none of its words tells patches apart: `I've applied the patches`."""
        return not self.listed and bool(self.parts) and all(one.is_loose for one in self.parts)

    def is_about(self, titles: Iterable[str]) -> bool:
        """Whether the series that is named, if any is, may be one of these titles."""
        titles = list(titles)
        if self.parts and not any(one.selection.may_mean(titles) for one in self.parts):
            return False
        words = {word.upper() for title in titles for word in re.findall(r"\w+", title)}
        return not self.subjects or not self.subjects.isdisjoint(words)

    def names_more(self, total: int) -> bool:
        """Whether its words are about a longer series: `The first two patches were merged`."""
        left = max((number for one in self.claims for number in one.dropped), default=0)
        if self.is_inferred and left > total:
            return True
        ends = [max(one.selection.first, one.selection.last) for one in self.parts]
        return bool(ends) and min(ends) > total

    def find_patches(self, titles: Mapping[int, str], answered: int) -> tuple[int, ...]:
        """Return the numbers that are meant, out of patches with these titles.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        if self.listed:
            return match_items(self.listed, titles)
        found = frozenset[int]().union(*self._choose(titles, answered))
        if not found and self.below:
            found = frozenset(
                number for number, title in titles.items() if fold_title(title) in self.below
            )
        return tuple(sorted(found))

    def divide(self, titles: Mapping[int, str], answered: int) -> tuple[Share, ...]:
        """Return what went to which tree; one share of all where the words do not tell it.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
        """
        whole = Share(self.find_patches(titles, answered), self.tree, self.evidence)
        trees = {one.tree for one in self.parts if one.tree or one.is_apart}
        # which tree has which of the commits is not told
        if len(trees) < 2 or self.listed or self.commits:
            return (whole,)
        chosen = self._choose(titles, answered)
        named = frozenset[int]().union(
            *(found for one, found in zip(self.parts, chosen, strict=True) if not one.is_rest)
        )
        shares: dict[str, tuple[set[int], str]] = {}
        for one, found in zip(self.parts, chosen, strict=True):
            numbers, _ = shares.setdefault(one.tree, (set(), one.evidence))
            numbers |= found - named if one.is_rest else found
        counted = sum(len(numbers) for numbers, _ in shares.values())
        if counted != len(whole.patches) or not all(numbers for numbers, _ in shares.values()):
            return (whole,)
        return tuple(
            Share(tuple(sorted(numbers)), tree, evidence)
            for tree, (numbers, evidence) in shares.items()
        )

    def _choose(self, titles: Mapping[int, str], answered: int) -> list[frozenset[int]]:
        """Return the numbers that each part means."""
        told = frozenset[int]()
        if any(one.above.lines for one in self.parts):
            told = told.union(*(find_listed(one, titles) for one in self.listed_above))
        return [one.choose(titles, answered, told) for one in self.parts]
