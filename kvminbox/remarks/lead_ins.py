"""Sentences that only lead to other remarks, or praise: `Looks fine, some comments below`."""

import re
from typing import Final

MAX_SENTENCE: Final = 160
"""Characters of such a sentence."""

_SAID: Final = (
    r"(?:nits?|nitpicks?|niggles?|comments?|questions?|remarks?|suggestions?|things?|points?"
    r"|issues?|typos?)"
)
_NITS: Final = r"(?:nits?|nitpicks?|comments?|questions?|remarks?|suggestions?)"
_VERY: Final = r"(?:(?:all|pretty|very|really|quite|mostly|already|so) )*"
_GOOD: Final = (
    r"(?:good|fine|ok|okay|great|nice|sane|reasonable|correct|right|promising|excellent|perfect)"
    r"(?: (?:to|for) (?:me|us)| now| from my (?:side|point of view)| as well| too| overall)*"
)
_PART: Final = (
    r"(?:function|helper|macro|hunk|part|bit|code|logic|test|driver|check|section|struct|structure"
    r"|patch(?:es)?|patchset|series|set|change|changes|version|binding|loop|file|api)"
)
_THIS: Final = (
    r"(?:it|this|that|these|they|everything|all|(?:this|these|the|your) (?:(?:whole|entire|new"
    rf"|other) )?{_PART})"
)
_LOOKS: Final = r"(?:is|are|looks?|seems?|sounds?)"
_FEW: Final = (
    r"(?:(?:there (?:is|are)|i have|i['’]ve(?: got)?|have|just|only|but|and|with|some|a few"
    r"|a couple of|a|an|one|two|three|few|very|minor|small|tiny|trivial|more|cosmetic|quick"
    r"|apparent) )"
)
_BELOW: Final = r"(?:,? (?:see )?(?:below|inline|in-line|in-lined|inlined))+(?: though)?"
_THANKS: Final = r"(?:[,.;!]* (?:many )?thank(?:s| you)(?: a lot)?(?:,? (?-i:[A-Z])\w{1,20})?)?"
_PATTERNS: Final = (
    # `Generally looks fine, some comments below.`, `Looks good to me; two comments inline.`
    (
        r"(?:(?:generally|overall|in general|basically|mostly|otherwise|in principle"
        rf"|at first glance),? )?(?:{_THIS} |test )?{_LOOKS} {_VERY}{_GOOD}"
        rf"(?:[,;:.]? {_FEW}{{1,5}}(?:{_NITS}|{_SAID}{_BELOW}))?{_THANKS}"
    ),
    # `Good catch, a few comments below.`
    rf"(?:good|nice|great) (?:catch|find|work|idea|stuff|one)[,;:.] {_FEW}{{1,5}}{_SAID}{_BELOW}",
    # `Other than the minor things the rest looks good.`, `Besides a few stylish things, it's fine`
    (
        r"(?:other than|apart from|aside from|except for|besides|modulo|minus) (?:that|this|these"
        r"|those|(?:(?:the|these|those|my|this|few|a few|a couple of|one|two|three|some) )?(?:"
        r"(?:above|few|minor|small|other|tiny|stylish|style|cosmetic|two|apparent) )*(?:above"
        rf"|{_SAID}(?: (?:above|below|mentioned|inline))?)),? (?:(?:the (?:rest|others?"
        rf"|remaining part)(?: of (?:it|the {_PART}))?|{_THIS}|the test|all) {_LOOKS}"
        rf"|it['’]s) {_VERY}{_GOOD}{_THANKS}"
    ),
    # `And these two are fine as well.`, `These and the rest of the changes look good.`
    (
        r"(?:and |so )?(?:these|those|both|the others?|the rest)(?: two| three| ones)?"
        rf"(?: and the rest)?(?: of (?:it|the {_PART}))? {_LOOKS} {_VERY}{_GOOD}"
    ),
    # `Please, see a small nitpick below.`
    rf"(?:please,? )?see (?:(?:my|the) )?{_FEW}{{0,3}}{_SAID} (?:below|inline|in-line)",
    # `A full review will take some time, but I have some minor comments already.`
    (
        r"(?:thanks?(?: you)?(?: for (?:this|that|the \w+|your \w+))?[,.;:] )?(?:but )?(?:a|the"
        r"|my) (?:full|proper|complete|real|thorough|deeper|detailed|more detailed) review (?:will"
        rf"|may) (?:take|follow|come|need|have to wait)\b[\w ]{{0,40}}(?:,? {_FEW}{{1,5}}{_SAID}"
        r"(?: (?:already|now|for now|below|inline))*)?"
    ),
    # `Thanks for the patch, it's great to see this implemented!`, `Nice to see it on more lamps.`
    (
        r"(?:yes,? )?(?:(?:many )?thanks?(?: you)?(?: a lot)?(?: for (?:this|that|the \w+|your \w+"
        r"|doing (?:this|it)|working on (?:this|it)))?[,.;:!–-]+ )?(?:(?:it['’]s|it is) )?(?:"
        r"(?:really|very|so) )?(?:great|nice|good|awesome|wonderful|lovely) to see (?:this|it|that"
        r"|(?-i:[A-Z])[\w-]*|more \w+)(?: (?!if\b|when\b|here\b|in v\d)[\w-]+){0,6}"
    ),
    # `This probing function looks good.`, `This looks like a good default to me.`
    (
        r"(?:this|the|that) (?:(?!(?:old|previous|original"
        rf"|existing)\b)[\w-]+ ){{0,2}}{_PART} looks? {_VERY}{_GOOD}"
    ),
    (
        r"(?:otherwise,? )?(?:it|this|that) looks? like an? (?:good|nice|great|reasonable|sane"
        r"|sensible) (?:default|refactoring|idea|cleanup|clean-up|improvement|change|approach"
        r"|compromise|solution|fix|addition|test|start)(?: to me)?"
    ),
    # `Good description, thanks!`, `+1 for a nice description!`
    (
        r"(?:\+1 for (?:an? |the )?)?(?:very )?(?:good|nice|great|neat|excellent) (?:commit )?"
        r"(?:description|api|test|cleanup|clean-up|refactoring|improvement|explanation|changelog"
        r"|message|write-?up|work|find|job|simplification|comment|summary|folding"
        rf"|logic folding){_THANKS}"
    ),
    # `Thanks, that's so much easier to read now.`, `It turned out clean and simple.`
    (
        rf"thanks[,.!] (?:this|that|it)(?:['’]s| is)? {_VERY}(?:much |a lot )?(?:easier|nicer"
        r"|cleaner|clearer|simpler|better)(?: to (?:read|follow|understand))?(?: now)?"
    ),
    (
        r"(?:it|this) turned out (?:(?:very|really|quite) )?(?:clean|nice|nicely|simple|well|good"
        r"|great)(?: and (?:clean|nice|simple|short))?"
    ),
    # `Huh, thanks for spotting this!`
    (
        r"(?:(?:huh|oh|ah|wow|yes|right|indeed),? )?thank(?:s| you)(?: a lot)? for (?:spotting"
        r"|catching|finding|noticing|fixing|reporting|tracking|finishing|doing) (?:this|that|it"
        r"|these)(?: (?:down|up|one|bug))?"
    ),
    # `It looks to be ready from my side, I'll test it on two kernels.`
    (
        rf"(?:{_THIS} )?{_LOOKS} (?:to be )?ready(?: (?:to|for) (?:go|me|merge|be merged|merging"
        r"|inclusion))?(?: from my (?:side|site|point of view))?(?:[,;] (?:and )?i['’]ll (?:test"
        r"|try|run) (?:it|this|them)\b(?: (?:again|too))?(?: (?:on|with|in) (?!mind)[\w ]{1,40}?)?"
        r"(?: to (?:double[- ]?check|see|check)\b[\w ]{0,40})?)?"
    ),
)
_ALL: Final = tuple(re.compile(rf"\W*{one}\W*", re.IGNORECASE) for one in _PATTERNS)


def is_lead_in(sentence: str) -> bool:
    """Whether a sentence only leads to other remarks, or praises the patch or a part of it.

    >>> is_lead_in("Generally looks fine, some comments below.")
    True
    >>> is_lead_in("Generally looks fine, but the lock leaks.")
    False
    """
    if len(sentence) > MAX_SENTENCE or "?" in sentence:
        return False
    return any(pattern.fullmatch(sentence) for pattern in _ALL)
