"""The board as a report in each format, and as one page."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from kvminbox import Inbox
from kvminbox.analysis import BOARD_STATES
from kvminbox.display import Document, Table, render_html
from kvminbox.reports import board
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Tree
from tests.reports.corpora import Mails


@pytest.fixture(scope="module")
def sample_board(tmp_path_factory):
    """The board of the sample inbox, with its tree."""
    folder = tmp_path_factory.mktemp("board")
    window = Inbox.open(make_sample(folder)).between(None)
    return board(window, tree=Tree.open(make_sample_tree(folder)), chosen="of all")


class Parts(HTMLParser):
    """The scripts, styles, policy and rows of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = {"script": [], "style": []}
        self.policy, self.events, self.rows = "", [], 0
        self._last = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note what may run."""
        self._last = tag
        values = dict(attrs)
        self.events += [name for name in values if name.startswith("on") or name == "style"]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag in self.found:
            self.found[tag].append("")
            assert values == {}
        self.rows += "data-state" in values and tag == "tr"

    def handle_endtag(self, tag):
        """Forget the element."""
        self._last = ""

    def handle_data(self, data):
        """Keep a script's or style's text."""
        if self._last in self.found:
            self.found[self._last][-1] += data


def test_the_policy_names_the_only_script_and_style(sample_board):
    """The page has one script and one style, allows them by digest, and nothing else."""
    parts = Parts(sample_board.to_page())
    rules = dict(rule.strip().split(" ", 1) for rule in parts.policy.split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for tag in ("script", "style"):
        (text,) = parts.found[tag]
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert rules.pop(f"{tag}-src") == f"'sha256-{digest}'"
    assert not rules
    assert not parts.events
    assert parts.rows == len(sample_board.result.series)


def test_the_script_has_no_way_to_make_markup(sample_board):
    """It sets text and attributes, never HTML, and neither asks for nor stores anything."""
    (script,) = Parts(sample_board.to_page()).found["script"]
    words = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|fetch|XMLHttp|Storage"
    )
    assert not re.search(words, script)


def test_the_page_is_the_same_each_time(sample_board):
    """The same result makes the same bytes."""
    assert sample_board.to_page() == sample_board.to_page()


def test_text_has_each_series_with_its_reasons(sample_board):
    """The text has a sentence, then by state each series with its reasons and its address."""
    text = sample_board.to_text()
    result = sample_board.result
    assert f"{len(result.series)} series of all: " in text
    heads = re.findall(r"^([A-Z][a-z ]+) \((\d+)\), oldest first$", text, re.MULTILINE)
    assert [name.lower() for name, _ in heads] == [
        name for state, name in BOARD_STATES.items() if result.count(state)
    ]
    assert sum(int(count) for _, count in heads) == len(result.series)
    assert heads[-1][0] == "Applied"
    joined = " ".join(text.split())
    for row in result.series:
        assert all(" ".join(reason.split()) in joined for reason in row.evidence)
    assert max(map(len, text.splitlines())) <= 78


def test_other_formats_have_a_row_for_each_series(sample_board):
    """CSV, Markdown and HTML have the same table; HTML has no script."""
    rows = len(sample_board.result.series)
    assert sample_board.to_csv().count("\r\n") == rows + 1
    assert sample_board.to_html().count("<tr>") == rows + 1
    assert "<script" not in sample_board.to_html()
    assert sample_board.to_markdown().count("\n|") >= rows + 2


def test_an_empty_board_is_a_page(sample_board):
    """Without a series there is a sentence, and a page that says so."""
    empty = board(Mails([]))
    assert "There is no series in this period: base..tip." in empty.to_text()
    assert "There is no series in this period: base..tip." in empty.to_page()
    assert Parts(empty.to_page()).rows == 0


def test_a_boards_table_gives_titles_and_reasons_room():
    """They have a floor of width; on a narrow screen the cells without one say what they are."""
    table = Table(
        ("state", "series", "where", "reviewers"), (("ready", "A lamp", "lib/kvm/util.c", "1/12"),),
        linked="series", wide=frozenset({"series"}), short=frozenset({"state"}),
    )  # fmt: skip
    page = render_html(Document("Board", (table,)))
    assert '<td class="w">A lamp</td>' in page
    assert '<td data-of="where">lib/<wbr>kvm/<wbr>util.c</td>' in page
    assert '<td data-of="reviewers">1/12</td>' in page
    assert '<td class="s" data-of="state">ready</td>' in page
