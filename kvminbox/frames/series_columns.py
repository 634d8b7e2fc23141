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
from kvminbox.review.part import APPLIED_FORMS


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
                yield MemberRow(row.key, role, series.number_of(patch), patch)


def _applied_at(row: SeriesRow) -> datetime | None:
    return min((found.date for found in row.review.applied if found.date), default=None)


def _applied_form(row: SeriesRow) -> str | None:
    return min((one.form for one in row.review.applied), key=APPLIED_FORMS.index, default=None)


def _email(person: Address | None) -> str | None:
    return person.email if person else None


SERIES_COLUMNS: Final[tuple[Column[SeriesRow], ...]] = (
    Column("series", TEXT, lambda row: row.key,
           "The key of the series: that of its first mail."),
    Column("message_id", TEXT, lambda row: row.series.messages[0].message_id,
           "The Message-ID of its cover letter, else of its first patch."),
    Column("title", TEXT, lambda row: row.series.title, "Its title."),
    Column("revision", INTEGER, lambda row: row.series.revision,
           "Its revision; 1 if none is stated."),
    Column("revision_stated", FLAG, lambda row: row.series.revision_stated,
           "Whether any of its mails states the revision."),
    Column("is_rfc", FLAG, lambda row: row.review.series.is_rfc,
           "Whether its cover letter is marked RFC, else its first patch."),
    Column("is_pull", FLAG, lambda row: isinstance(row.series.cover, PullRequest),
           "Whether a pull request is its cover letter: it asks for no review."),
    Column("has_cover", FLAG, lambda row: row.series.cover is not None,
           "Whether it has a cover letter."),
    *date_columns(lambda row: row.series.date, "its first mail"),
    *person_columns("sender", lambda row: row.series.sender, "the sender"),
    *person_columns("author", lambda row: row.series.author,
                    "the author of its first mail"),
    Column("status", TEXT, lambda row: row.series.status,
           "`complete`, `incomplete`, `over_full`, `partial_reroll` or `cover_only`."),
    Column("total", INTEGER, lambda row: row.series.total,
           "How many patches its mails say there are."),
    Column("patches", INTEGER, lambda row: len(row.series.patches),
           "How many are present, counting each number once."),
    Column("missing", INTEGER, lambda row: len(row.series.missing),
           "How many patch numbers are missing, up to a thousand."),
    Column("duplicates", INTEGER, lambda row: len(row.series.duplicates),
           "Extra patches whose number is already taken."),
    Column("cut", FLAG, lambda row: row.series.cut,
           "Whether missing mails may be outside the corpus."),
    Column("confidence", NUMBER, lambda row: row.series.confidence,
           "How certain it is that these mails belong together, from 0 to 1."),
    Column("files", INTEGER, lambda row: len(row.series.diffstat.files),
           "How many paths its patches change."),
    Column("insertions", INTEGER, lambda row: row.series.diffstat.insertions,
           "Lines added by its patches, in total."),
    Column("deletions", INTEGER, lambda row: row.series.diffstat.deletions,
           "Lines removed by its patches, in total."),
    Column("chain", TEXT, lambda row: row.chain,
           "The key of the first series of its chain of revisions."),
    Column("previous", TEXT, lambda row: row.previous,
           "The key of the previous revision, if it is in the corpus."),
    Column("next", TEXT, lambda row: row.next,
           "The key of the next revision, if it is in the corpus."),
    Column("relation", TEXT, lambda row: row.relation,
           "How it relates to the one before: `revision`, `resend`, `branch`, `partial_reroll`, "
           "`collected` or `split`."),
    Column("replies", INTEGER, lambda row: row.review.replies,
           "Replies by others."),
    Column("reviewers", TEXTS, lambda row: [one.email for one in row.review.reviewers],
           "The addresses of others who gave a Reviewed-by, Acked-by, Tested-by or "
               "Nacked-by in a reply."),
    Column("untagged", INTEGER, lambda row: len(row.review.untagged),
           "Its patches without a Reviewed-by, Acked-by or Tested-by from anybody else."),
    Column("first_reply_seconds", NUMBER, lambda row: row.review.first_reply.seconds,
           "Seconds to the first reply by somebody else, or to the corpus's end."),
    Column("first_reply_open", FLAG, lambda row: row.review.first_reply.open,
           "Whether there is none yet: then the seconds are a lower bound."),
    Column("first_reply_message_id", TEXT, lambda row: row.review.first_reply.message_id,
           "The Message-ID of that mail; null if there is none."),
    Column("first_reply_email", TEXT, lambda row: _email(row.review.first_reply.by),
           "The address of the sender; null if there is none."),
    Column("first_tag_seconds", NUMBER, lambda row: row.review.first_tag.seconds,
           "Seconds to the first tag by one of the reviewers, or to the corpus's end."),
    Column("first_tag_open", FLAG, lambda row: row.review.first_tag.open,
           "Whether there is none yet: then the seconds are a lower bound."),
    Column("first_tag_message_id", TEXT, lambda row: row.review.first_tag.message_id,
           "The Message-ID of that mail; null if there is none."),
    Column("first_tag_email", TEXT, lambda row: _email(row.review.first_tag.by),
           "The address of the sender; null if there is none."),
    Column("next_revision_seconds", NUMBER, lambda row: row.review.next_revision.seconds,
           "Seconds to the next revision, or to the corpus's end."),
    Column("next_revision_open", FLAG, lambda row: row.review.next_revision.open,
           "Whether there is none yet: then the seconds are a lower bound."),
    Column("next_revision_message_id", TEXT, lambda row: row.review.next_revision.message_id,
           "The Message-ID of its cover letter, else of its first patch; null if there is none."),
    Column("next_revision_email", TEXT, lambda row: _email(row.review.next_revision.by),
           "The address of the sender; null if there is none."),
    Column("superseded", FLAG, lambda row: row.review.superseded,
           "Whether there is a next revision."),
    Column("applied", INTEGER, lambda row: len({one.message_id for one in row.review.applied}),
           "Mails that say that all or part of it was applied; no tree was looked at."),
    Column("applied_date", MOMENT, _applied_at, "When the first of them was sent, in UTC."),
    Column("applied_form", TEXT, _applied_form,
           "The surest form in which one of them says so: `notice` of a program, `list` with "
               "commits, `formula` of a maintainer, or `free` words, which may be misread; null if "
               "there is none."),
    Column("refused", INTEGER,
           lambda row: len({one.message_id for one in row.review.refusals if not one.taken_back}),
           "Mails of others that refuse all or part of it, and were not taken back."),
    Column("withdrawn", INTEGER,
           lambda row: len({one.message_id for one in row.review.withdrawals}),
           "Mails by which its author takes all or part of it back."),
    Column("evidence", TEXTS, lambda row: row.series.evidence,
           "Why these mails were grouped into one series, in words."),
)  # fmt: skip
"""The columns of `series`."""

MEMBER_COLUMNS: Final[tuple[Column[MemberRow], ...]] = (
    Column("series", TEXT, lambda row: row.key, "The key of the series."),
    Column("role", TEXT, lambda row: row.role,
           "`cover_letter`, `patch`, or `duplicate` for an extra patch whose number is "
               "already taken."),
    Column("number", INTEGER, lambda row: row.number,
           "Its number in the series; 0 for the cover letter, 1 for a lone patch."),
    *place_columns(lambda row: row.message),
    Column("message_id", TEXT, lambda row: row.message.message_id, "The mail's Message-ID."),
)  # fmt: skip
"""The columns of `members`."""
