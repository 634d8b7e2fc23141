"""What of a block of own text is a remark: no greeting, `[snip]`, tag, or `Looks good`."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from kvminbox.models import Address
from kvminbox.patches.pull import find_pull
from kvminbox.patterns import compile_later
from kvminbox.remarks.acceptance import is_acceptance
from kvminbox.remarks.praise import AND_DO
from kvminbox.remarks.small_talk import is_small_talk
from kvminbox.review.tag_lines import TagLine, find_tag_lines
from kvminbox.review.wording import set_of

MAX_LINES: Final = 2_000
"""Lines of one block in which tags and formulas are looked for."""

MAX_FORMULA: Final = 90
"""Characters of a line that may be a formula."""

MAX_FOOTER: Final = 8
"""Lines of a company's footer."""

MAX_SIGNATURE: Final = 12
"""Lines of a signature, with the `--` above it."""

MAX_ADDED: Final = 3
"""Lines that only name who is added to Cc."""

MAX_LINK: Final = 400
"""Characters of a line that may be a footnote."""

MAX_TORN: Final = 8
"""Characters of an attribution's last line that may be torn off within a word."""

WRAPPED_AT: Final = 70
"""Characters of a line that mail programs wrap, at the least."""

MAX_NOTE: Final = 60
"""Characters of the wrapped end of a note behind a tag."""

MAX_NAME: Final = 40
"""Characters of a line that may be no more than the sender's name."""

# `[...]`, `<snip>`, `(cut the rest)`, `...`, `8><`; not `(ditto)`
_SNIP: Final = compile_later(
    r"\W*(?:(?:big |long )?(?:snip\w*|zip|clip|cut|trim\w*|skip\w*|elided?|deleted|omitted)\b"
    r"[^.?]{0,40})?\W*|[-\s]*(?:8[<>]{1,2}|[<>]{1,2}8)[-\s]*|-+end quoted text-+",
    re.IGNORECASE,
)
# what a company's mail program writes on top: `[Public]`, `[Lamps Official Use Only - General]`
_LABEL: Final = re.compile(
    r"\[(?:public|(?:\w+ )?(?:official use only|confidential|internal use|public use)\b.{0,60})\]"
    r"|internal use - confidential",
    re.IGNORECASE,
)
_HELLO: Final = (
    r"(?:hi|hello|hey|dear|greetings|hallo|good (?:morning|afternoon|evening|day))\b"
    r"[^.?]{0,50}[,!.:-]*"
)
# `Hi Ada,` is one anywhere; `Ada,` at the beginning of a mail only
_HELLO_LINE: Final = re.compile(_HELLO, re.IGNORECASE)
_GREETING: Final = compile_later(
    _HELLO + r"|[A-Z][\w-]{1,20}(?: [A-Z][\w-]{1,20})?,|(?:all|folks|everyone|guys),",
    re.IGNORECASE,
)
# commands to the robots that read a list: `pw-bot: changes-requested`, `#regzbot introduced: …`
_TO_ROBOTS: Final = re.compile(r"(?:pw-bot: ?[\w -]{2,40}|#(?:regzbot|syz)\b.*)", re.IGNORECASE)
# the end of a suggested patch
_BASE: Final = re.compile(r"base-commit: [0-9a-f]{12,64}|prerequisite-[a-z-]+-id: \S+")
# with what both begin, which few lines do
_FIRST: Final = frozenset("#PpbB")
# `[+Ada for the timers]`, `+ Ada`, `(adding Ben to Cc)`
_ADDED: Final = compile_later(
    r"[\[(]?\+ ?(?:cc|to)?\b.*|[\[(](?:adding|added|cc-?ing|cc'ing|cc\+?:?) .*"
    r"|(?:adding|added) .*\b(?:to|in) (?:cc|the (?:cc|loop)).*|(?:cc-?ing|cc'ing|cc\+?:?) .*",
    re.IGNORECASE,
)
# `+ Ada Pfeiffer`, `+Cc Ben Ostrom <ben@lists.example>` between quotes
_ADDED_NAME: Final = compile_later(
    r"[\[(]?\+ ?(?:(?:[Cc][Cc]|[Tt]o):? ?)?(?:[A-Z][\w.'-]*[,;]? ?){1,8}(?:<\S+@\S+>)?[\])]?"
    r"|[\[(]?\+ ?(?:[Cc][Cc]|[Tt]o)\b.*",
)
# `[1] https://…` at the end of a mail
_FOOTNOTE: Final = re.compile(r"\s*(?:\[\w{1,3}\]:?)?\s*https?://\S+\s*")
_CLOSING: Final = compile_later(
    r"(?:many |best |kind |warm |with )*(?:met vriendelijke groet(?:en)?|cordialement|saludos"
    r"|(?:mit )?freundliche[nr]? gr(?:ü|ue)(?:ß|ss)e?n?|viele gr(?:ü|ue)(?:ß|ss)e|pozdrawiam"
    r"|med v(?:ä|a)nlig(?:a)? h(?:ä|a)lsning(?:ar)?"
    r"|thanks|thank you|thx|thanx|hth|mbr"
    r"|regards|cheers|ciao|br|rgds|best|sincerely|yours|greetings|bye"
    r"|gr\{oetje,eeting\}s)"
    r"(?: (?:a lot|again|in advance|very much|and|regards|all|so much|everyone|for looking"
    r"|you|much|lot|a))*\W{0,4}(?:[A-Z][\w.-]{0,20}\W{0,2}){0,3}",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(r"[-~/\s]*(?:[\w'.-]{1,20},?\s?){1,3}[-~/.\s]*")
_NICKNAME: Final = re.compile(r"[^\W\d_]{1,12}")
# a name at the right, below the last quote or words
_INDENTED: Final = re.compile(r"(?:\t{3}|[ ]{16})\s*[A-Z][^\W\d_A-Z]{2,12}\s*")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe"})
_DASHED: Final = re.compile(r"-- ?[^\W\d_]{1,12}")
# `- Ada`, with no other word
_HYPHENED: Final = re.compile(r"[-~–—] ?[A-Z][a-z]{1,11}")
# praise, and words that add nothing to it: `Otherwise this looks good to me, thanks!`
_PRAISE: Final = set_of(
    "lgtm good ok okay fine great sane reasonable correct right nice awesome perfect cool ack"
    " acked applied thanks thank thx agreed confirmed yep yes yeah yup sure excellent neat"
    " absolutely fantastic brilliant wonderful lovely super straightforward enjoy"
)
_FILLERS: Final = set_of(
    "looks look looking seems seem is are all pretty very quite really to me work job catch"
    " stuff one cleanup series fix now from my side idea enough indeed a lot you can add please"
    " feel free well otherwise other than that apart with fwiw i think and the rest this it"
    " patch everything part change code overall whole set here also so for pov much again"
    " patches these they no objections comments catching spotting fixing doing cleaning up"
    " feature oh oof whoa huhuh straight forward fair"
)
# the footer that a company's server puts below a mail: `Lamps Oy, Rd 1. Business ID: 0123456-7`
_FOOTER: Final = compile_later(
    r".*\b(?:y-tunnus|business id|kotipaikka|registered (?:office|in|address|no)|registration n"
    r"(?:o|umber)|company n(?:o|umber)|handelsregister|amtsgericht|registergericht|hrb \d"
    r"|gesch[aä]ftsf[uü]hrer|sitz der gesellschaft|ust-?id|vat (?:reg|no|id)|sire[nt] \d)\b.*",
    re.IGNORECASE,
)
# words that only lead to a tag: `With that fixed:`, `you can add my`
_LEAD: Final = compile_later(
    r".*[:,]\s*|\W*(?:with|for|fwiw|after|once|other|besides|apart|aside|anyway|feel free"
    r"|you (?:can|may)|please add|so|otherwise|then|and|assuming|heh|nice|great|good|thanks?|looks?"
    r"|lgtm)\b(?:\W+\w+){0,6}\W*",
    re.IGNORECASE,
)
# `Thanks for going through this.` and no more
_THANKS: Final = compile_later(
    r"(?!.*\b(?:but|however|though|although|please|except|still|yet)\b)"
    r"(?:(?:so |very )?many |again )?thank(?:s| you)"
    r"(?:(?: \w+){0,3} for(?: [\w'/-]+){1,10}|,?(?: (?-i:[A-Z])[\w-]{1,20}){1,2})\s?[.!]*",
    re.IGNORECASE,
)
_ATTRIBUTION: Final = compile_later(
    r".*(?:<[^<>\s]+@[^<>\s]+>|\b(?:19|20)\d\d\b|\b\w+@\w|\d\d:\d\d).*"
    r"|.*\b(?:[Ww]rote|writes|said|schrieb|geschrieben)\b.*",
)
_ENDS_ATTRIBUTION: Final = compile_later(
    r".*(?:\b(?:[Ww]rote|writes|said|schrieb|geschrieben)\b|<[^<>\s]+@[^<>\s]+>|@[\w.-]+\)?).{0,20}[:：]\W{0,3}"
    # `Ada <ada@silicon.example> wrote on Thu, 2 May` above it
    r"|(?:20\d\d )?\d\d:\d\d:\d\d [+-]\d{4}:"
    r"|\* .*(?:\d\d|@).*|(?:From|Von|De): .*@.*"
    r"|Excerpts from .{1,80} message of .{4,40}:|Quoting .{1,80} \(\d{4}-\d\d-\d\d .{4,20}\)"
    r"|(?:From: |\* )[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,3}:?"
)


def trim_block(
    lines: list[str],
    sender: Address,
    *,
    is_first: bool,
    is_last: bool,
    below_quote: bool,
    authors: Collection[str] = (),
) -> str:
    """Return the remark in a block of own lines; empty if there is none.

    Args:
        lines: the lines of the block.
        sender: who sent the reply.
        is_first: whether nothing is above the block.
        is_last: whether nothing is below it.
        below_quote: whether it is below a line of a patch, so that mere praise is no remark.
        authors: names of whoever wrote or sent the patch, in lower case.
    """
    kept = _without_tags(lines[:MAX_LINES], sender.name)
    kept = _without_signature(kept, sender) if is_last else _without_attribution(kept)
    kept = _without_pull(kept)
    kept = _trim([line for line in kept if not line.strip() or not _is_mark(line)])
    if is_last:
        kept = _without_footer(kept)
    kept = _without_closing(kept, sender)
    if is_first:
        kept = _without_head(kept)
    elif begins_with_greeting(kept):
        kept = _trim(kept[1:])
    if len(kept) <= MAX_ADDED and all(_is_formula(_ADDED_NAME, line) for line in kept):
        return ""
    if _are_footnotes(kept):
        return ""
    text = "\n".join([*kept, *lines[MAX_LINES:]])
    if below_quote and (
        _says_nothing(kept, text, authors)
        or (is_last and _says_nothing(_without_nickname(kept), text, authors))
    ):
        return ""
    return text if re.search(r"[^\W_]", text) or text.strip() in {"?", "??", "???", "^^^"} else ""


def _says_nothing(lines: list[str], text: str, authors: Collection[str]) -> bool:
    """Whether lines only praise or give thanks, or say that the patches were taken, or work."""
    if len(text) < 4 * MAX_FORMULA and _is_praise(lines):
        return True
    if is_small_talk(text, is_praise=_is_praise, authors=authors):
        return True
    return is_acceptance("\n".join(lines), _is_polite)


def _is_polite(words: str) -> bool:
    """Whether words only praise, give thanks, or excuse: `sorry for the delay`."""
    return is_small_talk(words, is_praise=_is_praise)


def begins_with_greeting(lines: Sequence[str]) -> bool:
    """Whether the first line is `Hi Ada,`, which is how a mail begins, even below a quote."""
    first = next((line for line in lines if line.strip()), "")
    return _is_formula(_HELLO_LINE, first)


def _are_footnotes(lines: list[str]) -> bool:
    kept = [line for line in lines if line.strip()]
    is_numbered = bool(kept) and kept[0].lstrip().startswith("[")
    return is_numbered and all(len(line) < MAX_LINK and _FOOTNOTE.fullmatch(line) for line in kept)


def _without_footer(lines: list[str]) -> list[str]:
    """Leave out the last paragraph if a register of companies, or the like, is in it."""
    start = len(lines)
    while start and lines[start - 1].strip():
        start -= 1
    last = lines[start:]
    is_footer = len(last) <= MAX_FOOTER and any(
        len(line) <= 4 * MAX_FORMULA and _FOOTER.fullmatch(line) for line in last
    )
    return _trim(lines[:start]) if is_footer else lines


def _without_pull(lines: list[str]) -> list[str]:
    """Leave out a pull request of a branch with the patches, which is for other maintainers."""
    for number, line in enumerate(lines):
        if line.startswith("The following changes since"):
            return lines[:number] if find_pull("\n".join(lines[number:])) else lines
    return lines


def _without_signature(lines: list[str], sender: Address) -> list[str]:
    """Leave out what is below a `--` whose blank was lost on the way, if it names the sender."""
    for number in range(len(lines) - 1, max(-1, len(lines) - MAX_SIGNATURE), -1):
        if lines[number].strip() == "--":
            below = [line for line in lines[number + 1 :] if line.strip()]
            first = _fold(below[0]) if below else ""
            names = re.findall(r"[^\W\d_]{3,}", _fold(sender.name))
            is_theirs = any(name in first for name in (*names, _fold(sender.local_part)) if name)
            return lines[:number] if is_theirs and len(first) <= MAX_LINK else lines
    return lines


def _is_mark(line: str) -> bool:
    """Whether a line only says that something was cut, or who may read the mail."""
    bare = line.strip()
    if _is_formula(_LABEL, bare):
        return True
    if not _is_formula(_SNIP, bare) or set(bare) & set("?^{}+=|&;"):
        return False
    return bare[0] in "[(<{.…-*_~8/" or bare.lower().startswith("snip")


def _is_formula(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= MAX_FORMULA and pattern.fullmatch(line.strip()) is not None


def _trim(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]


def _without_tags(lines: list[str], sender: str) -> list[str]:
    """Leave out tags, and the words that only lead to them."""
    gone: set[int] = set()
    formulas = (_BASE, _TO_ROBOTS)
    gone.update(
        number
        for number, line in enumerate(lines)
        if line.lstrip()[:1] in _FIRST and any(_is_formula(formula, line) for formula in formulas)
    )
    for tag in find_tag_lines(lines, sender):
        if tag.is_utility or (tag.lead and len(tag.lead) > 20):
            continue
        gone.update(range(tag.first, _find_end(lines, tag) + 1))
        above = tag.first - 1
        while above >= 0 and not lines[above].strip():
            above -= 1
        is_alone = above == 0 or not lines[above - 1].strip() if above >= 0 else False
        if is_alone and _is_lead(lines[above]):
            gone.add(above)
    return [line for number, line in enumerate(lines) if number not in gone]


def _find_end(lines: list[str], tag: TagLine) -> int:
    """Return the number of a tag's last line: a mail program may wrap its `# on a lamp`."""
    following = lines[tag.last + 1].strip() if tag.last + 1 < len(lines) else ""
    after = lines[tag.last + 2].strip() if tag.last + 2 < len(lines) else ""
    # it was wrapped, as its first word has no room above
    is_full = len(lines[tag.last].rstrip()) + 1 + len(following.partition(" ")[0]) > WRAPPED_AT
    is_alone = not after or any(find_tag_lines([after], ""))
    is_note = " # " in lines[tag.last] and following != "" and len(following) <= MAX_NOTE
    if not is_note or not is_full or not is_alone or any(find_tag_lines([following], "")):
        return tag.last
    return tag.last + 1 if "?" not in following else tag.last


def _without_attribution(lines: list[str]) -> list[str]:
    """Leave out the `On … wrote:` above the next quote that nothing else has recognised."""
    kept = _trim(lines)
    if len(kept) > 1 and len(kept[-1].strip()) <= MAX_TORN and kept[-2].strip():
        kept = [*kept[:-2], kept[-2] + kept[-1].strip()]  # `… Ada Pfeiffer wr` above `ote:`
    if (
        not kept
        or len(kept[-1]) > 4 * MAX_FORMULA
        or not _ENDS_ATTRIBUTION.fullmatch(kept[-1].strip())
    ):
        return lines
    end = len(kept) - 1
    # `On Wed, 1 May 2024 at 10:00, Ada Pfeiffer` above `<ada@silicon.example> wrote:`
    while (
        end > 0 and len(kept) - end < 3 and kept[end - 1].strip() and _may_attribute(kept[end - 1])
    ):
        end -= 1
    return kept[:end]


def _without_head(lines: list[str]) -> list[str]:
    """Leave out `On … wrote:` above an answer or a greeting, `[+ Ada]`, and the greeting."""
    for number, line in enumerate(lines[:3]):
        if not _may_attribute(line):
            break
        if _ENDS_ATTRIBUTION.fullmatch(line.strip()):
            lines = _trim(lines[number + 1 :])
            break
    while lines and (_is_formula(_GREETING, lines[0]) or _is_formula(_ADDED, lines[0])):
        lines = _trim(lines[1:])
    return lines


def _is_lead(line: str) -> bool:
    return len(line) < MAX_FORMULA and "?" not in line and _LEAD.fullmatch(line) is not None


def _may_attribute(line: str) -> bool:
    return len(line) <= 4 * MAX_FORMULA and _ATTRIBUTION.fullmatch(line) is not None


def _without_closing(lines: list[str], sender: Address) -> list[str]:
    """Leave out `Thanks,` and a name at the end, and snip marks that are left there."""
    for back in range(1, min(4, len(lines)) + 1):
        if not _is_formula(_CLOSING, lines[-back]):
            continue
        rest = lines[len(lines) - back + 1 :]
        below = [line for line in rest if line.strip()]
        # a signature of some lines; not `PS: …`, or a footnote, below it
        is_block = len(below) == len(rest) > 0 and _is_signature(rest[0], sender)
        if is_block or all(_is_formula(_SIGNED, line) for line in below):
            return _trim(lines[:-back])
    if not lines:
        return lines
    if len(lines) == 1 and _is_formula(_HYPHENED, lines[0]):
        return []
    is_alone = len(lines) == 1 or not lines[-2].strip()
    if is_alone and _INDENTED.fullmatch(lines[-1]):
        return _trim(lines[:-1])
    last = lines[-1].strip(" \t.,/").casefold()
    is_name = last in re.findall(r"[^\W\d_]{3,}", sender.name.casefold())
    if (is_alone or is_name) and _is_signature(lines[-1], sender):
        return _trim(lines[:-1])
    return lines


def _without_nickname(lines: list[str]) -> list[str]:
    """Leave out a last paragraph of one word, which below mere thanks can only be a name."""
    is_alone = len(lines) > 1 and not lines[-2].strip()
    return _trim(lines[:-1]) if is_alone and _is_formula(_NICKNAME, lines[-1]) else lines


def _is_signature(line: str, sender: Address) -> bool:
    """Whether a last line is the sender's name or its letters: `M.`, `Ada`, `-- Ada`, `/adp`.

    A short word behind `--` is one of whomever: `-- PMM`.
    """
    if _is_formula(_DASHED, line):
        return True
    bare = "".join(letter for letter in _fold(line) if letter.isalpha())
    words = re.findall(r"\w+", _fold(sender.name))
    known = (
        {"".join(words), "".join(word[0] for word in words), *words, words[0][0]}
        if words
        else set()
    )
    known.update(re.findall(r"\w+", sender.name.casefold().translate(_UMLAUTS)))
    is_name = bare in known or bare == re.sub(r"[\W_]", "", sender.local_part.casefold())
    is_short = len(bare) > 2 and "".join(words).startswith(bare)  # `Alex`, `Chin-Ting`
    return bool(bare) and len(line.strip()) <= MAX_NAME and (is_name or is_short)


def _fold(text: str) -> str:
    """Return a text without case and accents: who signs as `Péter` may write `Peter` in From."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _is_praise(lines: list[str]) -> bool:
    """Whether lines have words of praise, and none that says more; `+1` is praise, too."""
    text = " ".join(lines)
    if len(text) <= MAX_FORMULA and _THANKS.fullmatch(text.strip()):
        return AND_DO.search(text) is None
    words = re.findall(r"[a-z']+", text.casefold())
    if not words:
        return "+1" in text
    return (
        len(text) <= MAX_FORMULA
        and "?" not in text
        and not _PRAISE.isdisjoint(words)
        and all(word in _PRAISE or word in _FILLERS for word in words)
    )
