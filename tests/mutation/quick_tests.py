"""A pytest plugin for the session `mutation`: each test by itself, and the long ones short.

mutmut notes which tests call a function, and forks a process for each mutant from one that
has run them all. What an `lru_cache` keeps from earlier would hide both a call and a mutant.
"""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

NOT_FOUND = 35
EXAMPLES = 25
"""At most so many for a property test, the same each time."""

LONG = ("linear", "time_grows", "thousand", "never_hang", "long_history", "test_public_inbox")
"""Words in the names of slow tests; most of what they see, a timeout sees too."""


def pytest_collection_modifyitems(items):
    """Leave out long tests, shorten property tests, and run the quickest first."""
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
        seconds = json.loads(stats.read_text())["duration_by_test"]
        items.sort(key=lambda item: seconds.get(item.nodeid, 0))


def pytest_sessionfinish(exitstatus):
    """Distinguish a test that is not found from one that fails: mutmut counts both as kills."""
    if exitstatus == pytest.ExitCode.USAGE_ERROR:
        os._exit(NOT_FOUND)


def _is_property(item):
    return getattr(getattr(item, "obj", None), "is_hypothesis_test", False)


@pytest.fixture(autouse=True)
def _fresh_caches():
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "kvminbox":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
