"""Reports as pages in Chromium: no script, no fault that axe finds, no width that is too small."""

import pytest

from kvminbox import Inbox
from kvminbox.reports import board, build_report, list_update, new_versions, waiting
from kvminbox.sample import make_sample
from tests.reports.report_windows import every_section

REPORTS = {
    "update": list_update,
    "waiting": waiting,
    "versions": new_versions,
    "board": board,
    "built": lambda corpus: build_report("All", corpus, every_section()),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Each report on the sample as a page."""
    inbox = Inbox.open(make_sample(tmp_path_factory.mktemp("pages")))
    return {name: make(inbox.between(None)).to_html() for name, make in REPORTS.items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_nothing_on_a_report(open_page, find_faults, pages, name, theme):
    """Axe finds no fault, contrast among them, in either theme, with all that folds open."""
    page = open_page(pages[name], theme=theme).page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert find_faults(page) == []


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_fits_and_asks_for_nothing(open_page, pages, name, width):
    """A report is no wider than the window, has no script, and loads nothing."""
    opened = open_page(pages[name], width=width)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.locator("script").count() == 0
    assert (len(opened.asked), opened.said) == (1, [])
