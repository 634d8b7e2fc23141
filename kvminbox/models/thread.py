"""Messages joined by references: a tree, with ghosts for messages that are missing."""

from collections.abc import Iterator

from kvminbox.dates import write_minute
from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.models.message import AnyMessage, Patch
from kvminbox.safe import safe_text
from kvminbox.words import count_things


class ThreadNode(Model):
    """A place in a thread: a message, or a ghost."""

    message_id: str | None
    """The id by which it is known; None for a message without one."""

    message: AnyMessage | None = None
    """The message; None for a ghost, to which others refer but which was not found."""

    parent: int | None = None
    """The parent's place in the thread's nodes; None for a root."""

    children: tuple[int, ...] = ()
    """The places of its direct replies in the thread's nodes, in order."""

    depth: int = 0
    """How many ancestors it has."""


class Thread(Model):
    """Messages joined by In-Reply-To and References, whatever their subjects.

    The nodes are in reading order: each before its replies, siblings by date. They
    are a flat list rather than nested, so that a thread can have any depth. There
    are several roots if a mail refers to two threads.
    """

    nodes: tuple[ThreadNode, ...]
    """All nodes of the tree, ghosts included, in reading order."""

    evidence: tuple[str, ...] = ()
    """What had to be decided: loops that were cut, and ids that several messages claim."""

    def _describe(self) -> str:
        first = next(iter(self.messages), None)
        subject = first.subject.raw[:100] if first else ""
        mails = count_things(len(self.messages), "message")
        return f"{subject!r}, {mails}, {count_things(len(self.ghosts), 'ghost')}"

    def __str__(self) -> str:
        return self.to_text()

    @property
    def messages(self) -> tuple[AnyMessage, ...]:
        """The messages that were found, in reading order."""
        return tuple(node.message for node in self.nodes if node.message)

    @property
    def roots(self) -> tuple[ThreadNode, ...]:
        """The nodes without a parent; some may be ghosts."""
        return tuple(node for node in self.nodes if node.parent is None)

    @property
    def ghosts(self) -> tuple[str, ...]:
        """The ids that are referred to but were not found."""
        return tuple(node.message_id or "" for node in self.nodes if node.message is None)

    @property
    def patches(self) -> tuple[Patch, ...]:
        """The messages that are patches."""
        return tuple(message for message in self.messages if isinstance(message, Patch))

    @property
    def participants(self) -> tuple[Address, ...]:
        """Who wrote in it, each address once, in reading order."""
        people: dict[str, Address] = {}
        for message in self.messages:
            people.setdefault(message.sender.key, message.sender)
        return tuple(people.values())

    def children(self, node: ThreadNode) -> tuple[ThreadNode, ...]:
        """Return the direct replies to a node, in order."""
        return tuple(self.nodes[place] for place in node.children)

    def walk(self) -> Iterator[tuple[int, ThreadNode]]:
        """Return an iterator over the nodes with their depths, in reading order."""
        return ((node.depth, node) for node in self.nodes)

    def to_text(self) -> str:
        """Return the tree as lines: date, sender and subject, indented by depth; ghosts by id."""
        return "".join(f"{'  ' * min(node.depth, 20)}{_node_line(node)}\n" for node in self.nodes)


def _node_line(node: ThreadNode) -> str:
    if node.message is None:
        return safe_text(f"[not here: <{node.message_id}>]")
    message = node.message
    when = write_minute(message.date) if message.date else "no date"
    who = message.sender.name_or_email or "nobody"
    return safe_text(f"{when}  {who}: {message.subject.raw}")
