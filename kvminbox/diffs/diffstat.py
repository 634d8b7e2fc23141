"""From the blocks of a diff to counted file changes, with unidiff as the second counter.

Two counters that share no code must agree on each file: the one in
`kvminbox.diffs.find`, which finds where hunks end, and unidiff's. If they
don't, or if a hunk is damaged, the file is marked and the mail gets a defect:
no count is silently wrong.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from unidiff.patch import PatchSet

from kvminbox.diffs.find import DiffBlocks, FileBlock
from kvminbox.diffs.headers import (
    MAX_PATH,
    NOWHERE,
    is_suspicious,
    names_agree,
    read_names,
    read_status,
)
from kvminbox.models import Defect, DefectCode, Diffstat, FileChange
from kvminbox.models.base import skip_validation

MAX_DIFF: Final = 1 << 23
"""Characters of a diff that are counted twice; a longer one is counted once."""

MAX_LINE: Final = 1 << 16
"""Characters of a line that is passed to another library's patterns."""

MAX_DEFECTS: Final = 1_000
"""Odd files of a diff that are listed as defects; every damaged file is marked anyway."""

_make_change: Final = skip_validation(FileChange)
_make_diffstat: Final = skip_validation(Diffstat)
_STRAY: Final = re.compile(
    r"^@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@.*\n[ +-]", re.MULTILINE
)


def compute_diffstat(blocks: DiffBlocks) -> tuple[Diffstat, tuple[Defect, ...]]:
    """Return the counted lines of a diff, file by file, and its defects."""
    defects: list[tuple[DefectCode, str]] = []
    troubles = [block.trouble for block in blocks.files]
    size = blocks.end - blocks.start
    if blocks.oversized or size > MAX_DIFF:
        defects.append(("diff-oversized", "the diff is too large to count twice"))
    elif size > MAX_LINE and any(len(line) > MAX_LINE for line in blocks.diff.split("\n")):
        defects.append(("line-too-long", "a line is too long to count it twice"))
    else:
        _check_counts(blocks, troubles)
    files: list[FileChange] = []
    for number, block in enumerate(blocks.files):
        change, troubles[number] = _read_change(block, troubles[number])
        files.append(change)
    found = _find_defects(blocks, files, troubles)
    defects += islice(found, MAX_DEFECTS)
    if beyond := next(found, None):
        code, text = beyond
        more = f"more than {MAX_DEFECTS} files are odd, {text.partition(': ')[0]} and others"
        defects.append((code, more))
    if not blocks.oversized and _has_stray_hunk(blocks, troubles):
        defects.append(("diff-damaged", "a hunk belongs to no file"))
    odd = tuple([Defect(code=code, text=text) for code, text in defects])
    return _make_diffstat(files=tuple(files)), odd


def _has_stray_hunk(blocks: DiffBlocks, troubles: list[str]) -> bool:
    """Whether a hunk is below a sound file but not part of it: its lines are not counted."""
    ends = [*(block.start for block in blocks.files[1:]), len(blocks.text)]
    for block, trouble, end in zip(blocks.files, troubles, ends, strict=True):
        if not trouble and end > block.end and _STRAY.search(blocks.text, block.end, end):
            return True
    return False


def _find_defects(
    blocks: DiffBlocks, files: list[FileChange], troubles: list[str]
) -> Iterator[tuple[DefectCode, str]]:
    for block, change, trouble in zip(blocks.files, files, troubles, strict=True):
        path = change.path[:MAX_PATH]
        if trouble:
            yield "diff-unsupported" if block.unsupported else "diff-damaged", f"{path}: {trouble}"
        if is_suspicious(change.path):
            yield "diff-path-suspicious", f"path {path!r}"


def _check_counts(blocks: DiffBlocks, troubles: list[str]) -> None:
    """Count the sound files with unidiff; note a trouble for each on which it disagrees."""
    places = [
        place for place, block in enumerate(blocks.files) if block.hunks and not block.trouble
    ]
    sound = [blocks.files[place] for place in places]
    counts = _count_with_unidiff(blocks.text, sound)
    if counts != [(block.insertions, block.deletions) for block in sound]:
        for place, block in zip(places, sound, strict=True):
            if _count_with_unidiff(blocks.text, [block]) != [(block.insertions, block.deletions)]:
                troubles[place] = "two ways of counting its lines disagree"


def _count_with_unidiff(text: str, blocks: list[FileBlock]) -> list[tuple[int, int]]:
    # Hunks only, under names of our own: what else is in a header, such as a file name
    # with CR or quotes, has made unidiff raise or see a rename. Counting without
    # keeping the lines (metadata_only) takes a third of the time.
    parts = []
    for block in blocks:
        lines = text[block.header.end : block.end]
        end = "" if lines.endswith("\n") else "\n"
        parts.append(f"--- a\n+++ b\n{lines}{end}" + "\n" * block.lacking)
    try:
        patch = PatchSet("".join(parts), metadata_only=True)
        return [(file.added, file.removed) for file in patch]
    except Exception:  # noqa: BLE001  # it has raised UnboundLocalError and ValueError, too
        return []


def _read_change(block: FileBlock, trouble: str) -> tuple[FileChange, str]:
    """Return a file's change, and its trouble, which may come from its names."""
    header, extended = block.header, block.header.extended
    old, new = read_names(header)
    if not trouble and not names_agree(header, old, new):
        trouble = "its git header names another file than its --- and +++ lines"
    status = read_status(header, old)
    path = old if new == NOWHERE else new
    is_moved = old not in (path, NOWHERE) and status in {"renamed", "copied"}
    similarity = extended.get("similarity index", "").rstrip("%")
    change = _make_change(
        path=path,
        old_path=old if is_moved else None,
        status=status,
        insertions=block.insertions,
        deletions=block.deletions,
        binary=block.binary,
        damaged=bool(trouble),
        old_mode=extended.get("old mode") or extended.get("deleted file mode"),
        new_mode=extended.get("new mode") or extended.get("new file mode"),
        similarity=int(similarity) if similarity.isdecimal() and len(similarity) < 4 else None,
    )
    return change, trouble
