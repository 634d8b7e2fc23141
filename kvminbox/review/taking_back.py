"""Mails that take back what their senders said was applied: `Sorry, I've dropped this again`.

It is asked only of who said so before. `I dropped it` of one's own next version, a revert to test,
and what would be dropped if something were so, is nothing of that.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kvminbox.review.grammar import (
    compile_words,
    fullmatch_behind_intros,
    match_behind_intros,
)
from kvminbox.review.marks import TREE_WORDS
from kvminbox.review.scope import NUMBERS
from kvminbox.review.wording import NOT, SMALL

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
_PATCH: Final = "(?:patch(?:es|-? ?sets?)?|series|sets?|ones?|commits?)"
_WHAT: Final = (
    r"(?:(?:the|this|your|these|both|all|those) (?:the |of (?:the|these) )?(?:[\w./-]+ ){0,3}?"
    rf"{_PATCH}\b|(?:patch(?:es)? )?(?:#\d|\[?\d{{1,4}}/){NUMBERS}\]?"
    rf"|(?:these|those) (?:\d|{SMALL})\b|patch(?:es)? {NUMBERS}"
    "|(?:all|both) of (?:them|these|this|it)|this|these|them|both|it)"
)
# trees, in `from my queue`, `in timers-next`, `out of the fixes branch`
_FROM: Final = (
    r" (?:from|out of|in|off) (?:(?:my|the|our) (?:[\w./-]+ ){0,2}(?:tree|queue|branch)\b"
    rf"|(?:the )?[\w./-]*(?:{'|'.join(TREE_WORDS)})\b|[\w.-]+\.git\b|[\w.-]+/[\w./-]*\w)"
)
_AGAIN: Final = (
    " (?:again|from (?:here|there)|for (?:now|the moment|the time being|this (?:cycle|release"
    r"|merge))|then\b|until\b|till\b|in favou?r of\b|instead\b|out again)"
)
_ENDS: Final = r" ?(?:[.,;!:(–—]|$| --? | (?:since|because|as|and|so|now|due|given|too|but|to)\b)"
_I: Final = (
    "(?:sorry,? )?I(?:'ve| have|'ll| will|'m| am| had| went ahead and)?"
    "(?: (?:now|just|also|therefore|thus|already|simply|sadly|unfortunately|temporarily))*"
    "(?: (?:have|had|going|need|be)(?: to)?| to)* (?:now |just )?"
)
_DROPS: Final = (
    "(?:drop(?:ped|ping)?|unqueue?(?:d|ing)?|unappl(?:y|ied|ying)|back(?:ed|ing)? out"
    "|un-?pull(?:ed)?)"
)
_TAKES: Final = "(?:revert(?:ed|ing)?|remov(?:e|ed|ing)|took|taken|pulled|kicked|back(?:ed|ing)?)"
_CLAUSE: Final = compile_words(r"^|(?<=[,;:] )|(?<= - )|\b(?:but|so|and|means) ")
_GONE: Final = (
    # `I've dropped this again`, `I'll drop it for now`, `Dropping the patch.`
    compile_words(
        rf"(?:(?:{_I}|let me |had to ){_DROPS}|(?:sorry,? )?(?:now )?"
        rf"(?:dropped|dropping|unqueued|unapplied|backed out)) (?P<what>{_WHAT})"
        rf"(?: out)?(?:{_FROM})?(?={_ENDS}|{_AGAIN})"
    ),
    # `I've reverted both patches in timers-next`, `I took it out of my queue again`
    compile_words(rf"(?:{_I}|(?:now )?){_TAKES} (?P<what>{_WHAT})(?: (?:back )?out)?{_FROM}"),
    # `I'll revert the patch for now`, `So I've dropped this change again`
    compile_words(
        rf"{_I}(?:revert(?:ed|ing)?|drop(?:ped|ping)?) (?P<what>{_WHAT}|(?:this|the|your) change)"
        rf"(?:{_AGAIN}|{_FROM})"
    ),
)
_PART_OF_TEXT: Final = compile_words(
    r"\b(?:comments?|sentences?|paragraphs?|typos?|wording|words?|blank lines?)\b"
)
# `Dropped now.`, `... and dropped, because it is not bisectable`, `OK, dropped from kvm-next.`; but
# `Dropped, that comment was wrong` is about a comment
_BARE: Final = compile_words(
    r"(?:\.\.+ ?|sorry, |noted, |and )*(?:(?:now|again) )?"
    rf"(?:dropped|unqueued|unapplied|reverted|(?:removed|taken out|backed out)(?={_FROM}))"
    rf"(?: (?:again|now|for now|already|then|on request))?(?:{_FROM})?(?: (?:again|now|for now))?"
    r"(?: \([^()]{1,30}\))? ?(?:[.!]|, (?:(?:thanks?|sorry|because|since|as|please)\b"
    r"|(?:it|they|this|that) (?:(?:patch|series|one) )?(?:breaks?|broke|fail(?:s|ed)|needs?|causes?"
    r"|caused|conflicts?|conflicted|crash(?:es|ed)|(?:does|did)(?: not|n't))\b).{0,200}"
    r"|: .{0,200}|,)?"
)
# `The bad patch has been dropped from my tree.`, `Patch 3 was dropped from -next again`; but
# `your other patch`, `the old patch`, and `it was reverted in the stable tree` are about another
_IS_GONE: Final = compile_words(
    "(?:(?P<what>(?:the|this|your) (?:(?:bad|broken|faulty|buggy|offending|whole|entire|patch) )?"
    rf"{_PATCH}|patch(?:es)? {NUMBERS}|\[?\d{{1,4}}/{NUMBERS}\]?)"
    " (?:(?:has|have) (?:now |just )?been|was|were)"
    "|(?P<these>this|it|both|these) (?:has|have) (?:now |just )?been)"
    rf" (?:dropped|removed|reverted|unqueued|taken out|backed out)(?: again)?{_FROM}"
    r"(?: (?:again|now|for now))? ?(?:[.!;(–—]|$|, (?:sorry|thanks?|please|because|since|as)\b)"
)
# what is in again, or in another tree: `I dropped it, re-added now`, `Dropped, it is in fixes now`
_IN_AGAIN: Final = compile_words(
    r"\bre-?(?:added|applied|queued|instated|picked)\b|\bput (?:it|them|this|these) back\b"
    r"|\b(?:dropped|removed|reverted)\b[^.,;]{0,60}\bmistake\b|\b(?:it|this|they)(?:'s| is"
    r"| are) (?:now )?(?:back|in fixes|in mainline|in linus)\b|\b(?:is|are"
    r"|went) (?:already )?(?:in|into) (?:mainline|linus)|\bwent in as\b|\binto the \w+ branch\b"
)
# `That's not the one I meant, dropped.`, `This one breaks the build, dropping.`
_ENDS_DROPPED: Final = compile_words(
    "[,;] (?:so |now )?(?:dropped(?: again| now)?|dropping(?: (?:it|this|them))?) ?[.!]?$"
)
# `... and removed.`, below one's own `I queued these patches.`
_AND_REMOVED: Final = re.compile(
    r"(?:^|\n)[ \t]*(?:\.{2,3}|…)[ \t]?and\s(?:now\s|then\s)?(?:removed|unqueued|reverted)"
    r"(?:\sagain)?[ \t]?[.!,]",
    re.IGNORECASE,
)
# `To be clear, none of these have been applied`
_NONE: Final = compile_words(
    "(?:.{0,40}, )?(?:none|nothing) of (?P<what>(?:this|these|them|those|it"
    rf"|(?:the|these|this|your) {_PATCH})) (?:has|have|was|were|is|are|got)"
    "(?: (?:actually|in fact|been|now))*"
    rf" (?:applied|queued|taken|picked(?: up)?|pushed|merged|committed)"
    rf"(?={_ENDS})(?! (?:to|in|by|before)\b)"
)
# `This has not been applied after all`, `I have not applied this, sorry`
_NOT: Final = compile_words(
    "(?:(?:sorry|no|to be clear|it seems|so),? )*"
    rf"(?:(?P<what>(?!it\b){_WHAT}) (?:has|have|was|were|is|are){NOT}"
    rf"(?: (?:actually|in fact|been|now))* (?:applied|queued|taken|picked up)"
    rf"|I (?:have|had){NOT} (?:actually |in fact )?"
    rf"(?:applied|queued|taken) (?P<mine>(?!it\b){_WHAT}))"
    r"(?: (?:after all|at all|any ?more|any longer|now))? ?"
    r"(?:[.!]|, (?:sorry|but|as|since|because)\b.*)?"
)
# `I just applied v3, not this set.`
_OTHER_VERSION: Final = compile_words(
    rf"{_I}(?:applied|queued|merged|took|picked(?: up)?) (?:the |your )?"
    rf"(?:v\d{{1,2}}|(?:new|newer|next|latest|later|other|updated) (?:version|revision|{_PATCH}))"
    "(?: instead)?,? (?:and |but )?not "
    rf"(?P<what>(?:this|that|these|those)(?: (?:old(?:er)? )?(?:version|revision|{_PATCH}))?)"
    " ?(?:[.,;!(–—]|$)"
)
_IGNORE: Final = compile_words(
    r"(?:ignore|disregard|scratch|forget) (?:about )?(?:(?:my|the|that|this) (?:(?:previous|last"
    r"|earlier|prior|above|other|\"?applied\"?|thank[- ]?you) ){0,2}(?:e?-?mails?|messages?"
    r"|reply|replies|note|notice|notification)\b|(?:that|this)\b(?! \w))"
)
_WRONG: Final = re.compile(
    r"(?:\bI\b[^.]{0,60}|^(?:\w+,?\s){0,2}|[.!,\n]\s?)\bwrong\s(?:patch|e?-?mail|thread|series|message|version)\b"
    r"|\bmy\smistake\b|\b(?:sent|applied|done)\s(?:by\smistake|in\serror)\b"
    r"|\b(?:this|that)\s(?:\w+\s)?was\s(?:meant|intended)\sfor\b",
    re.IGNORECASE,
)
# what a mail's sender wants ignored of it, and not its `Applied`
_OF_MAIL: Final = compile_words(
    r"\b(?:tags?|titles?|subjects?|comments?|labels?|questions?|warnings?|about|fixed|found|fine"
    r"|twice)\b"
)
_UNTRUE: Final = compile_words(
    r"\bnot (?:been )?(?:applied|queued|taken|merged)\b|n't (?:been )?(?:applied|queued|taken"
    r"|merged|apply|take|queue)\b"
)
_DOUBTED: Final = compile_words(
    r"\b(?:if|unless|whether|once|when|should|shall|can|could|would|might|may|want|like|please"
    r"|before|after|rather|otherwise|else|case|let me know|until there|with no|about to)\b"
)


_ANOTHER: Final = compile_words(r"\b(?:previous|earlier|old|older|other|former)\b")
# `I reverted this in my tree to test`
_FOR_TEST: Final = compile_words(r"\b(?:to (?:test|bisect|see|check)|still|locally)\b")


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
        if match := match_behind_intros(_NONE, said):
            return TakenBack(said[:200], "", is_all=True)
        if answers_own and (match := _find_in_clause(_OTHER_VERSION, said)):
            what = re.sub(r"(?:one|version|revision)$", "series", match["what"])
            return TakenBack(said[:200], what)
        if match := fullmatch_behind_intros(_NOT, said):
            return TakenBack(said[:200], match["what"] or match["mine"])
        if is_in_again:
            continue
        said = said.replace("$subject ", "")
        is_bare = fullmatch_behind_intros(_BARE, said) and not _PART_OF_TEXT.search(said)
        if is_bare or _ENDS_DROPPED.search(said):
            return TakenBack(said[:200], "")
        if named := _find_gone(said, text):
            return TakenBack(said[:200], named)
        if answers_own and _WRONG.search(said) and not _OF_MAIL.search(said):
            return TakenBack(said[:200], "", is_of_mail=True)
        for pattern in _GONE:
            match = _find_in_clause(pattern, said)
            if match and not _is_doubted(match):
                return TakenBack(said[:200], match["what"])
    return None


def _find_in_clause(pattern: re.Pattern[str], said: str) -> re.Match[str] | None:
    """Match a pattern at the beginning of a clause, or behind words such as `OK, so`."""
    for clause in _CLAUSE.finditer(said):
        if match := match_behind_intros(pattern, said, clause.end()):
            return match
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
    match = match_behind_intros(_IS_GONE, said)
    if match is None or "stable" in text.lower():
        return ""
    return _name_what(match["what"] or match["these"])


def _name_what(words: str) -> str:
    """Return which patches words name: of `the bad patch`, the patch that is answered."""
    return re.sub(r"^(?:the|this|your)\s(?:.*\s)?(?=\w+$)", "the ", words, flags=re.IGNORECASE)
