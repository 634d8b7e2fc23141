"""A column of a table: its name, its Arrow type, how it is read, and what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, Protocol, TypeVar

from kvminbox.frames.arrow import pyarrow as pa
from kvminbox.models import Address, Entry, Message

R = TypeVar("R")

TEXT: Final = pa.string()
TEXTS: Final = pa.list_(pa.string())
INTEGER: Final = pa.int64()
INTEGERS: Final = pa.list_(pa.int64())
NUMBER: Final = pa.float64()
FLAG: Final = pa.bool_()
MOMENT: Final = pa.timestamp("us", tz="UTC")
OFFSET: Final = pa.int16()

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column, and how to read its value from the object behind a row."""

    name: str
    type: Any
    read: Callable[[R], object]
    doc: str


def offset_minutes(date: datetime | None) -> int | None:
    """Return the offset of a date's own zone from UTC, in minutes."""
    offset = date.utcoffset() if date else None
    return None if offset is None else offset // _MINUTE


def mail_key(message: Message) -> str:
    """Return a text that is unique among mails: epoch, commit and blob, else the Message-ID."""
    entry = message.entry
    if entry is None:
        return f"<{message.message_id}>"
    return f"{entry.epoch}:{entry.commit}:{entry.blob}"


class Placed(Protocol):
    """What has a place in an archive: a mail, for one."""

    @property
    def entry(self) -> Entry | None:
        """Where it is."""


def place_columns(find: Callable[[R], Placed | None]) -> tuple[Column[R], ...]:
    """Return the columns that say which mail a row belongs to; all null if there is none.

    Args:
        find: returns the mail of a row.
    """

    def entry(row: R) -> Entry | None:
        message = find(row)
        return message.entry if message else None

    return (
        Column("epoch", INTEGER, lambda row: _get(entry(row), "epoch"), "The mail's epoch."),
        Column("commit", TEXT, lambda row: _get(entry(row), "commit"),
               "The archive commit that added the mail, in hex."),
        Column("blob", TEXT, lambda row: _get(entry(row), "blob"),
               "The mail's object id, in hex; epoch, commit and blob together are its key."),
    )  # fmt: skip


def date_columns(find: Callable[[R], datetime | None], of: str) -> tuple[Column[R], ...]:
    """Return columns for a date and for its sender's zone, which Arrow can't keep in one.

    Args:
        find: returns the date of a row.
        of: whose date it is, in words.
    """
    return (
        Column("date", MOMENT, find, f"When {of} was sent, as its sender claims, in UTC."),
        Column("date_offset", OFFSET, lambda row: offset_minutes(find(row)),
               "The sender's own zone: minutes to add to `date` for local time."),
    )  # fmt: skip


def person_columns(
    prefix: str, find: Callable[[R], Address | None], who: str
) -> tuple[Column[R], ...]:
    """Return columns for the name, address and domain of a person.

    Args:
        prefix: what the columns' names begin with.
        find: returns the person of a row.
        who: who it is, in words.
    """
    return (
        Column(f"{prefix}_name", TEXT, lambda row: _get(find(row), "name"),
               f"The name of {who}, as written; may be empty."),
        Column(f"{prefix}_email", TEXT, lambda row: _get(find(row), "email"),
               f"The address of {who}, with its letter case kept; empty if none was found."),
        Column(f"{prefix}_domain", TEXT, lambda row: _get(find(row), "domain"),
               "The domain of that address, in lower case; empty if there is none."),
    )  # fmt: skip


def _get(value: object, name: str) -> object:
    return None if value is None else getattr(value, name)
