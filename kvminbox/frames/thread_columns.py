"""The columns of the table `threads`: one row for each place of a thread, ghosts included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kvminbox.frames.columns import FLAG, INTEGER, TEXT, Column, mail_key, place_columns
from kvminbox.frames.groups import Groups
from kvminbox.models import ThreadNode


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a thread."""

    thread: str
    place: int
    node: ThreadNode


def list_places(groups: Groups) -> Iterator[PlaceRow]:
    """Yield the places of each thread, in reading order."""
    for thread in groups.threads():
        key = mail_key(thread.messages[0])
        for place, node in enumerate(thread.nodes):
            yield PlaceRow(key, place, node)


THREAD_COLUMNS: Final[tuple[Column[PlaceRow], ...]] = (
    Column("thread", TEXT, lambda row: row.thread,
           "The key of the thread: that of its first mail in reading order."),
    Column("place", INTEGER, lambda row: row.place,
           "The position in reading order, from 0: each mail before its replies."),
    Column("parent", INTEGER, lambda row: row.node.parent,
           "The position of the mail that it replies to; null for a root."),
    Column("depth", INTEGER, lambda row: row.node.depth, "How deep it is in the thread, from 0."),
    Column("ghost", FLAG, lambda row: row.node.message is None,
           "Whether it is a missing mail that others refer to."),
    Column("message_id", TEXT, lambda row: row.node.message_id,
           "The Message-ID by which it is known."),
    *place_columns(lambda row: row.node.message),
)  # fmt: skip
"""The columns of `threads`."""
