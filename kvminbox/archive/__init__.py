"""The git side of an archive; the only room that knows pygit2."""

from kvminbox.archive.changes import ChangeList
from kvminbox.archive.layout import find_epochs, find_git_dir
from kvminbox.archive.objects import Commit, read_time
from kvminbox.archive.refusals import check_limit, explain_refusal
from kvminbox.archive.repository import Repository
from kvminbox.archive.revisions import resolve_revision
from kvminbox.archive.source import RawChange, Source
from kvminbox.archive.tree_writer import Stamp, TreeWriter
from kvminbox.archive.walk import walk_commits
from kvminbox.archive.writer import MailWriter

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
