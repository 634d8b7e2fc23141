"""From the blocks of a diff to counted file changes, with unidiff as the second counter.

Two counters that share no code must agree on each file: the one in
`kvminbox.diffs.blocks`, which finds where hunks end, and unidiff. Where they
don't, or where a hunk is damaged, the file is marked and the mail gets a defect:
no count is wrong in silence.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from unidiff.patch import PatchSet

from kvminbox.diffs.blocks import DiffBlocks, FileBlock
from kvminbox.diffs.paths import (
    MAX_PATH,
    is_suspicious,
    read_name,
    split_git_names,
    strip_prefixes,
    unquote_path,
)
from kvminbox.models import Defect, Diffstat, FileChange, FileStatus

MAX_DIFF: Final = 1 << 23
"""Characters of a diff that are counted twice; a longer one is counted once."""

MAX_LINE: Final = 1 << 16
"""Characters of a line that another library's patterns get to see."""

MAX_DEFECTS: Final = 1_000
"""Odd files of one diff that are listed as defects; each says itself that it is damaged."""

_NOWHERE: Final = "/dev/null"


def compute_diffstat(blocks: DiffBlocks) -> tuple[Diffstat, tuple[Defect, ...]]:
    """Count the lines that a diff adds and removes, file by file."""
    defects: list[Defect] = []
    if blocks.oversized or blocks.end - blocks.start > MAX_DIFF:
        defects.append(Defect(code="diff-oversized", text="the diff is too large to count twice"))
    elif _has_long_line(blocks):
        defects.append(Defect(code="line-too-long", text="a line is too long to count it twice"))
    else:
        _check_counts(blocks)
    files = tuple(_read_change(block) for block in blocks.files)
    found = _find_defects(blocks, files)
    defects += islice(found, MAX_DEFECTS)
    if beyond := next(found, None):
        more = f"more than {MAX_DEFECTS} files are odd, {beyond.text.partition(': ')[0]} and others"
        defects.append(Defect(code=beyond.code, text=more))
    if not blocks.oversized and _has_stray_hunk(blocks):
        defects.append(Defect(code="diff-damaged", text="a hunk belongs to no file"))
    return Diffstat(files=files), tuple(defects)


_STRAY: Final = re.compile(
    r"^@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@.*\n[ +-]", re.MULTILINE
)


def _has_stray_hunk(blocks: DiffBlocks) -> bool:
    """Whether a hunk stands below a sound file, parted from it: its lines are counted nowhere."""
    files = blocks.files
    starts = (*(file.start for file in files[1:]), len(blocks.text))
    gaps = (
        (file.end, start) for file, start in zip(files, starts, strict=True) if not file.trouble
    )
    return any(start > end and _STRAY.search(blocks.text, end, start) for end, start in gaps)


def _find_defects(blocks: DiffBlocks, files: tuple[FileChange, ...]) -> Iterator[Defect]:
    for block, change in zip(blocks.files, files, strict=True):
        path = change.path[:MAX_PATH]
        if block.trouble:
            code = "diff-unsupported" if block.unsupported else "diff-damaged"
            yield Defect(code=code, text=f"{path}: {block.trouble}")
        if is_suspicious(change.path):
            yield Defect(code="diff-path-suspicious", text=f"path {path!r}")


def _has_long_line(blocks: DiffBlocks) -> bool:
    if blocks.end - blocks.start <= MAX_LINE:
        return False
    return any(len(line) > MAX_LINE for line in blocks.diff.split("\n"))


def _check_counts(blocks: DiffBlocks) -> None:
    """Let unidiff count the sound files; mark each on which it disagrees."""
    sound = [block for block in blocks.files if block.hunks and not block.trouble]
    counts = _count_with_unidiff(blocks.text, sound)
    if counts != [(block.insertions, block.deletions) for block in sound]:
        for block in sound:
            if _count_with_unidiff(blocks.text, [block]) != [(block.insertions, block.deletions)]:
                block.trouble = "two ways of counting its lines disagree"


def _count_with_unidiff(text: str, blocks: list[FileBlock]) -> list[tuple[int, int]]:
    # Hunks only, under names of ours: what else stands in a header, a file name
    # with CR or quotes, has made unidiff raise or see a rename. Counting without
    # keeping the lines (metadata_only) takes a third of the time.
    parts = [f"--- a\n+++ b\n{text[block.hunks_start : block.end]}" for block in blocks]
    joined = "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)
    try:
        patch = PatchSet(joined, metadata_only=True)
        return [(file.added, file.removed) for file in patch]
    except Exception:  # noqa: BLE001  # it has raised UnboundLocalError and ValueError, too
        return []


def _read_change(block: FileBlock) -> FileChange:
    fields = _read_extended(block.extended)
    old, new = _read_names(block, fields)
    if not block.trouble and not _names_agree(block, old, new):
        block.trouble = "its git header names another file than its --- and +++ lines"
    status = _read_status(block, fields, old)
    path = old if new == _NOWHERE else new
    is_moved = old not in (path, _NOWHERE) and status in {"renamed", "copied"}
    similarity = fields.get("similarity index", "").rstrip("%")
    return FileChange(
        path=path,
        old_path=old if is_moved else None,
        status=status,
        insertions=block.insertions,
        deletions=block.deletions,
        binary=block.binary,
        damaged=bool(block.trouble),
        old_mode=fields.get("old mode") or fields.get("deleted file mode"),
        new_mode=fields.get("new mode") or fields.get("new file mode"),
        similarity=int(similarity) if similarity.isdecimal() and len(similarity) < 4 else None,
    )


_EXTENDED: Final = re.compile(
    r"^(old mode|new mode|deleted file mode|new file mode|similarity index"
    r"|rename from|rename to|copy from|copy to|rename old|rename new) (.*)$",
    re.MULTILINE,
)


def _read_extended(extended: str) -> dict[str, str]:
    # most files have an index line only, which says nothing here
    if extended.startswith("index ") and extended.count("\n") == 1:
        return {}
    return dict(_EXTENDED.findall(extended))


def _read_names(block: FileBlock, fields: dict[str, str]) -> tuple[str, str]:
    for verb in ("rename", "copy"):
        old, new = fields.get(f"{verb} from"), fields.get(f"{verb} to")
        if old is not None and new is not None:
            return unquote_path(old.rstrip("\r")), unquote_path(new.rstrip("\r"))
    if block.old is None or block.new is None:
        return split_git_names(block.names.rstrip("\r")) or (block.names, block.names)
    old, new = read_name(block.old), read_name(block.new)
    if old == _NOWHERE and (path := _strip_settled(block.names, new)):
        return old, path
    if new == _NOWHERE and (path := _strip_settled(block.names, old)):
        return path, new
    return strip_prefixes(old, new)


def _strip_settled(names: str, name: str) -> str | None:
    """Take the prefix from the name of an added or deleted file, where git's own line tells it.

    `+++ new/x.c` may have one or not; `diff --git old/x.c new/x.c` says that it has.
    """
    pair = split_git_names(names.rstrip("\r"))
    is_settled = pair and pair[0] == pair[1] and f"/{name}".endswith(f"/{pair[0]}")
    return pair[0] if pair and is_settled else None


def _names_agree(block: FileBlock, old: str, new: str) -> bool:
    """Whether all lines of a header name the files that were read from it."""
    if not block.names or block.old is None or block.new is None:
        return True
    if block.names == f"{block.old} {block.new}":
        return True  # nearly always
    named = split_git_names(block.names.rstrip("\r")) or (old, new)
    written = read_name(block.old), read_name(block.new)
    sides = ((old, named[0]), (new, named[1]), (old, written[0]), (new, written[1]))
    return all(
        path == name or f"/{name}".endswith(f"/{path}")
        for path, name in sides
        if _NOWHERE not in (path, name)
    )


def _read_status(block: FileBlock, fields: dict[str, str], old: str) -> FileStatus:
    if "rename from" in fields or "rename old" in fields:
        return "renamed"
    if "copy from" in fields:
        return "copied"
    if "new file mode" in fields or old == _NOWHERE:
        return "added"
    deleted = "deleted file mode" in fields or (block.new or "").startswith(_NOWHERE)
    return "deleted" if deleted else "modified"
