"""A report's content, apart from any format: a few sorts of blocks, plain strings in them.

The strings are as the mails gave them. Each renderer makes them safe for its own
format, so that no report can forget to.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below their columns' names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[str] = frozenset()
    """The columns that hold numbers, which stand at the right."""


def make_ranking(label: str, rows: tuple[tuple[int, str], ...]) -> Table:
    """Give things with their counts as a table, in the order that they have."""
    cells = tuple((str(count), text) for count, text in rows)
    return Table(("count", label), cells, numeric=frozenset({"count"}))


@dataclass(frozen=True, slots=True)
class Listing:
    """One line for each of several things."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text whose lines and columns matter, such as a commit message."""

    text: str


Block = Heading | Paragraph | Table | Listing | Verbatim


@dataclass(frozen=True, slots=True)
class Document:
    """A report as blocks, in order."""

    title: str
    blocks: tuple[Block, ...]
