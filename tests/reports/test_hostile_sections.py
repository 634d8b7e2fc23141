"""Hostile mails in built reports: in every section and format nothing of them comes alive."""

import csv
import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import StringIO

import pytest
from corpora import mail_with
from hostile_texts import BLOCKS, TEXTS, find_live
from markdown_it import MarkdownIt
from report_windows import FORMATS, report_on

from kvminbox import read_message

ALL = {name: (text, text) for name, text in TEXTS.items()} | {
    name: (TEXTS["script"], block) for name, block in BLOCKS.items()
}
REPLY = """Subject: Re: x
From: Ewa <ewa@kvm.example>
List-Id: <kvm.vger.kernel.org>
Message-ID: <{0}>
In-Reply-To: <{0}@sample.example>

Applied to {0}, thanks!

Reviewed-by: {0} <ewa@kvm.example>
"""
PULL = """Subject: [GIT PULL] {0}
From: {0} <p@p.example>
Message-ID: <p@p.example>

The following changes since commit 0123456789ab:

are available in the Git repository at:

  {0} {0}
"""
ROBOT = "Subject: {0}\nFrom: {0} <lkp@bot.example>\n\nx\n"
HARMLESS = ("harmless", "harmless\n```\nwords\n```")


def mails_with(text, block):
    """Give a patch, a reply that tags and applies it, a pull request, and a robot's mail."""
    patch = mail_with(text, block)
    later = patch.replace(b"Subject: [PATCH]", b"Subject: [PATCH v2]")
    others = [form.format(text).encode() for form in (REPLY, PULL, ROBOT)]
    return [read_message(raw) for raw in (patch, later, *others)]


@pytest.fixture(params=ALL, scope="module")
def report(request):
    """Give a report of every section on mails that hold one hostile text in each place."""
    return report_on(mails_with(*ALL[request.param]), title=ALL[request.param][0])


def test_no_format_holds_a_live_character(report):
    """No format holds a control character, a line separator or a change of direction."""
    for name, show in FORMATS.items():
        shown = show(report).replace("\r\n", "\n") if name == "CSV" else show(report)
        assert not find_live(shown), name
        assert shown.encode()


class Page(HTMLParser):
    """Collects what a page is made of, and finds out whether its tags are closed in order."""

    VOID = frozenset({"meta"})

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.open, self.other = set(), [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag, and its attributes."""
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the last tag."""
        assert self.open.pop() == tag

    def handle_comment(self, data):
        """Keep a comment."""
        self.other.append(data)

    def handle_pi(self, data):
        """Keep a processing instruction."""
        self.other.append(data)


TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "ul",
    "li", "ol", "pre", "div", "table", "tr", "th", "td", "a", "code", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "class", "role", "aria-label", "tabindex", "scope",
    "data-of", "href",
}  # fmt: skip


def test_a_page_holds_no_more_than_our_tags(report):
    """A page's tags close in order, and it has no script, handler, form or other address."""
    page = Page(report.to_html())
    assert not page.open
    assert not page.other
    assert page.tags <= TAGS
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    links = [value for name, value in page.attributes if name == "href"]
    assert all(re.fullmatch(r"https://lore\.kernel\.org/kvm/[\w.~%+-]+/", link) for link in links)


def test_markdown_has_links_of_ours_only(report):
    """In Markdown mails stand in code; the only links lead to lore, and nothing is HTML."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    blocks = markdown.parse(report.to_markdown())
    inline = [child for block in blocks for child in block.children or ()]
    assert {child.type for child in inline} <= {"text", "code_inline", "link_open", "link_close"}
    assert "html_block" not in {block.type for block in blocks}
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    assert all(link.startswith("https://lore.kernel.org/kvm/") for link in links)
    assert "table_open" in {block.type for block in blocks}


def test_no_cell_of_csv_is_a_formula(report):
    """No cell begins as a formula does, but for numbers with a sign."""
    for name in report.tables():
        for row in csv.reader(StringIO(report.to_csv(name), newline="")):
            for cell in row:
                assert cell[:1] not in set("=@\t\r|%") or not cell
                assert cell[:1] not in set("+-") or re.fullmatch(r"[+-]\d+(\.\d+)?", cell)


def test_a_page_is_valid_html(report):
    """HTML Tidy finds neither an error nor a warning in a page."""
    if shutil.which("tidy") is None:
        pytest.skip("HTML Tidy is not installed")
    run = subprocess.run(
        ["tidy", "-q", "-e", "-utf8"], input=report.to_html().encode(), capture_output=True
    )
    assert (run.returncode, run.stderr.decode()) == (0, "")


def test_the_mails_do_what_the_test_needs():
    """The hostile mails reach the sections: reviewers, what was applied, pulls, bots, links."""
    result = report_on(mails_with(*HARMLESS)).result
    for name in ("authors", "reviewers", "repliers", "bots", "files"):
        assert result[name].rows, name
    for name in ("applied", "pull_requests", "new_series", "discussions"):
        assert result[name].rows, name
    assert any(ref.url for ref in result["repliers"].messages())
