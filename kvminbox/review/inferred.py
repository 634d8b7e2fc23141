"""What is only inferred: that patches were applied, by thanks for having done so."""

from dataclasses import replace
from typing import Final

from kvminbox.review.claim import Claim
from kvminbox.review.grammar import Found, Phrase, compile_words
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
_AHEAD: Final = compile_words(
    r"\bin advance\b|\b(?:if|once|when|until|will|would|could|should|please|consider(?:ing)?)\b"
    r"|\?|'ll\b|n't\b|\bnot\b"
)
# `Thanks for picking this up! Fixed in v2.`: what a reviewer noticed
_PICKING: Final = compile_words(r"\bfor (?:picking|taking|pulling|grabbing) ")
_NOTICED: Final = compile_words(
    r"\b(?:fixed|missed|overlooked|(?:will|'ll|to) fix|fix (?:it|this|that|them)"
    r"|forgot(?:ten)?)\b"
)
_PLAN: Final = compile_words(
    r"\b(?:will|going to|plan to|can|could|should|would|let me|happy to"
    r"|about to)\b[^.;?]{0,40}\b(?:apply|queue|merge|take|pick|pull|push|commit)\b"
    r"|'ll (?:\w+ ){0,2}(?:apply|queue|merge|take|pick|pull|push|commit|be \w+ing)\b"
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
