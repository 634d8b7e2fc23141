"""The tables of a tree: `landings` of a list's mails, and `commits`."""

from collections.abc import Iterator
from typing import Final

from kvminbox.frames.columns import (
    INTEGER,
    MOMENT,
    NUMBER,
    OFFSET,
    TEXT,
    TEXTS,
    Column,
    offset_minutes,
    person_columns,
)
from kvminbox.frames.frame import Frame
from kvminbox.models import Commit, Corpus, Landing, Progress
from kvminbox.upstream import Code, Tree, find_landings

LANDING_COLUMNS: Final[tuple[Column[Landing], ...]] = (
    Column("tree_commit", TEXT, lambda row: row.commit, "The commit of the tree, in hex."),
    Column("tree", TEXT, lambda row: row.tree, "The tree, by its name."),
    Column("commit_title", TEXT, lambda row: row.title, "The commit's title."),
    Column("committed", MOMENT, lambda row: row.committed, "When it was committed, in UTC."),
    Column("release", TEXT, lambda row: row.release,
           "The first tag that contains it; null if none does."),
    Column("relation", TEXT, lambda row: row.relation,
           "`applied`, `edited`, `earlier_version`, `backport`, `revert` or `linked`."),
    Column("message_id", TEXT, lambda row: row.message.message_id, "The mail's Message-ID."),
    Column("title", TEXT, lambda row: row.message.title, "The mail's title."),
    *person_columns("author", lambda row: row.message.author, "the mail's author"),
    Column("date", MOMENT, lambda row: row.message.date, "When it was sent, as claimed, in UTC."),
    Column("revision", INTEGER, lambda row: row.message.revision, "The revision that it states."),
    Column("also", TEXTS, lambda row: [ref.message_id for ref in row.also if ref.message_id],
           "Message-IDs of other mails with the same diff."),
    Column("confidence", NUMBER, lambda row: row.confidence, "How certain it is, from 0 to 1."),
    Column("evidence", TEXTS, lambda row: row.evidence, "Why, in words."),
)  # fmt: skip

COMMIT_COLUMNS: Final[tuple[Column[Commit], ...]] = (
    Column("tree_commit", TEXT, lambda row: row.id, "Its object id, in hex."),
    Column("parents", TEXTS, lambda row: row.parents, "Its parents' ids."),
    *person_columns("author", lambda row: row.author, "the author"),
    Column("authored", MOMENT, lambda row: row.authored, "When it was written, in UTC."),
    Column("authored_offset", OFFSET, lambda row: offset_minutes(row.authored),
           "The author's zone, in minutes."),
    *person_columns("committer", lambda row: row.committer, "the committer"),
    Column("committed", MOMENT, lambda row: row.committed, "When it was committed, in UTC."),
    Column("title", TEXT, lambda row: row.title, "Its title."),
    Column("patch_id", TEXT, lambda row: row.patch_id,
           "Its patch-id, if asked for; null for a merge."),
    Column("reverts", TEXTS, lambda row: row.reverts, "The commits that it says it reverts."),
    Column("upstream", TEXTS, lambda row: row.upstream,
           "The commits that it says it is a backport of."),
    Column("fixes", TEXTS, lambda row: row.fixes, "The commits that its `Fixes:` lines name."),
    Column("release", TEXT, lambda row: row.release,
           "The first tag that contains it; null if none does."),
)  # fmt: skip


class LandingFrame(Frame[Landing]):
    """The table of what landed in a tree."""

    def __init__(self, tree: Code | None = None) -> None:
        doc = "One row for each commit of a tree that was made from a mail."
        super().__init__("landings", doc, LANDING_COLUMNS)
        self._tree = tree

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[Landing]:
        """Yield the landings of a corpus."""
        del jobs
        if self._tree is not None:
            yield from find_landings(corpus, self._tree, progress=progress)


class CommitFrame(Frame[Commit]):
    """The table of a tree's commits."""

    def __init__(self, *, patch_ids: bool = False) -> None:
        super().__init__("commits", "One row for each commit of a tree.", COMMIT_COLUMNS)
        self._patch_ids = patch_ids

    def rows(
        self, tree: Tree, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[Commit]:
        """Yield the commits of a tree."""
        del jobs
        yield from tree.commits(patch_ids=self._patch_ids, progress=progress)


TREE_FRAMES: Final = (LandingFrame(), CommitFrame())
"""Their definitions, without a tree."""
