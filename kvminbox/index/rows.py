"""The rows of an index's tables, each column by its name; schema.py tells what it holds."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from kvminbox.index.facts import Facts


class Place(NamedTuple):
    """Where an entry is: the row of its epoch, and its place in it."""

    epoch: int
    seq: int


class EntryRow(NamedTuple):
    """A row of `entry`."""

    epoch: int
    seq: int
    oid: bytes
    parents: bytes | None
    seconds: int | None
    change: int
    further: int
    blob: bytes | None
    code: str | None
    trouble: str | None
    block: int | None
    start: int | None
    size: int | None
    message: int | None
    list: int | None
    gone: int
    seal: int

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.epoch, self.seq)


class SpanRow(NamedTuple):
    """A row of `span`."""

    epoch: int
    number: int
    entries: int
    earliest: int | None
    latest: int | None
    seal: int


class MessageRow(NamedTuple):
    """A row of `message`."""

    id: int
    content: bytes
    epoch: int
    seq: int
    shown: int
    received: int
    sent: int
    size: int
    kind: str
    revision: int | None
    counter: int | None
    total: int | None
    patch_id: bytes | None
    change_id: str | None
    seal: int


class FactRow(NamedTuple):
    """A row of `fact`."""

    epoch: int
    seq: int
    value: str
    people: str
    ids: str
    seal: int


class PersonRow(NamedTuple):
    """A row of `person`."""

    id: int
    name: str
    email: str
    written: str
    seal: int


class KeptRow(NamedTuple):
    """A row of `kept`."""

    key: bytes
    result: str
    rules: int
    size: int
    data: bytes
    seal: int


class GroupingRow(NamedTuple):
    """A row of `grouping`."""

    inbox: int
    tips: str
    rows: int
    seal: int


class GroupedRow(NamedTuple):
    """A row of `grouped`."""

    inbox: int
    view: str
    place: int
    value: str
    seal: int


class Words(NamedTuple):
    """The columns of the full text, each with its words as they are in the mail."""

    s: str
    f: str
    t: str
    c: str
    m: str
    n: str
    nq: str
    q: str
    dfn: str
    dfa: str
    dfb: str
    dfhh: str
    dfctx: str
    dfpre: str
    dfpost: str
    author: str
    tag: str


class Extract(NamedTuple):
    """The rows of one mail, in plain values that can go from process to process.

    The fields are columns of `message`, `list` and `identifier`, and the full text's.
    """

    content: bytes
    received: int
    sent: int
    kind: str
    revision: int | None
    counter: int | None
    total: int | None
    patch_id: bytes | None
    change_id: str | None
    list_id: str | None
    ids: tuple[str, ...]
    references: tuple[str, ...]
    words: Words
    facts: Facts


ENTRY: Final = ", ".join(f"entry.{name}" for name in EntryRow._fields)
"""What to select for an `EntryRow`."""

SPAN: Final = ", ".join(f"span.{name}" for name in SpanRow._fields)
"""What to select for a `SpanRow`."""

MESSAGE: Final = ", ".join(f"message.{name}" for name in MessageRow._fields)
"""What to select for a `MessageRow`."""


FACT: Final = ", ".join(f"fact.{name}" for name in FactRow._fields)
"""What to select for a `FactRow`."""


PERSON: Final = ", ".join(f"person.{name}" for name in PersonRow._fields)
"""What to select for a `PersonRow`."""


KEPT: Final = ", ".join(f"kept.{name}" for name in KeptRow._fields)
"""What to select for a `KeptRow`."""


GROUPING: Final = ", ".join(f"grouping.{name}" for name in GroupingRow._fields)
"""What to select for a `GroupingRow`."""


GROUPED: Final = ", ".join(f"grouped.{name}" for name in GroupedRow._fields)
"""What to select for a `GroupedRow`."""


def insert_into(table: str, columns: Iterable[str]) -> str:
    """Return the statement that inserts a row into a table of the schema."""
    names = tuple(columns)
    return f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def update_entry(before: EntryRow, after: EntryRow) -> tuple[str, dict[str, Any]]:
    """Return the statement that writes what has changed of an entry, and its values by name."""
    pairs = zip(EntryRow._fields, before, after, strict=True)
    changed = [f"{name} = :{name}" for name, old, new in pairs if old != new] or ["gone = :gone"]
    sql = f"UPDATE entry SET {', '.join(changed)} WHERE epoch = :epoch AND seq = :seq"
    return sql, after._asdict()
