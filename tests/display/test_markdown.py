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
    """A code span is closed by nothing that stands in it."""
    assert code_span(text) == span


@pytest.mark.parametrize(("text", "ticks"), [("x", 3), ("```", 4), ("a ````` b", 6), ("~~~", 3)])
def test_a_block_has_more_backticks_around_than_within(text, ticks):
    """A code block's fence is longer than each run of backticks in it, and never below three."""
    fence = "`" * ticks
    assert code_block(text) == f"{fence}text\n{text}\n{fence}"
