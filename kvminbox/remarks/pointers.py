"""Remarks without words of their own: `ditto`, `same here`, `as below`, and what they refer to."""

import re
from collections.abc import Sequence
from typing import Final

from kvminbox.models import Remark
from kvminbox.patterns import compile_later
from kvminbox.words import shorten

MAX_POINTER: Final = 60
"""Characters of a remark that may only refer to another one."""

MAX_REFERRED: Final = 500
"""Characters of the words that are referred to."""

_SAID: Final = r"(?:comments?|things?|questions?|remarks?|nits?|notes?|issues?|problems?|story)"
# `Ditto.`, `same comment here`, `As above`, `and here too`; not `ditto for the lock`
_ABOVE: Final = compile_later(
    r"\W*(?:and |also )?(?:(?:(?:the )?same(?: " + _SAID + r")?|ditto|idem|likewise)"
    r"(?: as (?:above|before)| (?:goes |applies )?(?:here|again|for th(?:is|ese)(?: ones?)?))?"
    r"(?: (?:too|as above|as well|also))?|(?:as|see) above|here(?: (?:too|also|as well|again))"
    r"|and here)\W*",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(r"\W*(?:(?:the )?same(?: " + _SAID + r")? )?as below\W*", re.IGNORECASE)
# points at the line above it, of which another remark speaks
_MARK: Final = re.compile(r"\s*\^{2,9}\s*")


def find_referred(remarks: Sequence[Remark], place: int) -> Remark | None:
    """Return the remark of the same mail that one without own words refers to.

    It is the nearest above that has words of its own, or below for `as below`; for `^^^` the
    nearest below, else above. None for a remark with such words, and where there is none.

    Args:
        remarks: the remarks of one mail, in its order.
        place: the place of the one that may refer to another.
    """
    remark = remarks[place]
    if len(remark.text) > MAX_POINTER:
        return None
    if _ABOVE.fullmatch(remark.text):
        others = [*reversed(remarks[:place])]
    elif _BELOW.fullmatch(remark.text):
        others = [*remarks[place + 1 :]]
    elif _MARK.fullmatch(remark.text):
        others = [*remarks[place + 1 :], *reversed(remarks[:place])]
    else:
        return None
    return next(
        (one for one in others if one.is_answer == remark.is_answer and not is_pointer(one.text)),
        None,
    )


def is_pointer(text: str) -> bool:
    """Whether a remark has no words of its own, and only refers to another one."""
    if len(text) > MAX_POINTER:
        return False
    return any(one.fullmatch(text) for one in (_ABOVE, _BELOW, _MARK))


def with_referred(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return the remarks of one mail, those without own words with what they refer to.

    A `^^^` is none where the mail has no words that it could be of.
    """
    found: list[Remark] = []
    for place, remark in enumerate(remarks):
        other = find_referred(remarks, place)
        if other is None:
            if not _MARK.fullmatch(remark.text[:MAX_POINTER]):
                found.append(remark)
        else:
            words = shorten(other.text, MAX_REFERRED)
            found.append(remark.model_copy(update={"refers_to": words}))
    return tuple(found)
