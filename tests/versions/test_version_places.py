"""Lone patches of one file that are several fixes, not several tries at one."""

import pytest

from kvminbox import link_series, read_message
from kvminbox.sample.compose import Draft, Edit, compose_mail
from kvminbox.versions.places import MAX_DIFF, Place, are_apart, are_far, do_meet, find_places
from tests.versions.version_mails import DAY, JANE, START, group

LINES = tuple(f"line {number}" for number in range(40))
BASE = "aaaaaaa..bbbbbbb"
SET = "clock: Check the return value in lamp_set_alarm()"
READ = "clock: Check the return value in lamp_read_alarm()"


def change(at, *lines):
    """Return an edit of the file in which one line is replaced."""
    return Edit("virt/clock.c", LINES, (*LINES[:at], *(lines or ("checked",)), *LINES[at + 1 :]))


def fix(title, identity, at, minutes=0, tag="PATCH", blobs=BASE, **more):
    """Return a lone patch that replaces a line, made from a blob."""
    edits = more.pop("edits", (change(at),))
    draft = Draft(
        more.pop("sender", JANE),
        f"[{tag}] {title}",
        f"{identity}@doe.example",
        "Words.\n",
        edits,
        **more,
    )
    sent = compose_mail(draft, START + int(minutes * DAY / 1440))
    return read_message(sent.replace(b"--- a/", f"index {blobs} 100644\n--- a/".encode()))


def links(*messages):
    """Return the links of some mails, as the ids of their two ends."""
    found = (link for chain in link_series(group(*messages)) for link in chain.links)
    return sorted((link.older.message_id[:3], link.newer.message_id[:3]) for link in found)


@pytest.mark.parametrize("title", [READ, SET])
def test_fixes_of_other_lines_are_no_versions(title):
    """Two fixes of one blob within minutes, in other lines, stay two, whatever their titles."""
    assert links(fix(SET, "one", 5), fix(title, "two", 20, 1)) == []


def test_five_fixes_stay_five():
    """Of several fixes of one file none follows another, as two of them have one title."""
    places = [(SET, 2), (READ, 8), (READ, 14), (SET, 20), ("clock: Lock the lamp", 26)]
    sent = [fix(title, f"no{n}", at, n) for n, (title, at) in enumerate(places)]
    assert links(*sent) == []


def test_fixes_one_on_the_other_are_no_versions():
    """A fix made from what an earlier one leaves, in other lines, does not follow it."""
    three = "clock: Check the return value in lamp_set_time()"
    sent = [
        fix(SET, "one", 5),
        fix(READ, "two", 20, 1, blobs="bbbbbbb..ccccccc"),
        fix(three, "six", 30, 2, blobs="ccccccc..ddddddd"),
    ]
    assert links(*sent) == []


@pytest.mark.parametrize(
    "more",
    [
        {"title": "clock: Check the returned value in lamp_set_alarm()", "minutes": 60},
        {"edits": (change(5, "checked", "and returned"),)},
        {"edits": (change(6),)},
        {"at": 20, "tag": "PATCH v2"},
        {"at": 20, "tag": "PATCH v2", "title": READ},
        {"at": 20, "tag": "PATCH RESEND"},
        {"at": 20, "minutes": 300},
        {"at": 20, "blobs": "ccccccc..ddddddd"},
        {"at": 5, "blobs": "ccccccc..ddddddd"},
        {"at": 5, "blobs": "bbbbbbb..ccccccc", "edits": (change(5, "again"),)},
    ],
    ids=[
        "a typo in the title", "more lines", "the next line", "a number", "a number and title",
        "marked RESEND", "hours later", "another blob", "the same patch", "on top of it",
    ],
)  # fmt: skip
def test_what_is_sent_again_is_a_version(more):
    """The same lines, a higher number, RESEND, or what can't be compared, still link two."""
    second = fix(**{"title": SET, "identity": "two", "at": 5, "minutes": 1, **more})
    assert links(fix(SET, "one", 5), second) == [("one", "two")]


ON_TOP = {"blobs": "bbbbbbb..ccccccc", "edits": (change(5, "again"),)}


@pytest.mark.parametrize(
    "more",
    [
        {"title": "clock: Check the returned value in lamp_set_alarm()"},
        {"title": "clock: Check it", "parents": ("one@doe.example",)},
        {"title": "clock: Check it", "parents": ("one@doe.example", "remark@doe.example")},
        {"edits": (change(20),)},
    ],
    ids=["nearly one title", "an answer", "an answer to a remark", "other lines"],
)
def test_what_is_made_on_top_of_a_fix_does_not_replace_it(more):
    """A patch without a number, of the file as another one leaves it, is no version of that."""
    more = {**ON_TOP, **more}
    assert links(fix(SET, "one", 5), fix(**{"title": SET, "identity": "two", "at": 5,
                                            "minutes": 300, **more})) == []  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"tag": "PATCH v2"},
        {"notes": "Supersedes: <one@doe.example>\n"},
        {"blobs": "0000000..ccccccc", "edits": (Edit("virt/clock.c", (), ("again",)),)},
    ],
    ids=["a number", "words", "a file that is not there"],
)
def test_what_is_made_on_top_by_mistake_is_a_version(more):
    """With a number, or words that name the older one, it follows, whatever it is made from."""
    first = fix(SET, "one", 5)
    if "edits" in more:
        gone = (Edit("virt/clock.c", ("gone",), ()),)
        first = fix(SET, "one", 5, blobs="aaaaaaa..0000000", edits=gone)
    assert links(first, fix(**{"title": SET, "identity": "two", "at": 5, "minutes": 300,
                               **ON_TOP, **more})) == [("one", "two")]  # fmt: skip


LONG = tuple(f"line {number}" for number in range(2_500))


def long_fix(identity, at, minutes=0, added="checked", **more):
    """Return a fix of a long file, made from a blob of its own."""
    edits = (Edit("virt/clock.c", LONG, (*LONG[:at], added, *LONG[at + 1 :])),)
    blobs = f"{identity[0] * 7}..{identity[1] * 7}"
    return fix(SET, identity, 0, minutes, edits=edits, blobs=blobs, **more)


def test_a_fix_far_away_is_no_version():
    """The same done a thousand lines from there, days later and without a number, is another."""
    assert links(long_fix("abc", 900), long_fix("def", 2_000, 9_000)) == []


def test_a_fix_far_away_does_not_leave_out_a_number():
    """Nor does it follow a v2 of its title, whose number may have been left out."""
    assert links(long_fix("abc", 900, tag="PATCH v2"), long_fix("def", 2_100, 9_000)) == []


def test_many_pieces_are_compared_at_once():
    """Of files with thousands of pieces it is found out by one walk whether some are near."""
    many = tuple((begin, begin + 1) for begin in range(0, 40_000_000, 4_000))
    here = frozenset([Place("virt/clock.c", "a", "b", many, many)])
    there = tuple((begin + 2_000, begin + 2_001) for begin, _ in many)
    assert are_far(here, frozenset([Place("virt/clock.c", "c", "d", there, there)]))
    near = (*there[:-1], (many[-1][0] + 1_001, many[-1][0] + 1_002))
    assert not are_far(here, frozenset([Place("virt/clock.c", "c", "d", near, near)]))


def test_the_same_fix_of_a_file_that_grew_is_sent_again():
    """The same change, a thousand lines further down in a file that grew, is the same patch."""
    base = (*("more",) * 1_200, *LONG)
    moved = (Edit("virt/clock.c", base, (*base[:2_100], "checked", *base[2_101:])),)
    later = fix(SET, "def", 0, 9_000, edits=moved, blobs="ddddddd..eeeeeee")
    assert links(long_fix("abc", 900), later) == [("abc", "def")]


@pytest.mark.parametrize(
    "more",
    [{"at": 1_800}, {"tag": "PATCH v2"}],
    ids=["nearer", "a number"],
)
def test_a_fix_that_was_moved_is_a_version(more):
    """Nearer, or with a number, it may be the same."""
    more = {"at": 2_000, **more}
    assert links(long_fix("abc", 900), long_fix("def", minutes=9_000, **more)) == [("abc", "def")]


def test_a_corrected_fix_follows_its_own():
    """A fix sent again with a better title follows the one of its lines, not its neighbour."""
    better = "clock: Check the returned value in lamp_set_alarm()"
    again = fix(better, "six", 5, 9, edits=(change(5, "checked", "twice"),))
    assert links(fix(SET, "one", 5), fix(READ, "two", 20, 1), again) == [("one", "six")]


def test_each_next_number_follows_its_own():
    """Of two fixes that come again as v2, each follows the one of its title."""
    first = [fix(SET, "one", 5), fix(READ, "two", 20, 1)]
    second = [fix(SET, "s-1", 5, 2000, "PATCH v2"), fix(READ, "s-2", 20, 2001, "PATCH v2")]
    assert links(*first, *second) == [("one", "s-1"), ("two", "s-2")]


@pytest.mark.parametrize(("first", "then"), [("PATCH", "PATCH v2"), ("RFC PATCH", "PATCH")])
def test_a_later_number_at_once_is_a_version(first, then):
    """A higher number, and what was an RFC, is a version by its title, a minute later, too."""
    (chain,) = link_series(group(fix(SET, "one", 5, tag=first), fix(SET, "two", 20, 1, tag=then)))
    (link,) = chain.links
    assert "title and sender are the same" in link.reasons


def test_fixes_that_come_again_in_one_series_are_no_versions():
    """A series that collects two fixes of one file follows both, and neither follows the other."""
    both = [
        fix(title, f"al{n}", at, 9000, f"PATCH {n}/2", parents=("al1@doe.example",) * (n > 1))
        for n, (title, at) in enumerate([(SET, 5), (READ, 20)], 1)
    ]
    found = links(fix(SET, "one", 5), fix(READ, "two", 20, 1), *both)
    assert found == [("one", "al1"), ("two", "al1")]


DIFF = """\
diff --git a/x.c b/x.c
index 1111111..2222222 100644
--- a/x.c
+++ b/x.c
@@ -3,3 +3,4 @@ one()
 a
+b
+c
-d
 e
@@ -20,2 +21,1 @@ two()
 f
-g
\\ No newline at end of file
"""


def test_places_of_a_diff():
    """Lines that were changed together are one piece, before and after the change."""
    place = Place("x.c", "1111111", "2222222", ((4, 5), (21, 22)), ((4, 6), (22, 22)))
    assert find_places(DIFF) == {place}


@pytest.mark.parametrize(
    "diff",
    ["", "Words.\n", DIFF.replace("index", "endix"), DIFF.replace("-3,3", "-3,9"),
     DIFF + "x" * MAX_DIFF, DIFF.replace("2222222", ""),
     DIFF + DIFF.replace("x.c", "y.c").replace("index", "endix")],
    ids=["empty", "no diff", "no blobs", "damaged", "large", "half a blob", "one file without"],
)  # fmt: skip
def test_no_places_where_they_are_not_sure(diff):
    """A diff that is damaged, very large or without blobs has no places."""
    assert find_places(diff) == frozenset()


@pytest.mark.parametrize(
    ("mine", "yours", "meet"),
    [
        (((1, 2), (9, 12), (30, 31)), ((4, 5), (20, 22)), False),
        (((1, 2), (9, 12), (30, 31)), ((4, 5), (20, 30)), True),
        (((4, 4),), ((1, 2), (4, 4)), True),
        (((4, 4),), (), False),
    ],
)
def test_pieces_of_two_patches(mine, yours, meet):
    """Pieces meet where they have a line in common or are side by side, in either order."""
    one = frozenset({Place("x.c", "1111111", "2222222", mine, mine)})
    other = frozenset({Place("x.c", "1111111", "3333333", yours, yours)})
    assert do_meet(one, other) == do_meet(other, one) == meet
    assert are_apart(one, other) == are_apart(other, one) == (not meet)


def test_two_patches_without_a_common_file_are_not_compared():
    """Patches of two files are neither apart in one, nor do they meet."""
    one, other = find_places(DIFF), find_places(DIFF.replace("x.c", "y.c"))
    assert (are_apart(one, other), do_meet(one, other)) == (False, False)
