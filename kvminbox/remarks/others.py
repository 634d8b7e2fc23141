"""Questions to somebody else than the author: `Ben, agree?`, `Timer folks, ack as well?`."""

import re
from collections.abc import Collection
from typing import Final

from kvminbox.patterns import compile_later

_WHO: Final = (
    r"(?P<names>@?(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?(?:(?:, | ?/ ?| and | or )"
    r"(?-i:[A-Z])[\w-]+){0,3}(?: (?:folks|people|guys|maintainers?|team|devs?))?)"
)
_CONSENT: Final = (
    r"(?:acks?|acked-by|r-?b|reviewed-by|review|concerns?|objections?|comments?|opinions?|thoughts?"
    r"|agree|ok|okay|fine|happy)"
)
# what is asked is consent, or an opinion, and no work
_ASKED: Final = compile_later(
    rf"\W*(?:and )?{_WHO}[,:]+ (?:(?:do|are|can|could|would|is) (?:you|this|it|that)(?: all)?"
    rf" (?:please |also |still |have |give |with |okay |ok |fine |an? |any |your |remaining "
    rf"|further"
    rf" |other |more )*|(?:any|your|what are your|an|please|with|remaining|further|more)? ?)"
    rf"{_CONSENT}\b(?P<rest>[^?.!]{{0,90}})\?\W*",
    re.IGNORECASE,
)
_WHERE: Final = compile_later(
    r"\W*(?:(?:as well|too|here|now|please|on (?:this|it|that)|with (?:this|it|that)|from"
    r" you)\b[ ,]*)*"
    r"(?:(?:to|for|with) (?:me )?(?:get(?:ting)?|merge|merging|take|taking|land(?:ing)?"
    r"|push(?:ing)?"
    r"|queue|apply(?:ing)?) [^?]{1,80})?\W*",
    re.IGNORECASE,
)
# `Ben, can I get an ack to take this through lamps?`, `Ben, are you interested in taking this?`
_MAY_GO: Final = compile_later(
    rf"\W*(?:and )?{_WHO}[,:]+ (?:(?:can|could|may) (?:i|we) (?:please )?(?:get|have) (?:an?|your)"
    r" (?:acks?|acked-by|r-?b|reviewed-by|review|ok|okay)"
    r"|are you (?:interested in|fine with|ok with|okay with|happy with|willing to|going to|planning"
    r" to|planning on|happy to) (?:tak|merg|queu|pick|apply|carry|pull)(?:e|ing)?"
    r"(?: (?:up )?(?:this|it|these|them|the (?:patch|patches|series)))?)\b(?P<rest>(?:[^?.!]"
    r"|[.](?=\w)){0,90})"
    r"\?\W*",
    re.IGNORECASE,
)
_THROUGH: Final = compile_later(
    r"\W*(?:(?:to|for) (?:me )?(?:take|taking|merge|merging|queue|carry|push)"
    r"(?: (?:this|it|these|them|the (?:patch|patches|series)))? )?"
    r"(?:(?:through|via|in|into|to|for|up) ?(?:the |your |my |our )?[\w/.'’+-]{0,40}"
    r"(?: (?:tree|branch|queue|release|cycle))? ?){0,3}\W*",
    re.IGNORECASE,
)
# `(you'll see me repeat this question on the other patches)`
_REPEATED: Final = compile_later(
    r"\W*[(]?you(?:['’]ll| will) (?:likely |probably )?see (?:me (?:repeat|ask)|the same|this"
    r" question)\b[^?]{0,100}",
    re.IGNORECASE,
)
# `It'd be nice if you can give your Reviewed-by.`, behind such a question
_NICE: Final = compile_later(
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
    if not authors or "?" not in sentence:
        return False
    found = _ASKED.fullmatch(sentence)
    if found is None or not _WHERE.fullmatch(found["rest"]):
        found = _MAY_GO.fullmatch(sentence)
        if found is None or not _THROUGH.fullmatch(found["rest"]):
            return False
    return set(re.findall(r"[\w-]+", found["names"].lower())).isdisjoint(authors)


def wants_tag(sentence: str) -> bool:
    """Whether a sentence wants a tag of whoever was asked before, or says that others are asked."""
    return _NICE.fullmatch(sentence) is not None or _REPEATED.fullmatch(sentence) is not None
