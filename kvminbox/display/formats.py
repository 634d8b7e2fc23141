"""The formats that are made from a document alone, by name."""

from collections.abc import Callable
from typing import Final

from kvminbox.display.document import Document
from kvminbox.display.html import render_html
from kvminbox.display.markdown import render_markdown

FORMATS: Final[dict[str, Callable[[Document], str]]] = {
    "html": render_html,
    "markdown": render_markdown,
}
"""Each such format with its renderer.

`Report.render` and the command line's `--format` read it: a renderer that is added
here is a format of every report.
"""
