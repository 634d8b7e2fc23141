"""What all tests share: settings of Hypothesis, the real archive, a maker of mails."""

import tests.bytecode  # noqa: F401, I001 - first, so that what follows is compiled once

import gc
import os
import subprocess
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.growth import check_calls, check_seconds
from tests.mails import fill_in

# the same examples in each run, on any machine, under any load; `--hypothesis-profile=random`
# looks for new ones
SLOW = (HealthCheck.too_slow,)
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=SLOW
)
settings.register_profile(
    "random", deadline=None, database=None, print_blob=True, suppress_health_check=SLOW
)
settings.load_profile("steady")

os.environ["KVMINBOX_CONFIG"] = ""  # whoever runs the tests may have a configuration of their own


def pytest_collection_finish(session):
    """Leave what pytest holds of twelve thousand tests out of each collection of garbage.

    Collections are seldom, too: they took a tenth of the run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


BUNDLE = Path(__file__).parents[2] / "shared" / "data" / "kvmarm-epoch0.bundle"


@pytest.fixture(scope="session")
def real_inbox_path(tmp_path_factory):
    """Return the path of the real archive, cloned once where it is a bundle."""
    given = Path(os.environ.get("KVMINBOX_TEST_INBOX") or BUNDLE)
    if not given.exists():
        pytest.skip(f"no real archive at {given}; KVMINBOX_TEST_INBOX can name one")
    if given.is_dir():
        return given
    path = tmp_path_factory.mktemp("real") / "kvmarm.git"
    subprocess.run(["git", "clone", "--mirror", "-q", given, path], check=True)
    return path


@pytest.fixture(
    params=[
        pytest.param(check_calls, id="calls"),
        pytest.param(check_seconds, id="seconds", marks=pytest.mark.worst),
    ]
)
def assert_linear(request):
    """Return what asserts that work grows no faster than its input: by calls, or by seconds."""
    return request.param


@pytest.fixture(scope="session")
def make_mail():
    """Return a function that makes a mail; None leaves a header out, a list repeats it."""
    usual = {
        "From": "Ida Birch <ida@wood.example>",
        "Date": "Tue, 5 Sep 2023 10:00:00 +0200",
        "Message-ID": "<1@wood.example>",
        "Subject": "A walk",
    }

    return partial(fill_in, usual)
