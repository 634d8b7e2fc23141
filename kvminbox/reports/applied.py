"""The section on what mails say was merged or applied: when, by whom and where to."""

from functools import partial

from kvminbox.analysis import AppliedReport, AppliedWork, compute_applied
from kvminbox.display import Block, Paragraph, Table
from kvminbox.reports.lands import NO_TREE
from kvminbox.reports.layout import add_lists, lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.upstream import Code


def applied(tree: Code | None = None) -> Section[AppliedReport]:
    """Return the list of what mails say was merged or applied.

    Args:
        tree: where to look for its commits.
    """
    return Section("applied", partial(compute_applied, tree=tree))


def not_in_tree(tree: Code | None = None) -> Section[AppliedReport]:
    """Return the list of what mails say was applied, but is not in a tree.

    It may be in another tree, wait for a merge, or have been dropped again.

    Args:
        tree: where to look for its commits; without one nothing is listed.
    """
    return Section("not_in_tree", partial(compute_applied, tree=tree, only_missing=True))


@lay_out.register
def lay_out_applied(result: AppliedReport) -> list[Block]:
    """Return works as a table, the last said first."""
    if not result.figures:
        return [Paragraph(NO_TREE)]
    more = ("commit", "release") if result.tree else ()
    part = ("only",) if any(row.part for row in result.rows) else ()
    columns, cells = add_lists(
        ("date", "said by", "tree", "what", *part, *more),
        (
            (*_cells(row), *([row.part] if part else []), *(_found(row) if more else ()))
            for row in result.rows
        ),
        [row.lists for row in result.rows],
    )
    table = Table(
        columns,
        cells,
        links=tuple(make_links(row.messages) for row in result.rows),
        linked="what",
        one_each=True,
        short=frozenset({"date"}),
        wide=frozenset({"what"}),
        row_by_row=True,
    )
    nothing = "No mail in this period says that something was merged or applied."
    if result.only_missing:
        nothing = (
            f"Nothing that was said to be applied in this period is missing from {result.tree}."
        )
    return [*(sum_up(result.figures) if result.rows else ()), or_nothing(table, nothing)]


def _cells(row: AppliedWork) -> tuple[str, ...]:
    is_later = row.revision is not None and row.revision > 1
    what = f"v{row.revision} {row.title}" if is_later else row.title
    return show(row.date) or "?", show(row.by), row.tree, what


def _found(row: AppliedWork) -> tuple[str, str]:
    more = f" and {len(row.found) - 1} more" if len(row.found) > 1 else ""
    return (f"{row.found[0][:12]}{more}" if row.found else "none"), row.release
