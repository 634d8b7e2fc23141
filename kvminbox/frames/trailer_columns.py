"""The columns of the table `trailers`: those in submissions, and the tags in replies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kvminbox.frames.columns import (
    FLAG,
    INTEGER,
    INTEGERS,
    TEXT,
    Column,
    date_columns,
    mail_key,
    person_columns,
    place_columns,
)
from kvminbox.frames.groups import Groups, SeriesRow
from kvminbox.models import (
    Address,
    CoverLetter,
    GivenTag,
    Message,
    Patch,
    PullRequest,
    Submission,
    Trailer,
)
from kvminbox.review.names import split_name


@dataclass(frozen=True, slots=True)
class TrailerRow:
    """One tag or other trailer, wherever it stands."""

    origin: str
    name: str
    written: str
    kind: str
    value: str
    person: Address | None
    comment: str
    scope: str
    self_attested: bool | None
    date: datetime | None
    message_id: str | None
    message: Message | None
    series: str | None
    patches: tuple[int, ...]
    carried_from: int | None = None


def list_trailers(groups: Groups) -> Iterator[TrailerRow]:
    """Yield the trailers of all submissions, then the tags that replies gave to each series."""
    for mail in groups.distinct:
        if isinstance(mail, Patch | CoverLetter | PullRequest):
            yield from _list_borne(mail, groups.series_of.get(mail_key(mail)))
    for row in groups.rows:
        for tag in row.review.tags:
            yield _make_given(tag, row, groups.by_id.get(tag.message_id or ""))


def _list_borne(mail: Submission, row: SeriesRow | None) -> Iterator[TrailerRow]:
    for trailer in mail.trailers:
        for name in split_name(trailer.name):
            yield TrailerRow(
                origin=trailer.origin,
                name=name,
                written=trailer.name,
                kind=trailer.kind,
                value=trailer.value,
                person=trailer.address,
                comment=trailer.comment,
                scope=trailer.scope,
                self_attested=trailer.self_attested,
                date=mail.date,
                message_id=mail.message_id,
                message=mail,
                series=row.key if row else None,
                patches=_spoken_for(trailer, mail, row),
            )


def _spoken_for(trailer: Trailer, mail: Submission, row: SeriesRow | None) -> tuple[int, ...]:
    if row is None:
        return ()
    if trailer.scope == "patch" and isinstance(mail, Patch):
        return (row.series.number_of(mail),)
    return row.series.numbers


def _make_given(tag: GivenTag, row: SeriesRow, reply: Message | None) -> TrailerRow:
    return TrailerRow(
        origin="reply",
        name=tag.name,
        written=tag.name,
        kind="person",
        value=tag.person.written,
        person=tag.person,
        comment=tag.comment,
        scope=tag.scope,
        self_attested=tag.self_attested,
        date=tag.date,
        message_id=tag.message_id,
        message=reply,
        series=row.key,
        patches=tag.patches,
        carried_from=tag.carried_from,
    )


TRAILER_COLUMNS: Final[tuple[Column[TrailerRow], ...]] = (
    Column("origin", TEXT, lambda row: row.origin,
           "Where it was found: `patch`, `cover_letter` or `pull_request`; `reply` if a "
               "reply gave it to a series."),
    Column("name", TEXT, lambda row: row.name,
           "The name in its usual spelling; `Reviewed-and-tested-by` is two rows."),
    Column("written", TEXT, lambda row: row.written,
           "The name as written; in a reply as `name`."),
    Column("kind", TEXT, lambda row: row.kind,
           "`person`, `utility` (Fixes, Link) or `unknown`."),
    Column("value", TEXT, lambda row: row.value, "The value, as written."),
    *person_columns("person", lambda row: row.person, "the person (null if none is named)"),
    Column("comment", TEXT, lambda row: row.comment,
           "What follows it on the line, such as ` # for arm64`."),
    Column("self_attested", FLAG, lambda row: row.self_attested,
           "Whether the mail's sender is that person; null if that can't be told."),
    Column("scope", TEXT, lambda row: row.scope,
           "Whether it is for a `patch`, for the `series`, or for a `range` of it."),
    Column("series", TEXT, lambda row: row.series,
           "The key of the series that it is for; null if the mail is in none."),
    Column("patches", INTEGERS, lambda row: row.patches,
           "The numbers of the patches that it is for, as in `members`."),
    Column("carried_from", INTEGER, lambda row: row.carried_from,
           "The revision that it was given to, if it was carried over to an unchanged "
               "patch; such a row repeats the tag of that revision."),
    *date_columns(lambda row: row.date, "the mail that holds it"),
    Column("message_id", TEXT, lambda row: row.message_id,
           "The Message-ID of the mail that holds it."),
    *place_columns(lambda row: row.message),
)  # fmt: skip
"""The columns of `trailers`. The place is null if several mails have a reply's id."""
