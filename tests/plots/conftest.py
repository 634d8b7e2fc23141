"""The sample inbox, read once."""

import pytest

from kvminbox import Inbox
from kvminbox.analysis import Snapshot
from kvminbox.sample import make_sample


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory):
    """Where the sample inbox is."""
    return make_sample(tmp_path_factory.mktemp("plots"))


@pytest.fixture(scope="session")
def sample(sample_path):
    """The whole sample inbox."""
    return Snapshot(Inbox.open(sample_path).between(None))
