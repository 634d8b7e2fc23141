"""Sentences that tell how a patch was tried: that it works, or can't be tested by the writer.

What has a doubt beside it, `no longer crashes, but is slow`, is none.
"""

import re
from typing import Final

from kvminbox.patterns import compile_later

# not `on the copy of the list`, which is of the code
_ON: Final = (
    r"(?: (?:on|with|for|in) (?!the\b|this\b|that\b|its?\b)(?:(?:my|our|a|an|two|both|all) )?"
    r"[\w/.+ -]{1,40})?"
)
_IT: Final = (
    r"(?:it|this|that|these|they|everything|the (?:patch|patches|series|kernel|change|result)"
    r"|this (?:one|patch|series|version))"
)
_FIXED: Final = (
    r"(?:(?:with|after|once) (?:the above|that|this|these|those|them|both|all (?:of )?(?:the above"
    r"|these|this|that))(?: (?:issues?|problems?|one|ones|nits?))?(?: (?:is|are|being))?"
    r" (?:fixed|addressed|resolved|applied),? )?"
)
# `With the above fixed, it builds and boots fine (on two lamps).`, `I can confirm this works fine
# on the lamp`, `This one works for my blinking lamps.`
_WORKS: Final = compile_later(
    rf"\W*(?:and |also |yes,? |yep,? )?{_FIXED}(?:i can confirm(?: that)? )?{_IT}(?: all| now| also"
    r"| indeed)? (?:works?|worked|builds?|boots?|compiles?|runs?)(?:(?:,? and| /|,) (?:works?"
    r"|builds?"
    r"|boots?|compiles?|runs?))*(?: (?:all |just |quite |really )?(?:fine|well|great|nicely|ok|okay"
    rf"|as expected|now|here|too|perfectly))*{_ON}(?: ?\([^()?]{{1,40}}\))?"
    r"(?:,? so (?:you (?:may|can) add|feel free to add|here(?: i|['’])s my)(?: my tag)?:?)?"
    r"(?:,? (?:many )?thanks(?: you)?)?\W*",
    re.IGNORECASE,
)
# `With this, rcutorture no longer gets complaints on lamps, thank you!`
_NO_LONGER: Final = compile_later(
    r"\W*with (?:this|these|it)(?: (?:patch|patches|series|change|fix|one|applied)){0,2},?"
    r" [\w /.-]{1,50} no longer (?:(?:gets?|sees?|shows?|gives?|has|have|prints?|triggers?)"
    r" (?:any |the |these |those )?[\w -]{0,40}(?:complaints?|warnings?|errors?|splats?"
    r"|crash(?:es)?"
    r"|failures?|hangs?|oops(?:es)?|panics?)|complains?|hangs?|crash(?:es)?|fails?|warns?|panics?"
    rf"|oops(?:es)?){_ON}(?:,? (?:many )?thank(?:s| you))?\W*",
    re.IGNORECASE,
)
# `I threw some lamps at it and they all passed, so LGTM.`, `150 hours on each lamp passed.`
_PASSED: Final = compile_later(
    r"\W*(?:i (?:threw|ran) [\w /-]{1,60}(?: (?:at|with|on) (?:it|this|these|them|that))? and"
    r" (?:it|they|all"
    r"(?: of them)?)(?: are| is)?(?: all)?(?: still)? (?:passed|passing|pass|passes)"
    r"|\d[\d,]* [\w /-]{1,60} (?:hours|runs|tests|boots|builds|iterations)[\w /-]{0,60} passed"
    r"|(?:and )?(?:it )?pass(?:es|ed) (?:a|my|the|our|all)(?: [\w-]+){0,3} tests?(?: of [\w"
    r" /-]{1,60})?)"
    r"(?: for (?:me|us))?(?: with (?:this|the|these) (?:patch(?:es)?|series|change))?"
    r"(?:,? so lgtm)?\W*",
    re.IGNORECASE,
)
# `I don't have older lamps to test, though.`, `I don't have compilers for these.`
_CANNOT: Final = compile_later(
    r"\W*(?:sorry,? |but )?i (?:do(?:n['’]t| not)|no longer) have (?:(?:access to|any|a|an|the"
    r"|older"
    r"|newer|other|such) )*(?:[\w-]+ ){0,2}?(?:compilers?|hardware|hw|cards?|machines?|boards?"
    r"|devices?|setups?|systems?|gpus?|lamps?|toolchains?)(?: (?:for|with|like) (?:this|these"
    r"|that|it"
    r"|them|those))?(?: (?:here|handy|around|at hand|anymore|any more))?"
    r"(?: to (?:test|try|check|verify)(?: (?:it|this|them|these|that|with|on))*)?"
    r"(?:,? (?:though|sorry|unfortunately))?\W*",
    re.IGNORECASE,
)
# `Tested on a lamp, fixed the blinking!`
_TESTED: Final = compile_later(
    r"\W*(?:(?:i|i['’]ve|and|also|thanks),? )*(?:(?:re|build|boot|compile|smoke|run)-?)?tested"
    r"(?: (?:it|this|the (?:patch|series)))? (?:on|with|in) [\w /.+-]{1,60},? (?:and )?(?:it "
    r"|this )?"
    r"(?:fixed|fixes|solves|solved) [\w /'’.-]{1,50}!*\.?\W*",
    re.IGNORECASE,
)
# `applied the patch over linus.git and tested boot on a lamp - boots.`
_APPLIED: Final = compile_later(
    r"\W*(?:i(?:['’]ve)? )?applied (?:the |this |these |your )?(?:patch(?:es)?|patchset|series)"
    r"(?: \([^()?]{1,60}\))? (?:over|on|on top of|to) [\w/.+-]{1,40} and (?:boot-|build-)?tested"
    r" [^?.,;]{1,80}? - (?:it )?(?:boots|works|builds|passes|all (?:is )?(?:fine|good))\W*",
    re.IGNORECASE,
)
# `I'll take a look tomorrow`, and behind that `but I just ran the tests and they still pass`
_BUT_RAN: Final = compile_later(
    r",? but i (?:have |also )?(?:just |already )?(?:ran|run|tested) [\w /-]{1,40} and (?:it|they)"
    r"(?: is| are)?(?: all)?(?: still)? (?:passing|passed|pass|passes|fine|works?|working)"
    r"(?: (?:fine|well|for me|here))*(?: with (?:this|these|the) (?:patch(?:es)?|series|version))?"
    r"(?=\W*$)",
    re.IGNORECASE,
)
# `This patch fixed the blinking on my side.`, `There were no regressions.`
_FIXES_IT: Final = compile_later(
    r"\W*(?:this|the|your) (?:patch|series|patchset|fix|change) (?:indeed )?(?:fix|solv"
    r"|resolv)e[sd]"
    r" [^,.;:?]{1,60}(?: on my (?:side|end|machine|system|setup|board|box)| for (?:me|us)| here)\W*"
    r"|\W*(?:and )?there (?:were|are|was|is) no (?:new |further |apparent )?"
    r"(?:regressions?|failures?|issues?|problems?|errors?)(?: (?:seen|found|observed))?\W*",
    re.IGNORECASE,
)
# without one of these, none can match
_MAY: Final = compile_later(
    r"\b(?:works?|worked|boots?|builds?|compiles?|runs?|no longer|pass(?:ed|es"
    r"|ing)?|tested|(?:fix|solv|resolv)e[sd]|there (?:were|are|was|is) no)\b|\bi do(?:n['’]t"
    r"| not) have\b",
    re.IGNORECASE,
)
_ONLY_IF: Final = compile_later(
    r"\b(?:if|unless|until|except|but(?! i do)|only|when|without|whether)\b", re.IGNORECASE
)


def is_trial(sentence: str) -> bool:
    """Whether a sentence tells that a patch works, or that its writer can't test it."""
    if "?" in sentence or not _MAY.search(sentence) or _ONLY_IF.search(sentence):
        return False
    return any(
        pattern.fullmatch(sentence)
        for pattern in (_WORKS, _NO_LONGER, _PASSED, _CANNOT, _TESTED, _APPLIED, _FIXES_IT)
    )


def without_run(sentence: str) -> str:
    """Return a sentence without the tests that passed behind a promise to look."""
    return _BUT_RAN.sub("", sentence) if " but i " in sentence.lower() else sentence
