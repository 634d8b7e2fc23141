"""A bare `NAK.` in an answer: a refusal in the reviewer's words, without a Nacked-by."""

import re
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Address, GivenTag, Series
from kvminbox.review.answers import Answer
from kvminbox.review.tags import is_other, person_key

MAX_NAK_LINES: Final = 1_000
"""Lines of an answer in which a NAK is looked for."""

_CONSENTS: Final = frozenset({"Reviewed-by", "Acked-by"})
# `NAK.`, `Big NACK from me: …`, `So, NAK to this patch`; not `NAK?`, `NAK if it breaks`, `NAK bit`
_NAK: Final = re.compile(
    r"[ \t]{0,8}(?:(?:so|sorry|therefore|thus|hence|again|then|no|still|a|an|i|big|hard|strong"
    r"|strongly|clear|firm|definite|definitely|huge|my|it['’]s)\b,? ){0,3}"
    r"(?:nak|nack)(?:ed)?(?: again)?"
    r"(?: (?:on|to|for|against) (?:this|that|these|the|all)(?: (?:[\w-]+ )?"
    r"(?:patch(?:es)?|series|set|patchset|one|change|version|approach|of (?:this|it|them)))?)?"
    r"(?: from (?:me|my side|our side|here)| by me)?(?: for now)?"
    r"[ \t]*(?P<end>[.!;:,]+(?=[ \t]|$)|[ \t][-–—]{1,2}(?=[ \t])|$)(?P<rest>.{0,80})",
    re.IGNORECASE,
)
# `NAK, ACK, and timeout are the states`, `NAK: the target is busy`, `NAK, if I read it right`
_OTHER: Final = re.compile(
    r"[ \t]*(?:(?:and |or )?acks?\b|stall\b|timeout\b|if\b|unless\b"
    r"|\w+(?:,| and| or) \w+ (?:are|is)\b)",
    re.IGNORECASE,
)


def says_nak(lines: Iterable[str]) -> bool:
    """Whether a paragraph of these own lines begins with a bare NAK.

    A question is none, nor is what hardware or a protocol answers in the middle of a sentence.

    >>> says_nak(["NAK. This breaks suspend."]), says_nak(["The bus says NAK."])
    (True, False)
    """
    begins = True
    listed = [*lines][:MAX_NAK_LINES]
    for line, following in zip(listed, [*listed[1:], ""], strict=True):
        if begins and (match := _NAK.match(line)) is not None:
            # `NAK` alone on a line is one, and no first word of a sentence or of a table
            is_alone = match["end"] != "" or following.strip() in {"", ">"}
            is_other = match["end"].strip() in {":", ",", ";"} and _OTHER.match(match["rest"])
            if is_alone and not is_other:
                return True
        begins = line.strip() in {"", ">"}
    return False


def collect_naks(
    series: Series, answers: Iterable[Answer], tags: Iterable[GivenTag]
) -> tuple[Address, ...]:
    """Return who refused a series so, each once, in the order of their mails.

    Only an answer to a patch or cover letter itself counts: below another reply it may be about
    what is proposed there. Who approves later has taken it back; a Nacked-by is told as a tag.

    Args:
        series: the series.
        answers: the answers to it, oldest first.
        tags: the tags that they gave.
    """
    known = [*tags]
    tagged = {person_key(one.person) for one in known if one.name == "Nacked-by"}
    found: dict[str, Address] = {}
    for answer in answers:
        message = answer.message
        sender = message.sender
        if message.kind == "bot" or not answer.is_direct or not is_other(sender, series.sender):
            continue
        if person_key(sender) in tagged or not says_nak(answer.lines):
            continue
        date = message.date
        is_taken_back = any(
            tag.name in _CONSENTS
            and tag.self_attested is not False
            and person_key(tag.person) == person_key(sender)
            and (date is None or tag.date is None or tag.date >= date)
            for tag in known
        )
        if not is_taken_back:
            found.setdefault(person_key(sender), sender)
    return tuple(found.values())
