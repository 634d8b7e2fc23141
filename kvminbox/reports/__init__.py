"""Reports: results that can be shown in each format."""

from kvminbox.reports.list_update import ListUpdateReport, list_update
from kvminbox.reports.report import Report

__all__ = ["ListUpdateReport", "Report", "list_update"]
