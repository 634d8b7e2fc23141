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
from functools import partial
from typing import Final

from kvminbox.analysis import (
    Classify,
    Who,
    compute_applied,
    compute_authors,
    compute_bots,
    compute_data_quality,
    compute_discussions,
    compute_domains,
    compute_files,
    compute_list_update,
    compute_new_series,
    compute_new_versions,
    compute_overview,
    compute_pull_requests,
    compute_repliers,
    compute_reviewers,
    compute_subsystems,
    compute_testers,
    compute_waiting,
)
from kvminbox.analysis.ranking import TOP
from kvminbox.reports.list_update import lay_out_update
from kvminbox.reports.new_versions import lay_out_versions
from kvminbox.reports.section import Section
from kvminbox.reports.waiting import lay_out_waiting


def overview() -> Section:
    """Give the section that counts mails by their kinds, senders and threads."""
    return Section("overview", compute_overview)


def domains(*, who: Who | None = None, top: int = TOP) -> Section:
    """Give the ranking of authors' domains, or of what `who` says for an address: employers."""
    return Section("domains", partial(compute_domains, who=who, top=top))


def authors(*, who: Who | None = None, top: int = TOP) -> Section:
    """Give the ranking of authors of patches and cover letters, with their lines."""
    return Section("authors", partial(compute_authors, who=who, top=top))


def reviewers(*, who: Who | None = None, top: int = TOP) -> Section:
    """Give the ranking of those who gave Reviewed-by or Acked-by in replies."""
    return Section("reviewers", partial(compute_reviewers, who=who, top=top))


def testers(*, who: Who | None = None, top: int = TOP) -> Section:
    """Give the ranking of those who gave Tested-by in replies."""
    return Section("testers", partial(compute_testers, who=who, top=top))


def repliers(*, who: Who | None = None, top: int = TOP) -> Section:
    """Give the ranking of those who answered."""
    return Section("repliers", partial(compute_repliers, who=who, top=top))


def new_series(*, first_only: bool = False) -> Section:
    """Give the list of series that came, with their size."""
    return Section("new_series", partial(compute_new_series, first_only=first_only))


def waiting() -> Section:
    """Give the list of series that nobody else has answered or tagged."""
    return Section("waiting", compute_waiting, lay_out_waiting)


def new_versions() -> Section:
    """Give what is new in each series whose older version is in the window, too."""
    return Section("new_versions", compute_new_versions, lay_out_versions)


def applied() -> Section:
    """Give the list of what mails say was merged or applied."""
    return Section("applied", compute_applied)


def discussions(*, top: int = TOP) -> Section:
    """Give the threads with the most replies."""
    return Section("discussions", partial(compute_discussions, top=top))


def files(*, top: int = TOP) -> Section:
    """Give the ranking of files by the patches that touch them."""
    return Section("files", partial(compute_files, top=top))


def subsystems(*, classify: Classify | None = None, top: int = TOP) -> Section:
    """Give the ranking of what `classify` says that a patch is part of; else of directories."""
    return Section("subsystems", partial(compute_subsystems, classify=classify, top=top))


def pull_requests() -> Section:
    """Give the list of pull requests."""
    return Section("pull_requests", compute_pull_requests)


def bots(*, top: int = TOP) -> Section:
    """Give the ranking of programs that write to the list."""
    return Section("bots", partial(compute_bots, top=top))


def data_quality() -> Section:
    """Give what is odd in the data that the other numbers are made of."""
    return Section("data_quality", compute_data_quality)


def update(*, top: int = TOP, name: str | None = None) -> Section:
    """Give the content of `list_update` as a section."""
    return Section("update", partial(compute_list_update, top=top, name=name), lay_out_update)


SECTIONS: Final[dict[str, Callable[[], Section]]] = {
    "overview": overview,
    "domains": domains,
    "authors": authors,
    "reviewers": reviewers,
    "testers": testers,
    "repliers": repliers,
    "new_series": new_series,
    "waiting": waiting,
    "new_versions": new_versions,
    "applied": applied,
    "discussions": discussions,
    "files": files,
    "subsystems": subsystems,
    "pull_requests": pull_requests,
    "bots": bots,
    "data_quality": data_quality,
    "update": update,
}
"""Every shipped section by its name, as it is without arguments."""
