"""Documents as Markdown (CommonMark, with GitHub's tables).

A line of text is bare if it is words that neither Markdown nor GitHub can read as anything
else, such as `KVM: arm64: Fix kvm_init()`; a `+` or a brace in it is escaped. All else is in
code, as a span or a fenced block, so that no link, image, mention, heading or HTML of a mail has
any effect. The only links are those that this library made.
"""

import re
from typing import Final

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
_MAX_BARE: Final = 500
"""Characters of a cell that stand for themselves, where they can be no markup."""

# letters and digits of any script, with a mark inside but not at an edge, where it could be
# emphasis; `f()`, and `+12`, which is no list without a blank
_BARE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[+-]?[^\W_]+(?:[-_/.+'’][^\W_]+)*(?:\(\))?)"
# `kvm_{get,set}_reg()`, `a + b`: plain with a backslash before each sign
_SIGNS = re.compile(r"[+{}_]")
_SIGNED = r"(?:[\w+{}]+(?:[-/.,'’][\w+{}]+)*(?:\(\))?)"
# a bracket alone could be a list's: `1) one`; so could the end of a sentence: `1. one`
_END = r"(?:[,;:]|(?<=[^\W\d_]{2})\.)"
_WORD = rf"(?:{_BARE}|\({_BARE}(?: {_BARE})*\))"
_SENTENCE = re.compile(rf"{_WORD}(?:{_END}? {_WORD})*[.?]?")
_MARKED = rf"(?:{_WORD}|{_SIGNED}|\({_SIGNED}(?: {_SIGNED})*\))"
_MARKED_SENTENCE = re.compile(rf"{_MARKED}(?:{_END}? {_MARKED})*[.?]?")
# of which GitHub makes links: to a page, to an issue and to a commit
_LINKED = re.compile(r"\bwww\.|\bGH-\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)


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
            return f"{'#' * block.level} {_sentence(block.text)}"
        case Paragraph():
            return _sentence(block.text)
        case Bars():
            return _sentence(block.to_text())
        case Listing():
            return "\n".join(f"- {_sentence(line)}" for line in block.lines)
        case Table():
            return _table(block)
        case Note():
            lines = (f"{_sentence(block.head)}:", code_block(block.text), _sentence(block.label))
            quoted = "\n\n".join(filter(None, lines)).split("\n")
            return "\n".join(f"> {line}".rstrip() for line in quoted)
        case _:
            return code_block(block.text)


def _sentence(text: str) -> str:
    return _escape(text) or code_span(text)


def _escape(text: str) -> str:
    """Return text so that it stands for itself, wherever in a line it is; empty if it can't."""
    if len(text) > _MAX_BARE or _LINKED.search(text) or safe_text(text) != text:
        return ""
    if _SENTENCE.fullmatch(text):
        return text
    return _SIGNS.sub(r"\\\g<0>", text) if _MARKED_SENTENCE.fullmatch(text) else ""


def _table(table: Table) -> str:
    marks = ("---:" if column in table.numeric else ":---" for column in table.columns)
    rows = (_row(table, number) for number in range(len(table.rows)))
    lines = [f"| {' | '.join(map(_sentence, table.columns))} |", f"|{'|'.join(marks)}|", *rows]
    return "\n".join(lines)


def _row(table: Table, number: int) -> str:
    links = table.links_of(number)
    url = safe_url(links[0].url) if len(links) == 1 else ""
    pairs = zip(table.columns, table.rows[number], strict=True)
    cells = (_cell(cell, url if column == table.linked else "") for column, cell in pairs)
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, url: str = "") -> str:
    if isinstance(cell, Trend):
        return cell.to_sign()
    bare = cell if _NUMBER.fullmatch(cell) else _escape(cell)
    shown = bare or _bar_safe(code_span(cell))
    return f"[{shown}]({url})" if url and shown else shown


def _bar_safe(span: str) -> str:
    # GitHub reads `\\|` as a backslash and the cell's end, others as a bar: so put a
    # blank between a backslash and a bar
    return span.replace("\\|", "\\ |").replace("|", "\\|")


def render_markdown(document: Document) -> str:
    """Render a document as Markdown, ending with a line feed."""
    blocks = (f"# {_sentence(document.title)}", *map(_render_block, document.blocks))
    return "\n\n".join(filter(None, blocks)) + "\n"
