"""From bytes to text, by an allow-list of charsets and one ladder.

Python has codecs that are not charsets: `unicode_escape` turns six harmless
characters into ESC, `idna` and `punycode` are slow, and a NUL in the name
raises ValueError. So a mail's charset is looked up here, never in `codecs`.

The ladder, each step with a defect where it was not the declared charset:

1. the declared charset, strictly, if it is on the list;
2. UTF-8, strictly: what is declared us-ascii or nothing is mostly that;
3. UTF-8 all the same, with each byte that is not valid read as windows-1252,
   which is what latin-1 text nearly always is, or as latin-1 if that has no letter for it.

So one damaged byte, or a quotation in another charset, costs no other letter.
"""

import codecs
import re
from functools import lru_cache
from typing import Final

from kvminbox.mail.defects import Note

_SAME: Final = [
    "utf-7",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "big5",
    "big5hkscs",
    "gb2312",
    "gbk",
    "gb18030",
    "hz",
    "euc-jp",
    "euc-kr",
    "iso-2022-jp",
    "iso-2022-jp-1",
    "iso-2022-jp-2",
    "iso-2022-jp-3",
    "iso-2022-jp-ext",
    "iso-2022-kr",
    "johab",
    "shift_jis",
    "koi8-r",
    "koi8-u",
    "koi8-t",
    "tis-620",
    "ptcp154",
    "hp-roman8",
]

# label, as mails write it, in lower case and with `-` for `_` → Python's codec
CODECS: Final[dict[str, str]] = {
    **{name.replace("_", "-"): name for name in _SAME},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in range(2, 17) if n != 12},
    **{f"iso8859-{n}": f"iso8859-{n}" for n in range(2, 17) if n != 12},
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in (437, 775, 850, 852, 855, 866, 874, 932, 936, 949, 950)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "ansi-x3.4-1968": "ascii",
    "iso-8859-1": "latin-1",
    "iso8859-1": "latin-1",
    "latin1": "latin-1",
    "latin-1": "latin-1",
    "iso-8859-8-i": "iso8859-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-936": "gbk",
    "windows-949": "cp949",
    "x-gbk": "gbk",
    "gb-2312-80": "gb2312",
    "gb18030-2000": "gb18030",
    "cn-gb": "gb2312",
    "big5-hkscs": "big5hkscs",
    "ks-c-5601-1987": "cp949",
    "shift-jis": "shift_jis",
    "x-sjis": "shift_jis",
    "sjis": "shift_jis",
    "x-euc-jp": "euc-jp",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}

_C1: Final = re.compile(rb"[\x80-\x9f]")


@lru_cache(maxsize=256)
def find_codec(label: str) -> str | None:
    """Return Python's codec for a charset's label, or None if it is not on the list.

    An RFC 2231 language after `*` is ignored.
    """
    name = label.partition("*")[0].strip(" \t\"'").lower().replace("_", "-")
    return CODECS.get(name)


def _try_decode(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except ValueError:
        return None
    if codec.startswith("utf-") and codec != "utf-8":
        # utf-7 can spell a lone surrogate, which nothing can write again
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


# The five bytes for which windows-1252 has no letter are read as latin-1.
_LETTERS: Final = [bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]


# Every byte that does not begin a character where it is, so that a run is read at once:
# with a call for each, a mail of a megabyte of them took more than half a second.
_NO_UTF_8: Final = re.compile(
    rb"(?:[\x80-\xc1\xf5-\xff]|[\xc2-\xdf](?![\x80-\xbf])|\xe0(?![\xa0-\xbf][\x80-\xbf])"
    rb"|[\xe1-\xec\xee\xef](?![\x80-\xbf]{2})|\xed(?![\x80-\x9f][\x80-\xbf])"
    rb"|\xf0(?![\x90-\xbf][\x80-\xbf]{2})|[\xf1-\xf3](?![\x80-\xbf]{3})"
    rb"|\xf4(?![\x80-\x8f][\x80-\xbf]{2}))*+"
)


def _read_foreign(error: UnicodeError) -> tuple[str, int]:
    """Return the letters of bytes that are not UTF-8, and where to continue."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = _NO_UTF_8.match(error.object, error.end).end()  # type: ignore[union-attr]  # always
    return "".join(map(_LETTERS.__getitem__, error.object[error.start : end])), end


_FOREIGN: Final = "kvminbox-windows-1252"
codecs.register_error(_FOREIGN, _read_foreign)


def _guess_text(data: bytes) -> tuple[str, str]:
    text = _try_decode(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = data.decode("utf-8", _FOREIGN)
    return text, "windows-1252" if len(text) == len(data) else "utf-8 and windows-1252"


def decode_text(data: bytes, label: str | None, note: Note) -> str:
    """Decode the text of a part or an encoded word, down the ladder above.

    Args:
        data: the bytes, after transfer decoding.
        label: the declared charset; None or empty if there is none.
        note: called for a charset that is unknown or does not fit.
    """
    codec = find_codec(label) if label else "ascii"
    if codec == "latin-1" and _C1.search(data):
        # `=93smart=94` labelled iso-8859-1: its writer means windows-1252, never
        # a C1 control; the WHATWG Encoding Standard reads the label so, always
        codec = "cp1252"
    text = _try_decode(data, codec) if codec else None
    if text is not None:
        return text
    text, used = _guess_text(data)
    if codec is None:
        note("charset-unknown", f"charset {label!r} is not known; read as {used}")
    elif codec != "ascii" or used != "utf-8":
        note("charset-wrong", f"the text is not valid {label or 'us-ascii'}; read as {used}")
    return text
