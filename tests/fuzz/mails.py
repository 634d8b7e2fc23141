"""Targets of `kvminbox.mail`: any bytes are a mail."""

from kvminbox import read_message
from kvminbox.mail import DefectList
from kvminbox.mail.body import read_parts, read_single
from kvminbox.mail.charsets import CODECS, decode_text
from kvminbox.mail.envelope import read_headers, split_mail
from kvminbox.mail.words import decode_words
from kvminbox.models import Message
from kvminbox.models.defect import DEFECT_CODES
from kvminbox.patches import excerpt_body

LABELS = sorted(CODECS)


def _check(raw: bytes) -> Message:
    message = read_message(raw)
    message.model_dump_json().encode("ascii", "backslashreplace")
    assert {defect.code for defect in message.defects} <= DEFECT_CODES.keys()
    assert message.evidence
    repr(message).encode()
    excerpt_body(message.body).encode()
    return message


def header(data: bytes) -> None:
    """A header block of any bytes, above a short text."""
    raw = data + b"\n\ntext\n"
    head, body = split_mail(raw, DefectList().note)
    assert head.startswith(b"\n")
    squeezed = b"".join(raw.split())
    for values in read_headers(head, DefectList().note).values():
        assert all(b"".join(value.split()) in squeezed for value in values)
    assert b"".join(body.split()) in squeezed
    assert _check(raw) == read_message(raw)


def mime(data: bytes) -> None:
    """A body of any bytes below a multipart's header, or headers of its own."""
    top = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n"
    raw = data if data[:1] == b"C" else top + data
    _check(raw)
    head, body = split_mail(raw, DefectList().note)
    notes = DefectList(), DefectList()
    headers = read_headers(head, DefectList().note)
    single = read_single(headers, body, notes[0].note)
    if single is not None:
        assert single == read_parts(headers, body, notes[1].note)
        assert notes[0] == notes[1]


def charset(data: bytes) -> None:
    """Text in any charset, known or not, and the same as encoded words."""
    known = LABELS[data[0] % len(LABELS)] if data else None
    label, parted, text = data[1:].partition(b"\0")
    given = label.decode("latin-1") if parted else known
    decoded = decode_text(text if parted else data[1:], given, DefectList().note)
    decoded.encode()
    words = "=?" + (given or "") + "?b?" + label.decode("latin-1") + "?= " + decoded
    decode_words(words, DefectList().note).encode()
