"""Employer maps: addresses, domains, dates, groups, and what is malformed."""

from datetime import date

import pytest

from kvminbox.errors import UsageError
from kvminbox.people import EmployerMap, parse_employers, parse_group_map, read_employers

MAP = """\
# domain  employer  [< yyyy-mm-dd]
silicon.example   Silicon & Sons, Inc.   < 2020-06-01   # sold
silicon.example   Cloud
arm.silicon.example  Arms of Silicon
Ada@Silicon.example\tUniversity<2019-01-01
"""


@pytest.fixture
def employers():
    return parse_employers(MAP)


def name(rule):
    return rule.employer if rule else None


@pytest.mark.parametrize(
    ("domain", "day", "employer"),
    [
        ("silicon.example", date(2020, 5, 31), "Silicon & Sons, Inc."),
        ("silicon.example", date(2020, 6, 1), "Cloud"),
        ("eu.SILICON.example", date(2021, 1, 1), "Cloud"),
        ("arm.silicon.example", date(2021, 1, 1), "Arms of Silicon"),
        ("x.arm.silicon.example", date(2021, 1, 1), "Arms of Silicon"),
        ("notsilicon.example", date(2021, 1, 1), None),
        ("example", date(2021, 1, 1), None),
        ("", date(2021, 1, 1), None),
    ],
)
def test_a_domain_stands_for_those_below_it_until_its_day(employers, domain, day, employer):
    """A domain's line holds before its day, for whatever is below it and has no nearer line."""
    assert name(employers.find_domain(domain, day)) == employer


def test_a_whole_address_ends_too(employers):
    """A line for one address is found in any letter case, and no more after its day."""
    assert name(employers.find_address("ADA@silicon.example", date(2018, 1, 1))) == "University"
    assert employers.find_address("ada@silicon.example", date(2019, 1, 1)) is None
    assert employers.find_address("ben@silicon.example", date(2018, 1, 1)) is None


def test_without_a_day_only_what_never_changed_is_said(employers):
    """Where no day is known, a key with several employers gives none."""
    assert employers.find_domain("silicon.example", None) is None
    assert name(employers.find_domain("arm.silicon.example", None)) == "Arms of Silicon"


def test_lines_need_no_order():
    """The line with the nearest end counts, wherever in the file it stands."""
    employers = parse_employers("x.example C\nx.example B < 2020-01-01\nx.example A < 2010-01-01")
    years = [2009, 2010, 2019, 2020]
    found = [employers.find_domain("x.example", date(year, 1, 1)) for year in years]
    assert [name(rule) for rule in found] == ["A", "B", "B", "C"]


def test_of_two_lines_that_contradict_each_other_the_first_counts():
    """The same key with the same end twice means what it meant first, as in gitdm."""
    both = parse_employers("x.example A\nx.example B")
    assert name(both.find_domain("x.example", date(2020, 1, 1))) == "A"
    joined = parse_employers("x.example B") + parse_employers("x.example A")
    assert name(joined.find_domain("x.example", date(2020, 1, 1))) == "B"


def test_a_top_level_domain_stands_for_nobody_below_it():
    """A line for one label is for that very host: no firm has all of `.example`."""
    employers = parse_employers("example X\nlocalhost Home")
    assert employers.find_domain("silicon.example", date(2020, 1, 1)) is None
    assert name(employers.find_domain("localhost", date(2020, 1, 1))) == "Home"


def test_an_address_may_have_an_exclamation_mark():
    """CNCF's maps write ! for @, so that programs that collect addresses find none."""
    assert parse_employers("ada!silicon.example Cloud").rules[0].key == "ada@silicon.example"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("silicon.example", "'domain employer'"),
        ("silicon.example < 2020-01-01", "'domain employer'"),
        ("silicon.example Cloud < soon", "'domain employer'"),
        ("silicon.example Cloud < 2020-01-01 later", "'domain employer'"),
        ("silicon.example Cloud < 2020-01-01 < 2021-01-01", "'domain employer'"),
        ("silicon.example Cloud < 2020-13-01", "a day as yyyy-mm-dd"),
        ("silicon.example Cloud < 0000-01-01", "a day as yyyy-mm-dd"),
    ],
)
def test_a_malformed_line_of_a_map_is_named(line, expected):
    """A line without employer, or with a day that is none, is an error with file and line."""
    with pytest.raises(UsageError, match=rf"^my-map:3: found .*; expected {expected}"):
        parse_employers(f"x.example X\n\n{line}\n", source="my-map")


def test_a_group_map_gives_all_its_addresses_one_employer():
    """Each line of a group is an address or domain; more than one word is an error."""
    group = parse_group_map("ada@x.example # since May\n\nBen@x.example", employer="Cloud")
    assert [(rule.key, rule.employer, rule.line) for rule in group.rules] == [
        ("ada@x.example", "Cloud", 1),
        ("ben@x.example", "Cloud", 3),
    ]
    with pytest.raises(UsageError, match=r"group-map:1: .*one address"):
        parse_group_map("ada@x.example Cloud", employer="Cloud")


def test_a_map_is_read_from_a_file(tmp_path):
    """A file's rules name it, so that evidence can say where a rule stands."""
    path = tmp_path / "domains"
    path.write_text(MAP)
    assert read_employers(path).rules[1].place == f"{path}:3"


def test_a_map_is_a_value(employers):
    """A map that was asked is equal to one that was not, and comes back from its JSON."""
    assert employers.find_domain("silicon.example", date(2020, 1, 1))
    assert employers == parse_employers(MAP)
    assert EmployerMap.model_validate_json(employers.model_dump_json()) == employers
