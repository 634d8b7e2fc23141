"""A pytest plugin for the session `mutation`: each test by itself, and the long ones short.

mutmut notes which tests call a function, and forks a process for each mutant from one that
has run them all. What an `lru_cache` kept from before would hide both a call and a mutant.
"""

import itertools
import json
import sys
from pathlib import Path

import pytest
from hypothesis import settings

EXAMPLES = 25
"""Of a property test, at the most; the same ones each time."""

LONG = ("linear", "time_grows", "thousand", "never_hang", "long_history", "test_public_inbox")
"""Words in the names of tests that take long; what most of them see, a timeout sees as well."""

BUDGET = 6
"""Seconds of tests for one mutant, the quickest first; what only the others see has survived."""


def pytest_collection_modifyitems(items):
    """Leave the long tests out, make property tests short, and take the quickest."""
    items[:] = [item for item in items if not any(word in item.nodeid for word in LONG)]
    for item in filter(_is_property, items):
        given = item.obj._hypothesis_internal_use_settings
        item.obj._hypothesis_internal_use_settings = settings(
            given,
            max_examples=min(EXAMPLES, given.max_examples),
            derandomize=True,
            database=None,
            deadline=None,
        )
    stats = Path("mutmut-stats.json")  # of the run that notes which test calls what
    if stats.exists():
        _take_quickest(items, json.loads(stats.read_text())["duration_by_test"])


def _take_quickest(items, seconds):
    items.sort(key=lambda item: seconds.get(item.nodeid, 0))
    sums = itertools.accumulate(seconds.get(item.nodeid, 0) for item in items[:-1])
    items[:] = [item for item, before in zip(items, (0, *sums), strict=True) if before < BUDGET]


def _is_property(item):
    return getattr(getattr(item, "obj", None), "is_hypothesis_test", False)


@pytest.fixture(autouse=True)
def _fresh_caches():
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "kvminbox":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
