"""Comparisons of two revisions as cards."""

from typing import TYPE_CHECKING, Final

from kvminbox.models.cards.html import (
    card,
    chip,
    details,
    diff,
    facts,
    heading,
    inline,
    more,
    table,
)
from kvminbox.models.cards.words import write_day, write_size

if TYPE_CHECKING:
    from kvminbox.models.message import Patch
    from kvminbox.models.series import SeriesRef
    from kvminbox.models.versions import PatchComparison, SeriesComparison

INNER_LINES: Final = 30
"""Lines of a diff between two patches that are shown."""

SHOWN_DIFFS: Final = 20
"""Patches of a series whose diffs are shown."""

_TINTS: Final = {
    "unchanged": "", "message_only": "odd", "code_changed": "odd", "added": "good",
    "dropped": "bad",
}  # fmt: skip


def show_comparison(comparison: "SeriesComparison") -> str:
    """Show each patch with its verdict, and behind a click what changed in it."""
    old, new = comparison.old, comparison.new
    rows = [_row(patch) for patch in comparison.patches]
    changed = [patch for patch in comparison.patches if patch.inner_diff]
    inner = "".join(_details(patch) for patch in changed[:SHOWN_DIFFS])
    left = len(changed) - SHOWN_DIFFS
    return card(
        heading(f"v{old.revision} → v{new.revision}: {new.title}"),
        facts([("old", _name(old)), ("new", _name(new))]),
        table(("n.", "patch", "verdict"), rows, "patch"),
        inner,
        more(left, "changed patch"),
    )


def show_patch_comparison(comparison: "PatchComparison") -> str:
    """Show what became of one patch."""
    patch = comparison.new or comparison.old
    matched = (comparison.matched_by or "").replace("_", " ")
    return card(
        heading(patch.title if patch else "", [_verdict(comparison)]),
        facts([("matched by", inline(matched) if matched else "")]),
        diff(comparison.inner_diff, INNER_LINES),
    )


def _name(ref: "SeriesRef") -> str:
    return inline(f"v{ref.revision} {ref.title}, {write_day(ref.date)}")


def _verdict(comparison: "PatchComparison") -> str:
    return chip(comparison.verdict.replace("_", " "), _TINTS[comparison.verdict])


def _row(comparison: "PatchComparison") -> list[str]:
    old, new = comparison.old, comparison.new
    patch = new or old
    size = write_size(patch.diffstat) if patch else ""
    nowrap = f'<span style="white-space:nowrap">{size}</span>'
    verdict = f"{_verdict(comparison)} {nowrap}"
    return [_numbers(old, new), inline(patch.title if patch else ""), verdict]


def _numbers(old: "Patch | None", new: "Patch | None") -> str:
    before = str(old.subject.counter) if old else "–"
    after = str(new.subject.counter) if new else "–"
    return after if before == after else f"{before} → {after}"


def _details(comparison: "PatchComparison") -> str:
    patch = comparison.new or comparison.old
    title = f"what changed in {patch.title[:100] if patch else 'it'}"
    return details(title, diff(comparison.inner_diff, INNER_LINES))
