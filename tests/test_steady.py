"""The usual run depends on no clock, no memory and no chance."""

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import check_calls, count_calls, count_characters, count_objects, fit_slope

FOLDER = Path(__file__).parent
WAVERING = re.compile(
    r"\b(process_time|perf_counter|monotonic|time\.time|tracemalloc|getrusage|getloadavg"
    r"|datetime\.now|date\.today|utcnow)\b|/proc/self/status|\bdeadline="
)
ALLOWED = {
    "audit/test_clock.py",  # names what it looks for
    "conftest.py",  # takes the deadline away
    "damage/test_flat.py",  # marked damage
    "damage/test_load.py",  # goes on for as long as a variable says
    "damage/test_meanwhile.py",  # prints how long it took
    "damage/test_memory.py",  # marked damage
    "damage/watched.py",  # ends a task that hangs, after ten minutes
    "frames/conftest.py",  # its fixture is for tests marked interop
    "frames/test_tables_of_real_archive.py",  # marked interop
    "growth.py",  # what takes the time is marked worst
    "interop/landing_judge.py",  # no test: a script that measures
    "interop/remark_sample.py",  # likewise
    "scale/measure.py",  # likewise
    "upstream/test_landings.py",  # marked worst
    "inbox/test_long_history.py",  # marked interop
    "index/query/test_query_parser.py",  # quotes the cure of an error
    "inbox/test_real_archive.py",  # marked interop
    "index/test_kills.py",  # marked index_long
    "mutation/quick_tests.py",  # takes the deadline away
    "test_steady.py",
    "worst_inputs/searches.py",  # marked worst
    "worst_inputs/test_limits_leave_marks.py",  # marked worst
}
"""Files that look at what wavers, and why no test of the usual run fails by it."""

OWN_SESSIONS = ("benchmarks", "fuzz", "peers")


def test_only_long_tests_look_at_what_wavers():
    """No other file of the tests reads a clock or the memory of the process, or has a deadline."""
    found = {
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*.py")
        if path.relative_to(FOLDER).parts[0] not in OWN_SESSIONS
        and WAVERING.search(path.read_text("utf-8"))
    }
    assert found == ALLOWED


def test_generated_examples_are_the_same_each_time():
    """The profile that every `@given` inherits has a fixed seed, no deadline and no database."""
    found = []
    for _ in range(2):

        @settings(max_examples=20)
        @given(st.integers())
        def collect(number):
            found.append(number)

        assert collect._hypothesis_internal_use_settings.deadline is None
        collect()
    half = len(found) // 2
    assert found[:half] == found[half:]
    assert len(set(found)) > 5
    assert settings().database is None


def count_in(items):
    """Look for each item among all: a square, in calls."""
    for item in items:
        for other in items:
            max(item, other)


def test_a_square_is_no_line():
    """Work that is the square of its input fails, and work that is its length passes."""
    check_calls(lambda items: list(map(abs, items)), range, counted=160)
    check_calls(lambda items: sorted(items, key=abs), range, counted=160)
    with pytest.raises(AssertionError, match=r"slope 2\.0"):
        check_calls(count_in, range, counted=160)


def test_calls_are_counted_the_same_each_time():
    """Two counts of the same call are equal."""
    call = partial(count_in, range(9))
    assert count_calls(call) == count_calls(call) > 81


def test_a_slope_is_the_power():
    """Of a square the slope is two, of a constant none; one odd measure does not count."""
    sizes = [10, 20, 40, 80, 160]
    assert fit_slope(sizes, [size**2 for size in sizes]) == pytest.approx(2)
    assert fit_slope(sizes, [7] * 5) == 0
    assert fit_slope(sizes, [10, 20, 40, 800, 160]) == pytest.approx(1)


def test_what_is_reached_is_counted_once():
    """Objects and texts are counted through lists, and code is no part of them."""
    text = "a" * 100
    kept = [text, [text, b"bb"], {"key": print}]
    assert count_characters([kept]) == 102  # the keys of a dictionary are not looked at
    assert count_objects(kept) == 5
