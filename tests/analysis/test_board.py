"""How far each series has come, and why."""

import pytest

from kvminbox import Inbox, reports
from kvminbox.analysis import BOARD_STATES, choose, compute_board, compute_waiting
from kvminbox.errors import UsageError
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Tree
from tests.analysis.analysis_mails import ADA, BEN, EWA, Mails, mail, patch, reply

REVIEWED = f"Reviewed-by: {EWA}\n"
REMARK = "> +new\n\nThis can overflow, please check it.\n"
APPLIED = "Applied to kvm/next, thanks!\n"


def state_of(*mails, **options):
    """Return the state and the reasons of the only series of some mails."""
    (row,) = compute_board(Mails(*mails), **options).series
    return row.state, "; ".join(row.evidence)


ONE = patch("one", "[PATCH] KVM: one")
TWO = (
    patch("p1", "[PATCH 1/2] KVM: p1"),
    patch("p2", "[PATCH 2/2] KVM: p2", "virt/kvm/b.c", parent="p1"),
)


def test_without_an_answer_it_waits():
    """A series that nobody else answered waits; its sender's and a bot's mails don't count."""
    bot = reply("bot", "one", "Built.\n", "kernel test robot <lkp@intel.com>", hour=1)
    state, why = state_of(ONE, reply("mine", "one", "Ping?\n", ADA, hour=30), bot)
    assert state == "waiting"
    assert why == "no reply or tag from anybody else"


def test_a_tag_that_was_sent_with_a_patch_is_told():
    """A tag in a patch's own message is no answer: it is told, and not denied in the same row."""
    borne = patch("p1", "[PATCH 1/2] KVM: p1", text=f"Why.\n\nAcked-by: {EWA}\n")
    state, why = state_of(borne, TWO[1])
    assert state == "waiting"
    assert why == "no reply; 1 of 2 patches was sent with somebody else's tag"


def test_a_question_is_a_review():
    """An answer without a remark on a line, and without a tag, leaves it under review."""
    state, why = state_of(ONE, reply("re", "one", "What is it for?\n", hour=1))
    assert (state, why) == ("under_review", "1 reply by Ewa Lis")


def test_a_remark_asks_for_a_next_version():
    """A remark on a line does, with its day, whether the author answered it or not."""
    remark = reply("re", "one", REMARK, hour=1)
    state, why = state_of(ONE, remark)
    assert state == "needs_version"
    assert why == (
        "1 remark by Ewa Lis on 2025-03-03, and no approval since; the author has not answered"
    )
    answer = reply("mine", "re", "> This can overflow, please check it.\n\nNo.\n", ADA, hour=2)
    state, why = state_of(ONE, remark, answer)
    assert state == "needs_version"
    assert why.endswith("the author answered it")


def test_what_a_program_remarks_makes_no_state():
    """It is told as a note: what a board says of a series, `waiting` says, too."""
    program = "sashiko-bot <sashiko-bot@review.example>"
    points = reply("re", "one", REMARK, program, hour=1)
    corpus = Mails(ONE, points)
    (row,) = compute_board(corpus).series
    assert (row.state, row.remarks, row.program_remarks) == ("waiting", 0, 1)
    assert row.evidence == (
        "no reply or tag from anybody else", "1 remark by sashiko-bot, a program",
    )  # fmt: skip
    assert len(compute_waiting(corpus).series) == 1
    (row,) = compute_board(Mails(ONE, points, reply("p", "one", REMARK, hour=2))).series
    assert (row.state, row.remarks, row.program_remarks) == ("needs_version", 1, 1)
    assert row.evidence[0].startswith("1 remark by Ewa Lis")
    assert row.evidence[-1] == "1 remark by sashiko-bot, a program"


def test_an_approval_settles_the_remarks_of_its_giver():
    """A Reviewed-by in the same mail, or later, settles them: nobody else's, and no earlier one."""
    remark = reply("re", "one", REMARK, hour=2)
    both = reply("re", "one", f"{REMARK}\nWith that:\n\n{REVIEWED}", hour=2)
    later = reply("later", "one", REVIEWED, hour=3)
    earlier = reply("earlier", "one", REVIEWED, hour=1)
    other = reply("other", "one", f"Reviewed-by: {BEN}\n", BEN, hour=3)
    tested = reply("tested", "one", f"Tested-by: {EWA}\n", hour=3)
    assert state_of(ONE, both)[0] == "ready"
    assert state_of(ONE, remark, later)[0] == "ready"
    assert state_of(ONE, earlier, remark)[0] == "needs_version"
    assert state_of(ONE, remark, other)[0] == "needs_version"
    assert state_of(ONE, remark, tested)[0] == "needs_version"


def test_what_is_in_a_pull_request_is_applied():
    """A series that a later pull request has is applied: whose that is, and since when, is told."""
    text = (
        "The following changes since commit 0123456789ab:\n\n  KVM: zero\n\n"
        "are available in the Git repository at:\n\n  https://kvm.example/kvm.git tags/kvm-1\n\n"
        "Ada Pfeiffer (1):\n      KVM: {}\n"
    )
    pull = mail("pull", "[GIT PULL] KVM for today", text.format("one"), EWA, hour=48)
    remark = reply("re", "one", REMARK, hour=1)
    state, why = state_of(ONE, remark, pull)
    assert state == "landed"
    assert why == "it is in the pull request <pull@x> of 2025-03-05 by Ewa Lis"
    part = mail("pull", "[GIT PULL] KVM for today", text.format("p2"), EWA, hour=48)
    state, why = state_of(*TWO, part)
    assert state == "waiting"
    assert why.endswith("patch 2 of 2 is in the pull request <pull@x> of 2025-03-05 by Ewa Lis")


def test_a_nack_asks_for_a_next_version():
    """A Nacked-by does, whoever else approved."""
    nack = reply("no", "one", f"NAK.\n\nNacked-by: {BEN}\n", BEN, hour=2)
    state, why = state_of(ONE, reply("re", "one", REVIEWED, hour=1), nack)
    assert state == "needs_version"
    assert why.startswith("a Nacked-by from Okafor, Ben")


def test_a_bare_nak_asks_for_a_next_version():
    """Who writes no more than `NAK.` is named, whoever else approved; not below another reply."""
    state, why = state_of(
        ONE, reply("re", "one", REVIEWED, hour=1), reply("no", "one", "NAK.\n", BEN)
    )
    assert state == "needs_version"
    assert why.startswith("NAK by Okafor, Ben")
    assert "Okafor, Ben in <no@x>" in why
    back = reply("ok", "no", "I withdraw my NAK.\n", BEN, hour=3)
    state, why = state_of(ONE, reply("no", "one", f"Nacked-by: {BEN}\n", BEN, hour=2), back)
    assert (state, "acked-by" in why) == ("under_review", False)
    below = reply("no", "re", "NAK.\n", BEN, hour=2)
    state, why = state_of(ONE, reply("re", "one", "How about a lock?\n", hour=1), below)
    assert (state, "NAK" in why) == ("under_review", False)


def test_background_with_thanks_asks_for_nothing():
    """`FYI, thank you for this` with what the patch is good for leaves it under review."""
    text = (
        "> +new\n\nFYI, thank you for this {}. Some background:\n\nIt was hard to reach a lamp.{}\n"
    )
    state, _ = state_of(ONE, reply("re", "one", text.format("commit", ""), hour=1))
    assert state == "under_review"
    for more in (
        " Please add a lock.",
        " It crashes.",
        " Is it enough?",
        " But a lock is missing.",
    ):
        state, _ = state_of(ONE, reply("re", "one", text.format("commit", more), hour=1))
        assert state == "needs_version", more


def test_all_patches_with_tags_are_ready():
    """Ready is what has a tag on each patch, given in answers or borne; one of two is not."""
    one = reply("re1", "p1", REVIEWED, hour=3)
    two = reply("re2", "p2", f"Tested-by: {BEN}\n", BEN, hour=4)
    state, why = state_of(*TWO, one)
    assert (state, why) == (
        "under_review", "1 reply by Ewa Lis; 1 of 2 patches has no tag from anybody else",
    )  # fmt: skip
    state, why = state_of(*TWO, one, two)
    assert state == "ready"
    assert why == "each patch has a Reviewed-by, Acked-by or Tested-by (Ewa Lis, Okafor, Ben)"
    borne = patch("b", "[PATCH] KVM: b", text=f"Why.\n\n{REVIEWED}Signed-off-by: {ADA}\n")
    assert state_of(borne)[0] == "ready"


GENERAL = "It needs a better commit log. Also, please update the subject line.\n"


@pytest.mark.parametrize(
    ("later", "who", "state"),
    [
        (GENERAL, BEN, "under_review"),
        ("Has this been tested on a big machine?\n", BEN, "under_review"),
        (f"{GENERAL}\nAcked-by: {BEN}\n", BEN, "ready"),
        ("Looks good to me, thanks!\n", BEN, "ready"),
        ("The device tree needs a schema for it.\n", BEN, "under_review"),
        ("This should be merged with the other function.\n", BEN, "under_review"),
        ("Any news about this one?\n", BEN, "ready"),
        ("Any update?\n", BEN, "ready"),
        ("Please take it through your tree.\n", BEN, "ready"),
        ("I would like to see this merged.\n", BEN, "ready"),
        ("Which tree is this for?\n", BEN, "ready"),
        ("I am going to apply the series to hwmon-next.\n", BEN, "ready"),
        (GENERAL, ADA, "ready"),
        (GENERAL, "sashiko-bot <sashiko-bot@review.example>", "ready"),
    ],
    ids=[
        "a wish",
        "a question",
        "with a tag",
        "praise",
        "a wish that names a tree",
        "a wish to merge code",
        "a ping",
        "another ping",
        "please take it",
        "a wish to merge",
        "which tree",
        "a plan",
        "the author's",
        "a program's",
    ],
)
def test_what_is_remarked_after_the_last_approval_leaves_it_under_review(later, who, state):
    """A remark below no line makes no state of its own, but what has one is not ready."""
    given = reply("re", "one", REVIEWED, hour=2)
    found, why = state_of(ONE, given, reply("later", "one", later, who, hour=3))
    assert found == state
    assert ("1 general remark by Okafor, Ben after the last approval" in why) == (
        state == "under_review"
    )
    assert state_of(ONE, given, reply("before", "one", later, who, hour=1))[0] == "ready"


def test_a_remark_on_a_patch_that_came_with_its_tags():
    """Such tags were given before it was sent: whatever is remarked was remarked later."""
    borne = patch("b", "[PATCH] KVM: b", text=f"Why.\n\n{REVIEWED}Signed-off-by: {ADA}\n")
    state, why = state_of(borne, reply("re", "b", GENERAL, BEN, hour=1))
    assert state == "under_review"
    assert "1 general remark by Okafor, Ben since it was sent with its tags" in why


def test_a_tag_of_an_earlier_sending_is_told_as_that():
    """A tag that an unchanged patch has from an earlier version or sending is said to be so."""
    told = "its patch has a Reviewed-by, Acked-by or Tested-by"
    review = reply("re", "one", REVIEWED, hour=1)
    later = patch("again", "[PATCH v3] KVM: one", hour=48)
    (row,) = compute_board(Mails(ONE, review, later)).series
    assert row.evidence == (f"{told} (Ewa Lis as of v1)",)
    again = patch("again", "[PATCH RESEND] KVM: one", hour=48)
    (row,) = compute_board(Mails(ONE, review, again)).series
    assert row.evidence == (f"{told} (Ewa Lis as of the sending of 2025-03-03)",)
    both = reply("re2", "again", f"Acked-by: {BEN}\n", BEN, hour=50)
    (row,) = compute_board(Mails(ONE, review, again, both)).series
    assert row.evidence == (f"{told} (Okafor, Ben; Ewa Lis as of the sending of 2025-03-03)",)
    same = reply("re3", "again", REVIEWED, hour=50)
    (row,) = compute_board(Mails(ONE, review, again, same)).series
    assert row.evidence == (f"{told} (Ewa Lis)",)


def test_what_lies_outside_is_not_called_missing():
    """Patches near the first or last mail may lie outside, and are said to; far from it not."""
    half = patch("p1", "[PATCH 1/2] KVM: half", hour=50)
    far = mail("first", "Minutes", hour=0), mail("last", "Minutes", hour=100)
    _, why = state_of(half)
    assert why.endswith("not here, and may have come earlier or later")
    _, why = state_of(half, *far)
    assert why.endswith("not here")


def test_a_new_version_of_one_patch_lacks_none():
    """`[PATCH v2 2/2]` that answers v1's second patch is one patch, and not one of two."""
    again = patch("n2", "[PATCH v2 2/2] KVM: p2", "virt/kvm/b.c", added=2, parent="p2", hour=200)
    end = mail("last", "Minutes", hour=400)
    rows = {row.revision: row for row in compute_board(Mails(*TWO, again, end)).series}
    assert (rows[2].patches, rows[2].missing) == (1, 0)
    assert "not here" not in "; ".join(rows[2].evidence)
    waiting = {row.revision: row for row in compute_waiting(Mails(*TWO, again, end)).series}
    assert waiting[2].missing == 0


def test_a_patch_sent_again_alone_is_not_ready_for_the_rest_of_its_set():
    """Its approvals are named, and the patches that this sending does not have are counted."""
    again = patch("n2", "[PATCH v2 2/2] KVM: p2", "virt/kvm/b.c", added=2, parent="p2", hour=200)
    mails = *TWO, again, mail("last", "Minutes", hour=400)
    rest = "the other one of its 2 patches is not part of this sending"
    (row,) = compute_board(Mails(*mails)).series
    assert row.evidence == ("no reply or tag from anybody else", rest)
    (row,) = compute_board(Mails(*mails, reply("re", "n2", REVIEWED, hour=201))).series
    assert row.state == "under_review"
    assert row.evidence == (
        "1 reply by Ewa Lis",
        "its patch here has a Reviewed-by, Acked-by or Tested-by (Ewa Lis)",
        rest,
    )
    assert (row.untagged, row.missing, row.not_resent) == (0, 0, 1)


def test_a_patch_beyond_the_number_of_patches_is_one_more():
    """A `[PATCH 3/2]` is counted among the patches of its set: the two before it are not here."""
    state, why = state_of(patch("p3", "[PATCH 3/2] KVM: p3"), mail("last", "Minutes", hour=400))
    assert state == "waiting"
    assert "2 of its 3 patches are not here" in why


def test_what_is_not_whole_or_an_rfc_is_not_ready():
    """A series with missing patches is not ready, nor is an RFC, whatever its tags."""
    half = patch("p1", "[PATCH 1/2] KVM: half")
    state, why = state_of(half, reply("re", "p1", REVIEWED, hour=1))
    assert state == "under_review"
    assert "; its patch here has a Reviewed-by, Acked-by or Tested-by (Ewa Lis); 1 of its 2 " in why
    assert "1 of its 2 patches is not here" in why
    three = reply("re", "p1", REVIEWED, hour=1)
    assert "; 2 of its 3 patches are not here" in state_of(patch("p1", "[PATCH 1/3] KVM"), three)[1]
    asked = patch("rfc", "[RFC PATCH] KVM: asked")
    state, why = state_of(asked, reply("re", "rfc", REVIEWED, hour=1))
    assert state == "under_review"
    assert why.startswith("it is an RFC")


def test_what_was_applied_is_called_so_without_a_tree():
    """No format tells of what a mail says was applied that it landed; the state's name stays."""
    told = reports.board(Mails(ONE, reply("re", "one", APPLIED, hour=1)))
    assert "\nApplied (1), oldest first\n" in told.to_text()
    assert "1 series: 1 applied." in told.to_text()
    for text in (told.to_text(), told.to_markdown(), told.to_csv()):
        assert "landed" not in text.lower()
    assert ">landed" not in told.to_page().lower()
    assert '"state": "landed"' in told.to_json()


def test_what_was_applied_has_landed():
    """A mail that says so is enough for the patches that it names, and the reason names it."""
    state, why = state_of(ONE, reply("re", "one", APPLIED, hour=1))
    assert state == "landed"
    assert why == "Ewa Lis said on 2025-03-03 that it was applied to kvm/next"
    part = reply("re", "p1", "Applied patch 1 to kvm/next, thanks!\n", hour=3)
    state, why = state_of(*TWO, part)
    assert state == "under_review"
    assert "Ewa Lis said on 2025-03-03 that patch 1 of 2 was applied" in why


def test_what_free_words_say_is_only_said_to_be_applied():
    """Words of somebody's own are misread more often: their series is shown, with the words."""
    free = reply("re", "one", "I have gone ahead and applied this to my tree.\n", hour=1)
    state, why = state_of(ONE, free)
    assert state == "claimed"
    assert 'in words of their own: "I have gone ahead' in why
    sure = reply("re2", "one", APPLIED, hour=2)
    assert state_of(ONE, free, sure)[0] == "landed"
    page = reports.board(Mails(ONE, free)).to_page()
    assert 'data-state="claimed" aria-pressed="true">said to be applied 1' in page
    assert 'data-state="landed" aria-pressed="false">applied 0' in page


def test_what_its_author_withdrew_asks_for_nothing():
    """Whoever remarked or refused, the state is that, with the words; a part of it is only told."""
    remark, nak = reply("re", "one", REMARK, hour=1), reply("no", "one", "NAK.\n", BEN, hour=2)
    mine = reply("mine", "re", "> please check it\n\nI'll withdraw this patch then.\n", ADA, hour=3)
    state, why = state_of(ONE, remark, nak, mine)
    assert state == "withdrawn"
    assert why == 'Ada Pfeiffer withdrew it on 2025-03-03: "I\'ll withdraw this patch then."'
    page = reports.board(Mails(ONE, remark, mine)).to_page()
    assert 'data-state="withdrawn" aria-pressed="false">withdrawn 1' in page
    applied = reply("yes", "one", APPLIED, hour=4)
    assert state_of(ONE, remark, mine, applied)[0] == "landed"
    part = reply("mine", "p2", "Please ignore this patch.\n", ADA, hour=3)
    state, why = state_of(*TWO, part)
    assert state == "waiting"
    assert 'Ada Pfeiffer withdrew patch 2 of 2 on 2025-03-03: "Please ignore' in why
    both = [reply(f"r{n}", f"p{n}", REVIEWED, hour=1) for n in (1, 2)]
    assert state_of(*TWO, *both)[0] == "ready"
    assert state_of(*TWO, *both, part)[0] == "under_review"
    first = reply("re", "p1", APPLIED, hour=1)
    assert state_of(*TWO, part, first)[0] == "withdrawn"


def test_a_report_on_what_was_taken_asks_for_no_next_version():
    """What is found in a patch after somebody took it is told, but the others wait for no author.

    Where who took it may have been misread, it still asks for one, and so does a remark on
    another patch.
    """
    taken = reply("re", "p1", "Applied patch 1 to kvm/next, thanks!\n", hour=3)
    late = reply("late", "p1", "> +new\n\nThis breaks my build, please check it.\n", BEN, hour=9)
    state, why = state_of(*TWO, taken, late)
    assert state == "under_review"
    assert "1 remark on what had been taken by then" in why
    free = reply("re", "p1", "Hearing no objections, I queued patch 1 in kvm/next.\n", hour=3)
    assert state_of(*TWO, free, late)[0] == "needs_version"
    other = reply("late", "p2", "> +new\n\nThis breaks my build, please check it.\n", BEN, hour=9)
    assert state_of(*TWO, taken, other)[0] == "needs_version"


def test_a_tree_tells_what_landed(tmp_path):
    """With a tree, a series is landed whose patches are all there, and not one taken back."""
    inbox = Inbox.open(make_sample(tmp_path))
    tree = Tree.open(make_sample_tree(tmp_path))
    board = compute_board(inbox.between(None), tree=tree)
    landed = {row.title: row.evidence for row in board.series if row.state == "landed"}
    assert landed["KVM: say that there is no timer"] == (
        "all 2 patches are in kvm-sample-tree, the last committed on 2025-06-11, from v6.16-rc1 on",
        "Ewa Lis said on 2025-06-10 that patch 1 of 2 was applied to kvm/next",
    )
    others = {row.title: row for row in board.series if row.state != "landed"}
    reverted = [row for row in others.values() if "reverted" in "; ".join(row.evidence)]
    assert [row.message_id for row in reverted] == ["mmu-1@silicon.example"]
    assert board.tree == "kvm-sample-tree"
    assert compute_board(inbox.between(None)).count("landed") < len(landed)


def test_only_the_newest_version_is_on_it():
    """An older version is counted apart; a pull request is not listed."""
    again = patch("two", "[PATCH v2] KVM: one", hour=5)
    text = (
        "The following changes since commit 0123456789012345678901234567890123456789:\n\n"
        "  x\n\nare available in the Git repository at:\n\n"
        "  https://git.example/kvm.git tags/kvm-1\n\n"
        "for you to fetch changes up to 0123456789012345678901234567890123456780:\n\n  y\n"
    )
    pull = mail("pull", "[GIT PULL] KVM fixes", text, EWA, hour=6)
    cover = mail("c", "[GIT PULL 0/1] KVM fixes", text, EWA, hour=6)
    pulled = patch("c1", "[PATCH 1/1] KVM: pulled", sender=EWA, parent="c", hour=6)
    board = compute_board(Mails(ONE, again, pull, cover, pulled))
    (row,) = board.series
    assert (row.message_id, row.revision, row.versions) == ("two@x", 2, 2)
    assert (row.first_sent, row.age) == (ONE.date, 3600)
    assert (board.superseded, board.pulls) == (1, 1)
    figures = {figure.label: figure.count for figure in board.figures}
    assert figures["superseded"] == 1
    assert set(BOARD_STATES.values()) < set(figures)


def test_a_state_that_is_none_is_not_counted_as_none():
    """A misspelt state is an error, not the number 0."""
    board = compute_board(Mails(ONE))
    assert (board.count("waiting"), board.count("ready")) == (1, 0)
    with pytest.raises(UsageError, match="no such state; did you mean waiting"):
        board.count("waitin")


def test_age_and_last_mail_are_apart():
    """The age counts from the series, `quiet` from the last mail about it."""
    late = mail("z", "Hello", "Hi.\n", BEN, hour=72)
    (row,) = compute_board(Mails(ONE, reply("re", "one", hour=24), late)).series
    assert (row.age, row.quiet) == (72 * 3600, 48 * 3600)
    (row,) = compute_board(Mails(ONE, reply("mine", "one", "Ping\n", ADA, hour=48), late)).series
    assert row.quiet == 24 * 3600


def test_parts_are_those_of_kvm_else_directories():
    """Without a classifier it is parts of KVM that are named, and directories of what has none."""
    rows = compute_board(
        Mails(
            patch("a", path="arch/x86/kvm/mmu.c"), patch("b", path="mm/slab/x.c", hour=1),
            patch("c", path="top.c", hour=2),
        )
    ).series  # fmt: skip
    assert [row.subsystems for row in rows] == [("x86",), ("mm/slab/",), ("./",)]
    named = compute_board(Mails(ONE), classify=lambda one: ["B", "A", "B"]).series
    assert named[0].subsystems == ("B", "A")


def test_states_come_in_order_the_oldest_first():
    """What waits comes first, then the other states in their order, each oldest first."""
    mails = [
        patch("late", path="a.c", hour=9), patch("early", path="b.c", added=5, hour=1),
        patch("done", path="c.c", added=9),
        reply("re", "done", REVIEWED, hour=2),
    ]  # fmt: skip
    rows = compute_board(Mails(*mails)).series
    assert [row.message_id for row in rows] == ["early@x", "late@x", "done@x"]
    only = compute_board(Mails(*mails), only=choose.is_by(["nobody"])).series
    assert only == ()


def test_a_list_of_nothing():
    """Mails without a patch make an empty board, and an empty corpus does, too."""
    board = compute_board(Mails(mail("z", "Hello")))
    assert (board.series, board.superseded, board.pulls) == ((), 0, 0)
    assert compute_board(Mails()).end is None


@pytest.mark.parametrize("hour", [0, 5])
def test_it_does_not_depend_on_the_order_of_mails(hour):
    """The same mails in another order make the same board."""
    mails = [ONE, reply("re", "one", REMARK, hour=hour), patch("two", hour=1)]
    assert compute_board(Mails(*mails)) == compute_board(Mails(*reversed(mails)))


def test_a_quiet_backport_is_counted_apart():
    """A patch for five stable trees fills no five rows; one that was answered is listed."""
    trees = [patch(f"s-{n}", f"[PATCH AUTOSEL 5.{n} 2/8] KVM: lamp", hour=n) for n in (10, 15)]
    board = compute_board(Mails(*trees, reply("r-1", "s-15", "Why?\n", hour=20)))
    assert [row.message_id for row in board.series] == ["s-15@x"]
    assert board.backports == 1
    text = reports.board(Mails(*trees)).to_text()
    assert "0 series. Not listed: 2 backports for stable trees." in text
    nothing = reports.board(Mails()).to_text()
    assert "There is no series in this period" in nothing
