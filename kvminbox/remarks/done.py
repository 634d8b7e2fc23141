"""Remarks whose writers say that they took the patch, or mended it themselves.

`Applied, with a shorter comment` asks nothing of the author, who may want to read it all the same.
"""

import re
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review.phrases import find_claims, may_claim

MAX_DONE: Final = 600
"""Characters of such a remark."""

_URL: Final = re.compile(r"https?://\S+")
_THANKED: Final = compile_later(
    r"\b(?:thanks|thank you)(?: \w+)? for (?:your|the) (?:\w+ ){0,3}?(?:patch|patches|series|work"
    r"|fix|help|review|update|v\d+)\b|\bthank you\b",
    re.IGNORECASE,
)
# what the author, or somebody else, is to do
_ASKS: Final = compile_later(
    r"\?|\b(?:please|pls|should|could|would|must|needs?|wants?|you|your|yours|next time"
    r"|let me know|resend|respin|next version|new version|wonder\w*|prefer\w*|ought"
    r"|waiting|unless|until|if|nack|nak|might|maybe|perhaps|alternatives?|alternatively"
    r"|(?<!my )suggest\w*"
    r"|consider\w*|better|rather|instead|ask\w*)\b",
    re.IGNORECASE,
)
# bad news, or what was not taken
_NEWS: Final = compile_later(
    r"n['’]t\b|\b(?:not|no|nor|never|none|but|however|though|although|except|minus|only|without"
    r"|break\w*|broken?|fail\w*|crash\w*|hang\w*|hung|conflict\w*|wrong\w*|miss(?:ed|es|ing)"
    r"|leak\w*|bugs?|buggy|regress\w*|revert\w*|problem\w*|issues?|errors?|warn\w*|oops\w*|race\w*"
    r"|unfortunately|sadly|still|later|wait|reject\w*|drop(?:ped|ping)? (?:the )?(?:patch\w*"
    r"|#?\d+|first"
    r"|last|second|other|it|them|(?:this|these)(?! (?:comment|sentence|paragraph|line|tag"
    r"|word))))\b",
    re.IGNORECASE,
)
# `I've fixed this up locally`, `I'll fix it when applying`
_MENDED: Final = compile_later(
    r"\bi(?:['’]ve| have|['’]ll| will)? (?:(?:already|just|also|now|gone ahead and) )*"
    r"(?:fix|fixed|correct|corrected|adjust|adjusted|chang|changed?|tweak|tweaked|clean|cleaned"
    r"|reword|reworded|fold|folded|squash|squashed|amend|amended|drop|dropped|remov|removed?|add"
    r"|added"
    r"|do|did|done|handled?)"
    r" (?:it|this|that|these|those|them|(?:the|your|a|this|that) (?:[\w-]+ ){1,3}?)"
    r"(?: ?(?:up|in|out))?(?: (?:myself|locally|here))*,?"
    r" (?:(?:when|while|on|upon|as i|before) (?:i )?(?:apply\w*|commit\w*|merg\w*|queue?\w*|push\w*"
    r"|pick\w*(?: \w+)? up)"
    r"|(?:and|then) (?:applied|queued|merged|pushed|picked))\b"
    r"|\bi(?:['’]ve| have)? (?:(?:already|just|also|now|gone ahead and) )*fixed"
    r" (?:it|this|that|these|those|them|the \w+)(?: all)? up\b"
    r"(?! (?:in my|with a|in v\d|for v\d))"
    r"|\b(?:all of (?:the above|these|them|this)|the above|all(?: of)? (?:these|this)|both)"
    r" (?:(?:is|are|were|now) )*(?:fixed|corrected)(?: up)? (?:locally|here|in my tree)\b"
    r"|\b(?:fixed|corrected|adjusted|reworded|tweaked|cleaned)(?: (?:it|this|that|them|up)){0,2}"
    r" (?:when|while|on|upon) (?:apply|commit|merg|queu|push)\w*",
    re.IGNORECASE,
)
# `Thus I dared to update the commit message`, `I've modified the patch to remove the check`: who
# only tries something changes a patch, too, and a reviewer adds people to Cc
_DARED: Final = compile_later(
    r"\bi (?:dared|took the liberty|allowed myself) (?:to|of) (?:\w+ )?(?:updat|chang|fix|adjust"
    r"|modif|reword|edit|amend|remov|drop|add)\w* (?:the|your|a|this|that) (?:[\w-]+ ){0,2}?"
    r"(?:patch|message|title|subject|changelog|log|description|comment|tag|typo|wording|sentence"
    r"|paragraph|header)s?\b"
    r"|\bi(?:['’]ve| have) (?:(?:already|just|also|now) )*(?:modified|changed|adjusted|updated"
    r"|amended) (?:the|your|this) patch (?:to|and|so)\b"
    r"(?! (?:\w+ )?(?:test|try|tried|check|see|debug|build|run|ran|reproduce|print|boot)\w*\b)",
    re.IGNORECASE,
)
# `I'll delete the line, no need to resend just for that`
_NO_NEED: Final = compile_later(
    r"(?P<deed>\bi(?:['’]ll| will| can|['’]ve| have)\b[^.?!]{1,80}), (?:so )?(?:there(?:['’]s"
    r"| is) )?"
    r"no need (?:to (?:re-?send|re-?post|re-?spin|repost|send (?:a|another) \w+)|for (?:a|another)"
    r" (?:v\d+|resend|respin|new version))(?: (?:it|this|just|only|for|because of|that|them))*",
    re.IGNORECASE,
)
# behind that, `but the second hunk leaks`
_GOES_ON: Final = compile_later(
    r"\b(?:but|however|though|although|except|still|unfortunately|sadly)\b", re.IGNORECASE
)
# `Changed to "surrounded" for them`, `^ I dropped this comment, as it is of v1`
_CHANGED: Final = compile_later(
    r"\W*(?:changed (?:this |it )?to [\"'“`‘][^\"'”`’]{1,60}[\"'”`’]"
    r"|i(?:['’]ve| have)? (?:just |also )?(?:changed|reworded|rephrased|dropped|removed|shortened)"
    r" (?:this|that|the) (?:\w+ )?(?:comment|sentence|paragraph|subject|title|message|changelog|log"
    r"|description|wording|word|tag|typo|line))(?! (?:to see|in my)\b)(?:(?! and\b)[^?]){0,160}",
    re.IGNORECASE,
)
# `I've applied this to my lamps series`, `I'll queue this as a hotfix`
_TAKEN: Final = compile_later(
    r"\bi(?:['’]ve| have)? (?:(?:now|just|also|already) )?"
    r"(?:applied|queued|picked up|taken|merged|pushed|[(]?(?:re-?)?[)]?added)(?: and pushed)?"
    r" (?:this|it|these|them|all|both)(?: (?:up|all|out|series|two|three|four|\d+)){0,2}"
    r"(?: (?:to|in|into|for) (?:my|our|the|[\w-]+\.git|\w*day)\b|,? thank)"
    r"|\bi(?:['’]ve| have)? updated [\w.'’/-]+(?: [\w/-]+){0,2}"
    r" to (?:(?:this|the (?:new|latest)) version|v\d{1,2})\b"
    r"|\bi(?:['’]ve| have) got (?:it|them|this|these|the patch(?:es)?|the series)(?: locally"
    r"| in my tree| queued),? and will push (?:it|them|this)\b"
    r"|\bi(?:['’]ve| have)? replaced the (?:existing|old|previous) (?:commits|patch(?:es)?"
    r"|version|series)"
    r" (?:in my \w+ )?with (?:this|these|them)\b"
    r"|\bi(?:['’]ll| will|['’]m (?:just )?going to|['’]d like to)"
    r" (?:(?:now|just|then|go|also|go ahead and) )*"
    r"(?:(?:queue|grab|take|pick|apply|merge|pull)(?: up)? (?:this|it|these|those|them)"
    r"|send (?:this|it|these|those|them)(?= up\b| upstream\b| to linus\b)"
    r"|(?:queue|grab|take|pick|apply|merge|add|pull) (?:this|these) (?:series|set|patch(?:es"
    r"|set)?))"
    r"(?: up)?(?: as-is)?(?: now)?"
    r"(?= ?(?:[.,!]|$)| (?:as|for|to|into|via|in|through|and push|once|when|after|during"
    r"|with my)\b)"
    r"(?![^.]*\b(?:once|when|after)\b(?! (?:i|we|i['’]m|we['’]re|-?rc\d|the merge window)\b))"
    r"|^(?:[\w ,']{0,30}[.,!] )?(?:applied|queued|pulled|merged|picked(?: up)?|pushed)(?: both"
    r"| all)?"
    r"(?=\W*(?:$|thank)|[.!])"
    r"|^\W*(?:all )?done\W*(?:thanks|thank you)?\W*$",
    re.IGNORECASE,
)
# `to lamps/queue only for now`, `let's see if the robots like it`
_NO_NEWS: Final = compile_later(
    r"\bsorry (?:about|for) (?:that|this)\b[^.?!(]{0,80}:\(|,? but not (?:for|in|to) (?:-?stable"
    r"|-?rc\w*|\d[\w.-]*|[\w-]+-next|this (?:cycle|release))(?=[ .,;]|$)"
    r"|\bfixes: *[0-9a-f]{8,40} \(\"[^\"]{1,160}\"\)"
    r"|^(?-i:[A-Z])\w+ has(?:n['’]t| not) (?:spoken up|replied|responded|objected|commented)"
    r"(?: yet)?,? but(?= i\b)"
    r"|\b(?:hearing|with|as|there (?:were|are)) no objections?\b"
    r"|\blater (?:on )?today\b"
    r"|\bonly for now\b|\blet['’]s see (?:if|how|what)\b[^.?]*",
    re.IGNORECASE,
)


def is_done(text: str) -> bool:
    """Whether a remark asks for nothing, as whoever wrote it took the patch or mended it.

    Bad news, `applied 1-2 because 3 leaks`, is for the author, and so is any wish.

    Args:
        text: the remark.
    """
    if len(text) > MAX_DONE:
        return False
    line = _THANKED.sub("thanks", _URL.sub("", " ".join(text.split())))
    line, unneeded = _NO_NEED.subn(r"\g<deed>", _NO_NEWS.sub("", line))
    if _ASKS.search(line):
        return False
    if unneeded and not _GOES_ON.search(line):
        return True
    if mended := _MENDED.search(line):
        return _GOES_ON.search(line, mended.end()) is None
    if dared := _DARED.search(line):
        return _NEWS.search(line, dared.end()) is None
    if _NEWS.search(line):
        return False
    if _CHANGED.fullmatch(line) or _TAKEN.search(line):
        return True
    if not may_claim(line):
        return False
    claims = [one for one in find_claims(text) if not (one.is_wish or one.is_tried)]
    return any(one.subject != "somebody" for one in claims)


# what whoever took the patch still wants to be sent or answered, or has found broken in it; how it
# should have been written is for another time: `Please write "lamp()" in titles`
_STILL_WANTS: Final = compile_later(
    r"\?|\b(?:please|pls|can you|could you|would you|you (?:must|need to|have to|should))"
    r" (?:\w+ ){0,2}?(?:send|resend|re-send|post|repost|submit|respin|rebase|fix|test|check|verify"
    r"|confirm|explain|follow[- ]?up|take a look|look at|let (?:me|us) know|answer|reply)\b"
    r"|\b(?:let me know|resend|respin|next version|new version|follow[- ]?ups?|incremental|unless"
    r"|not sure|break[se]?|broken?|broke|fail(?:s|ed|ures?)?|crash\w*|hangs?|leak\w*|buggy"
    r"|regress\w*|unfortunately|sadly|only (?:the |patch)|not (?:taken|applied|queued|taking))\b"
    # `Haven't queued this one yet, since we need a test`
    r"|(?:n['’]t| not) (?:yet )?(?:queue|appl|tak|merg|push|pick)\w*"
    r"|\bbut (?:it|this|that|patch|the (?:first|last|second|other|rest)|we|you)\b",
    re.IGNORECASE,
)
# `I do have a few nitpicks for future reference`
_FOR_ANOTHER_TIME: Final = compile_later(
    r"\b(?:for|in)(?: the)? future(?: reference)?\b|\bnext time\b", re.IGNORECASE
)


def wants_more(text: str) -> bool:
    """Whether a mail that says `applied` has a wish in a remark as well, or bad news.

    Args:
        text: the remark.
    """
    said = _THANKED.sub("", " ".join(_URL.sub("", text).split()))
    if late := _FOR_ANOTHER_TIME.search(said):
        said = said[: late.start()]
    return _STILL_WANTS.search(said) is not None
