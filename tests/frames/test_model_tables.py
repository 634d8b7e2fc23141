"""Tables whose rows are models: of a report's result, or one's own."""

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Literal

import pyarrow as pa
import pytest

from kvminbox import Address, Inbox, frames
from kvminbox.analysis import MessageRef, Tabular
from kvminbox.errors import UsageError
from kvminbox.models import Model, SeriesRef
from kvminbox.reports import SECTIONS, build_report, list_update
from kvminbox.reports.layout import show
from kvminbox.sample import make_sample

ADA = Address(name="Ada", email="ada@silicon.example")


class Row(Model):
    """A row of every kind of field.

    This is about another thing.
    """

    title: str
    """What it is called."""

    lines: int | None
    share: float
    is_new: bool
    state: Literal["open", "closed"]
    day: date
    sent: datetime | None
    sender: Address
    people: tuple[Address, ...]
    numbers: tuple[int, ...]
    series: SeriesRef | None
    messages: tuple[MessageRef, ...]
    inner: tuple[SeriesRef, ...] = ()


REF = SeriesRef(message_id="s@x", title="A", revision=2, date=None)
ROW = Row(
    title="a", lines=None, share=0.5, is_new=True, state="open", day=date(2025, 6, 9),
    sent=datetime(2025, 6, 9, tzinfo=UTC), sender=ADA, people=(ADA, Address()), numbers=(1, 2),
    series=REF, messages=(MessageRef(message_id="m@x", subject="S"),), inner=(REF,),
)  # fmt: skip


def test_each_field_that_fits_has_a_column():
    """Values keep their types; people and messages are texts, and a model gives its fields."""
    table = frames.of_models([ROW, ROW.model_copy(update={"series": None, "sent": None})])
    first, second = table.to_arrow().to_pylist()
    assert first == {
        "title": "a", "lines": None, "share": 0.5, "is_new": True, "state": "open",
        "day": date(2025, 6, 9), "sent": datetime(2025, 6, 9, tzinfo=UTC),
        "sender": "Ada <ada@silicon.example>", "people": ["Ada <ada@silicon.example>", ""],
        "numbers": [1, 2], "series_message_id": "s@x", "series_title": "A", "series_revision": 2,
        "series_date": None, "series_minor_revision": None, "series_is_rfc": False,
        "messages": ["m@x"],
    }  # fmt: skip
    assert second["series_title"] is second["sent"] is None
    assert table.schema.field("lines").type == pa.int64()
    assert table.schema.field("title").metadata[b"description"] == b"What it is called."
    assert table.schema.metadata[b"description"] == b"A row of every kind of field."


def test_no_rows_have_the_columns_of_their_class():
    """A quiet day's table has its columns, where the class is told."""
    empty = frames.of_models([], kind=Row).to_arrow()
    assert empty.schema.equals(frames.of_models([ROW]).to_arrow().schema)
    assert empty.num_rows == len(frames.of_models([])) == 0


@pytest.mark.parametrize("rows", [[1, 2], [ADA, ROW]])
def test_rows_of_several_classes_are_refused(rows):
    """Rows that are no models, or of two classes, are told."""
    with pytest.raises(UsageError, match="give models of one class"):
        frames.of_models(rows)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report of all shipped sections over the whole sample inbox."""
    window = Inbox.open(make_sample(tmp_path_factory.mktemp("models"))).between(None)
    return build_report("all", window, [SECTIONS[name]() for name in SECTIONS])


@pytest.mark.parametrize("name", sorted({*SECTIONS} - {"update"}))
def test_every_result_has_a_table(report, name):
    """The result of each section gives its rows, be they none, with their columns."""
    result = report.result[name]
    table = result.table()
    rows = getattr(result, table.name)
    assert len(table) == len(rows) == len(table.to_pandas()) == table.to_polars().height
    assert table.to_arrow().column_names


def test_of_several_kinds_of_rows_one_is_named(report):
    """A list update has three kinds of rows; a name that it has not is told."""
    result = report.result["update"]
    assert isinstance(result, Tabular)
    with pytest.raises(UsageError, match="choose from: domains, contributors, submissions"):
        result.table()
    with pytest.raises(UsageError, match=r"no such rows; did you mean domains\?"):
        result.table("domain")
    names = [row.text for row in result.contributors]
    assert result.table("contributors").to_arrow()["text"].to_pylist() == names
    assert len(report.result["authors"].table("figures")) == 2
    assert list_update(Inbox.open(make_sample()).between(None)).result.table("domains")


class Colour(Enum):
    """A value of one's own."""

    RED = "red"
    BLUE = "blue"


class Mixed(Enum):
    """Members of several types, which fit into no column."""

    ONE = 1
    TWO = "two"


class Painted(Model):
    """A row with such values."""

    colour: Colour = Colour.RED
    others: tuple[Colour, ...] = (Colour.BLUE,)
    mixed: Mixed = Mixed.TWO
    took: timedelta | None = timedelta(hours=3)


def test_an_enum_is_what_it_stands_for_and_a_span_is_one():
    """Columns have the values of Enums, and spans of time; a report shows the values, too."""
    table = frames.of_models([Painted(), Painted(took=None)]).to_arrow()
    row = {"colour": "red", "others": ["blue"]}
    assert table.to_pylist() == [{**row, "took": timedelta(hours=3)}, {**row, "took": None}]
    assert (show(Colour.RED), show((Colour.BLUE,)), show(Mixed.ONE)) == ("red", "blue", "1")


def test_pandas_has_its_own_types_either_way():
    """to_pandas gives what pandas makes of a table itself: periods of dates, no Arrow types."""
    pandas = pytest.importorskip("pandas")
    window = Inbox.open(make_sample()).between(None)
    table = frames.series(window)
    frame = table.to_pandas()
    assert frame.equals(table.to_arrow().to_pandas())
    assert not any(isinstance(one, pandas.ArrowDtype) for one in frame.dtypes)
    assert set(frame.date.dt.tz_localize(None).dt.to_period("M").astype(str)) == {"2025-06"}
