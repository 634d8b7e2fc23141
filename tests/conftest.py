"""What all tests share: the real archive, where it is at hand."""

import os
import subprocess
from pathlib import Path

import pytest

BUNDLE = Path(__file__).parents[2] / "shared" / "data" / "kvmarm-epoch0.bundle"


@pytest.fixture(scope="session")
def real_inbox_path(tmp_path_factory):
    """Give the path of the real archive, cloned once where it is a bundle."""
    given = Path(os.environ.get("KVMINBOX_TEST_INBOX") or BUNDLE)
    if not given.exists():
        pytest.skip(f"no real archive at {given}; KVMINBOX_TEST_INBOX can name one")
    if given.is_dir():
        return given
    path = tmp_path_factory.mktemp("real") / "kvmarm.git"
    subprocess.run(["git", "clone", "--mirror", "-q", given, path], check=True)
    return path
