"""Documents as Markdown (CommonMark, with GitHub's tables).

What comes from a mail stands in code only, as a span or a fenced block: no link,
image, mention, heading or HTML in it can come alive.
"""

import re

from kvminbox.display.document import Block, Document, Heading, Listing, Paragraph, Ranking
from kvminbox.safe import safe_text

_TICKS = re.compile(r"`+")


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)


def code_span(text: str) -> str:
    """Give text as a code span, with a fence of more backticks than it holds."""
    line = safe_text(text).replace("\t", " ")
    fence = "`" * (_longest_run(line) + 1)
    return f"{fence} {line} {fence}" if line else ""


def code_block(text: str) -> str:
    """Give text as a fenced block, likewise."""
    lines = safe_text(text, multiline=True)
    fence = "`" * max(3, _longest_run(lines) + 1)
    return f"{fence}text\n{lines}\n{fence}"


def _render_block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {code_span(block.text)}"
        case Paragraph():
            return code_span(block.text)
        case Listing():
            return "\n".join(f"- {code_span(line)}" for line in block.lines)
        case Ranking():
            rows = (f"| {n} | {_cell(text)} |" for n, text in block.rows)
            return "\n".join((f"| count | {_cell(block.label)} |", "|---:|:---|", *rows))
        case _:
            return code_block(block.text)


def _cell(text: str) -> str:
    return code_span(text).replace("|", "\\|")


def render_markdown(document: Document) -> str:
    """Render a document as Markdown, ending with a line feed."""
    blocks = (f"# {code_span(document.title)}", *map(_render_block, document.blocks))
    return "\n\n".join(filter(None, blocks)) + "\n"
