"""Mails that went to several lists, and mails that only look alike."""

import pickle
import shutil
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kvminbox import Inbox
from kvminbox.analysis import choose
from kvminbox.archive import MailWriter
from kvminbox.errors import NotAnInboxError, QueryError, RewrittenHistoryError, UsageError
from kvminbox.index import Index
from kvminbox.models import Message
from tests.index.histories import Epoch, Nothing


def archive_of(path, *mails):
    """Write an archive of some mails, a minute apart."""
    writer = MailWriter(path)
    for place, raw in enumerate(mails):
        writer.add(raw, 60 * (place + 1))
    return writer


@pytest.fixture
def cross_posted(make_mail):
    """Return a factory of one mail as two lists have it, each with its own Received."""

    def make(day):
        raw = make_mail("Hello both.\n", message_id="<x@wood.example>")
        return b"Received: by mx.example; Tue, %d Nov 2023 10:00:00 +0000\n" % day + raw

    return make


def test_a_deleted_copy_tells_nothing_any_more(tmp_path, cross_posted):
    """When one list deletes its copy, times and order go by the copy that is still shown."""
    first = archive_of(tmp_path / "a.git", cross_posted(14))
    archive_of(tmp_path / "b.git", cross_posted(16))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"), name="a")
        index.update(Inbox.open(tmp_path / "b.git"), name="b")
        assert len(index.search("rt:2023-11-14..2023-11-15")) == 1
        first.delete(cross_posted(14), 600)
        index.update(Inbox.open(tmp_path / "a.git"), name="a")
        assert len(index.search("rt:2023-11-14..2023-11-15")) == 0
        assert len(index.search("rt:2023-11-16..2023-11-17")) == 1
        assert [copy.shown for copy in index.copies("x@wood.example")] == [False, True]


PRESENTS = [
    None,
    datetime(2023, 11, 20, 0, 0, 0, tzinfo=UTC),
    datetime(2031, 3, 5, 23, 59, 59, tzinfo=UTC),
    datetime(2027, 1, 1, 9, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
]


@pytest.mark.parametrize("now", PRESENTS)
def test_a_range_of_days_does_not_depend_on_the_hour(tmp_path, cross_posted, now):
    """Both days of a range are whole, whatever present is passed in, or none."""
    archive_of(tmp_path / "a.git", cross_posted(14))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        for days, count in {
            "rt:2023-11-13..2023-11-14": 1, "rt:2023-11-14..2023-11-15": 1, "rt:2023-11-14": 1,
            "rt:2023-11-13": 0, "rt:2023-11-15..": 0, "rt:..2023-11-13": 0,
        }.items():  # fmt: skip
            assert len(index.search(days, now=now)) == count, days


def test_a_relative_date_counts_from_what_is_passed_in(tmp_path, cross_posted):
    """`yesterday` is the day before the given present, and an error without one."""
    archive_of(tmp_path / "a.git", cross_posted(14))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        for day, count in ((15, 1), (16, 0)):
            now = datetime(2023, 11, day, tzinfo=UTC)
            assert len(index.search("rt:yesterday..", now=now)) == count
        with pytest.raises(QueryError, match="pass now"):
            index.search("rt:yesterday..")
        with pytest.raises(UsageError, match="no time zone"):
            index.search("rt:yesterday..", now=datetime(2023, 11, 15))
        with pytest.raises(UsageError, match="has no time zone"):
            index.search("rt:yesterday..", now="2023-11-15")


@pytest.fixture(params=["ab", "ba"])
def late_copies(request, tmp_path, make_mail):
    """Return an index of two lists, of which each got some mails later; in both orders."""
    mails = {n: make_mail(f"{n}.\n", message_id=f"<{n}@wood.example>") for n in range(5)}
    arrivals = {"a": {0: 10, 1: 20, 2: 130, 3: 40}, "b": {0: 110, 1: 20, 2: 30, 4: 140}}
    for name, seconds in arrivals.items():
        writer = MailWriter(tmp_path / f"{name}.git")
        for number in sorted(seconds, key=seconds.get):
            writer.add(mails[number], seconds[number])
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for name in request.param:
            index.update(Inbox.open(tmp_path / f"{name}.git"), name=name)
        yield index


FIRST = [(0, 10), (1, 20), (2, 30), (3, 40), (4, 140)]


def in_span(index, begin, end):
    """Return what arrived between two seconds."""
    return index.since(*(datetime.fromtimestamp(one, UTC) for one in (begin, end)))


def tell_arrivals(mails):
    """Return the number and the second of arrival of each mail."""
    return [
        (int(mail.message_id.partition("@")[0]), int(mail.entry.arrived.timestamp()))
        for mail in mails
    ]


def test_a_mail_of_several_lists_is_in_the_window_of_its_first_copy(late_copies):
    """It has the entry of the copy that arrived first, and no window of a later one has it."""
    parts = [tell_arrivals(in_span(late_copies, *span)) for span in [(0, 100), (100, 200)]]
    assert parts == [FIRST[:4], FIRST[4:]]
    assert tell_arrivals(late_copies) == FIRST
    assert tell_arrivals(in_span(late_copies, 25, 100)) == FIRST[2:4]
    # what the lists got at all is told as before
    assert in_span(late_copies, 100, 120).summary().messages == 1
    assert tell_arrivals(in_span(late_copies, 100, 120)) == []
    assert late_copies.check() == ()


def test_single_mails_and_news_have_the_first_copy_too(late_copies):
    """What finds, searches, groups or marks mails shows the copy that a window shows."""
    found = [mail for n in range(5) for mail in late_copies.find(f"{n}@wood.example")]
    assert tell_arrivals(found) == FIRST
    assert sorted(tell_arrivals(late_copies.search("rt:..").messages())) == FIRST
    threads = [late_copies.thread_of(f"{n}@wood.example").messages[0] for n in range(5)]
    assert tell_arrivals(threads) == FIRST
    assert tell_arrivals(late_copies.new_since(None)) == FIRST
    assert tell_arrivals(late_copies.new_since("1970-01-01T00:01:40")) == FIRST[4:]


def test_what_is_kept_of_a_window_goes_by_its_first_copies(late_copies):
    """A window lists the mails of which it has the first copy, with all copies of these."""
    spans = [(0, 100), (100, 120), (100, 200)]
    counts = [len(in_span(late_copies, *span)._mark_mails().list_blobs()) for span in spans]
    assert counts == [7, 0, 1]


def test_a_mail_tells_its_inbox(late_copies):
    """The inbox of a mail is found by the mail, its entry, or the commit that a table has."""
    for mail, name in zip(late_copies, "aabab", strict=True):
        for asked in (mail, mail.entry, mail.entry.commit):
            copy = late_copies.copy_of(asked)
            assert (copy.entry, copy.shown) == (mail.entry, True)
            if mail.message_id != "1@wood.example":  # one commit id, as both have it first
                assert copy.inbox == name
    for other in ("", "no", mail.message_id, 5):
        with pytest.raises(UsageError, match="expected a mail of this index"):
            late_copies.copy_of(other)
    for nothing in ("ab" * 20, Message(), mail.entry.model_copy(update={"blob": "00"})):
        assert late_copies.copy_of(nothing) is None


def test_recipients_are_those_of_all_copies(tmp_path, make_mail):
    """Whom Mailman took out of the first copy is found, though To and Cc stay those of that one."""
    everybody = {"ada": "Ada <ada@ada.example>", "bob": "bob@bob.example", "eve": "Eve@eve.example"}
    left_out = {"a": {"ada"}, "b": {"bob"}, "c": {"eve"}}
    diff = "Why.\n\n---\ndiff --git a/b.c b/b.c\n--- a/b.c\n+++ b/b.c\n@@ -1 +1 @@\n-old\n+new\n"
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for second, (name, gone) in enumerate(left_out.items()):
            writer = MailWriter(tmp_path / f"{name}.git")
            people = ", ".join(text for one, text in everybody.items() if one not in gone)
            mail = make_mail(diff, subject="[PATCH] b: new", to="pine@wood.example", cc=people)
            writer.add(mail, 10 + second)
            index.update(Inbox.open(tmp_path / f"{name}.git"), name=name)
        (series,) = index.series()
        (mail,) = series.messages
        assert [one.email for one in mail.cc] == ["bob@bob.example", "Eve@eve.example"]
        told = ["pine@wood.example", "bob@bob.example", "Eve@eve.example", "ada@ada.example"]
        assert [one.email for one in mail.recipients] == told
        for found in (index.get("1@wood.example"), index.thread_of("1@wood.example").messages[0]):
            assert found.recipients == mail.recipients
        assert pickle.loads(pickle.dumps(mail)).recipients == mail.recipients
        assert choose.is_sent_to(["ADA@ada.example"])(series)
        (of_one_list,) = index.inbox("b").messages()
        assert [one.email for one in of_one_list.recipients if one in of_one_list.cc] == [
            "ada@ada.example", "Eve@eve.example",
        ]  # fmt: skip


def test_attachments_tell_mails_apart(tmp_path, make_mail):
    """Two mails of one id that differ in the bytes of an attachment alone are two."""
    text = (
        '--b\nContent-Type: text/plain\n\nA picture.\n--b\nContent-Type: image/png; name="a.png"\n'
        "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n"
    )
    kind = 'multipart/mixed; boundary="b"'
    mails = [make_mail(text.format(data), content_type=kind) for data in ("AAAA", "BBBB")]
    archive_of(tmp_path / "a.git", *mails)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        assert len(index.find("1@wood.example")) == 2


def test_what_a_list_writes_anew_makes_no_other_mail(tmp_path, make_mail):
    """A From that a list put itself into, and the footer in a text's HTML, are the list's own."""
    kind = 'multipart/alternative; boundary="b"'
    text = "--b\nContent-Type: text/plain\n\nHi.\n--b\nContent-Type: text/html\n\n<p>Hi.{}\n--b--\n"
    ada = {"message_id": "<x@wood.example>", "content_type": kind}
    own = make_mail(text.format(""), **ada, **{"from": "Ada <ada@ada.example>"})
    via = make_mail(
        text.format("<p>lamps list"), **ada, reply_to="Ada <ada@ada.example>",
        list_id="<lamps.lists.example>", **{"from": "Ada via Lamps <lamps@lists.example>"},
    )  # fmt: skip
    for name, raw in (("a", own), ("b", via)):
        archive_of(tmp_path / f"{name}.git", raw)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for name in ("a", "b"):
            index.update(Inbox.open(tmp_path / f"{name}.git"))
        assert len(index.find("x@wood.example")) == 1
        assert len(index.copies("x@wood.example")) == 2


def test_two_mails_of_one_id_are_both_kept(tmp_path, make_mail):
    """Of two different mails under one id both are found, the one that came first before."""
    archive_of(tmp_path / "a.git", make_mail("One.\n"), make_mail("Another.\n"))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        assert [mail.body for mail in index.find("1@wood.example")] == ["One.\n", "Another.\n"]
        assert [mail.body for mail in index.messages()] == ["One.\n", "Another.\n"]


def test_an_id_that_is_another_mails_second(tmp_path, make_mail):
    """A later mail whose second Message-ID is an earlier one's changes nothing about that one."""
    first, later = make_mail("One.\n"), ["<2@wood.example>", "<1@wood.example>"]
    writer = archive_of(tmp_path / "a.git", first)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        before = index.get("1@wood.example")
        writer.add(make_mail("Late.\n", message_id=later), 600)
        index.update(Inbox.open(tmp_path / "a.git"))
        assert index.get("1@wood.example") == before
        assert index.get("2@wood.example").body == "Late.\n"
        assert [mail.body for mail in index.find("1@wood.example")] == ["One.\n", "Late.\n"]


def test_any_id_of_a_mail_leads_to_its_thread(tmp_path, make_mail):
    """A mail with two Message-IDs is found by the second as by the first."""
    raw = make_mail(message_id=["<1@wood.example>", "<other@wood.example>"])
    archive_of(tmp_path / "a.git", raw)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        assert index.get("other@wood.example")
        assert index.thread_of("other@wood.example")


def test_another_archive_of_the_same_relative_path(tmp_path, make_mail, monkeypatch):
    """`kvm.git` in another folder is another archive: it gets a name of its own, or is refused."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        archive_of(tmp_path / folder / "kvm.git", make_mail(message_id=f"<{folder}@a.example>"))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        monkeypatch.chdir(tmp_path / "one")
        index.update(Inbox.open("kvm.git"))
        monkeypatch.chdir(tmp_path / "two")
        with pytest.raises(RewrittenHistoryError, match="no commit in common"):
            index.update(Inbox.open("kvm.git"), name="kvm")
        assert index.get("one@a.example")
        index.update(Inbox.open("kvm.git"))
        assert index.inboxes == ("kvm", "two-kvm")
        assert index.get("two@a.example")


def test_another_archive_at_the_same_path_is_refused(tmp_path, make_mail):
    """An archive that takes another's place on the disk takes its place in the index if told."""
    path = tmp_path / "kvm.git"
    archive_of(path, make_mail(message_id="<one@a.example>"))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(path))
        shutil.rmtree(path)
        archive_of(path, make_mail("Else.\n", message_id="<two@a.example>"))
        with pytest.raises(RewrittenHistoryError, match="no mail in common"):
            index.update(Inbox.open(path))
        assert index.get("one@a.example")
        update = index.update(Inbox.open(path), accept_loss=True)
        assert (update.added, update.removed) == (1, 1)
        assert index.get("two@a.example")


def test_an_archive_that_was_imported_again_is_taken(tmp_path, make_mail):
    """An archive whose commits all changed is the same as long as a mail is."""
    path = tmp_path / "kvm.git"
    archive_of(path, make_mail(message_id="<one@a.example>"))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(path))
        shutil.rmtree(path)
        mails = (make_mail(message_id=f"<{name}@a.example>") for name in ("zero", "one"))
        archive_of(path, *mails)
        update = index.update(Inbox.open(path))
        assert (update.added, update.removed) == (2, 1)


def test_a_repository_of_sources_is_refused(tmp_path):
    """A repository without mails is no archive, and leaves nothing in the index."""
    Epoch(tmp_path / "linux.git").write((Nothing(), Nothing(), Nothing()))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        with pytest.raises(NotAnInboxError, match="none of its commits adds or deletes a mail"):
            index.update(Inbox.open(tmp_path / "linux.git"))
        assert index.inboxes == ()


def test_two_mails_of_one_id_are_found_each_by_its_subject(tmp_path, make_mail):
    """Different mails of one Message-ID are both found; deleting the first leaves the second."""
    mails = [make_mail(f"{n}\n", subject=f"walk {n}") for n in ("oak", "elm")]
    archive = archive_of(tmp_path / "a.git", *mails)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        assert index.get("1@wood.example").subject.raw == "walk oak"
        assert [len(index.search(f"s:{word}")) for word in ("oak", "elm")] == [1, 1]
        archive.delete(mails[0], 600)
        index.update(Inbox.open(tmp_path / "a.git"))
        assert index.get("1@wood.example").subject.raw == "walk elm"
        assert [len(index.search(f"s:{word}")) for word in ("oak", "elm")] == [0, 1]
        assert [mail.subject.raw for mail in index.messages()] == ["walk elm"]


def test_a_mail_that_was_archived_twice(tmp_path, make_mail):
    """A mail that the list archived again is one message of two copies, after any update."""
    again, other = make_mail(message_id="<again@a.example>"), make_mail("Else.\n")
    archive = archive_of(tmp_path / "a.git", again, other, again)
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        for count in (2, 3):
            index.update(Inbox.open(tmp_path / "a.git"))
            assert len(index.copies("again@a.example")) == count
            assert len(index.find("again@a.example")) == 1
            archive.add(other, 600)
            archive.add(again, 660)
