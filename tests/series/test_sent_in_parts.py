"""A cover letter that is sent again under its id, with the patches that had not got through."""

import pytest

from kvminbox import group_series
from tests.series.posting import describe, post_all

DAY = 1440
FIRST = """
    c 0 jane - [PATCH 0/4] topic
    1 1 jane c [PATCH 1/4] one
    2 2 jane c [PATCH 2/4] two
"""

ONE = {
    "the rest a day later": f"""
        c {DAY} jane - [PATCH 0/4] topic
        3 {DAY + 1} jane c [PATCH 3/4] three
        4 {DAY + 2} jane c [PATCH 4/4] four
    """,
    "the rest in two parts": f"""
        c {DAY} jane - [PATCH 0/4] topic
        3 {DAY + 1} jane c [PATCH 3/4] three
        c {2 * DAY} jane - [PATCH 0/4] topic
        4 {2 * DAY + 1} jane c [PATCH 4/4] four
    """,
    "the rest below one another": f"""
        c {DAY} jane - [PATCH 0/4] topic
        3 {DAY + 1} jane c [PATCH 3/4] three
        4 {DAY + 2} jane 3 [PATCH 4/4] four
    """,
}
OTHERS = {
    "all again": (
        f"""
        c {DAY} jane - [PATCH 0/4] topic
        5 {DAY + 1} jane c [PATCH 1/4] one
        6 {DAY + 2} jane c [PATCH 2/4] two
        3 {DAY + 3} jane c [PATCH 3/4] three
        4 {DAY + 4} jane c [PATCH 4/4] four
        """,
        ["v1 incomplete, missing 3 4: c 1 2", "v1 complete: c 5 6 3 4"],
    ),
    "weeks later": (
        f"""
        c {20 * DAY} jane - [PATCH 0/4] topic
        3 {20 * DAY + 1} jane c [PATCH 3/4] three
        4 {20 * DAY + 2} jane c [PATCH 4/4] four
        """,
        ["v1 incomplete, missing 3 4: c 1 2", "v1 incomplete, missing 1 2: c 3 4"],
    ),
    "another revision": (
        f"""
        c {DAY} jane - [PATCH v2 0/4] topic
        3 {DAY + 1} jane c [PATCH v2 3/4] three
        4 {DAY + 2} jane c [PATCH v2 4/4] four
        """,
        ["v1 incomplete, missing 3 4: c 1 2", "v2 incomplete, missing 1 2: c 3 4"],
    ),
    "another sender's": (
        f"""
        c {DAY} eve - [PATCH 0/4] topic
        3 {DAY + 1} eve c [PATCH 3/4] three
        4 {DAY + 2} eve c [PATCH 4/4] four
        """,
        ["v1 incomplete, missing 3 4: c 1 2", "v1 incomplete, missing 1 2: c 3 4"],
    ),
    "an id of its own": (
        f"""
        d {DAY} jane - [PATCH 0/4] topic
        3 {DAY + 1} jane d [PATCH 3/4] three
        4 {DAY + 2} jane d [PATCH 4/4] four
        """,
        ["v1 incomplete, missing 3 4: c 1 2", "v1 incomplete, missing 1 2: d 3 4"],
    ),
}


@pytest.mark.parametrize("rest", ONE.values(), ids=ONE)
def test_the_rest_of_a_series(rest):
    """What was sent with a cover letter and later with the same one again is one series."""
    messages = [*post_all(FIRST), *post_all(rest)]
    (series,) = group_series(messages)
    assert describe(series) == "v1 complete: c 1 2 3 4"
    assert series.cover is messages[0]
    assert "which was sent again" in str(series.evidence)
    assert group_series(messages[::-1]) == [series]


@pytest.mark.parametrize(("again", "expected"), OTHERS.values(), ids=OTHERS)
def test_another_attempt(again, expected):
    """What is sent again in whole or much later, or by another person, is a series of its own."""
    messages = [*post_all(FIRST), *post_all(again)]
    found = [describe(one) for one in group_series(messages)]
    assert found == expected
