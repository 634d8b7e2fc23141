"""A set whose patches were sent apart, or in part, and again as a whole on the same day."""

import pytest

from kvminbox import link_series, review_all
from kvminbox.versions.before import trace_back
from tests.versions.version_mails import ROB, edit, group, make_series, patch

TITLES = ("Lock the timer", "Read the clock", "Mend the alarm")
MINUTE = 1 / 1440
PART = "part-2@doe.example"
WHOLE = "two-0@doe.example"


def send(tag="PATCH v2", identity="two", day=9.0, titles=TITLES, **more):
    """Return the mails of a whole series."""
    return make_series(tag, identity, day, titles, **more)


def lose(tag="PATCH v2", day=9 + 2 * MINUTE, code="", titles=TITLES, **more):
    """Return all but the first patch, as mails that answer nothing."""
    mails = make_series(tag, "part", day, titles, code=code, **more)[2:]
    return [one.model_copy(update={"references": (), "in_reply_to": ()}) for one in mails]


def review(*messages):
    """Return whether each series is superseded, by its Message-ID."""
    chains = link_series(group(*messages))
    series = [one for chain in chains for one in chain.series]
    return {one.series.message_id: one.superseded for one in review_all(series, [])}


@pytest.mark.parametrize("minutes", [-30, -2, 2, 8])
def test_patches_that_were_sent_apart_are_superseded_by_the_whole_series(minutes):
    """Whether they lost their thread before or after, only the whole series is left to review."""
    part = lose(day=9 + minutes * MINUTE)
    assert review(send(), part) == {PART: True, WHOLE: False}


def test_the_whole_series_is_compared_with_the_version_before():
    """Neither the next nor the previous version of the whole series is the part of it."""
    first, last = send("PATCH", "one", 1.0), send("PATCH v3", "six", 20.0, code="3")
    (chain,) = link_series(group(first, send(), lose(), last))
    compared = {
        one.ref.message_id: [link.older.message_id for link in trace_back(chain, one)]
        for one in chain.series
    }
    assert compared == {
        "one-0@doe.example": [],
        PART: [],
        WHOLE: ["one-0@doe.example"],
        "six-0@doe.example": [WHOLE],
    }
    (again,) = (link for link in chain.links if link.older.message_id == PART)
    assert (again.newer.message_id, again.relation) == (WHOLE, "resend")
    assert again.reasons == (
        "sender, number and the patches that it has are the same within a day",
    )


def test_one_patch_that_was_sent_apart_does_not_hide_the_version_before():
    """A retitled v1 is still found by its likeness, though the v2 has a part of its own."""
    titles = ("Hold on to the timer", "Tell what is on the clock")
    old = send("PATCH", "one", 1.0, cover="Mend the old timer", titles=titles)
    (chain,) = link_series(group(old, send(), lose()[-1]))
    links = {(link.older.message_id, link.newer.message_id) for link in chain.links}
    assert ("one-0@doe.example", WHOLE) in links


OTHER = {
    "weeks later": {"day": 30.0},
    "other code": {"code": "changed"},
    "another sender": {"sender": ROB},
    "another number": {"tag": "PATCH v3"},
    "for comments": {"tag": "RFC PATCH v2"},
    "another total": {"titles": (*TITLES, "Wind the watch")},
}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_no_part_of_a_whole_series(name):
    """Patches of another day, number, total, sender or content are not the whole series' own."""
    assert not review(send(), lose(**OTHER[name]))[PART]


def test_two_lone_patches_have_no_parts():
    """A lone patch is whole by itself."""
    one = patch("[PATCH] Lock the timer", "one-0@doe.example")
    two = patch("[PATCH] Read the clock", WHOLE, MINUTE, edits=(edit("virt/clock.c"),))
    assert review(one, two) == {"one-0@doe.example": False, WHOLE: False}
