"""The lines of a mail, divided into paragraphs, and what each of these claims."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Final

from kvminbox.models.list_marks import find_footer
from kvminbox.review.claim import People, Placed
from kvminbox.review.commented import drop_heads
from kvminbox.review.commit_lists import Item, read_list
from kvminbox.review.listed_titles import (
    MAX_TITLES,
    Above,
    drop_titles,
    is_elision,
    is_note,
    read_title,
)
from kvminbox.review.phrases import find_claims, heed_dropped, may_claim
from kvminbox.review.quoted_parts import SENT, read_part
from kvminbox.review.sentences import read_sentences

MAX_PARAGRAPHS: Final = 100
"""Paragraphs of a mail that are read, of those with a word such as `applied`."""

MAX_ABOVE: Final = 400
"""Characters of an unfinished paragraph that are read together with the next one."""

# `Applied`, and right below it: `On Mon, 3 Mar 2025 Ada wrote:`
_ATTRIBUTION: Final = re.compile(r"^On\b[^\n]{0,300}(?:\n[^\n]{0,200})?\bwrote:$", re.MULTILINE)
# a paragraph that goes on in the next one: `Applied to:`, `has been applied to`, `the patch titled`
_GOES_ON: Final = re.compile(r"(?:(?:\b(?:to|at|in|into)|:)|\b(?:titled))\s*$", re.IGNORECASE)
_NUMBERS_ALONE: Final = re.compile(r"\s*\[?\d{1,4}(?:\s*[,-]\s*\d{1,4}){1,40}\]?\s*$")
_ADDRESS: Final = re.compile(r"\s*(?:https?|git|ssh)://|\s*git@|\s*[\w.-]+/[\w./-]+\s*$")


class ClaimText:
    """The lines that a mail's sender wrote, with what they claim, which is asked several times.

    Whom a corpus knows as committers is told by what the same lines claim, so they are read
    without that first.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = drop_heads(lines[: find_footer(lines)])
        self.lines = drop_titles(self._lines)
        self.text = "\n".join(self.lines)
        self._found: dict[Callable[[str], bool], tuple[list[Placed], frozenset[str]]] = {}

    @cached_property
    def listed(self) -> list[tuple[Item, str]]:
        """The patches of a list with their commits, as b4 and bots write it."""
        text = self.text
        return read_list(text.split("\n")) if "[" in text or "  - " in text else []

    @cached_property
    def may_claim(self) -> bool:
        """Whether the lines can say anything about applied patches, to whomever."""
        return may_claim(self.text) or bool(self.listed)

    @cached_property
    def paragraphs(self) -> list[str]:
        """The text divided."""
        return [text for text, _ in self._divided]

    @cached_property
    def above(self) -> list[Above]:
        """The lines right above each paragraph that may be titles, quoted or typed."""
        return [above for _, above in self._divided]

    @cached_property
    def _divided(self) -> list[tuple[str, Above]]:
        return _split("\n".join(self._lines))

    def find_claims(self, people: People) -> list[Placed]:
        """Return the claims, each with the place of its paragraph."""
        found = self._found.get(people.owns)
        if found is None:
            asked: set[str] = set()

            def knows(name: str) -> bool:
                asked.add(name)
                return False

            claims = _find_claims(self.paragraphs, replace(people, knows=knows))
            found = self._found[people.owns] = claims, frozenset(asked)
        claims, names = found
        # they are the same unless one of those who are named is known
        return _find_claims(self.paragraphs, people) if any(map(people.knows, names)) else claims


def _split(text: str) -> list[tuple[str, Above]]:
    """Split own text into paragraphs, at blank lines and where a quote was, or begins.

    Each has the lines right above it that may be titles: those of a quoted list, or those of
    the paragraph above. Those right below it may be titles, too.
    """
    text = _ATTRIBUTION.sub("", text)
    found: list[tuple[list[str], Above]] = []
    above: list[str] = []
    lines: list[str] = []
    cut: list[str] = []  # titles above a `[...]`, which go on below it
    is_kept = is_sent = False
    part = ""
    for line in [*text.split("\n"), ""]:
        is_quote = line[:1] == ">"
        if line.strip() and not is_quote:
            lines.append(line)
            continue
        if lines:
            found.append((lines, Above(tuple(above), is_kept, part, is_sent)))
            is_title = bool(above) and is_kept
            cut = above if is_title and (is_elision(lines) or is_note(lines)) else []
            if not (is_title and is_note(lines)):
                above, is_kept = lines if len(lines) <= MAX_TITLES else [], False
            lines, part, is_sent = [], "", False
        if line == ">":  # as nearly all of them are
            above, is_kept, part, is_sent = [], False, "", False
        elif line == SENT:
            is_sent = True
        elif is_quote:
            part = read_part(line) or part
            title, is_kept = read_title(line)
            above = [*(above or cut), title] if title else []
            cut = []
    ends = [*((lines, near.lines) for lines, near in found), ([], tuple(above))]
    return [
        (
            "\n".join(lines),
            Above(
                near.lines, near.is_kept, near.part, near.is_sent, _find_below(lines, *following)
            ),
        )
        for (lines, near), following in zip(found, ends[1:], strict=True)
    ]


def _find_below(lines: list[str], following: list[str], above: tuple[str, ...]) -> tuple[str, ...]:
    """Return what stands right below a paragraph: titles of a quote, or the next paragraph.

    Args:
        lines: the paragraph.
        following: the next one.
        above: what stands right above that one.
    """
    is_typed = above == tuple(lines)
    below = following if is_typed else above
    return tuple(below) if len(below) <= MAX_TITLES else ()


def _find_claims(paragraphs: list[str], people: People) -> list[Placed]:
    """Return the claims, each with the place of its paragraph."""
    likely = [place for place, paragraph in enumerate(paragraphs) if may_claim(paragraph)]
    found: list[Placed] = []
    for place in likely[:MAX_PARAGRAPHS]:
        claims = list(find_claims(_go_on(_join_above(paragraphs, place), place), people))
        if claims and place + 1 < len(paragraphs):
            # `Series applied, thanks.`, and below it `I dropped patch 2.`
            claims = heed_dropped(claims, read_sentences(paragraphs[place + 1]))
        found += ((place, one) for one in claims)
    return found


def _join_above(paragraphs: list[str], place: int) -> list[str]:
    """Return paragraphs, the one at a place with that above it, where that has no end."""
    if place == 0 or not paragraphs[place].startswith(("and ", "which ")):
        return paragraphs
    above = paragraphs[place - 1].rstrip()
    if above.endswith((".", "!", "?", ")")) or len(above) > MAX_ABOVE:
        return paragraphs
    return [*paragraphs[:place], f"{above}\n{paragraphs[place]}", *paragraphs[place + 1 :]]


def _go_on(paragraphs: list[str], place: int) -> str:
    """Return a paragraph, with the next one where its last sentence goes on there."""
    paragraph = paragraphs[place].rstrip()
    following = paragraphs[place + 1 : place + 3]
    match = _GOES_ON.search(paragraph[-20:])
    if match is None or not following:
        return paragraph
    if match[0].strip() == "titled":
        return " ".join([paragraph, *following])
    goes_on = _ADDRESS.match(following[0]) or _NUMBERS_ALONE.match(following[0])
    return f"{paragraph} {following[0]}" if goes_on else paragraph
