"""How the work of a function grows with its input.

Calls are counted in the usual run, since a count is the same on any machine under any load.
They do not show what one call of C does with a long text, so the session `worst` takes the
time as well. Both are read off a line through the measures of several sizes.
"""

import cProfile
import gc
import math
import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations
from statistics import median
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypeVar
from weakref import ReferenceType

T = TypeVar("T")

MOST_BY_CALLS = 1.25
MOST_BY_SECONDS = 1.35
"""The steepest slope that is linear: 1 is linear, 2 is a square, and n log n is 1.1 here."""

RUNS = 3
ENOUGH = 10.0
"""Seconds of all sizes together after which no further run is needed."""

FLOOR = 0.02
"""Seconds, of which a clock tells little."""


def check_calls(
    read: Callable[[T], object],
    make: Callable[[int], T],
    largest: int = 1_000_000,
    *,
    counted: int | None = None,
) -> None:
    """Assert that the calls made by reading grow no faster than the size of what is read.

    `make` makes the input of a size. The sizes are an eighth, a quarter and a half of
    `counted`, and that; without it, it is a 32nd of the largest.
    """
    sizes = [(counted or largest >> 5) >> places for places in (3, 2, 1, 0)]
    read(make(sizes[0]))  # a first call imports modules
    counts = [count_calls(partial(read, make(size))) for size in sizes]
    _check(sizes, counts, MOST_BY_CALLS)


def check_seconds(
    read: Callable[[T], object],
    make: Callable[[int], T],
    largest: int = 1_000_000,
    *,
    counted: int | None = None,
) -> None:
    """Assert that the time of reading grows no faster than the size of what is read.

    `make` makes the input of a size, from a 16th of the largest up to that; `counted` is of
    no account.
    """
    sizes = [largest >> places for places in (4, 3, 2, 1, 0)]
    inputs = [make(size) for size in sizes]
    best = [math.inf] * len(sizes)
    for _ in range(RUNS):  # in turn, so that a busy machine slows all sizes
        for place, given in enumerate(inputs):
            best[place] = min(best[place], measure_seconds(partial(read, given)))
        if sum(best) > ENOUGH:
            break
    _check(sizes, [max(seconds, FLOOR) for seconds in best], MOST_BY_SECONDS)


def _check(sizes: list[int], measures: list[float], most: float) -> None:
    slope = fit_slope(sizes, measures)
    assert slope <= most, f"slope {slope:.2f}: {dict(zip(sizes, measures, strict=True))}"


def fit_slope(sizes: list[int], measures: list[float]) -> float:
    """Return the exponent of the power of the size that is nearest to the measures.

    It is the median of the slopes between each two, by their logarithms, so that one step, at
    a limit of what is read, or one odd measure does not count.
    """
    points = [(math.log(size), math.log(one)) for size, one in zip(sizes, measures, strict=True)]
    pairs = combinations(points, 2)
    return median((after - before) / (large - small) for (small, before), (large, after) in pairs)


def count_calls(call: Callable[[], object]) -> int:
    """Return how many functions of Python and C a call calls, itself included.

    The count is the same each time: caches are empty at first, and no garbage is collected
    meanwhile, which could run the callbacks of others.
    """
    profile = cProfile.Profile()
    clear_caches()
    re.purge()
    gc.disable()
    try:
        profile.runcall(call)
    finally:
        gc.enable()
    return sum(entry.callcount for entry in profile.getstats())


def measure_seconds(call: Callable[[], object]) -> float:
    """Return the processor seconds of a call with empty caches and no garbage collection."""
    clear_caches()
    gc.disable()
    try:
        began = time.process_time()
        call()
        return time.process_time() - began
    finally:
        gc.enable()


def find_caches() -> list[Any]:
    """Return the functions of kvminbox that remember what they returned before."""
    modules = [
        module for name, module in list(sys.modules.items()) if name.partition(".")[0] == "kvminbox"
    ]
    values = (value for module in modules for value in list(vars(module).values()))
    return [value for value in values if hasattr(value, "cache_clear")]


def clear_caches() -> None:
    """Forget what functions of kvminbox remember."""
    for cache in find_caches():
        cache.cache_clear()


def count_objects(*roots: object) -> int:
    """Return how many objects can be reached from some, each once, with no code among them.

    Weak references are left out: a connection of sqlite3 has up to 200 to old cursors.
    """
    return sum(not isinstance(one, ReferenceType) for one in _reach(roots))


def count_characters(roots: list[Any]) -> int:
    """Return the length of all texts and bytes that can be reached from objects."""
    return sum(len(one) for one in _reach(roots) if isinstance(one, (str, bytes)))


def _reach(roots: Iterable[object]) -> list[object]:
    seen = {id(root): root for root in roots}
    waiting = list(seen.values())
    while waiting:
        for found in gc.get_referents(waiting.pop()):
            if id(found) not in seen and not _is_code(found):
                seen[id(found)] = found
                waiting.append(found)
    return list(seen.values())


def _is_code(value: object) -> bool:
    kinds = (type, ModuleType, FunctionType, BuiltinFunctionType, property)
    return isinstance(value, kinds) or (isinstance(value, dict) and "__wrapped__" in value)
