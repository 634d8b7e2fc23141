"""A cache for values that many mails repeat, which long values can't fill."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def cache_short(
    size: int, longest: int, measure: Callable[[Any], int] = len
) -> Callable[[Callable[[K], V]], Callable[[K], V]]:
    """Return a decorator that keeps a function's last results for short arguments.

    Args:
        size: how many results are kept.
        longest: up to which length of its argument a result is kept.
        measure: what the length is.
    """

    def decorate(read: Callable[[K], V]) -> Callable[[K], V]:
        kept = lru_cache(maxsize=size)(read)

        @wraps(read)
        def read_or_recall(value: K) -> V:
            return kept(value) if measure(value) <= longest else read(value)

        vars(read_or_recall).update(cache_info=kept.cache_info, cache_clear=kept.cache_clear)
        return read_or_recall

    return decorate
