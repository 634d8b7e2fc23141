"""Remarks, follow-ups, links, dependences and findings are the same live and from an index."""

import random

import pytest

from kvminbox import Inbox, frames
from kvminbox.archive import MailWriter
from kvminbox.index import Index
from kvminbox.links import parse_links
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


def test_links_of_mails_in_an_index_are_those_of_their_texts(tmp_path):
    """Of replies that give no tag, of which nothing else is kept, and of mails that are odd."""
    texts = [
        'See https://lore.kernel.org/r/1@ada.example and commit 0123456789ab ("lamp: blink").\n',
        "> https://lore.kernel.org/r/quoted@ada.example\nNo.\n",
        "It is <2@mail.example>, CVE-2024-12345, \u201c\u00e4\u201d\\ and \udcff.\n",
        "Nothing.\n",
    ]
    writer = MailWriter(tmp_path / "a.git")
    for place, text in enumerate(texts):
        head = f"From: Ada <ada@silicon.example>\nSubject: Re: lamps\nMessage-ID: <{place}@x>\n"
        raw = f"{head}\n{text}".encode("utf-8", "surrogateescape")
        writer.add(raw, 60 * (place + 1))
    inbox = Inbox.open(tmp_path / "a.git")
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(inbox)
        stored = [parse_links(one) for one in index.between(None).messages()]
    assert stored == [parse_links(one) for one in inbox.between(None).messages()]
    assert list(map(len, stored)) == [2, 0, 2, 0]
