r"""The words by which mails say that patches were applied: verbs, patches, and what stands between.

All are pieces of regular expressions, in which a blank of the text is `\s`.
"""

from typing import Final

from kvminbox.review.scope import NUMBERS


def any_of(words: str) -> str:
    r"""Return a pattern for one of some words, parted by blanks; `_` is a blank within one.

    >>> any_of("now has_been")
    '(?:now|has\\sbeen)'
    """
    return f"(?:{'|'.join(words.split())})".replace("_", r"\s")


def any_of_longest(words: str) -> str:
    """Return the same where one word may begin another: the longer one is tried first."""
    return any_of(" ".join(sorted(words.split(), key=len, reverse=True)))


def set_of(words: str) -> frozenset[str]:
    """Return the set of some words, parted by blanks."""
    return frozenset(words.split())


# how surely a verb means that a patch went into a tree: `applied` does alone, `folded` with an
# object, `added` with a tree; `taking` is a promise, unless it tells where to
MISSPELT: Final = {
    wrong: right
    for right, found in {
        "applied": "aplied appied appiled appled applid apllied applyed appplied appliied appleid",
        "queued": "queud qeued quequed quued queueud",
        "merged": "mergd megred meged mereged marged megerd mergedt",
        "pushed": "pused puhsed re-pushed repushed",
        "committed": "commited comitted comited",
    }.items()
    for wrong in found.split()
}
"""Verbs as they are mistyped, or said of what is pushed again, and what they are."""

PLAIN_VERBS: Final = (
    r"(?:re-?)?applied|(?:re-?|en)?queued|merged|pulled|pushed|committed|cherry[-\s]?picked"
    rf"|{'|'.join(MISSPELT)}"
)
OBJECT_VERBS: Final = (
    "picked-up|picked|took|taken|folded|squashed|landed|staged|grabbed|snarfed|integrated|snagged"
)
TREE_VERBS: Final = "added|put|included|installed|accepted|moved"
GOING_VERBS: Final = "applying|queue?ing|merging|taking|picking|pulling|pushing|adding"
# all of them, for a quick look: those first that most texts have
ALL_VERBS: Final = (
    *("put", "added", "applied", "merged", "adding", "taken", "queued", "picked", "took", "pushed"),
    *("included", "taking", "pulled", "committed", "applying", "folded", "squashed", "landed"),
    *("staged", "grabbed", "snarfed", "snagged", "integrated", "installed", "accepted", "moved"),
    *("queuing", "queueing", "merging", "picking", "pulling", "pushing"),
    *("went in", "gone in", "made it in", "appear", "shows up", "showed up"), *MISSPELT
)  # fmt: skip

ADVERB: Final = any_of(
    "now just already also all both then hereby therefore thus instead again too meanwhile since ok"
    " okay in_the_meantime in_the_end"
    # `directly`, `provisionally`; but `hardly applied` is not
    r" (?!(?:hardly|barely|nearly|locally|possibly|probably|hopefully|supposedly|apparently"
    r"|originally|initially|previously|cleanly|likely|easily|typically|usually|normally|generally|commonly|partly|wrongly|mistakenly|accidentally|inadvertently|erroneously|reply|apply)\b)"
    r"\w{2,14}ly"
)
_INTRO_WORDS: Final = any_of_longest(
    "ok okay great nice good perfect fine alright all_right right sure yes cool lgtm fyi fwiw ftr"
    " anyway well thx cheers hi hello and but so then thus hence therefore also now finally"
    " it_looks_like it_seems it_seems_that note_that i_see i_see_that for_the_record as_usual"
    " to_recap update status result done actually as_mentioned good_catch nice_catch that_said"
    " afaik as_far_as_i_know however nevertheless nonetheless that_being_said otherwise afaict"
    " afact afaics"
    " as_far_as_i_can_see as_far_as_i_can_tell as_promised as_agreed as_discussed as_requested"
    " as_(?:you|we)_(?:may_|might_)?know for_now anyhow"
    r" in_the_meantime as_such \+1 i_can_see(?:_that)? i_found(?:_that)? you_can_see(?:_that)?"
    r" (?:my_\w+|git(?:_\w+)?)_(?:tells_me|says|shows)(?:_that)?"
    r" i['’]m_(?:not_)?(?:\w+_)?(?:happy|glad|sorry|surprised)(?:_\w+)?_that"
    " i_understand(?:_that)? i_(?:just_)?checked(?:_that)? aa+nd never_mind"
    " i_(?:just_)?(?:noticed|saw|discovered|realised|realized|learned)(?:_now)?(?:_that)?"
    " i['’]m_afraid(?:_that)? seems(?:_that|_like)?"
    " looks_like sounds_like i_know(?:_that)? (?:just_)?fyi_that just_fyi"
    " just_to_let_you_know(?:_that)?"
    r" (?:r-?b|rvb)(?:\+|(?=_and\b))"  # `RB+ and pushed`, as Samba's reviewers say it
    " just_so_you_know(?:_that)? either_way it_turns_out(?:_that)?"
    " (?:happy|glad|good|great|nice|pleased)_to_see(?:_that)?"
    r" (?:as|like)_\w+_(?:already_)?(?:reported|said|mentioned|noted|noticed|pointed_out|wrote)"
)
# a name may follow: `Thanks Ada, applied`; not another such word, or there were two ways to read it
_THANKS: Final = (
    r"thanks?(?:\s(?:you|a\slot|very\smuch|so\smuch|everyone|all|again|both"
    rf"|(?!(?:{_INTRO_WORDS}|thanks?|looks|for|to)\b)\w+))?"
)
# what a sentence may begin with and still be a plain word: `OK, so`, `Thanks Ada,`, `LGTM,`
INTRO: Final = rf"(?:{_THANKS}|looks\s{any_of('good great fine ok okay like')}|{_INTRO_WORDS})"
# behind `I` and `we`; behind `is`, `does`, `did`
HAVE: Final = r"(?:['’]ve|\shave)"
NOT: Final = r"(?:n['’]t|\snot)"
COPULA: Final = (
    r"(?:(?:has|have)\s(?:just\s|already\s)?got(?:ten)?|has\sbeen|have\sbeen|had\sbeen|is|are|was|were|been|has|have|got"
    r"|['’]s|['’]re|['’]ve\sbeen|(?:seems?|appears?)(?:\sto\s(?:be|have\sbeen))?)"
)

SMALL: Final = "two|three|four|five|six|seven|eight|nine|ten"
_DETERMINER: Final = (
    r"(?:(?:a\s|this\s|the\s|your\s)?(?:latest\s|current\s)?versions?\sof|v\d{1,2}\sof"
    r"|(?:the\s)?following|(?:all|both)\sof|\d{1,3}(?:\sof)?|"
    + any_of(
        "this the these those that both all your my his her their whole entire full complete first"
        " second third last remaining other rest above beginning"
    )
    + rf"|{SMALL})"
)
# no adjective of patches: `with this patch applied`, `the patch you applied`
_NO_ADJECTIVE: Final = any_of(
    "with without after before if when once until unless while no not had have has which that who"
    " i you he she we they it any another some more a an old previous previously earlier similar"
    " same equivalent following each every of on to in into for as by from than was is are were be"
    " been and or but will would should could can may might must your my whether since because see"
    r" whose wrong referenced linked mentioned former \w+ing applied queued merged pulled pushed"
    " picked except excluding minus onto"
)
_ADJECTIVE: Final = rf"(?:(?!{_NO_ADJECTIVE}\b)[\w./'’-]+\s)"
_NOUN: Final = (
    r"(?:paths?(?=\s#?\d)|(?:pat?ch|pacth|pathc)(?:e?s?[-\s]?sets?|sed|e?s|[-\s]series)?|pull(?:\srequest)?|clean-?ups?|v\d{1,2}|"
    + any_of(
        "seri(?:es|ed|e) seires sets? fix fixes ones? lot commits? changes? pile bits? bindings?"
        " iterations? prs? rest remainder simplification improvement conversion rewrite rework"
        " backports? reverts? drivers? updates tests modifications?"
    )
    + ")"
)
_OF_SERIES: Final = (
    r"(?:(?<=rest)\sof\s(?:it|them|this|these)(?=\s)|\s(?:of|in|from)\s(?:this|the|that|your)\s(?:whole\s|entire\s|[\w/]+-[\w/-]+\s)?"
    r"(?:pat?ch-?\s?)?(?:serie[sd]?|serial|sets?|lot))"
)
# `a rebased version`, `slightly reworded version of this patch`
_EDITED: Final = r"(?!new\b|different\b|old|older\b|previous\b|similar\b)\w+ed(?:[-\s]up)?"
# `first and third`, `1st, 2nd and 4th`
_ORDINAL: Final = any_of("first second third fourth 1st 2nd 3rd 4th 5th 6th 7th 8th")
ORDINALS: Final = rf"(?:{_ORDINAL}(?:(?:,|\s(?:and|&))\s(?:the\s)?{_ORDINAL}){{1,4}})"
ENDS: Final = rf"(?:first|second|third|last|rest|others?|remaining)(?:\s(?:\d|{SMALL}))?"
_NUMBER_LIST: Final = rf"\[?{NUMBERS}\]?"
# `all up to this one`, `all but the last one`
_ALL_SAVE: Final = (
    r"(?:all\s(?:the\s)?(?:patches\s)?)?up\sto\s(?:and\sincluding\s)?this\s(?:one|patch|commit)"
    r"|(?:all|everything)\s(?:patches\s)?(?:but|except|expect|other\sthan|apart\sfrom)\s(?:for\s)?(?:(?:the|this)\s)?"
    rf"(?:(?:{ENDS}\s)?(?:one|patch(?:es)?)(?:\s{_NUMBER_LIST})?|{_NUMBER_LIST}(?![\w/]|[.-]\w)"
    r"|(?:[\w./-]+\s){1,2}(?:patch(?:es)?|bits|parts|ones?)\b)"
)
# `the first two patches of this series`, `patches 1-3`, `2/5`, `the rest`, `your v3`
# `the previous commit and this one`, `first and this (second) patch`
_AND_THIS: Final = (
    r"(?:(?:the\s)?(?:previous|first)(?:\s(?:\d|two|three|four))?(?:\s(?:commits?|patch(?:es)?|ones?))?(?:\s\([^()\n]{0,40}\))?|patch\s#?\d{1,3})"
    r"\sand\sthis(?:\s(?:second|third|last))?(?:\s(?:one|commit|patch))?(?!\s(?:is|was|will|has)\b)"
)
# `this and the previous patch`, `this one and the following two`, `this and next patch`
_THIS_AND: Final = (
    r"this(?:\s(?:patch|one|commit))?\sand\s(?:"
    rf"(?:the\s)?(?:(?:\d|{SMALL})\s)?(?:previous|next|following)(?:\s(?:\d|{SMALL}))?\s(?:patch(?:es)?|ones?|commits?)\b"
    rf"|(?:the\s)?(?:previous|next|following)\s(?:\d|{SMALL})\b(?!\s[\w-]+s\b)"
    r"|(?:the\s)?previous\b|the\s(?:next|following)(?=\s?(?:[.,]|$)|\s(?:to|into|in|are|were|have)\b))"
    r"(?!\s(?:series|set|version))"
)
PATCHES: Final = (
    rf"(?:(?:{_THIS_AND}|{_AND_THIS}|{_ALL_SAVE}"
    rf"|(?:(?:{_DETERMINER}\s)++{_ADJECTIVE}{{0,3}}{_NOUN}|{_ADJECTIVE}?{_NOUN})\b"
    rf"(?:\s(?:numbers?\s|now\s)?{_NUMBER_LIST}(?![\w.]*\w))?"
    rf"|(?:the\s)?{ORDINALS}\s(?:patch(?:es)?|ones?)\b|(?:the\s){ORDINALS}(?=\s?[,.]|$)"
    rf"|(?:\d{{1,2}}|{SMALL}|some|most|a\sfew)\sof\s(?:them|these|those)\b"
    rf"|(?:some|several|most|a\sfew|a\scouple\sof|{SMALL})\s(?:of\sthe\s)?(?:\w+\s)?(?:patches|fixes|commits|bits)"
    rf"(?={_OF_SERIES})"
    rf"|v\d{{1,2}}\s(?:version|revision)|version\s\d{{1,2}}(?:\sof\s(?:this|the|your)\s(?:patch[\s-]?)?(?:series|set|patch))?"
    rf"|all\s(?:\d{{1,2}}|{SMALL})\sof\s(?:(?:the|these|those|your)\s(?:(?!(?:on|in|to|into|for|as|and)\b)[\w-]+\s){{0,2}}(?:patches|fixes|changes|commits)\b|(?:them|these|those)\b)"
    r"|(?:some|most|several)\sof\s(?:these|those)\s(?:patches|fixes|commits)\b"
    rf"|(?:an?\s)?{_EDITED}\s(?:version|variant)(?:\sof\s(?:{_THIS_AND}|it|this(?:\spatch)?|the\spatch))?\b"
    r"|(?:a\s)?slightly\s\w+\sversion|\[patch(?:es)?\s[\d\s,and-]{1,30}\]"
    r"|(?:this|the|your|that)\s(?:(?:original|new|latest|updated|first|v\d{1,2})\s)?versions?"
    rf"|(?:(?:only|this|the|both)\s)?{_NUMBER_LIST}(?![\w/]|[.:-]\w)"
    rf"|(?:the|these|those)\s(?:\d{{1,2}}|{SMALL})\s(?:(?:patches|ones)\s)?above"
    rf"|the\sabove\s(?:\d{{1,2}}|{SMALL})(?:\s(?:patches|ones))?(?=\s?(?:[.,;!]|$)|\s(?:to|into|for|now)\b)"
    rf"|(?:only\s)?(?:the\s)?(?:first|last)\s(?:\d|{SMALL})\sof\s(?:these|them|those)\b"
    rf"|(?:only\s)?(?:the|these|those)\s{ENDS}|the\sfollowing|(?:only\s)?(?:first|last)\s(?:\d|{SMALL})\b)"
    rf"(?:\s\([^()\n]{{0,60}}\)|\s\"[^\"\n]{{0,100}}\")?(?:{_OF_SERIES}|\s(?:here|in\sthis\sthread)\b)?)"
)
# `Serial and USB host controller driver patches`
KINDS_OF_PATCHES: Final = rf"(?:(?:{_ADJECTIVE}|and\s|&\s){{1,6}}?(?:patches|parts))"
# `the first set of infrastructure patches for timers`
SET_OF_PATCHES: Final = (
    r"(?:this|the|your)\s(?:whole\s|entire\s|first\s)?(?:set|series|bunch|pile|batch)\sof\s(?:(?!the\b)[\w./-]+\s){0,2}?"
    r"(?:patches|changes|fixes|clean-?ups)(?:\sfor\s(?:the\s)?[\w./-]+)?"
)
PRONOUN: Final = (
    rf"(?:all\s(?:of\s)?(?:this|it|them|these|the\sabove|the\sbelow|\d{{1,3}}|{SMALL})"
    rf"|both\s(?:of\s)?(?:them|these)|(?:these|those)\s(?:\d|{SMALL})|(?:them|these)\s(?:all|both)|"
    + any_of("this it them they these those that both all everything one")
    + ")"
)
BARE_PRONOUN: Final = any_of("this it them they these those that one")

# a part of a patch: `the first hunk`, `the driver part`
PART: Final = (
    rf"the\s{_ADJECTIVE}{{0,3}}?(?:hunks?|parts?|half|portion|chunks?)"
    r"(?:\sof\s(?:(?:this|the|your)\s(?:patch|series|set)|patch\s#?\d{1,3}))?\b"
    r"|parts\b(?:\sof\s(?:this|it|these|them|(?:the|this|your)\s(?:series|set|patch-?set)))?"
)
# how it was done, behind the verb or its object; `correctly` and `cleanly` are said of a trial
_MANNER: Final = (
    "unchanged unmodified internally carefully quietly silently blindly happily finally belatedly"
    r" by_hand immediately accordingly amended_(?:with|as|by)"
    r" right(?=_(?:in|now|away|before|after)\b)"
)
# what may follow an object: the end, or the tree, or how and why
FOLLOWS_OBJECT: Final = (
    r"(?=\s?(?:[.,;:!?()\[\]\n–—…#+]|$|-{1,3}[\s>]|[:;]-?\))|\s"
    + any_of(
        "to into in on onto for as with without via through at now already and manually up out but"
        " by after since because yesterday today tonight this last too again instead myself"
        " directly anyway so from over thank thanks except expect excluding apart minus if when"
        " once locally cleanly given assuming while though although earlier before just also where"
        " which until unless per upon against together however therefore only alone titled below"
        " above plus or then both is are was were fine successfully independently separately"
        " despite below_the along adding assum\\w+ probably apparently"
        " tentatively provisionally temporarily"
        r" rather verbatim as-is straight on-top cheers thx first(?=\s?(?:[.,!]|$))"
        r" here(?=\s?(?:[:,[]|with\b|https?:)) like_this(?=\s?[.,:!])"
        f" {_MANNER}"
    )
    + r"\b)"
)
# what may follow a verb without an object: `Applied, thanks`, `Applied with a fix`
FOLLOWS_VERB: Final = (
    rf"(?:\s{any_of('up out in it now already early everywhere else upstream')})*"
    r"(?:(?:\shere:?)?\s(?=(?:https?|git)://)|\s(?:then|first|like\sthis)\s?(?=[.,:!])|\s?(?:[.,;:!)\]\n–—…\"]|$|\(|\[|-{1,3}[\s>]|[:;]-?\)|&|\+|//|w/)|\s"
    + any_of(
        "to into in for as w with without via through on onto now already also and manually but"
        " after by thank thanks thx cheers except excluding minus apart since because yesterday"
        " today together though although directly per at while locally from straight as-is given"
        r" anyway rebased(?=\s?[.,!]) under"
        " assuming even which this_morning this_week earlier last independently separately"
        " regardless recently and_pushed and_push"
        r" along_with slightly_\w+"
        r" so(?=\s(?:we|that|it|I|they|you|this|please|don['’]t)\b) v?\d\.[\w.-]+_material"
        r" (?:a|two|three|some|\d+)_(?:\w+_)?(?:while|time|(?:month|week|day|hour|minute)s?)_ago"
        f" {_MANNER}"
    )
    + r"\b)"
)

# words that make a clause a plan, a condition, or something that did not happen
DOUBT: Final = (
    r"(?:\b"
    + any_of(
        "if when once until till unless before after whether why how assuming not never cannot can"
        " could will would should shall may might must hope hoping wish want plan ready going_to"
        " need needs please let lets wait waiting prefer maybe perhaps supposed thought instead_of"
        " rather_than"
    )
    + r"\b|n['’]t\b|['’]ll\b|['’]d\b)"
)
# `once I applied`, `the patch I applied`: the word before `I` makes it no plain word
NO_SENDER: Final = set_of(
    "if when once until till before after unless whether that which what whatever where why how"
    " than did do have should can could shall would may might must will think thought wish suppose"
    " patch patches series one ones tree branch commit change changes version fix fixes stuff"
    " kernel since every each like whom everything anything something"
)
