"""Versions that were sent without their number, or with a lower one than the version before."""

import pytest

from kvminbox import link_series
from tests.versions.version_mails import ROB, edit, group, make_series, patch

TITLE = "timer: Mend the timer"
TITLES = ("Mend the clock", "Mend the alarm")


def send(tag, identity, day, code=None, **more):
    """Return a lone patch of one title, which is changed each time."""
    more = {"edits": (edit(added=code or identity),), **more}
    return patch(f"[{tag}] {more.pop('title', TITLE)}", f"{identity}@doe.example", day, **more)


def previous(*messages):
    """Return the id of what the last of some series follows, without its domain, and how."""
    series = [one for chain in link_series(group(*messages)) for one in chain.series]
    links = [link for chain in link_series(group(*messages)) for link in chain.links]
    new = max(series, key=lambda one: one.date)
    (how,) = {link.relation for link in links if link.newer == new.ref} or {None}
    return (new.previous.message_id.split("@")[0], how) if new.previous else None


FIRST = send("PATCH", "one", 0)
SECOND = send("PATCH v2", "two", 5)


def test_a_number_that_was_left_out_counts_as_the_next():
    """`[PATCH] x` some days behind `[PATCH v2] x` follows v2, not v1, whatever its notes say."""
    assert previous(FIRST, SECOND, send("PATCH", "new", 9)) == ("two", "revision")


def test_a_number_that_was_left_out_needs_no_first_version():
    """Where v1 was sent elsewhere, what comes behind v2 without a number follows v2."""
    assert previous(SECOND, send("PATCH", "new", 9)) == ("two", "revision")


NOT_AGAIN = {
    "months later": {"day": 90},
    "another sender": {"sender": ROB},
    "another title": {"title": "timer: Read the clock"},
    "another file": {"edits": (edit("virt/other.c"),)},
    "another tree": {"tag": "PATCH kvmtool"},
    "a backport": {"tag": "PATCH 5.10.y"},
    "a stated v1": {"tag": "PATCH v1"},
    "sent along with it": {"day": 5 + 20 / 86_400},
}


@pytest.mark.parametrize("name", NOT_AGAIN)
def test_what_is_not_sent_without_its_number(name):
    """With another title, sender, file or tree, months later, or at once, it follows no v2."""
    assert (
        previous(SECOND, send(**{"tag": "PATCH", "identity": "new", "day": 9, **NOT_AGAIN[name]}))
        is None
    )


def test_a_set_without_its_number():
    """A set whose title had a number, and that has half of the patches, follows it, too."""
    second = make_series("PATCH v2", "two", 0, (*TITLES, "Mend the lamp"))
    new = make_series("PATCH", "new", 9, (TITLES[0], "Mend the wall"), code="new")
    assert previous(second, new) == ("two-0", "revision")
    other = make_series("PATCH", "new", 9, ("Mend the wall", "Mend the roof"))
    assert previous(second, other) is None


def test_what_follows_a_number_that_was_left_out():
    """v4 follows what was sent behind v2, which must be the third; so does a v3 of days later."""
    third = send("PATCH", "third", 9)
    assert previous(FIRST, SECOND, third, send("PATCH v4", "new", 10)) == ("third", "revision")
    assert previous(FIRST, SECOND, third, send("PATCH v3", "new", 20)) == ("third", "revision")


def test_what_only_gets_its_number():
    """A v3 within a day of one without a number is that one with its number: it follows v2."""
    third = send("PATCH", "third", 9)
    assert previous(FIRST, SECOND, third, send("PATCH v3", "new", 9.5)) == ("two", "revision")
    early = send("PATCH", "third", 9.99)
    assert previous(FIRST, SECOND, early, send("PATCH v4", "new", 10)) == ("two", "revision")


def test_a_version_that_the_author_names_is_the_one_before():
    """A v3 that links to v2 follows v2, though another patch came between the two."""
    notes = "v2: https://mail.example/two@doe.example/\n"
    third = send("PATCH", "third", 9)
    assert previous(SECOND, third, send("PATCH v3", "new", 20, notes=notes)) == ("two", "revision")


def test_several_without_their_number():
    """Of two that were sent behind v2 without a number, v4 follows the later one."""
    third, again = send("PATCH", "third", 9), send("PATCH", "again", 9.1)
    assert previous(SECOND, third, again, send("PATCH v4", "new", 12)) == ("again", "revision")


def test_a_lower_number_with_all_patches():
    """`[PATCH v2] x` some days behind `[PATCH v3] x` follows it; another v3 that, but v4 the v3."""
    third = make_series("PATCH v3", "three", 0, TITLES)
    second = make_series("PATCH v2", "two", 9, TITLES, code="b")
    assert previous(third, second) == ("three-0", "revision")
    new = make_series("PATCH v3", "new", 20, TITLES, code="c")
    assert previous(third, second, new) == ("two-0", "revision")
    fourth = make_series("PATCH v4", "new", 20, TITLES, code="c")
    assert previous(third, second, fourth) == ("three-0", "revision")


def test_a_lower_number_with_other_patches():
    """With other patches the lower number belongs to a set of its own."""
    third = make_series("PATCH v3", "three", 0, TITLES)
    other = make_series("PATCH v2", "two", 9, (*TITLES, "Mend the lamp"))
    assert previous(third, other) is None


def test_a_lower_number_counts_as_later_than_the_first_of_it():
    """Of v2, v4 and a second v2 the last one follows v4, and no first v2."""
    fourth = send("PATCH v4", "four", 20)
    assert previous(FIRST, SECOND, fourth, send("PATCH v2", "new", 40)) == ("four", "revision")
