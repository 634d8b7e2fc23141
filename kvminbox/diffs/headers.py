"""The header of a file in a diff: its names, its modes, what happens to it.

The only reader of such headers: where a header is, which file it names, with quoting,
prefixes and dates removed, and what git's extended lines say.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from kvminbox.models import FileStatus

MAX_PATH: Final = 4_096
"""Characters of a path, as Linux has it; a longer one is suspicious."""

MAX_NAMES: Final = 4 * MAX_PATH
"""Characters of a `diff --git` line that is split into two names."""

MAX_BLANKS: Final = 62
"""Spaces in such a line, at each of which the second name may begin."""

NOWHERE: Final = "/dev/null"

_EXTENDED_WORDS: Final = (
    r"old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to"
    r"|rename old|rename new|similarity index|dissimilarity index|index"
)
_GIT = re.compile(
    r"diff --git (?P<names>[^\n]*)\n?"
    rf"(?P<extended>(?:(?:{_EXTENDED_WORDS}) [^\n]*+(?:\n|\Z))*+)"
    r"(?:--- (?P<old>[^\n]*)\n(?:\+\+\+ (?P<new>[^\n]*)(?:\n|\Z))?)?"
)
_PLAIN = re.compile(
    r"(?:Index: [^\n]*\n)?(?:={3,}\n)?(?:(?:RCS file:|retrieving revision|diff) [^\n]*\n){0,4}"
    r"--- (?P<old>[^\n]+)\n\+\+\+ (?P<new>[^\n]+)\n(?=@@ -)"
)
_EXTENDED = re.compile(rf"^({_EXTENDED_WORDS}) (.*)$", re.MULTILINE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')
_ESCAPE = re.compile(r'\\([abtnvfr"\\]|[0-3][0-7]{2})')
_LETTERS = dict(zip('abtnvfr"\\', '\a\b\t\n\v\f\r"\\', strict=True))
# `--- src/os.c	12 Jan 2009`, `--- x.c 2009-01-12 10:00:00.000000000 +0100`
_DATE = re.compile(r"(?:\t.*|(?<! ) ++\d{4}-\d\d-\d\d[ T].*)$", re.DOTALL)
_SUSPICIOUS = re.compile(
    r"^/|(?:^|/)\.\.(?:/|$)|\\|^[A-Za-z]:|[\x00-\x1f\x7f-\x9f]"
    r"|(?:^|/)(?:\.[Gg][Ii][Tt]|[Gg][Ii][Tt]~1)(?:/|$)"  # on some systems both are git's own
)


@dataclass(slots=True)
class FileHeader:
    """The header of one file in a diff, as written."""

    end: int
    """Where the header ends, and its hunks begin."""

    old: str | None
    new: str | None
    names: str = ""
    """What follows `diff --git `."""

    extended: dict[str, str] = field(default_factory=dict)
    """The lines of git below it, by their words: `{"old mode": "100644", …}`."""


def read_header(text: str, start: int) -> FileHeader | None:
    """Read the header that begins at `start`, git's or a plain one; None if none does."""
    if match := _GIT.match(text, start):
        names, lines, old, new = match.groups()
        if lines.startswith("index ") and lines.count("\n") == 1:  # most files have no other
            extended = {"index": lines[6:-1]}
        else:
            extended = dict(_EXTENDED.findall(lines))
        return FileHeader(match.end(), old, new, names, extended)
    if match := _PLAIN.match(text, start):
        return FileHeader(match.end(), match["old"], match["new"])
    return None


def unquote_path(name: str) -> str:
    r"""Undo git's C-style quoting: `"a/sm\303\270r"` is `a/smør`."""
    if len(name) < 2 or name[0] != '"' or name[-1] != '"':
        return name
    plain = _ESCAPE.sub(lambda match: _LETTERS.get(match[1]) or chr(int(match[1], 8)), name[1:-1])
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
    """Remove `a/` and `b/`, or what stands for them, from a pair of names.

    `git apply` removes the first directory whatever it is; here a diff without
    prefixes keeps its names: the two first directories are the same
    (`git diff --no-prefix`), or there is none.
    """
    if old[:2] == "a/" and new[:2] == "b/":
        return old[2:], new[2:]
    if NOWHERE in (old, new):
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
    """Split a `diff --git` line into its two names; None if it is unclear where.

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


def read_names(header: FileHeader) -> tuple[str, str]:
    """Return the old and new path that a header names; `/dev/null` for a side without a file."""
    for verb in ("rename", "copy"):
        old, new = header.extended.get(f"{verb} from"), header.extended.get(f"{verb} to")
        if old is not None and new is not None:
            return unquote_path(old.rstrip("\r")), unquote_path(new.rstrip("\r"))
    if header.old is None or header.new is None:
        return split_git_names(header.names.rstrip("\r")) or (header.names, header.names)
    old, new = read_name(header.old), read_name(header.new)
    if old == NOWHERE and (path := _strip_settled(header.names, new)):
        return old, path
    if new == NOWHERE and (path := _strip_settled(header.names, old)):
        return path, new
    old, new = strip_prefixes(old, new)
    if old and not header.names and len(new) > len(old) and new.startswith(old):
        # `--- a/x.c`, `+++ b/x.c.new`: the copy that was edited; `git apply` takes the shorter
        return old, old
    return old, new


def _strip_settled(names: str, name: str) -> str | None:
    """Remove the prefix from the name of an added or deleted file, if git's own line shows it.

    `+++ new/x.c` may have one or not; `diff --git old/x.c new/x.c` says that it does.
    """
    pair = split_git_names(names.rstrip("\r"))
    is_settled = pair and pair[0] == pair[1] and f"/{name}".endswith(f"/{pair[0]}")
    return pair[0] if pair and is_settled else None


def names_agree(header: FileHeader, old: str, new: str) -> bool:
    """Whether all lines of a header agree with the names that were read from it."""
    if not header.names or header.old is None or header.new is None:
        return True
    if header.names == f"{header.old} {header.new}":
        return True  # nearly always
    named = split_git_names(header.names.rstrip("\r")) or (old, new)
    written = read_name(header.old), read_name(header.new)
    sides = ((old, named[0]), (new, named[1]), (old, written[0]), (new, written[1]))
    return all(
        path == name or f"/{name}".endswith(f"/{path}")
        for path, name in sides
        if NOWHERE not in (path, name)
    )


def read_status(header: FileHeader, old: str) -> FileStatus:
    """Return what happens to the file; `old` is its path before, as `read_names` found it."""
    extended = header.extended
    if "rename from" in extended or "rename old" in extended:
        return "renamed"
    if "copy from" in extended:
        return "copied"
    if "new file mode" in extended or old == NOWHERE:
        return "added"
    deleted = "deleted file mode" in extended or (header.new or "").startswith(NOWHERE)
    return "deleted" if deleted else "modified"


def is_suspicious(path: str) -> bool:
    """Whether a path is absolute, leaves its tree, has odd characters, or is too long."""
    return len(path) > MAX_PATH or _SUSPICIOUS.search(path) is not None
