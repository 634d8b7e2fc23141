"""A tree to grow, for each test."""

import pytest

from tests.upstream.trees import Maker


@pytest.fixture
def tree(tmp_path):
    """Return a tree with one file, and no mails yet."""
    return Maker(tmp_path / "linux.git")
