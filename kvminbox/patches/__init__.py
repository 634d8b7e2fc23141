"""What a mail is, and its parts: from bytes to one typed model."""

from kvminbox.patches.excerpt import excerpt_body
from kvminbox.patches.message import read_message

__all__ = ["excerpt_body", "read_message"]
