"""Titles, made comparable."""

from functools import lru_cache


def normalise_title(title: str) -> str:
    """Give a title in one case and spacing, without a full stop at its end."""
    return " ".join(title.casefold().split()).rstrip(".")


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in title).split())


def compare_titles(one: str, other: str) -> float:
    """Give from 0 to 1 how many of their words two normalised titles share."""
    left, right = _words(one), _words(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
