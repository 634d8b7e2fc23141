"""Mails that a stranger posts under somebody else's Message-ID, dated before the true one."""

from datetime import timedelta

import pytest
from posting import describe, post_all

from kvminbox import group_series, group_threads

TRUE = """
    c 0 jane - [PATCH 0/2] topic
    1 1 jane c [PATCH 1/2] one
    2 2 jane c [PATCH 2/2] two
"""
NAKED = """
    ~c 0 jane -  Topic: what these do
    1  1 jane ~c [PATCH 1/2] one
    2  2 jane ~c [PATCH 2/2] two
"""


def arrive_late(messages):
    """Give mails that came a day after all others, whatever their Dates say."""
    for message in messages:
        moment = message.entry.arrived + timedelta(days=1)
        entry = message.entry.model_copy(update={"arrived": moment, "commit": "f" * 40})
        yield message.model_copy(update={"entry": entry})


@pytest.mark.parametrize(
    "claim",
    [
        "c -9 eve - [PATCH 0/2] other",
        "c -9 eve - [PATCH 0/7] topic",
        "1 -9 eve - [PATCH 1/2] one",
        "2 -9 eve 1 [PATCH v2 2/2] two",
        "~c -9 eve - words",
    ],
)
def test_a_claimed_id_takes_no_series_apart(claim):
    """Cover letter and patches stay together, whatever another sender posts under their ids."""
    for table, line in ((TRUE, "v1 complete: c 1 2"), (NAKED, "v1 complete: ~c 1 2")):
        (alone,) = group_series(post_all(table))
        messages = [*post_all(table), *arrive_late(post_all(claim))]
        (found,) = [one for one in group_series(messages) if describe(one) == line]
        assert (found.confidence, found.evidence) == (alone.confidence, alone.evidence)
        assert group_series(messages[::-1]) == group_series(messages)


def test_a_claimed_id_takes_no_answers():
    """In a thread the answers stand below the mail that came first, not below the claim."""
    (true,) = post_all("c 0 jane - A question")
    (claim,) = arrive_late(post_all("c -9 eve - A question"))
    (answer,) = post_all("r 5 adam c Re: A question")
    (thread,) = group_threads([claim, answer, true])
    (place,) = [node for node in thread.nodes if node.message is answer]
    assert thread.nodes[place.parent].message is true
    assert "several messages claim the id <c@mail.example>" in thread.evidence
