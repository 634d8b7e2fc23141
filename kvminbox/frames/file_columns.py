"""The columns of the table `files`: one row for each file that a patch changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kvminbox.frames.columns import FLAG, INTEGER, TEXT, Column, place_columns
from kvminbox.models import FileChange, Message, Patch


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a patch."""

    patch: Patch
    place: int
    change: FileChange


def list_files(message: Message) -> Iterator[FileRow]:
    """Yield the files that a mail changes, where it is a patch."""
    if isinstance(message, Patch):
        for place, change in enumerate(message.diffstat.files):
            yield FileRow(message, place, change)


FILE_COLUMNS: Final[tuple[Column[FileRow], ...]] = (
    *place_columns(lambda row: row.patch),
    Column("message_id", TEXT, lambda row: row.patch.message_id, "The patch's Message-ID."),
    Column("place", INTEGER, lambda row: row.place, "Its position in the diff, from 0."),
    Column("path", TEXT, lambda row: row.change.path,
           "The path after the change, or before it if the file was deleted. Never open it."),
    Column("old_path", TEXT, lambda row: row.change.old_path,
           "The path before the change, if it differs."),
    Column("status", TEXT, lambda row: row.change.status,
           "`modified`, `added`, `deleted`, `renamed` or `copied`."),
    Column("insertions", INTEGER, lambda row: row.change.insertions, "Added lines."),
    Column("deletions", INTEGER, lambda row: row.change.deletions, "Removed lines."),
    Column("binary", FLAG, lambda row: row.change.binary,
           "Whether it is a binary change, which has no lines."),
    Column("damaged", FLAG, lambda row: row.change.damaged,
           "Whether a hunk does not match its header."),
    Column("old_mode", TEXT, lambda row: row.change.old_mode,
           "The file mode before the change, in octal, if stated."),
    Column("new_mode", TEXT, lambda row: row.change.new_mode,
           "The file mode after the change, in octal, if stated."),
    Column("similarity", INTEGER, lambda row: row.change.similarity,
           "The similarity of a rename or copy in per cent, as stated."),
)  # fmt: skip
"""The columns, one row for each file."""
