"""Whatever speaks of a patch's number has that of its place, where the subject states none."""

import pytest

from kvminbox import group_series
from kvminbox.remarks import collect_remarks
from kvminbox.review import review_all, review_series
from kvminbox.versions import compare_series, parse_changelog
from tests.review.review_mails import ADA, EWA, patch_text, read_mail


def send(day, version="", last=3):
    """Return a cover letter and patches as `git send-email` sends them, without numbers."""
    stem = f"202503{day:02}090155.7345"
    hour = (day - 3) * 24
    cover = read_mail(
        f"{stem}-1-ada@x", f"[PATCH{version} 0/3] KVM: timers", "All.\n", ADA, hour=hour
    )
    patches = [
        read_mail(
            f"{stem}-{number + 1}-ada@x",
            f"[PATCH{version}] KVM: timer {number}",
            patch_text(number).replace("---\n", f"---\nv2:\n- wind timer {number}\n\n", 1),
            ADA,
            [f"{stem}-1-ada@x"],
            hour,
        )
        for number in range(1, last + 1)
    ]
    return [cover, *patches]


@pytest.fixture
def answer():
    """Return a function that gives a reply by Ewa to a patch of the third of March."""

    def reply(number, text):
        parent = f"20250303090155.7345-{number + 1}-ada@x"
        return read_mail("r@x", f"Re: [PATCH] KVM: timer {number}", text, EWA, [parent], 5)

    return reply


def test_a_tag_is_for_the_patch_that_was_answered(answer):
    """A tag below the second patch is the second's, and is carried to the second of version 2."""
    mails = [*send(3), answer(2, "Reviewed-by: Ewa Lis <ewa@kvm.example>\n")]
    series = group_series(mails)
    (review,) = review_all(series, mails)
    assert [tag.patches for tag in review.tags] == [(2,)]
    assert review.untagged == (1, 3)
    (later,) = group_series(send(10, " v2"))
    carried = review_series(later, [*mails, *later.messages], previous=series[0])
    assert [(tag.patches, tag.carried_from) for tag in carried.tags] == [((2,), 1)]
    written = series[0].to_mbox(review.tags).split(b"\nFrom ")
    assert [b"Reviewed-by" in mail for mail in written] == [False, True, False]


def test_a_remark_is_on_the_patch_that_was_answered(answer):
    """A remark below the third patch says so."""
    mails = [*send(3), answer(3, "> +int new;\n\nWhy a global one?\n")]
    (series,) = group_series(mails)
    assert {remark.patch for remark in collect_remarks(series, mails)} == {3}


def test_versions_are_compared_by_places():
    """A comparison and a change log have the places of the patches in both versions."""
    (old,), (new,) = group_series(send(3)), group_series(send(10, " v2", last=2))
    pairs = compare_series(old, new).patches
    assert [(pair.old_number, pair.new_number) for pair in pairs] == [(1, 1), (2, 2), (3, None)]
    assert [entry.counter for entry in parse_changelog(old)] == [1, 2, 3]
