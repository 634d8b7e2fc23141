"""What a reply answers of a talk: quoted words of several people, one below the other."""

from typing import Final

from kvminbox.remarks.lines import Line

MIN_TOLD: Final = 6
"""Characters of a line that tells which remark is quoted."""


def find_talked(lines: list[Line]) -> frozenset[str]:
    """Return the keys of quoted lines that a reply's own words answer, with others' in between.

    Each is above own words and in the same quote, and no line between them has more marks. So
    `> > Why?`, `> I think it is fast` and the author's words are one talk. Where a line of the
    patch, `> > > +a`, is below the question, what follows is about that line.
    """
    found: set[str] = set()
    deepest = 0
    is_answered = False
    for line in reversed(lines):
        if not line.key or line.is_attribution:
            continue
        if not line.depth:
            deepest, is_answered = 0, True
        elif is_answered and line.depth >= deepest:
            deepest = line.depth
            if deepest > 1 and len(line.key) >= MIN_TOLD:
                found.add(line.key)
    return frozenset(found)
