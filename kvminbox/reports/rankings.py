"""The sections that rank: people, domains, files, subsystems, programs, and oddities."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from kvminbox.analysis import (
    Classify,
    RankedRow,
    Ranking,
    Who,
    compute_authors,
    compute_bots,
    compute_data_quality,
    compute_domains,
    compute_files,
    compute_repliers,
    compute_reviewers,
    compute_subsystems,
    compute_testers,
)
from kvminbox.analysis.ranking import TOP, check_top
from kvminbox.display import Block, Cell, Paragraph, Table, Trend
from kvminbox.reports.layout import (
    lay_out,
    make_links,
    show,
    show_change,
    sum_up,
)
from kvminbox.reports.section import Section

_PLAIN: Final = frozenset({"Files", "Directories", "Data quality"})
"""Rankings whose rows are no names."""

_NOTHING: Final = {
    "Reviewers": "No reply in this period gave a Reviewed-by or Acked-by.",
    "Testers": "No reply in this period gave a Tested-by.",
    "Bots": "No bot wrote to the list in this period.",
    "Data quality": "No oddities in the mails from this period.",
}
"""What is said of a ranking without a row, where what was counted does not say it."""


def domains(*, employer: Who | None = None, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of authors' domains, or of what `employer` says for an address."""
    return Section("domains", partial(compute_domains, who=employer, top=check_top(top)))


def authors(*, who: Who | None = None, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of authors of patches and cover letters, with their lines."""
    return Section("authors", partial(compute_authors, who=who, top=check_top(top)))


def reviewers(*, who: Who | None = None, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of those who gave Reviewed-by or Acked-by in replies."""
    return Section("reviewers", partial(compute_reviewers, who=who, top=check_top(top)))


def testers(*, who: Who | None = None, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of those who gave Tested-by in replies."""
    return Section("testers", partial(compute_testers, who=who, top=check_top(top)))


def repliers(*, who: Who | None = None, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of those who replied."""
    return Section("repliers", partial(compute_repliers, who=who, top=check_top(top)))


def files(*, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of files by the patches that touch them."""
    return Section("files", partial(compute_files, top=check_top(top)))


def subsystems(*, classify: Classify | None = None, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of the parts that `classify` finds in a patch; else of directories."""
    return Section("subsystems", partial(compute_subsystems, classify=classify, top=check_top(top)))


def bots(*, top: int = TOP) -> Section[Ranking]:
    """Return the ranking of bots that write to the list."""
    return Section("bots", partial(compute_bots, top=check_top(top)))


def data_quality() -> Section[Ranking]:
    """Return the section on oddities in the data behind the other numbers."""
    return Section("data_quality", compute_data_quality)


@lay_out.register
def lay_out_ranking(result: Ranking) -> list[Block]:
    """Return a ranking as a table of its first rows, and say how many more there are."""
    shown, rest = result.rows[: result.top], result.rows[result.top :]
    if not result.rows:
        counted = result.counted.replace(" and ", " or ")
        return [Paragraph(_NOTHING.get(result.title, f"No {counted} in this period."))]
    blocks = sum_up(result.figures)
    columns = _choose_columns(shown)
    table = Table(
        columns,
        tuple(tuple(cells[column] for column in columns) for cells in map(_cells, shown)),
        numeric=frozenset(columns) - {"what", "meaning"},
        links=tuple(make_links(row.messages) for row in shown),
        linked="what",
        bars="count",
        colored=_find_colored(result),
    )
    blocks.append(table)
    if rest:
        counts = sum(row.count for row in rest)
        blocks.append(Paragraph(f"And {len(rest):,} more, with {counts:,} in total."))
    return blocks


def _find_colored(result: Ranking) -> frozenset[str]:
    """Return the column of names: people, domains, subsystems; a list of files would flicker."""
    return frozenset() if result.title in _PLAIN else frozenset({"what"})


def _choose_columns(rows: Sequence[RankedRow]) -> tuple[str, ...]:
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
