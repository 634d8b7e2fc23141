"""Threads as cards: an indented list."""

from typing import TYPE_CHECKING, Final

from kvminbox.models.cards.html import MAX_ROWS, card, chip, code, dim, heading, inline, more
from kvminbox.models.cards.words import show_evidence, write_day, write_name

if TYPE_CHECKING:
    from kvminbox.models.thread import Thread, ThreadNode

MAX_DEPTH: Final = 10
"""Levels that are indented; at deeper ones a number tells the level."""


def show_thread(thread: "Thread") -> str:
    """Show who answered whom, and when; a subject only where it is not the parent's."""
    subject = next((message.subject.raw for message in thread.messages), "")
    ghosts = f"{len(thread.ghosts)} not here"
    chips = [chip(f"{len(thread.messages)} mails"), *([chip(ghosts, "odd")] * bool(thread.ghosts))]
    nodes = "".join(_node(thread, node) for node in thread.nodes[:MAX_ROWS])
    rest = more(len(thread.nodes) - MAX_ROWS, "mail")
    return card(heading(subject, chips), nodes, rest, show_evidence(thread.evidence))


def _node(thread: "Thread", node: "ThreadNode") -> str:
    depth = min(node.depth, MAX_DEPTH)
    level = dim(f"level {node.depth}: ") if node.depth > MAX_DEPTH else ""
    line = "border-left:2px solid #8886;padding-left:.5em" if depth else ""
    style = f"margin-left:{max(depth - 1, 0) * 0.9:.1f}em;{line}"
    return f'<div style="{style}">{level}{_words(thread, node)}</div>'


def _words(thread: "Thread", node: "ThreadNode") -> str:
    if node.message is None:
        return dim(f"not here: {code(node.message_id or 'no id')}")
    message = node.message
    words = [dim(write_day(message.date)), inline(write_name(message.sender))]
    if message.kind not in {"reply", "discussion"}:
        words.append(chip(message.kind.replace("_", " ")))
    parent = thread.nodes[node.parent].message if node.parent is not None else None
    if parent is None or parent.subject.title != message.subject.title:
        words.append(inline(message.subject.raw or "(no subject)"))
    return " ".join(words)
