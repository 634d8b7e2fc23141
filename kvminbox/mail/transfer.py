"""Content-Transfer-Encodings (RFC 2045, 6): damaged text is decoded as far as possible."""

import base64
import binascii
import contextlib
import quopri
import re
from collections.abc import Iterator
from typing import Final

from kvminbox.mail.defects import Note


def decode_transfer(body: bytes, encoding: str, note: Note) -> bytes:
    """Undo a Content-Transfer-Encoding; damage becomes a defect and costs as little as possible."""
    name = encoding.partition(";")[0].strip(" \t\"'")
    if name in {"", "7bit", "8bit", "binary", "7-bit", "8-bit"}:
        return body
    if name == "quoted-printable":
        return quopri.decodestring(body)
    if name == "base64":
        return _decode_base64(body, note)
    if name in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return _decode_uuencode(body, note)
    note("mime-encoding-unknown", f"the transfer encoding {name[:60]!r} is unknown")
    return body


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}[ \t]*\r?")
# no word of a footer is as long as a whole line of base64
_WHOLE_LINE: Final = 40


def _decode_base64(body: bytes, note: Note) -> bytes:
    data = body.translate(None, b"\r\n \t")
    if len(data) % 4 == 0:  # Python reads `AAA==` too, which has a letter too many somewhere
        with contextlib.suppress(binascii.Error):
            return base64.b64decode(data, validate=True)
    note("mime-encoding-broken", "the base64 text is damaged, or other text follows it")
    lines = [_NOT_BASE64.sub(b"", line) for line in _base64_lines(body)]
    if sum(len(line) % 4 == 0 for line in lines) * 2 < len(lines):
        lines = [b"".join(lines)]  # broken by somebody who does not know that each stands alone
    decoded = bytearray()  # a list of what 200,000 lines `QQ==` hold took 50 MB
    for line in lines:
        for run in filter(None, line.split(b"=")):
            decoded += _decode_run(run)
    return bytes(decoded)


def _base64_lines(body: bytes) -> Iterator[bytes]:
    """Yield the lines that are base64, damaged ones included, without a footer.

    Lists append it to base64 text as it stands: `Cg==`, and below it
    `_______________________________________________`.
    """
    lines = body.strip().split(b"\n")
    whole = [bool(_BASE64_LINE.fullmatch(line)) for line in lines]
    for number, line in enumerate(lines):
        following = number + 1 < len(lines) and whole[number + 1]
        goes_on = following and len(lines[number + 1]) >= _WHOLE_LINE
        if number and line.strip() and not whole[number] and not goes_on:
            return
        yield line


def _decode_run(kept: bytes) -> bytes:
    # a length of 4n+1 holds six bits that belong to no byte
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return base64.b64decode(kept + b"=" * (-len(kept) % 4))


def _decode_uuencode(body: bytes, note: Note) -> bytes:
    start = re.search(rb"^begin [^\n]*\n", body, re.MULTILINE)
    if start is None:
        note(
            "mime-encoding-broken",
            "declared as uuencoded, but without a `begin` line; used as it is",
        )
        return body
    decoded = bytearray()
    is_damaged = False
    for line in body[start.end() :].partition(b"\nend")[0].split(b"\n"):
        if not line:
            continue
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            is_damaged = True
        if len(decoded) > len(body):  # a line `_` alone stands for 63 NULs
            is_damaged = True
            break
    if is_damaged:
        note("mime-encoding-broken", "a line of the uuencoded text is damaged")
    return bytes(decoded)
