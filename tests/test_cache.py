"""The cache that holds short values only."""

from kvminbox.cache import cache_short


def test_a_short_value_is_read_once_and_a_long_one_each_time():
    """Only results for short values are kept; long values return the same result uncached."""
    calls = []

    @cache_short(9, longest=3)
    def read(text):
        calls.append(text)
        return text.upper()

    assert [read(text) for text in ("abc", "abc", "abcd", "abcd")] == ["ABC", "ABC", "ABCD", "ABCD"]
    assert calls == ["abc", "abcd", "abcd"]


def test_a_length_may_be_another_measure():
    """Length can be measured in commas as well as in letters."""
    calls = []

    @cache_short(9, longest=1, measure=lambda text: text.count(","))
    def read(text):
        calls.append(text)

    for text in ("many letters", "many letters", "a,,", "a,,"):
        read(text)
    assert calls == ["many letters", "a,,", "a,,"]
