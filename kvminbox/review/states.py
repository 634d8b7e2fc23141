"""Sentences that say so without a verb of their own: `It is in kvm/next`, `I have it queued`."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review import wording
from kvminbox.review.claim import AFTER, MAX_VERBS, PRONOUN_ALONE, Claim, Subject
from kvminbox.review.elsewhere import is_taken_back
from kvminbox.review.marks import BRANCH_WORD, CONDITION, DOUBTS, FOOTNOTE, PLANNED, TREE_WORD
from kvminbox.review.others import is_of_others, name_owned
from kvminbox.review.scope import NUMBERS
from kvminbox.review.trees import find_place, read_place
from kvminbox.review.trials import is_trial
from kvminbox.review.wording import ADVERB, HAVE, INTRO, INTROS, PATCHES, PRONOUN

# `your patch, which is now commit 0123456789ab ("KVM: x") in kvm/next`
_IS_COMMIT: Final = compile_later(
    rf"{INTROS}(?:for\s)?(?P<what>(?:your|this|the)\s(?:patch|series)),?\s(?:which\s)?is\snow\s"
    r"(?:upstream\s)?commit\s[0-9a-f]{8,40}\b",
    re.IGNORECASE,
)
# `This series is in the review-next branch now`
_IS_IN: Final = compile_later(
    rf"(?:[A-Z]\w+[:,]\s)?{INTROS}(?!those\b|that\b)(?P<what>{PATCHES}|{PRONOUN})(?:\s(?:is|are|(?:has|have)\sbeen|(?:appears?|seems?)\sto\sbe)(?:\spresent)?|['’](?:s(?:\sbeen)?|re))"
    r"(?:\s(?:now|already|currently|both|all))*(?:(?<=already)\sthere)?(?:(?=\s(?:in|on)\s)|\s(?:a\s)?part(?=\sof\s))"
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
_UNREAL: Final = re.compile(
    rf"{PLANNED.pattern}|\b(?:if|once|until|unless|whether)\s(?:\w+\s)?(?:this|your)\b|n['’]t\b",
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
# of these a claim has one that may begin within a sentence: `_GOT_IT`, `_I_MERGE`, `_DID`,
# `_BRANCH_REPLACED`
_WITHIN: Final = ("queued", "staged", "merge", "committed", "push", "did", "replaced")
_CLAUSE: Final = re.compile(r"[,;:]\s|\b(?:and|but|so)\s", re.IGNORECASE)
# `I'm going to merge this into kvm/next right now`
_RIGHT_NOW: Final = compile_later(
    rf"(?<![\w'’])I(?:['’]m|\sam)\s(?:just\s)?going\sto\s(?:go\s(?:ahead\s)?and\s)?"
    rf"(?:apply|queue|take|merge|pick|pull|push)(?:\sup)?\s(?P<what>{PATCHES}|{PRONOUN})(?:\sup)?"
    r"(?P<place>\s(?:to|into|in)\s[^.,;?]{1,60}?)\s(?:right\s)?now(?=\s?[.,!;]|$)",
    re.IGNORECASE,
)
# `Got it queued.`, `I have this queued up for v6.5`
_GOT_IT: Final = compile_later(
    rf"(?:{INTRO},?\s|[^\w\s]{{1,3}}\s)*(?:I{HAVE}?\s)?(?:now\s)?(?:got|have)\s(?P<what>{PATCHES}|{PRONOUN})\s"
    r"(?:now\s|all\s|already\s|both\s)?(?P<verb>queued|staged|merged|committed)(?:\sup)?"
    r"(?!\sto\s(?:send|post|submit|test)\b|\sfor\s(?:processing|(?:a\s)?review|testing|later|tomorrow|some|the\sweek))"
    r"(?=\s?(?:[.,!;]|$)|\s(?:for|in|to|into|now|already|locally)\b)",
    re.IGNORECASE,
)
# `Now in kvm.git#for-6.14, thanks`
_NOW_IN: Final = compile_later(rf"{INTROS}(?:now|already)(?=\s(?:in|on)\s)", re.IGNORECASE)
# `I dared to merge the patchset`, `I took the liberty of applying this`, `I helped to merge it`
_DARED: Final = compile_later(
    rf"(?<![\w'’])I{HAVE}?\s(?:dared?\sto\s(?:apply|merge|push|queue|commit)"
    r"|helped\s(?:to\s)?(?:merge|push|apply)"
    r"|(?:taken|took)\sthe\sliberty\s(?:to\s(?:apply|merge|push|queue|commit)|of\s(?:applying|merging|pushing|queue?ing)))"
    rf"(?:\sup)?(?:\s(?P<what>{PATCHES}|{PRONOUN})(?=\s?(?:[.,;:!(]|$)"
    r"|\s(?:for|to|into|as|with|already|now|and|since|because|directly)\b)|(?=\s?[.!]))"
    r"|(?<![\w'’])I\sdared\sto\s[^.,;?]{1,80}\sand\s(?:merge|apply|push)(?:\s(?:it|this))?(?=\s?[.!])",
    re.IGNORECASE,
)
# `In the meanwhile I merge the patch.`, `Thanks for your review, I push this series.`
_I_MERGE: Final = compile_later(
    rf"(?:{INTRO},?\s|in\sthe\smean(?:while|time)\s)*I\s(?:now\s|just\s|boldly\s)?(?:merge|push)"
    r"\s(?P<what>(?:this|the|your)\s(?:whole\s)?(?:patch(?:es|[\s-]?set)?|series))"
    r"(?=\s?(?:[.!]|$)|\s(?:because|since|with|to\smaster|directly)\b)",
    re.IGNORECASE,
)
# `I've merge it into kvm/next`, mistyped
_I_HAVE_MERGE: Final = compile_later(
    rf"(?:.{{0,120}}?\bso\s)?{INTROS}I['’]ve\s(?:now\s|just\s)?(?:merge|apply|queue|push)\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?P<place>\s(?:to|into)\s\S+)",
    re.IGNORECASE,
)
# `I did apply your patch before, since it is safer`
_DID: Final = compile_later(
    rf"{INTROS}I\sdid\s(?:\w+ly\s)?apply\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?:\sup)?(?=\s?(?:[.,;!]|$)|\s(?:previously|before|already|yesterday|earlier|for|to|into|now|last)\b)",
    re.IGNORECASE,
)
# `In my tree for the next release.`, `It's in my queue for 6.18.`
_IN_MINE: Final = compile_later(
    rf"{INTROS}(?:(?P<what>it|this|they|these)(?:['’]s|\sis|['’]re|\sare)\s)?(?:now\s)?in\s(?:my|our)\s(?:\S+\s)?(?:tree|queue|branch)"
    r"\sfor\s(?:the\s)?(?:next\s(?:release|cycle|merge|kernel)|v?\d+\.\d+|-?rc\d|upcoming)",
    re.IGNORECASE,
)
# `Apply on kvm/next, thanks`, of what is done
_APPLY_ON: Final = compile_later(
    rf"{INTROS}apply(?P<place>\s(?:on|to)\s[\w.-]+[/-][\w./-]*\w)(?=\s?(?:[.,!]|$)|\sthanks\b)",
    re.IGNORECASE,
)
# `this patch has reached -next`
_REACHED: Final = compile_later(
    rf"{INTROS}(?P<what>{PATCHES}|this)\s(?:has|have)\s(?:now\s|already\s|just\s)?reached\s"
    r"(?:the\s)?(?P<tree>(?:[\w./-]+[/-])?-?next|mainline)\b",
    re.IGNORECASE,
)
# `This was included in my pull request today`
_IN_MY_PULL: Final = compile_later(
    rf"{INTROS}(?P<what>(?:this|your|the)\s(?:patch(?:es|-?set)?|series)|this|it|these|they)"
    r"(?:['’]s|\s(?:is|are|was|were|(?:has|have)\sbeen))\s(?:now\s|already\s)?(?:included\s|part\s)?(?:in|of)\smy\s"
    r"(?:(?:last|latest|recent|previous)\s)?pull[\s-]request"
    r"(?=\s?(?:[.!]|$)|\s(?:today|yesterday|last|this|to|for|and\s(?:is|are)\snow)\b)",
    re.IGNORECASE,
)
# `This patch is upstream now.`, `This series is now upstream in Linus' tree.`
_UPSTREAM: Final = compile_later(
    rf"{INTROS}(?P<what>this(?:\s(?:patch|series))?|your\s(?:patch|series))\sis\s"
    r"(?:now\supstream(?=\s?(?:[.!]|$)|\sin\sLinus)|upstream\snow(?=\s?(?:[.!]|$)))",
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
_ADDED_TO_QUEUE: Final = compile_later(
    rf"{INTROS}added\sto\s(?:the\s|my\s|our\s)?queue(?=\s?(?:[.,!]|$)|\sthank)",
    re.IGNORECASE,
)
# `I've replaced v3 in kvm-next with this version`
_REPLACED: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)(?:now\s|just\s)?replaced\s"
    r"(?:v\d{1,2}|it|(?:the|your)\s(?:old|older|previous|earlier|original|first)\s(?:version|one|patch|series))"
    r"(?P<place>\s(?:in|on)\s.{1,60}?)\s(?:with|by)\s(?P<what>this(?:\s(?:one|version|patch|series))?"
    r"|(?:the|your)\s(?:new|updated)\s(?:version|one|patch|series)|v\d{1,2})(?=\s?(?:[.,;!]|$))",
    re.IGNORECASE,
)
# `I replaced my kvm/timers branch with this series`
_BRANCH_REPLACED: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)?(?:now\s|just\s)?replaced\s(?P<place>(?:my|the|our)\s\S+\s(?:branch|tree))"
    r"\s(?:with|by)\s(?P<what>this(?:\s(?:version|patch|series))|(?:the|your)\snew\s(?:version|series)|v\d{1,2})(?=\s?(?:[.,;!]|$))",
    re.IGNORECASE,
)
# `Here's what has been queued for v5.4-rc.`
_HERE_IS: Final = compile_later(
    rf"{INTROS}(?:here|this)(?:['’]s|\sis)\swhat(?:['’]s|\s(?:is|was|has|I{HAVE}?))(?:\s(?:been|just|now))*"
    r"\s(?P<verb>applied|queued|merged|committed|pushed)(?=\s?(?:[.,:!]|$)|\s(?:for|to|in|into)\b)",
    re.IGNORECASE,
)
# `I had to change a lot to apply this on for-next`, `I fixed it and have it on my timers branch`
_GOT_THERE: Final = compile_later(
    rf"{INTROS}I\s(?:had\sto\s[^.;?]{{3,80}}\sto\s(?:apply|merge|get)\s(?P<what>{PATCHES}|{PRONOUN})"
    rf"|[^.;?]{{3,80}}\sand\s(?:now\s)?have\s(?P<have>{PATCHES}|{PRONOUN}))(?P<place>\s(?:on|to|in|into)\s.*)",
    re.IGNORECASE,
)
# `Now added, will show up in linux-next after rc7`
_ADDED: Final = compile_later(
    rf"{INTROS}(?:now\s)?added(?:\snow)?,\s(?:and\s)?(?:it\s)?(?:will|should)\s(?:show\sup|appear|be)\s"
    r"(?=in\s(?:the\snext\s)?(?:linux)?-next\b)",
    re.IGNORECASE,
)
# `Had to apply this by hand.`
_BY_HAND: Final = compile_later(
    rf"{INTROS}(?:I\s)?had\sto\s(?:apply|merge)\s(?P<what>{PATCHES}|{PRONOUN})\s(?:by\shand|manually)\s?(?:[.!,]|$)",
    re.IGNORECASE,
)
# `I put a copy of this into mm.git`, `I grabbed a copy for the mm-unstable tree`
_COPY: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)(?:now\s|just\s)?(?:put|grabbed|took|taken|added|queued|have)\sa\scopy"
    rf"(?:\sof\s(?P<what>{PATCHES}|{PRONOUN}))?\s(?:for|in|into|to|on)(?=\s)",
    re.IGNORECASE,
)
# `LGTM (already merged)`
_ALREADY: Final = compile_later(
    rf"(?:{INTRO},?\s|lgtm\s)*\(?(?:already|now|just)\s(?P<verb>merged|applied|queued|pushed|committed)\)?(?:\s(?:tho|though|too|anyway|now))?\s?[.!,]?\s?(?:thanks?\b.{{0,20}})?$",
    re.IGNORECASE,
)
# `timer04 and timer05 merged`, by words of the titles that are in no dictionary
_CALLED: Final = r"(?=[\w./-]*[a-z])(?=[\w./-]*[\d_/])(?!v?\d|next|patch)[a-z][\w./-]*\w"
_CALLED_MERGED: Final = compile_later(
    rf"{INTROS}(?P<what>{_CALLED}(?:(?:,\s|\s(?:and|&)\s){_CALLED}){{0,6}})\s"
    r"(?:(?:is|are|has\sbeen|have\sbeen)\s)?(?:(?:now|also|already)\s)?(?P<verb>merged|applied|queued|pushed)"
    r"(?:\s(?:too|now|as\swell))?\s?(?:[.!]|$|,\sthank)",
    re.IGNORECASE,
)
# `'KVM: a timer' is queued up`
_TITLE_MERGED: Final = compile_later(
    rf"{INTROS}(?P<what>(?P<mark>[\"'])(?!.{{0,200}}\bthe\s(?=(?P=mark)))[^\"'\n]{{0,40}}:\s[^\"'\n]{{3,120}}(?P=mark))\s"
    r"(?:(?:is|was|has\sbeen|got)\s)?(?:(?:now|also|already)\s)?(?P<verb>merged|applied|queued|pushed|picked)"
    r"(?:\sup)?(?=\s?(?:[.!,;]|$)|\s(?:to|in|into|for|now|too)\b)",
    re.IGNORECASE,
)
# `Both patches accepted.`
_ACCEPTED: Final = compile_later(
    rf"{INTROS}(?P<what>(?:both|all|the|this|these|whole)\s(?:whole\s)?(?:\w+\s)?(?:patch(?:es|-?set)?|series|set))"
    r"\s(?:is\s|are\s)?(?:now\s)?accepted\s?(?:[.!,]\s?(?:thank.{0,30})?)?$",
    re.IGNORECASE,
)
# `I have these patches in my tree, starting with this commit`
_HAVE_IN: Final = compile_later(
    rf"{INTROS}I{HAVE}(?:\sgot)?(?:\snow|\salready)?\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?:\snow|\salready)?(?=\sin\s(?:my|our)\s(?:[\w./-]+\s)?(?:tree|branch)\b)",
    re.IGNORECASE,
)
# `I've dropped 10/11 and 11/11 when applying the series`
_LEFT_OUT: Final = re.compile(
    rf"\b(?:dropped|left\sout|removed|skipped)\s(?:patch(?:es)?\s)?(?P<numbers>{NUMBERS})(?=\s(?:when|while|whilst|before)\b)",
    re.IGNORECASE,
)
_OWN_QUEUE: Final = re.compile(
    r"\bmy (?:\w+ )?queue\b|\bv\d+\b|\bwork\b|\bwip\b|patchwork|\bfor (?:local )?testing\b"
    # `in my "to apply" queue`, which it has not left
    r"|\bmy [\"'“‘]?to[ -](?:be[ -]\w+|apply|review|do|read|look(?:[ -]at)?|test|check|merge|queue"
    r"|take|pick|process)[\"'”’]? (?:queue|list|tree|branch|pile|folder)\b",
    re.IGNORECASE,
)
# `the other change is in linux-next`
_THESE: Final = re.compile(
    r"\b(?:this|these|it|they|them|both|all|series|patch(?:es|set)?|set|everything|first|last|rest"
    r"|the\sothers)\b",
    re.IGNORECASE,
)


_GIVEN: Final = re.compile(
    rf"{CONDITION.pattern}|\b(?:as\slong\sas|assuming|provided)\b", re.IGNORECASE
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


def _told(sentence: str, verb: str, subject: Subject, what: str, rest: str) -> Claim:
    """Return a claim whose tree is in the words behind it."""
    place = find_place(rest)
    return Claim(
        sentence=" ".join(sentence.split()),
        verb=verb,
        subject=subject,
        named=what,
        tree=place.tree if place else "",
        has_tree=place is not None,
    )


def read_aside(sentence: str) -> Claim | None:
    """Read what is told of applying by the way: `I changed the title before applying`."""
    said = " ".join(sentence.split())
    match = _ASIDE.match(said)
    if match is None or PLANNED.search(match["deed"]):
        return None
    who = match["who"] or ""
    subject: Subject = "somebody" if who else "sender"
    named = match["what"] or ""
    if left_out := _LEFT_OUT.search(match["deed"]):
        named = f"all but {left_out['numbers']}"
    return Claim(sentence=said, verb="applied", subject=subject, named=named, somebody=who)


def _find_starts(line: str) -> list[int]:
    """Return where the clauses of a sentence begin, up to the first that doubts."""
    ends = (clause.end() for clause in islice(_CLAUSE.finditer(line), MAX_VERBS))
    return [0, *(end for end in ends if not DOUBTS.search(line[:end]))]


def _read_kept(sentence: str, line: str) -> Claim | None:
    """Read what the sender has: `Got it queued.`, `Now in kvm/next`, `I have these in my tree`."""
    if sentence.rstrip().endswith("?"):
        return None
    lowered = line.lower()
    starts = _find_starts(line) if any(word in lowered for word in _WITHIN) else []
    match = next(filter(None, (_GOT_IT.match(line, start) for start in starts)), None)
    if match:
        rest = line[match.end() : match.end() + AFTER]
        verb = match["verb"].lower()
        if is_taken_back(verb, sentence, rest) or is_trial(verb, match["what"], rest):
            return None
        return _told(sentence, verb, "sender", match["what"], rest)
    if match := _ADDED_TO_QUEUE.match(line):
        return _told(sentence, "queued", "nobody", "", line[match.end() :])
    if match := _IN_MY_PULL.match(line) or _UPSTREAM.match(line):
        return _told(sentence, "merged", "patches", match["what"], "")
    if match := _DARED.search(line):
        rest = line[match.end() : match.end() + AFTER]
        return _told(sentence, "merged", "sender", match["what"] or "", rest)
    if match := next(filter(None, (_I_MERGE.match(line, start) for start in starts)), None):
        rest = line[match.end() : match.end() + AFTER]
        return _told(sentence, "merged", "sender", match["what"], rest)
    if match := _I_HAVE_MERGE.match(line):
        return _told(sentence, "merged", "sender", match["what"], match["place"])
    if match := next(filter(None, (_DID.match(line, start) for start in starts)), None):
        rest = line[match.end() : match.end() + AFTER]
        if is_taken_back("applied", sentence, rest) or is_trial("applied", match["what"], rest):
            return None
        return _told(sentence, "applied", "sender", match["what"], rest)
    if match := _APPLY_ON.match(line):
        told = _told(sentence, "applied", "nobody", "", match["place"])
        return told if BRANCH_WORD.search(told.tree) or "/" in told.tree else None
    if (match := _REACHED.match(line)) and _UNREAL.search(match[0]) is None:
        return _told(sentence, "in", "patches", match["what"], f" in {match['tree']} tree")
    match = _RIGHT_NOW.search(line)
    if match and _GIVEN.search(line[: match.start()]) is None:
        told = _told(sentence, "queued", "sender", match["what"], match["place"])
        return told if told.has_tree else None
    if match := _REPLACED.match(line):
        told = _told(sentence, "queued", "sender", match["what"], match["place"])
        return told if told.has_tree else None
    if match := next(filter(None, (_BRANCH_REPLACED.match(line, one) for one in starts)), None):
        return _told(sentence, "queued", "sender", match["what"], f" to {match['place']}")
    if match := _HAVE_IN.match(line):
        # a tester says so, too: whether it is believed depends on who it is
        if is_trial("taken", match["what"], line[match.end() :]):
            return None
        told = _told(sentence, "taken", "sender", match["what"], line[match.end() :])
        is_local = re.match(r"\sin\s(?:my|our)\slocal\b", line[match.end() :]) is not None
        return replace(told, by_committer=is_local)
    if match := _COPY.match(line):
        told = _told(
            sentence, "taken", "sender", match["what"] or "this", f" in{line[match.end() :]}"
        )
        return told if told.has_tree else None
    if match := _HERE_IS.match(line):
        rest = line[match.end() : match.end() + AFTER]
        if is_taken_back(match["verb"].lower(), sentence, rest):
            return None
        return _told(sentence, match["verb"].lower(), "nobody", "", rest)
    if (match := _GOT_THERE.match(line)) and DOUBTS.search(line[: match.start("place")]) is None:
        place = find_place(match["place"])
        if place and place.is_sure and place.start <= 1 and BRANCH_WORD.search(match["place"]):
            what = match["what"] or match["have"]
            return _told(sentence, "applied", "sender", what, match["place"])
    if (match := _BY_HAND.match(line)) and not is_trial("applied", "", line[match.end() - 1 :]):
        return _told(sentence, "applied", "sender", match["what"], "")
    if _ADDED.match(line):
        return _told(sentence, "queued", "nobody", "", "")
    if match := _ALREADY.match(line) or _ACCEPTED.match(line):
        named = match.groupdict().get("what") or ""
        verb = (match.groupdict().get("verb") or "merged").lower()
        return _told(sentence, verb, "patches" if named else "nobody", named, "")
    if match := _CALLED_MERGED.match(line) or _TITLE_MERGED.match(line):
        rest = line[match.end() : match.end() + AFTER]
        if is_taken_back(match["verb"].lower(), sentence, rest):
            return None
        return _told(sentence, match["verb"].lower(), "patches", match["what"], rest)
    if match := _IN_MINE.match(line):
        return _told(sentence, "queued", "sender", match["what"] or "", "")
    if match := _NOW_IN.match(line):
        place = find_place(line[match.end() : match.end() + AFTER])
        end = match.end() + place.end if place else 0
        ends = re.match(r"\s?(?:[.,;!(]|$|as\scommit|thank|with\b)", line[end:])
        if place and place.is_sure and place.start <= 1 and ends and BRANCH_WORD.search(place.tree):
            return _told(sentence, "in", "nobody", "", line[match.end() :])
    return None


def read_state(sentence: str, owns: Callable[[str], bool]) -> Claim | None:
    """Read a sentence without a verb: `This series is in the review-next branch now`."""
    if match := _IS_COMMIT.match(sentence.replace("\n", " ")):
        rest = re.sub(r"\s\(\".*\"\)", "", sentence[match.end() : match.end() + AFTER])
        return _told(sentence, "in", "patches", match["what"], rest)  # the tree is behind the title
    line = sentence.replace("\n", " ")
    if (match := _AS_COMMIT.match(line)) and not _UNREAL.search(match[0]):
        return _told(sentence, "merged", "patches", match["what"], match["to"])
    if (match := _IN_NEXT_AND_SENT.match(line)) and not _UNREAL.search(line):
        told = _told(sentence, "in", "patches", match["what"] or "", "")
        return replace(told, tree=match["tree"], has_tree=True, by_committer=True)
    if (match := _DECIDED.match(line)) and not sentence.endswith("?"):
        rest = sentence[match.end() : match.end() + AFTER]
        if is_taken_back("queued", sentence, rest) or is_trial("taken", match["what"], rest):
            return None
        return _told(sentence, "queued", "sender", match["what"], rest)
    if found := _read_kept(sentence, line):
        return found
    match = next(filter(None, map(_IS_IN.match, [line, *_list_clauses(line)])), None)
    line = match.string if match else line
    is_cause = match is None and re.search(r"\bconflict", line) is None
    if is_cause:
        match = _CAUSE_IS_IN.match(line)  # `since it's in kvm-next, your patch will conflict`
    what = (match["what"] or match.groupdict().get("gone") or "") if match else ""
    if (
        match is None
        or not _THESE.search(what)
        or is_of_others(name_owned(what, owns))
        or FOOTNOTE.fullmatch(what)
        or (sentence.rstrip().endswith("?") and not re.search(r"[,;]\s", line[match.end() :]))
        or _OWN_QUEUE.search(line[: match.end() + 40] if is_cause else sentence)
    ):
        return None
    rest = line[match.end() : match.end() + AFTER]
    if rest.startswith(" on top of "):
        return None  # `This patch is on top of -next`, which it was made for
    place = read_place(rest, len(" of ")) if rest.startswith(" of ") else find_place(rest)
    if place is None or not place.is_sure or not TREE_WORD.search(sentence):
        return None
    if match.groupdict().get("gone") and place.start > 1:
        return None  # `it went in a loop`
    if re.match(r"\s(?:already\s)?that\b", rest[place.end :]):
        return None  # `It is in kvm-next already that the timer is wrong`
    if re.match(r"\shere:?\s", rest[place.end :]) and PRONOUN_ALONE.fullmatch(what):
        return None  # `It's in my tree here: https://…`
    is_said = re.search(r"\b(?:now|already|thanks|thank\syou)\b", sentence, re.IGNORECASE)
    # `This is on fixes.` is believed of who commits; `It bisects to this. This is on kvm-next.`
    is_bare = rest.startswith(" on ") and PRONOUN_ALONE.fullmatch(what) and not is_said
    if is_bare and not _ENDS.match(rest[place.end :]):
        return None
    is_any = PRONOUN_ALONE.fullmatch(what) and not re.search(r"\b(?:now|already)\b", match[0])
    if is_any and match["what"] and re.match(r"\sbut\b", rest[place.end :]):
        return None  # `Look at that driver. It's in the timers tree but I think …`
    return Claim(
        sentence=" ".join(sentence.split()),
        verb="in",
        subject="patches",
        named=what,
        tree=place.tree,
        has_tree=True,
        by_committer=bool(is_bare),
    )
