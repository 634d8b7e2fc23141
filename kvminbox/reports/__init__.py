"""Reports: results that can be shown in each format.

`build_report` puts one together from sections; `kvminbox.reports.sections` has
the shipped ones.
"""

from typing import TYPE_CHECKING

from kvminbox.lazy import suggest_names
from kvminbox.reports import sections
from kvminbox.reports.build import BuiltReport, BuiltResult, SectionResult, build_report
from kvminbox.reports.layout import lay_out, make_links, make_table
from kvminbox.reports.prepared import prepare_reports
from kvminbox.reports.report import Report, ReportFormat
from kvminbox.reports.reviews import review
from kvminbox.reports.section import AnySection, Page, Section, make_layout, read_layout
from kvminbox.reports.sections import SECTIONS
from kvminbox.reports.whole import (
    BoardReport,
    SectionReport,
    board,
    landed,
    list_update,
    new_versions,
    waiting,
)

__all__ = [
    "SECTIONS",
    "AnySection",
    "BoardReport",
    "BuiltReport",
    "BuiltResult",
    "Page",
    "Report",
    "ReportFormat",
    "Section",
    "SectionReport",
    "SectionResult",
    "board",
    "build_report",
    "landed",
    "lay_out",
    "list_update",
    "make_layout",
    "make_links",
    "make_table",
    "new_versions",
    "prepare_reports",
    "read_layout",
    "review",
    "sections",
    "waiting",
]

if not TYPE_CHECKING:  # else any name would pass for one of these
    __getattr__ = suggest_names(__name__)
