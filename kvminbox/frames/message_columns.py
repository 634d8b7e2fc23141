"""The columns of the table `messages`: one row for each mail."""

from typing import Final

from kvminbox.frames.columns import (
    FLAG,
    INTEGER,
    MOMENT,
    TEXT,
    TEXTS,
    Column,
    date_columns,
    person_columns,
    place_columns,
)
from kvminbox.models import Address, Message


def list_message(message: Message) -> tuple[Message]:
    """Return the one row of a mail."""
    return (message,)


def _itself(mail: Message) -> Message:
    return mail


def _emails(people: tuple[Address, ...]) -> list[str]:
    return [person.email for person in people]


MESSAGE_COLUMNS: Final[tuple[Column[Message], ...]] = (
    *place_columns(_itself),
    Column("arrived", MOMENT, lambda mail: mail.entry.arrived if mail.entry else None,
           "When it was archived: the committer date, in UTC."),
    Column("message_id", TEXT, lambda mail: mail.message_id,
           "The Message-ID without angle brackets; several mails may have the same one."),
    Column("kind", TEXT, lambda mail: mail.kind,
           "What kind of mail it is: `patch`, `cover_letter`, `reply`, `reply_with_patch`, "
           "`patch_unmarked`, `pull_request`, `bot` or `discussion`."),
    Column("subject", TEXT, lambda mail: mail.subject.raw, "The whole subject, decoded."),
    Column("title", TEXT, lambda mail: mail.subject.title,
           "The subject without reply marks and leading brackets."),
    Column("is_reply", FLAG, lambda mail: mail.subject.is_reply,
           "Whether the subject has a reply mark; a reply may lack one."),
    *date_columns(lambda mail: mail.date, "the mail"),
    *person_columns("sender", lambda mail: mail.sender, "the sender, with a rewritten From undone"),
    Column("sender_source", TEXT, lambda mail: mail.sender_source,
           "Where the sender was found: `header` is From; all others undo a From that a list or "
           "a relay rewrote."),
    Column("from_email", TEXT, lambda mail: (mail.rewritten_from or mail.sender).email,
           "The address in From, which may be the sender's or a list's."),
    Column("to_emails", TEXTS, lambda mail: _emails(mail.to), "The addresses in To."),
    Column("cc_emails", TEXTS, lambda mail: _emails(mail.cc), "The addresses in Cc."),
    Column("in_reply_to", TEXTS, lambda mail: mail.in_reply_to,
           "The ids in In-Reply-To, usually one."),
    Column("reference_ids", TEXTS, lambda mail: mail.references,
           "The ids in References, oldest first."),
    Column("list_id", TEXT, lambda mail: mail.list_id, "The id in List-Id."),
    Column("body", TEXT, lambda mail: mail.body, "The plain text, decoded, diffs included."),
    Column("attachments", INTEGER, lambda mail: len(mail.attachments),
           "How many parts are not in the body."),
    Column("defects", TEXTS, lambda mail: [defect.code for defect in mail.defects],
           "The codes of its defects."),
    Column("evidence", TEXTS, lambda mail: mail.evidence, "Why it is of this kind, in words."),
)  # fmt: skip
"""The columns, one row for each mail."""
