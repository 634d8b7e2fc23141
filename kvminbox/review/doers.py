"""Who did what a verb tells, by what stands before it: the sender, nobody, Rob, or the patches."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.review import wording
from kvminbox.review.claim import Subject
from kvminbox.review.grammar import (
    Phrase,
    compile_words,
    fullmatch_behind_intros,
    list_ends,
    list_starts,
    match_behind_intros,
)
from kvminbox.review.joined import ALL_OF_IT, WITH_TAG_TEXT, goes_on_to_tree, is_sender
from kvminbox.review.marks import CONDITION, DOUBTS
from kvminbox.review.others import is_of_others
from kvminbox.review.scope import NUMBERS
from kvminbox.review.wording import ADVERB, COPULA, DOUBT, HAVE

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
_CONJUNCTION: Final = compile_words("(?:^| )(and|but|so|then|thus|hence|therefore|&) ")
# `I've just`, `I went ahead and`, behind any other words of its clause
_SENDER: Final = compile_words(
    r"(?:^|(?P<word>[\w'’]+) )(?P<who>I|we)(?:'ve| have| has| had|'d(?= already )|'m| am|'re"
    r"| are| did| help(?:ed)?)? "
    f"(?:(?:gone|went) (?:ahead|on) (?:and )?|(?:ended|did end) up )?(?:(?:{ADVERB}|still) )*$"
)
# `The patch has been accepted and merged`
# `First 5 patches massaged and queued`
_ACCEPTED: Final = (
    r"(?:accepted|approved|included|massaged|reviewed|edited|adjusted|tweaked|amended|reworded|cleaned\sup|fixed\sup"
    r"|taken|picked(?:\sup)?)(?:\s(?:and|&))"
)
# `Since this series is already merged, …`, `but given it has been applied`
_CAUSE: Final = compile_words(
    r"(?P<lead>|.*(?<!\bsoon)(?<!\bfar)(?<!\blong)(?<!\bsuch)(?<!\bwell)(?<!\bsame)(?<!\beven)"
    r"(?<!\ba)(?<!\bthe) )(?P<word>since|given(?: that)?|because|now that|as|(?:even |al)?though)"
    r" (?P<clause>\S.*)"
)
_ALREADY: Final = rf"(?: (?:{ADVERB}|been|still|{_ACCEPTED}))* "
# behind words that name patches, and behind `it`
_ARE_DONE: Final = compile_words(rf"(?: (?:already|also|now|all|both))?(?: {COPULA})?{_ALREADY}")
_IS_DONE: Final = compile_words(rf"(?: already)? ?{COPULA}{_ALREADY}")
_PRONOUNS: Final = wording.set_of("this it them they these")
_NO_PATCHES: Final = compile_words(rf"those\b(?! (?:\d|{wording.SMALL}))|that\b")
_ONLY: Final = compile_words("(?:only|just) ")
_KINDS: Final = compile_words(rf"{wording.SET_OF_PATCHES}|{wording.KINDS_OF_PATCHES}")
# `Since there were no objections applied to kvm/next`
_UNOPPOSED: Final = r"(?:since|as|given) (?:[\w'’]+ ){1,5}(?:objections?|comments?|complaints?) "
_ELIDED: Final = compile_words(rf"(?:{_UNOPPOSED})?(?:(?:{ADVERB}|has been|have(?: been)?) )*")
# `pushed`, `merged`, `queued`: what may stand behind a noun, or a long clause
_NOUN_VERBS: Final = "mpqcMPQC"
# `Removal merged as 0123456789ab`, `workaround merged, thanks`, `whitelist merged with your ack`
_SHORT_NOUN: Final = compile_words(
    r"(?!(?:nothing|none|nobody|not|never|to|be|been|get|gets|got|is|are|was|were|has|have|had|I|we|he"
    r"|she|they|you|it|that|which|who)\b)(?:(?:the|this|your) )?[\w/.-]{3,}"
    r"(?: (?!(?:not|never|to|be|been|get|gets|got|has|have|had|will|can)\b)[\w/.-]{3,})? "
)
_TAKEN_WITH: Final = compile_words(
    rf", (?:thanks|thank you)\b| as [0-9a-f]{{8,40}}\b|{WITH_TAG_TEXT}"
)
# `That used to be here, but has been pushed into the core`
_SOMETHING: Final = compile_words(
    r"(?:that|which|there|he|she|we|you|I)\b"
    r"|(?:the|an?) (?!(?:\w+ ){0,2}(?:patch|series|set|fix|change|one))"
)
# `Rob has already`, `Mary Ann just`; with no more than a name, a tree must be told
_SOMEBODY: Final = compile_words(
    r"(?!(?:The|This|That|These|Those|It|They|He|She|You|We|I|If|When|Once|Which|Who|After|Before|Since"
    r"|As|Has|Have|Is|Was|Patch|Patches|Series|Both|All|None|Nothing|Nobody|No)\b)"
    r"(?P<who>(?:[A-Z][\w.-]+ ){1,2}|linus )"
    "(?P<surely>(?:(?:has|had|have|already|just|now|since|kindly|recently|meanwhile) )*)",
    flags=0,
)
# `I can see akpm picked these patches already`: a handle, and no other word before a verb
_HANDLE: Final = compile_words(
    r"(?:I (?:can |just |also )?(?:see|saw|notice|noticed)|(?:[Ii]t )?(?:[Ll]ooks like|[Ss]eems))"
    r" (?:that )?(?P<who>(?!(?:he|she|it|they|you|we|this|that|these|those|the|all|both|some"
    r"|someone|somebody|everybody|people|there|patch|patches|series|nobody|nothing|to)\b)"
    "[a-z][a-z0-9_-]{2,15} )"
    "(?P<surely>(?:(?:has|had|have|already|just|now) )*)",
    flags=0,
)
# `I think Rob already queued this up`
_THINKS: Final = re.compile(
    r"(?:(?:but|and|so|though)\s)?I\s(?:think|believe|guess|assume)\s(?:that\s)?(?=[A-Z]\w+\s(?:\w+\s)?already\s)"
)
# `As it is apart from Ben's series I've applied this one`
_NOUNS: Final = frozenset({"series", "patch", "patches", "fix", "fixes", "change", "changes"})
# `You already queued this, but`, said to who did
_YOU: Final = compile_words(
    rf"you(?:{HAVE}? already| already have) |(?:.* )?(?:noticed|see|saw)(?: that)? you{HAVE}? "
    "(?:(?:already|just|now) )?"
)
# `the workaround we applied`; but `the other day I applied`, `the first two I applied`
_RELATIVE: Final = compile_words(
    r"(?:^|\b(?:to|is|are|was|like|than|of|about|from|by|as|see|also|with) )(?:the|an?|any"
    r"|another|every|similar|such) (?:(?!first|last|rest|other|next|remaining"
    r"|meantime)[\w.'’/-]*[\w'’/-] ){1,2}$"
)
# `The first two I've queued`
_FRONTED: Final = compile_words(
    rf"(?P<what>{NUMBERS}|(?:the )?{wording.ENDS}|patch(?:es)? {NUMBERS}) "
)
# `Sorry for the delay I actually pulled this`
_FOR_THE_DELAY: Final = compile_words(
    r"^(?:sorry |(?:my )?apologies )?for the (?:\w+ )?(?:delay|reply|response|wait|silence) $"
)
_THE_PATCH: Final = re.compile(r"\s(?:the|this|that|your)\spatch(?:es)?\b(?!\s(?:to|into|in)\b)")
# `It was picked up by Rob`
_DOER: Final = re.compile(
    r"(?:\s(?:up|in|already))?\sby\s(?P<whole>(?P<first>[A-Z][\w'’-]*\w)(?:\s[A-Z][\w'’-]*\w)?)"
)
# `First 5 patches: applied`, `This series, applied to kvm/next`
_HEADING: Final = Phrase("(?:^|[.!] )<what>[:,] ?$")
# `The patch, applied on top of it, survives a test`
_GOES_ON: Final = re.compile(r"\s[^.;,]{3,60},\s(?!thanks\b|as\b|this\b|cheers\b)[a-z]+s\s")
# `Thanks for the suggestions, applied` is what is said of a next version
_WISHES: Final = compile_words(
    r"\bfor (?:the|your|all)?[^.,!]{0,20}?(?:suggestion|comment|advice|hint|tip|feedback|idea)s?"
    rf"\W*(?:{ADVERB} )*$"
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
    above = before[:start]
    if above.endswith("\n") and _is_wrapped(above[:-1]):
        return None, ""
    head = " ".join(before[start:].split()) + " " * (start < len(before))
    joint = next(reversed(list(_CONJUNCTION.finditer(head))), None)
    tail = head[joint.end() :] if joint else head
    for clause in (tail, head):
        if match := _SENDER.search(clause):
            if is_aside and initial in "aA" and _THE_PATCH.match(after):
                return None, ""  # a tester's `(I just applied this patch)`
            return _read_sender(match, clause, after)
    if is_aside and (not head.startswith("and ") or _THE_PATCH.match(after)):
        return None, ""  # `commit 0123456789ab (merged in v5.4)`
    if what := _read_patches(head, tail, joint) or _read_cause(head):
        return "patches", what
    if re.search(r"\bha(?:s|ve)\sbeen\s$", head) and _tells_of_something(before):
        return None, ""
    if fullmatch_behind_intros(_ELIDED, head):
        return _read_elided(head, above, after)
    if somebody := _read_somebody(head, after, knows):
        return "somebody", somebody
    is_noun = initial in _NOUN_VERBS and fullmatch_behind_intros(_SHORT_NOUN, head)
    if is_noun and _TAKEN_WITH.match(after):
        return "nobody", ""
    if joint is None or fullmatch_behind_intros(_ELIDED, tail) is None:
        return None, ""
    is_his = is_sender(above, head, joint, after, is_later=initial in _NOUN_VERBS)
    return ("nobody" if is_his else None), ""


def _read_sender(match: re.Match[str], clause: str, after: str) -> tuple[Subject | None, str]:
    """Read `I've`, with what stands before it: `these I've`, `the first two I've`."""
    word = (match["word"] or "").lower()
    is_noun = word in _NOUNS and CONDITION.search(clause) is None
    if not _is_said(match, clause) and not (is_noun and ALL_OF_IT.match(after)):
        return None, ""
    if front := fullmatch_behind_intros(_FRONTED, clause[: match.start("who")]):
        return "sender", front["what"]
    is_fronted = word in {"these", "those"} and match.start() == 0  # `These I've queued`
    return "sender", "the rest" if is_fronted else ""


def _read_somebody(head: str, after: str, knows: Callable[[str], bool]) -> str:
    """Return who else did it: `Rob` of `Rob has already`, or `you`."""
    cause = _CAUSE.fullmatch(head)
    told = cause["clause"] if cause else head
    told = re.sub(r".*\bnotification\s(?=that\s)", "", told)
    told = _THINKS.sub("", told)
    named = fullmatch_behind_intros(_SOMEBODY, told.removeprefix("that "))
    named = named or fullmatch_behind_intros(_HANDLE, told)
    if named and _is_surely(named, after, knows):
        return named["who"].strip()
    is_reason = cause is not None and re.fullmatch(rf"you{HAVE}?\s", told) is not None
    is_told = is_reason or (fullmatch_behind_intros(_YOU, told) and not DOUBTS.search(told))
    return "you" if is_told and ALL_OF_IT.match(after) else ""


def find_doer(after: str, knows: Callable[[str], bool]) -> str:
    """Return who did it, of those who are known to commit: `It was picked up by Rob`."""
    match = _DOER.match(after)
    return next(filter(knows, match.groups()), "") if match else ""


def is_wish(before: str) -> bool:
    """Whether what stands before a verb thanks for suggestions: `Thanks for the hint, applied`."""
    return _WISHES.search(before) is not None


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


def _is_said(sender: re.Match[str], clause: str) -> bool:
    """Whether `I've` is the sender's plain word: no `once I`, `the patch I`, `before I`."""
    word = (sender["word"] or "").lower()
    lead = clause[: sender.start("who")]
    lead = re.split(r"\bbecause\s", lead, flags=re.IGNORECASE)[-1]
    lead = _FOR_THE_DELAY.sub("", lead)
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


def _read_patches(head: str, tail: str, joint: re.Match[str] | None) -> str:
    """Return the words that name patches as the subject; empty if they do not."""
    lead = head[: joint.start()] if joint else ""
    is_joined = joint is not None and joint[1].lower() in {"and", "&"}
    for clause, leads in ((head, ""), (tail, lead)):
        if DOUBTS.search(leads) or (is_joined and re.search(r"\bwith(?:out)?\b", leads)):
            continue
        if leads and re.fullmatch(r"#?\d+\s", clause):
            continue  # `eager to get patches 1 and 2 merged`
        if what := _read_passive(clause):
            return what
    return ""


def _read_passive(clause: str) -> str:
    """Return the words for patches of `the first two patches have been`, `it is`, or `both`."""
    for start in list_starts(clause):
        if _NO_PATCHES.match(clause, start):
            continue
        only = _ONLY.match(clause, start)
        ends = list_ends(clause, only.end() if only else start)
        kind = _KINDS.match(clause, start)
        for end in (*ends, *((kind.end(),) if kind else ())):
            what = clause[start:end]
            is_bare = what.lower() in _PRONOUNS and not clause[:start].lower().endswith("also ")
            if (_IS_DONE if is_bare else _ARE_DONE).fullmatch(clause, end):
                return what
    return ""


def _tells_of_something(before: str) -> bool:
    """Whether it begins with what is no patch: `That used to be here, but has been`."""
    said = " ".join(before.split())
    name = re.match(r"\w+,\s", said)
    starts = (name.end(), 0) if name else (0,)
    return any(match_behind_intros(_SOMETHING, said, start) for start in starts)


def _read_cause(head: str) -> str:
    """Return what is named by a clause that gives a reason, which is a fact: `Since it is merged`.

    `Broken since it was merged` is about a time, and something else.
    """
    match = _CAUSE.fullmatch(head)
    if match is None:
        return ""
    is_first = not match["lead"].strip() or bool(fullmatch_behind_intros(_ELIDED, match["lead"]))
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


def _read_elided(head: str, above: str, after: str) -> tuple[Subject | None, str]:
    """Read `Thanks, applied`: nobody is named, and the clause above must not doubt it."""
    heading = _HEADING.search(above) if not head.strip() else None
    if heading and _GOES_ON.match(after):
        return None, ""
    if heading and heading.what.lower() not in _PRONOUNS | {"all", "both", "everything"}:
        return "patches", heading.what
    is_joined = head.startswith(("and ", "And ", "& "))
    above = re.sub(r"\bbefore\s\w+ing\b", "", above)  # `I reworded it before applying, and …`
    if is_joined and re.search(rf"{DOUBT}[^,;:\n]*\W*$", above, re.IGNORECASE):
        return None, ""
    return "nobody", ""


def _is_surely(somebody: re.Match[str], after: str, knows: Callable[[str], bool]) -> bool:
    """Whether it is told that somebody else applied these: `Rob has already applied this`."""
    named = ALL_OF_IT.match(after)
    if named is None:
        return False
    is_already = re.match(r"(?:\sup)?\salready\b", after[named.end() :]) is not None
    if somebody["who"][0].islower() and somebody["who"] != "linus ":
        return is_already or "already" in somebody["surely"]
    return (
        somebody["surely"] != ""
        or is_already
        or knows(somebody["who"].strip())
        or goes_on_to_tree(after[named.end() :])
    )
