"""What authors take back of what they sent: `Please ignore this series`, `Self-NAK`."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from kvminbox.models import Series, Withdrawal
from kvminbox.patterns import compile_later
from kvminbox.review.answers import Answer
from kvminbox.review.naks import BREAK, find_nak
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
_SET: Final = r"(?:serials? patch(?:es)?|patch[ -]?sets?|patch[ -]?series|patch(?:es)?|series)"
_OF_SET: Final = r" of (?:this|the|my) (?:patch[ -]?set|patch[ -]?series|patch|series|set)"
# what a patch is meant by: `this series`, `my v3`, `patches 1/8 to 4/8`, `the patch`
_NAMED: Final = (
    rf"(?:(?:this|these|my|both|all(?: of)? (?:the|these|my))(?: own)? (?:\(\w+\) )?{_ADJECTIVE}"
    rf"(?:(?P<count>two|three|four|five|\d) )?"
    rf"(?:(?:{_SET}|rfc|submission|posting)(?:{_OF_SET})?|(?:set|version){_OF_SET})"
    r"|the (?:whole |entire |full )?(?:patch(?:es|[ -]?set| series)?|series)|patch(?= ?[.!]?$)"
    r"|(?:(?:this|my|the) )?(?P<version>v\d{1,2})(?: (?:patch(?:es|[ -]?set| series)?|series|set))?"
    rf"(?:{_OF_SET})?)"
)
# only in answer to the patch itself, with nothing quoted above: `this one` may be a line of code
_BARE: Final = (
    r"(?:this|these|this one|these ones|(?:this|these|my) (?:\(\w+\) )?"
    rf"{_ADJECTIVE}(?:set|version|thread|post)|all of (?:this|these|them)|)"
)
_END: Final = r" ?(?:[.,;:!)(\[–—]|$|-{1,2} )"
_AFTER: Final = (
    rf"(?={_END}| (?:please|sorry|thanks|as|since|because|and"
    r"|for(?: now\b| the moment\b|:| <?https?:)|due|it|i|in favou?r"
    r"|instead|while|until|then|completely|entirely|again|too|given|there|now"
    r"|(?:in|from) (?:(?:the )?next (?:version|revision|round|posting|spin)|v\d+)"
    r"|altogether|will|we)(?!\w))"
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
        r"(?:.{0,160}?(?:[,:;–—-] | (?:so|and|then|but) ))?"
        r"(?:(?:so|ok|okay|then|and|but|sorry|well|anyway|yes),? )*"
        r"(?:I|we)(?:['’]ll|['’]m| will| am| have| going| want|['’]d like| would like| decided"
        r"| to| just| now| simply| hereby| therefore| then)*"
        r" (?:withdraw|retract|abandon|drop|discard|ditch|scrap)(?:p?ing|p?ed|n|ed)?"
        rf" (?P<what>{_NAMED}){_AFTER}",
        re.IGNORECASE,
    ),
    # `You can delete/abandon these patches.`, `You can ignore this patch`
    compile_later(
        r"(?:.{0,160}?[,:;–—-] )?(?:(?:so|ok|okay|then|and|but|sorry),? )*"
        r"you can (?:just |safely |now |simply )?"
        rf"(?:(?:delete|ignore)/)?(?:{_DROPS}|delete) (?P<what>{_NAMED}){_AFTER}",
        re.IGNORECASE,
    ),
    # `This series has been superseded by <link>`, `This patch is no longer needed`
    compile_later(
        rf"{_LEAD}(?P<what>{_NAMED}|this)(?:['’]s| is| are| was| has been| have been| can be)"
        r"(?: now| essentially| already| thus| therefore| hereby)*"
        r" (?:superse?c?eded(?: by\b.*)?|supersed(?:ed|ed by)\b.*|superceded\b.*"
        r"|obsoleted?(?: now| by\b.*)?|abandoned|withdrawn|retracted"
        r"|replaced by (?:v\d|<?https?:|\[|the (?:series|patch(?:es)?)|this (?:series|patch))"
        # `v1 is not needed` may be one of a protocol
        r"|(?(version)(?!)|(?:no longer|not) (?:needed|necessary|required))"
        r"(?: any ?more| any longer)?)"
        rf"(?={_END}| (?:please|sorry|as|since|because|and|due|by|now|after|with|given)\b)",
        re.IGNORECASE,
    ),
    # `Superseded by v3`, `Superseded by: https://…`
    compile_later(r"(?P<what>)superse?c?eded by:? (?:v\d|<?https?:|\[\d)", re.IGNORECASE),
    # `This patch is wrong, please discard.`, `This is no solution, I will abandon it`
    compile_later(
        rf"(?:(?:hi|sorry|oops|all),? )*"
        rf"(?P<what>{_NAMED}|this(?=['’]s | (?:is|was|does|did|has|breaks?|needs?)\b))"
        r"(?=['’ ])[^?]{1,200}[,;.–—-] (?:so |and )?(?:please|pls|kindly|I(?:['’]ll| will))"
        rf" {_DROPS}(?: it| this| them)?(?: for now)? ?[.!]?$",
        re.IGNORECASE,
    ),
    # `It doesn't work; please disregard for now.`
    compile_later(
        rf"{_LEAD}(?:please|pls|kindly) (?:ignore|disregard|discard)(?P<what>)(?: for now)?"
        r" ?[.!]?$",
        re.IGNORECASE,
    ),
    # `Self-NAK`, `Self-Nack: it leaks`, and not `No self-NAK needed`
    compile_later(
        r"(?P<what>)(?:(?:sorry|oops|hm+|ok|okay|so|then|well|this|is|that['’]s|it['’]s|a|an|my|I"
        r"|hereby),? )*self[- ]?nac?k(?:ed|ing)?"
        rf"(?={_END}| (?:this|the|on|of|to|for|as|because|since|until|sorry|v\d)\b)",
        re.IGNORECASE,
    ),
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
# `…, only patch 1 is needed`, `…, what do you think`, `…, the patch is fine after all`
_LIMITED: Final = re.compile(
    r"\b(?:only (?:the|patch(?:es)?|\d)|except|apart from|other than|patch(?:es)? #?\d|what do you"
    r"|wdyt|thoughts|opinions?|with you|after all"
    r"|(?:patch(?:es)?|series|it|this) (?:is|are|looks?|works?) (?:\w+ )?"
    r"(?:fine|ok|okay|good|right|correct|needed))\b",
    re.IGNORECASE,
)
# what stands before a bare `please ignore this`: `It doesn't work;`, `Sent by mistake,`
_PLAIN: Final = re.compile(
    r"(?:(?:hi|hello|all|sorry|oops|please|pls|plz|kindly|just|so|also|then|actually|ok|okay|anyway"
    r"|yes|now)\b[,!.]? ?)*"
    r"(?:(?:(?:it|this)(?:['’]s| is| was| does| did| has| breaks?| needs?| fails?)"
    r"|(?:it|this) (?:does|did|is|was)n['’]t|(?:sent|posted)\b"
    r"|I(?:['’]ve| have)? (?:just )?(?:sent|posted) (?:it|this|the wrong)\b|wrong (?:patch|version"
    r"|file|branch)s?\b)[^,;]{0,120}[,;–—-] ?"
    r"(?:(?:so|and|please|pls|plz|kindly|just) ?)*)?",
    re.IGNORECASE,
)
# another thing that is wrong, and is to be ignored
_OTHERS: Final = re.compile(
    r"\b(?:comments?|warnings?|e?-?mails?|messages?|repl(?:y|ies)|answers?|questions?|remarks?|notes?"
    r"|errors?|reports?|noise|sentences?|suggestions?|typos?|code)\b",
    re.IGNORECASE,
)
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
        lines: the author's own lines, with a `>` for what they quote.
        revision: the version that is answered: `ignore v1` is not about v2.
        is_direct: whether it answers the patch or cover letter, which `ignore this` then means
            above all quotes.

    >>> find_withdrawal(["Please ignore this series, I'll send v3."]).extent
    'series'
    >>> find_withdrawal(["Please ignore this warning."]) is None
    True
    """
    for sentence, is_below in _list_sentences(lines):
        said = sentence[:MAX_SENTENCE]
        if said.endswith("?") or _MAY.search(said) is None:
            continue
        for pattern in _PATTERNS:
            match = pattern.match(said)
            if match is None or _is_doubted(match):
                continue
            what = match["what"]
            is_bare = re.fullmatch(_BARE, what, re.IGNORECASE) and not _IS_OWN.search(match[0])
            if is_bare and (not is_direct or is_below or not _is_plain(match)):
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
    rest = match.string[match.end() :]
    if _CONDITION.search(match[0]) or _GOES_ON.match(rest) or _LIMITED.search(rest):
        return True
    if _IS_OWN.search(match[0]):
        return _DOUBTED.search(match[0]) is not None
    before = match[0][: match.start("what") - match.start()]
    return _DOUBTED.search(_CLAUSE.split(before)[-1]) is not None


def _is_plain(match: re.Match[str]) -> bool:
    """Whether a bare `ignore this` follows no words about another thing: a comment, a warning."""
    said = match.string
    verb = re.search(rf"\b{_DROPS}\b", said, re.IGNORECASE)
    if match["what"].lower() == "this" and match.start("what") < (
        verb.start() if verb else len(said)
    ):
        return _OTHERS.search(said) is None  # `This is superseded by v3`
    before = said[: verb.start()] if verb else said
    return _OTHERS.search(said) is None and _PLAIN.fullmatch(before) is not None


def may_withdraw(text: str) -> bool:
    """Whether a text has a word to withdraw with."""
    return _MAY.search(text) is not None


def _list_sentences(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of the paragraphs that may withdraw, and whether quotes are above."""
    is_below = False
    paragraph: list[str] = []
    for line in (*"\n".join(lines)[:MAX_TEXT].split("\n"), ""):
        is_quote = line[:1] == ">"
        if line.strip() and not is_quote:
            paragraph.append(line)
            continue
        text = " ".join(" ".join(paragraph).split())
        if _MAY.search(text):
            yield from ((sentence, is_below) for sentence in BREAK.split(text))
        paragraph = []
        is_below = is_below or is_quote


def collect_withdrawals(series: Series, answers: Iterable[Answer]) -> tuple[Withdrawal, ...]:
    """Return the mails by which the author withdraws a series, or some of its patches.

    Args:
        series: the series.
        answers: the answers to it, oldest first.
    """
    found: list[Withdrawal] = []
    for answer in answers:
        mail = answer.message
        if not _is_author(answer, series):
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
