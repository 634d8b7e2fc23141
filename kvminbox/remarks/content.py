"""Remarks whose writers are content: they begin with praise or assent, and go on without a doubt.

`This looks good to me now. The rest of the series is what we agreed on.` asks for nothing, whatever
its words are. What asks, doubts, proposes, or points to a fault has one of a few hundred words, or
begins with something else than praise: `Looks good. Use a lock here.`
"""

import re
from typing import Final

from kvminbox.patterns import compile_later

MAX_CONTENT: Final = 320
"""Characters of such a remark."""

MAX_INFORMING: Final = 2_000
"""Characters of one that tells the background of a patch, with thanks for it."""

_LEAD: Final = (
    r"\W*(?:(?:hi|hm+|mm+|ah|oh|ok|okay|well|yes|yep|yup|yeah|sure|right|ack|great|nice|cool|good"
    r"|perfect|excellent|awesome|thanks|thank you|so|and|also|overall|otherwise|fwiw|imo|imho"
    r"|i (?:think|guess|believe|agree)(?: that)?|in general|at first glance"
    r"|(?:aside|apart) from (?:that|this|the above|the [\w-]+ [\w-]+ing))\b[\s,:.!;–—-]*){0,4}"
)
_WHAT: Final = (
    r"(?:(?:it|this|that|these|those|they|everything|all(?: of (?:it|this|that|them))?|both"
    r"|the above|the logic|the idea|the approach|the code|the change"
    r"|the (?:patch|patches|series|rest|fix|version)|rest|changes?|patch(?:es)?|series"
    r"|(?:this|the (?:new|whole|latest)) (?:version|patch|series|part|one|change|hunk|approach|set)"
    r"|(?:(?:the )?rest )?of (?:it|this|that|these|those|the \w+)"
    r"|(?:the )?rest of (?:it|this|that|these|those|the [\w-]+)|[\w.]+\([\w, ]*\);?)"
    r"(?: (?:all|both|part|series|patch|patches|change|changes|one|version|now|here))? )?"
)
_VERY: Final = (
    r"(?:(?:all|pretty|very|quite|really|much|so|now|perfectly|still|just|also|indeed"
    r"|to be) )*"
)
_FINE: Final = (
    r"(?:good|great|fine|ok|okay|nice|sane|solid|sound|reasonable|sensible|correct|right|perfect"
    r"|excellent|awesome|interesting|promising|lovely|neat|wonderful|better|cleaner|nicer|clearer"
    r"|fantastic|like (?:a )?(?:good|great|nice|wonderful|solid|lovely|excellent)"
    r" (?:work|idea|change|improvement|cleanup|plan|fix|catch|job|progress))"
)
_PLEASED: Final = compile_later(
    rf"{_LEAD}(?:{_WHAT}"
    # not `this seems reasonable to inline`
    rf"(?:(?:is|are|looks?|sounds?|seems?) {_VERY}{_FINE}\b(?! to (?!me\b|us\b))"
    r"|makes? (?:perfect |total |complete |more |a lot of )?sense\b)"
    rf"|(?:(?:that way|this way|here) )?(?:it|this|that|they|these|all)['’](?:s"
    rf"|re) {_VERY}{_FINE}\b"
    r"(?! to (?!me\b|us\b))"
    r"|lgtm\b"
    r"|thank(?:s| you)\b(?: [\w'’]+){0,3} for\b"
    r"|i(?:['’]m| am) (?:good|happy|fine|ok|okay) with\b"
    r"|i(?:['’]ve| have)? (?:already |also |now )?(?:acked|ack['’]e?d)\b"
    r"|(?:good|nice|great|excellent) (?:catch|point|work|job|find|cleanup|idea|stuff)\b"
    r")"
    r"|\W*(?:(?:ah|oh|ok|okay),? )?(?:good|great|nice|perfect),? you (?:(?:already|now|also) )?"
    r"(?:deleted|removed|dropped|fixed|did|added|have) (?:it|this|that)\b",
    re.IGNORECASE,
)
# words that have a doubt elsewhere, and none here
_NO_DOUBT: Final = compile_later(
    r"\bthank(?:s| you)(?: [\w'’]+){0,3} for(?: (?!please\b|but\b|and\b|can\b|could\b|should\b"
    r"|would\b|however\b|do\b|which\b|if\b|instead\b|though\b)[\w'’-]+){1,6}(?=\s*(?:[.,;!:)–—-]"
    r"|$))"
    r"|\bbut (?=(?:i['’]?m |am )?looking forward\b)|\bno longer\b|\blooking forward\b[^,.;]*"
    r"|\bas (?:that['’]s|that is|this is|it['’]s) what\b"
    r"|\bi['’]d like to (?:merge|take|queue|apply)\b"
    r"|\bit['’]s good to\b|(?<=fine|good) though\b"
    r"|\b(?:aside|apart) from (?:that|this|the above|the [\w-]+ [\w-]+ing)\b"
    r"|\bi do(?:n['’]t| not) have (?:the |any )?time to (?:\w+ ){0,2}(?:review|look)\b[^.,;]*"
    r"|\bbut (?=(?:i['’]?m |i am |am )(?:fine|ok|okay|happy|good) with\b)"
    r"|\bbut (?=(?:it|its|their|the|this)(?: \w+)? (?:all )?(?:looks?|seems?) (?:good|fine|ok)\b)"
    r"|\bto me at least\b|\bat least to me\b|\bother than (?:that|this|the above)\b",
    re.IGNORECASE,
)
# more follows
_LEADS_ON: Final = re.compile(r":[ \t]*(?:\n|\Z)")
_DOUBT: Final = compile_later(
    r"\?|n['’]t\b|[{}=<>]|\w\.\.\.|…"
    r"|\b(?:not|no|nor|never|none|neither|nothing|cannot|but|however|though|although|yet|still"
    r"|only|just a|once|after|before|until|unless|if|when|whether|why|how|where|what|which|instead"
    r"|rather|except|apart|besides|aside|without|other than|modulo|minus|barring|pending|provided"
    r"|assuming"
    r"|please|pls|plz|should|shall|could|would|might|may|maybe|perhaps|must|ought|can|let['’]?s|let"
    r"|need\w*|want\w*|prefer\w*|wish|hope\w*|suggest\w*|recommend\w*|propos\w*|consider\w*"
    r"|wonder(?!ful)\w*|think about|guess|curious|confus\w*|unclear|unsure|doubt\w*|worr\w*"
    r"|concern\w*"
    r"|afraid|careful|surpris\w*|odd|strange|weird|ugly|gross|hacky|awkward|silly|tricky|subtle"
    r"|nit|nits|nitpick\w*|typos?|comments?|questions?|remarks?|request\w*|one thing|things?|minor"
    r"|small|tiny|trivial|bit|little|detail\w*|note|todo|fixme|follow[- ]?up|future|later|next"
    r"|again|also|additional\w*|more|extra|missing|miss\w*|lack\w*|forgot\w*|wrong\w*|incorrect\w*"
    r"|bad\w*|bugs?|buggy|problem\w*|issues?|errors?|warn\w*|fail\w*|break\w*|broke\w*|crash\w*"
    r"|leak\w*|race\w*|racy|hang\w*|oops\w*|panic\w*|splat\w*|conflict\w*|regress\w*|corrupt\w*"
    r"|slow\w*|cost\w*|expensive|unus\w*|unnecess\w*|redundant\w*|pointless|useless|duplicat\w*"
    r"|inconsist\w*|differ\w*|instead|too|hard|complex|complicated|long|short|noise|noisy"
    r"|add|move|remove|drop|delete|rename|replace|use|make|keep|put|split|squash|fold|merge into"
    r"|change|rework|rewrite|reword|rephrase|rebase|resend|respin|repost|update|fix|check|test"
    r"|explain|describe|mention|document|clarify|say|see|look at|send|call|pass|return|try|avoid"
    r"|get rid|do|does|ask|reply|answer|confirm|verify|ack|review)\b",
    re.IGNORECASE,
)


# `FYI, thanks for this series. Some background: …`
_INFORMS: Final = compile_later(
    r"\W*(?:just )?(?:as an )?fyi[,:.;]? (?:and )?(?:many )?(?:thanks|thank you)(?: [\w'’]+){0,3}"
    r" for (?:this|the|these|your|all)\b",
    re.IGNORECASE,
)
_WISH: Final = compile_later(
    r"\?|n['’]t\b|\b(?:not|but|however|unfortunately|sadly|although|except|unless|please|pls|should"
    r"|could|can you|would|must|needs?|want\w*|wish\w*|prefer\w*|suggest\w*|instead|rather|resend"
    r"|respin|nac?k|wrong|miss(?:es|ed|ing)|breaks?|broken?|broke|fail\w*|crash\w*|leak\w*|bugs?|buggy"
    r"|regress\w*|race|races|racy|nits?|typos?)\b",
    re.IGNORECASE,
)


def informs(text: str) -> bool:
    """Whether a remark thanks for the patch and tells what it is good for, as `FYI`.

    Args:
        text: the remark; without a wish, background asks for nothing.
    """
    if len(text) > MAX_INFORMING or _INFORMS.match(text) is None:
        return False
    return _WISH.search(text) is None


def is_content(text: str) -> bool:
    """Whether a remark begins with praise or assent, and has no word of a wish or a doubt.

    Args:
        text: the remark.
    """
    if len(text) > MAX_CONTENT:
        return False
    line = " ".join(text.split())
    if _PLEASED.match(line) is None or _LEADS_ON.search(text):
        return False
    return _DOUBT.search(_NO_DOUBT.sub(" ", line)) is None
