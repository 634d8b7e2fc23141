"""Text as Markdown code, whatever it holds."""

import re

import pytest
from markdown_it import MarkdownIt

from kvminbox.display import Document, Paragraph, Table, render_markdown
from kvminbox.display.markdown import code_block, code_span
from kvminbox.safe import safe_text
from tests.hostile import live_text

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


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
     "[a](b)", "a|b", "- a", "+ *a*", "{a}@ada", "+ www.a.example", "{<b>}",
     "a.\u202eb", "1. a", "x. y", "a:b: c", "a\\b", "&lt;", "a*b*", "!x",
     ":smile:", "<b>", "x `y`", "# x", "a: :b:",
     "$x$", "~x~"],
)  # fmt: skip
def test_what_markdown_could_read_is_code(text):
    """A word with any other sign, or of which GitHub makes a link, is in code, and none is lost."""
    heading, paragraph = render_markdown(Document("T", (Paragraph(text),))).split("\n\n")
    assert heading == "# T"
    blocks = MARKDOWN.parse(paragraph)
    assert [block.type for block in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    inline = blocks[1].children
    assert {child.type for child in inline} - {"text"} == {"code_inline"}
    assert "".join(child.content for child in inline) == safe_text(text)
    for child in inline:
        if child.type == "text":
            assert not re.search(r"[^\w\s.,:+{}()]|GH-|www|[0-9a-f]{7}", child.content)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("KVM fixes for 5.12, take #1", "KVM fixes for 5.12, take `#1`"),
        ("Ada E. Pfeiffer <ada@silicon.example>", "Ada E. Pfeiffer `<ada@silicon.example>`"),
        ('Revert "KVM: Don\'t stop"', 'Revert "KVM: Don\'t stop"'),
        ("Kill its->ids and a|b here", "Kill `its->ids` and `a|b` here"),
        ("x `y` ``z", "x ``` `y` ``z ```"),
        ("a (Ben, Ewa)", "a (Ben, Ewa)"),
        ("A. B. Ostrom", "`A.` B. Ostrom"),
        ("see [a] (b) in <c>", "see `[a]` (b) in `<c>`"),
        ("<a> b <c> d <e> f <g>", "`<a> b <c> d <e> f <g>`"),
        ("[PATCH v2 1/2] KVM: stop it", "`[PATCH v2 1/2]` KVM: stop it"),
        ("[PATCH] KVM: stop it", "`[PATCH]` KVM: stop it"),
        ("stop [it at once", "stop `[it at once`"),
        ("see <a b> there", "see `<a b>` there"),
        ("5 mails (=), 2 (+1)", "5 mails (=), 2 (+1)"),
        ("= a", "`=` a"),
        ("a  b", "`a  b`"),
        ("[a](b) <c>", "`[a](b) <c>`"),
    ],
)
def test_a_word_is_in_code_and_the_others_are_not(text, shown):
    """Of a line, the words that could be markup are in code; of many such, the whole line."""
    assert render_markdown(Document("T", (Paragraph(text),))) == f"# T\n\n{shown}\n"
    live_text.check_markdown(f"# T\n\n{shown}\n")


def test_a_bar_in_a_word_ends_no_cell():
    """In a table, a bar in a word's code is escaped, beside words that are bare."""
    table = Table(("a",), (("x a|b y",),))
    assert "| x `a\\|b` y |" in render_markdown(Document("T", (table,)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("KVM: Add kvm_{get,set}_reg()", r"KVM: Add kvm\_\{get,set\}\_reg()"),
        ("drop a + b", r"drop a \+ b"),
        ("+ a", r"\+ a"),
        ("_a_", r"\_a\_"),
        ("a_b_", r"a\_b\_"),
        ("{_a_}", r"\{\_a\_\}"),
        ("{1. a", r"\{1. a"),
        ("((a))", "((a))"),
        ("Use C++ (or {x})", r"Use C\+\+ (or \{x\})"),
    ],
)
def test_a_plus_or_a_brace_is_escaped(text, shown):
    """Words with a sign that could be markup are no code: a backslash takes its effect."""
    assert render_markdown(Document("T", (Paragraph(text),))) == f"# T\n\n{shown}\n"


def test_many_words_with_signs_take_no_longer_than_others():
    """A line of forty words with signs, and one that can't stand for itself, is done at once."""
    line = " ".join(["aa+bb-cc"] * 40)
    shown = render_markdown(Document("x", (Paragraph(f"{line} <x>"),)))
    assert shown.count("aa+bb-cc") == 40
    assert "`<x>`" in shown


@pytest.mark.parametrize("cell", ["0123456", "-0123456", "+0123456", "1234567", "0123456.5"])
def test_a_cell_like_a_commit_is_in_code(cell):
    """A number of seven digits, of which GitHub makes a link to a commit, is in code in a cell."""
    text = render_markdown(Document("T", (Table(("n",), ((cell,), ("-123456",))),)))
    assert text.splitlines()[-2:] == [f"| `{cell}` |", "| -123456 |"]
