"""What takes a claim back, or shows that it is about something else."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.review.claim import Clause
from kvminbox.review.deeds import is_no_deed, is_other_deed
from kvminbox.review.elsewhere import is_aimless, is_taken_back
from kvminbox.review.marks import BRANCH_WORD, FOOTNOTE, MY_PATCH
from kvminbox.review.others import is_about_others, is_of_others
from kvminbox.review.trials import is_check, is_trial, tells_of_outcome
from kvminbox.review.wording import HAVE

_ANOTHER: Final = re.compile(
    r"\b(?:another|different|similar|earlier|newer|corresponding|companion|matching|accompanying)"
    r"\s(?:version|patch|fix|one|change|series|commit)\b|\bsent\s(?:a\s|the\s|my\s)?(?:PR|pull\srequest)\b"
    r"|\b[0-9a-f]{8,40}\s\(\"",
    re.IGNORECASE,
)
# what the clause above names went there, not this
_OF_ANOTHER: Final = re.compile(
    r"\bthe\s(?:\w+\s)?(?:patch(?:es)?|commit|fix|change|series)\s(?:I|you|we|that|which|by)\b"
    r"|\b(?:done|fixed|handled|superseded|solved|covered|addressed)\s(?:already\s)?(?:by|in)\s"
    r"|\b(?:is|are)\sstill\sin\s"
    r"|\b(?:series|patch-?set|patch(?:es)?|commit)\s(?:is|are)\s(?:here:?\s)?https?://"
)
# `it is moderated, masked, queued and …`
_IN_A_ROW: Final = re.compile(
    r"\b(?:got|gets?|is|are|was|were|be|been|being)\s(?:\w+\s){0,2}(?:\w+,\s){1,4}(?:\w+ly\s)?$",
    re.IGNORECASE,
)
# `a collection of posted, reviewed and now also applied patches`
_LISTED_DEEDS: Final = re.compile(r"\w+ed,?\sand\s(?:now\s)?(?:also\s)?$", re.IGNORECASE)
_BARE_UPDATES: Final = re.compile(
    r"(?!(?:this|the|these|those|both|all|your)\s)(?:\w+\s)?(?:updates|tests|modifications?)",
    re.IGNORECASE,
)
_SIMILAR: Final = re.compile(rf"\b(?:I|we){HAVE}\s(?:an?\s)?similar\b", re.IGNORECASE)
_FIXED: Final = re.compile(
    r"\b(?:issue|bug|problem|warning)\b[^.]{0,40}\b(?:addressed|fixed|solved|resolved)\b"
    r"|\bfixed\s(?:with|by|in)\b",
    re.IGNORECASE,
)
# `Ben has sent the patch: https://…, it's queued`, too
_POSTED: Final = re.compile(
    r"(?<!\b[Yy]ou\s)(?<!\b[Aa]s\s)\b(?:[Pp]osted|[Ss]ent|[Ss]ubmitted)\s(?:out\s)?(?:(?:it|them|one|this)\s)?"
    r"(?:here|there|at|in|as)\b:?\s?(?:\[\d{1,2}\]|https?://|<)"
    r"|\b(?!(?:You|I|We)\b)[A-Z]\w+\s(?:has\s|had\s)?(?:already\s|just\s)?(?:posted|sent|submitted)(?:\sout)?"
    r"\s(?:the|a|an|another)\s(?:\w+\s)?(?:[Pp]atch(?:es)?|fix(?:es)?|series)\b"
)
# `Reverted and pushed now`, too: another one, or none
_OTHER_WORK: Final = re.compile(
    r"\b(?:is|was|were|been|got|already)\s(?:already\s)?fixed\sand\s(?:already\s)?$"
    r"|(?:^|[.,]\s)(?:I(?:['’]ve)?\s)?(?:now\s)?(?:[Rr]everted|[Dd]ropped)\s(?:it\s|that\s|this\s)?and\s$"
)
_LATEST: Final = re.compile(
    r"\b(?:pulled|cloned|fetched|built|checked\sout|took|used|installed)\s(?:the\s|a\s)?(?:latest|current|newest|clean|fresh|vanilla)\b",
    re.IGNORECASE,
)
# `I took the lamps master branch, and then applied your patches`, which a tester does
_TOOK_BRANCH: Final = re.compile(
    r"\bI\s(?:first\s|just\s)?(?:took|checked\sout|used|started\s(?:with|from))\s(?:the\s|a\s)?"
    r"[^,.;]{1,50}?\b(?:branch|tree|tag|kernel)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_BARE_PATCH: Final = re.compile(r"patch(?:es)?|changes?|commits?", re.IGNORECASE)
_IS_OR_DOES: Final = re.compile(
    r"\s(?:is|are|was|were|has|have|does|do|did|lacks?|misses|breaks?|causes?|fails?)\b",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"\[\d{1,2}\](?:(?:,|\sand)\s\[\d{1,2}\])*")
_ANOTHER_AT: Final = re.compile(
    r"\s(?:https?|git)://\S+\s(?:with|which|that|instead|from|by|for\s(?:this|that|it))\b"
)
_PUSHED_THERE: Final = re.compile(
    r"(?::\s?|\s)(?:https?|git)://(?!\S*/(?:commit|c)/)(?!.*\b(?:next|fixes|master|main)\b)"
)
_THUS: Final = re.compile(r"\b(?:is|are|was|were)\snot\b[^.]*,\s(?:thus|hence|therefore|so)\s$")
_FAILED: Final = re.compile(
    r"\b(?:doesn['’]t|does\snot|didn['’]t|did\snot|don['’]t|fails?\sto|cannot|can['’]t|won['’]t)\s(?:\w+\s)?"
    r"(?:build|compile|boot|work|link)\b[^.;]*\b(?:al{1,2}though|even\sthough|though|with|despite|after|when|where)\b",
    re.IGNORECASE,
)
_BEHIND_COMMIT: Final = re.compile(r"\b[0-9a-f]{8,40}\s\([\"'][^\"]{0,200}[\"']\),?\s$")
# `I've applied that patch, but changed the constants`
_CHANGED_IT: Final = re.compile(
    r",?\s(?:but|and)\s(?:I\s)?(?:also\s)?(?:modified|changed|adjusted|edited|reworded|fixed|dropped|removed|added|tweaked)\b"
)
# `the original patch`, of which this is another version, or which it mends
_ORIGINAL: Final = re.compile(
    r"the\soriginal\s(?:patch(?:es|[\s-]?set)?|series|set|one|fix|commit|change|version)",
    re.IGNORECASE,
)
# `Rob should send [6] now, as it is queued in -next`
_DO_NOTE: Final = re.compile(
    r"\b(?:merge|apply|take|pull|pick(?:\sup)?|queue|send|include|want|need)\s\[\d{1,2}\](?!/)",
    re.IGNORECASE,
)
# `(https://… - patch 1 of the series has been merged)`
_OF_LINKED: Final = re.compile(r"https?://\S+\s[-–—]{1,2}\s$")
_OR: Final = re.compile(r"\W*or\b", re.IGNORECASE)
_YOUR_TREE: Final = re.compile(
    r"\s(?:in|into|to|on)\syour\s(?:[\w./-]+\s){0,2}(?:tree|branch|queue)\b", re.IGNORECASE
)
_IS_DONE: Final = re.compile(r"\b(?:already|now|thanks?)\b", re.IGNORECASE)
_QUEUE_OF_WAITING: Final = re.compile(
    r"\s(?:in|into|to|on|for)\s(?:(?:the|my|our|his|their|a)\s)?(?:[\w./-]+\s){0,2}?"
    r"(?:(?:patch\s)?review(?:ing)?\s(?:queue|list|pile)|to-?\s?do)\b",
    re.IGNORECASE,
)
_LOGGED: Final = re.compile(r"\swith\s\S*=")
_FOR_A_TEST: Final = re.compile(r"\bTo\s(?:test|try|check|reproduce)\b[^.,]{0,40},\s(?:I|we)\b")
# `we are blocked on getting that approved and merged`
_TO_GET: Final = re.compile(
    r"\b(?:getting|to\sget)\s(?!(?:me|my)\b)(?:[\w'’]+\s){1,4}(?:&|and)\s$", re.IGNORECASE
)
# `* Get these patches committed`, of a plan
_GET_DONE: Final = re.compile(
    r"\bget\s(?:(?!(?:is|are|was|were|has|have|been|got)\b)[\w./'’-]+\s){1,7}$", re.IGNORECASE
)
_BUILT_FIRST: Final = re.compile(
    r"\bI(?:['’]ve)?\s(?:first\s)?(?:built|booted|compiled|ran|tested|tried)\b"
    r"[^.;]{0,60},?\s(?:and\s)?then\s$",
    re.IGNORECASE,
)
# `I'm fine taking this through my tree`
_WILLING: Final = re.compile(
    r"\b(?:I(?:['’]m|\sam)|we(?:['’]re|\sare))\s(?:\w+\s)?(?:ok(?:ay)?|fine|happy|glad|good|willing)\s(?:with\s|to\sbe\s)?$",
    re.IGNORECASE,
)
# `the series adding the macro [1]`
_NOTED: Final = re.compile(r"\s(?:\w+ing|which|that|for|from|to)\s[^.,;]{1,60}?\s?\[\d{1,2}\]")
_THE_SERIES: Final = re.compile(
    r"the\s(?:series|patch(?:es|-?set)?|fix(?:es)?|commits?)", re.IGNORECASE
)
_RELEVANT: Final = re.compile(
    r"the\s(?:relevant|related|respective|required|prerequisite|underlying)\s"
    r"(?:patch(?:es)?|series|fix(?:es)?|change|one)",
    re.IGNORECASE,
)


# `I committed this, and it was part of the very first drivers`: long ago, or something else
_LONG_AGO: Final = re.compile(
    r"\b(?:(?:is|was|were)\spart\sof\sthe\s(?:very\s)?(?:first|initial|original)\b|years\sago\b|ages\sago\b"
    r"|way\sback\b|a\slong\stime\sago\b|back\sin\s(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_PUSHED_AGAIN: Final = re.compile(r"\bre-?pushed\b", re.IGNORECASE)
# `on top of kvm/next, and with defconfig I get:`, and below it a log
_ON_TOP_I_GET: Final = re.compile(
    r"\son\stop\sof\b[^;]*\b(?:and|but|then)\b[^;]*\bI\s(?:now\s|still\s|then\s)?(?:get|got|see|saw|hit|ran\sinto)\b",
    re.IGNORECASE,
)


_FROM_OTHER: Final = re.compile(
    r"\sfrom\s(?:the\sother|another|a\sdifferent)\s(?:thread|mail|series|author|patch-?set|submission)\b",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r",\s(?:right|correct|no)\s?\?$", re.IGNORECASE)


DOUBTFUL: Final[tuple[tuple[str, Callable[[Clause], object]], ...]] = (
    (
        "Apparently I committed this, and it was part of the very first driver.",
        lambda clause: not clause.claim.has_tree and _LONG_AGO.search(clause.claim.sentence),
    ),
    (
        "Fixed the check and re-pushed.",  # some branch, which is not told
        lambda clause: (
            _is_bare(clause)
            and not clause.claim.has_tree
            and _PUSHED_AGAIN.search(clause.claim.sentence)
        ),
    ),
    (
        "I applied them on top of kvm/next and with defconfig I get:",
        lambda clause: clause.claim.by_sender and _ON_TOP_I_GET.match(clause.rest),
    ),
    (
        "There was another version by Ben, so I merged it.",
        lambda clause: clause.claim.is_pronoun and _ANOTHER.search(clause.before),
    ),
    (
        "Posted here [1], and queued.",
        lambda clause: clause.claim.is_vague and _POSTED.search(clause.before),
    ),
    (
        "I've made a commit that changes all pages, and pushed.",
        lambda clause: _is_bare(clause) and MY_PATCH.search(clause.before),
    ),
    (
        "Already done by Ben's large series, currently staged in kvm.git.",
        lambda clause: (
            _is_bare(clause)
            and _OF_ANOTHER.search(clause.before)
            and re.match(r"\s(?:as\scommit|via|by|in|into|to)\b", clause.rest)
        ),
    ),
    (
        "This was already fixed and merged.",
        lambda clause: clause.claim.is_vague and _OTHER_WORK.search(clause.before),
    ),
    (
        "I pulled the latest tools and applied your patch set.",
        lambda clause: (
            clause.claim.by_sender and not clause.claim.has_tree and _LATEST.search(clause.before)
        ),
    ),
    (
        "I took the master branch, and then applied your timer patches.",
        lambda clause: (
            clause.claim.by_sender
            and not clause.claim.has_tree
            and _TOOK_BRANCH.search(clause.before)
        ),
    ),
    (
        "I've just applied https://git.timers.example/pull/15 with the same fix.",
        lambda clause: not clause.claim.named and _ANOTHER_AT.match(clause.rest),
    ),
    (
        "Pushed: https://git.timers.example/linux.git timers",  # which is there to be looked at
        lambda clause: (
            clause.claim.verb == "pushed"
            and not clause.claim.named
            and _PUSHED_THERE.match(clause.rest)
        ),
    ),
    (
        "It is not in flight yet, thus queued.",
        lambda clause: _is_bare(clause) and _THUS.search(clause.before),
    ),
    (
        "The relevant patch [1] is merged.",
        lambda clause: FOOTNOTE.fullmatch(clause.claim.named),
    ),
    (
        "I've applied [1] now.",  # a link to another mail
        lambda clause: not clause.claim.has_tree and _NOTE.fullmatch(clause.claim.named),
    ),
    (
        "I have pushed updates to the branch here.",
        lambda clause: _BARE_UPDATES.fullmatch(clause.claim.named),
    ),
    (
        "I already pushed out said commit for -rc3.",
        lambda clause: clause.claim.named.lower().startswith("said "),
    ),
    (
        "The issue has been addressed and the fix has been applied.",
        lambda clause: (
            clause.claim.named.lower() in {"fix", "a fix", "the fix"}
            and _FIXED.search(clause.before)
        ),
    ),
    (
        "I have a similar patch for this and 2/3 queued up for v6.19.",
        lambda clause: _SIMILAR.search(clause.before),
    ),
    (
        "Things got split up, merged, spun around.",
        lambda clause: (
            clause.claim.subject == "nobody"
            and re.match(r",(?!\sthank)|\sand\b", clause.rest)
            and _IN_A_ROW.search(clause.before)
        ),
    ),
    (
        "The patch took also two days.",
        lambda clause: clause.claim.subject == "patches" and clause.claim.verb == "took",
    ),
    (
        "I applied the patch from the other thread.",
        lambda clause: _FROM_OTHER.match(clause.rest),
    ),
    (
        "To test, I applied them to our branch.",
        lambda clause: clause.claim.subject == "sender" and _FOR_A_TEST.search(clause.before),
    ),
    (
        "It doesn't build, although I have applied patch 1.",
        lambda clause: clause.claim.subject == "sender" and _FAILED.search(clause.before),
    ),
    (
        "Applied patch is missing an unlock.",
        lambda clause: (
            clause.claim.subject == "nobody"
            and _BARE_PATCH.fullmatch(clause.claim.named)
            and _IS_OR_DOES.match(clause.rest)
        ),
    ),
    (
        "Merged in 2009!",  # the code that a patch changes
        lambda clause: re.fullmatch(r"(?:19|20)\d\d", clause.claim.named),
    ),
    (
        "I applied it on linux-next tag next-20220318.",
        lambda clause: clause.place and re.match(r"\stags?\s", clause.after),
    ),
    (
        "alternatives: applied 0 out of 27 patches",  # of a boot
        lambda clause: re.match(r"\sout\sof\s\d", clause.rest),
    ),
    (
        'It is fixed by commit 0123456789ab ("x86: y"), merged as of v3.4.',
        lambda clause: _is_bare(clause) and _BEHIND_COMMIT.search(clause.before),
    ),
    (
        "I just queued up the original patch in the kvm tree.",
        lambda clause: _ORIGINAL.fullmatch(clause.claim.named),
    ),
    (
        "We could merge [6] as a fix, as it is already queued up in kvm/next.",
        lambda clause: (
            clause.claim.subject == "patches"
            and clause.claim.is_pronoun
            and _DO_NOTE.search(clause.before)
        ),
    ),
    (
        "I wait (https://kvm.example/t/1 - patch 1 of the series was merged by Rob in 6.5)",
        lambda clause: clause.claim.subject == "patches" and _names_linked(clause),
    ),
    (
        "Or – better yet – merged it into the kvm tree.",  # advice
        lambda clause: clause.claim.subject == "nobody" and _OR.match(clause.before),
    ),
    (
        "Merged it into your development tree with a message.",
        lambda clause: (
            clause.claim.subject == "nobody"
            and clause.claim.verb != "put"
            and _YOUR_TREE.match(clause.rest)
            and not _IS_DONE.search(clause.claim.sentence)
        ),
    ),
    (
        "I've added it to my to-do queue.",  # or to a review queue
        lambda clause: _QUEUE_OF_WAITING.match(clause.rest),
    ),
    (
        "The following was taken with cache=loose.",  # a log
        lambda clause: (
            clause.claim.verb == "taken"
            and clause.claim.named.lower() == "the following"
            and _LOGGED.match(clause.rest)
        ),
    ),
    (
        "We have projects that are blocked on getting that approved and merged.",
        lambda clause: _is_bare(clause) and _TO_GET.search(clause.before),
    ),
    (
        "* Get these patches and the timer patches committed.",
        lambda clause: clause.claim.subject == "patches" and _GET_DONE.search(clause.before),
    ),
    (
        "I also added in timer-utils, which a test needs.",
        lambda clause: (
            clause.claim.verb == "added"
            and not clause.claim.named
            and clause.rest.startswith(" in ")
            and not BRANCH_WORD.search(clause.claim.tree or clause.rest)
        ),
    ),
    (
        "I built without the patch first, then applied the series and started the guest.",
        lambda clause: (
            clause.claim.by_sender
            and not clause.claim.has_tree
            and _BUILT_FIRST.search(clause.before)
        ),
    ),
    (
        "I'm OK taking this through the kvm-next tree, others may ack it.",
        lambda clause: clause.claim.verb.endswith("ing") and _WILLING.search(clause.before),
    ),
    (
        "We have moved to use a common tree for drivers.",
        lambda clause: (
            clause.claim.verb == "moved"
            and clause.claim.subject == "sender"
            and not clause.claim.named
        ),
    ),
    (
        "I also applied the series adding the macro [1].",
        lambda clause: (
            clause.claim.subject == "sender"
            and _THE_SERIES.fullmatch(clause.claim.named)
            and _NOTED.match(clause.rest)
        ),
    ),
    (
        "The relevant patch has already been merged.",  # not that which is answered
        lambda clause: _RELEVANT.fullmatch(clause.claim.named),
    ),
    (
        "I merged this into my tree and still saw the problem.",
        lambda clause: (
            clause.claim.subject == "sender"
            and clause.claim.verb not in {"committed", "queued", "pushed"}
            and clause.is_sure
            and not clause.claim.tree
            and tells_of_outcome(clause.after[:60])
        ),
    ),
)
"""What takes a claim back by other words of its sentence: an example, and the rule."""


def is_doubtful(clause: Clause) -> bool:
    """Whether other words take the claim back, or show that it is about something else."""
    claim = clause.claim
    # `I applied most of these, as I think you'll send the rest again, right?`
    said = _TAG.sub(".", claim.sentence) if claim.subject == "sender" else claim.sentence
    if is_taken_back(claim.verb, said, clause.rest, clause.place_end):
        return True
    if is_no_deed(clause) or is_aimless(clause) or is_other_deed(clause):
        return True
    if any(rule(clause) for _, rule in DOUBTFUL):
        return True
    if claim.named.lower().startswith("that ") and not clause.is_sure:
        return _CHANGED_IT.match(clause.rest) is None  # whichever it is
    if claim.subject == "patches":
        return is_about_others(clause)
    if claim.subject == "nobody":
        return is_of_others(claim.named) or _is_of_nobody(clause)
    return claim.subject == "sender" and (is_of_others(claim.named) or _is_testers(clause))


def _names_linked(clause: Clause) -> bool:
    """Whether the patches that are named are those of a link right before them."""
    start = clause.before.rfind(clause.claim.named) if clause.claim.named else -1
    return start > 0 and _OF_LINKED.search(clause.before[:start]) is not None


def _is_bare(clause: Clause) -> bool:
    """Whether it names neither who did it nor what was applied."""
    return clause.claim.subject == "nobody" and not clause.claim.named


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
