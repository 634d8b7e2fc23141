"""Which series a finding is about, and that it stays apart from reviews."""

import pytest

from kvminbox import review_all
from kvminbox.findings import find_findings, parse_finding
from kvminbox.inbox.mails import MailList
from kvminbox.series import group_series
from tests.findings.robot_mails import BUILD, TREE, lamp_patch, robot

LORE = "lamp-1@silicon.example"
OLD = lamp_patch("old@silicon.example", "PATCH", hour=-9)


def attach(*mails):
    """Return the finding of some mails."""
    (found,) = find_findings(MailList(mails))
    return found


def test_the_mail_that_it_answers_comes_first():
    """An answer is about what it answers, whatever it names."""
    found = attach(OLD, lamp_patch(), robot(BUILD, "Re: lamp", parents=["old@silicon.example"]))
    assert (found.series.message_id, found.patch) == ("old@silicon.example", 1)
    assert found.evidence[-1] == "it answers a mail of the series"


def test_then_the_message_id_that_it_names():
    """A report that answers nothing may link to the patch."""
    found = attach(OLD, lamp_patch(), robot(BUILD))
    assert (found.series.message_id, found.series.revision) == (LORE, 2)
    assert found.evidence[-1] == "it names the patch by its Message-ID"


def test_then_the_title_of_the_newest_patch_before():
    """A commit of a tree is that of the newest patch of its title, and none sent later."""
    later = lamp_patch("new@silicon.example", "PATCH v3", hour=9)
    found = attach(OLD, lamp_patch(), later, robot(TREE, "[lamp:main] warning"))
    assert found.series.message_id == LORE
    assert found.evidence[-1] == "the commit's title is that of the newest patch before it"


def test_a_stated_revision_is_kept():
    """`patch subject: [PATCH v2] …` is not the first version of that title."""
    text = BUILD.replace("patch link:", "link:")
    assert attach(OLD, lamp_patch(), robot(text)).series.revision == 2
    assert attach(OLD, robot(text)).series is None


@pytest.mark.parametrize(
    ("text", "subject", "sender"),
    [
        ("tree/branch: https://x.example/lamp.git main\nbranch HEAD: {}  {}\n",
         "[lamp:main] BUILD SUCCESS 0123", "lkp@robot.example"),
        ("syzbot found the following issue on:\n\nHEAD commit:    {} {}\n",
         "[syzbot] lamp is dark", "syzbot+0123@x.example"),
        ("            Commit: {} - {}\n    Overall result: FAILED\n", "FAIL: Test report",
         "cki-project@lab.example"),
    ],
    ids=["tree", "crash", "CKI"],
)  # fmt: skip
def test_the_last_commit_of_a_tree_is_not_to_blame(text, subject, sender):
    """A report on a tree is about no series, though its last commit came from one."""
    found = attach(
        lamp_patch(),
        robot(text.format("0" * 12, "lamp: count all of its blinks"), subject, sender),
    )
    assert (found.commit_title, found.series) == ("lamp: count all of its blinks", None)


@pytest.mark.parametrize("title", ["lamp: off", "lamp"])
def test_another_title_is_no_evidence(title):
    """Neither another title nor one of a few letters makes a series."""
    text = TREE.replace("lamp: count all of its blinks", title)
    found = attach(lamp_patch(title="lamp"), robot(text, "[lamp:main] warning"))
    assert (found.series, found.patch, len(found.evidence)) == (None, None, 1)


def test_a_finding_is_no_review():
    """A program's tag gives a series no reviewer, and its mail no reply by somebody."""
    text = "The reproducer did not trigger any issue:\n\nTested-by: syzbot <bot@syz.example>\n"
    mails = [lamp_patch(), robot(text, "Re: lamp", "syzbot <syzbot+0123@syz.example>", [LORE])]
    assert attach(*mails).verdict == "passed"
    (review,) = review_all(group_series(mails), mails)
    assert not review.reviewers
    assert review.first_reply.message_id is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        ">> lamp.c:7:3: error: no blink, says number {}\n",
        "a.b:" * 40 + "\n",
        "lamp: " + "x" * 900 + "\n",
        "Test: lamp {} - FAIL\n",
        "BUG: KASAN: in lamp {}\n",
        "commit 0123456789abcdef {}\nAuthor: x\nDate: x\n\n",
        "All errors: error warning error warning {}:\n",
    ],
    ids=["marks", "colons", "long", "checks", "crashes", "commits", "headings"],
)
@pytest.mark.parametrize(
    "sender", ["lkp@robot.example", "syzbot@x.example", "bluez.test.bot@x.example"]
)
def test_floods_are_read_in_linear_time(line, sender, assert_linear):
    """However many lines a mail has, its finding is small and quickly read."""

    def make(size):
        count = size // len(line)
        return robot("".join(line.format(number) for number in range(count)), "x: warning", sender)

    found = parse_finding(make(100_000))
    assert len(found.lines) <= 20
    assert len(found.checks) <= 200
    assert_linear(parse_finding, make, counted=60_000)
