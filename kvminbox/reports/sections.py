"""The shipped sections, each ready to be put into a report.

>>> from kvminbox import Inbox
>>> from kvminbox.reports import build_report, sections
>>> from kvminbox.sample import make_sample
>>> week = Inbox.open(make_sample()).between("week-from", "week-to")
>>> report = build_report("The week", week, [sections.authors(top=5), sections.new_series()])
>>> [section.name for section in report.result.sections]
['authors', 'new_series']
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from kvminbox.lazy import suggest_names
from kvminbox.reports.applied import applied, not_in_tree
from kvminbox.reports.backports import backports, fixes
from kvminbox.reports.boards import board
from kvminbox.reports.discussions import discussions
from kvminbox.reports.lands import landed, without_mail
from kvminbox.reports.new_series import new_series
from kvminbox.reports.overview import overview
from kvminbox.reports.pull_requests import pull_requests
from kvminbox.reports.rankings import (
    authors,
    bots,
    data_quality,
    domains,
    files,
    repliers,
    reviewers,
    subsystems,
    testers,
)
from kvminbox.reports.remarks import open_remarks, unheard_remarks
from kvminbox.reports.section import Section
from kvminbox.reports.update import update
from kvminbox.reports.versions import new_versions
from kvminbox.reports.waits import waiting

__all__ = [
    "SECTIONS",
    "applied",
    "authors",
    "backports",
    "board",
    "bots",
    "data_quality",
    "discussions",
    "domains",
    "files",
    "fixes",
    "landed",
    "new_series",
    "new_versions",
    "not_in_tree",
    "open_remarks",
    "overview",
    "pull_requests",
    "repliers",
    "reviewers",
    "subsystems",
    "testers",
    "unheard_remarks",
    "update",
    "waiting",
    "without_mail",
]

if not TYPE_CHECKING:  # else any name would pass for one of these
    __getattr__ = suggest_names(__name__)

SECTIONS: Final[dict[str, Callable[..., Section[Any]]]] = {
    "overview": overview,
    "domains": domains,
    "authors": authors,
    "reviewers": reviewers,
    "testers": testers,
    "repliers": repliers,
    "new_series": new_series,
    "waiting": waiting,
    "board": board,
    "new_versions": new_versions,
    "applied": applied,
    "landed": landed,
    "not_in_tree": not_in_tree,
    "without_mail": without_mail,
    "backports": backports,
    "fixes": fixes,
    "open_remarks": open_remarks,
    "unheard_remarks": unheard_remarks,
    "discussions": discussions,
    "files": files,
    "subsystems": subsystems,
    "pull_requests": pull_requests,
    "bots": bots,
    "data_quality": data_quality,
    "update": update,
}
"""Every shipped section by its name; called without arguments, each is as it ships.

Their keyword parameters are their options. The command line knows these from the
signature: `top` is `--top`, `who` is `--mailmap`, `employer` is `--employers`,
`classify` is `--maintainers`, `tree` is `--tree`, and `stable` is `--stable`.
"""
