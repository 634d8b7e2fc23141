"""Time grows as the input does, and no input takes long, for every row of the table."""

import gc
import time

import pytest

from tests.worst_inputs.table import KILO, MEGA, TABLE

GROWTH = 12
"""How many times longer ten times the input may take; ten were exact, a hundred is a square."""

FLOOR = {100_000: 0.1, MEGA: 0.6}
"""Seconds that an input of such a size may take, whatever the smaller one took: a clock tells
little of less, and what is kept for the next call makes a small input cheaper than its share."""

LONGEST = 1.0
"""Seconds that a megabyte may take."""


def measure(row, size, longest):
    """Give the processor's seconds of reading, the least of a few runs, as few as will do."""
    given = row.make(size)
    taken = []
    gc.disable()  # which looks through all that the other tests have left, now and then
    try:
        while len(taken) < 5 and min(taken, default=1e9) > longest:
            began = time.process_time()
            row.read(given)
            taken.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(taken)


def check(row, small, large):
    """Compare what two sizes take, the second ten times the first."""
    taken = measure(row, large, FLOOR[large])
    if taken > FLOOR[large]:  # which few do
        allowed = GROWTH * measure(row, small, 0)
        assert min(taken, measure(row, large, allowed)) <= allowed


def name(row):
    return f"{row.function}: {row.hard}"


@pytest.mark.parametrize("row", TABLE, ids=name)
def test_ten_times_the_input_takes_no_more_than_twelve_times_the_time(row):
    """From 10 kB to 100 kB no row takes the square of its input."""
    check(row, KILO, 10 * KILO)


@pytest.mark.worst
@pytest.mark.parametrize("row", TABLE, ids=name)
def test_a_megabyte_takes_no_more_than_its_share(row):
    """From 100 kB to 1 MB no row takes more than twelve times the time."""
    check(row, 10 * KILO, MEGA)


@pytest.mark.worst
@pytest.mark.parametrize("row", [row for row in TABLE if row.function == "read_message"], ids=name)
def test_a_mail_of_a_megabyte_takes_a_second_at_most(row):
    """No mail of 1 MB takes more than a second, with its rows for the index, its tags and card."""
    assert measure(row, MEGA, LONGEST) <= LONGEST
