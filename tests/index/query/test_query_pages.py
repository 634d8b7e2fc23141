"""The pages on searching say what the code does."""

import re
from pathlib import Path

from kvminbox.index.query import costs, parser, stems, tokens
from kvminbox.index.query.prefixes import PREFIXES
from kvminbox.index.query.values import KINDS

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "searching.md").read_text("utf-8")


def test_the_page_has_every_prefix():
    """Its table is that of the code, row by row."""
    rows = [(name, prefix.meaning) for name, prefix in PREFIXES.items()]
    assert re.findall(r"^\| `(\w+):` \| (.*) \|$", PAGE, re.MULTILINE) == rows


def test_the_page_has_the_kinds():
    """It lists what `kind:` takes, in the code's order."""
    (line,) = re.findall(r"^- `kind:` takes (.*)\.$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", line) == [*KINDS]


def test_the_page_has_the_limits():
    """Its numbers are those of the code."""
    limits = PAGE.partition("## Limits")[2]
    numbers = [int(number.replace(",", "")) for number in re.findall(r"[0-9][0-9,]*", limits)]
    of_words = [parser.MAX_WORDS, parser.MAX_DEPTH, stems.MAX_FORMS, costs.MAX_BEGINNINGS]
    assert numbers == [tokens.MAX_LENGTH, *of_words]
    assert f"at most {parser.NEAR_DISTANCE} places apart" in PAGE


def test_the_differences_are_counted():
    """The points count from 1 up without a gap."""
    text = (DOCS / "differences-from-lei.md").read_text("utf-8")
    numbers = [int(number) for number in re.findall(r"^([0-9]+)\. ", text, re.MULTILINE)]
    assert numbers == [*range(1, len(numbers) + 1)]
