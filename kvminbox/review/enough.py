"""Whether the words around a verb are enough: `applied` is, alone; `added` needs a tree."""

import re
from typing import Final

from kvminbox.review.claim import Clause
from kvminbox.review.grammar import Phrase, compile_words, fullmatch_behind_intros
from kvminbox.review.marks import BRANCH_WORD, TREE_WORD

MAX_GAP: Final = 25
"""Characters that may stand between what was added and the tree."""

# behind a word in the shape of a tree
_NO_TREE: Final = compile_words(
    r" (?:data|structs?|structures?|driver|code|class|core|header|file|function|device|node"
    r"|binding|module|subsystem's|config|table|list|array|object|interface)\b"
)
# `I've queued this series now up until this patch`
# `LGTM, staged for 6.4-rc3`
_FOR_RELEASE: Final = re.compile(r"(?:\sup)?\sfor\s(?:the\s)?(?:v?\d+\.\d|-?rc|next\b|merge)")
# `folded in, thanks`
_IS_FOLDED: Final = re.compile(
    r"\s(?:in|into|to|with)\s(?!just\b|what\b)|\s?[,.!]|\sas\s(?:\w+ed)\s?[.!]"
)
_ENDS: Final = re.compile(
    r"(?:\s(?:up|in|out))?(?:\s(?:directly|separately|manually|now))?"
    r"(?:\s?[,.!]|\s(?:last|yesterday|today)\b)"
)
_ENDS_BEHIND_TREE: Final = re.compile(r"\s?(?:[,.!(]|$|thank|for\b|based\son\b|tho(?:ugh)?\b)")
_TAKING_ENDS: Final = re.compile(r"(?:\sup)?(?:\sthen|\snow)?\s?(?:[.!]|$|,\sthank)")
_GOES_ON: Final = re.compile(
    r"(?:\sup)?\s(?:(?:right\s)?now\b|(?:below\sthe|despite|without|because|since)\b"
    r"|as\s(?:a\s)?(?:fix|v?\d)|for\s(?:v?\d|-?rc|(?:fixes|next)\b))"
)
_GOING_ENDS: Final = re.compile(
    r"\s?(?:[.,;!]|$)|\sas\s(?:a\s)?(?:fix|v?\d)|\sbelow\s?[.:]|\s(?:separately|independently)\b"
)
_THANKS: Final = compile_words(r"\b(?:thanks|thank you|thx)\b")
# `I'm queueing this`, `CCing Rob and applying, thanks`: what is done as it is said
_NOW: Final = frozenset({"applying", "queuing", "queueing", "merging"})
# `Merging both patches with this fix, thanks`
_IS_DOING: Final = compile_words(
    r" (?:separately|independently|now ?(?:[.!]|$))| up now(?= ?[.,!])"
    r"|(?: up)? for (?:v?\d[\w.-]*\w|next|fixes)(?= ?(?:[.,!]|$)| with\b)|(?: with [^.,;]{1,40}"
    r"| now)?,? (?:thanks|thank you)\b"
)
_SO: Final = compile_words("(?:^|, )(?:therefore|thus|hence|so|I(?:'m| am) therefore) $")
_FOR_A_RELEASE: Final = compile_words(
    r"(?:applying|queu?eing|queuing|merging) for (?:v?\d[\w.-]*|-?rc\d*|next|fixes)"
    r"(?: (?:now|then|with [^.;?]{1,60}))? ?(?:[.!,] ?(?:thank.{0,40}|[A-Z]\w+)?)?"
)
# `Applying this one!`, `Picking this up now.`
_WHOLE_NOW: Final = (
    Phrase(r"(?:applying|queue?ing|merging) <what> ?(?:now ?)?[.!]$"),
    Phrase(
        r"(?:picking|taking|pulling|grabbing) <what>(?: (?:up|in))? (?:right )?now ?(?:[.!]|$)$"
    ),
)
# what may stand before `Taking this into kvm-next,`
_FIRST: Final = re.compile(r"(?:[\w'’]+,?\s){0,2}")
_OF_PATCHES: Final = compile_words(r"\b(?:patch(?:es|-?set)?|series)\b")
_ENDED_UP: Final = re.compile(r"\bI(?:\sdid\send|\sended)\sup\s$")


def is_enough(verb: re.Match[str], clause: Clause) -> bool:
    """Whether the words around a verb are enough for what the verb needs.

    Args:
        verb: the verb, by its kind: `plain`, `object`, `tree` or `going`.
        clause: the words.
    """
    if verb["tree"]:
        return _is_in_tree(clause) or _is_accepted(clause)
    if verb["going"]:
        is_condition = re.search(r"\bif\b", verb.string[: verb.start()], re.IGNORECASE)
        return is_condition is None and _is_going(clause)
    return not verb["object"] or _has_object(clause)


def _is_near(clause: Clause) -> bool:
    """Whether the tree stands right behind what went there."""
    place = clause.place
    return place is not None and (place.start <= MAX_GAP or clause.rest.startswith(" titled"))


def _is_in_tree(clause: Clause) -> bool:
    """Whether something was added to a tree: not `to a branch`, `to the timer data structure`."""
    claim, rest, place = clause.claim, clause.rest, clause.place
    if place is None or not place.is_sure or _NO_TREE.match(rest, place.end):
        return False
    if claim.verb == "moved" and not BRANCH_WORD.search(rest[place.start : place.end]):
        return False  # `I moved it to the net/core directory`
    is_any = re.match(r"\s(?:in|to|into|on)\san?\s", rest) is not None  # `to a branch`
    is_vague = claim.subject == "patches" and claim.is_pronoun  # `it was added in llvm-13`
    return _is_near(clause) and not is_any and (not is_vague or TREE_WORD.search(rest) is not None)


def _is_accepted(clause: Clause) -> bool:
    """Whether somebody accepted patches: `I accepted both patches for the next merge window`."""
    claim = clause.claim
    if claim.verb != "accepted" or claim.is_vague:
        return False
    is_done = re.search(r"\balready\s", clause.before[-20:]) is not None
    if claim.subject == "patches":  # `Patches are accepted for the next merge window`
        return is_done
    if claim.subject == "sender" and _OF_PATCHES.search(claim.named):
        return True  # `I just accepted the first two patches of this series`
    return (is_done and claim.somebody != "") or _FOR_RELEASE.match(clause.rest) is not None


def _has_object(clause: Clause) -> bool:
    """Whether `picked`, `took` or `folded` is said of patches, or of a tree."""
    claim, rest = clause.claim, clause.rest
    is_patches = claim.subject == "patches"
    if claim.verb == "staged" and not is_patches and _FOR_RELEASE.match(rest):
        return True
    if clause.is_sure or claim.somebody or (claim.named and not (is_patches and claim.is_pronoun)):
        return True
    if is_patches:
        return False
    if re.match(r"(?:\sup)?\sas[\s-]is\b", rest):
        return True
    if claim.verb in {"folded", "squashed"}:
        return _IS_FOLDED.match(rest) is not None
    is_alone = claim.subject == "nobody" and not re.search(r"\b(?:and|&)\s$", clause.before)
    return is_alone and _ENDS.match(rest) is not None


def _is_going(clause: Clause) -> bool:
    """Whether `taking` is done: `I'm taking this in my tree`, `I'm picking it up as a fix`."""
    claim, rest = clause.claim, clause.rest
    by_sender = claim.subject == "sender"
    if clause.is_sure and _is_near(clause):
        # the words of a tree go up to the comma behind it
        is_end = rest[: clause.place_end].endswith((",", ".", "!"))
        is_first = _FIRST.fullmatch(clause.before) is not None
        return (
            by_sender or (is_end and is_first) or _ENDS_BEHIND_TREE.match(clause.after) is not None
        )
    is_now = any(one.match_behind_intros(claim.sentence) for one in _WHOLE_NOW)
    if is_now or _ENDED_UP.search(clause.before):
        return claim.named != "" and re.fullmatch(r"\[?\d{1,2}\]?", claim.named) is None
    is_taking = by_sender and claim.verb in {"taking", "picking", "pulling"}
    if is_taking and claim.named and _TAKING_ENDS.match(rest):
        return True
    if claim.verb in _NOW and (is_done := _is_done_now(clause)) is not None:
        return is_done
    return by_sender and claim.named != "" and _GOES_ON.match(rest) is not None


def _is_done_now(clause: Clause) -> bool | None:
    """Whether `applying` is done as it is said; None where its words do not tell."""
    claim, rest = clause.claim, clause.rest
    if not claim.named and fullmatch_behind_intros(_FOR_A_RELEASE, claim.sentence):
        return True  # `Queuing for v5.3,`
    ends = _GOING_ENDS.match(rest)
    if claim.named and ends and _SO.search(clause.before):
        return re.match(r"\s?(?:[.!]|$)", rest) is not None  # `…, therefore merging the tests.`
    is_doing = _IS_DOING.match(rest) is not None
    if not ends and not (claim.named and (is_doing or _GOES_ON.match(rest))):
        return None
    if claim.subject == "sender":
        return claim.named.lower() not in {"", "fixes", "patches"}
    if claim.named:
        return is_doing
    is_material = re.match(r"\sas\sv?\d\S*\smaterial\b", rest) is not None
    return is_material or _THANKS.search(claim.sentence) is not None
