"""Versions that are marked RFC, which their senders number as the ones without the mark."""

import json

import pytest

from kvminbox import frames
from kvminbox.inbox import MailList
from kvminbox.reports import board, build_report, sections, waiting
from tests.analysis.analysis_mails import BEN, patch, reply

TITLE = "KVM: plant a plum"


def make_list(prefix, *more):
    """Make a corpus of one patch with this prefix, and of more mails."""
    return MailList([patch("plum", f"[{prefix}] {TITLE}"), *more])


@pytest.mark.parametrize(
    ("prefix", "named"),
    [
        ("RFC PATCH v2", f"RFC v2 {TITLE}"),
        ("PATCH RFC v5.5", f"RFC v5.5 {TITLE}"),
        ("RFC PATCH", f"RFC {TITLE}"),
        ("RFC v1", f"RFC {TITLE}"),
        ("PATCH v2", f"v2 {TITLE}"),
    ],
)
def test_a_row_says_that_a_version_is_an_rfc(prefix, named):
    """What waits, boards and new series tell an RFC from the version without the mark."""
    mails = make_list(prefix)
    assert f"  {named}\n" in waiting(mails).to_text()
    assert f"  {named}\n" in board(mails).to_text()
    assert f"  {named}\n" in build_report("A", mails, [sections.new_series()]).to_text()


def test_a_mark_in_the_title_is_no_mark_of_the_sending():
    """Only brackets mark an RFC: a title that begins with the word has it once."""
    assert f"  RFC: {TITLE}\n" in board(MailList([patch("a", f"[PATCH] RFC: {TITLE}")])).to_text()


@pytest.mark.parametrize(
    ("said", "make"),
    [
        ("Applied, thanks.\n", sections.discussions),
        ("Applied, thanks.\n", sections.applied),
        ("> +new\n\nThis leaks.\n", sections.open_remarks),
    ],
)
def test_what_is_discussed_applied_or_remarked_on_says_so(said, make):
    """A thread about an RFC, the mail that says it is applied, and a remark on it name it so."""
    mails = make_list("RFC PATCH v2", reply("a", "plum", said, sender=BEN))
    report = build_report("A", mails, [make()])
    assert report.to_text().count(f"RFC v2 {TITLE}") == 1
    [section] = json.loads(report.to_json())["sections"]
    assert [row["is_rfc"] for row in section["result"]["rows"]] == [True]


@pytest.mark.parametrize("mark", ["RFC PATCH v2", "PATCH v2"])
def test_applied_work_from_before_the_window_is_named_by_its_answers(mark):
    """Where the corpus lacks an RFC, the subjects of the answers to it tell that it is one."""
    subject = f"Re: [{mark}] {TITLE}"
    answer = reply("a", "old", "Applied, thanks.\n", subject=subject, sender=BEN)
    text = build_report("A", MailList([answer]), [sections.applied()]).to_text()
    assert f" {mark.replace('PATCH ', '')} {TITLE}\n" in text
    assert ("RFC" in text) == ("RFC" in mark)


def test_a_page_of_a_board_says_so():
    """The page of a board shows RFC v2, and sorts it as v2."""
    page = board(make_list("RFC PATCH v2")).to_page()
    assert '<td class="s" data-key="2">RFC v2' in page


def test_tables_tell_it_beside_the_revision():
    """A series is an RFC by its cover letter's mark, in `series` as in tables that name it."""
    mails = [
        patch("plum", f"[RFC PATCH v2] {TITLE}"),
        reply("a", "plum", "> +new\n\nThis leaks.\n", sender=BEN),
    ]
    assert frames.series(MailList(mails))["is_rfc"].to_pylist() == [True]
    assert frames.remarks(MailList(mails))["is_rfc"].to_pylist() == [True]
    [row] = frames.follow_ups(MailList(mails))
    assert (row["is_rfc"], row["next_is_rfc"]) == (True, None)
