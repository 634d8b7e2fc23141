"""What sounds like a claim and is none: a habit, another's work, a patch that is only tried."""

import re
from typing import Final

from kvminbox.review.claim import Claim
from kvminbox.review.marks import TREE_WORD
from kvminbox.review.trees import Place

_COPULA: Final = re.compile(
    r"(?:\b(?:is|are|was|were|been|got|has|have|now|all|both|already)|['’](?:s|re))\s(?:\w+\s)?$",
    re.IGNORECASE,
)
# `it's merged via the mm tree`, `they are picked up by maintainers`: what is always done
_IT_IS: Final = re.compile(r"\b(?:it|they)(?:\s(?:is|are)|['’](?:s|re))\s$", re.IGNORECASE)
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
# `the patch applied w/o modifications to 4.19`, `the patches successfully applied`
_NO_CHANGES: Final = re.compile(
    r"\s(?:w/o|without|with\sno)\s(?:any\s|further\s)?(?:modification|change|fuzz|offset|problem|conflict)s?\b",
    re.IGNORECASE,
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
_WITH_IT: Final = re.compile(r"\swith\s(?:it|them|that|yours)\b")
_THAT: Final = re.compile(r"that|it|this", re.IGNORECASE)
# `I sent a patch for it last week, and it has been merged`
_I_SENT: Final = re.compile(
    r"\bI(?:['’]ve|\shave|\shad)?\s(?:(?:already|just|also|recently)\s)?(?:sent|posted|submitted)\s(?:out\s)?"
    r"(?:(?:a|an|my|some|another|two|three|separate)\s)?(?:(?!this|the|these|v\d)[\w-]+\s){0,2}"
    r"(?:patch(?:es|-?set)?|series|fix(?:es)?)\b(?!\srequest)"
    # `the revert patch that I sent earlier`
    r"|\b(?:patch(?:es|-?set)?|series|fix|revert)\s(?:(?:that|which)\s)?I\s(?:\w+\s)?(?:sent|posted|submitted)\b",
    re.IGNORECASE,
)
_TRIED_VERBS: Final = frozenset(
    {"applied", "reapplied", "re-applied", "pulled", "picked", "took", "taken", "grabbed"}
    | {"merged", "put"}
)
# what a tester says in the same breath: `but same failure`, `into my RT tree for some testing`
_TRYING: Final = re.compile(
    r"\b(?:my|our)\s(?:\w+\s)?(?:repo\w*|machine|board|kernel|system|setup)\sfor\stest(?:ing|s)\b"
    r"|\bI(?:['’]ve|\shave)\sbeen\s(?:doing\s)?(?:(?:some|more|further)\s){0,2}testing\b"
    r"|\bfor\s(?:some|a\sfew|local|quick|initial|my|our)\s(?:\w+\s)?test(?:ing|s)\b"
    r"|\bgiv(?:e|ing)\s(?:it|this|them)\sa\s(?:spin|try|go|test|whirl|shot)\b"
    r"|\b(?:we|I)(?:['’]re|\sare|['’]m|\sam)\s(?:now\s|still\s)?(?:testing|getting|seeing|hitting)\b"
    r"|\bsame\s(?:failure|error|crash|problem|issue|result|splat|warning|panic|oops)s?\b"
    r"|\b(?:that|it|this|which)\s(?:worked|did(?:n['’]t|\snot)\s(?:work|help|fix))\b"
    r"|\b(?:patch(?:es)?|series|it|this|them)\b[^.;]*\bto\stest\s"
    r"(?:it|this|them|the\s(?:patch(?:es)?|series|change))\b"
    r"|\bI\s(?:could|can)\srun\b|\bdid(?:n['’]t|\snot)\senable\b"
    r"|\b(?:both|to)\s(?:\w+\s){0,4}generate\sthe\ssame\b"
    # `to another base, since it fails to apply on this one`
    r"|\b(?:since|as|because)\s[^.;,]{1,40}\s(?:fails\sto|does(?:n['’]t|\snot)|did(?:n['’]t|\snot))\sapply\b"
    # `The diff is difficult to read, so I applied it`
    r"|\b(?:hard|difficult|easier)\sto\s(?:read|review|follow)\b",
    re.IGNORECASE,
)
# `I applied this and... it does not compile`, whoever says so
_BROKEN: Final = re.compile(
    r"\s(?:and|but)\b\W{0,5}(?:now\s)?(?:it|this|that|they)\s(?:\w+\s)?"
    r"(?:does(?:n['’]t|\snot)|do(?:n['’]t|\snot)|did(?:n['’]t|\snot)|fails?\sto|failed\sto|won['’]t)\s(?:even\s)?"
    r"(?:compile|build|link|boot|work)\b",
    re.IGNORECASE,
)
# `to start the review and test it`
_TO_START: Final = re.compile(
    r"\bto\s(?:start|begin|continue|do)\s(?:the|my|a|your)\s(?:\w+\s)?(?:review|test)",
    re.IGNORECASE,
)
# `folded this into the new driver that I just posted`
_I_POSTED: Final = re.compile(r"\bI(?:['’]ve|\shave)?\s(?:just\s)?(?:posted|sent|submitted)\b")
# `I added it to my branch`, which is anybody's
_IN_MY_BRANCH: Final = re.compile(r"\b(?:to|in|into|on)\smy\s(?:own\s)?branch\b")
# `Just wanted to try it for the first time`, in the sentence behind it
_WANTED: Final = re.compile(
    r"\b(?:wanted\sto\s(?:try|test)|trying\sto\s(?:test|reproduce))\b|\bb4\s(?:shazam|am)\b|\bI(?:['’]m|\sam)\sgetting\b"
    r"|\b(?:issue|problem|crash|error)\s(?:still\s)?(?:persists|remains)\b|\bI\sdid(?:n['’]t|\snot)\stest\b",
    re.IGNORECASE,
)


def is_no_deed(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether words tell of no deed, or not of these patches, whoever says them.

    Args:
        claim: what they seem to say.
        before: what stands before the verb.
        rest: what follows the verb and its object.
        place: the tree in it.
    """
    if claim.subject == "somebody":
        # `since you applied it and tested`
        return re.match(r"\sand\s(?:re)?tested\b", rest) is not None
    if claim.subject == "patches":
        is_none = _is_usual(claim, before, rest) or _is_of_project(claim, before, rest, place)
        return is_none or _is_no_tree(claim, rest, place)
    if claim.subject == "nobody" and _is_of_others(claim, before, rest, place):
        return True
    if claim.verb in {"folded", "squashed"} and _I_POSTED.search(rest):
        return True
    return (
        _ATTACHED.match(claim.named) is not None
        or _BROKEN.match(rest) is not None
        or (claim.verb == "pushed" and _is_shown(claim, rest))
        # `I've applied that to patches 1 and 2`, a reviewer's wish
        or (_THAT.fullmatch(claim.named) is not None and _TO_PATCHES.match(rest) is not None)
        # `I see your cleanup and merged with it`
        or (claim.verb == "merged" and _WITH_IT.match(rest) is not None)
        # `the timer test I pulled together`
        or (claim.verb == "pulled" and re.match(r"\stogether\b", rest) is not None)
        or _is_no_tree(claim, rest, place)
    )


def _is_usual(claim: Claim, before: str, rest: str) -> bool:
    """Whether it is told what is always done: `it's merged via the mm tree`."""
    if _IT_IS.search(before) and _BY_ANY.match(rest):
        return "thank" not in claim.sentence.lower()
    return _USUALLY.search(f"{before} {claim.named}") is not None


def _is_of_project(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether patches are told of that somewhere else went in, or that only apply."""
    if not _COPULA.search(before) and (_NO_CHANGES.match(rest) or _SUCCESSFULLY.search(before)):
        return True
    return (
        _BY_CODE.match(rest) is not None
        or _IF_TITLED.match(before) is not None
        or (place is None and _OF_PROJECT.fullmatch(claim.named) is not None)
    )


def _is_of_others(claim: Claim, before: str, rest: str, place: Place | None) -> bool:
    """Whether words without a subject are a wish, a gerund, or about what stands before them."""
    if claim.verb.endswith("ing"):
        tree = rest[place.start : place.end] if place else ""
        is_means = re.match(r"\svia\s", rest) and not TREE_WORD.search(tree) and "/" not in tree
        return bool(is_means) or _IS_SUBJECT.match(rest) is not None
    if claim.verb == "put":  # `put it in the header in drivers/timers/ please`
        return "please" in claim.sentence.lower()
    is_behind = _OF_LINK.search(before) is not None or _RECENT.search(before) is not None
    return is_behind and not claim.named


def _is_shown(claim: Claim, rest: str) -> bool:
    """Whether something is pushed to be looked at: `I've pushed the patches here: https://…`."""
    if claim.named.endswith(" here") and _SHOWN_AT.match(rest):
        return True
    is_fix = _FIXES.fullmatch(claim.named) is not None and not claim.tree
    return is_fix or _NEW_COMMITS.search(claim.named) is not None


def _is_no_tree(claim: Claim, rest: str, place: Place | None) -> bool:
    """Whether the tree is a series of patches, one to build them, or none at all."""
    if place is None:
        return False
    tree = rest[place.start : place.end]
    return (
        _SERIES.match(rest, place.end) is not None
        or _BUILDS.search(tree) is not None
        or (claim.verb in {"added", "put"} and _NO_BRANCH.match(rest, place.end) is not None)
    )


def tells_of_own(before: str) -> bool:
    """Whether a sender tells of a patch that he sent himself, somewhere else."""
    return _I_SENT.search(before) is not None


def is_trial_told(claim: Claim, paragraphs: list[str], place: int) -> bool:
    """Whether a claim of somebody who is not known to commit is a tester's.

    Args:
        claim: what a sentence says.
        paragraphs: those of the mail.
        place: which of them it is in.
    """
    if claim.subject not in {"sender", "nobody"}:
        return False
    if claim.verb == "added" and _is_in_any_branch(claim):
        return True
    if claim.verb not in _TRIED_VERBS:
        return False
    if _TRYING.search(claim.sentence) or _TO_START.search(claim.sentence):
        return True
    near = " ".join(" ".join(paragraphs[place : place + 3]).split())
    return claim.is_any_testers and _WANTED.search(near) is not None


def _is_in_any_branch(claim: Claim) -> bool:
    """Whether it is in a branch without a name, and no thanks are given for it."""
    is_nameless = claim.has_tree and not claim.tree and _IN_MY_BRANCH.search(claim.sentence)
    return bool(is_nameless) and "thank" not in claim.sentence.lower()
