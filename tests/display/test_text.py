"""Documents as plain text."""

import pytest
from rich.cells import cell_len

from kvminbox.display import (
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Table,
    Trend,
    Verbatim,
    render_text,
)

URL = "https://lore.kernel.org/kvm/1@a.example/"


def test_blocks_are_apart():
    """Title, headings with a rule, paragraphs, lists and text are kept as they are, and apart."""
    blocks = (Heading("Part"), Paragraph("Words."), Listing(("one", "two")), Heading("Sub", 3))
    text = render_text(Document("Title", (*blocks, Verbatim("a\n  b"))))
    assert text == "Title\n\nPart\n----\n\nWords.\n\none\ntwo\n\nSub\n\na\n  b\n"


def test_columns_stand_below_each_other_in_any_script():
    """Columns line up whatever the width of their characters; numbers are right-aligned."""
    rows = (("7", "李雷", "x"), ("12", "Zoë", "x"), ("3", "é", "x"), ("4", "🐧", "x"))
    table = Table(("n", "name", "end"), rows, numeric=frozenset({"n"}))
    lines = render_text(Document("T", (table,))).splitlines()[2:]
    assert {cell_len(line[: line.rindex("x")]) for line in lines[1:]} == {10}
    assert [line[:2] for line in lines] == [" n", " 7", "12", " 3", " 4"]


def test_one_thing_has_its_address_below():
    """A thing that was sent has its URL on the next line, else its Message-ID."""
    links = ((Link("x", URL, "1@a.example"),), (Link("y", "", "2@a.example"),), ())
    table = Table(("what",), (("x",), ("y",), ("z",)), links=links, linked="what", one_each=True)
    lines = render_text(Document("T", (table,))).splitlines()[3:]
    assert lines == ["x", f"    {URL}", "y", "    <2@a.example>", "z"]


def test_counts_have_no_address():
    """The messages behind a count are not listed in a text."""
    table = Table(("what",), (("x",),), links=((Link("x", URL),),), linked="what")
    assert "https" not in render_text(Document("T", (table,)))


@pytest.mark.parametrize(("places", "text"), [(None, "new"), (3, "+3"), (-2, "-2"), (0, "=")])
def test_trends_are_ascii(places, text):
    """A change of rank is written in ASCII in a text."""
    table = Table(("moved",), ((Trend(places),),))
    assert render_text(Document("T", (table,))).splitlines()[3] == text


def test_lines_fit_a_mail():
    """Titles, paragraphs and cells are wrapped between words to 78 columns, and lose none."""
    words = " ".join(f"word{number}" for number in range(40))
    rows = (("1", words[:60], words[:90], "2025-06-09"), ("2", "", "", ""), ("3", words, "", ""))
    table = Table(("n", "what", "who", "sent"), rows, frozenset({"n"}), short=frozenset({"sent"}))
    text = render_text(
        Document(words, (Heading(words), Paragraph(words), Listing((words,)), table))
    )
    assert max(map(cell_len, text.splitlines())) <= 78
    assert text.count("word39") == 5
    assert "\n?\n    n 2\n" in text


def test_what_can_not_be_wrapped_stays_whole():
    """A word that is longer than a line, verbatim text and numbers are not cut."""
    long = "a" * 100
    table = Table(("n", "what"), (("9" * 90, long),), numeric=frozenset({"n"}))
    text = render_text(Document("T", (Paragraph(f"see {long}"), Verbatim(f"{long} {long}"), table)))
    assert f"see\n{long}\n" in text
    assert f"{long} {long}" in text
    assert f"\n{'9' * 90}\n    {long}" in text


def test_a_long_word_in_the_last_column_sticks_out():
    """A long path at the end of a row leaves the others a table."""
    long = "a/" * 40
    table = Table(("n", "what"), (("1", long), ("2", "b")), numeric=frozenset({"n"}))
    assert render_text(Document("T", (table,))).splitlines()[2:] == [
        "n  what",
        f"1  {long}",
        "2  b",
    ]


def test_a_table_that_is_too_wide_is_written_row_by_row():
    """Where columns don't fit, a row is its title, what else it has by name, and its link."""
    columns = ("one", "two", "three", "four", "five", "six")
    rows = (tuple(f"{name}-word-of-some-length" for name in columns), ("a", "", "c", "", "e", "f"))
    links = ((Link("x", URL),), ())
    table = Table(columns, rows, links=links, linked="one", one_each=True)
    lines = render_text(Document("T", (table,))).splitlines()[2:]
    assert lines == [
        "one-word-of-some-length",
        "    two two-word-of-some-length; three three-word-of-some-length;",
        "      four four-word-of-some-length; five five-word-of-some-length;",
        "      six six-word-of-some-length",
        f"    {URL}",
        "a",
        "    three c; five e; six f",
    ]


def test_a_table_that_grows_long_and_thin_is_written_row_by_row():
    """A text that a narrow column would break into many lines gets the whole width."""
    words = " ".join(f"word{number}" for number in range(40))
    row = ("2025-06-09", "lamps: blink", "drivers/lamp.c:1", words)
    table = Table(("sent", "series", "where", "remark"), (row,) * 2, short=frozenset({"sent"}))
    assert len(render_text(Document("T", (table,))).splitlines()) < 16


@pytest.mark.parametrize("width", [1, 20, 60])
def test_a_table_may_be_written_row_by_row_always(width):
    """A table that asks for it has one shape, whether its cells are short or long."""
    rows = (("x" * width, "1", ""), ("y", "2", "z"))
    table = Table(("name", "count", "more"), rows, row_by_row=True)
    lines = render_text(Document("T", (table,))).splitlines()
    assert lines[2:] == ["x" * width, "    count 1", "y", "    count 2; more z"]
