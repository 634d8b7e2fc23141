"""The tables of groups, written into an index as the rows of views of these names."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final

from kvminbox.errors import NotAnInboxError, UsageError
from kvminbox.frames.batches import replace_surrogates
from kvminbox.frames.frame import DECISIONS, MEMBERS, SERIES, THREADS, TRAILERS, GroupFrame
from kvminbox.frames.groups import Groups
from kvminbox.frames.pieces import slim_all
from kvminbox.inbox import Window
from kvminbox.inbox.keeping import mark_mails
from kvminbox.index import Index
from kvminbox.models import Progress
from kvminbox.words import shorten
from kvminbox.workers import check_jobs

VIEWS: Final[dict[str, GroupFrame[Any]]] = {
    "series": SERIES, "members": MEMBERS, "tags": TRAILERS, "decisions": DECISIONS,
    "threads": THREADS,
}  # fmt: skip
"""The views whose rows are made of all mails of an inbox, and the tables that have these rows.
`tags` is the table `trailers`: the view of that name has what each mail says by itself."""


def write_groups(index: Index, *, jobs: int = 1, progress: Progress | None = None) -> None:
    """Write series, members, threads, tags and decisions of each inbox into an index, for SQL.

    The views of these names have rows from then on, and until the next update that brings
    something: they are never old, but have no rows then. Mails that can't be read are left out as
    `index.on_problem` says.

    Args:
        index: the index.
        jobs: processes that read the mails.
        progress: called with how many commits of an inbox are done, of how many.

    Raises:
        kvminbox.errors.UsageError: it is no index.
        kvminbox.errors.IndexLockedError: another process updates the index meanwhile.
        kvminbox.errors.IndexFileError: it can't be written.
        kvminbox.errors.ObjectError: a mail can't be read, and the policy is "raise".
    """
    check_jobs(jobs)
    given: object = index
    if not isinstance(given, Index):
        what, cure = (
            f"expected an index, not this {type(given).__name__}",
            "open it with Index.open",
        )
        raise UsageError(what, shorten(repr(given)), cure)
    for name in index.inboxes:
        try:
            window = index.inbox(name).between(None, on_problem=index.on_problem)
        except NotAnInboxError:  # its archive was emptied
            continue
        groups = _group(window, jobs, progress)
        rows = {view: list(_list_rows(frame, groups)) for view, frame in VIEWS.items()}
        index._write_groups(name, mark_mails(window), rows)  # noqa: SLF001  # from here only


def _group(window: Window, jobs: int, progress: Progress | None) -> Groups:
    if jobs == 1:
        return Groups(window.messages(progress=progress))
    groups = Groups()
    read = window.map_batches(slim_all, jobs=jobs, progress=progress)
    for message in chain.from_iterable(read):
        groups.add_slim(message)
    return groups


def _list_rows(frame: GroupFrame[Any], groups: Groups) -> Iterator[list[object]]:
    rows: Iterable[Any] = frame.list_rows(groups)
    for row in rows:
        yield [_make_plain(column.read(row)) for column in frame.columns]


def _make_plain(value: object) -> object:
    """Return a value as the views write it: dates in UTC, lists as JSON arrays."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, str | list | tuple):
        return replace_surrogates(value)
    return value
