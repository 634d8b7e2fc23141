"""Nothing that a mail holds acts on its reader in any output."""

import json
import re
from functools import partial
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from kvminbox import read_message
from kvminbox.analysis import Count, ListedSubmission, ListUpdate
from kvminbox.display import FORMATS
from kvminbox.reports import SectionReport, list_update, sections
from kvminbox.safe import safe_text
from tests.reports.corpora import Mails, patch_with
from tests.reports.hostile_texts import BLOCKS, TEXTS, find_live

ALL = {name: (text, "body") for name, text in TEXTS.items()}
ALL |= {name: ("x", block) for name, block in BLOCKS.items()}

HARMLESS = "x"


def from_mail(text, block):
    """A report on a mail that holds the text, in a range whose names hold it, too."""
    return list_update(Mails([patch_with(text, block)], base=text, tip=text))


def from_result(text, block):
    """A report on a result that holds the text in every field, past all that readers do."""
    count = (Count(text=text, count=1),)
    new = ListedSubmission(message_id=text, subject=text, title=text, sender=text, body=block)
    return SectionReport(
        sections.update(),
        ListUpdate(
            base=text, tip=text, list_name=text, top=15, patches=1, cover_letters=0,
            domains=count, contributors=count, series=(text,),
            submissions=(new, new.model_copy(update={"repeats": text})),
        )
    )  # fmt: skip


@pytest.fixture(params=[from_mail, from_result], ids=["mail", "result"])
def make_report(request):
    """Return a maker of reports on a text and a block of text."""
    return request.param


@pytest.fixture(params=ALL)
def hostile(request):
    """Return a text in one line and a block of lines, one of which is hostile."""
    return ALL[request.param]


OUTPUTS = {
    "text": lambda report: report.to_text(),
    "str": str,
    "repr": repr,
    "repr of the result": lambda report: repr(report.result),
    "str of the result": lambda report: str(report.result),
    "a notebook's HTML": lambda report: report._repr_html_(),
    "JSON": lambda report: report.to_json(),
    "terminal": lambda report: report.to_terminal(width=60),
    **{name: partial(SectionReport.render, name=name) for name in FORMATS},
}
"""Every way to show a report; a format that is added to the table is one."""


@pytest.mark.slow
def test_no_output_holds_a_live_character(make_report, hostile):
    """No output holds a control character, a line separator or a change of direction."""
    report = make_report(*hostile)
    found = {name: find_live(show(report)) for name, show in OUTPUTS.items()}
    assert not any(found.values()), found


def test_a_message_and_its_parts_are_shown_safely(hostile):
    """`repr` and `str` of a message, its subject and its people are one safe line each."""
    message = patch_with(*hostile)
    for value in (message, message.subject, message.sender, message.author, *message.defects):
        for shown in (repr(value), str(value), f"{value}"):
            assert not find_live(shown)
            assert "\n" not in shown


class Tags(HTMLParser):
    """Collects a page's tags with their attributes, comments and declarations."""

    def __init__(self, page):
        super().__init__()
        self.seen = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag with its attributes; but where a path may be broken, texts differ."""
        if (tag, attrs) == ("wbr", []):
            return
        self.seen.append((tag, *attrs))

    def handle_endtag(self, tag):
        """Keep an end tag."""
        self.seen.append(f"/{tag}")

    def handle_comment(self, data):
        """Note a comment."""
        self.seen.append("comment")

    def handle_decl(self, decl):
        """Keep a declaration."""
        self.seen.append(decl)

    def handle_pi(self, data):
        """Note a processing instruction."""
        self.seen.append("instruction")

    def unknown_decl(self, data):
        """Note another declaration."""
        self.seen.append("declaration")


@pytest.mark.parametrize("show", ["to_html", "_repr_html_"])
def test_html_has_the_tags_of_its_template_only(make_report, hostile, show):
    """A page has exactly the tags and attributes of one on a harmless mail."""
    pages = (getattr(make_report(*texts), show)() for texts in (hostile, (HARMLESS, "body")))
    # a name's colour is one of eight, and follows from the name
    tags, expected = (Tags(re.sub('class="k[0-7]"', 'class="k"', page)).seen for page in pages)
    assert tags == expected


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
OWN_WORDS = {
    "Top 15 contributor email domains", "Top 15 contributors", "Patch list in this time period",
    "Patch commit messages", "count", "domain", "contributor",
}  # fmt: skip


def _outline(text):
    """Return the blocks of a Markdown text, and what stands in its lines."""
    blocks = MARKDOWN.parse(text)
    inline = [child for block in blocks for child in block.children or ()]
    return [block.type for block in blocks], inline


def test_markdown_has_the_blocks_of_its_template_only(make_report, hostile):
    """A text has exactly the headings, tables, lists and fences of one on a harmless mail."""
    blocks, _ = _outline(make_report(*hostile).to_markdown())
    expected, _ = _outline(make_report(HARMLESS, "body").to_markdown())
    assert blocks == expected


def test_markdown_shows_in_code_what_could_act(make_report, hostile):
    """Everything outside of code is our own heading, or plain words."""
    _, inline = _outline(make_report(*hostile).to_markdown())
    assert {child.type for child in inline} <= {"text", "code_inline"}
    words = [child.content for child in inline if child.type == "text" and child.content]
    assert set(words) >= OWN_WORDS
    for text in set(words) - OWN_WORDS:
        assert not re.search(r"[`<>&*|\\\[\]@#$~!]|://|www\.|:\w", text), text


def test_a_bar_after_a_backslash_ends_no_cell():
    """No doubled backslash is written before a bar: GitHub reads that as the cell's end."""
    text = from_result("a \\| [x](y) \\\\| b", "body").to_markdown()
    rows = [line for line in text.splitlines() if line.startswith("| 1 |")]
    assert rows
    for row in rows:
        assert not re.search(r"\\\\+\|", row)
        assert len(re.findall(r"(?<!\\)\|", row)) == 3


def test_colour_adds_nothing_but_bold(make_report, hostile):
    """In colour the terminal's text is the same, with sequences for bold around headings."""
    report = make_report(*hostile)
    coloured = re.sub(r"\x1b\[[01]m", "", report.to_terminal(width=60, color=True))
    assert coloured == report.to_terminal(width=60)


@pytest.mark.parametrize("name", [name for name in TEXTS if name.startswith("rich-")])
def test_rich_takes_no_text_for_markup(name):
    """Markup and emoji codes come out as they were written."""
    shown = from_result(TEXTS[name], "body").to_terminal(width=300)
    assert shown.count(safe_text(TEXTS[name])) >= 4


def test_json_gives_back_the_result(make_report, hostile):
    """JSON is ASCII, and holds what the mail said, unchanged."""
    report = make_report(*hostile)
    text = report.to_json()
    assert text.isascii()
    assert ListUpdate.model_validate_json(text) == report.result
    assert json.loads(text)["base"] == hostile[0]


def test_a_lone_surrogate_is_shown():
    """A lone surrogate, which a shell makes of a broken byte, is made visible."""
    report = list_update(Mails([]), name="KVM\udcff")
    for name, show in OUTPUTS.items():
        assert not find_live(show(report)), name
        assert show(report).encode()
    assert "KVM<U+DCFF> mailing list update" in report.to_text()


def test_a_surrogate_from_utf_7_does_not_reach_an_output():
    """A body in UTF-7 that spells a lone surrogate is written in every format."""
    raw = (
        b"From: Ada <ada@sample.example>\nSubject: [PATCH] x\n"
        b"Content-Type: text/plain; charset=utf-7\n\n"
        b"+2AA- alone\n---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+-b\n"
    )
    report = list_update(Mails([read_message(raw)]))
    for show in OUTPUTS.values():
        assert show(report).encode()
    assert "alone" in report.to_text()
