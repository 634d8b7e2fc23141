"""What compiled queries find in a small index, and what of them gets into the SQL."""

import pytest

from kvminbox.errors import QueryError
from kvminbox.index.query import compile_query, parse_query
from kvminbox.index.query.parser import MAX_DEPTH, MAX_WORDS

PATCH_ID = "0123456789" * 4


@pytest.fixture
def filled(small_index):
    """Return an index of five mails that differ in everything."""
    small_index.add(
        1, s="Fixes for the oak", f="Ida Birch ida@wood.example", nq="the page\ntable of leaves",
        m="1@wood.example", ids=["1@wood.example"], list_id="Trees.list-one.Example",
        sent=1600000100, received=1600000105, size=10, kind="cover_letter", revision=2,
        author="Ida Birch ida@wood.example",
    )  # fmt: skip
    small_index.add(
        2, s="fix the elm", f="Jo Ash jo@wood.example", dfn="arch/elm/leaf.c", dfb="int leaf",
        dfa="long leaf", dfpre="abcdef123456", dfpost="99999999aaaa",
        patch_id=bytes.fromhex(PATCH_ID), ids=["2@wood.example", "2b@wood.example"],
        list_id="birds.example", sent=1600000200, received=1600000205, size=20, kind="patch",
        revision=3, change_id="elm-1", tag="Acked-by: Kim Fir\nReviewed-by: Jo",
    )  # fmt: skip
    small_index.add(
        3, s="Re: fixing the elm", t="Ida Birch ida@wood.example", q="> int leaf", nq="Fine.",
        n="oak.txt", ids=["3@wood.example"], sent=1600000300, received=1600000305, size=30,
        kind="reply",
    )  # fmt: skip
    small_index.add(
        4, s="oak", c="Ida Birch ida@wood.example", nq="one two three four five",
        sent=1600000400, received=1600000405, size=40, list_id="birds.example", gone=1,
    )  # fmt: skip
    small_index.add(
        5, dfhh="grow_leaf", dfctx="a_b c", nq="KVM",
        sent=1600000500, received=1600000505, size=50,
    )  # fmt: skip
    return small_index


FOUND = {
    # what each field covers
    "oak": [1, 3, 4], "s:oak": [1, 4], "n:oak": [3], "f:ida": [1], "t:ida": [3], "c:ida": [4],
    "tc:ida": [3, 4], "tcf:ida": [1, 3, 4], "a:ida": [1, 3, 4], "ida": [1], "author:ida": [1],
    "leaf": [2, 3], "b:leaf": [2, 3], "nq:leaf": [2], "q:leaf": [3], "bs:elm": [2, 3],
    "b:elm": [2], "dfn:elm": [2], "dfn:arch/elm": [2], "dfa:long": [2], "dfb:long": [],
    "dfb:int": [2], "dfhh:grow_leaf": [5], "dfctx:a_b": [5], "a_b": [5], "m:wood.example": [1],
    "1@wood.example": [1],
    # forms, phrases, beginnings
    "s:fix": [1, 2, 3], "s:Fix": [2], "s:fixes": [1, 2, 3], "s:FIXES": [1], 's:"fix"': [2],
    "s:fixing": [1, 2, 3], "fix*": [1, 2, 3], "s:fixe*": [1], "KVM": [5], "kvm": [5],
    '"page table"': [1], '"table page"': [], "page-table": [1], "page-tab*": [1],
    '"oak leaves"': [], "table leaf": [], "table leaves": [1],
    "one NEAR three": [4], "three NEAR one": [4], "one NEAR/2 three": [4],
    "one NEAR/1 three": [], "one NEAR/4 five": [4], "one NEAR/3 five": [],
    "one NEAR/1 two NEAR/1 three": [4], "one NEAR/1 two NEAR/1 four": [],
    # joined
    "s:oak s:fix": [1], "s:oak OR s:elm": [1, 2, 3, 4], "s:oak NOT s:fix": [4],
    "s:oak -s:fix": [4], "s:oak XOR s:fix": [2, 3, 4], "s:oak XOR s:fix XOR s:elm": [4],
    "s:oak OR kind:patch": [1, 2, 4], "s:fix kind:patch": [2], "s:fix -kind:patch": [1, 3],
    "s:fix NOT (kind:patch OR s:re)": [1], "kind:patch NOT s:oak": [2],
    "kind:patch -s:elm": [], "(s:oak kind:cover_letter) OR dfhh:grow_leaf": [1, 5],
    "kind:patch XOR s:fix": [1, 3], "s:elm NOT revision:3": [3], "s:elm -revision:1..": [3],
    # filters
    "mid:1@wood.example": [1], "mid:2b@wood.example": [2], "mid:1@wood": [],
    "mid:1@wood.example mid:3@wood.example": [1, 3],
    "lid:trees.list-one.example": [1], "lid:birds.example": [2], "lid:example": [],
    "l:one": [1], "l:list-one": [1], "l:list.one": [1], "l:tree": [], "l:tree*": [1],
    "l:example": [1, 2], "l:trees.li*": [1], "s:elm l:birds": [2],
    "dfpre:abcdef1": [2], "dfpre:abcdef123456": [2], "dfpre:abcdef1234567": [],
    "dfpre:9999999": [], "dfpost:9999999": [2], "dfblob:abcdef1": [2], "dfblob:9999999": [2],
    "abcdef1": [2], "9999999": [2], f"patchid:{PATCH_ID}": [2], PATCH_ID: [2],
    "changeid:elm-1": [2], "kind:reply": [3], "kind:reply kind:patch": [2, 3], "kind:bot": [],
    "revision:2": [1], "revision:2..": [1, 2], "revision:..2": [1], "revision:1..3": [1, 2],
    "z:20..30": [2, 3], "z:..19": [1], "z:40..": [4, 5],
    "rt:..1600000205": [1, 2], "dt:@1600000300..": [3, 4, 5],
    "rt:1600000205..1600000305": [2, 3],
    "rt:1600000205..1600000305 rt:1600000505..": [2, 3, 5],
    "dt:@1600000100..@1600000300 rt:1600000300..": [3],
    "rt:..": [1, 2, 3, 4, 5], "s:elm rt:..": [2, 3], "rt:.. rt:1600000305..": [1, 2, 3, 4, 5],
    "s:elm -d:..": [],
    "tag:kim": [2], 'tag:"Acked-by: Kim"': [2], "tag:Reviewed-by": [2],
    'tag:"Reviewed-by: Kim"': [],
}  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_a_query_finds_its_mails(filled, text):
    """Each query finds the mails that have what it asks for, and no others."""
    assert filled.find(text) == FOUND[text]


@pytest.mark.parametrize("text", FOUND)
def test_match_and_rest_say_what_the_condition_says(filled, text):
    """The two halves, with which hits can be ranked, select what the whole condition does."""
    chosen = filled.compile(text)
    if chosen.match is None:
        assert (chosen.condition, chosen.parameters) == (chosen.rest, chosen.rest_parameters)
        return
    rows = filled.database.execute(
        "SELECT message.id FROM fulltext JOIN message ON message.id = fulltext.rowid"
        f" WHERE fulltext MATCH ? AND {chosen.rest} ORDER BY bm25(fulltext), message.id",
        (chosen.match, *chosen.rest_parameters),
    )
    assert sorted(number for (number,) in rows) == FOUND[text]


def test_words_are_put_into_one_expression(filled):
    """What only asks the full text is one question to it, whatever joins it."""
    chosen = filled.compile("s:oak (s:fix OR f:ida) -s:elm NOT q:leaf")
    assert chosen.rest == "TRUE"
    assert chosen.match.count("MATCH") == 0
    assert "NOT" in chosen.match


def test_a_series_is_what_the_caller_says_it_is(filled):
    """`series:` finds the mails whose ids the given function returns."""
    asked = []

    def find_series(message_id):
        asked.append(message_id)
        return ["1@wood.example", "3@wood.example", "absent@wood.example"]

    assert filled.find("series:<3@wood.example>", find_series=find_series) == [1, 3]
    assert filled.find("series:3@wood.example s:elm", find_series=find_series) == [3]
    assert asked == ["3@wood.example", "3@wood.example"]
    assert filled.find("series:x", find_series=lambda message_id: ()) == []


def test_a_series_without_a_way_to_find_it_is_an_error(filled):
    """Without such a function it is said, not ignored."""
    with pytest.raises(QueryError, match="series"):
        filled.find("series:x")


HOSTILE = ["x'; DROP TABLE message; --", '"" OR 1', 'a" OR "b', "a\0b", "{s}: a", "NEAR(a b)",
           "^a", "a + b", "s : a", "%", "_", "\\", "?", ":x", "x' OR '1'='1"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["{}", '"{}"', "s:{}", 's:"{}"', 'mid:"{}"', 'lid:"{}"', "l:{}"])
def test_hostile_words_stay_data(filled, form, text):
    """No text of a query gets into the SQL or acts in FTS5: it is found, or refused."""
    query = form.format(text)
    try:
        node = parse_query(query)
    except QueryError:
        return
    chosen = compile_query(node, scan=filled.scan)
    assert "DROP" not in chosen.condition
    assert "'1'" not in chosen.condition
    assert filled.find(query) in ([], [1, 2, 3, 4, 5], *([n] for n in range(1, 6)))
    assert filled.find("kind:patch") == [2]


def test_an_id_of_sql_is_looked_up(filled):
    """A Message-ID that looks like SQL is found like any other."""
    odd = "x' OR '1'='1\"@wood.example"
    filled.add(6, ids=[odd])
    written = odd.replace('"', '""')
    assert filled.find(f'mid:"{written}"') == [6]


def nest(depth, inner, open_, close):
    return open_ * depth + inner + close * depth


@pytest.mark.parametrize("depth", [1, MAX_DEPTH // 2, MAX_DEPTH])
@pytest.mark.parametrize(
    ("open_", "close"),
    [
        ("(kind:patch OR kind:bot XOR revision:1 AND kind:reply NOT ", ")"),
        ("(s:oak OR kind:bot XOR s:elm kind:patch NOT ", ")"),
        ("(s:oak OR s:fix XOR s:elm -s:leaf NOT ", ")"),
        ("(s:oak OR s:fix AND s:elm NOT ", ")"),
        ("(", " OR s:fix s:elm)"),
        ("(s:oak OR s:fix (", "))"),
        ("(s:fix OR s:elm NOT s:oak (", "))"),
        ("(kind:patch OR s:elm NOT kind:bot (", "))"),
        ("(", " XOR kind:patch)"),
        ("(s:oak XOR s:elm OR kind:patch NOT kind:bot (", "))"),
        ("(kind:patch OR kind:bot XOR revision:1 AND kind:reply NOT (", "))"),
    ],
)
def test_nested_brackets_stay_within_the_limits_of_sqlite(filled, depth, open_, close):
    """The deepest nesting that the parser allows is answered by SQLite and FTS5."""
    count = depth // open_.count("(")
    assert filled.find(nest(count, "s:oak", open_, close)) is not None


@pytest.mark.parametrize("joint", [" ", " OR ", " XOR ", " NOT ", " -", " NEAR "])
@pytest.mark.parametrize("leaf", ["s:oak", "s:Oak", "kind:patch", "revision:1", "s:oak*"])
def test_the_longest_queries_stay_within_the_limits_of_sqlite(filled, joint, leaf):
    """As many words as are allowed are answered, whatever joins them."""
    if joint == " NEAR " and leaf not in {"s:oak", "s:Oak"}:
        pytest.skip("NEAR takes words only")
    assert filled.find(joint.join([leaf] * MAX_WORDS)) is not None
