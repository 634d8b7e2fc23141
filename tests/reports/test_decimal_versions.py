"""Versions such as v5.5, which some send between v5 and v6."""

import json

import pytest

from kvminbox import Inbox, Index
from kvminbox.archive import MailWriter
from kvminbox.cli import main
from kvminbox.inbox import MailList
from kvminbox.reports import board, build_report, new_versions, sections, waiting
from tests.analysis.analysis_mails import BEN, patch, reply
from tests.mails import write_mail

TITLE = "KVM: plant a plum"


def make_list(prefix, *more):
    """Make a corpus of one patch with this prefix, and of more mails."""
    return MailList([patch("plum", f"[{prefix}] {TITLE}"), *more])


def body(number):
    """Return a patch's text; each number another."""
    return f"Why.\n\n---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-old\n+new {number}\n"


@pytest.mark.parametrize(
    ("prefix", "named"),
    [
        ("PATCH v5.5", f"v5.5 {TITLE}"),
        ("PATCH v1.1", f"v1.1 {TITLE}"),
        ("PATCH v5", f"v5 {TITLE}"),
        ("PATCH v1", TITLE),
        ("PATCH 5.5", TITLE),
    ],
)
def test_a_row_names_the_version_as_it_was_sent(prefix, named):
    """What waits, boards and new series name v5.5 so, and no first version at all."""
    mails = make_list(prefix)
    assert f"  {named}\n" in waiting(mails).to_text()
    assert f"  {named}\n" in board(mails).to_text()
    assert f"  {named}\n" in build_report("A", mails, [sections.new_series()]).to_text()


def test_what_is_discussed_or_applied_names_it():
    """A thread about v5.5, and a mail that says that it is applied, are told of v5.5."""
    mails = make_list("PATCH v5.5", reply("a", "plum", "Applied, thanks.\n", sender=BEN))
    listed = [sections.discussions(), sections.applied()]
    report = build_report("A", mails, listed)
    assert report.to_text().count(f"v5.5 {TITLE}") == len(listed)
    rows = json.loads(report.to_json())["sections"][1]["result"]["rows"]
    assert [(row["revision"], row["minor_revision"]) for row in rows] == [(5, 5)]


def test_a_page_sorts_it_between_the_whole_numbers():
    """The page of a board shows v5.5 and sorts it behind v5 and before v6."""
    page = board(make_list("PATCH v5.5")).to_page()
    assert '<td class="s" data-key="5.005">v5.5' in page


def test_versions_are_compared_under_these_names():
    """A list of new versions says that v5.5 came after v5."""
    older = patch("old", f"[PATCH v5] {TITLE}")
    newer = patch("new", f"[PATCH v5.5] {TITLE}", hour=30, added=2)
    assert f"v5.5 after v5: {TITLE}" in new_versions(MailList([older, newer])).to_text()


def test_commands_name_it_and_know_that_it_is_newer(tmp_path, capsys):
    """`show` tells of v5.5 with v5, `range-diff` takes the two in any order, `review` names it."""
    writer = MailWriter(tmp_path / "a.git")
    for place, version in enumerate(("v5", "v5.5")):
        mail = write_mail(f"[PATCH {version}] {TITLE}", body(place), ids=[f"{place}@plum.example"])
        writer.add(mail, 1_600_000_000 + 86_400 * place)
    file = tmp_path / "x.sqlite"
    with Index.open(file, create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
    for asked, told in (("0", "newer version: v5.5 <1@plum.example>"), ("1", "")):
        assert main(["show", str(file), f"{asked}@plum.example", "--as", "series"]) == 0
        said = capsys.readouterr().err
        assert told in said
        assert bool(told) == bool(said)
    for ids in (("0@plum.example", "1@plum.example"), ("1@plum.example", "0@plum.example")):
        assert main(["range-diff", str(file), *ids]) == 0
        assert capsys.readouterr().out.startswith("v5 <0@plum.example> -> v5.5 <1@plum.example>\n")
    assert main(["review", str(file), "1@plum.example"]) == 0
    assert capsys.readouterr().out.startswith(f"Review of v5.5 {TITLE}\n")
