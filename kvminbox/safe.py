"""The one gate between a mail's text and anything that shows it.

Anyone can put bytes into a public list. A terminal obeys escape sequences, a
bidirectional override turns a path around, and neither rich nor HTML escaping
removes them. Every string that leaves the library for a reader, in a report, a
``repr``, an exception or a progress title, passes through `safe_text` first.
"""

import re

# C0 but TAB and LF, DEL and C1 (0x9b is a one-byte CSI), the two Unicode line
# separators, the bidirectional controls of the "Trojan Source" paper with their
# marks and the deprecated controls after them, and lone surrogates, which no
# encoder can write.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ud800-\udfff]"
)
_UNSAFE_IN_LINE = re.compile(_UNSAFE.pattern.replace("\x08\x0b", "\x08\x0a\x0b"))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"


def safe_text(text: str, *, multiline: bool = False) -> str:
    r"""Give `text` with every character that could act on its reader made visible.

    Control characters become ``\xNN``, the others ``<U+NNNN>``; a tab stays, a
    line feed only where `multiline` is true. This is no escaping for HTML or
    Markdown: those come after it, where the format is known.

    >>> safe_text("\x1b[2Jgone \u202etxt.exe")
    '\\x1b[2Jgone <U+202E>txt.exe'
    """
    return (_UNSAFE if multiline else _UNSAFE_IN_LINE).sub(_visible, text)
