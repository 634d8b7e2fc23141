"""Words of their own are believed where more than the words speaks for them."""

import pytest

from kvminbox import group_series
from kvminbox.analysis import compute_applied
from kvminbox.analysis.snapshot import Snapshot
from kvminbox.review import review_all
from tests.analysis.analysis_mails import Mails, patch, reply
from tests.review.review_mails import BEN, EWA, make_series, patch_text, read_mail

AUTHOR = make_series()[0].sender.written
DIRECT = ("s-1@x",)
TALK = ("s-1@x", "t@x")


def find_forms(text, sender=BEN, parents=DIRECT, *, has_said=0, talk="What of this?\n"):
    """Return the forms in which a mail about patch 1 of a series says that it was applied.

    Args:
        text: its words.
        sender: who says so.
        parents: what it answers: the patch, or a talk below it.
        has_said: of how many other series the sender says the usual words.
        talk: what the talk says.
    """
    mails = make_series()
    mails.append(read_mail("t@x", "Re: [PATCH 1/3] KVM: timer 1", talk, EWA, ["s-1@x"], 4))
    for name in "abc"[:has_said]:
        mails += make_series(name, total=1)
        parent = [f"{name}-1@x"]
        said = "Applied to kvm/next, thanks.\n"
        mails.append(read_mail(f"{name}-r@x", "Re: [PATCH] KVM: timer 1", said, sender, parent, 4))
    mails.append(read_mail("re@x", "Re: [PATCH 1/3] KVM: timer 1", text, sender, [*parents], 5))
    listed = group_series(mails)
    reviews = review_all(listed, mails)
    (one,) = (
        review
        for series, review in zip(listed, reviews, strict=True)
        if series.messages[0].message_id == "s-0@x"
    )
    return [found.form for found in one.applied]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody objects, so I've applied this.", "I fixed the typo and queued the series.",
        "Series applied, but it is late.", "Nobody objects, so I put it into kvm/next.",
        "Applied (and I moved the text, so that it is near the timer).",
        "Ewa has already merged this, though I had asked for a test.",
        "I picked them up in a hurry as 6.18 material.",
        "Tested and pushed.", "Rebased and applied.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("parents", [DIRECT, TALK], ids=["patch", "talk"])
def test_a_deed_is_believed_of_anybody(text, parents):
    """Who says in a main clause that he applied this, or where to, is believed, wherever it is."""
    assert find_forms(text, parents=parents) == ["free"]


@pytest.mark.parametrize(
    "text",
    [
        "I've pushed the fix, which makes this superfluous.",
        "It's in the queue behind two others, but I will look at it.",
        "Ewa was hit by it, applied the fix, which was not enough.",
        "I keep the lock in my design and mean the opposite, taking it in the reader's place.",
        "I've pushed the change to -next, so that you can see it.",
        "It was merged upstream long ago, and the driver has changed since.",
        "This was picked up by Ewa, who made something better of it.",
        "Both applied:\n\nThe timer hangs.",
    ],
)  # fmt: skip
def test_a_talk_about_some_change_is_not_believed(text):
    """In a talk, `it` and `the fix` may be about another patch, or about what was tried."""
    assert find_forms(text, parents=TALK) == []


@pytest.mark.parametrize(
    ("text", "direct", "talk", "of_committer"),
    [
        ("It is queued up in haste.", 1, 0, 1),
        ("It is queued up in haste, and there are many more words, of which none counts.", 1, 0, 0),
        ("I tentatively applied the fix.", 1, 0, 0),
        ("In a hurry I applied the fix to kvm/next.", 1, 0, 0),
    ],
)  # fmt: skip
def test_what_speaks_for_it_is_counted(text, direct, talk, of_committer):
    """Who commits, a named tree, an answer to the patch itself and plain words: two are needed."""
    assert len(find_forms(text)) == direct
    assert len(find_forms(text, parents=TALK)) == talk
    assert len(find_forms(text, parents=TALK, has_said=3)) == of_committer


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Queued to -next.", 0), ("Done, and queued to -next.", 0), ("Applied in a hurry.", 0),
        ("I've taken them as they are from the old driver.", 0),
        ("I fixed this up and pushed to timers-v3.", 0),
        ("I fixed this up and pushed to https://github.com/ada/linux/commits/timers-v3.", 0),
        ("For want of a board I applied it on a fresh tree.", 0),
        ("Nobody objects, so I pushed it to kvm/next.", 1), ("Thanks for your review, merged.", 1),
        ("Nobody objects, so I've queued these.", 1),
        ("I fixed this up and pushed to timers-next.", 1),
        ("It has been picked by Ewa in her kvm-hotfixes.", 1),
    ],
)  # fmt: skip
def test_an_author_needs_a_tree_with_a_name(text, count):
    """What an author says in a talk is about his next version, but for a tree or an end of it."""
    assert len(find_forms(text, AUTHOR, TALK)) == count


@pytest.mark.parametrize(("taken", "count"), [("", 0), ("abc", 1)])
def test_an_author_who_commits_queues_a_part(taken, count):
    """`I'm also queuing the Kconfig part of patch 2` tells of patch 2, if who says so commits."""
    mails = make_series()
    for name in taken:  # series of Ben's that the author took
        mails.append(read_mail(f"{name}@x", f"[PATCH] lamp {name}", patch_text(), BEN))
        said = "Applied to kvm/next, thanks.\n"
        mails.append(
            read_mail(f"{name}-r@x", f"Re: [PATCH] lamp {name}", said, AUTHOR, [f"{name}@x"], 1)
        )
    mails.append(read_mail("t@x", "Re: [PATCH 0/3] KVM: timers", "When?\n", EWA, ["s-0@x"], 4))
    text = "As it sorts things out, I'm also queuing the Kconfig part of patch 2.\n"
    mails.append(
        read_mail("re@x", "Re: [PATCH 0/3] KVM: timers", text, AUTHOR, ["s-0@x", "t@x"], 5)
    )
    reviews = review_all(group_series(mails), mails)
    (one,) = (each for each in reviews if each.series.message_id == "s-0@x")
    assert [each.patches for each in one.applied] == [(2,)] * count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thanks, I've queued them to kvm-next in a hurry.", 0),
        ("Thanks, I've queued this to kvm-next in a hurry.", 1),
        ("Fixed, tested and pushed to timers-workdir.", 0),
        ("Fixed, tested and pushed to timers-next.", 1),
    ],
)
def test_an_author_says_which_and_where_to(text, count):
    """Below a reviewer's tag for one patch, `them` may be any, and an own branch is no tree."""
    found = find_forms(text, AUTHOR, TALK, talk="Acked-by: Ewa Lis <ewa@kvm.example>\n")
    assert len(found) == count


def test_without_the_patch_it_is_weighed_as_well():
    """Of a patch that is not here, no more is believed than of one that is."""
    rows = []
    for told in (
        "Patches were merged, as they say.\n",
        "I put this series into kvm/next in a hurry.\n",
    ):
        mail = reply("y", "gone", told, subject="Re: [PATCH] lamp: dim", sender=BEN, hour=2)
        rows.append(len(compute_applied(Snapshot(Mails(patch("p", hour=1), mail))).rows))
    assert rows == [0, 1]
