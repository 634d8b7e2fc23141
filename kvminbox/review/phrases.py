"""How people and programs say that patches were applied: the grammar of one sentence.

A claim has a verb, `applied` or `queued`. What stands before it in its clause tells who did
it: the sender (`I've now applied`, or nothing, `Thanks, applied`), or nobody in particular
(`patches 1-3 are queued`), or somebody else who surely did (`Rob has already applied this`).
What follows is what was applied, if that is said, then the tree
and the manner. A clause that fits nowhere is no claim: `Rob applied it`, `once it is applied`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.claim import AFTER, MAX_VERBS, NOBODY, Claim, Clause, People
from kvminbox.review.doers import find_doer, is_wish, read_subject
from kvminbox.review.doubts import is_doubtful
from kvminbox.review.marks import (
    BRANCH_WORD,
    MY_PATCH,
    PLANNED,
    SHOWN,
    TREE_WORD,
    TREE_WORDS,
    cut_clause,
)
from kvminbox.review.others import name_owned, tells_of_own
from kvminbox.review.scope import NUMBERS
from kvminbox.review.selection import find_more
from kvminbox.review.states import read_aside, read_state
from kvminbox.review.trees import Place, find_place
from kvminbox.review.trials import is_check
from kvminbox.review.wording import INTRO, PATCHES, PRONOUN

MAX_PARAGRAPH: Final = 1_000
"""Characters of a paragraph that are read."""
_GAP: Final = 25  # characters that may stand between what was added and the tree
_BEFORE: Final = 240
_VERB: Final = re.compile(
    rf"(?<![\w/-])(?<![^.]\.)(?:(?P<plain>{wording.PLAIN_VERBS})|(?P<object>{wording.OBJECT_VERBS})"
    rf"|(?P<tree>{wording.TREE_VERBS})|(?P<going>{wording.GOING_VERBS}))"
    r"(?![\w/=(]|-\w|\.\w|:\w|\s?!=)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])(?<!\s\.\.)(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\b[Pp]rev\.)(?<!\bcf\.)(?<!\bvs\.)(?<!\betc\.(?=\s[a-z]))(?<!\b(?:and|but)\.\.\.)(?:[)\"'](?<!\.\.\)))?\s|(?<=:[)/])\s|\n(?=[*•-]\s)|\n(?=\[\d{1,4}/\d{1,4}\])"
)
# `[01/13] -> [08/13]`
_JOINS: Final = r"\s?(?:->?|–|to|thru|through|,|and|&)\s?"
_BRACKETED: Final = re.compile(rf"\[(\d{{1,4}}/\d{{1,4}})\](?={_JOINS}\[\d)")
_LAST_BRACKETED: Final = re.compile(rf"(?<=/\d|\d\d)({_JOINS})\[(\d{{1,4}}/\d{{1,4}})\]")
# behind a word in the shape of a tree
_NO_TREE: Final = re.compile(
    r"\s(?:data|structs?|structures?|driver|code|class|core|header|file|function|device|node|binding"
    r"|module|subsystem's|config|table|list|array|object|interface)\b",
    re.IGNORECASE,
)
_NOTED: Final = re.compile(
    r"\b(?:this|that|another|a|the)\s(?:other\s)?(?:one|patch|series|fix|commit)\s\[\d{1,2}\]",
    re.IGNORECASE,
)
_OTHERS_TOLD: Final = re.compile(
    r"^(?:The|Those|Some|Other)\s(?:patch(?:es)?|series|changes?|commits?|fix(?:es)?)\s(?:in|that|which|from|by|I)\s"
)
# `Let's fix what was committed of my patch. Since the patch was merged to stable, …`
_MY_OWN: Final = re.compile(
    r"\bmy\s(?:\w+\s){0,2}?(?:patch(?:es|-?set)?|series|commit|fix)\b", re.IGNORECASE
)
_THAT: Final = re.compile(r"(?:the|that)\s(?:patch(?:-?set)?|series|commit|fix)", re.IGNORECASE)
_CITED: Final = re.compile(r"\b[0-9a-f]{8,40}\s\(\"")
_OBJECT_TEXT: Final = (
    r"(?:\s(?:up|out))?(?:\s(?:only|just|also|now|manually|already|locally|from(?=\s\d{1,3}\s?-\s?\d)))?\s"
    r"(?:(?:the|a)\s(?:\w+\s){1,2}(?:from|by)\s[A-Z]\w+\sand\s)?"
    rf"(?P<what>{PATCHES}|{PRONOUN}|{wording.PART}|(?:the\s)?(?:dts|dtsi|dt)(?=\s?[,.!]|\s(?:to|into|for)\s)|the\sresult|(?:the\s)?original(?:\sone)?)"
    + wording.FOLLOWS_OBJECT
)
_OBJECT: Final = compile_later(_OBJECT_TEXT, re.IGNORECASE)
_OBJECT_IN: Final = compile_later(rf"(?:\sin)?{_OBJECT_TEXT}", re.IGNORECASE)
_TAKES_IN: Final = frozenset({"pulled", "merged", "squashed", "folded", "took", "taken", "added"})
# `I also pulled in more fixes for the selftests`, which are others than these
_OTHERS_IN: Final = re.compile(
    r"\sin\s(?:some|more|several|a few|many|further|additional|other|two|three|four|five|\d+)"
    r"\s(?:\w+\s){0,2}?(?:fixes|changes|commits|patches)\b",
    re.IGNORECASE,
)
_NO_OBJECT: Final = re.compile(wording.FOLLOWS_VERB, re.IGNORECASE)
_NUMBERED: Final = re.compile(
    rf"\bpatch(?:es)?\s#?{NUMBERS}(?:(?:,|\sand|,\sand)\spatch\s#?{NUMBERS})*\b"
    r"|\b(?:first|last)\s(?:\d|two|three|four|five|six)\s(?:\w+\s)?patches\b"
    r"|\b\d{1,4}/\d{1,4}(?:\s?(?:-|,|and|&|to)\s?\d{1,4}/\d{1,4})+",
    re.IGNORECASE,
)
# `The timer patches look good, so I picked them`
_KINDS: Final = re.compile(
    r"\b[Tt]he\s(?!first|last|other|whole|remaining|rest|following|above|next|new|old)[\w-]+\spatches\b"
)
_COLON_NUMBERS: Final = re.compile(rf":\s\[?({NUMBERS})(?![\w/]|[.-]\w)")
# `Following patches are applied:`, and below it `[PATCH v6 5/7] arm64: a timer`
_LISTED: Final = re.compile(r"\n\[PATCH[^\]\n]{0,30}?\s(\d{1,3})/\d{1,3}\]")
# `applied to kvm/next patches 1-3`, `applied in kvm/next the two patches above`
_LATER: Final = compile_later(
    rf"\s(?P<what>{_NUMBERED.pattern}|(?:the|these|those)\s(?:\d|{wording.SMALL})\s(?:\w+\s)?patches)",
    re.IGNORECASE,
)
# `applied the timer changes in patch 2 and patch 4`
_IN_PATCHES: Final = re.compile(
    rf"\s(?:in|of|from)\s(?P<what>patch(?:es)?\s#?{NUMBERS}(?:(?:,|\sand)\spatch\s#?{NUMBERS})*)",
    re.IGNORECASE,
)
# `merged the patches to non-timer drivers`
_OF_TOPIC: Final = re.compile(
    r"\s(?:to|for|of|in|touching|against)\s(?:the\s)?(?:[\w./-]+\s){1,2}"
    r"(?:drivers?|boards?|platforms?|arch(?:itecture|e)?s?|subsystems?|devices?|socs?)(?=\s?(?:[.,;]|$)|\s(?:to|into|in|for|now)\b)",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(r"\b(?:patches|ones|changes|fixes|bits|parts)$", re.IGNORECASE)
_SOME_CHANGES: Final = re.compile(
    r"the\s(?:[\w./-]+\s){1,2}(?:changes|bits|parts|fixes|patches)", re.IGNORECASE
)
# `merged your branch and applied, 3,4,5,6 to kvm/next`
_COMMA_NUMBERS: Final = re.compile(rf",\s(?P<what>{NUMBERS})(?=\s(?:to|into|in|for)\b)")
# `Queued and 1-9 and 18, thanks`
_AND_NUMBERS: Final = re.compile(
    rf",?\s(?:and|[-–]{{1,2}})\s(?:patch(?:es)?\s)?(?=#?\d[\d/]*\s?(?:[-–~,&]|and\b|to\b))(?P<what>{NUMBERS})(?=\s?(?:[.!;,]|$)|\s(?:to|into|in|for)\b)"
)
# `These 2 patches look good to me. Applied.`
_PRAISED: Final = re.compile(
    rf"(?:{INTRO},?\s)*(?P<what>(?:these|both|all)\s(?:of\s)?(?:the(?:se)?\s)?(?:(?:\d{{1,2}}|{wording.SMALL})\s)?patches"
    r"|(?:the|this)\s(?:whole\s|entire\s)?(?:series|patch-?set))\s(?:all\s)?(?:looks?|seems?|is|are)\s(?:\w+\s){0,2}"
    r"(?:good|fine|ok|okay|great|nice|correct)\b(?![^.]*\b(?:but|except|though|however|apart)\b)",
    re.IGNORECASE,
)
# `staged it after kvm-next to give a view of changes in the arm tree`: what it is for, no place
_PURPOSE: Final = re.compile(
    r"\sto\s(?:provide|give|help|avoid|ease|show|expose|reduce|prevent)\s[^,.;]*"
    # `applied for next (as it does not apply on fixes)`
    r"|\b(?:as|since|because)\s(?:it|this|they)\s(?:does|do|did)(?:n['’]t|\snot)\sapply\b[^,.;)]*"
)
# `except for #1, which already went through the mm tree`
_OF_EXCEPTED: Final = re.compile(
    r"\b(?:except|apart\sfrom|other\sthan|minus|but|besides)\b[^.;]{0,60}?,?\s"
    r"(?P<clause>which\s(?:has|have|was|were|is|are|went|goes|will|should|needs?|already)\b[^,.;]*)"
)
# `I've queued this series now up until this patch`
# `LGTM, staged for 6.4-rc3`
_FOR_RELEASE: Final = re.compile(r"(?:\sup)?\sfor\s(?:the\s)?(?:v?\d+\.\d|-?rc|next\b|merge)")
_EXPECTED: Final = re.compile(r"\b(?:expect|expecting|assuming|hoping)\b", re.IGNORECASE)
_STABLE: Final = re.compile(r"(?:v|linux-)?\d+\.\d+\.y")
_BY_NAME: Final = re.compile(r"\s(?:from|by)\s([A-Z]\w+)(?=\s?(?:[.,;]|$|and\b))")
_UP_TO_THIS: Final = re.compile(
    r"(?:\snow)?,?\sup\s(?:to|until)\s(?:and\sincluding\s)?this\s(?:patch|one|point)\b",
    re.IGNORECASE,
)
_UP_TO_HERE: Final = re.compile(r"\s(?:up\sto|until)\s(?:and\sincluding\s)?here\b", re.IGNORECASE)
_THANKS: Final = re.compile(r"\b(?:thanks|thank\syou|thx)\b", re.IGNORECASE)
# `I'm queueing this`, `CCing Rob and applying, thanks`: what is done as it is said
_NOW: Final = frozenset({"applying", "queuing", "queueing", "merging"})
# `Merging both patches with this fix, thanks`
_IS_DOING: Final = re.compile(
    r"\s(?:separately|independently|now\s?(?:[.!]|$))|\sup\snow(?=\s?[.,!])"
    r"|(?:\sup)?\sfor\s(?:v?\d[\w.-]*\w|next|fixes)(?=\s?(?:[.,!]|$)|\swith\b)|(?:\swith\s[^.,;]{1,40}|\snow)?,?\s(?:thanks|thank\syou)\b",
    re.IGNORECASE,
)
_SO: Final = re.compile(
    r"(?:^|,\s)(?:therefore|thus|hence|so|I(?:['’]m|\sam)\stherefore)\s$", re.IGNORECASE
)
_FOR_A_RELEASE: Final = compile_later(
    rf"(?:{INTRO}[,.!]?\s)*(?:applying|queu?eing|queuing|merging)\sfor\s(?:v?\d[\w.-]*|-?rc\d*|next|fixes)"
    r"(?:\s(?:now|then|with\s[^.;?]{1,60}))?\s?(?:[.!,]\s?(?:thank.{0,40}|[A-Z]\w+)?)?",
    re.IGNORECASE,
)
# `Applying this one!`
_WHOLE_NOW: Final = compile_later(
    rf"(?:{INTRO},?\s)*(?:applying|queue?ing|merging)\s(?:{PATCHES}|{PRONOUN})\s?(?:now\s?)?[.!]",
    re.IGNORECASE,
)
_ENDED_UP: Final = re.compile(r"\bI(?:\sdid\send|\sended)\sup\s$")
# `Applied from patch 1 to 5`
_FROM_TO: Final = re.compile(
    r"\bfrom\s(?:patch(?:es)?\s)?#?(\d{1,3})\s(?:to|until|up\sto)\s(?:patch\s)?#?(\d{1,3})(?![\w.-])",
    re.IGNORECASE,
)
# `merged patches up to "[v3,04/10] a timer"`, `patches up to 4`
_UP_TO_NUMBER: Final = re.compile(
    r"\bpatches\sup\sto(?:\sand\sincluding)?\s(?:patch\s)?(?:[\"“]?\[[^\]\n]{0,30}?\b0*(\d{1,3})/\d{1,3}\](?:[^\"\n]{0,120}\")?"
    r"|#?(\d{1,3})(?![\w/]|[.-]\w))",
    re.IGNORECASE,
)
# `your (better) patch`
_ASIDE: Final = re.compile(
    r"(?<=\b(?:your|this)\s)\((\w+)\)(?=\s(?:patch|series|version|one|commit)\b)"
)
# `this (the timer) fix`, of several
_WHICH: Final = re.compile(
    r"\bthis\s\((the\s(?:[\w./-]+\s){0,2}[\w./-]+)\)(?=\s(?:patch|fix|one|commit)\b)", re.IGNORECASE
)
# `$subject series applied`
_SUBJECT: Final = re.compile(r"\$subject\s(?=(?:patch|series|set)\b)", re.IGNORECASE)
# `I"ve pushed it`, `Its applied`
_APOSTROPHE: Final = re.compile(r"(?<=\bI)[\"´`ʼ](?=(?:ve|m)\b)")
_ITS: Final = re.compile(
    r"\b[Ii]ts(?=\s(?:(?:now|already|all|been|just)\s){0,2}(?:applied|merged|queued|pushed|committed|landed|upstream|in)\b)"
)


def may_claim(text: str) -> bool:
    """Whether a text has any of the words that a claim needs; spares most texts the rest."""
    lowered = text.lower().replace("\n", " ")
    for verb in wording.ALL_VERBS:  # many texts: a generator for `any` takes twice the time
        if verb in lowered:
            return True
    if "dare" in lowered or " the liberty " in lowered or "i helped " in lowered:
        return True
    if (
        "ve merge " in lowered
        or "i merge " in lowered
        or "i push " in lowered
        or " boldly " in lowered
    ):
        return True
    if "is now commit" in lowered or "decided to " in lowered or " chose to " in lowered:
        return True
    if " a copy " in lowered or " before merge" in lowered:
        return True
    if "going to " in lowered and " now" in lowered:
        return True
    if "apply " in lowered or " reached " in lowered:
        return True
    if " my pull" in lowered or "now upstream" in lowered or "upstream now" in lowered:
        return True
    if lowered.startswith(("in my ", "in our ", "now in my ")) or " it's in my " in lowered:
        return True
    if "linux-next" in lowered and "pull request" in lowered:
        return True
    if "replaced" in lowered and (" in " in lowered or " branch " in lowered):
        return True
    # `It is in my tree`
    return (" in " in lowered or " on " in lowered or " part of " in lowered) and any(
        word in lowered for word in (*TREE_WORDS, "for-")
    )


def find_claims(paragraph: str, people: People = NOBODY) -> Iterator[Claim]:
    """Yield what the sentences of a paragraph say was applied; nothing of what they doubt.

    Args:
        paragraph: own text of a mail.
        people: those who are known to commit are believed to have done it without an
            `already` or a tree; the series' sender's patches are no other ones.
    """
    said = re.sub(r"[^\S\n]+", " ", paragraph[:MAX_PARAGRAPH])
    said = re.sub(r" ?\n ?", "\n", said)
    said = _LAST_BRACKETED.sub(r"\1\2", _BRACKETED.sub(r"\1", said))
    said = re.sub(r"(?<=#\d)\s\[\d{1,2}\](?=\s)", "", said)  # `#1 [1] and #2 [2]` has notes
    said = _FROM_TO.sub(r"patches \1-\2", said)
    said = _UP_TO_NUMBER.sub(lambda match: f"patches 1-{match[1] or match[2]}", said)
    said = _ASIDE.sub(r"\1", said)
    said = _WHICH.sub(r"\1", said)
    said = _APOSTROPHE.sub("'", said)
    said = _ITS.sub("It's", said)
    said = _SUBJECT.sub("this ", said)
    said = said.replace("patch(es)", "patches")
    said = re.sub(r"\b(patch)(?=\d{1,3}\b)", r"\1 ", said, flags=re.IGNORECASE)
    said = re.sub(r"(?<=\w-)\n(?=\w)", "", said)  # `next-` and `integrity-testing` below it
    left = MAX_VERBS
    sentences = _SENTENCE.split(said.strip())
    for place, sentence in enumerate(sentences):
        if left <= 0:
            return
        if not may_claim(sentence):
            continue
        verbs = list(islice(_VERB.finditer(sentence), left))
        left -= len(verbs)
        claims = [claim for verb in verbs if (claim := _read_claim(sentence, verb, people))]
        if [one.subject for one in claims] == ["nobody"] and not claims[0].named and place:
            claims = [replace(claims[0], named=_find_praised(sentences[place - 1]))]
        if not claims and (state := read_state(sentence, people.owns) or read_aside(sentence)):
            claims.append(state)
        if claims and place:  # which few sentences have: the others need no look at those above
            claims = _heed_above(claims, sentences[:place], sentence)
        yield from claims


def _heed_above(claims: list[Claim], above: list[str], sentence: str) -> list[Claim]:
    """Return the claims of a sentence without those that the ones above it are about."""
    # `I made a patch for it, and pushed it`
    if sentence.startswith("and ") and MY_PATCH.search(above[-1]):
        return []
    # `Got below patch for it. Also pushed to the timers branch.`
    if any(one.verb == "pushed" for one in claims) and any(map(SHOWN.search, above)):
        claims = [one for one in claims if one.verb != "pushed"]
    # `The patches in foo that do so are not merged. They are in linux-next.`
    if _OTHERS_TOLD.search(above[-1]):
        claims = [one for one in claims if not (one.verb == "in" and one.is_pronoun)]
    # `This conflicts with this one [1]. It is already queued.`
    if not sentence.startswith(("I ", "I'")) and _NOTED.search(above[-1]):
        claims = [one for one in claims if not one.is_pronoun]
    if _MY_OWN.search(above[-1]):
        claims = [replace(one, of_mine=one.of_mine or _is_that(one)) for one in claims]
    # `I sent a fix yesterday. It was merged.`
    if any(one.is_pronoun for one in claims) and tells_of_own(above[-1]):
        claims = [replace(one, of_mine=one.of_mine or _is_it(one)) for one in claims]
    # `The base moved with 0123456789ab ("x86: y"). This was merged into v4.20-rc2.`
    if _CITED.search(above[-1]):
        claims = [one for one in claims if not one.is_of_release]
    return claims


def _is_that(claim: Claim) -> bool:
    """Whether a claim may mean what the sentence before names: `the patch was merged`."""
    return claim.subject == "patches" and _THAT.fullmatch(claim.named) is not None


def _is_it(claim: Claim) -> bool:
    """Whether a claim may mean what the sentence before names: `it was merged`."""
    return claim.subject == "patches" and claim.is_pronoun


def _find_praised(sentence: str) -> str:
    """Return what a sentence praises, which a bare `Applied.` behind it means."""
    match = _PRAISED.match(sentence)
    return match["what"] if match else ""


def _read_claim(sentence: str, verb: re.Match[str], people: People) -> Claim | None:
    """Read the clause around a verb; None if it claims nothing."""
    before = sentence[max(0, verb.start() - _BEFORE) : verb.start()]
    after = sentence[verb.end() : verb.end() + AFTER]
    subject, what = read_subject(before, verb[0][0], after, people.knows)
    somebody, what = (what, "") if subject == "somebody" else (find_doer(after, people.knows), what)
    pattern = _OBJECT_IN if verb[0].lower() in _TAKES_IN else _OBJECT
    done = pattern.match(after) if subject != "patches" else None
    if subject is None or (done is None and not _ends_there(after)):
        return None
    if _OTHERS_IN.match(after):
        return None
    rest = after[done.end() :] if done else after
    topic = _OF_TOPIC.match(rest) if done and _SEVERAL.search(done["what"]) else None
    rest = rest[topic.end() :] if topic else rest
    inside = _IN_PATCHES.match(rest) if done and _SOME_CHANGES.fullmatch(done["what"]) else None
    rest = rest[inside.end() :] if inside else rest
    place = _find_place(rest, has_object=done is not None)
    if subject == "patches":
        what = _name(what, before)
    elif done and done["what"].lower() == "them":
        what = ""  # `patch 1 and patch 2 I have applied them`
    named = _name_listed(what, rest) or (
        _name_listed(_name(done["what"], before), rest) if done else _name_later(rest, place)
    )
    named = inside["what"] if inside else f"{named}{topic[0]}" if topic else named
    named = "all up to this one" if done and _UP_TO_THIS.match(rest) else named
    claim = Claim(
        sentence=" ".join(sentence.split()),
        verb=wording.MISSPELT.get(verb[0].lower(), verb[0].lower()).removesuffix("-up"),
        subject=subject,
        named=name_owned(named, people.owns),
        more=find_more(rest),
        tree=place.tree if place else "",
        has_tree=place is not None,
        somebody=somebody,
        is_wish=is_wish(before),
        is_tried=subject == "sender" and _is_tried(rest, place),
        of_mine=tells_of_own(before),
    )
    if not claim.has_tree and _is_by_another(claim, rest, people.owns):
        return None
    if not _is_enough(verb, claim, rest, place) or is_doubtful(Clause(claim, before, rest, place)):
        return None
    return claim


def _ends_there(after: str) -> bool:
    """Whether no object follows a verb, on its line or, where that is full, on the next one."""
    goes_on = re.match(r"\n(?=[a-z]|[A-Z][\w-]+(?:['’]s|s['’])\s)", after)
    return _NO_OBJECT.match(f" {after[1:]}" if goes_on else after) is not None


def _name(what: str, before: str) -> str:
    """Return what `them` stands for: `The first two patches look good, so I applied them`."""
    said = re.sub(r"\([^()]*\)", "", before)  # `(see my comments on patch 4), I took them`
    named = [match[0] for match in _NUMBERED.finditer(said)] or _KINDS.findall(said)
    return (
        named[-1] if named and what.lower() in {"they", "them", "these", "those", "both"} else what
    )


def _name_listed(what: str, rest: str) -> str:
    """Return what is named with the numbers after it: `the following patches: 1, 2`."""
    if not what.lower().endswith("patches"):
        return what
    match = _COLON_NUMBERS.match(rest)
    listed = [match[1]] if match else _LISTED.findall(rest) if "following" in what.lower() else []
    return f"{what} {', '.join(listed)}" if listed else what


def _name_later(rest: str, place: Place | None) -> str:
    """Return what is named after the tree: `Applied to kvm/next patches 1-3`."""
    if before_tree := _COMMA_NUMBERS.match(rest) or _AND_NUMBERS.match(rest):
        return before_tree["what"]
    after = rest[place.end :] if place else rest
    if _UP_TO_HERE.match(after):
        return "all up to this one"
    match = _LATER.match(after) if place else None
    return match["what"] if match else ""


def _find_place(rest: str, *, has_object: bool) -> Place | None:
    """Find the tree in the words that follow, up to the next verb or subject."""
    following = _VERB.search(rest)
    rest = cut_clause(rest[: following.start()] if following else rest)
    place = _find_outside(rest)
    if place is not None and PLANNED.search(rest[: place.start + 3]):
        return None  # `applied, dts changes should go to the arm tree`
    if place is not None and _EXPECTED.search(rest[: place.start]):
        return None  # `applied this, expecting the dts to go through the arm tree`
    is_far = place is not None and place.start > _GAP
    if is_far and not has_object and re.match(r"\s(?:in|to|into)\b", rest):
        return None  # `I pulled in some patches from fixes to next`
    return place


def _find_outside(rest: str) -> Place | None:
    """Find the tree; one in a clause that tells of something else has no name here."""
    said = rest
    for aside in (_PURPOSE.search(said), _OF_EXCEPTED.search(said)):
        if aside is not None:
            start, end = aside.span("clause" if "clause" in aside.groupdict() else 0)
            said = said[:start] + "." * (end - start) + said[end:]
    place = find_place(rest)
    if place is None or said == rest:
        return place
    return find_place(said) or replace(place, tree="")


def _is_tried(rest: str, place: Place | None) -> bool:
    """Whether it was tested, too, and went nowhere, or to a release: `to 6.15.y and booted`."""
    if place is None or not place.is_sure:
        return is_check(rest)
    return _STABLE.fullmatch(place.tree) is not None and is_check(rest[place.end :])


def _is_by_another(claim: Claim, rest: str, owns: Callable[[str], bool]) -> bool:
    """Whether it names a patch of somebody else: `I applied the original patch from Ben`."""
    match = _BY_NAME.match(rest)
    is_one = re.search(r"\b(?:patch(?:es)?|series|fix|version)$", claim.named) is not None
    return match is not None and is_one and claim.subject != "patches" and not owns(match[1])


def _is_enough(verb: re.Match[str], claim: Claim, rest: str, place: Place | None) -> bool:
    """Whether the words around a verb are enough for what the verb needs."""
    is_sure = place is not None and place.is_sure
    is_near = place is not None and (place.start <= _GAP or rest.startswith(" titled"))
    is_patches = claim.subject == "patches"
    before = verb.string[: verb.start()]
    if claim.subject == "somebody" and not claim.named:
        return False
    if verb["tree"]:
        is_vague = is_patches and claim.is_pronoun  # `it was added in llvm-13`
        # `to a branch`; `to the kvm-timer data structure`
        is_any = re.match(r"\s(?:in|to|into|on)\san?\s", rest) is not None
        if place is not None and _NO_TREE.match(rest, place.end):
            return False
        is_branch = place is not None and BRANCH_WORD.search(rest[place.start : place.end])
        if claim.verb == "moved" and not is_branch:
            return False  # `I moved it to the net/core directory`
        return (
            is_sure
            and is_near
            and not is_any
            and (not is_vague or TREE_WORD.search(rest) is not None)
        )
    if verb["going"]:
        is_condition = re.search(r"\bif\b", before, re.IGNORECASE)
        return is_condition is None and _goes_to(claim, before, rest, place if is_near else None)
    if verb["object"]:
        if claim.verb == "staged" and not is_patches and _FOR_RELEASE.match(rest):
            return True
        if is_sure or claim.somebody or (claim.named and not (is_patches and claim.is_pronoun)):
            return True
        if not is_patches and re.match(r"(?:\sup)?\sas[\s-]is\b", rest):
            return True
        if not is_patches and claim.verb in {"folded", "squashed"}:
            ends = re.match(
                r"\s(?:in|into|to|with)\s(?!just\b|what\b)|\s?[,.!]|\sas\s(?:\w+ed)\s?[.!]", rest
            )
            return ends is not None
        ends = re.match(
            r"(?:\s(?:up|in|out))?(?:\s(?:directly|separately|manually))?"
            r"(?:\s?[,.!]|\s(?:last|yesterday|today)\b)",
            rest,
        )
        is_alone = claim.subject == "nobody" and not re.search(r"\b(?:and|&)\s$", before)
        return is_alone and ends is not None
    return True


def _goes_to(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether `taking` is done: `I'm taking this in my tree`, `I'm picking it up as a fix`."""
    if place is not None and place.is_sure:
        ends = re.match(r"\s?(?:[,.!(]|$|thank|for\b|based\son\b|tho(?:ugh)?\b)", rest[place.end :])
        return claim.subject == "sender" or ends is not None
    if _WHOLE_NOW.fullmatch(claim.sentence) or _ENDED_UP.search(before):
        return claim.named != "" and re.fullmatch(r"\[?\d{1,2}\]?", claim.named) is None
    goes_on = re.match(
        r"(?:\sup)?\s(?:(?:right\s)?now\b|(?:below\sthe|despite|without|because|since)\b|as\s(?:a\s)?(?:fix|v?\d)|for\s(?:v?\d|-?rc|(?:fixes|next)\b))",
        rest,
    )
    ends = re.match(
        r"\s?(?:[.,;!]|$)|\sas\s(?:a\s)?(?:fix|v?\d)|\sbelow\s?[.:]|\s(?:separately|independently)\b",
        rest,
    )
    if claim.subject == "sender" and claim.verb in {"taking", "picking", "pulling"}:
        ends_here = re.match(r"(?:\sup)?(?:\sthen|\snow)?\s?(?:[.!]|$|,\sthank)", rest)
        if claim.named and ends_here:
            return True
    if claim.verb in _NOW and not claim.named and _FOR_A_RELEASE.fullmatch(claim.sentence):
        return True  # `Queuing for v5.3,`
    if claim.verb in _NOW and claim.named and _SO.search(before) and ends:
        return re.match(r"\s?(?:[.!]|$)", rest) is not None  # `…, therefore merging the tests.`
    if claim.verb in _NOW and (ends or (claim.named and (goes_on or _IS_DOING.match(rest)))):
        if claim.subject == "sender":
            return claim.named.lower() not in {"", "fixes", "patches"}
        is_material = re.match(r"\sas\sv?\d\S*\smaterial\b", rest) is not None
        if claim.named:
            return _IS_DOING.match(rest) is not None
        return is_material or _THANKS.search(claim.sentence) is not None
    return claim.subject == "sender" and bool(claim.named) and goes_on is not None
