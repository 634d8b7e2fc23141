"""Whether `and applied` goes on with what its sender did: `I fixed the typo and applied`."""

import re
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.grammar import (
    compile_words,
    fullmatch_behind_intros,
    list_starts,
    match_behind_intros,
)
from kvminbox.review.marks import DOUBTS
from kvminbox.review.scope import NUMBERS
from kvminbox.review.trees import find_place
from kvminbox.review.wording import ADVERB, HAVE

# what may stand before `and applied`: the sender's other deeds, or thanks
_DEED: Final = compile_words(
    rf"(?:I|we)\b|.*\bI{HAVE}? (?:now |also |just )?\w+ed\b"
    rf"|(?:{ADVERB} )*+(?!need|bas|relat|suppos|expect|assum)(?:\w+ly )?"
    r"(?:\w{2,}ed\b(?!-)|(?:done|did|made|took|kept|put|rebuilt|rewrote|split|cut)\b|s/\S)"
    "|thanks for (?:(?:your|the|all) ){0,2}(?:reviews?|patch(?:es)?|acks?|fix|work|tests?|testing)$"
)
# `all nits fixed`, and no more
_ALL_FIXED: Final = compile_words(
    r"(?:all )?(?:[\w'’-]+ ){1,6}(?:fixed|addressed|dropped|removed|resolved|changed(?: to \S+)?"
    "|adjusted|tweaked|corrected|reworded|rebased|squashed)(?: (?:up|in|out|accordingly))?$"
)
# what stands before `I` is short, whatever it is: `Hi Ada, thanks, I`
_MY_DEEDS: Final = re.compile(
    rf"(?:[\w'’]+,?\s){{0,5}}?I{HAVE}?\s(?:\w+ly\s|just\s|now\s)?\w+(?:ed|te|en|de)\b"
)
# `… and merged with Ada's Reviewed-by: tag`
WITH_TAG_TEXT: Final = (
    r" with (?:your|all|the|[A-Z]\w+'s) (?:acks?\b|r-?b\b|(?:acked|reviewed|tested)-by|tags?\b"
    r"|abt\b|rbt\b)"
)
_WITH_TAG: Final = compile_words(WITH_TAG_TEXT)
# `I've added a comment that explains why we pass with both results and` `pushed the patch`
_MY_LONG_DEED: Final = compile_words(
    rf"I{HAVE} (?:\w+ )?(?!asked|heard|seen|been)\w+(?:ed|te|en|de|pt)\b"
)
_MY_DEED: Final = compile_words(rf"I{HAVE}? (?!saw|see|think|hope|wish|heard)\w+ ")
_IN_LIST: Final = re.compile(r"\w{3,}(?:ed|en),\s$")
_FINE: Final = compile_words(
    "(?:(?:this|it|the patch|the series) (?:is |looks ))?(?:obviously |all |very |trivially )?"
    "(?:correct|good|fine|ok|okay|nice|obvious|trivial|sane|reasonable)(?: to me)? ?"
)
_NOT_MINE: Final = compile_words(
    r"\b(?:if|once|unless|until|will|would|should|can|could|may|might|must|please|he|she|they"
    r"|you|it)\b"
)
_THE_SERIES: Final = compile_words(
    r" (?:up )?(?:(?:the|this|your|both|all) (?:whole )?(?:patch(?:es|-?set)?|series|set)|it"
    r"|them) ?(?:[.,!]|$|thanks\b|to\b|for\b)"
)
_OTHER_SUBJECT: Final = compile_words(
    r"\b(?:it|this|that|these|which|who|they|he|she|you|is|are|was|were|will|to|patched|tested"
    r"|tried|built|booted|compiled|reverted|rebased|checked out|cloned)\b"
)
# what makes `Moved the call after the check and applied to kvm/next` no deed of the sender
_NO_DEED: Final = re.compile(
    r"\b(?:if|once|unless|until|not|never|can|could|will|would|should|shall|may|might|must|needs?"
    r"|want|please|let|to\sbe)\b|n['’]t\b|['’]ll\b"
    r"|^(?:(?i:he|she|they|you|it|this|that|these|those|which|who|the|a|an|when|after|with)\b"
    r"|[A-Z]\w+\s(?:has|had|have|already|just|is|was|and)\b)"
)
# what somebody else applied, up to its end: `this`, `both patches`, `4/4`
ALL_OF_IT: Final = compile_later(
    r"\s(?:up\s)?(?:this(?:\sone)?|it|these|them|both|all|all\sof\s(?:them|these)"
    r"|(?:all\s(?:of\s)?)?(?:the|your|these|this)\s(?:whole\s)?(?:(?!original|other|previous|earlier|old)\w+\s){0,2}(?:series|set|patchset|patch(?:es)?)"
    rf"|(?:(?:the\s)?patch(?:es)?\s)?{NUMBERS})(?:\s(?:from|of)\sthis\sseries)?"
    r"(?=(?:\s(?:up|in))?(?:\s?[.,;:!?(–—]|$)|(?:\sup)?\s"
    + wording.any_of(
        "to into in on as and already for with yesterday today now last this a so but since before"
        " though because earlier too without through via from at when while anyway -- -"
    )
    + r"(?!\w)|\s\w+ly\b)"
)
# `… and pushed, thanks`, `… and pushed both patches, thanks`
_THANKED_FOR: Final = re.compile(
    r"(?:\s(?:the|both|all|this|these|your)\s(?:whole\s|two\s|three\s)?(?:patch\w*|series|set))?"
    r",?\s(?:thanks|thank\syou|thx|sorry)\b"
)


def is_sender(above: str, head: str, joint: re.Match[str], after: str, *, is_later: bool) -> bool:
    """Whether the clause before `and applied` tells what its sender did.

    Args:
        above: what stands before the clause.
        head: the clause up to the verb.
        joint: the `and` or `so` in it.
        after: what follows the verb.
        is_later: whether the verb may stand behind a long clause, as `pushed` may.
    """
    lead = head[: joint.start()]
    # `when it is applied, tested and pushed to kvm/next`
    if _IN_LIST.search(above) and DOUBTS.search(above):
        return False
    # `I've added it to have them defined and pushed, thanks` needs no further deed
    return (
        _THANKED_FOR.match(after) is not None
        or _WITH_TAG.match(after) is not None
        or (is_later and _is_long_deed(f"{above}{head}", after))
        or _is_joined(lead, joint[1], above)
        or _is_fine(lead, above)
        or _takes_them_to_tree(f"{above}{lead}", after)
        or (goes_on_to_tree(after) and _NO_DEED.search(lead) is None)
    )


def _is_long_deed(before: str, after: str) -> bool:
    """Whether a long clause tells of the sender: `I've said why we do so and pushed the patch`."""
    told = " ".join(before.split())
    return (
        _THE_SERIES.match(after) is not None
        and match_behind_intros(_MY_LONG_DEED, told) is not None
        and _NOT_MINE.search(told) is None
    )


def _is_joined(lead: str, joint: str, above: str) -> bool:
    """Whether `and applied` goes on with the sender's deeds: `I fixed the typo and applied`."""
    told = f"{above}{lead}"
    if re.search(r"\b(?:which|(?<!as\s)is|are|was|were|be)$|\bbetter\sto\b", lead):
        return False  # `It is better to have this in the series and merged at once`
    lead = re.sub(r"^(?:(?:so|and|but|then)\s)+", "", lead, flags=re.IGNORECASE)
    lead = re.split(r"\b(?:because|since|as|which|that|so|though)\b", lead, maxsplit=1)[0]
    doubted = lead if re.search(r"\b(?:I|we)\b", lead) else told
    if DOUBTS.search(doubted):
        return False
    is_deed = match_behind_intros(_DEED, lead) or _ALL_FIXED.match(lead) or _is_intro(lead)
    if joint.lower() not in {"and", "&", "then"} or is_deed:
        return True
    # `I have reworded the log, add a tag and merged`
    said = " ".join(f"{above}{lead}".split())
    return _MY_DEEDS.match(said) is not None and _OTHER_SUBJECT.search(said) is None


def _is_intro(lead: str) -> bool:
    """Whether there are only such words as a plain word may begin with: `Thank you`."""
    said = re.sub(r"\W+$", "", lead)
    return list_starts(f"{said} ")[0] > len(said)


def _is_fine(lead: str, above: str) -> bool:
    """Whether the clause before `and merged` only praises: `obviously correct and merged`."""
    return fullmatch_behind_intros(_FINE, lead) is not None and DOUBTS.search(above) is None


def _takes_them_to_tree(lead: str, after: str) -> bool:
    """Whether it goes on as `I ran them on x86, arm and s390 and applied them to kvm/next` does."""
    named = ALL_OF_IT.match(after)
    return (
        named is not None
        and match_behind_intros(_MY_DEED, lead) is not None
        and _NO_DEED.search(lead) is None
        and _OTHER_SUBJECT.search(lead) is None
        and goes_on_to_tree(after[named.end() :])
    )


def goes_on_to_tree(after: str) -> bool:
    """Whether a tree is told right after the verb: `applied to kvm/next`."""
    if re.match(r"\s(?:to|into|in|on)\s", after) is None:
        return False
    place = find_place(after[:160])
    return place is not None and place.is_sure and place.start <= 1
