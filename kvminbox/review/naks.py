"""A bare `NAK.` in an answer: a refusal in the reviewer's words, without a Nacked-by.

A paragraph begins with it, or a sentence says it: `so NAK on this patch`, `that's a NACK from me`,
`I have to NAK this until you test it`. What hardware answers (`the bus says NAK`), what would be
one, a question, and what somebody else said is none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kvminbox.models import Series
from kvminbox.review.grammar import compile_words

MAX_NAK_LINES: Final = 1_000
"""Lines of an answer in which a NAK is looked for."""

MAX_SENTENCE: Final = 400
"""Characters of a sentence that may be one."""

_N: Final = "nac?k"
_MAY: Final = re.compile(_N, re.IGNORECASE)
_FROM: Final = (
    "(?:,? (?:from|by|for) (?:me|my side|our side|here|my point of view|my perspective))?"
)
_PATCHES: Final = r"(?:patch(?:es|set)?|series|set|change|version|one)\b"
_KNOWN: Final = "(?:(?:whole|entire|full|current|same|new|rfc) )?"
_PLACED: Final = (
    r"(?:patch(?:es)? #?\d{1,3}(?:/\d{1,3}| ?- ?\d{1,3}| and \d{1,3})?|#?\d{1,3}/\d{1,3}"
    r"|the (?:first|second|third|fourth|fifth|last)(?: (?:two|three|four))? (?:patch(?:es)?|one)\b)"
)
# ` on this patch`; ` to that` may be about the lines above it
_WHICH: Final = (
    rf"(?: (?:(?:on|to|for|against) )?(?:(?:this|that|these) (?:[\w-]+ )?{_PATCHES}"
    rf"(?: of (?:the|this) {_PATCHES})?|the {_KNOWN}{_PATCHES}|{_PLACED})"
    r"| (?:on|to|for|against) (?:(?:this|that|these) approach|(?:all|both) of (?:this|it|them)"
    r"|this|these|all|both|v\d{1,2}))?"
)
# what the patch does: `NAK on a common binding`, and not `NAK on the name`
_DEED: Final = (
    r" (?:on|to|for) (?:(?:an?|another|any|adding|using|having|more) [\w/.-]+|the patch)"
    r"(?: [\w/.-]+){0,6}"
)
_BIG: Final = "(?:(?:an?|big|fat|hard|strong|clear|firm|definite|huge|still) )*"
_INTRO: Final = (
    "(?:(?:so|sorry|therefore|thus|hence|again|then|no(?=,)|nope(?=,)|also|actually|i|yeah|ugh|well"
    r"|oh|strongly|definitely|my|it's|an?|big|fat|hard|strong|clear|firm|huge|still)\b,? ){0,3}"
)
# `NAK for the same reasons`, `NAK in its current form.`, `NAK this is no fix.`
_GROUNDS: Final = (
    r"(?: for (?:the )?(?:same )?reasons?\b.{0,80}"
    r"|,? in (?:its|the|this|that)(?: (?:current|present))? form| this is (?:not? )?\w+.{0,80})"
)
# `NAK.`, `Big NACK from me: …`, `So, NAK to this patch`; not `NAK?`, `NAK if it breaks`, `NAK bit`
_NAK: Final = re.compile(
    rf"[ \t]{{0,8}}{_INTRO}{_N}(?:['’]?e?d)?(?: again)?{_WHICH}{_FROM}"
    rf"(?: for now|{_GROUNDS})?"
    r"[ \t]*(?P<end>[.!;:,]+(?=[ \t]|$)|[ \t][-–—]{1,2}(?=[ \t])|$)(?P<rest>.{0,80})",
    re.IGNORECASE,
)
# `NAK, ACK, and timeout are the states`, `NAK: the target is busy`, `NAK, if I read it right`
_OTHER: Final = compile_words(
    r"\W{0,3}(?:(?:and |or )?acks?\b|or (?:so|maybe|not)\b|at least for\b|just kidding|I'd say\b"
    r"|stall\b|timeout\b|if\b|unless\b|(?:said|says|repl(?:ied|ies)|answer(?:s|ed)?|respond\w*"
    r"|sends?|sent|means?)\b|\w+(?:,| and| or) \w+ (?:are|is)\b)"
)
_ENDS: Final = " ?(?:[.!;:,()–—]|$|-{1,2} )"
_WHY: Final = r" (?:until|till|because|since|as(?! well)|for now|sorry|as long as)\b"
_SENTENCES: Final = (
    # `NAK until you test it`, `NAK to all of it because it leaks`
    compile_words(rf"{_INTRO}{_N}(?: again)?{_WHICH}{_FROM}{_WHY}(?!.*\bif\b)"),
    # `Sorry, but that's a NACK.`, `This gets a nack from me in its current state`
    compile_words(
        "(?:.{0,200}?[,:;–—-] )?(?:(?:sorry|but|so|and|no|well|then|thus|definitely|anyway|again"
        r"|honestly|yes|yeah|hm+|(?:for|to) me|from my side)\b,? ){0,4}"
        "(?:(?:this|that|these|those|it|which|both)(?: one)?"
        rf"|(?:this|these|your) {_KNOWN}{_PATCHES})"
        "(?:'s|'re| is| are| gets?(?= an? )| remains| stays)"
        rf"(?: (?:also|clearly|just|really|definitely|all|now))? {_BIG}{_N}{_WHICH}{_FROM}"
        rf"(?:{_ENDS}|{_WHY}| (?:in (?:its|the|their)|as (?:it|is))\b)"
    ),
    # `It leaks, so NAK on a common binding.`, `Thanks for the patch but NAK`, `…, thus a big NACK`
    compile_words(
        "(?:.{2,300}?(?:[,;.–—-] ?| )(?:so|thus|hence|therefore|but)(?: it's)?"
        # `Until that's done, NAK.`, `To be clear: NAK.`
        r"|(?:until|till|as long as)\b.{2,200},"
        r"|to be (?:very |more )?(?:clear|explicit)\b.{0,200}[,:])"
        rf" {_BIG}{_N}(?:ed)?(?:{_DEED}|{_WHICH}){_FROM}(?:,? sorry)?(?:{_ENDS}|{_WHY})"
    ),
    # `I'm NAKing this.`, `I will just NAK`, `I have to nack this patch`, `I'll keep NAKing it`;
    # `I NAKed this in v1` is over
    compile_words(
        r"(?:.{0,200}?[,;:.–—-] |.{0,120}?\b(?:so|and|but|thus|therefore) )?(?:sorry,? (?:but )?)?"
        "I(?:'m| am|'ll| will|'ve| have| must| need| hereby| therefore| still| just| strongly| to"
        rf"| going| be| definitely| keep| afraid| already)* {_N}(?:-?ing|(?P<past>'?k?e?d))?"
        rf"(?: (?:this|it|these|them|both|(?:this|the|these|your) {_KNOWN}{_PATCHES}"
        rf"|this (?:[\w-]+ ){{1,4}}(?:patch|change)|{_PLACED}))?(?: again)?"
        rf"(?(past) ?[.!]?$|(?:{_ENDS}|{_WHY}"
        r"| (?:due|in (?:its|their|the current)|as (?:it|is))\b))"
    ),
    # `Here's my NAK for this patch`, `My NAK stands`
    compile_words(
        "(?:.{0,200}?(?:[,.;:–—-] | (?:so|and|but) ))?(?:here(?:'s| is) my"
        rf" {_N}|my {_N}(?: (?:on|for|to|against) (?:this|the|these)(?: \w+){{0,2}})? (?:still )?"
        rf"(?:stands|remains|holds)){_WHICH}(?:{_ENDS}|{_WHY}| with\b)"
    ),
    # `Consider this a NAK`, `Please consider it NAKed`
    compile_words(
        "(?:.{0,80}[,.;:] )?(?:please )?consider (?:this|it|that)(?: patch| series| one)?"
        rf"(?: (?:a|an|as|my))? {_N}(?:ed)?{_WHICH}{_FROM}(?: for now)?{_ENDS}"
    ),
)
# `My NAK stands if you don't mend that`, `NAK for stable`, `I NAK the other one`
_LIMITED: Final = compile_words(
    r"\b(?:if|unless|(?:of|in|from|against) v\d{1,2}|v\d{1,2} (?:is|was|looks)|or (?:not|so|maybe)"
    r"|(?:at least for|(?:on|to|for) the) (?:\w+ )?"
    "(?:parts?|hunks?|names?|naming|comments?|message|title)"
    r"|now it's (?:fine|ok|good)|now my ack|which is (?:now )?(?:solved|fixed))\b"
    r"|, (?:(?:he|she) (?:said|says|wrote)|says (?:the )?\w+)[.!]?$"
    r"|^(?:ed|ing)?(?: \w+){0,3} (?:for|to|on|in) (?:[\w.-]+ ){0,3}"
    r"(?:stable|backports?|backporting|lts|-?rc\d+|\d+\.\d+\S*|linux-\S+)\b"
    r"|^(?:ed|ing)? (?:\w+ ){0,3}(?:other|others|older|old|earlier|previous|former)\b"
    rf"|^(?:ed|ing)? (?:on|to|for|against) (?:the|your) (?!{_KNOWN}{_PATCHES}"
    r"|(?:first|second|third|fourth|fifth|last)\b)[\w-]+ (?:patch|one)\b"
)
_DOUBTED: Final = compile_words(
    r"\b(?:(?<!even )if|unless|whether|would|could|might|may|expect\w*|assum\w*|means?|guess\w*"
    r"|suppose|instead of|rather than|without)\b"
)
_NEGATED: Final = compile_words(r"\b(?:not|no|never|neither)\b|n't\b")
_CLAUSE: Final = compile_words(r"[,;:()–—]|\b(?:so|thus|hence|therefore|but|then)\b")
_MAY_BE_BIT: Final = compile_words(f"(?<![a-z]){_N}(?:s|ed|ing)?(?![a-z])")
_NAMES: Final = compile_words(
    r"\b(?:this|these|the|your|both)(?: (?:whole|entire|same|first|second|last|two"
    r"|three))* (?:patch(?:es|set)?|series|set of patches)\b"
)
# `Hi Ada, NAK for this patch.`
_GREETING: Final = compile_words(r"^(?:hi|hello|hey|dear)\b[^,.!?]{0,40}[,!] (?=nac?k)")
BREAK: Final = re.compile(r"(?<=[.!?])(?:['\")]| :-?\))?\s+(?=\S)")
"""What is between two sentences."""

_TO_WHAT: Final = r"(?: (?:here|(?:on|to|for|against|of) [\w /-]{1,40}?))?"
_TAKEN: Final = "(?:withdrawn|retracted|lifted|dropped|revoked)"
_STOP: Final = (
    "(?= ?(?:[.,;:!)(–—]|$|-{1,2} )"
    r"| (?:then|now|here|on|for|to|against|of|given|since|because|and|again"
    r"|as(?! always| usual))\b)"
)
# `I withdraw my NAK`, `I take my NAK back`, `you can ignore my NACK`, `my NAK is withdrawn`
_WITHDRAWN: Final = compile_words(
    r"\bI(?:'ll|'m| will| am| do| hereby| now| then| therefore| just| thus| also| formally| happily"
    "| gladly| have| to| going| happy| want)* (?:(?:withdraw(?:n|ing)?|withdrew|retract(?:ed|ing)?"
    "|lift(?:ed|ing)?|revok(?:e|ed|ing)|drop(?:ped|ping)?|(?:take|taking|took|taken) back|scratch"
    rf"|remov(?:e|ed|ing)) my (?:\w+ )?{_N}{_STOP}"
    rf"|(?:take|taking|took|taken) my {_N}{_TO_WHAT} back\b)"
    r"|(?:\byou (?:can|may)|\bplease|^(?:so|then|ok|okay|yes)?,?)(?: (?:just|now|safely|then))* ?"
    rf"\b(?:ignore|disregard|drop|scratch|forget) my (?:\w+ )?{_N}{_STOP}"
    rf"|\bmy {_N}{_TO_WHAT} (?:(?:is|has been)(?: now| hereby)? {_TAKEN}|is(?: now)? (?:moot|gone)"
    rf"|can be(?: now)? (?:ignored|{_TAKEN})){_STOP}|\bconsider my {_N}{_TO_WHAT} {_TAKEN}{_STOP}"
    rf"|^(?:so |ok,? |okay,? )?{_N}{_TO_WHAT} {_TAKEN}{_STOP}"
)
_CONDITION: Final = compile_words(
    r"\b(?:if|unless|until|once|when|would|could|might|may(?<!you may)|whether|after|before"
    r"|provided|as (?:soon|long) as|asked|(?:he|she) said|v\d{1,2})\b|\bI'd\b|\bnot (?:yet"
    r"|going)\b"
)
_REFUSES: Final = compile_words(r"\b(?:not|no|never|cannot|refus\w*|why|who|without)\b|n't\b")
_BUT: Final = compile_words(
    r"\b(?:but|however|though|although|except|only|still|stays?|remains?|please"
    r"|patch(?:es)? \d+)\b"
)
_MY: Final = compile_words(rf"\b{_N}(?P<to> (?:on|to|for|against|of|here)\b[^,;:.]{{0,40}})?")
# beside the words that take it back: `OK.`, `Thanks for the tests.`
_POLITE: Final = compile_words(
    r"(?:ok|okay|thanks?|thank you|fine|right|i see|makes sense|fair enough|hi|hello|dear"
    r"|sorry)\b[^?,;:]{0,40}"
)
_TARGET: Final = compile_words(
    rf"\b{_N}(?:ed|ing)?(?: again)?(?: (?:on|to|for|against))?(?:(?P<to> {_PLACED})"
    r"|(?P<series> (?:the|this)(?: \w+)? (?:series|patch-?set)\b))"
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

    target: str = ""
    """The words behind it that say what it refuses: ` on the second patch`."""


class TakenBack(NamedTuple):
    """The words by which a refusal is taken back."""

    said: str
    """The sentence."""

    target: str
    """What they say of it: ` on this one`."""

    is_part: bool
    """Whether more of the sentence leaves something out: `patch 2 stays broken`."""


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
        sentences = _split(paragraph)
        is_greeted = _GREETING.match(" ".join(paragraph)) is not None
        if _is_headed(paragraph):
            return _make(sentences[0], first, is_head=True)
        for place, sentence in enumerate(sentences):
            if _is_nak(sentence, is_first=place == 0 and not is_greeted):
                return _make(sentence, first, is_head=False)
    return None


def is_technical(series: Series) -> bool:
    """Whether a series is about NAKs of hardware or of a protocol, of which answers then speak."""
    return any(
        _MAY_BE_BIT.search(f"{patch.title}\n{patch.diff}") is not None for patch in series.patches
    )


def find_taken_back(lines: Iterable[str]) -> TakenBack | None:
    """Return the words that take the sender's own refusal back; None if there are none.

    >>> find_taken_back(["Then I withdraw my NAK on this."]).target
    ' on this'
    """
    for _, paragraph in _list_paragraphs([*lines][:MAX_NAK_LINES]):
        if not any(map(_MAY.search, paragraph)):
            continue
        for sentence in _split(paragraph):
            said = sentence[:MAX_SENTENCE]
            if said.endswith("?") or _CONDITION.search(said):
                continue
            match = _WITHDRAWN.search(said)
            if match is None or _REFUSES.search(_CLAUSE.split(said[: match.start()])[-1]):
                continue
            which = _MY.search(said, match.start())
            target = (which["to"] or "") if which else ""
            rest = said[max(match.end(), which.end() if which else 0) :]
            if _MAY.search(rest):
                continue  # `I withdraw my NAK, and this gets another NAK`
            return TakenBack(said, target, _BUT.search(rest) is not None)
    return None


def only_withdraws(text: str) -> bool:
    """Whether a text takes a refusal back, and asks for nothing.

    >>> only_withdraws("OK. I withdraw my NAK."), only_withdraws("I withdraw my NAK. Mend it.")
    (True, False)
    """
    if _MAY.search(text) is None or len(text) > MAX_SENTENCE:
        return False
    said = [one for one in _split(text.split("\n")) if not _POLITE.fullmatch(one)]
    found = [find_taken_back([one]) for one in said]
    return bool(found) and all(one and not _BUT.search(one.said) for one in found)


def _list_paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line of each paragraph, and its lines."""
    found: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip() not in {"", ">"}:
            found.append(line)
        elif found:
            yield number - len(found), found
            found = []


def _split(paragraph: Iterable[str]) -> list[str]:
    """Return the sentences of a paragraph."""
    return BREAK.split(_GREETING.sub("", " ".join(" ".join(paragraph).split())))


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
    """Whether a NAK is no condition, no guess, not negated in its clause, and of no other thing."""
    place = [*_MAY.finditer(match[0])][-1]
    before = match[0][: place.start()]
    clause = _CLAUSE.split(before)[-1]
    is_plain = _DOUBTED.search(before) is None and _NEGATED.search(clause) is None
    return is_plain and _LIMITED.search(match.string[match.start() + place.end() :]) is None


def _make(sentence: str, line: int, *, is_head: bool) -> Nak:
    said = sentence[:200]
    match = _TARGET.search(said)
    target = "series" if match and match["series"] else (match["to"] or "") if match else ""
    return Nak(said, is_head, _NAMES.search(said) is not None, line, target)
