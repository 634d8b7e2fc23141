"""From a corpus to a frozen result; one measure per file."""

from typing import TYPE_CHECKING

from kvminbox.analysis.activity import Activity, PeriodCount, count_activity
from kvminbox.analysis.applied import AppliedReport, AppliedWork, compute_applied
from kvminbox.analysis.backports import (
    BackportedPatch,
    BackportReport,
    FixedBug,
    FixReport,
    compute_backports,
    compute_fixes,
)
from kvminbox.analysis.board import Board, BoardSeries, compute_board
from kvminbox.analysis.board_state import BOARD_STATES, BoardState
from kvminbox.analysis.choose import Choose
from kvminbox.analysis.data_quality import FINDINGS, compute_data_quality
from kvminbox.analysis.discussions import Discussion, Discussions, compute_discussions
from kvminbox.analysis.files import (
    Classify,
    by_directory,
    compute_files,
    compute_subsystems,
)
from kvminbox.analysis.landed import (
    LandedReport,
    LandedSeries,
    UnlandedSeries,
    UnmailedCommit,
    UnmailedReport,
    compute_landed,
    compute_unmailed,
)
from kvminbox.analysis.list_update import (
    Count,
    ListedSubmission,
    ListUpdate,
    compute_list_update,
)
from kvminbox.analysis.new_series import NewSeries, SeriesSize, compute_new_series
from kvminbox.analysis.new_versions import (
    NamedVersion,
    NewVersion,
    NewVersions,
    PatchChange,
    compute_new_versions,
)
from kvminbox.analysis.overview import Overview, compute_overview
from kvminbox.analysis.people import (
    Who,
    compute_authors,
    compute_bots,
    compute_domains,
    compute_repliers,
    compute_reviewers,
    compute_testers,
)
from kvminbox.analysis.pull_requests import Pull, PullRequests, compute_pull_requests
from kvminbox.analysis.ranking import RankedRow, Ranking, rank
from kvminbox.analysis.remarks import (
    RemarkList,
    RemarkRow,
    ReviewedMail,
    SeriesRemarks,
    compute_open_remarks,
    compute_series_remarks,
    compute_unheard_remarks,
)
from kvminbox.analysis.result import (
    Figure,
    MessageRef,
    Result,
    Tabular,
    compare_periods,
    make_ref,
    make_refs,
)
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.analysis.standing import Standing
from kvminbox.analysis.waiting import Waiting, WaitingSeries, compute_waiting
from kvminbox.analysis.window_dates import ListEnd, WindowDates
from kvminbox.lazy import suggest_names

__all__ = [
    "BOARD_STATES",
    "FINDINGS",
    "Activity",
    "AppliedReport",
    "AppliedWork",
    "BackportReport",
    "BackportedPatch",
    "Board",
    "BoardSeries",
    "BoardState",
    "Choose",
    "Classify",
    "Count",
    "Discussion",
    "Discussions",
    "Figure",
    "FixReport",
    "FixedBug",
    "LandedReport",
    "LandedSeries",
    "ListEnd",
    "ListUpdate",
    "ListedSubmission",
    "MessageRef",
    "NamedVersion",
    "NewSeries",
    "NewVersion",
    "NewVersions",
    "Overview",
    "PatchChange",
    "PeriodCount",
    "Pull",
    "PullRequests",
    "RankedRow",
    "Ranking",
    "RemarkList",
    "RemarkRow",
    "Result",
    "ReviewedMail",
    "SeriesRemarks",
    "SeriesSize",
    "Snapshot",
    "Standing",
    "Tabular",
    "UnlandedSeries",
    "UnmailedCommit",
    "UnmailedReport",
    "Waiting",
    "WaitingSeries",
    "Who",
    "WindowDates",
    "by_directory",
    "compare_periods",
    "compute_applied",
    "compute_authors",
    "compute_backports",
    "compute_board",
    "compute_bots",
    "compute_data_quality",
    "compute_discussions",
    "compute_domains",
    "compute_files",
    "compute_fixes",
    "compute_landed",
    "compute_list_update",
    "compute_new_series",
    "compute_new_versions",
    "compute_open_remarks",
    "compute_overview",
    "compute_pull_requests",
    "compute_repliers",
    "compute_reviewers",
    "compute_series_remarks",
    "compute_subsystems",
    "compute_testers",
    "compute_unheard_remarks",
    "compute_unmailed",
    "compute_waiting",
    "count_activity",
    "make_ref",
    "make_refs",
    "rank",
]

if not TYPE_CHECKING:  # else any name would pass for one of these
    __getattr__ = suggest_names(__name__)
