"""A line of text in several, between words."""

from typing import Final

from rich.cells import cell_len

WIDTH: Final = 78
"""The columns that a text in a mail has (RFC 5322, 2.1.1)."""


def wrap_text(text: str, width: int = WIDTH) -> list[str]:
    """Return a line of safe text in lines of at most that width, as far as its words allow.

    >>> wrap_text("a line of text", 9)
    ['a line of', 'text']
    """
    if cell_len(text) <= width:
        return [text] if text else []
    lines: list[str] = []
    room = 0
    for word in text.split(" "):
        size = cell_len(word)
        if lines and size < room:
            lines[-1] += f" {word}"
            room -= size + 1
        else:
            lines.append(word)
            room = width - size
    return lines
