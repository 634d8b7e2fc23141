"""The next version in forms of its own: divided, in other files, without its number."""

import pytest

from kvminbox import link_series
from tests.versions.test_version_chains import labels, only_link
from tests.versions.version_mails import ROB, edit, group, make_series, patch

OLD = "a@doe.example"
LAMPS = "lamps: list all lamps even if not lit"
MORE = tuple(edit(f"lamps/{name}.c", "more") for name in ("list", "policy", "shell", "help"))


def lamps(subject, identity="b@doe.example", day=3, edits=MORE, **more):
    """Return the chains of a first patch and of another one."""
    first = patch(f"[PATCH] {LAMPS}", OLD, edits=(edit("lamps/list.c"),))
    return labels([first, patch(subject, identity, day, edits, **more)])


def test_the_next_number_that_changes_more_files():
    """With most of the topic and one file of four, the next number of a few days follows."""
    assert len(lamps("[PATCH v2] lamps, policy: list also lamps if not lit")) == 1


NOT_WITH_MORE = {
    "a week later": {"day": 9},
    "another sender": {"sender": ROB},
    "no file of it": {"edits": MORE[1:]},
    "not the next number": {"subject": "[PATCH v4] lamps, policy: list also lamps not lit"},
    "another topic": {"subject": "[PATCH v2] lamps, policy: turn the switches off at noon"},
}


@pytest.mark.parametrize("name", NOT_WITH_MORE)
def test_more_files_alone_make_no_next_number(name):
    """Without the topic, the sender, a file, the number or the time it is other work."""
    usual = {"subject": "[PATCH v2] lamps, policy: list also lamps if not lit"}
    assert len(lamps(**{**usual, **NOT_WITH_MORE[name]})) == 2


def divided(
    title="lamps: Refactor the conversion of zones to days", day=4, path="lamps/time.c", **more
):
    """Return the chains of a lone v2 and of the one patch that is here of its v3."""
    edits = (edit("lamps/time.c"), edit("tests/lamps"))
    first = patch("[PATCH v2] lamps: Fix the early time stamps", OLD, edits=edits)
    next_ = patch(f"[PATCH v3 1/2] {title}", "b@doe.example", day, (edit(path, "b"),), **more)
    return labels([first, next_])


def test_a_lone_patch_is_divided():
    """The next number may be a series, of which the patch that is here has part of the files."""
    assert len(divided()) == 1


@pytest.mark.parametrize(
    "other",
    [{"day": 9}, {"path": "lamps/lamp.c"}, {"title": "vgic: Drop a lock"}, {"sender": ROB}],
    ids=["a week later", "another file", "another topic", "another sender"],
)
def test_what_is_not_divided(other):
    """A series in other files, of another topic or sender, or later, is no part of it."""
    assert len(divided(**other)) == 2


def answered(subject, path="lamps/wire.S", **more):
    """Return the chains of a patch and of an answer to it in another file."""
    first = patch("[PATCH] lamps: Switch back to wires for the hall", OLD)
    more = {"parents": (OLD,), **more}
    return labels([first, patch(subject, "b@doe.example", 1, (edit(path),), **more)])


def test_the_next_number_that_answers_in_another_file():
    """An author's v2 in the thread of v1 may go another way; half of the title is enough."""
    assert len(answered("[PATCH v2] lamps: Solder wires for halls")) == 1


@pytest.mark.parametrize(
    ("subject", "more"),
    [
        ("[PATCH v2] lamps: Solder wires for halls", {"parents": ()}),
        ("[PATCH v3] lamps: Solder wires for halls", {"sender": ROB}),
        ("[PATCH v2] lamps: Test it", {}),
        ("[PATCH] lamps: Wires and the hall", {}),
    ],
    ids=["no answer", "another sender", "another title", "no number"],
)
def test_an_answer_that_is_no_next_number(subject, more):
    """Other work in a thread needs more than to be an answer."""
    assert len(answered(subject, **more)) == 2


def unlabelled(notes, title="Mend the timer", day=9):
    """Return the previous of a patch behind v1 and v2 of one title."""
    mails = [
        patch("[PATCH] timer: Mend the timer", "one@doe.example"),
        patch("[PATCH v2] timer: Mend the timer", "two@doe.example", 3, (edit(added="b"),)),
        patch(f"[PATCH] timer: {title}", "new@doe.example", day, (edit(added="c"),), notes=notes),
    ]
    (new,) = [
        one
        for chain in link_series(group(*mails))
        for one in chain.series
        if one.ref.message_id == "new@doe.example"
    ]
    return new.previous.message_id if new.previous else None


@pytest.mark.parametrize(
    "notes",
    [
        "v3: a lock\n",
        "v3:\n - a lock\nv2:\n - a name\n",
        "Changes in v3:\n - a lock\n",
        "Changes in v3 (thanks to Rob)\n",
        " * v3 - a lock\n",
        "Changes since v2:\n - a lock\n",
        "v2 -> v3: a lock\n",
    ],
)
def test_the_next_number_that_only_the_change_log_tells(notes):
    """`[PATCH] x` behind `[PATCH v2] x` follows v2 where its notes say what changed since."""
    assert unlabelled(notes) == "two@doe.example"


def unlabelled_later(notes, title="Mend the timer"):
    """Return the same, months later, where the title alone tells nothing."""
    return unlabelled(notes, title, day=90)


@pytest.mark.parametrize(
    "other",
    [
        {"notes": ""},
        {"notes": "v5: a lock\n"},
        {"notes": "The v3: of the chip\n"},
        {"notes": "v1: first\n"},
        {"notes": "v3: a lock\n", "title": "Read the clock"},
    ],
    ids=["no log", "another number", "in a sentence", "v1", "another title"],
)
def test_a_change_log_that_tells_no_next_number(other):
    """Months later the title does not tell it, without a heading of the number behind v2."""
    assert unlabelled_later("v3: a lock\n") == "two@doe.example"
    assert unlabelled_later(**other) != "two@doe.example"


def test_a_lone_patch_that_comes_again_with_a_cover_letter():
    """A patch that is sent again within hours, below a cover letter, is the same work."""
    first = patch("[PATCH v2] Mend part one", OLD, edits=(edit("virt/one.c"),))
    again = {"cover": "The parts"}
    link = only_link(first, make_series("PATCH v2", "two", 0.05, ["Mend part one"], **again))
    assert link.newer.message_id == "two-0@doe.example"
    for title, day, tag, path in (
        ("Mend part one", 3, "PATCH v2", "virt/one.c"),
        ("Mend part one", 0.05, "PATCH v2", "virt/other.c"),
        ("Mend part six", 0.05, "PATCH v2", "virt/one.c"),
    ):
        first = patch("[PATCH v2] Mend part one", OLD, edits=(edit(path),))
        assert len(labels([first, *make_series(tag, "two", day, [title], **again)])) == 2
