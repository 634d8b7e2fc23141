"""What a mail is, and its parts: from bytes to one typed model."""

from kvminbox.patches.excerpt import excerpt_body
from kvminbox.patches.kinds import find_namesake, hidden_name, is_program, is_rewritten
from kvminbox.patches.message import (
    MailParts,
    find_author,
    make_message,
    read_message,
    read_parts,
)

__all__ = [
    "MailParts",
    "excerpt_body",
    "find_author",
    "find_namesake",
    "hidden_name",
    "is_program",
    "is_rewritten",
    "make_message",
    "read_message",
    "read_parts",
]
