"""Encoded words in headers: `=?utf-8?q?J=C3=BCrgen?=` (RFC 2047), read leniently.

Real senders glue them to text, break them inside a character, put spaces
into them and leave off their padding; each is read as it was meant.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from kvminbox.mail.charsets import decode_text
from kvminbox.mail.defects import Note
from kvminbox.mail.envelope import clean_line

# A word ends at the first `?=`, so a `?` in it need not be encoded: `=?utf-8?q?why??=`.
# No word holds another's `=?`, which keeps this linear. RFC 2047 allows 75
# characters a word; senders who fold nothing have written some thousand.
# `=?=` is the end of base64's padding.
# `(?>(?:…)*)` is `(?:…)*+`, which Python before 3.11.5 gets wrong where `…` has alternatives.
_WORD = re.compile(r"=\?([^\s?=]{1,60})\?([bBqQ])\?((?>(?:[^?=]++|=(?!\?(?!=))|\?(?!=))*))\?=")
_QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")


def _decode_q(text: str) -> bytes:
    data = text.replace("_", " ").encode("utf-8", "surrogateescape")
    return _QUOTED.sub(lambda match: bytes((int(match[1], 16),)), data)


def _decode_b(text: str) -> bytes:
    kept = re.sub(r"[^A-Za-z0-9+/]", "", text)
    # a length of 4n+1 holds six bits that belong to no byte
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return base64.b64decode(kept + "=" * (-len(kept) % 4))


def _word_bytes(encoding: str, text: str) -> bytes | None:
    try:
        return _decode_b(text) if encoding in "bB" else _decode_q(text)
    except (binascii.Error, ValueError):
        return None


def _runs(value: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield (plain text, charset, bytes) in turn; a charset of "" means plain text only."""
    end = 0
    for match in _WORD.finditer(value):
        data = _word_bytes(match[2], match[3])
        if data is None:
            continue
        yield value[end : match.start()], match[1], data
        end = match.end()
    yield value[end:], "", b""


def decode_words(value: str, note: Note) -> str:
    """Decode the encoded words in a header's value; anything else stays as it is.

    White space between two encoded words is dropped (RFC 2047, 6.2). Words side
    by side in one charset are joined as bytes first, since some senders cut
    inside a multi-byte character.
    """
    if "=?" not in value:
        return value
    pieces: list[str] = []
    charset, held = "", list[bytes]()
    for plain, next_charset, data in _runs(value):
        adjacent = bool(charset) and bool(next_charset) and not plain.strip()
        if adjacent and next_charset.lower() == charset.lower():
            held.append(data)
            continue
        if charset:
            pieces.append(decode_text(b"".join(held), charset, note))
        if not adjacent:
            pieces.append(plain)
        charset, held = next_charset, [data]
    text = "".join(pieces)
    if "=?" in text and _WORD.search(text):
        note("header-encoded-word", "an encoded word can't be decoded")
    return text


def decode_line(value: str, note: Note) -> str:
    """Decode a header's value, and clean what its encoded words held."""
    return clean_line(decode_words(value, note), note)
