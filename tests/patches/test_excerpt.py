"""The part of a submission's text that a list update shows."""

import pytest

from kvminbox.patches import excerpt_body

STAT = " lamp.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("From: Old Oak <oak@tree.example>\n\n", "\n"),
        ("\nFrom: oak@tree.example\nSubject: light\n it\n\n", "\n\n"),
    ],
)
def test_the_header_lines_are_left_out(before, after):
    """The in-body header lines are removed; the blank line after them stays."""
    assert excerpt_body(f"{before}Light it.\n") == f"{after}Light it."


def test_it_ends_with_the_diffstat(diff):
    """With a diffstat the text goes through its summary line, notes included."""
    body = f"Light it.\n---\nNotes.\n\n{STAT}\n\n{diff}-- \n2.39\n"
    assert excerpt_body(body) == f"Light it.\n---\nNotes.\n\n{STAT}"


def test_it_ends_before_the_diff(diff):
    """Without a diffstat it ends where the diff begins."""
    assert excerpt_body(f"Light it.\n\n{diff}") == "Light it."


def test_it_ends_before_the_signature():
    """A cover letter without a diffstat ends before its last signature."""
    assert (
        excerpt_body("Lamps.\n-- \nquoted\n\nMore.\n-- \n2.39\n") == "Lamps.\n-- \nquoted\n\nMore."
    )
