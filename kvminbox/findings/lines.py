"""Lines of compilers, checkers and kernels that say what is wrong, and where."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from kvminbox.models import FoundLevel, FoundLine

MAX_FOUND: Final = 20
"""Lines that a finding has."""

MAX_TEXT: Final = 300
"""Characters of such a line."""

_MAX_WORDS: Final = 40
"""Words of a line in which a file and its line are looked for."""

_MAX_PARTS: Final = 8
"""Colons of such a word that are taken apart."""
_ERROR: Final = re.compile(
    r"\b(?:fatal|error|undefined (?:reference|symbol)|multiple definition|no rule to make"
    r"|segmentation fault|not defined)\b",
    re.IGNORECASE,
)
_WARNING: Final = re.compile(r"\b(?:warning|warn|sparse|cocci|undocumented)\b", re.IGNORECASE)
_FILE: Final = re.compile(r"[^:]{1,250}\.[A-Za-z]\w{0,9}")
_NUMBER: Final = re.compile(r"(\d{1,7})\b|\(\.\w")  # `lamp.c:12:3:`, `lamp.c:(.text+0x12):`


def make_line(text: str, *, is_new: bool = False) -> FoundLine:
    """Return what a line says."""
    path, number = find_place(text)
    return FoundLine(
        text=" ".join(text.split())[:MAX_TEXT], path=path, line=number, level=find_level(text),
        is_new=is_new,
    )  # fmt: skip


def find_level(text: str) -> FoundLevel:
    """Return how bad a line calls it; the word that comes first says so."""
    error, warning = _ERROR.search(text), _WARNING.search(text)
    if error and (warning is None or error.start() < warning.start()):
        return "error"
    return "warning" if warning else "other"


def find_place(text: str) -> tuple[str, int | None]:
    """Return the first file that a line names, and the number of the line in it.

    >>> find_place("ld: drivers/lamp.c:12:3: undefined reference to `blink'")
    ('drivers/lamp.c', 12)
    """
    for word in text.split(None, _MAX_WORDS)[:_MAX_WORDS]:
        if ":" not in word or "//" in word:
            continue
        for path, after in pairwise(word.lstrip("(['\"`*>").split(":", _MAX_PARTS)):
            if (match := _NUMBER.match(after)) and _FILE.fullmatch(path):
                return path.removeprefix("./"), int(match[1]) if match[1] else None
    return "", None


def is_told(text: str) -> bool:
    """Whether a line says that something is wrong, and where."""
    return find_level(text) != "other" and " note: " not in text and bool(find_place(text)[0])


def keep_lines(found: Iterable[FoundLine]) -> tuple[tuple[FoundLine, ...], int]:
    """Return the first of some lines, each once, and how many there are."""
    each = dict.fromkeys(found)
    return tuple(each)[:MAX_FOUND], len(each)
