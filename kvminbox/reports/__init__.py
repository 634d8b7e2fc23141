"""Reports: results that can be shown in each format."""

from kvminbox.reports.list_update import ListUpdateReport, list_update
from kvminbox.reports.new_versions import NewVersionsReport, new_versions
from kvminbox.reports.report import Report
from kvminbox.reports.waiting import WaitingReport, waiting

__all__ = [
    "ListUpdateReport",
    "NewVersionsReport",
    "Report",
    "WaitingReport",
    "list_update",
    "new_versions",
    "waiting",
]
