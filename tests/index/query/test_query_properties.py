"""What holds for any query at all."""

import sqlite3
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvminbox.errors import QueryError
from kvminbox.index.query import compile_query, parse_query
from kvminbox.index.query.nodes import AllOf, AnyOf, OddOf, Without
from kvminbox.index.query.tokens import MAX_LENGTH
from kvminbox.index.schema import TABLES
from kvminbox.safe import safe_text

PIECES = st.sampled_from([
    "a", "b", "Fix", "fix", "s:", "f:", "nq:", "l:", "kind:patch", "mid:x@y", "revision:2..",
    "z:1..", "d:2020-01-01..", "(", ")", '"', "“", "+", "-", "*", "AND", "OR", "NOT", "XOR",
    "NEAR", "NEAR/2", "ADJ", " ", " ", " ", ":", "..", "/", "'", "\0", "{", "}", "^",
    "abcdef1", "\u0301", "é", "हि",
])  # fmt: skip

TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


@pytest.fixture(scope="module")
def database():
    """Return the tables of an index with a word or two."""
    database = sqlite3.connect(":memory:")
    for sql in TABLES.values():
        database.execute(sql)
    database.execute("INSERT INTO fulltext (rowid, s, nq) VALUES (1, 'a b fix fixes', 'a abcdef1')")
    yield database
    database.close()


def find(database, text):
    chosen = compile_query(
        parse_query(text),
        scan=lambda begin, end: [
            word for word in ("a", "b", "fix", "fixes") if begin <= word < end
        ],
        find_series=lambda message_id: [message_id],
    )
    sql = f"SELECT id FROM message WHERE {chosen.condition}"
    return database.execute(sql, chosen.parameters).fetchall()


@given(TEXTS)
def test_any_text_is_a_query_or_a_query_error(database, text):
    """Nothing but QueryError is raised, and SQLite takes what is compiled."""
    try:
        find(database, text)
    except QueryError as error:
        assert str(error) == safe_text(str(error))


def leaves():
    words = st.sampled_from(["a", "s:fix", "f:Fix", 'nq:"a b"', "b*", "a NEAR b"])
    filters = st.sampled_from(["kind:patch", "revision:2", "z:..5", "mid:x", "l:x", "series:x"])
    return st.one_of(words, filters)


def branches(children):
    joints = st.sampled_from([" ", " AND ", " OR ", " XOR ", " NOT ", " -"])
    return st.tuples(children, joints, children).map(lambda parts: f"({''.join(parts)})")


@given(st.recursive(leaves(), branches, max_leaves=30))
def test_well_formed_queries_are_answered(database, text):
    """Whatever is joined in whatever way is read and compiled to what SQLite takes."""
    try:
        find(database, text)
    except QueryError as error:
        assert "brackets are open" in error.what


def truth(node, met):
    """Whether a mail that meets these leaves is found, straight from the tree."""
    if isinstance(node, AllOf):
        return all(truth(part, met) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(truth(part, met) for part in node.parts)
    if isinstance(node, OddOf):
        return sum(truth(part, met) for part in node.parts) % 2 == 1
    if isinstance(node, Without):
        return truth(node.wanted, met) and not truth(node.unwanted, met)
    return node in met


ATOMS = {"s:one": {"s": "one"}, "q:two": {"q": "two"}, "kind:bot": {"kind": "bot"},
         "revision:7": {"revision": 7}}  # fmt: skip


@given(st.recursive(st.sampled_from([*ATOMS]), branches, max_leaves=12))
def test_sql_means_what_the_tree_means(text):
    """For each of the sixteen mails that meet some leaves, SQL and tree say the same."""
    node = parse_query(text)
    chosen = compile_query(node, scan=lambda begin, end: ())
    sql = f"SELECT id FROM message WHERE {chosen.condition}"
    found = {number for (number,) in SIXTEEN.execute(sql, chosen.parameters)}
    parsed = {atom: parse_query(atom) for atom in ATOMS}
    expected = {
        number
        for number in range(16)
        if truth(node, [parsed[atom] for place, atom in enumerate(ATOMS) if number >> place & 1])
    }
    assert found == expected


def make_sixteen():
    database = sqlite3.connect(":memory:")
    for sql in TABLES.values():
        database.execute(sql)
    for number in range(16):
        values = {"s": "", "q": "", "kind": "patch", "revision": None}
        for place, given_ in enumerate(ATOMS.values()):
            values |= given_ if number >> place & 1 else {}
        database.execute(
            "INSERT INTO message (id, content, epoch, seq, shown, received, sent, size, kind,"
            " revision, seal) VALUES (?, ?, 0, 0, 1, 0, 0, 0, ?, ?, 0)",
            (number, str(number).encode(), values["kind"], values["revision"]),
        )
        database.execute(
            "INSERT INTO fulltext (rowid, s, q) VALUES (?, ?, ?)",
            (number, values["s"], values["q"]),
        )
    return database


SIXTEEN = make_sixteen()

LONG = ["(", ")", '"', '"a', "“”", "a ", "a(", "()", "a()", "-", "+a", "s:", "a:", "a.", "a..",
        "a*", "a'", "*", "NOT ", "a OR ", "a NEAR ", "\u0301", "ह\u093f", " ", 'mid:""',
        "1,"]  # fmt: skip


def read_or_refuse(query):
    with suppress(QueryError):
        parse_query(query)


@pytest.mark.slow
@pytest.mark.parametrize("piece", LONG)
def test_long_queries_are_read_in_linear_time(piece, assert_linear):
    """A query is read, or refused, in time that grows with its length, up to the greatest."""
    for shape in ("{}", "({})", '"{}"', "s:{}", "x{}"):
        assert_linear(
            read_or_refuse,
            lambda size: shape.replace("{}", piece * (size // len(piece)))[:size],  # noqa: B023
            MAX_LENGTH,
        )
