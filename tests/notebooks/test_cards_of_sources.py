"""What a notebook shows of an inbox, a search, a table, and a result."""

import re

import pytest

from kvminbox import Inbox, Index, frames
from kvminbox.reports import build_report, sections
from kvminbox.sample import make_sample


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """The sample inbox."""
    return Inbox.open(make_sample(tmp_path_factory.mktemp("cards")))


def test_an_inbox_shows_its_epochs(inbox):
    """An inbox is a card with a row for each epoch."""
    card = inbox._repr_html_()
    assert "1 epoch" in card
    assert inbox.epochs[0].path in card


def test_a_search_shows_how_many_mails_it_finds_and_the_first(inbox, tmp_path):
    """A search is a card with its count and its first ten hits; a hit's repr is one short line."""
    with Index.open(tmp_path / "i.sqlite", create=True) as index:
        index.update(inbox)
        search = index.search("s:KVM")
        card = search._repr_html_()
        assert f"{len(search)} mails" in card
        assert card.count("<tr") == 1 + min(len(search), 10)
        assert "the first 10" in card
        assert len(repr(next(iter(search)))) < 200


def test_a_table_shows_each_row_on_one_line(inbox):
    """No cell of a table's card is wrapped, a long one is cut, and numbers are right-aligned."""
    card = frames.series(inbox.between(None))._repr_html_()
    cells = re.findall(r'<td style="([^"]*)">(.*?)</td>', card)
    assert cells
    assert all("white-space:nowrap" in style for style, _ in cells)
    assert max(len(re.sub("<[^>]*>", "", text)) for _, text in cells) <= 60
    assert any("text-align:right" in style for style, _ in cells)
    assert "max-width" not in card


def test_a_result_shows_what_its_report_does(inbox):
    """`report.result`, and the result of one section, are cards; their repr is one line."""
    chosen = [sections.overview(), sections.authors()]
    report = build_report("Report", inbox.between(None), chosen)
    assert "<h2>Authors</h2>" in report.result._repr_html_()
    assert "<table" in report.result["authors"]._repr_html_()
    assert repr(report.result["authors"]).startswith("<Ranking 'Authors': ")
    assert repr(report.result).endswith(": overview, authors>")


def test_a_drawing_in_a_notebook_has_no_text_of_its_own(inbox):
    """JupyterLab drops the drawings of a notebook it does not trust, and keeps text in them."""
    report = build_report("Report", inbox.between(None), [sections.overview()])
    assert "<title>" not in report._repr_html_()
    assert "<title>2025-06-09: " in report.to_html()
