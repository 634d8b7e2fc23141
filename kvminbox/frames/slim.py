"""Mails with only what grouping needs, so that a whole archive fits into memory.

A list mail is ten kilobytes, mostly quotes and diffs. What is kept here groups
into the same threads, series, chains and reviews: of the texts a gist, and equal values once.
"""

from typing import Any, Final, TypeVar

from kvminbox.gist import make_gist
from kvminbox.models import (
    AnyMessage,
    CoverLetter,
    Message,
    Model,
    Patch,
    PullRequest,
    Subject,
    Submission,
    SuggestedPatch,
)
from kvminbox.models.message import PlainMessage
from kvminbox.review.answers import is_answer
from kvminbox.versions.places import pack_places

_LEFT_OUT: Final = {
    "body", "commit_message", "notes", "diff",
    "rewritten_from", "list_id", "attachments", "defects", "evidence",
}  # fmt: skip

_KEPT: Final[dict[type[Message], tuple[str, ...]]] = {
    model: tuple(name for name in model.model_fields if name not in _LEFT_OUT)
    for model in (PlainMessage, Patch, SuggestedPatch, CoverLetter, PullRequest)
}
"""The fields of each model that are kept."""

_EMPTY: Final[dict[type[Message], dict[str, Any]]] = {
    model: {name: field.default for name, field in model.model_fields.items()} for model in _KEPT
}
"""The fields of each model as they are without a text."""

_set: Final = object.__setattr__

B = TypeVar("B", bound=Model)
M = TypeVar("M", bound=Message)
T = TypeVar("T")


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
            return self._make(PlainMessage, message, kind=kind)
        if isinstance(message, Submission):
            return self._slim_submission(message)
        return self._make(type(message), message)

    def share(self, message: AnyMessage) -> AnyMessage:
        """Let a slim mail that came from another process share its values with the others."""
        fields = vars(message)
        for name in ("message_id", "sender", "subject", "author", "diffstat"):
            if name in fields:
                fields[name] = self._once(fields[name])
        for name in ("references", "in_reply_to", "trailers"):
            if name in fields:
                fields[name] = tuple(map(self._once, fields[name]))
        object.__setattr__(message, "__pydantic_fields_set__", self._none_set)
        return message

    def _slim_submission(
        self, message: Patch | SuggestedPatch | CoverLetter | PullRequest
    ) -> AnyMessage:
        files = tuple(self._once(self._bare(change)) for change in message.diffstat.files)
        changes: dict[str, Any] = {
            "author": self._once(message.author),
            "trailers": tuple(map(self._once, message.trailers)),
            "diffstat": self._once(self._bare(message.diffstat, files=files)),
            "declared_diffstat": None,
        }
        found = self._make(type(message), message, **changes)
        vars(found)["_patch_id"] = message.patch_id() or ""
        vars(found)["_places"] = pack_places(message)
        return found

    def _make(self, model: type[M], message: AnyMessage, **changes: Any) -> M:  # noqa: ANN401  # fields of any type
        ids = {*message.references, *message.in_reply_to}
        values: dict[str, Any] = {name: getattr(message, name) for name in _KEPT[model]}
        values |= {
            "message_id": self._once(message.message_id),
            "references": tuple(map(self._once, message.references)),
            "in_reply_to": tuple(map(self._once, message.in_reply_to)),
            "entry": self._bare(message.entry) if message.entry else None,
            "subject": self._slim_subject(message.subject),
            "sender": self._once(message.sender),
            # recipients matter only if their address is among the references
            "to": tuple(one for one in message.to if one.email in ids),
            "cc": tuple(one for one in message.cc if one.email in ids),
        }
        # as of the whole mail: without its text it would equal others of its id
        kept = {"_content_key": message.content_key(), "_gist": make_gist(message)}
        return self._put(model, {**_EMPTY[model], **values, **changes, **kept})

    def _slim_subject(self, subject: Subject) -> Subject:
        # replies mostly share their numbers and marks; a title tells a reply to 0/3 from one to 1/3
        # below the same cover letter's subject, and is not used otherwise
        title = "" if subject.is_reply and subject.counter != 0 else subject.title
        tokens = tuple(map(self._once, subject.tokens))
        return self._once(self._bare(subject, raw="", title=title, tokens=tokens))

    def _bare(self, value: B, **changes: Any) -> B:  # noqa: ANN401  # fields of any type
        """Copy a value without pydantic's set of the fields given, which is as large again."""
        return self._put(type(value), {**vars(value), **changes})

    def _put(self, model: type[B], fields: dict[str, Any]) -> B:
        """Return a model of fields that are known to be right; in a sixth of pydantic's time."""
        found = model.__new__(model)
        _set(found, "__dict__", fields)
        _set(found, "__pydantic_fields_set__", self._none_set)
        _set(found, "__pydantic_extra__", None)
        _set(found, "__pydantic_private__", None)
        return found

    def _once(self, value: T) -> T:
        found: T = self._known.setdefault(value, value)
        return found
