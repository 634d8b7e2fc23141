"""Messages joined by references: a tree, with ghosts for what is named but not there."""

from collections.abc import Iterator

from kvminbox.models.address import Address
from kvminbox.models.base import Model
from kvminbox.models.message import AnyMessage, Message, Patch
from kvminbox.safe import safe_text


class ThreadNode(Model):
    """A place in a thread: a message, or a ghost."""

    message_id: str | None
    """The id by which it is known; None for a message without one."""

    message: AnyMessage | None = None
    """The message; None for a ghost, which others refer to and which is not there."""

    parent: int | None = None
    """The place of the parent in the thread's nodes; None for a root."""

    children: tuple[int, ...] = ()
    """The places of its direct answers in the thread's nodes, in order."""

    depth: int = 0
    """How many nodes are above it."""


class Thread(Model):
    """Messages that are joined by In-Reply-To and References, whatever their subjects.

    The nodes stand in reading order: each before its answers, siblings by date.
    They are kept in one row instead of inside each other, so that a thread may be
    of any depth. Several roots are possible, where a mail refers to two threads.
    """

    nodes: tuple[ThreadNode, ...]
    """All places of the tree, ghosts included, in reading order."""

    evidence: tuple[str, ...] = ()
    """What had to be decided: loops that were cut, ids that several messages claim."""

    def _describe(self) -> str:
        first = next(iter(self.messages), None)
        subject = first.subject.raw[:100] if first else ""
        return f"{subject!r}, {len(self.messages)} messages, {len(self.ghosts)} ghosts"

    def __str__(self) -> str:
        return self.to_text()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages that are there, in reading order."""
        return tuple(node.message for node in self.nodes if node.message)

    @property
    def roots(self) -> tuple[ThreadNode, ...]:
        """The nodes without a parent; a ghost may be one."""
        return tuple(node for node in self.nodes if node.parent is None)

    @property
    def ghosts(self) -> tuple[str, ...]:
        """The ids that are referred to and not there."""
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
            people.setdefault(message.sender.email.lower(), message.sender)
        return tuple(people.values())

    def children(self, node: ThreadNode) -> tuple[ThreadNode, ...]:
        """Give the direct answers to a node, in order."""
        return tuple(self.nodes[place] for place in node.children)

    def walk(self) -> Iterator[tuple[int, ThreadNode]]:
        """Give each node with its depth, in reading order."""
        return ((node.depth, node) for node in self.nodes)

    def to_text(self) -> str:
        """Draw the tree as lines: date, sender and subject, indented by depth; ghosts by id."""
        return "".join(f"{'  ' * min(node.depth, 20)}{_node_line(node)}\n" for node in self.nodes)


def _node_line(node: ThreadNode) -> str:
    if node.message is None:
        return safe_text(f"[not here: <{node.message_id}>]")
    message = node.message
    when = message.date.strftime("%Y-%m-%d %H:%M") if message.date else "no date"
    who = message.sender.name_or_email or "nobody"
    return safe_text(f"{when}  {who}: {message.subject.raw}")
