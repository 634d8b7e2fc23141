"""Those without an employer: counted, and written down for the user to fill in."""

import pytest

from kvminbox.people import Person, group_unknown, parse_employers, to_gitdm


def person(email, **fields):
    return Person(email=email, **fields)


PERSONS = [
    *[person("ada@uni.example")] * 2,
    person("Ben@UNI.example"),
    *[person("eve@home.example")] * 3,
    *[person("fay@home.example")] * 2,
    person("gus@firm.example", employer="Firm"),
    person("bot@uni.example", is_bot=True),
    person("nobody"),
]


def test_domains_are_counted_without_the_known_and_the_programs():
    """The most frequent comes first, its addresses likewise, letter case apart."""
    found = group_unknown(PERSONS)
    assert [(one.domain, one.count) for one in found] == [
        ("home.example", 5),
        ("uni.example", 3),
        ("", 1),
    ]
    assert [(one.email, one.count) for one in found[1].addresses] == [
        ("ada@uni.example", 2),
        ("ben@uni.example", 1),
    ]


def test_the_list_is_an_employer_map():
    """What is rendered can be read as a map, and gives nobody an employer yet."""
    text = to_gitdm(group_unknown(PERSONS), addresses=1)
    assert text.splitlines()[1:] == [
        "home.example\t(Unknown)\t# 5",
        "# eve@home.example\t(Unknown)\t# 3",
        "uni.example\t(Unknown)\t# 3",
        "# ada@uni.example\t(Unknown)\t# 2",
        "# (none)\t(Unknown)\t# 1",
        "# nobody\t(Unknown)\t# 1",
    ]
    assert [rule.key for rule in parse_employers(text).rules] == ["home.example", "uni.example"]


def test_a_line_that_was_filled_in_counts():
    """Putting a name for (Unknown), or taking a # away, is all that a user has to do."""
    text = to_gitdm(group_unknown(PERSONS))
    filled = text.replace("# eve@home.example\t(Unknown)", "eve@home.example\tFirm < 2021-05-01")
    assert parse_employers(filled).find_address("eve@home.example", None).employer == "Firm"


@pytest.mark.parametrize(
    "email",
    [
        "a@\x1b[2J",
        "a@x\nevil.example Evil",
        "a@x#y",
        "a@x <y",
        "a@\u202exe",
        "a@b c",
        "a@\u2028x Y",
    ],
)
def test_a_hostile_domain_makes_no_line(email):
    """A domain that could act on its reader, or be read as another line, stands in a comment."""
    text = to_gitdm(group_unknown([person(email)]))
    assert parse_employers(text).rules == ()
    assert not set("\x1b\u202e\u2028") & set(text)
