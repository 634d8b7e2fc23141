"""The one gate between a mail's text and its readers."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox import errors, safe_text
from kvminbox.errors import KvminboxError

TURNS = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070)}
CONTROLS = {*range(0x20), *range(0x7F, 0xA0)}
ACTING = TURNS | CONTROLS | {0x2028, 0x2029} | {*range(0xD800, 0xE000)}
# visible signs of Arabic, Syriac and Kaithi, and joiners of hieroglyphs
SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
SEEN |= {*range(0x13430, 0x13440)}
UNSEEN_NAMES = re.compile(
    "(?:HALFWIDTH )?HANGUL .*FILLER|.*VARIATION SELECTOR|COMBINING GRAPHEME JOINER|"
    "KHMER VOWEL INHERENT"
)
# unassigned, but reserved as invisible
KEPT_FOR_UNSEEN = {0x2065, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)}


def is_unseen(code):
    """Whether a character is invisible, by Unicode's names and categories."""
    is_format = unicodedata.category(chr(code)) == "Cf" and code not in SEEN
    return is_format or bool(UNSEEN_NAMES.match(unicodedata.name(chr(code), "")))


@pytest.fixture(scope="module")
def unsafe():
    """Return the code points that control, are invisible, or are no characters."""
    codes = range(sys.maxunicode + 1)
    never = {*range(0xFDD0, 0xFDF0)} | {code for code in codes if code & 0xFFFE == 0xFFFE}
    return ACTING | KEPT_FOR_UNSEEN | never | {code for code in codes if is_unseen(code)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("multiline", "kept"), [(False, "\t"), (True, "\t\n")], ids=["one line", "lines"]
)
def test_exactly_the_unsafe_characters_are_shown(unsafe, multiline, kept):
    """Of all code points, only control, invisible and non-characters are changed."""
    every = list(map(chr, range(sys.maxunicode + 1)))
    shown = safe_text("\ue000".join(every), multiline=multiline).split("\ue000")
    shown[0xE000 : 0xE000 + 2] = ["\ue000"]  # the divider itself
    changed = {ord(char) for char, seen in zip(every, shown, strict=True) if seen != char}
    assert changed == unsafe - set(map(ord, kept))


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


NEEDED = {
    "Persian": "می\u200cخواهم",
    "Hindi": "क्\u200dष",
    "Mongolian": "ᠠ\u180b",
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "heart-on-fire": "❤\ufe0f\u200d🔥",
    "skin": "👩🏽\u200d💻",
    "keycap": "3\ufe0f\u20e3 and #\ufe0f\u20e3",
    "sign": "©\ufe0f ‼\ufe0f ℹ\ufe0f",
    "old-form-of-a-name": "葛\U000e0100城",
    "Hebrew-points": "בְּרֵאשִׁ֖ית",
    "Vietnamese": unicodedata.normalize("NFD", "Nguyễn Thị Ngọc"),
    "Tibetan-stack": "ཧྐྵྨླྺྼྻྂ",
    "Zalgo-up-to-eight": "a" + 8 * "\u0336",
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_what_scripts_and_emoji_need_stays(text):
    """A joiner, a selector and some marks stay where a script or an emoji needs them."""
    assert safe_text(text) == text
    assert safe_text(f"a {text}\n{text} b", multiline=True) == f"a {text}\n{text} b"


STRAY = {
    "joiner-in-a-word": ("pass\u200dword", "pass<U+200D>word"),
    "non-joiner-in-a-name": ("To\u200cm", "To<U+200C>m"),
    "joiner-alone": ("\u200d", "<U+200D>"),
    "second-joiner": ("👩\u200d\u200d💻", "👩\u200d<U+200D>💻"),
    "selector-in-a-word": ("a\ufe0f", "a<U+FE0F>"),
    "second-selector": ("❤\ufe0f\ufe0f", "❤\ufe0f<U+FE0F>"),
    "bytes-in-selectors": ("😀\U000e0148\U000e0149", "😀<U+E0148><U+E0149>"),
    "joiner-behind-a-stray-selector": ("a\ufe0f\u200d", "a<U+FE0F><U+200D>"),
    "joiner-behind-a-filler": ("\u3164\u200d", "<U+3164><U+200D>"),
    "invisible-sentence": ("🙂\U000e0068\U000e0069", "🙂<U+E0068><U+E0069>"),
    "soft-hyphen": ("a\xadb", "a\\xadb"),
    "byte-order-mark": ("\ufeffa", "<U+FEFF>a"),
    "annotation": ("a\ufff9b\ufffac\ufffb", "a<U+FFF9>b<U+FFFA>c<U+FFFB>"),
    "nine-marks": ("a" + 9 * "\u0336" + "b", "a" + 8 * "\u0336" + "<U+0336>b"),
    "nine-marks-of-Thai": ("ส" + 10 * "\u0e47", "ส" + 8 * "\u0e47" + 2 * "<U+0E47>"),
    "marks-and-joiners": (
        "ส" + 5 * "\u0e47\u200d", "ส" + 4 * "\u0e47\u200d" + "<U+0E47><U+200D>"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), STRAY.values(), ids=STRAY)
def test_what_only_hides_is_shown(text, shown):
    """Elsewhere the same characters, and a flood of marks, are shown by their numbers."""
    assert safe_text(text) == shown
    assert safe_text(shown) == shown


def test_private_and_unassigned_characters_stay():
    """A harmless character stays even if no font may have it: a box, not a number."""
    text = "\ue0b0 \U00100000 \u0378 \U0001fbff \xa0\u2003\u3000\u2800"
    assert safe_text(text) == text


def test_a_line_feed_stays_between_lines_only():
    """A line feed stays in multi-line text, and is made visible in a single line."""
    assert safe_text("a\nb", multiline=True) == "a\nb"
    assert safe_text("a\nb") == "a\\x0ab"


PIECES = st.text(
    "a3#\n\t\x1b\u0336\u0e47\u094dक葛ᠠ❤👩\u200c\u200d\ufe0f\u180b\U000e0100\u3164\u200b"
)


@given(st.text(st.characters(), max_size=60) | PIECES)
def test_safe_text_is_stable(text):
    """Safe text stays as it is, so that passing it twice changes nothing more."""
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
