"""Titles, made comparable."""

from functools import lru_cache
from typing import Final

MAX_TITLE: Final = 1_000
"""Characters of a title whose words are compared."""


def normalise_title(title: str) -> str:
    """Give a title in one case and spacing, without a full stop at its end."""
    return " ".join(title.casefold().split()).rstrip(".")


@lru_cache(maxsize=1024)
def _words(title: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in title).split())


def compare_titles(one: str, other: str) -> float:
    """Give from 0 to 1 how many of their words two normalised titles share."""
    left, right = _words(one[:MAX_TITLE]), _words(other[:MAX_TITLE])
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
