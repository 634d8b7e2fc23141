"""The section on what was discussed most: threads by their replies."""

from functools import partial

from kvminbox.analysis import Discussions, compute_discussions
from kvminbox.analysis.ranking import TOP, check_top
from kvminbox.display import Block, Paragraph, Table
from kvminbox.reports.layout import lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section


def discussions(*, top: int = TOP) -> Section[Discussions]:
    """Return the threads with the most replies."""
    return Section("discussions", partial(compute_discussions, top=check_top(top)))


@lay_out.register
def lay_out_discussions(result: Discussions) -> list[Block]:
    """Return threads as a table, and say how many more there are."""
    shown = result.rows[: result.top]
    table = Table(
        ("replies", "people", "last", "thread"),
        tuple((str(row.replies), str(row.people), show(row.last), row.title) for row in shown),
        numeric=frozenset({"replies", "people"}),
        links=tuple(make_links(row.messages) for row in shown),
        linked="thread",
        short=frozenset({"last"}),
    )
    rest = len(result.rows) - len(shown)
    more = [Paragraph(f"And {rest:,} more.")] if rest else []
    return [
        *(sum_up(result.figures) if result.rows else ()),
        or_nothing(table, "No thread in this period has a reply."),
        *more,
    ]
