"""Every shape of series on a list is grouped as a reader would group it."""

import pytest

from kvminbox import group_series
from tests.series.posting import describe, post_all
from tests.series.shapes import SHAPES
from tests.series.unusual_shapes import UNUSUAL

ROWS = [pytest.param(*row, id=name) for name, row in (SHAPES | UNUSUAL).items()]


@pytest.mark.parametrize(("mails", "expected"), ROWS)
def test_shape(mails, expected):
    """The mails of each shape are grouped as its name promises."""
    found = [describe(series) for series in group_series(post_all(mails))]
    assert found == [line.strip() for line in expected.splitlines() if line.strip()]


@pytest.mark.parametrize(("mails", "expected"), ROWS)
def test_shape_backwards(mails, expected):
    """Each shape is grouped the same when its mails arrive in the reverse order."""
    messages = post_all(mails)
    assert group_series(messages[::-1]) == group_series(messages)
