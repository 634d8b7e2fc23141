"""Lines of a reply that have the shape of a trailer: alone, after other words, or wrapped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kvminbox.review.names import is_deed, is_known
from kvminbox.trailers import MAX_LINE

MAX_LEAD: Final = 200
"""Characters before a tag in its line that are read."""

_UTILITY: Final = frozenset(["fixes", "link", "buglink", "closes", "obsoleted-by", "cve"])
# `Reviewed-by:`, `Reviewed/Tested-by:`, `Acked-by & Tested-by:`, `Reviewed by:`
_WORD: Final = r"[A-Za-z][A-Za-z-]{0,40}"
_NAME: Final = (
    rf"(?:[Ss]igned\soff|{_WORD}(?:(?:\s?[/&+,]\s?|\s(?:and|&)\s){_WORD}){{0,3}})(?:\s[Bb][Yy])?"
)
# blanks of any kind: HTML that was made into text has those that do not break
_BLANK: Final = r"[\s\u200b\u2060\ufeff]"
_LINE: Final = re.compile(rf"{_BLANK}*+[*]{{0,2}}({_NAME})\s?[:\uff1a][*]{{0,2}}{_BLANK}*+(\S.*)")
_INLINE: Final = re.compile(
    rf"(?<![\w+-])([A-Za-z][A-Za-z-]{{1,30}}-[Bb][Yy])\s?[:\uff1a]{_BLANK}*(\S.*)"
)
# the deeds that are joined before `Tested-by`: `Reviewed-by & `, `Acked, `
_JOINED: Final = re.compile(rf"(?<![\w-])({_WORD})\s?(?:[/&+,]|(?<=\s)and(?=\s))\s?$")
# `Reviewed-by Ewa Lis <ewa@kvm.example>`
_NO_COLON: Final = re.compile(
    r"\s*+([A-Za-z][A-Za-z-]{1,30}-[Bb][Yy])\s+([^\s:<>@][^:<>@]{0,80}<[^\s<>@]+@[^\s<>@]+>)\s*"
)
# `… <ewa@kvm.example> and Reviewed-by: Ewa Lis <ewa@kvm.example>`, `…, Tested-by: …`
_NEXT: Final = re.compile(
    rf"\s?(?:[,;&+/]|(?<=>\s)|(?<=\s)and(?=\s))\s?(?:and\s)?(?P<name>{_WORD}-[Bb][Yy])\s?[:\uff1a]{_BLANK}*+(?=\S)"
)
_LOOSE: Final = re.compile(r",|\sand\s")
_DECORATION: Final = (
    " \t\u00a0*_-\u2022\u00b7\u2013\u2014>[](){}<\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e"
)
_CLOSING: Final = {
    "(": ")", "[": "]", "{": "}", "<": ">", '"': '"', "'": "'", "`": "`", "*": "*", "_": "_",
    "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb", "\u201e": "\u201c",
}  # fmt: skip
"""What ends the brackets and quotes around a tag."""

# only from the start of a word: a line of one repeated letter has no other
ADDRESS: Final = re.compile(r"(?<![^\s<>@:])[^\s<>@:]++@[^\s<>@]+\.[^\s<>@]+")
"""An address, with or without brackets."""

# a name and an address, unlike `Signed-off-by: address mismatch: 'From: …'`
_PERSON: Final = re.compile(r"[^:@]{0,80}(?:mailto:)?[^\s:@]+@[^\s@]+\.[^\s@]")
# the rest of `Reviewed-by: A Name Too Long`, wrapped by a mail client: `Forit <long@doe.example>`
_WRAPPED: Final = re.compile(
    r"\s*(?:<[^<>\s]+@[^<>\s]+>.*|(?:[^\s<>:@]+ ){1,4}<[^<>\s]+@[^<>\s]+>\s*(?:[#\[(].*)?)"
)
# `<ewa at kvm dot example>`, `<ewa(at)kvm.example>`, `<ewa:kvm.example>`
_TYPED: Final = re.compile(
    r"[^<>]*<[^<>]+>?\W*|[^<>]*\S\s?(?:\(at\)|\[at\]|\sat\s)\s?\S+[^<>]*", re.IGNORECASE
)


@dataclass(slots=True)
class TagLine:
    """A line that has the shape of a trailer, and where it is."""

    name: str
    value: str
    first: int
    last: int
    lead: str = ""
    """The words before the name in its line."""

    is_plain: bool = True
    """Whether it is alone in its line, without a lead, a bullet, brackets or quotes."""

    has_colon: bool = True
    """Whether a colon is after its name; a tag without one is misspelt."""

    @property
    def is_utility(self) -> bool:
        """Whether it is `Fixes:`, `Link:` or the like."""
        return self.name.lower() in _UTILITY


def find_tag_lines(lines: list[str], sender: str) -> Iterator[TagLine]:
    """Yield the lines that have the shape of a trailer.

    Args:
        lines: the lines that a mail's sender wrote.
        sender: the sender's name, which may be that of a trailer without an address.
    """
    number = 0
    while number < len(lines):
        text = lines[number]
        line = None
        if ":" in text or "\uff1a" in text:
            if len(text) < MAX_LINE:
                line = _match_plain(lines, number, sender) or _match_inline(lines, number)
        elif "@" in text and (match := _NO_COLON.fullmatch(text)) and is_known(match[1]):
            line = TagLine(match[1], match[2], number, number, has_colon=False)
        if line:
            yield from _divide(line)
            number = line.last
        number += 1


def _divide(line: TagLine) -> Iterator[TagLine]:
    """Yield the tags that stand in one line: `Tested-by: … and Reviewed-by: …`.

    `Reviewed-by: and Tested-by: …` has one person for both names.
    """
    value = line.value
    if "-by" not in value.lower() or line.is_utility:
        yield line
        return
    if (match := _NEXT.match(f" {value}")) and is_known(match["name"]):
        line.name, value = f"{line.name} and {match['name']}", value[match.end() - 1 :]
    start = 0
    name = line.name
    for match in _NEXT.finditer(value):
        has_both = ADDRESS.search(value, start, match.start()) and ADDRESS.search(
            value, match.end()
        )
        if has_both and is_known(match["name"]):
            yield replace(line, name=name, value=value[start : match.start()])
            name, start = match["name"], match.end()
    yield replace(line, name=name, value=value[start:])


def _match_plain(lines: list[str], number: int, sender: str) -> TagLine | None:
    match = _LINE.fullmatch(lines[number])
    if match is None or not _is_name(match[1]):
        return None
    line = TagLine(match[1], match[2].strip().strip("*"), number, number)
    following = lines[number + 1] if number + 1 < len(lines) else ""
    is_person = re.search(r"[\s-]by$", line.name, re.IGNORECASE) is not None
    if is_person:
        _unwrap(line, following)
    elif _is_broken_fixes(line) and following.rstrip().endswith(")"):
        line.value, line.last = f"{line.value} {following.strip()}", number + 1
    if line.is_utility:
        return line
    if is_person and ADDRESS.search(line.value):
        return line if "-" in line.name[-3:] or is_known(line.name) else None
    return line if is_person and _lacks_address(line.name, line.value, sender) else None


def _is_name(name: str) -> bool:
    """Whether a name is no `Otherwise, Reviewed-by`: words that are loosely joined are deeds."""
    return _LOOSE.search(name) is None or all(map(is_deed, re.split(r"\s?[/&+,]\s?|\sand\s", name)))


def _unwrap(line: TagLine, following: str) -> None:
    if "@" not in line.value and _WRAPPED.fullmatch(following[:MAX_LINE]):
        line.value, line.last = f"{line.value} {following.strip()}", line.first + 1


def _is_broken_fixes(line: TagLine) -> bool:
    return line.name.lower() == "fixes" and '("' in line.value and not line.value.endswith(")")


def _lacks_address(name: str, value: str, sender: str) -> bool:
    """Whether a tag has its sender's name, or an address that is mistyped."""
    if len(value) > MAX_LEAD or not is_known(name):
        return False
    words = set(re.findall(r"\w+", value.casefold()))
    known = {"me", "myself", *re.findall(r"\w+", sender.casefold())}
    return bool(words) and (words <= known or _TYPED.fullmatch(value) is not None)


def _match_inline(lines: list[str], number: int) -> TagLine | None:
    """Match a tag after other words: `Otherwise, Reviewed-by: …`, `[Acked-by: …]`."""
    text = lines[number]
    match = _INLINE.search(text) if "-by" in text or "-By" in text or "-BY" in text else None
    if match is None or not is_known(match[1]):
        return None
    start = match.start()
    for _ in range(3):
        joined = _JOINED.search(text[max(0, start - MAX_LEAD) : start])
        # `with that fixed, Reviewed-by: …` is one tag
        if joined is None or not is_deed(joined[1]) or joined[1][:1].islower():
            break
        start -= len(joined[0])
    before = text[max(0, start - MAX_LEAD) : start].rstrip()
    value = match[2].strip()
    if closing := _CLOSING.get(before[-1:]):
        value = "".join(value.rsplit(closing, 1)).rstrip()
    name = text[start : match.end(1)]
    line = TagLine(name, value, number, number, before.strip(_DECORATION), is_plain=False)
    _unwrap(line, lines[number + 1] if number + 1 < len(lines) else "")
    return line if _PERSON.match(line.value) else None
