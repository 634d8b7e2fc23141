"""Whether words answer a proposal that a reply makes, and not the patch above it."""

import re
from collections.abc import Sequence
from typing import Final

from kvminbox.models import Message
from kvminbox.review.quoting import is_quoted

MAX_QUOTED: Final = 12
"""Quoted lines right above the words that are looked at."""

# `How about a flag?`, `I could add one`, and a line of a diff
_PROPOSES: Final = re.compile(
    r"\?|^[>| ]*[>|] ?(?:\+|@@ |-[^\s-])"
    r"|\b(?:how about|what about|what if|would it|(?:could|can|should|shall) (?:i|we|you)"
    r"|alternatives?"
    r"|alternatively|another (?:option|approach|way|idea)|instead|rather|maybe|perhaps|proposal"
    r"|(?:i|we) (?:could|can|might|may|would|propose|suggest|plan|think of)|i was thinking|why not"
    r"|(?:i|we)(?:['’]ll|['’]d| will) (?!not\b))",
    re.IGNORECASE | re.MULTILINE,
)


def answers_proposal(message: Message, said: str) -> bool:
    """Whether the quote right above some own words of a mail proposes something.

    Args:
        message: the mail.
        said: the beginning of these words, in one line.
    """
    lines = message.body.split("\n")
    place = _find_line(lines, said)
    above = place - 1
    while above >= 0 and not is_quoted(lines[above]):
        above -= 1
    start = above
    while start > 0 and above - start < MAX_QUOTED - 1 and is_quoted(lines[start - 1]):
        start -= 1
    return above >= 0 and _PROPOSES.search("\n".join(lines[start : above + 1])) is not None


def _find_line(lines: Sequence[str], said: str) -> int:
    """Return the number of the own line in which words begin; that behind the last without any."""
    words = said.split()
    for size in (4, 2, 1):
        head = " ".join(words[:size])
        for number, line in enumerate(lines):
            if head in " ".join(line.split()) and not is_quoted(line):
                return number
    return len(lines)
