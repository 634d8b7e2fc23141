"""From a corpus to a frozen result; one measure a file."""

from kvminbox.analysis.list_update import (
    Count,
    ListedSubmission,
    ListUpdate,
    compute_list_update,
)
from kvminbox.analysis.new_versions import (
    NewVersion,
    NewVersions,
    PatchChange,
    compute_new_versions,
)
from kvminbox.analysis.waiting import Waiting, WaitingSeries, compute_waiting

__all__ = [
    "Count",
    "ListUpdate",
    "ListedSubmission",
    "NewVersion",
    "NewVersions",
    "PatchChange",
    "Waiting",
    "WaitingSeries",
    "compute_list_update",
    "compute_new_versions",
    "compute_waiting",
]
