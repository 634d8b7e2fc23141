"""MIME: a mail's parts, with limits, without recursion (RFC 2045, 2046, 2231)."""

import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kvminbox.cache import cache_short
from kvminbox.mail.charsets import decode_text
from kvminbox.mail.defects import Note, ignore
from kvminbox.mail.envelope import Headers, header_text, read_headers, split_mail
from kvminbox.mail.transfer import decode_transfer

# The limits of public-inbox, which has them from postfix and SpamAssassin.
MAX_DEPTH: Final = 20
"""Levels of nested multiparts that are parsed."""

MAX_PARTS: Final = 1_000
"""Parts of a multipart that are read, and of a mail, after which no more is taken apart."""

MAX_BOUNDARY: Final = 2_048
"""Characters of a boundary that is looked for."""

MAX_KEPT: Final = 500
"""Characters of the longest Content-Type or Content-Disposition that is cached."""

_TYPE = re.compile(r"\s*([A-Za-z0-9!#$&^_.+-]+)\s*/\s*([A-Za-z0-9!#$&^_.+-]+)\s*(?:;|$|\s)")
# the second quote may be missing, as in `boundary="abc` at the end of a cut header; a comment
# may stand before the name, as in `text/plain; (Plain text) charset=utf-8`
_PARAMETER = re.compile(
    r";\s*(?:\([^()]*+\)\s*)?([A-Za-z0-9_*-]{1,64})\s*=\s*(?:\"((?:[^\"\\]|\\.){0,4096})\"|\"?([^\s;\"]{0,4096}))"
)
# Each of these begins with a line feed, and is looked for in a text with one before it: a pattern
# that begins with `^` is tried at each letter, and takes ten times as long.
_MULTIPART = re.compile(rb"\ncontent-type:\s*multipart/", re.IGNORECASE)
# what `git apply` begins a file at
_DIFF = re.compile(rb"\n(?:diff --git |--- [^\n]*\n\+\+\+ [^\n]*\n@@ -)")
# what may follow a boundary in its line
_BOUNDARY_END = re.compile(rb"(--)?[ \t]*\r?(?=\n|\Z)")
# a part's header of which one of the first lines is damaged, which must not cost its encoding
_DAMAGED_HEAD = re.compile(
    rb"(?:[^\n]+\n){1,2}content-(?:type|transfer-encoding|disposition):", re.IGNORECASE
)
_UNESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Declared:
    """A Content-Type or Content-Disposition: its value, and its parameters in lower case."""

    value: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of a mail: its bytes as sent, and what its headers say about them."""

    content: Declared
    disposition: Declared
    encoding: str
    body: bytes

    @property
    def filename(self) -> str:
        """The file name from either header, still encoded; text from a stranger."""
        name = self.disposition.parameters.get("filename")
        return name or self.content.parameters.get("name", "")


TEXT_PLAIN: Final = Declared("text/plain", {})
_MAIL: Final = Declared("message/rfc822", {})
_OPAQUE: Final = Declared("application/octet-stream", {})
INLINE: Final = Declared("", {})


@cache_short(1024, MAX_KEPT)
def parse_content_type(value: str) -> Declared | None:
    """Read a Content-Type; None if it names no type (`text`, or nothing)."""
    match = _TYPE.match(value)
    if not match:
        return None
    return Declared(f"{match[1]}/{match[2]}".lower(), _parse_parameters(value))


@cache_short(1024, MAX_KEPT)
def parse_disposition(value: str) -> Declared:
    """Read a Content-Disposition."""
    return Declared(value.partition(";")[0].strip().lower(), _parse_parameters(value))


def _parse_parameters(value: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, quoted, bare in _PARAMETER.findall(value):
        found.setdefault(name.lower(), _UNESCAPE.sub(r"\1", quoted) or bare)
    return _join_continuations(found) if any("*" in name for name in found) else found


def _join_continuations(found: dict[str, str]) -> dict[str, str]:
    """Put the pieces of RFC 2231 together: `filename*0*=utf-8'en'a%20; filename*1=b`.

    They take precedence over a plain parameter of the same name, which is there for
    readers who don't know them (RFC 6266, 4.3).
    """
    plain = {name: value for name, value in found.items() if "*" not in name}
    pieces: dict[str, list[tuple[int, bytes]]] = {}
    charsets: dict[str, str] = {}
    for name in (name for name in found if "*" in name):
        base, _, number = name.rstrip("*").partition("*")
        value = found[name]
        if name.endswith("*") and number in {"", "0"} and value.count("'") >= 2:
            charsets[base], _, value = value.split("'", 2)
        data = urllib.parse.unquote_to_bytes(value) if name.endswith("*") else value.encode()
        order = int(number) if number.isdecimal() and len(number) < 5 else 0
        pieces.setdefault(base, []).append((order, data))
    joined = {base: b"".join(data for _, data in sorted(found)) for base, found in pieces.items()}
    return plain | {
        base: decode_text(data, charsets.get(base, "utf-8"), ignore)
        for base, data in joined.items()
    }


def _first_text(headers: Headers, name: bytes, note: Note) -> str:
    values = headers.get(name)
    return header_text(values[0], note) if values else ""


def describe_part(
    headers: Headers, body: bytes, note: Note, default: Declared = TEXT_PLAIN
) -> Part:
    """Read what the headers of a mail or part say about its body."""
    content_type = _first_text(headers, b"content-type", note)
    content = parse_content_type(content_type) if content_type else default
    if content is None:
        note("mime-type-odd", f"the Content-Type {content_type[:100]!r} names no type")
        content = Declared("text/plain", _parse_parameters(f";{content_type}"))
    disposition = _first_text(headers, b"content-disposition", note)
    encoding = _first_text(headers, b"content-transfer-encoding", note)
    return Part(content, parse_disposition(disposition), encoding.lower(), body)


def _split_multipart(part: Part, note: Note) -> list[bytes] | None:
    """Return the raw parts of a multipart, or None if its boundary never occurs.

    If there are very many parts, the last one is all the rest, unread.
    """
    boundary = part.content.parameters.get("boundary", "").rstrip()
    if not boundary or len(boundary) > MAX_BOUNDARY:
        return None
    mark = boundary.encode("utf-8", "replace")
    body = b"\n" + part.body
    pieces: list[bytes] = []
    start: int | None = None
    inner = 0  # parts that claim this very boundary, whose ends are not the end of all
    for begin, end, closes in _find_boundaries(body, mark):
        if start is not None:
            pieces.append(body[start:begin])
            inner += _claims_boundary(pieces[-1], mark)
        elif not pieces and b":" in body[:begin]:
            # an old git send-email put its `From: somebody` here, others their whole text
            note("mime-preamble", "text with a colon before the first boundary; kept")
            pieces.append(body[:begin])
        start = end + 1
        if closes:
            if not inner:
                return pieces or None  # what follows the closing boundary is an epilogue
            inner, start = inner - 1, None
        elif len(pieces) == MAX_PARTS:
            note("mime-limit", f"more than {MAX_PARTS} parts; the rest are kept unread")
            return [*pieces, body[start:]]
    if start is None and not pieces:
        return None
    note("mime-boundary-unclosed", "the closing boundary is missing")
    return pieces if start is None else [*pieces, body[start:]]


def _find_boundaries(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield where each line of a boundary begins and ends, and whether it is the closing one.

    It begins with the line feed before it, and ends before the one behind it.
    """
    line = b"\n--" + mark
    begin = body.find(line)
    while begin >= 0:
        end = begin + len(line)
        if match := _BOUNDARY_END.match(body, end):
            end = match.end()
            yield begin, end, match[1] is not None
        begin = body.find(line, end)


def _claims_boundary(piece: bytes, mark: bytes) -> bool:
    """Whether a part is a multipart with the same boundary as the one around it."""
    head = b"\n" + piece.partition(b"\n\n")[0]
    if not _MULTIPART.search(head):
        return False
    named = rb"(?i:boundary)=\"?" + re.escape(mark) + rb"(?=[\"\s;]|\Z)"
    return re.search(named, head) is not None


def _read_part(raw: bytes, default: Declared, note: Note) -> Part:
    # a part that begins with an empty line has no headers (RFC 2046, 5.1)
    if raw[:1] == b"\n":
        return Part(default, INLINE, "", raw[1:])
    if raw[:2] == b"\r\n":
        return Part(default, INLINE, "", raw[2:].replace(b"\r\n", b"\n"))
    noted: list[str] = []
    head, body = split_mail(raw, lambda code, _: noted.append(code))
    if noted and not _DAMAGED_HEAD.match(raw):
        return Part(TEXT_PLAIN, INLINE, "", raw)
    if noted:
        head, _, body = (b"\n" + raw).partition(b"\n\n")
    return describe_part(read_headers(head, note), body, note, default)


def walk_parts(root: Part, note: Note) -> Iterator[tuple[Part, bool]]:
    """Yield the leaves of a mail in order, each with whether it may be the mail's text.

    A message inside the mail is one leaf: a patch inside a forwarded mail belongs to
    that mail, so its text is not this mail's. Of a multipart/alternative only the plain
    text may be the text, unless it is empty.
    """
    stack = [(root, 0, True)]
    parts = 0
    while stack:
        part, depth, is_text = stack.pop()
        parts += 1
        if not part.content.value.startswith("multipart/"):
            yield part, is_text
            continue
        if depth >= MAX_DEPTH or parts >= MAX_PARTS:
            note("mime-limit", f"more than {MAX_DEPTH} levels or {MAX_PARTS} parts")
            yield Part(_OPAQUE, part.disposition, "", part.body), is_text
            continue
        children = _children(part, note)
        has_plain = part.content.value == "multipart/alternative" and any(map(_says, children))
        stack.extend(
            (child, depth + 1, is_text and (not has_plain or _is_plain(child)))
            for child in reversed(children)
        )


def _is_plain(part: Part) -> bool:
    return part.content.value == "text/plain"


def _says(part: Part) -> bool:
    """Whether a part is plain text with something in it: clients have put an empty one first."""
    return _is_plain(part) and bool(decode_transfer(part.body, part.encoding, ignore).strip())


def holds_diff(data: bytes) -> bool:
    """Whether `git apply` would find a file's diff in decoded bytes, in text or not."""
    return _DIFF.search(b"\n" + data) is not None


def _children(part: Part, note: Note) -> list[Part]:
    pieces = _split_multipart(part, note)
    if pieces is None:
        note("mime-boundary-missing", f"a {part.content.value} without its boundary")
        return [Part(TEXT_PLAIN, part.disposition, part.encoding, part.body)]
    default = _MAIL if part.content.value == "multipart/digest" else TEXT_PLAIN
    children = [_read_part(piece, default, note) for piece in pieces[:MAX_PARTS]]
    return children + [Part(_OPAQUE, INLINE, "", piece) for piece in pieces[MAX_PARTS:]]


def part_text(part: Part, note: Note) -> str:
    """Decode a text part, with LF line ends."""
    data = decode_transfer(part.body, part.encoding, note)
    text = decode_text(data, part.content.parameters.get("charset"), note)
    if "\r" in text and "\r\n" in text:
        note("text-crlf", "the text had CRLF line ends")
        text = text.replace("\r\n", "\n")
    return text
