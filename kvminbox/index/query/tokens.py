"""A query's text cut into tokens, each with its place.

Signs, prefixes, quotations and operators are those of Xapian's query parser with
public-inbox's flags. What Xapian silently ignores, or takes for something else than it
looks like, is a `QueryError` here.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple

from kvminbox.errors import QueryError
from kvminbox.index.query.prefixes import PREFIXES, TextPrefix
from kvminbox.words import shorten

MAX_LENGTH: Final = 100_000
"""Characters of the longest query that is read."""

TokenKind = Literal["(", ")", "+", "-", "operator", "near", "prefix", "filter", "quoted", "text"]


class Token(NamedTuple):
    """A piece of the query."""

    kind: TokenKind
    text: str
    """The operator, the name of the prefix, or the words."""

    place: int
    """Where it begins in the query, from 0."""

    value: str = ""
    """Of a filter, what comes after the colon."""

    follower: str = ""
    """Of text, the character right after it."""


# Xapian takes the curly quotes of mail programs as straight ones, in any pairing.
_QUOTED: Final = re.compile('["“”]([^"“”]*)["“”]')
_QUOTED_VALUE: Final = re.compile(r'"((?:[^"]|"")*+)"')
_VALUE: Final = re.compile(r'[^\s)"]+')
# A word's own empty brackets are no group: `kvm_init()`.
_TEXT: Final = re.compile(r'(?:[^\s()"“”]|(?<=\w)\(\))+')
_SIGN: Final = re.compile(r'[+-](?=[\w("“”])')
_MEANT: Final = {
    "subject": "s", "title": "s", "from": "f", "sender": "f", "to": "t", "cc": "c", "body": "b",
    "list": "l", "date": "d", "received": "rt", "path": "dfn", "file": "dfn", "id": "mid",
    "msgid": "mid", "message-id": "mid", "patch-id": "patchid", "change-id": "changeid",
}  # fmt: skip
"""What other programs call a prefix, and people guess."""
_PREFIX: Final = re.compile(r"(\w+):(?=[^\s):])")
_LONE_PREFIX: Final = re.compile(r"(\w+):(?=[\s)]|\Z)")
_OPERATOR: Final = re.compile(r"(?:AND|OR|NOT|XOR)(?=[\s()]|\Z)")
_NEAR: Final = re.compile(r"(?:NEAR|ADJ)(?:/[0-9]+)?(?=[\s()]|\Z)")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPACE: Final = re.compile(r"\s*")
_WORD: Final = re.compile(r"\w")


def query_error(place: int, what: str, cure: str) -> QueryError:
    """Make the error for what is at this place of a query, counted from 0."""
    return QueryError(what, where=f"query, column {place + 1}", cure=cure)


def read_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query in order.

    Raises:
        QueryError: something in it can't be understood.
    """
    if len(text) > MAX_LENGTH:
        raise query_error(
            MAX_LENGTH, f"a query has at most {MAX_LENGTH:,} characters", "simplify the query"
        )
    if half := _SURROGATE.search(text):
        what = "half of a surrogate pair is not a character"
        raise query_error(half.start(), what, "leave it out; no mail has it")
    at, after_prefix = _skip_space(text, 0), False
    while at < len(text):
        token, at = _read_operand(text, at) if after_prefix else _read_token(text, at)
        after_prefix = token.kind == "prefix"
        yield token
        at = _skip_space(text, at)


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _read_token(text: str, at: int) -> tuple[Token, int]:
    if text[at] == ")":
        return Token(")", ")", at), at + 1
    if text[at] in "+-" and (at == 0 or text[at - 1] == "(" or text[at - 1].isspace()):
        return _read_sign(text, at)
    if match := _OPERATOR.match(text, at):
        return Token("operator", match[0], at), match.end()
    if match := _NEAR.match(text, at):
        return Token("near", match[0], at), match.end()
    if match := _PREFIX.match(text, at):
        return _read_prefix(text, at, match)
    if (match := _LONE_PREFIX.match(text, at)) and match[1] in PREFIXES:
        what = f"nothing follows `{match[0]}`"
        raise query_error(
            at, what, f'write what to find directly after it, or quote it: "{match[0]}"'
        )
    return _read_operand(text, at)


def _read_sign(text: str, at: int) -> tuple[Token, int]:
    if _SIGN.match(text, at) is None:
        piece = _TEXT.match(text, at)
        what = f"`{shorten(piece[0]) if piece else text[at]}` is a sign without a word after it"
        raise query_error(at, what, "leave it out, or quote it with its words")
    return Token("+" if text[at] == "+" else "-", text[at], at), at + 1


def _read_prefix(text: str, at: int, match: re.Match[str]) -> tuple[Token, int]:
    name = match[1]
    prefix = PREFIXES.get(name)
    if isinstance(prefix, TextPrefix):
        return Token("prefix", name, at), match.end()
    if prefix:
        return _read_filter(text, at, match, prefix.form)
    piece = _TEXT.match(text, at)
    whole = shorten(piece[0] if piece else name)
    cure = f'quote it to search for these words: "{whole}"'
    meant = _MEANT.get(name.lower()) or next(iter(get_close_matches(name, PREFIXES, 1, 0.85)), "")
    if meant:
        cure = f"did you mean `{meant}:`? Else {cure}"
    if name.lower() in PREFIXES:
        cure = f"prefixes are lowercase: `{name.lower()}:`"
    raise query_error(at, f"`{shorten(name)}:` is not a prefix", cure)


def _read_filter(text: str, at: int, match: re.Match[str], form: str) -> tuple[Token, int]:
    name, begin = match[1], match.end()
    if text[begin] == "(":
        cure = f"write each with its prefix: ({name}:A OR {name}:B)"
        raise query_error(at, f"`{name}:` takes {form}, no brackets", cure)
    if text[begin] == '"':
        value = _match_quoted(_QUOTED_VALUE, text, begin)
        return Token("filter", name, at, value[1].replace('""', '"')), value.end()
    plain = _VALUE.match(text, begin)
    if plain is None:
        raise AssertionError("the prefix's pattern looks ahead for a value")
    return Token("filter", name, at, plain[0]), plain.end()


def _match_quoted(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    if quoted := pattern.match(text, at):
        return quoted
    raise query_error(at, "the quotation is not closed", 'put a " at its end')


def _read_operand(text: str, at: int) -> tuple[Token, int]:
    """Read what may also stand right after a prefix: a bracket, a quotation, words."""
    if text[at] == "(":
        return Token("(", "(", at), at + 1
    if text[at] in '"“”':
        quoted = _match_quoted(_QUOTED, text, at)
        return Token("quoted", quoted[1], at), quoted.end()
    piece = _TEXT.match(text, at)
    if piece is None or not _WORD.search(piece[0]):
        what = f"`{shorten(piece[0]) if piece else text[at]}` has no letter or digit to search for"
        raise query_error(at, what, "leave it out, or quote it with the words around it")
    if piece[0][0] in "+-" and at and text[at - 1] == ":":
        cure = f'put the sign before the prefix, as in `-s:word`, or quote: "{shorten(piece[0])}"'
        raise query_error(at, f"`{piece[0][0]}` follows a prefix", cure)
    return Token("text", piece[0], at, follower=text[piece.end() : piece.end() + 1]), piece.end()
