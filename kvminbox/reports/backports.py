"""The sections on stable trees and on bugs that were fixed."""

from collections.abc import Sequence
from functools import partial

from kvminbox.analysis import (
    BackportReport,
    FixReport,
    compute_backports,
    compute_fixes,
)
from kvminbox.display import Block, Paragraph, Table
from kvminbox.reports.lands import NO_TREE
from kvminbox.reports.layout import lay_out, or_nothing, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.upstream import Code, Tree

NO_STABLE = "No stable tree was given."


def backports(tree: Code | None = None, stable: Sequence[Tree] = ()) -> Section[BackportReport]:
    """Return the list of patches that stable trees took over, and after how long.

    Args:
        tree: the main tree; without one there is nothing to list.
        stable: the stable trees, which may be branches of the same repository.
    """
    return Section("backports", partial(compute_backports, tree=tree, stable=stable))


def fixes(tree: Code | None = None) -> Section[FixReport]:
    """Return the list of bugs that landed patches fixed, and how long these existed.

    Args:
        tree: where to look; without one there is nothing to list.
    """
    return Section("fixes", partial(compute_fixes, tree=tree))


@lay_out.register
def lay_out_backports(result: BackportReport) -> list[Block]:
    """Return backports as a table, stable tree by stable tree."""
    if not result.tree or not result.stable:
        return [Paragraph(NO_STABLE if result.tree else NO_TREE)]
    table = Table(
        ("tree", "committed", "days", "release", "patch", "commit", "upstream"),
        tuple(
            (
                row.backport.tree,
                show(row.backport.committed) or "?",
                _days(row.backport.days),
                row.backport.release or "none yet",
                row.backport.title,
                row.backport.commit[:12],
                row.backport.upstream[:12],
            )
            for row in result.rows
        ),
        numeric=frozenset({"days"}),
        short=frozenset({"committed", "commit", "upstream"}),
        title="patch",
    )
    return [
        *sum_up(result.figures),
        *_gaps(result.gaps),
        or_nothing(table, "No patch from this period is in a stable tree."),
    ]


@lay_out.register
def lay_out_fixes(result: FixReport) -> list[Block]:
    """Return fixes as a table, the last committed first."""
    if not result.tree:
        return [Paragraph(NO_TREE)]
    table = Table(
        ("broken in", "fixed in", "releases", "days", "fix", "commit", "broken by"),
        tuple(
            (
                row.fix.broken_in or "?",
                row.fix.fixed_in or "none yet",
                "?" if row.fix.releases is None else str(row.fix.releases),
                _days(row.fix.days),
                row.fix.title,
                row.fix.commit[:12],
                row.fix.broken_by[:12],
            )
            for row in result.rows
        ),
        numeric=frozenset({"releases", "days"}),
        short=frozenset({"commit", "broken by"}),
        title="fix",
    )
    return [
        *sum_up(result.figures),
        *_gaps(result.gaps),
        or_nothing(table, f"No patch from this period that fixes a bug is in {result.tree}."),
    ]


def _days(days: float | None) -> str:
    return "?" if days is None else f"{days:.1f}"


def _gaps(gaps: Sequence[str]) -> list[Block]:
    return [Paragraph(f"{gap}.") for gap in gaps]
