"""What a diff changes, by count, and what its mail claims that it changes."""

from typing import Final, Literal

from kvminbox.models.base import Model, make_default

FileStatus = Literal["modified", "added", "deleted", "renamed", "copied"]
"""What a diff does to a file, by its own headers."""


class FileChange(Model):
    """One file of a diff, counted from its hunks.

    Paths are text from a stranger: never open one as a file.
    """

    path: str
    """The path after the change (before it, for a deleted file), unquoted, without `a/` or `b/`."""

    old_path: str | None = None
    """The path before the change, if it differs (a rename or copy)."""

    status: FileStatus = "modified"
    """What happens to the file."""

    insertions: int = 0
    """Added lines."""

    deletions: int = 0
    """Removed lines."""

    binary: bool = False
    """Whether it is a binary change, which has no lines to count."""

    damaged: bool = False
    """Whether a hunk differs from what its header promises; the counts are of what was found."""

    old_mode: str | None = None
    """The git file mode before, in octal digits, if the diff states it."""

    new_mode: str | None = None
    """The git file mode after, in octal digits, if the diff states it."""

    similarity: int | None = None
    """Similarity in per cent, as stated for a rename or copy."""


class Diffstat(Model):
    """The files of a diff with their counted lines, in the diff's order."""

    files: tuple[FileChange, ...] = ()
    """The files; one that the diff has twice is here twice."""

    @property
    def insertions(self) -> int:
        """Lines added in all files."""
        return sum(change.insertions for change in self.files)

    @property
    def deletions(self) -> int:
        """Lines removed in all files."""
        return sum(change.deletions for change in self.files)

    @property
    def damaged(self) -> bool:
        """Whether the counts of any file are unreliable."""
        return any(change.damaged for change in self.files)


NO_FILES: Final = make_default(Diffstat)
"""What a mail without a diff changes."""


class DeclaredFile(Model):
    """One row of a diffstat as written in a mail: ` drivers/a.c | 12 ++--`."""

    path: str
    """The path as shown; git shortens long ones to `.../tail`."""

    changes: int | None = None
    """Added and removed lines together; None for a binary file."""


class DeclaredDiffstat(Model):
    """The diffstat that the sender's git wrote into the mail: a claim, not a count."""

    files: tuple[DeclaredFile, ...] = ()
    """The rows, in order."""

    files_changed: int | None = None
    """The number of files in the summary line; None if there is no such line."""

    insertions: int | None = None
    """The summary line's insertions, 0 if it names none; None without a summary line."""

    deletions: int | None = None
    """The summary line's deletions, 0 if it names none; None without a summary line."""
