"""The section on what mails say was merged or applied: when, by whom and where to."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from kvminbox.analysis import AppliedReport, AppliedWork, compute_applied
from kvminbox.display import Block, Heading, Paragraph, Table
from kvminbox.reports.lands import NO_TREE
from kvminbox.reports.layout import add_lists, lay_out, make_links, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.upstream import Code
from kvminbox.words import name_later, shorten

_MOST_WORDS: Final = 400
"""Characters that are shown of a sentence and of why it is believed: a cut took the verb away."""

_FREE: Final = (
    "These are read from sentences of all kinds, which are misread far more often than the usual"
    " forms. Read the words before you quote one."
)


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
    """Return works as a table, the last said first, and below it what free words tell."""
    if not result.figures:
        return [Paragraph(NO_TREE)]
    sure = [row for row in result.rows if row.form != "free"]
    free = [row for row in result.rows if row.form == "free"]
    blocks: list[Block] = sum_up(result.figures) if result.rows else []
    if sure:
        blocks.append(_make_table(result, sure))
    if free:
        blocks += [Heading("In words of their own", level=3), Paragraph(_FREE)]
        blocks.append(_make_table(result, free))
    if not result.rows:
        nothing = "No mail in this period says that something was merged or applied."
        if result.only_missing:
            nothing = (
                f"Nothing that was said to be applied in this period is missing from {result.tree}."
            )
        blocks.append(Paragraph(nothing))
    return blocks


def _make_table(result: AppliedReport, rows: Sequence[AppliedWork]) -> Table:
    """Return rows that are all sure, or all told in free words, which are shown then."""
    more = ("commit", "release") if result.tree else ()
    part = ("only",) if any(row.part for row in rows) else ()
    words = ("words",) if any(row.form == "free" for row in rows) else ()
    pulled = ("other patches",) if any(row.pulled for row in rows) else ()
    columns, cells = add_lists(
        ("date", "said by", "tree", "what", *part, *words, *pulled, *more),
        (
            (
                *_cells(row),
                *([row.part] if part else []),
                *([shorten(" ".join(row.evidence.split()), _MOST_WORDS)] if words else []),
                *(["; ".join(row.pulled)] if pulled else []),
                *(_found(row) if more else ()),
            )
            for row in rows
        ),
        [row.lists for row in rows],
    )
    return Table(
        columns,
        cells,
        links=tuple(make_links(row.messages) for row in rows),
        linked="what",
        one_each=True,
        short=frozenset({"date"}),
        wide=frozenset({"what", *words}),
        small=frozenset(words),
        row_by_row=True,
        phrases={"other patches": ""},
        name="applied in their own words" if words else "",
    )


def _cells(row: AppliedWork) -> tuple[str, ...]:
    what = name_later(row.title, row.revision, row.minor_revision, is_rfc=row.is_rfc)
    return show(row.date) or "?", show(row.by), row.tree, what


def _found(row: AppliedWork) -> tuple[str, str]:
    more = f" and {len(row.found) - 1} more" if len(row.found) > 1 else ""
    return (f"{row.found[0][:12]}{more}" if row.found else "none"), row.release
