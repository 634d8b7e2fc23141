"""The tables `remarks`, of what was said about patches, and `follow_ups`, of what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any, Final, TypeVar

from kvminbox.frames.columns import (
    FLAG,
    INTEGER,
    TEXT,
    TEXTS,
    Column,
    date_columns,
    person_columns,
    place_columns,
)
from kvminbox.frames.frame import Frame
from kvminbox.frames.groups import series_key
from kvminbox.frames.tasks import Pool
from kvminbox.inbox import MailCorpus
from kvminbox.models import AnyMessage, Corpus, Entry, FollowUp, Progress, Remark
from kvminbox.remarks.follow import AnsweredChain, find_answers

R = TypeVar("R")

_TASK: Final = 16
"""Chains that a process does at once."""


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark, its series, and where the mail that holds it is."""

    key: str
    title: str
    revision: int
    is_rfc: bool
    remark: Remark
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class FollowUpRow(RemarkRow):
    """The same with what became of it, and the key of the version that was looked at."""

    found: FollowUp
    next: str | None


def list_remarks(answered: AnsweredChain) -> Iterator[RemarkRow]:
    """Yield the remarks on the series of a chain."""
    for series, reply, remark in answered.collect_remarks():
        yield RemarkRow(
            key=series_key(series),
            title=series.title,
            revision=series.revision,
            is_rfc=series.ref.is_rfc,
            remark=remark,
            entry=reply.entry,
        )


def list_follow_ups(answered: AnsweredChain) -> Iterator[FollowUpRow]:
    """Yield what became of the remarks of reviewers on the series of a chain."""
    keys = {one.ref: series_key(one) for one in answered.chain.series}
    for series, reply, found in answered.follow_up():
        yield FollowUpRow(
            key=series_key(series),
            title=series.title,
            revision=series.revision,
            is_rfc=found.series.is_rfc,
            remark=found.remark,
            entry=reply.entry,
            found=found,
            next=keys[found.next] if found.next else None,
        )


class _Held(MailCorpus):
    """The mails of a corpus with their texts, so that it is read once."""

    def __init__(self, corpus: Corpus, progress: Progress | None) -> None:
        self._messages = list(corpus.messages(progress=progress))

    def messages(self, *, progress: Progress | None = None) -> Iterator[AnyMessage]:
        del progress  # they have been read already
        return iter(self._messages)


class ReplyFrame(Frame[R]):
    """A table made of chains and the replies to them; all mails are held, with their texts.

    Of each chain its own mails are enough, so that other processes may do the work.
    """

    def __init__(
        self,
        name: str,
        doc: str,
        columns: tuple[Column[R], ...],
        list_rows: Callable[[AnsweredChain], Iterable[R]],
    ) -> None:
        super().__init__(name, doc, columns)
        self._list_rows = list_rows

    def rows(
        self, corpus: Corpus, progress: Progress | None = None, *, jobs: int = 1
    ) -> Iterator[R]:
        """Yield the rows of a corpus; with several jobs other processes make them."""
        held = _Held(corpus, progress)
        answered = (one for one in find_answers(held.chains(), held.messages()) if one.is_answered)
        work = partial(_do_some, self._list_rows)
        with Pool(jobs=jobs, where=f"the table {self.name}") as pool:
            yield from chain.from_iterable(pool.map(work, _cut(answered)))


def _cut(answered: Iterator[AnsweredChain]) -> Iterator[list[AnsweredChain]]:
    while some := list(islice(answered, _TASK)):
        yield some


def _do_some(
    list_rows: Callable[[AnsweredChain], Iterable[R]], chains: list[AnsweredChain]
) -> list[R]:
    return [row for one in chains for row in list_rows(one)]


_WHERE: Final[tuple[Column[Any], ...]] = (
    Column("series", TEXT, lambda row: row.key, "The key of the series that it is about."),
    Column("title", TEXT, lambda row: row.title, "The series' title."),
    Column("revision", INTEGER, lambda row: row.revision, "The series' revision."),
    Column("is_rfc", FLAG, lambda row: row.is_rfc, "Whether the series is marked RFC."),
    Column("message_id", TEXT, lambda row: row.remark.message_id,
           "The Message-ID of the reply that holds it."),
    *place_columns(lambda row: row),
    *date_columns(lambda row: row.remark.date, "the reply"),
    *person_columns("sender", lambda row: row.remark.sender, "the sender of the reply"),
    Column("by_program", FLAG, lambda row: row.remark.by_program,
           "Whether a bot sent it, such as one that builds, tests or reviews."),
    Column("place", TEXT, lambda row: row.remark.place,
           "What it is below: `line`, `file`, `message`, `notes`, `cover`, `general` or "
           "`unknown`."),
    Column("patch", INTEGER, lambda row: row.remark.patch,
           "The number of the patch, 0 for the cover letter; null if that is unknown."),
    Column("patch_message_id", TEXT, lambda row: row.remark.patch_message_id,
           "The Message-ID of that patch or cover letter."),
    Column("path", TEXT, lambda row: row.remark.path,
           "The path after the change; empty if it is not below a file. Never open it."),
    Column("side", TEXT, lambda row: row.remark.side,
           "The side of the diff that the line is on: `old`, `new` or `both`."),
    Column("line", INTEGER, lambda row: row.remark.line,
           "The line's number in the file, by the sender's count."),
    Column("hunk", INTEGER, lambda row: row.remark.hunk,
           "The number of the hunk in the file, from 1."),
    Column("quoted", TEXT, lambda row: row.remark.quoted,
           "The quoted lines directly above it, after the previous remark."),
    Column("text", TEXT, lambda row: row.remark.text, "What was written."),
)  # fmt: skip

REMARK_COLUMNS: Final[tuple[Column[RemarkRow], ...]] = (
    *_WHERE,
    Column("by_author", FLAG, lambda row: row.remark.by_author,
           "Whether the sender of the series, or the author of the patch, sent it."),
    Column("is_answer", FLAG, lambda row: row.remark.is_answer,
           "Whether it is below the words of another reply, not of the patch."),
    Column("row", INTEGER, lambda row: row.remark.row,
           "The row of the quoted line, from 0: in the diff for a `line` or `file`, else in the "
           "mail's body."),
    Column("first_row", INTEGER, lambda row: row.remark.first_row,
           "The first row of the unbroken quote above it."),
    Column("evidence", TEXTS, lambda row: row.remark.evidence, "Why this place, in words."),
)  # fmt: skip

FOLLOW_UP_COLUMNS: Final[tuple[Column[FollowUpRow], ...]] = (
    *_WHERE,
    Column("outcome", TEXT, lambda row: row.found.outcome,
           "What the next version did there: `changed`, `near`, `elsewhere`, `unchanged`, "
           "`dropped`, `gone` or `no_version`. It does not say that the remark was addressed."),
    Column("next", TEXT, lambda row: row.next,
           "The key of the version that was looked at; null if none was sent later."),
    Column("next_revision", INTEGER,
           lambda row: row.found.next.revision if row.found.next else None, "Its revision."),
    Column("next_is_rfc", FLAG,
           lambda row: row.found.next.is_rfc if row.found.next else None,
           "Whether it is marked RFC."),
    Column("next_patch", INTEGER, lambda row: row.found.next_patch,
           "The number of the patch in it that was looked at."),
    Column("next_path", TEXT, lambda row: row.found.next_path,
           "The path in it, if it differs."),
    Column("quoted_changed", INTEGER, lambda row: row.found.quoted_changed,
           "How many of the quoted rows were changed or removed."),
    Column("answers", TEXTS, lambda row: row.found.answers,
           "The Message-IDs of the author's answers to it."),
    Column("evidence", TEXTS, lambda row: row.found.evidence, "Why this outcome, in words."),
)  # fmt: skip

REMARKS: Final = ReplyFrame(
    "remarks", "One row for each remark of a reply to a series.", REMARK_COLUMNS, list_remarks
)
FOLLOW_UPS: Final = ReplyFrame(
    "follow_ups",
    "One row for each remark of a reviewer, with what the next version did with its place.",
    FOLLOW_UP_COLUMNS,
    list_follow_ups,
)
