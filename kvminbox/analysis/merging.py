"""Whether a remark is only about merging: who takes the patches, when, and into which tree."""

import re
from typing import Final

from kvminbox.patterns import compile_later

_THESE: Final = (
    r"(?:this|these|it|them|they|both|all"
    r"|(?:the|this|your) (?:whole |rest of the )?(?:patch(?:es|-?set)?|series|set))"
)
_TAKE: Final = r"(?:apply|merge|pick|queue|take|pull|push|grab|land)(?:ing)?(?: up)?"
_TAKEN: Final = (
    r"(?:applied|merged|picked|queued|taken|pulled|pushed|accepted|upstreamed|landed)\b(?! with)"
)
# `Who takes these?`, `Please apply.`, `I would like to see this merged`, `Which tree is it for?`,
# `Any news?`, `Gentle ping`, `May I have an ack?`, `Adding Rob to Cc`, `Never mind`
_MERGING: Final = compile_later(
    rf"\b{_TAKE} {_THESE}\b(?! (?:\w+ ){{0,3}}with\b)|\bplease,? (?:consider )?{_TAKE}\s*[.!?]"
    rf"|\btakes? {_THESE}\b|\balready (?:\w+ed|took)(?: up)? {_THESE}\b"
    rf"|\b{_THESE}(?: \w+)?(?:['’]s| is| are| was| be| been| gets?| got)? (?:\w+ )?{_TAKEN}"
    rf"|\b{_THESE} (?:\w+ )?(?:go(?:es|ing)?|get) (?:in|through|via|lost)\b"
    rf"|\b{_THESE} land\b|\bobjections? to {_THESE}\b"
    r"|\b(?:which|what|whose|your|my|our) (?:[\w/-]+ )?tree\b"
    r"|\b(?:any|what['’]?s?(?: is)? the|gentle|friendly) (?:news|updates?|status|ping|reminder)\b"
    r"|\A\W*(?:ping|reminder)\b|\b(?:your|an) (?:ack|acked-by)\b|\A(?:adding\b.*|\W*)cc\b"
    r"|\bnever ?mind\b|\bmisread (?:it|that|this)\b|\A(?:fair enough|fine)\W*\Z"
    r"|\b(?:ignore|disregard) my\b",
    re.IGNORECASE,
)
# `I won't take this`, `Let's wait before we merge it`, `I applied it, and the lamp hangs`
_OBJECTS: Final = compile_later(
    r"\b(?:not|no longer|but|however|except|before|until|unless|otherwise|why|how|conflicts?|wrong"
    r"|hangs?|warnings?|fail\w*|broken?|breaks?|split\w*|doubts?|concerns?)\b|n['’]t\b|, and\b"
    # `Isn't this merged twice?`, `the lock is taken`
    rf"|\b(?:twice|lock|mutex|binding)\b|\bwith {_THESE} applied\b",
    re.IGNORECASE,
)
_COURTESY: Final = compile_later(
    r"\W*(?:(?:hi|hello|dear|thanks|thank you|sorry|cheers|regards|best|ok|okay|yes|sure)\b.{0,60}"
    r"|[\w-]+ ?[\w-]*,?)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_LINK: Final = compile_later(r"(?:\[\d+\]:? ?)?https?://\S+")
_END: Final = compile_later(r"(?<=[.!?])\s+|\n\s*\n")


def is_of_merging(text: str) -> bool:
    """Whether all sentences of a remark ask or tell who takes the patches, or when, or greet."""
    sentences = [" ".join(one.split()) for one in _END.split(_LINK.sub("", text).strip())]
    others = [one for one in sentences if not _MERGING.search(one)]
    if len(others) == len(sentences) or _OBJECTS.search(text):
        return False
    return all(map(_COURTESY.fullmatch, others))
