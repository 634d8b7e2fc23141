"""The card of a table: what people read first, then figures, then words, and ids last."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from kvminbox.cards.data import data_grid, find_alike, tell_alike
from kvminbox.cards.html import chip, dim, facts, heading, inline, wide_card
from kvminbox.dates import write_minute
from kvminbox.errors import KvminboxError
from kvminbox.frames.frame import Frame
from kvminbox.safe import safe_html
from kvminbox.words import list_some

_OBJECT_ID: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{28,52}\b")

_FIRST: Final = (
    "title", "subject", "summary", "name", "date", "committed", "first_sent", "arrived", "text",
    "series_title", "path", "author_name", "sender_name", "sender", "person_name", "program",
    "kind", "state", "count",
)  # fmt: skip
"""Columns that a card shows first, in this order; the very first stays in sight."""

_IDS: Final = frozenset({
    "epoch", "commit", "blob", "series", "chain", "previous", "next", "thread", "patch_id", "key",
    "base_commit", "change_id", "in_reply_to", "reference_ids", "list_id", "place", "parent",
    "date_offset", "messages",
})  # fmt: skip
"""Columns that a card shows last, beside those whose names end in `_id`, `_commit` and `_key`."""

_DULL: Final = ("_email", "_emails", "_domain", "_source", "_stated", "confidence")
"""How the names of columns end that are less asked for than others."""


class _Kind(NamedTuple):
    """What a card knows of a column."""

    place: tuple[int, int]
    """Where it is shown: what people read, figures, yes or no, words, less asked for ones, ids."""

    is_numeric: bool
    is_id: bool


def show_rows(frame: Frame[Any], rows: Sequence[Any], shown: str, source: str) -> str:
    """Return a card with rows of a table.

    A value that is the same in all of them stands above the rows: where all is the same, there is
    nothing to compare.

    Args:
        frame: the table.
        rows: its first rows.
        shown: how many they are, in words.
        source: where they come from, in words.
    """
    values = {one.name: [one.read(row) for row in rows] for one in frame.columns}
    first = [name for name in _FIRST if name in values]
    if "author_name" in first and "sender_name" in first:
        first.remove("sender_name")  # mostly the same
    kinds = {name: _find_kind(name, found, first) for name, found in values.items()}
    texts = {name: [_write(one, name) for one in found] for name, found in values.items()}
    for name, found in values.items():
        flags = values.get(f"{name.removesuffix('_seconds')}_open", []) if found else []
        if name.endswith("_seconds"):  # a lower bound, which looks like any other number
            for place, (is_open, wait) in enumerate(zip(flags, found, strict=False)):
                texts[name][place] = _write_wait(wait) if is_open else texts[name][place]
    names = sorted(kinds, key=lambda name: kinds[name].place)
    cells = list(zip(*(texts[name] for name in names), strict=True))
    kept = [place for place, name in enumerate(names) if not place or name in first]
    alike = find_alike(cells, kept)
    empty, same = tell_alike(names, cells[0], alike) if cells else ("", "")
    left = [place for place in range(len(names)) if place not in alike]
    drawn = [kinds[names[place]] for place in left]
    count = f"{len(names)}; the table scrolls to the right, ids are last"
    return wide_card(
        heading(frame.name, [chip("table"), chip(shown)]),
        facts([
            ("", dim(inline(frame.doc))),
            ("of", inline(source)),
            ("columns", inline(count)),
            ("empty in these rows", empty),
            ("the same in these rows", same),
        ]),
        data_grid(
            [names[place] for place in left],
            [[row[place] for place in left] for row in cells],
            {place for place, kind in enumerate(drawn) if kind.is_numeric},
            {place for place, kind in enumerate(drawn) if kind.is_id},
        ) if cells else inline("no rows"),
    )  # fmt: skip


def show_error(frame: Frame[Any], source: str, error: KvminboxError) -> str:
    """Return a card of a table that can't be read, with what is wrong and what to do."""
    return wide_card(
        heading(frame.name, [chip("table")]),
        facts([
            ("", dim(inline(frame.doc))),
            ("of", inline(source)),
            ("can't be read", safe_html(str(error))),
        ]),
    )  # fmt: skip


def _find_kind(name: str, values: Sequence[object], first: Sequence[str]) -> _Kind:
    known = [value for value in values if value is not None]
    is_flag = bool(known) and all(isinstance(value, bool) for value in known)
    is_numeric = not is_flag and any(isinstance(value, int | float) for value in known)
    is_id = name in _IDS or name.endswith(("_id", "_commit", "_key"))
    if name in first:
        return _Kind((0, first.index(name)), is_numeric, is_id=False)
    if is_id:
        return _Kind((5, 0), is_numeric, is_id=True)
    group = 4 if name.endswith(_DULL) else 1 if is_numeric else 2 if is_flag else 3
    return _Kind((group, 0), is_numeric, is_id=False)


def _write_wait(seconds: object) -> str:
    """Return a wait that has not ended as a cell shows it.

    >>> _write_wait(1062720.0), _write_wait(None)
    ('1,062,720, open (12.3 days)', '')
    """
    if not isinstance(seconds, int | float):
        return ""  # its beginning or end is not known
    return f"{seconds:,.0f}, open ({seconds / 86_400:,.1f} days)"


def _write(value: object, column: str) -> str:
    """Return a value of a row as a cell shows it, in one line."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return write_minute(value)
    if isinstance(value, list | tuple):
        return list_some(value, 3)
    if isinstance(value, float):
        return f"{value:,.2f}".removesuffix(".00")
    text = str(value) if column == "patch_id" else _OBJECT_ID.sub(r"\1…", str(value))
    return " ".join(text.splitlines())
