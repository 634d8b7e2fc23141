"""Tables as CSV that a spreadsheet shows but does not run."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import safe_text
from kvminbox.display import Link, Table, Trend, render_csv
from kvminbox.display.csv import defuse


def read(text):
    """Read CSV back."""
    return list(csv.reader(StringIO(text, newline="")))


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "|", "%", "＝", " =", "  @"])
def test_formulas_are_defused(mark):
    """A cell that begins like a formula gets an apostrophe in front."""
    assert defuse(f"{mark}SUM(A1)") == f"'{mark}SUM(A1)"


@pytest.mark.parametrize("number", ["0", "12", "-3", "+4", "0.5", "-1.25"])
def test_numbers_stay_numbers(number):
    """Counts and changes are not taken for formulas."""
    assert defuse(number) == number


@pytest.mark.parametrize("text", ["-1+1", "+1-cmd", "-", "1e5=", "=1", "+4 -2"])
def test_what_only_looks_like_a_number_is_defused(text):
    """A cell that only begins like a number is treated like any other text."""
    assert defuse(text) == (f"'{text}" if text[0] in "=+-" else text)


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_cells_come_back(rows):
    """Commas, quotes and line ends in cells are quoted as in RFC 4180; lines end in CRLF."""
    text = render_csv(Table(("a", "b"), tuple(rows)))
    assert text.replace("\r\n", "").count("\n") == 0
    wanted = [[defuse(safe_text(one).replace("\t", " ")) for one in row] for row in rows]
    assert read(text) == [["a", "b"], *wanted]


def test_things_have_their_message():
    """If a row is one thing that was sent, its Message-ID and URL are two columns."""
    link = Link("x", "https://lore.kernel.org/kvm/1@a/", "1@a")
    table = Table(("what",), (("x",), ("y",)), links=((link,), ()), linked="what", one_each=True)
    assert read(render_csv(table)) == [
        ["what", "message-id", "url"], ["x", "1@a", link.url], ["y", "", ""],
    ]  # fmt: skip


def test_counts_have_no_message_column():
    """If a row is a count, the messages behind it are left to JSON."""
    table = Table(("what",), (("x",),), links=((Link("a"), Link("b")),), linked="what")
    assert read(render_csv(table)) == [["what"], ["x"]]


def test_trends_are_ascii():
    """Changes of rank are `new`, `+2`, `-1` and `=`."""
    rows = tuple((Trend(places),) for places in (None, 2, -1, 0))
    assert read(render_csv(Table(("moved",), rows))) == [["moved"], ["new"], ["+2"], ["-1"], ["'="]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x;=1+1", "x;'=1+1"),
        ('x; "@SUM(1)', "x; \"'@SUM(1)"),
        ("a;b;-1", "a;b;'-1"),
        ("thanks ;-)", "thanks ;'-)"),
        ("x;'=1", "x;'=1"),
        ("a;b", "a;b"),
    ],
)
def test_a_formula_behind_a_semicolon_is_defused(text, shown):
    """A spreadsheet that splits cells at semicolons finds no formula either."""
    assert defuse(text) == shown
    assert defuse(shown) == shown
