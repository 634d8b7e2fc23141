"""A query as a tree of frozen values: leaves that find mails, and what joins them."""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """One word in the text of a field."""

    field: str
    """The prefix, a key of `PREFIXES`, or `BARE`."""

    text: str
    """The word as written."""

    match: Literal["stem", "exact", "beginning"] = "exact"
    """Whether words of the same stem count too, or all words that begin so."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one right after the other, in one part of the mail."""

    field: str
    """The prefix, a key of `PREFIXES`, or `BARE`."""

    words: tuple[str, ...]
    """The words as written, two or more."""

    is_open: bool = False
    """Whether the last is only the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand near each other in any order, in one part of the mail."""

    field: str
    """The prefix, a key of `PREFIXES`, or `BARE`."""

    words: tuple[str, ...]
    """The words as written, two or more; none is stemmed."""

    distance: int
    """How many places two neighbours may be apart; 1 is side by side."""


@dataclass(frozen=True, slots=True)
class Equal:
    """A value that has to be met whole."""

    field: str
    """The prefix, a key of `PREFIXES`."""

    value: str
    """The value, without angle brackets, hex digits and list names in lower case."""


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers: seconds since 1970, bytes or revisions."""

    field: str
    """The prefix, a key of `PREFIXES`."""

    begin: int | None
    """The first number inside; None if it is open."""

    end: int | None
    """The first number beyond; None if it is open."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """What each of the parts finds."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What any of the parts finds."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class OddOf:
    """What an odd number of the parts finds; of two, what one finds and the other does not."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """What one part finds, but for what the other finds."""

    wanted: "Node"
    unwanted: "Node"


Leaf: TypeAlias = Word | Phrase | Near | Equal | Between
Node: TypeAlias = Leaf | AllOf | AnyOf | OddOf | Without
"""Any query, or part of one."""
