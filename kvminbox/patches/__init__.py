"""What a mail is, and its parts: from bytes to one typed model."""

from kvminbox.patches.message import (
    MailParts,
    find_author,
    make_message,
    read_message,
    read_parts,
)
from kvminbox.patches.senders import find_namesake, hidden_name, is_program, is_rewritten
from kvminbox.patches.split import excerpt_body

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
