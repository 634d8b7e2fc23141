"""Mails that take back what their senders said was applied: `Sorry, I've dropped this again`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kvminbox.patterns import compile_later
from kvminbox.review.marks import TREE_WORDS
from kvminbox.review.scope import NUMBERS
from kvminbox.review.wording import INTRO, INTROS, NOT, SMALL

MAX_TEXT: Final = 4_000
"""Characters of a mail in which it is looked for."""

MAX_SHORT: Final = 120
"""Characters of a mail that says no more than that another one is to be ignored."""

# of most mails nothing more is looked at: in lower case, which is faster than a blind match
# each alternative begins with a letter, by which Python passes over the others: half the time
_MAY: Final = re.compile(
    "|".join(
        [
            r"drop|revert|un(?:queu|appl|-?pull)|ignore|disregard|scratch|forget|mistake",
            r"back(?:ed|ing)?\sout|no(?:ne|thing)\sof|in\serror|meant\sfor|intended\sfor",
            r"n(?:ot|['’]t)\s(?:\w+\s){0,3}?(?:applied|queued|taken|picked)",
            r"wrong\s(?:patch|e?-?mail|thread|series|message|version)|and\s(?:\w+\s)?removed",
            *(
                rf"{verb}\s[^.!?]{{1,40}}\snot\s(?:this|these|that|those)\b"
                for verb in ("applied", "queued", "merged", "took", "picked")
            ),
            *(
                rf"{verb}\s(?:[^.]{{1,40}}\s)?(?:from|of|off|in)\s"
                for verb in ("remov(?:e|ed|ing)", "took", "taken", "pulled", "kicked")
            ),
        ]
    )
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n>\n")
_PATCH: Final = r"(?:patch(?:es|-?\s?sets?)?|series|sets?|ones?|commits?)"
_WHAT: Final = (
    rf"(?:(?:the|this|your|these|both|all|those)\s(?:the\s|of\s(?:the|these)\s)?(?:[\w./-]+\s){{0,3}}?{_PATCH}\b"
    rf"|(?:patch(?:es)?\s)?(?:#\d|\[?\d{{1,4}}/){NUMBERS}\]?|(?:these|those)\s(?:\d|{SMALL})\b"
    rf"|patch(?:es)?\s{NUMBERS}|all\sof\s(?:them|these|this|it)|both\sof\s(?:them|these)"
    r"|this|these|them|both|it)"
)
# trees, in `from my queue`, `in timers-next`, `out of the fixes branch`
_TREE: Final = (
    r"(?:(?:my|the|our)\s(?:[\w./-]+\s){0,2}(?:tree|queue|branch)\b"
    rf"|(?:the\s)?[\w./-]*(?:{'|'.join(TREE_WORDS)})\b|linux-next\b|[\w.-]+\.git\b|[\w.-]+/[\w./-]*\w)"
)
_FROM: Final = rf"\s(?:from|out\sof|in|off)\s{_TREE}"
_AGAIN: Final = (
    r"\s(?:again|from\s(?:here|there)|for\s(?:now|the\smoment|the\stime\sbeing|this\s(?:cycle|release|merge))|then\b|until\b|till\b"
    r"|in\sfavou?r\sof\b|instead\b|out\sagain)"
)
_ENDS: Final = (
    r"\s?(?:[.,;!:(–—]|$|\s--?\s|\s(?:since|because|as|and|so|now|due|given|too|but|to)\b)"
)
_CLAUSE: Final = (
    r"(?:^|(?<=[,;:]\s)|(?<=\s-\s)|(?<=\bbut\s)|(?<=\bso\s)|(?<=\band\s)|(?<=\bmeans\s))"
)
_I: Final = (
    r"I(?:['’]ve|\shave|['’]ll|\swill|['’]m|\sam|\shad|\swent\sahead\sand)?"
    r"(?:\s(?:now|just|also|therefore|thus|already|simply|sadly|unfortunately|temporarily))*"
    r"(?:\s(?:have|had|going|need|be)(?:\sto)?|\sto)*\s(?:now\s|just\s)?"
)
_DROPS: Final = (
    r"(?:drop(?:ped|ping)?|unqueue?(?:d|ing)?|unappl(?:y|ied|ying)|back(?:ed|ing)?\sout"
    r"|un-?pull(?:ed)?)"
)
_TAKES_OUT: Final = (
    r"(?:revert(?:ed|ing)?|remov(?:e|ed|ing)|took|taken|pulled|kicked|back(?:ed|ing)?)"
)
# `I've dropped this again`, `I'll drop it for now`, `Dropping the patch.`
_DROPPED: Final = compile_later(
    rf"{_CLAUSE}(?:{INTROS}(?:sorry,?\s)?(?:{_I}|let\sme\s|had\sto\s){_DROPS}"
    rf"|{INTROS}(?:sorry,?\s)?(?:now\s)?(?:dropped|dropping|unqueued|unapplied|backed\sout))\s(?P<what>{_WHAT})"
    rf"(?:\sout)?(?:{_FROM})?(?={_ENDS}|{_AGAIN})",
    re.IGNORECASE,
)
# `I'll revert the patch for now`, `So I've dropped this change again`
_AGAIN_GONE: Final = compile_later(
    rf"{_CLAUSE}{INTROS}{_I}(?:revert(?:ed|ing)?|drop(?:ped|ping)?)\s"
    rf"(?P<what>{_WHAT}|(?:this|the|your)\schange)(?:{_AGAIN}|{_FROM})",
    re.IGNORECASE,
)
# `I've reverted both patches in timers-next`, `I took it out of my queue again`
_TAKEN_OUT: Final = compile_later(
    rf"{_CLAUSE}(?:{INTROS}(?:sorry,?\s)?{_I}|{INTROS}(?:now\s)?){_TAKES_OUT}\s(?P<what>{_WHAT})"
    rf"(?:\s(?:back\s)?out)?{_FROM}",
    re.IGNORECASE,
)
# what is wrong with the patch; but `Dropped, that comment was wrong` is about a comment
_NEWS: Final = (
    r"(?:(?:patch|series|one)\s)?(?:breaks?|broke|fail(?:s|ed)|needs?|causes?|caused|conflicts?|conflicted"
    r"|crash(?:es|ed)|does(?:\snot|n['’]t)|did(?:\snot|n['’]t))\b"
)
_PART_OF_TEXT: Final = re.compile(
    r"\b(?:comments?|sentences?|paragraphs?|typos?|wording|words?|blank\slines?)\b", re.IGNORECASE
)
# `Dropped now.`, `... and dropped, because it is not bisectable`, `OK, dropped from kvm-next.`
_BARE: Final = compile_later(
    rf"(?:\.\.+\s?)?(?:{INTRO},?\s|sorry,?\s|noted,?\s)*(?:(?:now|again)\s)?(?:dropped|unqueued|unapplied|reverted"
    rf"|(?:removed|taken\sout|backed\sout)(?={_FROM}))"
    rf"(?:\s(?:again|now|for\snow|already|then|on\srequest))?(?:{_FROM})?(?:\s(?:again|now|for\snow))?"
    rf"(?:\s\([^()]{{1,30}}\))?\s?(?:[.!]|,\s(?:(?:thanks?|sorry|because|since|as|please)\b|(?:it|they|this|that)\s{_NEWS}).{{0,200}}|:\s.{{0,200}}|,)?",
    re.IGNORECASE,
)
# `The bad patch has been dropped from my tree.`, `Patch 3 was dropped from -next again`; but
# `your other patch`, `the old patch`, and `it was reverted in the stable tree` are about another
_IS_GONE: Final = compile_later(
    rf"{INTROS}(?:(?P<what>(?:the|this|your)\s(?:(?:bad|broken|faulty|buggy|offending|whole|entire|patch)\s)?{_PATCH}"
    rf"|patch(?:es)?\s{NUMBERS}|\[?\d{{1,4}}/{NUMBERS}\]?)\s(?:(?:has|have)\s(?:now\s|just\s)?been|was|were)"
    r"|(?P<these>this|it|both|these)\s(?:has|have)\s(?:now\s|just\s)?been)"
    rf"\s(?:dropped|removed|reverted|unqueued|taken\sout|backed\sout)(?:\sagain)?{_FROM}(?:\s(?:again|now|for\snow))?"
    r"\s?(?:[.!;(–—]|$|,\s(?:sorry|thanks?|please|because|since|as)\b)",
    re.IGNORECASE,
)
# what is in again, or in another tree: `I dropped it, re-added now`, `Dropped, it is in fixes now`
_IN_AGAIN: Final = re.compile(
    r"\bre-?(?:added|applied|queued|instated|picked)\b|\bput (?:it|them|this|these) back\b"
    r"|\b(?:dropped|removed|reverted)\b[^.,;]{0,60}\bmistake\b"
    r"|\b(?:it|this|they)(?:['’]s| is| are) (?:now )?(?:back|in fixes|in mainline|in linus)\b"
    r"|\b(?:is|are|went) (?:already )?(?:in|into) (?:mainline|linus)|\bwent in as\b"
    r"|\binto the \w+ branch\b",
    re.IGNORECASE,
)
# `That's not the one I meant, dropped.`, `This one breaks the build, dropping.`
_ENDS_DROPPED: Final = re.compile(
    r"[,;]\s(?:so\s|now\s)?(?:dropped(?:\sagain|\snow)?|dropping(?:\s(?:it|this|them))?)\s?[.!]?$",
    re.IGNORECASE,
)
# `... and removed.`, below one's own `I queued these patches.`
_AND_REMOVED: Final = re.compile(
    r"(?:^|\n)[ \t]*(?:\.{2,3}|…)[ \t]?and\s(?:now\s|then\s)?(?:removed|unqueued|reverted)"
    r"(?:\sagain)?[ \t]?[.!,]",
    re.IGNORECASE,
)
_VERBS: Final = r"(?:applied|queued|taken|picked(?:\sup)?|pushed|merged|committed)"
# `To be clear, none of these have been applied`
_NONE: Final = compile_later(
    rf"(?:.{{0,40}},\s)?(?:{INTROS})(?:none|nothing)\sof\s(?P<what>(?:this|these|them|those|it"
    rf"|(?:the|these|this|your)\s{_PATCH}))\s(?:has|have|was|were|is|are|got)(?:\s(?:actually|in\sfact|been|now))*"
    rf"\s{_VERBS}(?={_ENDS})(?!\s(?:to|in|by|before)\b)",
    re.IGNORECASE,
)
# `This has not been applied after all`, `I have not applied this, sorry`
_NOT: Final = compile_later(
    rf"(?:(?:{INTRO},?\s|sorry,?\s|no,\s|to\sbe\sclear,?\s|it\sseems\s|so\s)*)"
    rf"(?:(?P<what>(?!it\b){_WHAT})\s(?:has|have|was|were|is|are){NOT}(?:\s(?:actually|in\sfact|been|now))*"
    r"\s(?:applied|queued|taken|picked\sup)"
    rf"|I\s(?:have\snot|haven['’]t|had\snot|hadn['’]t)\s(?:actually\s|in\sfact\s)?(?:applied|queued|taken)\s(?P<mine>(?!it\b){_WHAT}))"
    r"(?:\s(?:after\sall|at\sall|any\s?more|any\slonger|now))?\s?(?:[.!]|,\s(?:sorry|but|as|since|because)\b.*)?",
    re.IGNORECASE,
)
# `I just applied v3, not this set.`
_OTHER_VERSION: Final = compile_later(
    rf"{_CLAUSE}(?:(?:{INTRO},?\s|sorry,?\s|no,\s|so\s)*){_I}(?:applied|queued|merged|took|picked(?:\sup)?)\s"
    rf"(?:the\s|your\s)?(?:v\d{{1,2}}|(?:new|newer|next|latest|later|other|updated)\s(?:version|revision|{_PATCH}))"
    r"(?:\sinstead)?,?\s(?:and\s|but\s)?not\s"
    rf"(?P<what>(?:this|that|these|those)(?:\s(?:old(?:er)?\s)?(?:version|revision|{_PATCH}))?)\s?(?:[.,;!(–—]|$)",
    re.IGNORECASE,
)
_IGNORE: Final = re.compile(
    r"(?:ignore|disregard|scratch|forget)\s(?:about\s)?(?:(?:my|the|that|this)\s(?:(?:previous|last|earlier|prior|above|other|\"?applied\"?"
    r"|thank[-\s]?you)\s){0,2}(?:e?-?mails?|messages?|reply|replies|note|notice|notification)\b|(?:that|this)\b(?!\s\w))",
    re.IGNORECASE,
)
_WRONG: Final = re.compile(
    r"(?:\bI\b[^.]{0,60}|^(?:\w+,?\s){0,2}|[.!,\n]\s?)\bwrong\s(?:patch|e?-?mail|thread|series|message|version)\b"
    r"|\bmy\smistake\b|\b(?:sent|applied|done)\s(?:by\smistake|in\serror)\b"
    r"|\b(?:this|that)\s(?:\w+\s)?was\s(?:meant|intended)\sfor\b",
    re.IGNORECASE,
)
# what a mail's sender wants ignored of it, and not its `Applied`
_OF_MAIL: Final = re.compile(
    r"\b(?:tags?|titles?|subjects?|comments?|labels?|questions?|warnings?|about|fixed|found|fine|twice)\b",
    re.IGNORECASE,
)
_UNTRUE: Final = re.compile(
    r"\bnot\s(?:been\s)?(?:applied|queued|taken|merged)\b|n['’]t\s(?:been\s)?(?:applied|queued|taken|merged|apply|take|queue)\b",
    re.IGNORECASE,
)
_DOUBTED: Final = re.compile(
    r"\b(?:if|unless|whether|once|when|should|shall|can|could|would|might|may|want|like|please|before|after|rather|otherwise|else|case"
    r"|let\sme\sknow|until\sthere|with\sno|about\sto)\b",
    re.IGNORECASE,
)


_ANOTHER: Final = re.compile(r"\b(?:previous|earlier|old|older|other|former)\b", re.IGNORECASE)
# `I reverted this in my tree to test`
_FOR_TEST: Final = re.compile(r"\b(?:to (?:test|bisect|see|check)|still|locally)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a mail takes back of what its sender said was applied."""

    evidence: str
    """The words by which it was recognised."""

    named: str
    """The words that name patches: `both patches`; empty for what the mail answers."""

    is_all: bool = False
    """Whether everything is meant that the sender said below the series."""

    is_of_mail: bool = False
    """Whether it is meant what the sender's mail said that it answers, and nothing else."""


def read_taken_back(lines: Iterable[str], *, answers_own: bool = False) -> TakenBack | None:
    """Read what a mail's own lines take back; None if that is nothing.

    It must be known that its sender said before that patches were applied: `I've dropped
    it again` means something else of anybody else.

    Args:
        lines: the lines that its sender wrote.
        answers_own: whether it answers the sender's own mail, which `ignore this` may mean.
    """
    text = "\n".join(lines)[:MAX_TEXT]
    if _MAY.search(text.lower()) is None:
        return None
    ignores = _IGNORE.search(text) is not None and _OF_MAIL.search(text) is None
    if ignores and (
        _UNTRUE.search(text) or (answers_own and (_WRONG.search(text) or len(text) < MAX_SHORT))
    ):
        evidence = " ".join(text.split())[:200]
        return TakenBack(evidence, "", is_all=not answers_own, is_of_mail=answers_own)
    if answers_own and (match := _AND_REMOVED.search(text)):
        return TakenBack(match[0].strip(), "", is_of_mail=True)
    is_in_again = _IN_AGAIN.search(text) is not None
    for sentence in _SENTENCE.split(text):
        said = " ".join(sentence.replace("\n>", "\n").split())
        if said.endswith("?") or _MAY.search(said.lower()) is None:
            continue
        if match := _NONE.match(said):
            return TakenBack(said[:200], "", is_all=True)
        if answers_own and (match := _OTHER_VERSION.search(said)):
            what = re.sub(r"(?:one|version|revision)$", "series", match["what"])
            return TakenBack(said[:200], what)
        if match := _NOT.fullmatch(said):
            return TakenBack(said[:200], match["what"] or match["mine"])
        if is_in_again:
            continue
        said = said.replace("$subject ", "")
        is_bare = _BARE.fullmatch(said) and not _PART_OF_TEXT.search(said)
        if is_bare or _ENDS_DROPPED.search(said):
            return TakenBack(said[:200], "")
        if named := _find_gone(said, text):
            return TakenBack(said[:200], named)
        if answers_own and _WRONG.search(said) and not _OF_MAIL.search(said):
            return TakenBack(said[:200], "", is_of_mail=True)
        for pattern in (_DROPPED, _TAKEN_OUT, _AGAIN_GONE):
            match = pattern.search(said)
            if match and not _is_doubted(match):
                return TakenBack(said[:200], match["what"])
    return None


def _is_doubted(match: re.Match[str]) -> bool:
    """Whether patches are dropped on a condition, or other ones, or reverted for a test only."""
    said = match.string
    is_other = _ANOTHER.search(match["what"]) is not None
    return (
        is_other
        or _DOUBTED.search(said[: match.end()]) is not None
        or ("revert" in match[0].lower() and _FOR_TEST.search(said, match.end()) is not None)
    )


def _find_gone(said: str, text: str) -> str:
    """Return the words for the patches that a sentence says are gone; empty for none."""
    match = _IS_GONE.match(said)
    if match is None or "stable" in text.lower():
        return ""
    return _name_what(match["what"] or match["these"])


def _name_what(words: str) -> str:
    """Return which patches words name: of `the bad patch`, the patch that is answered."""
    return re.sub(r"^(?:the|this|your)\s(?:.*\s)?(?=\w+$)", "the ", words, flags=re.IGNORECASE)
