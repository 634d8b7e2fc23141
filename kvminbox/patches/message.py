"""From a mail's bytes to its model: the one place that combines the readers."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NotRequired, TypedDict

from kvminbox.diffs import DiffBlocks, compare_diffstats, compute_diffstat, find_diff
from kvminbox.errors import UsageError
from kvminbox.mail import DefectList, Mail, Note, decode_line, parse_address, read_mail
from kvminbox.models import (
    Address,
    AnyMessage,
    Attachment,
    CoverLetter,
    DeclaredDiffstat,
    Diffstat,
    Entry,
    Kind,
    Origin,
    Patch,
    Prerequisite,
    PrerequisiteKind,
    PullRequest,
    SenderSource,
    Subject,
    SuggestedPatch,
    Trailer,
)
from kvminbox.models.message import PlainMessage
from kvminbox.patches.kinds import Facts, decide_kind
from kvminbox.patches.pull import Pull, find_pull
from kvminbox.patches.senders import Sender, find_sender
from kvminbox.patches.split import PatchText, is_interdiff, split_patch, split_patch_file
from kvminbox.subject import parse_subject
from kvminbox.trailers import MAX_TRAILERS, parse_trailers
from kvminbox.words import list_some

_ORIGINS: Final[dict[Kind, Origin]] = {
    "cover_letter": "cover_letter",
    "pull_request": "pull_request",
}
_PREREQUISITES: Final[dict[str, PrerequisiteKind]] = {
    "prerequisite-patch-id": "patch-id",
    "prerequisite-change-id": "change-id",
    "prerequisite-message-id": "message-id",
}
_TAIL = re.compile(
    r"^(base-commit|change-id|prerequisite-(?:patch|change|message)-id):"
    r"[ \t]+<?([^\s<>]+)>?[ \t]*$",
    re.MULTILINE,
)
# `Based-on: <id>` as QEMU writes it, `Depends-on: https://lore.example/r/<id>/`; others, such
# as `Depends-on: series-7`, name nothing that a mail could have
_BASED_ON = re.compile(
    r"^(?:based|depends)-on:[ \t]+(?:<|\S{0,20}://\S{0,200}/)?([^\s<>/@]{1,250}@[^\s<>/]{1,250})",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class MailParts:
    """A mail taken apart and with its kind decided, before a model is made of it."""

    mail: Mail
    subject: Subject
    sender: Sender
    kind: Kind
    evidence: tuple[str, ...]
    patch: PatchText | None
    pull: Pull | None

    @property
    def submits(self) -> bool:
        """Whether its kind is one that carries a change."""
        return self.kind not in {"discussion", "reply", "bot"}


def read_message(raw: bytes, entry: Entry | None = None) -> AnyMessage:
    r"""Read any bytes as a mail: a `Message`, or one of its kinds. Never raises for content.

    Args:
        raw: the mail as it is in the archive (RFC 5322), LF or CRLF line ends.
        entry: where it is in the archive, kept with it.

    Raises:
        UsageError: what is given is no bytes, such as a text.

    >>> message = read_message(b"From: Jane <jane@doe.example>\nSubject: Re: hello\n\nHi.\n")
    >>> message.kind, message.sender.name, [defect.code for defect in message.defects]
    ('reply', 'Jane', ['message-id-missing', 'date-missing'])
    """
    if not isinstance(raw, bytes):
        what = f"a mail is read from bytes, and this is a {type(raw).__name__}"
        raise UsageError(what, "read_message", "pass the mail's bytes, such as `text.encode()`")
    return make_message(read_parts(raw), entry)


def read_parts(raw: bytes) -> MailParts:
    """Parse any bytes as a mail, and decide its kind; its diff is not yet counted twice."""
    mail = read_mail(raw)
    subject = parse_subject(mail.subject)
    is_cover = subject.counter_stated and not subject.counter
    blocks, place, names = _find_blocks(mail)
    if mail.body.with_diff:
        _note_other_diffs(mail, names)
    if blocks and is_cover and is_interdiff(blocks):
        blocks = None
    pull = find_pull(mail.body.text) if not subject.is_reply else None
    patch = written = None
    if len(names) == 1 and blocks and not (is_cover or subject.is_pull):
        patch = split_patch_file(blocks.text)  # attached, as git format-patch wrote it
    if patch is None and (blocks or pull or subject.is_pull or is_cover):
        patch = split_patch(mail.body.text, blocks)
        written = patch.in_body.headers.get("from")
    sender = find_sender(mail, written)
    facts = Facts(
        subject=subject,
        sender=sender.address,
        has_parent=bool(mail.in_reply_to or mail.references),
        files=len(blocks.files) if blocks else 0,
        has_pull=pull is not None,
        looks_formatted=bool(blocks and patch and patch.has_separator and patch.declared),
        place=place,
    )
    kind, evidence = decide_kind(facts)
    return MailParts(mail, subject, sender, kind, evidence, patch, pull)


def _find_blocks(mail: Mail) -> tuple[DiffBlocks | None, str, list[str]]:
    """Return the diff in the text, else in attached texts; where it is; and which hold it."""
    body = mail.body
    blocks = find_diff(body.text)
    if blocks and body.as_sent is not None:
        blocks = _choose_as_sent(mail, blocks, body.as_sent)
    if blocks or not body.texts:
        return blocks, "", []
    found = [(name, text) for name, text in body.texts if find_diff(text)]
    if not found:
        return None, "", []
    joined = "".join(text if text.endswith("\n") else f"{text}\n" for _, text in found)
    names = [name for name, _ in found]
    return find_diff(joined), f" in the attachment {', '.join(map(repr, names))}", names


def _note_other_diffs(mail: Mail, read: list[str]) -> None:
    """Note the attachments with a diff that were not read: `git am` joins all parts of a mail."""
    others = list(mail.body.with_diff)
    for name in read:
        if name in others:
            others.remove(name)
    if others:
        mail.defects.note(
            "diff-in-attachment", f"not counted: the diff in {list_some([*map(repr, others)], 5)}"
        )


def _choose_as_sent(mail: Mail, blocks: DiffBlocks, as_sent: str) -> DiffBlocks:
    """Use the text as it was sent if its diff is less damaged than that of the joined lines.

    NeoMutt with text_flowed=yes declares `format=flowed` but does not stuff a blank
    before context lines, so that undoing it takes the first column of each diff.
    """
    sent = find_diff(as_sent)
    if sent is None or _count_damaged(sent) >= _count_damaged(blocks):
        return blocks
    mail.defects.note("flowed-not-stuffed", "declared flowed, but not stuffed; read as sent")
    mail.body.text = as_sent
    return sent


def _count_damaged(blocks: DiffBlocks) -> int:
    return sum(bool(block.trouble) for block in blocks.files)


class _MessageFields(TypedDict):
    """The fields of any mail, except those that depend on its kind."""

    entry: Entry | None
    message_id: str | None
    other_message_ids: tuple[str, ...]
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: Subject
    sender: Address
    sender_source: SenderSource
    rewritten_from: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    date: datetime | None
    list_id: str | None
    body: str
    attachments: tuple[Attachment, ...]
    evidence: tuple[str, ...]


class _SubmissionFields(TypedDict):
    """The further fields of a mail with a change."""

    author: Address
    author_source: SenderSource
    title: str
    commit_message: str
    trailers: tuple[Trailer, ...]
    notes: str
    declared_diffstat: DeclaredDiffstat | None
    diff: NotRequired[str]
    diffstat: NotRequired[Diffstat]
    base_commit: NotRequired[str]
    change_id: NotRequired[str]
    prerequisites: NotRequired[tuple[Prerequisite, ...]]


def make_message(found: MailParts, entry: Entry | None = None) -> AnyMessage:
    """Return the model of a mail's parts, which are not modified.

    The model may have more defects than the parts, such as those of its diff.
    """
    mail = found.mail
    body = mail.body
    fields: _MessageFields = {
        "entry": entry,
        "message_id": mail.message_ids[0] if mail.message_ids else None,
        "other_message_ids": mail.message_ids[1:],
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "subject": found.subject,
        "sender": found.sender.address,
        "sender_source": found.sender.source,
        "rewritten_from": None if found.sender.source == "header" else mail.sender,
        "to": mail.to,
        "cc": mail.cc,
        "date": mail.date,
        "list_id": mail.list_id,
        "body": body.text,
        "attachments": tuple(body.attachments),
        "evidence": found.evidence,
    }
    kind = found.kind
    if kind == "discussion" or kind == "reply" or kind == "bot":  # mypy's way
        return PlainMessage(**fields, kind=kind, defects=tuple(mail.defects))
    defects = DefectList(mail.defects)
    parts = found.patch or split_patch(body.text, None)
    change = _read_change(found, parts, defects)
    odd = tuple(defects)
    if kind == "patch":
        return Patch(**fields, **change, kind=kind, defects=odd)
    if kind == "cover_letter":
        return CoverLetter(**fields, **change, kind=kind, defects=odd)
    if kind == "pull_request":
        pull = found.pull or Pull()
        return PullRequest(
            **fields, **change, kind=kind, defects=odd, repository=pull.repository, ref=pull.ref,
            pull_base=pull.base, pull_tip=pull.tip,
        )  # fmt: skip
    return SuggestedPatch(**fields, **change, kind=kind, defects=odd)


def _read_change(found: MailParts, parts: PatchText, defects: DefectList) -> _SubmissionFields:
    note = defects.note
    author, author_source = find_author(found, parts, note)
    title = found.subject.title
    if written := parts.in_body.headers.get("subject"):
        title = parse_subject(decode_line(written, note)).title
    origin = _ORIGINS.get(found.kind, "patch")
    trailers = parse_trailers(parts.message, found.sender.address, origin)
    if len(trailers) >= MAX_TRAILERS:
        note("trailer-limit", f"of the trailers {MAX_TRAILERS} are read")
    fields: _SubmissionFields = {
        "author": author,
        "author_source": author_source,
        "title": title,
        "commit_message": parts.message,
        "trailers": trailers,
        "notes": parts.notes,
        "declared_diffstat": parts.declared,
    }
    if parts.blocks:
        fields["diff"] = parts.blocks.diff
        fields["diffstat"], of_diff = compute_diffstat(parts.blocks)
        defects.extend(of_diff)
        if parts.declared and (said := compare_diffstats(parts.declared, fields["diffstat"])):
            note("diffstat-differs", said)
    _add_tail(fields, parts)
    return fields


def find_author(found: MailParts, parts: PatchText, note: Note) -> Sender:
    """Return who wrote the change, and where that was found."""
    written = parts.in_body.headers.get("from")
    if written:
        author = parse_address(written, note)
        if "@" in author.email:
            return Sender(author, "in-body")
        note("inbody-from-odd", f"the in-body From {written[:100]!r} has no address")
    return found.sender


def _add_tail(fields: _SubmissionFields, parts: PatchText) -> None:
    """Add what git, b4 and trailers say of the base: base-commit, change-id, prerequisites."""
    text = f"{parts.notes}\n{parts.tail}"
    whole = f"{parts.message}\n{text}"
    prerequisites: list[Prerequisite] = []
    if "-on:" in whole or "-On:" in whole:
        prerequisites += [
            Prerequisite(kind="message-id", value=value) for value in _BASED_ON.findall(whole)
        ]
    if parts.blocks is None:
        text = whole
    found = _TAIL.findall(text) if "base-commit:" in text or "-id:" in text else ()
    for name, value in found:
        if name == "base-commit":
            fields.setdefault("base_commit", value)
        elif name == "change-id":
            fields.setdefault("change_id", value)
        else:
            prerequisites.append(Prerequisite(kind=_PREREQUISITES[name], value=value))
    if prerequisites:
        fields["prerequisites"] = tuple(dict.fromkeys(prerequisites))
