"""How results are shown: one document, rendered in each format and made safe on the way."""

from kvminbox.display.atom import FeedEntry, render_atom
from kvminbox.display.csv import render_csv
from kvminbox.display.document import (
    Block,
    Cell,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Table,
    Trend,
    Verbatim,
    make_ranking,
)
from kvminbox.display.formats import FORMATS
from kvminbox.display.html import render_html, render_html_fragment, render_notebook
from kvminbox.display.mail import render_mail
from kvminbox.display.markdown import render_markdown
from kvminbox.display.plain import escape_json
from kvminbox.display.template import Template, parse_template
from kvminbox.display.terminal import (
    progress_bar,
    render_rich,
    render_terminal,
    render_thread,
)
from kvminbox.display.text import WIDTH, render_text, wrap_text

__all__ = [
    "FORMATS",
    "WIDTH",
    "Block",
    "Cell",
    "Document",
    "FeedEntry",
    "Heading",
    "Link",
    "Listing",
    "Paragraph",
    "Table",
    "Template",
    "Trend",
    "Verbatim",
    "escape_json",
    "make_ranking",
    "parse_template",
    "progress_bar",
    "render_atom",
    "render_csv",
    "render_html",
    "render_html_fragment",
    "render_mail",
    "render_markdown",
    "render_notebook",
    "render_rich",
    "render_terminal",
    "render_text",
    "render_thread",
    "wrap_text",
]
