"""What became of remarks on a series that was divided into two."""

from kvminbox import link_series
from kvminbox.remarks import follow_up
from tests.versions.version_mails import ROB, group, mail, make_series

TITLES = ["lamps: light the hall", "lamps: light the attic", "lamps: light the shed"]


def test_a_remark_is_followed_in_the_part_that_has_its_patch():
    """Of two v2s and a v3 of the second, each remark is compared with the v2 of its patch."""
    old = make_series("PATCH", "old", 0, TITLES, "Light all")
    quoted = [f"> +{title}\nWhy?\n" for title in TITLES]
    said = [
        mail(f"Re: [PATCH {n}/3] {TITLES[n - 1]}", f"re-{n}@x", 1, ROB, text=quoted[n - 1],
             parents=(f"old-{n}@doe.example",))
        for n in (1, 3)
    ]  # fmt: skip
    link = "- Link to v1: https://lore.example/r/old-0@doe.example"
    first = make_series("PATCH v2", "first", 7, TITLES[:2], "Light all", cover_text=link)
    rest = make_series("PATCH v2", "rest", 7.1, TITLES[2:], "Light sheds", cover_text=link)
    last = make_series("PATCH v3", "last", 9, TITLES[2:], "Light sheds")
    mails = [*old, *said, *first, *rest, *last]
    (chain,) = link_series(group(old, first, rest, last))
    found = {one.remark.message_id: one.next.message_id for one in follow_up(chain, mails)}
    assert found == {"re-1@x": "first-0@doe.example", "re-3@x": "rest-0@doe.example"}
