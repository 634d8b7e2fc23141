"""Which patches of a series the sentences of a mail name, and the tree of each part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kvminbox.review.claim import Claim, Placed
from kvminbox.review.left_out import find_elsewhere
from kvminbox.review.listed_titles import NOTHING_ABOVE, Above, find_commit_titles, find_listed
from kvminbox.review.quoted_parts import LISTED
from kvminbox.review.selection import Selection, parse_selection
from kvminbox.review.trees import find_place, is_upstream

MAX_EVIDENCE: Final = 200
"""Characters of a sentence that are kept as evidence."""

# what means more than the titles right above it
_ANY_OF_ALL: Final = re.compile(
    r"\b(?:series|set|patch-?sets?|whole|entire|all|everything|lot|pile|rest|remaining|others?)\b",
    re.IGNORECASE,
)
# what may mean the patches that are named right above it
_OF_QUOTE: Final = re.compile(
    r"(?P<one>(?:it|this|that)(?:\spatch)?)"
    r"|(?:(?:all|both)\s)?(?:of\s)?(?:they|them|these|those)(?:\spatches)?|both|all",
    re.IGNORECASE,
)
# `it, along with the rest of the series`
_MORE_THAN_IT: Final = re.compile(
    r"\b(?:series|set|patch-?set|rest|whole|remaining|others?)\b", re.IGNORECASE
)
# `I've applied this to kvm/next, excluding:`
_LEAVES_OUT_BELOW: Final = re.compile(
    r"\b(?:excluding|except(?:ing)?(?: for)?|apart from|other than|minus|without|but (?:for|not))"
    r"(?: (?:the following|these|this(?: one)?|the patch(?:es)? below))?\s?:$",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"\s(?:elsewhere|somewhere\selse)\b", re.IGNORECASE)
_REASON: Final = re.compile(
    r"\b(?:is|are|was|were|look|looks)\b[^.;]*?,\s(?:so\s|and\s)?(?=(?:I|we)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one sentence says: which patches were applied, and where."""

    selection: Selection
    """The patches that it names."""

    tree: str = ""
    """The tree, as written."""

    evidence: str = ""
    """The sentence."""

    above: Above = NOTHING_ABOVE
    """The lines right above it, if its words may mean those that have these titles: `these two`."""

    is_loose: bool = False
    """Whether its words tell no patches apart: `Applied`, `I've applied the patches`."""

    is_apart: bool = False
    """Whether it is said that its patches are elsewhere than the others, wherever that is."""

    is_rest: bool = False
    """Whether it means those that no other part names."""

    is_some: bool = False
    """Whether it means some of them, and but for titles above it is not known which."""

    is_list_below: bool = False
    """Whether it is about the commits that are listed right below it: `I applied those ones:`."""

    leaves_out_below: bool = False
    """Whether it leaves out those whose titles stand right below it: `all applied, except:`."""

    quoted: Selection | None = None
    """What its pronoun means in an answer to the cover letter: patches that are quoted above it."""

    def choose(
        self, titles: Mapping[int, str], answered: int, told: frozenset[int]
    ) -> frozenset[int]:
        """Return the numbers that are meant.

        Args:
            titles: the patches' titles by number.
            answered: the number of the patch that the mail answers; 0 for the cover letter.
            told: the patches whose titles the mail has above any words.
        """
        if self.quoted is not None and answered == 0:
            return frozenset(self.quoted.choose(titles, answered))
        if self.leaves_out_below:
            left_out = find_listed(self.above.below, titles)
            chosen = frozenset(self.selection.choose(titles, answered))
            return chosen - left_out if left_out else frozenset()
        if self.is_list_below and answered == 0:
            commits = find_commit_titles(self.above.below)
            if 0 < len(commits) < len(titles):
                return find_listed(commits, titles)
        above = self.above.lines
        found = find_listed(above, titles) if above and answered == 0 else frozenset[int]()
        count = self.selection.count
        # without a number, words are about the titles above them where others are elsewhere
        others = titles.keys() if self.above.is_kept else told
        if found and (len(above) == count if count else found < others):
            return found
        # of a series that was sent elsewhere, or before, not all titles are known
        is_part = self.above.is_kept and self.is_loose and len(above) < len(titles)
        if is_part and answered == 0 and not all(titles.values()):
            return frozenset()
        return frozenset() if self.is_some else frozenset(self.selection.choose(titles, answered))


def list_parts(found: Sequence[Placed], above: Sequence[Above]) -> list[Part]:
    """Return what the claims name; `patches are applied` yields to what the sender applied.

    Args:
        found: the claims, each with the place of its paragraph.
        above: the lines right above each paragraph.
    """
    # `Series applied. I also folded the following patch into another one`
    found = [one for one in found if one[1].verb not in {"folded", "squashed"}] or found
    selected = [(place, claim, _without(_select(claim), claim.dropped)) for place, claim in found]
    if any(claim.subject != "patches" and claim.named for _, claim, _ in selected):
        selected = [
            (place, claim, selection)
            for place, claim, selection in selected
            if claim.named and (claim.subject != "patches" or selection.numbers)
        ]
    parts: list[Part] = []
    for place, claim, selection in selected:
        is_loose = _is_loose(claim, selection)
        leaves_out = _LEAVES_OUT_BELOW.search(claim.sentence) is not None
        near = above[place] if is_loose or leaves_out else NOTHING_ABOVE
        evidence = claim.cited[:MAX_EVIDENCE]
        one = Part(selection, claim.where, evidence, near, is_loose, is_some=claim.is_some)
        one = replace(
            one,
            # `Patch 2 landed in Linus's tree. Patch 1 is in kvm/next.`
            is_apart=claim.has_tree and not claim.where and is_upstream(claim.sentence),
            quoted=_read_quoted(claim, above[place].part),
            leaves_out_below=leaves_out,
            is_list_below=is_loose and claim.sentence.endswith(":"),
        )
        parts += _part_elsewhere(one, claim)
    return parts + [_select_more(claim) for _, claim in found if claim.more]


def _select(claim: Claim) -> Selection:
    """Return the patches that a claim names; by words that titles must have, if it needs them."""
    if claim.by_title:
        return Selection(title_words=frozenset(claim.named.lower().split()))
    return parse_selection(claim.named, _cut_reason(claim))


def _without(selection: Selection, dropped: tuple[int, ...]) -> Selection:
    """Return a selection without patches that a later sentence leaves out of the whole."""
    if not dropped or selection.numbers:
        return selection
    return replace(selection, excepted=(*selection.excepted, *dropped))


def _is_loose(claim: Claim, selection: Selection) -> bool:
    """Whether words tell no patches apart, and may mean the titles above: `these two`, `it`."""
    named = (selection.numbers, selection.first, selection.last, selection.called)
    near = (selection.before, selection.after)
    is_told = any(named) or bool(selection.title_words) or any(near)
    return not is_told and selection.count >= 0 and _ANY_OF_ALL.search(claim.named) is None


def _read_quoted(claim: Claim, named: str) -> Selection | None:
    """Return the patches that the quote above a claim names, if its pronoun means them."""
    if named.startswith(LISTED) and not claim.named:  # `> [PATCH 8/9] …`, and below it `Applied.`
        return parse_selection(named)
    match = _OF_QUOTE.fullmatch(claim.named) if named else None
    if match is None or _MORE_THAN_IT.search(claim.sentence):
        return None
    meant = parse_selection(named)
    is_one = len(meant.numbers) + meant.first + meant.last == 1
    return meant if is_one == (match["one"] is not None) else None


def _part_elsewhere(part: Part, claim: Claim) -> list[Part]:
    """Return a part without those that its sentence says are elsewhere, and these."""
    numbers, rest = find_elsewhere(claim.sentence)
    if not numbers or not part.selection.is_whole:
        return [part]
    place = find_place(rest)
    tree = place.tree if place is not None and place.start <= 1 else ""
    left = replace(part, selection=replace(part.selection, excepted=numbers))
    if _ELSEWHERE.match(rest) and not part.tree:
        return [left]  # neither has a tree by which the two are told apart
    gone = Part(Selection(numbers=numbers), tree, part.evidence, is_apart=True)
    return [left, gone]


def _select_more(claim: Claim) -> Part:
    """Return what `and the rest` names: all, once some others are named."""
    said, _, rest = claim.sentence.rpartition(claim.more)
    place = find_place(rest) if said else None
    tree = place.tree if place is not None and place.start <= 1 else claim.tree
    if claim.more.lower() == "rest":
        return Part(Selection(is_whole=True), tree, claim.sentence[:MAX_EVIDENCE], is_rest=True)
    return Part(parse_selection(claim.more), tree, claim.sentence[:MAX_EVIDENCE])


def _cut_reason(claim: Claim) -> str:
    """Return a sentence without its reason: `All except 5 are fine, so I applied the series`."""
    match = _REASON.search(claim.sentence)
    return claim.sentence[match.end() :] if match else claim.sentence
