"""What authors take back of what they sent: `Please ignore this series`, `Self-NAK`.

A sentence of their own words names the patch, or is one of a few in an answer to it. What is to be
ignored else (a warning, a typo, a version long gone), a plan, a question and a condition are none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from kvminbox.models import Series, Withdrawal
from kvminbox.review.answers import Answer
from kvminbox.review.grammar import compile_words
from kvminbox.review.naks import BREAK, find_nak
from kvminbox.review.scope import parse_numbers
from kvminbox.review.tags import is_other

MAX_TEXT: Final = 3_000
"""Characters of an author's own words in which it is looked for."""

MAX_ALONE: Final = 400
"""Characters of a mail that says no more than that the patch is to be ignored, and why."""

MAX_SENTENCE: Final = 300
"""Characters of a sentence that may be one."""

_MAY: Final = re.compile(
    r"gnore|isregard|iscard|ithdr[ae]|etract|bandon|crap|cratch|orget|[Dd]rop|uper[sc]e|bsolete"
    r"|eplaced|elf-?[Nn]|[Nn][Aa][Cc]?[Kk]|needed|necessary|required"
)
_BAD: Final = "(?:(?:duplicated?|wrong|bogus|stale|incorrect|old|broken|accidental) )?"
_ADJECTIVE: Final = r"(?:\(\w+\) )?(?:(?:whole|entire|complete|short|small|rfc|new|current) )*"
_SETS: Final = "(?:patch(?:es|[ -]?(?:sets?|series?))?|series|set)"
_OF_SET: Final = rf" of (?:(?:this|the|my) )?{_SETS}"
# what a patch is meant by: `this series`, `my v3`, `patches 1/8 and 4/8`, `the patch`
_NAMED: Final = (
    rf"(?:(?:(?:this|these) {_BAD}|(?:my|both|all(?: of)? (?:the|these|my))(?: own)? ){_ADJECTIVE}"
    r"(?:(?P<count>two|three|four|five|\d) )?(?:(?:(?:serials?|series)(?: of)? patch(?:es)?"
    r"|patch(?:es|[ -]?(?:sets?|series?))?|series|rfc|submission|posting)"
    rf"(?:{_OF_SET})?|(?:set|version){_OF_SET})"
    r"|the (?:whole |entire |full )?(?:patch(?:es|[ -]?set| series)?|series)|patch(?= ?[.!]?$)"
    rf"|(?:(?:this|my|the) )?(?:patch )?(?P<version>v\d{{1,2}})(?: {_SETS})?(?:{_OF_SET})?"
    r"|(?:(?:this|the) )?(?P<numbers>(?:patch(?:es)? #?\d|#\d|\d{1,3}/\d)\d{0,2}(?:/\d{1,3})?"
    r"(?:(?:, ?| and |-)#?\d{1,3}(?:/\d{1,3})?){0,8})(?: patch(?:es)?)?)"
)
# only in answer to the patch itself, and of the whole mail: `this one` may be a line of code
_BARE: Final = (
    rf"(?:this|these|this one|these ones|(?:this|these) {_BAD}{_ADJECTIVE}"
    rf"(?:set|(?:patch )?version(?: v\d{{1,2}})?|thread|post|change)|it|them"
    r"|all of (?:this|these|them)|)"
)
_END: Final = r" ?(?:[.,;:!)(\[–—]|$|-{1,2} )"
_AFTER: Final = (
    rf"(?={_END}| (?:please|sorry|thanks?|as|since|because|and"
    r"|for(?: now\b| the moment\b|:| <?https?:)|due|it|i(?! (?:sent|posted|wrote|submitted|had)\b)"
    r"|in favou?r|instead|while|until|then"
    r"|completely|entirely|again|too|given|there|now|altogether|will|we"
    r"|(?:in|from) (?:(?:the )?next (?:version|revision|round|posting|spin)|(?:the )?v\d+"
    r"|(?:the|this) (?:patch ?)?(?:series|set)\b(?! in\b)))(?!\w))"
)
_DROPS: Final = (
    "(?:ignore|disregard|discard|drop|withdraw|retract|scratch|forget(?: about)?|abandon)"
)
_PLEASE: Final = "(?:please|pls|plz|kindly)"
_LEAD: Final = (
    r"(?:.{0,160}?(?:[,:;!–—)-] ?|\b(?:so|and|but|then) ))?"
    rf"(?:(?:hi|hello|all|sorry|oops|{_PLEASE}|just|so|also|then|actually|ok|okay|but|and|anyway|yes"
    r"|now|therefore|hence)\b,? ?)*"
)
_PATTERNS: Final = (
    # `Please ignore this patch`, `Ignore this one, I've just sent v2`, `Scratch this`
    compile_words(
        rf"{_LEAD}{_DROPS}(?: please)? (?P<what>{_NAMED}|(?!it\b|them\b){_BARE}){_AFTER}"
    ),
    # `I'll withdraw this patch then`, `I'm abandoning this series for <link>`, and what the author
    # says to who takes it: `You can delete/abandon these patches.`, `You can ignore this patch`
    compile_words(
        "(?:.{0,160}?(?:[,:;–—-] | (?:so|and|then|but) ))?"
        "(?:(?:so|ok|okay|then|and|but|sorry|well|anyway|yes),? )*"
        "(?:(?:I|we(?='ll| will| are| have decided)|let'?s)(?:'ll|'m| will| am| are| have| going"
        "|'d like| would like| decided| to| just| now| simply| hereby| therefore| then)*"
        " (?:withdraw|retract|abandon|drop|discard|ditch|scrap)(?:p?ing|p?ed|n|ed)?"
        rf"|you can (?:just |safely |now |simply )?(?:(?:delete|ignore)/)?(?:{_DROPS}|delete))"
        rf" (?P<what>{_NAMED}){_AFTER}"
    ),
    # `This series has been superseded by <link>`, `This patch is no longer needed`; of `v1 is not
    # needed` v1 may be one of a protocol
    compile_words(
        rf"{_LEAD}(?P<what>{_NAMED}|this)"
        "(?:'s| is| are| was(?= super)| has been| have been| can be)"
        "(?: now| essentially| already| thus| therefore| hereby)*"
        r" (?:(?:superse?c?eded|obsoleted)(?: now| by\b(?! nothing\b).*)?|abandoned|withdrawn"
        r"|retracted|obsolete"
        r"|replaced by (?:v\d|<?https?:|\[|the (?:series|patch(?:es)?)|this (?:series|patch))"
        "|(?P<need>(?(version)(?!)|(?:no longer|not) (?:needed|necessary|required))"
        r"(?: any ?more| any longer)?))"
        rf"(?={_END}| (?:please|sorry|as(?! such| an? )|since|because(?! of)|due|now)\b"
        r"|(?(need) and (?:should|can|will)"
        r"| (?:and|by (?:the|this|my|v\d|commit|<?http)|after|with|given)\b))"
    ),
    # `Superseded by v3`, `Superseded by: https://…`
    compile_words(r"(?P<what>)superse?c?eded by:? (?:v\d|<?https?:|\[\d)"),
    # `This patch is wrong, please discard.`, `This is no solution, I will abandon it`
    compile_words(
        r"(?:(?:hi|sorry|oops|all),? )*"
        rf"(?P<what>{_NAMED}|this(?='s | (?:is|was|does|did|has|breaks?|needs?)\b))"
        rf"(?=['’ ])[^?]{{1,200}}[,;.–—-] (?:so |and )?(?:{_PLEASE}|I(?:'ll| will)) {_DROPS}"
        "(?: it| this| them)?(?: for now)? ?[.!]?$"
    ),
    # `It doesn't work; please disregard for now.`, `Ignore please, it crashed`
    compile_words(
        rf"{_LEAD}(?:{_PLEASE},? (?:just )?(?:ignore|disregard|discard)(?P<it> it)?"
        "|(?:ignore|disregard),? please)(?P<what>)(?: for now)?"
        r"(?= ?(?:[.!,;–—]|$|-{1,2} |:[-/(\[])| (?:and )?(?:sorry|as|since|because)\b)"
    ),
    # `Self-NAK`, `Self-Nack: it leaks`; not `No self-NAK needed`, `Self-NAK to my idea`
    compile_words(
        "(?P<what>)"
        "(?:(?:sorry|oops|hm+|ok|okay|so|then|well|this|is|that's|it's|an?|my|I|hereby),? )*"
        rf"self[- ]?nac?k(?:ed|ing)?(?={_END}"
        r"| (?:this|as|because|since|until|sorry|(?P<version>v\d{1,2}))\b"
        r"| (?:on|of|to|for) (?:(?:this|the|my|these|both|all)(?: \w+)? (?:patch|series|set|ones?)"
        r"|(?:this|now|these|both|all|myself|the (?:same )?reasons?)\b|(?P<later>v\d{1,2})\b))"
    ),
)
_DOUBTED: Final = compile_words(
    r"\b(?:should|could|might|may|or (?:i|we)|hope|assum\w*|want me|prefer me|not|never)\b|n't\b"
)
# what anywhere before the words makes them a condition, a guess, a choice, or somebody else's:
# `If it fails, …`, `In that case …`, `Another option: …`, `You mean, …`, `As Ewa wrote, …`
_UNSURE: Final = compile_words(
    r"\b(?:if|unless|whether|when|once|feel free|otherwise|either|alternatively|(?:another|one"
    r"|an|the) options?|option \d|provided|assuming|given time|as (?:soon|long) as"
    r"|should (?:that|this|it|you|nobody|there)|(?:this|that|which|any|most) cases?|plan \w"
    r"|simpler|maybe|perhaps|probably|guess|suppose|not sure|(?:I|we) can|(?:would"
    r"|'d) (?!like to\b|suggest\b)\w+|what should|go ahead|advice|wants?|means?"
    r"|(?<!\bI )(?:says?|said|wrote|thinks|claims?|told))\b|^\W{0,2}\w[.)] "
)
# where or when it is needed: `On x86, this patch is not needed`
_SOMEWHERE: Final = compile_words(
    r"^(?:on|for|in|with|under|at|before|after(?! (?:commit\b|[0-9a-f]{8}))|later|some ?day"
    r"|strictly|then)\b"
)
# what is behind the words: `…, but some may want it`, `…, if that is ok`, `…, or rather fold it`
_LIMITED: Final = re.compile(
    r"^ ?,? ?(?:but|though|although|however|and sufficient)\b"
    r"|(?:^|[,;:(–—-]) ?(?:if|unless|should|provided|or)\b"
    # `…, only patch 1 is needed`, `…, the patch is fine after all`
    r"|\b(?:only (?:the|patch(?:es)?|\d|review|apply|this|part\w*)|part(?:ly|ially)|in part|except"
    r"|apart from|other than|patch(?:es)? #?\d|after all|fold|squash|for the curious"
    r"|(?:patch(?:es)?|series|it|this) (?:is|are|looks?|works?) (?:\w+ )?"
    r"(?:fine|ok|okay|good|right|correct|needed|enough))\b"
    # `…, what do you think`, `…, right.`, `…, Ewa says`
    r"|\b(?:what do you|wdyt|thoughts|opinions?|with you|let me know|tell me|shout|speak up|object"
    r"|is (?:it|that) (?:fine|ok|okay|right)|I was told|you say|\w+ says)\b"
    r"|, (?:right|ok|okay|agreed|correct|is it|do I) ?[.!]?$"
    # `…, now it is back`, `… for now, it depends on another series`, `… and apply this`
    r"|\b(?:revive|brought (?:it|this|them) back|took (?:it|this|them) over|here it is)\b"
    r"|\bfor now\b.*\b(?:depends?|waiting|ready|ping|later|['’]s in)\b"
    r"|\b(?:apply|take|use|queue|merge)(?: only)? (?:this|these)\b",
    re.IGNORECASE,
)
# what stands before a bare `please ignore this`: `It doesn't work;`, `Sent by mistake,`
_PLAIN: Final = compile_words(
    r"(?:(?:hi|hello|all|sorry|oops|please|pls|plz|kindly|just|so|also|then|actually|ok|okay"
    r"|anyway|yes|now)\b[,!.]? ?)*(?:(?:(?:it|this)(?:'s| is| was| does| did| has| breaks?"
    r"| needs?| fails?)|(?:it|this) (?:does|did|is|was)n't|(?:sent|posted)\b|I(?:'ve"
    r"| have)? (?:just )?(?:sent|posted) (?:it|this|the wrong)\b|wrong (?:patch|version|file"
    r"|branch)s?\b)[^,;]{0,120}[,;–—-] ?(?:(?:so|and|please|pls|plz|kindly|just) ?)*)?"
)
# in the only words of an answer: `Wrong branch, please ignore this`
_REASON: Final = compile_words(
    r"\b(?:sorry|apolog\w*|oops|whoops|ugh|noise|wrong|mistake\w*|accident\w*|forgot|miss(?:ed"
    r"|ing)|re-?sen[dt]|re-?spin|duplicate\w*|stale|already|instead|same (?:fix|patch)|typo"
    r"|v\d{1,2}|(?:new|better|improved|updated|proper) (?:version|patch|one|fix))\b"
)
_ATTRIBUTION: Final = compile_words(r"^On \S*\d.{0,100}? wrote: ")
_FOOTER: Final = re.compile(r"_{10,}|--|.{0,60} mailing list")
# `There are more below, please ignore`, `I left the tag in. Please ignore, it'll be gone in v2`
_REST: Final = compile_words(
    r"\b(?:below|above|more|parts?|hunks?|first|unintended|(?:'ll|will) be (?:gone|removed"
    r"|dropped|fixed))\b"
)
# another thing that is wrong, and is to be ignored
_OTHERS: Final = compile_words(
    r"\b(?:comments?|warnings?|e?-?mails?|messages?|repl(?:y|ies)|answers?|questions?|remarks?"
    r"|notes?|errors?|reports?|outputs?|logs?|noise|style|html|false positives?|sentences?"
    r"|suggestions?|typos?|code|leftover|debug)\b"
)
_IS_ALL: Final = compile_words(
    r"series?\b|sets?\b|version|\bv\d|\ball\b|these|patches|thread|submission|rfc|both|them"
)
# what says by itself that the patch is meant: `Self-NAK`, `Superseded by v3`
_IS_OWN: Final = compile_words("self[- ]?nac?k|^superse?c?eded")
_IN_VERSION: Final = compile_words(r" (?:in|from) (?:the )?v(\d{1,2})\b")
_BY_VERSION: Final = compile_words(r"superse?c?eded by:? v(\d{1,2})\b")
_CLAUSE: Final = compile_words(r"[,;:()–—]|\b(?:so|thus|hence|therefore|but|then)\b")
# `3. drop this series and apply …` is one of several ways
_ITEM: Final = compile_words(
    r"\b(?:i\.e|e\.g)\.$|(?:^|(?<!patch)(?<!patches)(?<!version) )\(?\d{1,2}[.)]$"
)

# `The tag is wrong, please ignore`
_NITS: Final = compile_words(
    r"\b(?:lines?|blanks?|white ?space|indentation|newline|comma|tags?|subject|number"
    r"|cc(?: list)?|spelling|here)\b"
)
_SELF: Final = compile_words("self[- ]?nac?k")
_IGNORES: Final = compile_words(r"\b(?:ignore|disregard|discard)\b")

Extent = Literal["patch", "series", "some"]


class Taken(NamedTuple):
    """Words that withdraw what they are about."""

    said: str
    """The sentence."""

    extent: Extent
    """Whether the patch that is answered is meant, all of them, or some: `these two patches`."""

    numbers: str = ""
    """The words for the numbers of some: `3/7`, `patches 1 and 2`."""


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
    listed = [*lines]
    alone = _find_only_words(listed) if is_direct else ""
    for sentence, is_below in _list_sentences(listed):
        said = sentence[:MAX_SENTENCE]
        if said.endswith("?") or _MAY.search(said) is None:
            continue
        for pattern in _PATTERNS:
            match = pattern.match(said)
            if match is None or _is_doubted(match):
                continue
            what = match["what"]
            is_bare = re.fullmatch(_BARE, what, re.IGNORECASE) and not _IS_OWN.search(match[0])
            is_plain = is_direct and not is_below and _is_plain(match)
            if is_bare and not is_plain and not _is_of_mail(match, alone, is_below=is_below):
                continue
            if not _is_of_version(match, revision):
                continue
            return Taken(said[:200], *_read_extent(match))
    return None


def _is_of_version(match: re.Match[str], revision: int | None) -> bool:
    """Whether the version that is named is the answered one, and one that replaces it newer."""
    parts = match.groupdict()
    version = parts.get("version") or parts.get("later")
    newer = _BY_VERSION.search(match.string)
    if revision is None:
        return True
    is_other = version is not None and int(version[1:]) != revision
    past = _IN_VERSION.match(match.string, match.end())
    if past is not None and int(past[1]) <= revision:
        return False  # `I dropped patch 2 in v1.`
    return not is_other and (newer is None or int(newer[1]) > revision)


def _read_extent(match: re.Match[str]) -> tuple[Extent, str]:
    """Return what is withdrawn, and the words for its numbers."""
    parts = match.groupdict()
    if numbers := parts.get("numbers"):
        return "some", numbers
    if parts.get("count"):
        return "some", ""
    what = match["what"]
    if _SELF.search(match[0]):
        what = match.string[match.end() : match.end() + 24]  # `Self-NAK on this series`
    return "series" if _IS_ALL.search(what) else "patch", ""


def _find_only_words(lines: list[str]) -> str:
    """Return what a mail says, if that is little and in one place; empty for any other."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if _FOOTER.fullmatch(line.strip()):
            break
        if line[:1] != ">":
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    texts = [text for text in (" ".join(" ".join(block).split()) for block in blocks) if text]
    return texts[0] if len(texts) == 1 and len(texts[0]) <= MAX_ALONE else ""


def _is_of_mail(match: re.Match[str], alone: str, *, is_below: bool) -> bool:
    """Whether `ignore this`, in the only words of an answer to the patch, means the patch."""
    said = match.string
    if not alone or _IGNORES.search(match[0]) is None or _OTHERS.search(said) or _REST.search(said):
        return False
    verb = _IGNORES.search(match[0])
    if _NITS.search(said[: verb.start() if verb else 0]):
        return False
    if is_below and match.groupdict().get("it"):
        return False  # `I forgot this statement. Please ignore it.`
    return not is_below or match["what"] == "" or _REASON.search(alone) is not None


def _is_doubted(match: re.Match[str]) -> bool:
    """Whether it is unsure, negated in its clause, or limited right behind."""
    if _LIMITED.search(match.string[match.end() :]):
        return True
    said = match[0]
    if _IS_OWN.search(said):
        return _DOUBTED.search(said) is not None or _UNSURE.search(said) is not None
    before = said[: match.start("what") - match.start()]
    is_limited = match.groupdict().get("need") and _SOMEWHERE.search(before)
    is_unsure = _UNSURE.search(before) or _DOUBTED.search(_CLAUSE.split(before)[-1])
    return bool(is_limited or is_unsure)


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
        text = _ATTRIBUTION.sub("", " ".join(" ".join(paragraph).split()))
        if _MAY.search(text):
            sentences = BREAK.split(text)
            above = ["", *sentences]
            yield from (
                (sentence, is_below)
                for sentence, before in zip(sentences, above, strict=False)
                if not _ITEM.search(before)
            )
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
            if taken.numbers and not patches:
                continue
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
    if taken.numbers:
        totals = {int(one) for one in re.findall(r"/(\d+)", taken.numbers)}
        named = parse_numbers(taken.numbers) if totals <= {series.total} else ()
        return tuple(one for one in series.numbers if one in named)
    if len(series.numbers) == 1 or taken.extent == "series":
        return series.numbers
    if number > 0 and taken.extent == "patch":
        return (number,)
    # some call a series a patch
    return series.numbers if taken.extent == "patch" and answer.is_direct else ()
