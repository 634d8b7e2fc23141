"""Sentences that say so without a verb of their own: `It is in kvm/next`, `Got it queued`."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.claim import AFTER, PRONOUN_ALONE, Claim, Subject
from kvminbox.review.elsewhere import is_taken_back
from kvminbox.review.lines import tell
from kvminbox.review.marks import CONDITION, DEVELOPED, FOOTNOTE, PLANNED, TREE_WORD, UNREAL
from kvminbox.review.others import is_of_others, name_owned
from kvminbox.review.scope import NUMBERS
from kvminbox.review.shapes import read_shape
from kvminbox.review.trees import Place, find_place, is_upstream, read_place
from kvminbox.review.trials import is_trial
from kvminbox.review.wording import ADVERB, HAVE, INTROS, PATCHES, PRONOUN

# `your patch, which is now commit 0123456789ab ("KVM: x") in kvm/next`
_IS_COMMIT: Final = compile_later(
    rf"{INTROS}(?:for\s)?(?P<what>(?:your|this|the)\s(?:patch|series)),?\s(?:which\s)?is\snow\s"
    r"(?:upstream\s)?commit\s[0-9a-f]{8,40}\b",
    re.IGNORECASE,
)
# `This series is in the review-next branch now`
_IS_IN: Final = compile_later(
    rf"(?:[A-Z]\w+[:,]\s)?{INTROS}(?!those\b|that\b)(?P<what>{PATCHES}|{PRONOUN})(?:\s(?:is|are|(?:has|have)(?:\snow|\salready)?\sbeen|(?:appears?|seems?)\sto\sbe)(?:\spresent)?|['’](?:s(?:\sbeen)?|re))"
    r"(?:\s(?:now|already|currently|both|all))*(?:\s(?:sitting|staged))?(?:(?<=already)\sthere)?(?:(?=\s(?:in|on)\s)|\s(?:a\s)?part(?=\sof\s))"
    rf"|{INTROS}(?!those\b|that\b)(?P<gone>{PATCHES}|{PRONOUN})(?:\s(?:has|have))?"
    r"(?:\s(?:just|already|now))*\s(?:went|gone|landed|made\sit|appears|appeared|shows\sup|showed\sup)(?=\s(?:in|into)\s)",
    re.IGNORECASE,
)
# `this patch landed in linux-next as commit 0123456789ab`, wherever that is told
_AS_COMMIT: Final = compile_later(
    r".*?\b(?P<what>(?:this|your)\s(?:patch|change|series|patch-?set))(?:,\swhich)?(?:\s(?:is|was|got|has|have))?"
    r"(?:\s(?:been|now|just|already|recently))*"
    r"\s(?:applied|merged|landed|queued|committed|pushed|picked(?:\sup)?|accepted|included|went)\b"
    r"(?P<to>(?:\s(?:in|to|into|on)\s(?:the\s|today['’]s\s)?[\w./-]+(?:\s(?:tree|branch))?)?),?"
    r"\s(?:\(|as\s|via\s)(?:commit\s)?[0-9a-f]{8,40}\b",
    re.IGNORECASE,
)
# `I decided to queue this up for next`
_DECIDED: Final = compile_later(
    rf"{INTROS}I{HAVE}?\s(?:now\s|just\s)?(?:decided|chose|chosen)\sto\s(?:just\s)?"
    rf"(?:apply|queue|take|merge|pick)(?:\sup)?\s(?P<what>{PATCHES}|{PRONOUN})(?:\sup)?"
    r"(?=\s(?:for|to|into|as)\b|\s?[,.])",
    re.IGNORECASE,
)
# `Reworking it is late, as it's already in for-next`
_CAUSE_IS_IN: Final = compile_later(
    rf".*?(?:^|\s)(?:since|as|because|given(?:\sthat)?)\s(?P<what>{PATCHES}|{PRONOUN})(?:\s(?:is|are)|['’]s|['’]re)"
    r"\s(?:now\s)?already(?=\s(?:in|on)\s)",
    re.IGNORECASE,
)
# `In linux-next for a few days and pull requests sent`, which who commits says
_IN_NEXT_AND_SENT: Final = compile_later(
    rf"{INTROS}(?:(?P<what>{PATCHES}|{PRONOUN})(?:\s(?:is|are|was|were|(?:has|have)\sbeen)|['’]s(?:\sbeen)?)\s)?"
    r"(?:(?:now|already|both|all)\s)*in\s(?P<tree>linux-next)\b[^.;:?!]{0,60}?(?:,|\sand)\s(?:the\s|my\s|a\s)?"
    r"(?:(?:pull\s?-?requests?|PRs?)\s(?:(?:is|are|was|were|(?:has|have)\sbeen)\s)?(?:(?:now|already|just)\s)*sent"
    rf"|I{HAVE}?\s(?:just\s|already\s|now\s)?sent\s(?:the|a|my)\s(?:pull\s?-?requests?|PRs?))\b",
    re.IGNORECASE,
)
_OWN_QUEUE: Final = re.compile(
    r"\bmy (?:\w+ )?queue\b|\b(?:review(?:ing)?|to-?do) (?:queue|list|pile)\b"
    r"|\bv\d+\b|\bwork\b|\bwip\b|patchwork|\bfor (?:local )?testing\b"
    # `in my "to apply" queue`, which it has not left
    r"|\bmy [\"'“‘]?to[ -](?:be[ -]\w+|apply|review|do|read|look(?:[ -]at)?|test|check|merge|queue"
    r"|take|pick|process)[\"'”’]? (?:queue|list|tree|branch|pile|folder)\b",
    re.IGNORECASE,
)
_A_RELEASE: Final = re.compile(r"\bv\d+\.\d[\w.-]*", re.IGNORECASE)
# `the other change is in linux-next`
_THESE: Final = re.compile(
    r"\b(?:this|these|it|they|them|both|all|series|patch(?:es|set)?|set|everything|first|last|rest"
    r"|the\sothers)\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"\s?(?:[.!]|$)|,\s(?:thank|as\b)|\s\(with\b")
_WISHED: Final = re.compile(
    rf"{CONDITION.pattern}|\b(?:would|should|could|please|want|hope|not)\b|n['’]t\b", re.IGNORECASE
)
_BEHIND_COMMA: Final = re.compile(
    r"\b(?:this|these)\s(?:patch(?:es)?|series|patch\sseries)\b[^,;?]{0,60}[;,]\s(?=it['’]s\sin\s(?:linux)?-next\b)"
    r"|\b(?:this|these)\b[^,;?]{0,60},\s(?:but\s|and\s)?"
    r"(?=(?:it|they)(?:['’]s|['’]re|\sis|\sare)\s(?:(?:now|already)\s(?:in|on)|(?:in|on)\s\S+(?:\s\S+)?\s(?:now|already))\b)",
    re.IGNORECASE,
)
# `I changed the title before applying`, `The title lacked a prefix, fixed when applying, thanks!`
_ASIDE: Final = re.compile(
    rf"{INTROS}(?:.{{0,120}}(?:[,:]|\b(?:and|but|so))\s)?(?P<deed>(?:I{HAVE}?\s|(?P<who>(?-i:[A-Z])\w+)\s(?:has\s)?)?(?:{ADVERB}\s|slightly\s)*"
    + wording.any_of(
        "fixed changed dropped removed reworded added adjusted edited tweaked corrected modified"
        " left kept undid reverted rewrote rephrased squashed folded made did took_care_of"
        " replaced moved trimmed shortened renamed amended massaged switched swapped updated"
    )
    + r"\b(?:[^.;?]{1,120})?\s(?:when|while|whilst|before|at|upon)"
    r"\s(?:applying|queu?e?ing|merging|pushing|committing|(?<=before\s)(?:the\s)?merge"
    r"|(?:I|he|she|they)\s(?:applied|queued|merged|pushed|committed"
    r"|added(?=\s(?:it|this|them)\sto\s(?:my|our|the)\s(?:\S+\s)?tree\b)))"
    rf"(?:\s(?P<what>{PATCHES}|{PRONOUN}))?"
    r"(?:\s(?:for|to|into)\s(?:(?:my|our|the)\s)?\S{1,40})?(?:\s?(?:[.,!:;]|$)|\s(?:because|since|as)\b))",
    re.IGNORECASE,
)
# `I did fix the original while applying`, which is another patch than the one that is answered
_OF_ORIGINAL: Final = re.compile(
    r"\bthe\soriginal(?:\s(?:patch(?:es|[\s-]?set)?|series|one))?\s(?:when|while|whilst|before|at|upon)\b",
    re.IGNORECASE,
)
# `I've dropped 10/11 and 11/11 when applying the series`
_LEFT_OUT: Final = re.compile(
    rf"\b(?:dropped|left\sout|removed|skipped)\s(?:patch(?:es)?\s)?(?P<numbers>{NUMBERS})(?=\s(?:when|while|whilst|before)\b)",
    re.IGNORECASE,
)


def read_state(sentence: str, owns: Callable[[str], bool]) -> Claim | None:
    """Read a sentence without a verb: `This series is in the review-next branch now`."""
    line = sentence.replace("\n", " ")
    # a look for a word spares compiling most patterns, which takes a hundredth of a second each
    lowered = line.lower()
    if "commit" in lowered and (match := _IS_COMMIT.match(line)):
        rest = re.sub(r"\s\(\".*\"\)", "", sentence[match.end() : match.end() + AFTER])
        return tell(sentence, "in", "patches", match["what"], rest)  # the tree is behind the title
    if (match := _AS_COMMIT.match(line)) and not UNREAL.search(match[0]):
        return tell(sentence, "merged", "patches", match["what"], match["to"])
    match = _IN_NEXT_AND_SENT.match(line) if "linux-next" in lowered else None
    if match and not UNREAL.search(line):
        told = tell(sentence, "in", "patches", match["what"] or "", "")
        return replace(told, tree=match["tree"], has_tree=True, by_committer=True)
    decided = "decided" in lowered or "chose" in lowered
    if decided and (match := _DECIDED.match(line)) and not sentence.endswith("?"):
        rest = sentence[match.end() : match.end() + AFTER]
        if is_taken_back("queued", sentence, rest) or is_trial("taken", match["what"], rest):
            return None
        return tell(sentence, "queued", "sender", match["what"], rest)
    return read_shape(sentence, line) or _read_place(sentence, line, owns)


def _read_place(sentence: str, line: str, owns: Callable[[str], bool]) -> Claim | None:
    """Read where the patches are: `This series is in the review-next branch now`."""
    match = next(filter(None, map(_IS_IN.match, [line, *_list_clauses(line)])), None)
    line = match.string if match else line
    is_cause = (
        match is None and "already" in line.lower() and re.search(r"\bconflict", line) is None
    )
    if is_cause:
        match = _CAUSE_IS_IN.match(line)  # `since it's in kvm-next, your patch will conflict`
    what = (match["what"] or match.groupdict().get("gone") or "") if match else ""
    if (
        match is None
        or not _THESE.search(what)
        or is_of_others(name_owned(what, owns))
        or FOOTNOTE.fullmatch(what)
        or (sentence.rstrip().endswith("?") and not re.search(r"[,;]\s", line[match.end() :]))
        or _OWN_QUEUE.search(
            _without_releases(line[: match.end() + 40] if is_cause else sentence, what)
        )
    ):
        return None
    rest = line[match.end() : match.end() + AFTER]
    place = _find_state(sentence, rest, match)
    if place is None:
        return None
    after = rest[place.end :]
    is_pronoun = PRONOUN_ALONE.fullmatch(what) is not None
    if is_pronoun and re.match(r"\shere:?\s", after):
        return None  # `It's in my tree here: https://…`
    is_now = re.search(r"\b(?:now|already)\b", match[0]) is not None
    if is_pronoun and not is_now and match["what"] and re.match(r"\sbut\b", after):
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


def _find_state(sentence: str, rest: str, match: re.Match[str]) -> Place | None:
    """Return the tree that the patches are in; None where the words around it tell of no state.

    Args:
        sentence: the sentence.
        rest: what follows `it is`.
        match: `it is` itself.
    """
    if rest.startswith(" on top of "):
        return None  # `This patch is on top of -next`, which it was made for
    place = read_place(rest, len(" of ")) if rest.startswith(" of ") else find_place(rest)
    if place is None or not place.is_sure:
        return None
    is_new = re.search(r"\bnow\b", match[0]) is not None and DEVELOPED.fullmatch(place.tree)
    if not is_new and not TREE_WORD.search(sentence):
        return None
    if match.groupdict().get("gone") and place.start > 1:
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
    match = _ASIDE.match(said)
    if match is None or PLANNED.search(match["deed"]) or _OF_ORIGINAL.search(match["deed"]):
        return None
    who = match["who"] or ""
    subject: Subject = "somebody" if who else "sender"
    named = match["what"] or ""
    if left_out := _LEFT_OUT.search(match["deed"]):
        named = f"all but {left_out['numbers']}"
    return Claim(sentence=said, verb="applied", subject=subject, named=named, somebody=who)
