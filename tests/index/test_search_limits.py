"""Searches that cost too much end with an error, and ask for no more than they need."""

from datetime import UTC, datetime

import pytest

import kvminbox.index.database as database_room
from kvminbox import Inbox
from kvminbox.errors import KvminboxError, QueryError, UsageError
from kvminbox.index import Index
from kvminbox.index.query import compile_query, parse_query, stems
from kvminbox.index.query.costs import MAX_BEGINNINGS, MAX_UNCOUNTED
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
    with pytest.raises(QueryError, match=r"more than 10 wildcards.*`squee\*`"):
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


def test_an_error_counts_parts_that_are_cheap(index):
    """Where no part takes ten thousand steps, it is their number that costs."""
    query = " XOR ".join(f"mid:{number}@lemon.example" for number in range(100))
    with pytest.raises(QueryError, match=r"20,000 steps of SQLite for 100 parts, each of which"):
        len(index.search(query, steps=20_000))


def test_the_costliest_part_is_measured(index, monkeypatch):
    """Each part is asked by itself, and the one that takes the most steps is named."""
    steps = {"word1": 0, "z:5..": 30_000, "f:ada": 20_000}
    search = index.search(" XOR ".join([*steps, *(f"z:{n}..90" for n in range(90))]), steps=20_000)
    texts = [text for text, _ in search._selection.parts]
    assert texts[:3] == [*steps]
    taken = iter([*steps.values(), *[0] * 90])
    monkeypatch.setattr(type(search), "_count_steps", lambda *_: next(taken))
    with pytest.raises(
        QueryError, match=r"of its parts `z:5\.\.` takes the most by itself, 30,000"
    ):
        len(search)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        (" OR ".join([*(f"word{n}" for n in range(12)), "squeeze"]), "`squeeze` takes 54"),
        (" OR ".join([*(f"word{n}" for n in range(12)), "s:sq*"]), r"`s:sq\*` takes 270"),
        (" OR ".join([*(f"word{n}" for n in range(12)), '"the text"']), '`"the text"` takes'),
        ("squeeze NEAR lemon0 " * 6, "`squeeze NEAR/10 lemon0` takes"),
    ],
)
def test_what_the_full_text_reads_is_limited(index, query, named):
    """A query of many words that reads too much of the full text names the part that does."""
    with pytest.raises(QueryError, match=f"more than 30 steps to read.*{named}.*--steps"):
        index.search(query, steps=30)
    index.search(query)


def test_by_relevance_a_third_is_allowed(index):
    """By relevance the words of a query are read several times, and less of them is allowed."""
    query = " OR ".join(["squeeze", *(f"word{n}" for n in range(12))])
    index.search(query, steps=90)
    with pytest.raises(QueryError, match="more than 30 steps to read"):
        index.search(query, steps=90, order="relevance")


def test_a_few_words_are_not_counted(index, monkeypatch):
    """A query of few words is asked at once: counting would take as long as asking."""
    counted = []
    plain = Index._count_places
    monkeypatch.setattr(
        Index, "_count_places", lambda self, *span: counted.append(span) or plain(self, *span)
    )
    assert len(index.search("squeeze OR s:lemon0 OR word*", steps=30_000)) == 40
    assert counted == []
    index.search(" OR ".join(f"word{n}" for n in range(MAX_UNCOUNTED + 1)))
    assert len(counted) > MAX_UNCOUNTED
    counted.clear()
    index.search("w* OR s*  OR l*")
    assert len(counted) == 3


def test_a_word_is_stemmed_once_for_a_query(index, monkeypatch):
    """However many words of a query begin alike, each word of the index is stemmed once."""
    stemmed = []
    plain = stems.compute_stem
    monkeypatch.setattr(stems, "compute_stem", lambda word: stemmed.append(word) or plain(word))
    assert len(index.search("squeeze OR squeezes OR squeezed OR squeezing OR sq")) == 40
    assert stemmed.count("squeeze") == 2  # once as it was asked, once as a word of the index


def test_all_forms_are_found_where_the_index_leaves_words_out(index):
    """The index passes over words with a digit or sign behind a stem; the forms are the same."""
    scan = "SELECT term FROM vocabulary WHERE term >= ? AND term < ?"
    every = [row[0] for row in index._database.query("SELECT term FROM vocabulary")]
    for word in every:
        plain = stems.find_forms(
            word, lambda *span: (row[0] for row in index._database.query(scan, span))
        )
        assert stems.find_forms(word, index._scan_words) == plain


@pytest.mark.parametrize("limit", [-1, -(10**30)])
def test_there_is_no_negative_number_of_mails(index, limit):
    """A limit below zero is the caller's mistake."""
    search = index.search("squeeze")
    for ask in (search.hits, search.entries, search.message_ids):
        with pytest.raises(UsageError, match="not a number of mails"):
            list(ask(limit))


def test_any_great_number_of_mails_may_be_asked_for(index):
    """A limit that no database can hold is no limit."""
    assert len(list(index.search("squeeze").entries(10**30))) == 40


def test_days_are_counted_from_the_present_that_is_given(index):
    """What git calls today, yesterday and so on counts from `now`, and from no clock."""
    now = datetime(2023, 11, 15, 1, tzinfo=UTC)
    for query in ("d:yesterday..", "rt:1.day.ago..", "dt:2.days.ago..today", "d:last.tuesday.."):
        assert len(index.search(query, now=now)) == 40, query
        assert len(index.search(query, now=now.replace(year=2024))) in {0, 40}
    assert len(index.search("d:today..", now=now)) == 0
    assert len(index.search("d:today", now=now.replace(day=14))) == 40
    with pytest.raises(QueryError, match="now=datetime"):
        index.search("d:today")
