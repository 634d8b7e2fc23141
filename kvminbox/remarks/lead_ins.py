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
    r"(?:it|this|that|these|they|everything|all"
    rf"|(?:this|these|the|your) (?:(?:whole|entire|new|other) )?{_PART})"
)
_LOOKS: Final = r"(?:is|are|looks?|seems?|sounds?)"
_FEW: Final = (
    r"(?:(?:there (?:is|are)|i have|i['’]ve(?: got)?|have|just|only|but|and|with|some|a few"
    r"|a couple"
    r" of|a|an|one|two|three|few|very|minor|small|tiny|trivial|more|cosmetic|quick|apparent) )"
)
_BELOW: Final = r"(?:,? (?:see )?(?:below|inline|in-line|in-lined|inlined))+(?: though)?"
_THANKS: Final = r"(?:[,.;!]* (?:many )?thank(?:s| you)(?: a lot)?(?:,? (?-i:[A-Z])\w{1,20})?)?"
_PATTERNS: Final = (
    # `Generally looks fine, some comments below.`, `Looks good to me; two comments inline.`
    (
        rf"(?:(?:generally|overall|in general|basically|mostly|otherwise|in principle"
        rf"|at first glance)"
        rf",? )?(?:{_THIS} "
        rf"|test )?{_LOOKS} {_VERY}{_GOOD}(?:[,;:.]? {_FEW}{{1,5}}(?:{_NITS}"
        rf"|{_SAID}{_BELOW}))?{_THANKS}"
    ),
    # `Good catch, a few comments below.`
    rf"(?:good|nice|great) (?:catch|find|work|idea|stuff|one)[,;:.] {_FEW}{{1,5}}{_SAID}{_BELOW}",
    # `Other than the minor things the rest looks good.`, `Besides a few stylish things, it's fine`
    (
        r"(?:other than|apart from|aside from|except for|besides|modulo|minus) (?:that|this"
        r"|these|those"
        r"|(?:(?:the|these|those|my|this|few|a few|a couple of|one|two|three|some) )?(?:(?:above"
        r"|few"
        r"|minor"
        r"|small|other|tiny|stylish|style|cosmetic|two|apparent) )*"
        rf"(?:above|{_SAID}(?: (?:above|below|mentioned|inline))?)),?"
        rf" (?:(?:the (?:rest|others?|remaining part)(?: of (?:it|the {_PART}))?|{_THIS}"
        rf"|the test|all)"
        rf" {_LOOKS}|it['’]s) {_VERY}{_GOOD}{_THANKS}"
    ),
    # `And these two are fine as well.`, `These and the rest of the changes look good.`
    (
        rf"(?:and |so )?(?:these|those|both|the others?|the rest)(?: two| three| ones)?"
        rf"(?: and the rest)?(?: of (?:it|the {_PART}))? {_LOOKS} {_VERY}{_GOOD}"
    ),
    # `Please, see a small nitpick below.`
    rf"(?:please,? )?see (?:(?:my|the) )?{_FEW}{{0,3}}{_SAID} (?:below|inline|in-line)",
    # `A full review will take some time, but I have some minor comments already.`
    (
        r"(?:thanks?(?: you)?(?: for (?:this|that|the \w+|your \w+))?[,.;:] )?(?:but )?(?:a|the|my)"
        r" (?:full|proper|complete|real|thorough|deeper|detailed|more detailed) review (?:will|may)"
        r" (?:take|follow|come|need|have to wait)\b[\w ]{0,40}"
        rf"(?:,? {_FEW}{{1,5}}{_SAID}(?: (?:already|now|for now|below|inline))*)?"
    ),
    # `Thanks for the patch, it's great to see this implemented!`, `Nice to see it on more lamps.`
    (
        r"(?:yes,? )?(?:(?:many )?thanks?(?: you)?(?: a lot)?(?: for (?:this|that|the \w+|your \w+"
        r"|doing"
        r" (?:this|it)|working on (?:this|it)))?[,.;:!–-]+ )?(?:(?:it['’]s|it is) )?"
        r"(?:(?:really|very|so) )?(?:great|nice|good|awesome|wonderful|lovely)"
        r" to see (?:this|it|that|(?-i:[A-Z])[\w-]*|more \w+)(?: (?!if\b|when\b|here\b"
        r"|in v\d)[\w-]+){0,6}"
    ),
    # `This probing function looks good.`, `This looks like a good default to me.`
    (
        rf"(?:this|the|that) (?:(?!(?:old|previous|original"
        rf"|existing)\b)[\w-]+ ){{0,2}}{_PART} looks?"
        rf" {_VERY}{_GOOD}"
    ),
    (
        r"(?:otherwise,? )?(?:it|this|that) looks? like an? (?:good|nice|great|reasonable|sane"
        r"|sensible)"
        r" (?:default|refactoring|idea|cleanup|clean-up|improvement|change|approach|compromise"
        r"|solution"
        r"|fix|addition|test|start)(?: to me)?"
    ),
    # `Good description, thanks!`, `+1 for a nice description!`
    (
        r"(?:\+1 for (?:an? |the )?)?(?:very )?(?:good|nice|great|neat"
        r"|excellent) (?:commit )?(?:description"
        r"|api|test|cleanup|clean-up|refactoring|improvement|explanation|changelog|message"
        r"|write-?up"
        r"|work|find|job|simplification|comment|summary|folding|logic folding)"
        rf"{_THANKS}"
    ),
    # `Thanks, that's so much easier to read now.`, `It turned out clean and simple.`
    (
        rf"thanks[,.!] (?:this|that|it)(?:['’]s| is)? {_VERY}(?:much |a lot )?(?:easier|nicer"
        rf"|cleaner|clearer"
        r"|simpler|better)(?: to (?:read|follow|understand))?(?: now)?"
    ),
    (
        r"(?:it|this) turned out (?:(?:very|really|quite) )?(?:clean|nice|nicely|simple|well|good"
        r"|great)"
        r"(?: and (?:clean|nice|simple|short))?"
    ),
    # `Huh, thanks for spotting this!`
    (
        r"(?:(?:huh|oh|ah|wow|yes|right|indeed),? )?thank(?:s| you)(?: a lot)? for (?:spotting"
        r"|catching"
        r"|finding|noticing|fixing|reporting|tracking|finishing|doing) (?:this|that|it|these)"
        r"(?: (?:down|up|one|bug))?"
    ),
    # `It looks to be ready from my side, I'll test it on two kernels.`
    (
        rf"(?:{_THIS} )?{_LOOKS} (?:to be )?ready(?: (?:to|for) (?:go|me|merge|be merged|merging"
        r"|inclusion))?(?: from my (?:side|site|point of view))?(?:[,;] (?:and )?i['’]ll (?:test"
        r"|try"
        r"|run)"
        r" (?:it|this|them)\b(?: (?:again|too))?(?: (?:on|with|in) (?!mind)[\w ]{1,40}?)?"
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
