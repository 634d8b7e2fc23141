"""Values of models of one's own in the default layout: short to read, and whole in CSV."""

import copy
import csv
import pickle
from datetime import datetime, timedelta, timezone
from io import StringIO

import pytest

from kvminbox.analysis import MessageRef, PullRequests, Ranking
from kvminbox.analysis.pull_requests import Pull
from kvminbox.display import Link, Listing, Paragraph, Table
from kvminbox.models import Address, Model, SeriesRef
from kvminbox.reports import Section, SectionReport, lay_out, make_table, sections

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


class Press(Model):
    """A model that is a field of another."""

    name: str
    force: float
    owner: Address | None = None


class Juice(Model):
    """A model with a field of several values, which is a field of another."""

    title: str
    presses: tuple[Press, ...]


class Fruits(Model):
    """A result whose fields are no plain values."""

    by_kind: dict[str, int]
    by_day: dict[datetime, Share]
    press: Press
    juice: Juice
    mail: MessageRef
    series: SeriesRef
    ranked: Ranking
    words: tuple[str, ...]
    numbers: frozenset[int]
    lines: list[str]
    empty: dict[str, int]
    late: datetime | None = None


def test_every_kind_of_field_is_told_in_words():
    """No field is shown as Python's repr: a dict and a model are lists, None is none."""
    press = Press(name="lemon", force=0.04, owner=Address(name="Ada", email="ada@x.example"))
    result = Fruits(
        by_kind={"lemon": 19, "fig": 11},
        by_day={LATE: Share(who="Ada", share=0.5, when=LATE)},
        press=press,
        juice=Juice(title="Sour", presses=(press, press)),
        mail=MessageRef(message_id="1@lemon.example", subject="a mail"),
        series=SeriesRef(message_id="1@lemon.example", title="a series", revision=2, date=LATE),
        ranked=Ranking(title="Who", counted="lemons"),
        words=("sour", "sweet"),
        numbers=frozenset({3}),
        lines=["a line, with a comma"],
        empty={},
    )
    report = SectionReport(Section("fruits", lambda _: result), result)
    assert report.to_document().blocks == (
        Paragraph("by kind:"),
        Listing(("lemon: 19", "fig: 11")),
        Table(
            ("by day", "who", "share", "when", "parts"),
            (("2025-01-02", "Ada", "0.5", "2025-01-02", ""),),
            numeric=frozenset({"share"}), linked="who", short=frozenset({"when"}), links=((),),
        ),
        Paragraph("press:"),
        Listing(("name: lemon", "force: 0.04", "owner: Ada")),
        Paragraph("juice: Sour"),
        make_table((press, press)),
        Table(
            ("mail",), (("a mail",),), linked="mail", one_each=True,
            links=((Link(text="a mail", message_id="1@lemon.example"),),),
        ),
        Paragraph("series: a series"),
        Paragraph("ranked: Who"),
        *lay_out(result.ranked),
        Paragraph("words: sour, sweet"),
        Paragraph("numbers: 3"),
        Paragraph("lines:"),
        Listing(("a line, with a comma",)),
        Paragraph("empty: none"),
        Paragraph("late: none"),
    )  # fmt: skip


def test_a_dictionary_of_models_is_a_table():
    """Each model has a row with its key, whether a key has one or several; others are lists."""

    class Pressed(Model):
        by_day: dict[datetime, tuple[Press, ...]]
        name: dict[str, Press]
        people: dict[str, Address]
        some: dict[str, tuple[Press, ...]]

    fig, lemon = Press(name="fig", force=2), Press(name="lemon", force=1)
    result = Pressed(
        by_day={LATE: (fig, lemon)}, name={"x": fig}, people={"a": Address(name="Ada")},
        some={"full": (fig,), "empty": ()},
    )  # fmt: skip
    keyed, named, *rest = (
        SectionReport(Section("own", lambda _: result), result).to_document().blocks
    )
    assert keyed.columns == ("by day", "name", "force", "owner")
    assert [row[:2] for row in keyed.rows] == [("2025-01-02", "fig"), ("2025-01-02", "lemon")]
    assert (named.columns[0], named.rows[0][0]) == ("name of", "x")
    assert [type(one) for one in rest] == [Paragraph, Listing, Paragraph, Listing]


def test_a_set_is_shown_in_one_order():
    """A set has no order, and is shown by the words of its values, in a cell and in CSV too."""

    class Tagged(Model):
        names: frozenset[str]

    class AllTagged(Model):
        rows: tuple[Tagged, ...]

    names = [f"name{number}" for number in range(9)]
    result = AllTagged(rows=(Tagged(names=frozenset(names)),))
    report = SectionReport(Section("tagged", lambda _: result), result)
    assert read_cells(report) == [", ".join(names)]


def test_a_cell_with_a_model_or_a_dictionary_is_words():
    """A cell names the fields and the keys; a mail is its subject."""

    class Row(Model):
        press: Press
        counts: dict[str, int]
        mail: MessageRef

    mail = MessageRef(message_id=None, subject="a mail")
    row = Row(press=Press(name="fig", force=2), counts={"a": 1, "b": 2}, mail=mail)
    assert make_table([row]).rows == (
        ("name: fig, force: 2.0, owner: none", "a: 1, b: 2", "a mail"),
    )
