"""Tables and reports that are made in several processes."""

import pyarrow.parquet as pq
import pytest

from kvminbox import frames
from kvminbox.errors import UsageError
from kvminbox.frames.frame import FRAMES
from kvminbox.inbox import parallel
from kvminbox.reports import SECTIONS, build_report, list_update
from kvminbox.sample import make_sample_tree
from kvminbox.upstream import Tree


@pytest.fixture
def small_tasks(monkeypatch):
    """Let a few mails be several tasks."""
    monkeypatch.setattr(parallel, "_BATCH", 5)


@pytest.mark.slow
def test_parquet_is_the_same_for_any_jobs(sample, tmp_path, small_tasks):
    """Each table has the same rows, in the same order, whichever process made them."""
    one = frames.write_parquet(sample, tmp_path / "one")
    two = frames.write_parquet(sample, tmp_path / "two", jobs=2)
    assert list(one) == [frame.name for frame in FRAMES]
    for name, path in one.items():
        table = pq.read_table(two[name])
        assert table.num_rows
        assert table.equals(pq.read_table(path), check_metadata=True), name
        assert pq.read_metadata(two[name]).num_row_groups == 1, name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["files", "series"])
def test_a_table_is_the_same_for_any_jobs(sample, name, small_tasks):
    """A table made mail by mail, and one made of groups, have the same rows for two jobs."""
    table = getattr(frames, name)(sample)
    assert table.to_arrow(jobs=2).equals(table.to_arrow(), check_metadata=True)


def test_a_table_that_is_made_here_takes_jobs(sample):
    """`landings` of an archive takes `jobs=`, too, though one process makes it."""
    table = frames.landings(sample, Tree.open(make_sample_tree()))
    assert table.to_arrow(jobs=2).equals(table.to_arrow())
    assert table.to_arrow().num_rows


@pytest.mark.slow
def test_reports_are_the_same_for_any_jobs(sample, small_tasks):
    """A report says the same whichever process read its mails."""
    assert list_update(sample, jobs=2).to_text() == list_update(sample).to_text()
    sections = [make() for make in SECTIONS.values()]
    two = build_report("x", sample, sections, jobs=2)
    assert two.to_json() == build_report("x", sample, sections).to_json()


def test_a_corpus_in_memory_takes_no_notice(make_corpus, tmp_path):
    """A corpus that no process could read is read here; no jobs are a usage error there, too."""
    corpus = make_corpus(b"Message-ID: <a@b.example>\nSubject: [PATCH] x\n\nx\n")
    assert frames.messages(corpus).to_arrow(jobs=2).num_rows == 1
    with pytest.raises(UsageError, match="jobs=0"):
        frames.write_parquet(corpus, tmp_path, jobs=0)
