"""Announced releases: which mails are some, and which patches of a series they have."""

import pytest

from kvminbox.analysis import compute_board, compute_waiting
from kvminbox.gist import make_gist
from kvminbox.review.part import tell_pulled
from kvminbox.review.releases import find_release_name, read_release
from tests.analysis.analysis_mails import Mails
from tests.review.review_mails import EWA, make_series, read_mail
from tests.review.test_pulled import ALL, find_pulled, pull, write_log

WORDS = "A new release is out:\nhttps://lamp.example/v84\n\nShortlog:\n\n"
SUBJECT = "[ANNOUNCE] lamp-utils v84"


def announce(*titles, subject=SUBJECT, name="release", hour=60, **more):
    """Return the announcement of a release with these changes."""
    text = WORDS + write_log(*titles, **more)
    return read_mail(f"{name}@x", subject, text, EWA, hour=hour)


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        (SUBJECT, "lamp-utils v84"),
        ("ANNOUNCE: lamp 2.1-rc3", "lamp 2.1-rc3"),
        ("[ANN] lamp-utils-2.1.1 is released", "lamp-utils 2.1.1"),
        ("lamp-utils release 7.4 ready for download", "lamp-utils 7.4"),
        ("[ANNOUNCE] The lamp tools 3.0", "The lamp tools 3.0"),
        ("Lamp 7.1 has been released!", "Lamp 7.1"),
    ],
)
def test_a_subject_that_announces_a_release(subject, name):
    """It says ANNOUNCE or released, and names what is released with its number."""
    assert find_release_name(announce(*ALL, subject=subject)) == name


@pytest.mark.parametrize(
    "subject",
    [
        f"Re: {SUBJECT}",
        "lamp-utils v84",
        "[ANNOUNCE] Lamp summit",
        "[ANNOUNCE] lamp-utils v84 preparation",
        "[PATCH] lamp: release 3.0",
        "lamp: release the lock of 2.0 devices",
        "Lamp 5.5 released - preparation for 5.6",
        "Announcing 5 new lamps",
    ],
)
def test_what_announces_no_release(subject):
    """Replies, patches, summits and plans announce none."""
    assert read_release(announce(*ALL, subject=subject)) is None


def test_a_patch_that_makes_a_release_is_none():
    """A version's bump has its own diff, and its changelog lists what is still to be released."""
    bump = (
        "---\ndiff --git a/VERSION b/VERSION\n--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-1\n+2\n"
    )
    text = WORDS + write_log(*ALL) + bump
    subject = "[PATCH] lamp-utils 3.0 released"
    assert read_release(announce(*ALL, subject=subject)) is not None
    assert read_release(read_mail("bump@x", subject, text, EWA, hour=60)) is None


def test_a_release_without_a_shortlog_tells_nothing():
    """What it has can't be known."""
    assert read_release(read_mail("release@x", SUBJECT, "It is out.\n", EWA)) is None


def test_a_release_has_the_patches_that_it_lists():
    """By title and author; who announced it and when is told."""
    (found,) = find_pulled([*make_series(), announce(*ALL)])
    assert (found.release, found.patches) == ("lamp-utils v84", (1, 2, 3))
    assert found.evidence == ("the shortlog of the release lists the title and the author",)
    assert tell_pulled(found, {1, 2, 3}) == (
        "it is in the release lamp-utils v84, announced on 2025-03-05 by Ewa Lis <release@x>"
    )
    (part,) = find_pulled([*make_series(), announce(ALL[1])])
    assert tell_pulled(part, {1, 2, 3}).startswith("patch 2 of 3 is in the release lamp-utils v84,")


@pytest.mark.parametrize(
    "mail",
    [
        announce(*ALL, hour=-2),
        announce(*ALL, hour=24 * 400),
        announce(*ALL, author="Okafor, Ben"),
        announce("KVM: arm: timer 1", "KVM: arm: timer 2", "KVM: arm: timer 3"),
    ],
    ids=["before", "a year later", "another author", "other titles"],
)
def test_a_release_that_has_none_of_its_patches(mail):
    """Title and author both have to be the same, and a release is not believed to look ahead."""
    assert find_pulled([*make_series(), mail]) == ()


def test_of_two_versions_a_release_has_the_latest_before_it():
    """A version that was sent after the announcement is not in it."""
    later = make_series("v2", revision=2, hour=96, added="int v2;")
    assert find_pulled([*make_series(), announce(*ALL), *later], "v2-0@x") == ()
    sooner = make_series("v2", revision=2, hour=24, added="int v2;")
    mails = [*make_series(), *sooner, announce(*ALL)]
    assert find_pulled(mails) == ()
    assert [one.release for one in find_pulled(mails, "v2-0@x")] == ["lamp-utils v84"]


def test_the_first_that_has_a_patch_is_told():
    """What a pull request had is not told again of the release that came of it."""
    mails = [*make_series(), pull(*ALL[:2]), announce(*ALL)]
    assert [(one.release, one.patches) for one in find_pulled(mails)] == [
        ("", (1, 2)),
        ("lamp-utils v84", (3,)),
    ]


def test_what_is_in_a_release_is_applied():
    """On a board, where it says why, and in the counts of what does not wait."""
    corpus = Mails(*make_series(), announce(*ALL))
    (row,) = compute_board(corpus).series
    assert row.state == "landed"
    assert row.evidence[0].startswith("it is in the release lamp-utils v84, announced on")
    waiting = compute_waiting(corpus)
    assert (waiting.applied, waiting.pulled, waiting.series) == (1, 0, ())


def test_a_gist_of_an_announcement_is_enough():
    """Where a mail's text is not kept, what grouping reads of it is."""
    mail = announce(*ALL)
    kept = mail.model_copy(update={"body": ""})
    vars(kept)["_gist"] = make_gist(mail)
    assert read_release(kept) == read_release(mail)
