"""Sentences of one shape each: `Got it queued.`, `Had to apply it by hand`."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review.claim import Claim
from kvminbox.review.elsewhere import is_taken_back
from kvminbox.review.inferred import read_not_applied, read_thanks
from kvminbox.review.lines import Line, read_line
from kvminbox.review.marks import BRANCH_WORD, CONDITION, DOUBTS, UNREAL
from kvminbox.review.trees import find_linked_branch, find_place
from kvminbox.review.trials import is_trial
from kvminbox.review.wording import HAVE, INTRO, INTROS, PATCHES, PRONOUN


def read_shape(sentence: str, text: str) -> Claim | None:
    """Read a sentence that has one of the shapes; None if it has none, or asks.

    Args:
        sentence: the sentence.
        text: the same on one line.
    """
    if sentence.rstrip().endswith("?"):
        return None
    said = read_line(sentence, text)
    lowered = text.lower()
    for words, read in SHAPES:
        if any(word in lowered for word in words) and (claim := read(said)):
            return claim
    return None


_GOT_IT: Final = compile_later(
    rf"(?:{INTRO},?\s|[^\w\s]{{1,3}}\s)*(?:I{HAVE}?\s)?(?:(?:now|already|did)\s)*(?:got|have)\s(?P<what>{PATCHES}|{PRONOUN})\s"
    r"(?:now\s|all\s|already\s|both\s)?(?P<verb>queued|staged|merged|committed)(?:\sup)?"
    r"(?!\sto\s(?:send|post|submit|test)\b|\sfor\s(?:processing|(?:a\s)?review|testing|later|tomorrow|some|the\sweek))"
    r"(?=\s?(?:[.,!;]|$)|\s(?:for|in|to|into|now|already|locally)\b)",
    re.IGNORECASE,
)


def _read_got_it(said: Line) -> Claim | None:
    """Read `Got it queued.`, `I have this queued up for v6.5`."""
    match = said.match_within(_GOT_IT)
    return said.tell_match("sender", match["what"], match) if match else None


_ADDED_TO_QUEUE: Final = compile_later(
    rf"{INTROS}added\sto\s(?:the\s|my\s|our\s)?queue(?=\s?(?:[.,!]|$)|\sthank)",
    re.IGNORECASE,
)


def _read_added_to_queue(said: Line) -> Claim | None:
    """Read `Added to my queue, thanks`."""
    match = _ADDED_TO_QUEUE.match(said.text)
    return said.tell("queued", "nobody", "", said.text[match.end() :]) if match else None


_IN_MY_PULL: Final = compile_later(
    rf"{INTROS}(?P<what>(?:this|your|the)\s(?:patch(?:es|-?set)?|series)|this|it|these|they)"
    r"(?:['’]s|\s(?:is|are|was|were|(?:has|have)\sbeen))\s(?:now\s|already\s)?(?:included\s|part\s)?(?:in|of)\smy\s"
    r"(?:(?:last|latest|recent|previous)\s)?pull[\s-]request"
    r"(?=\s?(?:[.!]|$)|\s(?:today|yesterday|last|this|to|for|and\s(?:is|are)\snow)\b)",
    re.IGNORECASE,
)
_UPSTREAM: Final = compile_later(
    rf"{INTROS}(?P<what>this(?:\s(?:patch|series))?|your\s(?:patch|series))\sis\s"
    r"(?:now\supstream(?=\s?(?:[.!]|$)|\sin\sLinus)|upstream\snow(?=\s?(?:[.!]|$)))",
    re.IGNORECASE,
)


def _read_sent_on(said: Line) -> Claim | None:
    """Read `This was included in my pull request today`, `This series is now upstream`."""
    match = _IN_MY_PULL.match(said.text) or _UPSTREAM.match(said.text)
    return said.tell("merged", "patches", match["what"], "") if match else None


_DARED: Final = compile_later(
    rf"(?<![\w'’])I{HAVE}?\s(?:dared?\sto\s(?:apply|merge|push|queue|commit)"
    r"|helped\s(?:to\s)?(?:merge|push|apply)"
    r"|(?:taken|took)\sthe\sliberty\s(?:to\s(?:apply|merge|push|queue|commit)|of\s(?:applying|merging|pushing|queue?ing)))"
    rf"(?:\sup)?(?:\s(?P<what>{PATCHES}|{PRONOUN})(?=\s?(?:[.,;:!(]|$)"
    r"|\s(?:for|to|into|as|with|already|now|and|since|because|directly)\b)|(?=\s?[.!]))"
    r"|(?<![\w'’])I\sdared\sto\s[^.,;?]{1,80}\sand\s(?:merge|apply|push)(?:\s(?:it|this))?(?=\s?[.!])",
    re.IGNORECASE,
)


def _read_dared(said: Line) -> Claim | None:
    """Read `I dared to merge the patchset`, `I took the liberty of applying this`."""
    match = _DARED.search(said.text)
    return said.tell("merged", "sender", match["what"] or "", said.rest(match)) if match else None


_I_MERGE: Final = compile_later(
    rf"(?:{INTRO},?\s|in\sthe\smean(?:while|time)\s)*I\s(?:now\s|just\s|boldly\s)?(?:merge|push)"
    r"\s(?P<what>(?:this|the|your)\s(?:whole\s)?(?:patch(?:es|[\s-]?set)?|series))"
    r"(?=\s?(?:[.!]|$)|\s(?:because|since|with|to\smaster|directly)\b)",
    re.IGNORECASE,
)


def _read_i_merge(said: Line) -> Claim | None:
    """Read `In the meanwhile I merge the patch.`, `Thanks for your review, I push this series.`."""
    match = said.match_within(_I_MERGE)
    return said.tell("merged", "sender", match["what"], said.rest(match)) if match else None


_I_HAVE_MERGE: Final = compile_later(
    rf"(?:.{{0,120}}?\bso\s)?{INTROS}I['’]ve\s(?:now\s|just\s)?(?:merge|apply|queue|push)\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?P<place>\s(?:to|into)\s\S+)",
    re.IGNORECASE,
)


def _read_i_have_merge(said: Line) -> Claim | None:
    """Read `I've merge it into kvm/next`, which is mistyped."""
    match = _I_HAVE_MERGE.match(said.text)
    return said.tell("merged", "sender", match["what"], match["place"]) if match else None


_DID: Final = compile_later(
    rf"{INTROS}I\sdid\s(?:\w+ly\s)?apply\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?:\sup)?(?=\s?(?:[.,;!]|$)|\s(?:previously|before|already|yesterday|earlier|for|to|into|now|last)\b)",
    re.IGNORECASE,
)


def _read_did(said: Line) -> Claim | None:
    """Read `I did apply your patch before, since it is safer`."""
    match = said.match_within(_DID)
    if match is None:
        return None
    what, rest = match["what"], said.rest(match)
    if is_taken_back("applied", said.sentence, rest) or is_trial("applied", what, rest):
        return None
    return said.tell("applied", "sender", what, rest)


_APPLY_ON: Final = compile_later(
    rf"{INTROS}apply(?P<place>\s(?:on|to)\s[\w.-]+[/-][\w./-]*\w)(?=\s?(?:[.,!]|$)|\sthanks\b)",
    re.IGNORECASE,
)


def _read_apply_on(said: Line) -> Claim | None:
    """Read `Apply on kvm/next, thanks`, of what is done."""
    match = _APPLY_ON.match(said.text)
    told = said.tell("applied", "nobody", "", match["place"]) if match else None
    return told if told and (BRANCH_WORD.search(told.tree) or "/" in told.tree) else None


# `Thanks, applies to the kvm-next branch`, mistyped
_APPLIES: Final = compile_later(
    rf"(?=[^.]*\bthank){INTROS}applies(?P<place>\sto\s(?:the\s|my\s)?[\w./-]+(?:\s[\w./-]+)?\s(?:branch|tree))"
    r"(?:\sfor\sv?\d[\w.-]*\w)?(?=\s?(?:[.!]|$)|,\sthank)",
    re.IGNORECASE,
)


def _read_applies(said: Line) -> Claim | None:
    """Read `Thanks, applies to the kvm-next branch`, which is mistyped."""
    match = _APPLIES.match(said.text)
    return said.tell("applied", "nobody", "", match["place"]) if match else None


_REACHED: Final = compile_later(
    rf"{INTROS}(?P<what>{PATCHES}|this)\s(?:has|have)\s(?:now\s|already\s|just\s)?reached\s"
    r"(?:the\s)?(?P<tree>(?:[\w./-]+[/-])?-?next|mainline)\b",
    re.IGNORECASE,
)


def _read_reached(said: Line) -> Claim | None:
    """Read `this patch has reached -next`."""
    match = _REACHED.match(said.text)
    if match is None or UNREAL.search(match[0]):
        return None
    return said.tell("in", "patches", match["what"], f" in {match['tree']} tree")


_RIGHT_NOW: Final = compile_later(
    rf"(?<![\w'’])I(?:['’]m|\sam)\s(?:just\s)?going\sto\s(?:go\s(?:ahead\s)?and\s)?"
    rf"(?:apply|queue|take|merge|pick|pull|push)(?:\sup)?\s(?P<what>{PATCHES}|{PRONOUN})(?:\sup)?"
    r"(?P<place>\s(?:to|into|in)\s[^.,;?]{1,60}?)(?:\s(?:right\s)?now(?=\s?[.,!;]|$)"
    # `into lamps/dev, but I applied some tweaks`
    rf"|(?=,?\s(?:but|and)\sI{HAVE}?\s(?:applied|made|fixed|changed|tweaked|adjusted|edited)\b))",
    re.IGNORECASE,
)
_GIVEN: Final = re.compile(
    rf"{CONDITION.pattern}|\b(?:as\slong\sas|assuming|provided)\b", re.IGNORECASE
)
_REPLACED: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)(?:now\s|just\s)?replaced\s"
    r"(?:v\d{1,2}|it|(?:the|your)\s(?:old|older|previous|earlier|original|first)\s(?:version|one|patch|series))"
    r"(?P<place>\s(?:in|on)\s.{1,60}?)\s(?:with|by)\s(?P<what>this(?:\s(?:one|version|patch|series))?"
    r"|(?:the|your)\s(?:new|updated)\s(?:version|one|patch|series)|v\d{1,2})(?=\s?(?:[.,;!]|$))",
    re.IGNORECASE,
)


# `I'll pick this patch up now.`, by who can
_WILL_NOW: Final = compile_later(
    r"(?:.{0,60}?[,;:!]\s|(?:ok|okay|so|and|then|thanks)\s)?I['’]ll\s(?:apply|queue|pick)"
    r"(?:\sup)?\s(?P<what>(?:this|these|it|them|both|all)(?:\s(?:one|two|three|patch(?:es|-?set)?|series|fix))?|(?:the|your)\s(?:patch(?:es|-?set)?|series|fix))"
    r"(?:\s(?:up|in))?\s(?:right\s)?now(?=\s?(?:[.,!]|$)|\s(?:as|since|because)\b)(?!,?\s(?:so|and)\s(?:we|you|I)\scan\b)",
    re.IGNORECASE,
)


def _read_will_now(said: Line) -> Claim | None:
    """Read `I'll pick this patch up now.`, which is done as it is said."""
    match = _WILL_NOW.match(said.text)
    if match is None or _GIVEN.search(said.text):
        return None
    return replace(said.tell("picked", "sender", match["what"], ""), by_committer=True)


def _read_placed(said: Line) -> Claim | None:
    """Read `I'm going to merge it into kvm/next now`, `I've replaced v3 in kvm-next with this`."""
    match = _RIGHT_NOW.search(said.text)
    if match is None or _GIVEN.search(said.text[: match.start()]):
        match = _REPLACED.match(said.text)
    told = said.tell("queued", "sender", match["what"], match["place"]) if match else None
    return told if told and told.has_tree else None


# `I've finally managed to add the acks and wrestle this pile into docs-next`
_MANAGED: Final = compile_later(
    rf"{INTROS}(?:I{HAVE}?\s)?(?:finally\s|now\s|just\s)*managed\sto\s(?:[^.;,?]{{3,80}}\sand\s)?(?:finally\s)?"
    r"(?:get|wrestle|squeeze|apply|merge|queue|push|fit|land|shoehorn|cram)"
    rf"\s(?P<what>{PATCHES}|{PRONOUN})(?P<place>\s(?:to|into|in)\s.*)",
    re.IGNORECASE,
)
_THANKS_OR_ACKS: Final = re.compile(r"\b(?:thanks|thank\syou|acks|tags)\b", re.IGNORECASE)


def _read_managed(said: Line) -> Claim | None:
    """Read `I've managed to add the acks and wrestle this into docs-next`.

    Without thanks or acks a tester says so, too, and it is believed of who commits.
    """
    match = _MANAGED.match(said.text)
    if match is None or DOUBTS.search(said.text):
        return None
    place = find_place(match["place"])
    if place and place.is_sure and place.start <= 1 and BRANCH_WORD.search(match["place"]):
        told = said.tell("merged", "sender", match["what"], match["place"])
        return replace(told, by_committer=_THANKS_OR_ACKS.search(said.text) is None)
    return None


# the tree that had an earlier version: `mm.git`, `mm.git's mm-new branch`, `kvm/next`
_UPDATED: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)?(?:now\s|just\s)?updated\s"
    r"(?:[\w/-]+\.git['’]s\s(?=\S+\s(?:tree|branch)\b))?"
    r"(?P<place>[\w/-]+\.git|[\w./-]+[-/](?:next|new|unstable|fixes)(?:\s(?:tree|branch))?|(?:the|my|our)\s\S+\s(?:tree|branch)"
    r"|\S+\s(?:tree|branch))"
    r"\sto\s(?P<what>this(?:\s(?:(?:new|latest|updated)\s)?(?:v\d{1,2}(?:\s(?:series|version|set))?|version|series|set))?"
    r"|v\d{1,2}(?:\sof\s(?:this|the)\s(?:series|set|patch(?:-?set)?))?|(?:the|your)\s(?:new|latest)\s(?:version|series))(?=\s?(?:[.,;!]|$))",
    re.IGNORECASE,
)
_ADDED_AGAIN: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)?(?:now\s|just\s)?\(?re-?\)-?(?:added|applied|queued|merged)\s"
    rf"(?P<what>{PATCHES}|{PRONOUN})(?P<place>\s(?:to|into|in)\s.{{1,80}})",
    re.IGNORECASE,
)


def _read_updated(said: Line) -> Claim | None:
    """Read `I updated mm.git to this version`, `I (re-)added this series to mm.git`."""
    if match := _UPDATED.match(said.text):
        return said.tell("queued", "sender", match["what"], f" to {match['place']}")
    match = _ADDED_AGAIN.match(said.text)
    told = said.tell("queued", "sender", match["what"], match["place"]) if match else None
    return told if told and told.has_tree else None


# `kvm-next`, `for-next/timers`, `lamps.git for-next`, `the next branch`
_A_BRANCH: Final = (
    r"(?:[\w./-]+\.git\s)?#?(?:(?:[\w.]+[-/])*(?:for-(?:next|fixes|linus)|[\w.]+[-/](?:next|fixes))(?:[-/][\w.]+)*"
    r"(?:\s(?:tree|branch))?|(?:next|fixes)\sbranch)"
)
_BRANCH_UPDATED: Final = compile_later(
    rf"(?:{INTRO}[,:;.]?\s|done\s?[,:;(]?\s?\(?)*(?:.{{0,100}}\bi\.?e\.?,?\s)?(?:I{HAVE}?\s)?(?:now\s|just\s|also\s)?"
    rf"updated\s(?:the\s|my\s|our\s)?(?P<place>{_A_BRANCH})"
    r"(?:\swith\s(?:only\s|just\s)?(?P<what>that|this|it|these|them|both|(?:the\s)?attached"
    rf"|(?:the|these|this|your)\s(?:[\w./-]+\s){{0,4}}?(?:patch(?:es|-?set)?|series|version|fix(?:es)?)|{PATCHES}))?"
    r"(?=\s?(?:[.,;!()]|$)|\s(?:now|too|as\swell|pending|accordingly)\b)",
    re.IGNORECASE,
)
# `I've updated for-next, please rebase`: what is asked for tells that it is another thing
_ASKED_FOR: Final = re.compile(
    r"\b(?:please|rebased?|re-?send|re-?spin|based?\son|conflicts?|could\syou|can\syou)\b",
    re.IGNORECASE,
)
# `I updated my for-next branch, but not with this one`
_NOT_WITH: Final = re.compile(
    r"\bnot\b|n['’]t\b|\b(?:without|except|excluding|minus)\b", re.IGNORECASE
)
# of which patches the branch has some: `with only the client and common patches`
_ONLY: Final = re.compile(r"\swith\s(?:only|just)\s", re.IGNORECASE)


def _read_branch_updated(said: Line) -> Claim | None:
    """Read `updated kvm-next`, `I've updated the for-next/timers branch with that.`."""
    match = _BRANCH_UPDATED.match(said.text)
    if match is None or _ASKED_FOR.search(said.text) or _NOT_WITH.search(said.text):
        return None
    told = said.tell("updated", "sender", match["what"] or "", f" to {match['place']}")
    if not told.has_tree:
        return None
    return replace(told, is_some=_ONLY.search(match[0]) is not None, by_committer=True)


_BY_TITLE: Final = compile_later(
    rf"{INTROS}(?:the\s)?(?P<what>(?!(?:the|this|that|your|my|our|an?|new|old|same|other)\s)(?:[\w./-]+\s){{1,2}}drivers?)\s(?:has|have)\s(?:now\s|just\s|already\s)*been\s"
    r"(?:now\s|just\s|already\s)*(?P<verb>merged|applied|queued|picked|accepted)(?:\sup)?"
    r"(?=\s?(?:[.!;,]|$)|\s(?:to|in|into|for|now|by|already)\b)",
    re.IGNORECASE,
)


def _read_by_title(said: Line) -> Claim | None:
    """Read `PHY driver has been merged.`, by the words of some titles."""
    match = _BY_TITLE.match(said.text)
    if match is None or UNREAL.search(said.text):
        return None
    return replace(said.tell_match("patches", match["what"], match), by_title=True)


_PICKED_AT: Final = compile_later(
    rf"{INTROS}(?:I{HAVE}?\s)?(?:now\s)?picked\sup\s?:?\s(?P<url>https?://\S+/(?:commits?|c|log|tree)/\S*)\s?$",
    re.IGNORECASE,
)


def _read_picked_at(said: Line) -> Claim | None:
    """Read `Picked up`, and on the next line the link to the branch that has it."""
    match = _PICKED_AT.match(said.text)
    if match is None:
        return None
    branch = find_linked_branch(f" {match['url']}")
    told = said.tell("picked", "nobody", "", "")
    return replace(told, tree=branch, has_tree=branch != "")


_BRANCH_REPLACED: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)?(?:now\s|just\s)?replaced\s(?P<place>(?:my|the|our)\s\S+\s(?:branch|tree))"
    r"\s(?:with|by)\s(?P<what>this(?:\s(?:version|patch|series))|(?:the|your)\snew\s(?:version|series)|v\d{1,2})(?=\s?(?:[.,;!]|$))",
    re.IGNORECASE,
)


def _read_branch_replaced(said: Line) -> Claim | None:
    """Read `I replaced my kvm/timers branch with this series`."""
    match = said.match_within(_BRANCH_REPLACED)
    return said.tell("queued", "sender", match["what"], f" to {match['place']}") if match else None


_HAVE_IN: Final = compile_later(
    rf"{INTROS}I(?:\salready|\snow)?{HAVE}(?:\sgot)?(?:\snow|\salready)?\s(?P<what>{PATCHES}|{PRONOUN})"
    r"(?:\snow|\salready)?(?=\sin\s(?:my|our)\s(?:(?:[\w./-]+\s)?(?:tree|branch)\b|(?:[\w./-]+[/-])?(?:next|fixes)\b))",
    re.IGNORECASE,
)


def _read_have_in(said: Line) -> Claim | None:
    """Read `I have these patches in my tree, starting with this commit`."""
    match = _HAVE_IN.match(said.text)
    if match is None:
        return None
    rest = said.text[match.end() :]
    if is_trial("taken", match["what"], rest):
        return None
    # a tester says so of his local tree, anybody of a branch without a name: whether it is
    # believed depends on who it is
    is_local = re.match(r"\sin\s(?:my|our)\s(?:local|branch)\b", rest) is not None
    return replace(said.tell("taken", "sender", match["what"], rest), by_committer=is_local)


_COPY: Final = compile_later(
    rf"(?:{INTRO}[,:]?\s)*(?:I{HAVE}?\s)(?:now\s|just\s)?(?:put|grabbed|took|taken|added|queued|have)\sa\scopy"
    rf"(?:\sof\s(?P<what>{PATCHES}|{PRONOUN}))?\s(?:for|in|into|to|on)(?=\s)",
    re.IGNORECASE,
)


def _read_copy(said: Line) -> Claim | None:
    """Read `I put a copy of this into mm.git`, `I grabbed a copy for the mm-unstable tree`."""
    match = _COPY.match(said.text)
    if match is None:
        return None
    rest = f" in{said.text[match.end() :]}"
    told = said.tell("taken", "sender", match["what"] or "this", rest)
    return told if told.has_tree else None


_HERE_IS: Final = compile_later(
    rf"{INTROS}(?:here|this)(?:['’]s|\sis)\swhat(?:['’]s|\s(?:is|was|has|I{HAVE}?))(?:\s(?:been|just|now))*"
    r"\s(?P<verb>applied|queued|merged|committed|pushed)(?=\s?(?:[.,:!]|$)|\s(?:for|to|in|into)\b)",
    re.IGNORECASE,
)


def _read_here_is(said: Line) -> Claim | None:
    """Read `Here's what has been queued for v5.4-rc.`."""
    match = _HERE_IS.match(said.text)
    return said.tell_match("nobody", "", match) if match else None


_GOT_THERE: Final = compile_later(
    rf"{INTROS}I\s(?:had\sto\s[^.;?]{{3,80}}\sto\s(?:apply|merge|get)\s(?P<what>{PATCHES}|{PRONOUN})"
    rf"|[^.;?]{{3,80}}\sand\s(?:now\s)?have\s(?P<have>{PATCHES}|{PRONOUN}))(?P<place>\s(?:on|to|in|into)\s.*)",
    re.IGNORECASE,
)


def _read_got_there(said: Line) -> Claim | None:
    """Read `I had to change a lot to apply this on for-next`, `I fixed it and have it on …`."""
    match = _GOT_THERE.match(said.text)
    if match is None or DOUBTS.search(said.text[: match.start("place")]):
        return None
    place = find_place(match["place"])
    if place and place.is_sure and place.start <= 1 and BRANCH_WORD.search(match["place"]):
        return said.tell("applied", "sender", match["what"] or match["have"], match["place"])
    return None


_BY_HAND: Final = compile_later(
    rf"{INTROS}(?:I\s)?had\sto\s(?:apply|merge)\s(?P<what>{PATCHES}|{PRONOUN})\s(?:by\shand|manually)\s?(?:[.!,]|$)",
    re.IGNORECASE,
)


def _read_by_hand(said: Line) -> Claim | None:
    """Read `Had to apply this by hand.`."""
    match = _BY_HAND.match(said.text)
    if match is None or is_trial("applied", "", said.text[match.end() - 1 :]):
        return None
    return said.tell("applied", "sender", match["what"], "")


_ADDED: Final = compile_later(
    rf"{INTROS}(?:now\s)?added(?:\snow)?,\s(?:and\s)?(?:it\s)?(?:will|should)\s(?:show\sup|appear|be)\s"
    r"(?=in\s(?:the\snext\s)?(?:linux)?-next\b)",
    re.IGNORECASE,
)


def _read_added(said: Line) -> Claim | None:
    """Read `Now added, will show up in linux-next after rc7`."""
    return said.tell("queued", "nobody", "", "") if _ADDED.match(said.text) else None


# `Consider it applied to kvm-next.`
_CONSIDER: Final = compile_later(
    r"(?:.{0,40}?[,;:!]\s)?consider\s(?P<what>it|this|these|them|(?:the|this|your)\s(?:series|patch))\s"
    r"(?P<verb>applied|queued|merged|pushed)(?:\sup)?(?=\s?(?:[.!,]|$)|\s(?:to|in|into|for|with)\b)",
    re.IGNORECASE,
)


def _read_consider(said: Line) -> Claim | None:
    """Read `Consider it applied to kvm-next.`."""
    match = _CONSIDER.match(said.text)
    return said.tell_match("sender", match["what"], match) if match else None


_ALREADY: Final = compile_later(
    rf"(?:{INTRO},?\s|lgtm\s)*\(?(?:already|now|just)\s(?P<verb>merged|applied|queued|pushed|committed)\)?(?:\s(?:tho|though|too|anyway|now))?\s?[.!,]?\s?(?:thanks?\b.{{0,20}})?$",
    re.IGNORECASE,
)
_ACCEPTED: Final = compile_later(
    rf"{INTROS}(?P<what>(?:both|all|the|this|these|whole)\s(?:whole\s)?(?:\w+\s)?(?:patch(?:es|-?set)?|series|set))"
    r"\s(?:is\s|are\s)?(?:now\s)?accepted\s?(?:[.!,]\s?(?:thank.{0,30})?)?$",
    re.IGNORECASE,
)


def _read_already(said: Line) -> Claim | None:
    """Read `LGTM (already merged)`, `Both patches accepted`."""
    if match := _ALREADY.match(said.text):
        return said.tell(match["verb"].lower(), "nobody", "", "")
    match = _ACCEPTED.match(said.text)
    return said.tell("merged", "patches", match["what"], "") if match else None


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


def _read_titled(said: Line) -> Claim | None:
    """Read what is said of patches by their titles."""
    match = _CALLED_MERGED.match(said.text) or _TITLE_MERGED.match(said.text)
    return said.tell_match("patches", match["what"], match) if match else None


_IN_MINE: Final = compile_later(
    rf"{INTROS}(?:(?P<what>it|this|they|these)(?:['’]s|\sis|['’]re|\sare)\s)?(?:now\s)?in\s(?:my|our)\s(?:\S+\s)?(?:tree|queue|branch)"
    r"\sfor\s(?:the\s)?(?:next\s(?:release|cycle|merge|kernel)|v?\d+\.\d+|-?rc\d|upcoming)",
    re.IGNORECASE,
)


def _read_in_mine(said: Line) -> Claim | None:
    """Read `In my tree for the next release.`, `It's in my queue for 6.18.`."""
    match = _IN_MINE.match(said.text)
    return said.tell("queued", "sender", match["what"] or "", "") if match else None


_NOW_IN: Final = compile_later(rf"{INTROS}(?:now|already)(?=\s(?:in|on)\s)", re.IGNORECASE)


def _read_now_in(said: Line) -> Claim | None:
    """Read `Now in kvm.git#for-6.14, thanks`."""
    match = _NOW_IN.match(said.text)
    if match is None:
        return None
    place = find_place(said.rest(match))
    end = match.end() + place.end if place else 0
    ends = re.match(
        r"\s?(?:[.,;!(]|$|as\scommit|thank|with\b|and\s[\w./-]+[/-](?:next|fixes)\b)",
        said.text[end:],
    )
    if place and place.is_sure and place.start <= 1 and ends and BRANCH_WORD.search(place.tree):
        return said.tell("in", "nobody", "", said.text[match.end() :])
    return None


SHAPES: Final[tuple[tuple[tuple[str, ...], Callable[[Line], Claim | None]], ...]] = (
    (("queued", "staged", "merged", "committed"), _read_got_it),
    (("queue",), _read_added_to_queue),
    (("pull", "upstream"), _read_sent_on),
    (("dare", "helped", "liberty"), _read_dared),
    (("merge", "push"), _read_i_merge),
    (("'ve", "’ve"), _read_i_have_merge),
    (("did",), _read_did),
    (("apply",), _read_apply_on),
    (("applies",), _read_applies),
    (("reached",), _read_reached),
    (("'ll", "’ll"), _read_will_now),
    (("going", "replaced"), _read_placed),
    (("replaced",), _read_branch_replaced),
    (("updated", "re-", "re)", "readd", "reapp", "reque", "remer"), _read_updated),
    (("updated",), _read_branch_updated),
    (("driver",), _read_by_title),
    (("picked",), _read_picked_at),
    (("tree", "branch", "next", "fixes"), _read_have_in),
    (("copy",), _read_copy),
    (("what",), _read_here_is),
    (("had", "have"), _read_got_there),
    (("hand", "manually"), _read_by_hand),
    (("managed",), _read_managed),
    (("added",), _read_added),
    (("consider",), _read_consider),
    (("already", "now", "just", "accepted"), _read_already),
    (("merged", "applied", "queued", "pushed", "picked"), _read_titled),
    (("tree", "queue", "branch"), _read_in_mine),
    (("now", "already"), _read_now_in),
    (
        (*("applying", "merging", "queuing", "queueing", "committing", "accepting"),
         *("picking", "taking", "pulling", "grabbing")),
        read_thanks,
    ),
    (("apply",), read_not_applied),
)  # fmt: skip
"""The readers of all shapes, in the order in which they are asked, each with words of which a
sentence of its shape has one: most patterns are never compiled, which takes a hundredth of a second
each."""
