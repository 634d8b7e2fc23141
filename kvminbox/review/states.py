"""Sentences that say so without a verb of their own: `It is in kvm/next`, `Got it queued`."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.review.claim import AFTER, PRONOUN_ALONE, Claim, Subject
from kvminbox.review.grammar import (
    WHAT,
    Found,
    Phrase,
    compile_words,
    list_starts,
    match_behind_intros,
)
from kvminbox.review.lines import tell
from kvminbox.review.marks import CONDITION, DEVELOPED, FOOTNOTE, PLANNED, TREE_WORD, UNREAL
from kvminbox.review.others import is_of_others, name_owned
from kvminbox.review.scope import NUMBERS
from kvminbox.review.shapes import read_shape
from kvminbox.review.trees import Place, find_place, is_upstream, read_place
from kvminbox.review.wording import ADVERB, HAVE

# `your patch, which is now commit 0123456789ab ("KVM: x") in kvm/next`
_IS_COMMIT: Final = compile_words(
    r"(?:for )?(?P<what>(?:your|this|the) (?:patch|series)),? (?:which )?is now (?:upstream )?"
    r"commit [0-9a-f]{8,40}\b"
)
# `This series is in the review-next branch now`
_IS_IN: Final = Phrase(
    r"(?!those\b|that\b)<what>(?: (?:is|are|(?:has|have)(?: now| already)? been"
    r"|(?:appears?|seems?) to be)(?: present)?|'(?:s(?: been)?|re))"
    r"(?: (?:now|already|currently|both|all))*(?: (?:sitting|staged))?(?:(?<=already) there)?"
    r"(?:(?= (?:in|on) )| (?:a )?part(?= of ))"
)
# `It went into the review-next branch`
_WENT_IN: Final = Phrase(
    r"(?!those\b|that\b)<what>(?: (?:has|have))?(?: (?:just|already|now))*"
    r" (?:went|gone|landed|made it|appears|appeared|shows up|showed up)(?= (?:in|into) )"
)
_GREETING: Final = re.compile(r"[A-Za-z]\w+[:,]\s")
# `this patch landed in linux-next as commit 0123456789ab`, wherever that is told
_AS_COMMIT: Final = compile_words(
    r"\b(?P<what>(?:this|your) (?:patch|change|series|patch-?set))(?:, which)?"
    r"(?: (?:is|was|got|has|have))?(?: (?:been|now|just|already|recently))*"
    r" (?:applied|merged|landed|queued|committed|pushed|picked(?: up)?|accepted|included|went)\b"
    r"(?P<to>(?: (?:in|to|into|on) (?:the |today's )?[\w./-]+(?: (?:tree|branch))?)?),?"
    r" (?:\(|as |via )(?:commit )?[0-9a-f]{8,40}\b"
)
# `Reworking it is late, as it's already in for-next`
_CAUSE_IS_IN: Final = Phrase(
    r"(?:^| )(?:since|as|because|given(?: that)?) <what>(?: (?:is|are)|'s|'re) (?:now )?already"
    r"(?= (?:in|on) )"
)
_OWN_QUEUE: Final = re.compile(
    r"\bmy (?:\w+ )?queue\b|\b(?:review(?:ing)?|to-?do) (?:queue|list|pile)\b"
    r"|\bv\d+\b|\bwork\b|\bwip\b|patchwork|\bfor (?:local )?testing\b"
    # `in my "to apply" queue`, which it has not left
    r"|\bmy [\"'“‘]?to[ -](?:be[ -]\w+|apply|review|do|read|look(?:[ -]at)?|test|check|merge|queue"
    r"|take|pick|process)[\"'”’]? (?:queue|list|tree|branch|pile|folder)\b",
    re.IGNORECASE,
)
_A_RELEASE: Final = compile_words(r"\bv\d+\.\d[\w.-]*")
# `the other change is in linux-next`
_THESE: Final = compile_words(
    r"\b(?:this|these|it|they|them|both|all|series|patch(?:es|set)?|set|everything|first|last"
    r"|rest|the others)\b"
)
_ENDS: Final = re.compile(r"\s?(?:[.!]|$)|,\s(?:thank|as\b)|\s\(with\b")
_WISHED: Final = compile_words(
    rf"{CONDITION.pattern}|\b(?:would|should|could|please|want|hope|not)\b|n't\b"
)
_BEHIND_COMMA: Final = compile_words(
    r"\b(?:this|these) (?:patch(?:es)?|series"
    r"|patch series)\b[^,;?]{0,60}[;,] (?=it's in (?:linux)?-next\b)|\b(?:this"
    r"|these)\b[^,;?]{0,60}, (?:but |and )?(?=(?:it|they)(?:'s|'re| is| are) (?:(?:now"
    r"|already) (?:in|on)|(?:in|on) \S+(?: \S+)? (?:now|already))\b)"
)
# `I changed the title before applying`, `The title lacked a prefix, fixed when applying, thanks!`
_ASIDE: Final = compile_words(
    r"(?:.{0,120}(?:[,:]|\b(?:and|but|so)) )?"
    rf"(?P<deed>(?:I{HAVE}? |(?P<who>(?-i:[A-Z])\w+) (?:has )?)?(?:{ADVERB} |slightly )*"
    "(?:fixed|changed|dropped|removed|reworded|added|adjusted|edited|tweaked|corrected|modified"
    "|left|kept|undid|reverted|rewrote|rephrased|squashed|folded|made|did|took care of|replaced"
    "|moved|trimmed|shortened|renamed|amended|massaged|switched|swapped|updated)"
    r"\b(?:[^.;?]{1,120})? (?:when|while|whilst|before|at|upon)"
    r" (?:applying|queu?e?ing|merging|pushing|committing|(?<=before )(?:the )?merge"
    r"|(?:I|he|she|they) (?:applied|queued|merged|pushed|committed"
    r"|added(?= (?:it|this|them) to (?:my|our|the) (?:\S+ )?tree\b))))"
    r"(?: (?!because|since|as)(?P<what>[^.,!:;]{2,90}?))??"
    r"(?: (?:for|to|into) (?:(?:my|our|the) )?\S{1,40})?"
    r"(?: ?(?:[.,!:;]|$)| (?:because|since|as)\b)"
)
# `I did fix the original while applying`, which is another patch than the one that is answered
_OF_ORIGINAL: Final = compile_words(
    r"\bthe original(?: (?:patch(?:es|[ -]?set)?|series|one))? (?:when|while|whilst|before|at"
    r"|upon)\b"
)
# `I've dropped 10/11 and 11/11 when applying the series`
_LEFT_OUT: Final = compile_words(
    rf"\b(?:dropped|left out|removed|skipped) (?:patch(?:es)? )?(?P<numbers>{NUMBERS})(?="
    rf" (?:when|while|whilst|before)\b)"
)


def read_state(sentence: str, owns: Callable[[str], bool]) -> Claim | None:
    """Read a sentence without a verb: `This series is in the review-next branch now`."""
    line = sentence.replace("\n", " ")
    # a look for a word spares compiling most patterns
    if " commit " in line and (match := match_behind_intros(_IS_COMMIT, line)):
        rest = re.sub(r"\s\(\".*\"\)", "", sentence[match.end() : match.end() + AFTER])
        return tell(sentence, "in", "patches", match["what"], rest)  # the tree is behind the title
    if (match := _AS_COMMIT.search(line)) and not UNREAL.search(line[: match.end()]):
        return tell(sentence, "merged", "patches", match["what"], match["to"])
    return read_shape(sentence, line) or _read_place(sentence, line, owns)


def _find_in(line: str) -> tuple[Found, bool] | None:
    """Find `these are` before a tree, and whether they went there: `these landed`."""
    lead = _GREETING.match(line)
    greeted = list_starts(line, lead.end()) if lead else ()
    for start in (*greeted, *list_starts(line)):
        if found := _IS_IN.match(line, start):
            return found, False
    went = _WENT_IN.match_behind_intros(line)
    return (went, True) if went else None


def _read_place(sentence: str, line: str, owns: Callable[[str], bool]) -> Claim | None:
    """Read where the patches are: `This series is in the review-next branch now`."""
    if not any(word in line for word in (" in ", " on ", " into ", " of ")):
        return None
    found = None
    for clause in (line, *_list_clauses(line)):
        if told := _find_in(clause):
            line, (found, went) = clause, told
            break
    is_cause = found is None
    if is_cause and "already" in line and "conflict" not in line:
        went = False
        found = _CAUSE_IS_IN.search(line)  # `since it's in kvm-next, your patch will conflict`
    if found is None:
        return None
    what, lead = found.what, line[: found.end]
    if (
        not _THESE.search(what)
        or is_of_others(name_owned(what, owns))
        or FOOTNOTE.fullmatch(what)
        or (sentence.rstrip().endswith("?") and not re.search(r"[,;]\s", line[found.end :]))
        or _OWN_QUEUE.search(
            _without_releases(line[: found.end + 40] if is_cause else sentence, what)
        )
    ):
        return None
    rest = line[found.end : found.end + AFTER]
    place = _find_state(sentence, rest, lead, went=went)
    if place is None:
        return None
    after = rest[place.end :]
    is_pronoun = PRONOUN_ALONE.fullmatch(what) is not None
    if is_pronoun and re.match(r"\shere:?\s", after):
        return None  # `It's in my tree here: https://…`
    is_now = re.search(r"\b(?:now|already)\b", lead) is not None
    if is_pronoun and not is_now and not went and re.match(r"\sbut\b", after):
        return None  # `Look at that driver. It's in the timers tree but I think …`
    is_said = re.search(r"\b(?:now|already|thanks|thank\syou)\b", sentence, re.IGNORECASE)
    # `This is on fixes.` is believed of who commits; `It bisects to this. This is on kvm-next.`
    is_bare = is_pronoun and rest.startswith(" on ") and is_said is None
    if is_bare and not _ENDS.match(after):
        return None
    return Claim(
        sentence=" ".join(sentence.split()),
        verb="in",
        subject="patches",
        named=what,
        tree=place.tree,
        has_tree=True,
        by_committer=is_bare,
    )


def _without_releases(sentence: str, what: str) -> str:
    """Return a sentence without releases, which are no versions: `this is in my branch for v5.20`.

    What `it` is, and what Linus has for a release, is often another patch.
    """
    is_it = re.fullmatch(r"it|they", what, re.IGNORECASE) is not None
    return sentence if is_it or is_upstream(sentence) else _A_RELEASE.sub("", sentence)


def _find_state(sentence: str, rest: str, lead: str, *, went: bool) -> Place | None:
    """Return the tree that the patches are in; None where the words around it tell of no state.

    Args:
        sentence: the sentence.
        rest: what follows `it is`.
        lead: the words up to `it is`.
        went: whether it is `it went`.
    """
    if rest.startswith(" on top of "):
        return None  # `This patch is on top of -next`, which it was made for
    place = read_place(rest, len(" of ")) if rest.startswith(" of ") else find_place(rest)
    if place is None or not place.is_sure:
        return None
    is_new = re.search(r"\bnow\b", lead) is not None and DEVELOPED.fullmatch(place.tree)
    if not is_new and not TREE_WORD.search(sentence):
        return None
    if went and place.start > 1:
        return None  # `it went in a loop`
    if re.match(r"\s(?:already\s)?that\b", rest[place.end :]):
        return None  # `It is in kvm-next already that the timer is wrong`
    return place


def _list_clauses(line: str) -> list[str]:
    """Return what follows a dash: `Ignore this patch - it's already in my tree`.

    Or a comma, where it is said that it is so now: `I forgot this one, it's on for-next now`.
    """
    lead, *others = re.split(r"\s[-–—]{1,2}\s", line)
    if others:
        return [] if CONDITION.search(lead) else others
    match = _BEHIND_COMMA.search(line)
    if match is None or _WISHED.search(line[: match.end()]):
        return []
    return [line[match.end() :]]


def read_aside(sentence: str) -> Claim | None:
    """Read what is told of applying by the way: `I changed the title before applying`."""
    said = " ".join(sentence.split())
    match = match_behind_intros(_ASIDE, said)
    if match is None or PLANNED.search(match["deed"]) or _OF_ORIGINAL.search(match["deed"]):
        return None
    who = match["who"] or ""
    subject: Subject = "somebody" if who else "sender"
    named = match["what"] or ""
    if named and not WHAT.fullmatch(named):
        return None
    if left_out := _LEFT_OUT.search(match["deed"]):
        named = f"all but {left_out['numbers']}"
    return Claim(sentence=said, verb="applied", subject=subject, named=named, somebody=who)
