"""For every row of the table, work grows as the input does, and no input takes long."""

import pytest

from tests.growth import measure_seconds
from tests.worst_inputs.table import MEGA, TABLE

COUNTED = {"series and threads": 125_000}
"""Larger sizes where 31 kB tell little: a flood has one mail for each 400 bytes."""

LONGEST = 1.0
"""Processor seconds that a megabyte may take."""


def name(row):
    return f"{row.function}: {row.hard}"


@pytest.mark.slow
@pytest.mark.parametrize("row", TABLE, ids=name)
def test_no_input_takes_more_than_its_share(row, assert_linear):
    """Work does not grow as the square of the input: by calls to 31 kB, by time to 1 MB."""
    assert_linear(row.read, row.make, counted=COUNTED.get(row.function))


@pytest.mark.worst
@pytest.mark.parametrize("row", [row for row in TABLE if row.function == "read_message"], ids=name)
def test_a_mail_of_a_megabyte_takes_a_second_at_most(row):
    """No mail of 1 MB takes more than a second, with its rows for the index, its tags and card."""
    mail = row.make(MEGA)
    assert min(measure_seconds(lambda: row.read(mail)) for _ in range(5)) <= LONGEST
