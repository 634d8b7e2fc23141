"""Text as Markdown code, whatever it holds."""

import pytest

from kvminbox.display import Document, Paragraph, render_markdown
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


@pytest.mark.parametrize(
    "text",
    ["KVM: arm64: Fix kvm_init() (again)", "+134 -85", "arch/arm64/kvm/arm.c", "Zoë O'Neil", "李雷",
     "vgic-v3: don't wait for its_cmd",
     "7 series and lone patches, of which 5 v1, 1,024 patches.",
     "Epoch 2 is not here.",
     "6 series: 2 waiting, 1 needs a new version. Not listed: 2 superseded.",
     "Versions v1 (2025-06-05), v2 (2025-06-09)"],
)  # fmt: skip
def test_our_own_sentences_are_no_code(text):
    """Plain words and numbers stand as they are."""
    assert render_markdown(Document("T", (Paragraph(text),))) == f"# T\n\n{text}\n"


@pytest.mark.parametrize(
    "text",
    ["see GH-12", "gh-1", "commit 0123456789ab", "see www.a.example", "*bold*", "1. one",
     "1) one", "- one", "@ada", "#12", "a  b", "www.a.example/x", "http://a.example",
     "[a](b)", "a|b", "- a", "+ *a*", "{a}@ada", "+ www.a.example", "{1. a", "{<b>}",
     "a.\u202eb", "1. a", "x. y", "((a))", "a:b: c", "a\\b", "&lt;", "a*b*", "!x",
     ":smile:", "<b>", "x `y`", "# x", "a: :b:",
     "$x$", "~x~"],
)  # fmt: skip
def test_what_markdown_could_read_is_code(text):
    """A paragraph with any other sign, or with what GitHub makes a link of, is in code."""
    shown = render_markdown(Document("T", (Paragraph(text),)))
    assert shown.startswith("# T\n\n`")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("KVM: Add kvm_{get,set}_reg()", r"KVM: Add kvm\_\{get,set\}\_reg()"),
        ("drop a + b", r"drop a \+ b"),
        ("+ a", r"\+ a"),
        ("_a_", r"\_a\_"),
        ("a_b_", r"a\_b\_"),
        ("{_a_}", r"\{\_a\_\}"),
        ("Use C++ (or {x})", r"Use C\+\+ (or \{x\})"),
    ],
)
def test_a_plus_or_a_brace_is_escaped(text, shown):
    """Words with a sign that could be markup are no code: a backslash takes its effect."""
    assert render_markdown(Document("T", (Paragraph(text),))) == f"# T\n\n{shown}\n"
