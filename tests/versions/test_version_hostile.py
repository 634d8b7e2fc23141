"""Series that are made to be costly: to link, to name, and to compare."""

import random
from time import process_time

import pytest

from kvminbox import compare_series, link_series, read_message
from kvminbox.versions import compare, linediff
from kvminbox.versions.chains import MAX_NAMED
from kvminbox.versions.mentions import find_mentions, find_superseded
from tests.versions.version_mails import group, mail, patch

TEXTS = {
    "one word": "a@b.example " + "a" * 19_000,
    "slashes in one word": "a@b.example " + "://" * 6_000,
    "colons and slashes": "a@b.example\n" + ":/" * 9_000,
    "a footnote of at signs": "[a] " + "@" * 19_000 + " x",
    "many footnotes": "[a] a@b.example\n" + "[a]" * 6_000,
    "escapes": "a@b.example " + "%40" * 6_000,
    "versions": "a@b.example " + "v1 " * 6_000,
    "superseded": "Supersedes: " + "a@" * 9_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_long_text_is_read_for_links_in_no_time(name):
    """Whatever a cover letter repeats, its links are found in a small part of a second."""
    (series,) = group(mail("[PATCH 0/1] Timers", "a@doe.example", text=TEXTS[name]))
    began = process_time()
    find_mentions(series)
    find_superseded(series)
    assert process_time() - began < 0.3


def shuffled_series(revision, count, lines, chance):
    """Return a series whose patches all have the same lines, each in another order."""
    mails = []
    for number in range(1, count + 1):
        added = "".join(f"+line {line}\n" for line in chance.sample(range(lines), lines))
        mails.append(
            f"From: Jane Doe <jane@doe.example>\nMessage-ID: <{revision}-{number}@doe.example>\n"
            f"Date: Tue, {revision} Jul 2025 10:00:00 +0000\n"
            f"References: <{revision}-0@doe.example>\n"
            f"Subject: [PATCH v{revision} {number}/{count}] Part {revision}.{number}\n\n"
            f"Words.\n---\n--- /dev/null\n+++ b/{number}.c\n@@ -0,0 +1,{lines} @@\n{added}"
        )
    (series,) = group([read_message(raw.encode()) for raw in mails])
    return series


def test_comparing_ends_when_its_work_is_used_up(monkeypatch):
    """Patches that are alike in all but the order of their lines are not compared to the end."""
    work = linediff.Work(100_000)
    monkeypatch.setattr(compare, "Work", lambda: work)
    old, new = (shuffled_series(n, 8, 200, random.Random(n)) for n in (1, 2))
    compared = compare_series(old, new)
    assert -10_000 < work.left < 0
    assert [pair.new.subject.counter for pair in compared.patches if pair.new] == [*range(1, 9)]


def test_a_long_chain_is_not_named_by_each_of_its_series():
    """Of very many revisions each names the nearest ones, itself among them."""
    series = group(
        [patch(f"[PATCH v{n}] Fix it", f"{n}@doe.example", n / 1000) for n in range(300)]
    )
    (chain,) = link_series(series)
    assert len(chain.series) == 300
    for place, one in enumerate(chain.series):
        assert one.ref in one.chain
        assert len(one.chain) == MAX_NAMED
        assert (one.previous is None) == (place == 0)
        assert one.previous is None or one.previous in one.chain
        assert one.next is None or one.next in one.chain
