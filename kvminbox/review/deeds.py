"""What sounds like a claim and is none: a habit, another's work, something that is only shown."""

import re
from collections.abc import Callable
from typing import Final

from kvminbox.review.claim import Claim, Clause
from kvminbox.review.marks import TREE_WORD
from kvminbox.review.wording import HAVE, NOT

_ANEW: Final = re.compile(r"version|\bv\d", re.IGNORECASE)
# `I pushed for the change of the bindings for long`
_PUSHED_FOR: Final = re.compile(
    r"\sfor\s(?:the\s)?(?:0-?day|lkp|kbuild|(?:build\s)?(?:ro)?bots?|ci)\b|\sfor\s(?:just|only|you\b|\w+ing|(?:the|a|an)\s(?!(?:\S+\s){0,2}(?:merge|release|cycle|window|kernel)\b)|more|this|that|it)\b",
    re.IGNORECASE,
)
# `for convenience`, `so that you can try it`
_SHARED: Final = re.compile(
    r"\bfor\s(?:your\s)?(?:convenience|reference|easier)|\bin\scase\s(?:you|any|some)"
    r"|\bif\s(?:you|any|some)\w*\s(?:want|like|prefer|need|wish)\sto|\bto\sease\b|\beasier\sto\b"
    r"|\binstead\sof\s(?:re-?)?(?:posting|sending)\b"
    r"|\bso\s(?:that\s)?(?:you|others|people|anyone|everyone)\s",
    re.IGNORECASE,
)
_AT_URL: Final = re.compile(
    r"(?!(?:\s\w+)?\s(?:to|into)\s)[^.;]{0,40}?\s(?:at|here|under|as)\b:?\s?"
    r"(?:$|\[|https?:|git:|git@|ssh:|\n)",
    re.IGNORECASE,
)
# `through a mail client`, `to the branches I named`, too
_NO_PUSH: Final = re.compile(
    r"\sto\sa\s(?:\w+\s)?(?:branch|fork|repo\w*)\b|\s(?:from|through|back|aside|around)\b"
    r"|\sto\sthe\sbranch(?:es)?\s(?:I|we|you|that|which|mentioned|named)\b"
)
_FROM: Final = re.compile(
    r"(?:\sup)?\s(?:from(?!\s(?:the\s)?(?:list|here|this\sseries))|out|off|over|back|away|to\sbe)\b",
    re.IGNORECASE,
)
_REWORKED: Final = re.compile(
    r"(?:\sup)?\sand\s(?:\w+ly\s|just\s)?(?:mangled|massaged|modified|changed|reworked|rewrote"
    r"|extended|adapted|turned)\b(?![^.;]*\b(?:appl|queu|push|merg|commit))",
    re.IGNORECASE,
)
_WITH_OTHERS: Final = re.compile(
    r"\stogether(?=\s?[.,])|[^.;,]{0,40}\b(?:together|with)\s(?:the\s)?"
    r"(?:previous|next|first|other|last|following)\s"
    r"(?:patch|one|commit|changes\sin\spatch)",
    re.IGNORECASE,
)
_IT_IS: Final = re.compile(r"\s(?:is|was)\s(?:an?|the|that)\b")  # `strictly taken it is a bug`
# `I folded it into the `if` statement`, `I had already applied this for TIMER_INFO_RAW`
_INTO_CODE: Final = re.compile(
    r"\s(?:in|into|to)\s(?:the|an?)\s\S+\s(?:statement|function|loop|macro|condition|check|helper|struct|callers?)\b"
    r"|\sfor\s[A-Z][A-Z0-9]*_[A-Z0-9_]{3,}\b"
)
_TOOK_AS: Final = re.compile(
    r"\s(?:at\srandom\b|as\s(?:the|that)\b"
    r"|as\san?\s(?!(?:[\w.-]+\s)?(?:fix|fixes|patch|bug-?fix|series|whole|material|clean-?up)\b))",
    re.IGNORECASE,
)
_POSTS_ANEW: Final = re.compile(
    r"[^.;]{0,60}\b(?:post|send|submit|include|resend|repost)\w*\s(?:it\s|this\s|them\s)?"
    r"(?:a\snew|the\snew|the\snext|v\d|with\s(?:my|the\snext)|in\s(?:my|the\snext|v\d)|soon)",
    re.IGNORECASE,
)
_COPULA: Final = re.compile(
    r"(?:\b(?:is|are|was|were|been|got|has|have|now|all|both|already)|['’](?:s|re))\s(?:\w+\s)?$",
    re.IGNORECASE,
)
# `it's merged via the mm tree`, `they are picked up by maintainers`: what is always done
_IT_IS_BY: Final = re.compile(r"\b(?:it|they)(?:\s(?:is|are)|['’](?:s|re))\s$", re.IGNORECASE)
_BY_ANY: Final = re.compile(
    r"(?:\sup|\sin)?\s(?:via|through|by)\s(?:the\s|their\s)?(?:[\w./-]+\s){0,2}(?:trees?|maintainers?)\b"
)
# `Adding it to kvm/next for more exposure would be great`
_IS_SUBJECT: Final = re.compile(
    r"(?:(?!\b(?:as|since|because|which|that|and|but|so|it|this|they|these|there|while|though|I)\b)"
    r"[^.,;]){0,80}\s(?:would|could|should|might|may|will|makes|is|was|seems)\b"
)
_NEW_COMMITS: Final = re.compile(
    r"\b(?:new|more|further|additional|other)\scommits?\b", re.IGNORECASE
)
# `https://… – merged`, `https://… has been committed`
_OF_LINK: Final = re.compile(
    r"https?://\S+\s(?:[-–—]{1,2}\s|(?:has\sbeen|have\sbeen|is|was|got)\s)$"
)
# `If a treewide: patch is applied by a higher maintainer`
_IF_TITLED: Final = re.compile(r"\W*(?:if|when|whenever|unless)\b[^,;]{0,60}:\s", re.IGNORECASE)
# `process_vm(), recently merged`: what stands before it was
_RECENT: Final = re.compile(r",\s(?:recently|newly)\s$", re.IGNORECASE)
# `the patch applied w/o modifications to 4.19`, `this patch applied with a bit of fuzz`
_NO_CHANGES: Final = re.compile(
    r"\s(?:w/o|without|with\sno)\s(?:any\s|further\s)?(?:modification|change|fuzz|offset|problem|conflict)s?\b"
    r"|\swith\s(?:(?:a\s(?:bit|little|lot)\sof|some|minor|much|only)\s){0,2}(?:fuzz|offsets?)\b",
    re.IGNORECASE,
)
# `next commit`, of the author's own
_NEIGHBOUR: Final = re.compile(
    r"(?:the\s|my\s)?(?:next|previous|other)\s(?:commit|patch|one)", re.IGNORECASE
)
_SUCCESSFULLY: Final = re.compile(r"\b(?:successfully|cleanly|fine)\s$", re.IGNORECASE)
# `Typically the uapi patches are picked by Ben`
_USUALLY: Final = re.compile(
    r"\b(?:typically|usually|normally|generally|commonly|ordinarily|often)\b", re.IGNORECASE
)
# `457 is already taken by timer_create()`
_BY_CODE: Final = re.compile(r"\sby\s(?:the\s)?\w+\(\)")
_SHOWN_AT: Final = re.compile(
    r":\s?(?:https?|git|ssh)://(?!\S*/(?:commit|c)/)(?!.*\b(?:next|fixes|master|main)\b)"
)
_FIXES: Final = re.compile(r"(?:the\s)?fix(?:es)?", re.IGNORECASE)
_NO_BRANCH: Final = re.compile(
    r"\s(?:commands?|options?|nodes?|boards?|tests?|helpers?)\b", re.IGNORECASE
)
_ATTACHED: Final = re.compile(r"(?:the\s|this\s|an?\s)?attached\s", re.IGNORECASE)
# `the backport landed in binutils`, `ACPICA PR was merged`
_OF_PROJECT: Final = re.compile(
    r"(?:the|an?)\sbackport|(?!(?:the|this|your|that|both|all)\s)\S+\sPRs?", re.IGNORECASE
)
# `into my linux-6.1 patch-series`
_SERIES: Final = re.compile(r"\s(?:patch[-\s]?series|patch-?set)\b", re.IGNORECASE)
# `to my randconfig tree`
_BUILDS: Final = re.compile(
    r"\b(?:rand|allmod|allyes)config\b|\bbuild[-\s]?test\w*\b", re.IGNORECASE
)
_TO_PATCHES: Final = re.compile(r"\sto\spatch(?:es)?\s#?\d")
_WITH_IT: Final = re.compile(r"\swith\s(?:it|them|that|yours|linux-next|mainline|upstream)\b")
_THAT: Final = re.compile(r"that|it|this", re.IGNORECASE)
# `I applied this and... it does not compile`, whoever says so
_BROKEN: Final = re.compile(
    r"\s(?:and|but)\b\W{0,5}(?:now\s)?(?:it|this|that|they)\s(?:\w+\s)?"
    rf"(?:does{NOT}|do{NOT}|did{NOT}|fails?\sto|failed\sto|won['’]t)\s(?:even\s)?"
    r"(?:compile|build|link|boot|work)\b",
    re.IGNORECASE,
)
# `I've taken it up with the list admins again`, `with Rob.`; but `with a fix`, `with Rob's ack`
_WITH_PEOPLE: Final = re.compile(
    r"\s(?:up\s)?(?:\w+\s)?up\s(?:\w+\s)?with\s(?:(?:the|our|my|his|their|its)\s)?(?:[\w'’]+\s){0,2}?"
    r"(?:(?:admins?|administrators?|owners?|people|team|folks|guys|vendors?|managers?|maintainers?"
    r"|moderators?|authors?|him|her|them|you)\b|(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?(?=\s?[.,;]|$))",
    re.IGNORECASE,
)
# `I grabbed the series and pointed it at my test suite`, whoever says so
_POINTED_AT: Final = re.compile(
    r"(?:\s\w+)?,?\sand\s(?:then\s|just\s)?(?:pointed\s(?:it|this|them)\sat|(?:threw|unleashed)\s(?:it|this|them)\s(?:at|on))\s"
    r"(?:[\w/.-]+\s){0,4}?(?:tests?|testsuite|suite|ci|lab|machines?|boards?|syzkaller|fuzzers?|bots?|\w+tests)\b",
    re.IGNORECASE,
)
# `folded this into the new driver that I just posted`
_I_POSTED: Final = re.compile(rf"\bI{HAVE}?\s(?:just\s)?(?:posted|sent|submitted)\b")


_PICKED: Final = frozenset({"picked", "took", "taken", "grabbed"})
_SHOWN: Final = frozenset({"pushed", "put"})
OTHER_DEEDS: Final[tuple[tuple[str, frozenset[str], Callable[[Clause], object]], ...]] = (
    (
        "I've put the other set on top of the timers branch.",
        frozenset({"put", "added"}),
        lambda clause: re.match(r"\son\stop\sof\b", clause.rest),
    ),
    (
        "I picked this out of the timers series.",
        _PICKED | {"pulled"},
        lambda clause: _FROM.match(clause.rest),
    ),
    (
        "Both are valid, so I just picked one.",
        _PICKED,
        lambda clause: clause.claim.named.lower() == "one",
    ),
    (
        "I picked it up, and should post a new version.",
        _PICKED,
        lambda clause: _POSTS_ANEW.match(clause.rest),
    ),
    (
        "I picked up this patch via linux-next and it hangs.",
        frozenset({"picked", "pulled"}),
        lambda clause: re.match(r"\s(?:via|from|with)\slinux-next\b", clause.rest),
    ),
    (
        "I took your patch and mangled it.",
        _PICKED,
        lambda clause: _REWORKED.match(clause.rest),
    ),
    (
        "As an example for what I mean I picked this patch.",
        _PICKED,
        lambda clause: re.search(r"\bexample\b", clause.claim.sentence),
    ),
    (
        "I took it as the reason.",
        frozenset({"took", "taken", "picked"}),
        lambda clause: _TOOK_AS.match(clause.rest),
    ),
    (
        "I've taken it up with the list's owners.",
        frozenset({"took", "taken"}),
        lambda clause: _WITH_PEOPLE.match(clause.rest),
    ),
    (
        "Strictly taken it is a bug.",
        frozenset({"took", "taken"}),
        lambda clause: _IT_IS.match(clause.rest),
    ),
    (
        "Just landed yesterday from the conference.",
        frozenset({"landed"}),
        lambda clause: re.match(r"(?:\s\w+)?\s(?:from|back|home|at)\b", clause.rest),
    ),
    (
        "I already pulled the series apart.",
        frozenset({"took", "taken", "pulled"}),
        lambda clause: re.match(r"\sapart\b(?!\sfrom)", clause.rest),
    ),
    (
        "Taken together, these result in page-size independent code.",
        frozenset({"took", "taken"}),
        lambda clause: re.match(r"\s(?:together|at|as\sa\swhole)\b", clause.rest),
    ),
    (
        "I pulled the first patch.",
        frozenset({"pulled"}),
        lambda clause: re.match(
            r"(?:the|your) (?:first |last )?(?:patch|commit|fix)", clause.claim.named
        ),
    ),
    (
        "It seems that 2 commits were merged together.",
        frozenset({"merged"}),
        lambda clause: _WITH_OTHERS.match(clause.rest),
    ),
    (
        "So put it in your tree.",
        frozenset({"put"}),
        lambda clause: re.match(r"\stogether\b|\s(?:in|into|to|on)\syour\b", clause.rest),
    ),
    (
        "Also squashed next commit.",  # of the author's next version
        frozenset({"folded", "squashed"}),
        lambda clause: _NEIGHBOUR.fullmatch(clause.claim.named),
    ),
    (
        "I've pushed this to a branch.",
        frozenset({"pushed"}),
        lambda clause: _NO_PUSH.match(clause.rest) or _PUSHED_FOR.match(clause.rest),
    ),
    (
        "I've pushed v2 to my kvm/timers branch.",
        _SHOWN,
        lambda clause: _ANEW.search(clause.claim.named),
    ),
    (
        "I pushed everything to for-next, so you can rebase it.",
        _SHOWN,
        lambda clause: _SHARED.search(clause.claim.sentence),
    ),
    (
        "I pushed them here: https://git.timers.example/linux.git",
        _SHOWN,
        lambda clause: _AT_URL.match(clause.rest),
    ),
)
"""Deeds that are none of a maintainer's: an example, the verbs, and the rule."""


def is_other_deed(clause: Clause) -> bool:
    """Whether the verb tells of something else: sharing a branch, withdrawing, taking over."""
    claim = clause.claim
    # `Ben has already pulled the patches into kvm-next`; a tester's `I pulled the patch`
    if claim.verb == "pulled" and claim.somebody and claim.has_tree:
        return False
    if _INTO_CODE.match(clause.rest):
        return True
    return any(claim.verb in verbs and rule(clause) for _, verbs, rule in OTHER_DEEDS)


def is_no_deed(clause: Clause) -> bool:
    """Whether words tell of no deed, or not of these patches, whoever says them."""
    claim, rest = clause.claim, clause.rest
    if claim.subject == "somebody":
        # `since you applied it and tested`
        return re.match(r"\sand\s(?:re)?tested\b", rest) is not None
    if claim.subject == "patches":
        return _is_usual(clause) or _is_of_project(clause) or _is_no_tree(clause)
    if claim.subject == "nobody" and _is_of_others(clause):
        return True
    if claim.verb in {"folded", "squashed"} and _I_POSTED.search(rest):
        return True
    return (
        _ATTACHED.match(claim.named) is not None
        or _BROKEN.match(rest) is not None
        or _POINTED_AT.match(rest) is not None
        or (claim.verb == "pushed" and _is_shown(claim, rest))
        # `I've applied that to patches 1 and 2`, a reviewer's wish
        or (_THAT.fullmatch(claim.named) is not None and _TO_PATCHES.match(rest) is not None)
        # `I see your cleanup and merged with it`
        or (claim.verb == "merged" and _WITH_IT.match(rest) is not None)
        # `the timer test I pulled together`
        or (claim.verb == "pulled" and re.match(r"\stogether\b", rest) is not None)
        or _is_no_tree(clause)
    )


def _is_usual(clause: Clause) -> bool:
    """Whether it is told what is always done: `it's merged via the mm tree`."""
    if _IT_IS_BY.search(clause.before) and _BY_ANY.match(clause.rest):
        return "thank" not in clause.claim.sentence.lower()
    return _USUALLY.search(f"{clause.before} {clause.claim.named}") is not None


def _is_of_project(clause: Clause) -> bool:
    """Whether patches are told of that somewhere else went in, or that only apply."""
    before, rest = clause.before, clause.rest
    if not _COPULA.search(before) and (_NO_CHANGES.match(rest) or _SUCCESSFULLY.search(before)):
        return True
    return (
        _BY_CODE.match(rest) is not None
        or _IF_TITLED.match(before) is not None
        or (clause.place is None and _OF_PROJECT.fullmatch(clause.claim.named) is not None)
    )


def _is_of_others(clause: Clause) -> bool:
    """Whether words without a subject are a wish, a gerund, or about what stands before them."""
    claim, rest, place = clause.claim, clause.rest, clause.place
    if claim.verb.endswith("ing"):
        tree = rest[place.start : place.end] if place else ""
        is_means = re.match(r"\svia\s", rest) and not TREE_WORD.search(tree) and "/" not in tree
        return bool(is_means) or _IS_SUBJECT.match(rest) is not None
    if claim.verb == "put":  # `put it in the header in drivers/timers/ please`
        return "please" in claim.sentence.lower()
    is_behind = (
        _OF_LINK.search(clause.before) is not None or _RECENT.search(clause.before) is not None
    )
    return is_behind and not claim.named


def _is_shown(claim: Claim, rest: str) -> bool:
    """Whether something is pushed to be looked at: `I've pushed the patches here: https://…`."""
    if claim.named.endswith(" here") and _SHOWN_AT.match(rest):
        return True
    is_fix = _FIXES.fullmatch(claim.named) is not None and not claim.tree
    return is_fix or _NEW_COMMITS.search(claim.named) is not None


def _is_no_tree(clause: Clause) -> bool:
    """Whether the tree is a series of patches, one to build them, or none at all."""
    claim, rest, place = clause.claim, clause.rest, clause.place
    if place is None:
        return False
    tree = rest[place.start : place.end]
    return (
        _SERIES.match(rest, place.end) is not None
        or _BUILDS.search(tree) is not None
        or (claim.verb in {"added", "put"} and _NO_BRANCH.match(rest, place.end) is not None)
    )
