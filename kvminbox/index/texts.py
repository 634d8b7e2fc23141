"""Message-IDs by their numbers, and rows asked for in portions."""

from collections.abc import Iterable, Iterator
from typing import Final

from kvminbox.errors import IndexDamagedError
from kvminbox.index.database import Database

AT_ONCE: Final = 500
"""Values that are bound in one statement."""


def portion(values: Iterable[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield numbers of rows in portions, each with its question marks for a statement.

    Raises:
        IndexDamagedError: one is no number.
    """
    try:
        rest = sorted(values)
    except TypeError:  # a damaged column may be of any type
        cure = "rebuild the index"
        raise IndexDamagedError("the number of a row is damaged", cure=cure) from None
    for start in range(0, len(rest), AT_ONCE):
        part = rest[start : start + AT_ONCE]
        yield ", ".join("?" * len(part)), part


def read_texts(database: Database, identifiers: Iterable[int]) -> dict[int, str]:
    """Return Message-IDs by their numbers.

    Raises:
        IndexDamagedError: one is not there, or SQLite's two trees do not agree on it.
    """
    found: dict[int, str] = {}
    for marks, part in portion(set(identifiers)):
        sql = f"SELECT id, text FROM identifier NOT INDEXED WHERE id IN ({marks})"
        texts: dict[int, str] = dict(database.query(sql, part))
        marks = ", ".join("?" * len(texts))
        sql = f"SELECT id, text FROM identifier WHERE text IN ({marks})"
        witness: dict[int, str] = dict(database.query(sql, list(texts.values())))
        is_text = all(isinstance(text, str) for text in texts.values())
        if len(texts) != len(part) or texts != witness or not is_text:
            raise database.damaged("a Message-ID is damaged")
        found |= texts
    return found
