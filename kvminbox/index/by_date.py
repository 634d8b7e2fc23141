"""Which mails of an index have a Date in a span of time, and how many arrived long after theirs.

The Date of a mail is in its row: so no mail is read, and no entry of another time.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from kvminbox.index.database import Database
from kvminbox.index.spans import find_runs

_MARGIN: Final = 1
"""Seconds by which more is chosen, since the column has whole ones."""

_FAR: Final = 1 << 62
_LAST: Final = "SELECT max(seq) FROM entry WHERE epoch = ?"

_ARRIVED: Final = (
    "SELECT count(*) FROM entry JOIN message ON message.id = entry.message"
    " WHERE entry.epoch = ?1 AND entry.seq BETWEEN ?2 AND ?3"
    " AND entry.seconds >= ?4 AND entry.seconds < ?5 AND NOT entry.gone"
    " AND message.sent < entry.seconds - iif(message.sent < ?4, ?8, ?6)"
    # a mail of several lists is where its first copy is, and in no window of a later one
    " AND NOT EXISTS (SELECT 1 FROM entry AS other WHERE other.message = entry.message"
    " AND other.epoch IN (SELECT value FROM json_each(?7)) AND NOT other.gone"
    " AND (other.seconds, other.epoch, other.seq) < (entry.seconds, entry.epoch, entry.seq))"
)
_LATER: Final = (
    "SELECT count(*) FROM message WHERE sent >= ?1 AND sent < ?2"
    " AND (SELECT min(seconds) FROM entry WHERE entry.message = message.id AND NOT gone"
    " AND epoch IN (SELECT value FROM json_each(?3))) >= max(?2, sent + ?4 + 1)"
)


def is_known(begin: float, end: float | None) -> bool:
    """Whether the column tells of a span; a mail of the first second of 1970 is among others."""
    return not (begin - _MARGIN <= 0 and (end is None or end + _MARGIN >= 0))


def list_sent(database: Database, begin: float, end: float | None) -> Iterator[int]:
    """Yield the rows of at least the mails with a Date in a span of time."""
    last = _FAR if end is None else int(end) + _MARGIN
    sql = "SELECT id FROM message WHERE sent BETWEEN ? AND ? AND shown > 0"
    yield from (row[0] for row in database.query(sql, (int(begin) - _MARGIN, last)))


def list_sent_blobs(
    database: Database, epoch: int, begin: float, end: float | None
) -> Iterator[bytes]:
    """Yield the ids of at least the mails of an epoch with a Date in a span, or an unknown one."""
    last = _FAR if end is None else int(end) + _MARGIN
    sql = (
        "SELECT blob FROM message JOIN entry ON entry.message = message.id"
        " WHERE sent BETWEEN ? AND ? AND entry.epoch = ? AND blob IS NOT NULL"
    )
    yield from (row[0] for row in database.query(sql, (int(begin) - _MARGIN, last, epoch)))
    # what could not be read is an error of whoever reads it, whenever it was sent
    sql = (
        "SELECT blob FROM entry"
        " WHERE epoch = ? AND block IS NULL AND change IN (0, 4) AND blob IS NOT NULL"
    )
    yield from (row[0] for row in database.query(sql, (epoch,)))


def count_late(
    database: Database, epochs: Sequence[int], span: tuple[int, int | None], late: int, edge: int
) -> tuple[int, int]:
    """Return how many mails of a span of time are late, and how many sent in it arrived after it.

    Args:
        database: the index.
        epochs: the rows of the epochs that are looked at.
        span: seconds since 1970: where it begins, included, and ends, excluded; None for no end.
        late: by how many seconds a mail of the span must have arrived after its Date.
        edge: the same of one that was sent before the span, or arrived after it.
    """
    begin, end = span
    several = f"[{','.join(map(str, epochs))}]"
    stop = _FAR if end is None else end
    found = 0
    with database.snapshot():
        for epoch in epochs:
            last = database.value(_LAST, (epoch,))
            runs = [] if last is None else find_runs(database, epoch, (0, last), begin, end)
            for first, final in runs:
                values = (epoch, first, final, begin, stop, late, several, edge)
                found += database.value(_ARRIVED, values)
        later = 0 if end is None else database.value(_LATER, (begin, end, several, edge))
    return found, later
