"""Typed models and reports from public-inbox mailing-list archives.

>>> from kvminbox import Inbox
>>> from kvminbox.sample import make_sample
>>> inbox = Inbox.open(make_sample())
>>> week = inbox.between("week-from", "week-to")
>>> week.summary().messages
18
"""

from typing import TYPE_CHECKING

from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.errors import KvminboxError
    from kvminbox.inbox import Inbox, Window, read_mbox
    from kvminbox.index import Index, Merged, Search, TreeIndex
    from kvminbox.models import (
        Address,
        AnyMessage,
        Chain,
        Corpus,
        CoverLetter,
        Defect,
        Diffstat,
        Entry,
        Hit,
        Message,
        Patch,
        Problem,
        Progress,
        PullRequest,
        Series,
        SeriesReview,
        Subject,
        Submission,
        SuggestedPatch,
        Summary,
        Thread,
        Trailer,
        load_message,
    )
    from kvminbox.patches import read_message
    from kvminbox.review import parse_reply_trailers, review_all, review_series
    from kvminbox.safe import safe_text
    from kvminbox.series import group_series
    from kvminbox.subject import parse_subject
    from kvminbox.threads import group_threads
    from kvminbox.version import __version__
    from kvminbox.versions import compare_series, link_series, parse_changelog
else:
    __getattr__ = import_later(
        __name__,
        {
            "kvminbox.errors": "KvminboxError",
            "kvminbox.inbox": "Inbox Window read_mbox",
            "kvminbox.index": "Index Merged Search TreeIndex",
            "kvminbox.models": (
                "Address AnyMessage Chain Corpus CoverLetter Defect Diffstat Entry Hit "
                "Message Patch Problem Progress PullRequest Series SeriesReview Subject "
                "Submission SuggestedPatch Summary Thread Trailer load_message"
            ),
            "kvminbox.patches": "read_message",
            "kvminbox.review": "parse_reply_trailers review_all review_series",
            "kvminbox.safe": "safe_text",
            "kvminbox.series": "group_series",
            "kvminbox.subject": "parse_subject",
            "kvminbox.threads": "group_threads",
            "kvminbox.version": "__version__",
            "kvminbox.versions": "compare_series link_series parse_changelog",
        },
    )

__all__ = [
    "Address",
    "AnyMessage",
    "Chain",
    "Corpus",
    "CoverLetter",
    "Defect",
    "Diffstat",
    "Entry",
    "Hit",
    "Inbox",
    "Index",
    "KvminboxError",
    "Merged",
    "Message",
    "Patch",
    "Problem",
    "Progress",
    "PullRequest",
    "Search",
    "Series",
    "SeriesReview",
    "Subject",
    "Submission",
    "SuggestedPatch",
    "Summary",
    "Thread",
    "Trailer",
    "TreeIndex",
    "Window",
    "__version__",
    "compare_series",
    "group_series",
    "group_threads",
    "link_series",
    "load_message",
    "parse_changelog",
    "parse_reply_trailers",
    "parse_subject",
    "read_mbox",
    "read_message",
    "review_all",
    "review_series",
    "safe_text",
]


def __dir__() -> list[str]:
    return __all__
