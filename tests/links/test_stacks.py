"""What series build on, and the order in which they apply."""

import subprocess
from itertools import pairwise

import pytest

from kvminbox import link_series
from kvminbox.links import draw_dependences, find_dependences, order_patches, order_stack
from kvminbox.models import Dependence, SeriesRef
from kvminbox.series import group_series
from tests.remarks.remark_mails import ADA, read_mail


def diff(path, *lines, new=False):
    """Return a diff that makes a file, or adds lines to one of a line."""
    added = "".join(f"+{line}\n" for line in lines)
    if new:
        head = f"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n"
        return f"{head}+++ b/{path}\n@@ -0,0 +1,{len(lines)} @@\n{added}"
    head = f"diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n"
    return f"{head}@@ -1,1 +1,{1 + len(lines)} @@\n one\n{added}"


def patch(identity, title, change, tail="", tag="PATCH", hour=0):
    """Return a lone patch, with lines of git below its diff."""
    text = f"Words.\n\nSigned-off-by: {ADA}\n---\n{change}{tail}-- \n2.43.0\n"
    return read_mail(identity, f"[{tag}] {title}", text, ADA, hour=hour)


FIRST = patch("a@x", "lamp: make it", diff("lamp.c", "one", new=True))
SECOND = patch(
    "b@x",
    "lamp: two",
    diff("lamp.c", "two"),
    f"prerequisite-patch-id: {FIRST.patch_id()}\n",
    hour=1,
)
THIRD = patch(
    "c@x",
    "bulb: make it",
    diff("bulb.c", "one", new=True),
    "prerequisite-message-id: <b@x>\n",
    hour=2,
)


def chains(*mails):
    """Return the chains of some mails."""
    return link_series(group_series(mails))


def test_bases_are_found_by_each_kind_of_id():
    """By patch-id, as git writes it, and by Message-ID, as b4 does."""
    found = find_dependences(chains(THIRD, FIRST, SECOND))
    told = {(one.series.message_id, one.kind, one.base.message_id, one.state) for one in found}
    assert told == {("b@x", "patch-id", "a@x", "found"), ("c@x", "message-id", "b@x", "found")}


def test_a_missing_base_and_a_superseded_one_are_told():
    """What the corpus does not hold; and of what it holds, whether a newer version came."""
    newer = patch(
        "a2@x", "lamp: make it", diff("lamp.c", "one", "half", new=True), tag="PATCH v2", hour=9
    )
    (found,) = find_dependences(chains(SECOND))
    assert (found.state, found.base) == ("missing", None)
    (found,) = find_dependences(chains(FIRST, SECOND, newer))
    assert (found.state, found.base.message_id, found.newest.message_id) == (
        "superseded",
        "a@x",
        "a2@x",
    )


def test_the_order_is_the_one_in_which_git_applies_them(tmp_path):
    """`git am` takes the mails in this order, and in no other."""
    found = find_dependences(chains(THIRD, SECOND, FIRST))
    last = next(one.series for one in found if one.series.message_id == "c@x")
    order = [ref.message_id for ref in order_stack(last, found)]
    assert order == ["a@x", "b@x", "c@x"]
    mails = {mail.message_id: mail for mail in (FIRST, SECOND, THIRD)}
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@silicon.example", "-C", tmp_path]
    subprocess.run([*git, "init", "-q"], check=True)

    def apply(identity):
        one = mails[identity]
        head = f"From: {ADA}\nSubject: {one.subject.raw}\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n"
        text = f"{head}\n{one.body}"
        ran = subprocess.run([*git, "am", "-q"], input=text.encode(), capture_output=True)
        if ran.returncode:
            subprocess.run([*git, "am", "--abort"], capture_output=True)
        return ran.returncode == 0

    assert not apply("b@x")
    assert all(map(apply, order))


def test_a_circle_ends():
    """Two series that name each other are listed once each."""
    one = patch(
        "a@x", "lamp: one", diff("a.c", "one", new=True), "prerequisite-message-id: <b@x>\n"
    )
    two = patch(
        "b@x", "bulb: two", diff("b.c", "one", new=True), "prerequisite-message-id: <a@x>\n"
    )
    found = find_dependences(chains(one, two))
    assert {ref.message_id for ref in order_stack(found[0].series, found)} == {"a@x", "b@x"}


def test_a_long_stack_needs_no_deep_stack():
    """A thousand series, each upon the one before, are put into order."""
    refs = [SeriesRef(message_id=f"{n}@x", title="", revision=1, date=None) for n in range(1200)]
    found = [
        Dependence(series=after, kind="message-id", value="v", base=before)
        for before, after in pairwise(refs)
    ]
    assert order_stack(refs[-1], found) == tuple(refs)


@pytest.mark.parametrize("title", ['lamp: "]; evil [label="', "lamp: \\", "lamp: \u202egnp"])
def test_a_drawing_is_safe(title):
    """A title can't leave its label, nor turn its direction."""
    found = find_dependences(
        chains(patch("b@x", title, diff("a.c", "one"), "prerequisite-message-id: <lost@x>\n"))
    )
    text = draw_dependences(found)
    assert text.startswith("digraph series {\n")
    assert "\u202e" not in text
    plain = text.replace("\\\\", "").replace('\\"', "")
    assert plain.count('"') == 4
    assert "lost@x" in text and "style=dotted" in text


def test_of_a_base_only_the_patches_that_are_named_are_listed():
    """A last patch that is revised alone builds on the others of the old version, by patch-id."""
    head = patch("s-0@x", "lamps", "", tag="PATCH 0/2")
    one = patch("s-1@x", "lamp: make it", diff("lamp.c", "one", new=True), tag="PATCH 1/2")
    two = patch("s-2@x", "bulb: make it", diff("bulb.c", "one", new=True), tag="PATCH 2/2")
    tail = f"prerequisite-patch-id: {one.patch_id()}\n"
    change = diff("bulb.c", "two", new=True)
    newer = patch("t-2@x", "bulb: make it", change, tail, tag="PATCH v2 2/2", hour=3)
    linked = chains(head, one, two, newer)
    last = next(s for chain in linked for s in chain.series if newer in s.patches)
    assert [one.message_id for one in order_patches(last, linked)] == ["s-1@x", "t-2@x"]


def test_a_base_that_is_named_twice_is_listed_once():
    """By Message-ID and by the patch-ids of its patches, as b4 does, or sent once more."""
    again = patch("a2@x", "lamp: make it", diff("lamp.c", "one", new=True), hour=1)
    tail = f"prerequisite-message-id: <a@x>\nprerequisite-patch-id: {FIRST.patch_id()}\n"
    top = patch("b@x", "lamp: two", diff("lamp.c", "two"), tail, hour=2)
    linked = chains(FIRST, again, top)
    last = next(s for chain in linked for s in chain.series if top in s.patches)
    assert [one.message_id for one in order_patches(last, linked)] == ["a2@x", "b@x"]


def test_whole_bases_are_listed_below_what_they_build_on():
    """Of a chain of Message-IDs the lowest comes first; a circle ends."""
    linked = chains(THIRD, SECOND, FIRST)
    last = next(s for chain in linked for s in chain.series if THIRD in s.patches)
    assert [one.message_id for one in order_patches(last, linked)] == ["a@x", "b@x", "c@x"]
    one = patch("p@x", "lamp: p", diff("p.c", "one", new=True), "prerequisite-message-id: <q@x>\n")
    two = patch("q@x", "bulb: q", diff("q.c", "one", new=True), "prerequisite-message-id: <p@x>\n")
    circle = chains(one, two)
    first = next(s for chain in circle for s in chain.series if one in s.patches)
    assert [found.message_id for found in order_patches(first, circle)] == ["q@x", "p@x"]
