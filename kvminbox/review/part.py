"""How much of a series was applied, and the words for it: one rule for all who tell of it."""

from collections.abc import Collection

from kvminbox.models import Series, SeriesReview
from kvminbox.words import name_patches


def find_covered(series: Series, review: SeriesReview) -> frozenset[int]:
    """Return the patches that mails say were applied, or that are in the tree that was looked at.

    Those that the tree took back are among them; `review.landed.reverted` has their numbers.
    """
    numbers = frozenset(series.numbers)
    found = {number for one in review.applied for number in one.patches}
    landing = review.landed
    if landing is not None and landing.state != "none":
        found |= numbers - set(landing.lacking)
    return numbers & found


def tell_part(found: Collection[int], numbers: Collection[int]) -> str:
    """Return how much of a series some of its patches are; empty where they are all of it.

    Args:
        found: the numbers of the patches that are meant; none if it is not known which.
        numbers: those of all of its patches; without any, there is no part to tell of.

    >>> tell_part({3, 5}, range(1, 8)), tell_part({1, 2, 3}, range(1, 5))
    ('patches 3, 5 of 7', 'patches 1-3 of 4')
    >>> tell_part(set(), range(1, 8)), tell_part({1, 2}, {1, 2}), tell_part(set(), ())
    ('part of it', '', '')
    """
    total = set(numbers)
    meant = total & set(found)
    if meant == total:
        return ""
    return f"{name_patches(meant)} of {len(total)}" if meant else "part of it"
