"""File names in diffs: quoting, prefixes, dates behind them."""

import re
from typing import Final

MAX_PATH: Final = 4_096
"""Characters of a path, as Linux has it; a longer one is suspicious."""

MAX_NAMES: Final = 4 * MAX_PATH
"""Characters of a `diff --git` line that is divided into two names."""

MAX_BLANKS: Final = 62
"""Blanks of such a line, at each of which the second name may begin."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')
_ESCAPE = re.compile(r'\\([abtnvfr"\\]|[0-3][0-7]{2})')
_LETTERS = dict(zip('abtnvfr"\\', '\a\b\t\n\v\f\r"\\', strict=True))
# `--- src/os.c	12 Jan 2009`, `--- x.c 2009-01-12 10:00:00.000000000 +0100`
_DATE = re.compile(r"(?:\t.*|(?<! ) ++\d{4}-\d\d-\d\d[ T].*)$", re.DOTALL)
_SUSPICIOUS = re.compile(r"^/|(?:^|/)\.\.(?:/|$)|\\|^[A-Za-z]:|[\x00-\x1f\x7f-\x9f]|(?:^|/)\.git/")


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    return _LETTERS.get(code) or chr(int(code, 8))


def unquote_path(name: str) -> str:
    r"""Undo git's C-style quoting: `"a/sm\303\270r"` is `a/smør`."""
    if len(name) < 2 or name[0] != '"' or name[-1] != '"':
        return name
    plain = _ESCAPE.sub(_unescape, name[1:-1])
    try:  # the octal numbers are bytes, mostly of UTF-8
        return plain.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return plain


def read_name(text: str) -> str:
    """Read the name in a `---` or `+++` line, without its date."""
    if match := _QUOTED.match(text):
        return unquote_path(match[0])
    return _DATE.sub("", text).rstrip(" \r")


def strip_prefixes(old: str, new: str) -> tuple[str, str]:
    """Take `a/` and `b/`, or what stands for them, from a pair of names.

    `git apply` takes the first directory whatever it is; here a diff without
    prefixes keeps its names, which are told by the two first directories being
    the same (`git diff --no-prefix`) or by there being none.
    """
    if old[:2] == "a/" and new[:2] == "b/":
        return old[2:], new[2:]
    if "/dev/null" in (old, new):
        return _strip_known(old), _strip_known(new)
    old_top, _, old_rest = old.partition("/")
    new_top, _, new_rest = new.partition("/")
    if not old_rest or not new_rest:
        return old, new
    if old_top == new_top != "a":  # coccinelle writes `a/x.c` on both sides
        return old, new
    if old_rest == new_rest or len(old_top) == len(new_top) == 1:
        return old_rest, new_rest  # `git config diff.mnemonicPrefix`: i/ and w/, on a rename
    return old, new


def _strip_known(name: str) -> str:
    return name[2:] if name[:2] in {"a/", "b/", "i/", "w/", "c/", "o/"} else name


def split_git_names(text: str) -> tuple[str, str] | None:
    """Divide the two names of a `diff --git` line; None if it can't be told where.

    Names may hold blanks, so the line is only certain if both are the same but
    for their prefix, or quoted.
    """
    if match := _QUOTED.match(text):
        return strip_prefixes(unquote_path(match[0]), read_name(text[match.end() :].lstrip(" ")))
    parts = text.split(" ") if len(text) <= MAX_NAMES else []
    for index in range(1, len(parts)) if len(parts) < MAX_BLANKS + 2 else ():
        old, new = " ".join(parts[:index]), unquote_path(" ".join(parts[index:]))
        stripped = strip_prefixes(old, new)
        if stripped[0] == stripped[1]:
            return stripped
    return strip_prefixes(parts[0], unquote_path(parts[1])) if len(parts) == 2 else None


def is_suspicious(path: str) -> bool:
    """Whether a path is absolute, leaves its tree, holds what none should, or is too long."""
    return len(path) > MAX_PATH or _SUSPICIOUS.search(path) is not None
