"""What is grouped apart, part by part of a dataset, groups as the whole does."""

import random

import pytest

from kvminbox import group_series, group_threads
from kvminbox.frames.components import find_components
from kvminbox.frames.slimfile import make_slim_rows
from tests.series.posting import post_all
from tests.series.shapes import SHAPES
from tests.series.test_any_list import write_any
from tests.series.unusual_shapes import UNUSUAL


def check_apart(mails):
    """Check that the components give, each alone, the groups that all mails give; count them."""
    rows = make_slim_rows(mails)

    def read(columns):
        return zip(*(rows.column(name).to_pylist() for name in columns), strict=True)

    components = find_components(len(mails), read)
    parts = [[mails[place] for place in one] for one in components.list_groups()]
    for group in (group_series, group_threads):
        apart = sorted(one.model_dump_json() for part in parts for one in group(part))
        assert apart == sorted(one.model_dump_json() for one in group(mails))
    return len(parts)


def test_any_mails_group_apart_as_together():
    """Of random mails no series and no thread reaches over two components."""
    counts = []
    for seed in range(40):
        chance = random.Random(seed)
        mails = [write_any(chance, number) for number in range(chance.randint(1, 14))]
        counts.append(check_apart(mails))
    assert sum(count > 1 for count in counts) > 10


@pytest.mark.parametrize("shapes", [SHAPES, UNUSUAL], ids=["usual", "unusual"])
def test_every_shape_groups_apart_as_together(shapes):
    """Each known shape of a series does, too, in the reverse order of arrival."""
    for table, *_ in shapes.values():
        check_apart(post_all(table)[::-1])
