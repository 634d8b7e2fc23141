"""What programs answer to a patch that they put into a tree."""

from email.utils import format_datetime

import pytest

from kvminbox.analysis import compute_applied, compute_waiting
from kvminbox.gist import make_gist
from kvminbox.inbox import MailList
from kvminbox.review.notices import read_notice, unpack_notice
from tests.review.review_mails import ADA, EWA, START, make_series, read_mail
from tests.review.test_notices import find_applied, find_review

PROGRAM = "Ewa Lis <patch-notifications@kvm.example>"
HASH = "0123456789abcdef0123456789abcdef01234567"
ANSWER = """On Mon, 2025-03-03 at 09:00:00 UTC, Ada Pfeiffer wrote:
> Say it.
>
> Signed-off-by: Ada Pfeiffer <ada@silicon.example>

{said}

https://trees.example/kvm/c/{commit}

cheers
"""
TIP = """Commit-ID:  {commit}
Gitweb:     https://trees.example/tip/{commit}
Author:     Ada Pfeiffer <ada@silicon.example>
AuthorDate: {written}
Committer:  Ewa Lis <ewa@kvm.example>
CommitDate: {written}

KVM: timer 2

Say it.

Signed-off-by: Ada Pfeiffer <ada@silicon.example>
---
 virt/timer2.c | 2 +-
"""


def answer(said, number=1, sender=PROGRAM, subject=None):
    """Return what a program answers to a patch of the series `s`."""
    text = ANSWER.format(said=said, commit=HASH)
    subject = subject or f"Re: [PATCH {number}/3] KVM: timer {number}"
    return read_mail("a@x", subject, text, sender, [f"s-{number}@x"], hour=24)


def tip(subject="[tip:timers/core] KVM: timer 2", parents=("s-2@x",), **changes):
    """Return a notice of the tip tree, of the time when it had no sentence."""
    text = TIP.format(commit=HASH, written=format_datetime(START))
    for old, new in changes.items():
        text = text.replace(old, new)
    return read_mail("t@x", subject, text, "tip-bot for Ada <tipbot@kvm.example>", parents, 24)


@pytest.mark.parametrize(
    ("said", "tree"),
    [
        ("Applied to powerpc topic/timers, thanks.", "powerpc topic/timers"),
        ("Applied to powerpc next-fixes/timers.", "powerpc next-fixes/timers"),
        ("Applied to powerpc merge, thanks.", "powerpc merge"),
        ("Patch applied to the powerpc test branch, thanks.", "powerpc test"),
    ],
)
def test_a_program_names_any_tree(said, tree):
    """What a program answers to a patch says that it was applied, whatever the branch is called."""
    mails = [*make_series(), answer(said, 2)]
    assert find_applied(mails) == [(tree, (2,))]
    assert find_review(mails).applied[0].commits == (HASH,)


@pytest.mark.parametrize("tree", ["topic/timers", "merge"])
def test_a_program_takes_the_series(tree):
    """`Series applied` below the first patch is all of it, which then waits for nobody."""
    mails = [*make_series(), answer(f"Series applied to powerpc {tree}, thanks.")]
    assert find_applied(mails) == [(f"powerpc {tree}", (1, 2, 3))]
    assert compute_waiting(MailList(mails)).applied == 1
    assert compute_waiting(MailList(mails[:-1])).applied == 0


@pytest.mark.parametrize(
    "mail",
    [
        answer("Applied to powerpc merge.", 2),
        answer("This failed when applied to powerpc merge, thanks.", 2),
        answer("Applied to powerpc merge, thanks.", 2, subject="Re: [bug 7] timer 2"),
        answer("Applied to powerpc merge, thanks.", 2, sender=EWA),
        answer("Applied to powerpc merge, thanks.", 2, sender="Review Bot <ai-review@kvm.example>"),
    ],
    ids=["no thanks", "other words", "no answer to a patch", "a person", "a reviewer"],
)
def test_what_is_no_answer_of_such_a_program(mail):
    """Of a tree without the mark of one only a program's usual sentence is believed."""
    assert find_applied([*make_series(), mail]) == []


@pytest.mark.parametrize(
    "sender", ["kernel test robot <lkp@lab.example>", "<review-bot@x.example>"]
)
@pytest.mark.parametrize(
    "said", ["Applied to kvm/next, thanks.", "7 int timer(void)\n8 {\n9 int old, queued, running;"]
)
def test_a_program_that_tests_takes_nothing(sender, said):
    """A program that tests or reviews patches puts none into a tree, whatever its mails show."""
    assert find_applied([*make_series(), answer(said, 2, sender)]) == []
    alone = compute_applied(MailList([answer(said, 2, sender)]))
    assert alone.rows == ()
    assert compute_applied(MailList([answer(said, 2)])).rows


def test_a_slash_ends_a_name_only_at_its_end():
    """What follows a branch must not show that it is something else."""
    said = "I've added this to the powerpc topic/timers documentation."
    assert find_applied([*make_series(), answer(said, sender=EWA)]) == []


def test_a_gist_keeps_what_a_program_answered():
    """What is kept of such an answer tells the same as its text."""
    said = answer("Applied to powerpc merge, thanks.")
    assert "powerpc merge" in make_gist(said).own
    assert make_gist(answer("Applied to powerpc merge, thanks.", sender=EWA)).own == ""


def test_an_old_notice_of_the_tip_tree():
    """A commit's header and its message, below the patch that it was made of, tell of that."""
    found = read_notice(tip())
    assert (found.title, found.email, found.tree) == (
        "KVM: timer 2", "ada@silicon.example", "timers/core branch of tip",
    )  # fmt: skip
    assert (found.written, found.commits, found.queued) == (START.timestamp(), (HASH,), ("s-2@x",))
    assert find_applied([*make_series(), tip()]) == [("timers/core branch of tip", (2,))]
    assert unpack_notice(make_gist(tip()).notes) == found


def test_an_old_notice_of_the_tip_tree_in_no_thread():
    """Its title, author and date name the mail, and another title does not."""
    assert find_applied([*make_series(), tip(parents=())]) == [("timers/core branch of tip", (2,))]
    other = tip("[tip:timers/core] KVM: timer 9", parents=())
    assert find_applied([*make_series(), other]) == []


@pytest.mark.parametrize(
    "mail",
    [
        tip("Re: [tip:timers/core] KVM: timer 2"),
        tip("[tip] KVM: timer 2"),
        tip(**{"Commit-ID:": "Commit:"}),
        read_mail(
            "t@x", "[tip:timers/core] KVM: timer 2", TIP.format(commit=HASH, written=""), ADA
        ),
    ],
    ids=["a reply", "no branch", "no id", "a person"],
)
def test_what_is_no_notice_of_the_tip_tree(mail):
    """The subject, the header and the program must be those of a notice."""
    assert read_notice(mail) is None
