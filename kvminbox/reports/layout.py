"""The default layout: any frozen model as blocks, and the shipped results a bit finer.

`lay_out` chooses by the result's class; `@lay_out.register` adds one's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import singledispatch
from typing import Any, Final

from kvminbox.analysis import (
    AppliedReport,
    Discussions,
    Figure,
    MessageRef,
    NewSeries,
    RankedRow,
    Ranking,
)
from kvminbox.display import Block, Cell, Link, Listing, Paragraph, Table, Trend
from kvminbox.models import Address, Model

NOTHING: Final = "Nothing."
"""What is said below the heading of a section that found nothing."""

_NUMERIC: Final = frozenset(
    {"rank", "moved", "count", "change", "added", "removed", "replies", "people"}
)
_SHORT: Final = frozenset({"sent", "patches", "lines", "said", "last"})
_OWN_FIELDS: Final = frozenset({"format_version", "title", "figures"})

FIGURES: Final = "figures"
"""The name of a table of figures, to which its section's name is added."""


def make_links(refs: Iterable[MessageRef]) -> tuple[Link, ...]:
    """Give messages as links."""
    return tuple(
        Link(text=ref.subject, url=ref.url or "", message_id=ref.message_id or "") for ref in refs
    )


@singledispatch
def lay_out(result: Model) -> list[Block]:
    """Give a result as blocks: its values as lines, what it holds several of as tables."""
    fields = [(name, value) for name, value in result if name not in _OWN_FIELDS]
    blocks: list[Block] = [*lay_out_figures(getattr(result, "figures", ()))]
    for name, value in fields:
        blocks += _lay_out_field(name.replace("_", " "), value)
    return blocks or [Paragraph(NOTHING)]


def _lay_out_field(label: str, value: Any) -> list[Block]:  # noqa: ANN401  # any model's field
    if not isinstance(value, tuple | list):
        return [Paragraph(f"{label}: {show(value)}")]
    if not value:
        return [Paragraph(f"{label}: none")]
    if all(isinstance(one, MessageRef) for one in value):
        return [_list_messages(label, value)]
    if all(isinstance(one, Model) and type(one) is type(value[0]) for one in value):
        return [make_table(value)]
    return [Listing(tuple(map(show, value)))]


def _list_messages(label: str, refs: Sequence[MessageRef]) -> Table:
    rows = tuple((ref.subject,) for ref in refs)
    links = tuple(make_links([ref]) for ref in refs)
    return Table((label,), rows, links=links, linked=label, one_each=True)


def make_table(rows: Sequence[Model], columns: Sequence[str] = ()) -> Table:
    """Give models of one sort as a table: a column for each field, or for the named ones.

    Fields of messages become links at the first column that holds no numbers.
    """
    fields = columns or [name for name in type(rows[0]).model_fields if _is_cell(rows, name)]
    values = {name.replace("_", " "): [getattr(row, name) for row in rows] for name in fields}
    numeric = _columns_of(values, (int, float))
    links = tuple(make_links(_find_refs(row)) for row in rows)
    return Table(
        tuple(values),
        tuple(tuple(map(show, row)) for row in zip(*values.values(), strict=True)),
        numeric=numeric,
        links=links if any(links) else (),
        linked=next((name for name in values if name not in numeric), next(iter(values), "")),
        one_each=any(links) and all(len(found) < 2 for found in links),
        short=_columns_of(values, (datetime,)),
    )


def _columns_of(values: Mapping[str, list[object]], kinds: tuple[type, ...]) -> frozenset[str]:
    """Give the columns that hold values of some types, or nothing."""
    return frozenset(
        name
        for name, column in values.items()
        if all(isinstance(value, kinds) or value is None for value in column)
    )


def _is_cell(rows: Sequence[Model], field: str) -> bool:
    """Whether a field can stand in a cell: no rows of its own, and no messages."""
    values = [getattr(row, field) for row in rows]
    return not any(
        isinstance(value, tuple | list) and any(isinstance(one, Model) for one in value)
        for value in values
    )


def _find_refs(row: Model) -> list[MessageRef]:
    found: list[MessageRef] = []
    for _, value in row:
        values = value if isinstance(value, tuple | list) else (value,)
        found += [one for one in values if isinstance(one, MessageRef)]
    return found


def show(value: Any) -> str:  # noqa: ANN401  # any model's field
    """Give a value in a few words: dates by their day, people by their name.

    >>> show(datetime(2025, 6, 9)), show(True), show(0.25), show(None), show(("a", "b"))
    ('2025-06-09', 'yes', '0.2', '', 'a, b')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.1f}"
        case datetime():
            return f"{value:%Y-%m-%d}"
        case Address():
            return value.name or value.email
        case tuple() | list() | frozenset():
            return ", ".join(map(show, value))
        case _:
            return str(value)


def show_change(count: int, before: int) -> str:
    """Give how a count changed: `+3`, `-1`, or `=`."""
    return f"{count - before:+d}" if count != before else "="


def lay_out_figures(figures: Sequence[Figure]) -> list[Block]:
    """Give figures as a table, with their change where a period before is known."""
    if not figures:
        return []
    changes = [[_change(figure)] for figure in figures]
    is_compared = any(figure.before is not None for figure in figures)
    rows = tuple(
        (str(figure.count), *(change if is_compared else ()), figure.label)
        for figure, change in zip(figures, changes, strict=True)
    )
    columns = ("count", *(("change",) if is_compared else ()), "what")
    table = _linked_table(columns, rows, [figure.messages for figure in figures], "what")
    return [replace(table, name=FIGURES)]


def _change(figure: Figure) -> str:
    return "" if figure.before is None else show_change(figure.count, figure.before)


def _linked_table(
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    messages: Sequence[tuple[MessageRef, ...]],
    linked: str,
) -> Table:
    links = tuple(map(make_links, messages))
    return Table(
        columns,
        rows,
        numeric=_NUMERIC & {*columns},
        links=links if any(links) else (),
        linked=linked,
        short=_SHORT & {*columns},
    )


@lay_out.register
def lay_out_ranking(result: Ranking) -> list[Block]:
    """Give a ranking as a table of its first rows, and say how many more there are."""
    shown = result.rows[: result.top]
    blocks = lay_out_figures(result.figures)
    if not shown:
        return [*blocks, Paragraph(NOTHING)]
    columns = _ranking_columns(shown)
    rows = tuple(tuple(cells[column] for column in columns) for cells in map(_cells, shown))
    blocks.append(_linked_table(columns, rows, [row.messages for row in shown], "what"))
    return [*blocks, *_say_rest(result.rows[result.top :])]


def _ranking_columns(rows: Sequence[RankedRow]) -> tuple[str, ...]:
    is_compared = any(row.count_before is not None for row in rows)
    has_lines = any(row.insertions is not None for row in rows)
    has_notes = any(row.note for row in rows)
    return (
        "rank",
        *(("moved", "count", "change") if is_compared else ("count",)),
        *(("added", "removed") if has_lines else ()),
        "what",
        *(("meaning",) if has_notes else ()),
    )


def _cells(row: RankedRow) -> dict[str, Cell]:
    moved = None if row.rank_before is None else row.rank_before - row.rank
    return {
        "rank": str(row.rank),
        "moved": Trend(moved),
        "count": str(row.count),
        "change": show_change(row.count, row.count_before or 0),
        "added": show(row.insertions),
        "removed": show(row.deletions),
        "what": row.text,
        "meaning": row.note,
    }


def _say_rest(rows: Sequence[RankedRow]) -> list[Block]:
    if not rows:
        return []
    counts = sum(row.count for row in rows)
    return [Paragraph(f"and {len(rows)} more, which were counted {counts} times")]


@lay_out.register
def lay_out_new_series(result: NewSeries) -> list[Block]:
    """Give series as a table: what came, its size, and who sent it."""
    rows = tuple(
        (
            show(row.date) or "?",
            f"{row.patches}/{row.total}" if row.patches != row.total else str(row.patches),
            f"+{row.insertions} -{row.deletions}",
            f"v{row.revision} {row.title}" if row.revision > 1 else row.title,
            show(row.sender),
        )
        for row in result.rows
    )
    columns = ("sent", "patches", "lines", "series", "sender")
    if not rows:
        return [*lay_out_figures(result.figures), Paragraph(NOTHING)]
    links = tuple(make_links(row.messages[:1]) for row in result.rows)
    table = Table(
        columns, rows, links=links, linked="series", one_each=True, short=_SHORT & {*columns}
    )
    return [*lay_out_figures(result.figures), table]


@lay_out.register
def lay_out_discussions(result: Discussions) -> list[Block]:
    """Give threads as a table, and say how many more there are."""
    shown = result.rows[: result.top]
    rows = tuple((str(row.replies), str(row.people), show(row.last), row.title) for row in shown)
    columns = ("replies", "people", "last", "thread")
    table = _or_nothing(columns, rows, [row.messages for row in shown], "thread")
    rest = len(result.rows) - len(shown)
    more = [Paragraph(f"and {rest} more")] if rest else []
    return [*lay_out_figures(result.figures), table, *more]


@lay_out.register
def lay_out_applied(result: AppliedReport) -> list[Block]:
    """Give works as a table: when, by whom and where to."""
    rows = tuple(
        (show(row.date) or "?", show(row.by), row.tree, _with_revision(row.title, row.revision))
        for row in result.rows
    )
    columns = ("said", "by", "tree", "what")
    messages = [row.messages for row in result.rows]
    return [*lay_out_figures(result.figures), _or_nothing(columns, rows, messages, "what")]


def _with_revision(title: str, revision: int | None) -> str:
    return f"v{revision} {title}" if revision and revision > 1 else title


def _or_nothing(
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    messages: Sequence[tuple[MessageRef, ...]],
    linked: str,
) -> Block:
    return _linked_table(columns, rows, messages, linked) if rows else Paragraph(NOTHING)
