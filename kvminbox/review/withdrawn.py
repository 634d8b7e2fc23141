"""What authors take back of what they sent: `Please ignore this series`, `Self-NAK`."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from kvminbox.models import Series, Withdrawal
from kvminbox.patterns import compile_later
from kvminbox.review.answers import Answer
from kvminbox.review.naks import find_nak
from kvminbox.review.tags import is_other

MAX_TEXT: Final = 3_000
"""Characters of an author's own words in which it is looked for."""

MAX_SENTENCE: Final = 300
"""Characters of a sentence that may be one."""

_MAY: Final = re.compile(
    r"gnore|isregard|iscard|ithdr[ae]|etract|bandon|crap|cratch|orget|[Dd]rop|uper[sc]e|bsolete"
    r"|eplaced|elf-?[Nn]|[Nn][Aa][Cc]?[Kk]|needed|necessary|required"
)
_ADJECTIVE: Final = r"(?:(?:whole|entire|complete|short|small|rfc|new|single|current) )*"
_NOUN: Final = (
    r"(?:serials? patch(?:es)?|patch[ -]?sets?|patch[ -]?series|patch(?:es)?|series|set|version"
    r"|rfc|submission|thread|posting)"
)
# what a patch is meant by: `this series`, `my v3`, `patches 1/8 to 4/8`, `the patch`
_NAMED: Final = (
    rf"(?:(?:this|these|my|both|all(?: of)? (?:the|these|my))(?: own)? (?:\(\w+\) )?{_ADJECTIVE}"
    rf"(?:(?P<count>two|three|four|five|first|second|last|\d) )?(?:\w+ )?{_NOUN}"
    r"(?: of (?:this|the|my) (?:patch[ -]?set|patch[ -]?series|patch|series|set))?"
    r"|the (?:whole |entire |full )?(?:patch(?:es|[ -]?set| series)?|series|set)|patch(?= ?[.!]?$)"
    r"|(?:(?:this|my|the) )?(?P<version>v\d{1,2})(?: (?:patch(?:es|[ -]?set| series)?|series|set))?"
    r"(?: of (?:this|the|my) (?:patch(?:es|[ -]?set| series)?|series|set))?"
    r"|this one|these ones)"
)
# only in answer to the patch itself, or below a thing that is one
_BARE: Final = (
    r"(?:this|these|it|them|this (?:e-?mail|mail|message|post)|all of (?:this|these|them)|)"
)
_AFTER: Final = (
    r"(?= ?(?:[.,;:!)(\[–—]|$|-{1,2} )| (?:please|sorry|thanks|as|since|because|and|for now"
    r"|for the moment|due|it|i|in favou?r|instead|for|while|until|then|completely|entirely|again"
    r"|too|given|there|now|in (?:the )?(?:next|v\d)|from|altogether|will|we|with)\b)"
)
_DROPS: Final = (
    r"(?:ignore|disregard|discard|drop|withdraw|retract|scratch|forget(?: about)?|abandon)"
)
_LEAD: Final = (
    r"(?:.{0,160}?(?:[,:;!–—)-] ?|\b(?:so|and|but|then) ))?(?:(?:hi|hello|all|sorry|oops|please"
    r"|pls|plz|kindly|just|so|also|then|actually|ok|okay|but|and|anyway|yes|now|therefore"
    r"|hence)\b,? ?)*"
)
_PATTERNS: Final = (
    # `Please ignore this patch`, `Ignore this one, I've just sent v2`, `Scratch this`
    compile_later(
        rf"{_LEAD}(?:{_DROPS})(?: please)? (?P<what>{_NAMED}|{_BARE}){_AFTER}", re.IGNORECASE
    ),
    # `I'll withdraw this patch then`, `I'm abandoning this series for <link>`
    compile_later(
        r"(?:.{0,160}?(?:[,:;–—-] | (?:so|and|then|but) ))?(?:(?:so|ok|okay|then|and|but|sorry"
        r"|well|anyway|yes),? )*"
        r"(?:I|we)(?:['’]ll|['’]m|['’]d| will| am| can| have| had| going| want| would like| like"
        r"| decided| prefer"
        r"| to| just| now| simply| hereby| therefore| then| probably)*"
        r" (?:withdraw|retract|abandon|drop|discard|ditch|scrap)(?:p?ing|p?ed|n|ed)?"
        rf" (?P<what>{_NAMED}){_AFTER}",
        re.IGNORECASE,
    ),
    # `You can delete/abandon these patches.`, `we can ignore this patch`
    compile_later(
        r"(?:.{0,160}?[,:;–—-] )?(?:(?:so|ok|okay|then|and|but|sorry),? )*(?:you"
        r"|we) can (?:just |safely |now |simply )?"
        rf"(?:(?:delete|ignore)/)?(?:{_DROPS}|delete) (?P<what>{_NAMED}){_AFTER}",
        re.IGNORECASE,
    ),
    # `This series has been superseded by <link>`, `This patch is no longer needed`
    compile_later(
        rf"{_LEAD}(?P<what>{_NAMED}|this)(?:['’]s| is| are| was| has been| have been"
        rf"| can be)(?: now| essentially| already"
        r"| thus| therefore| hereby)*"
        r" (?:superse?c?eded(?: by\b.*)?|supersed(?:ed|ed by)\b.*|superceded\b.*"
        r"|obsoleted?(?: now| by\b.*)?|abandoned|withdrawn"
        r"|retracted|replaced by (?:v\d|<?https?:|\[|the (?:series|patch(?:es)?)|this (?:series"
        r"|patch))"
        r"|(?:no longer|not) (?:needed|necessary|required)(?: any ?more| any longer)?)"
        r"(?= ?(?:[.,;:!)(\[–—]|$|-{1,2} )| (?:please|sorry|as|since|because|and|due|by|now"
        r"|after|with|given)\b)",
        re.IGNORECASE,
    ),
    # `Superseded by v3`, `Superseded by: https://…`
    compile_later(r"(?P<what>)superse?c?eded by:? (?:v\d|<?https?:|\[\d)", re.IGNORECASE),
    # `This patch is wrong, please discard.`, `This is no solution, I will abandon it`
    compile_later(
        rf"(?:(?:hi|sorry|oops|all),? )*(?P<what>{_NAMED}|this)\b[^?]{{1,200}}[,;.–—-]"
        rf" (?:so |and )?(?:please|pls|kindly|I(?:['’]ll| will))"
        rf" {_DROPS}(?: it| this| them)?(?: for now)? ?[.!]?$",
        re.IGNORECASE,
    ),
    # `It doesn't work; please disregard for now.`
    compile_later(
        rf"{_LEAD}(?:please|pls|kindly) (?:ignore|disregard"
        rf"|discard)(?P<what>)(?: for now)? ?[.!]?$",
        re.IGNORECASE,
    ),
    # `Self-NAK`, `Self-Nack: it leaks`
    compile_later(r"(?P<what>)(?:\w+,? ){0,3}self[- ]?nac?k(?:ed)?\b", re.IGNORECASE),
    # `I NAK my own patch`
    compile_later(
        r"(?P<what>).{0,80}?\bnac?k(?:ing)?(?: (?:to|on|for|this|of))*(?: my)? own patch\b",
        re.IGNORECASE,
    ),
)
_DOUBTED: Final = re.compile(
    r"\b(?:should|could|might|may|or (?:i|we)|hope|assum\w*|want me|prefer me|not|never)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
# `This patch is not necessary, but some may want it`
_GOES_ON: Final = re.compile(r" ?,? (?:but|though|although|however)\b", re.IGNORECASE)
_IS_ALL: Final = re.compile(
    r"series|sets?\b|version|\bv\d|\ball\b|these|patches|thread|submission|rfc|both"
    r"|them",
    re.IGNORECASE,
)
# what says by itself that the patch is meant: `Self-NAK`, `Superseded by v3`
_IS_OWN: Final = re.compile(r"self[- ]?nac?k|own patch|^superse?c?eded", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:()–—]|\b(?:so|thus|hence|therefore|but|then)\b", re.IGNORECASE)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|whether|when|once|feel free|otherwise|either)\b", re.IGNORECASE
)
_BREAK: Final = re.compile(r"(?<=[.!?])(?:['\")]| :-?\))?\s+(?=\S)")

Extent = Literal["patch", "series", "some"]


class Taken(NamedTuple):
    """Words that withdraw what they are about."""

    said: str
    """The sentence."""

    extent: Extent
    """Whether the patch that is answered is meant, all of them, or some: `these two patches`."""


def find_withdrawal(
    lines: Iterable[str], *, revision: int | None = None, is_direct: bool = False
) -> Taken | None:
    """Return the words by which an author withdraws a patch or a series; None if there are none.

    Not an email with a comment, a warning, an older version, nor what would be dropped if
    something were so.

    Args:
        lines: the author's own lines.
        revision: the version that is answered: `ignore v1` is not about v2.
        is_direct: whether it answers the patch or cover letter, which `ignore this` then means.

    >>> find_withdrawal(["Please ignore this series, I'll send v3."]).extent
    'series'
    >>> find_withdrawal(["Please ignore this warning."]) is None
    True
    """
    for sentence in _list_sentences(lines):
        said = sentence[:MAX_SENTENCE]
        if said.endswith("?") or _MAY.search(said) is None:
            continue
        for pattern in _PATTERNS:
            match = pattern.match(said)
            if match is None or _is_doubted(match):
                continue
            what = match["what"]
            is_bare = re.fullmatch(_BARE, what, re.IGNORECASE) and not _IS_OWN.search(match[0])
            if is_bare and not is_direct:
                continue
            parts = match.groupdict()
            version = parts.get("version")
            if version and revision is not None and int(version[1:]) != revision:
                continue
            if parts.get("count"):
                return Taken(said[:200], "some")
            return Taken(said[:200], "series" if _IS_ALL.search(what) else "patch")
    return None


def _is_doubted(match: re.Match[str]) -> bool:
    """Whether it is said under a condition, negated in its clause, or limited right behind."""
    if _CONDITION.search(match[0]) or _GOES_ON.match(match.string, match.end()):
        return True
    before = match[0][: match.start("what") - match.start()]
    return _DOUBTED.search(_CLAUSE.split(before)[-1]) is not None


def may_withdraw(text: str) -> bool:
    """Whether a text has a word to withdraw with."""
    return _MAY.search(text) is not None


def _list_sentences(lines: Iterable[str]) -> Iterator[str]:
    text = "\n".join(lines)[:MAX_TEXT]
    for paragraph in re.split(r"\n[ \t>]*\n|\n>\n|^>\n", f"{text}\n"):
        if _MAY.search(paragraph):
            yield from _BREAK.split(" ".join(paragraph.replace("\n>", "\n").split()))


def collect_withdrawals(series: Series, answers: Iterable[Answer]) -> tuple[Withdrawal, ...]:
    """Return the mails by which the author withdraws a series, or some of its patches.

    Args:
        series: the series.
        answers: the answers to it, oldest first.
    """
    found: list[Withdrawal] = []
    for answer in answers:
        mail = answer.message
        if mail.kind == "bot" or not _is_author(answer, series):
            continue
        lines = answer.lines
        if not any(map(_MAY.search, lines)):
            continue
        taken = find_withdrawal(lines, revision=series.revision, is_direct=answer.is_direct)
        if taken is None and answer.is_direct and (nak := find_nak(lines)) and nak.is_head:
            taken = Taken(nak.said, "patch")
        if taken is not None:
            patches = _find_patches(answer, taken, series)
            found.append(
                Withdrawal(
                    message_id=mail.message_id,
                    by=mail.sender,
                    date=mail.date,
                    patches=patches,
                    evidence=taken.said,
                )
            )
    return tuple(found)


def _is_author(answer: Answer, series: Series) -> bool:
    authors = [series.sender]
    if answer.number > 0:
        pairs = zip(series.numbers, series.patches, strict=True)
        authors += [patch.author for number, patch in pairs if number == answer.number]
    return any(not is_other(answer.message.sender, one) for one in authors)


def _find_patches(answer: Answer, taken: Taken, series: Series) -> tuple[int, ...]:
    number = answer.number
    if len(series.numbers) == 1 or taken.extent == "series":
        return series.numbers
    if number > 0 and taken.extent == "patch":
        return (number,)
    # some call a series a patch
    return series.numbers if taken.extent == "patch" and answer.is_direct else ()
