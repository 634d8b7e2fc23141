"""A whole real archive as tables."""

from pathlib import Path

import duckdb
import pandas
import polars
import pytest

from kvminbox import Inbox, Patch
from tests.frames.counted import count_rows
from tests.frames.grouped import check_slim

pytestmark = [pytest.mark.real, pytest.mark.interop]


@pytest.fixture(scope="module")
def messages(real_inbox_path):
    """Every mail of the archive, whole."""
    return list(Inbox.open(real_inbox_path).between(None).messages())


def test_a_real_archive_groups_the_same(messages):
    """Series, chains, reviews and threads of the archive are the same without texts."""
    check_slim(messages)


def test_all_readers_count_what_the_models_count(real_tables, messages):
    """DuckDB, Polars and pandas read each file, and find as many rows as the models say."""
    expected = count_rows(messages)
    assert expected["messages"] > 20_000
    for name, path in real_tables.paths.items():
        found = (
            duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0],
            polars.scan_parquet(path).select(polars.len()).collect().item(),
            len(pandas.read_parquet(path)),
        )
        assert found == (expected[name],) * 3, name


def test_sums_are_those_of_the_models(real_tables, messages):
    """Lines, dates and kinds are the models', also where files are joined to their patches."""
    patches = [mail for mail in messages if isinstance(mail, Patch)]
    path, files = real_tables.paths["patches"], real_tables.paths["files"]
    query = f"SELECT sum(insertions), sum(deletions), count(DISTINCT patch_id) FROM '{path}'"
    assert duckdb.sql(query).fetchall()[0] == (
        sum(patch.diffstat.insertions for patch in patches),
        sum(patch.diffstat.deletions for patch in patches),
        len({patch.patch_id() for patch in patches} - {None}),
    )
    joined = f"""
        SELECT count(*) FROM '{path}' AS p JOIN (
            SELECT epoch, commit, blob, count(*) AS files, sum(insertions) AS insertions
            FROM '{files}' GROUP BY ALL
        ) AS f USING (epoch, commit, blob)
        WHERE p.files = f.files AND p.insertions = f.insertions
    """
    assert duckdb.sql(joined).fetchall()[0][0] == sum(
        bool(patch.diffstat.files) for patch in patches
    )


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak there")
def test_memory_stays_bounded(real_tables):
    """Writing all tables of the archive takes less than 400 MB in a process of its own."""
    assert real_tables.peak < 400_000_000
