"""Exceptions: for mistakes of the caller, and for missing or damaged files.

No mail raises one: whatever is odd in it becomes a `kvminbox.Defect`. Each
exception says in one line what is wrong, where, and what to do about it.
"""

from typing import ClassVar, Literal, TypeAlias

from kvminbox.safe import safe_text

__all__ = [
    "CorruptObjectError",
    "DatasetError",
    "IncompleteHistoryError",
    "IndexDamagedError",
    "IndexFileError",
    "IndexLockedError",
    "IndexOutdatedError",
    "KvminboxError",
    "MailFileError",
    "MissingExtraError",
    "MissingObjectError",
    "NotATreeError",
    "NotAnInboxError",
    "NotAnIndexError",
    "ObjectError",
    "OutputError",
    "OversizedObjectError",
    "QueryError",
    "RangeError",
    "RevisionError",
    "RewrittenHistoryError",
    "SystemLimitError",
    "UnknownNameError",
    "UnsupportedRepositoryError",
    "UsageError",
    "WorkerError",
]


class KvminboxError(Exception):
    """The base of all exceptions of this library; `str` of it is one safe line.

    Attributes:
        what: what is wrong, in words.
        where: the path, revision or object it is about; may be empty.
        cure: what the caller can do about it; may be empty.
    """

    def __init__(self, what: str, where: str = "", cure: str = "") -> None:
        self.what: str = safe_text(what)
        self.where: str = safe_text(where)
        self.cure: str = safe_text(cure)
        super().__init__(what, where, cure)

    @property
    def located(self) -> str:
        """What is wrong and where, without what to do."""
        return f"{self.where}: {self.what}" if self.where else self.what

    def __str__(self) -> str:
        return f"{self.located}; {self.cure}" if self.cure else self.located

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class NotAnInboxError(KvminboxError):
    """The path holds no public-inbox archive, or none that can be opened."""


class NotATreeError(KvminboxError):
    """The path holds no git repository of a source tree, or none that can be opened."""


class MailFileError(KvminboxError):
    """A file can't be read as an mbox, or a directory as a maildir."""


class UnsupportedRepositoryError(NotAnInboxError):
    """It is a git repository of a kind that libgit2 can't read (SHA-256, partial clone…)."""


class SystemLimitError(KvminboxError):
    """The system can't open more files for this process or machine; the archive is intact."""


class RevisionError(KvminboxError):
    """A revision is unknown, ambiguous, or not a commit; for a tool, no mail has the id."""


class RangeError(KvminboxError):
    """Two known revisions are not a range: the base is not an ancestor, or nothing is between.

    The same goes for two dates, if the later one comes first.
    """


class IncompleteHistoryError(KvminboxError):
    """The range crosses history that is not here: a shallow boundary or an absent epoch.

    The library never silently returns less than was asked for.
    """


ProblemCode: TypeAlias = Literal[
    "object-missing",
    "object-corrupt",
    "object-oversized",
    "object-unreadable",
    "entry-not-a-blob",
]
"""The code of a problem: a stable name. A new one needs its meaning in
`kvminbox.models.PROBLEM_CODES`."""


class ObjectError(KvminboxError):
    """An object that the history names can't be read.

    Attributes:
        code: the stable code of the problem, a `kvminbox.models.ProblemCode`.
    """

    code: ClassVar[ProblemCode] = "object-unreadable"


class MissingObjectError(ObjectError):
    """An object is not in the repository, as happens in a partial clone."""

    code: ClassVar[ProblemCode] = "object-missing"


class CorruptObjectError(ObjectError):
    """An object is there, but its bytes are damaged."""

    code: ClassVar[ProblemCode] = "object-corrupt"


class OversizedObjectError(ObjectError):
    """A mail, a tree or a commit is larger than what is read into memory."""

    code: ClassVar[ProblemCode] = "object-oversized"


class OutputError(KvminboxError):
    """The output can't be written to the given place."""


class UsageError(KvminboxError):
    """An argument can't be understood."""


class UnknownNameError(UsageError, KeyError):
    """Nothing has the given name; the message lists the existing names, the nearest first."""


class MissingExtraError(KvminboxError, ImportError):
    """A part of this library needs an extra that is not installed."""

    @classmethod
    def of(cls, extra: str, need: str) -> "MissingExtraError":
        """Return the error for an extra, whose room has its name: `tables need pyarrow`."""
        cure = f'install it with `pip install "kvminbox[{extra}]"`'
        return cls(f"{need}, which is not installed", where=f"kvminbox.{extra}", cure=cure)


class IndexFileError(KvminboxError):
    """An index file can't be opened, read or written."""


class NotAnIndexError(IndexFileError):
    """The file is not an index of this library."""


class IndexDamagedError(IndexFileError):
    """The index file's content is damaged; it is a cache, and can be rebuilt."""


class IndexOutdatedError(IndexFileError):
    """The index file was made by another version of this library, and must be rebuilt."""


class IndexLockedError(IndexFileError):
    """Another process is writing to the index file."""


class RewrittenHistoryError(KvminboxError):
    """An archive has lost mails that an index has; the caller must confirm that this is right."""


class WorkerError(KvminboxError):
    """A process that reads mails for this one has died, or can't be started."""


class DatasetError(KvminboxError):
    """A dataset is not complete, or was made by a version with other tables or readers."""


class QueryError(KvminboxError):
    """A query can't be understood, or uses something that is not supported.

    `where` names the column of the error, counted from 1.
    """
