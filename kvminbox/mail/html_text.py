"""The words of a mail that comes as HTML only. No rendering: enough to read and search."""

from html.parser import HTMLParser
from typing import Final

MAX_HTML: Final = 1 << 18
"""Characters of HTML that are read; the rest is left out."""

_BREAKS: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "pre"})
_SILENT: Final = frozenset({"script", "style", "title", "head"})


class _TextCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.silent += tag in _SILENT
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def extract_text(html: str) -> str:
    """Give the text of an HTML document, a line for each block."""
    collector = _TextCollector()
    collector.feed(html[:MAX_HTML])
    lines = (" ".join(line.split()) for line in "".join(collector.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
