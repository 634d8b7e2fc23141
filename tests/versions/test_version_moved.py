"""Patches that come again for another subsystem, and a patch of a set sent again twice."""

import pytest

from kvminbox import link_series
from tests.versions.test_version_chains import labels, only_link
from tests.versions.version_mails import ROB, edit, group, make_series, patch

WHAT = "Do not sleep in bell_ring_once()"
OLD = patch(f"[PATCH] bell: {WHAT}", "one@doe.example", 0, (edit("drivers/bell.c"),))


def moved(tag="PATCH v2", what=WHAT, day=9, **more):
    """Return the patch of the same person that mends another subsystem's file."""
    edits = (edit("drivers/tower/rope.c", "another line"),)
    return patch(f"[{tag}] tower/rope: {what}", "two@doe.example", day, edits, **more)


def test_a_patch_that_moved_to_another_subsystem_is_the_next_version():
    """A v2 that says the same of another subsystem, and changes another file, follows the v1."""
    link = only_link([OLD], [moved()])
    assert (link.relation, link.older.message_id) == ("revision", "one@doe.example")


@pytest.mark.parametrize(
    "other",
    [
        moved("PATCH"),
        moved("PATCH v3"),
        moved(day=50),
        moved(sender=ROB),
        moved(what="Do not sleep in bell_ring_twice()"),
    ],
    ids=["no number", "v3", "weeks later", "another sender", "another function"],
)
def test_what_is_said_of_another_subsystem_may_be_other_work(other):
    """It needs the next number, in the same month, of the same sender, with the same words."""
    assert len(labels([OLD, other])) == 2


def test_what_is_done_to_many_drivers_is_no_version():
    """Words without a name are said of many subsystems: a v2 of one is not that of another."""
    what = "Use the new calls for sleeping"
    one = patch(f"[PATCH] bell: {what}", "one@doe.example", 0, (edit("drivers/bell.c"),))
    assert len(labels([one, moved(what=what)])) == 2


def test_a_version_of_its_own_keeps_a_patch_apart():
    """Where the older patch has its own v2, that of another subsystem is no further one."""
    own = patch(f"[PATCH v2] bell: {WHAT}", "own@doe.example", 5, (edit("drivers/bell.c", "x"),))
    assert len(labels([OLD, own, moved()])) == 2


SEVEN = [f"tower: Give bell {word} its own rope one" for word in ("a", "b", "c", "d", "e", "f")]


def part(minor, title, identity, day, path="virt/one.c"):
    """Return the sixth patch of a set, sent again alone."""
    return patch(f"[PATCH v6.{minor} 6/7] {title}", identity, day, (edit(path, identity),))


def test_a_patch_that_was_sent_again_alone_is_in_the_next_version():
    """A v6.2 6/7 is superseded by the v7 that has it, though its subsystem has a longer name."""
    alone = part(2, "bell: Give bell f its own rope one", "alone@doe.example", 0)
    link = only_link([alone], make_series("PATCH v7", "seven", 30, SEVEN))
    assert (link.relation, link.newer.message_id) == ("collected", "seven-0@doe.example")
    assert link.reasons == ("the sender's older patches are some of it, for another subsystem",)
    far = part(2, "bell: Give bell f its own rope one", "far@doe.example", 0, "virt/two.c")
    assert len(labels([far, *make_series("PATCH v7", "seven", 30, SEVEN)])) == 2


def test_a_patch_for_another_kernel_is_no_part_of_the_next_version():
    """What a patch is for in an older kernel has a name of its own there, and stays beside."""
    title = "[PATCH 5.15-] bell: Give bell f its own rope one"
    older = patch(title, "older@doe.example", 0, (edit("virt/one.c", "other"),))
    assert len(labels([older, *make_series("PATCH v2", "two", 9, SEVEN)])) == 2


def test_a_patch_that_was_sent_again_twice_is_followed_by_its_second_sending():
    """A v6.2 6/7 replaces v6.1 6/7, whatever the titles are, and the v7 follows the v6.2."""
    first = part(1, "tower: Give each bell of it a rope", "first@doe.example", 0)
    again = part(2, "bell: Give bell f its own rope one", "again@doe.example", 9)
    seven = make_series("PATCH v7", "seven", 30, SEVEN, cover="tower: Give each bell its own rope")
    (chain,) = link_series(group(first, again, *seven))
    assert [(link.older.message_id, link.newer.message_id) for link in chain.links] == [
        ("first@doe.example", "again@doe.example"),
        ("again@doe.example", "seven-0@doe.example"),
    ]
    elsewhere = part(2, "lamp: Shine", "else@doe.example", 9, "virt/two.c")
    assert len(labels([first, elsewhere])) == 2
    other = patch("[PATCH v6.2 5/7] bell: Ring", "o@doe.example", 9, (edit("virt/one.c", "o"),))
    assert len(labels([first, other])) == 2
