"""Mails that answer each other, written as a table: id, minute, parents, In-Reply-To if it differs.

A parent `-` means that nothing is referred to; of several the last is the nearest.
"""

from datetime import timedelta

from tests.mails import MORNING, read_made


def send_all(table):
    """Return the messages of a table, one for each line."""
    return [send(*line.split()) for line in table.splitlines() if line.strip()]


def send(name, minute=0, parents="-", in_reply_to="", *, subject="words", sender="jane"):
    """Return one message; a name `-` is a mail without a Message-ID."""
    moment = MORNING + timedelta(minutes=float(minute))
    named = [] if parents == "-" else parents.split(",")
    return read_made(
        subject,
        f"Words of {name}.\n",
        sender=f"{sender.title()} <{sender}@{sender}.example>",
        ids=[] if name == "-" else map(identity, name.split(",")),
        sent=moment,
        references=[*map(identity, named)],
        in_reply_to=identity(in_reply_to) if in_reply_to else None,
    )


def identity(name):
    """Return a name as an id."""
    return name if "@" in name else f"{name}@mail.example"


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
