"""Models in short: what a list of mails, patches or series shows of each."""

from collections.abc import Iterable
from typing import Any, Final

from kvminbox.mcp.answers import AppliedLine, MailLine, SeriesLine
from kvminbox.models import Address, AnyMessage, Applied, SeriesRef
from kvminbox.words import shorten

MAX_TITLE: Final = 200
"""Characters of a subject, a title or a piece of evidence."""

MAX_NAME: Final = 120
"""Characters of a person."""

MAX_EVIDENCE: Final = 12
"""Pieces of evidence."""


def tell_person(person: Address) -> str:
    """Return a person's mailbox, cut short."""
    return shorten(person.mailbox, MAX_NAME)


def tell_people(people: Iterable[Address], most: int = 20) -> tuple[str, ...]:
    """Return the mailboxes of the first people."""
    return tuple(map(tell_person, people))[:most]


def tell_evidence(evidence: Iterable[str]) -> tuple[str, ...]:
    """Return the first pieces of evidence, each cut short."""
    return tuple(shorten(one, MAX_TITLE) for one in evidence)[:MAX_EVIDENCE]


def tell_mail(mail: AnyMessage) -> MailLine:
    """Return a mail as a line of a list."""
    return MailLine(
        message_id=mail.message_id, date=mail.date, sender=tell_person(mail.sender),
        subject=shorten(mail.subject.raw, MAX_TITLE), kind=mail.kind, url=mail.url,
    )  # fmt: skip


def tell_series(ref: SeriesRef) -> SeriesLine:
    """Return a series as a line of a list."""
    return SeriesLine(**tell_ref(ref))


def tell_ref(ref: SeriesRef) -> dict[str, Any]:
    """Return what every line about a series has."""
    return {**ref.model_dump(), "title": shorten(ref.title, MAX_TITLE)}


def tell_applied(mail: Applied) -> AppliedLine:
    """Return a mail that says that patches were applied."""
    return AppliedLine(
        message_id=mail.message_id, by=tell_person(mail.by), patches=mail.patches[:100],
        tree=shorten(mail.tree, MAX_NAME),
        commits=tuple(shorten(one, 40) for one in mail.commits[:20]),
        evidence=shorten(mail.evidence, MAX_TITLE), form=mail.form,
    )  # fmt: skip
