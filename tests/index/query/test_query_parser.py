"""What queries mean, as trees."""

from datetime import UTC, datetime, timedelta

import pytest

from kvminbox.errors import QueryError
from kvminbox.index.query import parse_query
from kvminbox.index.query.nodes import (
    AllOf,
    AnyOf,
    Between,
    Equal,
    Near,
    OddOf,
    Phrase,
    Without,
    Word,
)
from kvminbox.index.query.parser import MAX_DEPTH, MAX_DISTANCE, MAX_WORDS
from kvminbox.index.query.prefixes import PREFIXES
from kvminbox.index.query.tokens import MAX_LENGTH
from kvminbox.index.query.values import KINDS

NOW = datetime(2023, 1, 2, tzinfo=UTC)


def word(text, field="", match="stem"):
    return Word(field, text, match)


A, B, C, D = map(word, "abcd")

TREES = {
    # words
    "fix": word("fix"),
    "Fix": word("Fix", match="exact"),
    "_fix": word("_fix", match="exact"),
    "9p": word("9p", match="exact"),
    "naïve": word("naïve"),
    "fix,": word("fix"),
    "'fix'": word("fix"),
    "fix/": word("fix", match="exact"),
    "fix()": word("fix", match="exact"),
    "fix*": word("fix", match="beginning"),
    '"fix"': word("fix", match="exact"),
    "or": word("or"),
    "KVM: fix": AllOf((word("KVM", match="exact"), word("fix"))),
    "a=b": AllOf((word("a", match="exact"), B)),
    "a,b": AllOf((A, B)),
    "1,a": AllOf((word("1", match="exact"), A)),
    "foo+bar": AllOf((word("foo"), word("bar"))),
    # phrases
    '"a b"': Phrase("", ("a", "b")),
    "“a b”": Phrase("", ("a", "b")),
    '"a, *b!"': Phrase("", ("a", "b")),
    "a/b": Phrase("", ("a", "b")),
    "/a/b/": Phrase("", ("a", "b")),
    "a--b": Phrase("", ("a", "b")),
    "a@b.c": Phrase("", ("a", "b", "c")),
    "a::b": Phrase("", ("a", "b")),
    "don't": Phrase("", ("don", "t")),
    "AT&T": Phrase("", ("AT", "T")),
    "1,000.5": Phrase("", ("1", "000", "5")),
    "a.b*": Phrase("", ("a", "b"), is_open=True),
    "हिन": Phrase("", ("ह", "न")),
    # prefixes
    "s:a": word("a", "s"),
    "s:[a]": word("a", "s"),
    "s:a,b": AllOf((word("a", "s"), word("b", "s"))),
    's:"a b"': Phrase("s", ("a", "b")),
    "s:a:b": Phrase("s", ("a", "b")),
    "s:(a OR b)": AnyOf((word("a", "s"), word("b", "s"))),
    "s:(a f:b)": AllOf((word("a", "s"), word("b", "f"))),
    "s:(a f:(b c)) d": AllOf((word("a", "s"), word("b", "f"), word("c", "f"), D)),
    "author:jane": word("jane", "author", "exact"),
    "tag:Reviewed-by": Phrase("tag", ("Reviewed", "by")),
    # operators, from loose to tight
    "a b": AllOf((A, B)),
    "a AND b": AllOf((A, B)),
    "a OR b": AnyOf((A, B)),
    "a OR b OR c": AnyOf((A, B, C)),
    "a XOR b": OddOf((A, B)),
    "a NOT b": Without(A, B),
    "a AND NOT b": Without(A, B),
    "a OR b c": AnyOf((A, AllOf((B, C)))),
    "a b OR c": AnyOf((AllOf((A, B)), C)),
    "a AND b OR c": AnyOf((AllOf((A, B)), C)),
    "a OR b AND c": AnyOf((A, AllOf((B, C)))),
    "a OR b XOR c": AnyOf((A, OddOf((B, C)))),
    "a AND b XOR c": OddOf((AllOf((A, B)), C)),
    "a NOT b c": Without(A, AllOf((B, C))),
    "a NOT b AND c": Without(AllOf((A, C)), B),
    "(a OR b) c": AllOf((AnyOf((A, B)), C)),
    "a OR(b)": AnyOf((A, B)),
    "((a))": A,
    # signs
    "a -b": Without(A, B),
    "a -b -c": Without(A, AnyOf((B, C))),
    "-b a": Without(A, B),
    "+a b": AllOf((A, B)),
    "a AND -b": Without(A, B),
    "a AND -b -c": Without(A, AnyOf((B, C))),
    "a -(b OR c)": Without(A, AnyOf((B, C))),
    "a -b=c": Without(A, AllOf((word("b", match="exact"), C))),
    "a -b OR c": AnyOf((Without(A, B), C)),
    '-"a b" c': Without(C, Phrase("", ("a", "b"))),
    # near
    "a NEAR b": Near("", ("a", "b"), 10),
    "a NEAR/3 b": Near("", ("a", "b"), 3),
    "a NEAR/3 b NEAR/5 c": Near("", ("a", "b", "c"), 5),
    "s:a NEAR s:b": Near("s", ("a", "b"), 10),
    "s:(a NEAR b)": Near("s", ("a", "b"), 10),
    "c -a NEAR b": Without(C, Near("", ("a", "b"), 10)),
    # filters
    "mid:<a@b>": Equal("mid", "a@b"),
    'mid:"a (b)@""c"': Equal("mid", 'a (b)@"c'),
    "(mid:a@b)": Equal("mid", "a@b"),
    "lid:KVM.vger.Example": Equal("lid", "kvm.vger.example"),
    "dfpre:ABCDEF1": Equal("dfpre", "abcdef1"),
    "kind:patch": Equal("kind", "patch"),
    "kind:patch kind:bot": AnyOf((Equal("kind", "patch"), Equal("kind", "bot"))),
    "kind:patch AND kind:bot": AllOf((Equal("kind", "patch"), Equal("kind", "bot"))),
    "a kind:patch -kind:bot": Without(
        AllOf((A, Equal("kind", "patch"))), Equal("kind", "bot")
    ),
    "kind:patch revision:2": AllOf((Equal("kind", "patch"), Between("revision", 2, 3))),
    "revision:2..": Between("revision", 2, None),
    "revision:..3": Between("revision", None, 4),
    "revision:2..4": Between("revision", 2, 5),
    "z:1..5": Between("z", 1, 6),
    "rt:1600000000..1600000009": Between("rt", 1600000000, 1600000010),
    "d:20230101..20230101": Between("d", 1672531200, 1672617600),
    'dt:"2 days ago.."': Between("dt", 1672444800, None),
    "series:x@y": Equal("series", "x@y"),
    "changeid:20230101-x": Equal("changeid", "20230101-x"),
}  # fmt: skip


@pytest.mark.parametrize("text", TREES)
def test_a_query_means_its_tree(text):
    """Each shape of a query is read as lei would, or as the page on searching says."""
    assert parse_query(text, NOW) == TREES[text]


# the query, the column of the error, a piece of its words, a piece of its cure
REFUSALS = [
    ("", 1, "empty", "write"),
    (" \n", 1, "empty", "write"),
    ("foo:bar", 1, "`foo:` is not a prefix", '"foo:bar"'),
    ("a 10:30", 3, "`10:` is not a prefix", '"10:30"'),
    ("S:a", 1, "`S:` is not a prefix", "`s:`"),
    ("a s: b", 3, "nothing follows `s:`", "quote"),
    ("mid:", 1, "nothing follows `mid:`", "quote"),
    ("(s:)", 2, "nothing follows `s:`", "quote"),
    ('a "b', 3, "not closed", '"'),
    ('a s:"b', 5, "not closed", '"'),
    ('mid:"b', 5, "not closed", '"'),
    ("a (b", 3, "not closed", ")"),
    ("a (", 3, "not closed", ")"),
    ("a) b", 2, "has no opening one", "leave"),
    (")", 1, "has no opening one", "leave"),
    ("a ()", 3, "the brackets are empty", "leave"),
    ('a ""', 3, "no word", "leave"),
    ("a !!", 3, "`!!` has no letter", "quote"),
    ("a - b", 3, "without a word", "quote"),
    ("a --b", 3, "without a word", "quote"),
    ("a ->b", 3, "without a word", "quote"),
    ("-a", 1, "has nothing to exclude from", "first"),
    ("b (-a)", 4, "has nothing to exclude from", "first"),
    ("a OR -b", 6, "has nothing to exclude from", "first"),
    ("a NOT -b", 7, "has nothing to exclude from", "first"),
    ("NOT a", 1, "`NOT` has nothing before", "first"),
    ("a OR NOT b", 6, "`NOT` has nothing before", "first"),
    ("OR a", 1, "`OR` has nothing before", "quote"),
    ("a OR", 3, "`OR` has nothing after", "quote"),
    ("(a OR) b", 4, "`OR` has nothing after", "quote"),
    ("a AND -b c", 7, "more than one word", "NOT"),
    ("a ADJ b", 3, "`ADJ` is not supported", "NEAR"),
    ("NEAR b", 1, "is not between", '"NEAR"'),
    ("a NEAR", 3, "not followed by a word with the same prefix", "s:(one NEAR two)"),
    ("a NEAR s:b", 3, "not followed by a word with the same prefix", "s:(one NEAR two)"),
    ("s:a NEAR b", 5, "not followed by a word with the same prefix", "s:(one NEAR two)"),
    ("a NEAR b.c", 8, "`b.c` is not one word", "one word"),
    ("a* NEAR b", 1, "`a*` is not one word", "one word"),
    ("a NEAR/0 b", 3, "not a distance", "NEAR/5"),
    (f"a NEAR/{MAX_DISTANCE + 1} b", 3, "not a distance", "NEAR/5"),
    (f"a NEAR/{'9' * 5000} b", 3, "not a distance", "NEAR/5"),
    ("l:(a NEAR b)", 4, "`l:` takes no NEAR", "each word"),
    ("*a", 1, "a star", "quote"),
    ("a b*c", 4, "a star", "quote"),
    ("a**", 2, "a star", "quote"),
    ("*", 1, "no letter", "quote"),
    ("c++", 1, "not searched", "quote"),
    ("a bug#", 3, "not searched", "quote"),
    ("a..b", 1, "range without a prefix", "d:"),
    ("s:1..2", 3, "range without a prefix", "d:"),
    ("s:-a", 3, "follows a prefix", "-s:word"),
    ("a s:f(b)", 3, "`s:` applies to `f` only", "quote"),
    ("mid:(a OR b)", 1, "no brackets", "(mid:A OR mid:B)"),
    ("dfpre:abcdef", 1, "can't take `abcdef`", "7 to 40"),
    ("dfpre:ghijklm", 1, "can't take", "7 to 40"),
    ("patchid:abcdef1", 1, "can't take", "40 hex"),
    ("kind:cover", 1, "can't take `cover`", ", ".join(KINDS)),
    ("revision:v2", 1, "can't take", "`2..`"),
    ("revision:..", 1, "can't take", "`2..`"),
    ("z:5", 1, "can't take", "`1000..5000`"),
    ("z:1k..", 1, "can't take", "`1000..5000`"),
    ("a d:bananas", 3, "can't take `bananas`", "2022-01-31"),
    ('mid:" "', 1, "can't take", "a Message-ID"),
    ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), MAX_DEPTH + 1, "brackets", "simplify"),
    ("a " * (MAX_WORDS + 1), 2 * MAX_WORDS + 1, f"{MAX_WORDS} words", "simplify"),
    ("a" * (MAX_LENGTH + 1), MAX_LENGTH + 1, "characters", "simplify"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "column", "what", "cure"), REFUSALS, ids=[text[:20] for text, *_ in REFUSALS]
)
def test_what_is_not_supported_is_said(text, column, what, cure):
    """Nothing is ignored: an error names the word, its column, and what to do."""
    with pytest.raises(QueryError) as caught:
        parse_query(text, NOW)
    assert caught.value.where == f"query, column {column}"
    assert what in caught.value.what
    assert cure in caught.value.cure


def test_an_error_is_one_short_safe_line():
    """However long and hostile the word, the error can be shown."""
    with pytest.raises(QueryError) as caught:
        parse_query("y:\x1b[2J\u202e" + "y" * 50_000)
    assert len(str(caught.value)) < 500
    assert str(caught.value).isprintable()


def test_brackets_up_to_the_limit_are_read():
    """The deepest query that is allowed is read, and any number of brackets side by side."""
    assert parse_query("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == A
    assert parse_query("(a) " * (MAX_DEPTH + 1)) == AllOf((A,) * (MAX_DEPTH + 1))


def test_every_prefix_of_the_table_is_read():
    """The parser knows each prefix that the table has."""
    values = {"z": "1..", "revision": "1", "kind": "bot", "d": "..", "dt": "..",
              "rt": "..", "patchid": "a" * 40}  # fmt: skip
    for name in PREFIXES:
        assert parse_query(f"{name}:{values.get(name, 'abcdef1')}").field == name


def test_dates_count_from_the_given_present():
    """A word such as yesterday counts from the present that is passed in."""
    assert parse_query("rt:yesterday..", NOW) == Between("rt", 1672531200, None)
    later = NOW + timedelta(days=3)
    assert parse_query("rt:yesterday..", later) == Between("rt", 1672790400, None)


@pytest.mark.parametrize("date", ["17.5.2021", "5/17/2021", "5.17.2021", "17-5-2021"])
def test_a_day_of_numbers_with_its_year_needs_no_present(date):
    """A day that can be no other is the same one whenever it is asked for."""
    found = parse_query(f"rt:{date}..")
    assert found == parse_query("rt:2021-05-17..") == parse_query(f"rt:{date}..", NOW)


@pytest.mark.parametrize(
    "date",
    ["yesterday", "2.weeks.ago", "last.friday", "now", "noon", "jan.5", "january", "5/17"],
)
@pytest.mark.parametrize("form", ["{}..", "..{}", "{}"])
def test_a_date_that_counts_from_the_present_needs_it(date, form):
    """Without a present such a date is an error that says to pass one, and no clock is read."""
    text = form.format(date)
    with pytest.raises(QueryError) as caught:
        parse_query(f"s:oak rt:{text}")
    assert caught.value.what == f"`rt:` can't take `{text}`: it is relative to the current time"
    assert caught.value.where == "query, column 7"
    assert "pass now=datetime.now(UTC)" in caught.value.cure


@pytest.mark.parametrize(
    ("date", "why"),
    [("LAST", "`last` has no meaning"), ("5/7/2021", "it may be 5 July or 7 May")],
)
@pytest.mark.parametrize("name", ["d", "dt", "rt"])
def test_what_names_no_day_or_two_is_refused(name, date, why):
    """A word that is no date alone, and a day that depends on who reads it, are errors."""
    for form in ("{}..", "..{}", "{}"):
        with pytest.raises(QueryError) as caught:
            parse_query(f"{name}:{form.format(date)}", NOW)
        assert why in caught.value.what


DAYS = ["2022-01-31", "2022/1/31", "31.jan.2022", "Jan 31, 2022", "Mon, 31 Jan 2022", "31 Jan 22"]
DAYS_BEGIN = 1643587200  # 2022-01-31 00:00:00 UTC


@pytest.mark.parametrize("now", [None, NOW, NOW.replace(hour=23, minute=59, second=59)])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["d", "dt", "rt"])
def test_a_day_is_a_day_at_any_hour(name, day, now):
    """A day begins at midnight and ends at the next, however it is written and whenever asked."""
    end = DAYS_BEGIN + 86400
    for form, ends in {
        "{}..": (DAYS_BEGIN, None),
        "..{}": (None, end),
        "{0}..{0}": (DAYS_BEGIN, end),
    }.items():
        assert parse_query(f'{name}:"{form.format(day)}"', now) == Between(name, *ends)


@pytest.mark.parametrize("now", [None, NOW, NOW.replace(hour=13)])
def test_a_day_alone_is_that_day(now):
    """Alone, a day of `dt:` and `rt:` is that day, and one of `d:` that and the next, as in lei."""
    assert parse_query("rt:2022-01-31", now) == Between("rt", DAYS_BEGIN, DAYS_BEGIN + 86400)
    assert parse_query("dt:2022-01-31", now) == parse_query("dt:20220131", now)
    assert parse_query("dt:20220131", now) == Between("dt", DAYS_BEGIN, DAYS_BEGIN + 86400)
    assert parse_query("d:2022-01-31", now) == Between("d", DAYS_BEGIN, DAYS_BEGIN + 2 * 86400)
