"""The seven tables."""

from typing import Any, Final

from kvminbox.frames.file_columns import FILE_COLUMNS, list_files
from kvminbox.frames.frame import Frame, GroupFrame, MailFrame
from kvminbox.frames.message_columns import MESSAGE_COLUMNS, list_message
from kvminbox.frames.patch_columns import PATCH_COLUMNS, list_patch
from kvminbox.frames.series_columns import (
    MEMBER_COLUMNS,
    SERIES_COLUMNS,
    list_members,
    list_series,
)
from kvminbox.frames.thread_columns import THREAD_COLUMNS, list_places
from kvminbox.frames.trailer_columns import TRAILER_COLUMNS, list_trailers

MESSAGES: Final = MailFrame("messages", "One row for each mail.", MESSAGE_COLUMNS, list_message)
PATCHES: Final = MailFrame("patches", "One row for each patch.", PATCH_COLUMNS, list_patch)
FILES: Final = MailFrame(
    "files", "One row for each file that a patch changes.", FILE_COLUMNS, list_files
)
SERIES: Final = GroupFrame(
    "series", "One row for each series, with its review.", SERIES_COLUMNS, list_series
)
MEMBERS: Final = GroupFrame(
    "members", "One row for each mail of a series.", MEMBER_COLUMNS, list_members
)
TRAILERS: Final = GroupFrame(
    "trailers",
    "One row for each trailer of a submission, and for each tag that a reply gave to a series.",
    TRAILER_COLUMNS,
    list_trailers,
)
THREADS: Final = GroupFrame(
    "threads", "One row for each place of a thread, ghosts included.", THREAD_COLUMNS, list_places
)

MAIL_FRAMES: Final[tuple[MailFrame[Any], ...]] = (MESSAGES, PATCHES, FILES)
GROUP_FRAMES: Final[tuple[GroupFrame[Any], ...]] = (THREADS, SERIES, MEMBERS, TRAILERS)
FRAMES: Final[tuple[Frame[Any], ...]] = (*MAIL_FRAMES, *GROUP_FRAMES)
"""All tables."""
