"""A mail's text, and the parts beside it.

Of the real archive's mails 98.6 % are one plain text part. These take a short
way, `read_single`; the others, `read_parts`. Both must return the same for the
same mail, which a test checks over the whole archive.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from kvminbox.mail.charsets import decode_text
from kvminbox.mail.defects import DefectList, Note, ignore
from kvminbox.mail.envelope import Headers
from kvminbox.mail.flowed import unflow_text
from kvminbox.mail.html_text import MAX_HTML, extract_text
from kvminbox.mail.parts import (
    INLINE,
    TEXT_PLAIN,
    Declared,
    Part,
    describe_part,
    holds_diff,
    parse_content_type,
    part_text,
    walk_parts,
)
from kvminbox.mail.transfer import decode_transfer
from kvminbox.mail.words import decode_line
from kvminbox.models import Attachment

MAX_TEXT: Final = 1 << 24
"""Bytes of an attachment that is read as text; a larger one is not."""

MAX_TYPES: Final = 5
"""Different Content-Types of one mail that are tried."""

MAX_TRIED: Final = 1 << 20
"""Bytes of a body that are read to find out which of several Content-Types fits: one of more
than half of that is read with the first of them, one of a fifth with each."""

_PATCH_TYPES: Final = frozenset({"text/x-patch", "text/x-diff", "application/x-patch"})
_IDENTITY: Final = frozenset({b"", b"7bit", b"8bit"})
_SIMPLE: Final = _IDENTITY | {b"base64", b"quoted-printable"}


@dataclass(slots=True)
class Body:
    """The text of a mail, its attachments, and the attachments that are text."""

    text: str
    attachments: list[Attachment] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    """A hash of the content of each, but of the text's HTML, to which lists add their footer."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    """Name and text of each attachment that is text, in which a patch may be."""

    with_diff: list[str] = field(default_factory=list)
    """Name, else type, of each attachment of any type whose bytes hold a diff."""

    enclosed: list[bytes] = field(default_factory=list)
    """The mails that are enclosed, as message/rfc822; a patch in one is not this mail's."""

    as_sent: str | None = None
    """The text before flowed lines were joined, where it was declared so."""


def read_body(headers: Headers, body: bytes, note: Note) -> Body:
    """Read the text of a mail from its headers and body; damage becomes defects."""
    if len(headers.get(b"content-type", ())) > 1:
        headers = _settle_type(headers, body, note)
    if len(encodings := headers.get(b"content-transfer-encoding", ())) > 1:
        note("header-repeated", f"content-transfer-encoding occurs {len(encodings)} times")
    found = read_single(headers, body, note) or read_parts(headers, body, note)
    if "\0" in found.text:
        note("text-nul", "the text contains NUL, shown as U+FFFD")
        found.text = found.text.replace("\0", "\ufffd")
        found.as_sent = found.as_sent and found.as_sent.replace("\0", "\ufffd")
    return found


def _settle_type(headers: Headers, body: bytes, note: Note) -> Headers:
    """Keep the first of several Content-Types by which the text can be read without a defect.

    Git takes the last and Python the first, and each is wrong for some mail.
    """
    values = list(dict.fromkeys(headers[b"content-type"]))
    if len(values) > 1:
        note("header-repeated", f"content-type occurs {len(values)} times")
    tries = min(MAX_TYPES, MAX_TRIED // max(len(body), 1))
    choices: list[Headers] = [{**headers, b"content-type": [value]} for value in values[:MAX_TYPES]]
    tried = choices[:tries] if tries > 1 else []
    sound = (choice for choice in tried if _is_sound(choice, body))
    return next(sound, choices[0])


def _is_sound(headers: Headers, body: bytes) -> bool:
    defects = DefectList()
    read_parts(headers, body, defects.note)
    return not defects


def read_single(headers: Headers, body: bytes, note: Note) -> Body | None:
    """Read a mail that is one plain text part, shown inline; None for any other mail."""
    encoding = headers.get(b"content-transfer-encoding", (b"",))[0].strip().lower()
    content = _single_type(headers)
    if content is None or encoding not in _SIMPLE:
        return None
    if encoding in _IDENTITY and b"\r" not in body:
        text = decode_text(body, content.parameters.get("charset"), note)
    else:
        text = part_text(Part(content, INLINE, encoding.decode(), body), note)
    shown = _unflow(content, text) if "format" in content.parameters else text
    return Body(shown, as_sent=text if shown != text else None)


def _single_type(headers: Headers) -> Declared | None:
    """Return the type of a mail that is one plain text part; None if that is not sure."""
    disposition = headers.get(b"content-disposition")
    if disposition and disposition[0].strip() != b"inline":
        return None
    content_type = headers.get(b"content-type")
    if not content_type:
        return TEXT_PLAIN
    if not content_type[0].isascii():
        return None
    value = " ".join(content_type[0].decode().split())
    declared = parse_content_type(value) if value.isprintable() else None
    if declared is None or declared.value != "text/plain" or "name" in declared.parameters:
        return None
    return declared


def read_parts(headers: Headers, body: bytes, note: Note) -> Body:
    """Read any mail, by its MIME parts."""
    found = Body("")
    texts: list[str] = []
    flowed: list[str] = []
    whole = describe_part(headers, body, note)
    for part, is_text in walk_parts(whole, note):
        if (is_text and _is_inline_text(part)) or (part is whole and _is_some_text(part)):
            texts.append(part_text(part, note))
            flowed.append(_unflow(part.content, texts[-1]))
        elif is_text and _is_inline_html(part) and not any(map(str.strip, texts)):
            # before any plain text: the list's own footer may be the only one
            note("text-html-only", "there is no plain text; the text is taken from the HTML")
            html = part_text(part, note)
            if len(html) > MAX_HTML:
                note("mime-limit", f"HTML of {len(html)} characters, of which {MAX_HTML} are read")
            texts.append(extract_text(html))
            flowed.append(texts[-1])
        else:
            _add_attachment(found, part, note)
            continue
        if part.filename or _is_attached(part):
            size = len(decode_transfer(part.body, part.encoding, ignore))
            name, kind = decode_line(part.filename, note), part.content.value
            found.attachments.append(
                Attachment(filename=name, content_type=kind, size=size, inline=True)
            )
    found.text = _join_texts(flowed)
    if flowed != texts:
        found.as_sent = _join_texts(texts)
    return found


def _is_attached(part: Part) -> bool:
    return part.disposition.value == "attachment"


def _is_inline_text(part: Part) -> bool:
    inline = part.content.value == "text/plain" or part.content.value in _PATCH_TYPES
    return inline and not _is_attached(part)


def _is_inline_html(part: Part) -> bool:
    return part.content.value == "text/html" and not _is_attached(part)


def _is_some_text(part: Part) -> bool:
    """Whether a part is text of a kind unknown here, which counts as plain (RFC 2046, 4.1.4).

    Only a mail that has nothing else is read so, as git reads it, even where it is declared
    an attachment or an octet-stream; in a multipart such a part is an attachment.
    """
    if part.content.value.startswith("text/"):
        return part.content.value != "text/html"
    return _may_be_text(part.content.value, decode_transfer(part.body, part.encoding, ignore))


def _join_texts(texts: list[str]) -> str:
    ended = (text if text.endswith("\n") or not text else text + "\n" for text in texts[:-1])
    return "".join([*ended, *texts[-1:]])


def _unflow(content: Declared, text: str) -> str:
    parameters = content.parameters
    if parameters.get("format", "").lower() == "flowed":
        return unflow_text(text, delsp=parameters.get("delsp", "").lower() == "yes")
    return text


def _add_attachment(found: Body, part: Part, note: Note) -> None:
    data = decode_transfer(part.body, part.encoding, note)
    name = decode_line(part.filename, note)
    found.attachments.append(
        Attachment(filename=name, content_type=part.content.value, size=len(data))
    )
    if part.content.value != "text/html":
        found.digests.append(hashlib.sha256(data).digest())
    if part.content.value == "message/rfc822":
        found.enclosed.append(data)
    if holds_diff(data):
        found.with_diff.append(name or part.content.value)
    if _may_be_text(part.content.value, data):
        charset = part.content.parameters.get("charset")
        text = decode_text(data, charset, note).replace("\r\n", "\n")
        found.texts.append((name or part.content.value, text))


def _may_be_text(content_type: str, data: bytes) -> bool:
    if len(data) > MAX_TEXT or b"\0" in data:
        return False
    if content_type.startswith("text/"):
        return content_type != "text/html"
    # Linus sends patches as application/octet-stream
    return content_type in _PATCH_TYPES or content_type == "application/octet-stream"
