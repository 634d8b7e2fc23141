"""Progress in a notebook cell."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from time import monotonic
from typing import Any, Final

from kvminbox.cards.html import card
from kvminbox.models import Progress
from kvminbox.safe import safe_html, safe_text

__all__ = [
    "cell_bar",
]

_PAUSE: Final = 0.2
"""Seconds between two updates of a bar."""


@contextmanager
def cell_bar(title: str) -> Iterator[Progress | None]:
    """Show a bar below a notebook cell while the block runs, and at the end the totals.

    The value is the callback that `progress` arguments take; None outside a
    notebook, so that the same code is silent in a script. A block that fails leaves
    the bar as it was.

    >>> from kvminbox import Inbox
    >>> from kvminbox.sample import make_sample
    >>> with cell_bar("reading") as progress:
    ...     mails = list(Inbox.open(make_sample()).between(None).messages(progress=progress))
    >>> len(mails)
    22
    """
    handle = _open_output(Bar(title))
    if handle is None:
        yield None
        return
    latest, shown = Bar(title), monotonic()

    def advance(done: int, total: int, /) -> None:
        nonlocal latest, shown
        latest = Bar(title, done, total)
        if monotonic() - shown >= _PAUSE:
            handle.update(latest)
            shown = monotonic()

    yield advance
    latest.is_done = True
    handle.update(latest)


def _open_output(bar: "Bar") -> Any:  # noqa: ANN401  # IPython's handle, and IPython may be absent
    """Return the handle of an output that can be updated; None outside a notebook."""
    try:
        ipython = import_module("IPython")
    except ImportError:
        return None
    shell = ipython.get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return None
    return import_module("IPython.display").display(bar, display_id=True)


class Bar:
    """How far a run is: a bar in a notebook, elsewhere a line of text."""

    def __init__(self, title: str, done: int = 0, total: int = 0) -> None:
        self.title: str = title
        self.done: int = done
        self.total: int = total
        self.is_done: bool = False

    def __repr__(self) -> str:
        count = (
            f"{self.done:,} of {self.total:,}" if self.total else "done" if self.is_done else "…"
        )
        return safe_text(f"{self.title}: {count}")

    def _repr_html_(self) -> str:
        share = self.done / self.total if self.total else float(self.is_done)
        inner = f"width:{100 * min(share, 1):.0f}%;height:100%;background:#2ea043;border-radius:3px"
        outer = "width:min(20em,100%);height:.6em;background:#8884;border-radius:3px;margin:.3em 0"
        bar = f'<div style="{outer}"><div style="{inner}"></div></div>'
        return card(f"<div>{safe_html(repr(self))}</div>", bar)
