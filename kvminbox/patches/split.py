"""The parts of a patch mail: in-body headers, message, notes, diffstat, diff, tail.

The text is split where git (`git mailinfo`) does, so that message and author are what
`git am` would record; the diff is then found by counting its hunks.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from kvminbox.diffs import (
    DiffBlocks,
    find_declared_diffstat,
    find_diff,
    find_diffstat_end,
)
from kvminbox.models import DeclaredDiffstat

_IN_BODY = re.compile(r"(From|Subject|Date):[ \t]*(.*)", re.IGNORECASE)
_MBOX_FROM = re.compile(r">From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\s*")
_INTERDIFF = re.compile(r"\nInterdiff(?: against v\S+)?:\n+\Z")
# `---` alone, or `--- a/x.c`: what git mailinfo takes for the patch's start
_SEPARATOR = re.compile(r"\n---(?:[^\S\n]*+(?=\n|\Z)| (?=\S))")
# the header of a file of git format-patch, up to its empty line; possessive, so that it is linear
_FILE_HEAD = re.compile(
    r"(?:From [0-9a-f]{40,64} [^\n]*\n)?((?:[A-Za-z-]{2,40}:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,30})\n"
)
_FILE_HEADER = re.compile(r"^([A-Za-z-]+):[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_DIFF_MARKS: Final = ("\ndiff -", "\nIndex: ")
_SIGNATURE: Final = "\n-- \n"
MAX_IN_BODY: Final = 100
"""Lines that are read as in-body headers."""


@dataclass(slots=True)
class InBody:
    """The headers at the start of a body, which stand for the mail's own in the commit."""

    headers: dict[str, str] = field(default_factory=dict)
    end: int = 0
    """Where the commit message begins."""

    lines: tuple[int, int] = (0, 0)
    """Where the header lines begin and end."""


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
    once; the first other line ends them, and so does a blank line after any. A
    `[PATCH]` line, which is the subject whatever came before it, and the `>From` line
    of an mbox do not end them.
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
    """Add the line to the headers; return the name of one that may go on in the next line.

    That is "" for a line that can't go on, and None if the line is not a header.
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
    """Return where the commit message ends: at a line that git takes for the patch's start.

    That is `---`, alone or with a file name behind it, `diff -`, or `Index: `; else
    the end of the text.
    """
    # a line feed before it, so that a mark in the first line is found too
    padded = "\n" + text[start:end]
    places = [padded.find(mark) for mark in _DIFF_MARKS]
    if separator := _SEPARATOR.search(padded):
        places.append(separator.start())
    return min((start + place for place in places if place >= 0), default=start + len(padded) - 1)


def split_patch(text: str, blocks: DiffBlocks | None) -> PatchText:
    """Split a patch mail's text into its parts; `blocks` is its diff, if it has one."""
    in_body = read_in_body(text)
    own = blocks if blocks and blocks.text is text else None  # else it is in an attachment
    diff_start = own.start if own else find_signature(text, in_body.end)
    message_end = find_message_end(text, in_body.end, diff_start)
    has_separator = message_end < diff_start and text.startswith("---", message_end)
    notes_start = in_body.end
    if has_separator:  # a text may end with its `---`, without a line feed
        notes_start = text.find("\n", message_end) + 1 or len(text)
    found = find_declared_diffstat(text, notes_start, diff_start)
    declared_start, declared = found or (diff_start, None)
    if own:
        tail_start = own.end
    else:
        message_end = min(message_end, declared_start)
        # a cover letter's base-commit stands between its diffstat and its signature
        stat_end = find_diffstat_end(text, declared_start, diff_start) if found else None
        tail_start = stat_end or diff_start
    return PatchText(
        in_body=in_body,
        message=text[in_body.end : message_end].strip("\n").rstrip(),
        notes=text[notes_start:declared_start].strip("\n") if has_separator else "",
        declared=declared,
        blocks=blocks,
        tail=text[tail_start:],
        has_separator=has_separator,
    )


def split_patch_file(text: str) -> PatchText | None:
    """Split the text of a file that `git format-patch` wrote; None for any other file.

    It is a mail itself, whose headers stand for in-body headers, which are the stronger:

        From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
        From: Jane Doe <jane@doe.example>
        Date: Tue, 5 Sep 2023 10:00:00 +0200
        Subject: [PATCH] spi: count
        MIME-Version: 1.0
    """
    match = _FILE_HEAD.match(text)
    if match is None:
        return None
    headers = {
        name.lower(): " ".join(value.split())
        for name, value in _FILE_HEADER.findall(match[1])
        if name.lower() in {"from", "subject", "date"}
    }
    if not {"from", "subject"} <= headers.keys():
        return None
    rest = text[match.end() :]
    parts = split_patch(rest, find_diff(rest))
    parts.in_body.headers = headers | parts.in_body.headers
    return parts


def is_interdiff(blocks: DiffBlocks) -> bool:
    """Whether a diff is the one that `git format-patch --interdiff` puts into a cover letter.

    It shows what changed since the previous revision, and is not part of the series. In the
    notes of a patch git indents it, so that it is not a diff there.
    """
    return _INTERDIFF.search(blocks.text, max(blocks.start - 80, 0), blocks.start) is not None


def find_signature(text: str, start: int = 0) -> int:
    """Return where a text's signature begins, at its last `-- ` line, or the text's end."""
    place = text.rfind(_SIGNATURE, start)
    return place + 1 if place >= 0 else len(text)


def excerpt_body(body: str) -> str:
    """Return the part of a submission that a list update shows: message, notes and diffstat.

    That is the body without its in-body header lines, through the diffstat's summary
    line. If there is no diffstat, it ends before the diff, else before the signature.
    The blank line between the in-body headers and the message stays.
    """
    first, last = read_in_body(body).lines
    text = body[:first] + body[last:]
    diff = find_diff(text)
    end = diff.start if diff else find_signature(text)
    return text[: find_diffstat_end(text, 0, end) or end].rstrip()
