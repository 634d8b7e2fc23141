"""What is kept of trees from one run to the next."""

import os
import sqlite3
from contextlib import closing, suppress
from random import Random

import pytest

from kvminbox import Inbox, Index
from kvminbox.errors import IndexDamagedError, KvminboxError, NotAnIndexError
from kvminbox.index import TreeIndex
from kvminbox.index.trees import _TABLES
from kvminbox.sample import make_sample, make_sample_tree
from kvminbox.upstream import Tree, find_landings
from tests.upstream.trees import ADA, DAY, FILE, NOON, Maker, changed

ONE = {FILE: changed((5, "mended"))}
TWO = {FILE: changed((5, "mended"), (30, "mended, too"))}


@pytest.fixture
def tree(tmp_path):
    """A tree with one landed patch, and one that waits."""
    maker = Maker(tmp_path / "linux.git")
    maker.mail("timer: one", ONE, identity="1@x")
    maker.base = maker.commit("timer: one", ONE, by=ADA, written=NOON)
    maker.mail("timer: two", TWO, identity="2@x", sent=NOON + 60, base=maker.base)
    return maker


@pytest.fixture
def index(tmp_path):
    """A file for trees."""
    with TreeIndex.open(tmp_path / "trees.sqlite") as found:
        yield found


def ids(landings):
    """Return the mails and relations of landings."""
    return [(one.message.message_id, one.relation) for one in landings]


def count_reads(monkeypatch):
    """Return a list that grows with each commit that is read from git, and each diff."""
    read = []
    for name in ("_read_shape", "read_text", "read_diff"):
        real = getattr(Tree, name)

        def spy(self, what, real=real, name=name):
            read.append(name)
            return real(self, what)

        monkeypatch.setattr(Tree, name, spy)
    return read


def test_an_index_of_mails_is_known_again_without_reading_them(tmp_path, index, monkeypatch):
    """What landed of an index of two inboxes is asked for again without a mail being read."""
    found = {}
    with Index.open(tmp_path / "mails.sqlite", create=True) as mails:
        for name in ("kvm", "copy"):
            (tmp_path / name).mkdir()
            mails.update(Inbox.open(make_sample(tmp_path / name)), name=name)
        tree = index.open_tree(make_sample_tree(tmp_path))
        found["first"] = ids(find_landings(mails, tree))
        monkeypatch.setattr(Index, "messages", lambda *_, **__: 1 / 0)
        found["again"] = ids(find_landings(mails, tree))
        assert len({entry.commit for entry in mails.entries()}) > len(found["first"])
    assert found["again"] == found["first"] != []


def test_a_kept_tree_gives_the_same_landings(tree, index):
    """With and without the file, and a second time, the answers are equal."""
    plain = tree.land()
    for _ in range(2):
        assert list(find_landings(tree, index.open_tree(tree.path))) == plain


def test_what_was_answered_is_not_read_again(tree, index, monkeypatch):
    """A second run over the same mails and commits reads no commit."""
    first = list(find_landings(tree, index.open_tree(tree.path)))
    read = count_reads(monkeypatch)
    assert list(find_landings(tree, index.open_tree(tree.path))) == first
    assert read == []


def test_only_new_commits_are_looked_at(tree, index, monkeypatch):
    """After a fetch the commits that came are read, and no other; tags are those of now."""
    list(find_landings(tree, index.open_tree(tree.path)))
    tip = tree.commit("timer: two", TWO, by=ADA, written=NOON + 60, at=NOON + 3 * DAY)
    tree.commit(f"x\n\nThis reverts commit {tree.base}.", {FILE: changed()}, at=NOON + 4 * DAY)
    tree.tag("v1", tip)
    plain = tree.land()
    read = count_reads(monkeypatch)
    found = list(find_landings(tree, index.open_tree(tree.path)))
    assert found == plain
    assert ids(found) == [("1@x", "applied"), ("2@x", "applied"), ("1@x", "revert")]
    assert {one.release for one in found[:2]} == {"v1"}
    assert read.count("read_text") == 2
    assert read.count("read_diff") == 1


def test_a_rewritten_branch_loses_what_is_gone(tree, index):
    """A landing whose commit is no more in the history is dropped, and its rows with it."""
    list(find_landings(tree, index.open_tree(tree.path)))
    tree.writer._repo.references.create("refs/heads/master", tree.root, force=True)
    assert list(find_landings(tree, index.open_tree(tree.path))) == tree.land() == []
    with index.reading() as connection:
        for table, count in (("commits", 1), ("diff", 0), ("landing", 0)):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)


def test_new_mails_are_matched_with_kept_diffs(tree, index, monkeypatch):
    """Where the list grew its commits are compared anew, but no diff is read twice."""
    list(find_landings(tree, index.open_tree(tree.path)))
    tree.mail("timer: one", ONE, identity="resent@x", sent=NOON + 120)
    plain = tree.land()
    read = count_reads(monkeypatch)
    assert list(find_landings(tree, index.open_tree(tree.path))) == plain
    assert [ref.message_id for ref in plain[0].also] == ["resent@x"]
    assert "read_diff" not in read


def test_trees_of_one_list_are_kept_apart(tree, index):
    """Two branches, or two clones, are two trees; each has its own landings."""
    tree.commit("timer: two", TWO, by=ADA, written=NOON + 60, branch="next", parents=[tree.base])
    for _ in range(2):
        found = [
            ids(find_landings(tree, index.open_tree(tree.path, refs)))
            for refs in (("master",), ("next",))
        ]
        assert found == [[("1@x", "applied")], [("1@x", "applied"), ("2@x", "applied")]]


def test_the_file_keeps_what_it_knows_when_it_is_opened_again(tree, tmp_path, monkeypatch):
    """A later process finds it."""
    path = tmp_path / "trees.sqlite"
    with TreeIndex.open(path) as index:
        first = list(find_landings(tree, index.open_tree(tree.path)))
    read = count_reads(monkeypatch)
    with TreeIndex.open(path) as index:
        assert list(find_landings(tree, index.open_tree(tree.path))) == first
    assert read == []


def test_a_file_of_another_version_is_filled_again(tree, tmp_path):
    """Its tables are dropped: it is a cache."""
    path = tmp_path / "trees.sqlite"
    with TreeIndex.open(path) as index:
        list(find_landings(tree, index.open_tree(tree.path)))
        with index.writing() as connection:
            connection.execute("PRAGMA user_version = 99")
    with TreeIndex.open(path) as index:
        assert list(find_landings(tree, index.open_tree(tree.path))) == tree.land()


def test_another_file_is_refused(tmp_path):
    """Neither another program's database nor what is none is written to."""
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    (tmp_path / "text").write_text("some text that is long enough to be no database at all\n" * 9)
    before = (tmp_path / "other.sqlite").read_bytes()
    for name in ("other.sqlite", "text", "."):
        with pytest.raises(NotAnIndexError):
            TreeIndex.open(tmp_path / name)
    assert (tmp_path / "other.sqlite").read_bytes() == before


def test_a_damaged_file_is_told(tree, tmp_path):
    """Damage is an error that says what to do."""
    path = tmp_path / "trees.sqlite"
    with TreeIndex.open(path) as index:
        list(find_landings(tree, index.open_tree(tree.path)))
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(IndexDamagedError, match="delete it"), TreeIndex.open(path) as index:
        list(find_landings(tree, index.open_tree(tree.path)))


def spoil(path, table, column, value):
    """Write a value into a column of a table's rows, as a damaged disk may."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = 1")
    connection.execute("PRAGMA writable_schema = 1")
    connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(path)
    with suppress(sqlite3.IntegrityError):  # a value that the table can't hold
        connection.execute(f"UPDATE {table} SET {column} = {value}")
    connection.commit()
    connection.close()


@pytest.fixture
def kept(tree, tmp_path):
    """A file with a tree and two answers, one of them from before two commits came."""
    path = tmp_path / "trees.sqlite"
    with TreeIndex.open(path) as index:
        list(find_landings(tree, index.open_tree(tree.path)))
        tree.commit("timer: two", TWO, by=ADA, written=NOON + 60, at=NOON + 3 * DAY)
        index.open_tree(tree.path).history  # noqa: B018
    return path


def land_by(tree, path):
    """Return the landings as the file gives them."""
    with TreeIndex.open(path) as index:
        return list(find_landings(tree, index.open_tree(tree.path)))


def list_columns():
    """Return each column of each table."""
    sql = """SELECT tables.name, columns.name FROM sqlite_schema AS tables,
             pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        return connection.execute(sql).fetchall()


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), list_columns())
def test_another_value_in_a_column_is_told(tree, kept, table, column):
    """Text, a number, bytes or nothing in place of a value never give other landings."""
    plain, whole = tree.land(), kept.read_bytes()
    for value in ("'[]'", "'\xff'", "7", "x'00'", "NULL", "0.5"):
        kept.write_bytes(whole)
        spoil(kept, table, column, value)
        with suppress(IndexDamagedError):
            assert land_by(tree, kept) == plain, value


@pytest.mark.parametrize(
    "places", [60, pytest.param(3_000, marks=pytest.mark.damage)], ids=["some", "many"]
)
def test_a_flipped_bit_is_told(tree, kept, places):
    """One flipped bit gives the same landings, or an error of ours."""
    plain, whole = tree.land(), kept.read_bytes()
    random = Random(15)
    told = 0
    for place in random.sample(range(100, len(whole)), min(places, len(whole) - 100)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << random.randrange(8)
        kept.write_bytes(damaged)
        try:
            assert land_by(tree, kept) == plain, place
        except KvminboxError:
            told += 1
    assert told


def test_its_repr_names_the_file(index):
    """A file is shown by its path."""
    assert repr(index) == f"<TreeIndex {index.path}>"
