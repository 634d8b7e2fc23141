"""Searches that cost too much end with an error, and ask for no more than they need."""

import pytest

import kvminbox.index.database as database_room
from kvminbox import Inbox
from kvminbox.errors import KvminboxError, QueryError, UsageError
from kvminbox.index import Index
from kvminbox.index.query import compile_query, parse_query
from kvminbox.index.query.compiler import MAX_BEGINNINGS
from tests.index.histories import Add, Epoch


@pytest.fixture
def index(tmp_path):
    """Return an index of forty mails."""
    epoch = Epoch(tmp_path / "lemon.git")
    epoch.write(tuple(Add(number) for number in range(40)))
    with Index.open(tmp_path / "index.sqlite", create=True) as index:
        index.update(Inbox.open(epoch.archive.path))
        yield index


def compile_text(text):
    return compile_query(parse_query(text), scan=lambda begin, end: ())


@pytest.mark.parametrize("sign", ["OR", "AND", "NOT"])
def test_equal_parts_are_asked_once(sign):
    """A part that stands in a query several times is in its condition once."""
    chosen = compile_text(f"b* {sign} a* {sign} a* {sign} a*")
    assert chosen.condition.count("?") == 1
    assert str(chosen.parameters).count('"a"') == 1


def test_equal_parts_of_an_odd_number_cancel_out(index):
    """What an odd number of parts finds is the same when a part and its copy are left out."""
    for query, same in (
        ("word1 XOR word2 XOR word1", "word2"),
        ("word1 XOR word1 XOR word1", "word1"),
        ("word1 XOR word1", "word1 NOT word1"),
    ):
        assert list(index.search(query).message_ids()) == list(index.search(same).message_ids())


@pytest.mark.parametrize("sign", [" ", " OR ", " XOR "])
def test_beginnings_of_words_are_limited(index, sign):
    """As many beginnings as the limit are searched for; one more is an error that names it."""
    words = [f"word{number}*" for number in range(MAX_BEGINNINGS)]
    index.search(sign.join(words))
    index.search(sign.join(words * 3) if sign != " XOR " else sign.join(words))
    with pytest.raises(QueryError, match=r"more than 10 beginnings.*`squee\*`"):
        index.search(sign.join([*words, "squee*"]))
    with pytest.raises(QueryError, match=r"`lemon1 sq\*`|`lemon1 sq"):
        index.search(sign.join([*words, "lemon1.sq*"]))


def test_a_search_of_too_many_steps_is_an_error(index):
    """Whatever asks for what a search finds ends after the steps that were allowed."""
    query = " XOR ".join(f"z:{number}..100000" for number in range(100))
    search = index.search(query, steps=20_000)
    for ask in (
        lambda: len(search),
        lambda: list(search.hits()),
        lambda: list(search.entries(1)),
        lambda: list(search.message_ids()),
        lambda: list(search.messages()),
    ):
        with pytest.raises(QueryError, match=r"more than 20,000 steps of SQLite.*XOR"):
            ask()
    assert len(index.search(query)) == 0
    assert len(index.search("squeeze", steps=20_000)) == 40


def test_a_limit_is_in_the_statement(index, monkeypatch):
    """No more rows are read than are asked for."""
    sizes = []
    plain = database_room.Database.query

    def query(self, sql, values=()):
        rows = list(plain(self, sql, values))
        if sql.startswith("SELECT message.id FROM"):
            sizes.append(len(rows))
        return iter(rows)

    monkeypatch.setattr(database_room.Database, "query", query)
    search = index.search("squeeze")
    for order in ("newest", "oldest", "relevance"):
        search = index.search("squeeze", order=order)
        everything = list(search.message_ids())
        assert len(everything) == 40
        sizes.clear()
        assert list(search.message_ids(3)) == everything[:3]
        assert [hit.message.message_id for hit in search.hits(3)] == everything[:3]
        assert len(list(search.entries(3))) == 3
        assert sizes == [3, 3, 3]
        assert list(search.hits(0)) == []


def test_half_a_character_is_no_damage(index):
    """A lone surrogate in a value is the caller's mistake, not the file's damage."""
    with pytest.raises(QueryError, match="column 3: half of a surrogate pair"):
        index.search("a \ud800b")
    with pytest.raises(UsageError, match="surrogate"):
        index._database.value("SELECT ?", ("\udc80",))
    for ask in (
        lambda: index.get("\udc80@lemon.example"),
        lambda: index.thread_of("\udc80"),
        lambda: index.between(None, "\udc80"),
        lambda: index.inbox("\udc80"),
    ):
        try:
            assert ask() is None
        except KvminboxError as error:
            assert "damaged" not in str(error)
