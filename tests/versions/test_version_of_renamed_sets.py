"""The previous version where a set is renamed, numbered anew, or one of several in a chain."""

import pytest

from kvminbox import link_series
from kvminbox.versions.before import find_compared, name_version, trace_line
from tests.versions.version_mails import ROB, edit, group, make_series, patch

TITLES = ("Lock the timer", "Read the clock", "Mend the alarm", "Wind the watch")
BEFORE = (*TITLES[:2], "Sort the springs", "Oil the wheels")
NEXT = "three-0@doe.example"


def previous(*messages):
    """Return the id of the version that the series `NEXT` is compared with; None without one."""
    for chain in link_series(group(*messages)):
        for one in chain.series:
            if one.ref.message_id == NEXT:
                found = find_compared(chain, one)
                return found.ref.message_id if found else None
    raise AssertionError


def send_sets(**more):
    """Return the mails of an RFC that comes again as two sets of three versions each.

    The first one, `before`, is preliminary to the second one.
    """
    first = {"cover": "timer: rearrangements preliminary to exact time"}
    other = {"cover": "timer: add exact time"}
    rfc = {"cover": "timer: give everybody the exact time"}
    return [
        *make_series("RFC PATCH", "rfc", 0, (*TITLES, *BEFORE), **rfc),
        *make_series("PATCH", "before-one", 100, BEFORE, **first),
        *make_series("PATCH v2", "before-two", 103, BEFORE, code="2", **first),
        *make_series("PATCH v3", "before-three", 110, BEFORE, code="3", **first),
        *make_series("PATCH", "one", 180, TITLES, **other),
        *make_series("PATCH v2", "two", 190, TITLES, code="2", **other),
        *make_series("PATCH v3", "three", 220, TITLES, code="3", **other, **more),
    ]


@pytest.mark.parametrize("text", ["", "v2:\n - https://mail.example/r/two-0@doe.example/T/#u\n"])
def test_a_preliminary_set_with_the_same_number_is_not_the_previous_version(text):
    """What is known of the two counts more than a number that another set of the chain has."""
    assert previous(send_sets(cover_text=text)) == "two-0@doe.example"


def test_the_line_of_a_version_has_its_own_set_alone():
    """It names the versions before and behind, an RFC as one, and none of the other set's."""
    series = group(*send_sets(), *make_series("PATCH v4", "four", 230, TITLES, code="4",
                                              cover="timer: add exact time"))  # fmt: skip
    (chain,) = link_series(series)
    for identity in ("two-0@doe.example", NEXT):
        (one,) = (one for one in chain.series if one.ref.message_id == identity)
        line = trace_line(chain, one)
        assert [name_version(other) for other in line] == ["RFC v1", "v1", "v2", "v3", "v4"]
        assert not any("before" in (other.ref.message_id or "") for other in line)


WAYS = (
    "v2: {}",
    "v2:\n{}",
    "v2:\n - Mend more.\n - Lock less, as the springs\n   are rusty.\n - {}",
    "Changes:\n\nv2\n * Mend more.\n * {}\n",
    "[v2] {}",
    "Link to v2 [1]\n\n[1] {}\n",
)
"""How a text links to v2, of another title."""


@pytest.mark.parametrize("tail", ["", "/", "/T/#u", "/t.mbox.gz"])
@pytest.mark.parametrize("way", WAYS)
def test_a_link_counts_with_what_stands_behind_its_id(way, tail):
    """A link to a thread, `…/T/#u`, or last in the list below `v2:`, is one to v2."""
    text = way.format(f"https://mail.example/r/two-0@doe.example{tail}")
    old = make_series("PATCH v2", "two", 0, TITLES[:2], cover="Hold all of the clocks")
    new = make_series("PATCH v3", "three", 9, TITLES[:2], code="3", cover_text=text)
    (chain,) = link_series(group(old, new))
    assert chain.links[0].reasons[0] == "it links to the older one as v2"


@pytest.mark.parametrize(
    "text",
    [
        "This is but an RFC, until the other patches\nhttps://mail.example/two-0@doe.example/T/#u",
        "v4:\n - https://mail.example/r/two-0@doe.example/\n",
        "v2:\n - Mend more.\n\nhttps://mail.example/r/two-0@doe.example/\n",
    ],
)
def test_a_link_below_other_words_is_to_anything(text):
    """A sentence above a link, another number, and a list that has ended make it no version."""
    old = make_series("PATCH v2", "two", 0, TITLES[:2], cover="Hold all of the clocks")
    new = make_series("RFC PATCH v2", "three", 9, TITLES[1:3], code="3", cover_text=text)
    reasons = [reason for chain in link_series(group(old, new)) for link in chain.links
               for reason in link.reasons]  # fmt: skip
    assert not any("it links to the older one" in reason for reason in reasons)


def renumber(tag="RFC PATCH", titles=TITLES):
    """Return what a set of three versions, that begins again and links to v3, is compared with."""
    old = [
        make_series(label, identity, day, TITLES, code=identity)
        for label, identity, day in (("PATCH v2", "two", 0), ("PATCH v3", "old", 9))
    ]
    links = "v3:\n - Mend more.\n - https://mail.example/old-0@doe.example/\n\nv2:\n - https://mail.example/two-0@doe.example/T/#t\n"
    return previous(*old, make_series(tag, "three", 20, titles, cover_text=links))


def test_a_set_without_a_number_follows_the_version_that_it_links_to():
    """An RFC in place of v3 is compared with v3, the latest that its text names."""
    assert renumber() == "old-0@doe.example"


@pytest.mark.parametrize(
    "other",
    [{"tag": "PATCH v1"}, {"titles": ("Paint the wall", "Mow the lawn")}],
    ids=["a stated number", "other work"],
)
def test_a_stated_lower_number_or_other_work_follows_nothing(other):
    """What states v1, or is other work, is no version behind v3."""
    assert renumber(**other) is None


def test_somebody_elses_versions_are_not_its_own():
    """A cover letter tells where another's work, with some of its patches, was sent."""
    rob = make_series(
        "RFC PATCH v2", "rob", 3, (*TITLES[:2], *"abcdefgh"), cover="Add a clock", sender=ROB
    )
    own = make_series("RFC PATCH", "one", 0, TITLES, cover="Improve time")
    text = "Needed for Rob's sets\n(v1: https://mail.example/none@doe.example/T/#u\n v2: https://mail.example/rob-0@doe.example/T/#u).\n"
    new = make_series("PATCH v2", "three", 9, TITLES, cover="Improve the flow", cover_text=text)
    assert previous(own, rob, new) == "one-0@doe.example"


def take(sender=ROB, tag="PATCH"):
    """Return a set of four, and one patch of it that is sent alone, as its id and links."""
    whole = make_series("PATCH", "one", 0, TITLES)
    lone = patch(
        f"[{tag}] {TITLES[1]}", NEXT, 9, edits=(edit("virt/clock.c", TITLES[1]),), sender=sender,
        text="From: Jane Doe <jane@doe.example>\n\nSome words.\n",
    )  # fmt: skip
    return whole, lone


def test_a_patch_that_somebody_takes_out_is_no_version():
    """It is linked to the author's set by words that are true, and compared with nothing."""
    (chain,) = link_series(group(*take()))
    assert [(link.relation, link.reasons) for link in chain.links] == [
        ("partial_reroll", ("its patches are some of the author's older ones",))
    ]
    assert previous(*take()) is None


@pytest.mark.parametrize("more", [{"sender": "Jane Doe <jane@doe.example>"}, {"tag": "PATCH v2"}])
def test_a_patch_that_is_sent_alone_is_compared(more):
    """The sender's own, and one with the next number, is compared with the set that it is of."""
    assert previous(*take(**more)) == "one-0@doe.example"


def test_the_set_with_more_of_its_patches_is_the_previous_version():
    """What answers an RFC, but has more patches of the set that followed it, follows that one."""
    rfc, rest = TITLES[:3], BEFORE[2:]
    more = ("Hang the clock", "Set the hour", "Ring the bell", "Open the case", "Call the smith")
    new = (rfc[2], *rest, "Paint the dial", "Clean the glass", more[0])
    mails = [
        *make_series("RFC PATCH", "rfc", 0, rfc, cover="Move the timer"),
        *make_series("PATCH", "all", 3, (*rfc, *rest, *more), cover="Sort all timers out",
                     parents=("rfc-0@doe.example",)),
        *make_series("PATCH", "three", 70, new, cover="Final bits of the timer",
                     parents=("rfc-0@doe.example",)),
    ]  # fmt: skip
    assert previous(mails) == "all-0@doe.example"


def test_a_number_that_was_sent_again_with_the_same_links_follows_itself():
    """Of two v2 that both link to v1, the later one follows the earlier one."""
    text = "v1:\n - https://mail.example/old-0@doe.example/T/#u\n"
    old = make_series("PATCH", "old", 0, TITLES)
    two = make_series("PATCH v2", "two", 1, TITLES, code="2", cover_text=text)
    again = make_series("PATCH v2", "three", 30, TITLES, code="3", cover_text=text)
    assert previous(old, two, again) == "two-0@doe.example"
    new = make_series("PATCH v2", "two", 1, TITLES, code="2")
    assert previous(old, new, again) == "old-0@doe.example"
