"""Answers to one version of a series that tell of the next one: `I see your v6`, below v5."""

import re
from collections.abc import Iterable
from typing import Final

from kvminbox.models import Series
from kvminbox.review.answers import Answer
from kvminbox.review.claim import NOBODY
from kvminbox.review.tags import is_other

# `I see your v6, and I can apply it`
_YOURS: Final = re.compile(r"\b(?:your|the)\sv(\d{1,2})(?![\w-]|\.\d)", re.IGNORECASE)
_NAMED: Final = re.compile(r"(?<![\w.-])v(\d{1,2})(?![\w/-]|\.\d)", re.IGNORECASE)


def find_of_next(series: Series, answers: Iterable[Answer]) -> list[Answer]:
    """Return the answers whose `applied` is about the next version, which was there already.

    Their words name it, `v6 applied`, or their sender spoke of it before: `I see your v6`.

    Args:
        series: the series; `next` tells of its next version.
        answers: the answers to it, oldest first.
    """
    following = series.next
    if following is None or following.date is None or following.revision <= series.revision:
        return []
    name = f"v{following.revision}"
    spoken: list[Answer] = []
    found: list[Answer] = []
    for answer in answers:
        sender, date = answer.message.sender, answer.message.date
        if date is None or date < following.date or not is_other(sender, series.sender):
            continue
        has_spoken = any(not is_other(one.message.sender, sender) for one in spoken)
        has_name = name in answer.said.text.lower()
        if not (has_spoken or has_name):
            continue
        named = {
            int(number)
            for _, claim in answer.said.find_claims(NOBODY)
            for number in _NAMED.findall(claim.named)
        }
        if named == {following.revision} or (has_spoken and not named):
            found.append(answer)
        if following.revision in _find_versions(answer.said.lines):
            spoken.append(answer)
    return found


def names_version(lines: Iterable[str]) -> bool:
    """Whether lines speak of a version of somebody's: `I see your v6`."""
    return bool(_find_versions(lines))


def _find_versions(lines: Iterable[str]) -> set[int]:
    return {int(number) for line in lines if "v" in line for number in _YOURS.findall(line)}
