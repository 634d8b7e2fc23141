"""The git side of an archive; the only room that knows pygit2."""

from kvminbox.archive.changes import ChangeList, RawChange, list_changes
from kvminbox.archive.layout import find_epochs
from kvminbox.archive.repository import Repository
from kvminbox.archive.revisions import resolve_revision
from kvminbox.archive.writer import MailWriter

__all__ = [
    "ChangeList",
    "MailWriter",
    "RawChange",
    "Repository",
    "find_epochs",
    "list_changes",
    "resolve_revision",
]
