"""A window can be chosen by when its mails arrived."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kvminbox import Inbox
from kvminbox.errors import RangeError, UsageError
from tests.archive.git_archive import START, Archive

DAY = 86_400


@pytest.fixture
def inbox(tmp_path):
    """Mails that arrived on days after START, back and forth, in two epochs."""
    for epoch, days in enumerate([(0, 2, 1, 3), (5, 4, 6)]):
        archive = Archive(tmp_path / f"{epoch}.git")
        for day in days:
            archive.add(day, seconds=START + day * DAY)
    return Inbox.open(tmp_path)


def _days(window):
    return [int(message.subject.raw[12:]) for message in window.messages()]


def _at(day):
    return datetime.fromtimestamp(START + day * DAY, UTC)


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        (0, None, [0, 2, 1, 3, 5, 4, 6]),
        (2, None, [2, 3, 5, 4, 6]),
        (1, 3, [2, 1]),
        (3, 5, [3, 4]),
        (6, 7, [6]),
        (7, None, []),
        (3, 3, []),
    ],
)
def test_since_takes_what_arrived_in_time(inbox, begin, end, days):
    """The first moment is included, the last is not, and order plays no part."""
    until = None if end is None else _at(end)
    window = inbox.since(_at(begin), until)
    assert _days(window) == days
    assert window.summary().commits == len(window) == len(days)
    as_text = inbox.since(_at(begin).isoformat(), until and until.isoformat())
    assert _days(as_text) == days


def test_a_span_that_ends_before_it_begins_is_refused(inbox):
    """Two dates in the wrong order are an error, as two revisions are, and no empty window."""
    with pytest.raises(RangeError, match=r"2023-11-19\.\.2023-11-16: the span ends before it"):
        inbox.since("2023-11-19", "2023-11-16")


def test_a_year_of_five_digits_is_no_date(inbox):
    """It is refused for what it is, and does not count from the present."""
    with pytest.raises(UsageError, match="99999-01-01: not a valid date"):
        inbox.since("99999-01-01")


def test_a_date_without_a_zone_is_utc(inbox):
    """A bare date is midnight UTC, and a zone is obeyed."""
    assert _days(inbox.since("2023-11-19")) == [5, 6]  # day 4 came on the 18th at 22:13
    assert _days(inbox.since("2023-11-18T22:13:20", "2023-11-18T22:13:21")) == [4]
    assert _days(inbox.since("2023-11-19T00:13:20+02:00", "2023-11-18T20:13:21-02:00")) == [4]
    zone = timezone(timedelta(hours=5))
    assert _days(inbox.since(_at(4).astimezone(zone), _at(5))) == [4]


def test_words_count_from_now(inbox):
    """Git's words select by the present that the caller gives, and the window names the time."""
    window = inbox.since("2 days ago", "yesterday", now=_at(6))
    assert _days(window) == [4]
    assert (window.base, window.tip) == ("2023-11-18 22:13:20 UTC", "2023-11-19 22:13:20 UTC")
    with pytest.raises(UsageError, match="relative to the current time"):
        inbox.since("2 days ago")


@pytest.mark.parametrize(
    "date", ["", "next week", "2025-13-01", "9" * 5000, "1\0", "2025-08-01T99"]
)
def test_nonsense_is_no_date(inbox, date):
    """What is no date is refused with the form of one, at either end."""
    for choose in (lambda: inbox.since(date), lambda: inbox.since("2023-01-01", date)):
        with pytest.raises(UsageError, match="2025-08-01"):
            choose()


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_the_ends_of_time(inbox, date):
    """The first and the last date there are can be asked for."""
    assert len(inbox.since(date)) == (7 if date < "1" else 0)


def test_a_deletion_in_the_window_hides_its_mail(tmp_path):
    """A window by time hides a mail when its deletion arrived in that time, too."""
    archive = Archive(tmp_path / "0.git")
    archive.add(1, seconds=START)
    archive.delete(1, seconds=START + DAY)
    inbox = Inbox.open(archive.path)
    assert _days(inbox.since(_at(0))) == []
    assert _days(inbox.since(_at(0), _at(1))) == [1]


def test_times_that_no_calendar_holds(tmp_path):
    """A commit of the year 71685, or without a time, has no arrival, and is no exception."""
    archive = Archive(tmp_path / "0.git")
    archive.add(1, seconds=2_200_000_000_000)
    archive.add(2, seconds="never")
    archive.add(3, seconds="9" * 30)
    inbox = Inbox.open(archive.path)
    assert [entry.arrived for entry in inbox.between(None).entries()] == [None] * 3
    assert inbox.between(None).summary().messages == 3
    assert _days(inbox.since("2023-01-01")) == [1]


def test_an_entry_of_elsewhere_is_refused(inbox):
    """An entry of an epoch that the inbox doesn't have can't be read from it."""
    entry = next(iter(inbox.between(None).entries()))
    with pytest.raises(UsageError, match="not from this inbox"):
        inbox.raw(entry.model_copy(update={"epoch": 9}))
    with pytest.raises(UsageError):
        inbox.raw(entry.model_copy(update={"blob": ""}))
    with pytest.raises(UsageError, match="a deletion has no mail"):
        inbox.raw(entry.model_copy(update={"change": "deletion"}))
