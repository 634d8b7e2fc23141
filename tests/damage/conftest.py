"""The tests here write repositories and histories as those of the archive and the index do."""

from pathlib import Path

import pytest

from tests.index.histories import quick_folder  # which needs the paths above


def pytest_collection_modifyitems(config, items):
    """Leave the long tests out, unless `-m` names them: some take minutes each."""
    if "damage" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("damage")]


@pytest.fixture
def tmp_path():
    """Return a folder in memory, where there is one."""
    with quick_folder() as folder:
        yield Path(folder)
