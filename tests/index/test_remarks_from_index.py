"""Remarks, follow-ups, links, dependences and findings are the same live and from an index."""

import random

import pytest

from kvminbox import Inbox, frames
from kvminbox.index import Index
from kvminbox.reports import review

NAMES = ("remarks", "follow_ups", "links", "dependences", "findings")
SEED = 16


def write_all(window):
    """Return the rows of each table, written out."""
    return {name: repr(getattr(frames, name)(window).to_arrow().to_pylist()) for name in NAMES}


def choose(commits, count):
    """Return random windows of some commits, and all of them."""
    rng = random.Random(SEED)
    chosen = [sorted(rng.sample(range(len(commits)), 2)) for _ in range(count)]
    return [(None, None), *((commits[base], commits[tip]) for base, tip in chosen)]


def test_tables_of_sample_windows(sample_inbox, sample_file):
    """Of the whole sample and of random windows, which cut threads and series anywhere."""
    inbox = Inbox.open(sample_inbox)
    commits = [entry.commit for entry in inbox.between(None).entries()]
    told = set()
    with Index.open(sample_file) as index:
        for base, tip in choose(commits, 12):
            live = write_all(inbox.between(base, tip))
            assert write_all(index.between(base, tip)) == live
            told |= {name for name, rows in live.items() if rows != "[]"}
    assert told >= {"remarks", "follow_ups", "links"}


def test_review_pages_of_the_sample(sample_inbox, sample_file):
    """Each series with remarks has the same page, in each format."""
    inbox = Inbox.open(sample_inbox)
    rows = frames.remarks(inbox.between(None)).to_arrow().to_pylist()
    with Index.open(sample_file) as index:
        for identity in sorted({row["patch_message_id"] for row in rows} - {None}):
            live, stored = review(inbox.between(None), identity), review(index, identity)
            assert stored.to_text() == live.to_text()
            assert stored.to_html() == live.to_html()


@pytest.mark.real
@pytest.mark.interop
def test_tables_of_real_windows(real_inbox_path, real_file):
    """Of random windows of a thousand commits of the real archive."""
    inbox = Inbox.open(real_inbox_path)
    commits = [entry.commit for entry in inbox.between(None).entries()]
    rng = random.Random(SEED)
    with Index.open(real_file) as index:
        for place in rng.sample(range(len(commits) - 1_000), 5):
            base, tip = commits[place], commits[place + 1_000]
            live = write_all(inbox.between(base, tip))
            assert min(map(len, map(live.get, ("remarks", "follow_ups", "links")))) > 100_000
            assert write_all(index.between(base, tip)) == live
