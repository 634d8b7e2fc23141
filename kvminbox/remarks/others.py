"""Questions to somebody else than the author: `Ben, agree?`, `Timer folks, ack as well?`."""

import re
from collections.abc import Collection
from typing import Final

_WHO: Final = (
    r"(?P<names>@?(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?(?:(?:, | ?/ ?| and | or )"
    r"(?-i:[A-Z])[\w-]+){0,3}(?: (?:folks|people|guys|maintainers?|team|devs?))?)"
)
_CONSENT: Final = (
    r"(?:acks?|acked-by|r-?b|reviewed-by|review|concerns?|objections?|comments?|opinions?|thoughts?"
    r"|agree|ok|okay|fine|happy)"
)
# what is asked is consent, or an opinion, and no work
_ASKED: Final = re.compile(
    rf"\W*(?:and )?{_WHO}[,:]+ (?:(?:do|are|can|could|would|is) (?:you|this|it|that)(?: all)?"
    rf" (?:please |also |still |have |give |with |okay |ok |fine |an? |any |your |remaining "
    rf"|further"
    rf" |other |more )*|(?:any|your|what are your|an|please|with|remaining|further|more)? ?)"
    rf"{_CONSENT}\b(?P<rest>[^?.!]{{0,90}})\?\W*",
    re.IGNORECASE,
)
_WHERE: Final = re.compile(
    r"\W*(?:(?:as well|too|here|now|please|on (?:this|it|that)|with (?:this|it|that)|from"
    r" you)\b[ ,]*)*"
    r"(?:(?:to|for|with) (?:me )?(?:get(?:ting)?|merge|merging|take|taking|land(?:ing)?"
    r"|push(?:ing)?"
    r"|queue|apply(?:ing)?) [^?]{1,80})?\W*",
    re.IGNORECASE,
)
# `It'd be nice if you can give your Reviewed-by.`, behind such a question
_NICE: Final = re.compile(
    r"\W*it(?:['’]d| would) be (?:nice|great|good|helpful) (?:if you (?:can|could)|to)"
    r" (?:give|have|get|send|add) (?:your|an?|me your)"
    r" (?:reviewed-by|acked-by|tested-by|ack|r-?b|tag|review)\W*",
    re.IGNORECASE,
)


def asks_another(sentence: str, authors: Collection[str]) -> bool:
    """Whether a sentence asks another person for consent, and nobody for anything else.

    Args:
        sentence: words in one line.
        authors: names of whoever wrote or sent the patches, in lower case.
    """
    found = _ASKED.fullmatch(sentence) if authors and "?" in sentence else None
    if found is None or not _WHERE.fullmatch(found["rest"]):
        return False
    return set(re.findall(r"[\w-]+", found["names"].lower())).isdisjoint(authors)


def wants_tag(sentence: str) -> bool:
    """Whether a sentence wants a tag of whoever was asked before."""
    return _NICE.fullmatch(sentence) is not None
