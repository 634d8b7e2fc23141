"""Documents as Markdown (CommonMark, with GitHub's tables).

What comes from a mail stands in code only, as a span or a fenced block: no link,
image, mention, heading or HTML in it can come alive. A heading is left bare where
it is plain words, such as our own, that Markdown reads as nothing else.
"""

import re

from kvminbox.display.document import Block, Document, Heading, Listing, Paragraph, Table
from kvminbox.safe import safe_text

_NUMBER = re.compile(r"[0-9][0-9.]*")
_TICKS = re.compile(r"`+")
# no dot, which makes a link of `www.example`, and no mark at a word's edge
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)


def code_span(text: str) -> str:
    """Give text as a code span, with a fence of more backticks than it holds."""
    line = safe_text(text).replace("\t", " ")
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if line[:1] in {"`", " "} or line[-1:] in {"`", " "} else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def code_block(text: str) -> str:
    """Give text as a fenced block, likewise."""
    lines = safe_text(text, multiline=True)
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}text\n{lines}\n{fence}"


def _render_block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_heading(block.text)}"
        case Paragraph():
            return code_span(block.text)
        case Listing():
            return "\n".join(f"- {code_span(line)}" for line in block.lines)
        case Table():
            return _table(block)
        case _:
            return code_block(block.text)


def _table(table: Table) -> str:
    marks = ("---:" if column in table.numeric else ":---" for column in table.columns)
    lines = [map(_heading, table.columns), marks, *(map(_cell, row) for row in table.rows)]
    head, rule, *rows = lines
    joined = [f"| {' | '.join(head)} |", f"|{'|'.join(rule)}|"]
    return "\n".join([*joined, *(f"| {' | '.join(row)} |" for row in rows)])


def _heading(text: str) -> str:
    return text if _PLAIN_WORDS.fullmatch(text) else code_span(text)


def _cell(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return text
    # GitHub reads `\\|` as a backslash and the cell's end, others as a bar: so a
    # blank is put between a backslash and a bar
    return code_span(text).replace("\\|", "\\ |").replace("|", "\\|")


def render_markdown(document: Document) -> str:
    """Render a document as Markdown, ending with a line feed."""
    blocks = (f"# {_heading(document.title)}", *map(_render_block, document.blocks))
    return "\n\n".join(filter(None, blocks)) + "\n"
