"""From a mail's bytes to its model: the one place that puts the readers together."""

import re
from dataclasses import dataclass
from typing import Any, Final

from kvminbox.diffs import DiffBlocks, compare_diffstats, compute_diffstat, find_diff
from kvminbox.mail import Mail, parse_address, read_mail
from kvminbox.mail.envelope import clean_line
from kvminbox.mail.words import decode_words
from kvminbox.models import (
    Address,
    CoverLetter,
    Defect,
    Entry,
    Message,
    Patch,
    Prerequisite,
    PullRequest,
    Subject,
    Submission,
    SuggestedPatch,
)
from kvminbox.patches.kinds import Facts, Kind, decide_kind, find_namesake, is_rewritten
from kvminbox.patches.pull import Pull, find_pull
from kvminbox.patches.split import PatchText, is_interdiff, split_patch
from kvminbox.subject import parse_subject
from kvminbox.trailers import MAX_TRAILERS, Origin, parse_trailers

_MODELS: Final[dict[Kind, type[Submission]]] = {
    "patch": Patch,
    "patch_unmarked": SuggestedPatch,
    "reply_with_patch": SuggestedPatch,
    "cover_letter": CoverLetter,
    "pull_request": PullRequest,
}
_ORIGINS: Final[dict[Kind, Origin]] = {
    "cover_letter": "cover_letter",
    "pull_request": "pull_request",
}


@dataclass(slots=True)
class MailParts:
    """A mail taken apart and told of what kind it is, before models are made of it."""

    mail: Mail
    subject: Subject
    kind: Kind
    evidence: tuple[str, ...]
    patch: PatchText | None
    pull: Pull | None

    @property
    def submits(self) -> bool:
        """Whether its kind is one that carries a change."""
        return self.patch is not None and self.kind in _MODELS


def read_message(raw: bytes, entry: Entry | None = None) -> Message:
    r"""Read any bytes as a mail: a `Message`, or one of its kinds. Never raises for content.

    Args:
        raw: the mail as it is in the archive (RFC 5322), LF or CRLF line ends.
        entry: where in the archive it lies, to be kept with it.

    >>> message = read_message(b"From: Jane <jane@doe.example>\nSubject: Re: hello\n\nHi.\n")
    >>> message.kind, message.sender.name, [defect.code for defect in message.defects]
    ('reply', 'Jane', ['message-id-missing', 'date-missing'])
    """
    return make_message(read_parts(raw), entry)


def make_message(found: MailParts, entry: Entry | None = None) -> Message:
    """Make the model of a mail that was taken apart; its defects are complete only then."""
    fields = _common_fields(found.mail, found.subject, entry)
    if found.submits and found.patch:
        origin = _ORIGINS.get(found.kind, "patch")
        fields |= _submission_fields(found.mail, found.subject, found.patch, origin)
    if found.kind == "pull_request" and found.pull:
        fields |= _pull_fields(found.pull)
    model = _MODELS.get(found.kind, Message)
    defects = tuple(found.mail.defects)
    return model(**fields, kind=found.kind, evidence=found.evidence, defects=defects)


def read_parts(raw: bytes) -> MailParts:
    """Take any bytes apart as a mail, and decide its kind; counts and checks nothing yet."""
    mail = read_mail(raw)
    subject = parse_subject(mail.subject)
    is_cover = subject.counter_stated and not subject.counter
    blocks, place = _find_blocks(mail)
    if blocks and is_cover and is_interdiff(blocks):
        blocks = None
    pull = find_pull(mail.body.text) if not subject.is_reply else None
    patch = None
    if blocks or pull or subject.is_pull or is_cover:
        patch = split_patch(mail.body.text, blocks)
    facts = Facts(
        subject=subject,
        sender=mail.sender,
        has_parent=bool(mail.in_reply_to or mail.references),
        files=len(blocks.files) if blocks else 0,
        has_pull=pull is not None,
        looks_formatted=bool(blocks and patch and patch.has_separator and patch.declared),
        place=place,
    )
    kind, evidence = decide_kind(facts)
    return MailParts(mail, subject, kind, evidence, patch, pull)


def _pull_fields(pull: Pull) -> dict[str, Any]:
    return {
        "repository": pull.repository,
        "ref": pull.ref,
        "pull_base": pull.base,
        "pull_tip": pull.tip,
    }


def _find_blocks(mail: Mail) -> tuple[DiffBlocks | None, str]:
    """Find the diff in the text, else in the attachments that are text."""
    blocks = _find_in_body(mail)
    if blocks or not mail.body.texts:
        return blocks, ""
    found = [(name, text) for name, text in mail.body.texts if find_diff(text)]
    if not found:
        return None, ""
    joined = "".join(text if text.endswith("\n") else f"{text}\n" for _, text in found)
    names = ", ".join(repr(name) for name, _ in found)
    return find_diff(joined), f" in the attachment {names}"


def _find_in_body(mail: Mail) -> DiffBlocks | None:
    blocks = find_diff(mail.body.text)
    if blocks is None or mail.body.as_sent is None:
        return blocks
    # NeoMutt with text_flowed=yes declares `format=flowed` but stuffs no blank
    # before a context line, so that undoing it takes each diff's first column
    as_sent = find_diff(mail.body.as_sent)
    if as_sent and _count_damaged(as_sent) < _count_damaged(blocks):
        mail.defects.note("flowed-not-stuffed", "declared flowed, but not stuffed; read as sent")
        mail.body.text = mail.body.as_sent
        return as_sent
    return blocks


def _count_damaged(blocks: DiffBlocks) -> int:
    return sum(bool(block.trouble) for block in blocks.files)


def _common_fields(mail: Mail, subject: Subject, entry: Entry | None) -> dict[str, Any]:
    body = mail.body
    return {
        "entry": entry,
        "message_id": mail.message_ids[0] if mail.message_ids else None,
        "other_message_ids": mail.message_ids[1:],
        "in_reply_to": mail.in_reply_to,
        "references": mail.references,
        "subject": subject,
        "sender": mail.sender,
        "to": mail.to,
        "cc": mail.cc,
        "date": mail.date,
        "list_id": mail.list_id,
        "body": body.text,
        "attachments": tuple(body.attachments),
    }


def _submission_fields(
    mail: Mail, subject: Subject, parts: PatchText, origin: Origin
) -> dict[str, Any]:
    author, author_source = find_author(mail, parts)
    fields: dict[str, Any] = {
        "author": author,
        "author_source": author_source,
        "title": _find_title(mail, subject, parts),
        "commit_message": parts.message,
        "trailers": parse_trailers(parts.message, mail.sender, origin),
        "notes": parts.notes,
        "declared_diffstat": parts.declared,
    }
    if len(fields["trailers"]) >= MAX_TRAILERS:
        mail.defects.note("trailer-limit", f"of the trailers {MAX_TRAILERS} are read")
    if parts.blocks:
        fields["diff"] = parts.blocks.diff
        fields["diffstat"], defects = compute_diffstat(parts.blocks)
        mail.defects.extend(defects)
        if parts.declared and (said := compare_diffstats(parts.declared, fields["diffstat"])):
            mail.defects.append(Defect(code="diffstat-differs", text=said))
    return fields | _find_tail_fields(parts)


def _find_title(mail: Mail, subject: Subject, parts: PatchText) -> str:
    written = parts.in_body.headers.get("subject")
    if not written:
        return subject.title
    note = mail.defects.note
    return parse_subject(clean_line(decode_words(written, note), note)).title


def find_author(mail: Mail, parts: PatchText) -> tuple[Address, str]:
    """Give who wrote the change, and where that was found (`Submission.author_source`)."""
    written = parts.in_body.headers.get("from")
    if written:
        author = parse_address(written, mail.defects.note)
        if "@" in author.email:
            return author, "in-body"
        mail.defects.note("inbody-from-odd", f"the in-body From {written[:100]!r} has no address")
    if mail.original_sender:
        return mail.original_sender, "x-original-from"
    if not is_rewritten(mail.sender, mail.list_id):
        return mail.sender, "header"
    person = find_namesake(mail.sender, (*mail.reply_to, *mail.cc))
    return (person, "reply-to") if person else (mail.sender, "header")


_TAIL = re.compile(
    r"^(base-commit|change-id|prerequisite-(?:patch|change|message)-id):"
    r"[ \t]+<?([^\s<>]+)>?[ \t]*$",
    re.MULTILINE,
)


def _find_tail_fields(parts: PatchText) -> dict[str, Any]:
    text = f"{parts.notes}\n{parts.tail}"
    if parts.blocks is None:
        text = f"{parts.message}\n{text}"
    fields: dict[str, Any] = {}
    prerequisites = []
    if "base-commit:" not in text and "-id:" not in text:
        return fields
    for name, value in _TAIL.findall(text):
        if name.startswith("prerequisite-"):
            kind = name.removeprefix("prerequisite-")
            prerequisites.append(Prerequisite(kind=kind, value=value))
        else:
            fields.setdefault(name.replace("-", "_"), value)
    return fields | {"prerequisites": tuple(prerequisites)}
