"""A pytest plugin for the session `mutation`: each test by itself, and the long ones short.

mutmut notes which tests call a function, and forks a process for each mutant from one that
has run them all. What an `lru_cache` kept from before would hide both a call and a mutant.
"""

import sys

import pytest
from hypothesis import settings

EXAMPLES = 25
"""Of a property test, at the most; the same ones each time."""

LONG = ("linear", "time_grows", "thousand")
"""Words in the names of tests that measure time; what they would see, a timeout sees as well."""


def pytest_collection_modifyitems(items):
    """Leave the long tests out; make property tests short and the same each time, and last."""
    items[:] = [item for item in items if not any(word in item.name for word in LONG)]
    for item in items:
        if _is_property(item):
            function = item.obj
            given = function._hypothesis_internal_use_settings
            function._hypothesis_internal_use_settings = settings(
                given,
                max_examples=min(EXAMPLES, given.max_examples),
                derandomize=True,
                database=None,
                deadline=None,
            )
    items.sort(key=_is_property)


def _is_property(item):
    return getattr(getattr(item, "obj", None), "is_hypothesis_test", False)


@pytest.fixture(autouse=True)
def _fresh_caches():
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "kvminbox":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
