"""A patch as text that can be compared with another's: no line numbers, no blob ids.

The format is that of git-range-diff(1): a section for the author, one for the
message, and one for each file, named in a line ` ## path ##`.
"""

import re
from dataclasses import dataclass
from typing import Final

from kvminbox.models import Patch

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@(.*)")
_MODES = re.compile(r"(old|new) mode (\d+)")
_DIFF: Final = "diff "


@dataclass(frozen=True)
class NormalPatch:
    """A patch's normalised text: its message and its diff."""

    message: tuple[str, ...]
    diff: tuple[str, ...]


def normalise_patch(patch: Patch) -> NormalPatch:
    """Return the normalised text of a patch."""
    text = f"{patch.title}\n\n{patch.commit_message}".rstrip()
    author = f"{patch.author.name} <{patch.author.email}>"
    lines = (f"    {line}".rstrip() for line in text.split("\n"))
    message = (" ## Metadata ##", f"Author: {author}", "", " ## Commit message ##", *lines, "")
    return NormalPatch(message=message, diff=tuple(_normalise_diff(patch.diff)))


def _normalise_diff(diff: str) -> list[str]:
    found: list[str] = []
    header: list[str] = []
    name, old, new = "", 0, 0
    lines = diff.removesuffix("\n").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if match := _HUNK.match(line):
            if header:
                name = _begin_section(found, header)
                header = []
            found.append(f"@@ {name}:{match[3]}" if match[3] else "@@")
            old, new = int(match[1] or 1), int(match[2] or 1)
            end = _find_end(lines, number, old, new)
            found += [line or " " for line in lines[number:end]]
            number = end
        elif line.startswith("\\ "):
            found.append(line)
        else:
            if header and line.startswith(_DIFF):
                _begin_section(found, header)
                header = []
            header.append(line)
    if header and diff:
        _begin_section(found, header)
    return found


def _find_end(lines: list[str], start: int, old: int, new: int) -> int:
    """Return the end of a hunk's lines, of which so many are old and so many new."""
    end = start + max(old, new)
    # as many lines at a time as the hunk has at least
    while (old > 0 or new > 0) and start < len(lines):
        marks = [line[:1] for line in lines[start:end]]
        kept = marks.count(" ") + marks.count("")
        old -= kept + marks.count("-")
        new -= kept + marks.count("+")
        start, end = end, end + max(old, new)
    return min(start, len(lines))


def _begin_section(found: list[str], header: list[str]) -> str:
    """Add the line that heads a file's section, after a blank one; return the file's name."""
    text = "\n".join(header)
    old, new = _names(header)
    if "\nrename from " in text:
        name = f"{old} => {new}"
    elif "\nnew file mode" in text or _has_line(header, "--- /dev/null"):
        name = f"{new} (new)"
    elif "\ndeleted file mode" in text or _has_line(header, "+++ /dev/null"):
        name = f"{old} (deleted)"
    else:
        name = new
    modes = dict(_MODES.findall(text))
    if len(modes) == 2:
        name += f" (mode change {modes['old']} => {modes['new']})"
    if found:
        found.append("")
    found.append(f" ## {name} ##")
    return old if "(deleted)" in name else new


def _has_line(header: list[str], start: str) -> bool:
    return any(line.startswith(start) for line in header)


def _names(header: list[str]) -> tuple[str, str]:
    old = new = ""
    for line in header:
        kind, _, rest = line.partition(" ")
        if kind in {"---", "+++"} and not rest.startswith("/dev/null"):
            path = _strip_prefix(rest.split("\t")[0])
            old, new = (path, new) if kind == "---" else (old, path)
        elif line.startswith(("rename from ", "copy from ")):
            old = rest.partition(" ")[2]
        elif line.startswith(("rename to ", "copy to ")):
            new = rest.partition(" ")[2]
    if not old and not new and header[0].startswith("diff --git "):
        # `diff --git a/x y b/x y` of a file without changed lines: both halves name it
        names = header[0].removeprefix("diff --git ")
        old = new = _strip_prefix(names[: len(names) // 2])
    return old or new, new or old


def _strip_prefix(path: str) -> str:
    return path[2:] if path[:2] in {"a/", "b/"} else path
