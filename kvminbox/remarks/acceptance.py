"""Words that only say that patches were taken, or will be: they ask nothing of the author."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review.claim import Claim
from kvminbox.review.commit_lists import without_list
from kvminbox.review.phrases import find_claims, may_claim
from kvminbox.review.wording import set_of

MAX_LENGTH: Final = 400
"""Characters of an acceptance, without the list of the patches."""

MAX_LISTED: Final = 100_000
"""Characters of one with its list."""

MAX_TAKEN: Final = 100
"""Characters of words that only say that a patch was taken, or will be."""

# `Thanks for the fix, I will pick it up shortly.`
_TAKEN: Final = compile_later(
    r"(?:i\.e\. )?(?:(?:many )?thank(?:s| you)\b[^.!?\n]{0,40}[,.!;] ?)?"
    r"(?:(?:(?:i|i've|have|now|just|both|all) ){0,3}(?:applied|queued|picked|pushed)"
    r"|(?:i'll|i will|i'm|i am|will) (?:just |now )?(?:apply|queue|pick|take|merge|push)(?:ing)?)"
    r"(?: (?:it|this|them|that|these|both|all|(?:the|this) (?:patch|series)"
    r"|(?:the )?(?:dtsi?|dt|bindings?|driver|docs?|documentation|code)"
    r"(?: (?:patch(?:es)?|part|bits))?))?"
    r"(?: (?:up|now|shortly|soon|then|(?:in|to|for|on|into|at) (?:the |my )?\S{1,40}"
    r"(?: (?:tree|branch|queue))?)){0,4}"
    # a condition of the one who takes it, and not of the patch
    r"(?: (?:as soon as|once|when|after) (?:i|we|i've|we've|i'm|i am|we're|we are|-?rc\d)\b"
    r"(?! (?:see|get|have (?:a|an|your|the)|receive)\b)[^.,;:?!]{0,60})?"
    r"[ ,.!]*(?:thanks[.!]?)?",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!])\s+|\n\s*\n|(?<=:)\n")
_CLAUSE: Final = compile_later(
    r"[,;:]\s|\s[-–—]{1,3}\s|\s?[:;]-?[)]|\s+and (?=(?:i['’]ll|i will|will)\b)", re.IGNORECASE
)
# `Queued for the next Arm pull request`
_FOR_REQUEST: Final = compile_later(
    r"\b(?:for|in|to|into) (?:the |my |our )?(?:next |coming |upcoming )?(?:[A-Z][\w/.-]* ){0,3}"
    r"(?:pull request|PR|tree|branch|queue|merge window|release|cycle|batch of fixes|batch)\b"
)
# `(because the fixes are on a bad rc1)`, `(1 for stable, too)`
_ASIDE: Final = re.compile(r"\([^()]{1,160}\)|\b(?:because|since)\b[^?]{1,120}$", re.IGNORECASE)
# what may be a wish, a change, or what was not taken
_WISH: Final = compile_later(
    r"\?|n['’]t\b|\b(?:not|no|nor|but|however|please|should|could|would|must|needs?|needed|want\w*"
    r"|instead|rather|except|minus|without|only|chang\w+|fix(?:ed|ing|up)\w*|drop\w*|edit\w*"
    r"|tweak\w*|adjust\w*|amend\w*|updat\w*|correct\w*|message|title|mov(?:e|ed|ing)|remov\w*|add(?:ed|ing|s)?|replac\w*|rewor\w+|squash\w*|fold\w*|conflict\w*"
    r"|break\w*|broke\w*|fail\w*|crash\w*|wrong|miss\w*|leak\w*|bugs?|issues?|errors?|warn\w*"
    r"|until|unless|if|when|once|after|before|later|while|send|resend|respin|let me know|ask\w*"
    r"|check\w*|review\w*|test\w*|modulo|waiting|pending|still|yet|skip\w*|left|leav\w*|rest)\b",
    re.IGNORECASE,
)
# news that an author has to read, even of what is done next
_BAD: Final = compile_later(
    r"\b(?:not|no|nor|however|unless|fix\w*|revert\w*|drop\w*|remov\w*|conflict\w*|break\w*"
    r"|broke\w*|fail\w*|crash\w*|wrong|miss\w*|leak\w*|bugs?|issues?|problem\w*|errors?"
    r"|warn\w*|chang\w+|edit\w*|tweak\w*|squash\w*|fold\w*|rewor\w+|respin|resend"
    r"|next version|v\d+ of|new version|without|except|only after|wait\w*|unhappy)\b|n['’]t\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"\(?(?:https?|git|ssh)://\S+|\S+@\S+:\S+|\[\d{1,2}\]")
# `Thanks Ada`, `thank you both`
_THANKED: Final = compile_later(
    r"\b[Tt]hank(?:s|[ ]you)(?:[ ](?:a[ ]lot|again|both|all))?(?:,?[ ][A-Z][\w-]{1,20}){0,2}"
)
# `with Ada's Ack`, `with the R-b from Ben`
_TAGGED: Final = compile_later(
    r"\bwith (?:[\w.-]+['’]s?|my|the|all|your|his|her|their) (?:\w+ )?"
    r"(?:(?:(?:acked|reviewed|tested)-bys?|acks?|r-?bs?|a-?bs?|s-?o-?bs?|review)"
    r"(?::?[ -]tags?)?|tags?)\b",
    re.IGNORECASE,
)
# `and pushed out as testing for the robots to look at`, `submitted for build testing`
_FOR_TESTS: Final = compile_later(
    r"(?:,? ?\b(?:and|but|so|only|initially|now|for now|then) ){0,3}"
    r"(?:push(?:ed|ing)?|submitted|sent)(?: (?:it|that|this|them))?(?: out)?"
    r"(?: (?:initially|for now|now|only))? (?:as|for|to) (?:\w+ )?testing\b"
    r"(?: (?:for|to let|until|so that|so)\b[^.?!]{1,100})?",
    re.IGNORECASE,
)
# `I believe I have applied this already`
_THOUGHT: Final = re.compile(r"^\W*(?:i (?:believe|think|guess) )", re.IGNORECASE)
# what becomes of the patches next, by whoever took them
_WHEN: Final = (
    r"(?:(?:so|and|but|then|now|hopefully|eventually|note that|for now|until then|meanwhile)[ ,]+"
    r"|(?:if (?:all|everything) (?:is|goes|looks) (?:good|well|fine)|all being well)[ ,]+"
    r"|(?:once|when|after|as soon as) [^,?]{1,60}, ){0,3}"
)
_WHO: Final = (
    r"(?:(?:(?:i|we|it|this|that|they|these|both|all|the (?:patch|patches|series|branch|fix))"
    r"(?:['’]ll| will|['’]m going to| am going to| intend to| plan to| aim to| try to"
    r"| should(?= (?:then |now |soon )?(?:appear|show up|be in|hit))|(?= let\b)))"
    r"|will)(?: (?:also|now|then|just|probably|likely|only|soon|try to|be able to|first)){0,3}"
)
_DONE: Final = (
    r"(?:send|sent|submit|follow[- ]?up|appear|show up|hit|reach|land|migrate|propagate|push|merge"
    r"|go (?:in|to|into|via|through)|get (?:it|this|that|them) (?:in|into|to)|simmer|cook|soak|sit"
    r"|be (?:sent|in|included|integrated|pushed|visible|public|part of)"
    r"|(?:let )?(?:it|this|that|them) (?:simmer|cook|soak|sit|rest|stay)"
    r"|give (?:it|this|that|them) (?:a|some))"
)
_NEXT_STEP: Final = compile_later(
    rf"\W*{_WHEN}(?:{_WHO} {_DONE}\b|let['’]s (?:see|let|leave|give)\b"
    r"|if (?:all|everything) (?:is|goes|looks) (?:good|well|fine)\b"
    r"|note to self\b|the list of (?:commits|patches) applied|as for last time\b"
    r"|[^?]{0,160}\b(?:so (?:that )?it simmers\b|let (?:it|this|that|them) simmer\b)"
    r"|(?:it|that|this) (?:might|may) take (?:a while|some time|until \w+))[^?]*",
    re.IGNORECASE,
)
# `everything applied just fine this time`
_FITS: Final = compile_later(
    r"(?:everything|it|this|they|the (?:patch|patches|series))(?: now)? appl(?:ied|ies|y)"
    r"(?: just| all)? (?:fine|cleanly|well)(?: this time| now)?\W*",
    re.IGNORECASE,
)
# whoever is spoken to has something to do
_SPOKEN_TO: Final = compile_later(
    r"\b(?:you|your|yours|please|let me know|let us know|shout|object\w*|ack|acks)\b", re.IGNORECASE
)
# the paragraphs of a form letter, which b4's users send below the list of the patches
_FORM: Final = compile_later(
    r"all being well this means\b.*|you may get further e-?mails\b.*"
    r"|if any updates are required or you are submitting\b.*"
    r"|please add any relevant lists and maintainers\b.*"
    r"|note it will show up in the public\b.*",
    re.IGNORECASE | re.DOTALL,
)
# `Applied to`, with the tree in a paragraph of its own
_ABOVE_LINK: Final = re.compile(r"\b(to|at|in|on)[ \t]*\n[ \t]*\n[ \t]*(?=(?:https?|git|ssh)://)")
# `[2/3] needs a lock`, which is no title, and has no commit below it
_ITEM: Final = compile_later(
    r"^[ \t]*\[\d+/\d+\][^:\n]*$(?!\n[ \t]*(?:\(no commit|commit:|https?:|[0-9a-f]{7}))",
    re.MULTILINE,
)
# `as v6.2-rc1 material.`, below a tree that has a paragraph of its own
_GOES_ON: Final = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n(?=(?:as|with|and|now) )")
MAX_FORM: Final = 500
"""Characters of a paragraph of a form letter."""

# `[PATCH v2 1/2] lamp: blink`, listed below `These are applied:`
_TITLE: Final = re.compile(r"\s*\[PATCH[^\]]{0,40}\d/\d+\] [\w./,-]{1,60}: .{1,120}", re.IGNORECASE)
# `Thanks for your patch, which is now commit 0123456789ab ("lamp: blink") in lamps/next`
_IS_COMMIT: Final = compile_later(
    r"(?:many )?thanks? for (?:your|the|this) (?:patch|patches|series|fix|update), which (?:is|are)"
    r" now (?:commits? )?[0-9a-f]{8,40} \(\"[^\"?]{1,120}\"\)(?: (?:in|on) \S{1,60}){0,2}",
    re.IGNORECASE,
)
# what may stand beside the verb, the patches and the tree
_PLAIN: Final = set_of(
    "i i've i’ve we we've have has had been is are was were now just already also all both the"
    " this that these those it them a an and to into in on onto for of up as at via from my our"
    " me your you patch patches patchset series set one ones whole rest first last others two"
    " three tree branch branches queue fixes next master main mainline upstream release cycle"
    " kernel kernels linus stable thanks thx cheers ok okay yes so great good nice perfect fine"
    " lgtm out locally provisionally directly finally then pull request pr rc rebased worked"
    " works other subsystem immutable merge window"
    " dts dt dtsi binding bindings driver drivers docs documentation part"
    " parts bits repo repository hand material following below today yesterday january february"
    " march april may june july august september october november december monday tuesday"
    " wednesday thursday friday few day days week weeks requests sent"
)
# where what was not taken is told: `Only this one applied`
_PART: Final = frozenset({"only", "but", "except", "minus", "without", "apart"})
_NUMBER: Final = compile_later(
    r"[#v]?\d[\d.,/+&-]*(?:-?rc\d*|st|nd|rd|th)?|-?rc\d+|[\w.-]*[-/_][\w./-]*"
)


def is_acceptance(text: str, is_praise: Callable[[str], bool]) -> bool:
    """Whether a text says that patches were taken, or will be, and nothing else.

    `Queued 3+5, thanks.` does, and b4's list of patches with their commits. What asks for
    something, or tells of anything else, does not: `Queued 3+5, but please fix the title`.
    The reader of applied patches tells what says that; here only the rest is looked at.

    Args:
        text: own words of a mail, without its greeting and closing.
        is_praise: whether words are only praise or thanks.
    """
    if "?" in text or len(text) > MAX_LISTED or _ITEM.search(text):
        return False
    line = " ".join(text.split()) if len(text) <= MAX_LENGTH else ""
    if len(line) <= MAX_TAKEN and _TAKEN.fullmatch(line):
        return True
    if line and _IS_COMMIT.fullmatch(line.rstrip(".!")):
        return True
    if not may_claim(text):
        return False
    kept = _without_form(text)
    if len(kept) > MAX_LENGTH:
        return False
    claims = 0
    for sentence in _list_sentences(kept):
        found = [claim for claim in find_claims(sentence) if not (claim.is_wish or claim.is_tried)]
        claims += bool(found) or _FOR_TESTS.match(sentence) is not None
        if _is_next_step(sentence):
            continue
        if not all(is_praise(one) or _is_told(one, found) for one in _list_clauses(sentence)):
            return False
    return claims > 0


def _without_form(text: str) -> str:
    """Return an acceptance without the list of the patches, and a form letter's paragraphs."""
    lines = [line for line in without_list(text.split("\n")) if not _TITLE.fullmatch(line)]
    kept = "\n".join(lines)
    if len(kept) > MAX_LENGTH + 4 * MAX_FORM:
        return kept
    joined = _GOES_ON.sub(" ", _ABOVE_LINK.sub(r"\1 ", kept))
    paragraphs = re.split(r"\n\s*\n", joined)
    return "\n\n".join(
        one for one in paragraphs if len(one) > MAX_FORM or not _FORM.fullmatch(one.strip())
    )


def _is_next_step(sentence: str) -> bool:
    """Whether a sentence says what its sender will do with the patches, or where they appear."""
    if _FITS.fullmatch(sentence):
        return True
    is_told = _NEXT_STEP.fullmatch(sentence)
    return is_told is not None and not _SPOKEN_TO.search(sentence) and not _BAD.search(sentence)


def _list_sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        if re.search(r"\w", sentence):
            yield " ".join(sentence.split())


def _list_clauses(sentence: str) -> Iterator[str]:
    told = _ASIDE.sub(_drop_aside, _LINK.sub(" ", _FOR_TESTS.sub(" ", sentence)))
    told = _THOUGHT.sub("", told)
    bare = _FOR_REQUEST.sub(" ", _TAGGED.sub("", _THANKED.sub("thanks", told)))
    for clause in _CLAUSE.split(bare):
        if re.search(r"\w", clause) and not _is_next_step(clause.strip()):
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
        word in known - _PART or _NUMBER.fullmatch(word) is not None for word in _words(clause)
    )


def _words(text: str) -> list[str]:
    return [word.strip(".,:!()[]'\"`*") for word in text.lower().split() if re.search(r"\w", word)]
