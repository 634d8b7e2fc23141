"""How a query is refused: in one line, with the place and the cure."""

from typing import Final

from kvminbox.errors import QueryError

_SHOWN: Final = 60
"""Characters of the query that an error repeats."""


def shorten(text: str) -> str:
    """Give a piece of a query as an error repeats it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def query_error(place: int, what: str, cure: str) -> QueryError:
    """Make the error for what is at this place of a query, counted from 0."""
    return QueryError(what, where=f"query, column {place + 1}", cure=cure)
