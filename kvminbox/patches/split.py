"""The parts of a patch mail: in-body headers, message, notes, diffstat, diff, tail.

The cuts are git's (`git mailinfo`), so that message and author are what
`git am` would record; the diff is then found by counting its hunks.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from kvminbox.diffs import DiffBlocks, find_declared_diffstat, find_diffstat_end
from kvminbox.models import DeclaredDiffstat

_IN_BODY = re.compile(r"(From|Subject|Date):[ \t]*(.*)", re.IGNORECASE)
_MBOX_FROM = re.compile(r">From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\s*")
_INTERDIFF = re.compile(r"\nInterdiff(?: against v\S+)?:\n+\Z")
_SEPARATOR: Final = "\n---"
_DIFF_MARKS: Final = ("\ndiff -", "\nIndex: ")
_SIGNATURE: Final = "\n-- \n"
MAX_IN_BODY: Final = 100
"""Lines that are read as in-body headers at the most."""


@dataclass(slots=True)
class InBody:
    """The headers at the start of a body, which stand for the mail's own in the commit."""

    headers: dict[str, str] = field(default_factory=dict)
    end: int = 0
    """Where the commit message begins."""

    lines: tuple[int, int] = (0, 0)
    """From where to where the header lines stand."""


@dataclass(slots=True)
class PatchText:
    """A patch mail's text in its parts."""

    in_body: InBody
    message: str
    notes: str
    declared: DeclaredDiffstat | None
    blocks: DiffBlocks | None
    tail: str
    has_separator: bool


def read_in_body(text: str) -> InBody:
    """Read the in-body headers as `git mailinfo` does.

    Blank lines before them are skipped; each of From, Subject and Date counts
    once; the first other line ends them, and a blank line after any of them. A
    `[PATCH]` line, which is the subject whatever was before it, and the `>From` line
    of an mbox end nothing.
    """
    found = InBody()
    position, name, first = 0, "", -1
    for _ in range(MAX_IN_BODY):
        end = text.find("\n", position)
        line = text[position:end] if end >= 0 else text[position:]
        after = end + 1 if end >= 0 else len(text)
        if not line:
            if name or end < 0:
                break
        elif name and line[0] in " \t":
            found.headers[name] += " " + line.strip()
        elif (next_name := _in_body_name(line, found.headers)) is not None:
            name = next_name
            first = position if first < 0 else first
        else:
            break
        position = after
    if first < 0:
        return InBody()
    found.lines = (first, position)
    found.end = position + 1 if text[position : position + 1] == "\n" else position
    return found


def _in_body_name(line: str, headers: dict[str, str]) -> str | None:
    """Take a line into the headers; give the name of one that may go on in the next line.

    That is "" for a line that can't, and None where the line is no header.
    """
    if _MBOX_FROM.fullmatch(line):
        return ""
    if line.startswith(("[PATCH] ", "[PATCH]\t")):
        headers["subject"] = line
        return ""
    match = _IN_BODY.match(line)
    if match is None or (name := match[1].lower()) in headers:
        return None
    headers[name] = match[2].strip()
    return name


def find_message_end(text: str, start: int, end: int | None = None) -> int:
    """Give where the commit message ends: at a line that git takes for the patch's start.

    `---` alone or with a file name behind it, `diff -`, or `Index: `; the end of
    the text where there is none.
    """
    # a line feed before it, so that a mark in the first line is found too
    padded = "\n" + text[start:end]
    places = [padded.find(mark) for mark in _DIFF_MARKS]
    places.append(_find_separator(padded))
    return min((start + place for place in places if place >= 0), default=start + len(padded) - 1)


def _find_separator(text: str) -> int:
    position = text.find(_SEPARATOR)
    while position >= 0 and not _is_separator(text, position + 1):
        position = text.find(_SEPARATOR, position + 1)
    return position


def _is_separator(text: str, start: int) -> bool:
    end = text.find("\n", start)
    rest = text[start + 3 : end if end >= 0 else len(text)]
    return not rest.strip() or (rest[0] == " " and not rest[1:2].isspace())


def split_patch(text: str, blocks: DiffBlocks | None) -> PatchText:
    """Divide a patch mail's text; `blocks` is its diff, where it has one."""
    in_body = read_in_body(text)
    own = blocks if blocks and blocks.text is text else None  # else it is in an attachment
    diff_start = own.start if own else find_signature(text, in_body.end)
    message_end = find_message_end(text, in_body.end, diff_start)
    has_separator = message_end < diff_start and text.startswith("---", message_end)
    notes_start = _next_line(text, message_end) if has_separator else in_body.end
    found = find_declared_diffstat(text, notes_start, diff_start)
    declared_start, declared = found or (diff_start, None)
    if not own:
        message_end = min(message_end, declared_start)
    return PatchText(
        in_body=in_body,
        message=text[in_body.end : message_end].strip("\n").rstrip(),
        notes=text[notes_start:declared_start].strip("\n") if has_separator else "",
        declared=declared,
        blocks=blocks,
        tail=text[own.end if own else _tail_start(text, found, diff_start) :],
        has_separator=has_separator,
    )


def _next_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end + 1 if end >= 0 else len(text)  # a text may end with its `---`, without a line feed


def _tail_start(text: str, found: tuple[int, DeclaredDiffstat] | None, signature: int) -> int:
    # a cover letter's base-commit stands between its diffstat and its signature
    end = find_diffstat_end(text, found[0], signature) if found else None
    return end or signature


def is_interdiff(blocks: DiffBlocks) -> bool:
    """Whether a diff is the one that `git format-patch --interdiff` puts into a cover letter.

    It tells what changed since the revision before, and is no part of the series. In the
    notes of a patch git indents it, so that it is no diff there.
    """
    return _INTERDIFF.search(blocks.text, max(blocks.start - 80, 0), blocks.start) is not None


def find_signature(text: str, start: int = 0) -> int:
    """Give where a text's signature begins, at its last `-- ` line; the end where it has none."""
    place = text.rfind(_SIGNATURE, start)
    return place + 1 if place >= 0 else len(text)
