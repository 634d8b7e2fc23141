"""From text to a counted diff; the only room that knows unidiff."""

from kvminbox.diffs.declared import (
    compare_diffstats,
    find_declared_diffstat,
    find_diffstat_end,
)
from kvminbox.diffs.diffstat import compute_diffstat
from kvminbox.diffs.find import DiffBlocks, find_diff
from kvminbox.diffs.headers import read_name

__all__ = [
    "DiffBlocks",
    "compare_diffstats",
    "compute_diffstat",
    "find_declared_diffstat",
    "find_diff",
    "find_diffstat_end",
    "read_name",
]
