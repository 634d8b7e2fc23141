"""Other libraries accept the tables directly."""

import duckdb
import pandas
import polars
import pyarrow
import pytest

from kvminbox import frames
from kvminbox.frames.frame import FRAMES

each_table = pytest.mark.parametrize("name", [frame.name for frame in FRAMES])


@each_table
def test_duckdb_polars_and_pandas_read_the_same(name, sample):
    """Through the PyCapsule interface each of the three has as many rows, under the same names."""
    given = getattr(frames, name)(sample)
    expected = given.to_arrow()
    assert duckdb.sql("SELECT count(*) FROM given").fetchall()[0] == (expected.num_rows,)
    read = polars.DataFrame(given)
    assert (read.height, read.columns) == (expected.num_rows, expected.column_names)
    assert read.to_arrow().to_pylist() == expected.to_pylist()
    seen = pandas.DataFrame.from_arrow(given)
    assert (len(seen), list(seen.columns)) == (expected.num_rows, expected.column_names)


def test_a_moment_is_the_same_for_all(sample):
    """The first patch's date is one moment in UTC, whoever reads it."""
    given = frames.patches(sample)
    first = next(sample.patches()).date
    assert polars.DataFrame(given)["date"][0] == first
    assert pandas.DataFrame.from_arrow(given)["date"][0] == first
    assert duckdb.sql("SELECT epoch_us(min(date)) FROM given").fetchall()[0][0] == (
        first.timestamp() * 1_000_000
    )


def test_the_schema_is_given_without_reading(make_corpus):
    """`__arrow_c_schema__` reads no mail."""
    corpus = make_corpus()
    table = frames.messages(corpus)
    assert pyarrow.schema(table) == table.schema
    assert corpus.walks == 0


def test_each_stream_reads_again(make_corpus, make_mail):
    """A table may be read any number of times, and reads the mails each time."""
    corpus = make_corpus(make_mail())
    given = frames.messages(corpus)
    assert [polars.DataFrame(given).height, polars.DataFrame(given).height] == [1, 1]
    assert corpus.walks == 2


def test_a_consumer_may_ask_for_another_type(sample):
    """A stream comes in the requested types, if they can hold the values."""
    table = frames.members(sample)
    wide = pyarrow.schema(
        [field.with_type(pyarrow.large_string()) if field.type == pyarrow.string() else field
         for field in table.schema]
    )  # fmt: skip
    reader = pyarrow.RecordBatchReader.from_stream(table, schema=wide)
    assert reader.schema.field("role").type == pyarrow.large_string()
    assert reader.read_all().num_rows == table.to_arrow().num_rows


def test_an_error_in_a_mail_reaches_the_consumer(make_corpus, make_mail):
    """An archive that becomes unreadable ends the stream with an error, not with fewer rows."""
    corpus = make_corpus(make_mail(), None)  # no message stands in the second one's place
    with pytest.raises((AttributeError, polars.exceptions.PolarsError), match="entry"):
        polars.DataFrame(frames.messages(corpus))


def test_repr_is_one_safe_line(make_corpus):
    """A table says which one it is, without reading."""
    shown = repr(frames.files(make_corpus()))
    assert shown.startswith("<Table files of ")
    assert "\n" not in shown
