"""Words that only say that patches were taken, or will be: they ask nothing of the author."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from kvminbox.review.applied import without_list
from kvminbox.review.claim import Claim
from kvminbox.review.phrases import find_claims, may_claim

MAX_LENGTH: Final = 400
"""Characters of an acceptance, without the list of the patches."""

MAX_LISTED: Final = 100_000
"""Characters of one with its list."""

MAX_TAKEN: Final = 100
"""Characters of words that only say that a patch was taken, or will be."""

# `Thanks for the fix, I will pick it up shortly.`
_TAKEN: Final = re.compile(
    r"(?:i\.e\. )?(?:(?:many )?thank(?:s| you)\b[^.!?\n]{0,40}[,.!;] ?)?"
    r"(?:(?:(?:i|i've|have|now|just|both|all) ){0,3}(?:applied|queued|picked|pushed)"
    r"|(?:i'll|i will|i'm|i am|will) (?:just |now )?(?:apply|queue|pick|take|merge|push)(?:ing)?)"
    r"(?: (?:it|this|them|that|these|both|all|(?:the|this) (?:patch|series)))?"
    r"(?: (?:up|now|shortly|soon|then|(?:in|to|for|on|into|at) (?:the |my )?\S{1,40}"
    r"(?: (?:tree|branch|queue))?)){0,4}"
    # a condition of the one who takes it, and not of the patch
    r"(?: (?:as soon as|once|when|after) (?:i|we|i've|we've|i'm|i am|we're|we are|-?rc\d)\b"
    r"(?! (?:see|get|have (?:a|an|your|the)|receive)\b)[^.,;:?!]{0,60})?"
    r"[ ,.!]*(?:thanks[.!]?)?",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!])\s+|\n\s*\n|(?<=:)\n")
_CLAUSE: Final = re.compile(r"[,;:]\s|\s[-–—]{1,3}\s|\s?[:;]-?[)]")
# `Queued for the next Arm pull request`
_FOR_REQUEST: Final = re.compile(
    r"\b(?:for|in|to|into) (?:the |my |our )?(?:next |coming |upcoming )?(?:[A-Z][\w/.-]* ){0,3}"
    r"(?:pull request|PR|tree|branch|queue|merge window|release|cycle|batch of fixes|batch)\b"
)
# `(because the fixes are on a bad rc1)`, `(1 for stable, too)`
_ASIDE: Final = re.compile(r"\([^()]{1,160}\)|\b(?:because|since)\b[^?]{1,120}$", re.IGNORECASE)
# what may be a wish, a change, or what was not taken
_WISH: Final = re.compile(
    r"\?|n['’]t\b|\b(?:not|no|nor|but|however|please|should|could|would|must|needs?|needed|want\w*"
    r"|instead|rather|except|minus|without|only|chang\w+|fix(?:ed|ing|up)\w*|drop\w*|edit\w*"
    r"|tweak\w*|adjust\w*|amend\w*|updat\w*|correct\w*|message|title|mov(?:e|ed|ing)|remov\w*|add(?:ed|ing|s)?|replac\w*|rewor\w+|squash\w*|fold\w*|conflict\w*"
    r"|break\w*|broke\w*|fail\w*|crash\w*|wrong|miss\w*|leak\w*|bugs?|issues?|errors?|warn\w*"
    r"|until|unless|if|when|once|after|before|later|while|send|resend|respin|let me know|ask\w*"
    r"|check\w*|review\w*|test\w*|modulo|waiting|pending|still|yet|skip\w*|left|leav\w*|rest)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"\(?(?:https?|git|ssh)://\S+|\S+@\S+:\S+|\[\d{1,2}\]")
# `Thanks Ada`, `thank you both`
_THANKED: Final = re.compile(
    r"\b[Tt]hank(?:s|[ ]you)(?:[ ](?:a[ ]lot|again|both|all))?(?:,?[ ][A-Z][\w-]{1,20}){0,2}"
)
# `with Ada's Ack`, `with the R-b from Ben`
_TAGGED: Final = re.compile(
    r"\bwith (?:[\w.-]+['’]s?|my|the|all|your|his|her|their) (?:\w+ )?"
    r"(?:acks?|r-?bs?|tags?|a-?bs?|s-?o-?bs?|(?:acked|reviewed|tested)-bys?)\b",
    re.IGNORECASE,
)
# what may stand beside the verb, the patches and the tree
_PLAIN: Final = frozenset(
    re.findall(
        r"\S+",
        "i i've i’ve we we've have has had been is are was were now just already also all both the"
        " this that these those it them a an and to into in on onto for of up as at via from my our"
        " me your you patch patches patchset series set one ones whole rest first last others two"
        " three tree branch branches queue fixes next master main mainline upstream release cycle"
        " kernel kernels linus stable thanks thx cheers ok okay yes so great good nice perfect fine"
        " lgtm out locally provisionally directly finally then pull request pr rc rebased worked"
        " works other subsystem",
    )
)
_NUMBER: Final = re.compile(r"[#v]?\d[\d.,/+&-]*(?:-?rc\d*)?|-?rc\d+|[\w.-]*[-/_][\w./-]*")


def is_acceptance(text: str, is_praise: Callable[[str], bool]) -> bool:
    """Whether a text says that patches were taken, or will be, and nothing else.

    `Queued 3+5, thanks.` does, and b4's list of patches with their commits. What asks for
    something, or tells of anything else, does not: `Queued 3+5, but please fix the title`.
    The reader of applied patches tells what says that; here only the rest is looked at.

    Args:
        text: own words of a mail, without its greeting and closing.
        is_praise: whether words are only praise or thanks.
    """
    if "?" in text or len(text) > MAX_LISTED:
        return False
    if len(text) <= MAX_TAKEN and _TAKEN.fullmatch(" ".join(text.split())):
        return True
    if not may_claim(text):
        return False
    kept = "\n".join(without_list(text.split("\n")))
    if len(kept) > MAX_LENGTH:
        return False
    claims = 0
    for sentence in _list_sentences(kept):
        found = [claim for claim in find_claims(sentence) if not (claim.is_wish or claim.is_tried)]
        claims += bool(found)
        if not all(is_praise(one) or _is_told(one, found) for one in _list_clauses(sentence)):
            return False
    return claims > 0


def _list_sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        if re.search(r"\w", sentence):
            yield " ".join(sentence.split())


def _list_clauses(sentence: str) -> Iterator[str]:
    told = _ASIDE.sub(_drop_aside, _LINK.sub(" ", sentence))
    bare = _FOR_REQUEST.sub(" ", _TAGGED.sub("", _THANKED.sub("thanks", told)))
    for clause in _CLAUSE.split(bare):
        if re.search(r"\w", clause):
            yield clause


def _drop_aside(match: re.Match[str]) -> str:
    """Return nothing for a reason or a note in brackets that asks for nothing."""
    return match[0] if _WISH.search(match[0]) else " "


def _is_told(clause: str, claims: list[Claim]) -> bool:
    """Whether the words of a clause are those of the claims, or tell no more than they do."""
    known = set(_PLAIN)
    for claim in claims:
        known.update(_words(f"{claim.verb} {claim.named} {claim.more} {claim.tree}"))
    return bool(claims) and all(
        word in known or _NUMBER.fullmatch(word) is not None for word in _words(clause)
    )


def _words(text: str) -> list[str]:
    return [word.strip(".,!()[]'\"`*") for word in text.lower().split() if re.search(r"\w", word)]
