"""Which mails of an index a question is about, told without a look at each of them.

By such a mark what was found in a window is found again. It names the newest commits that the index
has, and the first and the last mail of the window: the window of the last two weeks has the same
mail as an hour before where none has come and none is too old by now.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final

from kvminbox.inbox.keeping import MailMark
from kvminbox.index.by_date import list_sent_blobs
from kvminbox.index.database import Database
from kvminbox.index.rows import ENTRY, SPAN, EntryRow, SpanRow
from kvminbox.index.seal import check_entry, check_span
from kvminbox.index.spans import SIZE

_FAR: Final = 1 << 62
_EPOCHS: Final = (
    "SELECT epoch.id FROM epoch NOT INDEXED JOIN inbox NOT INDEXED ON inbox.id = inbox"
    " ORDER BY name, number"
)
_EPOCH: Final = (
    "SELECT name, number, tip, merged FROM inbox NOT INDEXED, epoch NOT INDEXED"
    " WHERE epoch.id = ? AND inbox.id = inbox"
)
_NAMES: Final = "SELECT name, target FROM name WHERE epoch = ? ORDER BY name"
# what could not be read may be here after the next update, with no new commit
_UNREAD: Final = (
    "SELECT seq FROM entry WHERE epoch = ? AND block IS NULL AND change IN (0, 4) ORDER BY seq"
)


def list_epochs(database: Database) -> list[int]:
    """Return the rows of all epochs, inbox by inbox, the oldest first."""
    return [epoch for (epoch,) in database.query(_EPOCHS)]


def mark_arrived(
    database: Database,
    epochs: Sequence[int],
    span: tuple[int, int],
    list_blobs: Callable[[], tuple[str, ...]],
) -> MailMark:
    """Return the mark of the mails of some epochs that arrived in a span of time.

    Args:
        database: the index.
        epochs: the rows of the epochs.
        span: seconds since 1970: the begin, included, and the end, excluded.
        list_blobs: returns the mails.

    Raises:
        IndexDamagedError: what is looked at is damaged.
    """
    with database.snapshot():
        begin, end = span
        times = [time for epoch in epochs for time in _find_times(database, epoch, begin, end)]
        edges = min(times, default=None), max(times, default=None)
        # an entry without a time counts as one of 1970
        told = f"{edges} {begin <= 0 < end}\n{_tell_state(database, epochs)}"
    return MailMark(told, list_blobs)


def mark_sent(
    database: Database, epochs: Sequence[int], begin: float, end: float | None
) -> MailMark:
    """Return the mark of the mails of some epochs that were sent in a span of time, by Date.

    Args:
        database: the index.
        epochs: the rows of the epochs.
        begin: seconds since 1970, included.
        end: likewise, excluded; None for no end.
    """
    edges: object = begin, end
    with database.snapshot():
        # the column has whole seconds, and those before 1970 are cut off at their other end
        if begin > 0 and begin.is_integer() and (end is None or end.is_integer()):
            sql = "SELECT min(sent), max(sent) FROM message WHERE sent >= ? AND sent < ?"
            edges = database.row(sql, (int(begin), _FAR if end is None else int(end)))
        told = f"sent {edges}\n{_tell_state(database, epochs)}"

    def list_blobs() -> tuple[str, ...]:
        found = (blob for epoch in epochs for blob in list_sent_blobs(database, epoch, begin, end))
        return tuple(blob.hex() for blob in found)

    return MailMark(told, list_blobs)


def _tell_state(database: Database, epochs: Sequence[int]) -> str:
    """Return a digest of what the index has of some epochs: of their commits, not of each."""
    told = [
        list(database.query(sql, (epoch,))) for epoch in epochs for sql in (_EPOCH, _NAMES, _UNREAD)
    ]
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _find_times(database: Database, epoch: int, begin: int, end: int) -> Iterator[int]:
    """Yield times at which entries of an epoch arrived, the first and the last of a span included.

    Where all of a piece of the epoch are in the span, these are its first and its last.
    """
    sql = f"SELECT {SPAN} FROM span WHERE epoch = ? ORDER BY number"
    for row in list(database.query(sql, (epoch,))):
        piece = check_span(database, SpanRow(*row))
        first, last = piece.earliest, piece.latest
        if first is None or last is None or last < begin or first >= end:
            continue
        if begin <= first and last < end:
            yield from (first, last)
            continue
        low = piece.number * SIZE
        sql = f"SELECT {ENTRY} FROM entry WHERE epoch = ? AND seq BETWEEN ? AND ?"
        for found in database.query(sql, (epoch, low, low + SIZE - 1)):
            seconds = check_entry(database, EntryRow(*found)).seconds
            if seconds is not None and begin <= seconds < end:
                yield seconds
