"""Documents and progress on a terminal; the only room that knows rich.

rich neither removes escape sequences nor leaves brackets alone: printed as `str`,
one subject in twenty changes. So every string here is a `Text` of safe text.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from kvminbox.display.document import Block, Document, Heading, Listing, Paragraph, Ranking
from kvminbox.models import Progress as ProgressCallback
from kvminbox.safe import safe_text


def _text(text: str, style: str = "", *, multiline: bool = False) -> Text:
    return Text(safe_text(text, multiline=multiline), style=style, overflow="fold")


def _render_block(block: Block) -> RenderableType:
    match block:
        case Heading():
            return _text(
                f"\n{block.text}" if block.level == 2 else block.text, "bold", multiline=True
            )
        case Paragraph():
            return _text(block.text)
        case Listing():
            return Group(*(_text(line) for line in block.lines))
        case Ranking():
            return _ranking(block)
        case _:
            return Group(_text(block.text, multiline=True), Text(""))


def _ranking(block: Ranking) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(Text("count"), justify="right")
    table.add_column(_text(block.label), overflow="fold")
    for count, text in block.rows:
        table.add_row(Text(str(count)), _text(text))
    return table


def render_rich(document: Document) -> RenderableType:
    """Render a document for rich's console."""
    return Group(_text(document.title, "bold"), *map(_render_block, document.blocks))


def render_terminal(document: Document, *, width: int | None = None, color: bool = False) -> str:
    """Render a document as text for a terminal, with colours if asked."""
    buffer = StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=color, markup=False, emoji=False, highlight=False
    )
    console.print(render_rich(document))
    return buffer.getvalue()


@contextmanager
def progress_bar(title: str) -> Iterator[ProgressCallback | None]:
    """Show a bar on standard error while the block runs; None where that is no terminal."""
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
