"""Cards of values that hold hostile text in every field."""

import re
from html.parser import HTMLParser

import pytest

from kvminbox import Hit, Thread
from kvminbox.models import ThreadNode
from tests.cards.poison import poison
from tests.reports.hostile_texts import BLOCKS, TEXTS, find_live

ALL = {**TEXTS, **BLOCKS}
TAGS = {
    "div", "span", "b", "bdi", "code", "pre", "table", "tr", "th", "td", "details", "summary",
    "a",
}  # fmt: skip
ATTRIBUTES = {
    **dict.fromkeys(("class", "style"), re.compile(r"[a-zA-Z0-9:;.,%#_ -]+")),
    "href": re.compile(r"https://lore\.kernel\.org/kvm/[A-Za-z0-9_.~%@-]+/"),
}


class Fragment(HTMLParser):
    """Collect what a fragment is made of, and check that its tags are closed in order."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open, self.other, self.text = set(), [], [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag, and its attributes."""
        self.tags.add(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the last tag."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Keep text."""
        self.text += data

    def handle_comment(self, data):
        """Keep a comment."""
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@pytest.fixture(params=ALL, scope="module")
def cards(request, values):
    """Return the card of each kind of value, with one hostile text in every field."""
    return {name: poison(value, ALL[request.param])._repr_html_() for name, value in values.items()}


@pytest.mark.slow
def test_a_card_holds_no_more_than_our_tags(cards):
    """A card's tags close in order; there is no script, image, form, handler or comment."""
    for name, card in cards.items():
        found = Fragment(card)
        assert not found.open, name
        assert not found.other, name
        assert found.tags <= TAGS, name
        assert {attribute for attribute, _ in found.attributes} <= {"class", "style", "href"}, name


def test_no_text_of_a_mail_is_in_an_attribute(cards):
    """A style consists of lengths and colours, and loads nothing; a link is of a list's site."""
    for name, card in cards.items():
        for attribute, value in Fragment(card).attributes:
            assert ATTRIBUTES[attribute].fullmatch(value), name


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_a_link_leads_to_the_site_of_the_list(values, text):
    """Whatever a Message-ID holds, a card's link is an address that this library made."""
    patch = values["patch"].model_copy(
        update={"message_id": text, "list_id": "kvm.vger.kernel.org"}
    )
    series = values["series"].model_copy(update={"cover": None, "patches": (patch,)})
    for value in (patch, series, Hit(message=patch, copies=()), Thread(nodes=(
        ThreadNode(message_id=text, message=patch),
    ))):  # fmt: skip
        found = Fragment(value._repr_html_())
        links = [value for attribute, value in found.attributes if attribute == "href"]
        assert links
        assert all(ATTRIBUTES["href"].fullmatch(link) for link in links)


def test_no_card_holds_a_live_character(cards):
    """No control character, line separator or change of direction is in a card."""
    for name, card in cards.items():
        assert not find_live(card), name
        assert card.encode()


def test_the_text_is_there(values):
    """Text made harmless is still shown: the tests above don't pass by showing nothing."""
    for name, value in values.items():
        card = poison(value, "<i>walnut</i>")._repr_html_()
        if name == "summary":  # it is of numbers alone
            continue
        assert "&lt;i&gt;walnut&lt;/i&gt;" in card, name
        assert "<i>" not in card
