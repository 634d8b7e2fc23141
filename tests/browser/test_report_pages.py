"""Reports as pages in Chromium: no script, no fault that axe finds, no width that is too small."""

import pytest

from kvminbox import Inbox
from kvminbox.inbox.mails import MailList
from kvminbox.reports import board, build_report, list_update, new_versions, review, waiting
from kvminbox.sample import make_sample
from tests.remarks.remark_mails import ADA, LAMP_DIFF, answer, lamp_mails, quote
from tests.reports.report_windows import every_section

REPORTS = {
    "update": list_update,
    "waiting": waiting,
    "versions": new_versions,
    "board": board,
    "built": lambda corpus: build_report("All", corpus, every_section()),
}

INIT = "+	timer_init(&lamp->timer, lamp_blink);"


def make_review():
    """Return the page of a series with a remark that was heard, one that was not, and an answer."""
    said = quote(INIT) + "Can it fail?\n\n" + quote("+	unsigned int count;") + "Why unsigned?\n"
    own = answer(quote(quote(INIT) + "Can it fail?") + "It can't.\n", sender=ADA,
                 to=("s-1@x", "re@x"), identity="own@x", hour=6)  # fmt: skip
    newer = lamp_mails("t", tag="PATCH v2", hour=48, diff=LAMP_DIFF.replace("_init", "_setup"))
    return review(MailList([*lamp_mails(), answer(said), own, *newer]), "s-0@x").to_html()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Each report on the sample as a page."""
    inbox = Inbox.open(make_sample(tmp_path_factory.mktemp("pages")))
    made = {name: make(inbox.between(None)).to_html() for name, make in REPORTS.items()}
    made["page"] = board(inbox.between(None)).to_page()
    return made | {"review": make_review()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*REPORTS, "review"])
def test_axe_finds_nothing_on_a_report(open_page, find_faults, pages, name, theme):
    """Axe finds no fault, contrast among them, in either theme, with all that folds open."""
    page = open_page(pages[name], theme=theme).page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert find_faults(page) == []


@pytest.mark.parametrize("width", [1200, 800, 360])
@pytest.mark.parametrize("name", [*REPORTS, "review"])
def test_a_report_fits_and_asks_for_nothing(open_page, pages, name, width):
    """A report is no wider than the window, has no script, and loads nothing."""
    opened = open_page(pages[name], width=width)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.locator("script").count() == 0
    assert (len(opened.asked), opened.said) == (1, [])


@pytest.mark.parametrize("width", [1200, 1100, 800, 641, 360])
def test_no_column_of_a_board_is_out_of_sight(open_page, pages, width):
    """The board's table of nine columns fits, or is cards; nothing has to be scrolled to."""
    page = open_page(pages["board"], width=width).page
    assert page.locator("td.w").count()
    boxes = "[...document.querySelectorAll('.t')].map(one => one.scrollWidth - one.clientWidth)"
    assert max(page.evaluate(boxes)) <= 0


# the days on a page that stand on more than one line
BROKEN_DAYS = """() => {
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const broken = []
    for (let node = nodes.nextNode(); node; node = nodes.nextNode())
        for (const found of node.data.matchAll(/[0-9]{4}-[0-9]{2}-[0-9]{2}/g)) {
            const range = document.createRange()
            range.setStart(node, found.index)
            range.setEnd(node, found.index + 10)
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1)
                broken.push(found[0])
        }
    return broken
}"""


@pytest.mark.parametrize("width", [1200, 640, 360, 250])
@pytest.mark.parametrize("name", [*REPORTS, "page"])
def test_no_line_ends_within_a_day(open_page, pages, name, width):
    """A day is on one line, in a column however narrow, in a sentence, and in a heading."""
    page = open_page(pages[name], width=width).page
    assert page.locator("time").count()
    assert page.evaluate(BROKEN_DAYS) == []


def test_a_diffs_tabs_end_where_they_do_in_a_diff(open_page, pages):
    """What stands behind a mark and a tab is in the ninth column, and so is its wrapped rest."""
    page = open_page(pages["review"], width=1200).page
    left = """text => {
        const lines = [...document.querySelectorAll("pre span")]
        const line = lines.find(one => one.innerText.includes(text))
        const range = document.createRange()
        range.setStart(line.firstChild, line.firstChild.data.indexOf(text))
        range.setEnd(line.firstChild, line.firstChild.data.indexOf(text) + 1)
        const start = document.createRange()
        start.setStart(line.firstChild, 0)
        start.setEnd(line.firstChild, 1)
        const width = start.getBoundingClientRect().width
        return (range.getBoundingClientRect().x - start.getBoundingClientRect().x) / width
    }"""
    assert page.evaluate(left, "timer_init(") == pytest.approx(8, abs=0.1)
    assert page.evaluate(left, "static int lamp_start") == pytest.approx(1, abs=0.1)
