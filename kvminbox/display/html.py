"""Documents as HTML: one page without scripts, or a fragment for a notebook's cell."""

import html
from typing import Final

from kvminbox.display.document import Block, Document, Heading, Listing, Paragraph, Table
from kvminbox.safe import safe_text

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8888; border-radius: .25rem; }
table { border-collapse: collapse; }
td, th { padding: .1rem .75rem; text-align: left; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
"""


def escape(text: str, *, multiline: bool = False) -> str:
    """Give text that is safe as HTML content and in a quoted attribute."""
    return html.escape(safe_text(text, multiline=multiline), quote=True)


def _render_block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Listing():
            items = "".join(f"<li>{escape(line)}</li>\n" for line in block.lines)
            return f"<ul>\n{items}</ul>" if items else ""
        case Table():
            return _table(block)
        case _:
            return f"<pre>{escape(block.text, multiline=True)}</pre>"


def _table(table: Table) -> str:
    classes = [' class="n"' if column in table.numeric else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape(column)}</th>'
        for kind, column in zip(classes, table.columns, strict=True)
    )
    rows = "".join(f"<tr>{_cells(row, classes)}</tr>\n" for row in table.rows)
    return f"<table>\n<tr>{head}</tr>\n{rows}</table>"


def _cells(row: tuple[str, ...], classes: list[str]) -> str:
    pairs = zip(classes, row, strict=True)
    return "".join(f"<td{kind}>{escape(text)}</td>" for kind, text in pairs)


def render_html_fragment(document: Document) -> str:
    """Render a document as an HTML fragment, from its heading on."""
    blocks = (f"<h1>{escape(document.title)}</h1>", *map(_render_block, document.blocks))
    return "\n".join(filter(None, blocks)) + "\n"


def render_html(document: Document) -> str:
    """Render a document as a page that needs no other file."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{render_html_fragment(document)}</body>\n</html>\n"
    )
