"""The forms of a word: those that the index has, by Snowball's English of 2018."""

import pytest

from kvminbox.errors import QueryError
from kvminbox.index.query import stems

WORDS = sorted([
    "fix", "fixed", "fixes", "fixing", "fixture", "fix_it", "fix2", "fixé", "happy", "happiness",
    "happily", "hope", "hoped", "hoping", "hop", "able", "ability", "abilities", "possible",
    "possibly", "possibility", "die", "dies", "died", "dying", "diet", "lie", "lying", "tie",
    "tying", "sky", "skies", "ski", "university", "universal", "universe", "adding", "added",
    "add", "ads",
])  # fmt: skip


def scan(begin, end):
    return (each for each in WORDS if begin <= each < end)


FORMS = {
    "fix": {"fix", "fixed", "fixes", "fixing"},
    "fixing": {"fix", "fixed", "fixes", "fixing"},
    "Fixes": {"fix", "fixed", "fixes", "fixing"},
    "happy": {"happy", "happiness"},
    "hoping": {"hope", "hoped", "hoping"},
    "hop": {"hop"},
    "ability": {"ability", "abilities"},
    "possible": {"possible", "possibly", "possibility"},
    "die": {"die", "dies", "died", "dying"},
    "lying": {"lie", "lying"},
    "tying": {"tie", "tying"},
    "skies": {"sky", "skies"},
    "university": {"university", "universal", "universe"},
    "added": {"adding", "added", "ads"},
    "absent": {"absent"},
}


@pytest.mark.parametrize("word", FORMS)
def test_a_word_finds_its_forms(word):
    """The forms are the index's words of the same stem, the word itself first."""
    forms = stems.find_forms(word, scan)
    assert forms[0] == word.lower()
    assert set(forms) == FORMS[word]
    assert len(set(forms)) == len(forms)


def test_all_words_of_a_stem_begin_where_the_search_for_them_does():
    """No word of the stem is outside of the part of the index that is searched."""
    for word in WORDS:
        begin = stems._find_beginning(stems.compute_stem(word))
        assert word.startswith(begin)


def test_too_many_forms_are_an_error(monkeypatch):
    """Both limits are said, with the word and how to go on."""
    for limit in ("MAX_FORMS", "MAX_CANDIDATES"):
        with monkeypatch.context() as patch:
            patch.setattr(stems, limit, 2)
            with pytest.raises(QueryError, match=r'`fix`.*quote it.*"fix"'):
                stems.find_forms("fix", scan)
