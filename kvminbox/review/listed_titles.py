"""The titles of a shortlog that a reply quotes or types, right above what it says of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kvminbox.review.quoted_parts import PART, SENT, add_part, names_part, tells_of_sent

MAX_TITLES: Final = 200
"""Titles of a mail that are kept."""

TITLE: Final = "> "
"""What a quoted title begins with in the lines that stand for a mail's own."""

KEPT: Final = ">> "
"""What it begins with where nothing but titles was kept of the quote."""

# `> Ada Pfeiffer (3):`
_HEADER: Final = re.compile(r">[> ]*\w[^:\n]{0,80} \((?P<count>\d{1,3})\):\s*$")
_BLANK: Final = re.compile(r"[>\s]*$")
# `>   lamp: blink`; not where to pull from, which is indented, too
_ITEM: Final = re.compile(r">(?:>| (?=>))*(?P<indent>[ \t]{2,})(?P<title>(?!\w+://|\S+@\S+:)\S.*)$")
# `>  lamp.c | 2 +-`, below a list
_STAT: Final = re.compile(r"\S\s+\|\s+(?:\d+\b|Bin\b)|\bfiles? changed, \d")
# quoted code is indented, too
_CODE: Final = re.compile(r"[;{},\\]\s*$")
# `[...]`, where titles were deleted
_ELISION: Final = re.compile(
    r"\s*(?:[\[(<]\s?(?:\.{2,}|…|snip(?:ped)?|cut)\s?[\])>]|\.{3,}|…)\s*", re.IGNORECASE
)
# `[ Fix a typo. - Ewa ]`, below the title that it is about
_NOTE: Final = re.compile(r"\s*\[\s?(?!PATCH\b|v?\d)(?=[^\]]*\s)[^\[\]]*\]\s*")
# `0123456789ab lamp: blink`
_COMMIT: Final = re.compile(r"\s*(?:[-*•]\s+)?[0-9a-f]{7,40}:?\s+(?P<title>\S.*)")
_MARKS: Final = re.compile(r"^\s*(?:[-*•]\s+|\d{1,3}[.)]\s+)?")


@dataclass(frozen=True, slots=True)
class Above:
    """The lines right above a paragraph that may be titles, quoted or typed."""

    lines: tuple[str, ...] = ()
    is_kept: bool = False
    """Whether they are all that is left of what was quoted: the other titles were deleted."""

    part: str = ""
    """The words by which the quoted lines right above name patches: `patch 1-3`."""

    is_sent: bool = False
    """Whether the quoted words right above tell of another patch: `I just sent a fix.`"""

    below: tuple[str, ...] = ()
    """The lines right below it that may be titles: `I applied these:`."""


NOTHING_ABOVE: Final = Above()
"""No titles are above a paragraph."""


def fold_title(title: str) -> str:
    """Return a title as titles are compared: without prefix, case and runs of blanks."""
    return " ".join(title.rpartition("] ")[2].split()).casefold()


def add_titles(lines: Sequence[str], own: list[str], numbers: Sequence[int]) -> list[str]:
    """Return a mail's own lines, with each `>` that ends in titles of a shortlog followed by them.

    What its last lines name by number, `> Patches 1-3: …`, follows likewise.

    Args:
        lines: all lines of the mail.
        own: the sender's own, with a `>` for each run that was left out.
        numbers: the number in `lines` of each of these; of a `>`, that of its first line.
    """
    # a list: of a long mail, a generator takes twice the time
    headers = [line for line in lines if "):" in line and line[:1] == ">"]
    has_list = any(line.rstrip().endswith("):") for line in headers)
    found: list[str] = []
    is_list = False
    left = MAX_TITLES
    for place, line in enumerate(own):
        found.append(line)
        if line != ">":
            continue
        end = numbers[place + 1] if place + 1 < len(numbers) else numbers[place]
        run = lines[numbers[place] : end]
        is_kept = _has_only_titles(run)
        if left and names_part(run):
            found += add_part(run, goes_on=">" in own[place + 1 :])
            left -= 1
        if tells_of_sent(run):
            found.append(SENT)
        if not has_list and not is_kept:
            continue
        titles, is_list = _read_run(run, is_list=is_list or is_kept)
        # an author's whole block may stand for the list
        is_whole = 0 < _count_titles(run) <= len(titles)
        mark = KEPT if is_kept and not is_whole and len(titles) <= left else TITLE
        found += [f"{mark}{title}" for title in titles[:left]]
        left -= min(len(titles), left)
    return found


def drop_titles(lines: list[str]) -> list[str]:
    """Return a mail's own lines without the titles and parts that `add_titles` added."""
    return [line for line in lines if not line.startswith((TITLE, KEPT, PART, SENT))]


def read_title(line: str) -> tuple[str, bool]:
    """Return the title that `add_titles` added, and whether nothing else of the quote was kept.

    Of any other line the title is empty.

    >>> read_title(">> lamp: blink"), read_title("> lamp: dim"), read_title(">")
    (('lamp: blink', True), ('lamp: dim', False), ('', False))
    """
    if line.startswith(KEPT):
        return line.removeprefix(KEPT), True
    return (line.removeprefix(TITLE) if line.startswith(TITLE) else ""), False


def find_commit_titles(lines: Sequence[str]) -> list[str]:
    """Return the titles of a list of commits; none if it begins otherwise.

    >>> find_commit_titles(["0123456789ab lamp: blink if", "asked for", "89abcdef0123 lamp: dim"])
    ['lamp: blink if asked for', 'lamp: dim']
    """
    titles: list[str] = []
    for line in lines:
        commit = _COMMIT.fullmatch(line)
        if commit:
            titles.append(commit["title"].strip())
        elif titles:  # a long title goes on
            titles[-1] += f" {line.strip()}"
        else:
            return []
    return titles


def is_elision(lines: Sequence[str]) -> bool:
    """Whether a paragraph stands for what was deleted of a quote: `[...]`."""
    return len(lines) == 1 and _ELISION.fullmatch(lines[0]) is not None


def is_note(lines: Sequence[str]) -> bool:
    """Whether a paragraph says what was changed in the patch above it: `[ Fix a typo. - Ewa ]`."""
    return _NOTE.fullmatch(" ".join(lines)) is not None


def _has_only_titles(run: Sequence[str]) -> bool:
    """Whether a quote has no lines but indented ones, as a shortlog has, and its header."""
    is_quote = is_item = False
    for line in run:
        is_quote = is_quote or line[:1] == ">"
        if not is_quote or _BLANK.match(line) or _HEADER.match(line):
            continue  # above the quote stands who wrote it
        if _ITEM.match(line) is None or _STAT.search(line) or _CODE.search(line):
            return False
        is_item = True
    return is_item


def _count_titles(run: Sequence[str]) -> int:
    """Return how many titles the headers in a quote tell of."""
    return sum(int(header["count"]) for header in map(_HEADER.match, run) if header)


def _read_run(run: Sequence[str], *, is_list: bool) -> tuple[list[str], bool]:
    """Return the titles that a run of quoted lines ends in, and whether it ends in a list.

    Args:
        run: the lines.
        is_list: whether the run above it ended in a list, which may go on here.
    """
    titles: list[str] = []
    indent = 0
    for line in run:
        if _BLANK.match(line):
            continue
        if _HEADER.match(line):
            is_list = True
        elif is_list and (item := _ITEM.match(line)) and not _STAT.search(line):
            width = len(item["indent"].expandtabs())
            if titles and width > indent:  # git folds a long title
                titles[-1] += f" {item['title'].rstrip()}"
            else:
                indent = width
                titles.append(item["title"].rstrip())
        else:
            titles, is_list = [], False
    return titles, is_list


def find_listed(lines: Sequence[str], titles: Mapping[int, str]) -> frozenset[int]:
    """Return the numbers of the patches whose titles these lines are; none if one is no title.

    Of a title that several patches have, there must be as many lines. Where not all titles of a
    series are known, a line may be one of the others.

    >>> sorted(find_listed(["lamp: blink", "[2/3] lamp: dim"], {1: "lamp: blink", 2: "lamp: dim"}))
    [1, 2]
    """
    known: dict[str, set[int]] = {}
    for number, title in titles.items():
        known.setdefault(fold_title(title), set()).add(number)
    others = known.pop("", set())
    found: frozenset[int] = frozenset()
    for line, count in Counter(fold_title(_MARKS.sub("", line)) for line in lines).items():
        numbers = known.get(line)
        if len(numbers or ()) != count and (numbers or not others):
            return frozenset()
        found |= numbers or set()
    return found
