"""The section that lists pull requests, a row each."""

from dataclasses import replace
from functools import partial
from typing import Final

from kvminbox.analysis import PullRequests, compute_pull_requests
from kvminbox.display import Block, Paragraph
from kvminbox.reports.layout import PHRASES, lay_out, make_table, sum_up
from kvminbox.reports.section import Section
from kvminbox.upstream import Code

_PHRASES: Final = PHRASES | {"repository": "from"}


def pull_requests(tree: Code | None = None) -> Section[PullRequests]:
    """Return the list of pull requests.

    Args:
        tree: where to look for what was to be pulled.
    """
    return Section("pull_requests", partial(compute_pull_requests, tree=tree))


@lay_out.register
def lay_out_pulls(result: PullRequests) -> list[Block]:
    """Return pull requests as a table, with what became of them where a tree was looked at."""
    columns = ["title", "sender", "date", "repository", "ref"]
    if result.tree:
        columns += ["merged", "release"]
    if not result.rows:
        return [Paragraph("No pull request was sent in this period.")]
    table = make_table(result.rows, columns, exact=False)
    table = replace(table, phrases=_PHRASES, row_by_row=True)
    return [*sum_up(result.figures), table]
