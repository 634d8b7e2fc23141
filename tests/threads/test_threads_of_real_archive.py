"""Threads and series of the real archive: nothing lost, no order, linear cost."""

import random
from collections import Counter
from itertools import islice

import pytest

from kvminbox import CoverLetter, Inbox, Patch, group_series, group_threads

MAILS = 6_000

pytestmark = [pytest.mark.real, pytest.mark.interop]


@pytest.fixture(scope="module")
def messages(real_inbox_path):
    """Return some thousand messages of the real archive."""
    return list(islice(Inbox.open(real_inbox_path).between(None).messages(), MAILS))


def test_every_message_is_in_one_thread(messages):
    """Of the real mails each is in exactly one thread."""
    found = (message for thread in group_threads(messages) for message in thread.messages)
    assert Counter(map(place, found)) == Counter(map(place, messages))


def test_every_patch_is_in_one_series(messages):
    """Of the real patches and cover letters each is in exactly one series."""
    found = (
        message
        for series in group_series(messages)
        for message in (*series.messages, *series.duplicates)
    )
    kinds = (Patch, CoverLetter)
    assert Counter(place(mail) for mail in found if isinstance(mail, kinds)) == Counter(
        place(mail) for mail in messages if isinstance(mail, kinds)
    )


def test_order_does_not_count(messages):
    """Real mails in a random order give the same series and the same threads."""
    shuffled = random.Random(1).sample(messages, len(messages))
    assert list(map(ids, group_series(shuffled))) == list(map(ids, group_series(messages)))
    assert list(map(ids, group_threads(shuffled))) == list(map(ids, group_threads(messages)))


@pytest.mark.parametrize("group", [group_threads, group_series])
def test_cost_grows_linearly(messages, group, assert_linear):
    """Real mails are grouped in time that grows with their number."""
    assert_linear(group, lambda count: messages[:count], MAILS, counted=2_000)


def place(message):
    """Return where in the archive a message is."""
    return message.entry.commit


def ids(group):
    """Return what tells a group apart: where its messages are, in its order, and its reasons."""
    return [*map(place, group.messages), *group.evidence]
