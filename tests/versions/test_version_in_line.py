"""Which of several versions is the nearest, where titles or senders differ on the way."""

import pytest

from kvminbox import link_series
from tests.versions.version_mails import JANE, ROB, edit, group, make_series, patch

NEW = "new@doe.example"
OLD_TITLE = "lamps: Add a script that lists the lamps"
NEW_TITLE = "lamps: Find those that nobody turned off"
TITLES = ("Mend the clock", "Mend the alarm", "Mend the lamp", "Mend the wall")


def script(tag, identity, day, title=OLD_TITLE, path="lamps/list.sh", **more):
    """Return a lone patch of a script."""
    edits = more.pop("edits", (edit(path, identity),))
    return patch(f"[{tag}] {title}", f"{identity}@doe.example", day, edits, **more)


def previous(*messages, of="new"):
    """Return the id of what one of some series follows, without its domain."""
    (new,) = [
        one
        for chain in link_series(group(*messages))
        for one in chain.series
        if one.ref.message_id.split("@")[0] == of
    ]
    return new.previous.message_id.split("@")[0] if new.previous else None


LINE = (
    script("PATCH", "one", 0),
    script("PATCH v2", "two", 3),
    script("PATCH v3", "three", 6),
)
ANSWER = {"parents": ("one@doe.example",), "notes": "v4: it has another name\n"}


def renamed(tag="PATCH v4", day=9, **more):
    """Return the next of these versions, in the thread of v1, with another title and file."""
    path = "lamps/find.sh"
    title = "lamps: Add a script that finds the lamps"
    return script(tag, "new", day, **{"title": title, "path": path, **ANSWER, **more})


def test_a_renamed_version_in_the_thread_of_the_first_follows_the_one_before():
    """A v4 that answers v1, with another title and file, follows v3, not v1."""
    assert previous(*LINE, renamed()) == "three"


def test_a_title_that_comes_again_follows_the_number_before():
    """A v3 of another name, whose patch has the title that v1 had, follows v2."""
    second = script("PATCH v2", "two", 3, title="lamps: Add a script that lists all lights")
    third = [
        patch("[PATCH v3 0/1] A list for the hall", NEW, 9, text="Words.\n"),
        script("PATCH v3 1/1", "new-1", 9, parents=(NEW,)),
    ]
    assert previous(LINE[0], second, third) == "two"


@pytest.mark.parametrize(
    "more",
    [
        {"tag": "PATCH v5"},
        {"tag": "PATCH"},
        {"notes": "v1 -> v4: the others were a mistake\n"},
        {"day": 900},
    ],
    ids=["not the next", "no number", "a log that passes it", "years later"],
)
def test_what_does_not_follow_the_number_before(more):
    """Only the stated next number follows v3 for its number, unless its own log passes v3."""
    assert previous(*LINE, renamed(**more)) != "three"


def test_a_number_before_what_it_continues_is_no_number_between():
    """A patch that is taken out of a v2 and begins again follows its own v1 in its v3."""
    whole = [
        make_series("PATCH", "set", 0, ("Mend the clock", "Mend the alarm", OLD_TITLE)),
        make_series("PATCH v2", "set2", 3, ("Mend the clock", "Mend the alarm", NEW_TITLE)),
    ]
    edits = (edit(f"virt/{OLD_TITLE.split()[-1]}.c", "out"),)
    first = script("PATCH", "out", 6, edits=edits)
    assert previous(*whole, first, script("PATCH v3", "new", 9, edits=edits)) == "out"


def test_a_line_of_another_sender_is_passed():
    """A v3 that somebody else sent in between is not the one before."""
    line = (*LINE[:2], script("PATCH v3", "three", 6, sender=ROB, parents=("two@doe.example",)))
    assert previous(*line, renamed()) != "three"


def test_a_part_that_was_sent_again_is_not_the_one_before():
    """One of four patches, sent again as `[PATCH v3 2/4]`, is no whole version: v4 follows v2."""
    second = make_series("PATCH v2", "two", 3, TITLES, code="2")
    first = make_series("PATCH", "one", 0, TITLES)
    part = patch(
        f"[PATCH v3 2/4] {TITLES[1]}", "part@doe.example", 6, (edit("virt/alarm.c", "p"),),
        parents=("two-2@doe.example",),
    )  # fmt: skip
    new = make_series("PATCH v4", "new", 9, TITLES, code="4")
    assert previous(first, second, part, new, of="new-0") == "two-0"


def test_the_senders_own_version_comes_before_anothers():
    """Of two patches that are as like to a v2, its sender's own is the one before."""
    own = script("PATCH", "own", 0, title="lamps: fix possible loss of oil in lamp_register()")
    other = script(
        "PATCH", "other", 0.1, title="lamps: fix possible loss of oil when lamp_add() fails",
        sender=ROB,
    )  # fmt: skip
    title = "lamps: fix possible loss of oil when lamp_register fails"
    assert previous(own, other, script("PATCH v2", "new", 1, title=title)) == "own"


def test_a_few_patches_of_a_larger_set_are_not_the_version_before():
    """The first set of somebody, with the title, comes before two patches sent in between."""
    rfc = make_series("RFC PATCH", "rfc", 0, TITLES, sender=ROB)
    few = [
        patch(
            f"[PATCH {number}/6] {title}", f"few-{number}@doe.example", 20,
            (edit(f"virt/{title.split()[-1]}.c", title),),
            parents=("rfc-2@doe.example",),
        )
        for number, title in ((5, "Mend the roof"), (6, "Mend the door"))
    ]  # fmt: skip
    titles = (*TITLES, "Mend the roof", "Mend the door")
    new = make_series("PATCH v2", "new", 40, titles, sender=JANE, code="2")
    assert previous(rfc, few, new, of="new-0") == "rfc-0"


def test_a_set_of_its_own_title_comes_before_a_larger_one_of_its_number():
    """A v2 follows the v1 of its title, though its patches were in a v2 of more before that."""
    older = make_series("PATCH", "older", -20, TITLES, cover="Mend the house", code="0")
    large = make_series("PATCH v2", "large", 0, TITLES, cover="Mend the house")
    first = make_series("PATCH", "first", 9, TITLES[:2], cover="Mend what ticks", code="1")
    new = make_series("PATCH v2", "new", 12, TITLES[:2], cover="Mend what ticks", code="2")
    assert previous(older, large, first, new, of="new-0") == "first-0"
    assert previous(older, large, new, of="new-0") == "large-0"


LONG_TITLE = "lamps: keep the light from flickering when the clock is slow"


def test_a_long_title_may_change_a_file_beside_the_old_one():
    """The stated v2 of a long title follows v1 months later, if it changes files of its folder."""
    first = script("PATCH", "one", 0, title=LONG_TITLE)
    again = {"title": LONG_TITLE, "path": "lamps/core.sh"}
    assert previous(first, script("PATCH v2", "new", 96, **again)) == "one"
    for other in (
        {"path": "clocks/core.sh"},
        {"tag": "PATCH v3"},
        {"tag": "PATCH"},
        {"day": 400},
    ):
        usual = {"tag": "PATCH v2", "day": 96}
        assert previous(first, script(identity="new", **{**usual, **again, **other})) is None
    short = [script(tag, one, day, title="lamps: Fix a typo", path=f"lamps/{one}.sh")
             for tag, one, day in (("PATCH", "one", 0), ("PATCH v2", "new", 96))]  # fmt: skip
    assert previous(*short) is None


def test_a_common_title_is_no_version_of_what_changes_another_file():
    """Fixes of two files with one title that come again in one set follow nothing before that."""
    typo = "lamps: Fix a typo"
    one = script("PATCH", "one", 0, title=typo, path="lamps/one.sh")
    other = script("PATCH", "new", 0.1, title=typo, path="lamps/other.sh")
    both = [
        script(f"PATCH {number}/3", f"both-{number}", 2, title=title, path=f"lamps/{path}.sh",
               parents=("both-1@doe.example",) if number > 1 else ())
        for number, title, path in ((1, typo, "one"), (2, "lamps: Go", "it"), (3, typo, "other"))
    ]  # fmt: skip
    assert previous(one, other, both) is None


@pytest.mark.parametrize(("day", "found"), [(50, "one"), (78, None)])
def test_the_subsystem_alone_makes_no_version(day, found):
    """Months later, a v2 of the same file whose title has but the subsystem is other work."""
    first = script("PATCH", "one", 0, title="lamps: trigger: oil-timer: drop a needless update")
    title = "lamps: trigger: oil-timer: enable clock when in master mode"
    assert previous(first, script("PATCH v2", "new", day, title=title)) == found


def test_each_of_several_patches_of_a_divided_set_follows_it():
    """What one of a set was divided into follows the set, though another of it comes again."""
    files = [edit(f"lamps/{name}.c", "b") for name in ("hall", "roof", "door")]
    cover = patch(
        "[PATCH v2 0/9] genlamp: Remove light_on()", "set-0@doe.example", 0, text="Words.\n"
    )
    whole = [
        patch(f"[PATCH v2 {n}/9] {title}", f"set-{n}@doe.example", 0, edits,
              parents=("set-0@doe.example",))
        for n, title, edits in (
            (1, "lamps: replace light_on() by turn_on()", files),
            (2, "clocks: replace light_on() by turn_on()", [edit("clocks/c.c", "b")]),
            (3, "walls: replace light_on() by turn_on()", [edit("walls/w.c", "b")]),
        )
    ]  # fmt: skip
    again = patch("[PATCH v3 2/9] clocks: replace light_on() by turn_on()", "again@doe.example", 5,
                  (edit("clocks/c.c", "c"),), parents=("set-2@doe.example",))  # fmt: skip
    new = script("PATCH v3", "new", 5, title="lamps: hall: replace light_on() by turn_on()",
                 path="lamps/hall.c")  # fmt: skip
    assert previous(cover, whole, again, new) == "set-0"
