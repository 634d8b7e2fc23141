"""Charts hold the corpus's own numbers, and nothing that acts on a reader."""

import json

import pytest

from kvminbox import Inbox, plots
from kvminbox.analysis import Snapshot, compute_reviewers
from kvminbox.errors import KvminboxError
from kvminbox.sample import make_sample

CHARTS = {
    "activity": plots.activity,
    "domain_share": plots.domain_share,
    "first_reply": plots.first_reply,
    "reviewers": plots.reviewers,
    "series_size": plots.series_size,
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """The whole sample inbox, read once."""
    folder = make_sample(tmp_path_factory.mktemp("sample"))
    return Snapshot(Inbox.open(folder).between(None))


def records(chart):
    """Give all numbers that a chart holds."""
    found = json.loads(chart.to_json())
    return [row for rows in found["datasets"].values() for row in rows]


@pytest.mark.parametrize("name", CHARTS)
def test_same_corpus_same_bytes(snapshot, name):
    """A chart of the same corpus is the same JSON, with a title and with data of its own."""
    first, second = CHARTS[name](snapshot), CHARTS[name](snapshot)
    assert first.to_json() == second.to_json()
    assert json.loads(first.to_json())["title"]["text"]
    assert records(first)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_fetched_or_linked(snapshot, name):
    """No chart names a place to load data from, nor a link for its marks."""
    written = CHARTS[name](snapshot).to_json()
    assert '"url"' not in written
    assert '"href"' not in written


def test_activity_counts_every_mail(snapshot):
    """The bars of all days together are the mails of the corpus."""
    rows = records(plots.activity(snapshot, by="day"))
    assert sum(row["high"] - row["low"] for row in rows) == len(list(snapshot.messages()))


def test_reviewers_are_those_of_the_analysis(snapshot):
    """The chart shows the counts that the ranking has."""
    ranking = compute_reviewers(snapshot)
    shown = json.dumps(records(plots.reviewers(snapshot)))
    assert ranking.rows
    assert all(str(row.count) in shown for row in ranking.rows)


def test_an_unknown_period_is_refused(snapshot):
    """A period that there is not is named in the error, with those that there are."""
    with pytest.raises(KvminboxError, match="week"):
        plots.activity(snapshot, by="decade")
