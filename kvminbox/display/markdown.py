"""Documents as Markdown (CommonMark, with GitHub's tables).

A word is bare if neither Markdown nor GitHub can read it as anything else, as all are in
`KVM: arm64: Fix kvm_init()`; a `+` or a brace in it is escaped. All else is in code, word by word
or as a whole, or in a fenced block, so that no link, image, mention, heading or HTML of a mail
has any effect. The only links are those that this library made.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from kvminbox.display.document import (
    Bars,
    Block,
    Cell,
    Document,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Table,
    Trend,
    check_document,
)
from kvminbox.safe import safe_text, safe_url

# a count or its change; nothing that Markdown reads as inline markup
_NUMBER = re.compile(r"[+-]?[0-9][0-9.]*|=")
_TICKS = re.compile(r"`+")
_MAX_BARE: Final = 500
"""Characters of a cell that are written as they are, if they can't be markup."""

_MAX_SPANS: Final = 3
"""Code spans that a line may have; one with more is in code as a whole."""

# letters and digits of any script, with a mark inside but not at an edge, where it could be
# emphasis; `f()`, and `+12`, which is no list without a blank
_BARE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|(?<=[(])=|[+-]?\.?[^\W_]+(?:[-_/.+='’][^\W_]+)*(?:\(\))?)"
# `kvm_{get,set}_reg()`, `a + b`: plain with a backslash before each sign
_SIGNS = re.compile(r"[+{}_]")
_SIGNED = r"(?:[\w+{}]+(?:[-/.,='’][\w+{}]+)*(?:\(\))?)"
# a quote, a bracket and the end of a part of a sentence
_AROUND = r"""["'(]{{0,2}}{word}["')]{{0,2}}[,;:.?]?["')]{{0,2}}"""
_WORD = re.compile(_AROUND.format(word=_BARE))
_MARKED = re.compile(_AROUND.format(word=_SIGNED))
# at the beginning of a line, a list's: `1) one`, `1. one`, `a. one`
_ITEM = re.compile(r"\(?(?:[0-9]+|[^\W\d_])[.)]")
# of which GitHub makes links: to a page, to an issue and to a commit
_LINKED = re.compile(r"www\.|\bGH-\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)


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
    """Return text so that it stands for itself, wherever in a line it is; empty if it can't.

    Of a few words that can't, each is in code.
    """
    words = text.split(" ")
    if len(text) > _MAX_BARE or safe_text(text) != text or not all(words):
        return ""
    shown: list[str] = []
    spans = 0
    pairs = list(zip(words, _escape_words(words), strict=True))
    for is_bare, group in groupby(pairs, key=lambda pair: bool(pair[1])):
        if is_bare:
            shown += [bare for _, bare in group]
        else:
            shown.append(code_span(" ".join(word for word, _ in group)))
            spans += 1
    return " ".join(shown) if spans <= _MAX_SPANS and any(bare for _, bare in pairs) else ""


def _escape_words(words: list[str]) -> Iterator[str]:
    """Yield each word so that it stands for itself; empty for what can't, and in its brackets."""
    closing = "" if _ITEM.fullmatch(words[0]) is None else words[0]
    for word in words:
        bare = "" if closing else _escape_word(word)
        if not bare and not closing:  # `[PATCH v2 1/2] lamps: …`
            closing = next((end for begin, end in ("[]", "<>") if begin in word), "")
        if closing and closing in word:
            closing = ""
        yield bare


def _escape_word(word: str) -> str:
    """Return a word so that it stands for itself; empty if it can't."""
    if _LINKED.search(word):
        return ""
    if _WORD.fullmatch(word):
        return word
    return _SIGNS.sub(r"\\\g<0>", word) if _MARKED.fullmatch(word) else ""


def _table(table: Table) -> str:
    marks = ("---:" if column in table.numeric else ":---" for column in table.columns)
    rows = (_row(table, number) for number in range(len(table.rows)))
    lines = [f"| {' | '.join(map(_sentence, table.columns))} |", f"|{'|'.join(marks)}|", *rows]
    return "\n".join(lines)


def _row(table: Table, number: int) -> str:
    links = table.links_of(number)
    url = safe_url(links[0].url) if len(links) == 1 or (links and table.one_each) else ""
    more = _more_links(links, table.most_links) if table.one_each else ""
    cells = []
    for column, cell in zip(table.columns, table.rows[number], strict=True):
        is_linked = column == table.linked
        cells.append(f"{_cell(cell, url)}{more}" if is_linked else _cell(cell))
    return f"| {' | '.join(cells)} |"


def _more_links(links: Sequence[Link], most: int) -> str:
    """Return the second and further mails of a row by their number, and how many more there are."""
    urls = [(number, safe_url(link.url)) for number, link in enumerate(links[:most], 1)]
    shown = "".join(f", [{number}]({url})" for number, url in urls[1:] if url)
    more = len(links) - most
    return f"{shown} and {more:,} more" if shown and more > 0 else shown


def _cell(cell: Cell, url: str = "") -> str:
    if isinstance(cell, Trend):
        return cell.to_sign()
    is_number = _NUMBER.fullmatch(cell) and not _LINKED.search(cell)
    shown = cell if is_number else _bar_safe(_sentence(cell))
    return f"[{shown}]({url})" if url and shown else shown


def _bar_safe(span: str) -> str:
    # GitHub reads `\\|` as a backslash and the cell's end, others as a bar: so put a
    # blank between a backslash and a bar
    return span.replace("\\|", "\\ |").replace("|", "\\|")


def render_markdown(document: Document) -> str:
    """Render a document as Markdown, ending with a line feed."""
    check_document(document)
    blocks = (f"# {_sentence(document.title)}", *map(_render_block, document.blocks))
    return "\n\n".join(filter(None, blocks)) + "\n"
