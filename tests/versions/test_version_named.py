"""Older versions that are named by links below a heading, or that grew into a larger series."""

import pytest

from kvminbox import link_series
from tests.versions.test_version_chains import labels
from tests.versions.version_mails import JANE, ROB, edit, group, make_series, patch

TITLES = ["lamps: light the hall", "lamps: light the attic", "lamps: light the shed"]
OLD = "https://lore.example/r/old-0@doe.example/"


def followed(chains):
    """Return the pairs of ids that links join, without the parts behind the first sign."""
    pairs = ((link.older.message_id, link.newer.message_id) for one in chains for link in one.links)
    return {(old.split("@")[0], new.split("@")[0]) for old, new in pairs}


def next_of_links(text, tag="PATCH v4", titles=("lamps: dim the hall",), cover="Dim them"):
    """Return the links of a v3 of other titles and of a series that links to it."""
    old = make_series("PATCH v3", "old", 0, ["lamps: find the hall"], "Find lamps")
    new = make_series(tag, "new", 400, list(titles), cover, cover_text=text)
    return followed(link_series(group(old, new)))


def test_a_link_below_the_changes_of_its_own_number():
    """Below `Changes in v4:` a link to v3 tells what v4 goes on with."""
    assert next_of_links(f"Changes in v4:\n {OLD}\n - dim them") == {("old-0", "new-0")}
    assert next_of_links(f"Changes in v4: {OLD}\n - dim them") == {("old-0", "new-0")}


@pytest.mark.parametrize(
    "more",
    [
        {"text": f"Changes in v5:\n {OLD}"},
        {"text": f"v4 wants {OLD}", "cover": "Find lamps", "titles": ["lamps: sell the shop"]},
        {"text": f"Changes in v5: {OLD}", "tag": "PATCH v5"},
        {"text": f"Changes in v4: {OLD}", "titles": ["lamps: sell the shop"]},
    ],
    ids=["another number", "other words", "a number between", "other files"],
)
def test_a_link_beside_a_number_that_is_about_something_else(more):
    """A link beside a number that is not the older one's needs the next number and one file."""
    assert next_of_links(**more) == set()


def test_several_links_below_one_heading():
    """Two halves of v3 that v4 lists below one heading are both superseded."""
    first = patch(
        "[PATCH v3 1/4] lamps: light the hall", "old-1@doe.example", 0, (edit("virt/hall.c"),)
    )
    rest = make_series("PATCH v3", "rest", 1, TITLES[1:], "Light the others")
    text = f"Changes in v4:\n {OLD.replace('old-0', 'old-1')}\n {OLD.replace('old', 'rest')}"
    new = make_series(
        "PATCH v4", "new", 400, ["lamps: dim the hall", TITLES[1]], "x", cover_text=text
    )
    assert len(link_series(group([first], rest, new))) == 1


def answer_linked(link="answer@roe.example", title="lamps: mend many a switch here", **more):
    """Return the chains of an RFC, another work, and a v2 that links to something as v1."""
    old = patch("[RFC PATCH] lamps: mend many a switch there", "old-0@doe.example", 0)
    other = patch("[PATCH] doors: oil them", "other@doe.example", 0.5, (edit("doors.c"),))
    notes = f"Changes since v1: https://lore.example/r/{link}/\n"
    more = {"day": 3, "notes": notes, "edits": (edit(added="another line"),), **more}
    return labels([old, other, patch(f"[PATCH v2] {title}", "new@doe.example", **more)])


def test_a_link_to_an_answer_of_the_older_thread():
    """A link to a mail that is no version here does not part two of one sender and title."""
    assert len(answer_linked()) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"link": "other@doe.example"},
        {"day": 40},
        {"sender": ROB},
        {"title": "lamps: mend few locks and keys", "day": 3},
        {"edits": (edit(), edit("lamps.c"))},
    ],
    ids=["another work", "weeks later", "another sender", "another title", "another file"],
)
def test_a_link_to_what_is_not_here_parts_two(more):
    """Where the two are less like, the linked mail is taken for another version, not here."""
    assert len(answer_linked(**more)) == 3


def grown(tag="PATCH", sender=JANE, titles=(*TITLES[:2], *(f"doors: oil {n}" for n in "abcd"))):
    """Return the chains of an RFC of three patches and of a larger series."""
    old = make_series("RFC PATCH", "old", 0, TITLES, "Do we want light")
    return labels([*old, *make_series(tag, "new", 9, titles, "Oil all", sender=sender)])


def test_most_patches_of_an_rfc_come_again_in_a_larger_series():
    """Two of three patches of an RFC make the larger series without the mark its next version."""
    assert len(grown()) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"sender": ROB},
        {"tag": "RFC PATCH"},
        {"titles": (TITLES[0], *(f"doors: oil {letter}" for letter in "abcde"))},
    ],
    ids=["another sender", "an RFC still", "one patch"],
)
def test_what_has_not_grown_from_an_rfc(more):
    """One patch of three, or another sender's, makes no next version."""
    assert len(grown(**more)) == 2


def divided(text):
    """Return the links of a v1 and the two v2s into which it was divided, with one change-id."""
    text = f"{text}\nchange-id: 20240101-lamps-0123456789ab"
    old = make_series("PATCH", "old", 0, TITLES, "Light all", cover_text=text)
    text = f"Changes in v2:\n- Link to v1: {OLD}\n\n{text}"
    mine = make_series("PATCH v2", "mine", 7, TITLES[:2], "Light all", cover_text=text)
    rest = make_series("PATCH v2", "rest", 7.1, TITLES[2:], "Light sheds", cover_text=text)
    text = text.replace("v1", "v2").replace("old", "rest").replace("in v2", "in v3")
    last = make_series("PATCH v3", "last", 9, TITLES[2:], "Light sheds", cover_text=text)
    return followed(link_series(group(old, mine, rest, last)))


def test_a_link_is_surer_than_a_change_id_that_was_kept():
    """Of two v2s with one change-id, each follows the v1 to which it links, not the other."""
    links = divided("Light.")
    assert {("old-0", "mine-0"), ("old-0", "rest-0")} <= links
    assert ("mine-0", "rest-0") not in links


def test_the_half_that_was_not_sent_again_is_not_superseded():
    """A v3 of one half does not follow the other half, though the change-id is the same."""
    links = divided("Light.")
    assert ("rest-0", "last-0") in links
    assert ("mine-0", "last-0") not in links
