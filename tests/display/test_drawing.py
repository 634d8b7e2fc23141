"""Bars and columns on a page, their words elsewhere, and the colours of names."""

import re
from dataclasses import replace

import pytest

from kvminbox.display import (
    Bars,
    Document,
    Table,
    render_html,
    render_markdown,
    render_notebook,
    render_terminal,
    render_text,
)
from kvminbox.display.html import _COLORS, color_of

DAYS = Bars("Mails by day", (("2025-06-09", 2), ("2025-06-10", 0), ("2025-06-11", 8)), is_time=True)
AGES = Bars("Waiting, by age", (("under a week", 3), ("longer", 0)))
PAGES = {"light": "#ffffff", "dark": "#16181c"}


def page(*blocks):
    """Return a page with some blocks."""
    return render_html(Document("x", blocks))


def luminance(color):
    """Return how bright a colour is, as WCAG 2 computes it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", PAGES)
@pytest.mark.parametrize("pair", _COLORS)
def test_each_colour_can_be_read(pair, theme):
    """A name's colour has a contrast of 4.5 or more with the page of its theme."""
    one, other = sorted(map(luminance, (pair[[*PAGES].index(theme)], PAGES[theme])))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_columns_are_as_high_as_their_counts():
    """Each period has a column of its height, and the label tells all numbers."""
    heights = [float(one) for one in re.findall(r'<rect x="[^"]*" y="[^"]*" [^>]*height="([\d.]+)"',
                                                page(DAYS))]  # fmt: skip
    assert heights == [24.0, 0.0, 96.0]
    assert 'aria-label="2025-06-09: 2; 2025-06-10: 0; 2025-06-11: 8"' in page(DAYS)
    many = Bars("Mails by day", tuple((f"day {n}", n) for n in range(90)), is_time=True)
    assert 'aria-label="Mails by day, from day 0 to day 89: at most 89, on day 89."' in page(many)
    assert page(many).count("<rect") == 90


def test_bars_are_as_long_as_their_counts():
    """The largest count fills its bar, nothing is empty, and the number stands beside it."""
    rows = re.findall(r'<rect width="(\d+)"[^>]*></rect></svg> (\d+)</td>', page(AGES))
    assert rows == [("80", "3"), ("0", "0")]
    table = Table(("count", "who"), (("400", "a"), ("100", "b"), ("1", "c")), bars="count")
    assert re.findall(r'<rect width="(\d+)"', page(table)) == ["80", "20", "1"]
    assert "<svg" not in page(Table(("count",), (("4",),)))


@pytest.mark.parametrize("render", [render_text, render_markdown, render_terminal])
def test_elsewhere_there_is_a_sentence(render):
    """Text, Markdown and a terminal say the same in words."""
    shown = " ".join(render(Document("x", (DAYS, AGES))).split())
    assert "Mails by day, from 2025-06-09 to 2025-06-11: at most 8, on 2025-06-11." in shown
    assert "Waiting, by age: under a week 3." in shown


def test_a_name_has_one_colour():
    """The same name has the same colour in each table, and in any case of letters."""
    table = Table(("who",), (("Ada <a@x.example>",), ("",)), colored=frozenset({"who"}))
    assert f'<td class="k{color_of("ADA <a@x.example>")}" data-of="who">' in page(table)
    assert '<td data-of="who"></td>' in page(table)
    assert 'class="k' not in render_notebook(Document("x", (table,)))
    assert {color_of(str(number)) for number in range(99)} == set(range(len(_COLORS)))


def test_a_page_says_what_its_colours_mean():
    """A sentence explains the colours of names, once, and only on a page that has some."""
    colored = Table(("who",), (("Ada",),), colored=frozenset({"who"}))
    told = "A name has the same colour in all tables"
    assert render_html(Document("x", (colored, colored))).count(told) == 1
    assert told not in render_html(Document("x", (Table(("who",), (("Ada",),)),)))
    assert told not in render_html(Document("x", (replace(colored, rows=()),)))


def test_a_notebook_draws_without_a_style_sheet():
    """In a notebook the drawing has all it needs in itself."""
    shown = render_notebook(Document("x", (DAYS, AGES)))
    assert shown.count("<svg") == 3
    assert 'class="' not in re.sub('class="t"', "", shown)
