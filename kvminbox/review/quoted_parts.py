"""The patches that the last quoted lines above some words name: `> Patches 1-3: only renames`."""

import re
from collections.abc import Sequence
from typing import Final

from kvminbox.review.counted import ORDINALS
from kvminbox.review.scope import NUMBERS
from kvminbox.review.wording import SMALL

PART: Final = ">: "
"""What the words that name patches begin with in the lines that stand for a mail's own."""

LISTED: Final = "patches "
"""What follows where the quote is a list of their titles, and nothing else."""

SENT: Final = ">! sent"
"""A line that tells that the last words of a quote are of another patch: `> I just sent a fix.`"""

_SHORT: Final = 4  # lines of such a paragraph
_BLANKS: Final = " \t>"
_QUOTED: Final = re.compile(r"[ \t]{0,3}>[> \t]*")
_PATCH: Final = re.compile(r"\bpatch(?:es)?\b", re.IGNORECASE)
_NAMES: Final = re.compile(
    r"(?:[-*•]\s)?(?:(?P<word>patch(?:es)?)\s?(?P<list>#?\[?"
    + NUMBERS
    + r"\]?)(?=\s?[:,)]|\s[a-z])"
    rf"|(?P<ends>the\s(?:{'|'.join(ORDINALS)}|last)\s(?:(?:\d{{1,2}}|{SMALL})\s)?patch(?:es)?\b))",
    re.IGNORECASE,
)

# `> [PATCH v2 8/9] lamp: blink`
_LISTED: Final = re.compile(r"\[PATCH\b[^\]\n]{0,40}?\s(\d{1,4})/\d{1,4}\]\s\S", re.IGNORECASE)


# `> Yeah; just sent a patch to fix it.`
_JUST_SENT: Final = re.compile(
    r"(?:^|[.,;:!?-]\s|\b(?:and|so|but|I|I['’]ve|I\shave|we|we['’]ve)\s)(?:I\s|I['’]ve\s|I\shave\s)?(?:just|now)\s(?:now\s)?"
    r"(?:sent|posted|submitted|mailed)\s(?:out\s|you\s)?"
    r"(?:an?\s|another\s|one\s)(?:\w+\s){0,2}(?:patch|fix|series|one)\b(?!\s(?:series|set)?\s?(?:last|on|in)\s)[^.!?]{0,80}[.!]?\s*$",
    re.IGNORECASE,
)
_ASKING: Final = 6  # lines of a quote in which something is asked for
# `> Could you backport the following fix, too?`, and below it `> 0123456789ab ("lamp: dim")`
_ASKED_FOR: Final = re.compile(
    r"\b(?:backport|cherry-?pick|pick(?:\sup)?|queue(?:\sup)?|take|apply|include)\s(?:also\s)?(?:(?:the|this|that)\s)?"
    r"(?:(?:following|below|other|upstream)\s){0,2}(?:fix|patch|commit|change)\b[^!]{0,80}[?:.]\s(?:commit\s)?[0-9a-f]{8,40}\s\(\"[^\"]{3,120}\"\)[^\"]{0,120}$",
    re.IGNORECASE,
)
# `>> I've reset the branch to remove these commits`, and below it `> But not pushed out, yet?`
_NOT_PUSHED: Final = re.compile(
    r"\b(?:reset|removed?|dropped|reverted)\b[^.?!]{0,80}\b(?:commits?|patch(?:es)?|branch|these|those)\b"
    r".{0,120}\bnot\s(?:yet\s)?pushed\b[\w\s,]{0,12}[?.]?\s*$",
    re.IGNORECASE,
)


def tells_of_sent(run: Sequence[str]) -> bool:
    """Whether the last words of a quote tell of another patch, which the answer is about.

    It was just sent, or a commit that is asked for, or others were taken out of a branch.

    >>> tells_of_sent(["> Right.", "> I've just sent a patch to fix it."])
    True
    >>> tells_of_sent(["> Please also backport this fix:", ">", '> 0123456789ab ("lamp: dim")'])
    True
    >>> tells_of_sent(["> > I've reset lamps-next to remove these.", "> But not pushed yet?"])
    True
    >>> tells_of_sent(["> This mends a bug.", ">", '> Fixes: 0123456789ab ("lamp: dim")'])
    False
    """
    end = len(run)
    while end and not run[end - 1].strip(_BLANKS):
        end -= 1
    last = run[max(end - _ASKING, 0) : end]
    near = " ".join(last)
    if ("just " in near or "now " in near) and _JUST_SENT.search(_tell_last(last, 2)):
        return True
    if '("' not in near and "ushed" not in near:  # as nearly all are
        return False
    told = _tell_last(last, _ASKING)
    return _ASKED_FOR.search(told) is not None or _NOT_PUSHED.search(told) is not None


def _tell_last(run: Sequence[str], count: int) -> str:
    """Return the last lines of a quote on one, without their marks."""
    return " ".join(" ".join(line.strip(_BLANKS) for line in run[-count:]).split())


def names_part(run: Sequence[str]) -> bool:
    """Whether the last paragraph of a quote is a short one that begins with words for patches.

    Or a list of their titles: `> [PATCH 8/9] lamp: blink`.
    """
    end = len(run)
    while end and not run[end - 1].strip(_BLANKS):
        end -= 1
    if end and (mark := _QUOTED.match(run[end - 1])) and _LISTED.match(run[end - 1], mark.end()):
        return True
    start = end
    while start > max(end - _SHORT, 0) and run[start - 1].strip(_BLANKS):
        start -= 1
    if start == end or "atch" not in run[start] or (start and run[start - 1].strip(_BLANKS)):
        return False
    mark = _QUOTED.match(run[start])
    return mark is not None and _NAMES.match(run[start], mark.end()) is not None


def add_part(run: Sequence[str], *, goes_on: bool) -> list[str]:
    """Return a line with the words for patches by which the last paragraph of a quote begins.

    None if it names others, or if another paragraph begins so: of a whole cover letter that was
    left above an answer, the answer means more than its last lines.

    Args:
        run: the quoted lines.
        goes_on: whether more is quoted below the answer.
    """
    paragraphs = _divide(run)
    listed = [match[1] for line in paragraphs[-1] if (match := _LISTED.match(line))]
    if listed:
        is_list = len(paragraphs) == 1 and len(listed) == len(paragraphs[-1])
        return [f"{PART}{LISTED}{', '.join(listed)}"] if is_list else []
    if not goes_on and len(paragraphs) > 1:
        return []
    named = [_NAMES.match(line) for line in paragraphs[-1]]
    if any(_NAMES.match(lines[0]) for lines in paragraphs[:-1]):
        return []
    if len(_PATCH.findall(" ".join(paragraphs[-1]))) > sum(map(bool, named)):
        return []  # `Patch 1 is a fix.  Patch 3 is a test.`
    words = [match["ends"] or f"patch {match['list'].strip('#[]')}" for match in named if match]
    return [f"{PART}{' and '.join(words)}"]


def read_part(line: str) -> str:
    """Return the words that `add_part` added; of any other line, nothing.

    >>> read_part(">: patch 1-3"), read_part("> lamp: dim")
    ('patch 1-3', '')
    """
    return line.removeprefix(PART) if line.startswith(PART) else ""


def _divide(run: Sequence[str]) -> list[list[str]]:
    """Return the paragraphs of a quote, without the marks; what is not quoted is no part of it."""
    found: list[list[str]] = [[]]
    for line in run:
        mark = _QUOTED.match(line)
        text = line[mark.end() :].strip() if mark else ""
        if text:
            found[-1].append(text)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]
