"""A bot's mail as its readers look at it: lines, and the values of `label: value`."""

import re
from functools import cached_property
from typing import Any, Final, TypeAlias

from kvminbox.models import Message

MAX_LINES: Final = 4_000
"""Lines of a mail that are read."""

MAX_LINE: Final = 1_000
"""Characters of a line."""

MAX_VALUE: Final = 300
"""Characters of a value that a finding has."""

_FIELD: Final = re.compile(
    r"[ \t*|-]{0,12}([A-Za-z][A-Za-z /_.-]{0,24}?)[ \t]{0,20}:(?:[ \t]+|$)(.*)"
)

Facts: TypeAlias = dict[str, Any]
"""Fields of a finding."""


class Text:
    """The text of a bot's mail.

    Attributes:
        message: the mail.
        subject: its subject, as written, in one line.
        lines: the first lines of its text, without blanks at their ends.
    """

    def __init__(self, message: Message) -> None:
        self.message = message
        self.subject: str = " ".join(message.subject.raw[:MAX_LINE].split())
        lines = message.body.split("\n", MAX_LINES)[:MAX_LINES]
        self.lines: list[str] = [line[:MAX_LINE].rstrip() for line in lines]

    @cached_property
    def words(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @cached_property
    def fields(self) -> dict[str, str]:
        """The first value of each label, in lower case; empty ones are left out."""
        found: dict[str, str] = {}
        for line in self.lines:
            if (match := _FIELD.match(line)) and (value := match[2].strip()):
                found.setdefault(match[1].lower(), value[:MAX_VALUE])
        return found

    def field(self, *labels: str) -> str:
        """Return the value of the first label that has one."""
        return next(filter(None, (self.fields.get(label) for label in labels)), "")


def split_tree(value: str) -> tuple[str, str]:
    """Return a tree and its branch: `https://git.example/lamp.git for-next`."""
    tree, _, branch = value.partition(" ")
    return tree, branch.strip().split(" ")[0] if branch.strip() else ""
