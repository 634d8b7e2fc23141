"""The section on the series that came: a table of what came, its size, and who sent it."""

from collections import Counter
from functools import partial

from kvminbox.analysis import NewSeries, SeriesSize, compute_new_series
from kvminbox.display import Block, Paragraph, Table
from kvminbox.reports.layout import (
    PHRASES,
    add_lists,
    lay_out,
    make_links,
    or_nothing,
    show,
    show_lines,
    sum_up,
    tell_lacking,
)
from kvminbox.reports.section import Section
from kvminbox.words import name_later


def new_series(*, first_only: bool = False) -> Section[NewSeries]:
    """Return the list of series that came, with their size."""
    return Section("new_series", partial(compute_new_series, first_only=first_only))


@lay_out.register
def lay_out_new_series(result: NewSeries) -> list[Block]:
    """Return series as a table, newest first."""
    names = Counter((row.title, row.revision) for row in result.rows)
    columns, cells = add_lists(
        ("sent", "patches", "lines", "series", "sender"),
        (_cells(row, names[row.title, row.revision] > 1) for row in result.rows),
        [row.lists for row in result.rows],
    )
    table = Table(
        columns,
        cells,
        links=tuple(make_links(row.messages[:1]) for row in result.rows),
        linked="series",
        one_each=True,
        numeric=frozenset({"patches"}),
        short=frozenset({"sent", "lines"}),
        wide=frozenset({"series"}),
        phrases=PHRASES,
        row_by_row=True,
    )
    lacking = tell_lacking((row.patches, row.total) for row in result.rows)
    return [
        *(sum_up(result.figures) if result.rows else ()),
        *map(Paragraph, lacking),
        or_nothing(table, "No series was sent in this period."),
    ]


def _cells(row: SeriesSize, is_one_of_many: bool) -> tuple[str, ...]:
    """Return a row; one patch for several trees has several, which are told apart by the trees."""
    title = name_later(row.title, row.revision, row.minor_revision, is_rfc=row.is_rfc)
    notes = [" ".join(row.trees)] if is_one_of_many and row.trees else []
    notes += ["resend"] if row.is_resend else []
    note = f" ({', '.join(notes)})" if notes else ""
    return (
        show(row.date) or "?",
        f"{row.patches}/{row.total}" if row.patches != row.total else str(row.patches),
        show_lines(row),
        f"{title}{note}",
        show(row.sender),
    )
