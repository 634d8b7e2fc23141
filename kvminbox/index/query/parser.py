"""Tokens to a tree, with the precedence of Xapian's query parser.

From the loosest to the tightest: OR, XOR, then AND and NOT from left to right, then
words side by side, which all have to be there. So `a OR b c` is `a OR (b AND c)`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kvminbox.errors import QueryError
from kvminbox.given import check_text
from kvminbox.index.query.nodes import (
    AllOf,
    AnyOf,
    Between,
    Equal,
    Near,
    Node,
    OddOf,
    Phrase,
    Without,
    Word,
)
from kvminbox.index.query.prefixes import (
    BARE,
    PREFIXES,
    RangePrefix,
    TextPrefix,
    text_prefix,
)
from kvminbox.index.query.tokens import Token, query_error, read_tokens
from kvminbox.index.query.values import UnfitError
from kvminbox.index.query.words import Run, find_words, read_runs
from kvminbox.words import shorten

MAX_DEPTH: Final = 6
"""Brackets within brackets; each may cost the parsers of SQLite a dozen of their hundred places."""

MAX_WORDS: Final = 500
"""Words and values of one query."""

NEAR_DISTANCE: Final = 10
"""Places between words joined by a NEAR that states none, as in Xapian."""

MAX_DISTANCE: Final = 1_000
"""The most that NEAR may state."""


def parse_query(text: str, now: datetime | None = None) -> Node:
    """Read a query in lei's language.

    Args:
        text: the query, as `lei q --stdin` or a public-inbox page takes it.
        now: what dates such as `2.weeks.ago` count from, with its zone; None if the
            query has no such date.

    Raises:
        QueryError: something in it can't be understood, or is not supported. Nothing
            is ignored: what the query says, the tree says.

    >>> parse_query("s:vgic NOT Fix").unwanted
    Word(field='', text='Fix', match='exact')
    """
    check_text(text, "a query", "give a text such as 's:vgic f:ada'")
    return _Parser(read_tokens(text), now).parse()


@dataclass(slots=True)
class _SideBySide:
    """What stands side by side: words to find, filters by their field, and what is not wanted."""

    wanted: list[Node] = field(default_factory=list)
    filters: dict[str, list[Node]] = field(default_factory=dict)
    unwanted: list[Node] = field(default_factory=list)
    sign: int = 0
    """Where the last `-` stands."""

    def add(self, node: Node, sign: Token | None) -> None:
        if sign and sign.kind == "-":
            self.unwanted.append(node)
            self.sign = sign.place
        elif isinstance(node, Equal | Between):
            self.filters.setdefault(node.field, []).append(node)
        elif isinstance(node, AllOf):
            self.wanted.extend(node.parts)
        else:
            self.wanted.append(node)

    @property
    def is_negative(self) -> bool:
        return not self.wanted and not self.filters

    def join(self) -> Node:
        # two values of one filter can't both be met: `kind:patch kind:bot` is either
        found = _all_of([*self.wanted, *map(_any_of, self.filters.values())])
        return Without(found, _any_of(self.unwanted)) if self.unwanted else found


def _all_of(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _any_of(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


_POSITIVE: Final = "say first what to find, as in `kind:patch -s:rfc`"


class _Parser:
    """Takes one token after the other; each method reads one rule of the grammar."""

    def __init__(self, tokens: Iterable[Token], now: datetime | None) -> None:
        self._tokens = iter(tokens)
        self._now = now
        self._previous: Token | None = None
        self._token = next(self._tokens, None)
        self._depth = 0
        self._count = 0

    def parse(self) -> Node:
        """Read the whole query."""
        node = self._read_any(BARE)
        if self._token:
            raise query_error(
                self._token.place, "a closing bracket has no opening one", "leave it out"
            )
        return node

    def _take(self, kind: str, *texts: str) -> Token | None:
        """Take the next token if it is of this kind, and one of these texts."""
        token = self._token
        if token is None or token.kind != kind or (texts and token.text not in texts):
            return None
        self._previous, self._token = token, next(self._tokens, None)
        return token

    def _read_any(self, name: str) -> Node:
        parts = [self._read_odd(name)]
        while self._take("operator", "OR"):
            parts.append(self._read_odd(name))
        return _any_of(parts)

    def _read_odd(self, name: str) -> Node:
        parts = [self._read_all(name)]
        while self._take("operator", "XOR"):
            parts.append(self._read_all(name))
        return parts[0] if len(parts) == 1 else OddOf(tuple(parts))

    def _read_all(self, name: str) -> Node:
        """Read what AND and NOT join; in whatever order, the same mails are left."""
        wanted, unwanted = [self._join(self._read_side_by_side(name))], list[Node]()
        while operator := self._take("operator", "AND", "NOT"):
            if operator.text == "NOT" or self._take("operator", "NOT"):
                unwanted.append(self._join(self._read_side_by_side(name)))
            elif self._token and self._token.kind == "-":
                unwanted += self._read_taken_away(self._token, name)
            else:
                wanted.append(self._join(self._read_side_by_side(name)))
        found = _all_of(wanted)
        return Without(found, _any_of(unwanted)) if unwanted else found

    def _read_taken_away(self, sign: Token, name: str) -> list[Node]:
        parts = self._read_side_by_side(name)
        if not parts.is_negative:  # Xapian takes all of it as unwanted, few readers would
            raise query_error(sign.place, "`AND -` is followed by more than one word",
                   "use NOT and brackets, or leave the AND out")  # fmt: skip
        return parts.unwanted

    def _join(self, parts: _SideBySide) -> Node:
        if parts.is_negative:
            raise query_error(parts.sign, "`-` has nothing to exclude from", _POSITIVE)
        return parts.join()

    def _read_side_by_side(self, name: str) -> _SideBySide:
        parts = _SideBySide()
        while self._token and self._token.kind not in {")", "operator"}:
            sign = self._take("+") or self._take("-")
            parts.add(self._read_operand(name), sign)
        if parts.is_negative and not parts.unwanted:
            raise self._explain_nothing()
        return parts

    def _explain_nothing(self) -> QueryError:
        """Say what is missing before the next token, or after the last."""
        token, previous = self._token, self._previous
        if token and token.kind == "operator":
            cure = _POSITIVE if token.text == "NOT" else "leave it out, or quote it"
            return query_error(token.place, f"`{token.text}` has nothing before it", cure)
        if previous and previous.kind == "operator":
            what = f"`{previous.text}` has nothing after it"
            return query_error(previous.place, what, "leave it out, or quote it")
        if previous and previous.kind == "(" and token is None:
            return query_error(previous.place, "the bracket is not closed", "put a ) at its end")
        if previous and previous.kind == "(":
            return query_error(previous.place, "the brackets are empty", "leave them out")
        if token:
            return query_error(token.place, "a closing bracket has no opening one", "leave it out")
        return query_error(0, "the query is empty", "write a word to find")

    def _read_operand(self, outer: str) -> Node:
        prefix = self._take("prefix")
        name = prefix.text if prefix else outer
        if bracket := self._take("("):
            return self._read_group(bracket, name)
        if token := self._take("filter"):
            self._add_words(token, 1)
            return _read_value(token, self._now)
        if token := self._take("quoted"):
            return self._read_quoted(token, name)
        if token := self._take("text"):
            if prefix and token.follower and token.follower in '("“”':
                what = f"`{name}:` applies to `{shorten(token.text)}` only, not to what follows it"
                raise query_error(prefix.place, what, "quote all of it, or put a space between")
            if self._token and self._token.kind == "near":
                return self._read_near(token, name, outer)
            return self._read_text(token, name)
        raise self._explain_operand()

    def _explain_operand(self) -> QueryError:
        token = self._token or self._previous
        if token is None:
            raise AssertionError("an operand is read where there is a token")
        what = f"`{token.text}` is not between two words"
        return query_error(token.place, what, f'quote it to search for the word: "{token.text}"')

    def _read_group(self, bracket: Token, name: str) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise query_error(
                bracket.place, f"more than {MAX_DEPTH} brackets are open", "simplify the query"
            )
        node = self._read_any(name)
        if not self._take(")"):
            raise query_error(bracket.place, "the bracket is not closed", "put a ) at its end")
        self._depth -= 1
        return node

    def _add_words(self, token: Token, count: int) -> None:
        self._count += count
        if self._count > MAX_WORDS:
            raise query_error(
                token.place, f"a query has at most {MAX_WORDS} words", "simplify the query"
            )

    def _read_quoted(self, token: Token, name: str) -> Node:
        words = find_words(token.text)
        self._add_words(token, len(words))
        if not words:
            raise query_error(token.place, "the quotation contains no word", "leave it out")
        return Word(name, words[0]) if len(words) == 1 else Phrase(name, words)

    def _read_text(self, token: Token, name: str) -> Node:
        runs = list(read_runs(token))
        self._add_words(token, sum(len(run.words) for run in runs))
        return _all_of([_make_leaf(run, name) for run in runs])

    def _read_near(self, token: Token, name: str, outer: str) -> Near:
        words, distance = [self._read_lone_word(token)], 1
        while near := self._take("near"):
            distance = max(distance, _read_distance(near))
            prefix = self._take("prefix")
            following = self._take("text")
            if following is None or (prefix.text if prefix else outer) != name:
                what = f"`{near.text}` is not followed by a word with the same prefix"
                raise query_error(
                    near.place, what, "write it as in `s:(one NEAR two)`, or quote it"
                )
            words.append(self._read_lone_word(following))
        if not text_prefix(name).columns:
            raise query_error(token.place, f"`{name}:` takes no NEAR", "search for each word")
        return Near(name, tuple(words), distance)

    def _read_lone_word(self, token: Token) -> str:
        self._add_words(token, 1)
        runs = list(read_runs(token))
        if len(runs) != 1 or len(runs[0].words) != 1 or runs[0].is_open:
            what = f"`{shorten(token.text)}` is not one word, as NEAR takes"
            raise query_error(token.place, what, "give one word on each side of NEAR")
        return runs[0].words[0]


def _read_value(token: Token, now: datetime | None) -> Equal | Between:
    """Read the value of a filter as its prefix takes it."""
    name, prefix = token.text, PREFIXES[token.text]
    assert not isinstance(prefix, TextPrefix)
    try:
        if isinstance(prefix, RangePrefix):
            return Between(name, *prefix.read(token.value, now))
        return Equal(name, prefix.read(token.value))
    except UnfitError as error:
        what = f"`{name}:` can't take `{shorten(token.value)}`"
        raise query_error(
            token.place,
            f"{what}: {error.reason}" if error.reason else what,
            error.cure or f"write {name}: and {prefix.form}",
        ) from None


def _read_distance(near: Token) -> int:
    name, _, number = near.text.partition("/")
    if name == "ADJ":
        raise query_error(
            near.place, "`ADJ` is not supported", "use NEAR, or a quotation, or quote the word"
        )
    if not number:
        return NEAR_DISTANCE
    distance = int(number[:9])
    if not 1 <= distance <= MAX_DISTANCE:
        what = f"`{shorten(near.text)}` is not a distance from 1 to {MAX_DISTANCE:,}"
        raise query_error(near.place, what, "write it as in NEAR/5")
    return distance


def _make_leaf(run: Run, name: str) -> Word | Phrase:
    if len(run.words) > 1:
        return Phrase(name, run.words, run.is_open)
    if run.is_open:
        return Word(name, run.words[0], "beginning")
    stems = run.may_stem and text_prefix(name).stems
    return Word(name, run.words[0], "stem" if stems else "exact")
