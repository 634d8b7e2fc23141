"""The table `findings`: what programs say of patches, commits and trees."""

from collections.abc import Iterator
from typing import Final

from kvminbox.findings import find_findings
from kvminbox.frames.columns import INTEGER, TEXT, TEXTS, Column, date_columns
from kvminbox.frames.frame import Frame
from kvminbox.models import Corpus, Finding, Progress

FINDING_COLUMNS: Final[tuple[Column[Finding], ...]] = (
    Column("message_id", TEXT, lambda row: row.message_id, "The Message-ID of the mail."),
    *date_columns(lambda row: row.date, "the mail"),
    Column("sender_email", TEXT, lambda row: row.sender.email, "The address of the sender."),
    Column("program", TEXT, lambda row: row.program,
           "The program: `0-day`, `syzbot`, `LKFT`, `CKI` and others; else the sender's name."),
    Column("kind", TEXT, lambda row: row.kind,
           "What it did: `build`, `test`, `performance`, `crash`, `bisection`, `check`, `review`, "
           "`apply`, `applied` or `notice`."),
    Column("verdict", TEXT, lambda row: row.verdict,
           "The result that it states: `passed`, `warned`, `failed`, `improved`, `regressed`, "
           "`found`, `fixed`, `applied`, `queued`, `remarked` or `unknown`."),
    Column("summary", TEXT, lambda row: row.summary, "The line that states the result."),
    Column("series_message_id", TEXT, lambda row: row.series and row.series.message_id,
           "The Message-ID of the first mail of the series that it is about; null if unknown."),
    Column("series_title", TEXT, lambda row: row.series and row.series.title,
           "The title of that series."),
    Column("series_revision", INTEGER, lambda row: row.series and row.series.revision,
           "The revision of that series."),
    Column("patch", INTEGER, lambda row: row.patch,
           "The number of the patch in it; 0 for the series as a whole."),
    Column("tree", TEXT, lambda row: row.tree, "The tree that was tested, as written."),
    Column("branch", TEXT, lambda row: row.branch, "The branch of that tree."),
    Column("base", TEXT, lambda row: row.base, "The commit that the patch was applied to."),
    Column("commit", TEXT, lambda row: row.commit,
           "The commit that was tested or blamed, or that a patch became, as written."),
    Column("commit_title", TEXT, lambda row: row.commit_title, "The title of that commit."),
    Column("architecture", TEXT, lambda row: row.architecture, "The architecture."),
    Column("config", TEXT, lambda row: row.config, "The kernel's configuration, as written."),
    Column("compiler", TEXT, lambda row: row.compiler, "The compiler, as written."),
    Column("bug", TEXT, lambda row: row.bug, "The id of a bug in the program's own tracker."),
    Column("lines", TEXTS, lambda row: [line.text for line in row.lines],
           "The first lines that say what is wrong."),
    Column("paths", TEXTS, lambda row: list(dict.fromkeys(line.path for line in row.lines
                                                          if line.path)),
           "The files that these lines name. Never open them."),
    Column("line_count", INTEGER, lambda row: row.line_count, "How many such lines there are."),
    Column("failed", TEXTS,
           lambda row: [one.name for one in row.checks if one.verdict == "failed"],
           "The checks or tests that failed, by name."),
    Column("evidence", TEXTS, lambda row: row.evidence,
           "How the bot and the series were recognised."),
)  # fmt: skip


class FindingFrame(Frame[Finding]):
    """The table of what programs found."""

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[Finding]:
        """Yield the findings of a corpus; all its mails are held."""
        del jobs  # most of it is grouping
        return find_findings(corpus, progress=progress)


FINDINGS: Final = FindingFrame(
    "findings", "One row for each bot mail that reports a result.", FINDING_COLUMNS
)
