"""Clauses of praise, agreement and hand-over in free words, which ask nothing of the author.

`All your changes look good to me (along with the documentation), thanks for doing this` is one;
`It would be nice to have a comment here` is none: a wish has `would`, or goes on with `to`.
"""

import re
from collections.abc import Callable, Collection
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.remarks.asides import is_aside
from kvminbox.remarks.wishes import may_ask

MAX_CLAUSE: Final = 160
"""Characters of a clause that may be praise."""

MAX_COPY: Final = 900
"""Characters of words on a copy of the patches."""

MAX_POINTER: Final = 400
"""Characters of a sentence that points others to something."""

_LEAD: Final = (
    r"\W*(?:(?:well|wow|whoa|oof|ah|oh|sure|hmm|yes|yeah|yep|yup|confirmed|ok(?:ay)?|right|great"
    r"|nice|cool"
    r"|and|so|also|again"
    r"|overall|in general|honestly|personally|imho|imo|fwiw|fyi|to me|from my side"
    r"|(?:from |at )(?:a |first |quick |brief |cursory ){1,2}(?:look|glance|read)"
    r"|as far as i can (?:tell|see)"
    r"|from (?:an?|my) (?:initial|first|quick) (?:skim|look|glance|read)(?: read| through)?"
    r"(?: (?:of|at|through) (?:the|these|this|your) (?:patch|patches|series))?(?=,)"
    r"|that['’]s a comment (?:on|about) [^,?]{1,40} to say(?: that)?"
    r"|(?:al)?though i have(?:n['’]t| not)(?: yet)?(?: (?:had|done|reviewed|looked))"
    r"[^,?]{0,60}(?=,)"
    r"|i (?:do |really |also |still )?(?:think|believe|agree|find)(?: that)?)\b[,:]? ?)*"
)
_SPECIES: Final = (
    r"(?:patch(?:es)?|patch-?set|series|set|changes?|version|revision|approach|idea|fix(?:es)?"
    r"|clean-?ups?|additions?|work|commits?|documentation|docs|refactoring|rework|api|stuff|one"
    r"|ones|parts?|hunks?|diff|diffstat|description|explanation|improvements?|simplifications?"
    r"|direction"
    r"|comments?|changelog|commit message|(?:self)?tests?|code above)"
)
# neither `the old version looks good` nor `the driver is fine`, which may be why not to change it
_SUBJECT: Final = (
    r"(?:(?:it|this|that|these|those|they|everything|all|both|all of (?:it|this|them|these))"
    r"|(?:all |both |all of )?(?:of )?(?:your|this|these|the|all the)"
    rf"(?: (?:new|whole|entire|api|code|doc|dts|remaining|proposed|arm|arm64|mips|powerpc|riscv"
    rf"|s390"
    rf"|sparc|x86))? {_SPECIES}"
    r"(?: in this (?:patch|series|set))?|(?:all )?patch(?:es)?(?: in this series)?|series|changes?"
    r"|v\d{1,2}|(?:(?:the|your) )?(?:rationale|reasoning|motivation))"
    r"(?: above)?(?: (?:all|both|also|now|here|itself))?"
)
_VERY: Final = (
    r"(?:(?:all|pretty|very|really|quite|so|much|way|far|a lot|alot|definitely|certainly|indeed|now"
    r"|just|more|perfectly|extremely|super|absolutely|still|such|already|both|overall) )*"
)
_ADJECTIVE: Final = (
    r"(?:good|fine|ok|okay|great|nice|sane|reasonable|correct|right|perfect|excellent|awesome"
    r"|useful|helpful|clean|neat|cool|solid|sensible|appropriate|lovely|fantastic|brilliant|tidy"
    r"|clever|easier to (?:read|follow|understand)|cleaner|clearer|nicer|neater|simpler"
    r"|uncontroversial"
    r"|valuable|welcome|impressive|exciting|amazing|worthwhile|wonderful|cutting-edge)"
)
_NOUN: Final = (
    r"(?:addition|improvement|clean-?up|idea|approach|change|patch|patchset|series|feature|work"
    r"|catch|solution|simplification|optimi[sz]ation|enhancement|fix|win|refactoring|explanation"
    r"|summary|find|call|choice|plan|thing|stuff|job|piece of work|trick|direction|wizardry|diff)"
)
_END: Final = (
    r"(?: (?:to me|for me|with me|from me|from my side|now|overall|in general|as well|too|here"
    r"|so far|at least|again|indeed|at (?:a )?(?:first|quick) glance|this way|that way|like this"
    r"|as (?:it )?is|than (?:before|(?:in )?(?:the )?(?:v\d|last one|(?:previous|prior|old"
    r"|earlier) versions?))|imo|imho"
    r"|even more|very much|a lot|though|still"
    r"|from (?:a|an|the|my) [\w'’-]+(?: [\w-]+)? (?:point of view|side|perspective|angle|pov)))*"
    r"(?: ?\((?:along with|including|with|and) [\w' -]{1,40}\))?"
)
_IS: Final = (
    r"(?:['’](?:s|re)|(?:is|are) looking|is|are|looks?|seems?(?: to be)?|sounds?|reads?|appears?)"
)
_IS_A: Final = (
    rf"(?:{_SUBJECT} (?:is|are|seems? to be)|(?:{_SUBJECT} )?(?:looks?|sounds?|seems?) like"
    r"|(?:that|it)['’]s|what)"
)
_PRAISE: Final = compile_later(
    rf"{_LEAD}(?:"
    rf"(?:{_SUBJECT}(?: |(?=['’])))?{_IS} {_VERY}{_ADJECTIVE}(?: and {_VERY}{_ADJECTIVE})?{_END}"
    rf"|{_IS_A} {_VERY}(?:an? |the |some )?{_VERY}{_ADJECTIVE}(?:,? (?:and )?{_ADJECTIVE})?"
    rf"(?: (?!no\b|not\b)[\w-]+)? {_NOUN}(?: right there)?{_END}"
    rf"|(?:{_SUBJECT} )?makes? {_VERY}"
    rf"(?:(?:a lot|alot|lots) of |perfect |total |complete |good |more )?sense{_END}"
    r"|(?:i (?:do |really |quite |very much |also |definitely |fully )*"
    r"(?:like|love|support|appreciate|welcome)|(?:i am|i['’]m) (?:\w+ )?(?:fine|happy|ok) with)"
    rf" (?:{_SUBJECT}|them){_END}"
    rf"|(?:{_SUBJECT}|it) (?:really |also |certainly |definitely )?makes? (?:this|it|things"
    rf"|the (?:code|intent)) {_VERY}(?:more )?(?:readable|obvious|explicit|{_ADJECTIVE}){_END}"
    r"|(?:i )?(?:fully |completely |totally |also |very much )?agree"
    rf"(?: with (?:you|{_SUBJECT}))?{_END}"
    rf"|(?:it |this )?(?:also |really |nicely )?simplifies (?:the code|things|it|this){_END}"
    rf"|makes (?:it|things|the code) {_VERY}{_ADJECTIVE}{_END}"
    r"|(?:good|great|nice|perfect|agreed),? \w+ing [^,.?]{1,80} is (?:the right|a good|the best"
    r"|a better) (?:approach|thing(?: to do)?|way|choice|idea)"
    r"(?:,? (?:so|as|because|since)\b[^?]{1,90})?"
    r"|(?:quite|very|perfectly) (?:so|right|true)|indeed(?: so)?|(?:fully |totally )?agreed"
    r"|exactly so|fair enough|i like"
    r"|(?:so )?much less (?:magic|code|churn|boilerplate|complexity|noise)(?: here| now| this way)?"
    r"|(?:very |really |quite )?(?:nice|great|lovely|excellent|neat) (?:[\w-]+ )?(?:clean-?ups?"
    r"|series"
    r"|work|refactoring|improvements?|simplifications?)(?: (?:series|work|patches))?"
    r"(?: (?:to|of|in|for|on) the [\w -]{1,40})?"
    r")\W*",
    re.IGNORECASE,
)
# `Thanks for incorporating the change!`, `Thank you for doing this great work, Ada`
_THANKS: Final = compile_later(
    r"\W*(?:and )?(?:(?:so |very )?many |big |again,? )?(?:thanks|thank you|thx|kudos)"
    r"(?: (?:a lot|so much|again|very much))?(?:,? (?:and )?(?-i:[A-Z])[\w-]{1,20}){0,3}"
    r"(?:,? (?:for|on)(?: [\w.()/+'’-]+){1,8})?(?:,? (?-i:[A-Z])[\w-]{1,20}){0,2}(?: though)?\W*",
    re.IGNORECASE,
)
# `I browsed the patches`, `I've gone through the whole series`
_READ: Final = compile_later(
    r"\W*(?:i|i've|i’ve|i have)(?: (?:just|quickly|briefly|also|now|have|already))*"
    r" (?:browsed|read|reviewed|skimmed|looked|gone|went|checked|had a (?:quick |brief )?look"
    r"|given|gave)"
    r"(?: (?:through|at|over|into))*"
    rf" (?:{_SUBJECT}|(?:the|all|both|these|all the|all of the) (?:\d+ |two |three |four )?patches"
    r"(?: (?:of|in) (?:this|the) (?:version|series)(?: of (?:this|the) series)?)?)"
    r"(?: (?:quickly|again|now|briefly)| an? (?:(?:general|quick|brief) )?(?:once[- ]over|look"
    r"|read))?\W*",
    re.IGNORECASE,
)
# `I don't know lamps well, but nothing caught my eye in here`, `I see no reason not to merge it`
_SEES_NONE: Final = compile_later(
    r"\W*(?:(?:i do(?:n['’]t| not) know|i['’]m not an expert (?:in|on)|i know little (?:of|about))"
    r" [^,?;:]{1,60}, (?:but )?)?nothing (?:caught my eye|(?:jumps|jumped|stands|stood) out)"
    r"(?: (?:to|at) me)?(?: (?:in )?(?:here|this|it|there))?\W*"
    r"|\W*i (?:do not|don['’]t) see any (?:impediments?|blockers?|objections?)"
    r"(?: (?:to|for|with|against) [\w -]{1,50})?\W*",
    re.IGNORECASE,
)
_NONE: Final = re.compile(r"\b(?:nothing|see any)\b", re.IGNORECASE)
# `lamp.c guarantees that we have the lock here, so we're fine.`
_SO_FINE: Final = compile_later(
    r"(?P<rest>[^?:;]{1,110}), so (?:we(?:['’]re| are| should be)|this(?: is|['’]s)|that(?: is"
    r"|['’]s)"
    r"|it(?:['’]s| is)) (?:all )?(?:fine|good|ok|okay|safe)(?: here)?\W*",
    re.IGNORECASE,
)
# `for merging via whichever tree seems best.`, below a tag
_WHICHEVER: Final = compile_later(
    r"\W*(?:for|when) (?:merging|going in|taking it|taking this)(?: (?:it|this))? (?:via|through)"
    r" (?:whichever|whatever|any) (?:tree|route|path)\b[\w ]{0,40}\W*",
    re.IGNORECASE,
)
# `looking forward to the next version`; not `looking forward to your explanation`
_FORWARD: Final = compile_later(
    r"\W*(?:and )?(?:(?:i am|i['’]m|we are|we['’]re) )?(?:(?:very much|really) )?"
    r"looking forward (?:to|for) "
    r"(?:(?:(?:the|your|a) )?(?:next|new) (?:version|revision|one|spin|round)|v\d{1,3}"
    r"|it|this|that|these"
    rf"|seeing {_SUBJECT}(?: (?:merged|upstream(?:ed)?|land(?:ed)?|go in|applied))?"
    r"(?: (?:in|into) (?:mainline|upstream|the kernel|linux))?)\W*",
    re.IGNORECASE,
)
# `the values match those of the manual`
_MATCHES: Final = compile_later(
    r"\W*(?:and )?(?:the|all|all the|these) (?:values?|numbers?|names?|addresses|offsets?"
    r"|registers?|bits|definitions?|entries|fields|results?|constants?)(?: (?:all|now|also|do))?"
    r" (?:match(?:es)?|agree|correspond|are (?:the same|identical|correct|right))\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
# `Indeed, lamp_first() never returns NULL`
_INDEED: Final = compile_later(
    r"\W*(?:(?:yes|right|yeah|ah|ok),? )?indeed,? (?:(?:it|this|that|these|they) "
    r"|[\w>.-]+\(\) )(?P<rest>[^?]*)",
    re.IGNORECASE,
)
# `so FWIW:`, above a tag
_TO_TAG: Final = compile_later(
    r"\W*(?:(?:so|and|also|then) )?(?:fwiw|for what it['’]s worth|please add my)\W*", re.IGNORECASE
)
# `It just got lost in my inbox.`, behind an excuse
_LOST: Final = compile_later(
    r"\W*(?:it|this|your (?:mail|patch|series)|they)(?: (?:just|somehow|must have|has|have|had))*"
    r" (?:got|gotten|been|was|were|slipped|fell|fallen)(?: (?:lost|buried|stuck))?"
    r" (?:in|through|under|below) (?:my |the )?(?:inbox|mailbox|mail|cracks|pile|queue|radar)\W*",
    re.IGNORECASE,
)
# `Looks like this one has already been fixed`; not `this is already fixed in lamp_probe()`
_ALREADY: Final = compile_later(
    _LEAD
    + r"(?:(?:it )?(?:looks|seems) like )?(?:this|it|that|they|these|the (?:issue|bug|problem))"
    r"(?: (?:one|patch|bug|issue|problem|fix))?(?: has| have| is| are| was| were|['’]s)? already"
    r"(?: been)? (?:fixed|merged|applied|upstream|picked up|upstreamed)"
    r"(?: (?:in|upstream in|by|with)? ?(?:mainline|upstream|(?:the )?[\w/-]*-next(?: tree)?"
    r"|linus['’]s? tree|v?\d+\.\d[\w.-]*))?\W*",
    re.IGNORECASE,
)
# `I think this can go through bpf-next`; where a patch goes is not for its author, once it can
_ROUTE: Final = compile_later(
    _LEAD + r"(?:this|it|these|they|the (?:patch|patches|series|fix))(?: one)? can"
    r" (?:(?:also|probably|just|all|then) )*(?:be|go|land)"
    r"(?: (?:to|in|into|for|via|through|on|queued|merged|taken|applied|picked up))*"
    r" (?:the )?(?:[\w/-]+-next|[\w/-]+ tree)(?: tree)?\W*",
    re.IGNORECASE,
)
# `Ben, could you please pick these patches up via the lamps tree?`
_HAND_OVER: Final = compile_later(
    r"\W*(?P<names>@?(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?"
    r"(?:(?:, | ?/ ?| and | or )(?-i:[A-Z])[\w-]+){0,3}) ?[,:-]+ "
    r"(?:please |(?:can|could|would|will) (?:you|one of you) (?:please |maybe |also )*)"
    r"(?:pick|take|apply|queue|merge|grab|carry|pull)(?: up)?"
    r" (?:this|it|these|them|(?:the|this|the whole|these) (?:patch|patches|series|fix|one|lot))"
    r"(?: (?:patch|patches|series|fix|one|two))?(?: up| in)?"
    r"(?: (?:through|via|into|in|for|to) (?:the |your |mainline )?[\w/.'’-]+"
    r"(?: (?:tree|branch|queue|cycle|release))?){0,2}(?:,? please| instead)?(?:,? thanks?)?\W*",
    re.IGNORECASE,
)
_NOT_TAKEN: Final = re.compile(r"\b(?:account|consideration|time|chance|look)\b", re.IGNORECASE)
# `They depend on lamp patches already queued`, behind a hand-over
_DEPENDS: Final = compile_later(
    r"\W*(?:it|they|this|these|the (?:patch|patches|series|whole series))"
    r" (?:(?:depends?|relies|rely|builds?|is based|are based) on"
    r"|(?:will )?(?:needs?|has|have) to go (?:in )?(?:through|via|into))\b[^?]{1,120}",
    re.IGNORECASE,
)
# `For anyone looking for the original, it is on my branch: https://…`
_POINTER: Final = compile_later(
    r"\W*for (?:anyone|anybody|everyone|those|others|people|whoever)(?: (?:who is|who are|else))?"
    r" (?:looking|searching|hunting) for\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
# `This series can also be fetched from:`, with a tree and what its branch is based on
_COPY: Final = compile_later(
    r"\W*(?:this|the) (?:patch ?)?(?:series|set|patch(?:es)?)(?: (?:are|is))? (?:can"
    r"|may)(?: also)? be"
    r" (?:retrieved|fetched|found|pulled|cloned|obtained) (?:from|at|in|on)\b",
    re.IGNORECASE,
)
# `it was never posted to a list, but is on my lamps/rework branch`
_NO_WISH: Final = re.compile(r"\bnever posted(?: to \w+(?: \w+)?)?|\bbut is\b|\S+/\S+")
_URL: Final = re.compile(r"https?://\S+")
_ABOVE_URL: Final = re.compile(r":[ \t]*\n\s*(?=https?://\S+\s*\Z)")
# `especially as such lamps are many`, behind praise
_REASON: Final = compile_later(
    r",? (?:and )?(?:especially|particularly|as|since|given)\b(?P<why>[^?]{1,100})$", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_CLAUSE: Final = re.compile(r",\s+|;\s+|\s[-–—]{1,3}\s|\s?[:;]-?[)]\s*|\.\s+|!\s+")
_AND: Final = re.compile(r"\s+and\s+")
# `Fixes: 0123456789ab ("lamp: blink")` below `Indeed so!`, which tools collect as a tag
_FIXES: Final = compile_later(
    r"^[ \t]*Fixes: *[0-9a-f]{8,40} +\(\"[^\n]*(?:\n[^\n]*)?\"\)[ \t]*$", re.MULTILINE
)


def join_links(text: str) -> str:
    """Return a text with its last link on the line that ends in a colon above it."""
    return _ABOVE_URL.sub(": ", text)


def without_fixes(text: str) -> str:
    """Return a text without a `Fixes:` below other words; as it is where it has no others."""
    rest = _FIXES.sub("", text)
    return rest if re.search(r"\w", rest) else text


def praises(sentence: str, doubt: re.Pattern[str], is_praise: Callable[[list[str]], bool]) -> bool:
    """Whether all clauses of a sentence praise, agree, or thank.

    Args:
        sentence: words in one line.
        doubt: words that no reason for the praise may have.
        is_praise: whether lines are only words of praise.
    """
    if len(sentence) > MAX_CLAUSE or "?" in sentence:
        return False
    if _is_clause(sentence, doubt) or (_NONE.search(sentence) and _SEES_NONE.fullmatch(sentence)):
        return True
    if "ndeed" in sentence and (told := _INDEED.fullmatch(sentence)):
        return doubt.search(told["rest"]) is None
    clauses = [one for one in _CLAUSE.split(sentence) if re.search(r"\w", one)]
    return all(
        is_praise([part])
        or _is_clause(part, doubt)
        or _TO_TAG.fullmatch(part)
        or (part != sentence and is_aside(part, doubt))
        for clause in clauses
        for part in ([clause] if _is_clause(clause, doubt) else _AND.split(clause))
    )


def _is_clause(clause: str, doubt: re.Pattern[str]) -> bool:
    if any(one.fullmatch(clause) for one in _WHOLE):
        return True
    if told := _MATCHES.fullmatch(clause) or (", so " in clause and _SO_FINE.fullmatch(clause)):
        return doubt.search(told["rest"]) is None
    if _THANKS.fullmatch(clause):
        if AND_DO.search(clause):
            return False
        return doubt.search(_FIXING.sub("", clause)) is None
    reason = _REASON.search(clause)
    if reason is None or doubt.search(reason["why"]) or _SPOKEN_TO.search(reason["why"]):
        return False
    return _PRAISE.fullmatch(clause[: reason.start()]) is not None


# `Thanks for fixing this`, `thanks though`: neither is a doubt
_FIXING: Final = compile_later(
    r"\b(?:fixing|adding|moving|changing|changes?|the fix(?:es)?|though|again|so much)\b",
    re.IGNORECASE,
)
# `Thanks for the lamp and fix its timer`; not `thanks for the change and your efforts`
AND_DO: Final = compile_later(
    r"\band (?!(?:the|your|all|for|efforts?|work|help|time|patience|support|reviews?"
    r"|(?-i:[A-Z])[\w-]*|\w+ing)\b)",
    re.IGNORECASE,
)
_WHOLE: Final = (_PRAISE, _READ, _LOST, _ALREADY, _ROUTE, _FORWARD, _WHICHEVER)
_SPOKEN_TO: Final = re.compile(r"\b(?:you|your|we|to)\b", re.IGNORECASE)


def tells_of_copy(text: str) -> bool:
    """Whether a text tells where a copy of the patches can be fetched, and wants nothing."""
    is_copy = len(text) <= MAX_COPY and _COPY.match(text) is not None
    return is_copy and not may_ask(text)


def is_pointer(sentence: str, doubt: re.Pattern[str]) -> bool:
    """Whether a sentence tells others where something is."""
    found = _POINTER.fullmatch(_URL.sub("", sentence)) if len(sentence) <= MAX_POINTER else None
    if found is None:
        return False
    rest = _NO_WISH.sub("", found["rest"])
    return _SPOKEN_TO.search(rest) is None and doubt.search(rest) is None


def is_hand_over(text: str, authors: Collection[str]) -> bool:
    """Whether a text asks another person than the author to take the patches, and no more.

    Args:
        text: some words.
        authors: names of whoever wrote or sent the patches, in lower case.
    """
    first, *more = _SENTENCE.split(" ".join(text.split()))
    found = _HAND_OVER.fullmatch(first) if len(first) <= MAX_CLAUSE else None
    if found is None or _NOT_TAKEN.search(first):
        return False
    asked = set(re.findall(r"[\w-]+", found["names"].lower()))
    is_other = bool(authors) and asked.isdisjoint(authors)
    return is_other and all(_DEPENDS.fullmatch(one) for one in more)
