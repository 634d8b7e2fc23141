"""What the full text has to read for a query, counted before it is asked.

SQLite counts the steps of its own machine while it executes a statement, but not what
FTS5 reads between two of them. That is counted here, from the index's list of words.
"""

from collections.abc import Callable
from typing import Final

from kvminbox.errors import QueryError
from kvminbox.index.query.nodes import (
    AllOf,
    AnyOf,
    Between,
    Leaf,
    Near,
    Node,
    OddOf,
    Phrase,
    Without,
    Word,
)
from kvminbox.words import shorten

CountPlaces = Callable[[str, str], int]
"""Returns at how many places of the mails the words from the first up to the second are."""

MAX_BEGINNINGS: Final = 10
"""Beginnings of words, such as `virt*`, in one query."""

MAX_UNCOUNTED: Final = 10
"""Words of a query that is asked without counting first; a beginning of words is five."""

# Steps for each place, as measured: FTS5 merges the places of all words with a beginning and
# compares all of those that are NEAR, but passes over most of a phrase's.
_BEGINNING: Final = 5
_NEAR: Final = 5
_OF_A_PHRASE: Final = 4
"""Places of a phrase that take one step."""


class Costs:
    """The places that the leaves of a query read, up to a limit."""

    def __init__(self, node: Node, count: CountPlaces | None, limit: int) -> None:
        self._count = count if _weigh(node) > MAX_UNCOUNTED else None
        self._limit = limit
        self._known: dict[tuple[str, str], int] = {}
        self._beginnings: list[str] = []
        self._total = 0
        self._most: tuple[int, Leaf] | None = None

    def add(self, leaf: Leaf, forms: tuple[str, ...] = ()) -> None:
        """Add what a leaf reads, with the forms of its word.

        Raises:
            QueryError: that is more than is allowed.
        """
        words = leaf.words if isinstance(leaf, Phrase | Near) else forms
        *whole, last = [word.lower() for word in words]
        if is_open := _is_open(leaf):
            self._add_beginning(" ".join(words))
        if self._count is None:
            return
        if is_open:
            cost = _BEGINNING * self._read(last, f"{last}\U0010ffff")
        else:
            whole.append(last)
            cost = 0
        places = sum(self._read(word, f"{word}\0") for word in whole)
        if isinstance(leaf, Near):
            cost += _NEAR * places
        else:
            cost += places // _OF_A_PHRASE if isinstance(leaf, Phrase) else places
        self._spend(leaf, cost)

    def _read(self, first: str, end: str) -> int:
        if (first, end) not in self._known and self._count:
            self._known[first, end] = self._count(first, end)
        return self._known[first, end]

    def _spend(self, leaf: Leaf, cost: int) -> None:
        self._total += cost
        if self._most is None or cost > self._most[0]:
            self._most = cost, leaf
        if self._total > self._limit:
            most, costly = self._most
            raise QueryError(
                f"it takes more than {self._limit:,} steps to read the positions of its "
                f"words, of which `{shorten(write_leaf(costly))}` takes {most:,}",
                where="query",
                cure="use fewer or rarer words, or fewer in one NEAR;"
                " or allow more with steps (--steps in a shell)",
            )

    def _add_beginning(self, words: str) -> None:
        """Count the beginning of a word, for which FTS5 goes through all words that have it."""
        self._beginnings.append(words)
        if len(self._beginnings) > MAX_BEGINNINGS:
            raise QueryError(
                f"more than {MAX_BEGINNINGS} wildcards such as `virt*` cost too much: "
                    f"`{shorten(words)}*` is one too many",
                where="query", cure="write the words out, or search several times",
            )  # fmt: skip


def _is_open(leaf: Leaf) -> bool:
    if isinstance(leaf, Word):
        return leaf.match == "beginning"
    return isinstance(leaf, Phrase) and leaf.is_open


def _weigh(node: Node) -> int:
    """Return how many words a query has, where a beginning of words counts as five."""
    if isinstance(node, AllOf | AnyOf | OddOf):
        return sum(map(_weigh, node.parts))
    if isinstance(node, Without):
        return _weigh(node.wanted) + _weigh(node.unwanted)
    words = len(node.words) if isinstance(node, Phrase | Near) else 1
    return words + (_BEGINNING - 1 if _is_open(node) else 0)


def write_leaf(leaf: Leaf) -> str:
    """Return a leaf as it may be written in a query; a range has its numbers."""
    prefix = f"{leaf.field}:" if leaf.field else ""
    star = "*" if _is_open(leaf) else ""
    if isinstance(leaf, Word):
        return f"{prefix}{leaf.text}{star}"
    if isinstance(leaf, Phrase):
        return f'{prefix}"{" ".join(leaf.words)}"{star}'
    if isinstance(leaf, Near):
        return prefix + f" NEAR/{leaf.distance} ".join(leaf.words)
    if isinstance(leaf, Between):
        begin, end = leaf.begin, leaf.end
        return f"{prefix}{'' if begin is None else begin}..{'' if end is None else end - 1}"
    return f"{prefix}{leaf.value}"
