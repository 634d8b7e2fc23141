"""Find live text in an output by Unicode's properties and by parsers, not the library's lists."""

import csv
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise

from markdown_it import MarkdownIt

TURNS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u200e", "\u200f", "\u061c"}
JOINERS = {"\u200c", "\u200d"}
# of category Cf but visible: signs before numbers, joiners of hieroglyphs
SEEN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]"
)
BLANK_LETTERS = re.compile("(?:HALFWIDTH )?HANGUL .*FILLER|.*GRAPHEME JOINER|KHMER VOWEL INHERENT")
MAX_MARKS = 8


def find_live(text):
    """Return what acts on a terminal, reverses the text, hides in it, or floods it."""
    chars = set(text) - {"\n", "\t"}
    found = {char for char in chars if _acts(char) or _hides(char)}
    if any(map(_may_be_stray, chars)):
        found |= {pair for pair in pairwise(f" {text}") if _is_stray(*pair)}
    marks = "".join(filter(_is_mark, chars))
    if marks:
        found |= set(re.findall(f"[{marks}]{{{MAX_MARKS + 1},}}", text))
    return found


@cache
def _acts(char):
    return (
        unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(char) in TURNS
        or char in MARKS
    )


@cache
def _hides(char):
    is_format = unicodedata.category(char) == "Cf" and not SEEN.match(char)
    return (is_format and char not in JOINERS) or bool(
        BLANK_LETTERS.match(unicodedata.name(char, ""))
    )


@cache
def _may_be_stray(char):
    return char in JOINERS or "VARIATION SELECTOR" in unicodedata.name(char, "")


@cache
def _is_mark(char):
    return unicodedata.category(char) in {"Mn", "Me"}


def _is_stray(before, char):
    """Whether a joiner or selector follows a character that takes none."""
    if not _may_be_stray(char):
        return False
    is_selector = char not in JOINERS
    if _may_be_stray(before) and before not in JOINERS:
        return is_selector
    is_keycap = is_selector and before in "#*0123456789©®"
    return before in JOINERS or (before < "\u0600" and not is_keycap)


class Page(HTMLParser):
    """Collect what a page or fragment is made of; its tags must close in order."""

    VOID = frozenset({"meta", "br", "wbr", "hr", "img", "input", "link", "base", "col"})

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.open, self.other, self.text = set(), set(), [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag, and its attributes."""
        self.tags.add(tag)
        self.attributes |= set(attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the last tag."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Keep text."""
        self.text.append(data)

    def handle_comment(self, data):
        """Keep a comment."""
        self.other.append(data)

    handle_pi = unknown_decl = handle_comment


TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "ul",
    "li", "ol", "pre", "div", "table", "tr", "th", "td", "a", "code", "details", "summary",
    "span", "b", "bdi", "wbr", "nav", "ins", "del", "svg", "rect", "figure", "figcaption",
    "caption", "time", "col",
}  # fmt: skip
FIXED = {
    "lang": "en", "charset": "utf-8", "name": "viewport",
    "content": "width=device-width, initial-scale=1", "tabindex": "0", "scope": "col",
}  # fmt: skip
HARMLESS = {
    "aria-label": re.compile("table|contents|(?:[0-9-]{10}: [0-9,]+(?:; )?)+"),
    "aria-hidden": re.compile("true"),
    "role": re.compile("group|img"),
    **dict.fromkeys(("x", "y", "width", "height", "viewbox"), re.compile("[0-9. %]+")),
    "preserveaspectratio": re.compile("none"),
    "id": re.compile("s[0-9]+"),
    "class": re.compile(r"[a-z0-9_ ]+"),
    "style": re.compile(r"[a-zA-Z0-9:;.,%#_ ()-]+"),
    "data-of": re.compile(r"[a-z -]+"),
    "href": re.compile(r"https://lore\.kernel\.org/kvm/[A-Za-z0-9_.~%@-]+/|#s[0-9]+"),
}


def check_html(page):
    """Fail if a page has a tag, attribute, link, comment or order that is not the library's."""
    found = Page(page)
    assert not found.open
    assert not found.other
    assert found.tags <= TAGS
    for name, value in found.attributes:
        assert FIXED.get(name) == value or HARMLESS[name].fullmatch(value), (name, value)
        assert "url(" not in value


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# what GitHub turns into a link or a notification, in text outside code
GITHUB = re.compile(r"www\.|https?:|@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:\w+:|\$|\[\^|~")


def check_markdown(text):
    """Fail if a mail's text is not in code, or a link is not the library's own."""
    blocks = MARKDOWN.parse(text)
    inline = [child for block in blocks for child in block.children or ()]
    assert {child.type for child in inline} <= {"text", "code_inline", "link_open", "link_close"}
    assert "html_block" not in {block.type for block in blocks}
    links = {child.attrs["href"] for child in inline if child.type == "link_open"}
    assert all(HARMLESS["href"].fullmatch(link) for link in links)
    for child in inline:
        if child.type == "text":
            assert not GITHUB.search(child.content) or child.content.isdigit(), child.content
    for block in blocks:
        if block.type == "fence":
            assert block.info == "text"


FORMULA = re.compile(r"[\s\u200b\ufeff\x00]*[=+\-@|%＝＋－＠]")


def check_csv(text):
    """Fail if a cell begins like a formula, whatever separator a spreadsheet uses.

    In half of Europe that is a semicolon.
    """
    for mark in ",;\t":
        for row in csv.reader(StringIO(text, newline=""), delimiter=mark):
            for cell in row:
                assert not FORMULA.match(cell) or re.fullmatch(r"[+-]\d+(\.\d+)?", cell), cell
