"""Invisible characters that may hide something from a reader."""

import re
from typing import Final

# `paylo<U+200C>ad` is another name than `payload`, and looks the same: the soft
# hyphen, blanks and joiners without a width, the byte order mark, and tags.
# A joiner gives letters their shape in Persian and Hindi, and joins emoji.
_HIDDEN: Final = "\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff"
# The changes of direction of the "Trojan Source" paper; the marks U+200E and
# U+200F are left alone, since they turn nothing around in Latin text.
_TURNS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE: Final = re.compile(f"[{_HIDDEN}{_TURNS}]")
# apart, since one class for both is six times as slow
_TAG: Final = re.compile("[\U000e0001-\U000e007f]")


def has_invisible(text: str) -> bool:
    r"""Whether a text changes direction, or has an invisible character beside a Latin letter.

    >>> has_invisible("pay\u200cload"), has_invisible("می\u200cخواهم")
    (True, False)
    """
    if text.isascii():
        return False
    return any(
        match[0] in _TURNS or _is_in_word(text, match)
        for pattern in (_INVISIBLE, _TAG)
        for match in pattern.finditer(text)
    )


def _is_in_word(text: str, match: re.Match[str]) -> bool:
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return any(char.isascii() and (char.isalnum() or char == "_") for char in beside)
