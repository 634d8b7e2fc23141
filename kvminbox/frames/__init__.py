"""Tables for data scientists: a corpus as Arrow, for Polars, pandas, DuckDB and Parquet.

>>> from kvminbox import Inbox, frames
>>> from kvminbox.sample import make_sample
>>> window = Inbox.open(make_sample()).between(None)
>>> table = frames.patches(window)
>>> table.to_arrow().num_rows == len(list(window.patches()))
True
>>> table.schema.field("date").type
TimestampType(timestamp[us, tz=UTC])

It needs pyarrow, from the extra `frames`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kvminbox.frames import frame as _tables
from kvminbox.frames.dataset import Dataset, open_dataset, write_dataset
from kvminbox.frames.finding_columns import FINDINGS
from kvminbox.frames.frame import FORMAT
from kvminbox.frames.grouping import group_dataset
from kvminbox.frames.index_rows import write_groups
from kvminbox.frames.link_columns import DEPENDENCES, LINKS
from kvminbox.frames.model_columns import make_model_frame
from kvminbox.frames.parquet import write_parquet
from kvminbox.frames.remark_columns import FOLLOW_UPS, REMARKS
from kvminbox.frames.table import Table
from kvminbox.frames.tree_columns import CommitFrame, LandingFrame
from kvminbox.lazy import suggest_names
from kvminbox.models import Corpus, Model
from kvminbox.upstream import Code, Tree
from kvminbox.upstream.several import check_tree

__all__ = [
    "FORMAT",
    "Dataset",
    "Table",
    "commits",
    "decisions",
    "dependences",
    "files",
    "findings",
    "follow_ups",
    "group_dataset",
    "landings",
    "links",
    "members",
    "messages",
    "of_models",
    "open_dataset",
    "patches",
    "remarks",
    "series",
    "threads",
    "trailers",
    "write_dataset",
    "write_groups",
    "write_parquet",
]

if not TYPE_CHECKING:  # else any name would pass for one of these
    __getattr__ = suggest_names(__name__)


def of_models(rows: Iterable[Model], *, name: str = "rows", kind: type[Model] = Model) -> Table:
    """Return models of one class as a table: the rows of a report's result, or your own.

    Each field that fits into a column has one, with the field's description. A person is
    written as a mailbox, and a message by its Message-ID; a model within a row gives its fields;
    a list of models has no column.

    Args:
        rows: the models.
        name: the table's name.
        kind: their class, which gives the columns where there is no row.

    Raises:
        kvminbox.errors.UsageError: they are not of one class.

    >>> from kvminbox.analysis import compute_authors
    >>> from kvminbox import Inbox
    >>> from kvminbox.sample import make_sample
    >>> authors = compute_authors(Inbox.open(make_sample()).between(None))
    >>> of_models(authors.rows).to_arrow()["count"].to_pylist()
    [6, 2, 2, 1, 1]
    """
    found = tuple(rows)
    return Table(make_model_frame(name, found, kind), found)


def messages(corpus: Corpus) -> Table:
    """Return the mails of a corpus, with their texts: one row each, oldest first."""
    return Table(_tables.MESSAGES, corpus)


def patches(corpus: Corpus) -> Table:
    """Return the patches of a corpus: one row each, oldest first.

    The diff is not included, only its counts; it is in the mail's `body` in `messages`.
    """
    return Table(_tables.PATCHES, corpus)


def files(corpus: Corpus) -> Table:
    """Return the files that the patches of a corpus change: one row for each file of each patch."""
    return Table(_tables.FILES, corpus)


def series(corpus: Corpus) -> Table:
    """Return the series of a corpus with their reviews: one row each, by their first mail.

    All mails are held, without their texts, until they are grouped; so they are for
    `members`, `trailers`, `decisions` and `threads`.
    """
    return Table(_tables.SERIES, corpus)


def members(corpus: Corpus) -> Table:
    """Return which mails are in which series: one row for each cover letter and patch."""
    return Table(_tables.MEMBERS, corpus)


def trailers(corpus: Corpus) -> Table:
    """Return the trailers in submissions, and the tags that replies gave to each series.

    A row says that a mail has the line, not that the person agrees: see
    `self_attested`. Diffs suggested in replies are not submissions, and their
    trailers are not included.
    """
    return Table(_tables.TRAILERS, corpus)


def decisions(corpus: Corpus) -> Table:
    """Return the mails that decide on series: by which patches were applied, refused, withdrawn.

    A row says what a mail says: `applied` was not compared with any tree. One mail may have
    several rows: of a series for several trees, and of each series that it names.
    """
    return Table(_tables.DECISIONS, corpus)


def threads(corpus: Corpus) -> Table:
    """Return the places of the threads of a corpus, ghosts included, in reading order."""
    return Table(_tables.THREADS, corpus)


def remarks(corpus: Corpus) -> Table:
    """Return what replies say about which place of a series: one row for each remark.

    It has those of authors and of programs, too: see `by_author` and `by_program`. All mails
    are held with their texts; with several jobs other processes look for the remarks.
    """
    return Table(REMARKS, corpus)


def follow_ups(corpus: Corpus) -> Table:
    """Return each remark of a reviewer, and what the next version did with its place.

    `changed` does not mean that the remark was addressed. All mails are held, as for `remarks`.
    """
    return Table(FOLLOW_UPS, corpus)


def findings(corpus: Corpus) -> Table:
    """Return what bots' mails say they found: one row each, oldest first.

    They are neither reviews nor proof. All mails are held until the series are grouped.
    """
    return Table(FINDINGS, corpus)


def links(corpus: Corpus) -> Table:
    """Return what the mails of a corpus point to: one row each, mail by mail, oldest first."""
    return Table(LINKS, corpus)


def dependences(corpus: Corpus) -> Table:
    """Return what the series of a corpus say they build on, and whether it is there."""
    return Table(DEPENDENCES, corpus)


def landings(corpus: Corpus, tree: Code) -> Table:
    """Return the commits of a tree that were made from mails of a corpus, oldest first."""
    check_tree(tree)
    return Table(LandingFrame(tree), corpus)


def commits(tree: Tree, *, patch_ids: bool = False) -> Table:
    """Return the commits of a tree, oldest first.

    Args:
        tree: the tree.
        patch_ids: whether to compute their patch-ids, which takes a hundred times as long.
    """
    check_tree(tree)
    return Table(CommitFrame(patch_ids=patch_ids), tree)
