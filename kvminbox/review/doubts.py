"""What takes a claim back, or shows that it is about something else.

The words are those of a claim, `I've applied it`, and other words of the sentence tell that it is
another patch, a test, long ago, or elsewhere. What is no deed of a maintainer's is in `deeds`.
"""

import re
from typing import Final

from kvminbox.review.claim import Clause
from kvminbox.review.deeds import is_other_deed
from kvminbox.review.elsewhere import is_aimless, is_taken_back
from kvminbox.review.marks import BRANCH_WORD, FOOTNOTE, MY_PATCH
from kvminbox.review.others import is_about_others, is_of_others
from kvminbox.review.rule import Rule, any_holds
from kvminbox.review.trials import is_check, is_trial, tells_of_outcome
from kvminbox.review.wording import HAVE

# `a collection of posted, reviewed and now also applied patches`
_LISTED_DEEDS: Final = re.compile(r"\w+ed,?\sand\s(?:now\s)?(?:also\s)?$", re.IGNORECASE)
# `I've applied that patch, but changed the constants`
_CHANGED_IT: Final = re.compile(
    r",?\s(?:but|and)\s(?:I\s)?(?:also\s)?(?:modified|changed|adjusted|edited|reworded|fixed|dropped"
    r"|removed|added|tweaked)\b"
)
_TAG: Final = re.compile(r",\s(?:right|correct|no)\s?\?$", re.IGNORECASE)


def _names_no_branch(clause: Clause) -> bool:
    return BRANCH_WORD.search(clause.claim.tree or clause.rest) is None


def _tells_of_outcome(clause: Clause) -> bool:
    """Whether it went to `my tree`, and it is told what came of it."""
    is_mine = clause.is_sure and not clause.claim.tree
    return is_mine and tells_of_outcome(clause.after[:60])


DOUBTFUL: Final = (
    Rule(
        "Apparently I committed this, and it was part of the very first driver.",
        "treeless",
        said=r"\b(?:(?:is|was|were) part of the (?:very )?(?:first|initial|original)\b|years ago\b"
        r"|ages ago\b|way back\b|a long time ago\b|back in (?:19|20)\d\d\b)",
    ),
    Rule(
        "Fixed the check and re-pushed.",  # some branch, which is not told
        "nobody unnamed treeless",
        said=r"\bre-?pushed\b",
    ),
    Rule(
        "I applied them on top of kvm/next and with defconfig I get:",
        "sender nobody",
        rest=r" on top of\b[^;]*\b(?:and|but|then)\b[^;]*\bI (?:now |still |then )?"
        r"(?:get|got|see|saw|hit|ran into)\b",
    ),
    Rule(
        "There was another version by Ben, so I merged it.",
        "it",
        before=r"\b(?:another|different|similar|earlier|newer|corresponding|companion|matching"
        r"|accompanying) (?:version|patch|fix|one|change|series|commit)\b"
        r"|\bsent (?:a |the |my )?(?:PR|pull request)\b|\b[0-9a-f]{8,40} \(\"",
    ),
    Rule(
        "Posted here [1], and queued.",
        "vague",
        before=r"(?<!\byou )(?<!\bas )\b(?:posted|sent|submitted) (?:out )?"
        r"(?:(?:it|them|one|this) )?(?:here|there|at|in|as)\b:? ?(?:\[\d{1,2}\]|https?://|<)",
    ),
    Rule(
        "Ben has sent the patch, and it's queued.",
        "vague",
        before=r"\b(?-i:(?!(?:You|I|We)\b)[A-Z])\w+ (?:has |had )?(?:already |just )?"
        r"(?:posted|sent|submitted)(?: out)? (?:the|a|an|another) (?:\w+ )?"
        r"(?:patch(?:es)?|fix(?:es)?|series)\b",
    ),
    Rule(
        "I've made a commit that changes all pages, and pushed.",
        "nobody unnamed",
        before=MY_PATCH.pattern,
    ),
    Rule(
        "Already done by Ben's large series, currently staged in kvm.git.",
        "nobody unnamed",
        # what the clause above names went there, not this
        before=r"\bthe (?:\w+ )?(?:patch(?:es)?|commit|fix|change|series) "
        r"(?:I|you|we|that|which|by)\b"
        r"|\b(?:done|fixed|handled|superseded|solved|covered|addressed) (?:already )?(?:by|in) "
        r"|\b(?:is|are) still in "
        r"|\b(?:series|patch-?set|patch(?:es)?|commit) (?:is|are) (?:here:? )?https?://",
        rest=r" (?:as commit|via|by|in|into|to)\b",
    ),
    Rule(
        "This was already fixed and merged.",
        "vague",
        before=r"\b(?:is|was|were|been|got|already) (?:already )?fixed and (?:already )?$"
        r"|(?:^|[.,] )(?:I(?:'ve)? )?(?:now )?(?:reverted|dropped) (?:it |that |this )?and $",
    ),
    Rule(
        "I pulled the latest tools and applied your patch set.",
        "sender nobody treeless",
        before=r"\b(?:pulled|cloned|fetched|built|checked out|took|used|installed) (?:the |a )?"
        r"(?:latest|current|newest|clean|fresh|vanilla)\b",
    ),
    Rule(
        "I took the master branch, and then applied your timer patches.",
        "sender nobody treeless",
        before=r"\bI (?:first |just )?(?:took|checked out|used|started (?:with|from)) (?:the |a )?"
        r"[^,.;]{1,50}?\b(?:branch|tree|tag|kernel)\b[^.;]{0,20}$",
    ),
    Rule(
        "I built without the patch first, then applied the series and started the guest.",
        "sender nobody treeless",
        before=r"\bI(?:'ve)? (?:first )?(?:built|booted|compiled|ran|tested|tried)\b[^.;]{0,60},?"
        r" (?:and )?then $",
    ),
    Rule(
        "I've just applied https://git.timers.example/pull/15 with the same fix.",
        "unnamed",
        rest=r" (?:https?|git)://\S+ (?:with|which|that|instead|from|by|for (?:this|that|it))\b",
    ),
    Rule(
        "Pushed: https://git.timers.example/linux.git timers",  # which is there to be looked at
        "unnamed",
        verb="pushed",
        rest=r"(?:: ?| )(?:https?|git)://(?!\S*/(?:commit|c)/)(?!.*\b(?:next|fixes|master|main)\b)",
    ),
    Rule(
        "It is not in flight yet, thus queued.",
        "nobody unnamed",
        before=r"\b(?:is|are|was|were) not\b[^.]*, (?:thus|hence|therefore|so) $",
    ),
    Rule("The relevant patch [1] is merged.", named=FOOTNOTE.pattern),
    Rule(
        "I've applied [1] now.",  # a link to another mail
        "treeless",
        named=r"\[\d{1,2}\](?:(?:,| and) \[\d{1,2}\])*",
    ),
    Rule(
        "I have pushed updates to the branch here.",
        named=r"(?!(?:this|the|these|those|both|all|your) )(?:\w+ )?"
        "(?:updates|tests|modifications?)",
    ),
    Rule("I already pushed out said commit for -rc3.", named="said .*"),
    Rule(
        "The issue has been addressed and the fix has been applied.",
        named="(?:an? |the )?fix",
        before=r"\b(?:issue|bug|problem|warning)\b[^.]{0,40}\b(?:addressed|fixed|solved|resolved)\b"
        r"|\bfixed (?:with|by|in)\b",
    ),
    Rule(
        "I have a similar patch for this and 2/3 queued up for v6.19.",
        before=rf"\b(?:I|we){HAVE} (?:an? )?similar\b",
    ),
    Rule(
        "Things got split up, merged, spun around.",
        "nobody",
        before=r"\b(?:got|gets?|is|are|was|were|be|been|being) (?:\w+ ){0,2}(?:\w+, ){1,4}"
        r"(?:\w+ly )?$",
        rest=r",(?! thank)| and\b",
    ),
    Rule("The patch took also two days.", "patches", verb="took"),
    Rule(
        "I applied the patch from the other thread.",
        rest=r" from (?:the other|another|a different)"
        r" (?:thread|mail|series|author|patch-?set|submission)\b",
    ),
    Rule(
        "To test, I applied them to our branch.",
        "sender",
        before=r"\b(?-i:T)o (?:test|try|check|reproduce)\b[^.,]{0,40}, (?:I|we)\b",
    ),
    Rule(
        "It doesn't build, although I have applied patch 1.",
        "sender",
        before=r"\b(?:(?:do|does|did|wo|ca)n't|(?:does|did) not|fails? to|cannot) (?:\w+ )?"
        r"(?:build|compile|boot|work|link)\b[^.;]*\b(?:al{1,2}though|even though|though|with"
        r"|despite|after|when|where)\b",
    ),
    Rule(
        "Applied patch is missing an unlock.",
        "nobody",
        named="patch(?:es)?|changes?|commits?",
        rest=r" (?:is|are|was|were|has|have|does|do|did|lacks?|misses|breaks?|causes?|fails?)\b",
    ),
    Rule("Merged in 2009!", named=r"(?:19|20)\d\d"),  # the code that a patch changes
    Rule(
        "I applied it on linux-next tag next-20220318.",
        after=" tags? ",
        also=lambda clause: clause.place,
    ),
    Rule("alternatives: applied 0 out of 27 patches", rest=r" out of \d"),  # of a boot
    Rule(
        'It is fixed by commit 0123456789ab ("x86: y"), merged as of v3.4.',
        "nobody unnamed",
        before=r"\b[0-9a-f]{8,40} \([\"\x27][^\"]{0,200}[\"\x27]\),? $",
    ),
    Rule(
        "I just queued up the original patch in the kvm tree.",  # which this one mends
        named=r"the original (?:patch(?:es|[ -]?set)?|series|set|one|fix|commit|change|version)",
    ),
    Rule(
        "We could merge [6] as a fix, as it is already queued up in kvm/next.",
        "patches it",
        before=r"\b(?:merge|apply|take|pull|pick(?: up)?|queue|send|include|want|need)"
        r" \[\d{1,2}\](?!/)",
    ),
    Rule(
        "I wait (https://kvm.example/t/1 - patch 1 of the series was merged by Rob in 6.5)",
        "patches",
        before=r"https?://\S+ [-–—]{1,2} [^.,;()]*$",
    ),
    Rule(
        "Or – better yet – merged it into the kvm tree.",  # advice
        "nobody",
        before=r"^\W*or\b",
    ),
    Rule(
        "Merged it into your development tree with a message.",
        "nobody",
        rest=r" (?:in|into|to|on) your (?:[\w./-]+ ){0,2}(?:tree|branch|queue)\b",
        unless=r"\b(?:already|now|thanks?)\b",
    ),
    Rule(
        "I've added it to my to-do queue.",  # or to a review queue
        rest=r" (?:in|into|to|on|for) (?:(?:the|my|our|his|their|a) )?(?:[\w./-]+ ){0,2}?"
        r"(?:(?:patch )?review(?:ing)? (?:queue|list|pile)|to-? ?do)\b",
    ),
    Rule(
        "The following was taken with cache=loose.",  # a log
        verb="taken",
        named="the following",
        rest=r" with \S*=",
    ),
    Rule(
        "We have projects that are blocked on getting that approved and merged.",
        "nobody unnamed",
        before=r"\b(?:getting|to get) (?!(?:me|my)\b)(?:[\w'’]+ ){1,4}(?:&|and) $",
    ),
    Rule(
        "* Get these patches and the timer patches committed.",  # a plan
        "patches",
        before=r"\bget (?:(?!(?:is|are|was|were|has|have|been|got)\b)[\w./'’-]+ ){1,7}$",
    ),
    Rule(
        "I also added in timer-utils, which a test needs.",
        "unnamed",
        verb="added",
        rest=" in ",
        also=_names_no_branch,
    ),
    Rule(
        "I'm OK taking this through the kvm-next tree, others may ack it.",
        verb="applying queuing queueing merging taking picking pulling pushing adding",
        before=r"\b(?:I(?:'m| am)|we(?:'re| are)) (?:\w+ )?(?:ok(?:ay)?|fine|happy|glad|good"
        r"|willing) (?:with |to be )?$",
    ),
    Rule("We have moved to use a common tree for drivers.", "sender unnamed", verb="moved"),
    Rule(
        "I also applied the series adding the macro [1].",
        "sender",
        named=r"the (?:series|patch(?:es|-?set)?|fix(?:es)?|commits?)",
        rest=r" (?:\w+ing|which|that|for|from|to) [^.,;]{1,60}? ?\[\d{1,2}\]",
    ),
    Rule(
        "The relevant patch has already been merged.",  # not that which is answered
        named="the (?:relevant|related|respective|required|prerequisite|underlying) "
        "(?:patch(?:es)?|series|fix(?:es)?|change|one)",
    ),
    Rule(
        "I merged this into my tree and still saw the problem.",
        "sender",
        also=lambda clause: (
            clause.claim.verb not in {"committed", "queued", "pushed"} and _tells_of_outcome(clause)
        ),
    ),
)


def is_doubtful(clause: Clause) -> bool:
    """Whether other words take the claim back, or show that it is about something else."""
    claim = clause.claim
    # `I applied most of these, as I think you'll send the rest again, right?`
    said = _TAG.sub(".", claim.sentence) if claim.subject == "sender" else claim.sentence
    if is_taken_back(claim.verb, said, clause.rest, clause.place_end):
        return True
    if is_other_deed(clause) or is_aimless(clause) or any_holds(DOUBTFUL, clause):
        return True
    if claim.named.lower().startswith("that ") and not clause.is_sure:
        return _CHANGED_IT.match(clause.rest) is None  # whichever it is
    if claim.subject == "patches":
        return is_about_others(clause)
    if claim.subject == "nobody":
        return is_of_others(claim.named) or _is_of_nobody(clause)
    return claim.subject == "sender" and (is_of_others(claim.named) or _is_testers(clause))


def _is_of_nobody(clause: Clause) -> bool:
    """Whether words without a subject tell of many patches, or of a test."""
    if clause.claim.has_tree:
        return False
    is_of_many = clause.claim.named.lower() == "patches"
    return bool(is_of_many and _LISTED_DEEDS.search(clause.before)) or is_check(clause.rest)


def _is_testers(clause: Clause) -> bool:
    """Whether a sender tells what a tester does: `I applied the patch below`."""
    if clause.place is None and re.match(r"\sbelow\b(?!\sto\b)", clause.rest):
        return re.fullmatch(r"the\spatch(?:es)?", clause.claim.named, re.IGNORECASE) is not None
    return not clause.is_sure and is_trial(clause.claim.verb, clause.claim.named, clause.rest)
