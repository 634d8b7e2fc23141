"""The tables `links`, of what mails point to, and `dependences`, of what series build on."""

from collections.abc import Callable, Iterator
from typing import Final

from kvminbox.frames.columns import FLAG, INTEGER, TEXT, Column
from kvminbox.frames.frame import Frame
from kvminbox.inbox.problems import ReadCorpus
from kvminbox.links import find_dependences, find_links
from kvminbox.links.find import read_links, resolve_links
from kvminbox.models import Corpus, Dependence, Link, Progress, SeriesRef

LINK_COLUMNS: Final[tuple[Column[Link], ...]] = (
    Column("message_id", TEXT, lambda row: row.source, "The Message-ID of the mail."),
    Column("kind", TEXT, lambda row: row.kind,
           "What it links to: `mail`, `commit`, `patch_id`, `change_id`, `bug`, `syzbot`, "
           "`regzbot`, `cve` or `url`."),
    Column("role", TEXT, lambda row: row.role,
           "What the text says about it: `fixes`, `closes`, `link`, `base`, `prerequisite`, "
           "`builds_on`, `supersedes`, `upstream`, `cherry_pick`, `reverts`; else `mention`."),
    Column("target", TEXT, lambda row: row.target,
           "The target; never open it without looking at it first."),
    Column("title", TEXT, lambda row: row.title, "The title given with a commit."),
    Column("resolved", FLAG, lambda row: row.resolved,
           "Whether the mail, patch or series is in the corpus; null for anything else."),
    Column("evidence", TEXT, lambda row: row.evidence, "The text that contains it."),
)  # fmt: skip


def _ref_columns(
    prefix: str, find: Callable[[Dependence], SeriesRef | None], which: str
) -> tuple[Column[Dependence], ...]:
    def read(name: str) -> Callable[[Dependence], object]:
        return lambda row: getattr(find(row), name, None)

    return (
        Column(f"{prefix}message_id", TEXT, read("message_id"),
               f"The Message-ID of the first mail of {which}."),
        Column(f"{prefix}title", TEXT, read("title"), "Its title."),
        Column(f"{prefix}revision", INTEGER, read("revision"), "Its revision."),
        Column(f"{prefix}is_rfc", FLAG, read("is_rfc"), "Whether it is marked RFC."),
    )  # fmt: skip


DEPENDENCE_COLUMNS: Final[tuple[Column[Dependence], ...]] = (
    *_ref_columns("", lambda row: row.series, "the series that builds on another"),
    Column("kind", TEXT, lambda row: row.kind,
           "The kind of id by which the other is named: `patch-id`, `message-id` or `change-id`."),
    Column("value", TEXT, lambda row: row.value, "The id as written."),
    Column("state", TEXT, lambda row: row.state,
           "`found`, `superseded` if there is a newer version, or `missing`."),
    *_ref_columns("base_", lambda row: row.base,
                  "the series that has it; null if that is not in the corpus"),
    *_ref_columns("newest_", lambda row: row.newest,
                  "the newest version of that series; null if it is the newest"),
)  # fmt: skip


class LinkFrame(Frame[Link]):
    """The table of what mails point to."""

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[Link]:
        """Yield the links of a corpus; the ids of all mails are held, and the links."""
        if jobs > 1 and isinstance(corpus, ReadCorpus):
            return resolve_links(corpus.map(read_links, jobs=jobs, progress=progress), corpus)
        return find_links(corpus, progress=progress)


class DependenceFrame(Frame[Dependence]):
    """The table of what series build on."""

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[Dependence]:
        """Yield the dependences of a corpus; its patches are held until they are grouped."""
        del jobs  # most of it is grouping
        yield from find_dependences(corpus.chains(progress=progress))


LINKS: Final = LinkFrame("links", "One row for each thing that a mail links to.", LINK_COLUMNS)
DEPENDENCES: Final = DependenceFrame(
    "dependences", "One row for each thing that a series says it builds on.", DEPENDENCE_COLUMNS
)
