"""Values of models of one's own in the default layout: short to read, and whole in CSV."""

import copy
import csv
import pickle
from datetime import datetime, timedelta, timezone
from io import StringIO

import pytest

from kvminbox.analysis import PullRequests
from kvminbox.analysis.pull_requests import Pull
from kvminbox.models import Address, Model
from kvminbox.reports import Section, SectionReport, make_table, sections

LATE = datetime(2025, 1, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))


class Share(Model):
    """A row with a value of each kind that a layout shortens."""

    who: str
    share: float
    when: datetime
    parts: tuple[float, ...] = ()


class Shares(Model):
    """A result with such rows."""

    rows: tuple[Share, ...]


def show(*rows):
    """Return rows as a report of their own."""
    return SectionReport(Section("shares", lambda _: Shares(rows=rows)), Shares(rows=rows))


def read_cells(report):
    """Return the last row of a report's CSV."""
    return list(csv.reader(StringIO(report.to_csv(), newline="")))[-1]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.04, "0.04"), (0.0001234, "0.000123"), (1e-05, "1e-05"), (-1e-05, "-1e-05"), (0.0, "0.0"),
        (1 / 3, "0.333"), (1.25, "1.25"), (2.0, "2.0"), (99.96, "100.0"), (-0.5, "-0.5"),
        (12345.678, "12345.7"), (float("inf"), "inf"), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_a_float_keeps_what_it_says(number, shown):
    """A small float is never shown as zero, and CSV has every digit of each."""
    report = show(Share(who="Ada", share=number, when=LATE))
    assert f" {shown} " in " ".join(report.to_text().split())
    assert read_cells(report)[1] == repr(number)


def test_csv_has_the_time_and_zone():
    """CSV has a datetime as ISO 8601, where a text has its day in UTC."""
    report = show(Share(who="Ada", share=0.5, when=LATE, parts=(0.04, 0.123456)))
    assert "2025-01-02" in report.to_text()
    assert "0.04, 0.123" in report.to_text()
    assert read_cells(report) == ["Ada", "0.5", "2025-01-01T23:30:00-05:00", "0.04, 0.123456"]


def test_every_other_format_has_the_short_form():
    """Markdown, HTML and the terminal show what the text does."""
    report = show(Share(who="Ada", share=12345.678, when=LATE))
    for shown in (report.to_markdown(), report.to_html(), report.to_terminal(width=100)):
        assert "12345.7" in shown
        assert "12345.678" not in shown
        assert "2025-01-02" in shown


def test_the_whole_value_stays_with_the_cell():
    """A table that is copied, pickled, or in another order has the same values in CSV."""
    table = make_table([Share(who="Ada", share=12345.678, when=LATE)])
    for again in (copy.deepcopy(table), pickle.loads(pickle.dumps(table))):
        assert [getattr(cell, "exact", cell) for cell in again.rows[0]][1] == "12345.678"


def test_a_table_may_have_the_short_form_in_csv_too():
    """With `exact=False` no cell has another value in CSV than elsewhere."""
    table = make_table([Share(who="Ada", share=12345.678, when=LATE)], exact=False)
    assert table.rows == (("Ada", "12345.7", "2025-01-02", ""),)
    assert not any(hasattr(cell, "exact") for cell in table.rows[0])


def test_a_shipped_section_has_days_in_csv():
    """The list of pull requests has the day of each, in CSV as in the other formats."""
    ada = Address(name="Ada", email="ada@lamp.example")
    pull = Pull(title="x", sender=ada, date=LATE, repository="r", ref="v1", messages=())
    report = SectionReport(sections.pull_requests(), PullRequests(rows=(pull,)))
    assert read_cells(report) == ["x", "Ada", "2025-01-02", "r", "v1"]
