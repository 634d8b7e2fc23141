"""Documents as Markdown (CommonMark, with GitHub's tables).

What comes from a mail is always in code, as a span or a fenced block, so that no link,
image, mention, heading or HTML in it has any effect. The only links are those that
this library made. A heading is left bare if it is plain words, such as our own, that
Markdown can't read as anything else.
"""

import re

from kvminbox.display.document import (
    Bars,
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    Table,
    Trend,
)
from kvminbox.display.plain import safe_url
from kvminbox.safe import safe_text

# a count or its change; nothing that Markdown reads as inline markup
_NUMBER = re.compile(r"[+-]?[0-9][0-9.]*|=")
_TICKS = re.compile(r"`+")
# no dot, which makes a link of `www.example`, and no mark at a word's edge
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
# words and numbers with commas and brackets between, and a dot at the end: our own sentences
_BARE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)"
_WORD = rf"(?:{_BARE}|\({_BARE}\))"  # a bracket alone could be a list's: `1) one`
_SENTENCE = re.compile(rf"{_WORD}(?:[,;:]? {_WORD})*\.?")
# of which GitHub makes links to an issue and to a commit
_LINKED = re.compile(r"\bGH-\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)


def code_span(text: str) -> str:
    """Return text as a code span, fenced by more backticks than it holds in a row."""
    line = safe_text(text).replace("\t", " ")
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if line[:1] in {"`", " "} or line[-1:] in {"`", " "} else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def code_block(text: str) -> str:
    """Return text as a fenced block, likewise."""
    lines = safe_text(text, multiline=True)
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}text\n{lines}\n{fence}"


def _render_block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_heading(block.text)}"
        case Paragraph():
            return _sentence(block.text)
        case Bars():
            return _sentence(block.to_text())
        case Listing():
            return "\n".join(f"- {code_span(line)}" for line in block.lines)
        case Table():
            return _table(block)
        case Note():
            lines = (f"{code_span(block.head)}:", code_block(block.text), code_span(block.label))
            quoted = "\n\n".join(filter(None, lines)).split("\n")
            return "\n".join(f"> {line}".rstrip() for line in quoted)
        case _:
            return code_block(block.text)


def _sentence(text: str) -> str:
    is_plain = _SENTENCE.fullmatch(text) and not _LINKED.search(text)
    return text if is_plain else code_span(text)


def _table(table: Table) -> str:
    marks = ("---:" if column in table.numeric else ":---" for column in table.columns)
    rows = (_row(table, number) for number in range(len(table.rows)))
    lines = [f"| {' | '.join(map(_heading, table.columns))} |", f"|{'|'.join(marks)}|", *rows]
    return "\n".join(lines)


def _row(table: Table, number: int) -> str:
    links = table.links_of(number)
    url = safe_url(links[0].url) if len(links) == 1 else ""
    pairs = zip(table.columns, table.rows[number], strict=True)
    cells = (_cell(cell, url if column == table.linked else "") for column, cell in pairs)
    return f"| {' | '.join(cells)} |"


def _heading(text: str) -> str:
    return text if _PLAIN_WORDS.fullmatch(text) else code_span(text)


def _cell(cell: Cell, url: str = "") -> str:
    if isinstance(cell, Trend):
        return cell.to_sign()
    shown = cell if _NUMBER.fullmatch(cell) else _bar_safe(code_span(cell))
    return f"[{shown}]({url})" if url and shown else shown


def _bar_safe(span: str) -> str:
    # GitHub reads `\\|` as a backslash and the cell's end, others as a bar: so put a
    # blank between a backslash and a bar
    return span.replace("\\|", "\\ |").replace("|", "\\|")


def render_markdown(document: Document) -> str:
    """Render a document as Markdown, ending with a line feed."""
    blocks = (f"# {_heading(document.title)}", *map(_render_block, document.blocks))
    return "\n\n".join(filter(None, blocks)) + "\n"
