"""The formats that need nothing but a document, by name."""

from collections.abc import Callable
from typing import Final

from kvminbox.display.document import Document
from kvminbox.display.html import render_html
from kvminbox.display.markdown import render_markdown

FORMATS: Final[dict[str, Callable[[Document], str]]] = {
    "html": render_html,
    "markdown": render_markdown,
}
"""Each such format and its renderer.

`Report.render` and the command line's `--format` read it: a renderer added here
becomes a format of every report.
"""
