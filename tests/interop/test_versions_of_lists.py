"""Chains of the real lists that `KVMINBOX_TEST_LISTS` names: what must hold of all of them."""

import os
import random
from itertools import islice
from pathlib import Path

import pytest

from kvminbox import Inbox, group_series, link_series
from kvminbox.frames.groups import Groups
from tests.frames.grouped import check_slim

MAILS = 3_000
"""Mails of each list that are read, the first ones."""


def find_lists():
    """Return the archives: a folder of them, or paths between the system's path separators."""
    paths = [Path(path) for path in os.environ.get("KVMINBOX_TEST_LISTS", "").split(os.pathsep)]
    if paths == [Path()]:
        return []
    inside = [sorted(path.iterdir()) if not _is_archive(path) else [path] for path in paths]
    return [path for found in inside for path in found if _is_archive(path)]


def _is_archive(path):
    return (path / "HEAD").exists() or (path / ".git").exists() or (path / "git").is_dir()


LISTS = find_lists()
pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(not LISTS, reason="KVMINBOX_TEST_LISTS names no archive"),
]


@pytest.fixture(scope="module", params=LISTS, ids=str)
def messages(request):
    """The first mails of a list; those that can't be read are left out."""
    window = Inbox.open(request.param).between(None)
    window.on_problem = lambda problem: None
    return list(islice(window.messages(), MAILS))


def test_each_series_has_its_place(messages):
    """Each series is in one chain; what is followed is older, and nothing follows itself."""
    series = group_series(messages)
    chains = link_series(series, replies=messages)
    assert sum(len(chain.series) for chain in chains) == len(series)
    for chain in chains:
        place = {one.ref: number for number, one in enumerate(chain.series)}
        for one in chain.series:
            assert one.previous is None or place[one.previous] <= place[one.ref]
            assert one.next is None or place[one.ref] <= place[one.next]
        for link in chain.links:
            assert link.older != link.newer or len(place) < len(chain.series)
            assert link.reasons


def test_the_order_of_the_series_does_not_count(messages):
    """Shuffled series make the same chains."""
    series = group_series(messages)
    expected = link_series(series)
    random.Random(1).shuffle(series)
    assert link_series(series) == expected


def test_slim_mails_make_the_same_chains(messages):
    """Tables see the chains that a window sees."""
    assert Groups(messages).rows is not None
    check_slim(messages)
