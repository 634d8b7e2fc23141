"""The lines of a reply: its sender's own, and quoted ones with the depth of their marks."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kvminbox.models import Message
from kvminbox.models.list_marks import find_footer
from kvminbox.patterns import compile_later
from kvminbox.remarks.text import make_key
from kvminbox.review.own_text import find_own_text
from kvminbox.review.quoting import is_quoted

MAX_DEPTH: Final = 50
"""Marks of one line that are counted."""

_MORE_MARKS: Final = frozenset({">", "&"})
_BLANKS: Final = frozenset({" ", "\u00a0"})
# `> > `, `>> `, `JD> `, `&gt; `; a blank may be before each mark, but `>  >` is a quoted ` >`
_MARKS: Final = compile_later(
    rf"\s{{0,3}}(?:(?:[A-Za-z]{{1,4}}>|&gt;|>)(?: ?(?:>|&gt;)){{0,{MAX_DEPTH}}})"
)
_BARS: Final = re.compile(rf"\s{{0,3}}\|(?: ?\|){{0,{MAX_DEPTH}}}")


@dataclass(slots=True)
class Line:
    """A line of a reply."""

    text: str
    """The line, without the marks of quoting."""

    depth: int = 0
    """How many marks it has; 0 for the sender's own."""

    key: str = ""
    """The text without blanks."""

    has_bar: bool = False
    """Whether it is marked by `|`, which may be a quote, a table or a suggestion."""

    written: str = ""
    """Such a line with its marks."""

    is_attribution: bool = False
    """Whether it is neither: `On … wrote:`, or a mail's copied header."""


def read_lines(message: Message) -> list[Line]:
    """Read the lines of a reply, in order, without its signature and a suggested patch."""
    found = find_own_text(message)
    own = {
        number: text for number, text in zip(found.numbers, found.own, strict=True) if text != ">"
    }
    lines: list[Line] = []
    for number, text in enumerate(found.lines[: find_footer(found.lines)]):
        mine = own.get(number)
        lines.append(_read_quoted(text) if mine is None else Line(mine, 0, make_key(mine)))
    return lines


def _read_quoted(text: str) -> Line:
    if text[:2] == "> " and text[2:3] not in _MORE_MARKS:  # as most are: a sixth of all the time
        rest = text[2:]
        return Line(rest, 1, "".join(rest.split()))
    if text[:1] == ">":  # as most are; all its marks are in its first `>` and blanks
        bare = text.lstrip("> ")
        if bare[:1] != "&":
            end, depth = _count_marks(text[: min(len(text) - len(bare), 3 * MAX_DEPTH)])
            rest = text[end:]
            if rest[:1] in _BLANKS:
                rest = rest[1:]
            return Line(rest, depth, "".join(rest.split()))
    if not is_quoted(text):
        return Line(text, is_attribution=True)
    if marks := _MARKS.match(text):
        depth = marks[0].count(">") + marks[0].count("&gt;")
        rest = _without_blank(text[marks.end() :])
        return Line(rest, depth, make_key(rest))
    if marks := _BARS.match(text):
        rest = _without_blank(text[marks.end() :])
        return Line(rest, marks[0].count("|"), make_key(rest), has_bar=True, written=text)
    return Line(text, 1, make_key(text), has_bar=True, written=text)


@lru_cache(maxsize=1_024)
def _count_marks(head: str) -> tuple[int, int]:
    """Return where the marks at the beginning of a line end, and how many they are."""
    marks = _MARKS.match(head)
    assert marks is not None
    return marks.end(), marks[0].count(">")


def _without_blank(text: str) -> str:
    """Return a quoted text without the blank that comes after its mark."""
    return text[1:] if text[:1] in _BLANKS else text
