"""Trailers that a reply gives: from its whole unquoted text, as b4 reads them.

Unlike b4: only names that end in `-by` name people (`Selftest: see a@b` does
not), combined names are split, words before a tag in its line are read, a misspelt
name is a suggestion and no tag, and the text above may say which patches they are for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kvminbox.models import Address, Message, ReplyTrailer, Standing, Trailer
from kvminbox.review.names import read_names
from kvminbox.review.own_text import own_lines
from kvminbox.review.scope import (
    ANSWERED,
    MAX_PHRASE,
    Scope,
    parse_behind,
    parse_numbers,
    parse_scope,
)
from kvminbox.review.tag_lines import ADDRESS, TagLine, find_tag_lines
from kvminbox.review.tag_phrases import find_behind, find_head
from kvminbox.trailers import parse_trailers

MAX_TRAILERS: Final = 500
"""Trailers that are read from one reply."""

MAX_ABOVE: Final = 12
"""Lines above a tag that may say what it is for."""

MAX_COMMENT: Final = 100
"""Characters before a tag in its line that are kept as its comment."""

MAX_HEAD: Final = 6
"""Lines below `commit 0123456789ab` in which `git show` names the author."""

_NOTE: Final = re.compile(r"\s*[\[(]([^\])]*)[\])]\s*")
_AFTERWARDS: Final = re.compile(r"\s*(?:for|to) [^:]*$", re.IGNORECASE)
# `10,12: Acked-by: …`
_NUMBERS: Final = re.compile(r"#?\d{1,4}(?:(?:[\s,&/#-]|and){1,5}\d{1,4}){0,40}\s?:?")
# words in the clause before, or after, a tag in a sentence that does not give it
_DENIES: Final = re.compile(
    r"\b(?:not|never|no|without|drop\w*|remov\w+|lost|lose|missing|missed|forg[eo]t\w*|was|were|had"
    r"|would|could|will|already|instead|rather|why|whether|unless|until|wrong\w*|invent\w*|his|her|their"
    r"|grep|sed|echo)\b|n['\u2019]t\b|\?",
    re.IGNORECASE,
)
# a robot: `If you fix the issue, kindly add following tag`
_ASKS: Final = re.compile(
    r"\b(?:kindly|please|pls|consider)\s[^:]{0,80}?\b(?:add|adding|include|credit|use|append)\b"
    r"(?:(?!\bmy\b)[^:]){0,80}?\b(?:tags?|trailers?)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[^,;:.!?]*$")
_COMMIT: Final = re.compile(r"\s*commit [0-9a-f]{7,64}\b")
_AUTHOR: Final = re.compile(r"\s*Author:\s")


def parse_reply_trailers(message: Message) -> tuple[ReplyTrailer, ...]:
    """Parse the trailers of a reply, in order; quoted ones do not count.

    Only those whose `standing` is `given` are the reply's to give. The others are told
    with their evidence: misspelt ones, those without a person's address or within a
    sentence, those that a robot asks for, and those of a commit that the reply shows.

    A given trailer of a person has an address; `Fixes`, `Link`, `Closes`, `BugLink`, `CVE`
    and `Obsoleted-by` need none. A reply's copies of headers (`From`, `Cc`,
    `Message-Id`) are not trailers.

    This does not look at what the mail answers: any mail can be read.
    """
    return read_trailers(own_lines(message), message.sender)


def read_trailers(lines: list[str], sender: Address) -> tuple[ReplyTrailer, ...]:
    """Parse the trailers in the lines that a reply's sender wrote."""
    found = list(islice(find_tag_lines(lines, sender.name), MAX_TRAILERS))
    if not found:
        return ()
    text = _Text(lines, found)
    return tuple(trailer for line in found for trailer in _read_line(line, text, sender))


def _read_line(line: TagLine, text: "_Text", sender: Address) -> Iterator[ReplyTrailer]:
    read = _read_value(line, sender)
    if read is None:
        return
    note = _NOTE.fullmatch(text.line_below(line))
    said = text.find_scope(line)
    behind = "" if read.comment in {".", ",", ";", "!"} else read.comment
    comment = behind or (note[1] if note else "")
    named = text.find_named(line) if said == ANSWERED else ""
    for words in (comment, line.lead):
        if words and (scope := _parse_words(words)) != ANSWERED:
            said, named = scope, ""
        elif words and (found := find_head(words)):
            said, named = ANSWERED, found
    after = _cut_person(line.value) if read.address is not None else ""
    if (scope := parse_behind(after)) != ANSWERED:
        said, named = scope, ""
    elif found := find_behind(after):
        said, named = ANSWERED, found
    lead = line.lead.strip(" \t,;:.!-\u2013\u2014")[-MAX_COMMENT:]
    parts = [lead, behind, note[1].strip() if note else ""]
    for name, meant in read_names(line.name):
        meant = meant or ("" if line.has_colon else name)
        standing, evidence = _judge(line, read, meant, text)
        yield ReplyTrailer(
            name=name,
            value=read.value,
            address=read.address,
            scope="range" if named else said.kind,
            numbers=said.numbers,
            excepted=said.excepted,
            with_answered=said.with_answered,
            named=named,
            self_attested=read.self_attested,
            comment="; ".join(filter(None, parts)),
            standing=standing,
            suggestion=meant,
            evidence=evidence,
        )


def _read_value(line: TagLine, sender: Address) -> Trailer | None:
    value = line.value
    if "@" in value and not line.is_utility:
        value = _with_brackets(value)
    # any tag of a person will do here: `Acked-by/Tested-by` is not one of git's
    name = line.name if line.is_utility else "Acked-by"
    parsed = parse_trailers(f"{name}: {value}", sender, "patch")
    if not parsed or (line.is_utility and parsed[0].kind != "utility"):
        return None  # `CVE: see below`
    return parsed[0]


def _with_brackets(value: str) -> str:
    """Put brackets around the address of `Jane Doe jane@doe.example`."""
    if "<" not in value:
        return re.sub(r"^([^@]*\s)(\S+@\S+)", r"\1<\2>", value, count=1)
    return value if ">" in value else value.rstrip(" \t.,;!?") + ">"


def _cut_person(value: str) -> str:
    """Return what follows the person in a tag's line, with the `#` of ` in #6`."""
    match = ADDRESS.search(value)
    return value[match.end() :].lstrip(">\"'`\u201d\u2019") if match else ""


def _parse_words(words: str) -> Scope:
    if _NUMBERS.fullmatch(words):
        return Scope("range", parse_numbers(words))
    return parse_scope(words)


def _judge(line: TagLine, read: Trailer, meant: str, text: "_Text") -> tuple[Standing, str]:
    """Return whether a line gives its trailer, and why not.

    A tag after other words is given only in its person's own name: `FWIW, Acked-by: …`.
    """
    if text.is_pasted(line, read):
        return "pasted", "it belongs to a commit that the mail quotes"
    if meant:
        return "misspelt", f"{meant} may be meant"
    if read.address is None and not line.is_utility:
        return "unaddressed", "its person has no address"
    if read.self_attested is True:
        denial = "" if line.is_plain else _find_denial(line)
        return ("mentioned", f"the words around it: {denial!r}") if denial else ("given", "")
    if not line.is_plain:
        return "mentioned", "in somebody else's name" + (
            f", after {line.lead!r}" if line.lead else ""
        )
    if read.address is not None and text.asks(line):
        return "asked", "the text above asks to add it"
    return "given", ""


def _find_denial(line: TagLine) -> str:
    """Return the words by which a sentence takes a tag back; empty if there are none.

    Only the clause before it and the two words after it are read.
    """
    if line.lead and not any(map(str.isalnum, line.lead)):
        return line.lead  # b4 prints `+ Reviewed-by: …` for what it has found
    clause = _CLAUSE.search(line.lead)
    behind = line.value.rpartition(">")[2].split()[:2]
    for words in (clause[0].strip() if clause else "", " ".join(behind)):
        if words[:1] not in {"(", "[", "#"} and _DENIES.search(words):
            return words
    return ""


class _Text:
    """What the text around the tags of a reply says about them.

    A run of five hundred tags shares the paragraph above it, and a reply may have
    thousands of blank lines: each is read once.
    """

    def __init__(self, lines: list[str], found: list[TagLine]) -> None:
        taken = {
            number for line in found if line.is_plain
            for number in range(line.first, line.last + 1)
        }  # fmt: skip
        self._lines = lines
        self._written = [
            number for number, line in enumerate(lines)
            if number not in taken and line.strip()
        ]  # fmt: skip
        """The numbers of the lines that are neither blank nor a tag's, in order."""

        self._prose = {number for number in self._written if lines[number] != ">"}
        self._above: dict[int, str] = {}
        self._scopes: dict[str, Scope] = {}
        self._asks: dict[str, bool] = {}
        self._commits = _find_commits(lines)
        self._signed = _find_signed(lines, found)

    def line_below(self, line: TagLine) -> str:
        """Return the line after a tag; empty at the end."""
        return self._lines[line.last + 1] if line.last + 1 < len(self._lines) else ""

    def is_pasted(self, line: TagLine, read: Trailer) -> bool:
        """Whether a tag is a commit's: in what `git show` prints, or beside a sign-off.

        A sign-off is only for its person to give, and a paragraph with one is the end of
        a commit's message: the tags in it that are not the sender's own are not his to give.
        """
        if line.first in self._commits:
            return True
        return line.first in self._signed and read.self_attested is not True

    def asks(self, line: TagLine) -> bool:
        """Whether the paragraph above a tag asks the reader to add it."""
        text = self._read_above(line)
        if text not in self._asks:
            self._asks[text] = _ASKS.search(text) is not None
        return self._asks[text]

    def find_scope(self, line: TagLine) -> Scope:
        """Return what the paragraph above a run of tags says, else a short one right below it."""
        above = self._parse(self._read_above(line))
        place = bisect_left(self._written, line.last + 1)
        if above != ANSWERED or place == len(self._written):
            return above
        below = self._written[place]
        # `Reviewed-by: Jane Doe <jane@doe.example>`, a blank line, `for the whole series.`
        if below + 1 in self._prose or not _AFTERWARDS.fullmatch(self._lines[below]):
            return ANSWERED
        return self._parse(self._lines[below])

    def find_named(self, line: TagLine) -> str:
        """Return the words that name patches by place or title, right above a run of tags."""
        return find_head(self._read_above(line))

    def _parse(self, text: str) -> Scope:
        if text not in self._scopes:
            self._scopes[text] = parse_scope(text)
        return self._scopes[text]

    def _read_above(self, line: TagLine) -> str:
        place = bisect_left(self._written, line.first)
        last = self._written[place - 1] if place else -1
        if last not in self._above:
            first = last + 1
            while first - 1 in self._prose and last - first + 1 < MAX_ABOVE:
                first -= 1
            self._above[last] = "\n".join(self._lines[first : last + 1])[-MAX_PHRASE:]
        return self._above[last]


def _find_commits(lines: list[str]) -> set[int]:
    """Return the numbers of the lines of commit messages as `git show` and `git log` print them."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        if number in found or "commit " not in line[:20] or not _COMMIT.match(line):
            continue
        place = number + 1
        while place < min(len(lines), number + MAX_HEAD) and lines[place].strip():
            place += 1
        if not any(map(_AUTHOR.match, lines[number + 1 : place])):
            continue
        while place < len(lines) and (not lines[place].strip() or lines[place][:1].isspace()):
            found.add(place)
            place += 1
    return found


def _find_signed(lines: list[str], found: list[TagLine]) -> set[int]:
    """Return the numbers of the lines of paragraphs with a sign-off."""
    signed: set[int] = set()
    for line in found:
        if line.name.lower() == "signed-off-by" and line.first not in signed:
            for step in (-1, 1):
                place = line.first
                while 0 <= place < len(lines) and lines[place].strip() and lines[place] != ">":
                    signed.add(place)
                    place += step
    return signed
