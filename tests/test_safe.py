"""The one gate between a mail's text and its readers."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import errors, safe_text
from kvminbox.errors import KvminboxError

EVERY = list(map(chr, range(sys.maxunicode + 1)))

TURNS = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070)}
CONTROLS = {*range(0x20), *range(0x7F, 0xA0)}
UNSAFE = TURNS | CONTROLS | {0x2028, 0x2029} | {*range(0xD800, 0xE000)}


@pytest.mark.parametrize(
    ("multiline", "kept"), [(False, "\t"), (True, "\t\n")], ids=["one line", "lines"]
)
def test_exactly_the_unsafe_characters_are_shown(multiline, kept):
    """Of all code points just those that act on a reader change, and none of those stays."""
    shown = safe_text("\uffff".join(EVERY), multiline=multiline).split("\uffff")
    shown[0xFFFF : 0xFFFF + 2] = ["\uffff"]  # the divider itself
    changed = {ord(char) for char, seen in zip(EVERY, shown, strict=True) if seen != char}
    assert changed == UNSAFE - set(map(ord, kept))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b2J", "\\x9b2J"),
        ("\x00", "\\x00"),
        ("a\rb", "a\\x0db"),
        ("\u202e", "<U+202E>"),
        ("\ud800", "<U+D800>"),
        ("Chloé 好 👩\u200d💻 नम\u094dस", "Chloé 好 👩\u200d💻 नम\u094dस"),
        ("", ""),
    ],
)
def test_a_character_is_shown_by_its_number(text, shown):
    r"""Bytes become \xNN, others <U+NNNN>; letters, marks and joiners stay as they are."""
    assert safe_text(text) == shown


def test_a_line_feed_stays_between_lines_only():
    """A line feed is part of a text of several lines, and none of one line."""
    assert safe_text("a\nb", multiline=True) == "a\nb"
    assert safe_text("a\nb") == "a\\x0ab"


@given(st.text(st.characters(), max_size=60))
def test_safe_text_is_stable(text):
    """What is safe stays as it is, so that two gates do no more than one."""
    once = safe_text(text)
    assert safe_text(once) == once
    assert once.encode() or not text


ERRORS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, KvminboxError)
]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_is_one_safe_line(kind):
    """`str` and `repr` of an error are one line of safe text, whatever is wrong and where."""
    error = kind("a\x1b[2J\n", where="\u202e\ud800", cure="\x9b\r")
    for shown in (str(error), repr(error), error.located, f"{error}"):
        assert safe_text(shown) == shown
