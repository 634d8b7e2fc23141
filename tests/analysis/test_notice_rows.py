"""Notices of programs in what was applied, in what waits and on the board."""

import pytest

from kvminbox.analysis import compute_applied, compute_board, compute_waiting
from tests.analysis.analysis_mails import Mails, figures_of, ids_of
from tests.review.notice_mails import queued, quilt
from tests.review.review_mails import EWA, make_series, patch_text, read_mail

TITLES = [f"KVM: timer {n}" for n in (1, 2, 3)]
ADDED = [quilt(title, f"s-{n}@x") for n, title in enumerate(TITLES, 1)]
MERGED = [quilt(title, f"s-{n}@x", deed="merged", hour=90) for n, title in enumerate(TITLES, 1)]
LACKING = Mails(read_mail("w@x", "KVM: words", "Words.\n"), *ADDED[:2], *MERGED[:2])


def board_of(corpus):
    """Return the state of the one series on the board, and why."""
    (row,) = compute_board(corpus).series
    return row.state, row.evidence


def test_a_series_is_one_row_by_its_title():
    """All notices about the patches of a series make one row; it is in the tree of the last."""
    result = compute_applied(Mails(*make_series(), *ADDED, *MERGED))
    (row,) = result.rows
    assert (row.title, row.part, row.tree) == ("KVM: timers", "", "mm-stable")
    assert (row.by.name, row.patches) == ("Nora Quilt", (1, 2, 3))
    assert len(row.messages) == 6
    assert figures_of(result) == {
        "series, patches and pull requests": 1, "of which only in part": 0,
        "more in words of their own": 0, "mails that say so": 6,
    }  # fmt: skip


def test_a_part_is_told():
    """Where notices name some of its patches the row says which."""
    (row,) = compute_applied(Mails(*make_series(), *ADDED[1:])).rows
    assert (row.title, row.part, row.tree) == ("KVM: timers", "patches 2-3 of 3", "mm-unstable")


def test_a_part_of_what_is_here_in_part():
    """Of a series without its cover letter the notice's own patch is meant."""
    (row,) = compute_applied(Mails(*make_series()[1:], *ADDED[1:2])).rows
    assert (row.part, row.patches) == ("patch 2 of 3", (2,))


def test_patches_that_are_not_here_have_their_titles():
    """Notices about a patch that the corpus lacks make one row, titled by the patch."""
    rows = compute_applied(LACKING).rows
    found = [(row.title, row.tree, len(row.messages)) for row in rows]
    assert sorted(found) == [(title, "mm-stable", 2) for title in TITLES[:2]]


def test_a_series_that_is_not_here_is_one_row():
    """Notices that link to mails of one sending make one row, titled by the first of them."""
    sent = "20250620113706.315500-{}-ada@timers.example"
    here = [
        quilt(title, sent.format(number)) for title, number in zip(TITLES, (12, 3, 7), strict=True)
    ]
    other = [
        quilt("KVM: a lamp", "20250621113706.315500-3-ada@timers.example"),
        quilt("KVM: a bell", "lone@x"),
        quilt("KVM: a door", sent.format(9), author="Ben Okafor <ben@timers.example>"),
    ]
    result = compute_applied(Mails(*here, *other))
    found = [(row.title, row.part, len(row.messages)) for row in result.rows]
    assert sorted(found) == [
        ("KVM: a bell", "", 1), ("KVM: a door", "", 1), ("KVM: a lamp", "", 1),
        (f"{TITLES[1]}, and 2 more patches", "", 3),
    ]  # fmt: skip
    assert figures_of(result)["series, patches and pull requests"] == 4


def test_what_was_dropped_is_no_row():
    """A patch that was taken out of the tree has none, whether or not it is here."""
    gone = quilt(TITLES[0], "s-1@x", deed="obsolete", hour=90)
    assert compute_applied(Mails(ADDED[0], gone)).rows == ()
    (row,) = compute_applied(Mails(*make_series(), *ADDED, gone)).rows
    assert row.part == "patches 2-3 of 3"


def test_a_person_says_where_to():
    """Where a maintainer names a tree, the row has that one."""
    said = read_mail("y@x", "Re: [PATCH 0/3] KVM: timers", "Applied to kvm/next, thanks!\n",
                     EWA, ["s-0@x"], 12)  # fmt: skip
    (row,) = compute_applied(Mails(*make_series(), said, *ADDED)).rows
    assert (row.tree, row.by.name) == ("kvm/next", "Ewa Lis")


def test_stable_trees_are_told_together():
    """One program's notices of several stable trees make a row with all of these."""
    mails = [queued(TITLES[0], "s-1@x", tree=f"{one}-stable") for one in ("6.1", "6.6")]
    (row,) = compute_applied(Mails(*make_series(total=1), *mails)).rows
    assert row.tree == "6.1-stable, 6.6-stable"
    assert row.commits == ("0123456789abcdef0123456789abcdef01234567",)


def test_what_a_program_says_is_a_notice():
    """It is not read from words that somebody chose."""
    mails = [*ADDED, *MERGED, queued(TITLES[0], "s-1@x")]
    for mail in mails:
        (row,) = compute_applied(Mails(*make_series(), mail)).rows
        assert row.form == "notice"


def test_what_is_in_a_tree_does_not_wait():
    """It is counted among the applied, and the board tells so in one sentence for each tree."""
    corpus = Mails(*make_series(), *ADDED, *MERGED)
    result = compute_waiting(corpus)
    assert (result.series, result.applied) == ((), 1)
    assert board_of(corpus) == (
        "landed",
        (
            "Nora Quilt said on 2025-03-04 that it was applied to mm-unstable",
            "Nora Quilt said on 2025-03-07 that it was applied to mm-stable",
        ),
    )


@pytest.mark.parametrize("tree", ["6.6-stable", "lamp-next"])
def test_what_is_in_another_tree_does_not_wait_either(tree):
    """A stable tree's notice tells that the patch is upstream; other trees' are as good."""
    mails = [read_mail("s-1@x", f"[PATCH] {TITLES[0]}", patch_text(), EWA)]
    result = compute_waiting(Mails(*mails, queued(TITLES[0], "s-1@x", tree=tree, author=EWA)))
    assert (result.series, result.applied) == ((), 1)


def test_what_was_dropped_waits_again():
    """A series whose patches were all taken out of the tree waits, and the board says so."""
    gone = [quilt(title, f"s-{n}@x", deed="failures", hour=90) for n, title in enumerate(TITLES, 1)]
    corpus = Mails(*make_series(), *ADDED, *gone)
    (row,) = compute_waiting(corpus).series
    assert ids_of(row.messages)[0] == "s-0"
    assert board_of(corpus)[0] == "waiting"
