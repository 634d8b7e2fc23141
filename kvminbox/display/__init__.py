"""How results are shown: one document, rendered for each format, made safe on the way."""

from kvminbox.display.document import (
    Block,
    Document,
    Heading,
    Listing,
    Paragraph,
    Table,
    Verbatim,
    make_ranking,
)
from kvminbox.display.html import render_html, render_html_fragment
from kvminbox.display.markdown import render_markdown
from kvminbox.display.terminal import (
    progress_bar,
    render_rich,
    render_terminal,
    render_thread,
)

__all__ = [
    "Block",
    "Document",
    "Heading",
    "Listing",
    "Paragraph",
    "Table",
    "Verbatim",
    "make_ranking",
    "progress_bar",
    "render_html",
    "render_html_fragment",
    "render_markdown",
    "render_rich",
    "render_terminal",
    "render_thread",
]
