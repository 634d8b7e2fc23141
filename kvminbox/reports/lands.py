"""The sections on a tree: what landed there, and what landed without a mail."""

from functools import partial

from kvminbox.analysis import (
    LandedReport,
    LandedSeries,
    UnmailedReport,
    compute_landed,
    compute_unmailed,
)
from kvminbox.analysis.ranking import check_top
from kvminbox.display import Block, Heading, Paragraph, Table
from kvminbox.reports.layout import PHRASES, lay_out, make_links, or_nothing, show, sum_up
from kvminbox.reports.section import Section
from kvminbox.upstream import Code
from kvminbox.words import name_later

NO_TREE = "No tree was given."


def landed(tree: Code | None = None) -> Section[LandedReport]:
    """Return the list of series that landed in a tree: when, after how long, in which release.

    Args:
        tree: where to look; without one there is nothing to list.
    """
    return Section("landed", partial(compute_landed, tree=tree))


def without_mail(tree: Code | None = None, top: int = 15) -> Section[UnmailedReport]:
    """Return the list of commits from the time of the window for which it has no mail.

    Args:
        tree: where to look; without one there is nothing to list.
        top: how many to list at most.
    """
    return Section("without_mail", partial(compute_unmailed, tree=tree, top=check_top(top)))


@lay_out.register
def lay_out_landed(result: LandedReport) -> list[Block]:
    """Return landed series as a table, the last committed first."""
    if not result.tree:
        return [Paragraph(NO_TREE)]
    table = Table(
        ("committed", "days", "patches", "release", "series", "sender", "commit", "notes"),
        tuple(map(_cells, result.rows)),
        numeric=frozenset({"days", "patches"}),
        links=tuple(make_links(row.messages[:1]) for row in result.rows),
        linked="series",
        one_each=True,
        short=frozenset({"committed"}),
        phrases=PHRASES | {"notes": ""},
        row_by_row=True,
    )
    notes = (Paragraph(f"{gap}.") for gap in result.gaps)
    if result.is_chosen and not result.rows and not result.not_landed:
        return [*notes, Paragraph("No series in this period matches.")]
    nothing = f"No series from this period is in {result.tree}."
    blocks = [*sum_up(result.figures), *notes, or_nothing(table, nothing)]
    if result.not_landed:
        blocks += [Heading(f"Not in {result.tree}", level=3), _lay_out_rest(result)]
    return blocks


def _lay_out_rest(result: LandedReport) -> Table:
    return Table(
        ("sent", "patches", "series", "sender", "newer version"),
        tuple(
            (
                show(row.date) or "?",
                str(row.patches),
                name_later(row.title, row.revision, row.minor_revision, is_rfc=row.is_rfc),
                show(row.sender),
                f"{row.next.label}, {show(row.next.date)}" if row.next else "",
            )
            for row in result.not_landed
        ),
        numeric=frozenset({"patches"}),
        links=tuple(make_links(row.messages[:1]) for row in result.not_landed),
        linked="series",
        one_each=True,
        short=frozenset({"sent", "newer version"}),
        phrases=PHRASES,
        row_by_row=True,
        name="not landed",
    )


@lay_out.register
def lay_out_unmailed(result: UnmailedReport) -> list[Block]:
    """Return commits without a mail as a table, the last committed first."""
    if not result.tree:
        return [Paragraph(NO_TREE)]
    table = Table(
        ("committed", "commit", "title", "author"),
        tuple(
            (show(row.committed), row.commit[:12], row.title, show(row.author))
            for row in result.rows
        ),
        short=frozenset({"committed", "commit"}),
        title="title",
        phrases={"author": "by"},
    )
    nothing = f"Every commit from this period in {result.tree} was found among the mails."
    return [*sum_up(result.figures), or_nothing(table, nothing)]


def _cells(row: LandedSeries) -> tuple[str, ...]:
    count = row.patches - len(row.lacking)
    patches = str(row.patches) if row.state == "all" else f"{count}/{row.patches}"
    title = name_later(row.title, row.revision, row.minor_revision, is_rfc=row.is_rfc)
    more = f" and {len(row.commits) - 1} more" if len(row.commits) > 1 else ""
    notes = [
        f"{row.edited} edited" if row.edited else "",
        f"{len(row.reverted)} reverted" if row.reverted else "",
        *row.tags,
    ]
    return (
        show(row.committed) or "?",
        "?" if row.days is None else f"{row.days:.1f}",
        patches,
        ", ".join(row.releases) or "none yet",
        title,
        show(row.sender),
        f"{row.commits[0][:12]}{more}",
        "; ".join(filter(None, notes)),
    )
