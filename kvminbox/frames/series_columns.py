"""The columns of the tables `series` and `members`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kvminbox.frames.columns import (
    FLAG,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    TEXTS,
    Column,
    date_columns,
    person_columns,
    place_columns,
)
from kvminbox.frames.groups import Groups, SeriesRow
from kvminbox.models import Address, Message, PullRequest


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A mail of a series."""

    key: str
    role: str
    number: int
    message: Message


def list_series(groups: Groups) -> tuple[SeriesRow, ...]:
    """Return the series, by their first mail."""
    return groups.rows


def list_members(groups: Groups) -> Iterator[MemberRow]:
    """Yield the mails of each series: the cover letter, the patches, and further patches."""
    for row in groups.rows:
        series = row.series
        if series.cover is not None:
            yield MemberRow(row.key, "cover_letter", 0, series.cover)
        for role, patches in (("patch", series.patches), ("duplicate", series.duplicates)):
            for patch in patches:
                yield MemberRow(row.key, role, patch.subject.counter, patch)


def _applied_at(row: SeriesRow) -> datetime | None:
    return min((found.date for found in row.review.applied if found.date), default=None)


def _email(person: Address | None) -> str | None:
    return person.email if person else None


SERIES_COLUMNS: Final[tuple[Column[SeriesRow], ...]] = (
    Column("series", TEXT, lambda row: row.key,
           "The key of the series: that of its first mail."),
    Column("message_id", TEXT, lambda row: row.series.messages[0].message_id,
           "The Message-ID of its cover letter, else of its first patch."),
    Column("title", TEXT, lambda row: row.series.title, "Its title."),
    Column("revision", INTEGER, lambda row: row.series.revision,
           "Its revision; 1 where none is stated."),
    Column("revision_stated", FLAG, lambda row: row.series.revision_stated,
           "Whether any of its mails states the revision."),
    Column("is_rfc", FLAG, lambda row: row.series.messages[0].subject.is_rfc,
           "Whether its first mail is marked RFC."),
    Column("is_pull", FLAG, lambda row: isinstance(row.series.cover, PullRequest),
           "Whether a pull request is its cover letter: it asks for no review."),
    Column("has_cover", FLAG, lambda row: row.series.cover is not None,
           "Whether it has a cover letter."),
    *date_columns(lambda row: row.series.date, "its first mail"),
    *person_columns("sender", lambda row: row.series.sender, "who sent it"),
    *person_columns("author", lambda row: row.series.author,
                    "the author of its first mail"),
    Column("status", TEXT, lambda row: row.series.status,
           "`complete`, `incomplete`, `over_full`, `partial_reroll` or `cover_only`."),
    Column("total", INTEGER, lambda row: row.series.total,
           "How many patches its mails say there are."),
    Column("patches", INTEGER, lambda row: len(row.series.patches),
           "How many are there, one of each number."),
    Column("missing", INTEGER, lambda row: len(row.series.missing),
           "How many numbers no patch has, up to a thousand."),
    Column("duplicates", INTEGER, lambda row: len(row.series.duplicates),
           "Further patches of a number that is taken."),
    Column("cut", FLAG, lambda row: row.series.cut,
           "Whether missing mails may lie outside of the corpus."),
    Column("confidence", NUMBER, lambda row: row.series.confidence,
           "From 0 to 1, how sure it is that these mails belong together."),
    Column("files", INTEGER, lambda row: len(row.series.diffstat.files),
           "How many paths its patches change."),
    Column("insertions", INTEGER, lambda row: row.series.diffstat.insertions,
           "Lines that its patches add, summed up."),
    Column("deletions", INTEGER, lambda row: row.series.diffstat.deletions,
           "Lines that its patches remove, summed up."),
    Column("chain", TEXT, lambda row: row.chain,
           "The key of the first series of its chain of revisions."),
    Column("previous", TEXT, lambda row: row.previous,
           "The key of the revision before, where the corpus holds it."),
    Column("next", TEXT, lambda row: row.next, "The key of the revision after, likewise."),
    Column("relation", TEXT, lambda row: row.relation,
           "What it is to the one before: `revision`, `resend`, `branch`, `partial_reroll`, "
           "`collected` or `split`."),
    Column("replies", INTEGER, lambda row: row.review.replies,
           "Mails by somebody else that answer it."),
    Column("reviewers", TEXTS, lambda row: [one.email for one in row.review.reviewers],
           "The addresses of somebody else who gave a Reviewed-by, Acked-by, Tested-by or "
           "Nacked-by in a reply."),
    Column("untagged", INTEGER, lambda row: len(row.review.untagged),
           "Its patches without a Reviewed-by, Acked-by or Tested-by of somebody else."),
    Column("first_reply_seconds", NUMBER, lambda row: row.review.first_reply.seconds,
           "Seconds to the first reply by somebody else, or to the corpus's end."),
    Column("first_reply_open", FLAG, lambda row: row.review.first_reply.open,
           "Whether none has come: the seconds are a lower bound then."),
    Column("first_reply_message_id", TEXT, lambda row: row.review.first_reply.message_id,
           "The Message-ID of the mail with it; null where none has come."),
    Column("first_reply_email", TEXT, lambda row: _email(row.review.first_reply.by),
           "The address of who sent it, likewise."),
    Column("first_tag_seconds", NUMBER, lambda row: row.review.first_tag.seconds,
           "Seconds to the first tag by one of the reviewers, or to the corpus's end."),
    Column("first_tag_open", FLAG, lambda row: row.review.first_tag.open,
           "Whether none has come: the seconds are a lower bound then."),
    Column("first_tag_message_id", TEXT, lambda row: row.review.first_tag.message_id,
           "The Message-ID of the mail with it; null where none has come."),
    Column("first_tag_email", TEXT, lambda row: _email(row.review.first_tag.by),
           "The address of who sent it, likewise."),
    Column("next_revision_seconds", NUMBER, lambda row: row.review.next_revision.seconds,
           "Seconds to the next revision, or to the corpus's end."),
    Column("next_revision_open", FLAG, lambda row: row.review.next_revision.open,
           "Whether none has come: the seconds are a lower bound then."),
    Column("next_revision_message_id", TEXT, lambda row: row.review.next_revision.message_id,
           "The Message-ID of its cover letter, else of its first patch; null if none has come."),
    Column("next_revision_email", TEXT, lambda row: _email(row.review.next_revision.by),
           "The address of who sent it, likewise."),
    Column("superseded", FLAG, lambda row: row.review.superseded,
           "Whether a next revision is there."),
    Column("applied", INTEGER, lambda row: len(row.review.applied),
           "Mails that say that it, or a part of it, was applied; nobody looked."),
    Column("applied_date", MOMENT, _applied_at, "When the first of them was sent, in UTC."),
    Column("evidence", TEXTS, lambda row: row.series.evidence,
           "Why these mails were taken for one series, in words."),
)  # fmt: skip
"""The columns of `series`."""

MEMBER_COLUMNS: Final[tuple[Column[MemberRow], ...]] = (
    Column("series", TEXT, lambda row: row.key, "The key of the series."),
    Column("role", TEXT, lambda row: row.role,
           "`cover_letter`, `patch`, or `duplicate` for a further patch of a taken number."),
    Column("number", INTEGER, lambda row: row.number,
           "The `n` of `n/m`; 0 for the cover letter, 1 for a lone patch."),
    *place_columns(lambda row: row.message),
    Column("message_id", TEXT, lambda row: row.message.message_id, "The mail's Message-ID."),
)  # fmt: skip
"""The columns of `members`."""
