"""Text as Markdown code, whatever it holds."""

import pytest

from kvminbox.display.markdown import code_block, code_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("x", "`x`"),
        ("", ""),
        ("a`b", "``a`b``"),
        ("`x`", "`` `x` ``"),
        (" x", "`  x `"),
        ("a``b`", "``` a``b` ```"),
        ("a\tb", "`a b`"),
        ("a\x1bb", "`a\\x1bb`"),
    ],
)
def test_a_span_has_more_backticks_around_than_within(text, span):
    """Nothing inside a code span closes it."""
    assert code_span(text) == span


@pytest.mark.parametrize(("text", "ticks"), [("x", 3), ("```", 4), ("a ````` b", 6), ("~~~", 3)])
def test_a_block_has_more_backticks_around_than_within(text, ticks):
    """A code block's fence is longer than any run of backticks in it, and at least three."""
    fence = "`" * ticks
    assert code_block(text) == f"{fence}text\n{text}\n{fence}"
