"""What each measure finds: kinds, series, discussions, what was applied, pulls, oddities."""

import pytest

from kvminbox.analysis import (
    FINDINGS,
    Snapshot,
    compute_applied,
    compute_board,
    compute_data_quality,
    compute_discussions,
    compute_new_series,
    compute_overview,
    compute_pull_requests,
    compute_waiting,
)
from kvminbox.display import Table
from kvminbox.models import DEFECT_CODES
from kvminbox.reports.new_series import lay_out_new_series
from tests.analysis.analysis_mails import BEN, EWA, Mails, figures_of, ids_of, mail, patch, reply

PULL = (
    "The following changes since commit 0123456789ab:\n\nare available in the Git repository at:\n"
    "\n  https://git.lamp.example/linux tags/kvm\n"
)
SERIES = (
    mail("s0", "[PATCH v2 0/3] KVM: all of it", hour=1),
    patch("s1", "[PATCH v2 1/3] KVM: one", hour=1, parent="s0", added=2),
    patch("s3", "[PATCH v2 3/3] KVM: three", hour=1, parent="s0", path="b.c", removed=4),
)


def snapshot(*messages):
    """Take a snapshot of some messages."""
    return Snapshot(Mails(*messages))


def test_kinds_add_up():
    """Every mail is of one kind, and the kinds add up to the messages."""
    mails = [
        *SERIES, reply("r", "s0"), mail("p", "[GIT PULL] KVM", PULL), mail("t", "Minutes"),
        reply("b", "s1", sender="robot <patchwork-bot@bot.example>"),
    ]  # fmt: skip
    found = figures_of(compute_overview(snapshot(*mails)))
    kinds = ("patches", "cover letters", "pull requests", "replies", "bot mails")
    assert [found[kind] for kind in kinds] == [2, 1, 1, 1, 1]
    assert found["other mails"] == 1
    assert found["messages"] == sum(found[kind] for kind in (*kinds, "other mails")) == 7
    assert found["senders, not counting bots"] == 2


def test_new_series_have_their_size():
    """A series has its counts of patches, files and lines; the newest comes first."""
    result = compute_new_series(snapshot(patch("lone"), *SERIES))
    first, last = result.rows
    assert (first.title, first.revision, first.patches, first.total) == ("KVM: all of it", 2, 2, 3)
    assert (first.files, first.insertions, first.deletions) == (2, 3, 5)
    assert ids_of(first.messages) == ["s0", "s1", "s3"]
    assert last.title == "KVM: lone"
    assert figures_of(result) == {
        "series and lone patches": 2, "of which v1": 1, "patches": 3,
        "added lines": 4, "removed lines": 6,
    }  # fmt: skip


def test_first_versions_only():
    """Later revisions can be left out."""
    result = compute_new_series(snapshot(patch("lone"), *SERIES), first_only=True)
    assert [row.title for row in result.rows] == ["KVM: lone"]


RESENDS = {
    "[PATCH RESEND] KVM: timer": "KVM: timer (resend)",
    "[RESEND PATCH v3] KVM: timer": "v3 KVM: timer (resend)",
    "[PATCH v2 REPOST] KVM: timer": "v2 KVM: timer (resend)",
    "[PATCH v2] KVM: timer": "v2 KVM: timer",
    "[PATCH] KVM: resend the timer": "KVM: resend the timer",
    "[PATCH] RESEND": "RESEND",
}


@pytest.mark.parametrize(("subject", "title"), RESENDS.items(), ids=RESENDS)
def test_a_resend_is_marked(subject, title):
    """What its subject marks as sent again is told as a resend, and nothing else is."""
    result = compute_new_series(snapshot(patch("a", subject)))
    table = next(block for block in lay_out_new_series(result) if isinstance(block, Table))
    assert table.rows[0][3] == title
    assert result.rows[0].is_resend is title.endswith("(resend)")


def test_discussions_by_replies():
    """Threads are ordered by persons' replies; a thread that began earlier has a title, too."""
    mails = [
        patch("a"), reply("a1", "a"), reply("a2", "a1", sender=BEN), patch("quiet"),
        reply("old", "gone", subject="Re: [PATCH] KVM: older"), reply("old2", "old", hour=5),
        reply("old3", "old2"), reply("bot", "a", sender="robot <patchwork-bot@bot.example>"),
    ]  # fmt: skip
    result = compute_discussions(snapshot(*mails))
    found = [(row.title, row.replies, row.people) for row in result.rows]
    assert found == [("KVM: older", 3, 1), ("KVM: a", 2, 2)]
    assert ids_of(result.rows[1].messages) == ["a1", "a2"]
    assert figures_of(result)["threads without replies"] == 1


def test_what_was_applied():
    """Mails that say so make one row per series; a series from before the window has one, too."""
    mails = [
        *SERIES,
        reply("y1", "s1", "Applied to kvm/next, thanks!\n", hour=2),
        reply("y2", "s3", "Applied, thanks.\n", subject="Re: [PATCH v2 3/3] KVM: three", hour=3),
        reply("z", "gone", "Queued, thanks.\n", subject="Re: [PATCH] KVM: older", hour=4),
        reply("n", "s1", "Will be applied when tested?\n", hour=5),
    ]
    result = compute_applied(snapshot(*mails))
    found = [(row.title, row.revision, ids_of(row.messages)) for row in result.rows]
    assert found == [("KVM: older", None, ["z"]), ("KVM: all of it", 2, ["y1", "y2"])]
    assert result.rows[1].tree == "kvm/next"
    assert (result.rows[1].part, result.rows[1].patches) == ("patches 1, 3 of 3", (1, 3))
    assert result.rows[1].by.email == "ewa@kvm.example"
    assert figures_of(result) == {
        "series, patches and pull requests": 2, "of which only in part": 1,
        "more in words of their own": 0, "mails that say so": 3,
    }  # fmt: skip


PARTS = [
    (("s0", "Applied, thanks.\n"), "", (1, 2, 3)),
    (("s0", "Queued 1+3, thanks.\n"), "patches 1, 3 of 3", (1, 3)),
    (("s2", "Applied this patch, thanks.\n"), "patch 2 of 3", (2,)),
    (("s0", "I applied two patches, thanks.\n"), "part of it", ()),
]


@pytest.mark.parametrize(("said", "part", "patches"), PARTS)
def test_a_part_is_told_as_on_the_board(said, part, patches):
    """Where only some patches were applied the row says which; the board counts the same ones."""
    two = patch("s2", "[PATCH v2 2/3] KVM: two", hour=1, parent="s0")
    answer = reply("y", said[0], said[1], hour=2)
    corpus = snapshot(*SERIES, two, answer)
    result = compute_applied(corpus)
    (row,) = result.rows
    assert (row.part, row.patches) == (part, patches)
    assert figures_of(result)["of which only in part"] == bool(part)
    (on_board,) = compute_board(corpus).series
    assert f"said on 2025-03-03 that {part or 'it'} w" in " ".join(on_board.evidence)


def test_a_notice_without_a_number_is_about_the_patch_that_it_answers():
    """Of a series of which one patch is here, its subject names no patch 1."""
    text = "I've just added the patch titled\n\n    KVM: three\n\nto the 6.1-stable tree\n"
    subject = 'Patch "KVM: three" has been added to the 6.1-stable tree'
    robot = "robot <patchwork-bot@bot.example>"
    notice = reply("y", "q", text, subject=subject, sender=robot, hour=2)
    (row,) = compute_applied(snapshot(patch("q", "[PATCH v2 3/5] KVM: three"), notice)).rows
    assert (row.part, row.patches) == ("patch 3 of 5", (3,))


def test_mails_together_may_be_the_whole():
    """Two mails for a part each are the whole: the row tells of no part."""
    two = patch("s2", "[PATCH v2 2/3] KVM: two", hour=1, parent="s0")
    answers = reply("y", "s0", "Queued 1+3, thanks.\n"), reply("z", "s2", "Queued this patch.\n")
    (row,) = compute_applied(snapshot(*SERIES, two, *answers)).rows
    assert (row.part, row.patches) == ("", (1, 2, 3))


def rows_of(*answers):
    """Return who said that which patches of three went where, in the report's order."""
    two = patch("s2", "[PATCH v2 2/3] KVM: two", hour=1, parent="s0")
    rows = compute_applied(snapshot(*SERIES, two, *answers)).rows
    return [(row.by.name, row.patches, row.tree, ids_of(row.messages)) for row in rows]


def test_parts_of_several_people_are_rows_of_their_own():
    """Who applied one patch gets no credit for another's, nor his tree."""
    ewa = reply("y", "s0", "Queued 1+3 to kvm/next, thanks.\n", hour=2)
    ben = reply("z", "s2", "Applied to power/next.\n", sender=BEN, hour=3)
    assert rows_of(ewa, ben) == [
        ("Okafor, Ben", (2,), "power/next", ["z"]), ("Ewa Lis", (1, 3), "kvm/next", ["y"]),
    ]  # fmt: skip
    two = patch("s2", "[PATCH v2 2/3] KVM: two", hour=1, parent="s0")
    figures = figures_of(compute_applied(snapshot(*SERIES, two, ewa, ben)))
    assert figures["series, patches and pull requests"] == 1
    assert figures["of which only in part"] == 0  # together it is all of it


def test_who_took_patches_to_another_tree_has_a_row():
    """All of it by one person, and one patch by another to his tree, are two rows."""
    ewa = reply("y", "s0", "Applied to kvm/next, thanks.\n", hour=2)
    for answered, told in ("s2", (2,)), ("s0", (1, 2, 3)):
        ben = reply("z", answered, "Applied to the power tree.\n", sender=BEN, hour=3)
        for answers in (ewa, ben), (ben, ewa):
            assert rows_of(*answers) == [
                ("Okafor, Ben", told, "power", ["z"]), ("Ewa Lis", (1, 2, 3), "kvm/next", ["y"]),
            ]  # fmt: skip
    vague = reply("y", "s0", "Queued these two to kvm/next.\n", hour=2)
    other = reply("z", "s0", "I picked these two to the power tree.\n", sender=BEN, hour=3)
    assert [row[2:] for row in rows_of(vague, other)] == [("power", ["z"]), ("kvm/next", ["y"])]


@pytest.mark.parametrize(
    "words",
    [
        "Applied to kvm/lamps.",  # another name of the same tree
        "Applied to linux/fixes.",  # which may be anybody's
        "Applied, thanks.",
        "Already applied to power/next.",  # by whom is not said
    ],
)
def test_who_names_no_other_tree_has_no_row(words):
    """One patch of a series that another person applied whole only repeats it."""
    ewa = reply("y", "s0", "Applied to kvm/next, thanks.\n", hour=2)
    ben = reply("z", "s2", f"{words}\n", sender=BEN, hour=3)
    assert [row[:2] for row in rows_of(ewa, ben)] == [("Ewa Lis", (1, 2, 3))]


def test_a_program_tells_of_the_tree_soon_or_not_at_all():
    """A tree that a program names weeks later is another's, which took the patch from there."""
    said = reply("y", "s0", "Thanks, I've taken this series directly into my tree.\n", hour=2)
    text = "This series was applied to lamp/lamp.git (for-next):\n"
    for hour, tree in ((30, "lamp/lamp.git (for-next)"), (24 * 20, "")):
        robot = reply("z", "s0", text, sender="robot <patchwork-bot@bot.example>", hour=hour)
        assert [row[2:] for row in rows_of(said, robot)] == [(tree, ["y", "z"])]
    told = reply("y", "s0", "Applied to kvm/next, thanks.\n", hour=40)
    robot = reply("z", "s0", text, sender="robot <patchwork-bot@bot.example>", hour=30)
    assert [row[2] for row in rows_of(told, robot)] == ["kvm/next"]  # her own word is first


def test_words_in_a_thread_without_any_patch_tell_of_no_series():
    """`added to the virtio-bus` in an answer to a question is no claim, while one is elsewhere."""
    words = "The device is instantiated, added to the virtio-bus and probed.\n"
    asked = mail("q", "How to make a device?", "Any hint?\n", hour=1)
    about = {"subject": "Re: How to make a device?", "hour": 2}
    assert not compute_applied(snapshot(asked, reply("y", "q", words, **about))).rows
    assert compute_applied(snapshot(reply("y", "gone", words, **about))).rows
    marked = reply("y", "q", "Applied.\n", subject="Re: [PATCH] KVM: a device", hour=2)
    assert compute_applied(snapshot(asked, marked)).rows


def test_who_asks_for_a_pull_does_not_answer_it():
    """`I've picked this up now` below one's own pull request is about something else."""
    pull = mail("p", "[GIT PULL] KVM for 6.18", PULL, hour=1)
    words = "I've added the tag and picked this up now.\n"
    about = {"subject": "Re: [GIT PULL] KVM for 6.18", "hour": 3}
    own = mail("y", about["subject"], words, parent="p", hour=3)
    assert not compute_applied(snapshot(pull, own)).rows
    assert compute_applied(snapshot(pull, reply("y", "p", words, **about))).rows


def test_parts_that_one_person_sent_to_two_trees_are_two_rows():
    """A fix that went to fixes and the rest that went to next are told apart."""
    fix = reply("y", "s1", "Applied to kvm/fixes, thanks.\n", hour=2)
    rest = reply("z", "s0", "Queued 2-3 to kvm/next, thanks.\n", hour=3)
    assert [(row[1], row[2]) for row in rows_of(fix, rest)] == [
        ((2, 3), "kvm/next"), ((1,), "kvm/fixes"),
    ]  # fmt: skip


TWO_TREES = {
    "Applied 1-2 to kvm/next and 3/3 to kvm/fixes.\n": "kvm/fixes",
    "All merged into kvm/next except for patch 3 which has been merged elsewhere.\n": "",
}


@pytest.mark.parametrize(("text", "tree"), TWO_TREES.items())
def test_one_mail_that_names_two_trees_is_two_rows(text, tree):
    """Each tree has its own patches, and the mail is counted once."""
    answer = reply("y", "s0", text, hour=2)
    rows = rows_of(answer)
    assert [(row[1], row[2]) for row in rows] == [((1, 2), "kvm/next"), ((3,), tree)]
    two = patch("s2", "[PATCH v2 2/3] KVM: two", hour=1, parent="s0")
    assert figures_of(compute_applied(snapshot(*SERIES, two, answer)))["mails that say so"] == 1


def test_a_part_that_is_not_known_is_nobody_elses():
    """`I applied two of them` gives no credit to who applied one, unless all are known."""
    ewa = reply("y", "s0", "Applied 3/3 to kvm/next, thanks.\n", hour=2)
    ben = reply("z", "s0", "I applied two of them.\n", sender=BEN, hour=3)
    assert rows_of(ewa, ben) == [
        ("Okafor, Ben", (), "", ["z"]), ("Ewa Lis", (3,), "kvm/next", ["y"]),
    ]  # fmt: skip
    whole = reply("y", "s0", "Applied to kvm/next, thanks.\n", hour=2)
    assert rows_of(whole, ben) == [("Ewa Lis", (1, 2, 3), "kvm/next", ["y", "z"])]
    seen = reply("z", "s0", "I saw that you already applied two of them.\n", sender=BEN, hour=3)
    assert [row[0] for row in rows_of(ewa, seen)] == ["Ewa Lis"]


def test_who_applied_some_is_not_narrowed_to_what_landed():
    """`I've picked up the above 2 patches` is not one patch because somebody saw that one."""
    ewa = reply("y", "s0", "Thanks, I've picked up two of them.\n", hour=2)
    seen = reply("z", "s2", "This patch landed in today's linux-next.\n", sender=BEN, hour=3)
    two = patch("s2", "[PATCH v2 2/3] KVM: two", hour=1, parent="s0")
    (row,) = compute_applied(snapshot(*SERIES, two, ewa, seen)).rows
    assert (row.part, row.patches) == ("part of it", ())


@pytest.mark.parametrize("hour", [1, 3])
def test_who_repeats_what_was_applied_adds_no_row(hour):
    """All of it, and one of it by another person, is one row, of the one who says all, only."""
    ewa = reply("y", "s0", "Applied, thanks.\n", hour=2)
    ben = reply("z", "s2", "This is now in power/next.\n", sender=BEN, hour=hour)
    assert rows_of(ewa, ben) == [("Ewa Lis", (1, 2, 3), "", ["y", "z"])]


def test_of_equals_people_lead_and_who_says_where_to():
    """Of those who say the same, a person comes before a program, and a tree before none."""
    vague = reply("y", "s0", "Applied, thanks.\n", hour=2)
    where = reply("z", "s0", "Applied to power/next.\n", sender=BEN, hour=3)
    assert rows_of(vague, where)[0][0] == "Okafor, Ben"
    robot = "robot <patchwork-bot@bot.example>"
    bot = reply("b", "s0", "Applied to kvm/next.\n", sender=robot, hour=1)
    assert rows_of(bot, where)[0][0] == "Okafor, Ben"


def test_what_a_tester_found_in_linux_next_is_no_row_beside_who_applied():
    """A report on linux-next repeats what was applied; alone it is told as the tester's words."""
    ewa = reply("y", "s0", "Queued 1+3 to kvm/next, thanks.\n", hour=2)
    ben = reply("z", "s0", "This series landed in today's linux-next, and fails.\n", sender=BEN)
    assert rows_of(ewa, ben) == [("Ewa Lis", (1, 2, 3), "kvm/next", ["y", "z"])]
    assert [row[0] for row in rows_of(ben)] == ["Okafor, Ben"]


@pytest.mark.parametrize(
    ("subject", "words", "part"),
    [
        ("Re: [PATCH 0/7] KVM: old", "Queued 3+5, thanks.\n", "patches 3, 5 of 7"),
        ("Re: [PATCH 4/7] KVM: old", "Queued, thanks.\n", "patch 4 of 7"),
        ("Re: [PATCH 0/7] KVM: old", "Queued, thanks.\n", ""),
        # of the quoted shortlog the other titles were deleted
        (
            "Re: [PATCH 0/7] KVM: old",
            "> Ada (7):\n>   KVM: a\n\nApplied to kvm/next!\n",
            "part of it",
        ),
        (
            "Re: [PATCH 0/5] KVM: old",
            ">   git://git.silicon.example/a.git tags/b\n\nPulled, thanks.\n",
            "",
        ),
        ("Re: [PATCH 0/1] KVM: old", "> Ada (1):\n>   KVM: a\n\nApplied to kvm/next!\n", ""),
        ("Re: [PATCH] KVM: old", "Queued, thanks.\n", ""),
        (
            "Re: [PATCH 0/7] KVM: old",
            "Applied, thanks!\n\n[1/2] KVM: a\n      commit: 0123456\n",
            "part of it",
        ),
        (
            "Re: [PATCH 0/7] KVM: old",
            "Applied, thanks!\n\n[2/7] KVM: a\n      commit: 0123456\n",
            "patch 2 of 7",
        ),
        (
            "Re: [PATCH 4/7] KVM: old",
            (
                "Applied, thanks!\n\n[2/7] KVM: a\n      commit: 0123456\n"
                "[5/7] KVM: b\n      commit: 1234567\n"
            ),
            "patches 2, 5 of 7",
        ),
        (
            "Re: [PATCH 0/2] KVM: old",
            (
                "Applied, thanks!\n\n[1/2] KVM: a\n      commit: 0123456\n"
                "[2/2] KVM: b\n      commit: 1234567\n"
            ),
            "",
        ),
        (
            "Re: [PATCH] KVM: old",
            "Applied, thanks!\n\n[1/1] KVM: old\n      commit: 0123456\n",
            "",
        ),
        ("Re: [PATCH 1/2] KVM: old", "[1/2] KVM: a\n      commit: 0123456\n", "patch 1 of 2"),
        ("Re: [PATCH 0/3] KVM: old", "[3/3] KVM: c\n      commit: 0123456\n", "patch 3 of 3"),
        ("Re: [PATCH] KVM: old", "[1/1] KVM: a\n      commit: 0123456\n", ""),
        (
            "Re: [PATCH 0/2] KVM: old",
            "[1/2] KVM: a\n      commit: 0123456\n[2/2] KVM: b\n      commit: 1234567\n",
            "",
        ),
    ],
)
def test_a_part_of_a_series_from_before_the_window(subject, words, part):
    """Of a series that the corpus lacks, the subject's number and the words tell the part."""
    (row,) = compute_applied(snapshot(reply("z", "gone", words, subject=subject))).rows
    assert (row.revision, row.part) == (None, part)


@pytest.mark.parametrize(
    ("subjects", "revision"),
    [
        (("Re: [PATCH v3] KVM: old",), 3),
        (("Re: [PATCH v3 0/2] KVM: old", "Re: [PATCH v3 1/2] KVM: a"), 3),
        (("Re: [PATCH] KVM: old", "RE: [PATCH v3] KVM: old"), 3),
        (("Re: [PATCH v2] KVM: old", "Re: [PATCH v3] KVM: old"), None),
        (("Re: [PATCH] KVM: old",), None),
    ],
)
def test_answers_tell_the_revision_of_what_came_before_the_window(subjects, revision):
    """What the corpus lacks has the revision that the answers' subjects state, if they agree."""
    mails = [
        reply(f"z{number}", "gone", "Applied, thanks.\n", subject=subject)
        for number, subject in enumerate(subjects)
    ]
    (row,) = compute_applied(snapshot(*mails)).rows
    assert row.revision == revision


def answer(name, number, title, words="Queued, thanks.\n", mark="PATCH v2", **more):
    """Make an answer to a mail `oldN` of a series that the corpus lacks."""
    parents = ("old0", f"old{number}") if number else ("old0",)
    subject = f"Re: [{mark} {number}/7] KVM: {title}"
    return reply(name, parents[-1], words, subject=subject, references=parents, **more)


OLD = answer("y", 0, "old", "Queued 3+5, thanks.\n", hour=2)
ONE_ROW = [
    ((OLD, answer("z", 7, "seven", hour=3)), "patches 3, 5, 7 of 7", (3, 5, 7)),
    ((answer("y", 6, "six"), answer("z", 7, "seven"), answer("x", 0, "old", "Hm.\n")),
     "patches 6-7 of 7", (6, 7)),
    ((OLD, answer("z", 7, "seven"), answer("x", 0, "old", "Series queued.\n")), "", None),
    ((OLD, patch("old7", "[PATCH v2 7/7] KVM: seven", parent="old0", hour=1)),
     "patches 3, 5 of 7", (3, 5)),
    ((OLD, patch("old7", "[PATCH v2 7/7] KVM: seven", parent="old0", hour=1),
      answer("z", 7, "seven", hour=3)), "patches 3, 5, 7 of 7", (3, 5, 7)),
]  # fmt: skip


@pytest.mark.parametrize(("mails", "part", "patches"), ONE_ROW)
def test_a_series_from_before_the_window_has_one_row(mails, part, patches):
    """Answers to its cover letter and patches make one row, by its title, with all that is told."""
    (row,) = compute_applied(snapshot(*mails)).rows
    assert (row.title, row.part) == ("KVM: old", part)
    assert row.patches == (patches or (1, 2, 3, 4, 5, 6, 7))


@pytest.mark.parametrize(
    "other",
    [
        answer("z", 7, "seven", mark="PATCH v3", hour=3),
        answer("z", 7, "seven", mark="PATCH v2 RESEND", hour=3),
        answer("z", 0, "of somebody else", hour=3),
        reply("z", "p7", "Queued.\n", subject="Re: [PATCH v2 7/7] KVM: seven", hour=3),
        reply("z", "old7", "Queued.\n", subject="Re: [PATCH v2] KVM: seven",
              references=("old0", "old7"), hour=3),
    ],
)  # fmt: skip
def test_other_series_have_rows_of_their_own(other):
    """Another revision, a resend, another title, another thread, or no number: two rows."""
    first, second = compute_applied(snapshot(OLD, other)).rows
    assert (second.title, second.part) == ("KVM: old", "patches 3, 5 of 7")
    assert ids_of(first.messages) == ["z"]


def test_who_did_it_leads_and_commits_of_others_are_left_out():
    """Who tells that one patch was merged, with two commits, tells of others; who has it leads."""
    links = "".join(f"https://git.kvm.example/l.git/commit/?id={n * 12}\n" for n in "ab")
    told = f"As far as I can see this has now been merged upstream:\n\n{links}"
    told = reply("y", "p", told.replace("aaaaaaaaaaaa", "0123456789ab"), sender=BEN, hour=2)
    mine = reply("z", "p", "It is in my tree, and I will send it on.\n", hour=3)
    (row,) = compute_applied(snapshot(patch("p", hour=1), told, mine)).rows
    assert (row.by.name, row.commits, ids_of(row.messages)) == ("Ewa Lis", (), ["z", "y"])
    (row,) = compute_applied(snapshot(patch("p", hour=1), told)).rows
    assert (row.by.name, len(row.commits)) == ("Okafor, Ben", 2)


def test_commits_of_who_did_it_and_as_many_as_patches_are_kept():
    """A maintainer's own list, and one commit for one patch by another, stay with the row."""
    told = reply("y", "p", "This patch was merged as commit 0123456789ab.\n", sender=BEN, hour=2)
    mine = reply("z", "p", "Applied as 123456789abc, thanks.\n", hour=3)
    (row,) = compute_applied(snapshot(patch("p", hour=1), told, mine)).rows
    assert (row.by.name, row.commits) == ("Ewa Lis", ("123456789abc", "0123456789ab"))
    mine = "Applied as 123456789abc and (with a fix) as 23456789abcd.\n"
    mine = reply("z", "p", mine, hour=3)
    (row,) = compute_applied(snapshot(patch("p", hour=1), told, mine)).rows
    assert len(row.commits) == 3


def test_a_maintainers_plain_words_are_a_deed():
    """`Series queued` is no less than `I've applied these`: the first of the two leads."""
    first = reply("y", "s0", "Series queued on kvm/next.\n", hour=2)
    other = reply("z", "s0", "I applied these to kvm/queue.\n", sender=BEN, hour=3)
    assert rows_of(first, other)[0][0] == "Ewa Lis"


def test_one_patch_of_half_a_series_is_told_by_its_own_title():
    """Where a thread broke, the title of its first patch is not that of another one's row."""
    half = [patch(f"h{n}", f"[PATCH {n}/5] KVM: h{n}", hour=1) for n in (3, 4, 5)]
    half = [half[0], *(one.model_copy(update={"in_reply_to": ("h3@x",)}) for one in half[1:])]
    words = "Applied, thanks!\n\n[5/5] KVM: h5\n      commit: 0123456789ab\n"
    said = reply("z", "h3", words, subject="Re: (subset) [PATCH 3/5] KVM: h3", hour=2)
    (row,) = compute_applied(snapshot(*half, said)).rows
    assert (row.title, row.part) == ("KVM: h5", "patch 5 of 5")
    words = words.replace("[5/5]", "[4/5] KVM: h4\n      commit: 123456789abc\n[5/5]")
    said = reply("z", "h3", words, subject="Re: (subset) [PATCH 3/5] KVM: h3", hour=2)
    (row,) = compute_applied(snapshot(*half, said)).rows
    assert (row.title, row.part) == ("KVM: h3", "patches 4-5 of 5")


def test_what_was_taken_back_is_no_row():
    """A series that its maintainer dropped again is not listed as applied."""
    said = reply("y", "p", "Applied, thanks.\n", hour=2)
    dropped = reply("z", "y", "The build fails, so I've dropped this again.\n", hour=3)
    assert len(compute_applied(snapshot(patch("p", hour=1), said)).rows) == 1
    assert compute_applied(snapshot(patch("p", hour=1), said, dropped)).rows == ()


def test_pull_requests():
    """A pull request has the repository to pull from; the newest comes first."""
    mails = snapshot(mail("p", "[GIT PULL] KVM", PULL), mail("q", "[GIT PULL] KVM again", PULL))
    result = compute_pull_requests(mails)
    assert [row.title for row in result.rows] == ["KVM again", "KVM"]
    assert result.rows[0].repository == "https://git.lamp.example/linux"
    assert result.rows[0].ref == "tags/kvm"


def test_oddities_are_counted_with_their_mails():
    """Defects, reused ids, copies, far dates and incomplete series are found, with their mails."""
    mails = [
        patch("1", "[PATCH 1/3] KVM: part", hour=200), mail("", "nameless", serial="x", hour=200),
        mail("2", "twice", serial="2a", hour=200), mail("2", "again", serial="2b", hour=200),
        mail("5", "copied", serial="5a", hour=200), mail("5", "copied", serial="5b", hour=200),
        mail("3", "late", dated=-25, hour=200), mail("4", "in time", dated=23, hour=200),
        mail("end", "the end", hour=400), mail("begin", "the beginning", hour=0),
    ]  # fmt: skip
    found = {row.text: ids_of(row.messages) for row in compute_data_quality(snapshot(*mails)).rows}
    assert found == {
        "message-id-missing": [""], "message-id-reused": ["2", "2"], "archived-again": ["5"],
        "date-far-from-arrival": ["3"], "series-incomplete": ["1"],
    }  # fmt: skip


def test_every_finding_has_a_meaning():
    """Each row says what its code means, and no code is both a defect and a finding."""
    mails = snapshot(mail("1", "x", dated=99), patch("2", "[PATCH 1/3] KVM: part"))
    rows = compute_data_quality(mails).rows
    assert {row.text for row in rows} == {"date-far-from-arrival", "series-cut"}
    assert [row.note for row in rows] == [FINDINGS[row.text] for row in rows]
    assert not FINDINGS.keys() & DEFECT_CODES.keys()


def test_declared_diffstats_that_differ_are_counted():
    """A patch whose mail declares other lines than its diff holds is among the oddities."""
    body = " a.c | 9 ++++-----\n 1 file changed, 4 insertions(+), 5 deletions(-)\n\n"
    one = patch("1", text=f"Why.\n---\n{body}")
    found = [row.text for row in compute_data_quality(snapshot(one)).rows]
    assert "diffstat-differs" in found


def test_each_series_is_in_one_figure_of_what_waits():
    """The figures of the waiting add up to all series, and name the first mail of each."""
    result = compute_waiting(snapshot(patch("lone"), *SERIES, reply("r", "s0", sender=EWA)))
    assert sum(figures_of(result).values()) == result.total == 2
    assert ids_of(result.figures[0].messages) == ["lone"]
    assert figures_of(result)["answered"] == 1
