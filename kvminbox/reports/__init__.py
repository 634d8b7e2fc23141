"""Reports: results that can be shown in each format.

`build_report` puts one together from sections; `kvminbox.reports.sections` has
the shipped ones.
"""

from kvminbox.reports import sections
from kvminbox.reports.build import BuiltReport, BuiltResult, SectionResult, build_report
from kvminbox.reports.layout import lay_out, make_links, make_table
from kvminbox.reports.list_update import ListUpdateReport, list_update
from kvminbox.reports.new_versions import NewVersionsReport, new_versions
from kvminbox.reports.report import Report
from kvminbox.reports.section import Section, make_layout, read_layout
from kvminbox.reports.sections import SECTIONS
from kvminbox.reports.waiting import WaitingReport, waiting

__all__ = [
    "SECTIONS",
    "BuiltReport",
    "BuiltResult",
    "ListUpdateReport",
    "NewVersionsReport",
    "Report",
    "Section",
    "SectionResult",
    "WaitingReport",
    "build_report",
    "lay_out",
    "list_update",
    "make_layout",
    "make_links",
    "make_table",
    "new_versions",
    "read_layout",
    "sections",
    "waiting",
]
