"""Which Message-ID somebody may have meant who gave a part of one, or a few letters wrong."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from kvminbox.index.database import Database

_WRONG: Final = 4
"""One more than the letters that may be missing or wrong."""

_LEAST: Final = 4
"""Letters at the beginning that must be right."""

_MOST: Final = 2_000
"""Ids with the same beginning that are compared."""

_BRACKETS: Final = " \t[](){}<>\"'`,;."

_BEGINS: Final = (
    "SELECT text FROM identifier WHERE text >= ? AND text < ? AND EXISTS"
    " (SELECT 1 FROM message_identifier JOIN message ON message.id = message"
    " WHERE identifier = identifier.id AND shown > 0) ORDER BY text LIMIT ?"
)


def find_nearest_id(database: Database, given: str) -> str | None:
    """Return the id of a mail that is nearest to a text which is none; None if none is near.

    Some three letters may be missing or wrong, and none of the first four. Ids are looked for
    by their beginning, the longer one first, so that those of a large index need not be read.
    """
    text = given.strip(_BRACKETS)
    if len(text) <= _LEAST + _WRONG:
        return None
    likeness = 1 - _WRONG / len(text)
    for length in dict.fromkeys((len(text), len(text) // 2, len(text) // 4, _LEAST)):
        if length >= _LEAST:
            near = get_close_matches(text, _list_ids(database, text[:length]), 1, likeness)
            if near:
                return near[0]
    return None


def _list_ids(database: Database, beginning: str) -> Iterator[str]:
    values = (beginning, f"{beginning}\U0010ffff", _MOST)
    yield from (row[0] for row in database.query(_BEGINS, values))
