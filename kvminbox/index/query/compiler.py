"""A tree to SQL: conditions on the alias `message`, and one expression of FTS5.

What only asks the full text is put together into one expression, which is much quicker
than several.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kvminbox.index.query.conditions import (
    IS_ON_LIST,
    MATCHES,
    Condition,
    FindSeries,
    Lookups,
    Match,
    Sql,
    Value,
    as_sql,
    in_columns,
    join_any,
    join_matches,
    join_odd,
    join_sql,
    negate,
    quote,
)
from kvminbox.index.query.costs import Costs, CountPlaces, write_leaf
from kvminbox.index.query.nodes import (
    AllOf,
    AnyOf,
    Between,
    Equal,
    Leaf,
    Near,
    Node,
    OddOf,
    Phrase,
    Without,
    Word,
)
from kvminbox.index.query.prefixes import PREFIXES, RangePrefix, ValuePrefix, text_prefix
from kvminbox.index.query.stems import ScanWords, find_forms


@dataclass(frozen=True, slots=True)
class Selection:
    """Which messages a query selects, for a statement `SELECT … FROM message WHERE …`.

    Every result meets `rest` and, unless it is None, `match`. Messages of which no copy
    is shown are not left out.
    """

    match: str | None
    """An expression of FTS5 on the table `fulltext`, to be bound; rank by it with bm25.
    None if no words have to be there, and there is nothing to rank by."""

    rest: str
    """A condition in SQL on the alias `message`, beside `match`."""

    rest_parameters: tuple[Value, ...]
    """What is bound in `rest`, in order."""

    parts: tuple[tuple[str, Sql], ...] = ()
    """Each leaf of the query as it may be written, and its own condition."""

    @property
    def condition(self) -> str:
        """The whole condition in SQL, `match` included."""
        return self.rest if self.match is None else f"{MATCHES} AND {self.rest}"

    @property
    def parameters(self) -> tuple[Value, ...]:
        """What is bound in `condition`, in order."""
        return self.rest_parameters if self.match is None else (self.match, *self.rest_parameters)


def compile_query(
    node: Node,
    *,
    scan: ScanWords,
    find_series: FindSeries | None = None,
    count: CountPlaces | None = None,
    steps: int = 0,
) -> Selection:
    """Compile a query for the tables of an index.

    Args:
        node: what `parse_query` returned.
        scan: looks up the words of the index, for those of the same stem.
        find_series: finds the mails of a series, for `series:`.
        count: counts the places of words; None not to limit what the full text reads.
        steps: how much it may read: a place is a step, one of NEAR or of a beginning of
            words is five, and four of a phrase are one.

    Raises:
        QueryError: a word has too many forms, too many beginnings of words are asked for,
            the full text would have to read too much, or `series:` is asked for without
            `find_series`.
    """
    ask = Lookups(scan, find_series, Costs(node, count, steps))
    match, sql = _divide(node, ask)
    return Selection(
        match.expression if match else None,
        sql.text if sql else "TRUE",
        sql.parameters if sql else (),
        tuple((write_leaf(leaf), as_sql(part)) for leaf, part in ask.parts.items()),
    )


def _compile(node: Node, ask: Lookups) -> Condition:
    if isinstance(node, AnyOf):
        return join_any([_compile(part, ask) for part in dict.fromkeys(node.parts)])
    if isinstance(node, OddOf):
        odd = [part for part, count in Counter(node.parts).items() if count % 2]
        return join_odd([_compile(part, ask) for part in odd])
    if isinstance(node, AllOf | Without):
        match, sql = _divide(node, ask)
        if sql is None and match is not None:
            return match
        return join_sql([as_sql(part) for part in (match, sql) if part is not None], "AND")
    condition = ask.parts[node] = _compile_leaf(node, ask)
    return condition


def _divide(node: Node, ask: Lookups) -> tuple[Match | None, Sql | None]:
    """Divide what has to be met into what the full text can answer and what it can't."""
    wanted, unwanted = _gather(node)
    found = [_compile(each, ask) for each in dict.fromkeys(wanted)]
    hated = [_compile(each, ask) for each in dict.fromkeys(unwanted)]
    matches = [each for each in found if isinstance(each, Match)]
    sql = [each for each in found if isinstance(each, Sql)]
    if not matches:  # FTS5 knows no NOT without something before it
        return None, join_sql([*sql, *[negate(as_sql(each)) for each in hated]], "AND")
    match = join_matches(matches, "AND")
    if hated_matches := [each for each in hated if isinstance(each, Match)]:
        match = join_matches([match, join_matches(hated_matches, "OR")], "NOT")
    sql += [negate(each) for each in hated if isinstance(each, Sql)]
    return match, (join_sql(sql, "AND") if sql else None)


def _gather(node: Node) -> tuple[list[Node], list[Node]]:
    """Return what a node wants and what it does not, with the brackets of ANDs undone."""
    if isinstance(node, Without):
        wanted, unwanted = _gather(node.wanted)
        rest = node.unwanted
        return wanted, [*unwanted, *(rest.parts if isinstance(rest, AnyOf) else (rest,))]
    if isinstance(node, AllOf):
        pairs = [_gather(part) for part in node.parts]
        return [one for pair in pairs for one in pair[0]], [
            one for pair in pairs for one in pair[1]
        ]
    return [node], []


# Leaves


def _compile_leaf(leaf: Leaf, ask: Lookups) -> Condition:
    if isinstance(leaf, Equal):
        prefix = PREFIXES[leaf.field]
        assert isinstance(prefix, ValuePrefix)
        return prefix.find(leaf.value, ask)
    if isinstance(leaf, Between):
        return _compile_between(leaf)
    columns = text_prefix(leaf.field).columns
    if not columns:
        return _compile_list(leaf)
    if isinstance(leaf, Word):
        return _compile_word(leaf, columns, ask)
    ask.costs.add(leaf)
    return in_columns(columns, _write_words(leaf))


def _compile_between(leaf: Between) -> Sql:
    prefix = PREFIXES[leaf.field]
    assert isinstance(prefix, RangePrefix)
    column = f"message.{prefix.column}"
    bounds = [(f"{column} >= ?", leaf.begin), (f"{column} < ?", leaf.end)]
    stated = [Sql(text, (bound,)) for text, bound in bounds if bound is not None]
    return join_sql(stated or [Sql("TRUE", ())], "AND")  # `rt:..` is open at both ends: any mail


def _write_words(leaf: Phrase | Near) -> str:
    if isinstance(leaf, Phrase):
        return f"{quote(' '.join(leaf.words))}{' *' if leaf.is_open else ''}"
    # both count between the first and the last word: Xapian places, FTS5 the words between
    between = leaf.distance + len(leaf.words) - 3
    return f"NEAR({' '.join(map(quote, leaf.words))}, {max(between, 0)})"


_OBJECT_ID: Final = re.compile(r"[0-9a-fA-F]{7,40}")


def _compile_word(word: Word, columns: Sequence[str], ask: Lookups) -> Condition:
    found: list[Condition] = [in_columns(columns, _write_word(word, ask))]
    if "dfpre" in columns and _OBJECT_ID.fullmatch(word.text):
        ids = ["dfblob", "patchid"] if len(word.text) == 40 else ["dfblob"]
        found += [_compile_leaf(Equal(name, word.text), ask) for name in ids]
    return join_any(found)


def _write_word(word: Word, ask: Lookups) -> str:
    is_stem = word.match == "stem"
    forms = find_forms(word.text, ask.scan, ask.stems) if is_stem else (word.text,)
    ask.costs.add(word, forms)
    if word.match == "beginning":
        return f"{quote(word.text)} *"
    quoted = [quote(form) for form in forms]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


# A list's name in small letters with dots around each of its words, to look for others in.
_DOTTED: Final = "'.' || replace(replace(lower(list.text), '-', '.'), '@', '.') || '.'"


def _compile_list(leaf: Word | Phrase | Near) -> Sql:
    words = (leaf.text,) if isinstance(leaf, Word) else leaf.words
    is_open = isinstance(leaf, Word) and leaf.match == "beginning"
    is_open |= isinstance(leaf, Phrase) and leaf.is_open
    wanted = f".{'.'.join(words).lower()}{'' if is_open else '.'}"
    return Sql(IS_ON_LIST.format(f"instr({_DOTTED}, ?)"), (wanted,))
