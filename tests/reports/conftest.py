"""Where the reports' tests find the sample's update and the report that began it all."""

import subprocess
from pathlib import Path

import pytest

from kvminbox import Inbox
from kvminbox.reports import list_update
from kvminbox.sample import SAMPLE_RANGE, make_sample

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory):
    """Return the update of the sample inbox's week."""
    inbox = Inbox.open(make_sample(tmp_path_factory.mktemp("sample")))
    return list_update(inbox.between(*SAMPLE_RANGE))


@pytest.fixture(scope="session")
def classic_report():
    """Return the text of the report whose layout the text format has."""
    path = DATA / "kvm-update-7b38cd471-3e740fb30.txt"
    if not path.exists():
        pytest.skip(f"no classic report at {path}")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def seed_inbox_path(tmp_path_factory):
    """Return the archive that was rebuilt from the classic report."""
    bundle = DATA / "seed-window.bundle"
    if not bundle.exists():
        pytest.skip(f"no seed archive at {bundle}")
    path = tmp_path_factory.mktemp("seed") / "seed.git"
    subprocess.run(["git", "clone", "--mirror", "-q", bundle, path], check=True)
    return path
