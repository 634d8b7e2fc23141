"""Documents as HTML: one page without scripts, or a fragment for a notebook cell."""

from typing import Final

from kvminbox.display.document import (
    MAX_LINKS,
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
    Trend,
)
from kvminbox.display.plain import safe_url
from kvminbox.safe import NOT_TYPESET, safe_html

_STYLE: Final = """
:root { color-scheme: light dark; --text: #1b1b1b; --page: #fff; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
:root { --text: #e6e6e6; --page: #16181c; --link: #8ab4f8; }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
body { color: var(--text); background: var(--page); overflow-wrap: anywhere; }
a { color: var(--link); }
pre { white-space: pre-wrap; padding: .75rem; border: 1px solid #8888; border-radius: .25rem; }
.t { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; }
td, th { padding: .1rem .75rem .1rem 0; text-align: left; vertical-align: top; }
th, .n, .s { white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) {
tr { display: block; padding: .25rem 0; border-bottom: 1px solid #8888; }
th { display: none; }
td { display: block; padding: 0 .75rem 0 0; }
td.n, td.s { display: inline-block; text-align: left; }
td.n::before, td.s::before { content: attr(data-of) " "; font-size: .8rem; }
}
details ol { margin: .25rem 0 .5rem; padding-left: 2rem; }
"""

# half-transparent, so that they suit a light page, a dark one, and a notebook's
_DIFF: Final = (
    "white-space:pre-wrap;overflow-wrap:anywhere;padding:.5rem 0;margin:.5rem 0;"
    "border:1px solid #8888;border-radius:.25rem;font:13px/1.45 ui-monospace,monospace;tab-size:8"
)
_LINE: Final = "display:block;padding:0 .5rem 0 1.25rem;text-indent:-.75rem;"
_HEAD: Final = "font-weight:600"
_MARKS: Final = {
    "+": "background:#2da44e33",
    "-": "background:#cf222e2e",
    "@": "opacity:.65",
    "[": "opacity:.65;font-style:italic",
}
_NOTE: Final = (
    "border-left:4px solid #d4a72c;padding:.35rem .75rem;margin:.5rem 0;"
    "background:#d4a72c1f;border-radius:0 .25rem .25rem 0"
)
_WORDS: Final = "white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0"
_LABEL: Final = "font-size:.85em;font-weight:600;"
_TONES: Final = {
    "good": f"{_LABEL}color:#2da44e",
    "open": f"{_LABEL}color:#e0661f",
    "quiet": f"{_LABEL}opacity:.75",
}


def _render_block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{safe_html(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{safe_html(block.text)}</p>"
        case Listing():
            items = "".join(f"<li>{safe_html(line)}</li>\n" for line in block.lines)
            return f"<ul>\n{items}</ul>" if items else ""
        case Table():
            return _table(block)
        case DiffText():
            return _diff(block.text)
        case Note():
            return _note(block)
        case _:
            return f"<pre>{safe_html(block.text, multiline=True)}</pre>"


def _diff(text: str) -> str:
    """Return lines of a diff, each with a style of its own: a notebook's cell has no other."""
    lines = safe_html(text, multiline=True).split("\n")
    styles = (
        _HEAD if line.startswith(("+++ ", "--- ")) else _MARKS.get(line[:1], "") for line in lines
    )
    spans = (
        f'<span style="{_LINE}{style}">{line or " "}</span>'
        for line, style in zip(lines, styles, strict=True)
    )
    return f'<pre style="{_DIFF}">{"".join(spans)}</pre>'


def _note(note: Note) -> str:
    head = f"<strong>{safe_html(note.head)}</strong>"
    label = f'<div style="{_TONES[note.tone]}">{safe_html(note.label)}</div>' if note.label else ""
    words = f'<div style="{_WORDS}">{safe_html(note.text, multiline=True)}</div>'
    indent = "2.5rem" if note.is_answer else "1rem"
    return f'<div style="{_NOTE};margin-left:{indent}">{head}{words}{label}</div>'


def _table(table: Table) -> str:
    # numbers, and a few characters that are not wrapped, have classes
    kinds = {
        column: "n" if column in table.numeric else "s" if column in table.short else ""
        for column in table.columns
    }
    head = "".join(f'<th scope="col"{_class(kinds[name])}>{safe_html(name)}</th>' for name in kinds)
    rows = "".join(
        f"<tr>{_cells(table, number, kinds)}</tr>\n" for number in range(len(table.rows))
    )
    # a table that is too wide scrolls on its own, with the keyboard, too
    begin = '<div class="t" role="group" aria-label="table" tabindex="0">'
    return f"{begin}\n<table>\n<tr>{head}</tr>\n{rows}</table>\n</div>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _cells(table: Table, row: int, kinds: dict[str, str]) -> str:
    links = table.links_of(row)
    # a narrow screen, which has no header, shows the column's name instead
    labels = {name: f' data-of="{safe_html(name)}"' if kind else "" for name, kind in kinds.items()}
    pairs = zip(table.columns, table.rows[row], strict=True)
    return "".join(
        f"<td{_class(kinds[name])}{labels[name]}>"
        f"{_cell(cell, links if name == table.linked else ())}</td>"
        for name, cell in pairs
    )


def _cell(cell: Cell, links: tuple[Link, ...]) -> str:
    text = safe_html(cell.to_sign() if isinstance(cell, Trend) else cell)
    if len(links) > 1:
        return f"<details><summary>{text or 'messages'}</summary>\n{_link_list(links)}</details>"
    url = safe_url(links[0].url) if links else ""
    return f'<a href="{safe_html(url)}">{text or "message"}</a>' if url else text


def _link_list(links: tuple[Link, ...]) -> str:
    items = "".join(f"<li>{_link(link)}</li>\n" for link in links[:MAX_LINKS])
    more = len(links) - MAX_LINKS
    return f"<ol>\n{items}</ol>\n" + (f"<p>and {more} more</p>\n" if more > 0 else "")


def _link(link: Link) -> str:
    text = safe_html(link.text) or "(no subject)"
    url = safe_url(link.url)
    if url:
        return f'<a href="{safe_html(url)}">{text}</a>'
    return f"{text} <code>{safe_html(link.message_id)}</code>" if link.message_id else text


def render_html_fragment(document: Document) -> str:
    """Render a document as an HTML fragment that begins with its heading."""
    blocks = (f"<h1>{safe_html(document.title)}</h1>", *map(_render_block, document.blocks))
    return "\n".join(filter(None, blocks)) + "\n"


def render_html(document: Document) -> str:
    """Render a document as a page that needs no other file."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe_html(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<main class="{NOT_TYPESET}">\n'
        f"{render_html_fragment(document)}</main>\n</body>\n</html>\n"
    )
