"""What a report's head says where an archive was filled later, or one of its lists ended early."""

import json
from datetime import UTC, datetime, timedelta

import pytest

import kvminbox.reports.kept_sections as room
from kvminbox import Inbox, Index
from kvminbox.analysis import Snapshot
from kvminbox.archive import MailWriter
from kvminbox.inbox import MailList
from kvminbox.reports import board, build_report, list_update, new_versions, sections, waiting
from tests.mails import write_mail

DAY = 86_400
NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
DIFF = "Why.\n\n---\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+new\n"


def fill(path, days, name="plum"):
    """Return an archive of patches; of each there are the days of its Date and of its arrival."""
    writer = MailWriter(path)
    for number, (sent, arrived) in enumerate(days):
        raw = write_mail(
            f"[PATCH] Change {number}", DIFF, f"List-Id: <{name}.trees.example>",
            ids=[f"{number}@{name}.example"], sent=NEW_YEAR + timedelta(days=sent),
        )  # fmt: skip
        writer.add(raw, int(NEW_YEAR.timestamp() + arrived * DAY))
    return Inbox.open(path)


FILLED = [*((day, 60) for day in range(20)), *((59, 60) for _ in range(80))]
"""Twenty mails of January and eighty of the end of February, all of which came on 1 March."""

TOLD = "20 of 100 messages were sent before this period"


def test_a_head_tells_of_dates_long_before_the_window(tmp_path):
    """That mails of a window were sent long before they came is told in each format's head."""
    window = fill(tmp_path / "a.git", FILLED).since("2024-02-25", "2024-03-10")
    for report in (
        build_report("Week", window, [sections.authors()]), waiting(window), list_update(window),
    ):  # fmt: skip
        assert TOLD in " ".join(report.to_text().split())
        assert TOLD in " ".join(report.to_mail(sender="a@b.example", to=["c@d.example"]).split())
        for text in (report.to_html(), report.to_markdown()):
            assert TOLD in " ".join(text.split())
        assert max(map(len, report.to_text().splitlines())) <= 78
        assert json.loads(report.to_json())["dates"]["late"] == 20
    assert TOLD in " ".join(board(window).to_text().split())
    assert TOLD in board(window).to_page()


def test_the_text_of_an_update_of_commits_is_as_it_was(tmp_path):
    """Of a range of commits the classic text has no such line; its page, whose bars it is, has."""
    inbox = fill(tmp_path / "a.git", [(0, 60), *FILLED])
    first = next(iter(inbox.between(None).entries())).commit
    report = list_update(inbox.between(first))
    assert report.result.dates.late == 20
    assert "Date" not in report.to_text()
    assert "20 of 100 messages were sent" in report.to_html()
    by_date = list_update(inbox.sent_since("2024-01-01"))
    assert (
        by_date.to_text().count("chosen by Date") == by_date.to_html().count("chosen by Date") == 1
    )


@pytest.mark.parametrize(
    ("begin", "until"),
    [("2024-01-01", None), ("2024-01-03", None), ("2024-W01", "2024-03-10")],
)
def test_dates_inside_the_window_are_told_of(tmp_path, begin, until):
    """Mails that came late, though in the window of their Dates, are a peak where none was."""
    window = fill(tmp_path / "a.git", FILLED).since(begin, until)
    (told,) = waiting(window).notes
    assert told.startswith("20 of 100 messages were sent before this period, or days before")


@pytest.mark.parametrize(
    ("late", "others", "told"), [(9, 2, False), (10, 323, True), (10, 324, False)]
)
def test_few_such_dates_are_not_told_of(tmp_path, late, others, told):
    """Less than ten mails, or than 3 %, are none to speak of, and are counted all the same."""
    days = [*((57, 60),) * late, *((59, 60),) * others]
    result = waiting(fill(tmp_path / "a.git", days).since("2024-02-26")).result
    assert result.dates.late == late
    assert bool(result.dates.sentences) == told


def test_what_was_sent_before_the_first_day_is_late_after_some_hours(tmp_path):
    """A mail of the evening before is not late if it came in the night; at noon it is."""
    days = [(58.9, 59), (58.99, 59.2), (58.8, 59.5), (59, 59), (59, 60)]
    window = fill(tmp_path / "a.git", days).since("2024-02-29")
    assert waiting(window).result.dates.late == 1


def test_dates_after_the_window_are_told_of(tmp_path):
    """A window whose mails have Dates after its end says so."""
    window = fill(tmp_path / "a.git", [(90, 60)] * 12).since("2024-02-28", "2024-03-10")
    (told,) = waiting(window).notes
    assert told.startswith("12 of 12 messages have a Date more than three days after this period")


def test_a_window_of_commits_has_late_mails_too(tmp_path):
    """Between two revisions those count that came days after their Dates, not minutes."""
    inbox = fill(tmp_path / "a.git", [(59, 59), *FILLED])
    assert waiting(inbox.between("HEAD~100", "HEAD")).result.dates.late == 20


def test_what_has_no_beginning_has_no_date_before_it(tmp_path):
    """Of all mails, of a search and of a list of mails no Date is too early."""
    inbox = fill(tmp_path / "a.git", FILLED)
    mails = [*inbox.between(None).messages()]
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(inbox)
        for corpus in (inbox.between(None), index, index.search("s:change"), MailList(mails)):
            assert not waiting(corpus).result.dates.late


def test_an_index_counts_the_same_and_keeps_each_window_apart(tmp_path, monkeypatch):
    """Asked of the same mails by other days, what an index has kept is not taken for it."""
    monkeypatch.setattr(room, "LEAST", 1)
    inbox = fill(tmp_path / "a.git", FILLED)
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(inbox)
        for begin in ("2024-02-25", "2024-01-15", "2024-02-25", "2024-01-01"):
            of_inbox, of_index = (
                build_report("Week", one.since(begin), [sections.waiting()]).result
                for one in (inbox, index)
            )
            assert of_index.dates == of_inbox.dates
            assert of_index["waiting"].dates == of_inbox.dates
            assert of_inbox.dates.late == 20


def test_an_index_tells_what_was_sent_in_a_window_and_came_later(tmp_path, monkeypatch):
    """What arrived after it is told of the window that lacks it, once it is there, for any jobs."""
    monkeypatch.setattr(room, "LEAST", 1)
    days = [(day, day) for day in range(20)]
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(fill(tmp_path / "a.git", [*days, (40, 40)]))
        window = index.since("2024-01-01", "2024-02-01")
        assert not waiting(window).notes
        assert not build_report("January", window, [sections.authors()]).notes
        inbox = fill(tmp_path / "b.git", [*days, (40, 40), *((21 + n % 4, 50) for n in range(12))])
        index.update(inbox, name="a", accept_loss=True)
        window = index.since("2024-01-01", "2024-02-01")
        filled = "as where an archive is filled later; `sent_since`, or --by date in a shell"
        others = "12 other messages were sent in this period and arrived after it"
        told = (f"{others}, {filled}, chooses by Date.",)
        for jobs in (1, 2):
            report = waiting(window, jobs=jobs)
            assert (report.notes, report.result.dates.later) == (told, 12)
            assert build_report("January", window, [sections.authors()], jobs=jobs).notes == told
        assert board(window).notes == told
        empty = index.since("2024-01-21", "2024-01-26")
        assert waiting(empty).notes == told
        assert not waiting(index).result.dates.later
    assert not waiting(inbox.since("2024-01-01", "2024-02-01")).result.dates.later


def test_progress_ends_where_nothing_is_read(tmp_path, monkeypatch):
    """What an index has kept, or a snapshot has read, is told as a run without a mail."""
    monkeypatch.setattr(room, "LEAST", 1)
    inbox, chosen = fill(tmp_path / "a.git", FILLED), [sections.authors()]
    told = []
    asked = {"progress": lambda *counts: told.append(counts)}
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(inbox)
        window, snapshot = index.between(None), Snapshot(inbox.between(None))
        for make in (waiting, board, new_versions, list_update):
            make(window, **asked)
            assert told[0] == (0, 100)
            assert told[-1][0] == told[-1][1] > 0
            told.clear()
            make(window, **asked)
            assert told == [(0, 0)]
            told.clear()
        for corpus, counts in ((window, (100, 100)), (window, (0, 0)), (snapshot, (0, 0))):
            build_report("All", corpus, chosen, **asked)
            assert told[-1] == counts
            told.clear()


def test_a_list_that_ended_early_is_told_of(tmp_path):
    """Of two lists the one whose mails end more than a week before the other's is named."""
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(fill(tmp_path / "a.git", [(0, 0), (30, 30)]), name="plum")
        index.update(fill(tmp_path / "b.git", [(0, 0), (19, 19)], "fig"), name="fig")
        index.update(fill(tmp_path / "c.git", [(0, 0), (24, 24)], "lemon"), name="lemon")
        told = "The last mail of fig in this period arrived on 2024-01-20."
        for report in (waiting(index), board(index), build_report("A", index, [sections.bots()])):
            assert report.notes == (told,)
            assert told in report.to_text()
        told = ("plum has no mail in this period.",)
        assert waiting(index.since("2024-01-20", "2024-01-26")).notes == told
        assert not waiting(index.inbox("fig").between(None)).notes
