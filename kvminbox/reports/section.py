"""A section of a report: what computes its frozen result from a corpus, and its layout."""

from __future__ import annotations  # help shows types by their names

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

from kvminbox.display import Block, Verbatim, parse_template
from kvminbox.errors import UsageError
from kvminbox.models import Corpus, Model
from kvminbox.reports.layout import lay_out
from kvminbox.textfile import read_text
from kvminbox.words import is_name, shorten

R_co = TypeVar("R_co", bound=Model, covariant=True)

Compute = Callable[[Corpus], Model]
"""Computes a section's result: any frozen model of Pydantic's, such as `kvminbox.models.Model`."""

Layout = Callable[[Any], Iterable[Block]]
"""Turns a result into blocks, from which each format is rendered."""


@dataclass(frozen=True)
class Page(Generic[R_co]):
    """How a section is shown where it is the whole report."""

    title: Callable[[R_co], str]
    """Makes the report's title from the result."""

    lines: Callable[[R_co], Iterable[str]]
    """Makes the lines of its plain text, which is safe to print."""

    layout: Callable[[R_co], Iterable[Block]]
    """Turns the result into the blocks below the title, for the other formats."""


@dataclass(frozen=True)
class Section(Generic[R_co]):
    """One part of a report: how its result is computed, and laid out.

    A bare function is one, too, with its own name and the default layout. A type checker
    knows the class of the result, and so whether a layout is one for it.

    Raises:
        UsageError: its name is not printable text on one line.
    """

    name: str
    """Its name in JSON, and where a table is asked for."""

    compute: Callable[[Corpus], R_co]
    """Computes its result."""

    layout: Callable[[R_co], Iterable[Block]] = lay_out
    """Turns the result into blocks."""

    page: Page[R_co] | None = None
    """How it is shown where it is the whole report; None for its title, and `layout`."""

    def __post_init__(self) -> None:
        """Refuse a name that can't be shown, or asked for."""
        if not is_name(self.name):
            what = "a section's name must be printable text on one line"
            raise UsageError(what, f"name={shorten(repr(self.name))}", 'give one, such as "mine"')

    def with_layout(self, layout: Callable[[R_co], Iterable[Block]]) -> Section[R_co]:
        """Return this section with another layout."""
        return replace(self, layout=layout, page=None)

    def title_of(self, result: Model) -> str:
        """Return what a result of this section is called in a report."""
        words = self.name.replace("_", " ").replace("-", " ")
        return getattr(result, "title", "") or f"{words[:1].upper()}{words[1:]}"


AnySection: TypeAlias = Section[Model] | Compute
"""What a report is built of: a section, or a function that computes a result.

A list of them that is kept in a variable is a `list[AnySection]`.
"""


def as_section(given: AnySection) -> Section[Model]:
    """Return a section as it is, and a function as a section with its name."""
    if isinstance(given, Section):
        return given
    name = getattr(given, "__name__", type(given).__name__)
    return Section(name=name, compute=given)


def make_layout(template: str, *, source: str = "template") -> Layout:
    """Return a layout made from a Jinja2 template; it needs the extra `templates`.

    The result is `result` in it. Its output is plain text, which every format
    shows as it is: markup in it stays text.

    Raises:
        kvminbox.errors.UsageError: the template is malformed; it says in which line,
            and what was expected. The layout itself raises it for an unknown name.
        kvminbox.errors.MissingExtraError: Jinja2 is not installed.

    >>> layout = make_layout("{% for row in result.rows %}{{ row.text }}{% endfor %}")
    >>> from kvminbox.analysis import Ranking
    >>> layout(Ranking())
    (Verbatim(text='', is_diff=False),)
    """
    fill_in = parse_template(template, source=source)

    def layout(result: Model) -> tuple[Block, ...]:
        return (Verbatim(fill_in(result)),)

    return layout


def read_layout(path: str | Path) -> Layout:
    """Read a layout from a file that holds a Jinja2 template, as `make_layout` does.

    The file is UTF-8, with or without a byte order mark.

    Raises:
        kvminbox.errors.UsageError: it can't be read, a line is not UTF-8, or the
            template is malformed.
        kvminbox.errors.MissingExtraError: Jinja2 is not installed.
    """
    return make_layout(read_text(path), source=str(path))
