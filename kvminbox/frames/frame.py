"""The tables, apart from their data: their names, columns, and how rows are made."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Generic, TypeVar

from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.frames.columns import Column
from kvminbox.frames.decision_columns import DECISION_COLUMNS, list_decisions
from kvminbox.frames.file_columns import FILE_COLUMNS, list_files
from kvminbox.frames.groups import Groups
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
from kvminbox.models import AnyMessage, Corpus, Progress

R = TypeVar("R")

FORMAT: Final = 1
"""The version of the tables' shape; it changes when a column is removed or changes its meaning.

1: the first.
"""


class Frame(Generic[R]):
    """The definition of a table.

    Attributes:
        name: its name.
        doc: what one row is, in a sentence.
        columns: its columns, in order.
        schema: the Arrow schema, with the version of its shape and each column's meaning.
    """

    def __init__(self, name: str, doc: str, columns: tuple[Column[R], ...]) -> None:
        self.name = name
        self.doc = doc
        self.columns = columns
        self.schema: Any = pa.schema(
            [
                pa.field(column.name, column.type, metadata={"description": column.doc})
                for column in columns
            ],
            metadata={"kvminbox.table": name, "kvminbox.format": str(FORMAT), "description": doc},
        )

    def rows(
        self,
        source: Any,  # noqa: ANN401
        progress: Progress | None = None,
        *,
        jobs: int = 1,
    ) -> Iterator[R]:
        """Yield the rows of a corpus, or of a tree; `jobs` is for those that can share the work."""
        raise NotImplementedError


class MailFrame(Frame[R]):
    """A table whose rows are made from one mail at a time."""

    def __init__(
        self,
        name: str,
        doc: str,
        columns: tuple[Column[R], ...],
        list_rows: Callable[[AnyMessage], Iterable[R]],
    ) -> None:
        super().__init__(name, doc, columns)
        self.list_rows = list_rows

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[R]:
        """Yield the rows of a corpus; only one mail is held at a time."""
        del jobs  # `map_rows` does it in processes
        for message in corpus.messages(progress=progress):
            yield from self.list_rows(message)


class GroupFrame(Frame[R]):
    """A table whose rows are known once all mails have been read."""

    def __init__(
        self,
        name: str,
        doc: str,
        columns: tuple[Column[R], ...],
        list_rows: Callable[[Groups], Iterable[R]],
    ) -> None:
        super().__init__(name, doc, columns)
        self.list_rows = list_rows

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[R]:
        """Yield the rows of a corpus; all its mails are held, without their texts."""
        del jobs  # `rows_of_slim` takes what processes have read
        yield from self.list_rows(Groups(corpus.messages(progress=progress)))

    def rows_of_slim(self, messages: Iterable[AnyMessage]) -> Iterator[R]:
        """Yield the rows of mails that were made slim elsewhere."""
        groups = Groups()
        for message in messages:
            groups.add_slim(message)
        yield from self.list_rows(groups)


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
DECISIONS: Final = GroupFrame(
    "decisions",
    "One row for each mail that says that patches of a series were applied, or refuses or "
    "withdraws them.",
    DECISION_COLUMNS,
    list_decisions,
)
THREADS: Final = GroupFrame(
    "threads", "One row for each mail of a thread, ghosts included.", THREAD_COLUMNS, list_places
)

MAIL_FRAMES: Final[tuple[MailFrame[Any], ...]] = (MESSAGES, PATCHES, FILES)
GROUP_FRAMES: Final[tuple[GroupFrame[Any], ...]] = (
    THREADS, SERIES, MEMBERS, TRAILERS, DECISIONS,
)  # fmt: skip
FRAMES: Final[tuple[Frame[Any], ...]] = (*MAIL_FRAMES, *GROUP_FRAMES)
"""The tables that `write_parquet` and a dataset have."""
