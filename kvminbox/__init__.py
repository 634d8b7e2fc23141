"""Typed models and reports from public-inbox mailing-list archives.

>>> from kvminbox import Inbox
>>> from kvminbox.sample import make_sample
>>> inbox = Inbox.open(make_sample())
>>> week = inbox.between("week-from", "week-to")
>>> week.summary().messages
18
"""

from kvminbox.errors import (
    CorruptObjectError,
    IncompleteHistoryError,
    KvminboxError,
    MissingObjectError,
    NotAnInboxError,
    ObjectError,
    OutputError,
    OversizedObjectError,
    RangeError,
    RevisionError,
    UnsupportedRepositoryError,
    UsageError,
)
from kvminbox.inbox import Inbox, Window
from kvminbox.models import (
    DEFECT_CODES,
    PROBLEM_CODES,
    Address,
    AnyMessage,
    Applied,
    Attachment,
    Chain,
    ChangelogEntry,
    Corpus,
    CoverLetter,
    DeclaredDiffstat,
    DeclaredFile,
    Defect,
    Diffstat,
    Entry,
    Epoch,
    FileChange,
    GivenTag,
    Message,
    Patch,
    PatchComparison,
    Prerequisite,
    Problem,
    Progress,
    PullRequest,
    ReplyTrailer,
    Series,
    SeriesComparison,
    SeriesRef,
    SeriesReview,
    Subject,
    SubjectToken,
    Submission,
    SuggestedPatch,
    Summary,
    Thread,
    ThreadNode,
    Trailer,
    VersionLink,
    Wait,
    load_message,
)
from kvminbox.patches import read_message
from kvminbox.review import parse_reply_trailers, review_all, review_series
from kvminbox.safe import safe_text
from kvminbox.series import group_series
from kvminbox.subject import parse_subject
from kvminbox.threads import group_threads
from kvminbox.versions import compare_series, link_series, parse_changelog

__all__ = [
    "DEFECT_CODES",
    "PROBLEM_CODES",
    "Address",
    "AnyMessage",
    "Applied",
    "Attachment",
    "Chain",
    "ChangelogEntry",
    "Corpus",
    "CorruptObjectError",
    "CoverLetter",
    "DeclaredDiffstat",
    "DeclaredFile",
    "Defect",
    "Diffstat",
    "Entry",
    "Epoch",
    "FileChange",
    "GivenTag",
    "Inbox",
    "IncompleteHistoryError",
    "KvminboxError",
    "Message",
    "MissingObjectError",
    "NotAnInboxError",
    "ObjectError",
    "OutputError",
    "OversizedObjectError",
    "Patch",
    "PatchComparison",
    "Prerequisite",
    "Problem",
    "Progress",
    "PullRequest",
    "RangeError",
    "ReplyTrailer",
    "RevisionError",
    "Series",
    "SeriesComparison",
    "SeriesRef",
    "SeriesReview",
    "Subject",
    "SubjectToken",
    "Submission",
    "SuggestedPatch",
    "Summary",
    "Thread",
    "ThreadNode",
    "Trailer",
    "UnsupportedRepositoryError",
    "UsageError",
    "VersionLink",
    "Wait",
    "Window",
    "compare_series",
    "group_series",
    "group_threads",
    "link_series",
    "load_message",
    "parse_changelog",
    "parse_reply_trailers",
    "parse_subject",
    "read_message",
    "review_all",
    "review_series",
    "safe_text",
]


def __dir__() -> list[str]:
    return __all__
