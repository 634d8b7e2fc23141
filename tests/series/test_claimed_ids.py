"""Mails that a stranger posts under somebody else's Message-ID, dated before the true one."""

from datetime import timedelta

import pytest

from kvminbox import Address, group_series, group_threads
from tests.series.posting import describe, post_all

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
    """Yield mails that came a day after all others, whatever their Dates say."""
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
        evidence = tuple(words for words in found.evidence if "another mail" not in words)
        assert (found.confidence, evidence) == (alone.confidence, alone.evidence)
        assert group_series(messages[::-1]) == group_series(messages)


def test_a_claimed_id_takes_no_answers():
    """In a thread the answers stand below the mail that came first, not below the claim."""
    (true,) = post_all("c 0 jane - A question")
    (claim,) = arrive_late(post_all("c -9 eve - A question"))
    (answer,) = post_all("r 5 adam c Re: A question")
    (thread,) = group_threads([claim, answer, true])
    (place,) = [node for node in thread.nodes if node.message is answer]
    assert thread.nodes[place.parent].message is true
    assert "several messages have the id <c@mail.example>" in thread.evidence


CHAINED = """
    1 0 jane - [PATCH 1/2] one
    2 1 jane 1 [PATCH 2/2] two
"""


@pytest.mark.parametrize(
    ("table", "parent", "address"),
    [
        pytest.param(TRUE, "c", "jd@evil.example", id="her name, to the cover letter"),
        pytest.param(TRUE, "c", "jane@jane.example", id="her address, to the cover letter"),
        pytest.param(CHAINED, "1", "jd@evil.example", id="her name, to a patch"),
    ],
)
def test_a_late_patch_takes_no_place(table, parent, address):
    """A patch under a sender's name does not take the place of the true one by an earlier Date."""
    true = [as_jane_doe(message, "jane@jane.example") for message in post_all(table)]
    (late,) = arrive_late(post_all(f"x 0.5 jane {parent} [PATCH 2/2] two"))
    messages = [*true, as_jane_doe(late, address)]
    found = group_series(messages)
    assert describe(found[0]).startswith(describe(group_series(true)[0]))
    assert group_series(messages[::-1]) == found


def as_jane_doe(message, address):
    """Return a mail as one that Jane Doe sent from an address."""
    return message.model_copy(update={"sender": Address(name="Jane Doe", email=address)})
