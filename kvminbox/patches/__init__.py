"""What a mail is, and its parts: from bytes to one typed model."""

from kvminbox.patches.message import make_message, read_message, read_parts
from kvminbox.patches.parts import MailParts
from kvminbox.patches.programs import is_program, is_reviewer, is_tester, program_sign
from kvminbox.patches.split import excerpt_body
from kvminbox.patches.texts import read_texts

__all__ = [
    "MailParts",
    "excerpt_body",
    "is_program",
    "is_reviewer",
    "is_tester",
    "make_message",
    "program_sign",
    "read_message",
    "read_parts",
    "read_texts",
]
