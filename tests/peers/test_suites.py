"""Other projects' own suites read as they expect, apart from what the reviewed list holds."""

import os
from pathlib import Path

import pytest

from tests.peers.suites.compare import REVIEWED, SUITES, compare_suite, list_reviewed

VARIABLE = "KVMINBOX_PEER_SUITES"


@pytest.fixture(scope="module")
def folder():
    """Return the folder with the checkouts, each under its project's name."""
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} names no folder with checkouts of {', '.join(SUITES)}")
    return Path(os.environ[VARIABLE])


@pytest.mark.interop
@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")  # of theirs
@pytest.mark.parametrize("name", SUITES)
def test_suite_reads_as_it_expects_but_for_what_is_listed(folder, name):
    """Each mail, diff and test of a suite agrees, or is on the list with the fields that differ."""
    if not (folder / name).is_dir():
        pytest.skip(f"there is no {name} in {folder}")
    cases = compare_suite(name, folder / name)
    assert len(cases) > 40
    assert {case: fields for case, fields in cases.items() if fields} == list_reviewed(name)


def test_every_listed_difference_has_a_reason():
    """The reviewed list names suites that are compared, fields, and why."""
    for one in REVIEWED["difference"]:
        assert one["suite"] in SUITES
        assert one["cases"]
        assert one["fields"]
        assert len(one["reason"].split()) > 3
