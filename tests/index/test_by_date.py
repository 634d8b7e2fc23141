"""Which time is chosen by Date: an index knows all Dates, and counts as one who reads the mails."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kvminbox import Inbox, Index
from kvminbox.analysis.by_date import EDGE, LATE, is_better_by_date, is_late
from kvminbox.archive import MailWriter
from kvminbox.errors import ObjectError
from kvminbox.index.mails import MailReader
from tests.archive.git_archive import Archive
from tests.mails import write_mail

NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
HOUR = 3_600


def fill(path, mails):
    """Write an archive; of each mail there are its id, and the hours of its Date and arrival."""
    writer = MailWriter(path)
    for name, sent, arrived in mails:
        date = None if sent is None else NEW_YEAR + timedelta(hours=sent)
        raw = write_mail(f"Mail {name}", ids=[f"{name}@plum.example"], sent=date)
        writer.add(raw, int(NEW_YEAR.timestamp()) + arrived * HOUR)
    return Inbox.open(path)


def draw(count, seed):
    """Return mails of two months: most came at once, some with others a while later."""
    random = Random(seed)
    mails = []
    for number in range(count):
        sent = random.randrange(1_440)
        wait = random.choice([0, 0, 1, 30, 47, 49, random.randrange(900)])
        mails.append((f"m{seed}-{number}", sent, sent + wait))
    return sorted(mails, key=lambda one: one[2])


def count(mails, begin, end):
    """Return the late mails of a time in hours, and those of its time that came after it."""
    first, late, later = {}, 0, 0
    for name, sent, arrived in mails:
        first.setdefault(name, []).append((arrived, sent))
    for copies in first.values():
        arrived, sent = min(copies)
        if begin <= arrived < end:
            late += arrived - sent > (6 if sent < begin else 48)
        elif begin <= sent < end and arrived >= max(end, sent + 6.001):
            later += 1
    return late, later


SPANS = [(0, 744), (100, 268), (700, 1_440), (744, 760), (1_500, 2_000)]


def hour(number):
    """Return a time."""
    return NEW_YEAR + timedelta(hours=number)


@pytest.mark.parametrize(("begin", "end"), SPANS)
def test_an_index_counts_late_mails_as_a_reader_does(tmp_path, begin, end):
    """Of one inbox and of two, where a mail that went to both counts as the first copy."""
    trees = draw(700, 1)
    shrubs = [*draw(300, 2), *((name, sent, came + 200) for name, sent, came in trees[::3])]
    shrubs.sort(key=lambda one: one[2])
    late = int(LATE.total_seconds()), int(EDGE.total_seconds())
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(fill(tmp_path / "a.git", trees), name="trees")
        assert index.since(hour(begin), hour(end)).count_late(*late) == count(trees, begin, end)
        index.update(fill(tmp_path / "b.git", shrubs), name="shrubs")
        both = count([*trees, *shrubs], begin, end)
        window = index.since(hour(begin), hour(end))
        assert window.count_late(*late) == both
        assert both[0] == sum(is_late(mail, hour(begin)) for mail in window.messages())
        alone = index.inbox("shrubs").since(hour(begin), hour(end))
        assert alone.count_late(*late) == count(shrubs, begin, end)
        open_end = index.inbox("trees").since(hour(begin)).count_late(*late)
        assert open_end == (count(trees, begin, 9_999)[0], 0)
        assert index.inbox("trees").between(None).count_late(*late) is None


def test_mails_that_are_deleted_count_nowhere(tmp_path):
    """A late mail that was taken away is in neither window."""
    inbox = fill(tmp_path / "a.git", [("a", 0, 90), ("b", 1, 90), ("c", 2, 900)])
    for mail in list(inbox.messages())[1:]:
        MailWriter(tmp_path / "a.git").delete(inbox.raw(mail), int(hour(1_000).timestamp()))
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        assert index.since(hour(0), hour(100)).count_late(48 * HOUR, 6 * HOUR) == (1, 0)


def test_a_mail_that_came_twice_counts_as_its_first_copy(tmp_path):
    """In one second to two lists it is one mail; where the early copy is deleted, it is late."""
    mails = [("a", 0, 90), ("b", 40, 90)]
    first = fill(tmp_path / "a.git", [*mails, ("c", 60, 61)])
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(first)
        index.update(fill(tmp_path / "b.git", [*mails, ("c", 60, 200)]))
        assert index.since(hour(10), hour(150)).count_late(48 * HOUR, 6 * HOUR) == (2, 0)
        assert index.since(hour(10), hour(300)).count_late(48 * HOUR, 6 * HOUR) == (2, 0)
        gone = next(one for one in first.messages() if "c@" in one.message_id)
        MailWriter(tmp_path / "a.git").delete(first.raw(gone), int(hour(400).timestamp()))
        index.update(Inbox.open(tmp_path / "a.git"))
        assert index.since(hour(10), hour(150)).count_late(48 * HOUR, 6 * HOUR) == (2, 1)
        assert index.since(hour(10), hour(300)).count_late(48 * HOUR, 6 * HOUR) == (3, 0)


@pytest.mark.parametrize("count", [1, 2])
def test_a_mail_that_cannot_be_read_is_told_whenever_it_was_sent(tmp_path, count):
    """Its Date is not known, so that each window by Date of an index may lack it."""
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        for name in "ab"[:count]:
            inbox = fill(tmp_path / f"{name}.git", [(f"{name}1", 0, 1), (f"{name}2", 900, 901)])
            lost = next(inbox.between(None).entries()).blob
            (tmp_path / f"{name}.git" / "objects" / lost[:2] / lost[2:]).unlink()
            index.update(Inbox.open(tmp_path / f"{name}.git"), name=name)
        window = index.sent_since(hour(800), hour(1_000), on_problem="skip")
        assert [mail.message_id[:2] for mail in window] == ["a2", "b2"][:count]
        assert window.left_out.mails == count
        with pytest.raises(ObjectError, match="the object is missing"):
            list(index.sent_since(hour(800), hour(1_000), on_problem="raise"))


@pytest.mark.parametrize("count", [1, 2])
def test_a_commit_that_brings_no_mail_is_told_in_each_window_by_date(tmp_path, count):
    """What is in place of the mail has no Date, and is a problem of the archive."""
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        for name in "ab"[:count]:
            archive = Archive(tmp_path / f"{name}.git")
            raw = write_mail(f"Mail {name}", ids=[f"{name}@plum.example"], sent=hour(5))
            came = int(hour(6).timestamp())
            archive.commit({"m": archive.blob(raw)}, seconds=came)
            archive.commit({"m": ("120000", archive.blob(b"elsewhere"))}, seconds=came)
            archive.commit(archive.put("tree", b"no tree"), seconds=came)
            index.update(Inbox.open(archive.path), name=name)
        problems = []
        window = index.sent_since(hour(0), hour(10), on_problem=problems.append)
        assert len(list(window)) == count
        assert [problem.code for problem in problems] == [
            "entry-not-a-blob",
            "object-corrupt",
        ] * count


def test_an_archive_knows_no_dates_without_reading(tmp_path):
    """Whoever has no index looks at the mails, and comes to the same."""
    mails = draw(400, 3)
    inbox = fill(tmp_path / "a.git", mails)
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(inbox)
        for begin, end in SPANS:
            window = inbox.since(hour(begin), hour(end))
            assert window.count_late(48 * HOUR, 6 * HOUR) is None
            counted = count(mails, begin, end)
            for one in (inbox, index):
                window = one.since(hour(begin), hour(end))
                found = is_better_by_date(one, window, hour(begin), hour(end))
                assert found == (max(counted) >= max(3, 0.03 * len(window)))


def test_a_series_sent_at_midnight_is_no_fill(tmp_path):
    """What arrives minutes later, on the next day, makes neither day one by Date."""
    mails = [*((f"a{n}", 743, 744) for n in range(20)), *((f"b{n}", 800, 801) for n in range(20))]
    inbox = fill(tmp_path / "a.git", mails)
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(inbox)
        for begin, end in ((0, 744), (744, 1_000)):
            for one in (inbox, index):
                window = one.since(hour(begin), hour(end))
                assert not is_better_by_date(one, window, hour(begin), hour(end))


@pytest.mark.parametrize(
    ("late", "others", "found"), [(2, 0, False), (3, 0, True), (3, 97, True), (3, 98, False)]
)
def test_a_few_late_mails_are_of_any_list(tmp_path, late, others, found):
    """A time is by Date where three mails and 3 % of it came late, or came after it."""
    inside = [(f"a{n}", 30, 79) for n in range(late)] + [(f"b{n}", 79, 79) for n in range(others)]
    after = [(f"a{n}", 30, 79) for n in range(late)] + [(f"b{n}", 31, 31) for n in range(others)]
    for name, mails, end in (("in", inside, 90), ("after", after, 78)):
        mails.sort(key=lambda one: one[2])
        inbox = fill(tmp_path / f"{name}.git", mails)
        with Index.open(tmp_path / f"{name}.sqlite", create=True) as index:
            index.update(inbox)
            for one in (inbox, index):
                window = one.since(hour(0), hour(end))
                told = late >= max(3, 0.03 * len(window))
                assert is_better_by_date(one, window, hour(0), hour(end)) == told
                assert name == "after" or told == found


def test_a_mirror_that_began_late_is_by_date(tmp_path):
    """Years before its first arrival an index has what was sent in them; half a year an archive."""
    inbox = fill(tmp_path / "a.git", [(f"m{n}", n, 24 * 365 * 3) for n in range(5)])
    begin, end = hour(0), hour(100)
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(inbox)
        assert is_better_by_date(index, index.since(begin, end), begin, end)
    assert not is_better_by_date(inbox, inbox.since(begin, end), begin, end)


def test_an_index_reads_only_what_was_sent_then(tmp_path, monkeypatch):
    """A window by Date reads the mails that it has, of one inbox and of two, and no others."""
    mails = draw(300, 4)
    read = []
    real = MailReader.read
    monkeypatch.setattr(
        MailReader, "read", lambda *given, **more: read.append(1) or real(*given, **more)
    )
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        inbox = fill(tmp_path / "a.git", mails)
        index.update(inbox, name="trees")
        for name in ("one", "two"):
            if name == "two":
                index.update(fill(tmp_path / "b.git", mails[:50]), name="shrubs")
            read.clear()
            found = list(index.sent_since(hour(200), hour(300)))
            assert [one.message_id for one in found] == [
                one.message_id for one in inbox.sent_since(hour(200), hour(300))
            ]
            assert 0 < len(found) <= len(read) <= len(found) + 2


def test_mails_of_1970_are_found(tmp_path):
    """A Date of the first second of 1970 is one, though the column has another time for it."""
    writer = MailWriter(tmp_path / "a.git")
    for number in range(3):
        sent = datetime(1970, 1, 1, 0, 0, number, tzinfo=UTC)
        raw = write_mail("Hello", "Words.\n", "Received: from a.example; 2 Jan 2024 00:00:00 +0000",
                         ids=[f"{number}@plum.example"], sent=sent)  # fmt: skip
        writer.add(raw, int(NEW_YEAR.timestamp()))
    with Index.open(tmp_path / "a.sqlite", create=True) as index:
        index.update(Inbox.open(tmp_path / "a.git"))
        assert len(list(index.sent_since("1970-01-01", "1970-01-02"))) == 3
        index.update(fill(tmp_path / "b.git", [("x", 0, 0)]), name="b")
        assert len(list(index.sent_since("1970-01-01", "1970-01-02"))) == 3
