"""The one gate between a mail's text and anything that shows it.

Anyone can send bytes to a public list. A terminal obeys escape sequences, a
bidirectional override turns a path around, an invisible character makes two different
names look alike, and neither rich nor HTML escaping removes them. Every string that
leaves the library for a reader, in a report, a ``repr``, an exception or a progress
title, passes through `safe_text` first.

Invisible characters are shown by their numbers, except for those that scripts and emoji
need: a joiner or a variation selector stays after a character that takes one, and up to
eight marks stay on a letter. Unassigned and private-use characters, blanks of any width,
and letters that look like others stay as they are: they do nothing to the reader.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kvminbox.patterns import compile_later

MAX_MARKS: Final = 8
"""Marks in a row that are kept: as many as the tallest Tibetan stack has. More would cover the
lines above and below."""

# C0 except TAB and LF, DEL and C1 (0x9b is a one-byte CSI), the two Unicode line
# separators, the bidirectional controls of the "Trojan Source" paper with their
# marks and the deprecated controls after them, and lone surrogates, which no
# encoder can write.
_ACTING: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ud800-\udfff"
)

# Unicode's Default_Ignorable_Code_Point, except for joiners and selectors, which are
# below: soft hyphen, grapheme joiner, Hangul fillers (invisible letters), zero-width
# space, word joiner and its like, byte order mark, controls of shorthand and music, and
# the plane of tags, in which text can hide that nobody sees but a program reads; and
# the marks of interlinear annotations.
_HIDDEN: Final = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# what Unicode never assigns and HTML and XML forbid: the last two of each plane, and some
_NEVER: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]+")
_CONTROL_IN_LINE: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f]+")
_UNSAFE: Final = compile_later(f"[{_ACTING}\n{_HIDDEN}{_NEVER}]+")

# Persian, Hindi and the emoji of a woman at a computer need a joiner after a letter, a
# sign, an emoji, or one selector; ASCII and Latin never do
_TAKES_JOINER: Final = (
    "\u0600-\u180a\u1810-\u1fff\u2190-\u2bff\u2e80-\ud7ff\uf900-\ufaff\ufb50-\ufdff\ufe70-\ufefe"
    "\U00010000-\U000dffff"
)
# a heart or a digit in colour, the written forms of a Chinese name, Mongolian letters:
# one selector after a character that has several forms
_TAKES_SELECTOR: Final = f"#*0-9\xa9\xae\u203c\u2049\u2122\u2139{_TAKES_JOINER}"
_STRAY: Final = compile_later(
    "[\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef](?:"
    f"(?<![{_TAKES_JOINER}].)(?<![{_TAKES_JOINER}][\ufe0e\ufe0f].)(?<=[\u200c\u200d])"
    f"|(?<![{_TAKES_SELECTOR}].)(?<=[\ufe00-\ufe0f])"
    "|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff].)(?<=[\U000e0100-\U000e01ef])"
    "|(?<![\u1820-\u18aa].)(?<=[\u180b-\u180d\u180f]))"
)
_MAYBE_FLOOD: Final = compile_later(f"[\u0300-\U0010ffff]{{{MAX_MARKS + 1},}}")

# what is not printable ASCII, with what may precede a selector: the rest of a text is
# scanned only once
_ODD: Final = re.compile("[#*0-9]?[^\n\t -~]+")
_ODD_IN_LINE: Final = re.compile("[#*0-9]?[^\t -~]+")


@lru_cache(maxsize=4096)
def _show(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"<U+{code:04X}>"


def _visible(match: re.Match[str]) -> str:
    # a whole run at once: a mail of a megabyte may hold nothing else
    return "".join(map(_show, match[0]))


def _cut_flood(match: re.Match[str]) -> str:
    """Make visible the marks that are too many on one letter."""
    shown, marks = [], 0
    for char in match[0]:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 0
        shown.append(char if marks <= MAX_MARKS else _show(char))
    return "".join(shown)


def _make_safe(match: re.Match[str]) -> str:
    shown = _UNSAFE.sub(_visible, match[0])
    return _STRAY.sub(_visible, _MAYBE_FLOOD.sub(_cut_flood, shown))


def safe_text(text: str, *, multiline: bool = False) -> str:
    r"""Return `text` with every character that could deceive or harm its reader made visible.

    Control characters become ``\xNN``, others ``<U+NNNN>``; a tab stays, a line feed
    only if `multiline` is true. Invisible characters that no script needs, and marks
    by the dozen on one letter, are made visible, too. This does not escape HTML or
    Markdown: that comes afterwards, where the format is known.

    >>> safe_text("\x1b[2Jgone \u202etxt.exe")
    '\\x1b[2Jgone <U+202E>txt.exe'
    >>> safe_text("pass\u200bword")
    'pass<U+200B>word'
    """
    if text.isascii():  # most texts, in a quarter of the time
        return (_CONTROL if multiline else _CONTROL_IN_LINE).sub(_visible, text)
    return (_ODD if multiline else _ODD_IN_LINE).sub(_make_safe, text)


def safe_html(text: str, *, multiline: bool = False) -> str:
    """Return text that is safe as HTML content and in a quoted attribute."""
    from html import escape  # a terminal needs none

    return escape(safe_text(text, multiline=multiline), quote=True)


# what `urllib.parse.quote` leaves, an `@`, and the slashes between: no quote, angle
# bracket, backtick, parenthesis, blank or other letter that could end a link early
_LINK: Final = re.compile(r"https://[a-z0-9.-]+(?:/[A-Za-z0-9._~%+@-]*)*")


def safe_url(url: str) -> str:
    """Return the address if it is a plain https one, else an empty string.

    >>> safe_url("https://lore.kernel.org/kvm/1@ada.example/")
    'https://lore.kernel.org/kvm/1@ada.example/'
    >>> safe_url("javascript:alert(1)")
    ''
    """
    return url if _LINK.fullmatch(url) else ""


NOT_TYPESET: Final = "mathjax_ignore tex2jax_ignore"
"""Classes of an element whose text is no formula: to MathJax 3 and 4, and to MathJax 2."""


def notebook_html(*parts: str, style: str = "") -> str:
    """Return pieces of HTML as one element in which a notebook typesets nothing.

    Every `_repr_html_` returns this element. JupyterLab passes HTML to MathJax, which
    reads `$...$` as a formula, and a formula can hold a link.

    Args:
        parts: HTML, made safe.
        style: the element's style, made here.
    """
    attribute = f' style="{style}"' if style else ""
    return f'<div class="{NOT_TYPESET}"{attribute}>{"".join(parts)}</div>'
