"""The mutated copy does what the code does."""

import pytest

from tests.mutation.undecorate import move_decorators

ABOVE = """\
from functools import cached_property, lru_cache

@lru_cache(maxsize=9)
def double(number):
    return 2 * number

class Lamp:
    @property
    def watts(self):
        return double(3)

    @cached_property
    def name(self):
        return "lamp"

    @staticmethod
    def light():
        return "on"
"""
BELOW = """\
from functools import cached_property, lru_cache

def double(number):
    return 2 * number
double = lru_cache(maxsize=9)(double)

class Lamp:
    def watts(self):
        return double(3)
    watts = property(watts)

    def name(self):
        return "lamp"
    name = cached_property(name)

    @staticmethod
    def light():
        return "on"
"""


def test_decorators_are_moved_behind_their_functions():
    """A cached function and a property become plain, decorated below; others stay as they are."""
    assert move_decorators(ABOVE) == BELOW


@pytest.mark.parametrize("source", [ABOVE, BELOW])
def test_nothing_else_changes(source):
    """Both forms return the same values, of the same kinds."""
    names = {}
    exec(source, names)
    lamp = names["Lamp"]()
    assert (lamp.watts, lamp.name, lamp.light()) == (6, "lamp", "on")
    assert isinstance(names["Lamp"].watts, property)
    assert names["double"].cache_info().maxsize == 9
