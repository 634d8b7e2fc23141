"""How results are shown: one document, rendered in each format and made safe on the way."""

from typing import TYPE_CHECKING

from kvminbox.lazy import import_later

if TYPE_CHECKING:
    from kvminbox.display.atom import FeedEntry, render_atom
    from kvminbox.display.cell import render_notebook
    from kvminbox.display.csv import render_csv
    from kvminbox.display.document import (
        Bars,
        Block,
        Cell,
        DiffText,
        Document,
        Heading,
        Link,
        Listing,
        Note,
        Paragraph,
        Table,
        Tone,
        Trend,
        Verbatim,
        make_ranking,
    )
    from kvminbox.display.formats import FORMATS
    from kvminbox.display.html import render_html, render_html_fragment
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
    from kvminbox.display.text import render_text
    from kvminbox.display.wrapping import WIDTH, wrap_text
else:
    __getattr__ = import_later(
        __name__,
        {
            "kvminbox.display.atom": "FeedEntry render_atom",
            "kvminbox.display.cell": "render_notebook",
            "kvminbox.display.csv": "render_csv",
            "kvminbox.display.document": (
                "Bars Block Cell DiffText Document Heading Link Listing Note Paragraph Table Tone "
                "Trend Verbatim make_ranking"
            ),
            "kvminbox.display.formats": "FORMATS",
            "kvminbox.display.html": "render_html render_html_fragment",
            "kvminbox.display.mail": "render_mail",
            "kvminbox.display.markdown": "render_markdown",
            "kvminbox.display.plain": "escape_json",
            "kvminbox.display.template": "Template parse_template",
            "kvminbox.display.terminal": "progress_bar render_rich render_terminal render_thread",
            "kvminbox.display.text": "render_text",
            "kvminbox.display.wrapping": "WIDTH wrap_text",
        },
    )

__all__ = [
    "FORMATS",
    "WIDTH",
    "Bars",
    "Block",
    "Cell",
    "DiffText",
    "Document",
    "FeedEntry",
    "Heading",
    "Link",
    "Listing",
    "Note",
    "Paragraph",
    "Table",
    "Template",
    "Tone",
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


def __dir__() -> list[str]:
    return __all__
