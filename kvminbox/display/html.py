"""Documents as HTML: one page without scripts, or a fragment for a notebook cell."""

import re
from collections.abc import Mapping
from itertools import count
from typing import Final, TypeGuard
from zlib import crc32

from kvminbox.display.document import (
    MAX_LINKS,
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
    Trend,
    Verbatim,
    check_document,
)
from kvminbox.display.drawing import draw_columns, draw_share
from kvminbox.display.plain import keep_days
from kvminbox.safe import NOT_TYPESET, safe_html, safe_url
from kvminbox.words import count_things

# a row as a card; `:where` has no weight, so that the rules weigh the same with it
_CARDS: Final = """\
@media (max-width: {width}) {{
table:has(.w) {{ font-size: 1rem; }}
{of}tr {{ display: block; padding: .25rem 0; border-bottom: 1px solid #8888; }}
{of}th {{ display: none; }}
{of}td, {of}td.w, {of}:has(.w) > td:not(.n, .s, .w), {of}td:not(.n, .s) {{ min-width: 0; }}
{of}td {{ display: block; padding: 0 .75rem 0 0; }}
{of}td:empty {{ display: none; }}
{of}td.n, {of}td.s {{ display: inline-block; text-align: left; }}
{of}td[data-of]::before {{ content: attr(data-of) " "; font-size: .8rem; }}
}}
"""
# a board's nine columns, two of them sentences, need more room than other tables
_NARROW: Final = "".join(
    (
        _CARDS.format(width="72rem", of=":where(table:has(td.w)) "),
        _CARDS.format(width="40rem", of=""),
    )
)
_STYLE: Final = (
    """
:root { color-scheme: light dark; --text: #1b1b1b; --page: #fff; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
:root { --text: #e6e6e6; --page: #16181c; --link: #8ab4f8; }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
body { color: var(--text); background: var(--page); overflow-wrap: anywhere; }
a { color: var(--link); }
pre { white-space: pre-wrap; padding: .75rem; border: 1px solid #8888; border-radius: .25rem; }
.t { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; }
td, th { padding: .1rem .75rem .1rem 0; text-align: left; vertical-align: top; }
th, .n, .s, time { white-space: nowrap; }
td:not(.n, .s) { min-width: 8.5em; }
body:has(td.w) { max-width: 100rem; }
table:has(.w) { font-size: .9rem; }
:has(.w) > td:not(.n, .s, .w) { min-width: 7.7em; }
@media (max-width: 90rem) {
:has(.w) > .s { white-space: normal; overflow-wrap: normal; min-width: 4.8em; }
}
:has(.w) > :is(td, th) { padding-right: .6rem; }
td.w { min-width: 13em; }
p, h1, h2 { max-width: 60rem; }
.q { font-size: .9rem; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
"""
    + _NARROW
    + """\
ins { text-decoration: none; background: #2ea04333; }
del { text-decoration: none; background: #f8514933; }
nav ul { padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; }
summary { cursor: pointer; }
details ol { margin: .25rem 0 .5rem; padding-left: 2rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
figure { margin: .75rem 0; max-width: 42rem; }
figcaption, caption { font-size: .9rem; text-align: left; }
svg { color: var(--link); vertical-align: middle; }
.bars td { display: table-cell; padding-right: .75rem; }
.bars tr { display: table-row; border: 0; }
"""
)

_COLORS: Final = (
    ("#8a4600", "#ffb866"), ("#0b57d0", "#8ab4f8"), ("#b3261e", "#ff9a90"),
    ("#146c2e", "#7ddc9a"), ("#6b3fa0", "#cbb5f9"), ("#00629b", "#6fd3ee"),
    ("#8c1d6b", "#f3a6dd"), ("#4f6200", "#c3d66b"),
)  # fmt: skip
"""The colours of names on a light page and on a dark one, each with a contrast above 4.5."""

_COLORS_TOLD: Final = "A name has the same colour in all tables; some names share one."
_NAMES: Final = "".join(
    [
        *(
            f".k{place}, .k{place} a {{ color: {one}; }}\n"
            for place, (one, _) in enumerate(_COLORS)
        ),
        "@media (prefers-color-scheme: dark) {\n",
        *(
            f".k{place}, .k{place} a {{ color: {one}; }}\n"
            for place, (_, one) in enumerate(_COLORS)
        ),
        "}\n",
    ]
)

# half-transparent, so that they suit a light page, a dark one, and a notebook's
_DIFF: Final = (
    "white-space:pre-wrap;overflow-wrap:anywhere;padding:.5rem 0;margin:.5rem 0;"
    "border:1px solid #8888;border-radius:.25rem;font:13px/1.45 ui-monospace,monospace;tab-size:8"
)
# a wrapped line goes on below its text; by a whole tab, so that tabs end where they do in a diff
_LINE: Final = "display:block;padding:0 .5rem 0 8.5ch;text-indent:-8ch;"
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
# a colour beside the words: as theirs, no one has enough contrast on light and dark pages
_TONES: Final = {
    "good": f"{_LABEL}border-left:.5em solid #2da44e;padding-left:.5em",
    "open": f"{_LABEL}border-left:.5em solid #e0661f;padding-left:.5em",
    "quiet": f"{_LABEL}border-left:.5em solid #8888;padding-left:.5em",
}


Look = Mapping[str, str]
"""The attributes of a table, and of its cells: numbers `n`, short ones `s`, wide ones `w`, and wide
ones in small letters `q`; `columns` are elements with the widths of its columns."""

_PAGE_LOOK: Final[Look] = {
    "figure": "",
    "bars": ' class="bars"',
    "table": "",
    "": "",
    "n": ' class="n"',
    "s": ' class="s"',
    "w": ' class="w"',
    "q": ' class="w q"',
}
# a long path may go on in the next line after each `/`, and in the middle of no name
_PATH: Final = re.compile(r"(?<=\w)/(?=[^\W\d])")
# a Message-ID within a sentence, which would make the column as wide as itself
_LONG: Final = re.compile(r"[^\s<>]{45,}")
# in a notebook, which is narrower than a page, an address or a hash would, too
_LONG_IN_CELL: Final = re.compile(r"[^\s<>&;]{26,}")
_INNER: Final = re.compile(r"(?<=[\w][-_.@])(?=\w)")
_INNER_IN_CELL: Final = re.compile(rf"{_INNER.pattern}|(?<=[0-9A-Za-z]{{20}})(?=[0-9A-Za-z])")
_CELL: Final = (
    "padding:.15em .9em .15em 0;vertical-align:top;white-space:normal;overflow-wrap:normal;"
    "word-break:normal;text-align:"
)
# JupyterLab has a style for tables, which aligns all text to the right and breaks words, and takes
# no style sheet of a cell; what an element says of itself wins
NOTEBOOK_LOOK: Final[Look] = {
    "figure": ' style="margin:.5em 0;max-width:40em"',
    "bars": ' style="margin:.4em 0;border-collapse:collapse;font-size:inherit"',
    "table": ' style="table-layout:auto;margin:.4em 0;border-collapse:collapse;font-size:inherit"',
    "": f' style="{_CELL}left"',
    "n": f' style="{_CELL}right;white-space:nowrap;font-variant-numeric:tabular-nums"',
    "s": f' style="{_CELL}left;white-space:nowrap"',
    "w": f' style="{_CELL}left;min-width:12em"',
    "q": f' style="{_CELL}left;min-width:12em;font-size:.85em"',
}
# a table with columns of sentences is wide: its short cells may wrap, between words
_CROWDED: Final[Look] = {
    "table": NOTEBOOK_LOOK["table"].replace("font-size:inherit", "font-size:.93em"),
    "s": f' style="{_CELL}left;min-width:4.8em"',
}


def render_block(block: Block, look: Look = _PAGE_LOOK) -> str:
    """Return a block as HTML."""
    match block:
        case Heading():
            return f"<h{block.level}>{keep_days(safe_html(block.text))}</h{block.level}>"
        case Paragraph():
            return f"<p>{keep_days(safe_html(block.text))}</p>"
        case Bars():
            return _bars(block, look)
        case Listing():
            items = "".join(f"<li>{safe_html(line)}</li>\n" for line in block.lines)
            return f"<ul>\n{items}</ul>" if items else ""
        case Table():
            return _table(block, look)
        case DiffText():
            return _diff(block.text)
        case Note():
            return _note(block)
        case _:
            return _verbatim(block)


def _bars(bars: Bars, look: Look) -> str:
    """Return counts as a drawing with its caption, or as rows with a bar for each."""
    title = safe_html(bars.title)
    if bars.is_time:
        caption = keep_days(safe_html(bars.to_text()))
        drawn = draw_columns(bars, has_tooltips=look is _PAGE_LOOK)
        return f"<figure{look['figure']}>{drawn}<figcaption>{caption}</figcaption></figure>"
    most = max((count for _, count in bars.rows), default=0)
    rows = "".join(
        f"<tr><td{look['']}>{safe_html(name)}</td>"
        f"<td{look['']}>{draw_share(count, most)}{count:,}</td></tr>\n"
        for name, count in bars.rows
    )
    return f"<table{look['bars']}>\n<caption{look['']}>{title}</caption>\n{rows}</table>"


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


def _verbatim(block: Verbatim) -> str:
    """Return text with its lines; a diff is in colour, and opens on a click."""
    if not block.is_diff:
        return f"<pre>{safe_html(block.text, multiline=True)}</pre>"
    lines = block.text.split("\n")
    shown = "\n".join(map(_diff_line, lines))
    summary = f"what changed, {count_things(len(lines), 'line')}"
    return f"<details><summary>{summary}</summary>\n<pre>{shown}</pre></details>"


def _diff_line(line: str) -> str:
    text = safe_html(line)
    kind = {"+": "ins", "-": "del"}.get(line[:1])
    return f"<{kind}>{text}</{kind}>" if kind else text


def _contents(document: Document) -> str:
    """Return links to the sections of a page that has several."""
    headings = [block.text for block in document.blocks if _is_section(block)]
    if len(headings) < 3:
        return ""
    items = "".join(
        f'<li><a href="#s{number}">{safe_html(text)}</a></li>\n'
        for number, text in enumerate(headings, 1)
    )
    return f'<nav aria-label="contents">\n<ul>\n{items}</ul>\n</nav>\n'


def _is_section(block: Block) -> TypeGuard[Heading]:
    return isinstance(block, Heading) and block.level == 2


def _table(table: Table, look: Look) -> str:
    # numbers, and a few characters that are not wrapped, have classes
    kinds = {
        column: "n"
        if column in table.numeric
        else "s"
        if column in table.short
        else "q"
        if column in table.small
        else "w"
        if column in table.wide or (look is not _PAGE_LOOK and column == table.linked)
        else ""
        for column in table.columns
    }
    head = "".join(f'<th scope="col"{look[kinds[name]]}>{safe_html(name)}</th>' for name in kinds)
    rows = "".join(
        f"<tr>{_cells(table, number, kinds, look)}</tr>\n" for number in range(len(table.rows))
    )
    if look is not _PAGE_LOOK and (table.wide or table.small):
        look = {**look, **_CROWDED}
    # a table that is too wide scrolls on its own, with the keyboard, too
    scroll = ' style="overflow-x:auto"' if look["table"] else ""
    begin = f'<div class="t" role="group" aria-label="table" tabindex="0"{scroll}>'
    sizes = look.get("columns", "")
    return f"{begin}\n<table{look['table']}>\n{sizes}<tr>{head}</tr>\n{rows}</table>\n</div>"


def _cells(table: Table, row: int, kinds: dict[str, str], look: Look) -> str:
    links = table.links_of(row)
    # a narrow screen, which has no header, shows the column's name instead
    labels = {
        name: f' data-of="{safe_html(name)}"'
        if kind in {"n", "s", "q"} or (look is _PAGE_LOOK and not kind and name != table.linked)
        else ""
        for name, kind in kinds.items()
    }
    pairs = zip(table.columns, table.rows[row], strict=True)
    is_page = look is _PAGE_LOOK
    return "".join(
        f"<td{_attributes(table, name, cell, kinds[name], look)}{labels[name]}>"
        f"{_bar(table, name, cell)}"
        f"{_cell(cell, links if name == table.linked else (), is_page)}</td>"
        for name, cell in pairs
    )


def _attributes(table: Table, column: str, cell: Cell, kind: str, look: Look) -> str:
    """Return a cell's attributes; on a page, a name has the class of its colour."""
    if look is _PAGE_LOOK and column in table.colored and isinstance(cell, str) and cell:
        return f' class="{kind} k{color_of(cell)}"' if kind else f' class="k{color_of(cell)}"'
    return look[kind]


def color_of(name: str) -> int:
    """Return the number of a name's colour: the same name has the same one everywhere."""
    return crc32(name.casefold().encode("utf-8", "backslashreplace")) % len(_COLORS)


def _bar(table: Table, column: str, cell: Cell) -> str:
    if column != table.bars or not isinstance(cell, str) or not cell.isdecimal():
        return ""
    place = table.columns.index(column)
    return draw_share(int(cell), max(int(str(row[place])) for row in table.rows))


def _cell(cell: Cell, links: tuple[Link, ...], is_page: bool) -> str:
    text = safe_html(cell.to_sign() if isinstance(cell, Trend) else cell)
    long, inner = (_LONG, _INNER) if is_page else (_LONG_IN_CELL, _INNER_IN_CELL)
    text = long.sub(lambda word: inner.sub("<wbr>", word[0]), _PATH.sub("/<wbr>", text))
    text = keep_days(text)
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


def _explain_colors(document: Document) -> str:
    """Return the sentence that says what colours of names mean; empty where no name has one."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    is_used = any(table.colored and table.rows for table in tables)
    return f'<p class="q">{_COLORS_TOLD}</p>' if is_used else ""


def render_html_fragment(document: Document) -> str:
    """Render a document as an HTML fragment that begins with its heading."""
    check_document(document)
    blocks = (
        f"<h1>{keep_days(safe_html(document.title))}</h1>",
        *map(render_block, document.blocks),
    )
    return "\n".join(filter(None, blocks)) + "\n"


def render_html(document: Document) -> str:
    """Render a document as a page that needs no other file, with links to its sections."""
    check_document(document)
    title = f"<h1>{keep_days(safe_html(document.title))}</h1>"
    numbers = count(1)
    blocks = (
        f'<h2 id="s{next(numbers)}">{keep_days(safe_html(block.text))}</h2>'
        if _is_section(block) else render_block(block)
        for block in document.blocks
    )  # fmt: skip
    contents, colors = _contents(document).rstrip(), _explain_colors(document)
    body = "\n".join(filter(None, (title, contents, colors, *blocks))) + "\n"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe_html(document.title)}</title>\n<style>{_STYLE}{_NAMES}</style>\n</head>\n"
        f'<body>\n<main class="{NOT_TYPESET}">\n'
        f"{body}</main>\n</body>\n</html>\n"
    )
