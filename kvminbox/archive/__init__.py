"""The git side of an archive; the only room that knows pygit2."""

from typing import TYPE_CHECKING

from kvminbox.archive.changes import ChangeList
from kvminbox.archive.layout import find_epochs, find_git_dir
from kvminbox.archive.objects import Commit, read_time
from kvminbox.archive.refusals import check_limit, explain_refusal
from kvminbox.archive.revisions import resolve_revision
from kvminbox.archive.source import RawChange, Source
from kvminbox.archive.walk import walk_commits
from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.archive.repository import Repository
    from kvminbox.archive.tree_writer import Stamp, TreeWriter
    from kvminbox.archive.writer import MailWriter
else:
    __getattr__ = import_later(
        __name__,
        {
            "kvminbox.archive.repository": "Repository",
            "kvminbox.archive.tree_writer": "Stamp TreeWriter",
            "kvminbox.archive.writer": "MailWriter",
        },
    )

__all__ = [
    "ChangeList",
    "Commit",
    "MailWriter",
    "RawChange",
    "Repository",
    "Source",
    "Stamp",
    "TreeWriter",
    "check_limit",
    "explain_refusal",
    "find_epochs",
    "find_git_dir",
    "read_time",
    "resolve_revision",
    "walk_commits",
]


def __dir__() -> list[str]:
    return __all__
