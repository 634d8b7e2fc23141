"""What is only inferred: thanks for having applied patches, and those that were not applied."""

import re
from dataclasses import replace
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review.claim import Claim
from kvminbox.review.lines import Line
from kvminbox.review.scope import NUMBERS, parse_numbers
from kvminbox.review.wording import INTROS, NOT, PATCHES, PRONOUN

IMPLIED: Final = "(so the others were, as these words imply)"
"""What follows the words of who tells only which patches he did not apply."""

_WHAT: Final = rf"(?:{PATCHES}|{PRONOUN}|my\s(?:\w+\s)?(?:patch(?:es|-?set)?|series|fix(?:es)?))"
# `Thanks for applying them.`, `thank you for picking these up!`; but `for taking this over`
_THANKS: Final = compile_later(
    rf"{INTROS}(?:.{{0,40}}?[,;:]\s)?(?:many\s)?(?:thanks|thank\syou|thx|cheers)(?:\s(?:a\slot|so\smuch|very\smuch|again|both|all))?"
    r"(?:,?\s(?!for\b)\w+,?)?\sfor\s(?:(?:the\s)?(?:quick(?:ly)?|promptly|already)\s)?"
    rf"(?:(?:applying|merging|queu?eing|queuing|committing|accepting)(?:\sup)?(?:\s(?P<what>{_WHAT}))?(?:\sup)?"
    rf"|(?:picking|taking|pulling|grabbing)(?:\sup|\sin)?\s(?P<taken>{_WHAT})(?:\sup|\sin)?)"
    r"(?=\s?(?:[.,;!)]|$)|\s(?:so\s(?:quickly|soon|fast)|quickly|already|too|now|and\sfor)\b"
    r"|\s(?P<place>(?:to|into|in|for|through|via)\s(?!(?:the\s|your\s)?(?:account|consideration|mind|hand)\b)))",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"\bin\sadvance\b|\b(?:if|once|when|until|will|would|could|should|please|consider(?:ing)?)\b|\?"
    r"|['’]ll\b|n['’]t\b|\bnot\b",
    re.IGNORECASE,
)
# `Thanks for picking this up! Fixed in v2.`: what a reviewer noticed
_PICKING: Final = re.compile(r"\bfor\s(?:picking|taking|pulling|grabbing)\s", re.IGNORECASE)
_NOTICED: Final = re.compile(
    r"\b(?:fixed|missed|overlooked|(?:will|['’]ll|to)\sfix|fix\s(?:it|this|that|them)|forgot(?:ten)?)\b",
    re.IGNORECASE,
)
_PLAN: Final = re.compile(
    r"\b(?:will|going\sto|plan\sto|can|could|should|would|let\sme|happy\sto|about\sto)\b[^.;?]{0,40}"
    r"\b(?:apply|queue|merge|take|pick|pull|push|commit)\b|['’]ll\s(?:\w+\s){0,2}"
    r"(?:apply|queue|merge|take|pick|pull|push|commit|be\s\w+ing)\b",
    re.IGNORECASE,
)
# of one patch, or with `I have not`, it is mostly a plan, or why the others wait
_NOT_APPLIED: Final = compile_later(
    rf"{INTROS}I\sdid{NOT}\sapply\spatches\s(?P<list>{NUMBERS})(?:\s(?:in|of|from)\s(?:this|the)\s(?:\w+\s)?(?:series|set|patch-?set))?"
    r"(?:\s(?:based|because|since|due|given)\b[^,;]*)?\s?[.!]?",
    re.IGNORECASE,
)
# what tells that the others are not applied either, or may not be
_OTHERS: Final = re.compile(
    r"\b(?:rest|others?|remaining|nor|neither|either|none|anything|nothing|whole|entire|yet|wait\w*"
    r"|rebas\w+|re-?send\w*|re-?spin|re-?post|v\d{1,2}|new\sversion|next\sversion|conflicts?|until|unless)\b",
    re.IGNORECASE,
)


def read_thanks(said: Line) -> Claim | None:
    """Read `Thanks for applying them.`, which an author says to who did."""
    match = _THANKS.match(said.text)
    if match is None or _AHEAD.search(said.text):
        return None
    what = match["what"] or match["taken"] or ""
    place = said.text[match.start("place") - 1 :] if match["place"] else ""
    told = replace(said.tell("applied", "somebody", what, place), somebody="you")
    if place and not told.has_tree:
        return None  # `for taking this to the next meeting`
    return replace(told, is_thanks=True, is_inferred=True)


def plans_to_apply(text: str) -> bool:
    """Whether a mail tells that its sender will apply patches: thanks for that are early."""
    return _PLAN.search(text) is not None


def is_limited(claim: Claim, text: str) -> bool:
    """Whether a mail's other words tell that what would be inferred from a claim is not so.

    Args:
        claim: thanks, or which patches were not applied.
        text: all that its sender wrote.
    """
    if claim.is_thanks:
        return bool(_PICKING.search(claim.sentence) and _NOTICED.search(text))
    return _OTHERS.search(text) is not None


def read_not_applied(said: Line) -> Claim | None:
    """Read `I did not apply patches 20-26 in this series`, by which the others were applied."""
    match = _NOT_APPLIED.fullmatch(said.text)
    numbers = parse_numbers(match["list"]) if match else ()
    if not numbers:
        return None
    told = said.tell("applied", "sender", "the series", "")
    told = replace(told, tree="", has_tree=False, dropped=numbers, follows=IMPLIED)
    return replace(told, by_committer=True, is_inferred=True)
