"""JSON of plain values is what Python's own writer gives."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvminbox.models.plain_json import write_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@settings(max_examples=200)
@given(PLAIN)
def test_any_plain_value_is_written_alike(value):
    """Texts of any characters, numbers of any size, lists and objects come out the same."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert write_json(value) == plain


def test_each_character_is_written_alike():
    """Each character of the first plane but halves of surrogate pairs is written the same."""
    text = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)]))
    assert write_json(text) == json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize("half", ["\ud800", "a\udcff", "\udfff\ud800"])
def test_half_of_a_surrogate_pair_is_refused(half):
    """What no file can hold raises, wherever it is."""
    with pytest.raises(ValueError, match="surrogates"):
        write_json({"a": [half]})
