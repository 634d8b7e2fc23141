"""Dates in a search: git's words for them, and what a range of them holds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.index.query.dates import NoPresentError, parse_approxidate, parse_range

NOW = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # a Tuesday

WORDS = {
    # a month or a year alone is at the present's day and time
    "january": "2023-01-14 22:13:20",
    "december": "2022-12-14 22:13:20",
    "2022": "2022-11-14 22:13:20",
    # times
    "2022-01-01T12:30:00Z": "2022-01-01 12:30:00",
    "2022-01-01T12:30:00.123+02:00": "2022-01-01 10:30:00",
    "2022-01-01T12": "2022-01-01 12:00:00",
    "20220101T1230": "2022-01-01 12:30:00",
    "20220101T123000": "2022-01-01 12:30:00",
    "Thu, 7 Aug 2025 01:43:10 -0700": "2025-08-07 08:43:10",
    "7 Aug 2025 01:43:10 PDT": "2025-08-07 08:43:10",
    "2022-01-05 3:00 PM": "2022-01-05 15:00:00",
    "10:30pm": "2023-11-14 22:30:00",
    "5.am": "2023-11-14 05:00:00",
    "@1640995200": "2022-01-01 00:00:00",
    "1640995200": "2022-01-01 00:00:00",
    "@5 +0100": "1970-01-01 00:00:05",
    # words
    "now": "2023-11-14 22:13:20",
    "yesterday": "2023-11-13 22:13:20",
    "noon": "2023-11-14 12:00:00",
    "noon.yesterday": "2023-11-13 12:00:00",
    "tea": "2023-11-14 17:00:00",
    "midnight": "2023-11-14 00:00:00",
    "never": "1970-01-01 00:00:00",
    # counted back
    "3.days.ago": "2023-11-11 22:13:20",
    "2.weeks.ago": "2023-10-31 22:13:20",
    "two weeks ago": "2023-10-31 22:13:20",
    "last.week": "2023-11-07 22:13:20",
    "last.friday": "2023-11-10 22:13:20",
    "last.tuesday": "2023-11-07 22:13:20",
    "3.tuesdays.ago": "2023-10-24 22:13:20",
    "13.months.ago": "2022-10-14 22:13:20",
    "1.year.2.months.ago": "2022-09-14 22:13:20",
    "60.years.ago": "1963-11-14 22:13:20",
}


DAYS = {
    "2022-01-01": "2022-01-01",
    "2022/1/5": "2022-01-05",
    "5/7/2021": "2021-05-07",
    "7.5.2021": "2021-05-07",
    "13/7/2021": "2021-07-13",
    "99-05-06": "1999-05-06",
    "10.jan.2022": "2022-01-10",
    "jan.5": "2023-01-05",
    "5": "2023-11-05",
    "Dec 6, 1992": "1992-12-06",
    "feb.31": "2023-03-03",
    "12/25": "2025-11-12",  # Christmas is ahead: the 12th, of the year 25
}


@pytest.mark.parametrize("text", WORDS)
def test_word_of_git_is_understood(text):
    """Each of these means the second beside it, seen from one Tuesday night."""
    begin, end = parse_approxidate(text, NOW)
    assert f"{datetime(1970, 1, 1) + timedelta(seconds=begin)}" == WORDS[text]
    assert end == begin + 1


@pytest.mark.parametrize("hour", [0, 12, 23])
@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_the_whole_day(text, hour):
    """Each of these means the day beside it, at whatever hour of that Tuesday."""
    begin, end = parse_approxidate(text, NOW.replace(hour=hour))
    assert f"{datetime(1970, 1, 1) + timedelta(seconds=begin)}" == f"{DAYS[text]} 00:00:00"
    assert end == begin + 86400


@pytest.mark.parametrize("text", ["2022-01-01", "Dec 6, 1992", "2022-01-01T12:30", "@1640995200"])
def test_what_says_all_needs_no_present(text):
    """A full date is the same without a present as with one."""
    assert parse_approxidate(text) == parse_approxidate(text, NOW)


OPEN = ["jan.5", "2022", "now", "yesterday", "2.weeks.ago", "noon", "5pm", "last.friday",
        "3.months", "2022-01-05 noon", "12:30"]  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_what_leaves_something_open_needs_a_present(text):
    """What counts from the present says so where none is given."""
    with pytest.raises(NoPresentError):
        parse_approxidate(text)


def test_today_is_the_whole_day():
    """`today` is the day of the present, from midnight to midnight; a time of day is one of it."""
    midnight = datetime(2023, 11, 14, tzinfo=UTC).timestamp()
    assert parse_approxidate("today", NOW) == (midnight, midnight + 86400)
    assert parse_approxidate("Today", NOW) == parse_approxidate("today", NOW)
    for text in ("today noon", "noon.today", "12:00 today", "12pm.today"):
        assert parse_approxidate(text, NOW) == (midnight + 43200, midnight + 43201)
    with pytest.raises(ValueError):
        parse_approxidate("todays", NOW)
    with pytest.raises(NoPresentError):
        parse_approxidate("today")


def test_noon_in_the_morning_is_yesterdays():
    """A time of day that is still to come today is yesterday's."""
    morning = datetime(2023, 11, 14, 8, tzinfo=UTC)
    assert parse_approxidate("noon", morning)[0] == morning.timestamp() - 20 * 3600


@pytest.mark.parametrize("text", ["", "...", "gibberish", "tuesday", "0", "99999999", "jänuar"])
def test_text_without_a_date_is_an_error(text):
    """Where nothing is understood that is said, and not the present given."""
    with pytest.raises(ValueError, match="not understood as a date"):
        parse_approxidate(text, NOW)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1" * 201, "at most 200"), ("3000.years", "1 to 9999"), ("9999999.weeks", "1 to 9999")],
)
def test_date_beyond_limits_is_an_error(text, reason):
    """A text too long, and a time outside the calendar, are named for what they are."""
    with pytest.raises(ValueError, match=reason):
        parse_approxidate(text, NOW)


def test_present_is_taken_in_utc():
    """The present's own zone does not matter."""
    here = NOW.astimezone(timezone(timedelta(hours=9)))
    assert parse_approxidate("yesterday", here) == parse_approxidate("yesterday", NOW)


VOCABULARY = st.sampled_from([
    "last", "two", "noon", "tea", "never", "now", "today", "pm", "jan", "friday", "weeks", "months",
    "years",
    "T", "Z", "GMT", "@", "+02:00", "-0700", "..", ".", "-", ":", "0", "1", "31", "99", "1969",
    "2022", "2100", "12:30", "7.5.2021", "2022-01-31", "20220101", "1640995200", "9" * 20, "١",
    "é", " ", "\n", "\0",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(), st.lists(VOCABULARY, max_size=9).map("".join), st.text("0123456789-.:T")
)
PRESENTS = st.none() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9))]))


@given(TEXTS, PRESENTS)
def test_any_text_is_a_time_or_a_value_error(text, now):
    """No text and no present give any exception but ValueError, nor a time past the calendar."""
    try:
        begin, end = parse_approxidate(text, now)
    except ValueError:
        return
    assert datetime.min <= datetime(1970, 1, 1) + timedelta(seconds=begin) <= datetime.max
    assert end - begin in (1, 86400)


@given(st.sampled_from(["d", "dt", "rt"]), TEXTS, PRESENTS)
def test_any_range_is_two_numbers_or_a_value_error(name, text, now):
    """No range gives any exception but ValueError; its ends fit SQLite's integers."""
    try:
        ends = parse_range(name, text, now)
    except ValueError:
        return
    assert all(end is None or -(2**63) <= end < 2**63 for end in ends)


RANGES = {
    "d:20220103..20220104": ("2022-01-03 00:00:00", "2022-01-05 00:00:00"),
    "d:2022-01-03..20220103": ("2022-01-03 00:00:00", "2022-01-04 00:00:00"),
    "d:20220103..": ("2022-01-03 00:00:00", None),
    "d:..20220103": (None, "2022-01-04 00:00:00"),
    "d:..": (None, None),
    # one day alone is two
    "d:20220103": ("2022-01-03 00:00:00", "2022-01-05 00:00:00"),
    "d:2022-01-03": ("2022-01-03 00:00:00", "2022-01-05 00:00:00"),
    "d:yesterday": ("2023-11-13 22:13:20", "2023-11-14 22:13:21"),
    # a day beside another word is a day, too
    "d:20220103..yesterday": ("2022-01-03 00:00:00", "2023-11-13 22:13:21"),
    "d:2022-01-03..yesterday": ("2022-01-03 00:00:00", "2023-11-13 22:13:21"),
    "d:2.weeks.ago..20231114": ("2023-10-31 22:13:20", "2023-11-15 00:00:00"),
    "d:jan.5..feb.5": ("2023-01-05 00:00:00", "2023-02-06 00:00:00"),
    # months and weeks
    "d:2022-01": ("2022-01-01 00:00:00", "2022-02-01 00:00:00"),
    "rt:2022-01..2022-02": ("2022-01-01 00:00:00", "2022-03-01 00:00:00"),
    "dt:2022-W05..": ("2022-01-31 00:00:00", None),
    "d:..2022-W05": (None, "2022-02-07 00:00:00"),
    "d:a.week.ago..": ("2023-11-07 22:13:20", None),
    # numbers that are no days
    "d:00000000..99999999": ("0001-01-01 00:00:00", None),
    "dt:20220103100000..20220103105959": ("2022-01-03 10:00:00", "2022-01-03 11:00:00"),
    "dt:20220103..20220104": ("2022-01-03 00:00:00", "2022-01-05 00:00:00"),
    "dt:20220103": ("2022-01-03 00:00:00", "2022-01-04 00:00:00"),
    "dt:20220103100000": ("2022-01-03 10:00:00", "2022-01-04 10:00:01"),
    "dt:2022-01-03..2022-01-04": ("2022-01-03 00:00:00", "2022-01-05 00:00:00"),
    "rt:2022-01-03": ("2022-01-03 00:00:00", "2022-01-04 00:00:00"),
    "rt:2022-01-03..2022-01-03": ("2022-01-03 00:00:00", "2022-01-04 00:00:00"),
    "rt:yesterday..2023-11-14": ("2023-11-13 22:13:20", "2023-11-15 00:00:00"),
    "rt:1640995200..1640995260": ("2022-01-01 00:00:00", "2022-01-01 00:01:01"),
    "rt:1640995200": ("2022-01-01 00:00:00", "2022-01-02 00:00:01"),
    "rt:20221303..": ("1970-08-23 01:01:43", None),
}


def show(seconds):
    if seconds is None or seconds >= 253402300800:
        return None
    return f"{datetime(1970, 1, 1) + timedelta(seconds=seconds)}"


@pytest.mark.parametrize("text", RANGES)
def test_range_holds_what_it_says(text):
    """Each range begins with its first second and ends before the first that is outside."""
    name, _, words = text.partition(":")
    begin, end = parse_range(name, words, NOW)
    assert (show(begin), show(end)) == RANGES[text]


@pytest.mark.parametrize("text", ["20220103", "20220103..", "..20220103", "20220103100000"])
def test_a_day_as_a_number_is_none_for_rt(text):
    """A number that reads as a day is seconds to `rt:`, which nobody means: it is refused."""
    with pytest.raises(ValueError, match=r"is a number of seconds to rt:, no day$"):
        parse_range("rt", text, NOW)
    assert parse_range("dt", text, NOW)


@pytest.mark.parametrize("text", ["", "foo", "foo..", "..foo", "2022-01-01...20220102"])
@pytest.mark.parametrize("name", ["d", "dt", "rt"])
def test_range_not_understood_is_an_error(name, text):
    """An end that is no date is an error, and not the present or an open end."""
    with pytest.raises(ValueError, match="not understood as a date"):
        parse_range(name, text, NOW)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-13-45", "there is no month 13"),
        ("20231301", "there is no month 13"),
        ("2022-02-30", "February 2022 has 28 days"),
        ("31.feb.2022", "February 2022 has 28 days"),
        ("2022-01-01T25:00:00Z", "there is no hour 25"),
        ("2022", "a number alone is not a day"),
        ("202201", "a number alone is not a day"),
        ("jan.2022", "the day is missing"),
        ("12.apples", "`apples` has no meaning in a date"),
    ],
)
@pytest.mark.parametrize("form", ["{}", "{}..", "..{}", "2022-01-03..{}"])
@pytest.mark.parametrize("name", ["d", "dt"])
def test_range_of_days_that_there_are_not_is_an_error(name, form, text, why):
    """Where public-inbox takes another day, or passes over a word, it is said what is wrong."""
    with pytest.raises(ValueError, match=why):
        parse_range(name, form.format(text), NOW)


def test_range_of_another_name_is_an_error():
    """Only d:, dt: and rt: are ranges of dates."""
    with pytest.raises(ValueError, match="d:, dt: or rt:"):
        parse_range("uid", "1..2", NOW)
