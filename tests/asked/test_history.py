"""MAINTAINERS is read as it was on a patch's day, and who would know its files is told."""

from datetime import UTC, datetime, timedelta

import pytest

from kvminbox import group_series, review_all
from kvminbox.asked import find_asked, find_knowers, read_maintainers_of
from tests.mails import read_made
from tests.upstream.trees import ADA, DAY, EWA, FILE, NOON, Maker, changed

OLD = b"TIMERS\nM: Olga Old <olga@kvm.example>\nF: virt/\n"
NEW = b"TIMERS\nM: Nina New <nina@kvm.example>\nF: virt/\n"


@pytest.fixture
def tree(tmp_path):
    """A tree whose maintainer changes on the second day."""
    maker = Maker(tmp_path / "tree")
    maker.old = maker.commit("MAINTAINERS: old", {"MAINTAINERS": OLD}, at=NOON - 2 * DAY)
    maker.new = maker.commit("MAINTAINERS: new", {"MAINTAINERS": NEW}, at=NOON + 2 * DAY)
    return maker


def send(tree, sent=NOON, identity="p@x", tail=""):
    """Send a patch to the timer."""
    mail = tree.mail("timer: on", {FILE: changed((3, "new"))}, identity=identity, sent=sent)
    if not tail:
        return mail
    return read_made(f"[PATCH] {mail.title}", mail.body + tail, ids=[identity], sent=mail.date)


def names(maintainers):
    """Return the maintainers that a state of the file has."""
    return maintainers and maintainers.sections[0].values("M")[0].partition(" ")[0]


@pytest.mark.parametrize(("days", "name"), [(-90, None), (0, "Olga"), (2, "Nina"), (9, "Nina")])
def test_the_file_is_that_of_the_patchs_day(tree, days, name):
    """The last commit that is not newer than the mail has the file; before all there is none."""
    assert names(read_maintainers_of(send(tree, NOON + days * DAY), tree.open())) == name


def test_a_base_commit_comes_first(tree):
    """A patch that states its base was made on that tree, whatever its date."""
    late = NOON + 9 * DAY
    known = send(tree, late, tail=f"\nbase-commit: {tree.old}\n")
    unknown = send(tree, late, tail=f"\nbase-commit: {'0' * 39}1\n")
    assert known.base_commit == tree.old
    assert names(read_maintainers_of(known, tree.open())) == "Olga"
    assert names(read_maintainers_of(unknown, tree.open())) == "Nina"


def test_each_patch_is_told_who_was_missing(tree):
    """One result for each patch, with the commit and the reason; each state is parsed once."""
    send(tree)
    send(tree, NOON + 5 * DAY, identity="q@x")
    one, two = find_asked(tree, tree.open())
    assert (one.message_id, one.commit, two.commit) == ("p@x", tree.old, tree.new)
    assert [found.address.email for found in one.missing] == ["olga@kvm.example"]
    assert [found.address.email for found in two.missing] == ["nina@kvm.example"]
    assert one.evidence[0].endswith("the tree's last commit before the mail")


def test_lines_that_are_not_understood_are_told(tmp_path):
    """The tree's history can't be changed: such lines take nothing, and the others go on."""
    maker = Maker(tmp_path / "tree")
    odd = NEW + b"N: (?<!uni)timer\nX: \n" + b"F.\tlamps/\nM: Ben <ben@kvm.example>\nF: lamp.c\n"
    maker.commit("MAINTAINERS: odd", {"MAINTAINERS": odd}, at=NOON - 2 * DAY)
    send(maker)
    (one,) = find_asked(maker, maker.open())
    assert [found.address.email for found in one.expected] == ["nina@kvm.example"]
    assert one.evidence[1:] == (
        "N: (?<!uni)timer can't be asked", "X:  can't be asked", "'F.\\tlamps/' can't be asked",
    )  # fmt: skip


def test_a_file_in_a_folder_and_what_is_no_file(tree):
    """A tree's file is read by its path; a folder, or nothing, is no file."""
    opened = tree.open()
    assert opened.read_file(tree.old, "MAINTAINERS")[1] == OLD
    assert opened.read_file(tree.old, FILE)[1].startswith(b"line 0")
    assert opened.read_file(tree.old, "virt") is None
    assert opened.read_file(tree.old, "MAINTAINERS/x") is None
    assert opened.read_file(tree.old, "x/y") is None


def test_who_would_know_a_file(tree):
    """Reviews and commits count, half as much after a half-life, and less for a neighbour."""
    patch = send(tree)
    reply = read_made(
        "Re: [PATCH] timer: on", "Reviewed-by: Rea Reed <rea@reed.example>\n",
        sender="Rea Reed <rea@reed.example>", ids=["r@x"], in_reply_to="p@x", references=["p@x"],
        sent=patch.date + timedelta(days=1),
    )  # fmt: skip
    tree.commit("timer: more", {FILE: changed((5, "x"))}, by=ADA, at=NOON - DAY)
    tree.commit("other: more", {"virt/other.c": b"x\n"}, by=EWA, at=NOON - DAY)
    series = group_series([patch, reply])
    reviews = list(zip(series, review_all(series, [patch, reply]), strict=True))
    now = patch.date + timedelta(days=1)
    found = find_knowers([FILE], reviews, now, half_life=2, tree=tree.open())
    assert [(one.address.email, one.reviews, one.commits) for one in found][:3] == [
        ("rea@reed.example", 1, 0), ("ada@silicon.example", 0, 1), ("ewa@kvm.example", 0, 2),
    ]  # fmt: skip
    assert found[0].score == 1.0
    assert found[1].score == pytest.approx(0.5, abs=0.01)
    assert found[0].evidence == (f"a Reviewed-by of {FILE} on {now:%Y-%m-%d}",)
    assert find_knowers([FILE], reviews, datetime(2000, 1, 1, tzinfo=UTC)) == ()
    assert find_knowers(["lib/x.c"], reviews, now) == ()
