"""Who did what a verb tells, by what stands before it: the sender, nobody, Rob, or the patches."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.claim import Subject
from kvminbox.review.marks import CONDITION, DOUBTS
from kvminbox.review.others import is_of_others
from kvminbox.review.scope import NUMBERS
from kvminbox.review.trees import find_place
from kvminbox.review.wording import ADVERB, COPULA, DOUBT, HAVE, INTRO, INTROS, PATCHES, PRONOUN

_BREAK: Final = re.compile(
    r",(?=I\b)|(?:[,;!?(\[]|(?<!-by)(?<!\bCc)(?<!Fixes)(?<!Link):)\s(?!(?:and\s|&\s)?#?\d)"
    r"|\s-{1,3}\s|\s={1,2}>\s|\s[–—]\s|—|(?<!\d)(?<!\d\s)\.{2,}(?:\s|(?=\w))|[(]|\s?[:;]-?[)]\s|\n(?=[A-Z*-]|has\sbeen\s)"
)
_BRACKETS: Final = re.compile(r"\s\([^()]{0,120}\)(?=\s)|(?<=\w)\([^()\n]{0,60}\)")
# `The driver patches [2][3] are`
_NOTES: Final = re.compile(r"\s?(?:\[\d{1,2}\]\s?(?:&|,|and)?\s?){2,6}(?<=\])(?=\s)")
# `Reworded the log (though yours was more fun :)) and applied`
_SMILEY: Final = re.compile(r"\s?[:;]-?[)D](?=\))")
# `Changed the title to "kvm: a timer" and applied`
_QUOTED: Final = re.compile(r"(?<=\s)\"[\w'][^\"]{0,100}\"(?=\s)")
_CONJUNCTION: Final = re.compile(
    r"(?:^|\s)(and|but|so|then|thus|hence|therefore|&)\s", re.IGNORECASE
)
# `I've just`, `I went ahead and`, behind any other words of its clause
_SENDER: Final = compile_later(
    r"(?:^|(?P<word>[\w'’]+)\s)(?P<who>I|we)"
    r"(?:['’]ve|\shave|\shas|\shad|['’]m|\sam|['’]re|\sare|\sdid|\shelp(?:ed)?)?\s"
    rf"(?:(?:gone|went)\sahead\s(?:and\s)?|(?:ended|did\send)\sup\s)?(?:{ADVERB}\s)*$",
    re.IGNORECASE,
)
# `The patch has been accepted and merged`
_ACCEPTED: Final = r"(?:accepted|approved|included)(?:\s(?:and|&))"
# `Since this series is already merged, …`, `but given it has been applied`
_CAUSE: Final = compile_later(
    r"(?P<lead>|.*(?<!\bsoon)(?<!\bfar)(?<!\blong)(?<!\bsuch)(?<!\bwell)(?<!\bsame)(?<!\beven)"
    r"(?<!\ba)(?<!\bthe)\s)"
    r"(?P<word>since|given(?:\sthat)?|because|now\sthat|as|(?:even\s|al)?though)\s(?P<clause>\S.*)",
    re.IGNORECASE,
)
_PASSIVE: Final = compile_later(
    rf"(?:{INTRO}\s)*(?!those\b(?!\s(?:\d|{wording.SMALL}))|that\b)(?P<what>(?:(?:only|just)\s)?{PATCHES}|{wording.KINDS_OF_PATCHES})"
    rf"(?:\s(?:already|also|now|all|both))?(?:\s{COPULA})?(?:\s(?:{ADVERB}|been|still|{_ACCEPTED}))*\s",
    re.IGNORECASE,
)
_PRONOUN_PASSIVE: Final = compile_later(
    rf"(?:{INTRO}\s)*(?:(?P<what>(?!that\b|those\b){PRONOUN})(?:\salready)?(?:\s?{COPULA})"
    r"|(?P<bare>both|all|everything|(?<=\balso\s)(?:this|these)"
    rf"|all\s(?:of\s)?(?:this|them|these|\d{{1,3}}|{wording.SMALL})))"
    rf"(?:\s(?:{ADVERB}|been|still|{_ACCEPTED}))*\s",
    re.IGNORECASE,
)
# `Since there were no objections applied to kvm/next`
_UNOPPOSED: Final = r"(?:since|as|given)\s(?:[\w'’]+\s){1,5}(?:objections?|comments?|complaints?)\s"
_ELIDED: Final = compile_later(
    rf"(?:{INTRO}\s)*(?:{_UNOPPOSED})?(?:(?:{ADVERB}|has\sbeen|have(?:\sbeen)?)\s)*", re.IGNORECASE
)
# what may stand before `and applied`: the sender's other deeds, or thanks
_DEED: Final = compile_later(
    rf"(?:{INTRO}\s)*(?:I|we)\b|.*\bI{HAVE}?\s(?:now\s|also\s|just\s)?\w+ed\b"
    rf"|(?:(?:{ADVERB}|{INTRO})\s)*+(?!need|bas|relat|suppos|expect|assum)"
    r"(?:\w+ly\s)?(?:\w{2,}ed\b(?!-)|(?:done|did|made|took|kept|put|rebuilt|rewrote|split|cut)\b|s/\S)"
    r"|(?:all\s)?(?:[\w'-]+\s){1,6}(?:fixed|addressed|dropped|removed|resolved|changed(?:\sto\s\S+)?|adjusted"
    r"|tweaked|corrected|reworded|rebased|squashed)(?:\s(?:up|in|out|accordingly))?$"
    rf"|(?:{INTRO}\b\W*)+$|thanks\sfor\s(?:(?:your|the|all)\s){{0,2}}(?:reviews?|patch(?:es)?|acks?|fix|work|tests?|testing)$",
    re.IGNORECASE,
)
# what stands before `I` is short, whatever it is: `Hi Ada, thanks, I`
_MY_DEEDS: Final = re.compile(
    rf"(?:[\w'’]+,?\s){{0,5}}?I{HAVE}?\s(?:\w+ly\s|just\s|now\s)?\w+(?:ed|te|en|de)\b"
)
# `… and merged with Ada's Reviewed-by: tag`
_WITH_TAG: Final = re.compile(
    r"\swith\s(?:your|all|the|[A-Z]\w+['’]s)\s(?:acks?\b|r-?b\b|(?:acked|reviewed|tested)-by|tags?\b|abt\b|rbt\b)",
    re.IGNORECASE,
)
# `Removal merged as 0123456789ab`, `workaround merged, thanks`, `whitelist merged with your ack`
_SHORT_NOUN: Final = compile_later(
    rf"{INTROS}(?!(?:nothing|none|nobody|not|never|to|be|been|get|gets|got|is|are|was|were|has|have|had|I|we|he|she|they|you|it|that|which|who)\b)"
    r"(?:(?:the|this|your)\s)?[\w/.-]{3,}(?:\s(?!(?:not|never|to|be|been|get|gets|got|has|have|had|will|can)\b)[\w/.-]{3,})?\s",
    re.IGNORECASE,
)
_TAKEN_WITH: Final = re.compile(
    rf",\s(?:thanks|thank\syou)\b|\sas\s[0-9a-f]{{8,40}}\b|{_WITH_TAG.pattern}", re.IGNORECASE
)
# `I've added a comment that explains why we pass with both results and` `pushed the patch`
_MY_LONG_DEED: Final = compile_later(
    rf"{INTROS}I{HAVE}\s(?:\w+\s)?(?!asked|heard|seen|been)\w+(?:ed|te|en|de|pt)\b"
)
_MY_DEED: Final = compile_later(rf"{INTROS}I{HAVE}?\s(?!saw|see|think|hope|wish|heard)\w+\s")
_UPSTREAM: Final = re.compile(
    r"\s(?:to|on|in|into|onto)\s(?:the\s)?(?:linux[-\s]next|mainline|upstream|linus|v?\d)",
    re.IGNORECASE,
)
_IN_LIST: Final = re.compile(r"\w{3,}(?:ed|en),\s$")
_FINE: Final = compile_later(
    rf"{INTROS}(?:(?:this|it|the\spatch|the\sseries)\s(?:is\s|looks\s))?(?:obviously\s|all\s|very\s|trivially\s)?"
    r"(?:correct|good|fine|ok|okay|nice|obvious|trivial|sane|reasonable)(?:\sto\sme)?\s?",
    re.IGNORECASE,
)
_NOT_MINE: Final = re.compile(
    r"\b(?:if|once|unless|until|will|would|should|can|could|may|might|must|please|he|she|they|you|it)\b",
    re.IGNORECASE,
)
_THE_SERIES: Final = re.compile(
    r"\s(?:up\s)?(?:(?:the|this|your|both|all)\s(?:whole\s)?(?:patch(?:es|-?set)?|series|set)|it|them)"
    r"\s?(?:[.,!]|$|thanks\b|to\b|for\b)",
    re.IGNORECASE,
)
_OTHER_SUBJECT: Final = re.compile(
    r"\b(?:it|this|that|these|which|who|they|he|she|you|is|are|was|were|will|to|patched|tested|tried"
    r"|built|booted|compiled|reverted|rebased|checked\sout|cloned)\b",
    re.IGNORECASE,
)
# `That used to be here, but has been pushed into the core`
_SOMETHING: Final = re.compile(
    rf"(?:\w+,\s)?(?:{INTRO}\s)*(?:(?i:that|which|there|he|she|we|you|I)\b"
    r"|(?i:the|a|an)\s(?!(?:\w+\s){0,2}(?:patch|series|set|fix|change|one)))"
)
# what makes `Moved the call after the check and applied to kvm/next` no deed of the sender
_NO_DEED: Final = re.compile(
    r"\b(?:if|once|unless|until|not|never|can|could|will|would|should|shall|may|might|must|needs?"
    r"|want|please|let|to\sbe)\b|n['’]t\b|['’]ll\b"
    r"|^(?:(?i:he|she|they|you|it|this|that|these|those|which|who|the|a|an|when|after|with)\b"
    r"|[A-Z]\w+\s(?:has|had|have|already|just|is|was|and)\b)"
)
# `Rob has already`, `Mary Ann just`; with no more than a name, a tree must be told
_SOMEBODY: Final = compile_later(
    rf"(?:that\s)?(?i:{INTRO}\s)*(?!(?:The|This|That|These|Those|It|They|He|She|You|We|I|If|When|Once|Which|Who"
    r"|After|Before|Since|As|Has|Have|Is|Was|Patch|Patches|Series|Both|All|None|Nothing|Nobody|No)\b)"
    r"(?P<who>(?:[A-Z][\w.-]+\s){1,2}|linus\s)(?P<surely>(?:(?:has|had|have|already|just|now|since|kindly|recently|meanwhile)\s)*)"
)
# `As it is apart from Ben's series I've applied this one`
_NOUNS: Final = frozenset({"series", "patch", "patches", "fix", "fixes", "change", "changes"})
# `You already queued this, but`, said to who did
_YOU: Final = compile_later(
    rf"(?:{INTRO}\s)*you{HAVE}?\salready\s"
    rf"|(?:.*\s)?(?:noticed|see|saw)(?:\sthat)?\syou{HAVE}?\s(?:(?:already|just|now)\s)?",
    re.IGNORECASE,
)
# `the workaround we applied`; but `the other day I applied`, `the first two I applied`
_RELATIVE: Final = re.compile(
    r"(?:^|\b(?:to|is|are|was|like|than|of|about|from|by|as|see|also|with)\s)"
    r"(?:the|an?|any|another|every|similar|such)\s"
    r"(?:(?!first|last|rest|other|next|remaining|meantime)[\w.'’/-]*[\w'’/-]\s){1,2}$",
    re.IGNORECASE,
)
# `The first two I've queued`
_FRONTED: Final = compile_later(
    rf"{INTROS}(?P<what>{NUMBERS}|(?:the\s)?{wording.ENDS}|patch(?:es)?\s{NUMBERS})\s",
    re.IGNORECASE,
)
_THE_PATCH: Final = re.compile(r"\s(?:the|this|that|your)\spatch(?:es)?\b(?!\s(?:to|into|in)\b)")
# what somebody else applied, up to its end: `this`, `both patches`, `4/4`
_ALL_OF_IT: Final = compile_later(
    r"\s(?:up\s)?(?:this(?:\sone)?|it|these|them|both|all|all\sof\s(?:them|these)"
    r"|(?:all\s(?:of\s)?)?(?:the|your|these|this)\s(?:whole\s)?(?:(?!original|other|previous|earlier|old)\w+\s){0,2}(?:series|set|patchset|patch(?:es)?)"
    rf"|(?:(?:the\s)?patch(?:es)?\s)?{NUMBERS})(?:\s(?:from|of)\sthis\sseries)?"
    r"(?=(?:\s(?:up|in))?(?:\s?[.,;:!?(–—]|$)|(?:\sup)?\s"
    + wording.any_of(
        "to into in on as and already for with yesterday today now last this a so but since before"
        " though because earlier too without through via from at when while anyway -- -"
    )
    + r"(?!\w)|\s\w+ly\b)"
)
# `It was picked up by Rob`
_DOER: Final = re.compile(
    r"(?:\s(?:up|in|already))?\sby\s(?P<whole>(?P<first>[A-Z][\w'’-]*\w)(?:\s[A-Z][\w'’-]*\w)?)"
)
# `First 5 patches: applied`, `This series, applied to kvm/next`
_HEADING: Final = compile_later(rf"(?:^|[.!]\s)(?P<what>{PATCHES})[:,]\s?$", re.IGNORECASE)
# `The patch, applied on top of it, survives a test`
_GOES_ON: Final = re.compile(r"\s[^.;,]{3,60},\s(?!thanks\b|as\b|this\b|cheers\b)[a-z]+s\s")
# `Thanks for the suggestions, applied` is what is said of a next version
_WISHES: Final = re.compile(
    r"\bfor (?:the|your|all)?[^.,!]{0,20}?(?:suggestion|comment|advice|hint|tip|feedback|idea)s?"
    rf"\W*(?:{ADVERB}\s)*$",
    re.IGNORECASE,
)
# `… and pushed, thanks`, `… and pushed both patches, thanks`
_THANKED_FOR: Final = re.compile(
    r"(?:\s(?:the|both|all|this|these|your)\s(?:whole\s|two\s|three\s)?(?:patch\w*|series|set))?"
    r",?\s(?:thanks|thank\syou|thx|sorry)\b"
)


def read_subject(
    before: str, initial: str, after: str, knows: Callable[[str], bool]
) -> tuple[Subject | None, str]:
    """Read what stands before a verb; with the words that name patches, or somebody.

    The clause begins after the last comma or bracket, or else after the last `and`: in
    `patches 1 and 2 are` that belongs to the subject.
    """
    before = _SMILEY.sub("", before.replace("()", ""))
    before = _QUOTED.sub("it", _BRACKETS.sub("", _NOTES.sub("", before)))
    start, is_aside = _find_clause(before, initial)
    if before[:start].endswith("\n") and _is_wrapped(before[: start - 1]):
        return None, ""
    head = " ".join(before[start:].split()) + " " * (start < len(before))
    joints = list(_CONJUNCTION.finditer(head))
    joint = joints[-1] if joints else None
    tail = head[joint.end() :] if joint else head
    for clause in (tail, head):
        if match := _SENDER.search(clause):
            word = (match["word"] or "").lower()
            fronted = word in {"these", "those"} and match.start() == 0  # `These I've queued`
            if is_aside and initial in "aA" and _THE_PATCH.match(after):
                return None, ""  # a tester's `(I just applied this patch)`
            said = _is_said(match, clause) or (
                word in _NOUNS
                and CONDITION.search(clause) is None
                and _ALL_OF_IT.match(after) is not None
            )
            if said and (front := _FRONTED.fullmatch(clause[: match.start("who")])):
                return "sender", front["what"]
            return ("sender" if said else None), ("the rest" if said and fronted else "")
    if is_aside and (not head.startswith("and ") or _THE_PATCH.match(after)):
        return None, ""  # `commit 0123456789ab (merged in v5.4)`
    if what := _read_patches(head, tail, joint) or _read_cause(head):
        return "patches", what
    if re.search(r"\bha(?:s|ve)\sbeen\s$", head) and _SOMETHING.match(" ".join(before.split())):
        return None, ""
    if _ELIDED.fullmatch(head):
        heading = _HEADING.search(before[:start]) if not head.strip() else None
        if heading and _GOES_ON.match(after):
            return None, ""
        return ("patches", heading["what"]) if heading else _read_elided(head, before[:start])
    cause = _CAUSE.fullmatch(head)
    told = cause["clause"] if cause else head
    told = re.sub(r".*\bnotification\s(?=that\s)", "", told)
    if (match := _SOMEBODY.fullmatch(told)) and _is_surely(match, after, knows):
        return "somebody", match["who"].strip()
    is_reason = cause is not None and re.fullmatch(rf"you{HAVE}?\s", told) is not None
    is_told = is_reason or (_YOU.fullmatch(told) is not None and DOUBTS.search(told) is None)
    if is_told and _ALL_OF_IT.match(after) and not re.search(r"\sinto?\s", after[:40]):
        return "somebody", "you"
    if initial in "mpqcMPQC" and _SHORT_NOUN.fullmatch(head) and _TAKEN_WITH.match(after):
        return "nobody", ""
    if joint is None or _ELIDED.fullmatch(tail) is None:
        return None, ""
    # `when it is applied, tested and pushed to kvm/next`
    if _IN_LIST.search(before[:start]) and DOUBTS.search(before[:start]):
        return None, ""
    # `I've added it to have them defined and pushed, thanks` needs no further deed
    said = (
        _THANKED_FOR.match(after) is not None
        or _WITH_TAG.match(after) is not None
        or (initial in "mpqcMPQC" and _is_long_deed(before, after))
        or _is_joined(head, joint, before[:start])
        or _is_fine(head[: joint.start()], before[:start])
        or _takes_them_to_tree(f"{before[:start]}{head[: joint.start()]}", after)
        or (_goes_on_to_tree(after) and _NO_DEED.search(head[: joint.start()]) is None)
    )
    return ("nobody" if said else None), ""


def find_doer(after: str, knows: Callable[[str], bool]) -> str:
    """Return who did it, of those who are known to commit: `It was picked up by Rob`."""
    match = _DOER.match(after)
    return next(filter(knows, match.groups()), "") if match else ""


def _is_surely(somebody: re.Match[str], after: str, knows: Callable[[str], bool]) -> bool:
    """Whether it is told that somebody else applied these: `Rob has already applied this`."""
    named = _ALL_OF_IT.match(after)
    return named is not None and (
        somebody["surely"] != ""
        or knows(somebody["who"].strip())
        or _goes_on_to_tree(after[named.end() :])
    )


def _goes_on_to_tree(after: str) -> bool:
    """Whether a tree is told right after the verb: `applied to kvm/next`."""
    if re.match(r"\s(?:to|into|in|on)\s", after) is None:
        return False
    place = find_place(after[:160])
    return place is not None and place.is_sure and place.start <= 1


def _find_clause(before: str, initial: str) -> tuple[int, bool]:
    """Return where the last clause begins, and whether it is in brackets within a sentence."""
    breaks = list(_BREAK.finditer(before + initial))
    if not breaks:
        return 0, False
    last = breaks[-1]
    is_open = "(" in last[0] or "[" in last[0]
    if "--" in last[0] and before.rfind("(") > before.rfind(")"):
        return last.end(), True  # `dmesg of it (bad -- patch applied)`
    return last.end(), is_open and last.start() > 0 and before[: last.start()].strip() != ""


def _is_wrapped(above: str) -> bool:
    """Whether a clause goes on from the line above: `once`, and below it `Rob's rework is`."""
    line = above.rpartition("\n")[2]
    word = line.rpartition(" ")[2]
    return word.lower() in wording.NO_SENDER or DOUBTS.search(word) is not None


def _read_patches(head: str, tail: str, joint: re.Match[str] | None) -> str:
    """Return the words that name patches as the subject; empty if they do not."""
    lead = head[: joint.start()] if joint else ""
    is_joined = joint is not None and joint[1].lower() in {"and", "&"}
    for clause, leads in ((head, ""), (tail, lead)):
        if DOUBTS.search(leads) or (is_joined and re.search(r"\bwith(?:out)?\b", leads)):
            continue
        if leads and re.fullmatch(r"#?\d+\s", clause):
            continue  # `eager to get patches 1 and 2 merged`
        if match := _PASSIVE.fullmatch(clause):
            return match["what"]
        if match := _PRONOUN_PASSIVE.fullmatch(clause):
            return match["what"] or match["bare"]
    return ""


def _read_cause(head: str) -> str:
    """Return what is named by a clause that gives a reason, which is a fact: `Since it is merged`.

    `Broken since it was merged` is about a time, and something else.
    """
    match = _CAUSE.fullmatch(head)
    if match is None:
        return ""
    is_first = not match["lead"].strip() or _ELIDED.fullmatch(match["lead"]) is not None
    clause = match["clause"]
    word = match["word"].lower()
    is_bare = re.match(r"(?:this|it|they|these)\s", clause, re.IGNORECASE) is not None
    is_done = re.search(r"\bha(?:s|ve)\sbeen\b", clause) is not None and not is_bare
    is_sure = re.search(r"\balready\b", clause, re.IGNORECASE) is not None or is_done
    if not is_sure and (not is_first or word == "as" or word.endswith("though")):
        return ""
    if word.startswith("now") and is_bare:
        return ""  # `Now that this is merged`, whatever was spoken of
    what = _read_patches(clause, clause, None)
    return "" if is_of_others(what) else what  # `now that Ben's series has been queued`


def _read_elided(head: str, above: str) -> tuple[Subject | None, str]:
    """Read `Thanks, applied`: nobody is named, and the clause above must not doubt it."""
    is_joined = head.startswith(("and ", "And ", "& "))
    if is_joined and re.search(rf"{DOUBT}[^,;:\n]*\W*$", above, re.IGNORECASE):
        return None, ""
    return "nobody", ""


def is_wish(before: str) -> bool:
    """Whether what stands before a verb thanks for suggestions: `Thanks for the hint, applied`."""
    return _WISHES.search(before) is not None


def _is_joined(head: str, joint: re.Match[str], above: str) -> bool:
    """Whether `and applied` goes on with the sender's deeds: `I fixed the typo and applied`."""
    lead = head[: joint.start()]
    if re.search(r"\b(?:which|(?<!as\s)is|are|was|were|be)$|\bbetter\sto\b", lead):
        return False  # `It is better to have this in the series and merged at once`
    lead = re.sub(r"^(?:(?:so|and|but|then)\s)+", "", lead, flags=re.IGNORECASE)
    lead = re.split(r"\b(?:because|since|as|which|that|so|though)\b", lead, maxsplit=1)[0]
    doubted = lead if re.search(r"\b(?:I|we)\b", lead) else above + head[: joint.start()]
    if DOUBTS.search(doubted):
        return False
    if joint[1].lower() not in {"and", "&", "then"} or _DEED.match(lead) is not None:
        return True
    # `I have reworded the log, add a tag and merged`
    said = " ".join(f"{above}{lead}".split())
    return _MY_DEEDS.match(said) is not None and _OTHER_SUBJECT.search(said) is None


def _is_fine(lead: str, above: str) -> bool:
    """Whether the clause before `and merged` only praises: `obviously correct and merged`."""
    return _FINE.fullmatch(lead) is not None and DOUBTS.search(above) is None


def _takes_them_to_tree(lead: str, after: str) -> bool:
    """Whether it goes on as `I ran them on x86, arm and s390 and applied them to kvm/next` does."""
    named = _ALL_OF_IT.match(after)
    return (
        named is not None
        and _MY_DEED.match(lead) is not None
        and _NO_DEED.search(lead) is None
        and _OTHER_SUBJECT.search(lead) is None
        and _goes_on_to_tree(after[named.end() :])
        and _UPSTREAM.match(after[named.end() :]) is None
    )


def _is_long_deed(before: str, after: str) -> bool:
    """Whether a long clause tells of the sender: `I've said why we do so and pushed the patch`."""
    told = " ".join(before.split())
    return (
        _THE_SERIES.match(after) is not None
        and _MY_LONG_DEED.match(told) is not None
        and _NOT_MINE.search(told) is None
    )


def _is_said(sender: re.Match[str], clause: str) -> bool:
    """Whether `I've` is the sender's plain word: no `once I`, `the patch I`, `before I`."""
    word = (sender["word"] or "").lower()
    lead = clause[: sender.start("who")]
    lead = re.split(r"\bbecause\s", lead, flags=re.IGNORECASE)[-1]
    if re.search(
        r"\b(?:(?:know|note|see|say|fyi|notify|tell|mention|confirm|announce)(?: \w+){0,3} that"
        r"|looks like|(?:that(?:['’]s| is)|which is) why"
        r"|(?:here|this|that|below)(?:['’]s| is) what"
        r"|this(?:['’]s| is) the (?:one|version|patch|series)(?: that)?) $",
        lead,
        re.IGNORECASE,
    ):
        return True
    return (
        word not in wording.NO_SENDER and not DOUBTS.search(lead) and _RELATIVE.search(lead) is None
    )
