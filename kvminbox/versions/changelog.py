"""The changelog that an author writes for the readers of a new revision."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Final

from kvminbox.models import ChangelogEntry, Series

MAX_TEXT: Final = 100_000
"""Characters of each mail's text that are read."""

MAX_HEADING: Final = 120
"""Characters of a line that may be a heading."""

# `* v2:`, `=== Changes in v3 ===`, `[v2 -> v3]`: what people put around a heading
_DECORATION: Final = " \t*#=-_[]()>+~."
_VERSION = re.compile(
    r"(?<!\w)(?<!\w\.)(?:v|version[ ]?|rev(?:ision)?[ ]?|patch ?v|rfc ?v)(\d{1,3})"
    r"(?:\.[1-9]\d*)?(?![\w]|\.\d)",  # `v5.1` is a re-roll, the `v4.0` of a GIC is not
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|from|against|vs|versus|after|over|relative to|compared to|on top of)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?:last|previous|prior)\b", re.IGNORECASE)
_ARROW = re.compile(r"-+>|=+>|→|\.\.+|\bto\b|<-+|\bvs\b", re.IGNORECASE)
_HISTORY = re.compile(
    r"(?:the )?(?:change ?logs?|changes?|history|(?:version|revision|patch) history"
    r"|changes history|differences|what'?s new)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"(?:the|this|in|since|from|for|with|vs|versus|against|between|of|on|to|and|at|by|new|made"
    r"|changes?|changed|change-?log|history|differences?|different|diff|updates?|updated|delta"
    r"|rfc|patch|patches|series|set|patchset|version|revision|rev|posting|posted|last|previous"
    r"|prior|here|major|main|notable|significant|only|relative|compared|over|after|top|link|are|were|there|have|been|some|significant|includ\w+"
    r"|v?\d[\d.]*)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[ \t]*(?:[-*+•o–·]|\(?\d{1,2}[.)]|\[\d{1,2}\])[ \t]+(?=\S)")
# possessive, since `a://-a://-` could be split at any `-`, in exponentially many ways
_LINK_ONLY = re.compile(r"(?:\[\w+\]:?|<?\w{1,20}+://\S++|link:?|[\s<>()=*#-]++)*+", re.IGNORECASE)
# what is never part of a changelog: the output of `git shortlog`, a diffstat, b4's footer
_END = re.compile(
    r"(?:-- ?|---.*|base-commit:.*|change-id:.*|prerequisite-[\w-]+:.*|diff --git .*"
    r"|[^\n:]{1,80} \(\d+\):| \S.* \| +\d+ .*| \d+ files? changed.*|[A-Z][\w-]+-by: .*)"
)


@dataclass
class _Draft:
    """An entry whose lines are still being read."""

    heading: str
    revision: int | None
    lines: list[str] = field(default_factory=list)
    first: str = ""
    """The first line that is not blank."""

    def add(self, line: str) -> None:
        """Add a line."""
        self.lines.append(line)
        if not self.first and line.strip():
            self.first = line


def parse_changelog(series: Series) -> tuple[ChangelogEntry, ...]:
    """Read what the author says each revision changed, as written and in that order.

    It is read from the cover letter, and from below the `---` of each patch. An
    entry is what its author chose to tell: see `compare_series` for what really
    changed.
    """
    found = parse_cover(series)
    for number, patch in zip(series.numbers, series.patches, strict=True):
        if patch.notes:
            found += parse_notes(patch.notes, series.revision, number)
    return tuple(found)


def parse_cover(series: Series) -> list[ChangelogEntry]:
    """Read the same of a series' cover letter alone."""
    if series.cover is None:
        return []
    text = getattr(series.cover, "commit_message", "") or series.cover.body
    notes = getattr(series.cover, "notes", "")
    return parse_notes(f"{text}\n\n{notes}", series.revision, 0)


def parse_notes(text: str, revision: int, counter: int) -> list[ChangelogEntry]:
    """Read the same of a text of a revision, which stands in the patch of that number."""
    entries: list[ChangelogEntry] = []
    for draft in _read_drafts(text[:MAX_TEXT], revision):
        said = dedent("\n".join(draft.lines)).strip("\n").rstrip()
        if not _LINK_ONLY.fullmatch(said):
            entry = ChangelogEntry(
                revision=draft.revision,
                heading=draft.heading,
                text=said,
                items=tuple(_items(said)),
                counter=counter,
            )
            entries.append(entry)
    return entries


def _read_drafts(text: str, revision: int) -> Iterator[_Draft]:
    draft: _Draft | None = None
    in_history = False
    for line in text.split("\n"):
        heading = _read_heading(line, revision, in_history=in_history or draft is not None)
        if heading:
            if draft:
                yield draft
            draft, in_history = heading, in_history or heading.revision is None
        elif draft and _ends(draft, line):
            yield draft
            draft = None
        elif draft and (draft.lines or line.strip(_DECORATION)):
            draft.add(line)
    if draft:
        yield draft


def _ends(draft: _Draft, line: str) -> bool:
    """Whether a line is past the end of an entry: prose after a list, or a new paragraph."""
    if _END.fullmatch(line):
        return True
    first = draft.first
    if not first or not line.strip() or draft.lines[-1].strip():
        return False
    is_listed = line[:1].isspace() or _BULLET.match(line) is not None
    return not is_listed or not (_BULLET.match(first) or first[:1].isspace())


def _read_heading(line: str, revision: int, *, in_history: bool) -> _Draft | None:
    """Read `Changes in v3:`, `v2 -> v3`, `* v2: fixed the lock`, `Changelog:`; else None."""
    bare = line.strip(_DECORATION)
    if not bare or not (_VERSION.search(line) or _HISTORY.match(bare) or "rfc" in line.lower()):
        return None
    head, colon, rest = _split(bare)
    if len(head) > MAX_HEADING or not _is_noise(head):
        return None
    if _HISTORY.fullmatch(head) and not _VERSION.search(head):
        is_title = colon or bare[0].isupper()  # not a line of prose that ends in `changes`
        return _begin(line.strip(), None, rest) if is_title else None
    if not (colon or _says_change(head) or (in_history and _VERSION.fullmatch(head))):
        return None
    found = _revision_of(head, revision)
    if found is None and not _says_change(head):
        return None
    heading = line.strip() if not rest else line.strip()[: line.strip().find(rest)].rstrip()
    return _begin(heading, found, rest)


def _begin(heading: str, revision: int | None, rest: str) -> _Draft:
    draft = _Draft(heading, revision)
    if rest:
        draft.add(rest)
    return draft


def _split(bare: str) -> tuple[str, bool, str]:
    """Split a line at the colon after its heading; `v2: fixed it` goes on in the same line."""
    head, colon, rest = bare.partition(":")
    if not colon and (match := re.match(r"(v\d{1,3})(?: - | – |\) )(.*)", bare, re.IGNORECASE)):
        return match[1], True, match[2]
    return head.strip(_DECORATION), bool(colon), rest.strip()


def _is_noise(head: str) -> bool:
    """Whether a heading has only the words that changelog headings use."""
    words = re.findall(r"[\w']+(?:[.-]\w+)*", _VERSION.sub(" ", head))
    return all(map(_NOISE.fullmatch, words))


def _says_change(head: str) -> bool:
    return bool(_ARROW.search(head) or _SINCE.search(head) or _HISTORY.search(head))


def _revision_of(head: str, revision: int) -> int | None:
    """Return the revision that brought the changes: 3 of `v2 -> v3`, `in v3` and `since v2`."""
    versions = [int(number) for number in _VERSION.findall(head)]
    if not versions:
        is_since_rfc = "rfc" in head.lower() and _says_change(head)
        return revision if is_since_rfc or _LAST.search(head) else None
    if len(set(versions)) == 1 and _SINCE.search(head) and not _leaves_rfc(head):
        return versions[0] + 1
    # `RFC v3 -> v1` starts counting again; otherwise the higher number is the later one
    return versions[-1] if _leaves_rfc(head) else max(versions)


def _leaves_rfc(head: str) -> bool:
    """Whether a heading goes from an RFC to a revision: `RFC -> v1`, `from RFC v3 to v1`."""
    return re.search(r"\brfc\b[^>]*(?:->|=>|→|\bto\b).*\d", head, re.IGNORECASE) is not None


def _items(text: str) -> Iterator[str]:
    """Yield the items of a text; a new one starts at each bullet and each blank line."""
    words: list[str] = []
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        if words and (bullet or not line.strip()):
            yield " ".join(words)
            words = []
        words += (line[bullet.end() :] if bullet else line).split()
    if words:
        yield " ".join(words)
