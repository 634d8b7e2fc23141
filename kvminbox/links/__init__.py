"""What mails point to, what series build on, and in which order they apply."""

from kvminbox.links.find import find_links, parse_links
from kvminbox.links.stack import (
    draw_dependences,
    find_dependences,
    order_patches,
    order_stack,
)

__all__ = [
    "draw_dependences",
    "find_dependences",
    "find_links",
    "order_patches",
    "order_stack",
    "parse_links",
]
