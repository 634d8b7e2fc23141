"""A table says what is wrong with it when it is made, and not when it is shown."""

from dataclasses import replace

import pytest

from kvminbox.display import Document, Link, Table, Trend, render_markdown, render_text
from kvminbox.display.document import Rounded
from kvminbox.errors import UsageError


@pytest.mark.parametrize(
    ("columns", "rows", "said"),
    [
        (("a", "b"), (("x", "y"), ("x",)), "row 2 of a table: the row has 1 cell; give 2, one"),
        (("a",), (("x", "y"),), "row 1 of a table: the row has 2 cells; give 1, one"),
        (("a", "b"), (("x", 3),), "b of row 1 of a table: a cell must be a text, not this int; "),
        (("a",), ((None,),), "a of row 1 of a table: a cell must be a text, not this NoneType"),
        (("a",), ("x",), "row 1 of a table: the row must be a tuple of cells, not this str; "),
        (("a",), (3,), "row 1 of a table: the row must be a tuple of cells, not this int; give a"),
        ("a", (("x",),), 'a: expected columns, not a text; give a tuple of them, such as ("a",)'),
    ],
)  # fmt: skip
def test_what_no_format_can_show_is_refused(columns, rows, said):
    """A row too short or long, or a cell that is no text, is named with its place and a cure."""
    with pytest.raises(UsageError) as caught:
        Table(columns, rows)
    assert str(caught.value).startswith(said)
    assert caught.value.cure


def test_links_are_for_each_row():
    """Links for more or fewer rows than there are are refused, when a table is changed, too."""
    link = (Link("x"),)
    table = Table(("a",), (("x",), ("y",)), links=(link, link))
    with pytest.raises(UsageError, match="links of a table: there are links for 2 rows; give"):
        replace(table, rows=table.rows[:1])


def test_what_formats_can_show_is_taken():
    """Tables without rows, trends, rounded cells and rows that are lists are tables."""
    assert Table(("a",), ()).rows == ()
    rows = ((Trend(2), Rounded("1.2", "1.25")), ["x", ""])
    assert Table(("a", "b"), rows).rows == rows


def test_a_tables_name_is_not_shown():
    """A name chooses a table, and `title` and `lead` name columns: no format shows them."""
    table = Table(("a", "b"), (("x", "y"),), name="mine", title="a", lead="b", row_by_row=True)
    for shown in (render_text(Document("t", (table,))), render_markdown(Document("t", (table,)))):
        assert "mine" not in shown
    assert "b" in render_text(Document("t", (table,))).splitlines()[2]
