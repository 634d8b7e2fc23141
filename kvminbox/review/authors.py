"""What a series' own author says where he answers, which may be about his next version."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kvminbox.review import wording
from kvminbox.review.claim import Claim, Placed
from kvminbox.review.grammar import compile_words
from kvminbox.review.marks import MAINTAINED

_PATCHES: Final = compile_words(r"\b(?:series|patch|set|patch-?sets?|patches)\b")
# verbs that an author says of his next version, too
_SELDOM: Final = frozenset(
    {"picked", "took", "taken", "added", "put", "integrated", "included", "staged", "grabbed"}
)
# those that a maintainer says of his own series
_TAKEN: Final = frozenset({"picked", "took", "taken", "staged"})
# what stands before an author's own branch
_MINE: Final = re.compile(r"\b(?:my|a|an)\s(?:\S+\s){0,3}$")
_FOR_NEXT: Final = re.compile(r"(?<!\w)(?:for-(?:next|fixes|linus)|(?<=[/ ])(?:next|fixes))$")
# `Applied both of your patches`, said to a reviewer
_YOURS: Final = compile_words("(?:(?:both|all|each) (?:of )?)?your ")
_ALL: Final = compile_words(r"(?:both|all|everything)\b")
_IN_LINUS: Final = re.compile(r"\balready in (?:Linus|mainline\b)")
# `It's in Rob's kvm-next branch`, which has a name and is another's
_IN_HIS: Final = re.compile(
    r"(?:^|\b(?:and|but|so|as|now|already),?\s)(?i:it|this|they|these|(?:the|this)\s(?:series|patch))(?:['’]s|['’]re|\s(?:is|are|has\sbeen|have\sbeen))\s(?:(?:now|already|all)\s)*in\s"
    r"(?!Linus)[A-Z]\w+['’]s\s(?!(?:tree|branch|repo|git)\b)(?:the\s)?[\w./-]+\s(?:branch|tree)\b"
)
# `I just noticed that this has been in linux-next for a year`
_LONG_IN_NEXT: Final = compile_words(
    r"\b(?:this|these|they) (?:has|have) (?:now |already )?been in linux-next (?:for|since)\b"
)
# `fyi, this was merged for v6.8-rc1`
_FOR_RELEASE: Final = re.compile(r"\b(?:for|in|into) v?\d\.\d")
# `The patch was taken by another maintainer`
_BY_MAINTAINER: Final = compile_words(r"\bby (?:\w+ ){0,2}maintainer\b")
_RENEWED: Final = compile_words(r"\b(?:updates|updated|new|revised|fixed|changed|modified)\b")
# an author's `I tested your changes and merged`
_SUGGESTED: Final = compile_words(
    r"\b(?:your|the|suggested|requested|these|those) (?:\w+ )?(?:changes?|suggestions?|comments?"
    r"|fixes|diffs?|snippets?|feedback)\b"
)
# `applied it on top of net-next`, too
_TRIED_ON: Final = re.compile(
    r"\b(?:with|without)\s(?:only|just|no|any|a few|some)\s[^.;]{0,30}?conflicts?\b"
    r"|\bapplied\s(?:it|this|them|the series)\son top of\b"
    # `I was waiting for the fix, so I queued the series without it`
    r"|\b(?:applied|queued|pushed)\s(?:it|this|the series)\swithout (?:it|that|this)\b",
    re.IGNORECASE,
)
_CAUGHT: Final = compile_words(r"\b(?:good|nice|great) (?:catch|point|find|spot)\b")
_THE_FIX: Final = compile_words(r"(?:the|that|your|this) (?:\w+ )?fix(?:es)?")
_COMMIT_URL: Final = re.compile(r"://\S*(?:/commits?/|/c/|[?&;]id=)(?:[0-9a-f]{7}|\w+/?$)")
# a reviewer's wish is applied, and no `This has been merged, thanks`
_MERGED: Final = compile_words(
    r"this (?:has (?:just |now )?been|is now) merged(?: now)?\W*(?:thanks)?\W*"
)
_NEXT_VERSION: Final = compile_words(
    r"\b(?:(?:for|in|with) (?:v\d{1,2}|(?:the|my|a) (?:next|new|coming) (?:version|revision"
    r"|series|re-?spin))|next (?:wip )?v\d{1,2})\b(?![.-]\d| of (?:patch )?#?\d)"
)
# an author's `Ack, will apply this for v6`
_PLANS_NEXT: Final = re.compile(
    r"(?:\b(?:will|going to)\b|['’]ll\b)[^.;\n]{0,60}\b(?:for|in) v\d{1,2}\b(?![.-]\d)",
    re.IGNORECASE,
)
# by which he takes up what was suggested
_CONSENTS: Final = compile_words(
    r"\W*(?:ack|acked|agreed|indeed|makes sense|good (?:point|idea|catch|call)|sounds good"
    r"|will do|you(?:'re| are) right)\b[^.;]{0,40}"
)
# an author's `pushed it, thanks` has a reviewer's consent
_THANKED: Final = compile_words(
    r"\b(?:pushed|merged|queued) (?:it|them|this|these),? (?:thanks|thank you)\b"
)


@dataclass(frozen=True, slots=True)
class Author:
    """What is known of a series' author where he answers."""

    answers_patch: bool = True
    """Whether he answers a patch itself, or a reply that approves of it, and no other reply."""

    commits: bool = False
    """Whether he is known to commit what others send."""

    thanks_doer: bool = False
    """Whether he answers somebody else, who may have applied it, and does not only say he will."""

    sends_again: bool = False
    """Whether there is a next revision, which may be what he speaks of."""

    @property
    def is_believed(self) -> bool:
        """Whether he commits, and has not sent this series again."""
        return self.commits and not self.sends_again

    def is_sure_of(self, claim: Claim) -> bool:
        """Whether a claim holds though he makes it.

        `Folded this in`, `I applied it`, `pushed to my branch` are about a next version.
        """
        if claim.is_thanks:
            return self.thanks_doer
        if any(rule(self, claim) for _, rule in NEXT_VERSIONS):
            return False
        if claim.verb in {"folded", "squashed", "in"}:
            return _is_seen(claim) or (claim.verb == "in" and self.is_believed)
        if self.is_believed:
            return claim.verb not in _SELDOM or bool(claim.tree) or claim.verb in _TAKEN
        if self.sends_again and not self.commits and claim.subject == "sender" and not claim.tree:
            return False  # `I only applied patch 3 to see what helps`
        if claim.verb in _SELDOM:
            return _is_by_others(claim)
        is_told_of_it = claim.subject == "patches" and claim.is_pronoun
        if is_told_of_it and not _MERGED.fullmatch(claim.sentence):
            return self.answers_patch or _is_sure_of_it(claim)
        suggested = claim.named or ("" if claim.tree else claim.sentence)
        if not self.answers_patch and _SUGGESTED.search(suggested):
            return False
        return self._is_no_wish(claim)

    def _is_no_wish(self, claim: Claim) -> bool:
        """Whether what was applied is no reviewer's wish, for all that is told of it."""
        if claim.tree or _COMMIT_URL.search(claim.sentence) or _MERGED.fullmatch(claim.sentence):
            return True
        if self.answers_patch:
            return True
        if (
            claim.subject == "somebody"
            and claim.somebody != "you"
            and claim.named.lower() == "this"
        ):
            return True
        if claim.is_pronoun:
            return claim.verb == "queued" or _THANKED.search(claim.sentence) is not None
        return bool(claim.named) or claim.verb not in {"applied", "picked"}


NEXT_VERSIONS: Final[tuple[tuple[str, Callable[[Author, Claim], object]], ...]] = (
    (
        "I merged this version.",
        lambda _, claim: (
            "version" in claim.named.lower() or _NEXT_VERSION.search(_cut_rest(claim.sentence))
        ),
    ),
    (
        "Applied to my current v2 branch.",
        lambda _, claim: "/" not in claim.tree and re.search(r"\bv\d", claim.tree, re.IGNORECASE),
    ),
    (
        "Applied to my local tree.",
        lambda _, claim: re.match(r"local\b", claim.tree, re.IGNORECASE),
    ),
    (
        "Ack, applied.",
        lambda author, claim: (
            claim.by_sender
            and not (claim.named or claim.has_tree or author.is_believed)
            and _consents(claim)
        ),
    ),
    (
        "I've merged your patch.",  # which is another's
        lambda _, claim: claim.by_sender and _YOURS.match(claim.named),
    ),
    (
        "Patches applied!",
        lambda author, claim: (
            claim.subject == "patches" and not author.commits and not _is_told_whole(claim)
        ),
    ),
    (
        "I also applied it to mm-unstable with only one conflict.",
        lambda author, claim: (
            claim.by_sender and not author.commits and _TRIED_ON.search(claim.sentence)
        ),
    ),
    (
        "Got it. Applying the changes now.",
        lambda _, claim: (
            claim.verb == "applying" and re.fullmatch(r"(?:the )?changes", claim.named)
        ),
    ),
    (
        "I dropped the blank line and applied the result for 5.4.",
        lambda _, claim: claim.named.lower() == "the result" and not MAINTAINED.search(claim.tree),
    ),
    (
        "Good catch, I applied the fix.",
        lambda author, claim: (
            claim.by_sender
            and not claim.has_tree
            and _THE_FIX.fullmatch(claim.named)
            and (_CAUGHT.search(claim.sentence) or not author.answers_patch)
        ),
    ),
    (
        "I pushed the updated patch.",
        lambda _, claim: claim.verb == "pushed" and _RENEWED.search(claim.named),
    ),
    (
        "I pushed the binding before.",
        lambda author, claim: (
            claim.verb == "pushed"
            and claim.named
            and not (claim.has_tree or author.commits or claim.is_pronoun)
            and not _PATCHES.search(claim.named)
            and claim.named.lower() != "this commit"
        ),
    ),
    (
        "Pushed the series to my timers branch.",
        lambda _, claim: (
            claim.verb in {"pushed", "put"} and (_is_own_branch(claim) or is_on_forge(claim))
        ),
    ),
    (
        "Pushed to https://git.timers.example/ada/linux.git timers.",
        lambda author, claim: (
            claim.verb == "pushed"
            and not author.is_believed
            and ("://" in claim.tree or (claim.has_tree and not claim.tree))
            and not _FOR_NEXT.search(claim.tree)
        ),
    ),
)
"""What an author says of a next version, or of a branch of his own: an example, and its rule."""


def keep_sure(
    found: Iterable[Placed], author: Author, text: str, *, shows_patch: bool
) -> list[Placed]:
    """Return the claims that hold though an author makes them.

    Args:
        found: what he claims.
        author: what is known of him.
        text: all that he says.
        shows_patch: whether his mail holds a patch.
    """
    plans_next = _PLANS_NEXT.search(text) is not None
    return [
        (place, claim)
        for place, claim in found
        if author.is_sure_of(claim)
        and not (plans_next and not claim.has_tree and claim.by_sender)
        and not (shows_patch and _is_own_fix(claim, author))
    ]


def _is_own_fix(claim: Claim, author: Author) -> bool:
    """Whether an author may mean the patch that he shows: `For now I am adding this to next`."""
    is_other = author.sends_again or claim.verb.endswith("ing")
    return is_other and claim.named.lower() == "this"


def is_on_forge(claim: Claim) -> bool:
    """Whether its place is no more than a forge: `pushed the series to github`."""
    return re.fullmatch(r"git(?:hub|lab)", claim.tree, re.IGNORECASE) is not None


def _is_seen(claim: Claim) -> bool:
    """Whether an author tells where he found it: `The series is in linux-next`."""
    if _IN_LINUS.search(claim.sentence) or _IN_HIS.search(claim.sentence):
        return True
    if claim.tree == "linux-next" and _LONG_IN_NEXT.search(claim.sentence):
        return True
    is_named = claim.verb == "in" and _PATCHES.search(claim.named) is not None
    return is_named and claim.tree.lower().startswith(("linux-next", "mainline"))


def _is_by_others(claim: Claim) -> bool:
    """Whether a verb such as `added` tells what a maintainer did: `I've added this to kvm-next`."""
    is_named = _PATCHES.search(claim.named) is not None
    if is_named and (claim.somebody or _BY_MAINTAINER.search(claim.sentence)):
        return True
    return bool(claim.tree) and (is_named or MAINTAINED.search(claim.tree) is not None)


def _is_sure_of_it(claim: Claim) -> bool:
    """Whether `it was merged` is about the series: `it` may be what a patch of it changes."""
    if _ALL.match(claim.named) or MAINTAINED.search(claim.tree):
        return True
    return claim.named.lower() == "this" and _FOR_RELEASE.search(claim.sentence) is not None


def _consents(claim: Claim) -> bool:
    """Whether an author takes up with it what was suggested: `ack, applied`."""
    said = claim.sentence[: claim.sentence.lower().find(claim.verb)]
    return _CONSENTS.fullmatch(said) is not None


def _cut_rest(sentence: str) -> str:
    """Return a sentence without what it says of others: `merged 1-3, the rest will go in v3`."""
    return re.split(r"[,;]\s(?:and\s|but\s)?the\s(?:rest|others?|remaining)\b", sentence)[0]


def _is_told_whole(claim: Claim) -> bool:
    """Whether a sentence about patches has a predicate, a tree, or thanks: `they are applied`."""
    if claim.has_tree or re.search(r"\bthank|\bthx\b", claim.sentence, re.IGNORECASE):
        return True
    said = rf"(?:{wording.COPULA}|\b(?:now|all|both|already))\s(?:[\w-]+\s){{0,3}}{claim.verb}\b"
    is_bare = re.fullmatch(r"(?:the\s)?patch(?:es)?", claim.named, re.IGNORECASE) is not None
    # `FYI patch merged.`, which is news for all, and no answer to a reviewer's wish
    if re.match(r"(?:just\s)?FYI\b", claim.sentence, re.IGNORECASE):
        return True
    return not is_bare or re.search(said, claim.sentence, re.IGNORECASE) is not None


def _is_own_branch(claim: Claim) -> bool:
    """Whether an author's branch is only there to be fetched: `pushed v2 to my timers branch`."""
    if not claim.tree or MAINTAINED.search(claim.tree):
        return False
    return _MINE.search(claim.sentence.partition(claim.tree)[0]) is not None
