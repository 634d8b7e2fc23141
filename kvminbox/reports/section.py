"""A section of a report: a function from a corpus to a frozen result, and its layout."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kvminbox.display import Block, Verbatim, parse_template
from kvminbox.errors import UsageError
from kvminbox.models import Corpus, Model
from kvminbox.reports.layout import lay_out

Compute = Callable[[Corpus], Model]
"""Gives a section's result: any frozen model of Pydantic's, such as `kvminbox.models.Model`."""

Layout = Callable[[Any], Iterable[Block]]
"""Gives a result as blocks, which each format is rendered from."""


@dataclass(frozen=True)
class Section:
    """One part of a report.

    A bare function is one, too, with its own name and the default layout.
    """

    name: str
    """What it is called in JSON, and where a table is asked for."""

    compute: Compute
    """Gives its result."""

    layout: Layout = lay_out
    """Gives the result as blocks."""

    def with_layout(self, layout: Layout) -> "Section":
        """Give this section with another layout."""
        return replace(self, layout=layout)


def as_section(given: Section | Compute) -> Section:
    """Give a section as it is, and a function as one of its name."""
    if isinstance(given, Section):
        return given
    name = getattr(given, "__name__", type(given).__name__)
    return Section(name=name, compute=given)


def make_layout(template: str, *, source: str = "template") -> Layout:
    """Give a layout from a Jinja2 template; it needs the extra `templates`.

    The result is `result` in it. What it gives is plain text, which every format
    shows as it is: markup in it stays text.

    Raises:
        kvminbox.errors.UsageError: the template is malformed, where, and what was
            expected; the layout itself raises it for a name that is not there.

    >>> layout = make_layout("{% for row in result.rows %}{{ row.text }}{% endfor %}")
    >>> from kvminbox.analysis import Ranking
    >>> layout(Ranking())
    (Verbatim(text=''),)
    """
    fill_in = parse_template(template, source=source)

    def layout(result: Model) -> tuple[Block, ...]:
        return (Verbatim(fill_in(result)),)

    return layout


def read_layout(path: str | Path) -> Layout:
    """Give a layout from a file that holds a Jinja2 template, as `make_layout` does.

    Raises:
        kvminbox.errors.UsageError: it can't be read, or is malformed.
    """
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, ValueError) as error:
        what = f"the template can't be read ({getattr(error, 'strerror', None) or error})"
        raise UsageError(what, where=str(path), cure="name a file in UTF-8") from None
    return make_layout(text, source=str(path))
