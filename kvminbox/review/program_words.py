"""Which programs put patches into trees, and what such a one answers, whatever a tree is called."""

import re
from typing import Final

from kvminbox.models import Message
from kvminbox.patches import is_reviewer, is_tester
from kvminbox.patterns import compile_later
from kvminbox.review.claim import Claim

# `Applied to powerpc merge, thanks.`, `Series applied to powerpc test, thanks.`; a program that
# tests says `applied to`, too, but thanks nobody
_FORMULA: Final = compile_later(
    r"(?:(?:the\s|this\s)?(?P<what>series|patch-?set|patch(?:es)?)\s(?:(?:was|were|is|are)\s)?)?"
    r"(?P<verb>applied|merged|queued|pushed)\s(?:in)?to\s(?:the\s)?"
    r"(?P<tree>[\w.:/#@+-]*\w(?:\s[\w./#+-]*\w){0,3}?)(?:\s(?:tree|branch))?"
    r",?\s(?:thanks|thank\syou|cheers)\s?[.!]?",
    re.IGNORECASE,
)


def takes_nothing(message: Message) -> bool:
    """Whether a mail is that of a program which only tests or reviews what it applies.

    The code and the logs that it shows have any words: `int old, queued, running;`.
    """
    sender = message.sender
    return message.kind == "bot" and (is_tester(sender) or is_reviewer(sender))


def answers_as_program(message: Message) -> bool:
    """Whether a mail is the answer to a patch of a program which may have taken it."""
    is_answer = message.subject.is_reply and message.subject.has_patch_mark
    return message.kind == "bot" and is_answer and not takes_nothing(message)


def read_formula(sentence: str) -> Claim | None:
    """Read what such a program says in its one sentence; None if it is another one."""
    match = _FORMULA.fullmatch(sentence)
    if match is None:
        return None
    return Claim(
        sentence=" ".join(sentence.split()),
        verb=match["verb"].lower(),
        subject="patches" if match["what"] else "nobody",
        named=match["what"] or "",
        tree=" ".join(match["tree"].split()),
        has_tree=True,
    )
