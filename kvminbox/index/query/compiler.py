"""A tree to SQL: conditions on the alias `message`, and one expression of FTS5.

No text of a query gets into the SQL: values are bound, and so is the expression of
FTS5, whose words stand in it as FTS5's own strings. What only asks the full text
is put together into one expression, which is much quicker than several.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kvminbox.errors import QueryError
from kvminbox.index.query.fields import TEXT_FIELDS
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
from kvminbox.index.query.stems import ScanWords, find_forms

FindSeries = Callable[[str], Iterable[str]]
"""Gives the Message-IDs of the series that has this one; none where there is no such series."""

Value = str | int | bytes


@dataclass(frozen=True, slots=True)
class Selection:
    """Which messages a query selects, for a statement `SELECT … FROM message WHERE …`.

    Every result meets both `match`, where it is not None, and `rest`. Messages of which
    no copy is shown are not left out.
    """

    match: str | None
    """An expression of FTS5 on the table `fulltext`, to be bound; rank by it with bm25.
    None where no words have to be there, so that there is nothing to rank by."""

    rest: str
    """A condition in SQL on the alias `message`, beside `match`."""

    rest_parameters: tuple[Value, ...]
    """What is bound in `rest`, in order."""

    @property
    def condition(self) -> str:
        """The whole condition in SQL, `match` included."""
        return self.rest if self.match is None else f"{_MATCHES} AND {self.rest}"

    @property
    def parameters(self) -> tuple[Value, ...]:
        """What is bound in `condition`, in order."""
        return self.rest_parameters if self.match is None else (self.match, *self.rest_parameters)


_MATCHES: Final = "message.id IN (SELECT rowid FROM fulltext WHERE fulltext MATCH ?)"


class _Words(NamedTuple):
    """A condition on the full text alone."""

    match: str


class _Sql(NamedTuple):
    """Any other condition."""

    text: str
    parameters: tuple[Value, ...]


_Condition = _Words | _Sql


@dataclass(frozen=True, slots=True)
class _Lookups:
    """What has to be asked of the index while a query is compiled."""

    scan: ScanWords
    find_series: FindSeries | None


def compile_query(
    node: Node, *, scan: ScanWords, find_series: FindSeries | None = None
) -> Selection:
    """Compile a query for the tables of an index.

    Args:
        node: what `parse_query` gave.
        scan: looks up the words of the index, for those of the same stem.
        find_series: finds the mails of a series, for `series:`.

    Raises:
        QueryError: a word has too many forms, or `series:` is asked for without
            `find_series`.
    """
    words, sql = _divide(node, _Lookups(scan, find_series))
    match = words.match if words else None
    return Selection(match, sql.text if sql else "TRUE", sql.parameters if sql else ())


def _compile(node: Node, ask: _Lookups) -> _Condition:
    if isinstance(node, AnyOf):
        return _join_any([_compile(part, ask) for part in node.parts])
    if isinstance(node, OddOf):
        return _join_odd([_compile(part, ask) for part in node.parts])
    if isinstance(node, AllOf | Without):
        words, sql = _divide(node, ask)
        if sql is None and words is not None:
            return words
        return _join_sql([_as_sql(part) for part in (words, sql) if part is not None], "AND")
    return _compile_leaf(node, ask)


def _divide(node: Node, ask: _Lookups) -> tuple[_Words | None, _Sql | None]:
    """Divide what has to be met into what the full text can answer and what it can't."""
    wanted, unwanted = _gather(node)
    found = [_compile(each, ask) for each in wanted]
    hated = [_compile(each, ask) for each in unwanted]
    words = [each for each in found if isinstance(each, _Words)]
    sql = [each for each in found if isinstance(each, _Sql)]
    if not words:  # FTS5 knows no NOT without something before it
        return None, _join_sql([*sql, *[_negate(_as_sql(each)) for each in hated]], "AND")
    match = _join_words(words, "AND")
    if hated_words := [each for each in hated if isinstance(each, _Words)]:
        match = _join_words([match, _join_words(hated_words, "OR")], "NOT")
    sql += [_negate(each) for each in hated if isinstance(each, _Sql)]
    return match, (_join_sql(sql, "AND") if sql else None)


def _gather(node: Node) -> tuple[list[Node], list[Node]]:
    """Give what a node wants and what it does not, with the brackets of ANDs undone."""
    if isinstance(node, Without):
        wanted, unwanted = _gather(node.wanted)
        return wanted, [*unwanted, *_split_any(node.unwanted)]
    if isinstance(node, AllOf):
        pairs = [_gather(part) for part in node.parts]
        return [one for pair in pairs for one in pair[0]], [
            one for pair in pairs for one in pair[1]
        ]
    return [node], []


def _split_any(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, AnyOf) else (node,)


# Joining


def _join_any(parts: Sequence[_Condition]) -> _Condition:
    words = [part for part in parts if isinstance(part, _Words)]
    sql = [part for part in parts if isinstance(part, _Sql)]
    if not sql:
        return _join_words(words, "OR")
    return _join_sql([*([_as_sql(_join_words(words, "OR"))] if words else []), *sql], "OR")


def _join_odd(parts: Sequence[_Condition]) -> _Sql:
    # FTS5 has no XOR, and writing it with NOT would double the expression each time
    sql = [_as_sql(part) for part in parts]
    text = " + ".join([f"({part.text} IS TRUE)" for part in sql])
    return _Sql(f"(({text}) % 2 = 1)", tuple(value for part in sql for value in part.parameters))


def _join_words(parts: Sequence[_Words], operator: str) -> _Words:
    if len(parts) == 1:
        return parts[0]
    text = f" {operator} ".join([part.match for part in parts])
    return _Words(f"({text})")


def _join_sql(parts: Sequence[_Sql], operator: str) -> _Sql:
    if len(parts) == 1:
        return parts[0]
    text = f" {operator} ".join([part.text for part in parts])
    return _Sql(f"({text})", tuple(value for part in parts for value in part.parameters))


def _as_sql(condition: _Condition) -> _Sql:
    if isinstance(condition, _Words):
        return _Sql(_MATCHES, (condition.match,))
    return condition


def _negate(condition: _Sql) -> _Sql:
    # a column may be null, and a plain NOT of null would leave the mail out
    return _Sql(f"({condition.text} IS NOT TRUE)", condition.parameters)


# Leaves


def _compile_leaf(leaf: Leaf, ask: _Lookups) -> _Condition:
    if isinstance(leaf, Equal):
        return _compile_equal(leaf, ask)
    if isinstance(leaf, Between):
        return _compile_between(leaf)
    if leaf.field == "l":
        return _compile_list(leaf)
    if isinstance(leaf, Word):
        return _compile_word(leaf, ask)
    return _in_columns(TEXT_FIELDS[leaf.field], _write_words(leaf))


def _write_words(leaf: Phrase | Near) -> str:
    if isinstance(leaf, Phrase):
        return f"{_quote(' '.join(leaf.words))}{' *' if leaf.is_open else ''}"
    # both count between the first and the last word: Xapian places, FTS5 the words between
    between = leaf.distance + len(leaf.words) - 3
    return f"NEAR({' '.join(map(_quote, leaf.words))}, {max(between, 0)})"


def _in_columns(columns: Sequence[str], expression: str) -> _Words:
    return _Words(f"{{{' '.join(columns)}}}: {expression}")


def _quote(words: str) -> str:
    """Write words as one string of FTS5; they hold no quote by how they are read."""
    return '"' + words.replace('"', '""').replace("\0", "") + '"'


_OBJECT_ID: Final = re.compile(r"[0-9a-fA-F]{7,40}")
_PATCH_ID: Final = re.compile(r"[0-9a-fA-F]{40}")


def _compile_word(word: Word, ask: _Lookups) -> _Condition:
    columns = TEXT_FIELDS[word.field]
    found: list[_Condition] = [_in_columns(columns, _write_word(word, ask))]
    if "dfpre" in columns and _OBJECT_ID.fullmatch(word.text):
        found.append(_begin_in("dfpre dfpost", word.text))
        if _PATCH_ID.fullmatch(word.text):
            found.append(_compile_patch_id(word.text))
    return _join_any(found)


def _write_word(word: Word, ask: _Lookups) -> str:
    if word.match == "beginning":
        return f"{_quote(word.text)} *"
    if word.match == "exact":
        return _quote(word.text)
    forms = [_quote(form) for form in find_forms(word.text, ask.scan)]
    return forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})"


def _begin_in(columns: str, digits: str) -> _Words:
    return _Words(f"{{{columns}}}: {_quote(digits)} *")


def _compile_patch_id(digits: str) -> _Sql:
    return _Sql("message.patch_id = ?", (bytes.fromhex(digits),))


_HAS_ID: Final = """message.id IN (
SELECT link.message FROM message_identifier AS link
JOIN identifier ON identifier.id = link.identifier
WHERE identifier.text {})"""

_IS_ON_LIST: Final = """message.id IN (
SELECT entry.message FROM entry WHERE NOT entry.gone AND entry.list IN (
SELECT list.id FROM list WHERE {}))"""

_BLOBS: Final = {"dfpre": "dfpre", "dfpost": "dfpost", "dfblob": "dfpre dfpost"}
_PLAIN: Final = {"kind": "message.kind = ?", "changeid": "message.change_id = ?",
                 "mid": _HAS_ID.format("= ?"),
                 "lid": _IS_ON_LIST.format("lower(list.text) = ?")}  # fmt: skip
_NUMBERS: Final = {"d": "sent", "dt": "sent", "rt": "received", "z": "size",
                   "revision": "revision"}  # fmt: skip


def _compile_equal(leaf: Equal, ask: _Lookups) -> _Condition:
    if leaf.field in _BLOBS:
        return _begin_in(_BLOBS[leaf.field], leaf.value)
    if leaf.field == "patchid":
        return _compile_patch_id(leaf.value)
    if leaf.field == "series":
        return _compile_series(leaf.value, ask)
    return _Sql(_PLAIN[leaf.field], (leaf.value,))


def _compile_series(message_id: str, ask: _Lookups) -> _Sql:
    if ask.find_series is None:
        raise QueryError("`series:` is not supported here", where="query", cure="leave it out")
    ids = json.dumps([*ask.find_series(message_id)])
    return _Sql(_HAS_ID.format("IN (SELECT value FROM json_each(?))"), (ids,))


def _compile_between(leaf: Between) -> _Sql:
    column = f"message.{_NUMBERS[leaf.field]}"
    bounds = [(f"{column} >= ?", leaf.begin), (f"{column} < ?", leaf.end)]
    stated = [_Sql(text, (bound,)) for text, bound in bounds if bound is not None]
    return _join_sql(stated or [_Sql("TRUE", ())], "AND")  # `rt:..` is open at both ends: any mail


# A list's name in small letters with dots around each of its words, to look for others in.
_DOTTED: Final = "'.' || replace(replace(lower(list.text), '-', '.'), '@', '.') || '.'"


def _compile_list(leaf: Word | Phrase | Near) -> _Sql:
    words = (leaf.text,) if isinstance(leaf, Word) else leaf.words
    is_open = leaf.is_open if isinstance(leaf, Phrase) else _is_beginning(leaf)
    wanted = f".{'.'.join(words).lower()}{'' if is_open else '.'}"
    return _Sql(_IS_ON_LIST.format(f"instr({_DOTTED}, ?)"), (wanted,))


def _is_beginning(leaf: Word | Near) -> bool:
    return isinstance(leaf, Word) and leaf.match == "beginning"
