"""A window by Date: the mails that were sent in a span of time, whenever they arrived."""

import re
from datetime import UTC, datetime
from html import unescape
from unittest.mock import patch

import pytest

from kvminbox import Inbox, Index, frames
from kvminbox.archive import MailWriter
from kvminbox.errors import ObjectError, RangeError, UsageError
from kvminbox.inbox import SentWindow
from kvminbox.reports import (
    build_report,
    landed,
    list_update,
    new_versions,
    sections,
    waiting,
)
from kvminbox.sample import make_sample_tree
from kvminbox.upstream import Tree
from tests.mails import write_mail

DIFF = "Why.\n\n---\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+new\n"
BATCH = datetime(2025, 12, 28, tzinfo=UTC)


def day(month, number, hour=0):
    """Return a time of 2025."""
    return datetime(2025, month, number, hour, tzinfo=UTC)


def fill(path, *mails):
    """Write an archive; of each mail there are its id, its Date, and what else it has."""
    writer = MailWriter(path)
    for place, (identity, sent, *more) in enumerate(mails):
        raw = write_mail(
            f"[PATCH] Plant {identity}", DIFF, ids=[f"{identity}@a.example"], sent=sent
        )
        if more:
            raw = write_mail(
                f"Re: [PATCH] Plant {more[0]}", "No.\n", ids=[f"{identity}@a.example"], sent=sent,
                sender="Ewa Lis <ewa@lis.example>", in_reply_to=f"{more[0]}@a.example",
            )  # fmt: skip
        writer.add(raw, int(BATCH.timestamp()) + place)
    return path


def ids(corpus):
    """Return the ids of a corpus's mails, shortened."""
    return [mail.message_id.split("@")[0] for mail in corpus.messages()]


@pytest.fixture
def batch(tmp_path):
    """Return a mirror that got all at once, an answer before what it answers."""
    answer = ("answer", day(6, 5), "fig")
    mails = [("late", day(7, 1)), answer, ("fig", day(6, 2)), ("plum", day(6, 30, 23))]
    return fill(tmp_path / "trees.git", ("early", day(5, 31, 23)), *mails)


def test_a_window_by_date_has_what_was_sent_in_it(batch):
    """The first day is in it, the last is not, and the oldest Date comes first."""
    window = Inbox.open(batch).sent_since("2025-06-01", "2025-07-01")
    assert ids(window) == ["fig", "answer", "plum"]
    assert ids(Inbox.open(batch).sent_since("2025-06-30")) == ["plum", "late"]
    assert repr(window) == "<SentWindow 2025-06-01 to 2025-06-30>"
    with pytest.raises(RangeError, match="ends before it begins"):
        Inbox.open(batch).sent_since("2025-07-01", "2025-06-01")


def test_an_index_has_the_same_window_by_date(batch, tmp_path):
    """From one inbox or from two each mail comes once, and its fields are as in an archive."""
    window = Inbox.open(batch).sent_since("2025-06-01", "2025-07-01")
    other = fill(tmp_path / "shrubs.git", ("fig", day(6, 2)), ("rose", day(6, 3)))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(batch), name="trees")
        assert list(index.sent_since("2025-06-01", "2025-07-01")) == list(window)
        index.update(Inbox.open(other), name="shrubs")
        found = index.sent_since("2025-06-01", "2025-07-01")
        assert ids(found) == ["fig", "rose", "answer", "plum"]


def test_a_list_without_a_mail_in_it_is_silent(tmp_path):
    """Of an index of several lists those with mails are told apart from the others."""
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for name, month in (("trees", 5), ("shrubs", 6), ("herbs", 7)):
            writer = MailWriter(tmp_path / f"{name}.git")
            to = "To: shrubs@a.example" if name == "trees" else "To: ada@a.example"
            for number in (1, 2):
                raw = write_mail(
                    "Hello", "Words.\n", f"List-Id: <{name}.a.example>", to,
                    ids=[f"{number}@{name}.example"], sent=day(month, number),
                )  # fmt: skip
                writer.add(raw, int(BATCH.timestamp()) + number)
            index.update(Inbox.open(tmp_path / f"{name}.git"))
        window = index.sent_since("2025-05-01", "2025-06-01")
        assert len(list(window)) == 2
        assert list(window.lists) == ["trees.a.example", "shrubs.a.example"]
        assert window.silent_lists == ("herbs.a.example",)
        report = build_report("May", window, [sections.overview()])
        assert "herbs has no mail in this period." in report.notes


def test_its_mails_do_not_tell_when_they_arrived(batch):
    """Where they are is known; the mails of other windows of the archive keep their arrival."""
    inbox = Inbox.open(batch)
    by_id = {mail.message_id: mail for mail in inbox.messages()}
    for mail in inbox.sent_since("2025-06-01", "2025-07-01"):
        assert mail.entry.arrived is None
        known = by_id[mail.message_id]
        assert known.entry.arrived is not None
        entry = known.entry.model_copy(update={"arrived": None})
        assert known.model_copy(update={"entry": entry}) == mail
        assert inbox.raw(mail) == inbox.raw(known)


def test_a_wrong_clock_chooses_no_mail(tmp_path):
    """A Date more than a day after the arrival is of no window, nor is a mail without one."""
    path = fill(tmp_path / "a.git", ("soon", day(12, 28, 23)), ("never", datetime(2037, 1, 1)))
    MailWriter(path).add(b"From: a@b.example\nSubject: none\n\nNo Date.\n", int(BATCH.timestamp()))
    assert ids(Inbox.open(path).sent_since("2025-01-01")) == ["soon"]


def test_reports_of_it_count_by_date(batch):
    """What was answered does not wait, ages end with the last Date, and the head says so."""
    window = Inbox.open(batch).sent_since("2025-06-01", "2025-07-01")
    report = waiting(window)
    (row,) = report.result.series
    assert row.title == "Plant plum"
    assert report.result.end == day(6, 30, 23)
    assert report.notes == ("The mails were chosen by Date, whenever they arrived.",)
    built = build_report("June", window, [sections.overview()])
    assert built.notes == report.notes
    days = [str(one.begin) for one in built.result.activity.periods if one.count]
    assert days == ["2025-06-02", "2025-06-05", "2025-06-30"]


def test_a_look_at_a_window_takes_mails_that_lie_evenly_in_it(tmp_path):
    """At most as many as are asked for, from its first to near its last; all, if there are few."""
    path = fill(tmp_path / "a.git", *((f"p{n}", day(6, n + 1)) for n in range(10)))
    window = Inbox.open(path).between(None)
    assert [mail.message_id[:2] for mail in window.spread(4)] == ["p0", "p3", "p6", "p9"]
    assert len(list(window.spread(3))) == 3
    assert list(window.spread(10)) == list(window)
    with pytest.raises(UsageError, match="most=0"):
        list(window.spread(0))


def test_a_window_by_date_is_counted(batch):
    """It knows how many mails it has, and their first and last Date; an empty one is false."""
    window = Inbox.open(batch).sent_since("2025-06-01", "2025-07-01")
    assert len(window) == 3
    assert window.sent == (day(6, 2), day(6, 30, 23))
    assert len(list(window)) == 3
    empty = Inbox.open(batch).sent_since("2030-01-01")
    assert not empty
    assert empty.sent is None


def test_a_list_of_it_reads_the_archive_once(batch):
    """Python asks for a length, too, when it makes a list."""
    inbox = Inbox.open(batch)
    window = inbox.sent_since("2025-06-01", "2025-07-01")
    read = []
    assert len([*window]) == 3
    window.on_problem = "skip"
    list(window.messages(progress=lambda done, total: read.append(done)))
    assert read == [0, 1, 2, 3, 4, 5]
    with patch.object(SentWindow, "messages", side_effect=AssertionError):
        assert len(window) == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_of_its_mails_come_by_date(batch, jobs):
    """In one process or two, and the mails that the function gets have no time of arrival."""
    window = Inbox.open(batch).sent_since("2025-06-01", "2025-07-01")
    assert list(window.map(write_identity, jobs=jobs)) == ["fig None", "answer None", "plum None"]


def test_what_it_cannot_have_names_the_way_out(batch):
    """What accounts for commits, or tells arrival, is an error that says what has it."""
    window = Inbox.open(batch).sent_since("2025-06-01", "2025-07-01")
    for name, told in (
        ("summary", "inbox.between(None); len(window) counts its mails"),
        ("arrived", "window.sent has its first and last Date"),
        ("map_batches", "use window.map"),
    ):
        assert not hasattr(window, name)
        with pytest.raises(AttributeError, match="a window by Date has no") as caught:
            getattr(window, name)
        assert told in str(caught.value)
    with pytest.raises(AttributeError, match="did you mean messages"):
        window.mesages()


def test_its_card_has_a_count_and_days(batch):
    """One without mails says so; of a large archive nothing is read for a card."""
    inbox = Inbox.open(batch)
    window = inbox.sent_since("2025-06-01", "2025-07-01")
    card = window._repr_html_()
    assert "3 mails" in card
    assert "2025-06-02 to 2025-06-30" in card
    assert "no mail has a Date in it" in inbox.sent_since("2030-01-01")._repr_html_()
    with patch("kvminbox.inbox.sent._QUICK", 4):
        assert "3 mails" in window._repr_html_()
        other = inbox.sent_since("2025-06-01")
        assert "not counted yet" in other._repr_html_()
        assert len(other) == 4
        assert "4 mails" in other._repr_html_()


def write_identity(mail):
    """Return a mail's id and when it arrived."""
    return f"{mail.message_id.split('@')[0]} {mail.entry.arrived}"


@pytest.mark.parametrize("name", ["update", "versions", "landed"])
def test_reports_without_a_head_say_it_too(batch, tmp_path, name):
    """Update, new versions and what landed tell in each format by what mails were chosen."""
    told = "The mails were chosen by Date, whenever they arrived."
    inbox = Inbox.open(batch)
    tree = Tree.open(make_sample_tree(tmp_path))
    makes = {"update": list_update, "versions": new_versions}
    make = makes.get(name, lambda window: landed(window, tree))
    report = make(inbox.sent_since("2025-06-01", "2025-07-01"))
    assert report.to_text().splitlines().count(told) == 1
    assert all(told in text for text in (report.to_html(), report.to_markdown(), report.to_mail(
        sender="a@b.example", to=["c@d.example"])))  # fmt: skip
    assert report.result.is_by_date
    assert report.notes == (told,)
    other = make(inbox.since("2025-12-01"))
    assert not other.result.is_by_date
    assert told not in other.to_text()


def test_its_card_raises_for_no_mail(batch):
    """A mail that can't be read, sent at whatever time, is told on the card, with what to do."""
    lost = next(mail for mail in Inbox.open(batch).messages() if mail.message_id == "fig@a.example")
    path = batch / "objects" / lost.entry.blob[:2] / lost.entry.blob[2:]
    path.unlink()
    inbox = Inbox.open(batch)
    for begin, count in (("2025-06-05", "3 mails"), ("2030-01-01", "no mail has a Date in it")):
        window = inbox.sent_since(begin, None)
        card = window._repr_html_()
        assert f"<bdi>{count}</bdi>" in card
        assert "1 mail of the archive; leave out what can't be read: on_problem=" in unescape(card)
        with pytest.raises(ObjectError):
            len(window)
        window.on_problem = "skip"
        assert "1 mail could not be read and is left out" in window._repr_html_()
    card = frames.messages(inbox.between(None))._repr_html_()
    assert "the object is missing" in unescape(card)


def test_a_damaged_mail_counts_until_it_is_read(batch):
    """Nobody knows of it before, and a window that has left it out counts it no more."""
    mail = next(Inbox.open(batch).messages())
    path = batch / "objects" / mail.entry.blob[:2] / mail.entry.blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    window = Inbox.open(batch).between(None, on_problem="skip")
    assert window.count_mails() == len(window)
    assert len(list(window)) == window.count_mails() == len(window) - 1


def test_a_card_counts_mails_that_are_here(batch):
    """A mail that an archive or an index lacks is none of its mails, and is told beside them."""
    lost = next(mail for mail in Inbox.open(batch).messages() if mail.message_id == "fig@a.example")
    (batch / "objects" / lost.entry.blob[:2] / lost.entry.blob[2:]).unlink()
    window = Inbox.open(batch).between(None)
    with Index.open(batch / "i.sqlite", create=True) as index:
        index.update(Inbox.open(batch))
        cells = re.findall("<td[^>]*>(.*?)</td>", index._repr_html_())
        assert cells[1:3] == [str(len(window) - 1), str(len(window))]
        for one in (window, index.inbox().between(None)):
            card = unescape(one._repr_html_())
            assert one.count_mails() == one.summary().messages == len(window) - 1
            assert f"mails</span> {len(window) - 1}<" in card
            assert "mails that can't be read</span> 1<" in card
            one.on_problem = "skip"
            assert len(list(one)) == one.count_mails()
            assert "can't be read" not in unescape(one._repr_html_())
