"""The writer of the tests' mails, on which the shorter ways of each folder stand."""

from datetime import UTC, datetime

from kvminbox import Entry, read_message

MORNING = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)


def write_mail(
    subject,
    body="Words.\n",
    *headers,
    sender="Jane Doe <jane@doe.example>",
    ids=(),
    sent=MORNING,
    references=(),
    in_reply_to=None,
):
    """Return a mail's bytes; ids are without brackets, other headers are whole lines."""
    lines = [
        f"From: {sender}",
        f"Subject: {subject}",
        f"Date: {sent:%a, %d %b %Y %H:%M:%S +0000}",
        *(f"Message-ID: <{identity}>" for identity in ids),
        *(["References: " + "\n ".join(f"<{one}>" for one in references)] if references else []),
        *([f"In-Reply-To: <{in_reply_to}>"] if in_reply_to else []),
        *headers,
    ]
    return "\n".join([*lines, "", body]).encode()


def fill_in(usual, body="", **headers):
    """Return a mail's bytes with headers in place of the usual ones, or beside them.

    `in_reply_to="<a@b>"` is the header In-Reply-To. None leaves a header out, and a list
    repeats it; values and body may be bytes.
    """
    fields = dict(usual)
    for name, value in headers.items():
        written = "Message-ID" if name == "message_id" else name.replace("_", "-").title()
        fields[written] = value
    lines = [
        _as_bytes(name) + b": " + _as_bytes(value) + b"\n"
        for name, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
        if value is not None
    ]
    return b"".join(lines) + b"\n" + _as_bytes(body)


def _as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def read_made(*parts, arrived=None, name="", **more):
    """Read a mail as `write_mail` makes it; one that arrived is in an archive, under a name."""
    entry = None
    if arrived:
        oid = name.encode().hex()[:40].ljust(40, "0")
        entry = Entry(epoch=0, commit=oid, blob=oid, arrived=arrived, change="message")
    return read_message(write_mail(*parts, **more), entry)
