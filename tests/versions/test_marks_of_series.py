"""The marks of a series, such as RFC or a pull request, decide what it may follow."""

import pytest

from kvminbox import group_series, link_series
from tests.series.posting import post_all

OLD = """
    c 0 jane - [PATCH 0/2] topic
    1 1 jane c [PATCH 1/2] one
    2 2 jane c [PATCH 2/2] two
"""


def link(*tables):
    """Return the chains of the mails of some tables, as the ids of their series' first mails."""
    messages = [message for table in tables for message in post_all(table)]
    chains = link_series(group_series(messages))
    first = [[one.messages[0].message_id for one in chain.series] for chain in chains]
    return [[identity.split("@")[0] for identity in chain] for chain in first]


@pytest.mark.parametrize(
    ("mark", "joined"),
    [
        ("[GIT PULL][PATCH v2", True),
        ("[PATCH v2][GIT PULL", True),
        ("[GIT PULL v2", False),
        ("[PULL v2", False),
    ],
)
def test_a_series_for_review_may_ask_to_pull(mark, joined):
    """`[GIT PULL][PATCH v2]` follows the series it is of; a mere pull request is none of it."""
    table = f"""
        d  900 jane - {mark} 0/2] topic
        w1 901 jane d {mark} 1/2] one
        w2 902 jane d {mark} 2/2] two
    """
    found = link(OLD, table)
    assert (["c", "d"] in found) is joined


@pytest.mark.parametrize(
    ("old", "new", "joined"),
    [
        ("[RFC PATCH", "[PATCH", True),
        ("[PATCH 5.10.y", "[PATCH v2 5.10.y", True),
        ("[PATCH 5.10.y", "[PATCH v2 5.15.y", False),
    ],
)
def test_a_plain_cover_letter_leaves_the_marks_to_its_patches(old, new, joined):
    """Where the cover letter is a plain mail, RFC and stable trees are those of its first patch."""
    first = f"""
        ~c 0 jane -  Topic: what these do
        1  1 jane ~c {old} 1/2] one
        2  2 jane ~c {old} 2/2] two
    """
    second = f"""
        ~d 900 jane -  Topic: what these do
        w1 901 jane ~d {new} 1/2] one
        w2 902 jane ~d {new} 2/2] two
    """
    assert (["~c", "~d"] in link(first, second)) is joined
