"""What is only inferred: thanks for having applied patches, and those that were not applied."""

import re
from dataclasses import replace
from typing import Final

from kvminbox.review.claim import Claim
from kvminbox.review.grammar import Found, Phrase, compile_words, fullmatch_behind_intros
from kvminbox.review.lines import Line
from kvminbox.review.scope import NUMBERS, parse_numbers
from kvminbox.review.wording import NOT

IMPLIED: Final = "(so the others were, as these words imply)"
"""What follows the words of who tells only which patches he did not apply."""

_THANKS: Final = (
    "(?:.{0,40}?[,;:] )?(?:many )?(?:thanks|thank you|thx|cheers)"
    r"(?: (?:a lot|so much|very much|again|both|all))?(?:,? (?!for\b)\w+,?)? for "
    "(?:(?:the )?(?:quick(?:ly)?|promptly|already) )?"
)
_APPLIES: Final = "(?:applying|merging|queu?eing|queuing|committing|accepting)(?: up)?"
_PICKS: Final = "(?:picking|taking|pulling|grabbing)(?: up| in)?"
_BEHIND: Final = (
    r"(?= ?(?:[.,;!)]|$)| (?:so (?:quickly|soon|fast)|quickly|already|too|now|and for)\b"
    "|(?P<place> (?:to|into|in|for|through|via)"
    r" (?!(?:the |your )?(?:account|consideration|mind|hand)\b).*))"
)
# `Thanks for applying them.`, `thank you for picking these up!`; but `for taking this over`
_FOR_APPLYING: Final = (
    Phrase(f"{_THANKS}(?:{_APPLIES}|{_PICKS}) <what>(?: up| in)?{_BEHIND}"),
    Phrase(f"{_THANKS}{_APPLIES}{_BEHIND}"),
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
_NOT_APPLIED: Final = compile_words(
    rf"I did{NOT} apply patches (?P<list>{NUMBERS})"
    r"(?: (?:in|of|from) (?:this|the) (?:\w+ )?(?:series|set|patch-?set))?"
    r"(?: (?:based|because|since|due|given)\b[^,;]*)? ?[.!]?"
)
# what tells that the others are not applied either, or may not be
_OTHERS: Final = re.compile(
    r"\b(?:rest|others?|remaining|nor|neither|either|none|anything|nothing|whole|entire|yet|wait\w*"
    r"|rebas\w+|re-?send\w*|re-?spin|re-?post|v\d{1,2}|new\sversion|next\sversion|conflicts?|until|unless)\b",
    re.IGNORECASE,
)


def read_thanks(said: Line) -> Claim | None:
    """Read `Thanks for applying them.`, which an author says to who did."""
    if " for " not in said.text or _AHEAD.search(said.text):
        return None
    for phrase in _FOR_APPLYING:
        if found := phrase.match_behind_intros(said.text):
            return _tell_thanks(said, found)
    return None


def _tell_thanks(said: Line, found: Found) -> Claim | None:
    place = found.get("place")
    told = replace(said.tell("applied", "somebody", found.what, place), somebody="you")
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
    if "apply patches" not in said.text:
        return None
    match = fullmatch_behind_intros(_NOT_APPLIED, said.text)
    numbers = parse_numbers(match["list"]) if match else ()
    if not numbers:
        return None
    told = said.tell("applied", "sender", "the series", "")
    told = replace(told, tree="", has_tree=False, dropped=numbers, follows=IMPLIED)
    return replace(told, by_committer=True, is_inferred=True)
