"""Words of the same stem: `fix` finds `fixes` and `fixed` too.

The full text keeps words as they are, so that a phrase means its words. The forms
of a word are found when it is searched for, among the words that the index has.
The stemmer is Snowball's for English as of 2018, which Xapian 1.4 has as well;
snowballstemmer 3 and later give other stems (`university` is no `universe` there).
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from threading import local
from typing import Final

from kvminbox.archive import check_limit
from kvminbox.errors import QueryError

MAX_FORMS: Final = 200
"""Forms of one word that are searched for."""

MAX_CANDIDATES: Final = 100_000
"""Words of the index that are looked at for the words of one query."""

MAX_STEMMED: Final = 64
"""Letters of the longest word that is stemmed; the longest English words have forty-five."""

MAX_ENDING: Final = 20
"""Letters of an ending; no English one is as long, and a mail may hold a word of a megabyte."""

ScanWords = Callable[[str, str], Iterable[str]]
"""Returns the index's words from the first (included) up to the second (excluded).

It may leave out those that no English ending makes of what all of them begin with."""

# Endings in which a stem differs from the beginning of its words: happy has the stem
# happi, hoping hope, capability capabl.
_CHANGED: Final = re.compile(r"..*(?:[ei]|bl)")
# And stems that Snowball has in a list, for dying, lying, tying and skies.
_LISTED: Final = {"die": "d", "lie": "l", "tie": "t", "sky": "sk"}
_ENDING: Final = re.compile(r"[a-z]*")


class _OfThread(local):
    """The stemmer of a thread: it keeps the word that it is at in itself."""

    def __init__(self) -> None:
        # with those of twenty other languages, which only a query for words needs
        try:
            from snowballstemmer.english_stemmer import (  # type: ignore[import-untyped]
                EnglishStemmer,
            )
        except OSError as error:  # a process that can open no more files
            check_limit(Path(__file__), error)
            raise
        self.stemmer = EnglishStemmer()


@cache
def _of_thread() -> _OfThread:
    return _OfThread()


def compute_stem(word: str) -> str:
    """Return the English stem of a word in small letters.

    >>> compute_stem("interrupts")
    'interrupt'
    """
    if len(word) > MAX_STEMMED:
        return word
    stem: str = _of_thread().stemmer.stemWord(word)
    return stem


def find_forms(word: str, scan: ScanWords, known: dict[str, str] | None = None) -> tuple[str, ...]:
    """Find the words that have the stem of this one, the word itself first.

    Words that only look alike have it too, and irregular forms do not: `wrote` is
    found by `wrote` only.

    Args:
        word: a single word; small and capital letters mean the same.
        scan: looks words up in the index, where they are in small letters.
        known: the stems of words that were found for other words of the query; more are
            added.

    Raises:
        QueryError: too many words begin like it, or have its stem.
    """
    asked = word.lower()
    stem = compute_stem(asked)
    begin = _find_beginning(stem)
    forms = {asked: None}
    known = {} if known is None else known
    for other in scan(begin, f"{begin}\U0010ffff"):
        # an ending has no digit or `_`, which most words of the index do
        if len(other) - len(begin) > MAX_ENDING or not _ENDING.fullmatch(other, len(begin)):
            continue
        if other not in known:  # a stem takes longer than all else that is done for a word
            known[other] = compute_stem(other)
            _check(asked, len(known), MAX_CANDIDATES, "begin like others and")
        if known[other] == stem:
            forms[other] = None
            _check(asked, len(forms), MAX_FORMS, "have the stem of")
    return tuple(forms)


def _find_beginning(stem: str) -> str:
    """Return what all words of this stem begin with."""
    if stem in _LISTED:
        return _LISTED[stem]
    return stem[:-1] if _CHANGED.fullmatch(stem) else stem


def _check(word: str, count: int, limit: int, what: str) -> None:
    if count > limit:
        raise QueryError(
            f"more than {limit:,} words {what} `{word}`", where="query",
            cure=f'quote it to search for this form only: "{word}"',
        )  # fmt: skip
