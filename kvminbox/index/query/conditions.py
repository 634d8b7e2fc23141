"""Conditions on messages: an expression of FTS5, or SQL on the alias `message`.

No text of a query gets into the SQL: values are bound, and so is the expression of
FTS5, in which words are FTS5's own strings.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from kvminbox.index.query.costs import Costs
from kvminbox.index.query.nodes import Leaf
from kvminbox.index.query.stems import ScanWords

FindSeries = Callable[[str], Iterable[str]]
"""Returns the Message-IDs of the series that has this one; none where there is no such series."""

Value = str | int | bytes

MATCHES: Final = "message.id IN (SELECT rowid FROM fulltext WHERE fulltext MATCH ?)"


class Match(NamedTuple):
    """A condition that the full text alone can answer."""

    expression: str


class Sql(NamedTuple):
    """Any other condition."""

    text: str
    parameters: tuple[Value, ...]


Condition: TypeAlias = Match | Sql


@dataclass(slots=True)
class Lookups:
    """What has to be asked of the index while a query is compiled, and what was found so far."""

    scan: ScanWords
    find_series: FindSeries | None
    costs: Costs
    stems: dict[str, str] = field(default_factory=dict)
    """The stems of the index's words that were looked at."""
    parts: dict[Leaf, Condition] = field(default_factory=dict)
    """The conditions of the leaves that were compiled."""


# Words


def quote(words: str) -> str:
    """Return words as one string of FTS5; no query has a quotation mark in its words."""
    return '"' + words.replace('"', '""').replace("\0", "") + '"'


def in_columns(columns: Sequence[str], expression: str) -> Match:
    """Return what finds an expression in some columns of the full text."""
    return Match(f"{{{' '.join(columns)}}}: {expression}")


def begins_in(*columns: str) -> Callable[[str, Lookups], Match]:
    """Return what compiles the first digits of an id, looked for in some columns."""
    return lambda digits, _ask: in_columns(columns, f"{quote(digits)} *")


# Values

HAS_ID: Final = """message.id IN (
SELECT link.message FROM message_identifier AS link
JOIN identifier ON identifier.id = link.identifier
WHERE identifier.text {})"""

IS_ON_LIST: Final = """message.id IN (
SELECT entry.message FROM entry WHERE NOT entry.gone AND entry.list IN (
SELECT list.id FROM list WHERE {}))"""


def equals(sql: str) -> Callable[[str, Lookups], Sql]:
    """Return what compiles a value: it is bound for the one `?` in the SQL."""
    return lambda value, _ask: Sql(sql, (value,))


# Joining


def join_any(parts: Sequence[Condition]) -> Condition:
    """Return what any of the parts finds."""
    matches = [part for part in parts if isinstance(part, Match)]
    sql = [part for part in parts if isinstance(part, Sql)]
    if not sql:
        return join_matches(matches, "OR")
    return join_sql([*([as_sql(join_matches(matches, "OR"))] if matches else []), *sql], "OR")


def join_odd(parts: Sequence[Condition]) -> Sql:
    """Return what an odd number of the parts finds."""
    if not parts:  # each stood there an even number of times
        return Sql("FALSE", ())
    # FTS5 has no XOR, and writing it with NOT would double the expression each time
    sql = [as_sql(part) for part in parts]
    text = " + ".join([f"({part.text} IS TRUE)" for part in sql])
    return Sql(f"(({text}) % 2 = 1)", tuple(value for part in sql for value in part.parameters))


def join_matches(parts: Sequence[Match], operator: str) -> Match:
    """Join expressions of FTS5 by an operator of its own."""
    if len(parts) == 1:
        return parts[0]
    return Match(f"({f' {operator} '.join([part.expression for part in parts])})")


def join_sql(parts: Sequence[Sql], operator: str) -> Sql:
    """Join conditions by an operator of SQL."""
    if len(parts) == 1:
        return parts[0]
    text = f" {operator} ".join([part.text for part in parts])
    return Sql(f"({text})", tuple(value for part in parts for value in part.parameters))


def as_sql(condition: Condition) -> Sql:
    """Return a condition as SQL."""
    if isinstance(condition, Match):
        return Sql(MATCHES, (condition.expression,))
    return condition


def negate(condition: Sql) -> Sql:
    """Return what a condition does not find."""
    # a column may be null, and a plain NOT of null would leave the mail out
    return Sql(f"({condition.text} IS NOT TRUE)", condition.parameters)
