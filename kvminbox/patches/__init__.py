"""What a mail is, and its parts: from bytes to one typed model."""

from kvminbox.patches.message import read_message
from kvminbox.patches.split import read_in_body

__all__ = ["read_in_body", "read_message"]
