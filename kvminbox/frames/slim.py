"""Mails with only what grouping needs, so that a whole archive fits into memory.

A list mail is ten kilobytes, mostly quotes and diffs. What is kept here groups
into the same threads, series, chains and reviews: a text is kept if the readers
of versions and reviews find something in it, and equal values are kept once.
"""

from typing import Any, TypeVar, cast

from kvminbox.models import (
    AnyMessage,
    CoverLetter,
    Message,
    Model,
    Patch,
    PullRequest,
    Series,
    Subject,
    Submission,
    SuggestedPatch,
)
from kvminbox.models.message import PlainMessage
from kvminbox.review.answers import is_answer
from kvminbox.review.applied import read_applied
from kvminbox.review.own_text import own_lines
from kvminbox.review.reply_trailers import read_trailers
from kvminbox.versions.facts import is_backport
from kvminbox.versions.mentions import (
    MAX_TEXT,
    find_mentions,
    find_said_revisions,
    find_superseded,
    find_told,
)

B = TypeVar("B", bound=Model)
M = TypeVar("M", bound=Message)
T = TypeVar("T")


class SlimPatch(Patch):
    """A patch whose diff was left out and its patch-id kept."""

    known_patch_id: str | None = None
    """The id of the diff that was left out."""

    def patch_id(self) -> str | None:
        """Return the patch-id of the diff that was left out."""
        return self.known_patch_id


class Slimmer:
    """Makes slim mails, and keeps one copy of equal values."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}
        self._none_set: set[str] = set()  # which fields were set: unused, so one set for all

    def slim(self, message: AnyMessage) -> AnyMessage:
        """Return a mail with only what its grouping and its tags need."""
        if is_answer(message):
            # a diff suggested in a reply is not a submission, nor part of the reply's own lines
            kind = "reply" if isinstance(message, SuggestedPatch) else message.kind
            return self._make(PlainMessage, message, kind=kind, body=_kept_answer(message))
        if isinstance(message, Submission):
            return self._slim_submission(message)
        return self._make(type(message), message, body=_kept_text(message))

    def _slim_submission(
        self, message: Patch | SuggestedPatch | CoverLetter | PullRequest
    ) -> AnyMessage:
        files = tuple(self._once(self._bare(change)) for change in message.diffstat.files)
        changes: dict[str, Any] = {
            "author": self._once(message.author),
            "trailers": tuple(map(self._once, message.trailers)),
            "diffstat": self._once(self._bare(message.diffstat, files=files)),
            "commit_message": "",
            "declared_diffstat": None,
            "diff": "",
            "body": _kept_text(message),
        }
        if isinstance(message, Patch):
            changes |= {"known_patch_id": message.patch_id(), "notes": _kept_notes(message)}
            return self._make(SlimPatch, message, **changes)
        return self._make(type(message), message, **changes)

    def _make(self, model: type[M], message: Message, **changes: Any) -> M:  # noqa: ANN401  # fields of any type
        ids = {*message.references, *message.in_reply_to}
        values: dict[str, Any] = {name: getattr(message, name, None) for name in model.model_fields}
        values |= {
            "message_id": self._once(message.message_id),
            "references": tuple(map(self._once, message.references)),
            "in_reply_to": tuple(map(self._once, message.in_reply_to)),
            "entry": self._bare(message.entry) if message.entry else None,
            "subject": self._slim_subject(message.subject),
            "sender": self._once(message.sender),
            "rewritten_from": None,
            # recipients matter only if their address is among the references
            "to": tuple(one for one in message.to if one.email in ids),
            "cc": tuple(one for one in message.cc if one.email in ids),
            "list_id": None,
            "attachments": (),
            "defects": (),
            "evidence": (),
        }
        found = model.model_construct(self._none_set, **{**values, **changes})
        # as of the whole mail: without its text it would equal others of its id
        vars(found)["_content_key"] = message.content_key()
        return cast("M", found)

    def _slim_subject(self, subject: Subject) -> Subject:
        # replies mostly share their numbers and marks; their titles are not used
        title = "" if subject.is_reply else subject.title
        tokens = tuple(map(self._once, subject.tokens))
        return self._once(self._bare(subject, raw="", title=title, tokens=tokens))

    def _bare(self, value: B, **changes: Any) -> B:  # noqa: ANN401  # fields of any type
        """Copy a value without pydantic's set of the fields given, which is as large again."""
        return cast("B", type(value).model_construct(self._none_set, **{**dict(value), **changes}))

    def _once(self, value: T) -> T:
        found: T = self._known.setdefault(value, value)
        return found


def _kept_answer(message: Message) -> str:
    """Return a reply's own lines if they have a tag or say that patches were applied.

    A reply that says what supersedes what is kept whole.
    """
    if find_superseded([message]):
        return message.body[:MAX_TEXT]
    lines = own_lines(message)
    says = read_trailers(lines, message.sender) or read_applied(lines)
    return "\n".join(lines) if says else ""


def _kept_text(message: AnyMessage) -> str:
    """Return the part of a text that is read, if it names older or newer revisions."""
    alone = Series.model_construct(cover=message)
    says = bool(find_superseded([message])) or bool(message.subject.trees and is_backport(alone))
    if not isinstance(message, Patch):
        says = says or _names_others(alone)
    return message.body[:MAX_TEXT] if says else ""


def _kept_notes(patch: Patch) -> str:
    """Return a patch's notes, if they name older revisions."""
    alone = Series.model_construct(patches=(patch,))
    return patch.notes if _names_others(alone) else ""


def _names_others(alone: Series) -> bool:
    return bool(find_mentions(alone) or find_said_revisions(alone) or find_told(alone))
