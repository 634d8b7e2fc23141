"""How people and programs say that patches were applied: the grammar of one sentence.

A claim has a verb, `applied` or `queued`. What stands before it in its clause tells who did
it: the sender (`I've now applied`, or nothing, `Thanks, applied`), or nobody in particular
(`patches 1-3 are queued`). What follows is what was applied, if that is said, then the tree
and the manner. A clause that fits nowhere is no claim: `Rob applied it`, `once it is applied`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from kvminbox.review.scope import NUMBERS
from kvminbox.review.trees import Place, find_place

MAX_PARAGRAPH: Final = 1_000
"""Characters of a paragraph that are read."""

MAX_VERBS: Final = 12
"""Words of a paragraph that are looked at as the verb of a claim."""

MAX_GAP: Final = 25
"""Characters that may stand between what was added and the tree that it was added to."""

_BEFORE: Final = 240
_AFTER: Final = 320

# how surely a verb means that a patch went into a tree: `applied` does alone, `folded` with an
# object, `added` with a tree; `taking` is a promise, unless it tells where to
_PLAIN: Final = r"(?:re-?)?applied|(?:re-?|en)?queued|merged|pulled|pushed|committed|cherry-?picked"
_NEEDS_OBJECT: Final = r"picked|took|taken|folded|squashed|landed|staged|grabbed|snarfed|integrated"
_NEEDS_TREE: Final = r"added|put|included|installed"
_GOING_ON: Final = r"applying|queue?ing|merging|taking|picking|pulling|pushing|adding"
_VERB: Final = re.compile(
    rf"(?<![\w./-])(?:(?P<plain>{_PLAIN})|(?P<object>{_NEEDS_OBJECT})|(?P<tree>{_NEEDS_TREE})"
    rf"|(?P<going>{_GOING_ON}))(?![\w/=(]|-\w|\.\w|:\w|\s?!=)",
    re.IGNORECASE,
)
_MAY_CLAIM: Final = re.compile(
    rf"{_PLAIN}|{_NEEDS_OBJECT}|{_NEEDS_TREE}|{_GOING_ON}|\b(?:is|are|['’]s)\s(?:\w+\s){{0,2}}(?:in|on)\b",
    re.IGNORECASE,
)

_ADVERB: Final = (
    r"(?:now|just|already|also|all|both|finally|then|manually|provisionally|temporarily|tentatively|hereby"
    r"|actually|only|recently|successfully|quickly|therefore|thus|instead|again|too|therefore|meanwhile"
    r"|since|ok|okay|simply|happily)"
)
_INTRO: Final = (
    r"(?:ok(?:ay)?|great|nice|good|perfect|fine|alright|all right|right|sure|yes|cool|lgtm|fyi|fwiw|ftr"
    r"|anyway|well|thanks?(?:\s(?:you|a\slot|very\smuch|so\smuch|everyone|all|again|both|(?!for\b|to\b|but\b|and\b)\w+))?|thx|cheers|hi|hello"
    r"|and|but|so|then|thus|hence|therefore|looks\s(?:good|great|fine|ok(?:ay)?|like)|it\s(?:looks\slike|seems(?:\sthat)?)|note\sthat"
    r"|for the record|as usual|to\srecap|update|status|result|done|actually|as\smentioned|good\scatch|nice\scatch|that\ssaid|in\sthe\smeantime"
    r"|also|now|finally|i\ssee(?:\sthat)?)"
)
_COPULA: Final = r"(?:is|are|was|were|been|has\sbeen|have\sbeen|had\sbeen|has|have|got|['’]s|['’]re|['’]ve\sbeen)"
_DETERMINER: Final = (
    r"(?:(?:a\s|this\s|the\s|your\s)?(?:latest\s|current\s)?versions?\sof|v\d{1,2}\sof|this|the|these|both|all(?:\sof)?|your|my|his|her|their|whole|entire|full|complete|first|second"
    r"|third|last|remaining|other|rest|above|two|three|four|five|six|seven|eight|\d{1,3}(?:\sof)?)"
)
_NO_ADJECTIVE: Final = (
    r"(?:with|without|after|before|if|when|once|until|unless|while|no|not|had|have|has|having|which|that|who|i|you|he|she|we"
    r"|they|it|any|another|some|a|an|old|previous|previously|earlier|similar|same|equivalent|following|each|every|of|on|to|in|into|for|as|by|from"
    r"|than|was|is|are|were|be|been|and|or|but|will|would|should|could|can|may|might|must|your|my|whether|since|because|see|whose|wrong|\w+ing"
    r"|applied|queued|merged|pulled|pushed|picked)"
)
_NOUN: Final = (
    r"(?:patch(?:es|[-\s]?sets?|[-\s]series)?|series|sets?|fix(?:es)?|ones?|lot|commits?|changes?|clean-?ups?|pile|bits?"
    r"|pull(?:\srequest)?|prs?|rest|remainder|simplification|improvement|conversion|rewrite|rework|v\d{1,2}|backports?|reverts?|drivers?)"
)
_OF_SERIES: Final = r"(?:\s(?:of|in|from)\s(?:this|the|that|your)\s(?:whole\s|entire\s)?(?:patch\s?)?(?:series|sets?|lot))"
_PATCHES: Final = (
    rf"(?:(?:(?:(?:(?:the\sfollowing|{_DETERMINER})\s)++(?:(?!{_NO_ADJECTIVE}\b)[\w./'’-]+\s){{0,3}}?{_NOUN}|(?:(?!{_NO_ADJECTIVE}\b)[\w./'’-]+\s)?{_NOUN})\b(?:\s(?:numbers?\s)?\[?{NUMBERS}\]?(?![\w.]*\w))?"
    r"|(?:all\s(?:the\s)?(?:patches\s)?)?up\sto\s(?:and\sincluding\s)?this\s(?:one|patch|commit)"
    r"|(?:a\s)?slightly\s\w+\sversion|\[patch(?:es)?\s[\d\s,and-]{1,30}\]"
    r"|(?:this|the|your|that)\s(?:original\s|new\s|latest\s|updated\s|first\s)?versions?"
    rf"|(?:(?:only|this|the)\s)?\[?{NUMBERS}\]?(?![\w/]|[.-]\w)"
    r"|(?:only\s)?the\s(?:first|second|third|last|rest|others?|remaining)(?:\s(?:\d|two|three|four|five|six))?)"
    rf"(?:\s\([^()\n]{{0,60}}\)|\s\"[^\"\n]{{0,100}}\")?{_OF_SERIES}?)"
)
_PRONOUN: Final = (
    r"(?:all\s(?:of\s)?(?:this|it|them|these|the\s(?:above|below)|\d{1,3}|two|three|four|five|six|seven|eight)"
    r"|both\s(?:of\s)?(?:them|these)|(?:these|those)\s(?:\d|two|three|four|five|six)|this|it|them|they|these|those|that|both|all|everything|one)"
)
# `I've just`, `I went ahead and`, behind any other words of its clause
_BARE_PRONOUN: Final = re.compile(r"this|it|them|they|these|those|that|one", re.IGNORECASE)
_SENDER: Final = re.compile(
    r"(?:^|(?P<word>[\w'’]+)\s)(?P<who>I|we)(?:['’]ve|\shave|['’]m|\sam|['’]re|\sare|\sdid)?\s"
    rf"(?:(?:gone|went)\sahead\s(?:and\s)?)?(?:{_ADVERB}\s)*$",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(
    rf"(?:{_INTRO}\s)*(?P<what>(?:only\s)?{_PATCHES})(?:\s{_COPULA})?(?:\s(?:{_ADVERB}|been))*\s",
    re.IGNORECASE,
)
_PRONOUN_PASSIVE: Final = re.compile(
    rf"(?:{_INTRO}\s)*(?P<what>(?!that\b|those\b){_PRONOUN})(?:\s?{_COPULA})(?:\s(?:{_ADVERB}|been))*\s"
    rf"|(?:{_INTRO}\s)*(?P<bare>both|all|everything|all\s(?:of\s)?(?:this|them|these|\d{{1,3}}))(?:\s(?:{_ADVERB}|been))*\s",
    re.IGNORECASE,
)
_ELIDED: Final = re.compile(
    rf"(?:{_INTRO}\s)*(?:(?:{_ADVERB}|has\sbeen|have\sbeen)\s)*", re.IGNORECASE
)
# what may stand before `and applied`: the sender's other deeds, or thanks
_DEED: Final = re.compile(
    rf"(?:{_INTRO}\s)*(?:I|we)\b|.*\bI(?:['’]ve|\shave)?\s\w+ed\b|(?:{_INTRO}\s)*(?:(?:{_ADVERB}|{_INTRO})\s)*(?!need|bas|relat|suppos|expect|assum)(?:\w{{2,}}ed|done|made|took|rebuilt|rewrote|split|cut)\b"
    rf"|(?:{_INTRO}\b\W*)+$",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(
    r",(?=I\b)|(?:[,;!?(\[]|(?<!-by)(?<!\bCc)(?<!Fixes)(?<!Link):)\s(?!(?:and\s|&\s)?#?\d)|\s-{1,3}\s|\s[–—]\s|—|\.{2,}\s|[(]|\s?[:;]-?[)]\s|\n(?=[A-Z*-]|has\sbeen\s)"
)
_CONJUNCTION: Final = re.compile(
    r"(?:^|\s)(and|but|so|then|thus|hence|therefore|&)\s", re.IGNORECASE
)
# words that make a clause a plan, a condition, or something that did not happen
_DOUBT: Final = re.compile(
    r"\b(?:if|when|once|until|till|unless|before|after|whether|why|how|assuming|not|never|cannot|can|could|will|would|should"
    r"|shall|may|might|must|hope|hoping|wish|want|plan|ready|going\sto|need|needs|please|let|lets|wait|waiting|prefer|maybe"
    r"|perhaps|supposed|thought|instead\sof|rather\sthan)\b|n['’]t\b|['’]ll\b|['’]d\b",
    re.IGNORECASE,
)
_NO_SENDER: Final = frozenset(
    "if when once until till before after unless whether that which what whatever where why how than did do have should can could"
    " shall would may might must will think thought wish suppose patch patches series one ones tree branch commit change changes version fix fixes stuff"
    " kernel since every each like whom everything anything something".split()
)

_FOLLOWS: Final = (
    r"(?=\s?(?:[.,;:!?()\[\]\n–—…#]|$|-{1,3}[\s>]|[:;]-?\))|\s(?:to|into|in|on|onto|for|as|with|without|via|through|at|now|already"
    r"|and|manually|up|out|but|by|after|since|because|yesterday|today|tonight|this|last|too|again|expect|instead|myself|directly|anyway|so"
    r"|from|over|thank|thanks|except|excluding|apart|minus|if|when|once|locally|cleanly|given|assuming|while|though|although"
    r"|earlier|before|just|also|where|which|until|unless|per|upon|against|together|however|therefore|only|alone|titled|below|above|plus|or|then|both"
    r"|is|are|was|were|fine|successfully|independently|separately|rather|verbatim|as-is|straight|on-top|cheers|thx)\b)"
)
_OBJECT: Final = re.compile(
    rf"(?:\s(?:up|out|in))?(?:\s(?:only|just|also|now|manually|already|locally))?\s(?:(?P<patches>{_PATCHES})|(?P<pronoun>{_PRONOUN}))"
    + _FOLLOWS,
    re.IGNORECASE,
)
# `Applied, thanks`, `Applied -- thanks`, `Applied (with a fix)`, `Applied with a fix`
_NO_OBJECT: Final = re.compile(
    r"(?:\s(?:up|out|in|it|now|already|everywhere|else|upstream))*(?:\s?(?:[.,;:!)\]\n–—…\"]|$|\(|\[|-{1,3}[\s>]|[:;]-?\)|&|\+)|\s[+&]|\s?\.\.\.|\s?//"
    r"|\s(?:to|into|in|for|as|with|without|via|through|on|onto|now|already|also|and|manually|but|after|by|thank|thanks|thx|cheers|except|excluding"
    r"|minus|apart|since|because|yesterday|today|together|though|although|directly|per|at|while|locally|from|straight|as-is|given|assuming|which|this\s(?:morning|week))\b)",
    re.IGNORECASE,
)
# what follows and shows that it is about something else than a maintainer's tree
_ELSEWHERE: Final = re.compile(
    r"\s(?:locally|cleanly|fine|without\s(?:problem|issue|error|conflict)s?|correctly|ok)\b(?![^.]*\bto\b)"
    r"|\son\stop\sof\b(?![^.;]*\b(?:tree|branch|next)\b)|^\s(?:on\s(?:the\s)?top|upon|against)\b|\sagainst\b|\son(?:to)?\s(?:a\s|the\s|my\s)?(?:v?\d|upstream|linux\s|current\s|head\b|mainline|vanilla|patch)"
    r"|\s(?:to|in|into|with|for)\s(?:(?:the|my|our|your|a|an|its|one)\s)?(?:next|new|upcoming|previous|following|earlier|first|other|last|original"
    r"|same|separate|new\sseparate|future|single)\s(?:version|patch|revision|re-?spin|iteration|series|submission|commit|v\d|one|round|update)"
    r"|\s(?:to|in|into|for|as)\s(?:the\s)?(?:v\d{1,2}(?![\w.]*[./-]\w)\b|patch\s#?\d)"
    r"|\s(?:to|into)\s(?:the|your|my|a|this|that)\spatch(?:es|set)?\b(?!\s(?:queue|tree))|\sto\s(?:upstream\s)?v?\d[\d.]*(?:-rc\d+)?\s(?:vanilla|kernel)"
    r"|\s(?:into|for)\s(?:account|consideration|granted)|\s(?:away|back|care|over)\b|\sout\s(?:a|an)\b"
    r"|^\s(?:a|an|the)\s(?:new|updated|different|look|wrong)\b|\s(?:in|to|into)\sthe\swrong\b|\sfor\s(?:reference|convenience|review|comments|that|it)\b",
    re.IGNORECASE,
)
_WAITS: Final = re.compile(
    r"\s?[,(]?\s?(?:but\s)?(?:only\s|just\s)?locally\b|\s(?:if|when|once|until|unless|as\ssoon\sas|assuming)\b",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(
    r"\bfor\s(?:your\s)?(?:convenience|reference|easier)|\bin\scase\s(?:you|any|some)|\bif\s(?:you|any|some)\w*\s(?:want|like|prefer|need|wish)\sto"
    r"|\bto\sease\b|\beasier\sto\b|\bso\s(?:that\s)?(?:you|others|people|anyone|everyone)\s",
    re.IGNORECASE,
)
_AT_URL: Final = re.compile(
    r"[^.;]{0,40}?\s(?:at|here|under|as)\b:?\s?(?:$|\[|https?:|git:|git@|ssh:|\n)", re.IGNORECASE
)
# a tester's words: `applied this patch, it works better`, `and found the performance restored`
_TESTED: Final = re.compile(
    r"\b(?:it|this|that|which|they|everything|all|problem|issue|bug|error|warning|kernel|guest|host|system|machine|board|device|driver|boot|build|test\w*|crash\w*|regression|oops|splat|hang)\s(?:[\w'’]+\s){0,3}?"
    r"(?:works?|working|worked|boots?|booted|fails?|failed|crash(?:es|ed)|seems?|helps?|helped|solves?|solved|fix(?:es|ed)\s(?:the|my|it|this)|persists?|remains?|disappear(?:s|ed)|went|gone|hangs?|compiles?|builds?|passes|passed|happens?|occurs?|restored)\b"
    r"|(?:\b(?:and|but|then)|,)\s(?:(?:i|we)\s)?(?:(?:still|also|then|now|just)\s)?(?:see|saw|got|get|found|ran|run|rebooted|booted|rebuilt|compiled|reproduced?|tried|bisected|observed?|noticed|can(?:not|['’]t)|could(?:n['’]t)?)\b"
    r"|\bregression\b|\bable\sto\b|\band\s(?:built|running)\b|\bcould\stest\b|\bin\sorder\sto\stest\b|\bto\s(?:test|try|check|reproduce|verify|see)\b",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    rf"\bpatch(?:es)?\s#?{NUMBERS}\b|\b(?:first|last)\s(?:\d|two|three|four|five|six)\s(?:\w+\s)?patches\b"
    rf"|\b\d{{1,4}}/\d{{1,4}}(?:\s?(?:-|,|and|&|to)\s?\d{{1,4}}/\d{{1,4}})+",
    re.IGNORECASE,
)
# `Rob's patch`, `the changes`, `your suggested changes`
_OTHERS: Final = re.compile(
    r"\w['’]s?\s(?:\w+\s)?patch|^(?:all\s)?(?:the\s|your\s|my\s|those\s)?"
    r"(?:(?:suggested|requested|proposed|same|above|below|following)\s)?(?:changes?|bits?|commits|drivers?)$",
    re.IGNORECASE,
)
_UNDONE: Final = re.compile(
    r"\b(?:un(?:pulled|applied|queued|merged)|(?:dropped|reverted|removed|backed)\s(?:it|this|them|that|out)\b)",
    re.IGNORECASE,
)
# `This series is in the review-next branch now`
_IS_IN: Final = re.compile(
    rf"(?:{_INTRO}\s)*(?P<what>{_PATCHES}|{_PRONOUN})(?:\s(?:is|are)|['’]s)(?:\s(?:now|already|currently|both|all))*\s(?:in|on)\s",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])[)\"']?\s|(?<=:\))\s|\n(?=[*•-]\s)|\n(?=\[\d{1,4}/\d{1,4}\])|\n\n"
)

_TREE_WORD: Final = re.compile(r"next|fixes|branch|tree|queue|master", re.IGNORECASE)

Subject = Literal["sender", "patches", "nobody"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about applied patches."""

    sentence: str
    """The sentence, its white space collapsed."""

    verb: str
    """The verb, in lower case."""

    subject: Subject
    """Who or what stands before the verb: `I've`, the patches, or nobody."""

    named: str = ""
    """The words that name what was applied: `the series`, `this`, `patches 1-3`; often none."""

    is_pronoun: bool = False
    """Whether these are a mere `it` or `this`."""

    tree: str = ""
    """The tree or branch, as written."""

    has_tree: bool = False
    """Whether a tree is told; `my tree` has no name."""


def may_claim(text: str) -> bool:
    """Whether a text has any of the words that a claim needs; spares most texts the rest."""
    return _MAY_CLAIM.search(text) is not None


def find_claims(paragraph: str) -> Iterator[Claim]:
    """Yield what the sentences of a paragraph say was applied; nothing of what they doubt."""
    said = re.sub(r"[^\S\n]+", " ", paragraph[:MAX_PARAGRAPH])
    said = re.sub(r" ?\n ?", "\n", said)
    said = re.sub(r"(?<=\w-)\n(?=\w)", "", said)  # `next-` and `integrity-testing` below it
    left = MAX_VERBS
    for sentence in _SENTENCE.split(said.strip()):
        if left <= 0 or not may_claim(sentence):
            continue
        found = None
        for verb in islice(_VERB.finditer(sentence), left):
            left -= 1
            claim = _read_claim(sentence, verb)
            if claim:
                found = claim
                yield claim
        if found is None and (claim := _read_state(sentence)):
            yield claim


def _read_claim(sentence: str, verb: re.Match[str]) -> Claim | None:
    """Read the clause around a verb; None where it claims nothing."""
    before = sentence[max(0, verb.start() - _BEFORE) : verb.start()]
    subject, what = _read_subject(before, verb[0][0])
    if subject is None:
        return None
    after = sentence[verb.end() : verb.end() + _AFTER]
    done = _OBJECT.match(after) if subject != "patches" else None
    if done is None and _NO_OBJECT.match(after) is None:
        return None
    rest = after[done.end() :] if done else after
    named = what or (done[0].strip() if done else "")
    if named.lower() in {"them", "these", "those", "both"} and (
        named_before := _find_named(before)
    ):
        named = named_before
    is_pronoun = _BARE_PRONOUN.fullmatch(named) is not None
    place = _find_place(rest)
    if done is None and place and place.start > MAX_GAP and re.match(r"\s(?:in|to|into)\b", rest):
        return None  # `I pulled in some patches from fixes to next`
    words = Claim(
        sentence=" ".join(sentence.split()),
        verb=verb[0].lower(),
        subject=subject,
        named=named,
        is_pronoun=is_pronoun,
        tree=place.tree if place else "",
        has_tree=place is not None,
    )
    if _is_elsewhere(words, sentence, before, rest, place):
        return None
    if verb["going"] and (
        re.search(r"\bif\b", before, re.IGNORECASE) or not _goes_to(subject, named, rest, place)
    ):
        return None
    is_sure = place is not None and place.is_sure
    is_near = place is not None and (place.start <= MAX_GAP or rest.startswith(" titled"))
    if verb["tree"] and not (is_sure and is_near):
        return None
    if verb["tree"] and is_pronoun and subject == "patches" and not _TREE_WORD.search(rest):
        return None  # `it was added in llvm-13`
    if verb["object"] and not (
        is_sure
        or (named and not (subject == "patches" and is_pronoun))
        or (
            subject == "nobody"
            and re.match(r"(?:\s(?:up|in|out))?(?:\s?[,.!]|\s(?:last|yesterday|today)\b)", after)
            and not re.search(r"\b(?:and|&)\s$", before)
        )
    ):
        return None
    return words


def _find_named(before: str) -> str:
    """Return what `them` stands for: `The first two patches look good, so I applied them`."""
    last = ""
    for match in _NUMBERED.finditer(before):
        last = match[0]
    return last


def _find_place(rest: str) -> Place | None:
    """Find the tree in the words that follow, up to the next verb or subject."""
    following = _VERB.search(rest)
    return find_place(_clause(rest[: following.start()] if following else rest))


def _read_subject(before: str, initial: str) -> tuple[Subject | None, str]:
    """Read what stands before a verb; with the words that name patches, if they do."""
    start = opened = 0
    for match in _BREAK.finditer(before + initial):
        start, opened = match.end(), match.start() if "(" in match[0] or "[" in match[0] else -1
    above = before[:start].rstrip().rpartition("\n" if before[:start].count("\n") > 1 else " ")[2]
    if before[:start].endswith("\n") and (
        above.rpartition(" ")[2].lower() in _NO_SENDER or _DOUBT.search(above)
    ):
        return None, ""  # a line that ends in `once`
    is_aside = start > 0 and opened > 0 and before[:opened].strip() != ""
    head = " ".join(before[start:].split()) + " " * (start < len(before))
    joint = None
    for joint in _CONJUNCTION.finditer(head):
        pass
    tail = head[joint.end() :] if joint else head
    for clause in dict.fromkeys((tail, head)):
        if match := _SENDER.search(clause):
            word = (match["word"] or "").lower()
            fronted = "the rest" if word in {"these", "those"} and match.start() == 0 else ""
            return ("sender", fronted) if _is_said(match, clause) else (None, "")
    if is_aside and not re.match(r"and\b", head):
        return None, ""  # `commit 0123456789ab (merged in v5.4)`
    lead = head[: joint.start()] if joint else ""
    for clause, leads in ((head, ""), (tail, lead)):
        is_joined = joint is not None and joint[1].lower() in {"and", "&"}
        if _DOUBT.search(leads) or (is_joined and re.search(r"\bwith(?:out)?\b", leads)):
            continue
        if leads and re.match(r"#?\d+\s$", clause):
            continue  # `eager to get patches 1 and 2 merged`
        for pattern in (_PASSIVE, _PRONOUN_PASSIVE):
            if match := pattern.fullmatch(clause):
                return "patches", match["what"] or match["bare"]
    if _ELIDED.fullmatch(head):
        if re.match(r"and\b|&", head) and re.search(
            rf"(?:{_DOUBT.pattern})[^,;:\n]*\W*$", before[:start], re.IGNORECASE
        ):
            return None, ""
        is_thanks = re.search(
            r"\bfor (?:the|your|all)?.{0,20}?(?:suggestion|comment|advice|hint|tip|feedback|idea)s?\W*$",
            before[:start],
            re.IGNORECASE,
        )
        return (None, "") if is_thanks else ("nobody", "")
    if joint and _ELIDED.fullmatch(tail):
        lead = re.sub(r"^(?:(?:so|and|but|then)\s)+", "", lead)
        lead = re.split(r"\b(?:because|since|as|which|that|so|though)\b", lead, maxsplit=1)[0]
        doubted = lead if re.search(r"\b(?:I|we)\b", lead) else before[: start + joint.start()]
        is_deed = joint[1].lower() not in {"and", "&", "then"} or _DEED.match(lead)
        if (
            is_deed
            and not _DOUBT.search(doubted)
            and not re.search(r"\b(?:which|is|are|was|were|be)$", head[: joint.start()])
        ):
            return "nobody", ""
    return None, ""


def _is_said(sender: re.Match[str], clause: str) -> bool:
    """Whether `I've` is the sender's plain word: no `once I`, `the patch I`, `before I`."""
    word = (sender["word"] or "").lower()
    lead = clause[: sender.start("who")]
    if re.search(r"\b(?:(?:know|note|see|say|fyi) that|looks like) $", lead, re.IGNORECASE):
        return True
    return word not in _NO_SENDER and not _DOUBT.search(lead)


def _clause(text: str) -> str:
    """Return the words up to the next clause that has a subject of its own."""
    end = re.search(
        r";|,? (?:but|and|so|which|because|since|if|as)\s(?:I|you|we|it|they|he|she|this|that|the|there"
        r"|will|can|could|should)\b",
        text,
    )
    return text[: end.start()] if end else text


def _is_elsewhere(claim: Claim, sentence: str, before: str, rest: str, place: Place | None) -> bool:
    """Whether what follows says that it was not a maintainer's tree, or not yet."""
    clause = _clause(rest)
    near = re.split(r"[,;(:]\s|\s[(]", clause, maxsplit=1)[0]
    if place and place.end <= len(near):
        near = near[: place.end]
    if re.search(r"\binstead\sof\s(?:this|it|that|v\d)", sentence):
        return True
    if _WAITS.match(clause) or _UNDONE.search(rest) or re.search(r"\(using b4\)|\bto base\b", rest):
        return True
    if sentence.rstrip().endswith("?") and not re.search(r"[,;:(–—]|\s-|\b(?:but|and)\b", rest):
        return True
    match = _ELSEWHERE.search(near)
    if match and not (
        claim.verb in {"folded", "squashed"} and match[0].strip().startswith(("in", "to", "with"))
    ):
        return True
    if (
        claim.verb not in {"folded", "squashed"}
        and place is None
        and re.match(
            r"\s(?:(?:to|into|onto|on)\b(?!\s(?:at\sleast|get|fix|avoid|make|be|have|allow|keep|let|save|help|unbreak|unblock))|in\b"
            + (
                r")"
                if claim.subject == "nobody"
                else r"(?!\s(?:-?rc|v?\d|order|time|sequence|(?:\w+['’]s\s)?linux\snext)))"
            ),
            rest,
        )
    ):
        return True  # `I applied it to my kernel`, `Applied to the page tables`
    word = claim.verb
    if word in {"picked", "took", "taken", "pulled", "grabbed"} and re.match(
        r"(?:\sup)?\s(?:from(?!\s(?:the\s)?(?:list|here|this\sseries))|out|off|over|back|away)\b",
        rest,
    ):
        return True
    if word == "pulled" and re.match(
        r"(?:the|your) (?:first |last )?(?:patch|commit|fix)", claim.named
    ):
        return True  # withdrawn
    if word == "merged" and re.match(
        r"[^.;,]{0,40}\b(?:together|with)\s(?:the\s)?(?:previous|next|first|other|last|following)\s(?:patch|one|commit)",
        rest,
    ):
        return True
    if word in {"pushed", "put"} and (_SHARED.search(sentence) or "version" in claim.named):
        return True
    if (
        word in {"pushed", "put"}
        and _AT_URL.match(rest)
        and not re.match(r"(?:\s\w+)?\s(?:to|into)\s", rest)
    ):
        return True
    if claim.subject == "patches":
        return _is_about_others(claim, before, rest)
    is_sure = place is not None and place.is_sure
    if claim.subject == "sender" and not is_sure and "following" in claim.named:
        return True  # `I've tentatively queued the following patch`
    if claim.subject == "sender" and not is_sure:
        is_others = _OTHERS.search(claim.named)
        return (
            bool(is_others and word not in {"folded", "squashed"})
            or _TESTED.search(rest) is not None
        )
    return False


def _is_about_others(claim: Claim, before: str, rest: str) -> bool:
    """Whether `patches are applied` tells of another commit, of a test, or of any patches."""
    if re.search(r"\bcommits?\b", claim.named) and "the following" not in claim.named.lower():
        return True  # `the commit was merged in 5.16`
    if not claim.has_tree and re.search(r"\bchanges$|^only (?:fixes|patches)$", claim.named):
        return True
    if re.search(rf"{_COPULA}\W*(?:\w+\s)*$", before[-30:], re.IGNORECASE):
        return not claim.has_tree and re.match(r"\sand\srunning", rest) is not None
    if re.match(r"\W*(?:with|after|once|when|if)\b", before, re.IGNORECASE):
        return True  # `With 3900X, and the series applied, I get …`
    if re.match(r"[^.,;]{0,60}\s(?:will|is|are|should|can)\b", rest):
        return True  # `Patches applied to md-next will go through …`
    return not claim.has_tree and _TESTED.search(rest) is not None


def _goes_to(subject: Subject, named: str, rest: str, place: Place | None) -> bool:
    """Whether `taking` is done: `I'm taking this in my tree`, `I'm picking it up as a fix`."""
    if place is not None and place.is_sure and place.start <= MAX_GAP:
        ends = re.match(r"\s?(?:[,.!]|$|thank|for\b)", rest[place.end :])
        return subject == "sender" or ends is not None
    goes_on = re.match(
        r"(?:\sup)?\s(?:(?:right\s)?now\b|as\s(?:a\s)?(?:fix|v?\d)|for\s(?:v?\d|-?rc))", rest
    )
    return subject == "sender" and bool(named) and goes_on is not None


def _read_state(sentence: str) -> Claim | None:
    """Read a sentence without a verb: `This series is in the review-next branch now`."""
    match = _IS_IN.match(sentence.replace("\n", " "))
    if match is None or sentence.rstrip().endswith("?"):
        return None
    place = find_place(sentence[match.end() - 4 : match.end() + _AFTER])
    if place is None or not place.is_sure or not _TREE_WORD.search(sentence):
        return None
    if re.search(r"\bmy (?:\w+ )?queue\b|\bv\d+\b|\bwork\b|\bwip\b", sentence, re.IGNORECASE):
        return None
    what = match["what"]
    is_pronoun = re.fullmatch(_PRONOUN, what, re.IGNORECASE) is not None
    return Claim(" ".join(sentence.split()), "in", "patches", what, is_pronoun, place.tree, True)
