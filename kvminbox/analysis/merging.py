"""Whether a remark is only about merging: who takes the patches, when, and into which tree."""

import re
from typing import Final

from kvminbox.patterns import compile_later

_THESE: Final = (
    r"(?:this|these|it|them|they|both|all"
    r"|(?:the|this|your) (?:whole |rest of the )?(?:patch(?:es|-?set)?|series|set))\b"
)
_TAKE: Final = r"(?:apply|merge|pick|queue|take|pull|push|grab|land)(?:ing)?(?: up)?"
_TAKEN: Final = r"(?:applied|merged|picked|queued|taken|pulled|pushed|accepted|upstreamed)"
_BE: Final = r"(?:['’]s| is| are| was| be| been| gets?| got)?"
_TREE: Final = r"(?:my|your|our|the) (?:[\w/-]+ )?tree\b"
# not `merge it with the other`, `pull this into a helper`, `take it out of the loop`
_GONE_ON: Final = (
    rf"(?! (?:\w+ ){{0,3}}(?:with|into(?! {_TREE})|from|out|apart|down|away|off|back|under|once"
    r"|as soon|if you (?:fix|mend|change))\b)"
)
# but `it is taken from BSD`, `it is pulled low`
_AT_LAST: Final = (
    r"(?=\W*\Z|[,;]| (?:up|for|in|now|soon|yet|already|via|through|before|after|as|this|next)\b)"
)
# `Who takes these?`, `Please apply.`, `I would like to see this merged`, `Which tree is it for?`,
# `Any news?`, `Gentle ping`, `May I have an ack?`, `Adding Rob to Cc`, `Never mind`
_MERGING: Final = compile_later(
    rf"\b{_TAKE} {_THESE}{_GONE_ON}|\bplease,? (?:consider )?{_TAKE}\s*[.!?]"
    rf"|\btakes? {_THESE}{_GONE_ON}|\balready (?:\w+ed|took)(?: up)? {_THESE}"
    rf"|\b{_THESE}(?: \w+)?{_BE} (?:\w+ )?{_TAKEN}{_AT_LAST}"
    rf"|\b{_THESE} (?:\w+ )?(?:go in{_AT_LAST}|get lost)"
    rf"|\b{_THESE} (?:\w+ )?go(?:es|ing)? (?:through|via) [\w-]+\W*\Z"
    rf"|\b{_THESE} land\b|\bobjections? to {_THESE}|\b(?:in|through|via|for) {_TREE}"
    rf"|\b(?:which|what|whose) tree (?:is|are|do|does|will|would|should) {_THESE}"
    rf"|\bany (?:news|updates?|feedback|comments)(?: (?:on|about|for) {_THESE}.{{0,20}})?\?"
    rf"|\bstatus (?:of|on|for) {_THESE}"
    r"|\A(?:\W*|.{0,20}\b(?:a|gentle|friendly) )(?:ping|bump|reminder)\b"
    r"|\b(?:your|(?:get|have) an) (?:ack|acked-by)\b"
    r"|\A(?:adding [^,;?]+ to cc|\W*cc(?:['’]?ing|['’]?d)? (?!stable)[^;?]+)\W*\Z"
    r"|\bnever ?mind(?=\W*\Z|[,.])|\bmisread (?:it|that|this)\b|\A(?:fair enough|fine)\W*\Z"
    r"|\b(?:ignore|disregard) my (?:\w+ )?(?:mail|comments?|remarks?)\b",
    re.IGNORECASE,
)
# `I won't take this`, `Let's wait before we merge it`, `I applied it, and the lamp hangs`
_OBJECTS: Final = compile_later(
    r"\b(?:not|no longer|but|however|except|before|until|unless|otherwise|why|how|conflicts?|wrong"
    r"|hangs?|warnings?|fail\w*|broken?|breaks?|split\w*|doubts?|concerns?|fix\w*|twice|lock|mutex"
    rf"|binding|must|needs? (?!to be))\b|n['’]t\b|, and\b|\bwith {_THESE} applied\b",
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
