"""From a corpus to a frozen result; one measure a file."""

from kvminbox.analysis.list_update import (
    Count,
    ListedSubmission,
    ListUpdate,
    compute_list_update,
)

__all__ = ["Count", "ListUpdate", "ListedSubmission", "compute_list_update"]
