"""Dates as a caller gives them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kvminbox.dates import parse_month, parse_week, parse_year, read_time, write_day, write_time
from kvminbox.dates.possible import find_impossible
from kvminbox.errors import UsageError

NOW = datetime(2025, 8, 15, 12, tzinfo=UTC)  # a Friday
CET = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2025-08-01", "2025-08-01T00:00:00+00:00"),
        (" 2025-08-01 ", "2025-08-01T00:00:00+00:00"),
        ("2025-8-1", "2025-08-01T00:00:00+00:00"),
        ("20250801", "2025-08-01T00:00:00+00:00"),
        ("2025-08-01T12:00:00+02:00", "2025-08-01T12:00:00+02:00"),
        ("Fri, 1 Aug 2025 12:00:00 +0200", "2025-08-01T10:00:00+00:00"),
        ("2025-W31", "2025-07-28T00:00:00+00:00"),
        ("2025-07", "2025-07-01T00:00:00+00:00"),
        (date(2025, 8, 1), "2025-08-01T00:00:00+00:00"),
        (datetime(2025, 8, 1, 12), "2025-08-01T12:00:00+00:00"),
        (datetime(2025, 8, 1, 12, tzinfo=CET), "2025-08-01T12:00:00+02:00"),
    ],
)
def test_a_date_needs_no_present(given, moment):
    """Objects, ISO 8601 and full dates mean the same whenever they are read."""
    assert read_time(given).moment.isoformat() == moment
    assert read_time(given, NOW) == read_time(given)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("yesterday", "2025-08-14T12:00:00+00:00"),
        ("today", "2025-08-15T00:00:00+00:00"),
        ("2 weeks ago", "2025-08-01T12:00:00+00:00"),
        ("2.weeks.ago", "2025-08-01T12:00:00+00:00"),
        ("a week ago", "2025-08-08T12:00:00+00:00"),
        ("an hour ago", "2025-08-15T11:00:00+00:00"),
        ("last monday", "2025-08-11T12:00:00+00:00"),
        ("1 month ago", "2025-07-15T12:00:00+00:00"),
        ("since the 5th", "2025-08-05T00:00:00+00:00"),
        ("12:00 utc", "2025-08-15T12:00:00+00:00"),
        ("tea", "2025-08-14T17:00:00+00:00"),
    ],
)
def test_words_count_from_the_present_that_is_given(given, moment):
    """Git's words count from `now`, which the caller must give."""
    assert read_time(given, NOW).moment.isoformat() == moment
    assert read_time(given, NOW.astimezone(CET)) == read_time(given, NOW)
    with pytest.raises(UsageError, match=r"relative to the current time; pass now=datetime\.now"):
        read_time(given)
    with pytest.raises(UsageError, match="the current time has no time zone"):
        read_time(given, NOW.replace(tzinfo=None))


@pytest.mark.parametrize(("given", "kind"), [(None, "NoneType"), (2025, "int"), (b"2025", "bytes")])
def test_what_is_no_date_is_told_by_its_kind(given, kind):
    """A number that would be a year as a text is said to be a number."""
    with pytest.raises(UsageError, match=f"expected a date, not this {kind}; .*'2025'"):
        read_time(given)


@pytest.mark.parametrize(
    "given",
    ["", " ", "x", "12", "12 apples", "next tuesday",
     "LAST", "last", "ten", "ago", "last ago", "since 12", "12 ago", "last 12", "utc", "12 utc",
     "of the", "since", "2025-13-01", "2025-02-31",
     "2025-08-01T25:00", "2025-08-01 12:61", "2025-08-01..2025-08-02", "9" * 300],
)  # fmt: skip
def test_what_git_would_guess_is_refused(given):
    """A date that has a word or number of no meaning is an error, and not another date."""
    with pytest.raises(UsageError, match=r"not a valid date(: .*)?; write 2025-08-01"):
        read_time(given, NOW)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2025-13-01", "there is no month 13"),
        ("2025-13", "there is no month 13"),
        ("2025-00-10", "there is no month 0"),
        ("2025-02-29", "February 2025 has 28 days"),
        ("2025/02/30 12:00", "February 2025 has 28 days"),
        ("2025-04-00", "days are counted from 1"),
        ("20250431", "April 2025 has 30 days"),
        ("20250401T256000", "there is no hour 25"),
        ("31.4.2025", "April 2025 has 30 days"),
        ("4/31/2025", "April 2025 has 30 days"),
        ("45.4.2025", "April 2025 has 30 days"),
        ("31 April 2025", "April 2025 has 30 days"),
        ("30th feb", "February has 29 days"),
        ("feb 30, 2025", "February 2025 has 28 days"),
        ("2025-08-01T25:00", "there is no hour 25"),
        ("2025-08-01 12:61", "there is no minute 61"),
        ("2025-08-01 12:30:75", "there is no second 75"),
        ("2025-08-01T30", "there is no hour 30"),
        ("jan 2025", "the day is missing"),
        ("2025-07 12:00", "the day is missing"),
        ("01/02/2026", "it may be 1 February or 2 January"),
        ("1/2", "it may be 1 February or 2 January"),
        ("1/2/26 10:00", "it may be 1 February or 2 January"),
        ("12-11-2025 12:00", "it may be 12 November or 11 December"),
    ],
)
def test_a_day_or_time_that_there_is_not_is_told(given, why):
    """Git takes 30 February for 2 March; here the error says how many days February has."""
    assert find_impossible(given) == why
    with pytest.raises(UsageError, match=f"not a valid date: {why}"):
        read_time(given, NOW)


@pytest.mark.parametrize(
    "given",
    ["2024-02-29", "2025-12-31T23:59:60Z", "2025-08-01 12:30+02:00", "29 feb", "feb 12:30",
     "Fri, 1 Aug 2025 12:00:00 +0200", "2025-08-01T1200-0700", "20250801T1230", "00000000",
     "1754006400", "last monday 10:00", "2 weeks ago", "jan 70", "31 dec 2025 23:00 PST",
     "99999999", "12/12/2025", "25/11/2025", "11/25/2025", "12.11.2025", "2025/11/12", "5/17",
     "2025-08-01T10:12-07", "2025-08-01T12-07", "10:12-07", "99-05-06",
     "2025-8-1", "2025-08-01T10:00:00.123456+00:00"],
)  # fmt: skip
def test_what_there_is_is_no_reason_to_refuse(given):
    """Days, times and zones of all forms are possible."""
    assert find_impossible(given) is None


def test_a_report_names_the_time_that_words_meant():
    """What is shown of a date is as it was given, or the time in UTC that words came to."""
    assert read_time("2025-08-01T12:00:00+02:00").written == "2025-08-01T12:00:00+02:00"
    assert read_time("2025-8-1", NOW).written == "2025-08-01"
    assert read_time("20250801", NOW).written == "2025-08-01"
    assert read_time("1 aug 2025", NOW).written == "2025-08-01"
    assert read_time("2 weeks ago", NOW).written == "2025-08-01 12:00:00 UTC"
    assert read_time("today", NOW).written == "2025-08-15"
    again = read_time(read_time("2 weeks ago", NOW).written)
    assert again.moment == read_time("2 weeks ago", NOW).moment


@pytest.mark.parametrize("year", [2020, 2025, 2026, 2027, 2099])
@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("01.06.{}", "{}-06-01"),
        ("1.6.{}", "{}-06-01"),
        ("12.11.{}", "{}-11-12"),
        ("13.6.{}", "{}-06-13"),
        ("6.13.{}", "{}-06-13"),
        ("1.6.{} 10:30", "{}-06-01 10:30:00 UTC"),
        ("25/11/{}", "{}-11-25"),
        ("11-25-{}", "{}-11-25"),
        ("12/12/{}", "{}-12-12"),
    ],
)
def test_between_points_the_day_comes_first(given, written, year):
    """A day with points is the same one whether it was or is to come, and a report says which."""
    assert read_time(given.format(year), NOW).written == written.format(year)


@pytest.mark.parametrize("text", ["2025-W54", "2025-W00", "2025-31", "2025-08", "x", ""])
def test_what_is_no_week_is_refused(text):
    """Only weeks that a year has are weeks."""
    with pytest.raises(UsageError, match="not a valid week; write it as 2025-W31"):
        parse_week(text)


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-W08", "9999-12", "x", ""])
def test_what_is_no_month_is_refused(text):
    """Only months that a year has are months."""
    with pytest.raises(UsageError, match="not a valid month; write it as 2025-08"):
        parse_month(text)


def test_a_shown_day_is_that_of_utc():
    """A sender's zone does not move what happened on one day to two."""
    assert write_day(datetime(2025, 8, 1, 1, tzinfo=CET)) == "2025-07-31"
    assert write_time(datetime(2025, 8, 1, 2, tzinfo=CET)) == "2025-08-01"
    assert write_day(datetime(1, 1, 1, tzinfo=CET)) == "0001-01-01"


def test_a_week_that_the_year_lacks_is_told():
    """For a week of the right form it is said how many weeks a year has."""
    with pytest.raises(UsageError, match="a year has 52 weeks, and some have 53"):
        parse_week("2022-W53")


def test_a_bare_year_begins_with_its_first_second():
    """A year, which git would take for a time of day, is one; another number is no date."""
    for text in ("2024", " 1999 "):
        found = read_time(text)
        assert found == (datetime(int(text), 1, 1, tzinfo=UTC), f"{text.strip()}-01-01")
    for text in ("1830", "2400", "24", "20244"):
        with pytest.raises(UsageError):
            read_time(text)
    with pytest.raises(UsageError, match="not a valid year; write it as 2025"):
        parse_year("25")
