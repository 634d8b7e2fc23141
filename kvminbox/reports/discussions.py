"""The section on what was discussed most: threads by their replies."""

from functools import partial

from kvminbox.analysis import Discussion, Discussions, compute_discussions
from kvminbox.analysis.ranking import TOP, check_top
from kvminbox.display import Block, Paragraph, Table
from kvminbox.reports.layout import add_lists, lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.words import name_later


def discussions(*, top: int = TOP) -> Section[Discussions]:
    """Return the threads with the most replies."""
    return Section("discussions", partial(compute_discussions, top=check_top(top)))


@lay_out.register
def lay_out_discussions(result: Discussions) -> list[Block]:
    """Return threads as a table, and say how many more there are."""
    shown = result.rows[: result.top]
    columns, cells = add_lists(
        ("replies", "people", "last", "thread"),
        ((str(row.replies), str(row.people), show(row.last), _name(row)) for row in shown),
        [row.lists for row in shown],
    )
    table = Table(
        columns,
        cells,
        numeric=frozenset({"replies", "people"}),
        links=tuple(make_links(dict.fromkeys((row.first, *row.messages))) for row in shown),
        linked="thread",
        one_each=True,
        most_links=1,
        short=frozenset({"last"}),
        wide=frozenset({"thread"}),
    )
    rest = len(result.rows) - len(shown)
    more = [Paragraph(f"And {rest:,} more.")] if rest else []
    return [
        *(sum_up(result.figures) if result.rows else ()),
        or_nothing(table, "No thread in this period has a reply."),
        *more,
    ]


def _name(row: Discussion) -> str:
    return name_later(row.title, row.revision, row.minor_revision, is_rfc=row.is_rfc)
