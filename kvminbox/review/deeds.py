"""What sounds like a claim and is none: a habit, another's work, something that is only shown.

`I've pushed v2 to my branch` shows it, `I took it as the reason` takes no patch, and `it's merged
via the mm tree` tells what is always done. What takes a real claim back is in `doubts`.
"""

import re
from typing import Final

from kvminbox.review.claim import Clause
from kvminbox.review.grammar import compile_words
from kvminbox.review.marks import TREE_WORD
from kvminbox.review.rule import Rule, any_holds
from kvminbox.review.wording import HAVE, NOT

_TAKES: Final = "picked took taken grabbed"
# a link to a place that is no commit and no branch of a maintainer
_ANY_URL: Final = r"(?:https?|git|ssh)://(?!\S*/(?:commit|c)/)(?!.*\b(?:next|fixes|master|main)\b)"
_BUILT: Final = re.compile(r"\b(?:rand|allmod|allyes)config\b|\bbuild[-\s]?test")
_COPULA: Final = compile_words(
    r"(?:\b(?:is|are|was|were|been|got|has|have|now|all|both|already)|'(?:s|re)) (?:\w+ )?$"
)


def _only_applies(clause: Clause) -> bool:
    """Whether patches apply, and nobody tells that they were applied: `the patch applied`."""
    return _COPULA.search(clause.before) is None


def _tree_words(clause: Clause) -> str:
    return clause.rest[clause.place.start : clause.place.end].lower() if clause.place else ""


def _is_to_build(clause: Clause) -> bool:
    """Whether the tree is one that is built: `my randconfig tree`."""
    return _BUILT.search(_tree_words(clause)) is not None


def _is_means(clause: Clause) -> bool:
    """Whether words such as `via lamp-flags` tell of no tree."""
    words = _tree_words(clause)
    return TREE_WORD.search(words) is None and "/" not in words


OTHER_DEEDS: Final = (
    Rule(
        "I've put the other set on top of the timers branch.",
        verb="put added",
        rest=r" on top of\b",
    ),
    Rule(
        "I picked this out of the timers series.",
        verb=f"{_TAKES} pulled",
        rest=r"(?: up)? (?:from(?! (?:the )?(?:list|here|this series))|out|off|over|back|away"
        r"|to be)\b",
    ),
    Rule("Both are valid, so I just picked one.", verb=_TAKES, named="one"),
    Rule(
        "I picked it up, and should post a new version.",
        verb=_TAKES,
        rest=r"[^.;]{0,60}\b(?:post|send|submit|include|resend|repost)\w* (?:it |this |them )?"
        r"(?:a new|the new|the next|v\d|with (?:my|the next)|in (?:my|the next|v\d)|soon)",
    ),
    Rule(
        "I picked up this patch via linux-next and it hangs.",
        verb="picked pulled",
        rest=r" (?:via|from|with) linux-next\b",
    ),
    Rule(
        "I took your patch and mangled it.",
        verb=_TAKES,
        rest=r"(?: up)? and (?:\w+ly |just )?(?:mangled|massaged|modified|changed|reworked|rewrote"
        r"|extended|adapted|turned)\b(?![^.;]*\b(?:appl|queu|push|merg|commit))",
    ),
    Rule("As an example for what I mean I picked this patch.", verb=_TAKES, said=r"\bexample\b"),
    Rule(
        "I took it as the reason.",
        verb="took taken picked",
        rest=r" (?:at random\b|as (?:the|that)\b|as an? "
        r"(?!(?:[\w.-]+ )?(?:fix|fixes|patch|bug-?fix|series|whole|material|clean-?up)\b))",
    ),
    Rule(
        "I've taken it up with the list's owners.",  # or `with Rob`; but not `with Rob's ack`
        verb="took taken",
        rest=r" (?:up )?(?:\w+ )?up (?:\w+ )?with (?:(?:the|our|my|his|their|its) )?"
        r"(?:[\w'’]+ ){0,2}?(?:(?:admins?|administrators?|owners?|people|team|folks|guys|vendors?"
        r"|managers?|maintainers?|moderators?|authors?|him|her|them|you)\b"
        r"|(?-i:[A-Z])\w+(?: (?-i:[A-Z])\w+)?(?= ?[.,;]|$))",
    ),
    Rule("Strictly taken it is a bug.", verb="took taken", rest=r" (?:is|was) (?:an?|the|that)\b"),
    Rule(
        "Just landed yesterday from the conference.",
        verb="landed",
        rest=r"(?: \w+)? (?:from|back|home|at)\b",
    ),
    Rule("I already pulled the series apart.", verb="took taken pulled", rest=r" apart\b(?! from)"),
    Rule(
        "Taken together, these result in page-size independent code.",
        verb="took taken",
        rest=r" (?:together|at|as a whole)\b",
    ),
    Rule(
        "I pulled the first patch.",
        verb="pulled",
        named="(?:the|your) (?:first |last )?(?:patch|commit|fix).*",
    ),
    Rule(
        "It seems that 2 commits were merged together.",
        verb="merged",
        rest=r" together(?= ?[.,])|[^.;,]{0,40}\b(?:together|with) (?:the )?"
        r"(?:previous|next|first|other|last|following) (?:patch|one|commit|changes in patch)",
    ),
    Rule("I've put it in your tree.", verb="put", rest=r" (?:together|(?:in|into|to|on) your)\b"),
    Rule(
        "Also squashed next commit.",  # of the author's next version
        verb="folded squashed",
        named="(?:the |my )?(?:next|previous|other) (?:commit|patch|one)",
    ),
    Rule(
        "I've pushed this to a branch.",
        verb="pushed",
        rest=r" to a (?:\w+ )?(?:branch|fork|repo\w*)\b| (?:from|through|back|aside|around)\b"
        r"| to the branch(?:es)? (?:I|we|you|that|which|mentioned|named)\b",
    ),
    Rule(
        "I've pushed for the change of the bindings.",
        verb="pushed",
        rest=r" for (?:(?:the )?(?:0-?day|lkp|kbuild|(?:build )?(?:ro)?bots?|ci)\b|just|only|you\b"
        r"|\w+ing|(?:the|an?) (?!(?:\S+ ){0,2}(?:merge|release|cycle|window|kernel)\b)|more|this"
        r"|that|it\b)",
    ),
    Rule(
        "I've pushed v2 to my kvm/timers branch.", verb="pushed put", named=r".*(?:version|\bv\d).*"
    ),
    Rule(
        "I pushed everything to for-next, so you can rebase it.",
        verb="pushed put",
        said=r"\bfor (?:your )?(?:convenience|reference|easier)|\bin case (?:you|any|some)"
        r"|\bif (?:you|any|some)\w* (?:want|like|prefer|need|wish) to|\bto ease\b|\beasier to\b"
        r"|\binstead of (?:re-?)?(?:posting|sending)\b|\bso (?:that )?(?:you|others|people|anyone"
        r"|everyone) ",
    ),
    Rule(
        "I pushed them here: https://git.timers.example/linux.git",
        verb="pushed put",
        rest=r"(?!(?: \w+)? (?:to|into) )[^.;]{0,40}? (?:at|here|under|as)\b:? ?"
        r"(?:$|\[|https?:|git:|git@|ssh:|\n)",
    ),
    Rule(
        "I have pushed the patches here: https://git.timers.example/linux.git",
        "sender nobody",
        verb="pushed",
        named=".* here",
        rest=f": ?{_ANY_URL}",
    ),
    Rule(
        "I pushed the fix.",
        "sender nobody",
        verb="pushed",
        named="(?:the )?fix(?:es)?",
        also=lambda clause: not clause.claim.tree,
    ),
    Rule(
        "I pushed the new commits.",
        "sender nobody",
        verb="pushed",
        named=r".*\b(?:new|more|further|additional|other) commits?",
    ),
    Rule(
        "I folded it into the `if` statement.",
        rest=r" (?:in|into|to) (?:the|an?) \S+ (?:statement|function|loop|macro|condition|check"
        r"|helper|struct|callers?)\b",
    ),
    Rule(
        "I had already applied this for TIMER_INFO_RAW.",
        rest=r" for (?-i:[A-Z][A-Z0-9]*_[A-Z0-9_]{3,})\b",
    ),
    Rule(
        "I folded this into the new driver that I just posted.",
        "sender nobody",
        verb="folded squashed",
        rest=rf"(?s:.*)\bI{HAVE}? (?:just )?(?:posted|sent|submitted)\b",
    ),
    Rule(
        "I've applied the attached patch.",
        "sender nobody",
        named="(?:(?:the|this|an?) )?attached .*",
    ),
    Rule(
        "I've queued this and it does not build.",
        "sender nobody",
        rest=r" (?:and|but)\b\W{0,5}(?:now )?(?:it|this|that|they) (?:\w+ )?"
        rf"(?:(?:does|do|did){NOT}|fails? to|failed to|won't) (?:even )?"
        r"(?:compile|build|link|boot|work)\b",
    ),
    Rule(
        "I grabbed the series and pointed it at my test suite.",
        "sender nobody",
        rest=r"(?: \w+)?,? and (?:then |just )?(?:pointed (?:it|this|them) at"
        r"|(?:threw|unleashed) (?:it|this|them) (?:at|on)) (?:[\w/.-]+ ){0,4}?"
        r"(?:tests?|testsuite|suite|ci|lab|machines?|boards?|syzkaller|fuzzers?|bots?|\w+tests)\b",
    ),
    Rule(
        "I've applied that to patches 1 and 2.",  # a reviewer's wish
        "sender nobody",
        named="that|it|this",
        rest=r" to patch(?:es)? #?\d",
    ),
    Rule(
        "I see your cleanup and merged with it.",
        "sender nobody",
        verb="merged",
        rest=r" with (?:it|them|that|yours|linux-next|mainline|upstream)\b",
    ),
    Rule(
        "I've used the timer test I pulled together.",
        "sender nobody",
        verb="pulled",
        rest=r" together\b",
    ),
    Rule("Since you applied it and tested, it is fine.", "somebody", rest=r" and (?:re)?tested\b"),
    Rule(
        "It's merged via the mm tree.",  # always
        "patches",
        before=r"\b(?:it|they)(?: (?:is|are)|'(?:s|re)) $",
        rest=r"(?: up| in)? (?:via|through|by) (?:the |their )?(?:[\w./-]+ ){0,2}"
        r"(?:trees?|maintainers?)\b",
        unless="thank",
    ),
    Rule(
        "Typically the uapi patches are picked by Ben.",
        "patches",
        before=r"\b(?:typically|usually|normally|generally|commonly|ordinarily|often)\b",
    ),
    Rule(
        "The patch applied without modifications to 4.19.y.",
        "patches",
        rest=r" (?:w/o|without|with no) (?:any |further )?"
        r"(?:modification|change|fuzz|offset|problem|conflict)s?\b"
        r"| with (?:(?:a (?:bit|little|lot) of|some|minor|much|only) ){0,2}(?:fuzz|offsets?)\b",
        also=_only_applies,
    ),
    Rule(
        "The patch successfully applied to kvm/next.",
        "patches",
        before=r"\b(?:successfully|cleanly|fine) $",
        also=_only_applies,
    ),
    Rule("457 is already taken by timer_create().", "patches", rest=r" by (?:the )?\w+\(\)"),
    Rule(
        "If a treewide: patch is applied by a higher maintainer, fine.",
        "patches",
        before=r"^\W*(?:if|when|whenever|unless)\b[^,;]{0,60}: ",
    ),
    Rule(
        "The backport was merged.",
        "patches treeless",
        named=r"(?:the|an?) backport|(?!(?:the|this|your|that|both|all) )\S+ PRs?",
    ),
    Rule(
        "Then applying them via timer-flags-y.",
        "nobody",
        verb="applying queuing queueing merging taking picking pulling pushing adding",
        rest=" via ",
        also=_is_means,
    ),
    Rule(
        "Adding it to kvm/next for more exposure would be great.",
        "nobody",
        verb="applying queuing queueing merging taking picking pulling pushing adding",
        rest=r"(?:(?!\b(?:as|since|because|which|that|and|but|so|it|this|they|these|there|while|though"
        r"|I)\b)[^.,;]){0,80} (?:would|could|should|might|may|will|makes|is|was|seems)\b",
    ),
    Rule("Put it in kvm/next please.", "nobody", verb="put", said="please"),
    Rule(
        "https://kvm.example/t/1 – merged.",
        "nobody unnamed",
        before=r"https?://\S+ (?:[-–—]{1,2} |(?:(?:has|have) been|is|was|got) )$",
    ),
    Rule(
        "It is for process_vm(), recently merged.",
        "nobody unnamed",
        before=", (?:recently|newly) $",
    ),
    Rule(
        "I applied this to my timers/next patch-series.",
        "sender nobody patches in-tree",
        after=r" patch(?:[- ]?series|-?set)\b",
    ),
    Rule(
        "I've applied this to my randconfig tree.",
        "sender nobody patches in-tree",
        also=_is_to_build,
    ),
    Rule(
        "I've put it into kvm/next boards.",
        "sender nobody patches in-tree",
        verb="added put",
        after=r" (?:commands?|options?|nodes?|boards?|tests?|helpers?)\b",
    ),
)
"""Deeds that are none of a maintainer's."""


def is_other_deed(clause: Clause) -> bool:
    """Whether the verb tells of something else: sharing a branch, withdrawing, taking over."""
    claim = clause.claim
    # `Ben has already pulled the patches into kvm-next`; a tester's `I pulled the patch`
    if claim.verb == "pulled" and claim.somebody and claim.has_tree:
        return False
    return any_holds(OTHER_DEEDS, clause)
