"""Words of an author that answer all remarks of a mail at once.

`I studied all of the suggestions and agree with them` does, and so does `I'll drop this patch`.
"""

import re
from typing import Final

from kvminbox.patterns import compile_later

MAX_SENTENCE: Final = 400
"""Characters of a sentence that may agree with all remarks."""

# `I'll address these and the other fixes`, `Will fix all of your comments`; not `fix all callers`
_OF_REVIEW: Final = (
    r"(?:comments?|remarks?|suggestions?|feedback|points|nits|concerns|typos|fixes|issues|findings)"
)
_ALL: Final = compile_later(
    r"(?:^|[.!,;:\n]\s*|\b(?:and|so|ok|okay|sure|yes|thanks)\s+|\bi(?:['’]ll|\s+will|['’]ve|\s+have)?\s+"
    r"|\b(?:we(?:['’]ll|\s+will)|will)\s+)(?:(?:also|try\s+to|now)\s+)?"
    r"(?:address|fix|correct|incorporate|include|handle|take\s+care\s+of|integrate|implement|follow"
    r"|appl(?:y|ied)|do|did|clean\s+up|go\s+through|change)(?:e?d)?\s+"
    rf"(?:(?:all|both)(?:\s+(?:of\s+)?(?:them|these|those|it|your|the))?(?:\s+\w+)?\s+{_OF_REVIEW}"
    r"|(?:all|both)\s+of\s+(?:them|these|those|it|that|this)|them\s+all|(?:these|those|it)\s+all"
    rf"|(?:these|those|them)\s+and\s+(?:all\s+)?(?:the\s+)?(?:others?|rest)(?:\s+{_OF_REVIEW})?"
    rf"|(?:all\s+(?:of\s+)?)?your\s+(?:other\s+|remaining\s+|review\s+)?{_OF_REVIEW}"
    rf"|the\s+(?:other|remaining|above|review)\s+{_OF_REVIEW}"
    r"|the\s+(?:rest|others)(?=\s*(?:[.,;!]|$|\s(?:in|for|too|as)\b))"
    r"|everything(?=\s*(?:[.,;!]|$|\s(?:in|for|you|else)\b)))"
    # `but will wait for more of them` is no exception
    r"(?![^.!?]*(?:\?|\b(?:but(?!\s+(?:i\s+)?will\s+wait\b)|except|apart|if|unless|later|not)\b"
    r"|n['’]t\b))",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_AGREES: Final = (
    # `I studied all of the suggestions and agree with them`
    re.compile(
        rf"\ball (?:of )?(?:your|the|these|those) {_OF_REVIEW} and (?:fully )?agree with them\b",
        re.IGNORECASE,
    ),
    # `I agree with all of them`, `Happy with the suggestions`
    re.compile(
        rf"\b(?:(?:agree|agreed) (?:with|on)|(?:happy|fine|ok|okay) with) (?:(?:all|both)(?: of)?"
        rf" (?:them|these|those|(?:your|the|these|those) {_OF_REVIEW})"
        rf"|(?:your|these|those|the) {_OF_REVIEW})(?=\s*(?:[,.;:!–—-]|$|and\b|so\b))",
        re.IGNORECASE,
    ),
    # `That's all good points below - gonna address them.`, `Good point on all these!`
    re.compile(
        r"\b(?:all|both)(?: are| of (?:these|them|those)(?: are)?)?"
        r" (?:very |really )?(?:good|valid|fair|great|excellent) points\b"
        r"|\b(?:good|valid|fair|great|excellent) points? (?:on|for|in) (?:all|both)(?: of)?"
        r" (?:these|those|them)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:covered|addressed|fixed|done) everything (?:that )?you(?:['’]ve| have)?"
        r" (?:mentioned|said|pointed out|suggested|asked for)\b",
        re.IGNORECASE,
    ),
)
# `Ok, I will remove this patch next version`, `I will send a v3 which drops this patch`
_DROPS: Final = compile_later(
    r"(?:^|\W)(?:i|we)(?:['’]ll| will|['’]ve| have)? (?:(?:just|now) )?"
    r"(?:send (?:out )?(?:an? )?v\d{1,3} (?:which|that) )?"
    r"(?:drop|remov|ditch)(?:ped|ed|es|e|s)? this patch"
    r"(?=\s*(?:[,.!;]|$|(?:in|from|for) (?:the |this )?(?:next|new|v\d|series|set)\b|next\b|since\b"
    r"|as\b|because\b|and\b))",
    re.IGNORECASE,
)
_EXCEPT: Final = compile_later(
    r"\?|\b(?:but|however|except|apart|unless|if|not|most|some|almost|nearly)\b|n['’]t\b",
    re.IGNORECASE,
)
# `except for:`, above the quotes that the rest of a mail answers
_BELOW: Final = re.compile(r",? except(?: for)?(?: the following| these| those below)?:$")


def heeds_all(own: str) -> bool:
    """Whether an author's own words say that all remarks of a mail are heeded.

    Args:
        own: the author's own lines.
    """
    lines = (" ".join(line.split()) for line in own.split("\n"))
    if _ALL.search("\n".join(filter(None, lines))):
        return True
    return any(_agrees(" ".join(one.split())) for one in _SENTENCE.split(own))


def _agrees(sentence: str) -> bool:
    if len(sentence) > MAX_SENTENCE:
        return False
    told = _BELOW.sub("", sentence)
    for pattern in (*_AGREES, _DROPS):
        if pattern.search(told):
            return _EXCEPT.search(told) is None
    return False
