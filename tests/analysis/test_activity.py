"""How much came when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kvminbox.analysis import count_activity
from kvminbox.analysis.activity import MAX_DAYS, MAX_MONTHS, MAX_WEEKS
from kvminbox.analysis.list_name import name_list
from kvminbox.reports.layout import draw_activity
from tests.analysis.analysis_mails import mail

START = datetime(2025, 3, 3, 9, tzinfo=UTC)  # a Monday


def counts(moments):
    """Return the periods with their counts."""
    return [(one.begin, one.count) for one in count_activity(moments).periods]


def test_days_without_a_mail_are_there():
    """Each day from the first to the last is counted, in UTC, and what has no date is left out."""
    late = datetime.fromisoformat("2025-03-05T23:30:00-02:00")
    assert counts([START, None, START, late]) == [
        (date(2025, 3, 3), 2), (date(2025, 3, 4), 0), (date(2025, 3, 5), 0), (date(2025, 3, 6), 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "by"),
    [
        (0, "day"), (MAX_DAYS - 1, "day"), (MAX_DAYS, "week"), (7 * MAX_WEEKS - 1, "week"),
        (7 * MAX_WEEKS, "month"),
    ],
)  # fmt: skip
def test_a_long_time_has_longer_periods(days, by):
    """Up to three months days are counted, up to two years weeks, then months; none is lost."""
    found = count_activity([START, START + timedelta(days=days / 2), START + timedelta(days=days)])
    assert found.by == by
    assert sum(one.count for one in found.periods) == 3
    assert len(found.periods) < 110


@pytest.mark.parametrize(
    ("days", "span", "drawn"),
    [
        (0, "on 2025-03-03", []),
        (1, "from 2025-03-03 to 2025-03-04",
         ["Mails by day, from 2025-03-03 to 2025-03-04: at most 2, on 2025-03-03."]),
        (MAX_DAYS, "from 2025-03-03 to 2025-06-03",
         ["Mails by week, from 2025-03-03 to 2025-06-02: at most 2, in the week of 2025-03-03."]),
        (7 * MAX_WEEKS, "from 2025-03-03 to 2027-03-08",
         ["Mails by month, from 2025-03 to 2027-03: at most 2, in 2025-03."]),
    ],
)  # fmt: skip
def test_a_period_is_named_as_long_as_it_is(days, span, drawn):
    """In a chart a week has the date of its Monday, and a month no day; a sentence has the days."""
    found = count_activity([START, START, START + timedelta(days=days)])
    assert found.span == span
    assert [block.to_text() for block in draw_activity("Mails", found)] == drawn


def test_a_wrong_clock_makes_no_million_periods():
    """Where the mails span more than forty years, nothing is counted."""
    assert counts([START, START - timedelta(days=31 * MAX_MONTHS)]) == []
    assert counts([]) == []


def test_a_list_is_named_by_most_of_its_mails():
    """The commonest List-Id gives the name; there is none where no mail has one."""
    mails = [mail("a", "x"), mail("b", "y"), mail("c", "z", list_id="other.lists.example")]
    assert name_list(mails) == "kvm"
    assert name_list([]) == ""
