"""Lone patches that do another thing to the same lines, weeks later: another try at one."""

import pytest

from kvminbox.sample.compose import Edit
from tests.versions.test_version_places import LINES, change, fix, links
from tests.versions.version_mails import ROB

CAST = "clock: Fix a warning of the compiler"
NO_CAST = "lamp: Keep the address as a number"
WEEKS = 15 * 1440


def test_another_try_at_the_same_lines_is_a_version():
    """Under another title, without a number, it takes out what the older one did, of one blob."""
    first = fix(CAST, "one", 5)
    again = fix(NO_CAST, "two", 5, WEEKS, edits=(change(5, "kept"),), blobs="aaaaaaa..ccccccc")
    assert links(first, again) == [("one", "two")]


def test_what_its_sender_sent_again_is_redone_as_the_newer_one():
    """A patch that has a next version is followed by that, and not by another try as well."""
    first = fix(CAST, "one", 5)
    second = fix(CAST, "new", 5, 1440, tag="PATCH v2", edits=(change(5, "kept", "twice"),))
    more = {"edits": (change(5, "kept"),), "blobs": "aaaaaaa..ccccccc"}
    assert links(first, second, fix(NO_CAST, "two", 5, WEEKS, **more)) == [("one", "new")]


def add(at, line):
    """Return an edit that takes nothing out."""
    return Edit("virt/clock.c", LINES, (*LINES[:at], line, *LINES[at:]))


@pytest.mark.parametrize(
    "more",
    [
        {"edits": (change(20, "kept"),)},
        {"blobs": "ddddddd..ccccccc"},
        {"sender": ROB},
        {"tag": "PATCH clock-next"},
        {"tag": "RFC PATCH"},
        {"minutes": 100 * 1440},
        {"minutes": 300},
        {"blobs": "aaaaaaa..0000000"},
        {"edits": (change(5, "kept"), Edit("virt/lamp.c", LINES, LINES[1:]))},
    ],
    ids=[
        "other lines", "of another blob", "another sender", "for another tree", "an RFC",
        "months later", "within hours", "deleted with its file", "another file, too",
    ],
)  # fmt: skip
def test_what_may_be_applied_beside_it_is_no_version(more):
    """Of other lines, blobs, senders, trees or times it may be a change of its own."""
    usual = {"minutes": WEEKS, "edits": (change(5, "kept"),), "blobs": "aaaaaaa..ccccccc"}
    assert links(fix(CAST, "one", 5), fix(NO_CAST, "two", 5, **{**usual, **more})) == []


@pytest.mark.parametrize(
    "path", ["MAINTAINERS", "virt/Kconfig", "virt/Makefile", "arch/lamp/configs/lamp_defconfig"]
)
def test_two_entries_of_a_list_are_no_versions(path):
    """A line of such a file may be changed by several patches, each for its own lamp."""
    mine, yours = (Edit(path, LINES, (*LINES[:5], new, *LINES[6:])) for new in ("one", "two"))
    first = fix(CAST, "one", 5, edits=(mine,))
    other = {"edits": (yours,), "blobs": "aaaaaaa..ccccccc"}
    assert links(first, fix(NO_CAST, "two", 5, WEEKS, **other)) == []


@pytest.mark.parametrize("at", [0, 1])
def test_what_reverts_something_is_no_other_try(at):
    """It, or what comes after it, puts back what was there: who wants that does it on purpose."""
    titles = [CAST, CAST]
    titles[at] = f'Revert "{NO_CAST}"'
    first = fix(titles[0], "one", 5)
    other = {"edits": (change(5, "kept"),), "blobs": "aaaaaaa..ccccccc"}
    assert links(first, fix(titles[1], "two", 5, WEEKS, **other)) == []


def test_two_entries_at_one_place_are_no_versions():
    """What only adds lines at one place, such as entries of a table, is two patches."""
    first = fix(CAST, "one", 5, edits=(add(5, "an entry"),))
    other = {"edits": (add(5, "another"),), "blobs": "aaaaaaa..ccccccc"}
    assert links(first, fix(NO_CAST, "two", 5, WEEKS, **other)) == []
