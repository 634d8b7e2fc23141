"""Pages of an answer: a cursor names a place, and the question to which it belongs."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Final, TypeVar

from kvminbox.errors import UsageError
from kvminbox.mcp.answers import Text
from kvminbox.models import Model

T = TypeVar("T")

MAX_TEXT: Final = 8_000
"""Characters of a piece of text."""

MAX_PLACE: Final = 1 << 40
"""The greatest place that a cursor may name."""


def check_limit(limit: int, most: int) -> int:
    """Return how many are asked for.

    Raises:
        UsageError: it is less than one, or more than a page holds.
    """
    if not 1 <= limit <= most:
        raise UsageError("not a page size", f"limit={limit}", f"give 1 to {most}")
    return limit


def read_cursor(question: Model) -> int:
    """Return the place at which a page begins; 0 where the question has no cursor.

    Raises:
        UsageError: the cursor is of another question, or of none.
    """
    cursor: str | None = getattr(question, "cursor", None)
    if cursor is None:
        return 0
    try:
        found = json.loads(urlsafe_b64decode(cursor.encode()))
    except ValueError:
        found = None
    match found:
        case [key, int(place)] if key == _find_key(question) and 0 < place < MAX_PLACE:
            return place
    cure = "give the next_cursor from an answer to the same question, or none"
    raise UsageError("not a cursor for this question", f"cursor={cursor[:80]}", cure)


def write_cursor(question: Model, place: int, total: int) -> str | None:
    """Return the cursor of a place; None if nothing is there."""
    if place >= total:
        return None
    found = json.dumps([_find_key(question), place], separators=(",", ":"))
    return urlsafe_b64encode(found.encode()).decode()


def cut_page(question: Model, found: Sequence[T], limit: int) -> tuple[Sequence[T], str | None]:
    """Return the page that is asked for, and the cursor of the next one."""
    place = read_cursor(question)
    end = place + limit
    return found[place:end], write_cursor(question, end, len(found))


def cut_text(question: Model, text: str) -> Text:
    """Return the piece of a text that is asked for; it ends at a line's end where it can."""
    start = read_cursor(question)
    end = start + MAX_TEXT
    if end < len(text):
        end = text.rfind("\n", start + MAX_TEXT // 2, end) + 1 or end
    return Text(
        text=text[start:end], start=start, total=len(text),
        next_cursor=write_cursor(question, end, len(text)),
    )  # fmt: skip


def _find_key(question: Model) -> str:
    """Return a few letters that are the same for equal questions, whatever their cursor."""
    asked = question.model_dump_json(exclude={"cursor"})
    return sha256(f"{type(question).__name__} {asked}".encode()).hexdigest()[:16]
