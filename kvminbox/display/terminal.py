"""Documents and progress on a terminal; the only room that knows rich.

rich neither removes escape sequences nor leaves brackets alone: printed as `str`,
one subject in twenty changes. So every string here is a `Text` of safe text.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Final, Literal

import rich.table
from rich.box import Box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from kvminbox.dates import write_minute
from kvminbox.display.document import (
    Bars,
    Block,
    Cell,
    DiffText,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    Table,
    Trend,
    check_document,
)
from kvminbox.display.records import record_lines
from kvminbox.display.text import fit_columns
from kvminbox.models import Progress as ProgressCallback
from kvminbox.models import Thread, ThreadNode
from kvminbox.safe import safe_text
from kvminbox.words import count_things

_ADDRESS: Final = ("https://", "http://", "<")

MAX_GUIDES: Final = 20
"""Levels of a thread that are drawn; deeper replies are drawn at the last one."""

MAX_LINES: Final = 20_000
"""Lines of one text that are shown; other formats show all."""

MAX_TEXT: Final = 400_000
"""Characters of one text that are shown."""


def _text(text: str, style: str = "", *, multiline: bool = False) -> Text:
    shown = safe_text(text, multiline=multiline)
    return Text(shown, style=style, overflow="fold", no_wrap=False)


def _record_line(line: str) -> Text:
    """Return a line of a row; an address or a Message-ID is left whole where nothing is cropped.

    Broken by line ends it could be neither clicked nor copied.
    """
    return Text(safe_text(line)) if line.lstrip().startswith(_ADDRESS) else _text(line)


def _render_block(block: Block) -> RenderableType:
    match block:
        case Heading():
            heading = _text(block.text, "bold")
            return Group(Text(""), heading) if block.level == 2 else heading
        case Paragraph():
            return _text(block.text)
        case Bars():
            return _text(block.to_text())
        case Listing():
            return Group(*(_text(line) for line in block.lines))
        case Table():
            return _FittedTable(block)
        case DiffText():
            return _diff(block.text)
        case Note():
            return _note(block)
        case _:
            shown = cut_text(safe_text(block.text, multiline=True))
            return Group(Text(shown, overflow="fold", no_wrap=False), Text(""))


_STYLES: Final = {"+": "green", "-": "red", "@": "magenta"}
# a bar on the left of each row, and nothing else
_BAR: Final = Box("    \n┃   \n    \n┃   \n    \n    \n┃   \n    \n")
_TONES: Final = {"good": "green", "open": "bold yellow", "quiet": "dim"}


def _diff(text: str) -> RenderableType:
    shown = Text(overflow="fold", no_wrap=False)
    for line in cut_text(safe_text(text, multiline=True)).split("\n"):
        is_header = line.startswith(("+++ ", "--- "))
        shown.append(f"{line}\n", style="bold" if is_header else _STYLES.get(line[:1], ""))
    return shown


def _note(note: Note) -> RenderableType:
    """Return a note with a bar on its left, which goes down all its lines, wrapped ones too."""
    words = _text(note.head, "bold cyan")
    words.append(f"\n{cut_text(safe_text(note.text, multiline=True))}", style="not bold default")
    if note.label:
        words.append(f"\n{safe_text(note.label)}", style=f"not bold {_TONES[note.tone]}")
    bar = rich.table.Table(
        box=_BAR, show_header=False, show_edge=True, padding=0, border_style="yellow"
    )
    bar.add_column(overflow="fold")
    bar.add_row(words)
    return Padding(bar, (0, 0, 0, 6 if note.is_answer else 2))


def cut_text(text: str) -> str:
    """Return the text, or the beginning of a very long one and how much was cut.

    rich takes fifteen seconds for half a million one-letter lines, and quadratic time
    for a line of more than a million characters.
    """
    shown = "\n".join(text.split("\n", MAX_LINES)[:MAX_LINES])[:MAX_TEXT]
    more = len(text) - len(shown)
    return f"{shown}\n… {count_things(more, 'more character')}" if more else text


class _FittedTable:
    """A table where the terminal is wide enough for its words, else its rows one by one."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        widths = fit_columns(self._table, options.max_width)
        if widths is not None:
            yield _table(self._table, widths)
        else:
            for line in record_lines(self._table, options.max_width):
                yield _record_line(line)


def _table(table: Table, widths: list[int]) -> rich.table.Table:
    """Return a table whose columns have those widths.

    rich itself makes one wider than the terminal where it narrows a column below its least width.
    """
    found = rich.table.Table(box=None, pad_edge=False)
    fixed = table.numeric | table.short
    for column, width in zip(table.columns, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column in table.numeric else "left"
        found.add_column(
            _text(column), justify=justify, overflow="fold", width=width,
            no_wrap=column in fixed,
        )  # fmt: skip
    for row in table.rows:
        found.add_row(*map(_cell, row))
    return found


def _cell(cell: Cell) -> Text:
    shown = _text(cell.to_sign() if isinstance(cell, Trend) else cell)
    shown.no_wrap = None  # its column says
    return shown


def render_rich(document: Document) -> RenderableType:
    """Render a document for rich's console."""
    check_document(document)
    return Group(_text(document.title, "bold"), *_render_blocks(document.blocks))


def _render_blocks(blocks: tuple[Block, ...]) -> Iterator[RenderableType]:
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Table) and isinstance(before, Table):
            yield Text("")
        yield _render_block(block)
        before = block


def render_terminal(document: Document, *, width: int | None = None, color: bool = False) -> str:
    """Render a document as text for a terminal, with colours if asked for."""
    buffer = StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=color, markup=False, emoji=False, highlight=False
    )
    console.print(render_rich(document), no_wrap=True, overflow="ignore", crop=False)
    return buffer.getvalue()


def render_thread(thread: Thread) -> RenderableType:
    """Render a thread's tree for rich's console: a line for each node, with guides.

    Guides stop at `MAX_GUIDES` levels: deeper nodes are shown at that level.
    """
    last = {node.children[-1] for node in thread.nodes if node.children}
    guides: list[str] = []
    lines = []
    for place, node in enumerate(thread.nodes):
        del guides[max(node.depth - 1, 0) :]
        branch = "" if node.parent is None else "└── " if place in last else "├── "
        lines.append(_render_node(node, "".join(guides[:MAX_GUIDES]) + branch))
        if node.parent is not None:
            guides.append("    " if place in last else "│   ")
    return Group(*lines)


def _render_node(node: ThreadNode, guides: str) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis").append(guides, style="dim")
    if node.message is None:
        return line.append(safe_text(f"<{node.message_id}> is not here"), style="dim italic")
    message = node.message
    when = write_minute(message.date) if message.date else "no date"
    who = message.sender.name_or_email or "nobody"
    line.append(f"{when}  ", style="cyan")
    line.append(safe_text(f"{who}: "), style="green")
    return line.append(
        safe_text(message.subject.raw), style="" if message.subject.is_reply else "bold"
    )


@contextmanager
def progress_bar(title: str) -> Iterator[ProgressCallback | None]:
    """Show a bar on standard error while the block runs; None if that is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(safe_text(title), total=None)

        def advance(done: int, total: int, /) -> None:
            if done % 64 == 0 or done == total:
                bar.update(task, completed=done, total=total)

        yield advance
