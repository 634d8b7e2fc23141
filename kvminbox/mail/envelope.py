"""A mail's header block, from bytes to raw values; total, and nothing is lost.

The standard library ends the header at the first line that it can't parse, and
with it loses From and all that follows. Here such a line belongs to the header
before it, as in public-inbox: linux-mips has a long Subject that continues without
indent.
"""

import re
from typing import Final

from kvminbox.mail.charsets import decode_text
from kvminbox.mail.defects import Note
from kvminbox.mail.invisible import has_invisible

MAX_HEAD: Final = 1 << 20
"""Bytes of a header block that are read; real ones reach 30 kB."""

MAX_HEADER: Final = 102_400
"""Bytes of one header's value that are read, as in public-inbox."""

Headers = dict[bytes, list[bytes]]
"""Header names in lower case, and their raw values in the order of the mail."""

# by first letters, so that one look at a line's tells that it is none of these
_NAMES: Final = (
    rb"[Ff](?i:rom)|[Ss](?i:ender|ubject)|[Rr](?i:eply-to|eferences)|[Tt](?i:o)|[Dd](?i:ate)"
    rb"|[Cc](?i:c|ontent-(?:type|transfer-encoding|disposition))|[Xx](?i:-original-(?:from|sender))"
    rb"|[Mm](?i:essage-id)|[Ii](?i:n-reply-to)|[Ll](?i:ist-id)"
)
# A header that matters, with its value; or, both groups empty, the start of a line that seems to
# be no header. Measured on the real archive, a mail: 7.9 µs; a pattern for each of the two took
# 11, and splitting all sixty headers of a mail into a dictionary 16 and more.
_WANTED = re.compile(
    rb"\n(?=[^ \t\n])(?:(" + _NAMES + rb")[ \t]*:([^\n]*+(?:\n[ \t][^\n]*+)*+)"
    rb"|(?![!-9;-~]++:))"
)
# a pattern, since `bytes.find` takes twice as long for two bytes of which one is in each line
_HEAD_END = re.compile(rb"\n\n")
_ODD_LINE = re.compile(rb"\n(?:[!-9;-~]++(?!:)|[^ \t\n!-9;-~])")
_BEFORE = re.compile(rb"(?:[ \t\r]*+\n)*+(?:>?From [^\n]*\n)?(?:[ \t\r]*+\n)*+")
_FIRST_LINE = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]+\S")
_ENOUGH: Final = 3
_NAME = re.compile(rb"([!-9;-~]+)[ \t]*:")


def split_mail(raw: bytes, note: Note) -> tuple[bytes, bytes]:
    """Return a mail's header block and its body; LF line ends if the header has CRLF.

    The header begins with a line feed and ends before the empty line, so that
    each of its lines can be found by the line feed before it.
    """
    start = raw.find(b"\n")
    if start > 0 and raw[start - 1] == 13:  # "\r\n": an mbox or maildir from elsewhere
        raw = raw.replace(b"\r\n", b"\n")
    if not _FIRST_LINE.match(raw) or raw[:1] in b" \t":
        skipped = _skip_before(raw, note)
        if skipped is None:
            note("no-header", "the mail has no header block")
            return b"\n", raw
        raw = skipped
    head, body = _split_at_end(raw)
    if b"\r" in head and b"\n\r\n" in head:  # only the first line has LF, an mbox From line
        head, body = _split_at_end(raw.replace(b"\r\n", b"\n"))
    if body is None:
        head, body = _split_unended(head, note)
    if len(head) > MAX_HEAD:
        note("header-oversized", f"a header block of {len(head)} bytes, cut at {MAX_HEAD}")
        head = cut_value(head, MAX_HEAD)
    return b"\n" + head, body


def _split_at_end(raw: bytes) -> tuple[bytes, bytes | None]:
    """Split a mail at the first empty line; the body is None if there is none."""
    found = _HEAD_END.search(raw)
    return (raw[: found.start()], raw[found.end() :]) if found else (raw, None)


def _skip_before(raw: bytes, note: Note) -> bytes | None:
    """Skip whatever precedes the first header; None if no header follows."""
    # every reader of public-inbox skips an mbox From line that old importers left
    match = _BEFORE.match(raw)
    start = match.end() if match else 0
    if not _FIRST_LINE.match(raw, start) and (start := _find_late_header(raw, start)) < 0:
        return None
    raw = raw[start:]
    if start or _NAME.match(raw.lstrip(b" \t")):
        note("header-junk-before", "blank lines, an mbox From line or other text before the header")
        return raw.lstrip(b" \t")
    note("header-line-without-colon", "the first line continues a header that is not there")
    return raw


def _find_late_header(raw: bytes, start: int) -> int:
    """Find the header below a first line that is not one; -1 if too few headers follow.

    A byte that was lost in the first line must not cost the mail its sender and subject. A
    text that merely quotes a header in its first lines has fewer than three of them.
    """
    head = b"\n" + raw[start:].partition(b"\n\n")[0][:MAX_HEADER]
    found = [match for match in _WANTED.finditer(head) if match[1]]
    is_header = len({match[1].lower() for match in found}) >= _ENOUGH
    return start + found[0].start() if is_header else -1


def _split_unended(head: bytes, note: Note) -> tuple[bytes, bytes]:
    """Split a mail without an empty line: the first line that is not a header begins the body."""
    odd = _ODD_LINE.search(head)
    while odd and _NAME.match(head, odd.start() + 1):
        odd = _ODD_LINE.search(head, odd.end())
    if odd is None:
        return head, b""
    note(
        "header-line-without-colon",
        "the header ends at a line without a colon, not at an empty line",
    )
    return head[: odd.start()], head[odd.start() + 1 :]


def cut_value(value: bytes, limit: int) -> bytes:
    """Cut at the end of a line or word if there is one, so that no character is split."""
    end = max(value.rfind(b"\n", 0, limit), value.rfind(b" ", 0, limit))
    return value[: end if end > 0 else limit]


def read_headers(head: bytes, note: Note) -> Headers:
    """Return the headers that matter here, from a block that `split_mail` returned."""
    headers = _list_headers(head)
    if b"" in headers:
        head = _join_odd_lines(head, note)
        headers = _list_headers(head)
        headers.pop(b"", None)  # a header whose name has a blank behind it
    if len(head) > MAX_HEADER:
        _cut_headers(headers, note)
    return headers


def _list_headers(head: bytes) -> Headers:
    """Return the headers that matter; under an empty name what seems to be none, if it is there."""
    headers: Headers = {}
    for name, value in _WANTED.findall(head):
        headers.setdefault(name.lower(), []).append(value)
    return headers


def _join_odd_lines(head: bytes, note: Note) -> bytes:
    lines = head.split(b"\n")
    odd = 0
    for number, line in enumerate(lines[1:], 1):
        if line and line[:1] not in (b" ", b"\t") and not _NAME.match(line):
            lines[number] = b" " + line
            odd += 1
    if odd:
        note(
            "header-line-without-colon",
            f"{odd} header lines have no colon; joined to the line above",
        )
    return b"\n".join(lines)


def _cut_headers(headers: Headers, note: Note) -> None:
    for name, values in headers.items():
        for index, value in enumerate(values):
            if len(value) > MAX_HEADER:
                note("header-oversized", f"{name.decode()} has {len(value)} bytes, was cut")
                values[index] = cut_value(value, MAX_HEADER)


def header_text(value: bytes, note: Note) -> str:
    """Decode a raw header value as text, white space collapsed; encoded words stay."""
    if value.isascii():
        line = " ".join(value.decode("ascii").split())
        return line if line.isprintable() else clean_line(line, note)
    note("header-raw-8bit", "a header contains bytes that are not ASCII")
    return clean_line(decode_text(value, "utf-8", note), note)


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


def clean_line(text: str, note: Note) -> str:
    """Collapse white space to single blanks, and replace control characters with U+FFFD."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    if has_invisible(line):
        note("header-invisible", "a header contains invisible characters, or changes of direction")
    if _CONTROLS.search(line):
        note("header-controls", "a header contains control characters; shown as U+FFFD")
        return _CONTROLS.sub("\ufffd", line)
    return line
