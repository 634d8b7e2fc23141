"""The data of a `GIT binary patch`: where it ends, and whether it is whole.

It is never unpacked; each line states its length, which a mail client's
change breaks.
"""

import re

# a line that is nearly one ends a possessive `(?:…)*+` wrongly in Python before 3.11.5, so the
# outer one is just greedy: nothing that follows could make it go back
_DATA = re.compile(r"(?:(?:literal|delta) \d+\n(?:[A-Za-z][^\s]*+\n)*\n?)*")
_AFTER = re.compile(r"\n|diff |Index: |-- ?\n|\Z")
# a letter tells how many bytes are in a line, each four of them in five characters
_LINE = re.compile(r"([A-Za-z])((?:[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{5})+)")


def read_binary_patch(text: str, start: int) -> tuple[int, bool]:
    """Return where the data that begins at `start` ends, and whether it is sound."""
    end = _DATA.match(text, start).end()  # type: ignore[union-attr]  # matches always
    data = text[start:end]
    is_ended = data.endswith("\n\n") or _AFTER.match(text, end) is not None
    return end, is_ended and _is_sound(data)


def _is_sound(data: str) -> bool:
    """Whether there are pieces, each has lines, and each line has as much as it says."""
    lines = list(filter(None, data.split("\n")))
    heads = [line.startswith(("literal ", "delta ")) for line in lines]
    pairs = zip(heads, [*heads[1:], True], strict=True)
    if not lines or any(head and following for head, following in pairs):
        return False
    rest = (line for line, head in zip(lines, heads, strict=True) if not head)
    return all(map(_is_line, rest))


def _is_line(line: str) -> bool:
    match = _LINE.fullmatch(line)
    if match is None:
        return False
    size = ord(match[1]) - (64 if match[1].isupper() else 70)
    return len(match[2]) == (size + 3) // 4 * 5
