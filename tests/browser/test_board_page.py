"""The board's page in Chromium: its script sorts and filters, and nothing else runs."""

from datetime import UTC, datetime, timedelta

import pytest

from kvminbox.analysis import BOARD_STATES, Board, BoardSeries
from kvminbox.models import Address
from kvminbox.reports import BoardReport, board, sections
from tests.analysis.analysis_mails import EWA, Mails, patch, reply
from tests.reports.hostile_texts import TEXTS

END = datetime(2025, 6, 1, tzinfo=UTC)
STATES = [*BOARD_STATES]


def make_row(number, **more):
    """Return a series of a board, other for each number."""
    age = timedelta(days=1 + number % 300, hours=number % 24)
    values = {
        "state": STATES[number % len(STATES)],
        "evidence": (f"reason {number}", *(f"besides {number}",) * (number % 2)),
        "message_id": f"{number}@x.example",
        "title": f"KVM: subject number {number}",
        "revision": 1 + number % 7,
        "versions": 1 + number % 3,
        "sender": Address(name=f"Ada {number % 40}", email=f"ada{number % 40}@x.example"),
        "date": END - age,
        "first_sent": END - age,
        "last_mail": END - age / 2,
        "age": age.total_seconds(),
        "quiet": age.total_seconds() / 2,
        "patches": 1 + number % 20,
        "missing": number % 2,
        "insertions": number * 7 % 1000,
        "deletions": number * 3 % 500,
        "untagged": 1,
        "remarks": 0,
        "reviewers": tuple(Address(name=f"Ewa {one}") for one in range(number % 5)),
        "repliers": (),
        "subsystems": tuple(f"part{one}" for one in range(number % 6)),
        "messages": (),
    }
    return BoardSeries(**{**values, **more})


def make_page(rows):
    """Return the page of a board with some series."""
    result = Board(
        base="a", tip="b", list_name="kvm", end=END, series=tuple(rows), superseded=3, pulls=1
    )
    return BoardReport(sections.board(), result).to_page()


def shown(page):
    """Return the titles of the series that are to be seen, in their order."""
    found = page.evaluate(
        "[...document.querySelectorAll('tbody tr')].filter(row => row.offsetParent !== null"
        " || row.getClientRects().length).map(row => row.querySelector('.title').firstChild"
        ".textContent)"
    )
    return [title.removeprefix("KVM: subject number ") for title in found]


TWENTY = make_page(map(make_row, range(20)))


def test_each_column_sorts_both_ways(open_page):
    """A click on a column's name sorts by what it means, not as text; another one turns it."""
    page = open_page(TWENTY).page
    page.click("button[data-state=landed]")
    page.click("button[data-state=withdrawn]")
    everything = set(map(str, range(20)))
    wanted = {
        "state": lambda row: STATES.index(row.state),
        "version": lambda row: row.revision,
        "size": lambda row: row.insertions + row.deletions,
        "age": lambda row: round(row.age / 86400, 3),
        "last mail": lambda row: round(row.quiet / 86400, 3),
    }
    for name, key in wanted.items():
        for way, sign in (("ascending", 1), ("descending", -1)):
            page.click(f"thead button:text-is('{name}')")
            head = page.locator("th[aria-sort]")
            assert (head.count(), head.get_attribute("aria-sort")) == (1, way)
            found = shown(page)
            assert set(found) == everything
            keys = [sign * key(make_row(int(title))) for title in found]
            assert keys == sorted(keys), name


def test_filters_choose_series(open_page):
    """States, words, a subsystem and the last mail choose, and all of them must be met."""
    page = open_page(TWENTY).page
    rows = list(map(make_row, range(20)))

    def check(is_met):
        wanted = [str(number) for number, row in enumerate(rows) if is_met(row)]
        assert shown(page) == wanted
        assert page.inner_text("#shown") == f"{len(wanted)} of 20 shown"
        assert page.is_visible("#nothing") == (not wanted)

    done = {"landed", "withdrawn"}
    check(lambda row: row.state not in done)
    page.click("button[data-state=waiting]")
    check(lambda row: row.state not in {*done, "waiting"})
    page.click("button[data-state=waiting]")
    page.click("button[data-state=landed]")
    page.click("button[data-state=withdrawn]")
    check(lambda row: True)
    page.select_option("select[name=part]", label="part3")
    check(lambda row: "part3" in row.subsystems)
    page.fill("input[name=find]", "ADA  besides")
    check(lambda row: "part3" in row.subsystems and len(row.evidence) == 2)
    page.fill("input[name=find]", "nowhere")
    check(lambda row: False)
    page.fill("input[name=find]", "")
    page.select_option("select[name=part]", label="all")
    page.select_option("select[name=quiet]", label="a week")
    check(lambda row: row.quiet <= 7 * 86400)


def test_without_a_script_it_is_the_whole_table(open_page):
    """Where scripts are off, all series are there, and no control that does nothing."""
    page = open_page(TWENTY, script=False).page
    assert page.locator("tbody tr:visible").count() == 20
    assert page.locator("form:visible").count() == 0
    assert page.locator("thead button").count() == 0


def hostile_page():
    """Return the board of hostile mails, with the text in all that a row shows."""
    mails = []
    for number, text in enumerate(TEXTS.values()):
        line = " ".join(text.split())
        name, path = f"h{number}", f"dir{number}/{line}/a.c"
        mails += [
            patch(name, f"[PATCH] {line}", path, number + 1, sender=f"{number} <a@x.example>"),
            reply(f"r{number}", name, f"> +new\n\n{text}\n", EWA, hour=1),
        ]
    rows = [
        make_row(number, title=text, evidence=(text, text), subsystems=(text,),
                 sender=Address(name=text), reviewers=(Address(name=text),))
        for number, text in enumerate(TEXTS.values())
    ]  # fmt: skip
    return make_page([*rows, *board(Mails(*mails)).result.series])


def test_hostile_texts_do_nothing(open_page):
    """No text of a mail runs, asks for something, or makes an element, before or after sorting."""
    opened = open_page(hostile_page())
    page = opened.page
    for name in ("series", "subsystem", "reviewers"):
        page.click(f"thead button:text-is('{name}')")
    page.fill("input[name=find]", "<script>")
    assert opened.said == []
    assert len(opened.asked) == 1  # the page itself
    tags = page.evaluate("[...new Set([...document.querySelectorAll('*')].map(e => e.localName))]")
    assert {"img", "svg", "iframe", "object", "base", "link"}.isdisjoint(tags)
    assert page.locator("script").count() == 1


def test_the_policy_holds_even_if_markup_gets_in(open_page):
    """What is put into the page later runs nothing, loads nothing, and has no style."""
    opened = open_page(TWENTY)
    page = opened.page
    page.evaluate(
        """document.body.insertAdjacentHTML("beforeend",
        "<img src='https://evil.example/x.png' onerror='window.hit = 1'>"
        + "<p id=late style='color: rgb(1, 2, 3)'>x</p>"
        + "<a id=go href='javascript:window.hit=2'>x</a>"
        + "<iframe srcdoc='<script>parent.hit = 3</script>'></iframe>")"""
    )
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.hit = 4';"
        "document.body.append(s)"
    )
    page.click("#go")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#late')).color") != "rgb(1, 2, 3)"
    )
    assert opened.refused == {"https://evil.example/x.png": "csp"}
    assert all("Content Security Policy" in said for said in opened.said)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_nothing(open_page, find_faults, width, theme):
    """Axe finds no fault, contrast among them, with series of all states and an open reason."""
    page = open_page(TWENTY, width=width, theme=theme).page
    page.click("button[data-state=landed]")
    page.locator("summary").first.click()
    assert find_faults(page) == []


@pytest.mark.parametrize("width", [1600, 1200, 800, 360])
def test_no_width_is_too_small(open_page, width):
    """Nothing makes the page wider than the window, not even a word without a blank."""
    rows = [*map(make_row, range(9)), make_row(9, title="x" * 300, subsystems=("y" * 200,))]
    page = open_page(make_page(rows), width=width).page
    page.click("button[data-state=landed]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_thousand_series(open_page):
    """A board of 2,000 series is below 2 MB, and is sorted and filtered like a small one."""
    text = make_page(map(make_row, range(2000)))
    assert len(text.encode()) < 2_000_000
    page = open_page(text).page
    assert page.inner_text("#shown") == "1430 of 2000 shown"
    page.click("thead button:text-is('age')")
    ages = [make_row(int(title)).age for title in shown(page)]
    assert ages == sorted(ages)
    page.fill("input[name=find]", "ada 1928")
    assert shown(page) == ["1928"]
