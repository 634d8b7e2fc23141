"""Mails that answer each other, written as a table: id, minute, parents, In-Reply-To if it differs.

A parent `-` means that nothing is referred to; of several the last is the nearest.
"""

from datetime import UTC, datetime, timedelta

from kvminbox import read_message

START = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)


def send_all(table):
    """Return the messages of a table, one for each line."""
    return [send(*line.split()) for line in table.splitlines() if line.strip()]


def send(name, minute=0, parents="-", in_reply_to="", *, subject="words", sender="jane"):
    """Return one message; a name `-` is a mail without a Message-ID."""
    moment = START + timedelta(minutes=float(minute))
    named = [] if parents == "-" else parents.split(",")
    lines = [
        f"From: {sender.title()} <{sender}@{sender}.example>",
        f"Date: {moment:%a, %d %b %Y %H:%M:%S +0000}",
        f"Subject: {subject}",
    ]
    if name != "-":
        lines += [f"Message-ID: {identity(one)}" for one in name.split(",")]
    if named:
        lines.append("References: " + "\n ".join(map(identity, named)))
    if in_reply_to:
        lines.append(f"In-Reply-To: {identity(in_reply_to)}")
    return read_message("\n".join([*lines, "", f"Words of {name}.", ""]).encode())


def identity(name):
    """Return a name as an id in a header."""
    return f"<{name}>" if "@" in name else f"<{name}@mail.example>"


def short_id(node):
    """Return the id of a place as its table has it, in brackets for a ghost."""
    name = (node.message_id or "-").removesuffix("@mail.example")
    return name if node.message else f"[{name}]"


def outline(threads):
    """Return threads as lines: a dot for each level, then the id; a blank line between threads."""
    drawn = (
        "\n".join("." * node.depth + short_id(node) for node in thread.nodes) for thread in threads
    )
    return "\n\n".join(drawn)
