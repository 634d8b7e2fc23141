"""Sentences from person to person below a patch: `never mind`, `I'll look`, `my new address`.

They ask nothing of the author. What has any doubt behind it, `I'll look why it hangs`, is none.
"""

import re
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.remarks.wishes import may_ask

MAX_TAKEN_BACK: Final = 300
"""Characters of a text that takes back what its writer thought."""

_LEAD: Final = (
    r"\W*(?:(?:oh|ah|aha|argh|ugh|doh|d['’]oh|hm+|ok|okay|well|yes|yeah|yep|sure|no|and|so|also|btw"
    r"|fyi|fwiw|sorry|thanks|cool|great|nice|awesome|perfect|excellent|anyway|note that"
    r"|fair enough)\W+){0,3}"
)
_TAKES_BACK: Final = compile_later(
    _LEAD + r"(?:never ?mind|nvm|scratch that|ignore (?:me|that(?: comment| question| remark)?"
    r"|my (?:last |previous |earlier )?(?:comment|question|remark|mail|email)"
    r"|(?:my |the )?(?:comments?|questions?|remarks?) (?:in|on|to) (?:the |my )?"
    r"(?:previous|last|earlier|other) (?:patch|mail|e-?mail|version)))"
    r"(?=\s*(?:[,.:;!)–—-]|$))",
    re.IGNORECASE,
)
# `never mind the bit above about the lamp, since you switch it off here`
_TAKES_THAT_BACK: Final = compile_later(
    _LEAD + r"never ?mind (?:the|my|that) (?:bit|comment|part|remark|question|nit|thing)\b"
    r"[^.?!;:]{0,100}?(?: (?:since|as|because)\b|\s*(?:[.!]|$))",
    re.IGNORECASE,
)
# `Trivial bit of trivia that doesn't apply here`
_NOT_HERE: Final = compile_later(
    r"\W*(?:trivial|random|fun|interesting|just|a|an|bit of|side|aside|fyi"
    r"|note)\b[^.?!]{0,100}\bthat"
    r" (?:(?:does(?:n['’]t| not)) (?:apply|matter)|is(?:n['’]t| not) relevant) here\b",
    re.IGNORECASE,
)
# behind `never mind`, beside a wish
_GOES_ON: Final = compile_later(
    r"\b(?:but|however|though|although|still|also|unless|except|only|leak\w*|broken?)\b",
    re.IGNORECASE,
)
_READ_ON: Final = re.compile(r"\bi should(?:['’]ve| have) read (?:on|further)\b", re.IGNORECASE)
# `I missed that last time, sorry.`; not `I missed that the lock is taken`
_MY_FAULT: Final = compile_later(
    _LEAD + r"(?:my (?:bad|mistake|fault|error)"
    r"|i (?:(?:had|have|must have|just|simply|completely|totally|somehow) ){0,2}"
    r"(?:missed|misread|overlooked|misunderstood) (?:that|this|it)"
    r"(?: (?:part|one|bit|change|mail|e-?mail|patch|discussion|thread))?"
    r"(?:,? (?:the )?(?:last|first|previous|earlier) (?:time|version|round)|,? (?:before|earlier)"
    r"| in (?:the )?(?:last|first|previous|earlier) (?:version|round|review)| somehow)?)"
    r"(?:,? (?:sorry|my (?:bad|apologies)|apologies)(?: (?:for|about) (?:that|this|it"
    r"|the noise))?)?\W*",
    re.IGNORECASE,
)
# `Ah, clearly I should've read the next patch... n/m.`
_NOT_READ: Final = compile_later(
    _LEAD + r"(?:(?:clearly|obviously|maybe|i guess),? )?i should(?:['’]ve| have) (?:read|looked at"
    r"|seen|checked|finished) (?:the |your |this )?(?:next|rest|rest of the|whole|entire|other"
    r"|later"
    r"|following|remaining)(?: (?:patch|patches|series|mail|mails|thread|code))?"
    r"(?: (?:first|before (?:replying|commenting|asking)))?(?:\W*(?:n/m|never ?mind|nvm"
    r"|sorry))?\W*",
    re.IGNORECASE,
)
# `Splitting the patch here, as it is big`, `I'm not ignoring this patch.`, `I just won't be able to
# look at it until next week`
_BUSY: Final = compile_later(
    _LEAD
    + r"(?:(?:just )?(?:splitting|cutting) (?:the |this |my )?(?:patch|mail|review|reply) here"
    r"\b[^?]{0,120}"
    r"|i(?:['’]m| am) not ignoring (?:this|it|you|that|the|your)(?: (?:patch|patches|series|mail))?"
    r"|i (?:just )?(?:won['’]?t|will not|can['’]?t|cannot)(?: be able to)? (?:look at|review|get"
    r" to|test"
    r"|read) (?:it|this|them|these|that|the (?:patch|patches|series))(?: (?:until|before|this week"
    r"|today|till|for (?:a|some|the next))\b[^?]{0,60})?"
    r"|(?:in the meantime|meanwhile|for now),? i['’]ll wait(?: \w+){0,2} (?:to see if|for)\b"
    r"[^?]{0,30}\b(?:acks?|reviews?|acked-bys?|feedback|tags?)\b[^?]{0,60})\W*",
    re.IGNORECASE,
)
# `Hm, only Ada replied to this patch: https://…`
_ONLY_REPLY: Final = compile_later(
    _LEAD + r"only (?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?(?: has| have)? (?:replied|responded"
    r"|answered|commented)(?: (?:to|on) (?:this|that|it|the)(?: (?:patch|series|one|mail))?)?"
    r"(?:: ?https?://\S+)?\W*",
    re.IGNORECASE,
)
# `Probably not.`, `Yeah, I see how this made you think so.`
_GUESS: Final = compile_later(
    r"\W*(?:(?:well|yeah|yes|no|hm+),? )?(?:(?:probably|presumably) (?:not|so|yes)|i guess (?:so"
    r"|not)"
    r"|n/m|fyi|i (?:can )?see (?:how|why) [^?,;]{1,60} made (?:you|me|one|people) think (?:so"
    r"|that))\W*",
    re.IGNORECASE,
)
# `Oops, not sure why I put that here but thanks for fixing this.`
_OWN_FAULT: Final = compile_later(
    r"\W*(?:(?:oops|whoops|oh|ah|sorry|hm+),? )*(?:i(?:['’]m| am) )?(?:not sure|no idea) (?:why"
    r"|how) i"
    r" (?:put|did|wrote|added|missed|left) (?:that|this|it|them)(?: (?:here|there|in|out))?,? but"
    r" thank(?:s| you) for (?:fixing|catching|spotting|removing|cleaning up)"
    r" (?:this|it|that|them)(?: up)?\W*",
    re.IGNORECASE,
)
# `I can't share anything about lamps, but you can read into this what you like.`
_DISCREET: Final = compile_later(
    _LEAD + r"i (?:can['’]?t|cannot|can not|am not allowed to|['’]m not allowed to) (?:really )?"
    r"(?:share|disclose|reveal|comment on|talk about) (?:anything|much|more|any details?|details)"
    r"(?: (?:about|on|of)(?: (?!(?:until|unless|if|before|when|once|but)\b)[\w/-]{1,20}){1,8})?"
    r"(?:,? but you can (?:read|guess|imagine|infer)\b[^?]*)?\W*",
    re.IGNORECASE,
)
# `Appreciate you including the results`
_APPRECIATES: Final = compile_later(
    _LEAD + r"(?:(?:i|we)(?: (?:really|very much|do|also|greatly))* )?appreciate"
    r" (?:you|your|the|this|that|it|all)\b(?P<rest>[^?]{0,100})",
    re.IGNORECASE,
)
_WHEN: Final = compile_later(
    r"\b(?:later(?: (?:today|this week|on))?|(?:very )?soon|shortly|in a (?:bit|while|minute"
    r"|few \w+)"
    r"|(?:once|when|after) (?:i|i['’]m|i am)(?: (?:am|get|have|find|can)| got)?"
    r"(?: (?:back|home|around|a chance|some time|time|the time|a moment|a minute|to it|\w+ing))*"
    r"|as soon as (?:i )?(?:can|get|possible)(?: a chance)?)\b",
    re.IGNORECASE,
)
# `I'll have a look tomorrow`, `Let me think about it`
_WILL_LOOK: Final = compile_later(
    _LEAD + r"(?:(?:i['’]ll|i will|i['’]m|i am|we['’]ll|we will|let me|will|i (?:plan|intend|hope"
    r"|want) to"
    r"|i['’]m going to) (?:(?:also|now|then|just|try to|go and|definitely|currently|be) ){0,2}"
    r"(?:(?:have|take|taking|give|giving)(?: (?:it|this|that|these|them|the (?:patch|patches"
    r"|series)))?"
    r" (?:a|another) (?:\w+ )?(?:look|try|spin|go|run|whirl|read|shot|test)"
    r"|do (?:a|the|my) (?:full|proper|closer|deeper|detailed|real|complete) review"
    r"|look(?:ing)? (?:at|into|through|over)|review(?:ing)?|test(?:ing)?|try(?:ing)?|read(?:ing)?"
    r"|go(?:ing)? through|ponder(?:ing)?|think(?:ing)? about|get back to (?:you|this|it)"
    r"|(?:reply|respond|send (?:notes|comments|feedback)))"
    r"(?= (?:it|this|that|these|them|the|your|rest|through|over|at|into|and|to|in|on|tomorrow|soon"
    r"|later|shortly|next|a|both|all)\b|\W*$)(?P<rest>[^?]*))\W*",
    re.IGNORECASE,
)
_GLAD: Final = compile_later(
    _LEAD + r"(?:(?:(?:i am|i['’]m|we are|we['’]re) )?(?:always )?(?:very |really |so )?"
    r"(?:happy|glad|pleased) (?:to (?:help|hear (?:that|it|this)|be of (?:help|use))"
    r"|(?:it|this|that) (?:works?|worked|helps|helped)(?: (?:for you|out|now|well))?|i could help)"
    r"|(?:i )?hope to (?:see|meet) you(?: \w+)? (?:at|in) (?:the )?[\w ]{1,40}"
    r"|you(?:['’]re| are) (?:very |most )?welcome|my pleasure|no worries|no problem at all)\W*",
    re.IGNORECASE,
)
# `Sure, yeah. I can take it.`
_CAN_TAKE: Final = compile_later(
    _LEAD + r"(?:i (?:can|could)|i['’]ll|i will|i['’]m|i am|let me|(?=planning\b))"
    r"(?: (?:also|then|just|certainly|happily|gladly|probably))*"
    r"(?: ?(?:happy|glad|fine|ok|willing|about|going|planning) to)?"
    r" (?:take|pick|carry|queue|grab|merge|route|apply|park)"
    r" (?:it|this|that|these|them|both|(?:the|this) (?:patch|patches|series|fix|one|lot))(?: up)?"
    r"(?: (?:through|via|into|in|to|for|with|as) (?:a |the |my |our |one of my )?[\w/.'-]+"
    r"(?: (?:tree|trees|branch|queue|cycle|release|pull request|fix|hotfix|material))?){0,2}"
    r"(?: (?:if (?:you (?:like|want|prefer)|that helps|needed|nobody objects)|then|now|too"
    r"|quickly|soon"
    r"|as well))?"
    r"(?:,? thanks?(?: you)?)?\W*",
    re.IGNORECASE,
)
# `I've added in the timer folks.`
_ADDED_PEOPLE: Final = compile_later(
    _LEAD + r"(?:(?:i(?:['’]ve| have|['’]m| am)?|we(?:['’]ve| have)?) )?(?:just |also |now )?"
    r"(?:add(?:ed|ing)|cc(?:['’]?e?d|['’]?ing)?|loop(?:ed|ing)|copied|copying)(?: in)?"
    r"(?: (?!a\b|an\b)[\w@.'’/-]+,?){0,7}? (?:folks?|people|guys|list|lists|mailing lists?"
    r"|maintainers?"
    r"|(?:to|on|in) (?:the )?(?:cc|loop|thread))\W*",
    re.IGNORECASE,
)
# `yes I am changing my default address`
_ADDRESS: Final = compile_later(
    _LEAD + r"(?:i(?:['’]m| am|['’]ve| have|['’]ll| will)?(?: (?:now|just|also|be|recently))*"
    r" (?:chang|switch|mov|us)(?:e|ed|ing)(?: over)?(?: to)? (?:my|a|another|the)"
    r"(?: (?:new|default|other|old|work|personal|private|different|e-?mail|mail|kernel\.org|korg))*"
    r" (?:address|account|e-?mail)(?:es)?"
    r"|my (?:new |old |work |current )?(?:e-?mail |mail )?address (?:has changed|changed"
    r"|will change|is changing|(?:is )?now \S+@\S+))(?: (?:now|soon|recently|to \S+@\S+))?\W*",
    re.IGNORECASE,
)
# `Gentle ping to the lamp people`
_PING: Final = compile_later(
    r"\W*(?:(?:gentle|friendly|kind|another) )?(?:ping|reminder)"
    r"(?: (?:to|for|on|about|again|all)\b[^.?!]{0,50})?\W*",
    re.IGNORECASE,
)
# `[*] Here`, where another remark points to
_MARK: Final = re.compile(r"\s*\[[*\d]{1,2}\]:?\s*(?:here|this|this one)\W*", re.IGNORECASE)
# bounded, since a long `hahaha` could be divided at each `ha`
_LAUGH: Final = compile_later(
    r"\W{0,9}(?:(?:(?:ha){1,9}|(?:he){2,9}|heh|lol|phew|yay|hooray|woohoo|whee|aha|ah"
    r"|huh(?:uh){1,9})\W{0,9}){1,3}",
    re.IGNORECASE,
)
# `So much for my previous brilliant suggestion. :)`
_JOKE: Final = compile_later(
    _LEAD + r"(?:so much for my (?:\w+ ){0,3}(?:suggestion|idea|theory|plan|review|hope)s?"
    r"|i used to (?:do|have|write|run|need) (?:that|this|it|one)"
    r"(?: (?:by hand|manually|locally|myself|too|before|for years))*"
    r"|i (?:still )?remember (?:the|my) (?:hard|fun|pain\w*|bad|good) [^?]{1,80}"
    r"|th(?:is|at) (?:@?[\w-]+ )?(?:guy|fellow) is (?:\w+ )?annoying"
    r"|i['’]?(?:ll)? trust you (?:on|with|about) (?:this|that|these|it|the)(?: [\w-]+){0,3})\W*",
    re.IGNORECASE,
)
# `Yes, I think that should work too.`, `Perfect timing`
_ASSENT: Final = compile_later(
    r"\W*(?:(?:ah|oh|well) )?(?:yes|yep|yeah|ok|okay|sure|right|agreed),?"
    r" (?:i (?:think|guess|believe) )?(?:that|this|it)"
    r" (?:(?:should|ought to|will|would|does|could) )?(?:also |just |all )?works?"
    r"(?: (?:too|fine|well|as well|for me|for us|here|then|ok|just fine)){0,2}\W*"
    r"|\W*(?:perfect|good|great|nice|excellent) timing\W*",
    re.IGNORECASE,
)
# `Can one of the timer maintainers pick this up?`, `can someone take it?`
_ANYBODY: Final = compile_later(
    r"\W*(?:(?:so|and|maybe),? )?(?:can|could|would|will) (?:one of )?(?:(?:the|our|you)\b ?)?"
    r"(?:[\w/-]+ ){0,2}?(?:maintainers?|someone|somebody|anyone|anybody|folks|committers?)"
    r"(?: please)? (?:pick|take|apply|queue|merge|grab|carry|pull)(?: up)?"
    r" (?:this|it|these|them|(?:the|this|these) (?:patch|patches|series|fix|one|lot))"
    r"(?: (?:patch|patches|series|fix|one))?(?: up| in)?"
    r"(?: (?:through|via|into|in|for|to) (?:the |your )?[\w/.'’-]+(?: (?:tree|branch))?){0,2}"
    r"(?:,? (?:please|thanks))?\?\W*",
    re.IGNORECASE,
)
# `It looks like all the feedback has been addressed.`, behind that
_ADDRESSED: Final = compile_later(
    r"\W*(?:(?:it )?(?:looks|seems) like )?(?:all )?(?:of )?(?:the|my) (?:feedback|comments|remarks"
    r"|issues|concerns|problems)(?: (?:that )?i (?:noticed|had|raised|pointed out|found|saw))?"
    r"(?: (?:in|on|with) (?:the )?(?:previous|last|earlier|v\d+)(?: (?:version|round|revision))?)?"
    r" (?:has|have|was|were|is|are) (?:been |all )*(?:addressed|dealt with|resolved)"
    r"(?:,? so,? for the (?:whole |entire )?(?:series|patch|set):?)?\W*",
    re.IGNORECASE,
)


def takes_back(text: str) -> bool:
    """Whether a text begins with `never mind`, and says no more than why, or isn't on the patch."""
    if len(text) > MAX_TAKEN_BACK:
        return False
    line = " ".join(text.split())
    if _NOT_HERE.match(line):
        return not may_ask(line)
    found = _TAKES_BACK.match(text) or _TAKES_THAT_BACK.match(line)
    if found is None:
        return False
    rest = _READ_ON.sub("", found.string[found.end() :])
    return not may_ask(rest) and _GOES_ON.search(rest) is None


def is_aside(sentence: str, doubt: re.Pattern[str]) -> bool:
    """Whether a sentence is from person to person, and not on the patch.

    Args:
        sentence: words in one line.
        doubt: words that what its sender will look at may not have.
    """
    if _ANYBODY.fullmatch(sentence) or _ADDRESSED.fullmatch(sentence) or _PING.fullmatch(sentence):
        return True
    if "?" in sentence or sentence.rstrip().endswith(":"):
        return False
    if any(pattern.fullmatch(sentence) for pattern in _PLAIN):
        return True
    if any(has(sentence) and pattern.fullmatch(sentence) for has, pattern in _RARE):
        return True
    if "ppreciate" in sentence and (thanked := _APPRECIATES.fullmatch(sentence)):
        return doubt.search(thanked["rest"]) is None
    look = _WILL_LOOK.fullmatch(sentence)
    return look is not None and doubt.search(_WHEN.sub("", look["rest"])) is None


def is_discreet(sentence: str) -> bool:
    """Whether a sentence says that its writer may not tell more."""
    return len(sentence) <= MAX_TAKEN_BACK and _DISCREET.fullmatch(sentence) is not None


_PLAIN: Final = (
    _MY_FAULT, _GLAD, _CAN_TAKE, _ADDED_PEOPLE, _ADDRESS, _MARK, _LAUGH, _JOKE, _ASSENT, _GUESS,
)  # fmt: skip
# each with a word that it must have, which is found faster than that it is not one of these
_RARE: Final = (
    (re.compile(r"\bi should", re.IGNORECASE).search, _NOT_READ),
    (
        re.compile(
            r"splitting|cutting|ignoring|ll wait|\bi (?:just )?(?:w|ca)", re.IGNORECASE
        ).search,
        _BUSY,
    ),
    (re.compile(r"\b[Oo]nly [A-Z]").search, _ONLY_REPLY),
    (re.compile(r"but thank", re.IGNORECASE).search, _OWN_FAULT),
)
