"""Links in HTML and Markdown: only those that the library made."""

import re

import pytest

from kvminbox.display import (
    Document,
    Link,
    Table,
    Trend,
    render_html,
    render_markdown,
    render_notebook,
)
from kvminbox.display.document import MAX_LINKS
from kvminbox.safe import safe_url

URL = "https://lore.kernel.org/kvm/1@a.example/"
BAD = [
    "javascript:alert(1)", "http://a.example/", "https://a.example/\"onclick=x", "https://a/<b>",
    "https://a/)x", "https://a/`", "https://a/ b", "https://a/\n", "data:text/html,x", "//a/b",
    "https://a/?q=1", "https://a/#x", "https://u@a/",
]  # fmt: skip


def page(*links, cell="x"):
    """Render a one-row table with links."""
    table = Table(("n", "what"), (("1", cell),), links=(links,), linked="what")
    return Document("T", (table,))


@pytest.mark.parametrize("url", BAD)
@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_no_other_address_becomes_a_link(url, render):
    """An address that is not plain https is never a link, alone or among several."""
    assert safe_url(url) == ""
    for links in ((Link("t", url),), (Link("t", url), Link("u", url))):
        shown = render(page(*links))
        assert "href" not in shown
        assert "](" not in shown


def test_one_message_is_a_link():
    """A row with one message links its text."""
    assert f'<td><a href="{URL}">x</a></td>' in render_html(page(Link("t", URL)))
    assert f"[x]({URL})" in render_markdown(page(Link("t", URL)))


def test_a_title_stays_wide_in_a_notebook():
    """A long id can't squeeze the title beside it into single words: the table scrolls."""
    cells = re.findall('<td style="([^"]*)"', render_notebook(page(Link("t", URL))))
    assert ["min-width" in style for style in cells] == [False, True]


def test_several_messages_are_a_list_that_opens():
    """A row with several messages opens a list with their subjects, and ids if there is no link."""
    shown = render_html(page(Link("<a>", URL), Link("b", "", "2@a")))
    assert "<details><summary>x</summary>" in shown
    assert f'<li><a href="{URL}">&lt;a&gt;</a></li>' in shown
    assert "<li>b <code>2@a</code></li>" in shown


@pytest.mark.parametrize("count", [MAX_LINKS, MAX_LINKS + 1, MAX_LINKS + 30])
def test_a_cut_list_says_so(count):
    """At most a screenful of messages is listed, and the rest is counted."""
    shown = render_html(page(*[Link(str(number), URL) for number in range(count)]))
    assert shown.count("<li>") == min(count, MAX_LINKS)
    more = re.findall(r"and (\d+) more", shown)
    assert more == ([str(count - MAX_LINKS)] if count > MAX_LINKS else [])


def test_an_empty_cell_has_a_link_to_click():
    """A link without text still has a name."""
    assert f'<a href="{URL}">message</a>' in render_html(page(Link("", URL), cell=""))


def test_trends_have_arrows():
    """Changes of rank are arrows in formats that can show any character."""
    table = Table(("moved",), ((Trend(2),), (Trend(-1),), (Trend(None),)))
    for render in (render_html, render_markdown):
        shown = render(Document("T", (table,)))
        assert all(sign in shown for sign in ("▲2", "▼1", "new"))


def test_each_number_names_its_column_for_narrow_screens():
    """Each cell but the linked one has its column's name, in place of the header."""
    table = Table(
        ("n", "day", "what"), (("1", "Mon", "x"),), frozenset({"n"}), short=frozenset({"day"})
    )
    shown = render_html(Document("T", (table,)))
    assert '<td class="n" data-of="n">1</td><td class="s" data-of="day">Mon</td>' in shown
    assert '<td data-of="what">x</td>' in shown


@pytest.mark.parametrize("render", [render_html, render_notebook])
def test_a_long_word_in_a_cell_may_break(render):
    """A Message-ID within a sentence makes no column as wide as itself; a shorter word is whole."""
    identity = "20250602-lamp-shade-v2-17-0123456789ab@lamps.ada.example"
    shown = render(page(cell=f"superseded by {identity}, says ada.pfeiffer@ada.example"))
    assert identity not in shown
    assert identity in shown.replace("<wbr>", "")
    assert "ada.pfeiffer@ada.example" in shown
