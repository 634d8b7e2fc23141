"""A bare `NAK.` in an answer: a refusal in the reviewer's words, without a Nacked-by."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kvminbox.models import Series
from kvminbox.patterns import compile_later

MAX_NAK_LINES: Final = 1_000
"""Lines of an answer in which a NAK is looked for."""

MAX_SENTENCE: Final = 400
"""Characters of a sentence that may be one."""

_N: Final = r"(?:nak|nack)"
_MAY: Final = re.compile(r"na(?:c)?k", re.IGNORECASE)
_FROM: Final = (
    r"(?:,? (?:from|by|for) (?:me|my side|our side|here)"
    r"|,? from my (?:point of view|perspective|end))?"
)
_PATCHES: Final = r"(?:patch(?:es|set)?|series|set|change|version|one)"
_WHICH: Final = (
    r"(?: (?:on|to|for|against) (?:this|that|these|the|all|both)(?: (?:[\w-]+ )?"
    rf"(?:{_PATCHES}|approach|of (?:this|it|them)))?)?"
)
_INTRO: Final = (
    r"(?:(?:so|sorry|therefore|thus|hence|again|then|no|still|also|actually|a|an|i|big|hard|strong"
    r"|strongly|clear|firm|definite|definitely|huge|my|it['’]s)\b,? ){0,3}"
)
# `NAK.`, `Big NACK from me: …`, `So, NAK to this patch`; not `NAK?`, `NAK if it breaks`, `NAK bit`
_NAK: Final = re.compile(
    rf"[ \t]{{0,8}}{_INTRO}{_N}(?:ed)?(?: again)?{_WHICH}{_FROM}(?: for now)?"
    r"[ \t]*(?P<end>[.!;:,]+(?=[ \t]|$)|[ \t][-–—]{1,2}(?=[ \t])|$)(?P<rest>.{0,80})",
    re.IGNORECASE,
)
# `NAK, ACK, and timeout are the states`, `NAK: the target is busy`, `NAK, if I read it right`
_OTHER: Final = re.compile(
    r"\W{0,3}(?:(?:and |or )?acks?\b|stall\b|timeout\b|if\b|unless\b"
    r"|\w+(?:,| and| or) \w+ (?:are|is)\b)",
    re.IGNORECASE,
)
_ENDS: Final = r" ?(?:[.!;:,()–—]|$|-{1,2} )"
_WHY: Final = r" (?:until|till|because|since|as(?! well)|for now|sorry)\b"
_SENTENCES: Final = (
    # `NAK until you test it`, `NAK to all of it because it leaks`
    compile_later(rf"{_INTRO}{_N}(?: again)?{_WHICH}{_FROM}(?:{_WHY}(?!.*\bif\b))", re.IGNORECASE),
    # `Sorry, but that's a NACK.`, `This gets a nack from me in its current state`
    compile_later(
        r"(?:.{0,200}?[,:;–—-] )?(?:(?:sorry|but|so|and|no|well|then|thus|definitely|anyway|again"
        r"|honestly|yes|yeah|hm+|for me|to me|from my side)\b,? ){0,4}"
        r"(?:this|that|these|those|it|which|both|all of (?:this|these|it)"
        rf"|(?:this|the|these|that|your) (?:[\w-]+ )?{_PATCHES}(?: of patches)?)"
        r"(?:['’]s|['’]re| is| are| gets?| remains?| stays?)"
        rf"(?: (?:still|also|clearly|just|really|definitely|all|now))* (?:a |an )?(?:(?:big|hard"
        rf"|strong"
        rf"|clear|firm|definite|huge|solid|plain|full) )*{_N}(?:ed)?"
        rf"{_WHICH}{_FROM}(?:{_ENDS}|{_WHY}| (?:in (?:its|the|their)|as (?:it|is)|with)\b)",
        re.IGNORECASE,
    ),
    # `It leaks, so NAK on a common binding.`, `Thanks for the patch but NAK`, `…, thus a big NACK`
    compile_later(
        r".{2,300}?(?:[,;.–—-] ?|\s)(?:so|thus|hence|therefore|but)(?: it['’]s)?(?: (?:a|big|hard"
        rf"|strong|clear|still|definite|no))* {_N}(?:ed)?"
        rf"(?:{_WHICH}|(?: (?:on|to|for)(?: [\w/.-]+){{1,7}}))?{_FROM}(?:,? sorry)?(?:{_ENDS}"
        rf"|{_WHY})",
        re.IGNORECASE,
    ),
    # `Until that's done, NAK.`, `To be clear: NAK.`
    compile_later(
        rf"(?:(?:until|till|as long as)\b.{{2,200}},|to be (?:very |more )?(?:clear|explicit)\b"
        rf".{{0,200}}[,:]|in (?:short|sum|sort|summary)[,:]) (?:still )?(?:a )?{_N}(?:{_WHICH}"
        rf"|(?: (?:on|to|for)(?: [\w/.-]+){{1,7}})){_FROM} ?[.!]?$",
        re.IGNORECASE,
    ),
    # `I'm NAKing this.`, `I will just NAK`, `I have to nack this patch`, `I'll keep NAKing it`
    compile_later(
        r"(?:.{0,200}?[,;:.–—-] |.{0,120}?\b(?:so|and|but|thus"
        r"|therefore) )?(?:sorry,? (?:but )?)?(?:for now,? )?"
        r"I(?:['’]m| am|['’]ll| will|['’]ve| have| must| need| hereby| therefore| still| just"
        r"| strongly| had| to| going| be| definitely| keep| afraid| already)*"
        rf" {_N}(?:-?ing|k?ed)?(?: (?:this|it|these|them|both|(?:this|the|these|your) (?:whole )?"
        rf"(?:[\w-]+ )?{_PATCHES}))?(?: again)?(?: for now)?(?:{_ENDS}|{_WHY}| (?:on|in|due|as)\b)",
        re.IGNORECASE,
    ),
    # `I'll stick to my NAK`, `My NAK stands`, `Here's my NAK for this patch`
    compile_later(
        r".{0,200}?\b(?:(?:stick|stay|stand) (?:to|with|by) my|here(?:['’]s| is) my|you have my"
        rf"|keep(?:ing)? my) {_N}\b|(?:.{{0,80}}[,.;:] )?(?:so )?my {_N}"
        r"(?: (?:on|for|to|against) (?:this|the|these)(?: \w+){0,2})? (?:still )?"
        r"(?:stands?|remains?|holds?|is still)\b",
        re.IGNORECASE,
    ),
    # `Consider this a NAK`, `Please consider it NAKed`
    compile_later(
        rf"(?:.{{0,80}}[,.;:] )?(?:please )?(?:consider|take|count) (?:this|it|that)(?: patch"
        rf"| series"
        rf"| mail)?(?: to be)?(?: (?:a|an|as|as an?"
        rf"|my))? (?:\w+ )?{_N}(?:ed)?{_WHICH}{_FROM}{_ENDS}",
        re.IGNORECASE,
    ),
)
_DOUBTED: Final = re.compile(
    r"\b(?:if|unless|whether|would|could|might|may|expect\w*|assum\w*|mean|means|guess\w*|suppose"
    r"|instead of|rather than|without)\b",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(r"\b(?:not|no|never|neither)\b|n['’]t\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;:()–—]|\b(?:so|thus|hence|therefore|but|then)\b", re.IGNORECASE)
_MAY_BE_BIT: Final = re.compile(r"(?<![a-z])na(?:c)?k(?:s|ed|ing)?(?![a-z])", re.IGNORECASE)
_NAMES: Final = re.compile(
    r"\b(?:this|these|the|your|both)(?: (?:whole|entire|same|first|second|last|two|three))*"
    r" (?:patch(?:es|set)?|series|set of patches)\b",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"(?<=[.!?])(?:['\")]| :-?\))?\s+(?=\S)")
# `I withdraw my NAK`, `NAK withdrawn`, `you can ignore my NACK`, `Un-NAK`, `No NAK in place`
_WITHDRAWN: Final = compile_later(
    rf"\b(?:withdraw(?:n|ing)?|withdrew|retract(?:ed|ing)?|lift(?:ed|ing)?|rescind(?:ed|ing)?"
    rf"|revoke?(?:d|ing)?|drop(?:ped|ping)?|(?:take|taking|took|taken) back|scratch|ignore"
    rf"|disregard"
    rf"|remov(?:e|ed|ing)) my (?:\w+ )?{_N}\b"
    rf"|\b(?:take|taking|took|taken) my {_N} back\b"
    rf"|\bmy {_N}(?: (?:here|on (?:this|that|it)))?(?: (?:is|was|has been|can be))?(?: (?:now"
    rf"|hereby))?"
    r" (?:withdrawn|retracted|lifted|dropped|revoked|rescinded|ignored|moot|gone)\b"
    rf"|^(?:so |ok,? |okay,? )?{_N} (?:withdrawn|retracted|lifted|revoked|rescinded)\b"
    rf"|\bun-?{_N}(?:ed|ing)?\b"
    rf"|\bno {_N}(?:s)?(?: in place)? (?:from me )?(?:any ?more|any longer|in place)\b"
    rf"|\b(?:no longer|not)(?: a)? {_N}(?:ing|ed)?(?: (?:this|it|the \w+))?(?: from me)?"
    r" (?:any ?more|any longer)\b"
    rf"|\bno longer (?:a )?{_N}(?:ing)?\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|until|once|when|would|could|might|may|whether)\b|n['’]t\b|\bnot (?:yet"
    r"|going)\b",
    re.IGNORECASE,
)


class Nak(NamedTuple):
    """The words that refuse patches."""

    said: str
    """The sentence."""

    is_head: bool
    """Whether a paragraph begins with it, as that is most often meant so."""

    names: bool
    """Whether it names what it refuses, as a patch or a series."""

    line: int
    """The number of the line in which its paragraph begins."""


def find_nak(lines: Iterable[str]) -> Nak | None:
    """Return the first refusal in an answer's own lines; None if there is none.

    A paragraph begins with it, or a sentence says that this, or all before it, is a NAK. A question
    is none, nor is what hardware or a protocol answers in the middle of a sentence, nor what would
    be one, or one of somebody else's.

    >>> find_nak(["This breaks suspend.", "So NAK on this patch."]).said
    'So NAK on this patch.'
    >>> find_nak(["The bus says NAK."]), find_nak(["I would NAK this."])
    (None, None)
    """
    for first, paragraph in _list_paragraphs([*lines][:MAX_NAK_LINES]):
        if not any(map(_MAY.search, paragraph)):
            continue
        sentences = _BREAK.split(" ".join(" ".join(paragraph).split()))
        if _is_headed(paragraph):
            return _make(sentences[0], first, is_head=True)
        for place, sentence in enumerate(sentences):
            if _is_nak(sentence, is_first=place == 0):
                return _make(sentence, first, is_head=False)
    return None


def says_nak(lines: Iterable[str]) -> bool:
    """Whether an answer's own lines refuse patches.

    >>> says_nak(["NAK. This breaks suspend."]), says_nak(["The bus says NAK."])
    (True, False)
    """
    return find_nak(lines) is not None


def is_technical(series: Series) -> bool:
    """Whether a series is about NAKs of hardware or of a protocol, of which answers then speak."""
    return any(
        _MAY_BE_BIT.search(f"{patch.title}\n{patch.diff}") is not None for patch in series.patches
    )


def withdraws_nak(lines: Iterable[str]) -> str:
    """Return the words that take the sender's own refusal back; empty if there are none.

    >>> withdraws_nak(["Then I withdraw my NAK."])
    'Then I withdraw my NAK.'
    """
    for _, paragraph in _list_paragraphs([*lines][:MAX_NAK_LINES]):
        if not any(map(_MAY.search, paragraph)):
            continue
        for sentence in _BREAK.split(" ".join(" ".join(paragraph).split())):
            said = sentence[:MAX_SENTENCE]
            if said.endswith("?") or _CONDITION.search(said):
                continue
            if _WITHDRAWN.search(said):
                return said
    return ""


def _list_paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line of each paragraph, and its lines."""
    found: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip() not in {"", ">"}:
            found.append(line)
        elif found:
            yield number - len(found), found
            found = []


def _is_headed(paragraph: list[str]) -> bool:
    match = _NAK.match(paragraph[0])
    if match is None:
        return False
    # `NAK` alone on a line is one, and no first word of a sentence or of a table
    is_alone = match["end"] != "" or len(paragraph) == 1
    is_other = match["end"].strip() in {":", ",", ";"} and _OTHER.match(match["rest"])
    return is_alone and not is_other


def _is_nak(sentence: str, *, is_first: bool) -> bool:
    """Whether a sentence in the middle of a paragraph refuses what the mail is about."""
    said = sentence[:MAX_SENTENCE]
    if said.rstrip(" )\"'").endswith("?") or _MAY.search(said) is None:
        return False
    if not is_first and (match := _NAK.match(said)):
        is_other = match["end"].strip() in {":", ",", ";"} and _OTHER.match(match["rest"])
        return not is_other
    return any(map(_is_meant, filter(None, (one.match(said) for one in _SENTENCES))))


def _is_meant(match: re.Match[str]) -> bool:
    """Whether a NAK is no condition, no guess, and not negated in its clause."""
    before = match[0][: [*_MAY.finditer(match[0])][-1].start()]
    clause = _CLAUSE.split(before)[-1]
    return _DOUBTED.search(before) is None and _NEGATED.search(clause) is None


def _make(sentence: str, line: int, *, is_head: bool) -> Nak:
    said = sentence[:200]
    return Nak(said, is_head, _NAMES.search(said) is not None, line)
