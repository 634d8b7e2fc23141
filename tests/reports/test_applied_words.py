"""What a row of "Merged or applied" shows of the words and pull requests behind it."""

import json

import pytest

from kvminbox.analysis import Snapshot, compute_applied
from kvminbox.display import Heading, Paragraph, Table
from kvminbox.reports import build_report, sections
from kvminbox.reports.applied import lay_out_applied
from kvminbox.review.commented import find_commenter
from tests.analysis.analysis_mails import BEN, Mails, mail, patch, reply

TWO = (
    mail("s0", "[PATCH 0/2] KVM: all of it", hour=1),
    patch("s1", "[PATCH 1/2] KVM: one", hour=1, parent="s0"),
    patch("s2", "[PATCH 2/2] KVM: two", hour=1, parent="s0", path="b.c"),
)
LONG = (
    "As nobody had anything to say against it, neither here nor on the other list where the first"
    " version had been sent by its author three weeks ago, I merged this series to kvm/next."
)


def test_each_format_has_the_words():
    """A long sentence is there to its end, where its verb may be, in each format."""
    old = mail("z", "Re: [PATCH] KVM: old", "Applied.\n")
    answers = reply("y", "s0", f"{LONG}\n", hour=2), old
    report = build_report("Week", Mails(*TWO, *answers), [sections.applied()])
    text = report.to_text()
    assert max(map(len, text.splitlines())) <= 78
    mailed = report.to_mail(sender="a@b.example", to=["c@d.example"])
    for shown in (text, report.to_markdown(), report.to_html(), mailed):
        assert "I merged this series to kvm/next." in " ".join(shown.split()).replace("/<wbr>", "/")
    assert '<td class="w q" data-of="words">As nobody' in report.to_html()


def test_what_free_words_say_is_apart():
    """A table of formulas alone has no words; what others say has a table with them, uncounted."""
    usual = reply("y", "s0", "Applied, thanks.\n", hour=2)
    free = reply("w", "t", "Hearing no objections, I queued this in kvm/next.\n", hour=2)
    other = patch("t", "[PATCH] KVM: three", hour=1, path="c.d")
    result = compute_applied(Snapshot(Mails(*TWO, other, usual, free)))
    blocks = lay_out_applied(result)
    tables = [one for one in blocks if isinstance(one, Table)]
    assert [one.columns for one in tables] == [
        ("date", "said by", "tree", "what"), ("date", "said by", "tree", "what", "words"),
    ]  # fmt: skip
    assert [len(one.rows) for one in tables] == [1, 1]
    told = "1 series, patch or pull request, 1 more in words of their own, 2 mails that say so."
    assert blocks[0] == Paragraph(told)
    assert isinstance(blocks[2], Heading)
    (row,) = tables[1].rows
    assert row[-1] == "Hearing no objections, I queued this in kvm/next."
    (alone,) = [
        one
        for one in lay_out_applied(compute_applied(Snapshot(Mails(*TWO, usual))))
        if isinstance(one, Table)
    ]
    assert alone.columns == ("date", "said by", "tree", "what")


@pytest.mark.parametrize(
    ("said", "form"),
    [
        (("Applied, thanks.", "Applied 1-2 and moved 2 into the first."), "formula"),
        (("Hearing no objections, I queued this.",), "free"),
        (("[1/2] KVM: one\n      commit: 0123456789ab\n[2/2] KVM: two\n      commit: 1123456789ab",
          "Hearing no objections, I queued this."), "list"),
    ],
)  # fmt: skip
def test_a_row_has_the_surest_form_of_its_mails(said, form):
    """What one mail says plainly is not made doubtful by another that says it, too."""
    answers = [reply(f"y{at}", "s0", f"{one}\n", hour=at + 2) for at, one in enumerate(said)]
    (row,) = compute_applied(Snapshot(Mails(*TWO, *answers))).rows
    assert row.form == form


def test_a_sure_row_tells_what_is_sure():
    """Who, when and where is that of the mail with usual words; the other one is listed last."""
    free = reply("w", "s0", "Hearing no objections, I queued this in kvm/later.\n", hour=2)
    plain = reply("y", "s0", "Applied to kvm/next, thanks.\n", BEN, hour=3)
    (row,) = compute_applied(Snapshot(Mails(*TWO, free, plain))).rows
    assert (row.form, row.tree, row.by.email) == ("formula", "kvm/next", "ben@cloud.example")
    assert [one.message_id for one in row.messages] == ["y@x", "w@x"]


def test_who_only_tells_of_anothers_part_has_no_row_of_it():
    """Of two who took a patch each, one of whom tells of the other's, each has a row of his own."""
    mine = reply("y", "s1", "Applied this patch to kvm/next, thanks.\n", hour=2)
    told = reply("w", "s2", "It looks like Ben has taken this already.\n", hour=3)
    listed = "Applied to lamp/fixes, thanks.\n\n[2/2] KVM: two\n      commit: 0123456789ab\n"
    theirs = reply("v", "s0", listed, BEN, hour=4)
    rows = compute_applied(Snapshot(Mails(*TWO, mine, told, theirs))).rows
    found = {(row.by.name, row.tree, row.patches, len(row.messages)) for row in rows}
    assert found == {
        ("Ewa Lis", "kvm/next", (1,), 1), ("Okafor, Ben", "lamp/fixes", (2,), 2),
    }  # fmt: skip


def test_what_only_free_words_tell_has_a_row_of_its_own():
    """Of a series of which somebody takes a patch surely and another in free words, two rows."""
    plain = reply("y", "s1", "Applied this patch, thanks.\n", hour=2)
    free = reply("w", "s2", "Hearing no objections, I queued this patch.\n", hour=3)
    result = compute_applied(Snapshot(Mails(*TWO, plain, free)))
    assert {(row.patches, row.form) for row in result.rows} == {((1,), "formula"), ((2,), "free")}
    assert [figure.count for figure in result.figures] == [1, 1, 0, 2]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("I wasn't sure of the lamp, but pushed the whole set to lamp/next anyway.", 2),
        ("I wasn't sure of the lamp, but pushed the whole set to kvm/next anyway.", 1),
        ("I wasn't sure of the lamp, but pushed the whole set anyway.", 1),
        ("It seems that all of it was already merged into lamp/next.", 1),
    ],
)
def test_who_put_it_into_another_tree_has_a_row_of_his_own(words, rows):
    """In free words, too, a sender's own deed in another tree is not told under another's name."""
    mine = reply("y", "s0", "Applied to kvm/next, thanks.\n", hour=2)
    theirs = reply("w", "s0", f"{words}\n", BEN, hour=30)
    found = compute_applied(Snapshot(Mails(*TWO, mine, theirs))).rows
    assert {row.by.name: row.tree for row in found}["Ewa Lis"] == "kvm/next"
    assert len(found) == rows


def test_the_pull_request_behind_a_row_is_named():
    """Where mails say so of one patch, and a pull request has the other, the row names that."""
    shortlog = (
        "The following changes since commit 0123456789ab:\n\n"
        "are available in the Git repository at:\n\n  https://git.lamp.example/linux tags/kvm\n\n"
        "for you to fetch changes up to 0123456789cd:\n\n"
        "----------------------------------------------------------------\n"
        "Ada Pfeiffer (2):\n      KVM: one\n      KVM: two\n"
    )
    pull = mail("p", "[GIT PULL] KVM for 6.18", shortlog, hour=5)
    said = reply("y", "s1", "Applied this patch, thanks.\n", hour=2)
    rows = compute_applied(Snapshot(Mails(*TWO, said, pull))).rows
    (row,) = [one for one in rows if one.title == "KVM: all of it"]
    assert (row.part, row.patches) == ("", (1, 2))
    told = "patch 2 of 2 is in the pull request <p@x> of 2025-03-03 by Ada Pfeiffer"
    assert row.pulled == (told,)
    report = build_report("Week", Mails(*TWO, said, pull), [sections.applied()])
    assert f"by Ewa Lis; {told}" in " ".join(report.to_text().split())
    assert "what,other patches" in report.to_csv()
    (row,) = [  # nor does it matter that there is no cover letter
        one
        for one in compute_applied(Snapshot(Mails(*TWO[1:], said, pull))).rows
        if one.title == "KVM: one"
    ]
    assert (row.patches, row.pulled) == ((1, 2), (told,))
    both = reply("z", "s2", "Applied this patch, thanks.\n", hour=3)
    assert not any(
        one.pulled for one in compute_applied(Snapshot(Mails(*TWO, said, both, pull))).rows
    )


def test_the_json_has_the_whole_sentence():
    """What is shortened for a reader is whole in the JSON."""
    answer = reply("y", "s0", f"{LONG}\n", hour=2)
    report = build_report("Week", Mails(*TWO, answer), [sections.applied()])
    (section,) = json.loads(report.to_json())["sections"]
    assert section["result"]["rows"][0]["evidence"] == LONG


HEAD = "https://bugzilla.lamp.example/show_bug.cgi?id=7\n\n"
DAEMON = "bugzilla-daemon@lamp.example"


def bug(body, sender=DAEMON, name="bug-7-3"):
    """Return a mail of a bug tracker about a patch."""
    return mail(name, "[Bug 7] KVM: a lamp flickers", HEAD + body, sender=sender)


@pytest.mark.parametrize(
    "head",
    [
        "--- Comment #3 from Ada Lis (ada@lamp.example) ---",
        "--- Comment #12 from Ada Lis <ada@lamp.example> 2010-02-03 10:11:12 ---",
    ],
)
def test_a_comment_that_a_bug_tracker_mails_is_its_writers(head):
    """The row names the person of the head line, and shows the words without it."""
    (row,) = compute_applied(Mails(bug(f"{head}\nThe patch has been merged.\n"))).rows
    assert row.by.mailbox == "Ada Lis <ada@lamp.example>"
    assert row.evidence == "The patch has been merged."


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("The patch has been merged, and this lamp is now as bright as it was.", "free"),
        ("Now queued up, thanks.", "formula"),
    ],
)
def test_what_people_write_into_a_bug_tracker_is_no_notice(words, form):
    """It is as sure as their words are, though a program mails them."""
    head = "--- Comment #3 from Ada Lis (ada@lamp.example) ---\n"
    for text in (f"{head}{words}\n", f"{words}\n"):
        (row,) = compute_applied(Mails(bug(text))).rows
        assert row.form == form


def test_who_only_looks_like_a_bug_tracker_is_the_sender():
    """A person's mail with such a line is theirs, and of two commenters neither is told."""
    head = "--- Comment #3 from Ada Lis (ada@lamp.example) ---\n"
    said = f"{head}The patch has been merged.\n"
    assert find_commenter(bug(said)).name == "Ada Lis"
    assert find_commenter(bug(said, sender="Ben <ben@lamp.example>")) is None
    both = f"{said}\n--- Comment #4 from Eve (eve@lamp.example) ---\nYes.\n"
    for text in (both, "The patch has been merged.\n", said.replace("ada@", "")):
        (row,) = compute_applied(Mails(bug(text))).rows
        assert row.by.email == DAEMON
