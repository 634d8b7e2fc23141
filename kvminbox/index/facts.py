"""What parsing found in a mail, as an index keeps it: all of its model but the long texts.

The facts of a mail are a JSON object of the model's fields; one that has its default value is
left out. People and Message-IDs, which many mails repeat, are in it as places in two lists,
in which the index has numbers: those of rows of `person` and `identifier`. The sender is the
first of the people, and a mail's own ids are the first of the ids.

A model is begun with them again, and asks for the mail's bytes only when somebody asks it for
a text. What grouping reads of the texts is kept too, where it finds something in it: see
`kvminbox.gist`.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol

from kvminbox.models import (
    Address,
    AnyMessage,
    Attachment,
    CoverLetter,
    DeclaredDiffstat,
    DeclaredFile,
    Defect,
    Diffstat,
    Entry,
    FileChange,
    Gist,
    Message,
    Model,
    Patch,
    Prerequisite,
    PullRequest,
    ReplyTrailer,
    ShortlogEntry,
    Subject,
    SubjectToken,
    Submission,
    SuggestedPatch,
    TokenKind,
    Trailer,
)
from kvminbox.models.base import skip_validation
from kvminbox.models.begun import FieldSource, begin
from kvminbox.models.message import PlainMessage
from kvminbox.models.plain_json import write_json

TEXTS: Final = frozenset({"body", "commit_message", "notes", "diff"})
"""The fields that are read from the mail's bytes."""

Mailbox = tuple[str, str, str]
"""Name, address, and how the mailbox was written; that is empty if it is the usual way."""

_PLAIN: Final = (
    "sender_source", "author_source", "title", "evidence",
    "base_commit", "change_id", "repository", "ref", "pull_base", "pull_tip",
)  # fmt: skip
_MODELS: Final[dict[str, type[AnyMessage]]] = {
    "patch": Patch,
    "patch_unmarked": SuggestedPatch,
    "reply_with_patch": SuggestedPatch,
    "cover_letter": CoverLetter,
    "pull_request": PullRequest,
}


def _list_defaults(model: type[Model], names: Iterable[str] = ()) -> tuple[tuple[str, object], ...]:
    """Return the fields of a model with their defaults: all, or those of some names."""
    fields = model.model_fields
    return tuple((name, fields[name].default) for name in names or fields if name in fields)


_PLAIN_DEFAULTS: Final = {
    model: _list_defaults(model, _PLAIN) for model in (Message, *_MODELS.values())
}
_DEFAULTS: Final[dict[type[Model], tuple[tuple[str, object], ...]]] = {
    model: _list_defaults(model)
    for model in (Attachment, DeclaredDiffstat, Defect, FileChange, Prerequisite, Subject, Trailer)
}
_READ: Final = json.JSONDecoder().raw_decode  # without two calls more, for each of all mails
_ASCII_JSON: Final = json.JSONEncoder(check_circular=False, separators=(",", ":"))


class Facts(NamedTuple):
    """The facts of a mail, in plain values that can go from process to process."""

    value: str
    """The JSON object."""

    people: tuple[Mailbox, ...]
    """The mailboxes that it names by their places."""

    ids: tuple[str, ...]
    """The Message-IDs likewise: its own, then those that it refers to."""


class _Places:
    """Values by their places, each once."""

    def __init__(self) -> None:
        self.values: dict[Any, int] = {}

    def add(self, value: object) -> int:
        return self.values.setdefault(value, len(self.values))


def collect_facts(
    message: Message,
    gist: Gist,
    tags: Iterable[ReplyTrailer],
    patch_id: str | None,
    links: str,
    places: Sequence[Sequence[object]] = (),
) -> Facts:
    """Return the facts of a mail.

    Args:
        message: the mail.
        gist: what grouping reads of its texts.
        tags: those that it gives, where it is no submission.
        patch_id: of its diff.
        links: what it points to, packed; empty for nothing.
        places: which lines a lone patch changes.
    """
    people, ids = _Places(), _Places()
    own = [message.message_id, *message.other_message_ids]

    def person(one: Address) -> int:
        return people.add(_pack_mailbox(one))

    found: dict[str, Any] = {
        "sender": person(message.sender),  # the first
        "ids": [ids.add(one) for one in own if one is not None],
        "subject": _pack_subject(message.subject),
        "content_key": message.content_key(),
        "gist": _pack_gist(gist),
        "in_reply_to": [*map(ids.add, message.in_reply_to)],
        "references": [*map(ids.add, message.references)],
        "rewritten_from": person(message.rewritten_from) if message.rewritten_from else None,
        "to": [*map(person, message.to)],
        "cc": [*map(person, message.cc)],
        "date": message.date.isoformat() if message.date else None,
        "list_id": message.list_id,
        "attachments": [*map(_pack, message.attachments)],
        "defects": [*map(_pack, message.defects)],
        "patch_id": patch_id,
        "tags": [_pack_tag(one, person) for one in tags],
        "links": links or None,
        "kind": message.kind,
    }
    for name, default in _PLAIN_DEFAULTS[type(message)]:
        value = getattr(message, name)
        if value != default:
            found[name] = value
    if isinstance(message, Submission):
        found["author"] = person(message.author)
        found["trailers"] = [_pack_trailer(one, person) for one in message.trailers]
        found["files"] = [*map(_pack, message.diffstat.files)]
        found["declared"] = _pack_declared(message.declared_diffstat)
        found["prerequisites"] = [*map(_pack, message.prerequisites)]
        found["places"] = [*places]
    if isinstance(message, PullRequest):
        found["shortlog"] = [[one.author, one.title] for one in message.shortlog]
    # zero is a place; an empty object is one that has its defaults
    kept = {name: one for name, one in found.items() if one is not None and one != []}
    return Facts(_write(kept), tuple(people.values), tuple(ids.values))


def _write(value: object) -> str:
    try:
        return write_json(value)
    except ValueError:  # half of a surrogate pair, which no file can hold
        return _ASCII_JSON.encode(value)


def _pack(model: Model) -> dict[str, object]:
    """Return the fields of a model of plain values that do not have their defaults."""
    fields = vars(model)
    return {
        name: fields[name] for name, default in _DEFAULTS[type(model)] if fields[name] != default
    }


def _pack_mailbox(one: Address) -> Mailbox:
    written = "" if one.written == _write_mailbox(one.name, one.email) else f"={one.written}"
    return one.name, one.email, written


def _write_mailbox(name: str, email: str) -> str:
    """Return how a mailbox is mostly written."""
    return f"{name} <{email}>" if name else email


def open_mailbox(name: str, email: str, written: str) -> Address:
    """Return the address that a mailbox stands for."""
    if not (name or email or written):
        return Address()
    text = written[1:] if written else _write_mailbox(name, email)
    return _make_address(name=name, email=email, written=text)


def _pack_subject(subject: Subject) -> dict[str, object]:
    found = _pack(subject)
    if subject.title and subject.raw.endswith(subject.title):
        found["title"] = len(subject.title)  # the rest of the line, mostly
    if subject.tokens:
        found["tokens"] = [part for token in subject.tokens for part in (token.text, token.kind)]
    return found


def _pack_gist(gist: Gist) -> list[str | None] | None:
    return list(gist) if any(gist) or gist.own is None else None


def _pack_trailer(trailer: Trailer, person: Callable[[Address], int]) -> dict[str, object]:
    found = _pack(trailer)
    if trailer.address is not None:
        found["address"] = person(trailer.address)
        if trailer.value == trailer.address.written:
            del found["value"]
    return found


def _pack_tag(tag: ReplyTrailer, person: Callable[[Address], int]) -> dict[str, object]:
    """Return a tag that a reply gives, as a submission's trailers are packed."""
    found: dict[str, object] = {"name": tag.name, "kind": "person", "scope": tag.scope}
    if tag.address is not None:
        found["address"] = person(tag.address)
        if tag.value != tag.address.written:
            found["value"] = tag.value
    if tag.comment:
        found["comment"] = tag.comment
    if tag.self_attested is not None:
        found["self_attested"] = tag.self_attested
    return found


def _pack_declared(declared: DeclaredDiffstat | None) -> dict[str, object] | None:
    if declared is None:
        return None
    return _pack(declared) | {
        "files": [part for file in declared.files for part in (file.path, file.changes)]
    }


class MailBytes(Protocol):
    """Where the bytes of mails are."""

    def read_whole(self, entry: Entry) -> AnyMessage:
        """Return the mail of an entry, read from its bytes."""

    def read_texts(self, entry: Entry, subject: Subject) -> FieldSource:
        """Return what gives the fields of `TEXTS` of the mail of an entry, read from its bytes."""


class StoredMail:
    """What a model that was begun with facts has the rest of its fields from.

    It holds the facts as they are stored: as objects, of which most are never asked for, they
    would be ten lists a mail, through which Python looks again and again for garbage.
    """

    __slots__ = ("_entry", "_facts", "_people", "_source", "_subject", "_texts", "_value")

    def __init__(
        self,
        value: str,
        people: Sequence[Address],
        entry: Entry,
        subject: Subject,
        source: MailBytes,
    ) -> None:
        self._value = value
        self._people = people
        self._entry = entry
        self._subject = subject
        self._source = source
        self._facts: dict[str, Any] | None = None
        self._texts: FieldSource | None = None

    def read_field(self, name: str) -> object:
        """Return the value of a field: a text from the mail's bytes, any other from its facts."""
        if name in TEXTS:
            texts = self._texts
            if texts is None:
                texts = self._texts = self._source.read_texts(self._entry, self._subject)
            return texts.read_field(name)
        facts = self._facts
        if facts is None:
            every: dict[str, Any] = _READ(self._value)[0]
            facts = {name: value for name, value in every.items() if name not in _BEGUN}
            self._facts = facts
        return _OPEN[name](facts, self._people)


def begin_message(
    value: str, people: Sequence[Address], ids: Sequence[str], entry: Entry, source: MailBytes
) -> AnyMessage:
    """Return the model of a mail, begun with its facts.

    Args:
        value: the JSON object.
        people: the mailboxes that it names, by their places.
        ids: the Message-IDs likewise.
        entry: where the mail is.
        source: where its bytes are; asked once, for a text.
    """
    facts: dict[str, Any] = _READ(value)[0]
    kind = facts["kind"]
    own = [ids[place] for place in facts.get("ids", ())]
    date, gist = facts.get("date"), facts.get("gist")
    subject = _open_subject(facts["subject"])
    begun = {
        "kind": kind,
        "entry": entry,
        "message_id": own[0] if own else None,
        "other_message_ids": tuple(own[1:]),
        "in_reply_to": tuple([ids[place] for place in facts.get("in_reply_to", ())]),
        "references": tuple([ids[place] for place in facts.get("references", ())]),
        "subject": subject,
        "sender": people[facts["sender"]],
        "sender_source": facts.get("sender_source", "header"),
        "to": tuple([people[place] for place in facts.get("to", ())]),
        "cc": tuple([people[place] for place in facts.get("cc", ())]),
        "date": datetime.fromisoformat(date) if date else None,
        "list_id": facts.get("list_id"),
        # beside the fields
        "_gist": _open_gist(*gist) if gist else _NO_GIST,
        "_content_key": facts["content_key"],
        "_patch_id": facts.get("patch_id") or "",
        "_links": facts.get("links") or "[]",
        "_places": facts.get("places", []),
    }
    if "defects" not in facts:  # as in most mails
        begun["defects"] = ()
    rest = StoredMail(value, people, entry, subject, source)
    return begin(_MODELS.get(kind, PlainMessage), rest, begun)


_BEGUN: Final = frozenset(
    {
        *("kind", "ids", "in_reply_to", "references", "subject", "to", "cc", "date", "list_id"),
        *("gist", "content_key", "patch_id", "places", "tags", "links"),
    }
)
"""The facts that a model is begun with, and those that it has no field for."""

_NO_GIST: Final = Gist()
_OF_SUBMISSION: Final = Gist(own=None)  # most patches have this one


def _open_gist(own: str | None, body: str, notes: str) -> Gist:
    return _OF_SUBMISSION if own is None and not body and not notes else Gist(own, body, notes)


_Open = Callable[[dict[str, Any], Sequence[Address]], object]


_REVISION: Final = ("revision", "minor_revision", "revision_stated")
_COUNTER: Final = ("counter", "total", "counter_stated")
_make_address: Final = skip_validation(Address)
_make_file: Final = skip_validation(FileChange)
_make_trailer: Final = skip_validation(Trailer)
_make_entry: Final = skip_validation(ShortlogEntry)
_make_token: Final = skip_validation(SubjectToken)
_make_row: Final = skip_validation(DeclaredFile)
_make_declared: Final = skip_validation(DeclaredDiffstat)
_make_diffstat: Final = skip_validation(Diffstat)
_SUBJECTS: Final = {
    (revision, counter): skip_validation(
        Subject, *(() if revision else _REVISION), *(() if counter else _COUNTER)
    )
    for revision in (False, True)
    for counter in (False, True)
}


def _open_plain(name: str) -> _Open:
    default = PullRequest.model_fields[name].default
    return lambda facts, _: facts.get(name, default)


def _open_models(name: str, make: Callable[..., Model]) -> _Open:
    return lambda facts, _: tuple([make(**one) for one in facts.get(name, ())])


def _open_rewritten(facts: dict[str, Any], people: Sequence[Address]) -> Address | None:
    place = facts.get("rewritten_from")
    return None if place is None else people[place]


def _open_subject(packed: dict[str, Any]) -> Subject:
    fields = dict(packed)
    title, tokens = fields.get("title", ""), fields.get("tokens", ())
    if isinstance(title, int):
        fields["title"] = fields["raw"][-title:]
    fields["tokens"] = tuple(
        [_open_token(text, kind) for text, kind in zip(tokens[::2], tokens[1::2], strict=True)]
    )
    return _SUBJECTS["revision_stated" in packed, "counter_stated" in packed](**fields)


@lru_cache(maxsize=1 << 10)
def _open_token(text: str, kind: TokenKind) -> SubjectToken:
    return _make_token(text=text, kind=kind)


def _open_trailers(facts: dict[str, Any], people: Sequence[Address]) -> tuple[Trailer, ...]:
    return tuple([_open_trailer(one, people) for one in facts.get("trailers", ())])


def _open_trailer(packed: dict[str, Any], people: Sequence[Address]) -> Trailer:
    fields = dict(packed)
    place = fields.get("address")
    if place is not None:
        fields["address"] = people[place]
        fields.setdefault("value", people[place].written)
    return _make_trailer(**fields)


def _open_diffstat(facts: dict[str, Any], _: object) -> Diffstat:
    files = tuple([_make_file(**one) for one in facts.get("files", ())])
    return _make_diffstat(files=files) if files else Diffstat()


def _open_declared(facts: dict[str, Any], _: object) -> DeclaredDiffstat | None:
    packed = facts.get("declared")
    if packed is None:
        return None
    cells = packed["files"]
    rows = zip(cells[::2], cells[1::2], strict=True)
    files = [_make_row(path=path, changes=changes) for path, changes in rows]
    return _make_declared(**{**packed, "files": tuple(files)})


def _open_shortlog(facts: dict[str, Any], _: object) -> tuple[ShortlogEntry, ...]:
    packed = facts.get("shortlog", ())
    return tuple([_make_entry(author=author, title=title) for author, title in packed])


_OPEN: Final[dict[str, _Open]] = {
    **{name: _open_plain(name) for name in _PLAIN if name != "evidence"},
    "evidence": lambda facts, _: tuple(facts.get("evidence", ())),
    "rewritten_from": _open_rewritten,
    "attachments": _open_models("attachments", skip_validation(Attachment, "inline")),
    "defects": _open_models("defects", skip_validation(Defect)),
    "author": lambda facts, people: people[facts["author"]],
    "trailers": _open_trailers,
    "diffstat": _open_diffstat,
    "declared_diffstat": _open_declared,
    "prerequisites": _open_models("prerequisites", skip_validation(Prerequisite)),
    "shortlog": _open_shortlog,
}
