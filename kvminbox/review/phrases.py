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

from kvminbox.review import wording
from kvminbox.review.claim import AFTER, MAX_VERBS, NOBODY, Claim, Clause, People
from kvminbox.review.doers import find_doer, is_wish, read_subject
from kvminbox.review.doubts import is_doubtful
from kvminbox.review.enough import MAX_GAP, is_enough
from kvminbox.review.grammar import compile_words
from kvminbox.review.left_out import find_dropped
from kvminbox.review.marks import MY_PATCH, PLANNED, SHOWN, TREE_WORDS, cut_clause
from kvminbox.review.objects import (
    ends_there,
    find_praised,
    find_thanked,
    name_later,
    name_listed,
    name_meant,
    name_object,
    read_object,
)
from kvminbox.review.others import name_owned, tells_of_own
from kvminbox.review.program_words import read_formula
from kvminbox.review.selection import find_more
from kvminbox.review.sentences import read_sentences
from kvminbox.review.states import read_aside, read_state
from kvminbox.review.trees import (
    Place,
    find_bracketed,
    find_branch_for,
    find_linked_branch,
    find_place,
)
from kvminbox.review.trials import is_check
from kvminbox.review.wording import NOT

_BEFORE: Final = 240
_VERB: Final = compile_words(
    rf"(?<![\w/-])(?<![^.]\.)(?:(?P<plain>{wording.PLAIN_VERBS})"
    rf"|(?P<object>{wording.OBJECT_VERBS})|(?P<tree>{wording.TREE_VERBS})"
    rf"|(?P<going>{wording.GOING_VERBS}))"
    r"(?![\w/=(]|-\w|\.\w|:\w| ?!=)"
)
# any of these, for a quick look: the verbs, and what states are told by
_WORDS: Final = (
    *wording.ALL_VERBS,
    *("dare", " the liberty ", "i helped ", "ve merge ", "i merge ", "i push ", " boldly "),
    *("is now commit", "decided to ", " chose to ", "managed to ", " a copy ", " before merge"),
    *("apply ", " reached ", " my pull", "now upstream", "upstream now", " it's in my ")
)  # fmt: skip
_PAIRS: Final = (
    ("going to ", " now"), ("'ll pick ", " now"), ("'ll apply ", " now"), ("'ll queue ", " now"),
    ("applies to ", "thank"), ("linux-next", "pull request"), ("picked up", "http"),
    ("updated ", " to "), ("updated ", "next"), ("updated ", "fixes"), ("updated ", "for-linus"),
    ("now in ", "/dev"), ("now in ", "/stable")
)  # fmt: skip
# `I also pulled in more fixes for the selftests`, which are others than these
_OTHERS_IN: Final = compile_words(
    r" in (?:some|more|several|a few|many|further|additional|other|two|three|four|five"
    r"|\d+) (?:\w+ ){0,2}?(?:fixes|changes|commits|patches)\b"
)
_NOTED: Final = compile_words(
    r"\b(?:this|that|another|a|the) (?:other )?(?:one|patch|series|fix|commit) \[\d{1,2}\]"
)
_OTHERS_TOLD: Final = re.compile(
    r"^(?:The|Those|Some|Other)\s(?:patch(?:es)?|series|changes?|commits?|fix(?:es)?)\s(?:in|that|which|from|by|I)\s"
)
# `Let's fix what was committed of my patch. Since the patch was merged to stable, …`
_MY_OWN: Final = compile_words(r"\bmy (?:\w+ ){0,2}?(?:patch(?:es|-?set)?|series|commit|fix)\b")
_THAT: Final = compile_words("(?:the|that) (?:patch(?:-?set)?|series|commit|fix)")
_PLURAL: Final = compile_words("them|they|these|those")
# `I reviewed that part, too, and queued them. I'll go on with the rest tomorrow.`
_THAT_PART: Final = compile_words(r"\b(?:that|this|one) part\b")
_REST_LATER: Final = compile_words(
    r"\bI(?:'ll| (?:will|am going to|plan to|still (?:need|have) to))\b[^.;]{0,60}?\bthe (?:rest"
    r"|others|remaining)\b"
)
_IN_BRACKETS: Final = compile_words(
    r"\bpatch(?:es)? \[(?P<numbers>\d{1,4}(?: ?[-,] ?\d{1,4}){0,20})(?:/\d{1,4})?\]"
)
_HAD_SPLIT: Final = compile_words(
    r"\b(?:had|have|was|were|been) (?:it|this|that|them|these)? ?(?:split|separate[d]?|in two)\b"
    r"|\bsplit (?:it|this|that)\b"
)
# `I applied these with some changes: 1.`, and the first item behind it
_GOES_ON: Final = re.compile(r":\s(?:\d{1,2}[.)]|[-*•])$")
_CITED: Final = re.compile(r"\b[0-9a-f]{8,40}\s\(\"")
# `staged it after kvm-next to give a view of changes in the arm tree`: what it is for, no place
_PURPOSE: Final = re.compile(
    r"\sto\s(?:provide|give|help|avoid|ease|show|expose|reduce|prevent)\s[^,.;]*"
    # `applied for next (as it does not apply on fixes)`
    rf"|\b(?:as|since|because)\s(?:it|this|they)\s(?:does|do|did){NOT}\sapply\b[^,.;)]*"
)
# `except for #1, which already went through the mm tree`
_OF_EXCEPTED: Final = re.compile(
    r"\b(?:except|apart\sfrom|other\sthan|minus|but|besides)\b[^.;]{0,60}?,?\s"
    r"(?P<clause>which\s(?:has|have|was|were|is|are|went|goes|will|should|needs?|already)\b[^,.;]*)"
)
_EXPECTED: Final = compile_words(r"\b(?:expect|expecting|assuming|hoping)\b")
# `Applied kvm's patches to kvm-next`: not those of somebody called so
_TREES_OWN: Final = re.compile(r"(?P<who>[a-z][\w-]+)['’]s\s(?=(?:\w+\s)?patches\b)")
_STABLE: Final = re.compile(r"(?:v|linux-)?\d+\.\d+\.y")
# `in my local tree, will push them out soon`: whoever can push has a tree
_PUSHED_LATER: Final = compile_words(
    r" (?:in|on|to|into) (?:my|our) (?P<tree>local) (?:git )?(?:tree|branch|repo|repository"
    r"|queue)\b[^.;]{0,40}?\b(?:will|going to|about to|I'll|we'll) (?:also )?push\b(?! (?:a|the"
    r"|my)? ?(?:v\d|new))"
)
# `So pushed to autobuild without that patch.`, and which that is was said before
_WITHOUT_THAT: Final = compile_words(
    r"\bwithout (?:that|those|the other) (?:\w+ )?(?:patch(?:es)?|ones?|commits?)(?= ?(?:[.,;!)]"
    r"|$)| (?:for|to|as|since|because|until|in)\b)"
)
# `I've put these (along with the timer fix) on for-next`
_WITH_ASIDE: Final = re.compile(
    r"^\s\((?:(?:along|together)\s)?(?:with|and|plus)\s[^()\n]{1,60}\)(?=\s(?:to|in|into|on)\s)",
    re.IGNORECASE,
)
_BY_NAME: Final = re.compile(r"\s(?:from|by)\s([A-Z]\w+)(?=\s?(?:[.,;]|$|and\b))")


def may_claim(text: str) -> bool:
    """Whether a text has any of the words that a claim needs; spares most texts the rest."""
    lowered = text.lower().replace("\n", " ")
    for word in _WORDS:  # many texts: a generator for `any` takes twice the time
        if word in lowered:
            return True
    if lowered.startswith(("in my ", "in our ", "now in my ")):
        return True
    for word, other in _PAIRS:
        if word in lowered and other in lowered:
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
    left = MAX_VERBS
    sentences = read_sentences(paragraph)
    for place, sentence in enumerate(sentences):
        if left <= 0:
            return
        if not may_claim(sentence):
            continue
        verbs = list(islice(_VERB.finditer(sentence), left))
        left -= len(verbs)
        claims = [claim for verb in verbs if (claim := _read_claim(sentence, verb, people))]
        if len(claims) == 1 and place:
            claims = [_name_above(claims[0], sentences[place - 1])]
        if not claims and (state := read_state(sentence, people.owns) or read_aside(sentence)):
            claims.append(state)
        if not claims and people.has_program and (told := read_formula(sentence)):
            claims.append(told)
        if claims and place:  # which few sentences have: the others need no look at those above
            claims = _heed_above(claims, sentences[:place], sentence)
        if claims:
            claims = _heed_rest(claims, sentences[place + 1 : place + 2])
            claims = heed_dropped(claims, sentences[place + 1 :])
        yield from claims


def _name_above(claim: Claim, above: str) -> Claim:
    """Return a claim that names what the sentence above it does, if it only says `it`, or nothing.

    `These 2 patches look good. Applied.`, `Thank you for this v3 series. I applied it.`
    """
    if claim.subject == "nobody" and not claim.named:
        return replace(claim, named=find_praised(above))
    named = find_thanked(above) if claim.by_sender and claim.named.lower() == "it" else ""
    return replace(claim, named=named) if named else claim


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
    # `I've queued up my versions of patches [1-2/9].  They are present in the lamp branch.`
    numbered = _IN_BRACKETS.search(above[-1])
    if numbered and may_claim(above[-1]):
        named = f"patches {numbered['numbers']}"
        claims = [replace(one, named=named) if _is_they(one) else one for one in claims]
    if _MY_OWN.search(above[-1]):
        claims = [replace(one, of_mine=one.of_mine or _is_that(one)) for one in claims]
    # `I sent a fix yesterday. It was merged.`
    if any(one.is_pronoun for one in claims) and tells_of_own(above[-1]):
        claims = [replace(one, of_mine=one.of_mine or _is_it(one)) for one in claims]
    # `I had it split but that became difficult. It is test code so I merged it.`
    if _HAD_SPLIT.search(above[-1]):
        claims = [one for one in claims if one.has_tree or not _is_merged_it(one)]
    # `The base moved with 0123456789ab ("x86: y"). This was merged into v4.20-rc2.`
    if _CITED.search(above[-1]):
        claims = [one for one in claims if not one.is_of_release]
    return claims


def _is_merged_it(claim: Claim) -> bool:
    """Whether two patches may have become one: `I merged it`."""
    return claim.verb in {"merged", "folded", "squashed"} and claim.named.lower() == "it"


def _heed_rest(claims: list[Claim], following: list[str]) -> list[Claim]:
    """Return the claims of a sentence, with it noted where `them` is a part of the patches."""
    if not any(_PLURAL.fullmatch(one.named) for one in claims):
        return claims
    is_some = _THAT_PART.search(claims[0].sentence) or any(map(_REST_LATER.search, following))
    if not is_some:
        return claims
    return [replace(one, is_some=_PLURAL.fullmatch(one.named) is not None) for one in claims]


def heed_dropped(claims: list[Claim], following: list[str]) -> list[Claim]:
    """Return the claims of a sentence without the patches that those below it leave out.

    `I applied these with some changes: 1. I dropped patch 2. 2. I moved a test in patch 3.`
    """
    if not claims or not following:
        return claims
    last = claims[-1]
    if last.follows or last.subject == "somebody" or last.is_some:
        return claims
    cited = following[0] if _GOES_ON.search(last.sentence) else ""
    for sentence in following:
        if dropped := find_dropped(sentence):
            cited = f"{cited} … {sentence}" if cited and cited != sentence else sentence
            last = replace(last, dropped=(*last.dropped, *dropped))
    return [*claims[:-1], replace(last, follows=" ".join(cited.split()))]


def _is_that(claim: Claim) -> bool:
    """Whether a claim may mean what the sentence before names: `the patch was merged`."""
    return claim.subject == "patches" and _THAT.fullmatch(claim.named) is not None


def _is_they(claim: Claim) -> bool:
    """Whether a claim is about what the sentence before names: `they are queued`."""
    return claim.subject == "patches" and _PLURAL.fullmatch(claim.named) is not None


def _is_it(claim: Claim) -> bool:
    """Whether a claim may mean what the sentence before names: `it was merged`."""
    return claim.subject == "patches" and claim.is_pronoun


def _read_claim(sentence: str, verb: re.Match[str], people: People) -> Claim | None:
    """Read the clause around a verb; None if it claims nothing."""
    before = sentence[max(0, verb.start() - _BEFORE) : verb.start()]
    after = sentence[verb.end() : verb.end() + AFTER]
    subject, what = read_subject(before, verb[0][0], after, people.knows)
    if subject is None:
        return None
    somebody, what = (what, "") if subject == "somebody" else (find_doer(after, people.knows), what)
    done = read_object(verb[0], after) if subject != "patches" else None
    if (done is None and not ends_there(after)) or _OTHERS_IN.match(after):
        return None
    told = done.rest if done else after
    rest = _WITH_ASIDE.sub("", told)
    place = _find_place(rest, has_object=done is not None)
    if done:
        named = name_object(what, done, before)
    else:
        what = name_meant(what, before) if subject == "patches" else what
        named = name_listed(what, rest) or name_later(rest, place)
    claim = Claim(
        sentence=" ".join(sentence.split()),
        verb=wording.MISSPELT.get(verb[0].lower(), verb[0].lower()).removesuffix("-up"),
        subject=subject,
        named=name_owned(named, people.owns),
        more=find_more(told),
        tree=place.tree if place else "",
        has_tree=place is not None,
        somebody=somebody,
        is_wish=is_wish(before),
        is_tried=subject == "sender" and _is_tried(rest, place),
        is_some=_WITHOUT_THAT.search(cut_clause(rest)) is not None,
        of_mine=tells_of_own(before),
    )
    claim = _heed_tree(claim)
    if not claim.has_tree and _is_by_another(claim, rest, people.owns):
        return None
    clause = Clause(claim, before, rest, place)
    if not is_enough(verb, clause) or is_doubtful(clause):
        return None
    # what was pushed is often only shown there
    branch = "" if place or claim.verb == "pushed" else find_linked_branch(rest)
    branch = branch or ("" if place else find_bracketed(rest))
    if branch:
        return replace(claim, tree=branch, has_tree=True)
    is_done = claim.subject != "somebody" and not claim.has_tree
    return replace(claim, tree_for=find_branch_for(rest)) if is_done else claim


def _heed_tree(claim: Claim) -> Claim:
    """Return a claim whose words name those patches that are a tree's as about some of them."""
    whose = _TREES_OWN.match(claim.named)
    if whose is None or whose["who"] not in re.split(r"\W+", claim.tree.lower()):
        return claim
    return replace(claim, named=f"the {claim.named[whose.end() :]}", is_some=True)


def _find_place(rest: str, *, has_object: bool) -> Place | None:
    """Find the tree in the words that follow, up to the next verb or subject."""
    if later := _PUSHED_LATER.match(rest):
        return Place(later["tree"].lower(), False, start=1, end=later.end("tree"))
    following = _VERB.search(rest)
    rest = cut_clause(rest[: following.start()] if following else rest)
    place = _find_outside(rest)
    if place is not None and PLANNED.search(rest[: place.start + 3]):
        return None  # `applied, dts changes should go to the arm tree`
    if place is not None and _EXPECTED.search(rest[: place.start]):
        return None  # `applied this, expecting the dts to go through the arm tree`
    is_far = place is not None and place.start > MAX_GAP
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
