"""The changelog that authors write, in the shapes in which they write it."""

import pytest

from kvminbox import parse_changelog
from tests.versions.version_mails import group, make_series, patch


def read(notes, tag="PATCH v3", **more):
    """Return the changelog of a series whose cover letter holds some notes."""
    (series,) = group(make_series(tag, "s", 0, ("Lock it", "Read it"), cover_text=notes, **more))
    return parse_changelog(series)


HEADINGS = {
    "Changes in v3:": 3,
    "Changes in V3": 3,
    "Changes since v2:": 3,
    "Changes from v2": 3,
    "Changes since v2 [1]:": 3,
    "Changes v2 -> v3:": 3,
    "v2 -> v3:": 3,
    "v2->v3": 3,
    "v2 => v3": 3,
    "From v2 to v3:": 3,
    "v3:": 3,
    "V3:": 3,
    "* v3:": 3,
    "* From v2 [1]:": 3,
    "=== Changes in v3 ===": 3,
    "[v2 -> v3]": 3,
    "Changelog since v2:": 3,
    "Changelog v2..v3:": 3,
    "Version 3:": 3,
    "PATCH v3:": 3,
    "Changes since v2 are:": 3,
    "There have been some significant changes since v2, including:": 3,
    "Changes since the last version:": 3,
    "v3 (relative to v2)": 3,
    "Changes since RFC v2:": 3,
    "RFC v2 -> v1:": 1,
    "Changes since RFC:": 3,
    "Changes since v2.1:": 3,
    "Changes:": None,
    "Changelog:": None,
    "History": None,
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_shape_of_a_heading_is_read(heading):
    """The revision of an entry is the one that its heading states, or None."""
    entry, *others = read(f"{heading}\n - one thing\n - another\n   thing\n")
    assert others == []
    assert (entry.heading, entry.revision) == (heading, HEADINGS[heading])
    assert entry.items == ("one thing", "another thing")
    assert entry.text == "- one thing\n- another\n  thing"


NO_HEADINGS = [
    "This is v3 of the series.",
    "Changes in the interrupt code are needed for this.",
    "v2 is at https://lore.example/r/one@doe.example",
    "compared to v4.0:",
    "Linux v5.10:",
    "the host sees all\nchanges\nof the table",
    "Link to v2: https://lore.example/r/one@doe.example",
    "v1: https://lore.example/r/one@doe.example",
]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_prose_and_links_are_no_changelog(line):
    """A sentence about versions, a link, or a version of something else is not a heading."""
    assert read(f"{line}\n") == ()


def test_several_entries_follow_each_other():
    """Each heading begins an entry, and the list ends where prose follows."""
    notes = (
        "Changelog\n=========\n\nv2 -> v3:\n * New lock\n\n * No sleep\n\nv1 -> v2: renamed it\n\n"
        "The first patch locks it.\n"
    )
    entries = read(notes)
    assert [(entry.revision, entry.items) for entry in entries] == [
        (3, ("New lock", "No sleep")),
        (2, ("renamed it",)),
    ]


def test_prose_below_a_heading_is_one_paragraph():
    """Without a list, an entry ends with its paragraph."""
    (entry,) = read("Changes in v3:\nI renamed\nall of it.\n\nThe first patch locks it.\n")
    assert entry.items == ("I renamed all of it.",)


def test_notes_of_each_patch_are_read_with_its_number():
    """An entry from below the `---` of a patch has the patch's counter."""
    first = patch("[PATCH v2 1/2] Lock it", "s-1@doe.example", notes="v2: new lock\n")
    second = patch(
        "[PATCH v2 2/2] Read it",
        "s-2@doe.example",
        parents=("s-1@doe.example",),
        notes="v2:\n - no\n",
    )
    (series,) = group(first, second)
    assert [(entry.counter, entry.heading, entry.items) for entry in parse_changelog(series)] == [
        (1, "v2:", ("new lock",)),
        (2, "v2:", ("no",)),
    ]


@pytest.mark.parametrize(
    "end", ["Jane Doe (2):", " virt/a.c | 2 +-", "base-commit: 1234567890", "Cc-by: a@b.example"]
)
def test_an_entry_ends_where_git_writes(end):
    """A shortlog, a diffstat, or a trailer ends an entry."""
    (entry,) = read(f"v3:\n - new lock\n{end}\n")
    assert entry.items == ("new lock",)


def test_a_changelog_of_hostile_length_is_read_in_time():
    """A hundred thousand headings, bullets or blanks neither make it slow nor raise."""
    for text in ("v2:\n" * 50_000, "changes " * 50_000, "- " * 100_000, "v1 -> " * 40_000):
        assert isinstance(read(text), tuple)
