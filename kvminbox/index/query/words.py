"""What in a piece of text is a word, and which words next to each other are a phrase."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from unicodedata import category

from kvminbox.index.query.tokens import Token, query_error
from kvminbox.words import shorten

# What FTS5 keeps together: letters, digits, `_`, and accents behind their letter.
_WORD: Final = re.compile("[\\w\u0300-\u036f]+")
# `arch/arm64`, `marc@kernel.org`, `KVM::exit`: words joined by these are a phrase
_JOINERS: Final = re.compile(r"[./:@\\-]+")
# `don't`, `AT&T`: one of these inside a word keeps its pieces together
_INFIXES: Final = frozenset("'’&·‧\u05f4")
# `4.19`, `1,000`: and one of these between two digits
_DIGIT_INFIXES: Final = frozenset(",;")
# `c++`, `c#`: Xapian keeps such signs, FTS5 does not, and `c` alone means something else
_SUFFIX: Final = re.compile(r"[+#]+")
# A word before one of these is meant as it is written: `fixes(`, `path/`
_NO_STEM_BEFORE: Final = frozenset('(/\\@<>=*[{"“”')


class Run(NamedTuple):
    """A word, or words that are joined to a phrase."""

    words: tuple[str, ...]
    is_open: bool
    """Whether a star follows."""

    may_stem: bool
    """Whether words of the same stem count too, if this is a single word."""


def find_words(text: str) -> tuple[str, ...]:
    """Return the words of a quotation, in which only words count."""
    return tuple(_WORD.findall(text))


def read_runs(token: Token) -> Iterator[Run]:
    """Yield the words and phrases of a piece of unquoted text, in order.

    Raises:
        QueryError: a star is not after the last word, or there are two dots between
            two words, as in a range.
    """
    text = token.text
    matches = list(_WORD.finditer(text))
    words: list[str] = []
    _check_glue(token, 0, text[: matches[0].start()], is_last=False)
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        words.append(match[0])
        glue = text[match.end() : following.start() if following else len(text)]
        _check_glue(token, match.end(), glue, is_last=following is None)
        if following and _is_joined(match[0], glue, following[0]):
            continue
        is_open = following is None and glue == "*"
        may_stem = _may_stem(words[0], glue or token.follower)
        yield Run(tuple(words), is_open, may_stem and not is_open)
        words.clear()


def _check_glue(token: Token, at: int, glue: str, *, is_last: bool) -> None:
    if "*" in glue and not (is_last and glue == "*"):
        cure = "put a single star directly after the start of a word, or quote the text"
        raise query_error(
            token.place + at + glue.index("*"),
            "a star is only allowed at the end of a word",
            cure,
        )
    suffix = _SUFFIX.match(glue)
    if at and suffix and (is_last or suffix.end() < len(glue)):
        what = f"signs such as those of `{shorten(token.text)}` are not searched"
        raise query_error(token.place, what, "leave them out, or quote it to do so")
    if ".." in glue and at and not is_last:
        what = f"`{shorten(token.text)}` is a range without a prefix that takes one"
        raise query_error(token.place, what, "put `d:`, `rt:` or `z:` before it, or quote it")


def _is_joined(left: str, glue: str, right: str) -> bool:
    if glue in _INFIXES or _JOINERS.fullmatch(glue):
        return True
    if glue in _DIGIT_INFIXES:
        return left[-1].isdigit() and right[0].isdigit()
    # FTS5 parts words at the marks of other scripts, as this does
    return all(category(char)[0] == "M" for char in glue)


def _may_stem(word: str, following: str) -> bool:
    first = word[0]
    return first.isalpha() and not first.isupper() and following[:1] not in _NO_STEM_BEFORE
