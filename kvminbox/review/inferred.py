"""What is only inferred: that patches were applied, by thanks for having done so."""

import re
from dataclasses import replace
from typing import Final

from kvminbox.review.claim import Claim
from kvminbox.review.grammar import Found, Phrase
from kvminbox.review.lines import Line

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
        claim: thanks.
        text: all that its sender wrote.
    """
    return bool(_PICKING.search(claim.sentence) and _NOTICED.search(text))
