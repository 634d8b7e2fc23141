"""Whether words of their own are to be believed, by what else speaks for them than the words.

Sentences are misread in ever new ways. So what is no formula, list or notice must have two of
these: it is said by who commits, it names a tree, a commit or a release, it answers the patch
itself and no other reply, and its own words say that it is these patches.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kvminbox.review.applied_text import AppliedText
from kvminbox.review.claim import Claim
from kvminbox.review.grammar import compile_words
from kvminbox.review.marks import MAINTAINED
from kvminbox.review.trees import is_upstream

_ENOUGH: Final = 2  # things that must speak for a claim
# characters before the verb of a sentence of which its sender's deed is the main thing
_LEAD: Final = 70

# names that say no more than `my tree`; an author's `-next` is his next version
_NO_NAME: Final = compile_words(
    "-?next|upstream|mainline|master|main|git|trunk|staging|testing|tree|queue|path|patch|linux"
    "|fresh|clean|local|test|new"
)
# `for v6.1`, `as 6.7 material`, `for 5.10.y`, `for-next`
_RELEASE: Final = compile_words(
    r"\b(?:for|as|in|into)[ -](?:v?\d+\.\d+(?!\d*%)|-?rc\d|next\b|fixes\b)"
)
_PRONOUN: Final = compile_words(
    "it|they|them|this|these|that|those|one|this one|all|both|everything"
)
_SEVERAL: Final = compile_words("them|they|those")
# what somebody who does it says of the mail that he answers
_THIS: Final = compile_words("this(?: one)?|these|all|both|everything")
# `I've pushed the change to -next`, told in a talk: which one it is must be known
_THE_ONE: Final = compile_words(r"(?:the|that) (?:\w+ )?(?:patch|fix|change|commit|one)")
# `Patches were integrated and tested`
_ANY: Final = compile_words("(?:patch(?:es)?|fix(?:es)?|changes)")
_BY_MAINTAINER: Final = compile_words(r"\bby (?:\w+ ){0,2}maintainer\b")
# `in my for-next branch`, `to our tree`: who has one applies patches; a local one has anybody
_IN_MY_TREE: Final = re.compile(
    r"\b(?:to|in|into|on|onto)\s(?:my|our)\s(?!(?:local|test\w*|own|private|personal|work\w*|dev\w*|wip|current|build|git)\b)"
    r"['\"`]?(?:[\w./-]+['\"`]?\s){0,2}?(?:(?:tree|branch|queue)\b(?!\s(?:and|with)\s(?:\w+\s)?(?:test|boot|buil|r[au]n))|(?:[\w./-]+[/-])?(?:next|fixes)\b)",
    re.IGNORECASE,
)
_THESE: Final = compile_words(
    "(?:this|these)(?: (?:one|patch(?:es|-?set)?|(?:patch )?series|change))?"
)
_SEEN: Final = compile_words(
    "(?:^|[.,;:] )(?:(?:but|and|oh|ah|ok|fyi),? )?(?:I (?:can )?(?:now |just )?(?:see|saw"
    "|noticed|found)|(?:it )?looks like|(?:it )?seems(?: like)?) (?:that )?$"
)
_DONE: Final = compile_words(r"\b(?:already|now|got|by (?-i:[A-Z]))")
_ITSELF: Final = compile_words(
    "the (?:(?:rebased|edited|amended|adjusted|updated|resulting) )?patch"
)
_OTHER: Final = compile_words(r"(?:the|that) other\b")
# what stands before `this is queued`, and is no other clause
_LEADS: Final = compile_words(
    "(?:(?:ok(?:ay)?|fyi|yes|yeah|thanks|thank you|sorry|anyway|well|afaics|and|but|so),? "
    "|(?:it )?(?:looks|seems) (?:like )?(?:that )?|I (?:see|saw|noticed|know) (?:that )?)*"
)
_SUBORDINATE: Final = re.compile(
    r"\b(?:that|which|who|while|when|if|after|before|where|then|he|she|they)\b|['’](?:s|re)\s"
    # but not `Tested and pushed.`
    r"|\b(?:tested|rebased)\b(?!,?\s(?:and|&)\s\Z)",
    re.IGNORECASE,
)
_MY_DEED: Final = re.compile(r"I(?:['’]ve|\shave)\s(?:\w+\s)?\w+ed\b")
_THAT_AND: Final = compile_words(r"\bthat(?= (?:and|&) )")
_APPLIES: Final = frozenset(
    {"applied", "reapplied", "re-applied", "queued", "merged", "pushed", "committed", "picked"}
    | {"pulled", "grabbed"}
)
# `I'm also queuing the Kconfig part of patch 2`, as who commits says of his own
_IS_APPLYING: Final = frozenset({"applying", "queuing", "queueing"})
# what an author does with a series of his own when nobody else does; he queues and applies wishes
_ENDS: Final = frozenset({"merged", "pushed", "committed"})


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells of patches that were applied, and where."""

    commits: bool
    """Whether he is known to commit."""

    is_author: bool
    """Whether he sent the patches himself."""

    is_direct: bool
    """Whether his mail answers the patch itself, and no other reply."""

    is_approved: bool
    """Whether it answers the reply of a reviewer who approves of the patch."""

    is_alone: bool
    """Whether the series has one patch only, which `the patch` is then."""

    knows: Callable[[str], bool]
    """Whether somebody whom he names is known to commit."""


def is_trusted(text: AppliedText, teller: Teller) -> bool:
    """Whether enough speaks for what a mail says in words of its own."""
    return any(_is_trusted(claim, text, teller) for claim in text.claims)


def _is_trusted(claim: Claim, text: AppliedText, teller: Teller) -> bool:
    if claim.is_thanks:
        return True  # only an author's, who answers somebody else, has come so far
    if teller.is_alone and _OTHER.match(_name(claim)):
        return False  # `I've applied the other fix to my tree.`
    names_place = _names_place(claim, text, teller)
    is_seen = _is_seen(claim)
    names_these = is_seen or _names_these(claim, teller)
    # `Both applied:`, and below it what crashed with them
    is_plain = names_these and not _is_it(claim) and not claim.sentence.endswith(":")
    by_other = _is_by_other(claim, teller)
    if teller.is_author and not by_other:
        if _SEVERAL.fullmatch(_name(claim)) and not teller.is_direct:
            return False  # `I've taken them from the old driver`, of what a reviewer speaks of
        if claim.verb in {"pushed", "put"} and claim.has_tree and not _is_maintained(claim):
            return False
        if teller.is_direct or teller.is_approved:
            return names_place or names_these or teller.commits
        is_done = is_plain or (teller.commits and names_these)
        return names_place or (is_done and _is_done(claim, teller))
    if is_plain and _is_main(claim) and claim.verb in _APPLIES:
        return True
    # of a talk about some change, which one it is must be told
    is_one = claim.by_sender and _is_the_one(claim, teller)
    told = (
        teller.commits or by_other,
        names_place,
        names_these,
        teller.is_direct,
        _IN_MY_TREE.search(claim.sentence) and not teller.is_author,
        is_seen,
        # an author's `and then Rob merged it`
        teller.is_author and claim.somebody and teller.knows(claim.somebody),
    )
    return sum(map(bool, told)) - is_one >= _ENOUGH


def _is_seen(claim: Claim) -> bool:
    """Whether its sender tells what he saw of these: `I see that this is already queued`."""
    if claim.subject != "patches" or _THESE.fullmatch(_name(claim)) is None:
        return False
    lead = claim.sentence.partition(_name(claim))[0]
    return _SEEN.search(lead) is not None and _DONE.search(claim.sentence) is not None


def _is_the_one(claim: Claim, teller: Teller) -> bool:
    """Whether `the patch` may be another one, of which they talk."""
    is_this = teller.is_direct or (
        teller.is_alone and teller.commits and _ITSELF.fullmatch(_name(claim)) is not None
    )
    return _THE_ONE.fullmatch(_name(claim)) is not None and not is_this


def _is_maintained(claim: Claim) -> bool:
    """Whether a branch is none that an author makes to show his series: `kvm-next`."""
    if "://" in claim.tree:
        return re.search(r"://(?:www\.)?git(?:hub|lab)\.", claim.tree) is None
    return "/" in claim.tree or claim.tree == "" or MAINTAINED.search(claim.tree) is not None


def _is_done(claim: Claim, teller: Teller) -> bool:
    """Whether an author has done it, and it is no wish that he heard: `Merged`, `Queued these`."""
    applies = claim.verb in _APPLIES or (teller.commits and claim.verb in _IS_APPLYING)
    return claim.verb in _ENDS or (applies and claim.named != "")


def _is_by_other(claim: Claim, teller: Teller) -> bool:
    """Whether it names who did it: `Rob has already merged it`, `you applied it`."""
    if claim.subject == "somebody" or (claim.somebody and teller.knows(claim.somebody)):
        return True
    return _BY_MAINTAINER.search(claim.sentence) is not None


def _names_place(claim: Claim, text: AppliedText, teller: Teller) -> bool:
    """Whether it says where they are: a tree with a name, a commit, or a release."""
    if claim.tree and not _NO_NAME.fullmatch(claim.tree):
        return True
    if claim.has_tree and is_upstream(claim.sentence):
        return True
    if not teller.is_author and (
        claim.tree.lower() == "-next" or (claim.has_tree and teller.commits)
    ):
        return True
    return bool(text.commits) or _RELEASE.search(claim.sentence) is not None


def _names_these(claim: Claim, teller: Teller) -> bool:
    """Whether the words say that it is these patches: `I've queued this`, `Applied`."""
    named = _name(claim)
    if not named or _PRONOUN.fullmatch(named):
        is_told = teller.is_author or claim.subject == "somebody"
        is_this = is_told and _THIS.fullmatch(named) is not None
        return is_this or _is_main(claim) or _is_all(claim, teller)
    if _THE_ONE.fullmatch(named):
        return not _is_the_one(claim, teller) or teller.is_author
    return _is_main(claim) or _ANY.fullmatch(named) is None


def _name(claim: Claim) -> str:
    return " ".join(claim.named.split())


def _is_it(claim: Claim) -> bool:
    """Whether what was applied is `it`, of which they may have talked, and not `this`."""
    named = _name(claim)
    return _PRONOUN.fullmatch(named) is not None and _THIS.fullmatch(named) is None


def _is_all(claim: Claim, teller: Teller) -> bool:
    """Whether `It is merged.` is all that is said, or the first thing of a direct answer."""
    if claim.subject != "patches" or not claim.named:
        return False
    lead, _, rest = claim.sentence.partition(_name(claim))
    is_this = _THIS.fullmatch(_name(claim)) is not None
    if lead == "" or (is_this and _LEADS.fullmatch(lead)):
        return teller.is_direct or len(rest) <= _LEAD
    return teller.is_direct and re.search(r"[,;]\s(?:and\s|so\s)?$", lead) is not None


def _is_main(claim: Claim) -> bool:
    """Whether its sender's deed is what the sentence is about: `OK, I've queued this`."""
    lead = claim.sentence[: max(claim.sentence.lower().find(claim.verb), 0)]
    if claim.subject == "patches" and _name(claim):  # `Series applied`
        lead, _, between = lead.partition(_name(claim))
        return not between.strip() and _SUBORDINATE.search(lead) is None
    if claim.subject == "sender":
        return True
    is_deed = claim.subject == "nobody" and not claim.verb.endswith("ing")
    # `I've changed …, and applied` may be long, `Tweaked that and applied` has no other clause
    is_short = len(lead) <= _LEAD or _MY_DEED.match(lead) is not None
    return is_deed and is_short and _SUBORDINATE.search(_THAT_AND.sub("it", lead)) is None
