"""Which pull requests have the patches of a series."""

import re

import pytest

from kvminbox import group_series, link_series, review_all
from kvminbox.review.part import tell_pulled
from tests.review.review_mails import ADA, BEN, EWA, make_series, patch_text, read_mail

PULL = """\
The following changes since commit 0123456789abcdef0123456789abcdef01234567:

  KVM: the day before (2025-03-01 12:00:00 +0000)

are available in the Git repository at:

  https://kvm.example/kvm.git {ref}

for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:

  KVM: the day after (2025-03-04 12:00:00 +0000)

{log}
"""


def write_log(*titles, author="Ada Pfeiffer"):
    lines = "".join(f"      {title}\n" for title in titles)
    return f"{author} ({len(titles)}):\n{lines}"


def pull(*titles, hour=48, author="Ada Pfeiffer", sender=EWA, name="pull"):
    text = PULL.format(ref=f"tags/{name}", log=write_log(*titles, author=author))
    return read_mail(f"{name}@x", "[GIT PULL] KVM timers", text, sender, hour=hour)


def find_pulled(mails, identity="s-0@x"):
    """Return what the pull requests among some mails have of a series."""
    series = [one for chain in link_series(group_series(mails)) for one in chain.series]
    reviews = review_all(series, mails)
    (found,) = (one.pulled for one in reviews if one.series.message_id == identity)
    return found


ALL = [f"KVM: timer {n}" for n in (1, 2, 3)]


def test_a_shortlog_lists_its_patches():
    """What a later pull request lists by title and author is in it, and who sent that is told."""
    (found,) = find_pulled([*make_series(), pull(*ALL)])
    assert (found.message_id, found.by.name, found.patches) == ("pull@x", "Ewa Lis", (1, 2, 3))
    assert found.evidence == ("its shortlog lists the title and the author",)
    told = tell_pulled(found, {1, 2, 3})
    assert told == "it is in the pull request <pull@x> of 2025-03-05 by Ewa Lis"


def test_a_part_of_it():
    """Of a series of which two patches are listed, these are told."""
    (found,) = find_pulled([*make_series(), pull("KVM: timer 1", "kvm:  Timer 3.")])
    assert found.patches == (1, 3)
    told = tell_pulled(found, {1, 2, 3})
    assert told.startswith("patches 1, 3 of 3 are in the pull request")


def test_a_maintainers_own_patches():
    """Who sent the series may send the pull request, too."""
    (found,) = find_pulled([*make_series(), pull(*ALL, sender=ADA)])
    assert found.by.name == "Ada Pfeiffer"


@pytest.mark.parametrize(
    "mail",
    [
        pull(*ALL, hour=-2),
        pull(*ALL, hour=24 * 400),
        pull(*ALL, author="Okafor, Ben"),
        pull("KVM: timer", "KVM: timer 12", "timer 1"),
        read_mail("pull@x", "Re: [GIT PULL] KVM", PULL.format(ref="x", log=write_log(*ALL)), EWA),
        read_mail("pull@x", "KVM: the plan", f"We wait for\n\n{write_log(*ALL)}", EWA, hour=48),
    ],
    ids=["before", "a year later", "another author", "another title", "a reply", "no pull request"],
)
def test_what_has_none_of_its_patches(mail):
    """An earlier pull request, another author's patch of the title, and mere words don't count."""
    assert find_pulled([*make_series(), mail]) == ()


def test_sent_again_after_the_pull_request():
    """A version that was sent after the pull request is not in it: only the one before is."""
    mails = [*make_series(), pull(*ALL), *make_series("v2", revision=2, hour=96, added="int v2;")]
    assert [one.message_id for one in find_pulled(mails)] == ["pull@x"]
    assert find_pulled(mails, "v2-0@x") == ()


def test_sent_again_before_the_pull_request():
    """Of two versions that were sent before it, the pull request has the later one."""
    mails = [*make_series(), *make_series("v2", revision=2, hour=24, added="int v2;"), pull(*ALL)]
    assert find_pulled(mails) == ()
    assert [one.message_id for one in find_pulled(mails, "v2-0@x")] == ["pull@x"]


def test_each_patch_is_told_of_once():
    """The first pull request with a patch has it; a later one is told of for others only."""
    first = pull("KVM: timer 2", name="first")
    again = pull("KVM: timer 2", "KVM: timer 3", hour=72, name="again")
    found = find_pulled([again, *make_series(), first])
    assert [(one.message_id, one.patches) for one in found] == [
        ("first@x", (2,)),
        ("again@x", (3,)),
    ]


NAMED = ("timer: Count the ticks", "KVM: timer: Stop it at night", "timer: Show how it runs")
TAKEN = (
    "KVM: timer: Count the ticks",
    "KVM: timer: Stop it at night",
    "timer: lamp: Show how it runs",
)


def in_kvm(place):
    """Return a patch of a file of the KVM timer."""
    return re.sub(r"\b([ab])/\S+", rf"\1/virt/kvm/timer/{place}.c", patch_text(place))


def send_named(titles=NAMED, author=ADA):
    """Return a cover letter and patches with these titles."""
    head, *patches = make_series(total=len(titles))
    body = f"From: {author}\n\n"
    return [
        head,
        *(
            read_mail(
                one.message_id,
                f"[PATCH {place}/{len(titles)}] {title}",
                f"{body}{in_kvm(place)}",
                ADA,
                ["s-0@x"],
            )
            for place, (one, title) in enumerate(zip(patches, titles, strict=True), 1)
        ),
    ]


def test_titles_with_another_prefix():
    """Where a pull request lists the whole series, parts may be added to the titles' prefixes."""
    (found,) = find_pulled([*send_named(), pull(*TAKEN)])
    assert found.patches == (1, 2, 3)
    assert sum("another prefix" in one for one in found.evidence) == 2


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (TAKEN[1:], (2,)),
        ((TAKEN[0], "KVM: timer: Stop it by day", TAKEN[2]), (1,)),
        ((TAKEN[2], TAKEN[1], TAKEN[0]), (1, 2)),
        ((*TAKEN, "KVM: lamp: Count the ticks"), (2,)),
        (("KVM: lamp: Count the ticks", *TAKEN[1:]), (2,)),
    ],
    ids=["a part", "no title is the same", "another order", "two alike", "another place"],
)
def test_titles_with_another_prefix_that_may_be_others(titles, found):
    """What is listed with parts behind its prefix may be a like patch for something else."""
    pulled = find_pulled([*send_named(), pull(*titles)])
    assert [one.patches for one in pulled] == [found]


ALONE = {
    "parts before it": ("timer: Count the ticks", "KVM: timer: Count the ticks", True),
    "other parts before it": ("arm: timer: Count the ticks", "KVM: timer: Count the ticks", True),
    "parts before it went": ("KVM: timer: Count the ticks", "timer: Count the ticks", True),
    "parted by a slash": (
        "drivers/kvm/timer: Count the ticks",
        "kvm: timer: count the ticks",
        True,
    ),
    "none before": ("Count all the ticks", "KVM: timer: Count all the ticks", True),
    "three words, and none before": ("Count the ticks", "KVM: timer: Count the ticks", False),
    "parts that no path has": ("timer: Count the ticks", "lamp: timer: Count the ticks", False),
    "other parts that no path has": ("KVM: timer: Go on and on", "phy: timer: Go on and on", False),
    "a test of it": (
        "KVM: timer: Count the ticks",
        "selftests: KVM: timer: Count the ticks",
        False,
    ),
    "a backport of it": ("BACKPORT: KVM: Count the ticks", "KVM: Count the ticks", False),
    "a vendor's": ("ANDROID: KVM: Count the ticks", "KVM: Count the ticks", False),
    "its binding": ("dt-bindings: timer: Count the ticks", "KVM: timer: Count the ticks", False),
    "two words": ("timer: Count ticks", "KVM: timer: Count ticks", False),
    "parts behind it": ("KVM: Count the ticks", "KVM: timer: Count the ticks", False),
    "another place": ("KVM: timer1: Count the ticks", "KVM: timer2: Count the ticks", False),
    "none at last": ("KVM: timer: Count the ticks", "Count the ticks", False),
    "other words": ("timer: Count the ticks", "KVM: timer: Count no ticks", False),
}


@pytest.mark.parametrize(("sent", "listed", "is_found"), ALONE.values(), ids=ALONE)
def test_a_title_alone_with_another_prefix(sent, listed, is_found):
    """A maintainer writes another prefix before the same words of the same author."""
    mails = [*send_named((sent,)), pull(listed)]
    assert [one.patches for one in find_pulled(mails)] == ([(1,)] if is_found else [])
    assert find_pulled([*send_named((sent,), author=BEN), pull(listed)]) == ()


@pytest.mark.parametrize(
    "other",
    [
        pull("lamp: timer: Count the ticks", name="other"),
        read_mail("o@x", "[PATCH] lamp: timer: Count the ticks", in_kvm(7), ADA, hour=1),
    ],
    ids=["listed for two", "sent for two"],
)
def test_a_title_with_another_prefix_and_one_that_may_be_meant(other):
    """Where the author sent the words with two prefixes, or two are listed, nobody knows which."""
    mails = [*send_named(("timer: Count the ticks",)), pull("KVM: timer: Count the ticks")]
    assert len(find_pulled(mails)) == 1
    assert find_pulled([*mails, other]) == ()


def test_another_prefix_tells_nothing_of_what_was_pulled_before():
    """What an earlier pull request has is not told of a second time, whatever the titles are."""
    mails = [*send_named(), pull(TAKEN[1], name="first"), pull(*TAKEN, hour=72, name="again")]
    assert [one.patches for one in find_pulled(mails)] == [(2,), (1,)]
    mails = [*make_series(), pull(ALL[0], name="first"), pull(*ALL, hour=72, name="again")]
    assert [one.patches for one in find_pulled(mails)] == [(1,), (2, 3)]


def test_other_titles_with_another_prefix():
    """Another author's patches, and titles of two words, must be listed as they are."""
    assert find_pulled([*send_named(author=BEN), pull(*TAKEN)]) == ()
    short = ("timer: Fix typo", *NAMED[1:])
    (found,) = find_pulled([*send_named(short), pull("KVM: timer: Fix typo", *TAKEN[1:])])
    assert found.patches == (2,)


def send_below(title, author=ADA, added="int new;", hour=48):
    """Return a pull request without a list, and the one patch that was sent below it."""
    text = PULL.format(ref="tags/pull", log="Please pull.")
    head = read_mail("pull@x", "[GIT PULL 0/1] KVM timers", text, EWA, hour=hour)
    body = f"From: {author}\n\n{patch_text(1, added=added)}"
    return [head, read_mail("below@x", f"[PATCH 1/1] {title}", body, EWA, ["pull@x"], hour)]


def test_the_same_change_below_a_pull_request():
    """A patch that was sent below a pull request, whatever its title there, is the same change."""
    lone = read_mail("lone@x", "[PATCH] KVM: timer", patch_text(1), ADA)
    (found,) = find_pulled([lone, *send_below("KVM: timers: a better title")], "lone@x")
    assert (found.message_id, found.patches) == ("pull@x", (1,))
    assert found.evidence == ("the same change by the same author was sent below it",)
    for other in (
        send_below("KVM: timers: another change", added="int other;"),
        send_below("KVM: timers: another author", BEN),
        send_below("KVM: timers: before", hour=-3),
    ):
        assert find_pulled([lone, *other], "lone@x") == ()


def test_a_pull_request_is_in_none():
    """The series below a pull request has none of its own."""
    assert find_pulled([*send_below("KVM: timer"), pull("KVM: timer", hour=72)], "pull@x") == ()


@pytest.mark.parametrize(
    "subject", ["[PATCH AUTOSEL 6.1 5/9] KVM: timer", "[PATCH 6.1.y] KVM: timer"]
)
def test_a_backport_is_in_none(subject):
    """A backport for a stable tree has the title of what was pulled, and is not in it."""
    mails = [read_mail("lone@x", subject, patch_text(1), ADA), pull("KVM: timer")]
    assert find_pulled(mails, "lone@x") == ()
