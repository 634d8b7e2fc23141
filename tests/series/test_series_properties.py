"""Whatever mixture of series a list holds, and in whatever order it arrives."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox import CoverLetter, Message, Patch, group_series, group_threads
from tests.series.posting import IDS, post
from tests.series.shapes import SHAPES

TABLES = [mails for mails, _ in SHAPES.values()]


def rename(name, prefix):
    """Return a name of its own to each mail whose id no program gave."""
    bare = name.removeprefix("~")
    return name if name == "-" or name in IDS else name.replace(bare, f"{prefix}.{bare}")


def post_again(table, prefix, offset):
    """Yield the messages of a table with other ids, some minutes later."""
    for line in filter(str.strip, table.splitlines()):
        name, minute, sender, parents, subject = line.split(None, 4)
        named = ",".join(rename(parent, prefix) for parent in parents.split(","))
        yield post(rename(name, prefix), float(minute) + offset, sender, named, subject)


@st.composite
def mixtures(draw):
    """Return the mails of some series that may be of the same hour."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(TABLES), st.integers(0, 200)), max_size=5))
    return [
        message
        for number, (table, offset) in enumerate(drawn)
        for message in post_again(table, "abcde"[number], offset)
    ]


@settings(max_examples=60)
@given(mixtures(), st.randoms(use_true_random=False))
def test_order_does_not_count(messages, random):
    """Mails in any order of arrival make equal series and equal threads."""
    shuffled = random.sample(messages, len(messages))
    assert group_series(shuffled) == group_series(messages)
    assert group_threads(shuffled) == group_threads(messages)


@pytest.mark.slow
def test_a_thousand_orders_of_arrival():
    """Ten mixtures of eight series of the same hour, in a hundred orders each, stay the same."""
    chance = Random(7)
    for _ in range(10):
        tables = enumerate(chance.sample(TABLES, 8))
        messages = [
            message
            for number, table in tables
            for message in post_again(table, f"s{number}", chance.randrange(60))
        ]
        series = group_series(messages)
        for _ in range(100):
            assert group_series(chance.sample(messages, len(messages))) == series


@settings(max_examples=60)
@given(mixtures())
def test_nothing_is_lost_or_doubled(messages):
    """Every patch and cover letter is in exactly one series, every mail in exactly one thread."""
    found = [
        message
        for series in group_series(messages)
        for message in (*series.messages, *series.duplicates)
    ]
    assert count(found, (Patch, CoverLetter)) == count(messages, (Patch, CoverLetter))
    assert not count(found, Message) - count(messages, Message)
    threaded = [message for thread in group_threads(messages) for message in thread.messages]
    assert count(threaded, Message) == count(messages, Message)


@settings(max_examples=60)
@given(mixtures())
def test_numbers_agree(messages):
    """A series' status, its missing numbers and its patches tell the same."""
    for series in group_series(messages):
        numbers = [patch.subject.counter for patch in series.patches]
        assert numbers == sorted(set(numbers))
        assert series.missing == tuple(
            number for number in range(1, series.total + 1) if number not in numbers
        )
        whole = bool(numbers) and not series.missing  # `0/n` alone lacks nothing that is known
        assert (series.status in ("complete", "over_full")) == whole
        excess = max(numbers, default=0) > series.total
        assert (series.status == "over_full") == (excess and not series.missing)
        assert (series.status == "cover_only") == (not numbers)


def count(messages, kinds):
    """Count the archive commits of the messages of some kinds."""
    return Counter(message.entry.commit for message in messages if isinstance(message, kinds))
