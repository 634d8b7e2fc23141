"""The diffstat that the sender's git wrote into the mail."""

import re
from typing import Final

from kvminbox.models import DeclaredDiffstat, DeclaredFile, Diffstat
from kvminbox.models.base import skip_validation

# some clients send U+00A0 for every second blank
_make_row: Final = skip_validation(DeclaredFile)
_make_declared: Final = skip_validation(DeclaredDiffstat)
_SUMMARY = re.compile(
    r"^[ \xa0]?(\d{1,9}) files? changed"
    r"(?:, (\d{1,9}) insertions?\(\+\))?(?:, (\d{1,9}) deletions?\(-\))?[ \t\xa0]*$",
    re.MULTILINE,
)
_SUMMARY_WORD: Final = " changed"
_ROW = re.compile(
    r"[ \xa0]?(\S.*?)(?<![ \xa0])[ \xa0]++\|[ \xa0]+"
    r"(?:(\d{1,9})(?:[ \xa0][+-]*)?|(Bin|Unmerged)\b.*)\s*"
)
MAX_ROWS: Final = 20_000
"""Rows of a diffstat that are read, from its end."""

MAX_ROW: Final = 1_000
"""Characters of a row that is read; a longer line ends the diffstat."""


def find_declared_diffstat(text: str, start: int, end: int) -> tuple[int, DeclaredDiffstat] | None:
    """Find a diffstat in a part of a text; return where it begins, and what it says."""
    summary = _find_summary(text, start, end)
    if summary is None:
        return None
    rows: list[DeclaredFile] = []
    begin = summary.start()
    while begin > start and len(rows) < MAX_ROWS:
        line_start = text.rfind("\n", start, begin - 1) + 1 or start
        match = None
        if begin - line_start < MAX_ROW:
            match = _ROW.fullmatch(text, line_start, begin - 1)
        if match is None:
            break
        changes = int(match[2]) if match[2] else None
        rows.append(_make_row(path=match[1], changes=changes))
        begin = line_start
    found = _make_declared(
        files=tuple(reversed(rows)),
        files_changed=int(summary[1]),
        insertions=int(summary[2] or 0),
        deletions=int(summary[3] or 0),
    )
    return begin, found


def _find_summary(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the last summary line: a cover letter may quote another before its own."""
    place = text.rfind(_SUMMARY_WORD, start, end)
    while place >= 0:
        line_start = text.rfind("\n", start, place) + 1 or start
        match = _SUMMARY.match(text, line_start, end)
        if match:
            return match
        place = text.rfind(_SUMMARY_WORD, start, line_start)
    return None


def find_diffstat_end(text: str, start: int, end: int) -> int | None:
    """Return where the summary line of a diffstat ends; None if there is none."""
    summary = _find_summary(text, start, end)
    return summary.end() if summary else None


def compare_diffstats(declared: DeclaredDiffstat, counted: Diffstat) -> str:
    """Return in words how a declared diffstat differs from a counted one; "" if it does not.

    Only the summary's three numbers are compared: a row's path may be shortened.
    """
    said = (declared.files_changed, declared.insertions, declared.deletions)
    seen = (len(counted.files), counted.insertions, counted.deletions)
    if said == seen:
        return ""
    return "declared {} files, +{} -{}; the diff has {} files, +{} -{}".format(*said, *seen)
