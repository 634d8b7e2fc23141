"""Which series came, and how large they are."""

from datetime import datetime

from kvminbox.analysis.result import Figure, MessageRef, Result, make_refs
from kvminbox.analysis.row_lists import RowLists
from kvminbox.models import Address, Corpus, Model, PullRequest, Series
from kvminbox.models.corpus import check_corpus, find_list_ends


class SeriesSize(Model):
    """A series with its size."""

    title: str
    """Its title."""

    revision: int
    """Its revision."""

    minor_revision: int | None = None
    """The minor number of a revision such as `v5.5`."""

    is_rfc: bool = False
    """Whether its subject marks it as an RFC: the cover letter's, else the first patch's."""

    is_resend: bool = False
    """Whether its first mail is marked RESEND, REPOST or the like: the same was sent before."""

    trees: tuple[str, ...]
    """The words of its first mail's prefix that name a tree or project: `net-next`; of a backport
    `AUTOSEL`, `6.12`."""

    sender: Address
    """Who sent it."""

    date: datetime | None
    """When its first mail was sent, as claimed."""

    patches: int
    """Its patches that the corpus has."""

    total: int
    """How many patches its mails say there are."""

    files: int
    """Different files that its patches touch."""

    insertions: int
    """Lines that its patches add."""

    deletions: int
    """Lines that its patches remove."""

    lists: tuple[str, ...] = ()
    """The names of the lists that it went to, where the corpus has several; empty for one."""

    messages: tuple[MessageRef, ...]
    """Its cover letter, if there is one, and its patches."""


class NewSeries(Result):
    """The result of `compute_new_series`."""

    rows: tuple[SeriesSize, ...] = ()
    """The series, newest first."""


def compute_new_series(corpus: Corpus, *, first_only: bool = False) -> NewSeries:
    """List the series and lone patches that came, with their size, newest first.

    Args:
        corpus: where to look.
        first_only: leave out series that state v2 or later.

    Patches below a pull request are left out: they ask for no review.
    """
    check_corpus(corpus)
    every = [one for one in corpus.series() if not isinstance(one.cover, PullRequest)]
    shown = [one for one in every if one.revision < 2 or not first_only]
    lists = RowLists((), find_list_ends(corpus))  # which it knows when its mails were read
    rows = tuple(_measure_series(one, lists) for one in reversed(shown))
    numbers = {
        "series and lone patches": len(rows),
        "of which v1": sum(row.revision < 2 for row in rows),
        "patches": sum(row.patches for row in rows),
        "added lines": sum(row.insertions for row in rows),
        "removed lines": sum(row.deletions for row in rows),
    }
    figures = tuple(Figure(label=label, count=count) for label, count in numbers.items())
    return NewSeries(title="New series", rows=rows, figures=figures)


def _measure_series(series: Series, lists: RowLists) -> SeriesSize:
    diffstat = series.diffstat
    return SeriesSize(
        title=series.title,
        revision=series.revision,
        minor_revision=series.minor_revision,
        is_rfc=series.ref.is_rfc,
        is_resend=series.messages[0].subject.is_resend,
        trees=series.messages[0].subject.trees,
        sender=series.sender,
        date=series.date,
        patches=len(series.patches),
        total=series.total,
        files=len(diffstat.files),
        insertions=diffstat.insertions,
        deletions=diffstat.deletions,
        lists=lists.name(series.messages),
        messages=make_refs(series.messages),
    )
