"""Sentences below a patch that ask nothing: that it works, excuses, `One nit below:`."""

import re
from collections.abc import Callable, Collection
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.remarks.asides import is_aside, is_discreet, takes_back
from kvminbox.remarks.lead_ins import is_lead_in
from kvminbox.remarks.others import asks_another, wants_tag
from kvminbox.remarks.praise import (
    is_hand_over,
    is_pointer,
    join_links,
    praises,
    tells_of_copy,
    without_fixes,
)
from kvminbox.remarks.trials import is_trial, without_run

MAX_SENTENCE: Final = 160
"""Characters of a sentence that may be small talk."""

# `Minor nitpicks below.`, `Thanks for this. A few comments inline:`; what they are follows
_SAID: Final = (
    r"(?:nits?|nitpicks?|niggles?|comments?|questions?|remarks?|suggestions?|thoughts?"
    r"|observations?)"
)
_LEAD_IN: Final = compile_later(
    r"\W*(?:(?:but|and|again|just|only|i have|i've|there are|there is|got|here are|otherwise|also"
    r"|with|some|an?|one|two|three|few|couple of|bunch of|very|really|minor|small|tiny|trivial"
    r"|silly|cosmetic|quick|more|general|optional|additional|random|still|first) ){1,6}"
    + _SAID
    + r"(?: (?:on|about) (?:this|the) (?:patch|series|approach))?"
    r"(?: (?:as |are |is |see )?(?:below|inline|in-line|inlined|follows?|here))?(?: though)?\W*"
    r"|\W*(?:(?:please )?see )?(?:(?:my|some|the) )?"
    + _SAID
    + r" (?:as )?(?:below|inline|in-line|inlined)\W*"
    r"|\W*this is(?: not|n['’]t) a (?:full|complete|proper|thorough|real|detailed) review,?"
    r" (?:but |and )?(?:just|only) (?:(?:some|a few) )?(?:something|things?|comments?|notes?|what)"
    r"(?: (?:(?:that )?i(?:['’]ve| have)? )(?:spotted|noticed|saw|seen|found)[\w ]{0,30})?\W*"
    r"|\W*(?:please )?see (?:inline|in-line|below)\W*"
    # `A comment below in case something like this moves forward:`
    r"|\W*(?:an?|one|two|some|a few|a couple of|more)(?: (?:small|minor|quick|more))? "
    + _SAID
    + r" (?:below|inline) (?:in case|for when|should|if) [^?.:]{1,60}:\s*"
    # what leads to a tag
    r"|\W*(?:and )?(?:hence|therefore|thus|so)\W*"
    r"|\W*there (?:is|are) (?:something|some things|a few things) to (?:discuss|improve|fix)"
    r"(?:/(?:discuss|improve|fix))?\W*",
    re.IGNORECASE,
)
_EXCUSE: Final = compile_later(
    r"\W*(?:once )?(?:again,? )?"
    r"(?:(?:please )?(?:excuse|pardon|forgive)|(?:i'?m |and |so |very |really |my |many ){0,3}"
    r"(?:sorry|apolog(?:ies|ise|ize)))\b[^?\n]{0,40}"
    r"\b(?:delays?|delayed|late(?:ness)?|slow(?:ness)?|noise|latency|long|sooner"
    r"|earlier)\b[^?\n]{0,50}",
    re.IGNORECASE,
)
# `Tested on two lamps with the new timer.`, `I have verified that the names are the manual's`
_TRIED: Final = compile_later(
    r"\W*(?:(?:also|and|fwiw|again|just|yes|yep|i|we|i've|i have|we've|have|successfully|quickly"
    r"|briefly|lightly|thanks),? ){0,5}"
    r"(?:(?:re-?|build-?|compile-?|boot-?|smoke-?)?tested|tried(?! to\b)|booted"
    r"|verified|double-checked"
    r"|been testing|(?:gave|given) (?:this|it|these|them|the (?:patch|patches|series)) an? "
    r"(?:\w+ )?"
    r"(?:try|spin|go|run|test|whirl|shot)"
    r"|checked,? and (?:(?:that|it|this|they|these|all|everything)(?:['’]s| is| are)"
    r" (?:indeed|all|correct|right|fine|good|ok|the same))"
    r"|checked that (?:this|it|the (?:patch|series|change)|nothing|everything)"
    r"|(?:build|boot|compile) tested)\b[^?\n]*",
    re.IGNORECASE,
)
# `This works for me.`, `seems to work on s390`, `This version passes all my boot tests.`
_WORKS: Final = compile_later(
    r"\W*(?:(?:and|also|fwiw|yes|yep|it|this|that|these|all|everything|still|the|new|version|now"
    r"|patch|patches|series|change|fix|looks like|seems? to|appears? to|indeed|it all) ){0,6}"
    r"(?:(?:works?|boots?|builds?|compiles?|worked)"
    r"(?:,? (?:for (?:me|us)|fine|well|great|nicely|now|here|ok|just fine|as expected|too|thanks"
    r"|with \S+|on (?!the\b|this\b|that\b|its?\b)\S+(?: \S+){0,3}"
    r"|and (?:works|boots|builds|compiles))){0,4}"
    r"|(?:passes|passed|pass|survives?)"
    r"(?: (?:all|my|the|our|of|usual|local|quick|full)\b){0,4}(?: [\w/+-]+){0,3} (?:tests?|ci))\W*",
    re.IGNORECASE,
)
# `Much cleaner!`, `Looks much better than in v2, thanks!`, `makes sense to me`, `seems to be fine`
_LIKED: Final = compile_later(
    r"\W*(?:(?:yes|yep|ok|and|indeed|it|this|that|these|definitely|all|the new one"
    r"|(?:the )?(?:rest|result|patch|series|approach|idea|code)),? ){0,3}"
    r"(?:(?:is|are|looks?|reads?|seems?|now) )?(?:(?:so|very|a lot|much|way|far|now) ){0,3}"
    r"(?:cleaner|nicer|better|simpler|clearer|neater|more readable|makes? (?:perfect |total )?sense"
    r"|i (?:really |quite |do )?like (?:it|this|that|these|the (?:idea|approach|series|patch))"
    r"(?: (?:idea|approach|series|patch|one))?(?: even)?(?: (?:more|a lot|very much|much|better))?"
    r"|seems? (?:to be )?(?:fine|ok(?:ay)?|good|sane|reasonable|correct|right)|no objections?)"
    r"(?: (?:now|here|either|at all|indeed|atm|to me|for me|from me|from my side|this way|that"
    r" way|like this"
    r"|than (?:before|(?:in |the one in )?v\d)))*"
    r"(?:,? (?:many )?thank(?:s| you)(?: [A-Z]\w{1,20})?(?: for \w+ing (?:this|that|it))?)?\W*",
    re.IGNORECASE,
)
_THANKED: Final = compile_later(
    r"\W*(?:and )?(?:(?:so |very )?many |big )?thank(?:s| you)(?: (?:a lot|again|very much))?"
    r"(?: for (?:\w+ing )?(?:this|that|it|these|them|the (?:\w+ ){0,2}\w+)(?: (?:up|out))?)?\W*",
    re.IGNORECASE,
)
# `From a timer's point of view this looks good to me, thanks Ada, Ben!`
_GOOD: Final = compile_later(
    r"\W*(?:from (?:a|an|the|my) [\w'’-]+(?: [\w-]+)? (?:point of view|side|perspective),? )?"
    r"(?:(?:it|this|that|these|they|all|both|everything"
    r"|the (?:whole |entire )?(?:rest|series|set|code|patch(?:es)?|changes?))"
    r"(?: of (?:it|this|them|these|the series))? )?"
    r"(?:all )?(?:looks?|is|are|seems?|sounds?) (?:all )?(?:pretty |very |really |quite )?"
    r"(?:good|fine|ok|okay|great|nice|sane|reasonable|promising|interesting|exciting)"
    r"(?: (?:to|for) me\b| now\b| from my side\b"
    r"|,? especially the (?:\w+ )?(?:patch(?:es)?|ones?|parts?))*"
    r"(?:[,.]? (?:many )?thank(?:s| you)(?:,? (?:and )?(?-i:[A-Z])\w{1,20}){0,3})?"
    r"(?:,? (?:(?:with|just) )?(?:some|a few|a couple of)(?: (?:minor|small|more))?"
    r" (?:comments|nits|questions|remarks|notes) (?:below|inline))?\W*",
    re.IGNORECASE,
)
# `Thanks for your work on this Ada, it's highly appreciated.`, `Thanks Ada and all that reviewed.`
_APPRECIATED: Final = compile_later(
    r"\W*(?:(?:so |very )?many |big )?thank(?:s| you)(?:,? (?-i:[A-Z])\w{1,20})?"
    r"(?: for (?:all )?(?:your|the) (?:hard |great |nice |good )?"
    r"(?:work|help|efforts?|time|patience|reviews?)"
    r"(?: on (?:this|it|these))?(?:,? (?-i:[A-Z])\w{1,20})?)?"
    r"(?:,? (?:and )?(?:to )?(?:all|everyone|everybody|those)"
    r"(?: (?:that|who) (?:reviewed|tested|commented|helped|contributed)(?: (?:it|this))?)?)?"
    r"(?:[,;]? (?:it(?:['’]s| is)|this is|that is)"
    r" (?:(?:very )?much |highly |greatly |really )?appreciated)?\W*"
    r"|\W*(?:(?:best|kind|warm) )?regards\W*",
    re.IGNORECASE,
)
# `I added my Ack to the first two to be explicit, but for the whole series:`, above the tag
_OWN_TAG: Final = compile_later(
    r"\W*i(?:['’]ve| have)? (?:(?:already|also|just|explicitly) )*(?:gave|given|added|sent)"
    r" (?:(?:already|also|explicitly|you) )*my"
    r" (?:acks?|acked-bys?|r-?bs?|reviewed-bys?|tested-bys?|review|tags?)\b(?P<rest>[^?\n]*)",
    re.IGNORECASE,
)
_BUT_FOR_ALL: Final = compile_later(
    r",? (?:but|and|so)(?: here| now)? for the (?:whole|entire|full|complete|rest of the) "
    r"(?:series|set)\W*$",
    re.IGNORECASE,
)
# `did not break anything`, `still works`
_UNHARMED: Final = compile_later(
    r"\b(?:(?:did|does|do|has|have)(?: not|n['’]t) (?:break|broken|regress) anything"
    r"|(?:broke|breaks) nothing|still (?:works?|boots?|builds?|passes))\b|->",
    re.IGNORECASE,
)
# `tested on a lamp which is broken in v6.1 without this patch`
_WITHOUT: Final = compile_later(
    r",? (?:which|that) (?:is|was|are|were) broken(?: (?:on|in|since) \S{1,40})?"
    r" without (?:this|the|your|these) (?:patch(?:es)?|series|fix|change)\b",
    re.IGNORECASE,
)
_FINE: Final = compile_later(
    r"\b(?:without|no)(?: (?:any|new|further|apparent))? "
    r"(?:issues?|problems?|errors?|regressions?|warnings?|failures?|trouble|ooms?|crash(?:es)?"
    r"|splats?|panics?|hangs?|lockups?|leaks?|surprises|differences?)\b"
    r"|\bwith (?:this|the|these|your) (?:patch(?:es)?|changes?|fix(?:es)?|series)\b"
    r"|\bwhich (?:uses|has|runs|comes with) (?=[\w /,.-]{1,60}$)"
    # `with action=0`, `(1/4 and 2/4 only)`, `no OOM (caused by the leak)`
    r"|\b\w+=\w+\b|[(](?:patch(?:es)? )?[\d/, &-]+(?:and [\d/]+ )*only[)]"
    r"|(?<=oom )[(]caused by \w+(?: \w+)?[)]",
    re.IGNORECASE,
)
# `sorry this took so long`, `once again, sorry for the slow answer`
_LONG: Final = compile_later(
    r"\b(?:so|too) (?:long|late)\b|\bonce again\b"
    r"|\bslow (?:answer|reaction|reply|response|review)\b",
    re.IGNORECASE,
)
# what may be a wish, a doubt, or bad news in such a sentence
_DOUBT: Final = compile_later(
    r"\?|n['’]t\b|[<>{}=]|:\s*\S|\b(?:not|no|nor|never|none|neither|but|however|though|although|yet"
    r"|please|should|shall|could|would|might|must|ought|needs?|needed|wants?|prefer\w*|wish|hope"
    r"|suggest\w*|instead|rather|except|apart|unless|until|if|when|whether|why|how|what|which|only"
    r"|without|minus|wonder\w*|think|guess|maybe|perhaps|chang\w+|fix(?:ed|es|ing|up)\w*|drop\w*"
    r"|mov(?:e|ed|ing)"
    r"|remov\w*|add(?:ed|ing|s)?|renam\w*|replac\w*|rewor\w+|conflict\w*|break\w*|broke\w*|fail\w*"
    r"|crash\w*|ooms?|stall\w*|lockups?|corrupt\w*|oops\w*|panic\w*|splat\w*|hang\w*|hung|stuck"
    r"|slow\w*|leak\w*|race\w*|wrong\w*|bad\w*"
    r"|miss\w*|bugs?|buggy|problem\w*|issues?|errors?|warn\w*|regress\w*|odd|strange|weird|unus\w*"
    r"|typos?|nit|nits|todo|still|later|before|after|once|then|so|because|without|revert\w*|had to"
    r"|confus\w*|ambig\w*|incorrect\w*|inconsist\w*|differ\w*|lack\w*|too|again|twice|half"
    r"|part(?:ly|ially))\b",
    re.IGNORECASE,
)
_PLEASANT: Final = (_LEAD_IN, _LIKED, _THANKED, _GOOD, _APPRECIATED)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
# `Well, you rarely find a lamp which can do that :)`
_QUIP: Final = compile_later(
    r"\W*well,? you (?:rarely|hardly(?: ever)?|seldom) (?:find|see|meet|get)"
    r" [^?]{1,90}[:;]-?[)D]+\W*",
    re.IGNORECASE,
)
_SMILEY: Final = re.compile(r"\s*[:;]-?[)D]+\s*$")


def is_small_talk(
    text: str, *, is_praise: Callable[[list[str]], bool], authors: Collection[str] = ()
) -> bool:
    """Whether all sentences of a text ask nothing, and tell of nothing that is wrong.

    `This works for me. Thanks for doing it!` does not, nor `Minor nits below:`, whose nits are
    remarks of their own. `It works, but not on s390` does, and so does what has any word of a
    wish, a doubt or bad news.

    Args:
        text: own words of a mail below a patch, without its greeting and closing.
        is_praise: whether lines are only praise or thanks.
        authors: names of the author, in lower case: whoever else is asked to take the patches.
    """
    if tells_of_copy(text):
        return True
    if len(text) > 4 * MAX_SENTENCE:
        return False
    kept = join_links(without_fixes(text))
    sentences = [" ".join(one.split()) for one in _SENTENCE.split(kept) if re.search(r"\w", one)]
    if is_hand_over(text, authors) or takes_back(text):
        return True
    has_asked = False
    for one in sentences:
        if asks_another(one, authors) or (has_asked and wants_tag(one)):
            has_asked = True
        elif not (is_praise([one]) or _is_small(one, is_praise)):
            return False
    return bool(sentences)


def _is_small(sentence: str, is_praise: Callable[[list[str]], bool]) -> bool:
    if is_pointer(sentence, _DOUBT) or is_discreet(sentence):
        return True
    if len(sentence) > MAX_SENTENCE:
        return False
    if ")" in sentence and _QUIP.fullmatch(sentence):
        return True
    sentence = without_run(_SMILEY.sub("", sentence))
    if is_aside(sentence, _DOUBT):
        return True
    if any(pattern.fullmatch(sentence) for pattern in _PLEASANT) or is_lead_in(sentence):
        return "?" not in sentence
    if praises(sentence, _DOUBT, is_praise):
        return True
    if tag := _OWN_TAG.fullmatch(sentence):
        return _DOUBT.search(_BUT_FOR_ALL.sub("", tag["rest"])) is None
    if is_trial(sentence):
        return True
    is_told = any(pattern.fullmatch(sentence) for pattern in (_TRIED, _WORKS, _EXCUSE))
    plain = _LONG.sub("long", _UNHARMED.sub("well", _FINE.sub("well", _WITHOUT.sub("", sentence))))
    return is_told and _DOUBT.search(plain) is None
