"""From a mail's bytes to its model."""

from __future__ import annotations  # help shows types by their names

from datetime import datetime
from typing import Final, TypedDict

from kvminbox.errors import UsageError
from kvminbox.models import (
    Address,
    AnyMessage,
    CoverLetter,
    Entry,
    Kind,
    Patch,
    PullRequest,
    SenderSource,
    Subject,
    SuggestedPatch,
)
from kvminbox.models.begun import begin
from kvminbox.models.message import PlainMessage
from kvminbox.patches.parts import MailParts

_MODELS: Final[dict[Kind, type[AnyMessage]]] = {
    "discussion": PlainMessage,
    "reply": PlainMessage,
    "bot": PlainMessage,
    "patch": Patch,
    "patch_unmarked": SuggestedPatch,
    "reply_with_patch": SuggestedPatch,
    "cover_letter": CoverLetter,
    "pull_request": PullRequest,
}


def read_message(raw: bytes, entry: Entry | None = None) -> AnyMessage:
    r"""Read any bytes as a mail: a `Message`, or one of its kinds. Never raises for content.

    Its kind is decided at once; the rest, such as its trailers, is read on first use.

    Args:
        raw: the mail as it is in the archive (RFC 5322), LF or CRLF line ends.
        entry: where it is in the archive, kept with it.

    Raises:
        UsageError: what is given is not bytes, but for example a text.

    >>> message = read_message(b"From: Jane <jane@doe.example>\nSubject: Re: hello\n\nHi.\n")
    >>> message.kind, message.sender.name, [defect.code for defect in message.defects]
    ('reply', 'Jane', ['message-id-missing', 'date-missing'])
    """
    if not isinstance(raw, bytes):
        what = f"a mail is read from bytes, not from a {type(raw).__name__}"
        raise UsageError(what, "read_message", "pass the mail's bytes, such as `text.encode()`")
    return make_message(read_parts(raw), entry)


def read_parts(raw: bytes) -> MailParts:
    """Take any bytes apart as a mail; its parts are read when they are asked for."""
    return MailParts(raw)


class _Begun(TypedDict):
    """The fields that a kind is decided by, and those that nearly every reader asks for."""

    kind: Kind
    entry: Entry | None
    message_id: str | None
    other_message_ids: tuple[str, ...]
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: Subject
    sender: Address
    sender_source: SenderSource
    date: datetime | None
    list_id: str | None
    body: str


def make_message(parts: MailParts, entry: Entry | None = None) -> AnyMessage:
    """Return the model of a mail's parts, begun with some, and with the parts as its source."""
    kind = parts.kind
    fields: _Begun = {
        "kind": kind,
        "entry": entry,
        "message_id": parts.message_id,
        "other_message_ids": parts.other_message_ids,
        "in_reply_to": parts.in_reply_to,
        "references": parts.references,
        "subject": parts.subject,
        "sender": parts.sender,
        "sender_source": parts.sender_source,
        "date": parts.date,
        "list_id": parts.list_id,
        "body": parts.body,
    }
    return begin(_MODELS[kind], parts, fields)
