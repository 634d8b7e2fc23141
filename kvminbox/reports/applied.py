"""The section on what mails say was merged or applied: when, by whom and where to."""

from kvminbox.analysis import AppliedReport, AppliedWork, compute_applied
from kvminbox.display import Block, Table
from kvminbox.reports.layout import lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section


def applied() -> Section:
    """Return the list of what mails say was merged or applied."""
    return Section("applied", compute_applied)


@lay_out.register
def lay_out_applied(result: AppliedReport) -> list[Block]:
    """Return works as a table, the last said first."""
    table = Table(
        ("said", "by", "tree", "what"),
        tuple(map(_cells, result.rows)),
        links=tuple(make_links(row.messages) for row in result.rows),
        linked="what",
        short=frozenset({"said"}),
    )
    return [*(sum_up(result.figures) if result.rows else ()), or_nothing(table)]


def _cells(row: AppliedWork) -> tuple[str, ...]:
    is_later = row.revision is not None and row.revision > 1
    what = f"v{row.revision} {row.title}" if is_later else row.title
    return show(row.date) or "?", show(row.by), row.tree, what
