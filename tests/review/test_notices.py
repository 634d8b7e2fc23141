"""What notices of programs tell of a patch, and of which patch of which series."""

from email.utils import format_datetime

import pytest

from kvminbox import group_series, link_series, review_all
from kvminbox.gist import make_gist
from kvminbox.review.notices import pack_notice, read_notice, unpack_notice
from kvminbox.review.part import join_applied, tell_applied
from tests.review.notice_mails import GONE, queued, quilt
from tests.review.review_mails import ADA, BEN, START, make_series, patch_text, read_mail

FIRST = "KVM: timer 1"


def find_review(mails, identity="s-0@x"):
    """Return the review of a series among some mails."""
    series = [one for chain in link_series(group_series(mails)) for one in chain.series]
    reviews = review_all(series, mails)
    (found,) = (one for one in reviews if one.series.message_id == identity)
    return found


def find_applied(mails, identity="s-0@x"):
    """Return the patches of a series that are in trees, by mails."""
    return [(one.tree, one.patches) for one in find_review(mails, identity).applied]


def test_what_a_quilt_notice_says():
    """A notice names the patch, its author, when it was written, its mail and the tree."""
    found = read_notice(quilt(FIRST, "s-1@x"))
    assert (found.title, found.name, found.email) == (FIRST, "Ada Pfeiffer", "ada@silicon.example")
    assert (found.written, found.own) == (START.timestamp(), ("s-1@x",))
    assert (found.tree, found.is_gone) == ("mm-unstable", False)
    assert found.words == "has been added to the -mm mm-unstable branch"


@pytest.mark.parametrize(
    ("deed", "tree"),
    [
        ("merged", "mm-stable"),
        ("mainline", "mainline or a subsystem tree"),
        ("folded", "-mm"),
        ("obsolete", ""),
        ("failures", ""),
        ("updated", ""),
    ],
)
def test_why_a_patch_was_removed(deed, tree):
    """A patch that was merged or folded is in a tree; one that was removed otherwise is not."""
    found = read_notice(quilt(FIRST, deed=deed))
    assert (found.tree, found.is_gone) == (tree, not tree)
    assert GONE[deed].split("\n")[0].removeprefix("it ") in found.words


def test_a_notice_of_the_old_tree():
    """Before it had branches, a patch was added to the -mm tree."""
    assert read_notice(quilt(FIRST, tree="-mm")).tree == "-mm"


def test_what_a_stable_notice_says():
    """A stable tree's notice names the commit upstream and the release."""
    found = read_notice(queued(FIRST, "s-1@x"))
    assert (found.tree, found.release, found.own) == ("6.6-stable", "6.6", ("s-1@x",))
    assert found.commits == ("0123456789abcdef0123456789abcdef01234567",)
    assert found.words.endswith("commit 0123456789abcdef0123456789abcdef01234567 upstream")


def test_a_notice_of_a_fix_for_one_stable_tree():
    """What was never upstream has no commit there."""
    assert read_notice(queued(FIRST, upstream=False)).commits == ()


def test_a_stable_notice_names_the_mail_that_was_queued():
    """Who sent a backport is in its header, and who wrote the patch in its first line."""
    mail = queued(
        FIRST, author=BEN, header="Message-ID: <b-1@x>\n", first=f"From: {ADA}\n\n", mark=">"
    )
    found = read_notice(mail)
    assert (found.name, found.queued, found.own) == ("Ada Pfeiffer", ("b-1@x",), ())


LOGGED = """\
This is a note to let you know that I've just added the patch titled

    KVM: timer 1

to the 6.6-stable tree which can be found at:
    https://trees.example/stable-queue


commit 89abcdef0123456789abcdef0123456789abcdef
Author: Ada Pfeiffer <ada@silicon.example>
Date:   Mon Mar 3 10:00:00 2025 +0100

    KVM: timer 1
    {blank}
    [ Upstream commit 0123456789abcdef0123456789abcdef01234567 ]
    {blank}
    Say it.
    {blank}
    Link: https://lore.kernel.org/r/s-1@x
    Signed-off-by: Ada Pfeiffer <ada@silicon.example>

diff --git a/virt/timer1.c b/virt/timer1.c
"""


def test_a_copy_in_the_form_of_git_log():
    """The other keeper's programs write the copy as `git log` does."""
    subject = 'Patch "KVM: timer 1" has been added to the 6.6-stable tree'
    found = read_notice(read_mail("n@x", subject, LOGGED.format(blank=""), BEN))
    assert (found.title, found.name, found.own) == (FIRST, "Ada Pfeiffer", ("s-1@x",))
    assert found.written == START.timestamp()
    assert found.commits == ("0123456789abcdef0123456789abcdef01234567",)


def test_a_copy_that_came_as_a_mail():
    """Above a copy that was saved from a mailbox is who sent it, and when."""
    text = queued(FIRST).body.replace(
        "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001",
        "From ada@silicon.example  Mon Mar  3 10:00:00 2025",
    )
    subject = 'Patch "KVM: timer 1" has been added to the 6.6-stable tree'
    assert read_notice(read_mail("n@x", subject, text, BEN)).name == "Ada Pfeiffer"


def test_a_notice_of_another_tree_of_the_same_programs():
    """The branch is the tree, and the commit is that in it."""
    found = read_notice(queued(FIRST, tree="lamp-next"))
    assert (found.tree, found.release) == ("lamp-next", "")
    assert found.commits == ("0123456789abcdef0123456789abcdef01234567",)


@pytest.mark.parametrize(
    "mail",
    [
        read_mail("n@x", "+ lamp.patch added to mm-unstable branch", "Thanks.\n"),
        read_mail("n@x", "Re: + lamp.patch added to -mm tree", quilt(FIRST).body, parents=["q@x"]),
        read_mail("n@x", "Applied", queued(FIRST).body),
    ],
    ids=["no words", "a reply", "another subject"],
)
def test_what_is_no_notice(mail):
    """The subject and the text must both be those of a notice."""
    assert read_notice(mail) is None
    assert pack_notice(mail) == ""


def test_a_gist_keeps_what_a_notice_tells():
    """What is kept of a notice tells the same as its text."""
    for mail in (quilt(FIRST, "s-1@x", deed="merged"), queued(FIRST, "s-1@x")):
        assert unpack_notice(make_gist(mail).notes) == read_notice(mail)
    assert unpack_notice("") is None


def test_a_link_names_the_very_mail():
    """The series of the mail to which a notice links has its patch in the tree, whatever title."""
    review = find_review([*make_series(), quilt("kvm: the first timer", "s-1@x")])
    (found,) = review.applied
    assert (found.patches, found.tree, found.by.name) == ((1,), "mm-unstable", "Nora Quilt")
    words = "has been added to the -mm mm-unstable branch"
    assert found.evidence == f"{words} – it links to the mail"


def test_a_link_to_something_else():
    """A link to the mail of a patch with another title and another author says nothing of it."""
    assert find_applied([*make_series(), quilt("lamp: blink", "s-1@x", author=BEN)]) == []


@pytest.mark.parametrize("link", ["s-1@x", "s-0@x"])
def test_the_title_tells_which_patch_of_the_linked_series(link):
    """Where it links to another mail of the series, the title tells which patch it is."""
    assert find_applied([*make_series(), quilt("KVM: Timer 2", link)]) == [("mm-unstable", (2,))]


def test_of_two_linked_versions_it_is_the_last():
    """A patch that names its earlier version, too, is the later one."""
    mails = [*make_series(), *make_series("v2", revision=2, hour=12, added="int v2;")]
    mails.append(quilt(FIRST, "v2-1@x", "s-1@x"))
    assert find_applied(mails) == []
    assert find_applied(mails, "v2-0@x") == [("mm-unstable", (1,))]


def test_title_author_and_date_name_the_mail():
    """Without a link that is here, the Date of the patch tells its version from others."""
    written = format_datetime(START)
    mails = [*make_series(), quilt(FIRST, "elsewhere@x", written=written, hour=24 * 500)]
    (found,) = find_review(mails).applied
    assert found.evidence.endswith("its title, author and Date are those of the mail")


OTHER = "Sat, 01 Mar 2025 09:00:00 +0000"


def test_title_and_author_name_the_last_version():
    """Without either, it is the last version that was sent before the notice."""
    mails = [
        *make_series(),
        *make_series("v2", revision=2, hour=12, added="int v2;"),
        quilt(FIRST, written=OTHER),
        *make_series("v3", revision=3, hour=36, added="int v3;"),
    ]
    found = {name: find_applied(mails, f"{name}-0@x") for name in ("s", "v2", "v3")}
    assert found == {"s": [], "v2": [("mm-unstable", (1,))], "v3": []}


@pytest.mark.parametrize(
    "mail",
    [
        quilt(FIRST, written=OTHER, author=BEN),
        quilt(FIRST, written=OTHER, hour=-2),
        quilt(FIRST, written=OTHER, hour=24 * 400),
        quilt("KVM: timer", written=OTHER),
    ],
    ids=["another author", "before", "a year later", "another title"],
)
def test_a_title_that_is_not_enough(mail):
    """Another author's title, one of long ago and one that is only alike say nothing."""
    assert find_applied([*make_series(), mail]) == []


def test_what_is_removed_is_taken_back():
    """A patch that was taken out of the tree waits again, and the words are told."""
    mails = [*make_series(), quilt(FIRST, "s-1@x"), quilt("KVM: timer 2", "s-2@x")]
    mails.append(quilt(FIRST, "s-1@x", deed="failures", hour=48))
    review = find_review(mails)
    assert [one.patches for one in review.applied] == [(2,)]
    (told,) = review.evidence
    what, words = told.split(": ")
    assert what == "Nora Quilt took back on 2025-03-05 that patch 1 of 3 was applied"
    assert words == "has been removed from the -mm tree, because it had testing failures"


def test_what_is_added_again_is_applied():
    """What is added to the tree after it was taken out is in it."""
    mails = [*make_series(), quilt(FIRST, "s-1@x"), quilt(FIRST, "s-1@x", hour=72)]
    mails.append(quilt(FIRST, "s-1@x", deed="updated", hour=48))
    assert find_applied(mails) == [("mm-unstable", (1,))]


def test_somebody_elses_tree_is_not_touched():
    """What is removed from one tree stays in that of another."""
    mails = [*make_series(), queued(FIRST, "s-1@x", hour=30)]
    mails.append(quilt(FIRST, "s-1@x", deed="obsolete", hour=48))
    assert find_applied(mails) == [("6.6-stable", (1,))]


@pytest.mark.parametrize("mark", ["PATCH 6.6.y", "PATCH"])
def test_a_stable_tree_has_a_backport_and_what_it_is_of(mark):
    """A notice is about the mail that was queued, and about the patch to which that links."""
    text = f"From: {ADA}\n\n{patch_text()}"
    backport = read_mail("b-1@x", f"[{mark}] {FIRST}", text, BEN, hour=100)
    mail = queued(
        FIRST, "s-1@x", author=BEN, header="Message-ID: <b-1@x>\n", first=f"From: {ADA}\n\n"
    )
    mails = [*make_series(), backport, mail]
    assert find_applied(mails) == find_applied(mails, "b-1@x") == [("6.6-stable", (1,))]


def test_links_to_a_backport_and_to_what_it_is_of():
    """Of two mails to which a notice links, a marked backport is no later version of the other."""
    text = f"From: {ADA}\n\n{patch_text()}"
    backport = read_mail("b-1@x", f"[PATCH 6.6.y] {FIRST}", text, BEN, hour=100)
    mails = [*make_series(), backport, queued(FIRST, "s-1@x", "b-1@x")]
    assert find_applied(mails) == find_applied(mails, "b-1@x") == [("6.6-stable", (1,))]


@pytest.mark.parametrize(("tree", "found"), [("6.6-stable", 1), ("6.1-stable", 0)])
def test_a_backport_is_for_one_stable_tree(tree, found):
    """By title alone, a backport is in the tree that its subject names, and in no other one."""
    backport = read_mail("b-1@x", f"[PATCH 6.6.y] {FIRST}", patch_text(), ADA, hour=100)
    mails = [backport, queued(FIRST, tree=tree, written=OTHER)]
    assert len(find_applied(mails, "b-1@x")) == found


def test_a_notice_in_the_thread_is_told_once():
    """A notice that answers the patch, and links to it, is one mail; its form is what is read."""
    title = "KVM: handle it in non-DSP branch"
    text = patch_text()
    mails = [
        read_mail("s-1@x", f"[PATCH] {title}", text, ADA),
        queued(title, "s-1@x", parent="s-1@x"),
    ]
    assert find_applied(mails, "s-1@x") == [("6.6-stable", (1,))]


def test_notices_of_a_day_are_told_as_one():
    """A notice for each patch makes one sentence for the series."""
    mails = [*make_series(), *(quilt(f"KVM: timer {n}", f"s-{n}@x") for n in (1, 2, 3))]
    review = find_review(mails)
    assert len(review.applied) == 3
    (one,) = join_applied(review.applied)
    told = tell_applied(one, {1, 2, 3})
    assert told == "Nora Quilt said on 2025-03-04 that it was applied to mm-unstable"
