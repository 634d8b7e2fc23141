"""Where a list's footer begins among the lines of a reply."""

import pytest

from kvminbox.models.list_marks import find_footer

RULE = "_" * 47
FOOTER = [RULE, "lamps mailing list", "lamps@lists.example", "https://lists.example/lamps"]


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["Applied.", "", *FOOTER], 2),
        (["Applied.", "", RULE, "Lamps Oy, for its eyes only"], 2),
        (["Applied.", *FOOTER, ">", *["more"] * 20], 1),
        (["Applied.", "_" * 32, "Lamps mailing list", *["more"] * 20], 1),
        (["Applied.", *FOOTER[:1], "Ada", *FOOTER], 1),
        (["Applied.", RULE, *["a report below a rule"] * 20], 22),
        (["Applied.", "_" * 32, "From: Ada"], 3),
        (["Applied.", f"{RULE} 1", "of a table"], 3),
        (["> Applied.", "", "--", *FOOTER[1:], *["more"] * 20], 2),
        (["Applied.", "--", "Ada of the lamps mailing lists"], 3),
        (["Applied.", "--- a/lamp", "the lamps mailing list"], 3),
        ([], 0),
    ],
    ids=[
        "usual", "a rule at the end", "above a quote", "short, and named", "two",
        "far from the end", "short", "a table's", "a mark without its blank", "a signature",
        "a file's", "no lines",
    ],
)  # fmt: skip
def test_a_footer_is_known_by_its_rule(lines, number):
    """At the end a long rule is enough; elsewhere the list has to be named below it."""
    assert find_footer(lines) == number
