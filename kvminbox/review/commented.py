"""Comments that Bugzilla mails in its own name: who wrote one stands in its head line.

`--- Comment #3 from Ada Pfeiffer (ada@silicon.example) ---` is above the comment.
"""

import re
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Address, Message
from kvminbox.review.grammar import compile_words
from kvminbox.review.own_text import own_lines

MAX_HEAD: Final = 300
"""Characters of a line that may be the head of a comment."""

_DAEMON: Final = compile_words("bugzilla-(?:daemon|noreply)@.+")
# older ones have `<ada@silicon.example> 2010-02-03 10:11:12`
_HEAD: Final = re.compile(
    r"--- Comment #\d{1,6} from (?P<name>[^<>()]*?) ?[(<](?P<email>[^\s<>()@]+@[^\s<>()@]+)[)>]"
    r"(?: +\d{4}-\d\d-\d\d[\d :A-Z]*)? ?---"
)


def is_notice(message: Message) -> bool:
    """Whether a mail is a program's own; what people write into Bugzilla it only mails."""
    return message.kind == "bot" and _DAEMON.fullmatch(message.sender.email) is None


def find_commenter(message: Message) -> Address | None:
    """Return who wrote the comment that Bugzilla mailed; None for any other mail.

    It is what Bugzilla says, or whoever wrote its address into From. None, too, if the mail
    holds comments of several people.
    """
    if not _DAEMON.fullmatch(message.sender.email):
        return None
    heads = [head for line in own_lines(message) if (head := _match_head(line))]
    people = {head["email"].lower() for head in heads}
    if len(people) != 1:
        return None
    name, email = heads[0]["name"].strip(), heads[0]["email"]
    return Address(name=name, email=email, written=f"{name} <{email}>".strip())


def drop_heads(lines: Iterable[str]) -> list[str]:
    """Return lines with an empty one in place of each head of a comment."""
    return ["" if _match_head(line) else line for line in lines]


def _match_head(line: str) -> re.Match[str] | None:
    if not line.startswith("--- Comment #") or len(line) > MAX_HEAD:
        return None
    return _HEAD.fullmatch(line.rstrip())
