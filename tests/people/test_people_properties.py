"""Maps of any text: a value or our error, in time that grows with the text alone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import Address
from kvminbox.errors import UsageError
from kvminbox.people import (
    People,
    parse_aliases,
    parse_employers,
    parse_gitdm_config,
    parse_group_map,
    parse_mailmap,
    to_gitdm,
)
from kvminbox.people.unknown import group_unknown

PARSERS = [
    parse_mailmap,
    parse_employers,
    parse_aliases,
    parse_gitdm_config,
    lambda text: parse_group_map(text, employer="Cloud"),
]
pieces = st.sampled_from(
    ["<", ">", "#", "@", " ", "\t", "\n", "\r", "a", "A@x.example", "< 2020-01-01", "EmailMap ",
     "VirtualEmployer A\n", "end\n", "50% ", '"', "!", "\x00", "\x85", "\u2028", "é", "99999999"]
)  # fmt: skip
texts = st.text() | st.lists(pieces, max_size=30).map("".join)
every_parser = pytest.mark.parametrize("parse", PARSERS)


@every_parser
@given(text=texts)
def test_any_text_is_a_map_or_our_error(parse, text):
    """A parser gives a value or a UsageError that names a line of the text."""
    try:
        parse(text)
    except UsageError as error:
        line = int(error.where.rpartition(":")[2])
        assert 1 <= line <= text.count("\n") + 1
        assert "\n" not in str(error)


@given(name=st.text(), email=texts)
def test_anybody_is_resolved(name, email):
    """No name and no address raises, and those without an employer make a map that is read."""
    people = People(
        mailmap=parse_mailmap("Ada <a@x.example> <A>"), employers=parse_employers("x.example X")
    )
    person = people.resolve(Address(name=name, email=email))
    assert person.evidence
    again = parse_employers(to_gitdm(group_unknown([person])))
    assert {rule.key for rule in again.rules} <= {person.domain}


@pytest.mark.slow
@every_parser
@pytest.mark.parametrize(
    "piece", ["<", "a ", "<a> ", "a <", "a\t", '"', "a@b ", "< 1-1-1 ", "x < ", "9-", "# "]
)
def test_a_long_line_takes_time_by_its_length(parse, piece, assert_linear):
    """A line is read, or refused, in time that grows with its length."""

    def read(line):
        with suppress(UsageError):
            parse(line)

    assert_linear(read, lambda size: piece * (size // len(piece)))


def test_an_address_of_a_thousand_labels_is_resolved_quickly(assert_linear):
    """Sub-domains are looked up from the end, in time that grows with their number."""
    people = People(employers=parse_employers("x.example X"))

    def make(labels):
        return Address(email="a@" + "b." * labels + "x.example")

    assert people.resolve(make(100_000)).employer == "X"
    assert_linear(people.resolve, make, 100_000)
