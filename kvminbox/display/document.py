"""A report's content, independent of format: a few kinds of blocks that hold plain strings.

The strings are as the mails have them. Each renderer makes them safe for its format,
so that no report can forget to.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from importlib import import_module
from operator import itemgetter
from typing import Final, Literal, Self

from kvminbox.errors import UsageError
from kvminbox.fields import FieldHelp
from kvminbox.safe import notebook_html, safe_text
from kvminbox.words import count_things, shorten

MAX_LINKS: Final = 20
"""Links of one row that a page shows; it counts the rest."""

IDS: Final = frozenset({"message-id"})
"""Columns of Message-IDs, which are never broken, and say nothing beside an address."""


@dataclass(frozen=True, slots=True)
class Heading(metaclass=FieldHelp):
    """A section's heading."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph(metaclass=FieldHelp):
    """A line or paragraph of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Trend(metaclass=FieldHelp):
    """How many places something went up (or down, if negative) in a ranking."""

    places: int | None
    """None if it is new."""

    def to_text(self) -> str:
        """Return it in ASCII: `new`, `+2`, `-1`, or `=`.

        >>> Trend(2).to_text(), Trend(-1).to_text(), Trend(0).to_text(), Trend(None).to_text()
        ('+2', '-1', '=', 'new')
        """
        return "new" if self.places is None else f"{self.places:+d}" if self.places else "="

    def to_sign(self) -> str:
        """Return it with arrows: `new`, `▲2`, `▼1`, or `=`."""
        return self.to_text().replace("+", "▲").replace("-", "▼")


Cell = str | Trend
"""The content of one place in a table."""


class Rounded(str):
    """A cell of few digits or words, which has the exact value in CSV."""

    __slots__ = ("exact",)

    exact: str
    """The whole value."""

    def __new__(cls, shown: str, exact: str) -> Self:
        """Return the cell as it is shown, with the value that it stands for."""
        cell = super().__new__(cls, shown)
        cell.exact = exact
        return cell

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self.exact)


@dataclass(frozen=True, slots=True)
class Link(metaclass=FieldHelp):
    """A link to a message, if the address of its list's archive is known."""

    text: str
    """The message's subject, or another name for it."""

    url: str = ""
    """Its address, made by this library; empty if none is known."""

    message_id: str = ""
    """Its Message-ID; empty if it has none."""


@dataclass(frozen=True, slots=True, repr=False)
class Table(metaclass=FieldHelp):
    """Rows of cells below their columns' names.

    Text, mail and a narrow terminal write the rows one by one, where not all columns fit or
    `row_by_row` is set: `lead`, `title`, `quoted` and `phrases` say what stands where in those.

    Raises:
        UsageError: a row has not a cell for each column, a cell is no text, or there are links
            for more or fewer rows than there are.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[str] = frozenset()
    """The columns that hold numbers, which are right-aligned."""

    links: tuple[tuple[Link, ...], ...] = ()
    """For each row the messages behind it; empty if the rows have none."""

    linked: str = ""
    """The column whose cells link to them."""

    one_each: bool = False
    """Whether each row is one thing that was sent, rather than a count: its messages then get
    lines of text, columns of CSV for the first, or links in Markdown."""

    most_links: int = 3
    """Messages of such a row that a text links; it counts the rest. With 1, the others are only
    the first one's thread, and are not counted, either."""

    short: frozenset[str] = frozenset()
    """Columns of a few characters, such as days, which must not be wrapped."""

    wide: frozenset[str] = frozenset()
    """Columns of titles and sentences, for which a page keeps more room than for names."""

    small: frozenset[str] = frozenset()
    """Wide columns that a page shows in small letters: words of a mail, for who doubts a row."""

    name: str = ""
    """What it is called where tables are chosen by name, in `Report.tables` and `to_csv`.

    No format shows it: a `Heading` or `Paragraph` before the table is seen.
    """

    bars: str = ""
    """A column of numbers that a page shows as bars, too."""

    colored: frozenset[str] = frozenset()
    """Columns of names; on a page each name has a colour of its own, the same in all tables."""

    optional: frozenset[str] = frozenset()
    """Columns that a text leaves out where not all fit, as what they say stands below, too."""

    row_by_row: bool = False
    """Whether a text writes each row by itself, however short its cells are: where they are longer
    in some weeks than in others, it would have another shape in each."""

    lead: str = ""
    """The column before the title of a row that is written by itself; by default the first short
    one. Shown in no other way."""

    title: str = ""
    """The column, and not the text, of the titles of rows that are written by themselves; by
    default the linked one. A heading above the table is a `Heading`."""

    quoted: frozenset[str] = frozenset()
    """Columns of somebody's words, which stand there in quotes, as those of `small` do."""

    phrases: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stands there before a column's cell, where that is not its name: `by`, or nothing."""

    def __post_init__(self) -> None:
        """Refuse what no format could show."""
        size = len(self.columns)
        if isinstance(self.columns, str):
            cure = f'give a tuple of them, such as ("{self.columns}",)'
            raise UsageError("expected columns, not a text", self.columns, cure)
        for place, row in enumerate(self.rows, 1):
            if not isinstance(row, tuple | list):
                what = f"the row must be a tuple of cells, not this {type(row).__name__}"
                raise UsageError(what, f"row {place} of a table", "give a tuple for each row")
            if len(row) != size:
                what = f"the row has {count_things(len(row), 'cell')}"
                cure = f"give {size}, one for each of: {', '.join(self.columns)}"
                raise UsageError(what, f"row {place} of a table", cure)
            for column, cell in zip(self.columns, row, strict=True):
                if not isinstance(cell, str | Trend):
                    what = f"a cell must be a text, not this {type(cell).__name__}"
                    where = f"{column} of row {place} of a table"
                    raise UsageError(what, where, "write it as text, such as str(NUMBER)")
        if self.links and len(self.links) != len(self.rows):
            what = f"there are links for {count_things(len(self.links), 'row')}"
            cure = f"give a tuple of links for each of its {len(self.rows)}, or none"
            raise UsageError(what, "links of a table", cure)

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        rows = count_things(len(self.rows), "row")
        return safe_text(f"<Table{name}, {rows}: {', '.join(self.columns)}>")

    def _repr_html_(self) -> str:
        """Return it for a notebook cell."""
        cell = import_module("kvminbox.display.cell")  # it imports this module
        shown: str = cell.render_notebook(Document(self.name or "table", (self,)))
        return notebook_html(shown)

    def links_of(self, row: int) -> tuple[Link, ...]:
        """Return the messages behind a row."""
        return self.links[row] if self.links else ()

    def without(self, names: AbstractSet[str]) -> "Table":
        """Return it without some of its columns."""
        kept = [place for place, name in enumerate(self.columns) if name not in names]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
            linked="" if self.linked in names else self.linked,
            lead="" if self.lead in names else self.lead,
            title="" if self.title in names else self.title,
            bars="" if self.bars in names else self.bars,
            optional=self.optional - names,
        )


def make_ranking(label: str, rows: tuple[tuple[int, str], ...]) -> Table:
    """Return things with their counts as a table, in the given order."""
    cells = tuple((str(count), text) for count, text in rows)
    return Table(
        ("count", label), cells, numeric=frozenset({"count"}), bars="count",
        colored=frozenset({label}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bars(metaclass=FieldHelp):
    """A few counts in order, which a page draws; elsewhere they are a sentence."""

    title: str
    """What is counted, and by what: `Messages by day`."""

    rows: tuple[tuple[str, int], ...]
    """Each period or class, and its count."""

    is_time: bool = False
    """Whether the rows are periods that follow each other, to be drawn as columns."""

    on: str = "on"
    """What stands before a period: `on` a day, `in` a month."""

    def to_text(self) -> str:
        """Return it as a sentence.

        >>> Bars("Waiting, by age", (("under a week", 2), ("longer", 0))).to_text()
        'Waiting, by age: under a week 2.'
        >>> Bars("Mails by day", (("2025-06-09", 2), ("2025-06-10", 9)), is_time=True).to_text()
        'Mails by day, from 2025-06-09 to 2025-06-10: at most 9, on 2025-06-10.'
        """
        if not self.is_time:
            return f"{self.title}: {', '.join(f'{name} {n:,}' for name, n in self.rows if n)}."
        most = max(self.rows, key=itemgetter(1), default=("", 0))
        span = f"from {self.rows[0][0]} to {self.rows[-1][0]}" if self.rows else "never"
        return f"{self.title}, {span}: at most {most[1]:,}, {self.on} {most[0]}."


@dataclass(frozen=True, slots=True)
class Listing(metaclass=FieldHelp):
    """A list with one line for each thing."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verbatim(metaclass=FieldHelp):
    """Text whose lines and columns matter, such as a commit message."""

    text: str

    is_diff: bool = False
    """Whether it is a diff that this library made, which a page folds and colours."""


@dataclass(frozen=True, slots=True)
class DiffText(metaclass=FieldHelp):
    """Lines of a diff or of a mail, in which added and removed ones are told apart."""

    text: str


Tone = Literal["good", "open", "quiet"]
"""How a note's label is shown: something happened, something did not, or neither."""


@dataclass(frozen=True, slots=True)
class Note(metaclass=FieldHelp):
    """What somebody wrote between the lines of a text."""

    head: str
    """Who wrote it, and when."""

    text: str
    """The words; their lines matter."""

    label: str = ""
    """What became of it."""

    tone: Tone = "quiet"

    is_answer: bool = False
    """Whether it answers the note above it."""


Block = Heading | Paragraph | Bars | Table | Listing | Verbatim | DiffText | Note
"""What a document is made of."""


@dataclass(frozen=True, slots=True)
class Document(metaclass=FieldHelp):
    """A report as blocks, in order."""

    title: str
    blocks: tuple[Block, ...]


def check_document(given: object) -> None:
    """Make sure that a document is given, where a renderer would fail at what it does not have.

    Raises:
        UsageError: it is something else, such as a report or a single table.
    """
    if isinstance(given, Document):
        return
    cure = 'make one of blocks: Document("A title", (block,))'
    if callable(getattr(given, "to_document", None)):
        cure = "give its to_document()"
    what = f"expected a document, not this {type(given).__name__}"
    raise UsageError(what, shorten(repr(given)), cure)


def check_table(given: object) -> None:
    """Make sure that a table is given.

    Raises:
        UsageError: it is something else, such as a report or a whole document.
    """
    if not isinstance(given, Table):
        what = f"expected a table, not this {type(given).__name__}"
        cure = "give one; tables() of a report has them, by name"
        raise UsageError(what, shorten(repr(given)), cure)
